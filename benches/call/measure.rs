//! Time and memory. A benchmark measures real time.

#![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::Caller;

pub(crate) fn unix_millis() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Medians of calls that take turns, in microseconds.
pub(crate) fn medians<const N: usize>(callers: &[Caller; N], rows: usize) -> [f64; N] {
    let calls = if rows > 100 { 1000 } else { 4000 };
    let mut times = callers.each_ref().map(|_| Vec::with_capacity(calls));
    runtime().block_on(async {
        for round in 0..calls + 100 {
            for (caller, times) in callers.iter().zip(&mut times) {
                let start = Instant::now();
                assert_eq!(caller.call().await, Ok(rows));
                if round >= 100 {
                    times.push(start.elapsed());
                }
            }
        }
    });
    times.map(|mut times| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e6
    })
}

/// The median of a few calls, whatever comes of them.
pub(crate) fn milliseconds(caller: &Caller) -> f64 {
    let runtime = runtime();
    let mut times: Vec<_> = (0..11)
        .map(|_| {
            let start = Instant::now();
            _ = runtime.block_on(caller.call());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

/// So many calls, for those who count instructions.
pub(crate) fn calls(caller: &Caller, count: usize) {
    runtime().block_on(async {
        for _ in 0..count {
            caller.call().await.unwrap();
        }
    });
}

/// What calls at the same time take.
#[derive(Clone, Copy)]
pub(crate) struct Concurrent {
    /// Calls that end per second.
    pub(crate) per_second: f64,
    /// Microseconds that processors spend on a call, in this process.
    pub(crate) processor: f64,
}

/// Calls of 64 tasks on one client; the callers take turns.
pub(crate) fn concurrent<const N: usize>(callers: [Caller; N]) -> [Concurrent; N] {
    const ROUNDS: usize = 40;
    const TIME: Duration = Duration::from_millis(100);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let callers = callers.map(Arc::new);
    let mut totals = [(0, Duration::ZERO, Duration::ZERO); N];
    for round in 0..=ROUNDS {
        for (caller, (calls, time, processor)) in callers.iter().zip(&mut totals) {
            let (start, used) = (Instant::now(), processor_time());
            let made = runtime.block_on(tasks(caller, TIME));
            // The first round opens the connections.
            if round > 0 {
                *calls += made;
                *time += start.elapsed();
                *processor += processor_time() - used;
            }
        }
    }
    totals.map(|(calls, time, processor)| {
        let calls = f64::from(calls);
        let (per_second, processor) = (calls / time.as_secs_f64(), processor.as_secs_f64() * 1e6 / calls);
        Concurrent { per_second, processor }
    })
}

/// Lets 64 tasks make calls for a while; how many they made.
async fn tasks(caller: &Arc<Caller>, time: Duration) -> u32 {
    let start = Instant::now();
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let caller = Arc::clone(caller);
            tokio::spawn(async move {
                let mut calls = 0_u32;
                while start.elapsed() < time {
                    caller.call().await.unwrap();
                    calls += 1;
                }
                calls
            })
        })
        .collect();
    let mut calls = 0;
    for task in tasks {
        calls += task.await.unwrap();
    }
    calls
}

/// The time that processors have spent on the threads of this process.
fn processor_time() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    let nanos = threads.map(|thread| {
        let text = std::fs::read_to_string(thread.unwrap().path().join("schedstat")).unwrap();
        text.split(' ').next().unwrap().parse::<u64>().unwrap()
    });
    Duration::from_nanos(nanos.sum())
}

/// Memory over the size of the body, in a process of its own.
pub(crate) fn peak(who: &str, base: &str) -> f64 {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program).args(["memory", who, base]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// Prints how much memory one call takes at most, over the size of its body.
pub(crate) fn memory(caller: &Caller) {
    let before = status("VmRSS:");
    // What can't be decoded takes memory as well.
    _ = runtime().block_on(caller.call());
    println!("{:.3}", (status("VmHWM:") - before) / (8.0 * 1024.0));
}

/// A figure of this process, in KiB.
fn status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
