# Helix in tmux: what stands on the screen, and what is on disk after it was saved.
# The variant is Helix's version, which stands for the Debian suite that has it.

setup() { # VERSION
  need tmux
  case $1 in
  25.01) debroot trixie hx ;;
  25.07) debroot forky hx ;;
  esac
}

check() { # VERSION
  version=$1 workspace=$E2E_WORK/workspace
  mkdir -p "$HOME/.config/helix" "$workspace/.git"
  cp "$E2E/../helix/"*.toml "$HOME/.config/helix/"
  printf '[language-server.qodacode.config.severity]\nCOST-003 = "off"\n' >>"$HOME/.config/helix/languages.toml"
  # What the desktop would open is written down instead.
  printf '#!/bin/sh\nprintf "%%s\\n" "$*" >>"%s/opened"\n' "$E2E_WORK" >"$E2E_BIN/xdg-open"
  chmod +x "$E2E_BIN/xdg-open"
  tmux=(tmux -S "$E2E_WORK/tmux" -f /dev/null)
  trap '"${tmux[@]}" kill-server 2>/dev/null || true' EXIT
  finding
  columns
  policies
  pages
  leave
}

# -- the screen
patience=60 # seconds: what is seen ends a wait, and several suites share the machine

start() { # FILE
  began=$(date +%s%N)
  "${tmux[@]}" new-session -d -x 190 -y 44 -c "$workspace" \
    "exec env PATH='$E2E_BIN:/usr/bin:/bin' TERM=xterm-256color COLORTERM=truecolor bash '$E2E/lib/debrun' '$DEBROOT' hx -w '$workspace' '$workspace/$1' 2>'$E2E_WORK/helix-errors'"
}

screen() { "${tmux[@]}" capture-pane -p 2>/dev/null || true; }

keys() { "${tmux[@]}" send-keys "$@"; }

sees() { # TEXT WHAT
  local end=$((SECONDS + patience))
  while [ $SECONDS -lt $end ]; do
    if screen | grep -qF -- "$1"; then
      echo "ok    $2"
      return
    fi
    sleep 0.05
  done
  echo "FAIL  $2: the screen lacks $1"
  screen
  exit 1
}

sees_no() { # TEXT WHAT
  local end=$((SECONDS + patience))
  while [ $SECONDS -lt $end ]; do
    if ! screen | grep -qF -- "$1"; then
      echo "ok    $2"
      return
    fi
    sleep 0.05
  done
  echo "FAIL  $2: the screen still has $1"
  screen
  exit 1
}

is() { # GOT WANT WHAT
  if [ "$1" != "$2" ]; then
    printf 'FAIL  %s: got %s, want %s\n' "$3" "$1" "$2"
    screen
    exit 1
  fi
  echo "ok    $3"
}

# A terminal can't tell Escape and another key from Alt with that key, unless there is a pause.
escape() {
  keys Escape
  sleep 0.2
}

run_command() { # a command of Helix's
  escape
  keys -l ":$1"
  keys Enter
}

open_file() { # FILE
  run_command "open $workspace/$1"
  sees "   $1   " "$1 is open"
}

# What the selection holds, by way of a pipe. A selection of the text that a finding marks tells
# that all columns between the server and the screen are right.
selection() {
  rm -f "$E2E_WORK/selection"
  run_command "pipe-to cat >$E2E_WORK/selection"
  local end=$((SECONDS + patience))
  while [ $SECONDS -lt $end ]; do
    [ -s "$E2E_WORK/selection" ] && break
    sleep 0.05
  done
  cat "$E2E_WORK/selection" 2>/dev/null || true
}

