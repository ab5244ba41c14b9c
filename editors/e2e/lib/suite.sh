#!/usr/bin/env bash
# Runs one suite: suite.sh FOLDER[:VARIANT]. FOLDER/suite.sh is sourced and defines
#   setup     installs the editor into $E2E_CACHE, with the machine's own HOME and configuration
#   check     drives it; runs in $E2E_WORK with an empty HOME; its status is the suite's
# Both get VARIANT as their argument and may use the functions of this folder and
#   $E2E             editors/e2e
#   $E2E_WORK        a folder of the suite's own, with home/, tmp/ and workspace/, a copy of fixtures/
#   $E2E_BIN         a folder for PATH with the server as `qodacode`; all it says is recorded
#   $E2E_RECORDS     the records of this suite, as of record/main.go
# A line "note: …" that a suite prints stands in the summary. A suite that leaves a server
# running fails.
set -euo pipefail
suite=$1 variant=
case $suite in *:*) variant=${suite#*:} ;; esac
export E2E_WORK=$E2E_OUT/${suite/:/-} E2E_RECORDS=$E2E_OUT/records/${suite/:/-} # a colon would end an entry of PATH
export E2E_BIN=$E2E_WORK/bin

. "$E2E/lib/packages.sh"
. "$E2E/lib/install.sh"
. "$E2E/${suite%%:*}/suite.sh"

mkdir -p "$E2E_WORK"/{home,tmp,bin/real} "$E2E_RECORDS"
put_server "$E2E_BIN"
cp -R "$E2E/fixtures" "$E2E_WORK/workspace"

setup "$variant"
echo "installed after $SECONDS s"

isolate() {
  export HOME=$E2E_WORK/home TMPDIR=$E2E_WORK/tmp PATH=$E2E_BIN:$PATH LC_ALL=C.UTF-8
  export XDG_CONFIG_HOME=$HOME/.config XDG_CACHE_HOME=$HOME/.cache XDG_DATA_HOME=$HOME/.local/share XDG_STATE_HOME=$HOME/.local/state
  unset XDG_RUNTIME_DIR
  cd "$E2E_WORK"
}
isolate
check "$variant"

for _ in $(seq 300); do
  left=$(servers_left "$E2E_WORK")
  [ -n "$left" ] || exit 0
  sleep 0.1
done
echo "still running 30 s after the editor was closed: $left"
# shellcheck disable=SC2086 # process ids
kill -9 $left
exit 1
