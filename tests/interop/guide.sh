#!/usr/bin/env bash
# Runs the commands of docs/testing-your-automation.md with curl and compares what they print with the page.
#
# The ports of the page are replaced by others. Where curl is missing, this says SKIPPED and succeeds; with
# DBPLANE_INTEROP=required it fails.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v curl >/dev/null; then
  echo "SKIPPED: tests/interop/guide.sh needs curl (apt-get install -y curl)"
  [ "${DBPLANE_INTEROP:-}" != required ]
  exit
fi

export NO_PROXY='127.0.0.1'
cargo build --quiet --package dbplane-fake-cloud
ports=$((2000 + RANDOM % 1200)) # with a digit behind it, below those that the system gives out
page=$(sed -n '/^```console$/,/^```$/p' docs/testing-your-automation.md | grep -v '^```' | sed "s/\b1800\([0-9]\)\b/$ports\1/g")
log=$(mktemp)
trap 'kill "$cloud" 2>/dev/null || true; rm -f "$log"' EXIT
failures=0
command='' printed='' expected=''

compare() {
  if [ "$printed" = "$expected" ]; then
    echo "ok: $command"
  else
    printf 'FAILED: %s\nexpected: %s\nprinted:  %s\n' "$command" "$expected" "$printed"
    failures=1
  fi
}

while IFS= read -r line; do
  case $line in
  '$ cargo run '*)
    # cargo gives its place, and so its id, to the program; the last line of its table says that it serves.
    coproc CLOUD { exec ${line#'$ '} 2>"$log"; }
    cloud=$CLOUD_PID
    while read -r -t 60 line <&"${CLOUD[0]}"; do case $line in Serving*) break ;; esac; done
    ;;
  '$ '*)
    if [ -n "$command" ]; then compare; fi
    command=${line#'$ '} expected=''
    printed=$(eval "$command" 2>&1) || true
    ;;
  *) expected+=${expected:+$'\n'}$line ;;
  esac
done <<<"$page"
compare
[ -s "$log" ] || { echo "FAILED: no request was logged"; failures=1; }
exit "$failures"
