#!/usr/bin/env bash
# Runs the shell steps of .github/workflows/docs.yml against a local server that has one page, which differs from its
# spec, and a `gh` that keeps the text of the issue.
#
# Where Python or curl is missing, this says SKIPPED and succeeds; with DBPLANE_INTEROP=required it fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/interop/cloud.sh

command -v curl >/dev/null || skip 'curl (apt-get install -y curl)'
command -v python3 >/dev/null || skip 'python3 (apt-get install -y python3)'

folder=$(mktemp -d)
server=''
end() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap end EXIT

site=$folder/site/intl/en-us/api-taurusdb
mkdir -p "$site" "$folder/bin"
cp pages/tests/loop/change-proxy-port.md "$site/UpdateProxyPort.html"
coproc SERVER { cd "$folder/site" && exec python3 -u -m http.server --bind 127.0.0.1 0 2>"$folder/requests"; }
server=$SERVER_PID
read -r -t 60 line <&"${SERVER[0]}"
port=$(sed 's/.* port \([0-9]*\).*/\1/' <<<"$line")

cat >"$folder/bin/gh" <<'GH'
#!/usr/bin/env bash
printf '%s\n' "$*" >"$GH_KEPT.command"
cp "${@: -1}" "$GH_KEPT"
GH
chmod +x "$folder/bin/gh"
export GH_KEPT=$folder/issue PATH=$folder/bin:$PATH NO_PROXY=127.0.0.1

rm -rf target/pages
sed -n 's/^ *- run: //p' .github/workflows/docs.yml | while IFS= read -r step; do
  eval "$step huawei-taurusdb-v3 --pause 0 --mirror http://127.0.0.1:$port"
done

fail() { echo "FAILED: $1"; exit 1; }
grep -q '^issue create --title ' "$folder/issue.command" || fail 'no issue was filed'
grep -q 'request-field-added.*drain_seconds' "$folder/issue" || fail 'the issue does not name the difference'
grep -q 'Pages that could not be fetched' "$folder/issue" || fail 'the issue does not name the pages that are missing'
grep -q 'GET /intl/en-us/api-taurusdb/UpdateProxyPort.html' "$folder/requests" || fail 'the page was not asked for'
rm -rf target/pages
echo 'ok: the weekly check files an issue about a page that differs'
