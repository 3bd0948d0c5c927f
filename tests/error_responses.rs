//! What becomes of errors: redirects, vendors' errors in every form, failed connections, refused input.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use dbplane::Runtime;
use support::{answer, dbss_at, mariadb_at, oceanbase_at, scripted, taurusdb_at};

const CLUSTER: &str = "109a585ae67b4e8482fdafc8a4a5be74";
const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const PROXY: &str = "fbece38953e24a2b891488ed2fdf81abpo01";

async fn show_cluster(raw: Vec<u8>) -> dbplane::Error {
    let (url, server) = scripted(vec![raw]).await;
    let error = mariadb_at(&url).show_cluster(CLUSTER).send().await.unwrap_err();
    server.await.unwrap();
    error
}

#[tokio::test]
async fn a_redirect_is_an_error_that_names_the_target_and_is_not_followed() {
    let error = show_cluster(answer("302 Found", "Location: https://elsewhere.example/x\r\n", "")).await;
    assert!(error.to_string().contains("https://elsewhere.example/x"), "{error}");
    assert_eq!((error.status(), error.requests_sent()), (Some(302), 1));
    assert!(!error.may_have_taken_effect());
}

#[tokio::test]
async fn vendors_errors_give_code_message_and_request_id() {
    let body = r#"{"errors":[{"code":"NotFound","detail":"no cluster","status":404,"request_id":"req-9"}]}"#;
    let error = show_cluster(answer("404 Not Found", "", body)).await;
    assert!(error.is_not_found(), "{error}");
    assert_eq!((error.code(), error.request_id()), (Some("NotFound"), Some("req-9")));
    let line = error.to_string();
    assert!(
        line.contains("samsung-mariadb-1.0 ShowCluster") && line.contains("404 NotFound: no cluster"),
        "{line}"
    );
    assert!(!line.contains('\n'));
    assert_eq!(error.body(), body.as_bytes());
}

#[tokio::test]
async fn an_error_that_is_no_json_keeps_its_status_and_first_line() {
    let error = show_cluster(answer("502 Bad Gateway", "", "<html><h1>Bad gateway</h1></html>")).await;
    assert!(error.is_server() && error.to_string().contains("Bad gateway"), "{error}");
}

#[tokio::test]
async fn success_false_in_a_200_is_an_error() {
    let challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n";
    let body =
        r#"{"success":false,"errorCode":"IllegalOperation.Resource","errorMessage":"busy","requestId":"r1"}"#;
    let (url, server) =
        scripted(vec![answer("401 Unauthorized", challenge, ""), answer("200 OK", "", body)]).await;
    let request = dbplane::oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
    let error =
        oceanbase_at(&url).connect_private_link_service("ob1", "t1", request).send().await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(200), Some("IllegalOperation.Resource")), "{error}");
    assert_eq!((error.message(), error.request_id(), error.requests_sent()), (Some("busy"), Some("r1"), 2));
    let requests = server.await.unwrap();
    let line = |request: &str| request.lines().next().unwrap().to_owned();
    assert_eq!(line(&requests[0]), line(&requests[1]), "the request id changed between attempts of one call");
    assert!(requests[1].contains("authorization: Digest username=\"ak\""));
}

#[tokio::test]
async fn a_server_that_proves_itself_wrongly_is_not_believed() {
    let challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n";
    let proof =
        "Authentication-Info: rspauth=\"00000000000000000000000000000000\", qop=auth, nc=00000001\r\n";
    let (url, _server) = scripted(vec![
        answer("401 Unauthorized", challenge, ""),
        answer("200 OK", proof, r#"{"success":true}"#),
    ])
    .await;
    let request = dbplane::oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
    let error =
        oceanbase_at(&url).connect_private_link_service("ob1", "t1", request).send().await.unwrap_err();
    assert!(error.to_string().contains("authentication is wrong"), "{error}");
}

#[tokio::test]
async fn nobody_there_is_a_connection_error_without_effect() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = mariadb_at(&url).delete_cluster(CLUSTER).send().await.unwrap_err();
    assert!(error.is_connect() && !error.may_have_taken_effect(), "{error}");
    assert_eq!(error.operation().unwrap().id, "DeleteCluster");
}

