//! Lists of TaurusDB whose place stands in the request's body, or is a property of the last row.

#![cfg(feature = "huawei-taurusdb-v3")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use dbplane::huawei::taurusdb_v3::{Client, models::*};
use dbplane::{Items, huawei};
use dbplane_fake_cloud::FakeCloud;
use support::service;

const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const NODE: &str = "0f3c2b1a9d8e4f7ab6c5d4e3f2a1b0c9no07";
const FROM: &str = "2026-02-01T02:00:00+0000";
const TO: &str = "2026-02-01T03:00:00+0000";

/// Walks a list with one row on a page, and says of each row what distinguishes it.
async fn walk<T>(items: Items<T>, name: fn(&T) -> Option<String>) -> Vec<String> {
    let (mut items, mut names) = (items.page_size(1), Vec::new());
    while let Some(row) = items.try_next().await.unwrap() {
        names.push(name(&row).unwrap());
    }
    names
}

#[tokio::test]
async fn a_list_by_the_last_row_or_by_an_offset_in_the_body_is_walked_to_its_end() {
    let cloud = FakeCloud::start().await.unwrap();
    let (url, keys) = service(&cloud, "huawei-taurusdb-v3");
    let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = Client::builder().base_url(url).credentials(credentials);
    let client = builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap();

    let errors = client.list_lts_error_log_details(
        INSTANCE,
        ListLtsErrorLogDetailsRequest::new().node_id(NODE).start_time(FROM).end_time(TO).limit(1),
    );
    let lines = ["1769911200123456789", "1769911260123456789"];
    assert_eq!(walk(errors.items(), |row| row.line_num.clone()).await, lines);
    let slow = client.list_lts_slowlog_details(
        INSTANCE,
        ListLtsSlowlogDetailsRequest::new().node_id(NODE).start_time(FROM).end_time(TO).limit(1),
    );
    assert_eq!(walk(slow.items(), |row| row.line_num.clone()).await, lines);
    let files = client.list_audit_log_download_link(INSTANCE, FROM, TO);
    assert_eq!(walk(files.items(), |row| Some(row.name.clone())).await, ["sql.tar.gz", "sql-2.tar.gz"]);
    let progress = client.show_txn_progress(INSTANCE, NODE, ShowTxnProgressRequest::new("rollback"));
    assert_eq!(walk(progress.items(), |row| Some(row.trx_id.clone())).await, ["281479", "281483"]);
    let statistics =
        client.show_slow_log_statistics(INSTANCE, ShowSlowLogStatisticsRequest::new(NODE, FROM, TO));
    let statements = ["SELECT SLEEP(10)", "SELECT SLEEP(5)"];
    assert_eq!(walk(statistics.items(), |row| row.query_sample.clone()).await, statements);
}
