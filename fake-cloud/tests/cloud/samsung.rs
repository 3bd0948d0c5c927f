//! Samsung Cloud Platform MariaDB.

use std::time::Duration;

use serde_json::json;

use crate::sign::{scp, scp_at};
use crate::wire::{Call, NOW, Reply, Wire, last, refused, send, service, start};

const STEM: &str = "samsung-mariadb-1.0";
const CLUSTERS: &str = "/v1/clusters";
const DISKS: &str = "/v1/instance-groups/3b0c5d2e9f7a4c16b8d1e2f3a4b5c6d7/block-storage-groups";

fn disks() -> serde_json::Value {
    json!({"role_type": "DATA", "size_gb": 104, "volume_type": "SSD"})
}

/// The envelope of the service.
fn code(reply: &Reply) -> &str {
    assert_eq!(reply.body["errors"][0]["status"], reply.status);
    assert!(reply.text("/errors/0/request_id").starts_with("req-"));
    reply.text("/errors/0/code")
}

#[tokio::test]
async fn signed_requests_are_answered() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let spaced = Call::new("GET", "/v1/clusters?name=my+cluster");
    let none = send(service, &scp(service, spaced)).await;
    assert_eq!((none.status, none.body["count"].as_u64()), (200, Some(0)), "{none:?}");
    let call = Call::new("GET", "/v1/clusters?page=0&size=20&sort=name%3Aasc&name=my");
    let list = send(service, &scp(service, call)).await;
    assert_eq!(list.status, 200, "{list:?}");
    assert_eq!(list.text("/contents/0/name"), "mycluster");
    assert_eq!(list.header("content-type"), "application/json;charset=UTF-8");
    assert_eq!(list.header("date"), "Thu, 15 Jan 2026 08:30:00 GMT");
    let added = send(service, &scp(service, Call::new("POST", DISKS).json(&disks()))).await;
    assert_eq!(added.status, 202, "{added:?}");
    assert!(added.text("/request_id").starts_with("req-"));
    assert_eq!((cloud.requests(STEM), cloud.refused(STEM)), (3, 0));
    assert_eq!((cloud.accepted(STEM, "ListClusters"), cloud.accepted(STEM, "AddBlockStorages")), (2, 1));
    assert_eq!(last(&cloud).operation.as_deref(), Some("AddBlockStorages"));
}

#[tokio::test]
async fn the_gateway_hides_everything_from_unsigned_callers() {
    let cloud = start().await;
    let reply = send(service(&cloud, STEM), &Call::new("GET", CLUSTERS)).await;
    refused(&cloud, &reply, 404, "not signed");
    assert_eq!((reply.text("/path"), reply.body["status"].as_i64()), (CLUSTERS, Some(404)));
    assert!(reply.body.get("errors").is_none() && reply.body.get("requestId").is_some());
}

#[tokio::test]
async fn bad_credentials() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let good = scp(service, Call::new("GET", CLUSTERS));
    let mut other = good.clone();
    other.target = "/v1/clusters?size=1".to_owned();
    let doubled = good.clone().header("scp-timestamp", &NOW.to_string());
    let stale = scp_at(service, Call::new("GET", CLUSTERS), NOW - 900_001);
    let early = scp_at(service, Call::new("GET", CLUSTERS), NOW + 900_001);
    let cases = [
        (good.clone().with("scp-signature", "AAAA"), "Scp-Signature does not fit"),
        (other, "Scp-Signature does not fit"),
        (good.clone().with("scp-accesskey", "0123"), "unknown"),
        (good.clone().with("scp-clienttype", "openapi"), "Scp-ClientType"),
        (good.clone().without("scp-timestamp"), "Scp-Timestamp is missing"),
        (doubled, "more than once"),
        (stale, "more than 15 minutes"),
        (early, "more than 15 minutes"),
    ];
    for (call, words) in cases {
        let reply = send(service, &call).await;
        refused(&cloud, &reply, 401, words);
        assert_eq!(code(&reply), "Dbaas.Unauthorized.AuthNFailed");
    }
    let late = scp_at(service, Call::new("GET", CLUSTERS), NOW - 900_000);
    assert_eq!(send(service, &late).await.status, 200);
}