# -- what is driven
finding() {
  start app.py
  sees 'gpt-4-turbo retired on' 'a finding under its line'
  echo "note: first finding $((($(date +%s%N) - began) / 1000000)) ms"
  keys j # Helix asks for hints when a key was pressed, and not once the server is up
  sees '/call' "the price as an inlay hint"
  escape
  keys g g
  keys ']' d
  sleep 0.3
  is "$(selection)" '"gpt-4-turbo"' 'the finding marks the model, after the emoji; COST-003, which comes first, is off'
  keys Space k
  sees '| per call |' 'hover has the price'
  screen >"$E2E_WORK/hover.txt"
  escape
  keys Space a
  sees 'Replace gpt-4-turbo with' 'the fix is offered'
  screen >"$E2E_WORK/actions.txt"
  keys Enter
  sees 'reasoning_effort="none"' 'the fix is applied'
  sees_no 'retired on' 'the finding is gone'
  run_command w
  sees 'written' 'saved'
  screen >"$E2E_WORK/fixed.txt"
  grep -q '"content": "😀é " + ticket}\], model="gpt-5\.[^"]*", reasoning_effort="none")$' "$workspace/app.py" || {
    echo 'FAIL  the fix on disk:'
    cat "$workspace/app.py"
    exit 1
  }
  echo 'ok    the fix is on disk'
}
# In each of these files 😀é stands before the finding on its line; some have CRs or a byte order mark.
columns() {
  for file in secret.py crlf.py bom.py; do
    open_file "$file"
    sees 'API key in source' "$file: a finding"
    keys g g
    keys ']' d
    sleep 0.3
    is "$(selection)" c2f1b7e94d5a4c0e8a6f3d91b07e52ac "$file: it marks the secret"
  done
  open_file app.ts
  sees 'gpt-4-turbo retired on' 'app.ts: a finding'
  keys g g
  keys ']' d
  sleep 0.3
  is "$(selection)" "'gpt-4-turbo'" 'app.ts: it marks the model'
}

# A policy is read by the server, completed and formatted.
policies() {
  local file=.qodacode/policies/typo.rego wrong=.llm_cals
  mkdir -p "$workspace/${file%/*}"
  printf 'package typo\n\ndeny contains {"msg": "x", "range": call.range} if {\n\tsome call   in input.llm_cals\n}\n' >"$workspace/$file"
  open_file "$file"
  sees 'input has no field llm_cals' 'a wrong field is told'
  keys g g
  keys 3 j g l a # behind llm_cals, typing
  for _ in $(seq ${#wrong}); do keys BSpace; done
  keys -l .
  recorded 1 '"method":"textDocument/completion"' 'fields are asked for'
  keys -l llm
  sees 'llm_calls    field' 'the field is offered'
  keys Tab
  escape
  run_command format
  sees 'some call in input.llm_calls' 'it is formatted'
  sees_no 'input has no field' 'the right field is no finding'
  run_command w
}

# A graph and the report of costs are pages for the browser. Helix 25.01 can't open one; it shows where it lies.
pages() {
  open_file agent.py
  sees 'writer → critic → writer' 'agent.py: the loop is found'
  run_command 'lsp-workspace-command qodacode.showGraph'
  shows review '<svg' 'the graph'
  run_command 'lsp-workspace-command qodacode.showCost'
  shows 'What it costs' 'per month' 'the costs'
  [ "$version" != 25.01 ] || return 0 # there it stops at the first server of the list that is not installed
  run_command 'lsp-restart qodacode'
  recorded 2 'writer → critic → writer' 'after a restart it is found again'
}

recorded() { # NUMBER TEXT WHAT: it stands in as many records
  local end=$((SECONDS + patience))
  while [ $SECONDS -lt $end ]; do
    if [ "$(grep -lF -- "$2" "$E2E_RECORDS"/*.jsonl | wc -l)" -ge "$1" ]; then
      echo "ok    $3"
      return
    fi
    sleep 0.05
  done
  echo "FAIL  $3"
  screen
  exit 1
}

shows() { # TITLE TEXT WHAT
  local page end=$((SECONDS + patience))
  if [ "$version" = 25.01 ]; then
    sees "$1: see /" "$3: where they are"
  fi
  while [ $SECONDS -lt $end ]; do
    if [ "$version" = 25.01 ]; then
      page=$(find "$TMPDIR" -path "*/qodacode-pages-*/${1// /-}-*.html")
    else
      page=$(tail -1 "$E2E_WORK/opened" 2>/dev/null | sed 's|^file://||') || true
    fi
    if [ -n "$page" ] && grep -qF -- "$2" "$page"; then
      echo "ok    $3: a page"
      return
    fi
    sleep 0.05
  done
  echo "FAIL  $3: no page"
  screen
  exit 1
}

leave() {
  run_command 'qa!'
  local end=$((SECONDS + patience)) servers=2
  while [ $SECONDS -lt $end ]; do
    "${tmux[@]}" has-session 2>/dev/null || break
    sleep 0.05
  done
  [ "$version" != 25.01 ] || servers=1
  recorded $servers '"method":"shutdown"' 'each server was shut down' # exit may come after Helix has closed the pipe
  # A server that it restarts, Helix asks to shut down and kills at once; then it complains that it ended.
  if grep -v ' INFO ' "$E2E_WORK/helix-errors" | grep -Ev "closed channel \(id=|find language server with id|<- StreamClosed"; then
    echo 'FAIL  Helix complains'
    exit 1
  fi
}
