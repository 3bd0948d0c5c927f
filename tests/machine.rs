//! The limits of a machine: open files, root certificates, several runtimes. What needs a process with limits of its own
//! is a test that another one starts.

#![cfg(all(unix, feature = "samsung-mariadb-1.0"))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::fs::File;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dbplane::samsung::Credentials;
use dbplane::samsung::mariadb_1_0::Client;
use dbplane::{CallOptions, Retry, RetryBudget, Runtime, Transport};
use dbplane_fake_cloud::FakeCloud;
use support::{answer, mariadb, served};

const REQUEST: &str = r#"{"request_id":"r","state":"COMPLETED"}"#;
const URL: &str = "DBPLANE_TEST_URL";

/// A client of this address with this transport, if there is one.
fn client(url: &str, transport: Option<Transport>) -> Client {
    let builder = Client::builder().base_url(url).credentials(Credentials::access_key("k", "s"));
    let builder = builder.retry(Retry::never());
    match transport {
        Some(transport) => builder.transport(transport).build().unwrap(),
        None => builder.build().unwrap(),
    }
}

/// Runs a test of this file in a process of its own, after these commands of the shell.
async fn alone(test: &'static str, commands: &'static str, url: &str) {
    let program = std::env::current_exe().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{commands}; exec \"$0\" \"$@\"")]).arg(program);
    shell.args(["--ignored", "--exact", test]).env(URL, url);
    let output = tokio::task::spawn_blocking(move || shell.output()).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

#[tokio::test]
async fn a_thousand_calls_at_once_fit_into_256_open_files() {
    let url = served(|_| answer("200 OK", "", REQUEST)).await;
    alone("a_thousand_calls_at_once", "ulimit -n 256", &url).await;
}

#[tokio::test]
#[ignore = "run by another test"]
async fn a_thousand_calls_at_once() {
    let client = client(&std::env::var(URL).unwrap(), None);
    let calls: Vec<_> = (0..1_000).map(|_| tokio::spawn(client.show_request("r").send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn too_many_open_files_are_told_with_their_remedy_and_cost_no_retries() {
    let url = served(|_| answer("500 Internal Server Error", "", "{}")).await;
    alone("too_many_open_files", "ulimit -n 64", &url).await;
}

#[tokio::test]
#[ignore = "run by another test"]
async fn too_many_open_files() {
    let budget = RetryBudget::new(10);
    let builder = Client::builder().base_url(std::env::var(URL).unwrap()).retry_budget(budget);
    let builder = builder.credentials(Credentials::access_key("k", "s")).runtime(Runtime::fixed(0, 1));
    let client = builder.build().unwrap();
    let files: Vec<_> = std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
    for _ in 0..20 {
        let error = client.delete_cluster("c").send().await.unwrap_err();
        assert!(error.is_local() && !error.is_connect() && !error.may_have_taken_effect(), "{error}");
        assert!(
            error.to_string().contains("ulimit -n") && error.to_string().contains("max_connections"),
            "{error}"
        );
    }
    drop(files);
    // Two retries take all of the budget, which is therefore still full.
    assert_eq!(client.show_request("r").send().await.unwrap_err().requests_sent(), 3);
}

#[tokio::test]
async fn plain_http_needs_no_root_certificates_and_https_says_what_is_missing() {
    let url = served(|_| answer("200 OK", "", REQUEST)).await;
    alone("without_root_certificates", "export SSL_CERT_FILE=/nowhere SSL_CERT_DIR=/nowhere", &url).await;
}

#[tokio::test]
#[ignore = "run by another test"]
async fn without_root_certificates() {
    client(&std::env::var(URL).unwrap(), None).show_request("r").send().await.unwrap();
    let builder = || Client::builder().credentials(Credentials::access_key("k", "s"));
    if cfg!(feature = "rustls") && cfg!(target_os = "linux") {
        let line = builder().build().unwrap_err().to_string();
        for part in ["needs TLS", "No CA certificates were loaded", "SSL_CERT_FILE", "root_certificate_pem"] {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
    // With none to be read, none is missing.
    let none = Transport::builder().only_given_root_certificates().build().unwrap();
    builder().transport(none).build().unwrap();
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_there_may_be_connections() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (under_way, highest) = (Arc::clone(&now), Arc::clone(&most));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        while let Ok((mut socket, _)) = listener.accept().await {
            let (under_way, highest) = (Arc::clone(&under_way), Arc::clone(&highest));
            tokio::spawn(async move {
                let mut seen = [0; 4096];
                if matches!(socket.read(&mut seen).await, Ok(1..)) {
                    highest.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    for _ in 0..20 {
                        tokio::task::yield_now().await;
                    }
                    under_way.fetch_sub(1, Ordering::SeqCst);
                    let _ = socket.write_all(&answer("200 OK", "", REQUEST)).await;
                }
            });
        }
    });
    let few = Transport::builder().max_connections(2).build().unwrap();
    let client = client(&url, Some(few));
    let calls: Vec<_> = (0..30).map(|_| tokio::spawn(client.show_request("r").send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_call_that_waits_for_a_connection_too_long_was_never_sent_and_says_why() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let one = Transport::builder().max_connections(0).build().unwrap();
    let client = client(&format!("http://{}", silent.local_addr().unwrap()), Some(one));
    let first = tokio::spawn(client.delete_cluster("c").send());
    let (held, _) = silent.accept().await.unwrap();
    let options = CallOptions::new().timeout(Duration::from_millis(50));
    let error = client.delete_cluster("c").with_options(options).send().await.unwrap_err();
    assert!(error.is_timeout() && error.requests_sent() == 0 && !error.may_have_taken_effect(), "{error}");
    assert!(error.to_string().contains("it waited for one of the 1 connections"), "{error}");
    drop(held);
    assert!(first.await.unwrap().unwrap_err().may_have_taken_effect());
}

#[tokio::test]
async fn an_idle_connection_is_used_again_until_its_time_is_over() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&accepted);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut seen = [0; 4096];
                while let Ok(1..) = socket.read(&mut seen).await {
                    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", REQUEST.len());
                    let _ = socket.write_all((head + REQUEST).as_bytes()).await;
                }
            });
        }
    });
    for (idle, connections) in [(Duration::from_secs(50), 1), (Duration::ZERO, 3)] {
        accepted.store(0, Ordering::SeqCst);
        let transport = Transport::builder().pool_idle_timeout(idle).build().unwrap();
        let client = client(&url, Some(transport));
        for _ in 0..3 {
            client.show_request("r").send().await.unwrap();
        }
        assert_eq!(accepted.load(Ordering::SeqCst), connections, "{idle:?}");
    }
}

#[test]
fn a_runtime_that_stands_still_keeps_no_call_of_another_waiting() {
    let drives = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let cloud = drives.block_on(FakeCloud::builder().start()).unwrap();
    let client = mariadb(&cloud);
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stands_still = runtime();
    stands_still.block_on(client.list_clusters().send()).unwrap();
    let limit = CallOptions::new().timeout(Duration::from_secs(20));
    for _ in 0..10 {
        let other = runtime();
        other.block_on(client.list_clusters().with_options(limit.clone()).send()).unwrap();
        other.block_on(client.list_clusters().with_options(limit.clone()).send()).unwrap();
    }
    stands_still.block_on(client.list_clusters().send()).unwrap();
}
