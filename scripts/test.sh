#!/usr/bin/env bash
# All tests, in the profile that ships. LOA_TEST_POSTGRES names the server for the second database
# (scripts/with-postgres.sh starts one). cargo-nextest is used where it is installed; it is not installed
# for this, because compiling it costs more than the tests take.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${LOA_TEST_POSTGRES:?name a PostgreSQL server, or run this through scripts/with-postgres.sh}"
logs=$(realpath -m "${CARGO_TARGET_DIR:-target}")/test-logs
rm -rf "$logs"
mkdir -p "$logs"
closing() { printf '\n== how the runners closed\n'; cat "$logs"/*.closing 2>/dev/null || true; }
trap closing EXIT

common=(--release --workspace --no-fail-fast ${CI:+--locked})
status=0
if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run "${common[@]}" 2>&1 | tee "$logs/rust.log" || status=$?
  grep -E '^ +Summary \[' "$logs/rust.log" | tail -n 1 >"$logs/1-rust.closing" || true
else
  cargo test --lib --bins --tests "${common[@]}" 2>&1 | tee "$logs/rust.log" || status=$?
  grep -E '^test result:' "$logs/rust.log" >"$logs/1-rust.closing" || true
fi
cargo test --doc "${common[@]}" 2>&1 | tee "$logs/doc.log" || status=$?
grep -E '^test result:' "$logs/doc.log" | sed 's/^/doc: /' >"$logs/2-doc.closing" || true

if [ -e e2e/package.json ]; then
  (cd e2e && npm ci --no-audit --no-fund </dev/null && node --test --test-concurrency=1) 2>&1 |
    tee "$logs/browser.log" || status=$?
  grep -E '^(#|ℹ) (tests|pass|fail) ' "$logs/browser.log" | sed 's/^/browser: /' >"$logs/3-browser.closing" || true
else
  echo "browser journeys: none yet (e2e/package.json is not there)" | tee "$logs/3-browser.closing"
fi
exit "$status"
