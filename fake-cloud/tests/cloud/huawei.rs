//! Huawei Cloud TaurusDB and DBSS, signed and with tokens.

use std::time::Duration;

use serde_json::json;

use crate::iam;
use crate::sign::{sdk, sdk_at};
use crate::wire::{Call, NOW, Reply, refused, send, service, start};
use dbplane_fake_cloud::{FakeCloud, ServiceHandle};

const TAURUSDB: &str = "huawei-taurusdb-v3";
const DBSS: &str = "huawei-dbss-v2";
const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const PROXY: &str = "fbece38953e24a2b891488ed2fdf81abpo01";

fn port_target(project: &str) -> String {
    format!("/v3/{project}/instances/{INSTANCE}/proxy/{PROXY}/port")
}

fn port(service: &ServiceHandle, port: i64) -> Call {
    let project = service.credentials().project_id.clone().unwrap();
    Call::new("PUT", &port_target(&project)).json(&json!({"port": port}))
}

fn list(service: &ServiceHandle) -> Call {
    let project = service.credentials().project_id.clone().unwrap();
    Call::new("POST", &format!("/v2/{project}/db-om/instances"))
}

/// The code of the service or gateway; every answer has a request id.
fn code(reply: &Reply) -> &str {
    assert_eq!(reply.header("x-request-id").len(), 32);
    assert!(!reply.text("/error_msg").is_empty());
    reply.text("/error_code")
}

async fn refuse(cloud: &FakeCloud, stem: &str, call: &Call, status: u16, expected: &str, words: &str) {
    let reply = send(service(cloud, stem), call).await;
    refused(cloud, &reply, status, words);
    assert_eq!(code(&reply), expected);
}

#[tokio::test]
async fn signed_requests_are_answered() {
    let cloud = start().await;
    let (taurusdb, dbss) = (service(&cloud, TAURUSDB), service(&cloud, DBSS));
    let moved = send(taurusdb, &sdk(taurusdb, port(taurusdb, 33_060))).await;
    assert_eq!((moved.status, moved.text("/job_id").len()), (200, 36));
    assert_eq!(moved.header("x-request-id").len(), 32);
    let listed = send(dbss, &sdk(dbss, list(dbss))).await;
    assert_eq!(listed.text("/clusters/0/name"), "DBSS-OM0819");
    assert_eq!(cloud.accepted(TAURUSDB, "UpdateProxyPort"), 1);
    assert_eq!(cloud.accepted(DBSS, "ListDbOmInstances"), 1);
    cloud.advance(Duration::from_secs(60)); // the job is over
    let own = taurusdb.credentials().project_id.clone().unwrap();
    let named = sdk(taurusdb, port(taurusdb, 3308)).header("x-project-id", &own);
    assert_eq!(send(taurusdb, &named).await.status, 200);
}

#[tokio::test]
async fn bad_signatures() {
    let cloud = start().await;
    let service = service(&cloud, TAURUSDB);
    let good = sdk(service, port(service, 3308));
    let mut other = good.clone();
    other.body = json!({"port": 3309}).to_string();
    let reply = send(service, &other).await;
    refused(&cloud, &reply, 401, "verify aksk signature fail");
    assert_eq!(code(&reply), "APIGW.0301");
    let target = port_target(service.credentials().project_id.as_deref().unwrap());
    assert!(reply.text("/error_msg").contains(&format!("canonicalRequest:PUT|{target}/||host:")));
    assert_eq!(reply.text("/request_id").len(), 32);

    let stale = sdk_at(service, port(service, 3308), "20260115T081459Z");
    let no_day = sdk_at(service, port(service, 3308), "20260230T083000Z");
    let unknown =
        good.headers.iter().find(|(n, _)| n == "authorization").unwrap().1.replace("Access=", "Access=X");
    let cases = [
        (stale, "signature expired"),
        (no_day, "no moment of the calendar"),
        (good.clone().with("authorization", &unknown), "does not exist"),
        (good.clone().with("authorization", "Basic abc"), "Authorization is not of the form"),
        (good.clone().without("x-sdk-date"), "the header x-sdk-date is missing"),
        (good.clone().header("x-sdk-date", "20260115T083000Z"), "more than once"),
        (good.clone().header("x-security-token", "t"), "X-Security-Token is sent, but not signed"),
        (good.clone().header("x-auth-token", "MIIt"), "exclude each other"),
        (port(service, 3308), "not signed"),
    ];
    for (call, words) in cases {
        refuse(&cloud, TAURUSDB, &call, 401, "APIGW.0301", words).await;
    }
}

