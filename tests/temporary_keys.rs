//! Temporary keys: made, used, renewed once for all, and left alone when they are refused.

#![cfg(all(feature = "oceanbase-cloud-v2", feature = "huawei-dbss-v2", feature = "samsung-mariadb-1.0"))]
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dbplane::huawei::iam_v3::models::{
    AssumeRoleForKeys, AuthMethod, TokenKeyAuth, TokenKeyIdentity, TokenKeyRequest,
};
use dbplane::huawei::{self, Credentials, TemporaryKeys, dbss_v2 as dbss, iam_v3 as iam};
use dbplane::{Error, Retry, Runtime};
use dbplane_fake_cloud::FakeCloud;
use futures_util::future::join_all;
use support::{answer, served, service};

const NOW: i64 = 1_768_465_800_000; // 2026-01-15T08:30:00Z
const HOUR: Duration = Duration::from_secs(3600);
const MINUTE: Duration = Duration::from_secs(60);

/// What an error and its reasons say.
fn told(error: &Error) -> String {
    let first: &dyn std::error::Error = error;
    std::iter::successors(Some(first), |error| error.source()).map(|error| format!("{error}; ")).collect()
}

/// IAM and DBSS at one address; every pair of keys is good for an hour and has a number.
struct Huawei {
    url: String,
    clock: Runtime,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Huawei {
    async fn start(iam: fn(usize, &Runtime) -> Vec<u8>) -> Self {
        let clock = Runtime::fixed(NOW, 1);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, time) = (Arc::clone(&requests), clock.clone());
        let url = served(move |request| {
            let mut seen: std::sync::MutexGuard<'_, Vec<String>> = seen.lock().unwrap();
            seen.push(request.to_owned());
            let made = seen.iter().filter(|request| is_for_keys(request)).count();
            if is_for_keys(request) { iam(made, &time) } else { answer("200 OK", "", r#"{"clusters": []}"#) }
        });
        Self { url: url.await, clock, requests }
    }

    fn iam(&self, credentials: Credentials) -> iam::Client {
        let builder = iam::Client::builder().base_url(&self.url).runtime(self.clock.clone());
        builder.credentials(credentials).retry(Retry::never()).build().unwrap()
    }

    fn client(&self, keys: TemporaryKeys) -> dbss::Client {
        let builder = dbss::Client::builder().base_url(&self.url).iam_url(&self.url).retry(Retry::never());
        let builder = builder.project_id("056538411200d4cd2f79c003c7606412").runtime(self.clock.clone());
        builder.credentials_provider(keys).build().unwrap()
    }

    fn token_keys(&self) -> TemporaryKeys {
        TemporaryKeys::from_token(self.iam(Credentials::token("MIIX"))).duration(HOUR)
    }

    /// The requests for keys, and all others.
    fn told(&self) -> (Vec<String>, Vec<String>) {
        self.requests.lock().unwrap().iter().cloned().partition(|request| is_for_keys(request))
    }
}

fn is_for_keys(request: &str) -> bool {
    request.starts_with("POST /v3.0/OS-CREDENTIAL/securitytokens ")
}

/// Keys that end an hour from now.
fn keys(number: usize, clock: &Runtime) -> Vec<u8> {
    let end = jiff::Timestamp::from_millisecond(clock.unix_millis()).unwrap() + HOUR;
    let credential = format!(
        r#"{{"credential": {{"access": "AK{number}", "secret": "the-secret-{number}",
            "securitytoken": "the-token-{number}", "expires_at": "{end}"}}}}"#
    );
    answer("201 Created", "", &credential)
}

