#!/usr/bin/env bash
# The front end, then both programs. With --tests the tests are compiled in the same go, so that every
# dependency is compiled once, with the features that programs and tests ask for together.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}

scripts/web.sh
cargo build --release --workspace --bins "$@" ${CI:+--locked}

mkdir -p target/release
for program in loa loa-speaker; do
  if [ ! "$target/release/$program" -ef "target/release/$program" ]; then
    # A new file, not new bytes in the old one: the old one may be running.
    cp --remove-destination --preserve=timestamps "$target/release/$program" "target/release/$program"
  fi
done
