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

/// Calls per second of 64 tasks on one client.
pub(crate) fn calls_per_second(caller: impl FnOnce() -> Caller) -> f64 {
    const TASKS: usize = 64;
    const TIME: Duration = Duration::from_secs(4);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let caller = Arc::new(caller());
        let start = Instant::now();
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| {
                let caller = Arc::clone(&caller);
                tokio::spawn(async move {
                    let mut calls = 0_u32;
                    while start.elapsed() < TIME {
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
        f64::from(calls) / start.elapsed().as_secs_f64()
    })
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
