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
  FORM=$1 timeout --kill-after=5 100 "${neovim[@]}" --headless -u "$E2E/neovim/init.lua" \
    -c "luafile $E2E/neovim/lib.lua" -c "luafile $E2E/neovim/$2.lua" </dev/null
}

check() { # VERSION
  local form failed=0
  put_opener
  mkdir "$E2E_WORK/workspace/.git"
  cp -R "$E2E_WORK/workspace" "$E2E_WORK/pristine"
  cp -R "$E2E/../neovim/doc" "$E2E_WORK/doc"
  cd "$E2E_WORK/workspace"
  case $1 in 0.7 | 0.10) form=setup ;; *) form=enable ;; esac
  drive "$form" main || failed=1
  if [ "$form" = enable ]; then # the other two ways of that version
    for form in setup legacy; do drive "$form" attach || failed=1; done
  fi
  said_goodbye || failed=1
  return $failed
}

# Each server was asked to shut down and then to exit, except the one that the test kills.
said_goodbye() {
  local record without=0
  for record in "$E2E_RECORDS"/*.jsonl; do
    if ! grep -q '"method":"shutdown"' "$record" || ! grep -q '"method":"exit"' "$record"; then
      without=$((without + 1))
    fi
  done
  [ "$without" = 1 ] && return
  echo "FAIL  $without servers were ended without shutdown and exit; the test kills one"
  return 1
}
