"""HTTP Digest of requests and httpx; the argument says which challenges the fake cloud offers."""

import sys

import httpx
import requests
from expect import CLOUD, control, end, expect
from requests.auth import HTTPDigestAuth

OFFERED = sys.argv[1]
OWN = CLOUD["oceanbase-cloud-v2"]
KEYS = OWN["credentials"]
INSTANCE = OWN["inventory"]["instanceId"][0]
# Blanks, slashes and stars in the target, which is hashed as it is sent.
URL = f"{OWN['base_url']}/api/v2/instances/{INSTANCE}/tenants?requestId=r%2F1&pageSize=20"
PROJECT = {"X-Ob-Project-Id": KEYS["project_id"]}


def by_requests(secret):
    session = requests.Session()
    session.trust_env = False
    session.auth = HTTPDigestAuth(KEYS["access_key"], secret)
    session.headers.update(PROJECT)
    return session


def by_httpx(secret):
    auth = httpx.DigestAuth(KEYS["access_key"], secret)
    return httpx.Client(auth=auth, headers=PROJECT, trust_env=False)


def statuses(session, calls):
    """Statuses of all requests that calls take, challenges among them."""
    after = len(control("/journal")["entries"])
    for call in calls:
        call(session)
    return [entry["status"] for entry in control(f"/journal?after={after}")["entries"]]


def read(session):
    return session.get(URL)


for name, client in [("requests", by_requests), ("httpx", by_httpx)]:
    what = f"{name} with {OFFERED}"
    good = statuses(client(KEYS["secret_key"]), [read, read, read])
    expect(f"{what}: one challenge for three calls", good == [401, 200, 200, 200], good)
    wrong = statuses(client("wrong"), [read])
    expect(f"{what}: a wrong secret", set(wrong) == {401}, wrong)

problems = {entry["problem"] for entry in control("/journal")["entries"]}
expect("the journal says why", any("response does not fit" in (p or "") for p in problems), len(problems))
end()
