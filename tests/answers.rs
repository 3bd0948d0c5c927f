//! What becomes of odd answers: redirects, errors in every dress, bodies that are no JSON.

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
async fn an_answer_that_cannot_be_read_names_the_place_and_keeps_the_body() {
    let body = r#"{"contents":[{"id":"a","cpu_core":1}]}"#;
    let (url, _server) = scripted(vec![answer("200 OK", "", body)]).await;
    let error = mariadb_at(&url).list_server_types().send().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("contents[0]"), "{error}");
    assert!(error.to_string().contains("missing field `description`"), "{error}");
    assert_eq!(error.body(), body.as_bytes());

    for body in ["", "<html>", r#"{"contents":["#, r#"{"contents":[]} and more"#] {
        let (url, _server) = scripted(vec![answer("200 OK", "", body)]).await;
        let error = mariadb_at(&url).list_server_types().send().await.unwrap_err();
        assert!(error.is_decode(), "{body:?}: {error}");
    }
}

#[tokio::test]
async fn a_value_of_the_wrong_kind_is_not_quoted() {
    let body = r#"{"contents":[{"name":{"password":"hunter2"}}]}"#;
    let (url, _server) = scripted(vec![answer("200 OK", "", body)]).await;
    let error = mariadb_at(&url).list_server_types().send().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("contents[0].name"), "{error}");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
}

#[tokio::test]
async fn what_vendors_send_against_their_pages_still_decodes() {
    let body = r#"{"contents":[{"name":"a","cpu_core":"2","memory_gb":4.0,"description":null,"product_image_type":"x",
        "product_type":"Newest","purpose":"general","type":7,"added_later":{}}]}"#;
    let (url, _server) = scripted(vec![answer("200 OK", "", body)]).await;
    let types = mariadb_at(&url).list_server_types().send().await.unwrap();
    let first = &types.contents[0];
    assert_eq!((first.cpu_core, first.memory_gb, first.type_.as_str()), (2, 4, "7"));

    let (url, _server) = scripted(vec![answer("200 OK", "", r#"{"contents":null}"#)]).await;
    assert!(mariadb_at(&url).list_server_types().send().await.unwrap().contents.is_empty());
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
    assert!(error.to_string().contains("proof is wrong"), "{error}");
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
async fn an_answer_that_is_too_large_is_not_asked_for_again() {
    let large = " ".repeat(8 * 1024 * 1024 + 1);
    let (url, server) = scripted(vec![answer("200 OK", "", &large)]).await;
    let options = dbplane::CallOptions::new().retry(dbplane::Retry::default());
    let call = mariadb_at(&url).list_server_types().with_options(options);
    let error = call.send().await.unwrap_err();
    assert!(error.is_decode() && error.requests_sent() == 1, "{error}");
    server.await.unwrap();
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

#[tokio::test]
async fn the_request_id_of_a_header_is_kept_where_the_envelope_has_none() {
    let raw = answer("200 OK", "X-Request-Id: hdr-77\r\n", r#"{"success":false,"errorCode":"E1"}"#);
    let (url, _server) = scripted(vec![raw]).await;
    let request = dbplane::oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
    let error =
        oceanbase_at(&url).connect_private_link_service("ob1", "t1", request).send().await.unwrap_err();
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("hdr-77")), "{error}");
}

#[tokio::test]
async fn null_for_a_required_time_or_enum_does_not_lose_the_answer() {
    let body = r#"{"contents":[{"account_id":"a","created_at":null,"created_by":"u","database_name":null,"id":"i",
        "modified_at":"","modified_by":"u","name":"n","role_type":null,"service_state":null}],
        "count":1,"page":0,"size":20}"#;
    let (url, _server) = scripted(vec![answer("200 OK", "", body)]).await;
    let clusters = mariadb_at(&url).list_clusters().send().await.unwrap().into_inner().contents;
    assert_eq!((clusters[0].created_at.as_str(), clusters[0].service_state.as_str()), ("", ""));
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
async fn an_answer_over_the_chosen_bound_is_not_read() {
    let body = r#"{"request_id":"r","state":"COMPLETED"}"#;
    for (bound, fits) in [(body.len(), true), (body.len() - 1, false)] {
        let (url, _server) = scripted(vec![answer("200 OK", "", body)]).await;
        let transport = dbplane::Transport::builder().max_response_size(bound).build().unwrap();
        let credentials = dbplane::samsung::Credentials::access_key("k", "s");
        let builder = dbplane::samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials);
        let outcome = builder.transport(transport).build().unwrap().show_request("r").send().await;
        assert_eq!(outcome.is_ok(), fits);
        assert!(fits || outcome.unwrap_err().to_string().contains(&format!("more than {bound} bytes")));
    }
}

