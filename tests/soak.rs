//! 10,000 calls by 256 tasks while one request in twenty fails and one in a hundred is answered in a hostile way: every
//! call ends in time with a value or an error that tells the truth, no write is done twice, no row is lost, no secret is
//! shown, and connections, tasks and memory are given back.
//!
//! The faults follow from a seed, but who meets them depends on the order of the tasks. This one runs on the
//! system's clock, for its deadlines are real.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // clippy knows tests, not their helpers

#[path = "soak/hostile.rs"]
mod hostile;
#[path = "soak/server.rs"]
mod server;

use std::future::Future;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use dbplane::{Error, Retry, Transport, huawei, oceanbase, samsung};
use server::{Book, PAGE, ROWS};
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};

const SEED: u64 = 20_260_115;
const CALLS: u32 = 10_000;
const WARM_UP: u32 = 2_000;
const TASKS: usize = 256;
/// Of an attempt: a server that never answers costs this much.
const ATTEMPT: Duration = Duration::from_secs(1);
/// Of a call.
const DEADLINE: Duration = Duration::from_secs(8);
/// What a busy machine may add to it.
const GRACE: Duration = Duration::from_secs(5);
/// Has what texts have to write in another way.
pub(crate) const PASSWORD: &str = "p&ss<\"w0rd\">é'0";
/// The longest line that an error may be, in characters.
const LINE: usize = 4_000;

/// Clients of three services, on the same connections.
#[derive(Clone)]
struct Clients {
    mariadb: samsung::mariadb_1_0::Client,
    dbss: huawei::dbss_v2::Client,
    oceanbase: oceanbase::cloud_v2::Client,
}

macro_rules! patient {
    ($builder:expr, $transport:expr) => {
        $builder
            .transport($transport.clone())
            .call_timeout(DEADLINE)
            .retry(Retry::default().pauses(Duration::from_millis(1), Duration::from_millis(5)))
            .build()
            .unwrap()
    };
}

impl Clients {
    fn new(url: &str) -> Self {
        let transport = Transport::builder().attempt_timeout(ATTEMPT).build().unwrap();
        let keys = samsung::Credentials::access_key("key", "the-secret-of-samsung");
        let mariadb = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(keys);
        let password = huawei::Credentials::password("domain", "user", PASSWORD);
        let dbss = huawei::dbss_v2::Client::builder().base_url(url).iam_url(url).credentials(password);
        let dbss = dbss.project_id("0123456789abcdef0123456789abcdef");
        let keys = oceanbase::Credentials::access_key("key", "the-secret-of-oceanbase");
        let oceanbase =
            oceanbase::cloud_v2::Client::builder().base_url(url).credentials(keys).project_id("p");
        Self {
            mariadb: patient!(mariadb, transport),
            dbss: patient!(dbss, transport),
            oceanbase: patient!(oceanbase, transport),
        }
    }

    /// One call: which one follows from its number. The two writes bear it in their paths.
    async fn call(&self, number: u32) -> Result<(), Error> {
        let id = format!("call-{number}");
        match number % 4 {
            0 if number.is_multiple_of(8) => self.walk().await,
            0 => self.mariadb.list_server_types().send().await.map(drop),
            1 => self.mariadb.restart_cluster(id).send().await.map(drop),
            2 => self.dbss.list_db_om_instances().send().await.map(drop),
            _ => {
                let request = oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
                self.oceanbase.connect_private_link_service(id, "t1", request).send().await.map(drop)
            }
        }
    }
}

impl Clients {
    /// All rows of a list, or an error.
    async fn walk(&self) -> Result<(), Error> {
        let mut items = self.mariadb.list_backup_histories("c1").items().page_size(PAGE as i64);
        let mut numbers = Vec::new();
        while let Some(row) = items.try_next().await? {
            numbers.push(row.backup_history_number.parse::<usize>().unwrap());
        }
        assert!(numbers.into_iter().eq(0..ROWS), "a row was lost, and nobody said so");
        Ok(())
    }
}

/// What must never be seen, in the ways in which a service may write it.
fn secrets() -> Vec<String> {
    let escaped: String = PASSWORD.chars().map(|c| format!("\\u{:04X}", c as u32)).collect();
    let percent: String = PASSWORD.bytes().map(|b| format!("%{b:02x}")).collect();
    let html = "p&amp;ss&lt;&quot;w0rd&quot;&gt;é'0".to_owned();
    let plain = [PASSWORD, "the-secret-of-samsung", "the-secret-of-oceanbase"].map(str::to_owned);
    plain.into_iter().chain([escaped, percent, html]).collect()
}

/// The lines of an error: of itself and of all that is behind it.
fn lines(error: &Error) -> Vec<String> {
    let mut lines = vec![format!("{error:?}")];
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        lines.push(error.to_string());
        next = error.source();
    }
    lines
}

