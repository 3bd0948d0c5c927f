//! All four ways to authenticate, against the fake cloud's own verification.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]

mod support;

use std::time::{Duration, UNIX_EPOCH};

use dbplane::credentials::{ExpiringCredentials, ProvideCredentials, ProvideFuture};
use dbplane::{Runtime, huawei, oceanbase, samsung};
use dbplane_fake_cloud::FakeCloud;
use support::{answer, dbss, mariadb, oceanbase as ob, password, scripted, service};

fn connect() -> oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest {
    oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1")
}

#[tokio::test]
async fn digest_costs_one_challenge_and_then_none() {
    let cloud = FakeCloud::start().await.unwrap();
    let client = ob(&cloud);
    for call in 1..=5 {
        let answer = client
            .connect_private_link_service("ob317v4uif****", "t33h8y08k****", connect())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.requests_sent(), if call == 1 { 2 } else { 1 });
    }
    assert_eq!(cloud.requests("oceanbase-cloud-v2"), 6);
}

#[tokio::test]
async fn a_wrong_digest_password_is_an_auth_error_with_the_vendors_code() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "oceanbase-cloud-v2");
    let builder =
        oceanbase::cloud_v2::Client::builder().base_url(url).project_id("0483b6b16e954cb88930a360d2c4e663");
    let client =
        builder.credentials(oceanbase::Credentials::access_key(&keys.access_key, "wrong")).build().unwrap();
    let error = client
        .connect_private_link_service("ob317v4uif****", "t33h8y08k****", connect())
        .send()
        .await
        .unwrap_err();
    assert!(error.is_auth() && error.status() == Some(401), "{error}");
    assert_eq!(error.code(), Some("Privilege.OpenAPI.AuthFailed"), "{error}");
    assert_eq!((error.requests_sent(), error.may_have_taken_effect()), (2, false));
}

#[tokio::test]
async fn samsung_signs_with_and_without_an_account() {
    let cloud = FakeCloud::start().await.unwrap();
    mariadb(&cloud).list_clusters().name("my db/+ä").sort("name:asc").send().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    let credentials = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url);
    let client =
        builder.credentials(credentials.account_id("aaaabbbbccccddddeeeeffff00001111")).build().unwrap();
    client.show_cluster("109a585ae67b4e8482fdafc8a4a5be74").send().await.unwrap();
    assert_eq!(cloud.refused("samsung-mariadb-1.0"), 0);
}

#[tokio::test]
async fn a_wrong_samsung_secret_is_an_auth_error() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    let credentials = samsung::Credentials::access_key(&keys.access_key, "wrong");
    let client =
        samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials).build().unwrap();
    let error = client.list_server_types().send().await.unwrap_err();
    assert!(error.is_auth() && error.code().is_some(), "{error}");
}

#[tokio::test]
async fn another_api_version_is_asked_for_in_the_header() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    let credentials = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder =
        samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials).api_version("9.9");
    let error = builder.build().unwrap().list_server_types().send().await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(406), Some("NoSuchVersion")), "{error}");
}

#[tokio::test]
async fn a_thousand_first_calls_cost_one_token() {
    let cloud = FakeCloud::start().await.unwrap();
    let (_, keys) = service(&cloud, "huawei-dbss-v2");
    let client = dbss(&cloud, password(keys));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..1000 {
        calls.spawn(client.list_db_om_instances().send());
    }
    while let Some(answer) = calls.join_next().await {
        answer.unwrap().unwrap();
    }
    assert_eq!(cloud.requests("huawei-iam-v3"), 1);
    assert_eq!(cloud.requests("huawei-dbss-v2"), 1000);
}

