#!/usr/bin/env bash
# Builds web/dist when a source of it is newer; the binary embeds what is there.
set -euo pipefail
cd "$(dirname "$0")/../web"

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "fetching what builds the front end"
  npm ci --no-audit --no-fund </dev/null
fi
if [ ! -e dist/manifest.json ] ||
  [ -n "$(find . \( -name node_modules -o -name dist -o -name catalogue \) -prune -o -type f -newer dist/manifest.json -print -quit)" ]; then
  npm run --silent build </dev/null
  touch dist/manifest.json
fi
