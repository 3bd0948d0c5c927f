//! HTTP Digest over the wire: what it costs, what it survives, and which variants it can do.
//!
//! The fake cloud counts: it refuses every count of a nonce that it has seen before.

#![cfg(feature = "oceanbase-cloud-v2")]
#![cfg(all(
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))] // which the helpers need
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
#![allow(clippy::print_stdout)] // what was measured is worth a line

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dbplane::oceanbase::cloud_v2::{Client, models::ConnectPrivateLinkServiceRequest};
use dbplane::{Error, oceanbase};
use dbplane_fake_cloud::verify::digest::Algorithm;
use dbplane_fake_cloud::{DigestOptions, FakeCloud};
use support::{answer, oceanbase as client_of, oceanbase_at, scripted, service};
use tokio::task::JoinSet;

const STEM: &str = "oceanbase-cloud-v2";

async fn cloud(options: DigestOptions) -> FakeCloud {
    FakeCloud::builder().digest(options).start().await.unwrap()
}

/// One call; how many requests it took.
async fn call(client: &Client) -> Result<u32, Error> {
    let body = ConnectPrivateLinkServiceRequest::new("vpce-1");
    client
        .connect_private_link_service("ob317v4uif****", "t33h8y08k****", body)
        .send()
        .await
        .map(|answer| answer.requests_sent())
}

/// What `calls` calls of a new client from `tasks` tasks cost, see [`cost_of`].
async fn cost(cloud: &FakeCloud, tasks: usize, calls: u64) -> u64 {
    cost_of(&client_of(cloud), cloud, tasks, calls).await
}

/// Makes `calls` calls from `tasks` tasks, all of which must be good. How many requests they took.
async fn cost_of(client: &Client, cloud: &FakeCloud, tasks: usize, calls: u64) -> u64 {
    let before = (cloud.requests(STEM), cloud.accepted(STEM, "connectPrivateLinkService"));
    let begun = Arc::new(AtomicU64::new(0));
    let mut running = JoinSet::new();
    for _ in 0..tasks {
        let (client, begun) = (client.clone(), Arc::clone(&begun));
        running.spawn(async move {
            while begun.fetch_add(1, Ordering::SeqCst) < calls {
                assert!(call(&client).await.unwrap() <= 4);
            }
        });
    }
    while let Some(ended) = running.join_next().await {
        ended.unwrap();
    }
    assert_eq!(cloud.accepted(STEM, "connectPrivateLinkService") - before.1, calls);
    let replays = cloud.journal().into_iter().filter_map(|e| e.problem).find(|p| p.contains("replay"));
    assert_eq!(replays, None);
    let requests = cloud.requests(STEM) - before.0;
    println!("{calls} calls by {tasks} tasks: {requests} requests");
    requests
}

