//! Automation of TaurusDB's proxies as a user writes it, tried against the fake cloud.

#![cfg(feature = "huawei-taurusdb-v3")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::time::Duration;

use dbplane::huawei::taurusdb_v3::{Client, models::*};
use dbplane::{Status, Wait, huawei};
use dbplane_fake_cloud::FakeCloud;
use dbplane_fake_cloud::faults::{Fault, Rule};
use support::service;

const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const PROXY: &str = "fbece38953e24a2b891488ed2fdf81abpo01";

/// Looks that follow each other at once.
fn at_once() -> Wait {
    Wait::default().pauses(Duration::from_millis(1), Duration::from_millis(1))
}

fn taurusdb(cloud: &FakeCloud) -> Client {
    let (url, keys) = service(cloud, "huawei-taurusdb-v3");
    let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = Client::builder().base_url(url).credentials(credentials);
    builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap()
}

#[tokio::test]
async fn a_proxy_is_found_moved_and_found_again() {
    let cloud = FakeCloud::builder().pace(Duration::ZERO).start().await.unwrap();
    let client = taurusdb(&cloud);
    let instance = client.find_instance("orders").await.unwrap();
    let id = client.find_proxy(&instance.id, "front").await.unwrap().proxy.unwrap().pool_id.unwrap();
    let change = || client.update_proxy_port(&instance.id, &id, UpdateProxyPortRequest::new(3308));
    let moved = change().send_and_wait(&at_once()).await.unwrap();
    assert_eq!((moved.port, moved.name.as_deref()), (Some(3308), Some("front")));
    let again = change().send_and_wait(&at_once()).await.unwrap();
    assert!(again.is_unchanged() && again.port == Some(3308));
}

#[tokio::test]
async fn a_proxy_is_opened_renamed_and_closed() {
    let cloud = FakeCloud::builder().pace(Duration::ZERO).start().await.unwrap();
    let client = taurusdb(&cloud);
    let bills = client.find_instance("bills").await.unwrap().id;
    let order = CreateProxyRequest::new("gaussdb.proxy.large.x86.2", 2).proxy_name("reports");
    let proxy = client.create_proxy(&bills, order).send_and_wait(&at_once()).await.unwrap();
    assert_eq!((proxy.status.clone(), proxy.node_num), (Some(ProxyStatus::Active), Some(2)));
    let id = proxy.pool_id.clone().unwrap();
    assert_eq!((proxy.name.as_deref(), proxy.resource_id()), (Some("reports"), Some(id.as_str())));
    assert_eq!(client.find_proxy(&bills, "reports").await.unwrap().proxy.unwrap().pool_id, Some(id.clone()));
    client.update_proxy_name(&bills, &id, UpdateProxyNameRequest::new("monthly")).send().await.unwrap();
    assert!(client.find_proxy(&bills, "reports").await.unwrap_err().is_no_match());
    let close = DeleteProxyRequest::new().proxy_ids([id.as_str()]);
    let closed = client.delete_proxy(&bills, close).send_and_wait(&at_once()).await.unwrap();
    assert_eq!(closed.resource_id(), Some(id.as_str()), "{:?}", *closed);
    assert!(client.show_proxy_list(&bills).send().await.unwrap().proxy_list.is_empty());
}

#[tokio::test]
async fn a_proxy_without_a_name_is_told_from_the_one_before_it_and_the_one_after_it() {
    let cloud = FakeCloud::builder().start().await.unwrap();
    let client = taurusdb(&cloud);
    let bills = client.find_instance("bills").await.unwrap().id;
    let order = || CreateProxyRequest::new("gaussdb.proxy.large.x86.2", 2);
    let mut accepted = Vec::new();
    for _ in 0..3 {
        accepted.push(client.create_proxy(&bills, order()).start().await.unwrap());
        cloud.advance(Duration::from_secs(600));
    }
    let mut made = Vec::new();
    for work in accepted {
        assert_eq!(work.resource_id(), None, "the service does not say it");
        let proxy = client.resume(work.token().clone()).wait(&at_once()).await.unwrap();
        assert!(proxy.resource_id().is_some());
        made.push(proxy.resource_id().unwrap_or_default().to_owned());
    }
    let listed = client.show_proxy_list(&bills).send().await.unwrap().into_inner().proxy_list;
    let listed: Vec<_> = listed.into_iter().filter_map(|row| row.proxy?.pool_id).collect();
    assert_eq!(made, listed, "in the order in which they were made");
}

#[tokio::test]
async fn a_job_is_seen_while_the_test_moves_the_clock() {
    let cloud = FakeCloud::builder().now(dbplane::Runtime::system().unix_millis()).start().await.unwrap();
    let client = taurusdb(&cloud);
    let change = UpdateProxyPortRequest::new(3308);
    let accepted = client.update_proxy_port(INSTANCE, PROXY, change.clone()).start().await.unwrap();
    let busy = client.update_proxy_port(INSTANCE, PROXY, change).send().await.unwrap_err();
    assert!(busy.is_conflict() && busy.code() == Some("DBS.200019"), "{busy}");
    let mut statuses = accepted.states(&at_once());
    let mut seen = Vec::new();
    while let Some(status) = statuses.try_next().await.unwrap() {
        seen.push(match status {
            Status::InProgress { state, .. } => state,
            Status::Done(_) => "done".to_owned(),
            _ => continue,
        });
        cloud.advance(Duration::from_secs(1));
    }
    assert_eq!(seen, ["unknown", "Running", "done"]);
}

#[tokio::test]
async fn a_job_that_fails_is_an_error_and_the_next_one_is_not() {
    let rule = Rule::new(Fault::FailedWork).service("huawei-taurusdb-v3").first(1);
    let cloud = FakeCloud::builder().pace(Duration::ZERO).faults([rule]).start().await.unwrap();
    let client = taurusdb(&cloud);
    client.update_proxy_name(INSTANCE, PROXY, UpdateProxyNameRequest::new("main")).send().await.unwrap();
    let change = || client.update_proxy_port(INSTANCE, PROXY, UpdateProxyPortRequest::new(3308));
    let error = change().send_and_wait(&at_once()).await.unwrap_err();
    assert!(error.is_operation_failed() && error.to_string().contains("Failed: The work failed."), "{error}");
    let moved = change().send_and_wait(&at_once()).await.unwrap();
    assert_eq!((moved.port, moved.name.as_deref()), (Some(3308), Some("main")));
}