#[tokio::test]
async fn one_call_can_take_its_repeats_from_a_budget_of_its_own() {
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
async fn one_reader_for_whole_responses_and_for_rows() {
    let row = r#"{"name":"a\u0000\ud83d","cpu_core":"","memory_gb":4.0,"description":"raw
line","product_image_type":"x","product_type":"Newest","purpose":"general","type":7,"added_later":{}}"#;
    let quoted = serde_json::to_string(&format!("[{row}]")).unwrap();
    for (list, rows) in [
        (format!("[{row}, {row}]"), 2),
        (row.to_owned(), 1),
        (quoted, 1),
        ("{}".to_owned(), 0),
        ("null".to_owned(), 0),
        ("\"\"".to_owned(), 0),
    ] {
        let body = format!("\u{feff}{{\"contents\":{list}}}");
        let (url, _server) = scripted(vec![answer("200 OK", "", &body)]).await;
        let whole = mariadb_at(&url).list_server_types().send().await.unwrap();
        assert_eq!(whole.contents.len(), rows, "{list}");
        if let Some(first) = whole.contents.first() {
            assert_eq!((first.name.as_str(), first.description.as_str()), ("a\0\u{fffd}", "raw\nline"));
        }
    }
    let row = r#"{"backup_history_number":"1","backup_start_at":"","backup_end_at":"","backup_size_gb":"",
        "backup_state":"Success","software_version":"10.11"}"#;
    for list in [format!("[{row}]"), row.to_owned(), serde_json::to_string(&format!("[{row}]")).unwrap()] {
        let body = answer("200 OK", "", &format!("{{\"contents\":{list},\"total_count\":\"1\"}}"));
        let (url, _server) = scripted(vec![body.clone(), body.clone(), body]).await;
        let call = || mariadb_at(&url).list_backup_histories(CLUSTER);
        let row = call().items().try_next().await.unwrap().unwrap();
        assert_eq!((row.backup_size_gb, row.software_version.as_str()), (0.0, "10.11"));
        assert_eq!(call().pages().try_next().await.unwrap().unwrap().contents[0], row);
        assert_eq!(call().send().await.unwrap().contents[0], row);
    }
}

#[tokio::test]
async fn a_list_that_is_none_is_an_error_for_rows_and_pages_alike() {
    let body = answer("200 OK", "", r#"{"contents":7,"total_count":1}"#);
    let (url, _server) = scripted(vec![body.clone(), body]).await;
    let call = || mariadb_at(&url).list_backup_histories(CLUSTER);
    let (rows, whole) = (call().items().try_next().await.unwrap_err(), call().send().await.unwrap_err());
    for error in [rows, whole] {
        let place = "at `contents`: expected a list, found a number";
        assert!(error.is_decode() && error.to_string().contains(place), "{error}");
    }
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
async fn bodies_that_are_not_json_are_named_for_what_they_are() {
    for (body, expected) in [
        (" <!DOCTYPE html>", "it is a page of HTML or XML"),
        ("\r\n", "it is empty"),
        ("{\"contents\":[}", "at `contents[0]`: invalid JSON at byte 13, expected a value"),
    ] {
        let (url, _server) = scripted(vec![answer("200 OK", "", body)]).await;
        let error = mariadb_at(&url).list_server_types().send().await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains(expected), "{error}");
    }
    let zip = b"\x1f\x8b\x08".as_slice();
    let named = "compressed with gzip, which the request did not ask for";
    for (head, body, expected) in [
        ("HTTP/1.1 200 OK", zip, named),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", zip, named),
        ("HTTP/1.1 502 Bad Gateway\r\nContent-Encoding: gzip", zip, named),
        ("HTTP/1.1 200 OK", b"\x78\x9c\xab".as_slice(), "compressed with deflate"),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: br", b"\x8b\x01\x80".as_slice(), "it is encoded as br"),
    ] {
        let head = format!("{head}\r\nContent-Length: 3\r\nConnection: close\r\n\r\n");
        let (url, _server) = scripted(vec![[head.as_bytes(), body].concat()]).await;
        let error = mariadb_at(&url).list_server_types().send().await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
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