#[tokio::test]
async fn a_thousand_calls_one_after_the_other_cost_one_challenge() {
    let cloud = cloud(DigestOptions::default()).await;
    assert_eq!(cost(&cloud, 1, 1000).await, 1001);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_by_64_tasks_cost_one_challenge() {
    let cloud = cloud(DigestOptions::default()).await;
    assert_eq!(cost(&cloud, 64, 1000).await, 1001);
}

/// A nonce is only to be had for a refused request: ten of them for a thousand calls at a hundred uses each.
#[tokio::test]
async fn nonces_that_expire_cost_one_refusal_each() {
    for stale_hint in [true, false] {
        let cloud = cloud(DigestOptions { nonce_uses: 100, stale_hint, ..Default::default() }).await;
        assert_eq!(cost(&cloud, 1, 1000).await, 1010);
    }
}

/// The calls that are under way when the first nonce expires are refused together, and those that set out before
/// its first refusal is back. From then on its life is known, and each expiry costs one refusal.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nonces_that_expire_under_64_tasks_cost_one_refusal_each_once_their_life_is_known() {
    for stale_hint in [true, false] {
        let cloud = cloud(DigestOptions { nonce_uses: 100, stale_hint, ..Default::default() }).await;
        let client = client_of(&cloud);
        let requests = cost_of(&client, &cloud, 64, 1000).await;
        assert!(requests <= 1000 + 10 + 2 * 64, "{requests}");
        let requests = cost_of(&client, &cloud, 64, 1000).await;
        assert!(requests <= 1000 + 10 + 20, "{requests}"); // one that was overtaken and one that asks, each time
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_fails_however_short_a_nonce_lives() {
    for nonce_uses in [1, 2, 7, 50] {
        for stale_hint in [true, false] {
            for next_nonce_from in [None, Some(1), Some(nonce_uses)] {
                let options = DigestOptions { nonce_uses, stale_hint, next_nonce_from, ..Default::default() };
                println!("{nonce_uses} uses, hint {stale_hint}, next nonce from {next_nonce_from:?}:");
                cost(&cloud(options).await, 64, 200).await;
            }
        }
    }
}

#[tokio::test]
async fn a_nonce_that_is_handed_out_costs_no_refusal() {
    for (nonce_uses, from) in [(1, 1), (100, 1), (100, 100)] {
        let options = DigestOptions { nonce_uses, next_nonce_from: Some(from), ..Default::default() };
        assert_eq!(cost(&cloud(options).await, 1, 1000).await, 1001, "{nonce_uses} {from}");
    }
}

/// Calls under way keep the old nonce while a new one is handed out to each of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nonces_that_are_handed_out_disturb_no_call_under_way() {
    let options = DigestOptions { next_nonce_from: Some(1), prove: true, ..Default::default() };
    assert_eq!(cost(&cloud(options).await, 64, 1000).await, 1001);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_dropped_halfway_holds_up_nobody() {
    let cloud = cloud(DigestOptions { nonce_uses: 5, ..Default::default() }).await;
    let client = client_of(&cloud);
    let mut dropped = Vec::new();
    let mut kept = JoinSet::new();
    for _ in 0..100 {
        let (one, other) = (client.clone(), client.clone());
        dropped.push(tokio::spawn(async move { call(&one).await }));
        kept.spawn(async move { call(&other).await });
        tokio::task::yield_now().await;
        if let Some(task) = dropped.get(dropped.len() / 2) {
            task.abort();
        }
    }
    dropped.iter().for_each(tokio::task::JoinHandle::abort);
    while let Some(ended) = kept.join_next().await {
        ended.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_calls_with_a_wrong_secret_all_fail_with_the_vendors_code() {
    let cloud = cloud(DigestOptions::default()).await;
    let (url, _) = service(&cloud, STEM);
    let client = oceanbase_at(url);
    let mut running = JoinSet::new();
    for _ in 0..64 {
        let client = client.clone();
        running.spawn(async move { call(&client).await });
    }
    while let Some(ended) = running.join_next().await {
        let error = ended.unwrap().unwrap_err();
        assert_eq!((error.is_auth(), error.code()), (true, Some("Privilege.OpenAPI.AuthFailed")), "{error}");
        assert!(error.requests_sent() <= 3 && !error.may_have_taken_effect(), "{error}");
    }
    // One after the other, two requests say it all.
    assert_eq!(call(&client).await.unwrap_err().requests_sent(), 2);
}

#[tokio::test]
async fn every_algorithm_with_every_protection() {
    use Algorithm::{Md5, Md5Sess, Sha256, Sha256Sess, Sha512Trunc256, Sha512Trunc256Sess};
    for algorithm in [Md5, Md5Sess, Sha256, Sha256Sess, Sha512Trunc256, Sha512Trunc256Sess] {
        for qop in [Some("auth"), Some("auth-int"), Some("auth-int, auth"), None] {
            if qop.is_none() && algorithm.name().ends_with("-sess") {
                continue; // there is no such thing: the session key needs a client nonce
            }
            for userhash in [false, true] {
                let options = DigestOptions {
                    algorithms: vec![algorithm],
                    name_algorithm: algorithm != Md5 || userhash,
                    qop: qop.map(str::to_owned),
                    opaque: userhash.then(|| r#"op"aq\ue, "#.to_owned()),
                    userhash,
                    next_nonce_from: userhash.then_some(2),
                    prove: true,
                    ..Default::default()
                };
                let cloud = cloud(options).await;
                assert_eq!(cost(&cloud, 1, 4).await, 5, "{algorithm:?} {qop:?} {userhash}");
            }
        }
    }
}

#[tokio::test]
async fn the_strongest_of_several_challenges_is_answered() {
    use Algorithm::{Md5, Sha256, Sha512Trunc256};
    for one_field in [true, false] {
        let others = ["Basic realm=\"a, Digest b=\\\"c\\\"\"", "Negotiate", "Bearer"];
        let options = DigestOptions {
            algorithms: vec![Md5, Sha512Trunc256, Sha256],
            other_schemes: others.map(str::to_owned).to_vec(),
            one_field,
            ..Default::default()
        };
        let cloud = cloud(options).await;
        cost(&cloud, 1, 2).await;
        assert_eq!((cloud.requests(STEM), cloud.refused(STEM)), (3, 1));
    }
    // What was answered can be seen on the wire.
    let offer = "WWW-Authenticate: Basic realm=x, Digest realm=r, nonce=n1\r\n\
                 WWW-Authenticate: Digest realm=r, nonce=n2, algorithm=SHA-256, qop=\"auth\", opaque=o, Digest \
                 realm=r, nonce=n3, algorithm=MD5, qop=\"auth\"\r\n";
    let good = answer("200 OK", "", r#"{"success":true}"#);
    let (url, server) = scripted(vec![answer("401 Unauthorized", offer, ""), good]).await;
    assert_eq!(call(&oceanbase_at(&url)).await.unwrap(), 2);
    let requests = server.await.unwrap();
    assert!(!requests[0].contains("authorization:"), "{}", requests[0]);
    let second = requests[1].split("authorization: ").nth(1).unwrap();
    assert!(second.starts_with("Digest ") && second.contains("nonce=\"n2\""), "{second}");
    assert!(second.contains("algorithm=SHA-256") && second.contains("opaque=\"o\""), "{second}");
    assert!(second.contains("nc=00000001") && !requests[1].contains("Basic"), "{second}");
}

#[tokio::test]
async fn a_challenge_that_can_not_be_answered_is_named() {
    let basic = DigestOptions {
        algorithms: Vec::new(),
        other_schemes: vec!["Basic realm=\"x\"".to_owned(), "Bearer".to_owned()],
        ..Default::default()
    };
    let unknown = "Digest realm=r, nonce=n, algorithm=SHA-9".to_owned();
    let unknown = DigestOptions { other_schemes: vec![unknown], ..basic.clone() };
    let session = DigestOptions { algorithms: vec![Algorithm::Sha256Sess], qop: None, ..Default::default() };
    let md5 = DigestOptions { algorithms: vec![Algorithm::Md5, Algorithm::Md5Sess], ..Default::default() };
    for (options, words) in [
        (basic, "the server offers no Digest, only Basic, Bearer"),
        (unknown, "the Digest algorithm \"SHA-9\" is not supported"),
        (session, "a -sess algorithm but offers no qop"),
        (md5, "the server offers Digest with MD5 only, which is forbidden here"),
    ] {
        let cloud = cloud(options).await;
        let (url, keys) = service(&cloud, STEM);
        let credentials = oceanbase::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
        let builder = Client::builder().base_url(url).project_id("p").credentials(credentials);
        let client = builder.forbid_md5().build().unwrap();
        let error = call(&client).await.unwrap_err();
        assert!(error.is_auth(), "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!((error.requests_sent(), error.may_have_taken_effect()), (1, false), "{error}");
        assert_eq!(cloud.requests(STEM), 1);
    }
}

#[tokio::test]
async fn a_server_with_a_wrong_proof_is_not_believed() {
    let offer = "WWW-Authenticate: Digest realm=r, nonce=n, qop=\"auth\"\r\n";
    let proof = "Authentication-Info: qop=auth, rspauth=\"00000000000000000000000000000000\"\r\n";
    let good = answer("200 OK", proof, r#"{"success":true}"#);
    let (url, _server) = scripted(vec![answer("401 Unauthorized", offer, ""), good]).await;
    let error = call(&oceanbase_at(&url)).await.unwrap_err();
    assert!(error.to_string().contains("the response's authentication is wrong"), "{error}");
    assert!(error.may_have_taken_effect(), "{error}");
}

/// A server that asks for no credentials is not asked for a challenge over and over by one call at a time.
#[tokio::test]
async fn a_server_without_a_challenge_is_served_without_credentials() {
    let good = || answer("200 OK", "", r#"{"success":true}"#);
    let (url, server) = scripted(vec![good(), good()]).await;
    let client = oceanbase_at(&url);
    for _ in 0..2 {
        assert_eq!(call(&client).await.unwrap(), 1);
    }
    assert!(!server.await.unwrap().concat().contains("authorization:"));
}
