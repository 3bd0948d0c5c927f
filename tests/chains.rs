//! Credentials from variables and files: what is found, in which order, and what is said of bad input.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]

mod support;

use std::io::ErrorKind;

use dbplane::credentials::{Chain, Env, ExpiringCredentials, ProvideCredentials};
use dbplane::{Error, huawei, oceanbase, samsung};
use dbplane_fake_cloud::FakeCloud;
use support::{answer, scripted, service};

const HUAWEI: &str = "/home/me/.huaweicloud/credentials";
const SAMSUNG: &str = "/home/me/.scpconf/credentials.json";
const OCEANBASE: &str = "/home/me/.oceanbase-cloud/credentials";

fn env() -> Env {
    Env::fixed().home("/home/me")
}

async fn huawei_file(contents: &[u8]) -> Result<ExpiringCredentials<huawei::Credentials>, Error> {
    huawei::ProfileFile::default().env(env().file(HUAWEI, contents)).provide().await
}

/// Something is wrong with credentials that are there; the error says it and shows no secret.
#[allow(clippy::expect_used)] // clippy knows tests, not their helpers
fn assert_wrong<C>(outcome: Result<ExpiringCredentials<C>, Error>, begin: &str, words: &str) {
    let error = outcome.map(drop).expect_err(words);
    let text = error.to_string();
    assert!(error.is_auth() && !error.is_no_credentials(), "{text}");
    assert!(text.starts_with(begin) && text.contains(words), "{text}: expected `{begin}` and `{words}`");
    assert!(!format!("{text} {error:?}").contains("hunter2"), "{text}");
    assert!(text.len() < 300 && !text.contains('\n'), "{text}");
}

#[tokio::test]
async fn files_that_can_not_be_read_as_they_stand_are_refused_by_line_rule_and_remedy() {
    let large = vec![b'#'; 1024 * 1024 + 1];
    let rows: &[(&[u8], &str, &str)] = &[
        (b"[basic]\nak = a\nsk = hunter2\nak = b\n", ", line 4, ", "line 2 has already; remove one"),
        (b"[basic]\nak = a\nsk = hunter2\n[basic]\n", ", line 4, ", "a section that line 1 has already"),
        (b"ak = a\nsk = hunter2\n", ", line 1, ", "before the first [section]"),
        (b"[basic]\nhunter2\n", ", line 2, ", "neither a [section]"),
        (b"[default]\nak = a\nsk = hunter2\n", " ", "has no section [basic] or [global]; put the keys there"),
        (b"[basic]\r\nak = a\r\n\r\n[global]\r\nak = b\r\n", ", line 2, ", "has ak but [basic] has no sk"),
        (
            b"[basic]\n# none\n[global]\nsk = hunter2\n",
            ", line 4, ",
            "has sk but [global] has no ak; give both",
        ),
        (b"[basic]\nak = a\nsk = \n", ", line 2, ", "has ak but [basic] has no sk"),
        (b"[basic]\nak = a\nsk = hunter2 ; mine\n", ", line 3, ", "put comments on their own lines"),
        (b"[basic]\nak = a\nsk = hunter2\xe4\n", ", line 3, ", "is not UTF-8; save the file as UTF-8"),
        (b"\xff\xfe[\0b\0", " ", "is UTF-16; save it as UTF-8"),
        (b"[\0b\0a\0s\0i\0c\0]\0", ", line 1, ", "control character"),
        (
            b"[basic]\nak = a\nsk = hunter2\xc3\xa4\n",
            "",
            "the sk in /home/me/.huaweicloud/credentials, line 3, is not plain ASCII",
        ),
        (b"[basic]\nak = a\nsk = \"hunter2 \"\n", "", "line 3, starts or ends with white space"),
        (
            b"[basic]\nak = a\nsk = b\nidp_id = hunter2",
            ", line 4, ",
            "id token (idp_id), which is not supported",
        ),
        (
            b"[basic]\nak = a\nsk = b\nproject_id = \xc3\xa4",
            "",
            "project_id in /home/me/.huaweicloud/credentials, line 4,",
        ),
        (&large, " ", "has more than 1 MiB"),
    ];
    for (contents, after, words) in rows {
        let begin = if after.is_empty() { "the ".to_owned() } else { format!("{HUAWEI}{after}") };
        assert_wrong(huawei_file(contents).await, &begin, words);
    }
}

#[tokio::test]
async fn files_that_say_nothing_are_passed_over() {
    for contents in [
        "",
        "\u{feff}\r\n# nothing yet\r\n",
        "[basic]\nproject_id = p\n",
        "[basic]\nak =\nsk = ''\n[global]\ndomain_id = d",
    ] {
        let error = huawei_file(contents.as_bytes()).await.unwrap_err();
        let text = format!("{HUAWEI} has neither ak nor sk in [basic] or [global]");
        assert!(error.is_no_credentials() && error.to_string() == text, "{error}");
    }
    let nowhere = huawei::ProfileFile::default().env(Env::fixed()).provide().await.unwrap_err();
    assert!(nowhere.is_no_credentials() && nowhere.to_string().contains("home directory is unknown"));
    let given = huawei::ProfileFile::at("/keys").env(env()).provide().await.unwrap_err();
    assert!(given.is_no_credentials() && given.to_string() == "there is no file /keys", "{given}");
}

