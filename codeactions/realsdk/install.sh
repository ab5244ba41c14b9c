#!/usr/bin/env bash
# Installs the SDKs that requirements.txt and package.json pin into a folder of the user's cache
# and prints the folder. A second run has nothing to do. Needs python3 (3.11 or later) and npm.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
for tool in python3 node npm; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 3; }
done
python3 -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' || { echo "python3 is older than 3.11 or has no venv" >&2; exit 3; }

pins=$(cat "$here"/requirements.txt "$here"/package.json <(python3 --version) | cksum | cut -d' ' -f1)
cache=${QODACODE_SDK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/qodacode-sdk}/$pins
if [ ! -e "$cache/complete" ]; then
  rm -rf "$cache"
  mkdir -p "$cache/npm"
  cp "$here/package.json" "$cache/npm/"
  # The date keeps what the packages need in turn as it was.
  (cd "$cache/npm" && npm install --before 2026-11-22 --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel error >&2) &
  npm=$!
  python3 -m venv "$cache/python"
  "$cache/python/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile --prefer-binary -r "$here/requirements.txt" >&2
  wait $npm
  touch "$cache/complete"
fi
echo "$cache"
