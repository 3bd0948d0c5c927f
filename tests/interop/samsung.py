"""Calls of scpv2-sdk, a community's client, to the fake cloud's MariaDB."""

import scpv2
from expect import CLOUD, control, end, expect
from scpv2.exceptions import ClientError
from scpv2.retries import RetryConfig
from scpv2.session import Client, Session

OWN = CLOUD["samsung-mariadb-1.3"]
CLUSTER = OWN["inventory"]["cluster_id"][0]

# The SDK has no setting for the address, and one version of each API.
Session.endpoint_for = lambda self, api: OWN["base_url"]
send = Client._request


def of_version(version):
    def request(self, *args, **kwargs):
        return send(self, *args, **{**kwargs, "version": version})

    Client._request = request


def session(secret=OWN["credentials"]["secret_key"]):
    keys = {"access_key": OWN["credentials"]["access_key"], "secret_key": secret}
    return scpv2.Session(**keys, retry_config=RetryConfig(max_attempts=1)).client("mariadb_cluster")


def refused(what, status, call):
    try:
        expect(what, False, call())
    except ClientError as error:
        shown = f"{error}"
        entry = control("/journal")["entries"][-1]
        expect(what, entry["status"] == status and bool(entry["problem"]), f"{entry['problem']}: {shown[:80]}")


def state():
    return session().show_cluster(cluster_id=CLUSTER)["service_state"]


refused("a version that is not on offer", 406, lambda: session().list_clusters())
of_version("1.3")
control("/clock", "stop")
names = [row["name"] for row in session().list_clusters(size=20, page=0)["contents"]]
expect("clusters are listed, with a query", len(names) == 3, names)
accepted = session().stop_cluster(cluster_id=CLUSTER)
expect("a stop is accepted", bool(accepted["request_id"]), accepted["request_id"])
control("/clock", {"advance": 1_000})
expect("the cluster is stopping", state() == "STOPPING", state())
control("/clock", {"advance": 60_000})
expect("the cluster is stopped", state() == "STOPPED", state())
refused("a wrong secret", 401, lambda: session("wrong").list_clusters())
problem = control("/journal")["entries"][-1]["problem"]
expect("the text that the server signs is shown", f"{OWN['base_url']}/v1/clusters" in problem, problem)
end()