#[tokio::test]
async fn a_broken_connection_leaves_a_write_in_doubt_and_a_read_not() {
    let (url, _server) = scripted(vec![Vec::new()]).await;
    let error = mariadb_at(&url).delete_cluster(CLUSTER).send().await.unwrap_err();
    assert!(
        error.may_have_taken_effect() && error.to_string().ends_with("[may have taken effect]"),
        "{error}"
    );
    let (url, _server) = scripted(vec![Vec::new()]).await;
    assert!(!mariadb_at(&url).show_cluster(CLUSTER).send().await.unwrap_err().may_have_taken_effect());
}

#[tokio::test]
async fn a_post_that_only_reads_is_never_in_doubt() {
    for raw in [Vec::new(), answer("500 Internal Server Error", "", "{}"), answer("200 OK", "", "<html>")] {
        let (url, _server) = scripted(vec![raw]).await;
        let error = dbss_at(&url).list_db_om_instances().send().await.unwrap_err();
        assert!(!error.may_have_taken_effect(), "{error}");
    }
}

#[tokio::test]
async fn path_values_that_would_make_another_path_are_refused() {
    for id in ["", ".", ".."] {
        let error = mariadb_at("http://127.0.0.1:1").show_cluster(id).send().await.unwrap_err();
        assert!(
            error.is_invalid_request() && error.violations()[0].field() == "cluster_id",
            "{id:?}: {error}"
        );
    }
    let (url, server) = scripted(vec![answer("404 Not Found", "", "{}")]).await;
    let error = mariadb_at(&url).show_cluster("a..b?c#d%").send().await.unwrap_err();
    assert!(error.is_not_found());
    let requests = server.await.unwrap();
    assert!(requests[0].starts_with("GET /v1/clusters/a..b%3Fc%23d%25 HTTP/1.1\r\n"), "{}", requests[0]);
}

#[tokio::test]
async fn header_values_with_line_ends_are_refused() {
    let client = dbplane::samsung::mariadb_1_0::Client::builder()
        .base_url("http://127.0.0.1:1")
        .credentials(dbplane::samsung::Credentials::access_key("a", "b"))
        .language("en\r\nX-Evil: 1");
    let error = client.build().unwrap().list_clusters().send().await.unwrap_err();
    assert!(error.is_invalid_request() && error.violations()[0].field() == "Accept-Language", "{error}");
}

#[tokio::test]
async fn a_401_without_a_challenge_that_can_be_answered_keeps_the_vendors_words() {
    let body = r#"{"success":false,"errorCode":"E401","errorMessage":"no","requestId":"rid-1"}"#;
    for (header, why) in [("", "challenge"), ("WWW-Authenticate: Basic realm=\"x\"\r\n", "basic")] {
        let (url, server) = scripted(vec![answer("401 Unauthorized", header, body)]).await;
        let request = dbplane::oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
        let call = oceanbase_at(&url).connect_private_link_service("ob1", "t1", request);
        let error = call.send().await.unwrap_err();
        assert!(error.is_auth() && !error.is_configuration() && !error.may_have_taken_effect(), "{error}");
        let told = (error.status(), error.code(), error.request_id(), error.requests_sent());
        assert_eq!(told, (Some(401), Some("E401"), Some("rid-1"), 1));
        assert!(error.to_string().to_lowercase().contains(why), "{error}");
        assert_eq!(error.body(), body.as_bytes());
        assert!(!server.await.unwrap()[0].to_lowercase().contains("authorization:"));
    }
}