#[tokio::test]
async fn a_refused_password_is_told_to_all_and_never_sent_again() {
    let cloud = FakeCloud::start().await.unwrap();
    let (_, keys) = service(&cloud, "huawei-dbss-v2");
    let domain = keys.domain_name.clone().unwrap();
    let client =
        dbss(&cloud, huawei::Credentials::password(domain, keys.user_name.clone().unwrap(), "hunter2"));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..100 {
        calls.spawn(client.list_db_om_instances().send());
    }
    while let Some(answer) = calls.join_next().await {
        let error = answer.unwrap().unwrap_err();
        assert!(error.is_auth() && !format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
    let error = client.list_db_om_instances().send().await.unwrap_err();
    assert!(error.is_auth() && error.to_string().contains("not sent again"), "{error}");
    assert_eq!((cloud.requests("huawei-iam-v3"), cloud.requests("huawei-dbss-v2")), (1, 0));
}

#[tokio::test]
async fn a_project_is_found_by_its_region_once() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "huawei-dbss-v2");
    let (iam, _) = service(&cloud, "huawei-iam-v3");
    for credentials in
        [password(keys), huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str())]
    {
        let before = cloud.accepted("huawei-iam-v3", "KeystoneListProjects");
        let builder = huawei::dbss_v2::Client::builder().base_url(url).iam_url(iam).credentials(credentials);
        let client = builder.region(keys.region.as_deref().unwrap()).build().unwrap();
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..50 {
            calls.spawn(client.list_db_om_instances().send());
        }
        while let Some(answer) = calls.join_next().await {
            answer.unwrap().unwrap();
        }
        assert_eq!(cloud.accepted("huawei-iam-v3", "KeystoneListProjects"), before + 1);
    }
    let nowhere = huawei::dbss_v2::Client::builder().base_url(url).iam_url(iam).region("mars-1");
    let error = nowhere.credentials(password(keys)).build().unwrap().list_db_om_instances().send().await;
    let error = error.unwrap_err();
    assert!(
        error.is_configuration() && error.to_string().contains("0 projects are named `mars-1`"),
        "{error}"
    );
}

#[tokio::test]
async fn taurusdb_may_refuse_a_token_with_a_403() {
    let cloud = FakeCloud::start().await.unwrap();
    let (iam, keys) = service(&cloud, "huawei-iam-v3");
    let invalid = r#"{"error_code":"DBS.280056","error_msg":"Invalid token."}"#;
    let forbidden = r#"{"error_code":"DBS.200044","error_msg":"No permission."}"#;
    for (second, succeeds) in
        [(answer("200 OK", "", r#"{"job_id":"j1"}"#), true), (answer("403 Forbidden", "", forbidden), false)]
    {
        let (url, server) = scripted(vec![answer("403 Forbidden", "", invalid), second]).await;
        let builder =
            huawei::taurusdb_v3::Client::builder().base_url(url).iam_url(iam).credentials(password(keys));
        let client = builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap();
        let change = huawei::taurusdb_v3::models::UpdateProxyPortRequest::new(3308);
        let (instance, proxy) =
            ("096c0fc43e804757b59946b80dc27f8bin07", "fbece38953e24a2b891488ed2fdf81abpo01");
        let outcome = client.update_proxy_port(instance, proxy, change).send().await;
        assert_eq!(outcome.is_ok(), succeeds);
        let requests = server.await.unwrap();
        let token =
            |i: usize| requests[i].lines().find(|l| l.starts_with("x-auth-token")).unwrap().to_owned();
        assert_ne!(token(0), token(1), "the repeat carries a new token");
    }
}

/// Gives one pair of keys after the other.
#[derive(Debug)]
struct Rotating {
    keys: Vec<samsung::Credentials>,
    asked: std::sync::atomic::AtomicUsize,
    life: Duration,
}

impl ProvideCredentials<samsung::Credentials> for Rotating {
    fn provide(&self) -> ProvideFuture<'_, samsung::Credentials> {
        let n = self.asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let keys = self.keys[n.min(self.keys.len() - 1)].clone();
        let expires = UNIX_EPOCH + Duration::from_millis(1_768_465_800_000) + self.life * (n as u32 + 1);
        Box::pin(std::future::ready(Ok(ExpiringCredentials::new(keys).expires_at(expires))))
    }
}

#[tokio::test]
async fn a_provider_is_asked_again_when_its_credentials_expire() {
    let start = 1_768_465_800_000;
    let cloud = FakeCloud::builder().now(start).start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    let right = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let wrong = samsung::Credentials::access_key(&keys.access_key, "rotated away");
    let (life, asked) = (Duration::from_secs(7200), std::sync::atomic::AtomicUsize::new(0));
    let provider = std::sync::Arc::new(Rotating { keys: vec![right, wrong], asked, life });
    let clock = Runtime::fixed(start, 1);
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url).runtime(clock.clone());
    let client = builder.credentials_provider(provider.clone()).build().unwrap();
    for _ in 0..3 {
        client.list_server_types().send().await.unwrap();
    }
    assert_eq!(provider.asked.load(std::sync::atomic::Ordering::SeqCst), 1);
    clock.advance(std::time::Duration::from_secs(7200));
    cloud.set_now(clock.unix_millis());
    assert!(client.list_server_types().send().await.unwrap_err().is_auth());
    assert_eq!(provider.asked.load(std::sync::atomic::Ordering::SeqCst), 2);
}

#[tokio::test]
async fn credentials_that_no_header_can_carry_are_refused_before_anything_is_sent() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, _) = service(&cloud, "samsung-mariadb-1.0");
    for (key, secret, why) in [
        ("k\n", "s", "access key"),
        ("k", "s\r\nX-Evil: 1", "secret key"),
        ("k", "", "empty"),
        ("ключ", "s", "ASCII"),
    ] {
        let credentials = samsung::Credentials::access_key(key, secret);
        let client =
            samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials).build().unwrap();
        let error = client.list_server_types().send().await.unwrap_err();
        assert!(error.is_auth() && error.requests_sent() == 0 && error.to_string().contains(why), "{error}");
    }
    assert_eq!(cloud.requests("samsung-mariadb-1.0"), 0);
}

