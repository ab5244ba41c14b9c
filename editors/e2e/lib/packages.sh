# Debian packages; sourced.

missing_packages() { # PACKAGE...
  local p
  for p in $(printf '%s\n' "$@" | sort -u); do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || echo "$p"
  done
}

# Installs those of the packages that are missing, if this is Debian and its root. apt-get has
# one lock, so all that the suites need is installed at once.
install_packages() { # LOG PACKAGE...
  local log=$1 missing
  shift
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return 0; fi
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  export DEBIAN_FRONTEND=noninteractive
  {
    flock 9
    apt-get install -y -q --no-install-recommends "${missing[@]}" || { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; }
  } >"$log" 2>&1 9>"$E2E_CACHE/apt.lock"
}
