#!/usr/bin/env bash
# package.sh TARGET BINARY: writes out/qodacode-TARGET.vsix with BINARY as its server.
# TARGET is one of VS Code's: linux-x64, linux-arm64, darwin-x64, darwin-arm64, win32-x64.
# The same sources, binary and SOURCE_DATE_EPOCH (by default the last commit's) give the same bytes.
set -euo pipefail
target=${1:?usage: package.sh TARGET BINARY} binary=$(realpath "${2:?usage: package.sh TARGET BINARY}")
cd "$(dirname "$0")"
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

[ -d node_modules/vscode-languageclient ] || npm ci --ignore-scripts --no-audit --no-fund --silent
npm run --silent build

# Everything that ships, and nothing else, lies in a folder of its own.
stage=out/$target
rm -rf "$stage"
mkdir -p "$stage/bin" "$stage/dist"
cp package.json README.md CHANGELOG.md "$stage"
cp ../../LICENSE "$stage/LICENSE.txt"
cp dist/extension.js "$stage/dist"
cp -R language "$stage"
mkdir "$stage/media" "$stage/images"
cp media/*.svg "$stage/media"
cp images/icon.png "$stage/images" # those of README come from the web
program=qodacode
case $target in win32-*) program=qodacode.exe ;; esac
cp "$binary" "$stage/bin/$program"
find "$stage" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
chmod 755 "$stage/bin/$program"

node package.mjs "$stage" "$target" "$PWD/out/qodacode-$target.vsix"
