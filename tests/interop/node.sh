#!/usr/bin/env bash
# A client in Node against the fake cloud: what checks our client must accept a client that nobody here wrote.
#
# The pinned packages of node/package-lock.json are installed once, into a cache outside the tree.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/interop/cloud.sh

command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm (apt-get install -y nodejs npm)"
home="${XDG_CACHE_HOME:-$HOME/.cache}/dbplane/node-$(cat tests/interop/node/* | cksum | cut -d' ' -f1)"
if [ ! -e "$home/installed" ]; then
  rm -rf "$home"
  mkdir -p "$home"
  cp tests/interop/node/* "$home"
  npm ci --prefix "$home" --silent --no-audit --no-fund || skip "digest-fetch from the npm registry"
  touch "$home/installed"
fi

for digest in SHA-256 MD5; do # it asks for one challenge with its own algorithm
  serve --digest "$digest"
  node "$home/digest.mjs" "$digest" <<<"$line"
done
guide js >"$home/guide.mjs"
with_program node "$home/guide.mjs"
echo "ok: the example of the guide"
