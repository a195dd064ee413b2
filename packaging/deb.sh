#!/usr/bin/env bash
# Makes a Debian package of the loudspeaker's program.
#   packaging/deb.sh              for this machine
#   packaging/deb.sh arm64        for boards such as the Raspberry Pi, from any machine; needs
#                                 `apt install gcc-aarch64-linux-gnu` and `rustup target add aarch64-unknown-linux-gnu`
#   packaging/deb.sh ARCH FILE    of a program that is built already
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(dpkg --print-architecture)
arch=${1:-$here}
target=${CARGO_TARGET_DIR:-target}

case $arch in
  amd64) triple=x86_64-unknown-linux-gnu ;;
  arm64) triple=aarch64-unknown-linux-gnu ;;
  *) echo "no recipe for $arch; there are amd64 and arm64" >&2; exit 2 ;;
esac
if [ -n "${2:-}" ]; then
  program=$2
elif [ "$arch" = "$here" ]; then
  cargo build --release -p loa-speaker
  program=$target/release/loa-speaker
else
  linker=${triple/-unknown/}-gcc
  name=$(printf %s "$triple" | tr a-z- A-Z_)
  env "CARGO_TARGET_${name}_LINKER=$linker" "CC_${triple//-/_}=$linker" \
    cargo build --release -p loa-speaker --target "$triple"
  program=$target/$triple/release/loa-speaker
fi

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
install -Dm 755 "$program" "$root/usr/bin/loa-speaker"
install -Dm 644 packaging/loa-speaker.service "$root/lib/systemd/system/loa-speaker.service"
install -Dm 644 packaging/deb/default "$root/etc/default/loa-speaker"
install -Dm 644 docs/speaker.md "$root/usr/share/doc/loa-speaker/README.md"
install -Dm 644 LICENSE "$root/usr/share/doc/loa-speaker/copyright"
install -d "$root/DEBIAN"
install -m 755 packaging/deb/postinst packaging/deb/prerm packaging/deb/postrm "$root/DEBIAN/"
echo /etc/default/loa-speaker >"$root/DEBIAN/conffiles"
size=$(du -sk --exclude=DEBIAN "$root" | cut -f1)
cat >"$root/DEBIAN/control" <<CONTROL
Package: loa-speaker
Version: $version
Architecture: $arch
Maintainer: Loa <loa@localhost>
Installed-Size: $size
Depends: libc6 (>= 2.34), alsa-utils, adduser
Recommends: systemd-timesyncd | time-daemon
Section: sound
Priority: optional
Description: receiver behind a loudspeaker of a Loa network
 Fetches signed manifests and sounds, plays them at their time with or without
 a network, and keeps a signed receipt of every playing until the server has it.
CONTROL
mkdir -p target/deb
out=target/deb/loa-speaker_${version}_$arch.deb
dpkg-deb --root-owner-group --build "$root" "$out" >/dev/null
echo "$out"
