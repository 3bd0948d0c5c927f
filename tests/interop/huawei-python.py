"""Calls of Huawei's SDK to the fake cloud, whose addresses and credentials come as JSON on standard input."""

import json
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkdbss.v1 import DbssClient, ListInstancesRequest
from huaweicloudsdkgaussdb.v3 import GaussDBClient, UpdateProxyPortRequest, UpdateProxyPortRequestBody

CLOUD = json.load(sys.stdin)
failures = 0


def expect(what, holds, shown):
    global failures
    failures += not holds
    print(f"{'ok' if holds else 'FAILED'}: {what}: {shown}")


def client(kind, service, **other):
    own = {**CLOUD[service]["credentials"], **other}
    keys = BasicCredentials(own["access_key"], own["secret_key"], own["project_id"])
    return kind.new_builder().with_credentials(keys).with_endpoint(CLOUD[service]["base_url"]).build()


def existing(parameter, otherwise):
    """An id that exists; a service that holds nothing takes any."""
    return CLOUD["huawei-taurusdb"].get("inventory", {}).get(parameter, [otherwise])[0]


INSTANCE, PROXY = existing("instance_id", "0" * 32 + "in07"), existing("proxy_id", "1" * 32 + "po01")


def change_port(port, **other):
    body = UpdateProxyPortRequestBody(port=port)
    request = UpdateProxyPortRequest(instance_id=INSTANCE, proxy_id=PROXY, body=body)
    return client(GaussDBClient, "huawei-taurusdb", **other).update_proxy_port(request)


def refused(what, code, call):
    try:
        expect(what, False, call())
    except ClientRequestException as error:
        shown = f"{error.status_code} {error.error_code} {error.error_msg}"
        expect(what, error.error_code == code and bool(error.request_id), shown)


answer = change_port(3308)
expect("a proxy's port is changed", answer.status_code == 200 and bool(answer.job_id), answer.job_id)
clusters = client(DbssClient, "huawei-dbss").list_instances(ListInstancesRequest()).clusters
names = [server.name for cluster in clusters for server in cluster.detail.server]
expect("O&M instances are listed with their servers", bool(names), names)
refused("a wrong secret", "APIGW.0301", lambda: change_port(3308, secret_key="wrong"))
refused("another project", "APIGW.0310", lambda: change_port(3308, project_id="0" * 32))
refused("a port that is not allowed", "DBS.200001", lambda: change_port(80))
sys.exit(min(failures, 1))
