"""Calls of Huawei's SDK to the fake cloud, whose addresses and credentials come as JSON on standard input."""

from expect import CLOUD, control, end, expect
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkdbss.v1 import DbssClient, ListInstancesRequest
from huaweicloudsdkgaussdb.v3 import (
    DownloadRealtimeSessionRequest,
    GaussDBClient,
    ShowGaussMySqlJobInfoRequest,
    ShowGaussMySqlProxyListRequest,
    UpdateProxyPortRequest,
    UpdateProxyPortRequestBody,
)

EXISTING = CLOUD["huawei-taurusdb-v3"]["inventory"]
INSTANCE, PROXY = EXISTING["instance_id"][0], EXISTING["proxy_id"][0]


def client(kind, service, **other):
    own = {**CLOUD[service]["credentials"], **other}
    keys = BasicCredentials(own["access_key"], own["secret_key"], own["project_id"])
    return kind.new_builder().with_credentials(keys).with_endpoint(CLOUD[service]["base_url"]).build()


def change_port(port, **other):
    body = UpdateProxyPortRequestBody(port=port)
    request = UpdateProxyPortRequest(instance_id=INSTANCE, proxy_id=PROXY, body=body)
    return client(GaussDBClient, "huawei-taurusdb-v3", **other).update_proxy_port(request)


def refused(what, code, call):
    try:
        expect(what, False, call())
    except ClientRequestException as error:
        shown = f"{error.status_code} {error.error_code} {error.error_msg}"
        expect(what, error.error_code == code and bool(error.request_id), shown)


def port():
    answer = client(GaussDBClient, "huawei-taurusdb-v3").show_gauss_my_sql_proxy_list(
        ShowGaussMySqlProxyListRequest(instance_id=INSTANCE)
    )
    return next(row.proxy.port for row in answer.proxy_list if row.proxy.pool_id == PROXY)


def job(id):
    request = ShowGaussMySqlJobInfoRequest(id=id)
    return client(GaussDBClient, "huawei-taurusdb-v3").show_gauss_my_sql_job_info(request).job.status


control("/clock", "stop")
answer = change_port(3308)
expect("a proxy's port is about to change", answer.status_code == 200 and bool(answer.job_id), answer.job_id)
control("/clock", {"advance": 1_000})  # a job is unknown in its first moment
expect("its job runs and the port is the old one", job(answer.job_id) == "Running" and port() != 3308, port())
control("/clock", {"advance": 60_000})
expect("its job is done and the port is the new one", job(answer.job_id) == "Completed" and port() == 3308, port())
pieces = []
request = DownloadRealtimeSessionRequest(instance_id=INSTANCE, node_id=EXISTING["node_id"][0], request_id="f506")
file = client(GaussDBClient, "huawei-taurusdb-v3").download_realtime_session(request)
file.consume_download_stream(lambda stream: pieces.extend(stream.iter_content(64)))
expect("a file is downloaded", b"".join(pieces).startswith(b"id,user,host"), f"{len(b''.join(pieces))} bytes")
clusters = client(DbssClient, "huawei-dbss-v2").list_instances(ListInstancesRequest()).clusters
names = [server.name for cluster in clusters for server in cluster.detail.server]
expect("O&M instances are listed with their servers", bool(names), names)
refused("a wrong secret", "APIGW.0301", lambda: change_port(3308, secret_key="wrong"))
refused("another project", "APIGW.0310", lambda: change_port(3308, project_id="0" * 32))
refused("a port that is not allowed", "DBS.200001", lambda: change_port(80))
end()
