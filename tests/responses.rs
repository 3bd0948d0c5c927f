//! How responses are read: what vendors send against their pages, and what can't be read.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use support::{answer, mariadb_at, oceanbase_at, scripted};

const CLUSTER: &str = "109a585ae67b4e8482fdafc8a4a5be74";

#[tokio::test]
async fn a_response_that_cannot_be_read_names_the_place_and_keeps_the_body() {
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
async fn a_response_that_is_too_large_is_not_asked_for_again() {
    let large = " ".repeat(8 * 1024 * 1024 + 1);
    let (url, server) = scripted(vec![answer("200 OK", "", &large)]).await;
    let options = dbplane::CallOptions::new().retry(dbplane::Retry::default());
    let call = mariadb_at(&url).list_server_types().with_options(options);
    let error = call.send().await.unwrap_err();
    assert!(error.is_decode() && error.requests_sent() == 1, "{error}");
    server.await.unwrap();
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
async fn null_for_a_required_time_or_enum_does_not_lose_the_response() {
    let body = r#"{"contents":[{"account_id":"a","created_at":null,"created_by":"u","database_name":null,"id":"i",
        "modified_at":"","modified_by":"u","name":"n","role_type":null,"service_state":null}],
        "count":1,"page":0,"size":20}"#;
    let (url, _server) = scripted(vec![answer("200 OK", "", body)]).await;
    let clusters = mariadb_at(&url).list_clusters().send().await.unwrap().into_inner().contents;
    assert_eq!((clusters[0].created_at.as_str(), clusters[0].service_state.as_str()), ("", ""));
}

#[tokio::test]
async fn a_response_over_the_chosen_bound_is_not_read() {
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
        ("HTTP/1.1 200 OK", b"\xff\xfe{".as_slice(), "it is in UTF-16, and JSON is in UTF-8"),
        ("HTTP/1.1 200 OK", b"{\0}".as_slice(), "it is in UTF-16"),
        ("HTTP/1.1 400 Bad", b"\0{\0".as_slice(), "a body that is in UTF-16"),
        ("HTTP/1.1 304 Not Modified", b"".as_slice(), "the service responded with 304, which is no"),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: br", b"\x8b\x01\x80".as_slice(), "it is encoded as br"),
    ] {
        let length = body.len();
        let head = format!("{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
        let (url, _server) = scripted(vec![[head.as_bytes(), body].concat()]).await;
        let error = mariadb_at(&url).list_server_types().send().await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
}
