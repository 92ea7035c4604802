#!/bin/sh
# One image and three moods of it, with the practice engine. Usage: examples/variations.sh [PROMPT] [FOLDER]
set -eu
prompt=${1:-a red fox in the snow}
mkdir -p "${2:-moods}"
folder=$(cd "${2:-moods}" && pwd)
here=$(cd "$(dirname "$0")/.." && pwd)

# A temporary home, so that nothing is left among your sessions.
LIMN_HOME=$(mktemp -d)
export LIMN_HOME
trap 'rm -rf "$LIMN_HOME"' EXIT

limn() {
  # Show limn's messages only if it fails.
  PATH="$here/node_modules/.bin:$PATH" node "$here/bin/limn.cjs" --practice "$@" 2>"$LIMN_HOME/said" ||
    { cat "$LIMN_HOME/said" >&2; exit 1; }
}

limn -p "$prompt" -o "$folder/first.jpg"
for mood in 'much warmer' 'black and white' 'in violet'; do
  limn --continue -p "v1, $mood" -o "$folder/$(echo "$mood" | tr ' ' '-').jpg"
done
