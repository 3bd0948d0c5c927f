//! Nothing that a service accepted is ever hidden: each service, each kind of error after the acceptance, against the
//! fake cloud, which counts what it carried out.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0",
    feature = "samsung-mariadb-1.3",
    feature = "samsung-mysql-1.3"
))]
#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

mod support;

use std::error::Error as _;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use dbplane::oceanbase::cloud_v2::models::CreateTenantRequest;
use dbplane::{Error, Retry, Runtime, Wait, huawei, oceanbase, samsung};
use dbplane_fake_cloud::FakeCloud;
use dbplane_fake_cloud::faults::{ErrorResponse, Fault, Rule};
use support::service;

const NOW: i64 = 1_768_465_800_000;
const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const PROXY: &str = "fbece38953e24a2b891488ed2fdf81abpo01";
const OB: &str = "ob317v4uif****";
const DBSS: &str = "a8c37c9be61ffd4ee8aacab7bae74e91";

/// Sends a write of a service, and waits with a clock that moves only when something waits.
type Write = for<'c> fn(&'c FakeCloud, Wait) -> Pin<Box<dyn Future<Output = Error> + 'c>>;

/// A service, a write of it, what polls, and how the error is sent.
struct Case {
    service: &'static str,
    operation: &'static str,
    poll: &'static str,
    write: Write,
}

fn wait(kind: &str) -> Wait {
    // One odd response is forgiven; only many in a row end a wait.
    let seconds = if kind == "unreadable" { 900 } else { 60 };
    Wait::default().timeout(Duration::from_secs(seconds))
}

/// Waits for what fails, after work has had the time to show.
fn failing<'c, R: Send + 'static>(
    cloud: &'c FakeCloud,
    start: impl Future<Output = Result<dbplane::Accepted<R>, Error>> + 'c,
    wait: Wait,
) -> Pin<Box<dyn Future<Output = Error> + 'c>> {
    Box::pin(async move {
        let accepted = start.await.unwrap();
        cloud.advance(Duration::from_secs(30));
        match accepted.wait(&wait).await {
            Ok(_) => panic!("it must fail"),
            Err(error) => error,
        }
    })
}

macro_rules! samsung_case {
    ($service:literal, $module:ident) => {
        Case {
            service: $service,
            operation: "RestartCluster",
            poll: "ShowRequest",
            write: |cloud, wait| {
                let (url, keys) = service(cloud, $service);
                let credentials =
                    samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
                let builder = samsung::$module::Client::builder().base_url(url).credentials(credentials);
                let builder = builder.runtime(Runtime::fixed(NOW, 1)).retry(Retry::never());
                let clusters = builder.build().unwrap();
                let start = async move {
                    let id = clusters.list_clusters().send().await?.contents[0].id.clone();
                    clusters.restart_cluster(id).start().await
                };
                failing(cloud, start, wait)
            },
        }
    };
}

fn cases() -> [Case; 6] {
    [
        samsung_case!("samsung-mariadb-1.0", mariadb_1_0),
        samsung_case!("samsung-mariadb-1.3", mariadb_1_3),
        samsung_case!("samsung-mysql-1.3", mysql_1_3),
        Case {
            service: "huawei-taurusdb-v3",
            operation: "RestartProxyInstance",
            poll: "ShowGaussMySqlJobInfo",
            write: |cloud, wait| {
                let (url, keys) = service(cloud, "huawei-taurusdb-v3");
                let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
                let builder = huawei::taurusdb_v3::Client::builder().base_url(url).credentials(credentials);
                let builder = builder.runtime(Runtime::fixed(NOW, 1)).retry(Retry::never());
                let client = builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap();
                failing(cloud, client.restart_proxy_instance(INSTANCE, PROXY).start(), wait)
            },
        },
        Case {
            service: "huawei-dbss-v2",
            operation: "StopDbOmInstance",
            poll: "ListDbOmInstances",
            write: |cloud, wait| {
                let (url, keys) = service(cloud, "huawei-dbss-v2");
                let (iam, _) = service(cloud, "huawei-iam-v3");
                let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
                let builder =
                    huawei::dbss_v2::Client::builder().base_url(url).iam_url(iam).credentials(credentials);
                let builder = builder.runtime(Runtime::fixed(NOW, 1)).retry(Retry::never());
                let client = builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap();
                failing(cloud, client.stop_db_om_instance(DBSS).start(), wait)
            },
        },
        Case {
            service: "oceanbase-cloud-v2",
            operation: "createTenant",
            poll: "describeTenant",
            write: |cloud, wait| {
                let (url, keys) = service(cloud, "oceanbase-cloud-v2");
                let credentials =
                    oceanbase::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
                let builder = oceanbase::cloud_v2::Client::builder().base_url(url).credentials(credentials);
                let builder = builder.runtime(Runtime::fixed(NOW, 1)).retry(Retry::never());
                let client = builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap();
                failing(cloud, client.create_tenant(OB, CreateTenantRequest::new("ledger")).start(), wait)
            },
        },
    ]
}

/// What goes wrong after the acceptance.
fn faults() -> Vec<(&'static str, Option<Fault>)> {
    vec![
        ("timeout", None),
        ("403", Some(ErrorResponse::new(403).into())),
        ("404", Some(ErrorResponse::new(404).into())),
        ("500", Some(ErrorResponse::new(500).into())),
        ("dropped", Some(Fault::ResetBefore)),
        ("unreadable", Some(Fault::Garbage { text: "<html>".to_owned() })),
        ("failed", Some(Fault::FailedWork)),
    ]
}

#[tokio::test]
async fn every_error_after_the_acceptance_names_the_write_and_what_was_accepted() {
    for case in cases() {
        for (kind, fault) in faults() {
            // Work that fails must end; all other work lasts longer than the wait.
            let fails = kind == "failed";
            let operation = if fails { case.operation } else { case.poll };
            let rules = fault.map(|fault| Rule::new(fault).service(case.service).operation(operation));
            let pace = if fails { Duration::ZERO } else { Duration::from_secs(3_600) };
            let builder = FakeCloud::builder().now(NOW).pace(pace);
            let cloud = builder.faults(rules).start().await.unwrap();
            let error = (case.write)(&cloud, wait(kind)).await;
            let what = format!("{} {kind}: {error}", case.service);
            assert!(error.is_accepted() && error.may_have_taken_effect(), "{what}");
            assert_eq!(error.operation().map(|o| o.id), Some(case.operation), "{what}");
            let token = error.accepted().unwrap();
            assert_eq!((token.service(), token.operation()), (case.service, case.operation), "{what}");
            assert_eq!(error.request_id(), token.request_id(), "{what}");
            assert!(!error.is_throttled() && !error.is_auth() && !error.is_invalid_request(), "{what}");
            assert_eq!(error.is_timeout(), matches!(kind, "timeout" | "500" | "dropped"), "{what}");
            assert_eq!(error.is_operation_failed(), fails, "{what}");
            let cause = error.source().and_then(|source| source.downcast_ref::<Error>());
            let polled = cause.and_then(Error::operation).map(|o| o.id);
            let expected = (!matches!(kind, "timeout" | "failed")).then_some(case.poll);
            assert_eq!(polled, expected, "{what}");
            let executed = |e: &dbplane_fake_cloud::Entry| {
                e.service == case.service
                    && e.operation.as_deref() == Some(case.operation)
                    && e.problem.is_none()
            };
            assert_eq!(cloud.journal().iter().filter(|e| executed(e)).count(), 1, "{what}");
        }
    }
}
