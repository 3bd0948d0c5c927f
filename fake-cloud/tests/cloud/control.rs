//! The control endpoint.

use dbplane_fake_cloud::FakeCloud;
use serde_json::{Value as Json, json};

use crate::sign::scp;
use crate::wire::{Call, NOW, Reply, Wire, send, service, start};

const STEM: &str = "samsung-mariadb-1.0";

/// A request to the control endpoint.
async fn ask(cloud: &FakeCloud, call: Call) -> Reply {
    Wire::to(cloud.control_url().strip_prefix("http://").unwrap()).await.send(&call).await
}

async fn get(cloud: &FakeCloud, target: &str) -> Json {
    let reply = ask(cloud, Call::new("GET", target)).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.body
}

async fn change(cloud: &FakeCloud, method: &str, target: &str, body: Json) -> Reply {
    ask(cloud, Call::new(method, target).json(&body)).await
}

async fn list(cloud: &FakeCloud) -> u16 {
    let service = service(cloud, STEM);
    send(service, &scp(service, Call::new("GET", "/v1/clusters"))).await.status
}

#[tokio::test]
async fn services_are_as_the_crate_has_them() {
    let cloud = start().await;
    let told = get(&cloud, "/services").await;
    for service in cloud.services() {
        let about = &told[service.stem()];
        assert_eq!(about["base_url"], service.base_url());
        assert_eq!(about["credentials"], service.credentials().to_json());
        assert_eq!(about["operations"], json!(service.operations()));
    }
    assert!(get(&cloud, "/").await.as_object().unwrap().contains_key("GET /services"));
}

#[tokio::test]
async fn the_clock_stops_jumps_and_moves() {
    let cloud = FakeCloud::start().await.unwrap();
    assert_eq!(get(&cloud, "/clock").await["stopped"], false);
    assert_eq!(change(&cloud, "POST", "/clock", json!("stop")).await.body["stopped"], true);
    let reply = change(&cloud, "POST", "/clock", json!({"set": NOW})).await;
    let shown = json!({"unix_millis": NOW, "time": "2026-01-15T08:30:00.000Z", "stopped": true});
    assert_eq!((reply.status, &reply.body), (200, &shown));
    change(&cloud, "POST", "/clock", json!({"advance": 60_000})).await;
    assert_eq!(cloud.now(), NOW + 60_000);
}

#[tokio::test]
async fn faults_are_set_listed_and_cleared() {
    let cloud = start().await;
    let rules = json!([{"service": STEM, "fault": {"error": {"status": 503}}, "when": {"first": 2}}]);
    let reply = change(&cloud, "PUT", "/faults", json!({"rules": rules})).await;
    assert_eq!(reply.body["rules"][0], json!({"rule": rules[0], "seen": 0, "fired": 0}), "{reply:?}");
    assert_eq!((list(&cloud).await, list(&cloud).await, list(&cloud).await), (503, 503, 200));
    let told = get(&cloud, "/faults").await;
    assert_eq!((&told["rules"][0]["seen"], &told["rules"][0]["fired"]), (&json!(3), &json!(2)));
    let wrong =
        change(&cloud, "PUT", "/faults", json!({"rules": [{"service": "x", "fault": "refuse"}]})).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.text("/error").starts_with("rules[0].service: the cloud has no service `x`"), "{wrong:?}");
    assert_eq!(get(&cloud, "/faults").await, told, "the old rules stay");
    assert_eq!(ask(&cloud, Call::new("DELETE", "/faults")).await.body, json!({"rules": []}));
}