#[tokio::test]
async fn a_file_that_may_not_be_read_or_that_a_variable_names_in_vain_stops_the_search() {
    for (why, words) in [
        (ErrorKind::PermissionDenied, "can't be read by this user; change its permissions, or move it"),
        (ErrorKind::IsADirectory, "is a directory where a file is expected"),
        (ErrorKind::NotADirectory, "can't be read: not a directory"),
    ] {
        let env = env().unreadable(HUAWEI, why).unreadable(SAMSUNG, why).unreadable(OCEANBASE, why);
        let (huawei, oceanbase) = (huawei::ProfileFile::default(), oceanbase::ProfileFile::default());
        assert_wrong(huawei.env(env.clone()).provide().await, HUAWEI, words);
        assert_wrong(oceanbase.env(env.clone()).provide().await, OCEANBASE, words);
        assert_wrong(samsung::ConfigFiles::default().env(env).provide().await, SAMSUNG, words);
    }
    for (variable, words) in [
        ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "names /none?, which is not there"),
        ("OCEANBASE_CLOUD_CREDENTIALS_FILE", "names /none?, which is not there"),
    ] {
        let env = env().variable(variable, "/none\n");
        let outcome = match variable.starts_with('H') {
            true => huawei::ProfileFile::default().env(env).provide().await.map(drop),
            false => oceanbase::ProfileFile::default().env(env).provide().await.map(drop),
        };
        assert_wrong(outcome.map(ExpiringCredentials::new), variable, words);
    }
}

