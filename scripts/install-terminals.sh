#!/bin/sh
# Installs what `npm run test:terminals` drives, on Debian and what is made of it. Nothing calls this by itself.
set -eu
root=
[ "$(id -u)" -eq 0 ] || root=sudo
$root apt-get update
$root apt-get install -y --no-install-recommends \
  kitty xterm foot konsole mlterm alacritty tmux chromium \
  xvfb xdotool imagemagick sway grim wtype libgl1-mesa-dri fonts-dejavu-core
