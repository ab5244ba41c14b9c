# VS Code: code-server from npm, which is its real workbench and extension host, in Debian's Chromium.

code_server=4.100.3 # VS Code 1.100, the last one of Node 20

setup() {
  need chromium
  need rg ripgrep
  need g++
  need make
  need python3
  node20
  cached "code-server-$code_server" install_code_server
  cached "playwright-$(sha256sum <"$E2E/vscode/package-lock.json" | cut -c-12)" install_locked "$E2E/vscode"
  CODE_SERVER=$E2E_CACHE/code-server-$code_server/node_modules/code-server/out/node/entry.js
  PLAYWRIGHT=$E2E_CACHE/playwright-$(sha256sum <"$E2E/vscode/package-lock.json" | cut -c-12)
  if [ -z "${VSIX:-}" ]; then
    local id
    id=$(cd "$E2E/../vscode" && { git ls-files -co --exclude-standard -z . ../../LICENSE | sort -z | xargs -0 sha256sum -- "$E2E_OUT/server" | sha256sum | cut -c-12; })
    cached "vsix-$id" package_extension
    VSIX=$E2E_CACHE/vsix-$id/qodacode.vsix
  fi
  CHROMIUM=$(command -v chromium)
  export CODE_SERVER PLAYWRIGHT CHROMIUM VSIX
}

# Two native modules are needed to start, argon2 and spdlog; all other install scripts would
# only download or build what a test does without.
install_code_server() { # FOLDER
  local prefix
  prefix=$(dirname "$(dirname "$(readlink -f "$NODE")")")
  if [ -d "$prefix/include/node" ]; then export npm_config_nodedir=$prefix; fi # else node-gyp asks for them
  cd "$1"
  echo '{"private": true}' >package.json
  npm install --loglevel=error --no-audit --no-fund --ignore-scripts "code-server@$code_server"
  npm rebuild --loglevel=error argon2
  cd node_modules/code-server/lib/vscode
  npm install --loglevel=error --no-audit --no-fund --ignore-scripts --omit=dev --legacy-peer-deps
  npm rebuild --loglevel=error @vscode/spdlog
  ln -sfn node_modules node_modules.asar
  # Not wanted: they start servers of their own, or look for accounts and repositories.
  (cd extensions && rm -rf typescript-language-features git git-base github github-authentication microsoft-authentication emmet npm grunt gulp jake tunnel-forwarding debug-auto-launch debug-server-ready)
  mkdir -p node_modules/@vscode/ripgrep/bin
  ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
  cd "$E2E"
}

install_locked() { # FOLDER SOURCE
  cp "$2"/package.json "$2"/package-lock.json "$1"
  npm ci --loglevel=error --no-audit --no-fund --ignore-scripts --prefix "$1"
}

# The extension is built from a copy, with the server of this run.
package_extension() { # FOLDER
  local target=linux-x64
  if [ "$(uname -m)" = aarch64 ]; then target=linux-arm64; fi
  mkdir -p "$1/editors"
  cp -R "$E2E/../../LICENSE" "$1"
  (cd "$E2E/../.." && git ls-files -co --exclude-standard -z editors/vscode | xargs -0 cp --parents -t "$1")
  (cd "$1/editors/vscode" && SOURCE_DATE_EPOCH=1000000000 ./package.sh "$target" "$E2E_OUT/server")
  mv "$1/editors/vscode/out/qodacode-$target.vsix" "$1/qodacode.vsix"
  rm -rf "$1/editors"
}

check() { # SCENARIO
  node "$E2E/vscode/main.mjs" "$1"
}
