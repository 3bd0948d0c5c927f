#!/usr/bin/env bash
# Clients in Python against the fake cloud: what checks our client must accept clients that nobody here wrote.
#
# requests and httpx speak Digest, scpv2-sdk is a community's client of Samsung, huaweicloudsdk is Huawei's own. The
# packages of requirements.txt are installed once, into a cache outside the tree.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/interop/cloud.sh

wanted=tests/interop/requirements.txt
venv="${XDG_CACHE_HOME:-$HOME/.cache}/dbplane/python-$(cksum <"$wanted" | cut -d' ' -f1)"
if [ ! -e "$venv/installed" ]; then
  python3 -c 'import ensurepip' 2>/dev/null || skip "python3 with venv (apt-get install -y python3-venv)"
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" ||
    skip "the packages of $wanted from PyPI"
  touch "$venv/installed"
fi

for digest in SHA-256,MD5 MD5,SHA-256 SHA-256 MD5; do # clients that take the first challenge, and the last one
  serve --digest "$digest"
  "$venv/bin/python" tests/interop/digest.py "$digest" <<<"$line"
done
for script in huawei.py huawei_instance.py samsung.py; do
  serve
  "$venv/bin/python" "tests/interop/$script" <<<"$line"
done
guide python | with_program "$venv/bin/python" -
echo "ok: the example of the guide"
