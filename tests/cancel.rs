//! Every await of waiting and paging is dropped at points that follow from a seed: nothing is sent twice, and what says
//! that it is cancel safe loses nothing.

#![cfg(feature = "samsung-mariadb-1.0")]
#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

mod support;

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use dbplane::samsung::Credentials;
use dbplane::samsung::mariadb_1_0::{Client, operations::ListBackupHistories};
use dbplane::{Accepted, Runtime, Status, Wait};
use dbplane_fake_cloud::FakeCloud;
use serde_json::json;
use support::{answer, mariadb_at, served, service};

const NOW: i64 = 1_768_465_800_000;

/// A future that is dropped after so many polls, unless it is ready before.
struct Dropped<F> {
    future: Pin<Box<F>>,
    left: u64,
}

impl<F: Future> Future for Dropped<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let Some(left) = self.left.checked_sub(1) else { return Poll::Ready(None) };
        self.left = left;
        self.future.as_mut().poll(context).map(Some)
    }
}

/// When to drop, repeatedly.
struct Points(u64);

impl Points {
    fn next(&mut self, below: u64) -> u64 {
        // Knuth's constants; the upper bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    /// The output, unless the future was dropped before.
    fn drop<F: Future>(&mut self, below: u64, future: F) -> Dropped<F> {
        Dropped { future: Box::pin(future), left: self.next(below) }
    }
}

/// A cloud whose work is done at once, a client of it with a clock of its own, and a cluster.
async fn scene() -> (FakeCloud, Client, String) {
    let cloud = FakeCloud::builder().now(NOW).pace(Duration::ZERO).start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    let credentials = Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = Client::builder().base_url(url).credentials(credentials).runtime(Runtime::fixed(NOW, 1));
    let client = builder.build().unwrap();
    let cluster = cloud.service("samsung-mariadb-1.0").unwrap().inventory()["cluster_id"][0].clone();
    (cloud, client, cluster)
}

async fn accepted(
    client: &Client,
    cluster: &str,
) -> Accepted<dbplane::samsung::mariadb_1_0::models::ClusterDetailResponse> {
    client.restart_cluster(cluster).start().await.unwrap()
}

#[tokio::test]
async fn a_dropped_start_or_send_and_wait_sends_the_write_once_at_most() {
    let mut whole = 0;
    for seed in 0..24 {
        let (cloud, client, cluster) = scene().await;
        let mut points = Points(seed);
        let wait = Wait::default();
        let ended = if seed % 2 == 0 {
            points.drop(24, client.restart_cluster(&cluster).start()).await.is_some()
        } else {
            points.drop(24, client.restart_cluster(&cluster).send_and_wait(&wait)).await.is_some()
        };
        whole += usize::from(ended);
        let sent = cloud.effects().len();
        assert!(sent <= 1 && (!ended || sent == 1), "seed {seed}: {sent} restarts");
    }
    assert!((1..24).contains(&whole), "{whole} of 24 were not dropped");
}

#[tokio::test]
async fn a_dropped_wait_can_be_waited_for_again() {
    for seed in 0..8 {
        let (cloud, client, cluster) = scene().await;
        let (accepted, mut points) = (accepted(&client, &cluster).await, Points(seed));
        let mut drops = 0;
        let done = loop {
            match points.drop(20, accepted.wait(&Wait::default())).await {
                Some(done) => break done.unwrap(),
                None => drops += 1,
            }
            assert!(drops < 1_000, "seed {seed} never comes to an end");
        };
        assert_eq!(done.resource_id(), Some(cluster.as_str()));
        assert_eq!(cloud.effects().len(), 1, "seed {seed}");
    }
}

#[tokio::test]
async fn a_dropped_look_at_the_states_goes_on_where_it_was() {
    for seed in 0..8 {
        let (cloud, client, cluster) = scene().await;
        let accepted = accepted(&client, &cluster).await;
        let (mut states, mut points) = (accepted.states(&Wait::default()), Points(seed));
        let mut ends = 0;
        for _ in 0..1_000 {
            match points.drop(4, states.try_next()).await {
                Some(Ok(Some(Status::Done(done)))) => {
                    assert_eq!(done.resource_id(), Some(cluster.as_str()));
                    ends += 1;
                }
                Some(Ok(None)) => break,
                Some(Err(error)) => panic!("seed {seed}: {error}"),
                _ => {}
            }
        }
        assert_eq!((ends, cloud.effects().len()), (1, 1), "seed {seed}");
        // However often it was dropped, the request and the cluster were read as often as without that.
        let reads = cloud.journal().iter().filter(|e| e.operation.as_deref() == Some("ShowCluster")).count();
        assert_eq!(reads, 1, "seed {seed}");
    }
}

/// A list of 23 rows in pages of four.
async fn list() -> ListBackupHistories {
    let url = served(|request| {
        let query = request.split(['?', ' ']).nth(2).unwrap();
        let page = query.split('&').find_map(|pair| pair.strip_prefix("page=")).unwrap();
        let page: usize = page.parse().unwrap();
        let row = |number: usize| {
            json!({"backup_history_number": number.to_string(), "backup_start_at": "", "backup_end_at": "",
                "backup_size_gb": 1.5, "backup_state": "Success", "software_version": "10.11"})
        };
        let rows: Vec<_> = (0..23).skip((page - 1) * 4).take(4).map(row).collect();
        answer("200 OK", "", &json!({"contents": rows, "total_count": 23}).to_string())
    });
    mariadb_at(&url.await).list_backup_histories("c1")
}

#[tokio::test]
async fn a_dropped_look_at_a_list_loses_no_row_and_no_page() {
    for seed in 0..8 {
        let (list, mut points) = (list().await, Points(seed));
        for ahead in [0, 2] {
            let mut items = list.clone().items().page_size(4).prefetch(ahead);
            let mut ids = Vec::new();
            loop {
                match points.drop(4, items.try_next()).await {
                    Some(Ok(Some(row))) => ids.push(row.backup_history_number),
                    Some(Ok(None)) => break,
                    Some(Err(error)) => panic!("seed {seed}: {error}"),
                    None => {}
                }
            }
            let all: Vec<_> = (0..23).map(|number| number.to_string()).collect();
            assert_eq!(ids, all, "seed {seed}, {ahead} pages ahead");

            let mut pages = list.clone().pages().page_size(4).prefetch(ahead);
            let mut sizes = Vec::new();
            loop {
                match points.drop(4, pages.try_next()).await {
                    Some(Ok(Some(page))) => sizes.push(page.contents.len()),
                    Some(Ok(None)) => break,
                    Some(Err(error)) => panic!("seed {seed}: {error}"),
                    None => {}
                }
            }
            assert_eq!(sizes, [4, 4, 4, 4, 4, 3], "seed {seed}, {ahead} pages ahead");
        }
    }
}

#[tokio::test]
async fn a_dropped_search_by_name_sends_nothing_but_reads_and_finds_it_the_next_time() {
    for seed in 0..8 {
        let (cloud, client, cluster) = scene().await;
        let name = client.show_cluster(&cluster).send().await.unwrap().name.clone();
        let mut points = Points(seed);
        let mut drops = 0;
        let found = loop {
            match points.drop(12, client.find_cluster(&name)).await {
                Some(found) => break found.unwrap(),
                None => drops += 1,
            }
            assert!(drops < 1_000, "seed {seed} never comes to an end");
        };
        assert_eq!(found.id, cluster);
        assert!(cloud.effects().is_empty(), "seed {seed}");
    }
}

/// The docs of every public await, and where each stands.
fn awaits(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("generated") {
            awaits(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
            for (number, line) in lines.iter().enumerate() {
                let rest = &lines[number..];
                let end = rest.iter().position(|line| line.ends_with(['{', ';'])).unwrap_or_default();
                let future = rest[..=end].join(" ").contains("-> impl Future");
                if line.starts_with("pub async fn") || line.starts_with("pub fn") && future {
                    let above = lines[..number].iter().rev();
                    let docs = above.take_while(|line| line.starts_with("///") || line.starts_with("#["));
                    let docs = docs.copied().collect::<Vec<_>>().join(" ");
                    found.push((format!("{}:{}", path.display(), number + 1), docs));
                }
            }
        }
    }
}

#[test]
fn every_public_await_says_whether_it_is_cancel_safe() {
    let mut found = Vec::new();
    awaits(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 20, "the search finds too little: {found:?}");
    let silent: Vec<_> = found.iter().filter(|(_, docs)| !docs.contains("ancel safe")).collect();
    assert!(silent.is_empty(), "{silent:?}");
}
