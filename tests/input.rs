//! Input that no service can mean: refused before anything is sent, with the name of the parameter; and arguments and
//! surroundings that must not make a program panic.

#![cfg(feature = "all-services")]
#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

mod support;

use std::time::Duration;

use dbplane::{
    CallOptions, Error, Retry, RetryBudget, Runtime, Token, Transport, Wait, huawei, oceanbase, samsung,
};
use support::{answer, dbss_at, mariadb_at, oceanbase_at, served, taurusdb_at};

const NOWHERE: &str = "http://127.0.0.1:1";

/// Checks that nothing was sent because of this parameter.
fn refused<T>(outcome: Result<T, Error>, parameter: &str, value: &str) {
    let error = outcome.err().unwrap_or_else(|| panic!("{parameter} = {value:?} was sent"));
    let fields: Vec<_> = error.violations().iter().map(|violation| violation.field()).collect();
    assert!(error.is_invalid_request() && fields.contains(&parameter), "{parameter} = {value:?}: {error}");
    assert!(!error.may_have_taken_effect() && error.requests_sent() == 0, "{error}");
    let line = error.to_string();
    assert!(line.len() < 1_000 && !line.contains(char::is_control), "{line}");
}

#[tokio::test]
async fn what_no_id_can_be_is_refused_with_its_name() {
    let long = "x".repeat(1025);
    let ids = [
        "",
        " ",
        "\t",
        "a b",
        " a",
        "a\n",
        "a\0b",
        "\u{7f}",
        "a/b",
        "/",
        "../x",
        "a\\b",
        ".",
        "..",
        "\u{a0}",
        "\u{200b}",
        "a\u{202e}b",
        "\u{feff}a",
        "\u{3000}",
        &long,
    ];
    for id in ids {
        refused(mariadb_at(NOWHERE).show_cluster(id).send().await, "cluster_id", id);
        refused(mariadb_at(NOWHERE).delete_cluster(id).send().await, "cluster_id", id);
        refused(
            mariadb_at(NOWHERE).delete_cluster(id).send_and_wait(&Wait::default()).await,
            "cluster_id",
            id,
        );
        refused(mariadb_at(NOWHERE).list_backup_histories(id).items().try_next().await, "cluster_id", id);
        refused(oceanbase_at(NOWHERE).describe_instance(id).send().await, "instanceId", id);
        refused(oceanbase_at(NOWHERE).describe_tenant("ob1", id).send().await, "tenantId", id);
        let taurusdb = taurusdb_at(NOWHERE, &Runtime::system());
        refused(taurusdb.delete_task_record(id).send().await, "job_id", id);
        let dbss = huawei::dbss_v2::Client::builder().base_url(NOWHERE).iam_url(NOWHERE).project_id(id);
        let dbss = dbss.credentials(huawei::Credentials::access_key("ak", "sk")).build().unwrap();
        refused(dbss.list_db_om_instances().send().await, "project_id", id);
    }
    for good in ["a", &"x".repeat(1024), "a.b", "a:b", "ü", "50%", "a?b#c", "中文"] {
        let error = mariadb_at(NOWHERE).show_cluster(good).send().await.unwrap_err();
        assert!(error.is_connect(), "{good}: {error}");
    }
    refused(taurusdb_at(NOWHERE, &Runtime::system()).show_job_info("").send().await, "id", "");
}

#[tokio::test]
async fn header_values_that_are_empty_or_not_plain_are_refused_with_their_name() {
    for value in ["", " ", "é", "ключ", "a\r\nX-Evil: 1", "a\0", "a\tb", "a ", " a", "\u{200b}"] {
        let keys = || samsung::Credentials::access_key("a", "b");
        let samsung = || samsung::mariadb_1_0::Client::builder().base_url(NOWHERE).credentials(keys());
        let client = samsung().language(value).build().unwrap();
        refused(client.list_clusters().send().await, "Accept-Language", value);
        if value != " a" {
            let client = samsung().api_version(value).build().unwrap();
            refused(client.list_clusters().send().await, "Scp-Api-Version", value);
        }
        let keys = oceanbase::Credentials::access_key("a", "b");
        let client =
            oceanbase::cloud_v2::Client::builder().base_url(NOWHERE).credentials(keys).project_id(value);
        refused(client.build().unwrap().describe_instances().send().await, "X-Ob-Project-Id", value);
        let iam = huawei::iam_v3::Client::builder()
            .base_url(NOWHERE)
            .credentials(huawei::Credentials::token("MIIX"));
        refused(iam.build().unwrap().keystone_validate_token(value).send().await, "X-Subject-Token", value);
        let error = mariadb_with(samsung::Credentials::access_key(value, "b"))
            .list_clusters()
            .send()
            .await
            .unwrap_err();
        assert!(error.is_auth() && error.to_string().contains("access key"), "{value:?}: {error}");
    }
}

