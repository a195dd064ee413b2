#!/usr/bin/env bash
# Runs a command with LOA_TEST_POSTGRES set to a PostgreSQL of its own, which is gone afterwards.
#   scripts/with-postgres.sh cargo test
set -euo pipefail

if [ -n "${LOA_TEST_POSTGRES:-}" ]; then
  exec "$@"
fi

if command -v initdb >/dev/null 2>&1; then
  bin=$(dirname "$(readlink -f "$(command -v initdb)")")
else
  bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)")
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/loa-postgres.XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then
  # PostgreSQL refuses to run as root.
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi
server=
finish() {
  if [ -n "$server" ]; then
    kill -INT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(cd "$folder" && "${as[@]}" "$bin/initdb" -D "$folder/data" -U loa -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log") || {
  cat "$folder/initdb.log" >&2
  exit 1
}

ready=
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000)) # another try when it is taken
  (
    cd "$folder"
    exec "${as[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -k "$folder" \
      -c listen_addresses=127.0.0.1 -c max_connections=400 \
      -c fsync=off -c synchronous_commit=off -c full_page_writes=off
  ) >"$folder/server.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    if "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" -U loa; then ready=yes; break; fi
    if ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
  done
  if [ -n "$ready" ] && kill -0 "$server" 2>/dev/null; then break; fi
  ready=
  kill -INT "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
done
if [ -z "$ready" ]; then
  echo "the throw-away PostgreSQL did not start:" >&2
  cat "$folder/server.log" >&2
  exit 1
fi

export LOA_TEST_POSTGRES="postgres://loa@127.0.0.1:$port/postgres"
"$@"