#[tokio::test]
async fn tokens_of_the_fake_iam() {
    let cloud = start().await;
    let (taurusdb, dbss) = (service(&cloud, TAURUSDB), service(&cloud, DBSS));
    let token = iam::token(&cloud, &json!({"project": {"name": "cn-north-4"}})).await;
    let with_token = port(taurusdb, 3308).header("x-auth-token", &token);
    assert_eq!(send(taurusdb, &with_token).await.status, 200);
    assert_eq!(send(dbss, &list(dbss).header("x-auth-token", &token)).await.status, 200);

    let invented = port(taurusdb, 3308).header("x-auth-token", "MIIinvented");
    refuse(&cloud, TAURUSDB, &invented, 401, "APIGW.0301", "IAM has not issued").await;
    let account = iam::token(&cloud, &json!({"domain": {"name": "fake-account"}})).await;
    let unscoped = port(taurusdb, 3308).header("x-auth-token", &account);
    refuse(&cloud, TAURUSDB, &unscoped, 403, "APIGW.0310", "needs a project-scoped token").await;
    cloud.set_now(NOW + 86_400_000);
    refuse(&cloud, TAURUSDB, &with_token, 401, "APIGW.0307", "expired").await;
}

#[tokio::test]
async fn wrong_projects() {
    let cloud = start().await;
    let service = service(&cloud, TAURUSDB);
    let strange = Call::new("PUT", &port_target(&"0".repeat(32))).json(&json!({"port": 3308}));
    refuse(&cloud, TAURUSDB, &sdk(service, strange), 403, "APIGW.0310", "project_id is not the project")
        .await;
    let named = sdk(service, port(service, 3308)).header("x-project-id", "0");
    refuse(&cloud, TAURUSDB, &named, 403, "APIGW.0310", "X-Project-Id 0 is not the project").await;
}

#[tokio::test]
async fn paths_and_methods() {
    let cloud = start().await;
    let service = service(&cloud, TAURUSDB);
    refuse(
        &cloud,
        TAURUSDB,
        &sdk(service, Call::new("PUT", "/v3/x/port")),
        404,
        "APIGW.0101",
        "no operation",
    )
    .await;
    let mut wrong = port(service, 3308);
    wrong.method = "POST".to_owned();
    refuse(&cloud, TAURUSDB, &sdk(service, wrong), 405, "APIGW.0101", "POST is no method").await;
}

#[tokio::test]
async fn wrong_values() {
    let cloud = start().await;
    let (taurusdb, dbss) = (service(&cloud, TAURUSDB), service(&cloud, DBSS));
    let mut short = port(taurusdb, 3308);
    short.target = short.target.replace("in07", "in08");
    let mut extra = port(taurusdb, 3308);
    extra.body = json!({"port": 3308, "force": true}).to_string();
    let mut query = port(taurusdb, 3308);
    query.target.push_str("?force=true");
    let cases = [
        (port(taurusdb, 1024), "port: value is less than the minimum of 1025"),
        (port(taurusdb, 65_535), "port: value is greater than the maximum of 65534"),
        (port(taurusdb, 33_062), "port: "),
        (short, "the path parameter `instance_id`: value does not match"),
        (extra, "the field `force` is unknown"),
        (query, "the query parameter `force` is unknown"),
    ];
    for (call, words) in cases {
        refuse(&cloud, TAURUSDB, &sdk(taurusdb, call), 400, "DBS.200001", words).await;
    }
    let text = sdk(taurusdb, port(taurusdb, 3308).with("content-type", "text/plain"));
    refuse(&cloud, TAURUSDB, &text, 415, "APIGW.0602", "`text/plain`, not application/json").await;
    let with_body = sdk(dbss, list(dbss).json(&json!({})));
    refuse(&cloud, DBSS, &with_body, 400, "DBSS.10000001", "takes no body").await;
    let language = sdk(taurusdb, port(taurusdb, 3308)).header("X-Language", "de-de");
    assert_eq!(send(taurusdb, &language).await.status, 200, "an extensible enum takes any value");
}
