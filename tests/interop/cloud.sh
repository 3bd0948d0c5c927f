# What the scripts that need a running fake cloud share; to be sourced from the root of the repository.
#
# A client that is missing is a line that says SKIPPED and success; with DBPLANE_INTEROP=required it is a failure.

skip() { # what is needed
  echo "SKIPPED: $0 needs $1"
  [ "${DBPLANE_INTEROP:-}" != required ]
  exit
}

cloud=''
stop() {
  # Only the one that was started here.
  if [ -n "$cloud" ]; then kill "$cloud" 2>/dev/null || true; fi
}
trap stop EXIT

# Starts a fake cloud with these options, and puts the one line that it prints into `line`.
serve() {
  stop
  cargo build --quiet --package dbplane-fake-cloud
  coproc CLOUD { exec "${CARGO_TARGET_DIR:-target}/debug/dbplane-fake-cloud" --json "$@"; }
  cloud=$CLOUD_PID
  read -r -t 60 line <&"${CLOUD[0]}"
}

# Prints the blocks of docs/testing-your-automation.md in this language, to be run as they stand there.
guide() { # python, js
  sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" docs/testing-your-automation.md | grep -v '^```'
}

# Runs a command with the program on its PATH.
with_program() {
  cargo build --quiet --package dbplane-fake-cloud
  PATH="$(cd "${CARGO_TARGET_DIR:-target}/debug" && pwd):$PATH" "$@"
}
