//! All four ways to authenticate, against the fake cloud's own verification.

#![cfg(all(
    feature = "oceanbase-cloud",
    feature = "huawei-taurusdb",
    feature = "huawei-dbss",
    feature = "huawei-iam",
    feature = "samsung-mariadb"
))]

mod support;

use dbplane::{Ambient, huawei, oceanbase, samsung};
use dbplane_fake_cloud::FakeCloud;
use support::{dbss, mariadb, oceanbase as ob, password, service};

fn connect() -> oceanbase::cloud::models::ConnectPrivateLinkServiceRequest {
    oceanbase::cloud::models::ConnectPrivateLinkServiceRequest::new("vpce-1")
}

#[tokio::test]
async fn digest_costs_one_challenge_and_then_none() {
    let cloud = FakeCloud::start().await.unwrap();
    let client = ob(&cloud);
    for call in 1..=5 {
        let answer = client.connect_private_link_service("ob1", "t1", connect()).send().await.unwrap();
        assert_eq!(answer.attempts(), if call == 1 { 2 } else { 1 });
    }
    assert_eq!(cloud.requests("oceanbase-cloud"), 6);
}

#[tokio::test]
async fn a_wrong_digest_password_is_an_auth_error_with_the_vendors_code() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "oceanbase-cloud");
    let builder = oceanbase::cloud::Client::builder().base_url(url).project_id("p");
    let client =
        builder.credentials(oceanbase::Credentials::access_key(&keys.access_key, "wrong")).build().unwrap();
    let error = client.connect_private_link_service("ob1", "t1", connect()).send().await.unwrap_err();
    assert!(error.is_auth() && error.status() == Some(401), "{error}");
    assert_eq!(error.code(), Some("Privilege.OpenAPI.AuthFailed"), "{error}");
    assert_eq!((error.attempts(), error.may_have_taken_effect()), (2, false));
}

#[tokio::test]
async fn samsung_signs_with_and_without_an_account() {
    let cloud = FakeCloud::start().await.unwrap();
    mariadb(&cloud).list_clusters().name("my db/+ä").sort("name:asc").send().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb");
    let credentials = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = samsung::mariadb::Client::builder().base_url(url);
    let client =
        builder.credentials(credentials.account_id("aaaabbbbccccddddeeeeffff00001111")).build().unwrap();
    client.show_cluster("109a585ae67b4e8482fdafc8a4a5be74").send().await.unwrap();
    assert_eq!(cloud.refused("samsung-mariadb"), 0);
}

#[tokio::test]
async fn a_wrong_samsung_secret_is_an_auth_error() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb");
    let credentials = samsung::Credentials::access_key(&keys.access_key, "wrong");
    let client = samsung::mariadb::Client::builder().base_url(url).credentials(credentials).build().unwrap();
    let error = client.list_server_types().send().await.unwrap_err();
    assert!(error.is_auth() && error.code().is_some(), "{error}");
}

#[tokio::test]
async fn a_samsung_clock_that_is_an_hour_off_is_refused() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb");
    let credentials = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let late = Ambient::fixed(cloud.now() - 3_600_000, 1);
    let builder = samsung::mariadb::Client::builder().base_url(url).credentials(credentials).ambient(late);
    let error = builder.build().unwrap().list_server_types().send().await.unwrap_err();
    assert!(error.is_auth(), "{error}");
}

#[tokio::test]
async fn another_api_version_is_asked_for_in_the_header() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb");
    let credentials = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder =
        samsung::mariadb::Client::builder().base_url(url).credentials(credentials).api_version("9.9");
    let error = builder.build().unwrap().list_server_types().send().await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(406), Some("NoSuchVersion")), "{error}");
}

#[tokio::test]
async fn one_token_serves_many_calls() {
    let cloud = FakeCloud::start().await.unwrap();
    let (_, keys) = service(&cloud, "huawei-dbss");
    let client = dbss(&cloud, password(keys));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        calls.spawn(client.list_db_om_instances().send());
    }
    while let Some(answer) = calls.join_next().await {
        answer.unwrap().unwrap();
    }
    assert_eq!(cloud.answered("huawei-iam", "KeystoneCreateUserTokenByPassword"), 1);
    assert_eq!(cloud.requests("huawei-dbss"), 20);
}

