#!/usr/bin/env bash
# Counts the instructions of a call by hand and by the library, under callgrind: the difference between many calls and few.
# Arguments: a scheme (0 token, 1 Samsung, 2 Huawei, 3 Digest; 1 by default) and the number of rows (20 by default).
set -euo pipefail
cd "$(dirname "$0")/.."

scheme=${1:-1} rows=${2:-20} few=100 many=600
command -v valgrind >/dev/null || { echo "install valgrind first" >&2; exit 1; }
cargo bench --bench call --no-run
bench=$(cargo bench --bench call --no-run --message-format json 2>/dev/null |
  sed -n 's/.*"name":"call".*"executable":"\([^"]*\)".*/\1/p')

count() { # who, calls
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bench" calls "$1" "$scheme" "$rows" "$2" 2>&1 |
    sed -n 's/.*Collected : //p'
}
per_call() { echo $((($(count "$1" $many) - $(count "$1" $few)) / (many - few))); }

by_hand=$(per_call by-hand) library=$(per_call library)
echo "instructions per call, scheme $scheme, $rows rows: by hand $by_hand, library $library, ratio" \
  "$(awk "BEGIN { printf \"%.2f\", $library / $by_hand }")"
