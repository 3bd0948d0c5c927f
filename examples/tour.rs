//! A tour of all services: every operation is called once, at a fake cloud that runs in this process.
//!
//! ```text
//! cargo run --example tour                              # everything
//! cargo run --example tour -- --service huawei-dbss-v2 # one service
//! ```
//!
//! Read it from the services: `tour/samsung/`, `tour/oceanbase/` and `tour/huawei/` show how a client is built and how
//! operations are called. The rest prints.

#![allow(clippy::print_stdout, reason = "printing is what the tour is for")]

#[path = "tour/mod.rs"]
mod tour;

use std::process::ExitCode;
use std::time::Duration;

use dbplane_fake_cloud::FakeCloud;
use tour::options::{self, Task};
use tour::{Layout, visit};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned());
    let services = match options::read(arguments) {
        Ok(Task::Tour(services)) => services,
        Ok(Task::Help(text)) => {
            println!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(why) => {
            eprintln!("tour: {why}");
            return ExitCode::from(2);
        }
    };
    // Work is done at once, so that each step finds what the one before it did.
    let cloud = match FakeCloud::builder().pace(Duration::ZERO).start().await {
        Ok(cloud) => cloud,
        Err(error) => {
            eprintln!("tour: the fake cloud does not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let layout = Layout::of(&services);
    let report = visit(&cloud, &services, |line| println!("{}", layout.show(line))).await;
    println!("{report}");
    if report.complete() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
