#!/usr/bin/env bash
. "$(dirname "$0")/lib/helicone.sh"

ask_user() { read -rp "$1 $2? " reply && [ "$reply" = y ]; }

for page in "$@"; do
  ask_user check "$page" || continue
  ask "links" "Which of these links look dead? $(grep -o 'https\?://[^)]*' "$page")" | jq -r '.choices[0].message.content'
done
