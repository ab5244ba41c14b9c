# What suites install, and how they start it; sourced.

# Ends the suite without a verdict: `skip "no hx; install helix"`.
skip() {
  echo "skip: $1"
  exit 77
}

need() { # COMMAND [PACKAGE]
  command -v "$1" >/dev/null || skip "no $1; install ${2:-$1}"
}

# Puts the server into a folder as `qodacode`, behind the recorder.
put_server() { # FOLDER
  mkdir -p "$1/real"
  rm -f "$1/qodacode" "$1/real/qodacode"
  cp "$E2E_OUT/record" "$1/qodacode"
  cp "$E2E_OUT/server" "$1/real/qodacode"
  ln -sfn "$E2E_RECORDS" "$1/records"
}

# The ids of the processes that run a program of a folder.
servers_left() { # FOLDER
  local p exe
  for p in /proc/[0-9]*; do
    exe=$(readlink "$p/exe" 2>/dev/null) || continue
    case $exe in "$1"/*/qodacode) echo -n "${p#/proc/} " ;; esac
  done
}

# Runs `make_it FOLDER ARG...` unless it has succeeded once in $E2E_CACHE/NAME. Suites that
# want the same wait for each other; a folder that is half done is made again.
cached() { # NAME FUNCTION ARG...
  local name=$1 make=$2 dir=$E2E_CACHE/$1
  shift 2
  mkdir -p "$(dirname "$dir")"
  exec 8>"$dir.lock"
  flock 8
  if [ ! -e "$dir/.done" ]; then
    rm -rf "$dir"
    mkdir "$dir"
    "$make" "$dir" "$@" 8>&-
    touch "$dir/.done"
  fi
  exec 8>&-
}

# Unpacks a package of another Debian suite, with all it depends on, beside this system, and
# sets DEBROOT to where: `debroot trixie neovim`. Start its programs with lib/debrun.
debroot() { # SUITE PACKAGE...
  need dpkg-deb dpkg
  need apt-get apt
  local suite=$1
  DEBROOT=$E2E_CACHE/debian/$(printf '%s-' "$@")root
  cached "debian/$suite-lists" fetch_lists "$suite"
  cached "debian/$(printf '%s-' "$@")root" unpack_packages "$@"
}

# The mirror is the one of this machine.
debian_mirror() {
  local uri
  uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -v security | head -1) || true
  echo "${uri:-http://deb.debian.org/debian/}"
}

apt_beside() { # LISTS ARG...
  local at=$1
  shift
  apt-get -q -o Dir::Etc::sourcelist="$at/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
    -o Dir::State="$at" -o Dir::State::lists="$at/lists" -o Dir::State::status="$at/status" -o Acquire::Languages=none \
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o APT::Install-Recommends=false -o APT::Sandbox::User="$(id -un)" "$@"
}

fetch_lists() { # FOLDER SUITE
  mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
  : >"$1/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(debian_mirror) $2 main" >"$1/sources.list"
  apt_beside "$1" -o Dir::Cache="$1/cache" update
}

unpack_packages() { # FOLDER SUITE PACKAGE...
  local dir=$1 at=$E2E_CACHE/debian/$2-lists l d
  shift 2
  mkdir -p "$dir"/{apt/archives/partial,usr/bin,usr/sbin,usr/lib,usr/lib64}
  for l in bin sbin lib lib64; do ln -s "usr/$l" "$dir/$l"; done
  apt_beside "$at" -o Dir::Cache="$dir/apt" -o Debug::NoLocking=1 -y --download-only install "$@"
  for d in "$dir"/apt/archives/*.deb; do dpkg-deb --fsys-tarfile "$d" | tar -xf - -C "$dir" --keep-directory-symlink; done
  rm -rf "$dir/apt"
}

# Sets NODE to a Node 20, which is what code-server of that time runs on: the machine's own, or
# one from npm, and puts it first in PATH.
node20() {
  if [ "$(node --version 2>/dev/null | cut -d. -f1)" != v20 ]; then
    need npm npm
    cached node-20.20.2 fetch_node 20.20.2
    PATH=$E2E_CACHE/node-20.20.2/node_modules/node/bin:$PATH
  fi
  NODE=$(command -v node)
  export PATH NODE
  need npm npm
}

fetch_node() { # FOLDER VERSION
  local arch
  case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) skip "no Node 20 for $(uname -m); install it" ;; esac
  npm install --loglevel=error --no-audit --no-fund --no-save --ignore-scripts --prefix "$1" "node-linux-$arch@$2"
  ln -s "node-linux-$arch" "$1/node_modules/node"
}
