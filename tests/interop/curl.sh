#!/usr/bin/env bash
# curl's Digest against the fake cloud: what checks our client must accept a client that nobody here wrote.
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/interop/cloud.sh

command -v curl >/dev/null || skip "curl (apt-get install -y curl)"
serve

# The value of a name in the part about one service.
about=$(sed 's/.*"oceanbase-cloud-v2":\({[^}]*{[^}]*}[^}]*}\).*/\1/' <<<"$line")
value() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/" <<<"$about"; }
address="$(value base_url)/api/v2/instances/ob317v4uif%2A%2A%2A%2A/tenants/t33h8y08k****/privatelink/connection?requestId=r%2F"

failures=0
expect() { # what, expected, got
  if [ "$2" = "$3" ]; then echo "ok: $1: $3"; else echo "FAILED: $1: expected $2, got $3"; failures=1; fi
}

# Statuses of all requests that curl makes, and the last body.
ask() { # secret, then more arguments
  local secret=$1
  shift
  curl --silent --show-error --max-time 20 --noproxy '*' --include --digest \
    --user "$(value access_key):$secret" --header "X-Ob-Project-Id: $(value project_id)" \
    --json '{"endpointId": "vpce-1", "userEndpointAddress": ""}' "$@" |
    tr -d '\r' | sed -n 's|^HTTP/1.1 \([0-9]*\).*|\1|p; s|^.*"success":\([a-z]*\).*|\1|p' | paste -s -d ' '
}

curl --version | head -n 1
expect "one call" "401 200 true" "$(ask "$(value secret_key)" "${address}1")"
# One challenge for three calls: curl raises the count, and the fake cloud wants it raised.
expect "three calls" "401 200 true 200 true 200 true" \
  "$(ask "$(value secret_key)" "${address}1" "${address}2" "${address}3")"
expect "a wrong secret" "401 401 false" "$(ask wrong "${address}1")"
exit "$failures"
