# Neovim, headless: neovim:VERSION, from the Debian release that has it.

setup() { # VERSION
  local release
  case $1 in
  0.7) release=bookworm ;;
  0.10) release=trixie ;;
  0.12) release=forky ;;
  esac
  if nvim --version 2>/dev/null | grep -q "^NVIM v$1\."; then
    neovim=(nvim)
    return
  fi
  debroot "$release" neovim
  neovim=("$E2E/lib/debrun" "$DEBROOT" nvim --cmd "set runtimepath^=$DEBROOT/usr/lib/nvim")
  export VIMRUNTIME=$DEBROOT/usr/share/nvim/runtime
}

# A desktop's opener that notes what it is asked to open.
put_opener() {
  printf '#!/bin/sh\nprintf "%%s\\n" "$1" >>"%s"\n' "$E2E_WORK/opened" >"$E2E_BIN/xdg-open"
  chmod +x "$E2E_BIN/xdg-open"
}

drive() { # FORM TEST
  FORM=$1 timeout --kill-after=5 400 "${neovim[@]}" --headless -u "$E2E/neovim/init.lua" \
    -c "luafile $E2E/neovim/lib.lua" -c "luafile $E2E/neovim/$2.lua" </dev/null
}

# As README tells to install it without a plugin manager.
install_plugin() {
  local pack=$XDG_DATA_HOME/nvim/site/pack/qodacode/start
  mkdir -p "$pack"
  cp -R "$E2E/../neovim" "$pack/qodacode"
}

check() { # VERSION
  local form failed=0 others
  case $1 in
  0.7) form=setup others='lspconfig' ;;
  0.10) form=setup others='lspconfig' ;;
  *) form=enable others='setup legacy' ;;
  esac
  put_opener
  mkdir "$E2E_WORK/workspace/.git"
  cp -R "$E2E_WORK/workspace" "$E2E_WORK/pristine"
  cp "$E2E_WORK/workspace/app.py" "$E2E_WORK/lonely.py"
  cd "$E2E_WORK/workspace"
  drive late attach || failed=1 # before it is installed: brings its own
  install_plugin
  drive "$form" main || failed=1
  cp ../pristine/app.py . # main has fixed it
  if [ "$1" != 0.7 ]; then drive "$form" policies || failed=1; fi
  for form in $others; do drive "$form" attach || failed=1; done
  said_goodbye || failed=1
  return $failed
}

# Each server was asked to shut down, except the one that the test kills; and no page is left.
# (Neovim 0.12 closes the server's input without waiting for the answer to say exit.)
said_goodbye() {
  local without
  for _ in $(seq 600); do # Neovim may have ended before its last words are written down
    without=$(grep -L '"method":"shutdown"' "$E2E_RECORDS"/*.jsonl | wc -l)
    [ "$without" != 1 ] || break
    sleep 0.1
  done
  if [ "$without" != 1 ]; then
    echo "FAIL  $without servers were ended without shutdown; the test kills one"
    return 1
  fi
  for _ in $(seq 600); do
    compgen -G "$TMPDIR/qodacode-pages-*" >/dev/null || return 0
    sleep 0.1
  done
  echo "FAIL  pages are left: $(compgen -G "$TMPDIR/qodacode-pages-*")"
  return 1
}