#[tokio::test]
async fn paths_methods_and_versions() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let reply = send(service, &scp(service, Call::new("GET", "/v1/cluster"))).await;
    refused(&cloud, &reply, 404, "no operation has the path /v1/cluster");
    assert_eq!((code(&reply), last(&cloud).operation), ("NotFound", None));
    let reply = send(service, &scp(service, Call::new("PATCH", CLUSTERS))).await;
    refused(&cloud, &reply, 405, "PATCH is no method of /v1/clusters");
    assert_eq!(code(&reply), "MethodNotAllowed");
    assert!(reply.header("allow").contains("POST"));
    let good = scp(service, Call::new("GET", CLUSTERS));
    let reply = send(service, &good.clone().with("scp-api-version", "mariadb 1.2")).await;
    refused(&cloud, &reply, 406, "asks for `mariadb 1.2`, which is not on offer");
    assert_eq!(code(&reply), "NoSuchVersion");
    let reply = send(service, &good.without("scp-api-version")).await;
    refused(&cloud, &reply, 400, "the required header Scp-Api-Version is missing");
    assert_eq!(code(&reply), "ValidationError");
}

#[tokio::test]
async fn wrong_values() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let log = "/v1/clusters/1/log-export-configs";
    let mut wide = disks();
    wide["size_gb"] = json!(5_128);
    let mut uneven = disks();
    uneven["size_gb"] = json!(105);
    let mut unknown = disks();
    unknown["size"] = json!(1);
    let cases = [
        (Call::new("GET", "/v1/clusters?size=-1"), "`size`: value is less than the minimum of 0"),
        (Call::new("GET", "/v1/clusters?size=many"), "`size` is no whole number"),
        (Call::new("GET", "/v1/clusters?sort=name"), "the query parameter `sort`: value does not match"),
        (Call::new("GET", "/v1/clusters?limit=1"), "the query parameter `limit` is unknown"),
        (Call::new("GET", "/v1/clusters?size=1&size=2"), "`size` is sent more than once"),
        (Call::new("GET", "/v1/clusters?name=%zz"), "not percent-encoded"),
        (
            Call::new("POST", &format!("{log}/general/export")),
            "the path parameter `log_type`: value is not one of",
        ),
        (Call::new("POST", DISKS).json(&wide), "size_gb: value is greater than the maximum of 5120"),
        (Call::new("POST", DISKS).json(&uneven), "size_gb: value is not a multiple of 8"),
        (Call::new("POST", DISKS).json(&unknown), "the field `size` is unknown"),
        (
            Call::new("POST", DISKS).json(&json!({"size_gb": 104})),
            "the required field `role_type` is missing",
        ),
        (Call::new("POST", DISKS).json(&json!([])), "value is not of type \"object\""),
        (Call::new("POST", DISKS).header("content-type", "application/json"), "the body is missing"),
        (Call::new("GET", CLUSTERS).json(&json!({})), "takes no body"),
    ];
    for (call, words) in cases {
        let reply = send(service, &scp(service, call)).await;
        refused(&cloud, &reply, 400, words);
        assert_eq!(code(&reply), "ValidationError");
        assert!(reply.body["errors"][0]["detail"][0].as_str().is_some());
    }
}

#[tokio::test]
async fn wrong_content_types() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let call = scp(service, Call::new("POST", DISKS).json(&disks()));
    for sent in ["text/plain", "application/json;charset=latin1", "", "application/jsonp"] {
        let reply = send(service, &call.clone().with("content-type", sent)).await;
        refused(&cloud, &reply, 415, "not application/json");
        assert_eq!(code(&reply), "UnsupportedMediaType");
    }
    for sent in ["application/json; charset=utf-8", "Application/JSON"] {
        let again = Call::new("POST", DISKS).json(&disks()).with("content-type", sent);
        let stamped = scp_at(service, again, cloud.now());
        assert_eq!(send(service, &stamped).await.status, 202);
        cloud.advance(Duration::from_secs(60));
    }
}

#[tokio::test]
async fn secrets_of_a_bad_body_stay_out_of_answer_and_journal() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let body = json!({"access_key": 1, "bucket_name": "b", "delete_on_export": true, "log_type": "alert",
        "schedule_day_of_month": "hush-hush", "secret_key": ["hush-hush"]});
    let call = Call::new("POST", "/v1/clusters/1/log-export-configs").json(&body);
    let reply = send(service, &scp(service, call)).await;
    refused(&cloud, &reply, 400, "secret_key: value is not of type");
    assert!(!format!("{:?}{}", cloud.journal(), reply.body).contains("hush-hush"));
}

