#!/usr/bin/env bash
# Huawei's own Python SDK against the fake cloud: what checks our client must accept a client that nobody here wrote.
#
# The packages are installed once, into a cache outside the tree. Where Python or they are missing, this says SKIPPED
# and succeeds; with DBPLANE_INTEROP=required it fails.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=3.1.219
venv="${XDG_CACHE_HOME:-$HOME/.cache}/dbplane/huawei-python-$version"
packages=("huaweicloudsdkcore==$version" "huaweicloudsdkgaussdb==$version" "huaweicloudsdkdbss==$version")

skip() {
  echo "SKIPPED: tests/interop/huawei-python.sh needs $1"
  [ "${DBPLANE_INTEROP:-}" != required ]
  exit
}

if [ ! -e "$venv/installed" ]; then
  python3 -c 'import ensurepip' 2>/dev/null || skip "python3 with venv (apt-get install -y python3-venv)"
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" ||
    skip "packages from PyPI: $venv/bin/pip install ${packages[*]}"
  touch "$venv/installed"
fi

cargo build --quiet --package dbplane-fake-cloud
coproc CLOUD { exec cargo run --quiet --package dbplane-fake-cloud -- --json; }
cloud=$CLOUD_PID # cargo gives its place, and so its id, to the program
trap 'kill "$cloud" 2>/dev/null || true' EXIT
# The one line that it prints when it serves.
read -r -t 60 line <&"${CLOUD[0]}"

"$venv/bin/python" tests/interop/huawei-python.py <<<"$line"
