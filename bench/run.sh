#!/usr/bin/env bash
# One line of JSON per figure on standard output, progress on standard error.
#   bench/run.sh            all
#   bench/run.sh footprint  one
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:-}
if [ -n "$name" ]; then
  if [ ! -f "bench/$name.mjs" ]; then
    echo "there is no benchmark '$name'; there are: $(basename -as .mjs bench/[a-z]*.mjs | grep -vE 'measure|server' | xargs)" >&2
    exit 2
  fi
  exec node "bench/$name.mjs"
fi
for file in bench/*.mjs; do
  case $file in bench/measure.mjs | bench/server.mjs) ;; *) node "$file" ;; esac
done
