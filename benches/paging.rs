//! Reading ahead: what it saves in time and costs in memory.
//!
//! ```text
//! cargo bench --bench paging
//! ```
//!
//! A list of 10,000 rows comes in pages of 100 from a server that takes 20 ms a page, and goes to a consumer that
//! takes 20 ms a page. One after the other that is 4 s; side by side it is 2 s, so the ratio should be near 0.5.
//! Rows held are those that the server has sent and the consumer has not been given yet: one page without reading
//! ahead, two with `prefetch(1)`.

#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]
#![allow(clippy::unwrap_used, reason = "nothing here can fail but the machine")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use dbplane::samsung::{Credentials, mariadb_1_0::Client};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const ROWS: usize = 10_000;
const PAGE: usize = 100;
const PER_PAGE: Duration = Duration::from_millis(20);

/// A benchmark measures real time, and the only way to take time is to let it pass.
mod real_time {
    #![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]

    use std::future::Future;
    use std::time::{Duration, Instant};

    /// How long some work takes.
    pub(crate) async fn of(work: impl Future<Output = ()>) -> Duration {
        let start = Instant::now();
        work.await;
        start.elapsed()
    }

    /// Lets time pass.
    pub(crate) async fn take(time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// Rows on their way from the server to the consumer.
#[derive(Default)]
struct Held {
    now: AtomicUsize,
    peak: AtomicUsize,
}

impl Held {
    fn sent(&self, rows: usize) {
        let now = self.now.fetch_add(rows, SeqCst) + rows;
        self.peak.fetch_max(now, SeqCst);
    }

    fn given(&self) {
        self.now.fetch_sub(1, SeqCst);
    }
}

#[tokio::main]
async fn main() {
    let mut times = Vec::new();
    println!("{ROWS} rows in pages of {PAGE}; server and consumer take {PER_PAGE:?} a page each");
    for (name, prefetch) in [("sequential", 0), ("prefetch(1)", 1)] {
        let held = Arc::new(Held::default());
        let url = serve(Arc::clone(&held)).await;
        let time = real_time::of(walk(&url, prefetch, &held)).await;
        let (time, peak) = (time.as_secs_f64(), held.peak.load(SeqCst));
        println!("{name:<12} {time:>6.2} s, {peak} rows held at most");
        times.push(time);
    }
    println!("prefetch/sequential: {:.2}", times[1] / times[0]);
}

/// The consumer: 20 ms of work at the first row of each page, the others meanwhile waiting.
async fn walk(url: &str, prefetch: usize, held: &Held) {
    let credentials = Credentials::access_key("key", "secret");
    let client = Client::builder().base_url(url).credentials(credentials).build().unwrap();
    let mut rows = client.list_backup_histories("c1").items().page_size(PAGE as i64).prefetch(prefetch);
    let mut count = 0;
    while rows.try_next().await.unwrap().is_some() {
        held.given();
        if count % PAGE == 0 {
            real_time::take(PER_PAGE).await;
        }
        count += 1;
    }
    assert_eq!(count, ROWS);
}

/// The server: each request costs it 20 ms.
async fn serve(held: Arc<Held>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(attend(socket, Arc::clone(&held)));
        }
    });
    url
}

/// One connection; its requests have no bodies and come one after the other.
async fn attend(mut socket: TcpStream, held: Arc<Held>) {
    let mut seen = Vec::new();
    let mut chunk = [0; 4096];
    while let Ok(n @ 1..) = socket.read(&mut chunk).await {
        seen.extend_from_slice(&chunk[..n]);
        if !seen.ends_with(b"\r\n\r\n") {
            continue;
        }
        let body = page(number(&String::from_utf8_lossy(&seen)));
        seen.clear();
        real_time::take(PER_PAGE).await;
        held.sent(PAGE);
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        if socket.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The page that a request asks for, counted from 1.
fn number(request: &str) -> usize {
    let query = request.split(['?', ' ']).nth(2).unwrap();
    query.split('&').find_map(|pair| pair.strip_prefix("page=")).unwrap().parse().unwrap()
}

fn page(number: usize) -> String {
    let row = |row: usize| {
        format!(
            r#"{{"backup_history_number":"{row}","backup_start_at":"","backup_end_at":"","backup_size_gb":1.5,
            "backup_state":"Success","software_version":"10.11"}}"#
        )
    };
    let rows: Vec<_> = ((number - 1) * PAGE..number * PAGE).map(row).collect();
    format!(r#"{{"contents":[{}],"total_count":{ROWS}}}"#, rows.join(","))
}
