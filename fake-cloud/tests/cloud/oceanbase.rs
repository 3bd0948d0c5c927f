//! OceanBase Cloud with HTTP Digest.

use std::time::Duration;

use dbplane_fake_cloud::FakeCloud;
use serde_json::{Value as Json, json};

use crate::sign::{Challenge, challenges, digest};
use crate::wire::{Call, NOW, Reply, Wire, refused, send, service};

const STEM: &str = "oceanbase-cloud-v2";
const PROXIES: &str = "/api/v2/instances/ob317v4uif****/proxies?requestId=dc302d76";

/// A cloud whose work takes no time, so that the same call can be repeated.
async fn start() -> FakeCloud {
    FakeCloud::builder().now(NOW).seed(7).pace(Duration::ZERO).start().await.unwrap()
}

fn resize() -> Json {
    json!({"instanceId": "ob317v4uif****", "proxyClusterId": "proxy-6tvgz6z2****", "unitNum": 2, "mode": "k8s_shared",
        "zone": "ap-beijing-5", "odpClusterNodeType": "normal"})
}

fn call(cloud: &FakeCloud, target: &str, body: &Json) -> Call {
    let project = service(cloud, STEM).credentials().project_id.clone().unwrap();
    Call::new("POST", target).header("x-ob-project-id", &project).json(body)
}

async fn challenge(cloud: &FakeCloud) -> Challenge {
    let reply = send(service(cloud, STEM), &Call::new("POST", PROXIES)).await;
    challenges(&reply).remove(0)
}

/// Sends a call with a fresh challenge answered.
async fn signed(cloud: &FakeCloud, call: Call) -> Reply {
    let challenge = challenge(cloud).await;
    send(service(cloud, STEM), &digest(cloud, call, &challenge, 1)).await
}

fn code(reply: &Reply) -> &str {
    assert_eq!(reply.body["success"], false);
    assert!(!reply.text("/errorMessage").is_empty() && !reply.text("/requestId").is_empty());
    reply.text("/errorCode")
}

#[tokio::test]
async fn both_algorithms_are_offered_and_taken() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let first = send(service, &call(&cloud, PROXIES, &resize())).await;
    refused(&cloud, &first, 401, "not signed");
    assert_eq!(code(&first), "Privilege.OpenAPI.AuthFailed");
    let offered = challenges(&first);
    assert_eq!(offered.iter().map(|c| c.algorithm.as_str()).collect::<Vec<_>>(), ["SHA-256", "MD5"]);
    assert!(offered[0].nonce != offered[1].nonce && !offered[0].stale);
    let mut wire = Wire::open(service).await;
    for challenge in &offered {
        for count in [1, 3, 2] {
            let reply = wire.send(&digest(&cloud, call(&cloud, PROXIES, &resize()), challenge, count)).await;
            assert_eq!((reply.status, &reply.body["success"]), (200, &json!(true)), "{reply:?}");
            assert_eq!(reply.text("/requestId"), "dc302d76");
        }
    }
    assert_eq!(cloud.accepted(STEM, "modifyOdpClusterSpec"), 6);
    let connect = json!({"endpointId": "vpce-1", "userEndpointAddress": ""});
    let target = "/api/v2/instances/ob317v4uif****/tenants/t33h8y08k****/privatelink/connection?requestId=";
    assert_eq!(signed(&cloud, call(&cloud, target, &connect)).await.status, 200);
}

#[tokio::test]
async fn bad_answers_to_a_challenge() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let challenge = challenge(&cloud).await;
    let good = digest(&cloud, call(&cloud, PROXIES, &resize()), &challenge, 1);
    let header = good.headers.iter().find(|(name, _)| name == "authorization").unwrap().1.clone();
    let mut other = good.clone();
    other.target.push('1');
    let invented = Challenge { nonce: "0".repeat(32), ..challenge.clone() };
    let mixed = Challenge { algorithm: "MD5".to_owned(), ..challenge.clone() };
    let cases = [
        (
            good.clone().with("authorization", &header.replace("response=\"", "response=\"0")),
            "response does not fit",
        ),
        (other, "uri is"),
        (good.clone().with("authorization", "Basic YTpi"), "not of scheme Digest"),
        (good.clone().with("authorization", &header.replace("username=\"", "username=\"x")), "is unknown"),
        (digest(&cloud, call(&cloud, PROXIES, &resize()), &mixed, 1), "algorithm is"),
        (good.clone().header("authorization", &header), "more than once"),
    ];
    for (call, words) in cases {
        let reply = send(service, &call).await;
        refused(&cloud, &reply, 401, words);
        assert_eq!(code(&reply), "Privilege.OpenAPI.AuthFailed");
        assert!(!challenges(&reply).iter().any(|c| c.stale), "{words}");
    }
    assert_eq!(send(service, &good).await.status, 200, "bad answers do not use up the count");
    let replayed = send(service, &good).await;
    refused(&cloud, &replayed, 401, "replay: nc 00000001 was used before");
    let unknown = send(service, &digest(&cloud, call(&cloud, PROXIES, &resize()), &invented, 1)).await;
    refused(&cloud, &unknown, 401, "none that the server has issued");
    assert!(challenges(&unknown).iter().all(|c| c.stale));
}

