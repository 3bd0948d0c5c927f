#!/usr/bin/env bash
# HTTP Digest against Apache's mod_auth_digest: starts it on a free loopback port, runs the tests, stops it.
#
# Where apache2 is missing, this says SKIPPED and succeeds; with DBPLANE_INTEROP=required it fails.
set -euo pipefail
cd "$(dirname "$0")/../.."

PATH="$PATH:/usr/sbin"
if ! command -v apache2 >/dev/null; then
  echo "SKIPPED: tests/interop/apache.sh needs apache2 (apt-get install -y apache2)"
  [ "${DBPLANE_INTEROP:-}" != required ]
  exit
fi

home=$(mktemp -d)
stop() {
  # Only the server that was started here; its file has its id.
  if [ -s "$home/pid" ]; then apache2 -f "$home/httpd.conf" -k stop || true; fi
  if [ "${failed:-yes}" = yes ] && [ -e "$home/error.log" ]; then
    # Refused counts are what some of the tests are about.
    grep -v AH01774 "$home/error.log" | tail -n 40 || true
  fi
  rm -rf "$home"
}
trap stop EXIT

user=interop-key
secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
realm='Interop, with a comma' # no quotes: the module does not take its own realm back then
# What htdigest would write, which asks for the password on a terminal: user, realm, hash.
hash=$(printf '%s:%s:%s' "$user" "$realm" "$secret" | md5sum | cut -d' ' -f1)
printf '%s:%s:%s\n' "$user" "$realm" "$hash" >"$home/users"
printf '%s:%s\n' "$user" '$apr1$unused$' >"$home/basic"
echo '{"success": true, "data": {}, "requestId": "from-apache"}' >"$home/answer.json"
chmod 755 "$home"
chmod 644 "$home"/*

place() { # path, then directives for it
  printf '<Location "%s/">\n  AuthType Digest\n  AuthName "%s"\n' "$1" "$realm"
  printf '  AuthUserFile "%s/users"\n  Require valid-user\n' "$home"
  shift
  printf '  %s\n' "$@"
  printf '</Location>\n'
}

configure() { # port
  modules=/usr/lib/apache2/modules
  cat <<CONF
ServerRoot "$home"
ServerName localhost
Listen 127.0.0.1:$1
PidFile "$home/pid"
DefaultRuntimeDir "$home"
Mutex file:$home default
ErrorLog "$home/error.log"
LogLevel warn
CONF
  for module in mpm_event authn_core authn_file authz_core authz_user auth_basic auth_digest alias; do
    echo "LoadModule ${module}_module $modules/mod_$module.so"
  done
  if [ "$(id -u)" = 0 ]; then printf 'User #65534\nGroup #65534\n'; fi
  cat <<CONF
LogFormat "%>s %U %{Authentication-Info}o" short
CustomLog "$home/access.log" short
# Room for the state of all its clients; the default is enough for a handful.
AuthDigestShmemSize 1048576
<Directory "$home">
  Require all granted
</Directory>
AliasMatch "^/[a-z]+/api/v2/instances/ob,1/tenants/t=é/privatelink/connection$" "$home/answer.json"
CONF
  # The module knows MD5 with qop auth and nothing else.
  place /auth 'AuthDigestNonceLifetime 300'
  # With less than half a minute left of a nonce, each answer hands out the next one.
  place /short 'AuthDigestNonceLifetime 20'
  # Each nonce is good for one request.
  place /once 'AuthDigestNonceLifetime 0'
  # Counts must come in order.
  place /strict 'AuthDigestNcCheck On'
  printf '<Location "/basic/">\n  AuthType Basic\n  AuthName x\n'
  printf '  AuthUserFile "%s/basic"\n  Require valid-user\n</Location>\n' "$home"
}

# Apache takes no port 0, so free ones are tried. It has bound its port when this command returns.
for attempt in 1 2 3 4 5 6 7 8 9 10 none; do
  if [ "$attempt" = none ]; then echo "apache2 found no free port"; exit 1; fi
  port=$((20000 + RANDOM % 12000))
  configure "$port" >"$home/httpd.conf"
  apache2 -f "$home/httpd.conf" -t
  if apache2 -f "$home/httpd.conf" -k start; then break; fi
done

echo "$(apache2 -v | head -n 1) on port $port"
export DBPLANE_INTEROP_URL="http://127.0.0.1:$port" DBPLANE_INTEROP_USER="$user" DBPLANE_INTEROP_SECRET="$secret"
cargo test --test interop -- --ignored --nocapture --test-threads=1 apache
# Our side checks the proofs; that there were any is Apache's own word.
proofs=$(grep -c '^200 .*rspauth=' "$home/access.log" || true)
nonces=$(grep -c '^200 .*nextnonce=' "$home/access.log" || true)
echo "Apache proved itself $proofs times and handed out $nonces nonces. Count, status and path of all requests:"
sed 's|/api/.*||' "$home/access.log" | sort | uniq -c
[ "$proofs" -gt 0 ]
[ "$nonces" -gt 0 ]
failed=no
