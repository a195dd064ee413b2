#!/usr/bin/env bash
# Names what this machine lacks for a recipe (run, build or test), and installs it where that can be done
# without asking: on Debian, as root. Rust and Node are never installed behind anybody's back.
set -euo pipefail
need=${1:?what for: run, build or test}

packages=()
lacks() { ! command -v "$1" >/dev/null 2>&1; }
want() { if lacks "$1"; then packages+=("$2"); fi; }

want cc build-essential
want cmake cmake
want pkg-config pkg-config
case $need in
  run) want espeak-ng espeak-ng ;;
  test)
    want espeak-ng espeak-ng       # the voices
    want ffmpeg ffmpeg             # an independent measure of loudness
    want pdftotext poppler-utils   # reading back our own PDF
    want soffice libreoffice-writer-nogui # documents as a word processor writes them
    # a twin of Times New Roman, or a word processor lays our documents out with another one's widths
    if ! fc-list 2>/dev/null | grep -qi tinos; then packages+=(fontconfig fonts-croscore); fi
    want aplay alsa-utils          # the loudspeaker's way to a sound card
    want xmlsec1 xmlsec1           # signatures of warnings
    want openssl openssl           # a key of somebody else
    want ss iproute2               # who holds a port
    # another reader's judgement of our Akoma Ntoso: python3 makes it a folder of its own
    if ! python3 -c 'import ensurepip' >/dev/null 2>&1; then packages+=(python3-venv); fi
    # a broker that is not ours; not on everybody's path
    if lacks mosquitto && [ ! -x /usr/sbin/mosquitto ]; then packages+=(mosquitto); fi
    if lacks chromium && lacks chromium-browser && lacks google-chrome; then packages+=(chromium); fi
    if lacks initdb && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then packages+=(postgresql); fi
    ;;
esac

if ((${#packages[@]})); then
  as=no
  if [ "$(id -u)" = 0 ]; then
    as=()
  elif [ -n "${CI:-}" ] && sudo -n true 2>/dev/null; then
    as=(sudo -n) # a build machine's own user; a person is asked first
  fi
  if command -v apt-get >/dev/null 2>&1 && [ "${as[*]-}" != no ]; then
    echo "installing from Debian: ${packages[*]}"
    "${as[@]}" apt-get update -qq </dev/null
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}" </dev/null
  elif command -v apt-get >/dev/null 2>&1; then
    echo "missing: ${packages[*]}. Install them with: sudo apt-get install ${packages[*]}" >&2
    exit 1
  else
    echo "missing: ${packages[*]} (names of Debian packages). Install the like of them, then run this again." >&2
    exit 1
  fi
fi

if lacks cargo; then
  echo "missing: Rust 1.95 or later. See https://rustup.rs, then run this again." >&2
  exit 1
fi
if lacks node || lacks npm || ! node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||a===20&&b>=19?0:1)'; then
  echo "missing: Node 20.19 or later, with npm. See https://nodejs.org, then run this again." >&2
  exit 1
fi
