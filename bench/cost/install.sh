#!/usr/bin/env bash
# Installs the SDKs that codeactions/realsdk and crewai.txt pin into a folder of the user's cache
# and prints the two folders. A second run has nothing to do. Needs python3 (3.11 or later) and npm.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
sdks=$("$here"/../../codeactions/realsdk/install.sh)
pins=$(cat "$here"/crewai.txt <(python3 --version) | cksum | cut -d' ' -f1)
crew=$(dirname "$sdks")/crewai-$pins
if [ ! -e "$crew/complete" ]; then
  rm -rf "$crew"
  python3 -m venv "$crew"
  "$crew/bin/pip" install --quiet --disable-pip-version-check --no-deps --prefer-binary -r "$here/crewai.txt" >&2
  touch "$crew/complete"
fi
echo "$sdks"
echo "$crew"
