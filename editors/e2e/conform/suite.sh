# Everything that the server said to the real editors, against the types of the protocol. It has
# no editor of its own and runs after the others.

setup() {
  node20
  PACKAGES=$E2E_CACHE/conform-$(sha256sum <"$E2E/conform/package-lock.json" | cut -c-12)
  cached "$(basename "$PACKAGES")" install_types
}

install_types() { # FOLDER
  cp "$E2E/conform/"package*.json "$1"
  npm ci --silent --no-audit --no-fund --ignore-scripts --prefix "$1"
}

check() {
  mkdir "$E2E_WORK/types"
  ln -s "$PACKAGES/node_modules" "$E2E_WORK/types/node_modules"
  cp "$PACKAGES/package.json" "$E2E_WORK/types"
  node "$E2E/conform/check.mjs" "$E2E_OUT/records" "$E2E_WORK/types"
}