#[tokio::test]
async fn a_token_that_expired_at_the_service_is_renewed_once() {
    let cloud = FakeCloud::builder().now(1_768_465_800_000).start().await.unwrap();
    let (_, keys) = service(&cloud, "huawei-dbss-v2");
    // The client's clock stands still, so it believes in its token; only the service knows better.
    let (url, _) = service(&cloud, "huawei-dbss-v2");
    let (iam, _) = service(&cloud, "huawei-iam-v3");
    let builder = huawei::dbss_v2::Client::builder().base_url(url).iam_url(iam).credentials(password(keys));
    let builder =
        builder.runtime(Runtime::fixed(cloud.now(), 1)).project_id(keys.project_id.as_deref().unwrap());
    let client = builder.build().unwrap();
    client.list_db_om_instances().send().await.unwrap();
    cloud.set_now(cloud.now() + 25 * 3_600_000);
    let answer = client.list_db_om_instances().send().await.unwrap();
    assert_eq!(answer.requests_sent(), 2);
    assert_eq!(cloud.accepted("huawei-iam-v3", "KeystoneCreateUserTokenByPassword"), 2);
}

#[tokio::test]
async fn a_token_near_its_end_is_renewed_before_it_is_used() {
    let start = 1_768_465_800_000;
    let cloud = FakeCloud::builder().now(start).start().await.unwrap();
    let (url, keys) = service(&cloud, "huawei-dbss-v2");
    let (iam, _) = service(&cloud, "huawei-iam-v3");
    let clock = Runtime::fixed(start, 1);
    let builder = huawei::dbss_v2::Client::builder().base_url(url).iam_url(iam).credentials(password(keys));
    let builder = builder.runtime(clock.clone()).project_id(keys.project_id.as_deref().unwrap());
    let client = builder.build().unwrap();
    client.list_db_om_instances().send().await.unwrap();
    let almost_a_day = std::time::Duration::from_secs(23 * 3600 + 60);
    clock.advance(almost_a_day);
    cloud.set_now(clock.unix_millis());
    assert_eq!(client.list_db_om_instances().send().await.unwrap().requests_sent(), 1);
    assert_eq!(cloud.accepted("huawei-iam-v3", "KeystoneCreateUserTokenByPassword"), 2);
}

#[tokio::test]
async fn keys_and_a_given_token_work_for_every_huawei_service() {
    let cloud = FakeCloud::start().await.unwrap();
    let (iam, keys) = service(&cloud, "huawei-iam-v3");
    let signed = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    dbss(&cloud, signed.clone()).list_db_om_instances().send().await.unwrap();
    let client = huawei::iam_v3::Client::builder().base_url(iam).credentials(signed).build().unwrap();
    let projects = client.keystone_list_projects().name("cn-north-4").send().await.unwrap();
    assert_eq!(projects.projects[0].id.as_str(), keys.project_id.as_deref().unwrap());

    // A token for an account, fetched by the client itself, lists projects too.
    let client = huawei::iam_v3::Client::builder().base_url(iam).credentials(password(keys)).build().unwrap();
    client.keystone_list_projects().send().await.unwrap();

    let error = dbss(&cloud, huawei::Credentials::token("MIInothing")).list_db_om_instances().send().await;
    assert!(error.unwrap_err().is_auth());
    assert_eq!(cloud.refused("huawei-iam-v3"), 0);
}