fn mariadb_with(credentials: samsung::Credentials) -> samsung::mariadb_1_0::Client {
    samsung::mariadb_1_0::Client::builder().base_url(NOWHERE).credentials(credentials).build().unwrap()
}

#[tokio::test]
async fn no_argument_makes_a_call_panic() {
    let row = r#"{"contents":[{"backup_history_number":"1","backup_start_at":"","backup_end_at":"","backup_size_gb":1,
        "backup_state":"Success","software_version":"10.11"}],"total_count":1}"#;
    let url = served(move |_| answer("200 OK", "", row)).await;
    for end in [i64::MIN, 0, i64::MAX] {
        let transport = Transport::builder()
            .connect_timeout(Duration::MAX)
            .attempt_timeout(Duration::MAX)
            .pool_idle_timeout(Duration::MAX)
            .max_connections(usize::MAX)
            .max_response_size(usize::MAX);
        let builder =
            samsung::mariadb_1_0::Client::builder().base_url(url.as_str()).call_timeout(Duration::MAX);
        let builder = builder.credentials(samsung::Credentials::access_key("a", "b"));
        let builder = builder.transport(transport.build().unwrap()).runtime(Runtime::fixed(end, u64::MAX));
        let builder = builder.retry(Retry::default().attempts(u32::MAX).pauses(Duration::MAX, Duration::MAX));
        let client = builder.retry_budget(RetryBudget::new(u32::MAX)).build().unwrap();
        let list = || client.list_backup_histories("c1");
        list().send().await.unwrap();
        let options = CallOptions::new().timeout(Duration::MAX).attempt_timeout(Duration::MAX);
        let mut rows =
            list().with_options(options).items().prefetch(usize::MAX).page_size(20).max_rows(u64::MAX);
        assert!(rows.try_next().await.unwrap().is_some());
        for start in [i64::MIN, i64::MAX] {
            _ = list().items().start(start).page_size(20).try_next().await;
            _ = list().items().page_size(start).try_next().await;
        }
        let operation = samsung::mariadb_1_0::OPERATIONS.iter().find(|o| o.id == "RestartCluster").unwrap();
        let token = Token::new(operation, [("request_id", "r1"), ("cluster_id", "c1")]);
        let wait = Wait::default().pauses(Duration::MAX, Duration::MAX).timeout(Duration::MAX);
        let error = client.resume(token).wait(&wait).await.unwrap_err();
        assert!(error.is_accepted() && error.is_timeout(), "{error}");
    }
}

#[tokio::test]
async fn a_token_that_the_client_cannot_wait_for_says_what_can() {
    let operation = samsung::mariadb_1_0::OPERATIONS.iter().find(|o| o.id == "RestartCluster").unwrap();
    let token = Token::new(operation, [("request_id", "r1"), ("cluster_id", "c1")]).to_string();
    let resumed = async |line: &str| {
        let token = line.parse::<Token>().unwrap();
        mariadb_at(NOWHERE).resume(token).wait(&Wait::default()).await.unwrap_err()
    };
    // As a program has it that was built without the feature of the operation.
    let error = resumed(&token.replace("RestartCluster", "RebuildCluster")).await;
    assert!(error.is_configuration(), "{error}");
    assert!(
        error
            .to_string()
            .ends_with("enable the Cargo feature that has this operation, or that of the whole service"),
        "{error}"
    );
    let error = resumed(&token.replace("samsung-mariadb-1.0", "samsung-mysql-1.3")).await;
    assert!(error.is_configuration(), "{error}");
    assert!(error.to_string().ends_with("resume it with a client of that service"), "{error}");
}

#[test]
fn without_a_runtime_a_call_says_so() {
    let poll = |future: std::pin::Pin<Box<dyn Future<Output = Error>>>| {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::Pin::new(&mut { future }).poll(&mut context) {
            std::task::Poll::Ready(error) => error,
            std::task::Poll::Pending => panic!("it waits for a runtime that is not there"),
        }
    };
    let client = mariadb_at(NOWHERE);
    let (first, second, third) = (client.clone(), client.clone(), client.clone());
    let operation = samsung::mariadb_1_0::OPERATIONS.iter().find(|o| o.id == "RestartCluster").unwrap();
    let token = Token::new(operation, [("request_id", "r1"), ("cluster_id", "c1")]);
    let errors = [
        poll(Box::pin(async move { first.list_clusters().send().await.unwrap_err() })),
        poll(Box::pin(
            async move { second.list_clusters().items().prefetch(2).try_next().await.unwrap_err() },
        )),
        poll(Box::pin(async move { third.resume(token).wait(&Wait::default()).await.unwrap_err() })),
    ];
    for error in errors {
        assert!(error.is_configuration() && error.to_string().contains("no tokio runtime"), "{error}");
    }
    let no_io = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let error = no_io.block_on(dbss_at(NOWHERE).list_db_om_instances().send()).unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("no I/O"), "{error}");
    let bare = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = bare.block_on(dbss_at(NOWHERE).list_db_om_instances().send()).unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("enable_all()"), "{error}");
}