#[tokio::test]
async fn broken_json_is_refused_by_line_rule_and_remedy() {
    let rows: &[(&[u8], &str, &str)] = &[
        (b"", ", line 1, ", "ends before the JSON does"),
        (b"{\"access-key\": \"a\",\n\"secret-key\": \"hunter2\n", ", line 2, ", "is invalid JSON"),
        (b"[\"hunter2\"]", ", line 1, ", "is not a JSON object"),
        (b"{\n\"secret-key\": 7}", ", line 2, ", "has a number for `secret-key`; a text is expected"),
        (b"{\n\"secret-key\": {\"x\": \"hunter2\"}}", ", line 2, ", "has an object for `secret-key`"),
        (b"{\"access-key\": \"a\",\n\"access-key\": \"b\"}", ", line 2, ", "a second time; remove one"),
        (b"{\"secret-key\": \"hunter2\\n\"}", ", line 1, ", "starts or ends with white space"),
        (b"{\"access-key\": \"a\", \"secret-key\": \"hunter2\xc3\xa4\"}", ", line 1, ", "is not plain ASCII"),
        (b"{\"secret-key\": \"hunter2\"}", " ", "has secret-key but no access-key; give both"),
        (
            b"{\"access-key\": \"a\", \"secret-key\": \"\"}",
            " ",
            "has access-key but no secret-key; give both",
        ),
        (b"\xfe\xff\0{", " ", "is UTF-16; save it as UTF-8"),
        (b"{\n\"secret-key\": \"hunter2\xe4\"}", ", line 2, ", "is not UTF-8"),
    ];
    for (contents, after, words) in rows {
        let files = samsung::ConfigFiles::default().env(env().file(SAMSUNG, *contents));
        assert_wrong(files.provide().await, &format!("{SAMSUNG}{after}"), words);
    }
    let keys = env().file(SAMSUNG, r#"{"access-key": "a", "secret-key": "hunter2"}"#);
    let files = samsung::ConfigFiles::default()
        .env(keys.file("/home/me/.scpconf/config.json", "{\"account-id\": 7}"));
    assert_wrong(
        files.provide().await,
        "/home/me/.scpconf/config.json, line 1, ",
        "a number for `account-id`",
    );
    let none = samsung::ConfigFiles::default().env(env().file(SAMSUNG, "{\"auth-token\": \"hunter2\"}"));
    assert!(none.provide().await.unwrap_err().is_no_credentials());
}

#[tokio::test]
async fn tokens_that_gateways_refuse_are_refused_where_they_are_found() {
    let token = "hunter2".repeat(15_000);
    let file = format!("[basic]\nak = a\nsk = b\nsecurity_token = {token}\n");
    assert_wrong(huawei_file(file.as_bytes()).await, "the security_token in /home", "more than 32 KiB");
    let env = env()
        .variable("HUAWEICLOUD_SDK_AK", "a")
        .variable("HUAWEICLOUD_SDK_SK", "b")
        .variable("HUAWEICLOUD_SDK_SECURITY_TOKEN", token.as_str())
        .file(SAMSUNG, format!(r#"{{"auth-token": "{token}"}}"#));
    let environment = huawei::EnvProvider::default().env(env.clone());
    assert_wrong(
        environment.provide().await,
        "the variable HUAWEICLOUD_SDK_SECURITY_TOKEN",
        "more than 32 KiB",
    );
    let files = samsung::ConfigFiles::default().env(env);
    assert_wrong(files.provide().await, &format!("{SAMSUNG}, line 1, "), "more than 32 KiB");
}

#[tokio::test]
async fn what_is_broken_ends_a_chain_and_what_is_missing_does_not() {
    let fallback = || {
        samsung::EnvProvider::default()
            .env(Env::fixed().variable("SCP_TF_ACCESS_KEY", "fallback").variable("SCP_TF_SECRET_KEY", "s"))
    };
    let files = |env| samsung::ConfigFiles::default().env(env);
    let chain = Chain::new().then("files", files(env())).then("environment", fallback());
    let found = chain.provide().await.unwrap();
    assert!(format!("{:?}", found.credentials()).contains("fallback"));
    let broken = files(env().file(SAMSUNG, "{"));
    let chain = Chain::new().then("files", broken).then("environment", fallback());
    let words = "ends before the JSON does; the search for credentials ended at: files";
    assert_wrong(chain.provide().await, SAMSUNG, words);
}

#[tokio::test]
async fn a_client_calls_with_what_a_file_says() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "oceanbase-cloud-v2");
    let (ak, sk) = (&keys.access_key, &keys.secret_key);
    let file = format!("[default]\naccess_key = {ak}\nsecret_key = '{sk}'\n");
    let provider = oceanbase::ProfileFile::default().env(env().file(OCEANBASE, file));
    let builder = oceanbase::cloud_v2::Client::builder().base_url(url).credentials_provider(provider);
    let client = builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap();
    let body = oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
    client.connect_private_link_service("ob317v4uif****", "t33h8y08k****", body).send().await.unwrap();

    let (url, keys) = service(&cloud, "huawei-dbss-v2");
    let (ak, sk, project) = (&keys.access_key, &keys.secret_key, keys.project_id.as_deref().unwrap());
    let file = format!("[basic]\nak: {ak}\nsk: {sk}\nproject_id: {project}\n");
    let provider = huawei::ProfileFile::default().env(env().file(HUAWEI, file));
    let builder = huawei::dbss_v2::Client::builder().base_url(url).credentials_provider(provider);
    builder.build().unwrap().list_db_om_instances().send().await.unwrap();
    assert_eq!(cloud.requests("huawei-iam-v3"), 0, "the project was in the file");
}

#[tokio::test]
async fn the_builder_then_the_environment_then_the_file_name_the_project() {
    let id = |digit: &str| digit.repeat(32);
    let file = format!("[basic]\nak = a\nsk = b\nproject_id = {}\n", id("f"));
    let (plain, named) = (env().file(HUAWEI, file), "HUAWEICLOUD_SDK_PROJECT_ID");
    for (env, given, expected) in [
        (plain.clone().variable(named, id("e")), Some(id("b")), id("b")),
        (plain.clone().variable(named, id("e")), None, id("e")),
        (plain, None, id("f")),
    ] {
        let (url, server) = scripted(vec![answer("400 Bad Request", "", "{}")]).await;
        let provider = huawei::ProfileFile::default().env(env);
        let builder = huawei::dbss_v2::Client::builder().base_url(url).credentials_provider(provider);
        let builder = given.map_or(builder.clone(), |id| builder.project_id(id));
        let error = builder.build().unwrap().list_db_om_instances().send().await.unwrap_err();
        assert_eq!(error.status(), Some(400), "{error}");
        let requests = server.await.unwrap();
        assert!(requests[0].starts_with(&format!("POST /v2/{expected}/")), "{}", requests[0]);
    }
    let keys = huawei::Credentials::access_key("a", "b");
    let builder = huawei::dbss_v2::Client::builder().base_url("http://127.0.0.1:9").credentials(keys);
    let error = builder.build().unwrap().list_db_om_instances().send().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("no region to look it up"), "{error}");
}

#[tokio::test]
async fn samsungs_token_goes_beside_the_signature() {
    let (url, server) = scripted(vec![answer("400 Bad Request", "", "{}")]).await;
    let file = r#"{"access-key": "a", "secret-key": "s", "auth-token": "tok"}"#;
    let provider = samsung::ConfigFiles::default().env(env().file(SAMSUNG, file));
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials_provider(provider);
    builder.build().unwrap().list_server_types().send().await.unwrap_err();
    let requests = server.await.unwrap();
    assert!(requests[0].contains("\r\nx-auth-token: tok\r\n") && requests[0].contains("\r\nscp-signature: "));
}