fn refusal(_: usize, _: &Runtime) -> Vec<u8> {
    answer("401 Unauthorized", "", r#"{"error_code": "APIGW.0301", "error_msg": "decrypt token fail"}"#)
}

async fn list(client: &dbss::Client) -> Result<(), Error> {
    client.list_db_om_instances().send().await.map(|_| ())
}

#[tokio::test]
async fn keys_are_made_from_a_token_and_every_call_is_signed_with_their_security_token() {
    let huawei = Huawei::start(keys).await;
    let client = huawei.client(huawei.token_keys());
    list(&client).await.unwrap();
    list(&client).await.unwrap();
    let (made, calls) = huawei.told();
    assert_eq!((made.len(), calls.len()), (1, 2));
    assert!(made[0].contains("x-auth-token: MIIX\r\n"), "{}", made[0]);
    let body = r#"{"auth":{"identity":{"methods":["token"],"token":{"duration_seconds":3600}}}}"#;
    assert!(made[0].ends_with(body), "{}", made[0]);
    for call in calls {
        let signed = "Access=AK1, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, Signature=";
        assert!(call.contains("x-security-token: the-token-1\r\n") && call.contains(signed), "{call}");
        assert!(!call.contains("x-auth-token"), "{call}");
    }
}

#[tokio::test]
async fn keys_are_made_by_an_agency() {
    let huawei = Huawei::start(keys).await;
    let agency = AssumeRoleForKeys::new("db-operator").domain_name("their-account").duration_seconds(1800);
    let policy = serde_json::json!({"Version": "1.1", "Statement": []}).as_object().unwrap().clone();
    let iam = huawei.iam(Credentials::access_key("ak", "the-secret-key"));
    list(&huawei.client(TemporaryKeys::from_agency(iam, agency).policy(policy))).await.unwrap();
    let (made, _) = huawei.told();
    assert!(made[0].contains("authorization: SDK-HMAC-SHA256 Access=ak, "), "{}", made[0]);
    let (_, body) = made[0].split_once("\r\n\r\n").unwrap();
    let role = serde_json::json!({"agency_name": "db-operator", "domain_name": "their-account", "duration_seconds": 1800});
    let policy = serde_json::json!({"Version": "1.1", "Statement": []});
    let identity = serde_json::json!({"methods": ["assume_role"], "assume_role": role, "policy": policy});
    let sent: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(sent, serde_json::json!({"auth": {"identity": identity}}));
}

#[tokio::test]
async fn keys_are_renewed_before_they_expire_and_once_for_all() {
    let huawei = Huawei::start(keys).await;
    let client = huawei.client(huawei.token_keys());
    for outcome in join_all((0..50).map(|_| list(&client))).await {
        outcome.unwrap();
    }
    assert_eq!(huawei.told().0.len(), 1, "one fetch for all");
    huawei.clock.advance(53 * MINUTE);
    list(&client).await.unwrap();
    assert_eq!(huawei.told().0.len(), 1, "good for nine tenths of its life");
    huawei.clock.advance(2 * MINUTE);
    for outcome in join_all((0..50).map(|_| list(&client))).await {
        outcome.unwrap();
    }
    assert_eq!(huawei.told().0.len(), 2, "one renewal for all");
    list(&client).await.unwrap();
    let last = huawei.told().1.pop().unwrap();
    assert!(last.contains("Access=AK2, ") && last.contains("x-security-token: the-token-2\r\n"), "{last}");
    huawei.clock.advance(2 * HOUR);
    for outcome in join_all((0..50).map(|_| list(&client))).await {
        outcome.unwrap();
    }
    assert_eq!(huawei.told().0.len(), 3, "and one when they have expired");
}

#[tokio::test]
async fn refused_credentials_are_left_alone_for_a_quarter_of_an_hour() {
    let huawei = Huawei::start(refusal).await;
    let client = huawei.client(huawei.token_keys());
    for _ in 0..10 {
        let error = list(&client).await.unwrap_err();
        assert!(error.is_auth() && told(&error).contains("decrypt token fail"), "{error}");
        assert_eq!(error.requests_sent(), 0, "the call itself was not sent: {error}");
    }
    let again = list(&client).await.unwrap_err();
    assert!(again.to_string().contains("not sent again for 15 minutes"), "{again}");
    huawei.clock.advance(14 * MINUTE);
    list(&client).await.unwrap_err();
    assert_eq!(huawei.told().0.len(), 1);
    huawei.clock.advance(MINUTE);
    list(&client).await.unwrap_err();
    let (made, calls) = huawei.told();
    assert_eq!((made.len(), calls.len()), (2, 0));
}

#[tokio::test]
async fn a_failure_that_is_no_refusal_is_tried_again() {
    let huawei = Huawei::start(|number, clock| match number {
        1 => answer("500 Internal Server Error", "", ""),
        _ => keys(number, clock),
    });
    let huawei = huawei.await;
    let client = huawei.client(huawei.token_keys());
    list(&client).await.unwrap_err();
    list(&client).await.unwrap();
    assert_eq!(huawei.told().0.len(), 2);
}

#[tokio::test]
async fn a_life_that_iam_does_not_give_is_refused_before_anything_is_sent() {
    let huawei = Huawei::start(keys).await;
    for life in [Duration::from_secs(899), Duration::from_secs(86_401), Duration::MAX] {
        let client = huawei.client(huawei.token_keys().duration(life));
        let error = list(&client).await.unwrap_err();
        assert!(told(&error).contains("auth.identity.token.duration_seconds"), "{error}");
    }
    assert_eq!(huawei.told().0.len(), 0);
}

#[test]
fn keys_do_not_show_what_they_are_made_of() {
    let iam = iam::Client::builder().region("cn-north-4").credentials(Credentials::token("MIIX"));
    let shown = format!("{:?}", TemporaryKeys::from_token(iam.build().unwrap()));
    assert!(shown.contains("Token") && !shown.contains("MIIX"), "{shown}");
}

/// A fake cloud and a clock that move together.
struct Both {
    cloud: FakeCloud,
    clock: Runtime,
}

impl Both {
    async fn start() -> Self {
        Self { cloud: FakeCloud::builder().now(NOW).start().await.unwrap(), clock: Runtime::fixed(NOW, 1) }
    }

    fn pass(&self, time: Duration) {
        self.clock.advance(time);
        self.cloud.set_now(self.clock.unix_millis());
    }

    fn iam(&self, credentials: Credentials) -> iam::Client {
        let url = service(&self.cloud, "huawei-iam-v3").0;
        let builder = iam::Client::builder().base_url(url).runtime(self.clock.clone());
        builder.credentials(credentials).build().unwrap()
    }

    fn builder(&self) -> huawei::ClientBuilder<dbss::Client> {
        let (url, keys) = service(&self.cloud, "huawei-dbss-v2");
        let builder = dbss::Client::builder().base_url(url).iam_url(service(&self.cloud, "huawei-iam-v3").0);
        builder.project_id(keys.project_id.as_deref().unwrap()).runtime(self.clock.clone())
    }

    fn client(&self, keys: TemporaryKeys) -> dbss::Client {
        self.builder().credentials_provider(keys).build().unwrap()
    }

    fn made(&self) -> u64 {
        let of = |by: &str| self.cloud.accepted("huawei-iam-v3", &format!("CreateTemporaryAccessKeyBy{by}"));
        of("Token") + of("Agency")
    }
}

#[tokio::test]
async fn a_cloud_that_checks_takes_the_keys_and_their_successors() {
    let both = Both::start().await;
    let known = service(&both.cloud, "huawei-iam-v3").1;
    let agency = AssumeRoleForKeys::new(known.agency.as_deref().unwrap());
    let agency = agency.domain_name(known.agency_domain.as_deref().unwrap());
    let signing = Credentials::access_key(&known.access_key, known.secret_key.as_str());
    let all = [
        TemporaryKeys::from_token(both.iam(support::password(known))),
        TemporaryKeys::from_agency(both.iam(signing), agency),
    ];
    for keys in all {
        let (client, before) = (both.client(keys), both.made());
        for minutes in [0, 13, 1, 14, 60] {
            both.pass(minutes * MINUTE);
            list(&client).await.unwrap();
        }
        assert_eq!(both.made() - before, 4, "at 0, 14, 28 and 88 minutes of a life of 15");
    }
    assert_eq!(both.cloud.refused("huawei-dbss-v2") + both.cloud.refused("huawei-iam-v3"), 0);
}

#[tokio::test]
async fn a_cloud_that_checks_refuses_keys_that_are_too_old_or_not_complete() {
    let both = Both::start().await;
    let keys =
        TemporaryKeys::from_token(both.iam(support::password(service(&both.cloud, "huawei-iam-v3").1)));
    let request = TokenKeyRequest::new(TokenKeyAuth::new(TokenKeyIdentity::new([AuthMethod::Token])));
    let iam = both.iam(support::password(service(&both.cloud, "huawei-iam-v3").1));
    let made =
        iam.create_temporary_access_key_by_token(request).send().await.unwrap().into_inner().credential;
    let (access, secret, token) = (made.access, made.secret, made.securitytoken);
    let temporary = Credentials::temporary(access.as_str(), secret.clone(), token.clone());
    let error = async |credentials: Credentials| {
        list(&both.builder().credentials(credentials).build().unwrap()).await.unwrap_err()
    };
    list(&both.builder().credentials(temporary.clone()).build().unwrap()).await.unwrap();
    for (credentials, words) in [
        (Credentials::access_key(access.as_str(), secret.clone()), "X-Security-Token is missing"),
        (Credentials::temporary(access.as_str(), secret.clone(), "other"), "does not belong"),
        (Credentials::temporary(access.as_str(), "other", token.clone()), "verify aksk signature fail"),
    ] {
        let error = error(credentials).await;
        assert!(error.is_auth() && error.code() == Some("APIGW.0301"), "{error}");
        assert!(error.message().unwrap().contains(words), "{error}");
    }
    both.pass(15 * MINUTE);
    let error = error(temporary).await;
    assert_eq!((error.status(), error.code()), (Some(401), Some("APIGW.0301")), "{error}");
    assert!(error.message().unwrap().contains("has expired"), "{error}");
    list(&both.client(keys)).await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_locks_nobody_out() {
    let both = Both::start().await;
    let known = service(&both.cloud, "huawei-iam-v3").1;
    let wrong =
        Credentials::password(known.domain_name.clone().unwrap(), known.user_name.clone().unwrap(), "guess");
    let client = both.client(TemporaryKeys::from_token(both.iam(wrong)));
    for _ in 0..20 {
        let error = list(&client).await.unwrap_err();
        assert!(error.is_auth() && told(&error).contains("The username or password is wrong"), "{error}");
        both.pass(MINUTE);
    }
    assert_eq!(both.cloud.refused("huawei-iam-v3"), 1);
    list(&both.client(TemporaryKeys::from_token(both.iam(support::password(known))))).await.unwrap();
}