#[tokio::test]
async fn of_many_creates_of_one_name_one_is_accepted() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let disks = json!([{"role_type": "OS", "size_gb": 104}, {"role_type": "DATA", "size_gb": 56}]);
    let group = json!({"role_type": "ACTIVE", "server_type_name": "db1v2m4", "block_storage_groups": disks});
    let settings = json!({"database_name": "db1", "database_user_name": "admin",
        "database_user_password": "example-Passw0rd"});
    let order = json!({"name": "onlyone", "instance_name_prefix": "only", "timezone": "UTC", "subnet_id": "s",
        "dbaas_engine_version_id": "5f1c9a3e7b2d4f608a1b2c3d4e5f6071", "instance_groups": [group],
        "init_config_option": settings});
    let call = scp(service, Call::new("POST", CLUSTERS).json(&order));
    let mut replies = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (mut wire, call) = (Wire::open(service).await, call.clone());
        replies.spawn(async move { wire.send(&call).await });
    }
    let mut accepted = 0;
    for reply in replies.join_all().await {
        accepted += i32::from(reply.status == 202);
        assert!(reply.status == 202 || reply.text("/errors/0/detail/0").contains("onlyone"), "{reply:?}");
    }
    assert_eq!((accepted, cloud.effects().len()), (1, 1));
    let list = send(service, &scp(service, Call::new("GET", "/v1/clusters?name=onlyone"))).await;
    assert_eq!(list.body["count"], 1);
}

#[tokio::test]
async fn a_reset_brings_the_inventory_back() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let before = service.inventory();
    let call = Call::new("DELETE", "/v1/clusters/0fdd87aab8cb46f59b7c1f81ed03fb3e");
    assert_eq!(send(service, &scp(service, call)).await.status, 202);
    cloud.advance(Duration::from_secs(60));
    assert_eq!(service.inventory()["cluster_id"].len(), 2);
    cloud.reset().await;
    assert_eq!(service.inventory(), before);
}

#[tokio::test]
async fn versions_share_an_address_and_its_root_lists_them() {
    let cloud = start().await;
    let (old, new) = (service(&cloud, STEM), service(&cloud, "samsung-mariadb-1.3"));
    assert_eq!(old.base_url(), new.base_url());
    assert_ne!(old.base_url(), service(&cloud, "samsung-mysql-1.3").base_url());
    // The root asks for no credentials.
    let reply = send(old, &Call::new("GET", "/")).await;
    assert_eq!(reply.status, 200);
    let told = ["/versions/0/id", "/versions/0/status", "/versions/1/id", "/versions/1/status"];
    assert_eq!(told.map(|pointer| reply.text(pointer)), ["v1.3", "CURRENT", "v1.0", "SUPPORTED"]);
    assert_eq!(last(&cloud).operation.as_deref(), Some("ListVersions"));
    // Each version has its own operations; the header chooses.
    let backup = scp(new, Call::new("POST", "/v1/clusters/0fdd87aab8cb46f59b7c1f81ed03fb3e/backups/manual"));
    let reply = send(new, &backup.clone().with("scp-api-version", "mariadb 1.3")).await;
    assert_eq!((reply.status, last(&cloud).service.as_str()), (202, "samsung-mariadb-1.3"));
    let reply = send(new, &backup.with("scp-api-version", "mariadb 1.0")).await;
    assert_eq!((reply.status, last(&cloud).service.as_str()), (404, STEM));
}

#[tokio::test]
async fn console_only_calls_want_a_session() {
    let cloud = start().await;
    let new = service(&cloud, "samsung-mariadb-1.3");
    let path = "/v1/clusters/0fdd87aab8cb46f59b7c1f81ed03fb3e/backups";
    let call = |body: serde_json::Value| {
        scp(new, Call::new("DELETE", path).json(&body)).with("scp-api-version", "mariadb 1.3")
    };
    let reply = send(new, &call(json!({}))).await;
    assert_eq!((reply.status, code(&reply)), (401, "Dbaas.Unauthorized.AuthNFailed"));
    assert_eq!(send(new, &call(json!({"session_id": "s"}))).await.status, 202);
}
