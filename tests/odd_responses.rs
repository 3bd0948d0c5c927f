//! Responses in forms that no page documents. Calls, rows, pages, finders and waits read them alike, and what is not
//! understood is an error: never an empty list, never "not there", never "unchanged".

#![cfg(feature = "all-services")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use dbplane::huawei::taurusdb_v3::Client;
use dbplane::huawei::taurusdb_v3::models::{DeleteProxyRequest, ProxyWithNodes, UpdateProxyPortRequest};
use dbplane::{Error, Runtime, Wait};
use support::{answer, dbss_at, mariadb_at, oceanbase_at, served, taurusdb_at};

const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const PROXY: &str = "fbece38953e24a2b891488ed2fdf81abpo01";
const JOB: &str = r#"{"job":{"id":"job-1","status":"Completed"}}"#;

/// A client of a service that lists proxies, shows a job and accepts everything else in these words.
async fn taurusdb(list: &str, job: &str, accepted: &str) -> Client {
    let [list, job, accepted] = [list, job, accepted].map(str::to_owned);
    let url = served(move |request| {
        let (method, path) = request.split_once(' ').unwrap();
        let path = path.split([' ', '?']).next().unwrap();
        let body = match method {
            "GET" if path.ends_with("/proxies") => &list,
            "GET" if path.ends_with("/jobs") => &job,
            _ => &accepted,
        };
        answer("200 OK", "", body)
    });
    taurusdb_at(&url.await, &Runtime::fixed(1_768_465_800_000, 1))
}

/// The names of the proxies, as each reader finds them.
async fn names(client: &Client) -> Vec<(&'static str, Result<Vec<String>, Error>)> {
    let name = |row: ProxyWithNodes| row.proxy.and_then(|proxy| proxy.name).unwrap_or_default();
    let all = |rows: Vec<ProxyWithNodes>| rows.into_iter().map(name).collect::<Vec<_>>();
    let list = || client.show_proxy_list(INSTANCE);
    let sent = list().send().await.map(|response| all(response.into_inner().proxy_list));
    let page = list().pages().try_next().await;
    let page = page.map(|page| all(page.map(|page| page.into_inner().proxy_list).unwrap_or_default()));
    let row = list().items().try_next().await.map(|row| all(row.into_iter().collect()));
    let found = client.find_proxy(INSTANCE, "front").await.map(|row| vec![name(row)]);
    vec![("send", sent), ("pages", page), ("items", row), ("find", found)]
}

/// What waits make of the list: a change that had nothing to do reads the proxy, a deletion is done when it is gone.
async fn waits(client: &Client) -> [Result<bool, Error>; 2] {
    let change = client.update_proxy_port(INSTANCE, PROXY, UpdateProxyPortRequest::new(3308));
    let unchanged = change.send_and_wait(&Wait::default()).await.map(|outcome| outcome.is_unchanged());
    let all = DeleteProxyRequest::new().proxy_ids([PROXY]);
    let gone = client.delete_proxy(INSTANCE, all).send_and_wait(&Wait::default()).await.map(|_| true);
    [unchanged, gone]
}

/// One proxy in every form in which services send a list of one.
fn lists_of_one() -> Vec<String> {
    let row = format!(
        r#"{{"proxy":{{"pool_id":"{PROXY}","name":"front","port":"","alias":"a{raw}b\ud83d"}},"more":"\udca9"}}"#,
        raw = "\n\0"
    );
    let text = |json: &str| serde_json::to_string(json).unwrap();
    let rows = format!("[{row}]");
    [rows.clone(), row.clone(), text(&rows), text(&row), text(&format!(" {rows}\r\n"))].into()
}

#[tokio::test]
async fn a_list_is_read_alike_in_every_form_by_every_reader() {
    for list in lists_of_one() {
        for mark in ["", "\u{feff}", "\r\n"] {
            let body = format!("{mark}{{\"proxy_list\":{list}}}\r\n");
            let client = taurusdb(&body, JOB, "{}").await;
            for (reader, names) in names(&client).await {
                assert_eq!(names.unwrap(), ["front"], "{reader}: {body}");
            }
            assert!(waits(&client).await[0].as_ref().unwrap(), "{body}");
        }
    }
}

