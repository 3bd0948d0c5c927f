//! The walks that make the library and those below it speak.

use std::error::Error as _;
use std::time::{Duration, UNIX_EPOCH};

use dbplane::credentials::{Chain, Env, ExpiringCredentials, ProvideCredentials, ProvideFuture};
use dbplane::samsung::mariadb_1_0::models::{LogExportConfigCreateRequest, LogType};
use dbplane::{Secret, Transport, huawei, oceanbase, samsung};
use dbplane_fake_cloud::FakeCloud;
use serde_json::json;
use sha2::Digest;

use crate::echo::{Echo, FORMS, Form, Request, endless};
use crate::given::{self, Call, calls};
use crate::shapes::{SHAPES, dressed};
use crate::support::{self, answer};
use crate::{show, tour};

/// The realm of the servers here.
pub(crate) const REALM: &str = "r";

const CHALLENGE: &str =
    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256\r\n";

/// Keys and secrets that answer Digest challenges.
pub(crate) fn digest_pairs(cloud: &FakeCloud) -> [(String, String); 2] {
    let (_, keys) = support::service(cloud, "oceanbase-cloud-v2");
    let pair = |key: &str, secret: &str| (key.to_owned(), secret.to_owned());
    [pair(&keys.access_key, &keys.secret_key), pair("the-access-key", given::OCEANBASE_SECRET)]
}

/// What Digest keeps in place of a password.
pub(crate) fn ha1(user: &str, realm: &str, password: &str) -> [String; 3] {
    let text = format!("{user}:{realm}:{password}");
    [
        hex::encode(md5::Md5::digest(&text)),
        hex::encode(sha2::Sha256::digest(&text)),
        hex::encode(sha2::Sha512_256::digest(&text)),
    ]
}

/// The whole tour, and what it prints.
pub(crate) async fn tour(cloud: &FakeCloud) {
    let services = tour::services::all();
    let layout = tour::Layout::of(&services);
    let report = tour::visit(cloud, &services, |line| crate::print(layout.show(line))).await;
    assert!(report.complete(), "{report}");
    crate::print(&report);
}

#[derive(Debug)]
struct Vault(huawei::Credentials);

impl ProvideCredentials<huawei::Credentials> for Vault {
    fn provide(&self) -> ProvideFuture<'_, huawei::Credentials> {
        Box::pin(std::future::ready(Ok(ExpiringCredentials::new(self.0.clone())
            .expires_at(UNIX_EPOCH + Duration::from_secs(4_000_000_000)))))
    }
}