#[tokio::test]
async fn what_is_odd_is_accepted_and_stands_in_the_journal() {
    let cloud = start().await;
    let challenge = challenge(&cloud).await;
    let mut odd = digest(&cloud, call(&cloud, PROXIES, &resize()), &challenge, 1);
    let (_, authorization) = odd.headers.iter_mut().find(|(name, _)| name == "authorization").unwrap();
    *authorization = authorization.replace("algorithm=SHA-256", "algorithm=\"SHA-256\"").replace(", ", ",");
    assert_eq!(send(service(&cloud, STEM), &odd).await.status, 200);
    let entry = cloud.journal().pop().unwrap();
    assert_eq!(entry.warnings, ["algorithm is quoted; RFC 7616 has it without quotes"]);
    assert!(
        entry
            .to_string()
            .ends_with(" 200, took effect, odd: algorithm is quoted; RFC 7616 has it without quotes")
    );
}

#[tokio::test]
async fn an_old_nonce_is_stale() {
    let cloud = start().await;
    let challenge = challenge(&cloud).await;
    cloud.set_now(NOW + 300_000);
    let old = digest(&cloud, call(&cloud, PROXIES, &resize()), &challenge, 1);
    let reply = send(service(&cloud, STEM), &old).await;
    refused(&cloud, &reply, 401, "too old");
    let fresh = challenges(&reply);
    assert!(fresh.iter().all(|c| c.stale));
    let again = digest(&cloud, call(&cloud, PROXIES, &resize()), &fresh[1], 1);
    assert_eq!(send(service(&cloud, STEM), &again).await.status, 200);
}

#[tokio::test]
async fn wrong_values() {
    let cloud = start().await;
    let body = |field: &str, value: Json| {
        let mut body = resize();
        body[field] = value;
        call(&cloud, PROXIES, &body)
    };
    let path = "/api/v2/instances/ob317v4uif****/proxies";
    let cases = [
        (body("unitNum", json!(0)), "unitNum: value is less than the minimum of 1"),
        (body("UID", json!("1")), "the field `UID` is unknown"),
        (body("instanceId", json!("ob2")), "`instanceId` differs from the path parameter"),
        (call(&cloud, path, &resize()), "the required query parameter `requestId` is missing"),
        (call(&cloud, &format!("{PROXIES}&x=1"), &resize()), "the query parameter `x` is unknown"),
        (
            call(&cloud, PROXIES, &resize()).without("x-ob-project-id"),
            "the required header X-Ob-Project-Id is missing",
        ),
        (
            call(&cloud, PROXIES, &resize()).header("x-ob-project-id", "1"),
            "X-Ob-Project-Id is sent more than once",
        ),
    ];
    for (call, words) in cases {
        let reply = signed(&cloud, call).await;
        refused(&cloud, &reply, 400, words);
        assert_eq!(code(&reply), "BadRequest");
    }
    let open = signed(&cloud, body("mode", json!("k8s_new"))).await;
    assert_eq!(open.status, 200, "an extensible enum takes any value");
}

#[tokio::test]
async fn paths_methods_projects_and_content_types() {
    let cloud = start().await;
    let good = call(&cloud, PROXIES, &resize());
    let mut get = good.clone();
    get.method = "GET".to_owned();
    let cases = [
        (
            call(&cloud, "/api/v2/proxies?requestId=1", &resize()),
            404,
            "NotFound",
            "no operation has the path",
        ),
        (get, 405, "MethodNotAllowed", "GET is no method"),
        (
            good.clone().with("x-ob-project-id", "other"),
            403,
            "Privilege.Project.Denied",
            "is not the project",
        ),
        (good.with("content-type", "text/plain"), 415, "UnsupportedMediaType", "not application/json"),
    ];
    for (call, status, expected, words) in cases {
        let reply = signed(&cloud, call).await;
        refused(&cloud, &reply, status, words);
        assert_eq!(code(&reply), expected);
    }
}