fn is_write(number: u32) -> bool {
    number % 2 == 1
}

/// What came of the calls.
#[derive(Debug, Default)]
struct Tally {
    good: u32,
    failed: u32,
    in_doubt: u32,
}

/// Checks one outcome against what the server has done.
fn judge(number: u32, outcome: &Result<(), Error>, book: &Book, tally: &mut Tally) {
    let done = book.done(number);
    assert!(done <= 1, "call {number} was done {done} times: {outcome:?}");
    match outcome {
        Ok(()) => {
            assert_eq!(done, u32::from(is_write(number)), "call {number} succeeded");
            tally.good += 1;
        }
        Err(error) => {
            assert!(error.operation().is_some(), "call {number}: {error}");
            assert!(done == 0 || error.may_have_taken_effect(), "call {number} was done: {error}");
            for line in lines(error) {
                assert!(line.chars().count() < LINE, "call {number}: a line of {} bytes", line.len());
                let shown = secrets().into_iter().find(|secret| line.contains(secret.as_str()));
                assert_eq!(shown, None, "call {number}: {line}");
            }
            tally.failed += 1;
            tally.in_doubt += u32::from(error.may_have_taken_effect());
        }
    }
}

/// Makes all calls, `TASKS` at a time.
async fn make(calls: Range<u32>, clients: &Clients, book: &Arc<Book>) -> Tally {
    let next = Arc::new(AtomicU32::new(calls.start));
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let (clients, book, next, end) = (clients.clone(), Arc::clone(book), Arc::clone(&next), calls.end);
        tasks.spawn(async move {
            let mut tally = Tally::default();
            while let Some(number) = Some(next.fetch_add(1, SeqCst)).filter(|number| *number < end) {
                let outcome = timeout(DEADLINE + GRACE, clients.call(number)).await;
                judge(number, &outcome.expect("a call did not end in its time"), &book, &mut tally);
            }
            tally
        });
    }
    let mut sum = Tally::default();
    while let Some(tally) = tasks.join_next().await {
        let Tally { good, failed, in_doubt } = tally.unwrap();
        sum = Tally { good: sum.good + good, failed: sum.failed + failed, in_doubt: sum.in_doubt + in_doubt };
    }
    sum
}

/// Waits until something holds; what is closed takes a moment to be noticed on the other side.
async fn soon(what: &str, holds: impl Fn() -> bool) {
    let looking = async {
        let mut looks = interval(Duration::from_millis(10));
        while !holds() {
            looks.tick().await;
        }
    };
    timeout(GRACE, looking).await.expect(what);
}

/// The memory that this process has, in KiB.
fn memory() -> Option<usize> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    statm.split(' ').nth(1)?.parse::<usize>().ok().map(|pages| pages * 4)
}

fn within_two_minutes(work: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async { timeout(Duration::from_secs(120), work).await.expect("something hangs") });
}

#[test]
fn ten_thousand_calls_among_faults() {
    within_two_minutes(async {
        let (url, book) = server::start(SEED).await;
        let alive = || Handle::current().metrics().num_alive_tasks();
        let before = alive();
        let clients = Clients::new(&url);
        make(CALLS..CALLS + WARM_UP, &clients, &book).await;
        let warm = memory();
        let tally = make(0..CALLS, &clients, &book).await;
        let used = memory();
        let [requests, faults, open, peak] = book.figures();
        eprintln!("{tally:?}, {requests} requests, {faults} faults, {open} connections, {peak} at most");
        let [hostile, mistimed] = book.hostility();
        eprintln!("{hostile} hostile answers, {mistimed} requests signed with a wrong time");
        eprintln!("memory: {warm:?} KiB when warm, {used:?} KiB after all calls");
        assert_eq!(tally.good + tally.failed, CALLS);
        assert!(tally.good > CALLS / 2 && tally.failed > 0, "{tally:?}");
        assert!((requests / 30..requests / 15).contains(&faults), "{faults} faults in {requests} requests");
        assert!((requests / 200..requests / 50).contains(&hostile), "{hostile} of {requests} requests");
        // Each lie is believed by the call that was told it, until its next request is refused, and by no other.
        assert!(mistimed <= hostile, "{mistimed}");
        assert!(peak <= 3 * TASKS, "{peak} connections for {TASKS} tasks");
        match warm.zip(used) {
            Some((warm, used)) => assert!(used < warm + 16 * 1024, "{warm} KiB became {used} KiB"),
            None => eprintln!("this system does not tell how much memory is in use"),
        }
        drop(clients);
        soon("connections stay open", || book.figures()[2] == 0).await;
        soon("tasks stay alive", || alive() == before).await;
    });
}