/// Every type that holds a secret.
pub(crate) async fn types(cloud: &FakeCloud) {
    show::value(&Secret::from(given::IAM_PASSWORD));
    let keys = huawei::Credentials::access_key("AK", given::HUAWEI_SECRET);
    let temporary = huawei::Credentials::temporary("AK", given::HUAWEI_SECRET, given::SECURITY_TOKEN);
    for credentials in [keys, temporary, given::password(), huawei::Credentials::token(given::given_token())]
    {
        show::value(&credentials);
        show::value(&ExpiringCredentials::new(credentials.clone()));
        show::value(&Chain::new().then("vault", Vault(credentials.clone())));
        let url = format!("https://user:{}@db.example", given::PROXY_PASSWORD);
        let builder = huawei::dbss_v2::Client::builder()
            .base_url(url.as_str())
            .iam_url(url.as_str())
            .credentials(credentials);
        show::value(&builder);
        show::failure("a password in the address", builder.clone().project_id("p").build());
        show::value(&builder.credentials_provider(Vault(given::password())));
    }
    let credentials =
        samsung::Credentials::access_key("AK", given::SAMSUNG_SECRET).auth_token(given::given_token());
    show::value(&credentials);
    show::value(&samsung::mariadb_1_0::Client::builder().credentials(credentials));
    let credentials = oceanbase::Credentials::access_key("AK", given::OCEANBASE_SECRET);
    show::value(&credentials);
    show::value(&oceanbase::cloud_v2::Client::builder().credentials(credentials));
    show::value(&given::login());
    show::value(&given::new_cluster(given::DATABASE_PASSWORD));
    let export = LogExportConfigCreateRequest::new(LogType::Alert, "b").secret_key(given::STORAGE_SECRET);
    show::value(&export);

    // Clients before and after they were used, and the answer that has a token in its headers.
    let (url, keys) = support::service(cloud, "huawei-iam-v3");
    let iam = huawei::iam_v3::Client::builder().base_url(url).credentials(support::password(keys));
    let iam = iam.build().unwrap();
    show::value(&iam);
    show::outcome(iam.keystone_list_projects().send().await);
    let text = |value: &Option<String>| value.clone().unwrap();
    let mut login = given::login();
    login.auth.identity.password.user.name = text(&keys.user_name);
    login.auth.identity.password.user.domain.name = text(&keys.domain_name);
    login.auth.identity.password.user.password = text(&keys.password).into();
    let answer = iam.keystone_create_user_token_by_password(login).send().await.unwrap();
    assert!(answer.header("x-subject-token").is_some());
    show::value(&answer);
    show::value(&iam);
    let ob = support::oceanbase(cloud);
    let link = oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
    show::outcome(ob.connect_private_link_service("ob317v4uif****", "t33h8y08k****", link).send().await);
    show::value(&ob);
}

/// What is refused: by the library before it is sent, and by the fake cloud for wrong credentials.
pub(crate) async fn refused(cloud: &FakeCloud) {
    let transport = Transport::builder().build().unwrap();
    let mariadb = given::mariadb(support::service(cloud, "samsung-mariadb-1.0").0, &transport);
    for password in [given::PROXY_PASSWORD.repeat(3), given::STORAGE_SECRET.to_owned()] {
        let outcome = mariadb.create_cluster(given::new_cluster(&password)).send().await;
        let error = outcome.expect_err("a password of more than 30 characters");
        assert!(error.is_invalid_request() && !error.violations().is_empty(), "{error}");
        show::error(&error);
    }
    let url = |stem| support::service(cloud, stem).0.to_owned();
    // Each at a service of its vendor, where all these credentials are wrong.
    for stem in
        ["samsung-mariadb-1.0", "oceanbase-cloud-v2", "huawei-taurusdb-v3", "huawei-dbss-v2", "huawei-iam-v3"]
    {
        for (name, call) in calls(&url(stem), &url("huawei-iam-v3"), &transport) {
            show::failure(name, call().await);
        }
    }
    for bad in ["line\n", "\u{7}bell", "nön-ASCII"] {
        let secret = format!("{}{bad}", given::HUAWEI_SECRET);
        for credentials in [
            huawei::Credentials::access_key("AK", secret.as_str()),
            huawei::Credentials::access_key(given::HUAWEI_SECRET.to_owned() + bad, "secret"),
            huawei::Credentials::temporary("AK", "secret", secret.as_str()),
            huawei::Credentials::token(secret.as_str()),
        ] {
            show::value(&credentials);
            let client = support::dbss(cloud, credentials);
            show::failure("a bad secret", client.list_db_om_instances().send().await);
        }
    }
}

