//! A process that is killed while it waits loses nothing: another one waits on from the token that it left.
//!
//! The process is this test program, started again for the one test that waits.

#![cfg(feature = "samsung-mariadb-1.0")]
#![allow(clippy::unwrap_used, clippy::print_stdout)] // clippy knows tests, not their helpers

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use dbplane::samsung::Credentials;
use dbplane::samsung::mariadb_1_0::Client;
use dbplane::{Token, Wait};
use dbplane_fake_cloud::FakeCloud;
use support::{mariadb, service};

/// Where the cloud is, who may call it, and what to restart, one to a line.
const ORDERS: &str = "DBPLANE_TEST_KILLED";

/// Before the token on the standard output, where the test harness writes too.
const MARK: &str = "accepted: ";

/// What the second process does: accept work, tell its token, wait. Alone it does nothing.
#[tokio::test]
async fn the_process_that_waits() {
    let Ok(orders) = std::env::var(ORDERS) else { return };
    let [url, access_key, secret_key, cluster] = orders.lines().collect::<Vec<_>>().try_into().unwrap();
    let client = Client::builder().base_url(url).credentials(Credentials::access_key(access_key, secret_key));
    let accepted = client.build().unwrap().restart_cluster(cluster).start().await.unwrap();
    println!("\n{MARK}{}", accepted.token());
    accepted.wait(&Wait::default()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_that_was_killed_is_resumed_from_its_token() {
    // The work lasts until the clock is moved, so the process can only be waiting when it is killed.
    let cloud = FakeCloud::builder().pace(Duration::from_secs(60)).start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    let cluster = &cloud.service("samsung-mariadb-1.0").unwrap().inventory()["cluster_id"][0];
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_process_that_waits", "--nocapture", "--test-threads=1"])
        .env(ORDERS, format!("{url}\n{}\n{}\n{cluster}", keys.access_key, keys.secret_key.as_str()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let told = lines.map(Result::unwrap).find_map(|line| line.strip_prefix(MARK).map(str::to_owned));
    let running = process.try_wait().unwrap().is_none();
    process.kill().unwrap();
    let ended = process.wait().unwrap();
    assert!(running && !ended.success(), "it was waiting, and did not come to an end by itself: {ended}");

    let token: Token = told.unwrap().parse().unwrap();
    assert_eq!((token.operation(), token.id("cluster_id")), ("RestartCluster", Some(cluster.as_str())));
    cloud.advance(Duration::from_secs(240));
    let wait = Wait::default().pauses(Duration::from_millis(1), Duration::from_millis(1));
    let done = mariadb(&cloud).resume(token).wait(&wait).await.unwrap();
    assert_eq!(done.resource_id(), Some(cluster.as_str()));
    assert_eq!(cloud.effects().len(), 1, "the restart was sent once, by the process that was killed");
}