#[test]
fn what_no_connection_can_be_made_of_is_refused_without_repeating_a_password() {
    use dbplane::Transport;
    for proxy in ["ftp://me:hunter2@proxy.example", "me:hunter2@proxy", "socks5://me:hunter2@proxy", ""] {
        let builder = Transport::builder().proxy(proxy);
        assert!(!format!("{builder:?}").contains("hunter2"));
        let error = builder.build().unwrap_err();
        assert!(error.is_configuration() && !format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
    for pem in ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAA\n"] {
        let error = Transport::builder().root_certificate_pem(pem).build().unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("certificate"), "{pem:?}: {error}");
    }
    for region in ["evil.example/", "", "a b", "kr-west1#"] {
        let error = dbplane::samsung::mariadb_1_0::Client::builder().region(region).build().unwrap_err();
        assert!(
            error.is_configuration() && error.to_string().contains("invalid region"),
            "{region:?}: {error}"
        );
    }
    let secret = "https://me:hunter2@host.example";
    let builder = dbplane::huawei::iam_v3::Client::builder().base_url(secret).iam_url(secret);
    assert!(!format!("{builder:?} {:?}", builder.clone().build().unwrap_err()).contains("hunter2"));
}

#[tokio::test]
async fn a_write_without_a_body_says_so_and_a_read_says_nothing() {
    let accepted = r#"{"request_id":"r","resource":{"id":"c"}}"#;
    let (url, server) =
        scripted(vec![answer("202 Accepted", "", accepted), answer("404 Not Found", "", "")]).await;
    mariadb_at(&url).restart_cluster(CLUSTER).send().await.unwrap();
    mariadb_at(&url).show_cluster(CLUSTER).send().await.unwrap_err();
    let requests = server.await.unwrap();
    assert_eq!(requests[0].matches("content-length: 0\r\n").count(), 1, "{}", requests[0]);
    assert!(!requests[1].to_lowercase().contains("content-length"), "{}", requests[1]);
}

