# Emacs in batch mode: what flymake, eldoc and the clients make of what the server says.
# The variant is VERSION-CLIENT: Emacs 28 of Debian 12, 30 of Debian 13.

setup() { # VARIANT
  case $1 in
  28-*)
    need emacs emacs-nox
    [ -n "$(find /usr/share/emacs/site-lisp/elpa -maxdepth 1 -name "${1#28-}-[0-9]*")" ] || skip "no ${1#28-} for Emacs; install elpa-${1#28-}"
    emacs=(emacs)
    ;;
  30-*) debroot trixie emacs-nox && emacs=(emacs30) ;;
  esac
}

# Emacs finds its files beside the program that it takes itself for.
emacs30() {
  local share=$DEBROOT/usr/share/emacs/30.1 own
  own=$(echo "$DEBROOT"/usr/libexec/emacs/30.1/*)
  EMACSLOADPATH=$share/lisp EMACSDATA=$share/etc EMACSDOC=$share/etc EMACSPATH=$own \
    "$(find "$DEBROOT/usr/lib64/" "$DEBROOT/usr/lib/" -maxdepth 2 -name 'ld-linux-*.so.*' -print -quit)" \
    --argv0 "$DEBROOT/usr/bin/emacs-nox" --library-path "$(echo "$DEBROOT"/usr/lib/*-linux-gnu)" \
    "$DEBROOT/usr/bin/emacs-nox" --dump-file="$(echo "$own"/emacs-*.pdmp)" "$@"
}

check() { # VARIANT
  mkdir "$E2E_WORK/workspace/.git" "$E2E_WORK/elisp"
  cp "$E2E/../emacs/qodacode.el" "$E2E_WORK/elisp"
  "${emacs[@]}" -Q --batch --eval '(setq byte-compile-error-on-warn t)' -f batch-byte-compile "$E2E_WORK/elisp/qodacode.el"
  echo "ok    qodacode.el compiles without a warning"
  "${emacs[@]}" --batch -L "$E2E_WORK/elisp" -L "$E2E/emacs" -l suite -l "$E2E/emacs/drive-${1#*-}.el" -f suite-run
}
