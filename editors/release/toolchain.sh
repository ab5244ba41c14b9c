# shellcheck shell=bash disable=SC2154,SC2034,SC2016 # shares $here, $cache and $link with build; templates have dollars
# The C compilers and what they link against; sourced.

# Sets CC, CGO_CFLAGS and link, the linker's flags, for GOOS and GOARCH.
use_compiler() { # ZIG_TARGET
  export CC CGO_CFLAGS="-O2 -g0"
  link=
  if [ "$(go env GOHOSTOS)" != linux ]; then
    if [ "$GOOS/$GOARCH" != "$(go env GOHOSTOS)/$(go env GOHOSTARCH)" ]; then
      echo "this machine builds for itself only; $GOOS/$GOARCH is built on Linux, or there" >&2
      return 1
    fi
    CC=$(go env CC)
    if [ "$GOOS" = darwin ]; then export MACOSX_DEPLOYMENT_TARGET=12.0; fi
    return
  fi
  install_zig
  CC="$cache/zig/ziglang/zig cc -target $1"
  export ZIG_GLOBAL_CACHE_DIR=$cache/objects ZIG_LOCAL_CACHE_DIR=$cache/objects
  case $1 in
  *-musl) link="-static -Wl,--strip-all" ;;
  *-linux-* | *-windows-*) link="-Wl,--strip-all" ;; # what is stripped off depends on the machine
  *-macos*)
    apple_libraries "$cache/apple-$GOARCH"
    link="-L$cache/apple-$GOARCH -F$cache/apple-$GOARCH"
    ;;
  esac
}

install_zig() {
  if cmp -s "$here/zig.txt" "$cache/zig/installed"; then return; fi
  if ! python3 -m pip --version >/dev/null 2>&1; then
    echo "no pip; install python3-pip" >&2
    return 1
  fi
  rm -rf "$cache/zig"
  python3 -m pip install --quiet --root-user-action=ignore --no-deps --only-binary=:all: --require-hashes --target "$cache/zig" -r "$here/zig.txt"
  cp "$here/zig.txt" "$cache/zig/installed"
}

# Writes what a linker has to know of the libraries of macOS that Go calls and zig does not
# bring: which functions they have. Go's sources name all that it calls.
apple_libraries() { # FOLDER
  local library functions name file
  rm -rf "$1"
  mkdir -p "$1"
  while read -r library functions; do
    name=${library##*/}
    case $name in
    *.dylib) file=$1/${name%%.*}.tbd ;;
    *) file=$1/$name.framework/$name.tbd ;;
    esac
    mkdir -p "$(dirname "$file")"
    cat >"$file" <<END
--- !tapi-tbd
tbd-version: 4
targets: [ x86_64-macos, arm64-macos ]
install-name: '$library'
exports:
  - targets: [ x86_64-macos, arm64-macos ]
    symbols: [ $functions ]
...
END
  done < <(calls_of_go | grep -v /libSystem)
}

# Prints a line for each library: its path and the names of its functions, as C has them.
calls_of_go() {
  go list -tags netgo,osusergo -deps -f '{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{range .CgoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}' . |
    xargs -d '\n' grep -h '^//go:cgo_import_dynamic' |
    awk 'NF == 4 && $3 != "_" { gsub(/"/, "", $4); print $4, "_" $3 }' | sort -u |
    awk '{ names[$1] = names[$1] comma[$1] $2; comma[$1] = ", " } END { for (l in names) print l, names[l] }'
}