#[tokio::test]
async fn an_empty_list_is_empty_in_every_form() {
    for list in ["[]", "{}", "null", "\"\"", "\" \"", "\"[]\"", "\"{}\""] {
        let body = format!("{{\"proxy_list\":{list}}}");
        let client = taurusdb(&body, JOB, r#"{"job_id":"job-1"}"#).await;
        for (reader, names) in names(&client).await {
            match names {
                Ok(names) => assert!(names.is_empty() && reader != "find", "{reader}: {body}"),
                Err(error) => assert!(error.is_no_match() && reader == "find", "{reader}: {body}: {error}"),
            }
        }
        let [_, gone] = waits(&client).await;
        assert!(gone.unwrap(), "{body}");
    }
}

/// Bodies with a good status that do not say what they should.
const NOT_UNDERSTOOD: [&str; 14] = [
    "",
    "\r\n",
    "{}",
    "[]",
    "null",
    "\"OK\"",
    "OK",
    "<html></html>",
    "{\"proxy_list\":",
    "{\"other\":[]}",
    "{\"proxy_list\":7}",
    "{\"proxy_list\":true}",
    "{\"proxy_list\":\"OK\"}",
    "{\"proxy_list\":[7]}",
];

/// Errors with a good status, in the vendors' forms.
const ERRORS: [&str; 10] = [
    r#"{"fault":{"faultcode":"E.1","faultstring":"busy"}}"#,
    r#"{"Exception":{"code":"E.1","message":"busy"}}"#,
    r#"{"error_code":"E.1","error_msg":"busy"}"#,
    r#"{"errCode":"E.1","errMsg":"busy"}"#,
    r#"{"ErrorCode":"E.1","Message":"busy","data":{},"proxy_list":[],"contents":[],"count":0,"job_id":"j"}"#,
    "\u{feff}{\"error_code\":\"E.1\",\"error_msg\":\"busy\\ud83d\n\"}",
    r#"{"errors":[{"code":"E.1","detail":"busy"}]}"#,
    r#"{"error":{"code":"E.1","message":"busy"}}"#,
    r#"{"error":{"error_code":"E.1","error_msg":"busy"},"proxy_list":[]}"#,
    r#"{"request_id":"r","errorCode":"E.1","errorMessage":"busy"}"#,
];

#[tokio::test]
async fn what_is_not_understood_is_an_error_for_every_reader() {
    for body in NOT_UNDERSTOOD.into_iter().chain(ERRORS) {
        for accepted in ["{}", r#"{"job_id":"job-1"}"#] {
            let client = taurusdb(body, JOB, accepted).await;
            for (reader, names) in names(&client).await {
                let error = names.expect_err(&format!("{reader}: {body:?}"));
                assert!(!error.is_no_match() && !error.is_not_found(), "{reader}: {body:?}: {error}");
                let known = if ERRORS.contains(&body) { Some("E.1") } else { None };
                assert_eq!(error.code(), known, "{reader}: {body:?}: {error}");
                assert!(known.is_some() || error.is_decode(), "{reader}: {body:?}: {error}");
            }
            for outcome in waits(&client).await {
                assert!(outcome.is_err(), "{body:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_job_that_is_not_understood_is_neither_done_nor_unknown() {
    for body in NOT_UNDERSTOOD.into_iter().chain(ERRORS).chain([r#"{"job":null}"#, r#"{"job":[]}"#]) {
        let client = taurusdb(r#"{"proxy_list":[]}"#, body, r#"{"job_id":"job-1"}"#).await;
        for outcome in waits(&client).await {
            let error = outcome.expect_err(body);
            assert!(error.is_accepted() && !error.is_operation_failed(), "{body:?}: {error}");
        }
    }
    let quoted = serde_json::to_string(r#"{"id":"job-1","status":"Completed"}"#).unwrap();
    let job = format!("\u{feff}{{\"job\":{quoted},\"note\":\"\\ud83d\n\"}}");
    let client = taurusdb(r#"{"proxy_list":[]}"#, &job, r#"{"job_id":"job-1"}"#).await;
    assert!(waits(&client).await[1].as_ref().unwrap());
}

#[tokio::test]
async fn only_an_object_says_that_there_was_nothing_to_do() {
    let list = format!("{{\"proxy_list\":{}}}", lists_of_one()[0]);
    for accepted in ["{}", r#"{"job_id":null}"#, r#"{"job_id":""}"#] {
        let [unchanged, deleted] = waits(&taurusdb(&list, JOB, accepted).await).await;
        assert!(unchanged.unwrap(), "{accepted}");
        let error = deleted.unwrap_err();
        assert!(
            error.is_decode() && error.may_have_taken_effect() && !error.is_accepted(),
            "{accepted}: {error}"
        );
    }
    for accepted in ["", "OK", "\"OK\"", "null", "[]", "7", "<html>"].into_iter().chain(ERRORS) {
        for outcome in waits(&taurusdb(&list, JOB, accepted).await).await {
            let error = outcome.expect_err(accepted);
            assert!(error.may_have_taken_effect() && !error.is_accepted(), "{accepted}: {error}");
        }
    }
}

#[tokio::test]
async fn an_error_in_a_200_is_an_error_for_every_vendor() {
    for body in ERRORS {
        let url = served(move |_| answer("200 OK", "", body)).await;
        let (samsung, oceanbase, dbss) = (mariadb_at(&url), oceanbase_at(&url), dbss_at(&url));
        let taurusdb = taurusdb_at(&url, &Runtime::system());
        let token = dbplane::huawei::Credentials::token("MIIX");
        let iam = dbplane::huawei::iam_v3::Client::builder().base_url(url.as_str()).credentials(token);
        let iam = iam.build().unwrap();
        let id = "109a585ae67b4e8482fdafc8a4a5be74";
        let errors = [
            samsung.show_cluster(id).send().await.map(|_| ()),
            samsung.list_clusters().send().await.map(|_| ()),
            samsung.list_clusters().items().try_next().await.map(|_| ()),
            samsung.find_cluster("orders").await.map(|_| ()),
            samsung.restart_cluster(id).send().await.map(|_| ()),
            samsung.restart_cluster(id).send_and_wait(&Wait::default()).await.map(|_| ()),
            oceanbase.describe_instance("ob1").send().await.map(|_| ()),
            oceanbase.describe_instances().items().try_next().await.map(|_| ()),
            oceanbase.find_instance("shop").await.map(|_| ()),
            oceanbase.stop_cluster("ob1").send().await.map(|_| ()),
            oceanbase.stop_cluster("ob1").send_and_wait(&Wait::default()).await.map(|_| ()),
            dbss.list_db_om_instances().send().await.map(|_| ()),
            taurusdb.delete_task_record(id).send().await.map(|_| ()),
            taurusdb.restart_proxy_instance(INSTANCE, PROXY).send().await.map(|_| ()),
            iam.keystone_list_projects().send().await.map(|_| ()),
        ];
        for (number, outcome) in errors.into_iter().enumerate() {
            let error = outcome.expect_err(&format!("call {number}: {body}"));
            assert_eq!(
                (error.status(), error.code()),
                (Some(200), Some("E.1")),
                "call {number}: {body}: {error}"
            );
            assert!(error.message().unwrap().starts_with("busy"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_write_without_a_result_takes_any_word_but_an_error() {
    for body in [
        "",
        "\r\n",
        " ",
        "OK",
        "ok\n",
        "\"OK\"",
        "true",
        "{}",
        "null",
        "[]",
        "{\"error_code\":\"\"}",
        "{\"errors\":[]}",
    ] {
        let client = taurusdb("", "", body).await;
        client.delete_task_record("job-1").send().await.unwrap();
    }
    for body in ["<html>Log in</html>", "{\"a\":"].into_iter().chain(ERRORS) {
        let client = taurusdb("", "", body).await;
        let error = client.delete_task_record("job-1").send().await.unwrap_err();
        assert!(error.may_have_taken_effect(), "{body}: {error}");
    }
}

#[tokio::test]
async fn a_list_that_is_not_there_is_empty_only_beside_a_total_of_none() {
    for (body, empty) in [
        (r#"{"count":0}"#, true),
        (r#"{"count":"0","page":0}"#, true),
        (r#"{"\u0063ontents":[],"count":1,"page":0}"#, false),
        (r#"{"count":1}"#, false),
        (r#"{"count":null}"#, false),
        ("{}", false),
    ] {
        let url = served(move |_| answer("200 OK", "", body)).await;
        let rows = mariadb_at(&url).list_clusters().items().try_next().await;
        let found = mariadb_at(&url).find_cluster("orders").await.unwrap_err();
        assert_eq!((rows.is_ok(), found.is_no_match()), (empty, empty), "{body}: {found}");
    }
}