#[tokio::test]
async fn a_refused_password_is_never_sent_again() {
    let cloud = FakeCloud::start().await.unwrap();
    let (_, keys) = service(&cloud, "huawei-dbss");
    let domain = keys.domain_name.clone().unwrap();
    let client =
        dbss(&cloud, huawei::Credentials::password(domain, keys.user_name.clone().unwrap(), "wrong"));
    for _ in 0..3 {
        let error = client.list_db_om_instances().send().await.unwrap_err();
        assert!(error.is_auth(), "{error}");
        assert!(!format!("{error} {error:?}").contains("wrong.password"));
    }
    assert_eq!((cloud.requests("huawei-iam"), cloud.requests("huawei-dbss")), (1, 0));
}

#[tokio::test]
async fn a_token_that_expired_at_the_service_is_renewed_once() {
    let cloud = FakeCloud::builder().now(1_768_465_800_000).start().await.unwrap();
    let (_, keys) = service(&cloud, "huawei-dbss");
    // The client's clock stands still, so it believes in its token; only the service knows better.
    let (url, _) = service(&cloud, "huawei-dbss");
    let (iam, _) = service(&cloud, "huawei-iam");
    let builder = huawei::dbss::Client::builder().base_url(url).iam_url(iam).credentials(password(keys));
    let builder =
        builder.ambient(Ambient::fixed(cloud.now(), 1)).project_id(keys.project_id.as_deref().unwrap());
    let client = builder.build().unwrap();
    client.list_db_om_instances().send().await.unwrap();
    cloud.set_now(cloud.now() + 25 * 3_600_000);
    let answer = client.list_db_om_instances().send().await.unwrap();
    assert_eq!(answer.attempts(), 2);
    assert_eq!(cloud.answered("huawei-iam", "KeystoneCreateUserTokenByPassword"), 2);
}

#[tokio::test]
async fn a_token_near_its_end_is_renewed_before_it_is_used() {
    let start = 1_768_465_800_000;
    let cloud = FakeCloud::builder().now(start).start().await.unwrap();
    let (url, keys) = service(&cloud, "huawei-dbss");
    let (iam, _) = service(&cloud, "huawei-iam");
    let clock = Ambient::fixed(start, 1);
    let builder = huawei::dbss::Client::builder().base_url(url).iam_url(iam).credentials(password(keys));
    let builder = builder.ambient(clock.clone()).project_id(keys.project_id.as_deref().unwrap());
    let client = builder.build().unwrap();
    client.list_db_om_instances().send().await.unwrap();
    let almost_a_day = std::time::Duration::from_secs(23 * 3600 + 60);
    clock.advance(almost_a_day);
    cloud.set_now(clock.unix_millis());
    assert_eq!(client.list_db_om_instances().send().await.unwrap().attempts(), 1);
    assert_eq!(cloud.answered("huawei-iam", "KeystoneCreateUserTokenByPassword"), 2);
}

#[tokio::test]
async fn keys_and_a_given_token_work_for_every_huawei_service() {
    let cloud = FakeCloud::start().await.unwrap();
    let (iam, keys) = service(&cloud, "huawei-iam");
    let signed = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    dbss(&cloud, signed.clone()).list_db_om_instances().send().await.unwrap();
    let client = huawei::iam::Client::builder().base_url(iam).credentials(signed).build().unwrap();
    let projects = client.keystone_list_projects().name("cn-north-4").send().await.unwrap();
    assert_eq!(projects.projects[0].id.as_str(), keys.project_id.as_deref().unwrap());

    // A token for an account, fetched by the client itself, lists projects too.
    let client = huawei::iam::Client::builder().base_url(iam).credentials(password(keys)).build().unwrap();
    client.keystone_list_projects().send().await.unwrap();

    let error = dbss(&cloud, huawei::Credentials::token("MIInothing")).list_db_om_instances().send().await;
    assert!(error.unwrap_err().is_auth());
    assert_eq!(cloud.refused("huawei-iam"), 0);
}

#[tokio::test]
async fn a_wrong_signature_says_what_the_service_had_signed() {
    let cloud = FakeCloud::start().await.unwrap();
    let (_, keys) = service(&cloud, "huawei-dbss");
    let client = dbss(&cloud, huawei::Credentials::access_key(&keys.access_key, "wrong"));
    let error = client.list_db_om_instances().send().await.unwrap_err();
    assert!(error.is_auth() && error.code() == Some("APIGW.0301"), "{error}");
    assert!(error.message().unwrap().contains("canonicalRequest:POST|/v2/"), "{error}");
}
