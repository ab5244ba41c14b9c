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
  npm install --silent --no-audit --no-fund --ignore-scripts "code-server@$code_server"
  npm rebuild --silent argon2
  cd node_modules/code-server/lib/vscode
  npm install --silent --no-audit --no-fund --ignore-scripts --omit=dev --legacy-peer-deps
  npm rebuild --silent @vscode/spdlog
  ln -sfn node_modules node_modules.asar
  mkdir -p node_modules/@vscode/ripgrep/bin
  ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
  cd "$E2E"
}

install_locked() { # FOLDER SOURCE
  cp "$2"/package.json "$2"/package-lock.json "$1"
  npm ci --silent --no-audit --no-fund --ignore-scripts --prefix "$1"
}

check() { # SCENARIO
  node "$E2E/vscode/main.mjs" "$1"
}