#[tokio::test]
async fn a_wrong_signature_says_what_the_service_had_signed() {
    let cloud = FakeCloud::start().await.unwrap();
    let (_, keys) = service(&cloud, "huawei-dbss-v2");
    let client = dbss(&cloud, huawei::Credentials::access_key(&keys.access_key, "wrong"));
    let error = client.list_db_om_instances().send().await.unwrap_err();
    assert!(error.is_auth() && error.code() == Some("APIGW.0301"), "{error}");
    let theirs = error.message().unwrap().split_once("canonicalRequest:").unwrap().1.to_owned();
    assert!(theirs.starts_with("POST|/v2/"), "{error}");
    let same = "the same was signed here, so the secret key does not belong to the access key";
    assert!(error.to_string().contains(same), "{error}");
    // A proxy on the way has changed the path.
    let body = format!(
        r#"{{"error_code": "APIGW.0301", "error_msg": "canonicalRequest:{}"}}"#,
        theirs.replace("/v2/", "/v3/")
    );
    let (url, _) = scripted(vec![answer("401 Unauthorized", "", &body)]).await;
    let client =
        huawei::dbss_v2::Client::builder().base_url(url).project_id("0483b6b16e954cb88930a360d2c4e663");
    let client = client.credentials(huawei::Credentials::access_key("key", "secret")).build().unwrap();
    let error = client.list_db_om_instances().send().await.unwrap_err();
    assert!(error.to_string().contains("signed here: POST|/v2/0483b6b16e954cb88930a360d2c4e663/"), "{error}");
}

#[tokio::test]
async fn a_token_that_cannot_be_fetched_is_told_of_the_call_that_was_not_sent() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "huawei-dbss-v2");
    let error_of = async |raw: Vec<u8>| {
        let (iam, _server) = scripted(vec![raw]).await;
        let builder =
            huawei::dbss_v2::Client::builder().base_url(url).iam_url(iam).retry(dbplane::Retry::never());
        let builder = builder.credentials(password(keys)).project_id(keys.project_id.as_deref().unwrap());
        builder.build().unwrap().list_db_om_instances().send().await.unwrap_err()
    };
    for (raw, auth) in [
        (answer("502 Bad Gateway", "", "<html>"), true),
        (answer("201 Created", "", "garbage"), true),
        (answer("401 Unauthorized", "", r#"{"error":{"code":401,"message":"wrong password"}}"#), true),
        (Vec::new(), false),
    ] {
        let error = error_of(raw).await;
        assert_eq!(error.operation().unwrap().id, "ListDbOmInstances", "{error}");
        assert_eq!(
            (error.is_auth(), error.may_have_taken_effect(), error.requests_sent()),
            (auth, false, 0),
            "{error}"
        );
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("KeystoneCreateUserTokenByPassword"), "{source}");
    }
    assert_eq!(cloud.requests("huawei-dbss-v2"), 0);
}

#[tokio::test]
async fn temporary_keys_send_and_sign_their_security_token() {
    let (url, server) = scripted(vec![answer("200 OK", "", r#"{"clusters":[]}"#)]).await;
    let credentials = huawei::Credentials::temporary("TEMPKEY", "temp-secret", "EXAMPLE-SECURITY-TOKEN/+=");
    let builder = huawei::dbss_v2::Client::builder().base_url(&*url).credentials(credentials);
    let client = builder.project_id("0123456789abcdef0123456789abcdef").region("cn-north-4").build().unwrap();
    client.list_db_om_instances().send().await.unwrap();
    let request = server.await.unwrap().remove(0);
    let mut lines = request.split("\r\n");
    let target = lines.next().unwrap().split(' ').nth(1).unwrap().to_owned();
    let headers: reqwest::header::HeaderMap = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .collect();
    let authorization = headers["authorization"].to_str().unwrap();
    assert!(
        authorization.contains("SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,"),
        "{authorization}"
    );
    let secret_of = |key: &str| (key == "TEMPKEY").then(|| "temp-secret".to_owned());
    dbplane_fake_cloud::verify::sdk_hmac::verify("POST", &target, "", &headers, b"", secret_of).unwrap();
}

#[tokio::test]
async fn a_token_that_is_refused_again_is_not_renewed_again() {
    let cloud = FakeCloud::start().await.unwrap();
    let (iam, keys) = service(&cloud, "huawei-iam-v3");
    let refusal = || {
        answer(
            "401 Unauthorized",
            "",
            r#"{"error_code":"APIGW.0307","error_msg":"The token must be updated"}"#,
        )
    };
    let (url, server) = scripted(vec![refusal(), refusal()]).await;
    let builder = huawei::dbss_v2::Client::builder().base_url(&*url).iam_url(iam).credentials(password(keys));
    let client = builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap();
    let error = client.list_db_om_instances().send().await.unwrap_err();
    assert!(error.is_auth() && error.requests_sent() == 2 && error.code() == Some("APIGW.0307"), "{error}");
    assert_eq!(server.await.unwrap().len(), 2);
    assert_eq!(cloud.requests("huawei-iam-v3"), 2);
}
