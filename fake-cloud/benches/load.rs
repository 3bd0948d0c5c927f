//! How many requests a second the fake cloud answers, and how much memory it has after a million.
//!
//! ```text
//! cargo bench -p dbplane-fake-cloud --bench load
//! cargo bench -p dbplane-fake-cloud --bench load -- --quick
//! ```
//!
//! The program runs as a process of its own, with one thread. Connections that stay open send it signed requests
//! of all three vendors, one after the other; each is routed, verified, checked, answered and written down. The
//! clock of the cloud stands still, so that signatures stay good. The goals are 5,000 requests a second on two
//! cores, which the clients of this benchmark share with the cloud, and memory that does not grow once the journal
//! is full.

#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]
#![allow(clippy::unwrap_used, reason = "nothing here can fail but the machine")]

#[path = "load/client.rs"]
mod client;
#[path = "load/signed.rs"]
mod signed;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use client::Connection;
use serde_json::{Value as Json, json};
use signed::Signed;

const REQUESTS: usize = 1_000_000;
/// Enough to fill the journal.
const QUICK: usize = 40_000;
const CONNECTIONS: usize = 16;

/// A benchmark measures real time.
mod real_time {
    #![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]

    use std::time::{Duration, Instant};

    /// How long some work takes.
    pub(crate) fn of(work: impl FnOnce()) -> Duration {
        let start = Instant::now();
        work();
        start.elapsed()
    }
}

/// The program, which ends with the benchmark.
struct Program {
    child: Child,
    services: Json,
}

impl Program {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dbplane-fake-cloud"));
        let mut child = command.arg("--json").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, services: serde_json::from_str(&line).unwrap() }
    }

    /// Its memory in MiB; none where the system does not tell.
    fn memory(&self) -> Option<f64> {
        let statm = std::fs::read_to_string(format!("/proc/{}/statm", self.child.id())).ok()?;
        let pages: f64 = statm.split(' ').nth(1)?.parse().ok()?;
        Some(pages / 256.0)
    }

    fn report(&self, share: usize, time: Option<(usize, Duration)>) {
        let memory = self.memory().map_or("memory unknown".to_owned(), |mib| format!("{mib:6.1} MiB"));
        match time {
            None => println!("{share:>4} %  {memory}"),
            Some((requests, time)) => {
                println!("{share:>4} %  {memory}  {:>7.0} requests/s", requests as f64 / time.as_secs_f64());
            }
        }
    }

    /// What the services have counted, as the control endpoint tells it.
    fn counted(&self, name: &str) -> u64 {
        let target = "GET /counters HTTP/1.1\r\n\r\n";
        let (_, body) = Connection::to(&self.services["control"]["base_url"]).send(target.as_bytes(), b"");
        let counters: Json = serde_json::from_slice(&body).unwrap();
        counters.as_object().unwrap().values().map(|service| service[name].as_u64().unwrap()).sum()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends so many requests over all connections. Every answer must be good.
fn drive(connections: &mut [Signed], requests: usize) {
    let next = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for signed in connections {
            let next = &next;
            scope.spawn(move || {
                while (next.fetch_add(1, SeqCst) as usize) < requests {
                    signed.send();
                }
            });
        }
    });
}

fn main() {
    let requests = if std::env::args().any(|argument| argument == "--quick") { QUICK } else { REQUESTS };
    let program = Program::start();
    Connection::to(&program.services["control"]["base_url"]).post("/clock", &json!("stop"));
    let mut connections: Vec<Signed> =
        (0..CONNECTIONS).map(|number| Signed::new(number, &program.services)).collect();
    println!("{requests} requests over {CONNECTIONS} connections, to services of all vendors by turns");
    program.report(0, None);
    let (mut total, mut before) = (Duration::ZERO, 0);
    for share in [25, 50, 75, 100] {
        let part = requests * share / 100 - before;
        let time = real_time::of(|| drive(&mut connections, part));
        program.report(share, Some((part, time)));
        (total, before) = (total + time, before + part);
    }
    println!("in all {:.0} requests/s", requests as f64 / total.as_secs_f64());
    let unsigned = signed::UNSIGNED.load(SeqCst);
    assert_eq!(program.counted("requests"), (requests + unsigned) as u64);
    assert_eq!(program.counted("refused"), unsigned as u64, "only challenges");
}