#[tokio::test]
async fn the_journal_is_read_on_from_where_one_was() {
    let cloud = start().await;
    for _ in 0..3 {
        list(&cloud).await;
    }
    let first = get(&cloud, "/journal?limit=2").await;
    assert_eq!((first["entries"].as_array().unwrap().len(), &first["next"]), (2, &json!(2)));
    let entry = json!({"number": 1, "at": NOW, "service": STEM, "operation": "ListClusters", "method": "GET",
        "target": "/v1/clusters", "status": 200, "problem": null, "warnings": [], "fault": null, "took_effect": false});
    assert_eq!(first["entries"][0], entry);
    let rest = get(&cloud, "/journal?after=2").await;
    assert_eq!(
        (&rest["entries"][0]["number"], &rest["next"], &rest["lost"]),
        (&json!(3), &json!(3), &json!(0))
    );
    assert_eq!(get(&cloud, "/journal?after=3").await, json!({"entries": [], "next": 3, "lost": 0}));
    assert_eq!(get(&cloud, "/effects").await, json!({"entries": [], "next": 0}));
    let counters = &get(&cloud, "/counters").await[STEM];
    let counted =
        json!({"requests": 3, "refused": 0, "faults": 0, "effects": 0, "accepted": {"ListClusters": 3}});
    assert_eq!(*counters, counted);
    assert_eq!(change(&cloud, "POST", "/reset", json!({})).await.status, 200);
    assert_eq!(get(&cloud, "/counters").await[STEM]["requests"], 0);
}

#[tokio::test]
async fn pages_in_a_browser_are_kept_out() {
    let cloud = start().await;
    let good = || Call::new("POST", "/reset").json(&json!({}));
    let other_name = "evil.example:80";
    let port = cloud.control_url().rsplit_once(':').unwrap().1;
    let cases = [
        (good(), 200, ""),
        (good().header("host", &format!("localhost:{port}")), 200, ""),
        (good().header("sec-fetch-site", "none"), 200, ""),
        (good().header("host", other_name), 403, "Host is not 127.0.0.1:"),
        (Call::new("GET", "/services").header("host", other_name), 403, "Host is not"),
        (good().header("origin", "http://evil.example"), 403, "a page in a browser"),
        (Call::new("GET", "/services").header("sec-fetch-site", "cross-site"), 403, "a page in a browser"),
        (good().with("content-type", "text/plain"), 415, "say application/json"),
        (good().without("content-type"), 415, "say application/json"),
        (Call::new("OPTIONS", "/reset"), 415, "say application/json"),
        (good().header("host", "a").header("host", "b"), 400, "more than once"),
    ];
    for (call, status, words) in cases {
        let reply = ask(&cloud, call.clone()).await;
        assert_eq!(reply.status, status, "{call:?}: {reply:?}");
        assert!(!reply.headers.keys().any(|name| name.as_str().starts_with("access-control")));
        assert!(status == 200 || reply.text("/error").contains(words), "{call:?}: {reply:?}");
    }
}

#[tokio::test]
async fn wrong_requests_are_told_what_to_do() {
    let cloud = start().await;
    let post = |body: &str| {
        let mut call = Call::new("POST", "/clock").json(&json!({}));
        call.body = body.to_owned();
        call
    };
    let cases = [
        (Call::new("GET", "/nothing"), 404, "`GET /` lists"),
        (Call::new("POST", "/faults").json(&json!({})), 404, "there is no `POST /faults`"),
        (post("{"), 400, "the body does not fit: EOF"),
        (post("{\"sett\": 1}"), 400, "unknown variant `sett`, expected one of `stop`, `set`, `advance`"),
        (post("{\"set\": \"x\"}"), 400, "invalid type: string"),
        (Call::new("GET", "/journal?after=-1"), 400, "after is `-1`; give a whole number"),
        (Call::new("GET", "/journal?limit=10001"), 400, "from 0 to 10000"),
        (Call::new("GET", "/effects?since=1"), 400, "there is no `since`"),
        (post(&" ".repeat(12 * 1024 * 1024 + 1)), 413, "longer than 12 MiB"),
    ];
    for (call, status, words) in cases {
        let reply = ask(&cloud, call).await;
        assert_eq!(reply.status, status, "{reply:?}");
        assert!(reply.text("/error").contains(words), "{reply:?}, expected {words:?}");
    }
}
