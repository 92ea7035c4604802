#!/bin/sh
# Installs the terminals for `npm run test:terminals`, on Debian and its derivatives. As root, which is how .ci/run calls
# it, it asks nothing.
set -eu
packages='kitty xterm foot konsole mlterm alacritty xfce4-terminal tmux screen chromium dbus-daemon
  xvfb xdotool imagemagick sway grim wtype libgl1-mesa-dri fonts-dejavu-core'
# dpkg-query reports a package that was never installed as an error, and a removed one as another state.
if ! dpkg-query -W -f '${db:Status-Status}\n' $packages 2>&1 | grep -qvx installed; then exit 0; fi
root=
[ "$(id -u)" -eq 0 ] || root=sudo
patience='-o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20'
export DEBIAN_FRONTEND=noninteractive
$root apt-get $patience update
# A download may be cut off, an installation may not: it would leave the system's packages in pieces.
$root timeout 300 apt-get $patience install -y --no-install-recommends --download-only $packages
$root apt-get install -y --no-install-recommends --no-download $packages
