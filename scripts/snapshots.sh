#!/usr/bin/env bash
# Refuses snapshots that wait for a decision, and snapshots that no test compared in the last run.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(realpath -m "${CARGO_TARGET_DIR:-target}")/test-logs/snapshots
status=0

open=$(git ls-files -co -- '*.snap.new' '*.pending-snap')
if [ -n "$open" ]; then
  printf 'snapshots that nobody has decided on:\n%s\n' "$open" >&2
  status=1
fi
compared=$([ ! -e "$log" ] || sort -u "$log" | xargs -r -d '\n' realpath -m --)
while read -r snapshot; do
  if ! grep -qxF -- "$(realpath "$snapshot")" <<<"$compared"; then
    echo "$snapshot: no test compares it any more; remove it" >&2
    status=1
  fi
done < <(git ls-files -- '*.snap')
exit "$status"
