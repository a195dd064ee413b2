#!/usr/bin/env bash
# Everything that can be said without running: cheapest first.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '== %s\n' "$1"; }
step "lengths"; scripts/lengths.sh
step "format"; cargo fmt --all --check
step "licences"; node scripts/licences.mjs
step "unused dependencies"; node scripts/unused-dependencies.mjs
step "front end"; scripts/web.sh
# --release: build scripts and procedural macros are then shared with the programs and the tests.
step "warnings"; cargo clippy --release --workspace --all-targets ${CI:+--locked} -- -D warnings
step "documentation"; RUSTDOCFLAGS="-D warnings" cargo doc --release --workspace --no-deps ${CI:+--locked}
