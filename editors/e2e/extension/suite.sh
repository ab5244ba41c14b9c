# The extension for VS Code without an editor: types, unit tests, and a package that is small and always the same.

setup() {
  node20
  local lock=$E2E/../vscode/package-lock.json
  PACKAGES=$E2E_CACHE/extension-$(sha256sum <"$lock" | cut -c-12)
  cached "$(basename "$PACKAGES")" install_extension_packages
  EPOCH=$(git -C "$E2E" log -1 --format=%ct)
  (cd "$E2E/../.." && go build -ldflags '-s -w' -o "$E2E_WORK/server" .) # as releases are linked: the size counts
  mkdir "$E2E_WORK/source"
  (cd "$E2E/../.." && git ls-files -co --exclude-standard -z LICENSE editors/vscode | xargs -0 cp --parents -t "$E2E_WORK/source")
}

install_extension_packages() { # FOLDER
  cp "$E2E"/../vscode/package{,-lock}.json "$1"
  npm ci --loglevel=error --no-audit --no-fund --ignore-scripts --prefix "$1"
}

check() {
  cd "$E2E_WORK/source/editors/vscode"
  cp -R "$PACKAGES/node_modules" . # a link would be resolved, and esbuild would not find what is imported
  npm run --silent typecheck
  npm test --silent

  local first second size vsix=out/qodacode-linux-x64.vsix
  SOURCE_DATE_EPOCH=$EPOCH ./package.sh linux-x64 "$E2E_WORK/server" >/dev/null
  first=$(sha256sum <$vsix) size=$(stat -c %s $vsix)
  find . -path ./node_modules -prune -o -type f -exec touch -d '2020-01-01' {} + # another checkout, another day
  (umask 077 && SOURCE_DATE_EPOCH=$EPOCH ./package.sh linux-x64 "$E2E_WORK/server" >/dev/null 2>&1)
  second=$(sha256sum <$vsix)
  [ "$first" = "$second" ] || { echo "two packages of the same differ: $first, $second"; return 1; }
  [ "$size" -le $((25 << 20)) ] || { echo "the package has $size bytes, more than 25 MB"; return 1; }
  printf "note: .vsix of %d.%d MB\n" $((size / 1000000)) $((size / 100000 % 10))
}