#[tokio::test]
async fn one_call_can_take_its_retries_from_a_budget_of_its_own() {
    use dbplane::{CallOptions, RetryBudget, Runtime};
    let busy = || answer("500 Internal Server Error", "", "{}");
    let (url, server) = scripted(vec![busy(), busy(), busy(), busy()]).await;
    let credentials = dbplane::samsung::Credentials::access_key("k", "s");
    let builder = dbplane::samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials);
    let client = builder.runtime(Runtime::fixed(0, 1)).build().unwrap();
    let options = CallOptions::new().retry_budget(RetryBudget::new(4));
    let error = client.show_request("r").with_options(options).send().await.unwrap_err();
    assert!(error.requests_sent() == 1 && error.to_string().contains("budget is used up"), "{error}");
    assert_eq!(
        client.show_request("r").send().await.unwrap_err().requests_sent(),
        3,
        "the client's own is untouched"
    );
    assert_eq!(server.await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_token_that_is_asked_about_is_sent_in_its_header_and_shown_nowhere() {
    const TOKEN: &str = "MIIDkgYJKoZIhvcNAQcCoIIDgzCCA38CAQExDTALBglghkgBZQMEAgEwggHgBgk";
    let body = format!(r#"{{"error": {{"code": 404, "message": "no token {TOKEN}"}}}}"#);
    let (url, server) = support::scripted(vec![answer("404 Not Found", "", &body)]).await;
    let builder = dbplane::huawei::iam_v3::Client::builder().base_url(url);
    let client = builder.credentials(dbplane::huawei::Credentials::token("MIIX")).build().unwrap();
    let call = client.keystone_validate_token(TOKEN);
    assert!(!format!("{call:?}").contains("MIID"), "{call:?}");
    let error = call.send().await.unwrap_err();
    assert!(error.is_not_found() && !format!("{error} {error:?}").contains("MIID"), "{error:?}");
    let requests = server.await.unwrap();
    assert!(requests[0].contains(&format!("x-subject-token: {TOKEN}\r\n")), "{}", requests[0]);
}

#[tokio::test]
async fn an_error_code_in_a_200_is_an_error() {
    for body in [
        r#"{"error_code":"DBS.200001","error_msg":"busy"}"#,
        r#"{"errCode":"DBS.200001","errMsg":"busy","job_id":"j"}"#,
        r#"{"job_id":7,"x":[{"errorCode":"inner"}],"ErrorCode":"DBS.200001","message":"busy"}"#,
    ] {
        let (url, _server) = scripted(vec![answer("200 OK", "", body)]).await;
        let error = taurusdb_at(&url, &Runtime::system())
            .restart_proxy_instance(INSTANCE, PROXY)
            .send()
            .await
            .unwrap_err();
        assert_eq!(
            (error.status(), error.code(), error.message()),
            (Some(200), Some("DBS.200001"), Some("busy")),
            "{body}"
        );
        assert!(error.may_have_taken_effect(), "{error}");
    }
    let fine = r#"{"error_code":"","errorCode":0,"job_id":"j","inner":{"error_code":"E"}}"#;
    let (url, _server) = scripted(vec![answer("200 OK", "", fine)]).await;
    let accepted =
        taurusdb_at(&url, &Runtime::system()).restart_proxy_instance(INSTANCE, PROXY).send().await.unwrap();
    assert_eq!(accepted.job_id.as_deref(), Some("j"));
}

#[tokio::test]
async fn a_challenge_that_is_not_utf_8_is_named_for_what_it_is() {
    let head =
        b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nWWW-Authenticate: Digest realm=\"caf\xe9\", ";
    let raw = [head.as_slice(), b"nonce=\"n\", qop=\"auth\"\r\n\r\n"].concat();
    let (url, _server) = scripted(vec![raw]).await;
    let error = oceanbase_at(&url).describe_instance("ob1").send().await.unwrap_err();
    assert!(error.is_auth() && error.to_string().contains("it is not UTF-8"), "{error}");
}

#[tokio::test]
async fn texts_from_outside_are_one_short_line_that_shows_all_it_has() {
    let long = "x".repeat(300_000);
    let odd = |text: &str| serde_json::to_string(text).unwrap();
    let bodies = [
        format!(r#"{{"code":{0},"message":{0},"request_id":{0},"details":[{0},{0}]}}"#, odd(&long)),
        format!(
            r#"{{"code":{0},"message":{0},"request_id":{0}}}"#,
            odd("a\u{200b}b\u{feff}c\u{ad}\u{202e}\n\u{2028}d")
        ),
        format!("<title>a\u{200b}b\n\u{2066}{long}</title>"),
        long.clone(),
    ];
    for body in bodies {
        let header = format!("X-Request-Id: {}\r\n", &long[..60_000]);
        for (status, header) in
            [("500 Internal Server Error", ""), ("404 Not Found", header.as_str()), ("302 Found", &header)]
        {
            let error = show_cluster(answer(status, header, &body)).await;
            let line = format!("{error} {error:?}");
            let unseen =
                |c: char| c.is_control() || "\u{200b}\u{feff}\u{ad}\u{202e}\u{2028}\u{2066}".contains(c);
            assert!(line.len() < 12_000 && !line.contains(unseen), "{} bytes: {line:.200}", line.len());
            assert!(error.request_id().is_none_or(|id| id.chars().count() <= 200), "{error:.200}");
        }
    }
}

#[tokio::test]
async fn no_error_says_the_same_thing_twice() {
    let closed = dbss_at("http://127.0.0.1:1").list_db_om_instances().send().await.unwrap_err();
    let (url, _server) = scripted(vec![Vec::new()]).await;
    let broken = mariadb_at(&url).show_cluster(CLUSTER).send().await.unwrap_err();
    let password = dbplane::huawei::Credentials::password("d", "u", "p");
    let builder = dbplane::huawei::dbss_v2::Client::builder()
        .base_url("http://127.0.0.1:1")
        .iam_url("http://127.0.0.1:1");
    let builder = builder.credentials(password).project_id("0123456789abcdef0123456789abcdef");
    let client = builder.retry(dbplane::Retry::never()).build().unwrap();
    let login = client.list_db_om_instances().send().await.unwrap_err();
    let pem = dbplane::Transport::builder().root_certificate_pem("nonsense").build().unwrap_err();
    let token = "no token".parse::<dbplane::Token>().unwrap_err();
    for error in [closed, broken, login, pem, token] {
        let mut lines = vec![error.to_string()];
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            let line = cause.to_string();
            assert!(lines.iter().all(|known| !known.contains(&line)), "{lines:?} {line}");
            lines.push(line);
            source = cause.source();
        }
        assert!(!lines.concat().is_empty());
    }
}