/// Connections that do not come about, break, or last too long; answers that are too large.
pub(crate) async fn broken() {
    let transport = Transport::builder().attempt_timeout(Duration::from_millis(50)).build().unwrap();
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent_url = format!("http://{}", silent.local_addr().unwrap());
    let echo = Echo::start().await;
    let nobody = "http://127.0.0.1:9";
    for url in
        [nobody, &silent_url, &silent_url.replace("http:", "https:"), &echo.url.replace("http:", "https:")]
    {
        for (name, call) in calls(url, url, &transport) {
            show::failure(name, call().await);
        }
    }
    drop(silent);
    let transport = Transport::builder().build().unwrap();
    let cuts: [&'static [u8]; 4] =
        [b"", b"HTTP/1.1 200 OK\r\nX-", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", b"\xff\xfe"];
    for cut in cuts {
        echo.answers(move |request| [cut, request.echo(Form::Whole).as_bytes()].concat());
        for (name, call) in calls(&echo.url, &echo.url, &transport) {
            show::failure(name, call().await);
        }
    }
    echo.answers(endless);
    let error =
        given::mariadb(&echo.url, &transport).create_cluster(given::new_cluster(given::DATABASE_PASSWORD));
    show::failure("endless", error.send().await);
}

/// Credentials of a machine, and what is said of files and answers that hold them but can't be read.
pub(crate) async fn places() {
    let (secret, token) = (given::HUAWEI_SECRET, given::SECURITY_TOKEN);
    let ini = |lines: &str| lines.replace("SECRET", secret).replace("TOKEN", token);
    for lines in [
        "[basic]\nak = AK\nsk = SECRET\nsecurity_token = TOKEN\n",
        "[basic]\nak = AK\nsk = SECRET é\n",
        "[basic]\nak = AK\nsk = SECRET # mine\n",
        "[basic]\nak = AK\nsk = \"SECRET\n",
        "[basic]\nSECRET\nTOKEN = SECRET\n",
        "[SECRET\n",
        "[basic]\nsk = SECRET\nsk = SECRET\n",
        "{\"access-key\": \"AK\", \"secret-key\": \"SECRET\", \"auth-token\": \"TOKEN\"}",
        "{\"access-key\": [\"SECRET\"], \"secret-key\": {\"TOKEN\": 1}}",
        "{\"access-key\": \"AK\", \"secret-key\": \"SECRET\", \"secret-key\": TOKEN",
    ] {
        let env = Env::fixed().file("/f/credentials.json", ini(lines)).variable("SCP_TF_SECRET_KEY", secret);
        show::value(&env);
        let profile = huawei::ProfileFile::at("/f/credentials.json").env(env.clone());
        show::outcome(profile.provide().await);
        show::outcome(oceanbase::ProfileFile::at("/f/credentials.json").env(env.clone()).provide().await);
        show::outcome(samsung::ConfigFiles::at("/f").env(env.clone()).provide().await);
        show::failure("half", samsung::EnvProvider::default().env(env).provide().await);
    }
    let echo = Echo::start().await;
    let service = huawei::MetadataService::default().env(Env::fixed());
    let address = format!("http://user:{}@127.0.0.1:1", given::PROXY_PASSWORD);
    show::value(&service.clone().base_url(address.as_str()));
    show::failure("address", service.clone().base_url(address.as_str()).provide().await);
    for (status, body) in [
        ("200 OK", "SECRET"),
        ("200 OK", "SECRET and TOKEN"),
        ("500 Internal Server Error", "SECRET"),
        ("200 OK", "{\"credential\": {\"access\": \"AK\", \"secret\": [\"SECRET\"], \"TOKEN\": 1}}"),
        (
            "200 OK",
            "{\"credential\": {\"access\": \"AK\", \"secret\": \"SECRET\\n\", \"securitytoken\": \"TOKEN\"}}",
        ),
    ] {
        let body = ini(body);
        // The first request is for a token, which the second sends along.
        echo.answers(move |request| match request.target().ends_with("/token") && body.starts_with('{') {
            true => answer("200 OK", "", given::FETCHED_TOKEN),
            false => answer(status, "", &body),
        });
        show::failure(status, service.clone().base_url(echo.url.as_str()).provide().await);
    }
}

/// Proxies that know a password: careless ones, none, and addresses that can't be used.
pub(crate) async fn proxies() {
    let echo = Echo::start().await;
    let user = format!("http://user:{}@", given::PROXY_PASSWORD);
    let address = echo.url.replace("http://", &user);
    for address in [&address, &format!("{user}127.0.0.1:9"), &format!("{user}[bad"), &format!("{user}host:x")]
    {
        let builder = Transport::builder().proxy(address.as_str()).allow_http_host("plain.example");
        show::value(&builder);
        let transport = match builder.build() {
            Ok(transport) => transport,
            Err(error) => {
                show::error(&error);
                continue;
            }
        };
        show::value(&transport);
        for shape in SHAPES {
            echo.answers(move |request| dressed(shape, &request.echo(Form::Plain)));
            for url in ["http://plain.example", "https://db.example"] {
                show::errors_only(given::mariadb(url, &transport).list_clusters().send().await);
            }
        }
        // A tunnel to a server that does not speak TLS.
        echo.answers(|_| b"HTTP/1.1 200 Connected\r\n\r\nand then nonsense".to_vec());
        show::failure("TLS", given::mariadb("https://db.example", &transport).list_clusters().send().await);
    }
    for url in [
        format!("{user}[bad"),
        format!("{user}host"),
        format!("http://host/?{HINT}"),
        format!("http://h:x/?{HINT}"),
    ] {
        let builder = samsung::mariadb_1_0::Client::builder().base_url(url);
        show::value(&builder);
        show::failure("a bad address", builder.build());
    }
}

/// A query that should not stand in an address.
const HINT: &str = "token=MIIfetched-token+0123456789abcdef/ABC==";

/// Every call, answered in every dress with the secrets that it sent. Returns the bodies of the
/// errors with the names of the calls.
pub(crate) async fn echoes() -> Vec<(&'static str, Vec<u8>)> {
    let mut bodies = Vec::new();
    let (echo, iam) = (Echo::start().await, Echo::start().await);
    let transport = Transport::builder().build().unwrap();
    iam.answers(|_| logged_in());
    for shape in SHAPES {
        // New clients each time: what was refused once is remembered.
        let calls = |iam_url: &str| calls(&echo.url, iam_url, &transport);
        let all: Vec<Call> = calls(&iam.url).into_iter().chain(logins(calls(&echo.url))).collect();
        for form in FORMS {
            echo.answers(move |request| match challenged(request) {
                true => answer("401 Unauthorized", CHALLENGE, ""),
                false => dressed(shape, &request.echo(form)),
            });
            for (name, call) in &all {
                let error = match call().await {
                    // The value is the service's own and shows what it sent.
                    Ok(request_id) => {
                        crate::print(request_id);
                        continue;
                    }
                    Err(error) => error,
                };
                // What went wrong with the login is the source of what went wrong with the call.
                let login = error.source().and_then(|source| source.downcast_ref());
                let origin: &dbplane::Error = login.unwrap_or(&error);
                let reached = origin.requests_sent() > 0;
                assert!(reached, "the call must reach the server: {error}");
                show::error(&error);
                bodies.push((*name, origin.body().to_vec()));
            }
        }
    }
    bodies
}

/// The calls that fetch a token first.
fn logins(calls: Vec<Call>) -> impl Iterator<Item = Call> {
    calls.into_iter().filter(|(name, _)| *name == "fetched token")
}

/// Whether the request is the first of a Digest client.
fn challenged(request: &Request) -> bool {
    let proofs = ["authorization", "scp-signature", "x-auth-token"];
    proofs.iter().all(|name| request.header(name).is_none()) && !request.target().contains("/auth/tokens")
}

/// IAM's answer to the right password.
fn logged_in() -> Vec<u8> {
    let domain = json!({"id": "d", "name": "account"});
    let user = json!({"id": "u", "name": "user", "domain": domain, "password_expires_at": ""});
    let (from, to) = ("2026-01-15T08:30:00.000000Z", "2999-01-16T08:30:00.000000Z");
    let token = json!({"methods": ["password"], "issued_at": from, "expires_at": to, "user": user});
    let header = format!("X-Subject-Token: {}\r\n", given::FETCHED_TOKEN);
    answer("201 Created", &header, &json!({ "token": token }).to_string())
}
