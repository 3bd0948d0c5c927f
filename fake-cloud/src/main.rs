//! The fake cloud as a program: starts it, says where it is, serves until it is ended.

use std::io::Write;
use std::process::ExitCode;

use dbplane_fake_cloud::FakeCloud;
use serde_json::{Map, Value as Json, json};

const HELP: &str = "\
A cloud on 127.0.0.1 that serves all specs of dbplane and checks every request against them.

Usage: dbplane-fake-cloud [--json]

Options:
  --json      Print one line of JSON instead of a table:
              {\"<service>\": {\"base_url\": \"...\", \"credentials\": {...}}, ...}
  -h, --help  Print this help

It serves until it is ended, for example with Ctrl-C.
";

enum Task {
    Help,
    Serve { json: bool },
}

fn main() -> ExitCode {
    let outcome = match task() {
        Ok(Task::Help) => print(HELP),
        Ok(Task::Serve { json }) => serve(json),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "dbplane-fake-cloud: {error}; --help lists the options");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "dbplane-fake-cloud: {error}");
            ExitCode::FAILURE
        }
    }
}

fn task() -> Result<Task, lexopt::Error> {
    use lexopt::prelude::{Long, Short};

    let mut options = lexopt::Parser::from_env();
    let mut json = false;
    while let Some(option) = options.next()? {
        match option {
            Long("json") => json = true,
            Short('h') | Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Serve { json })
}

fn serve(json: bool) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let cloud = FakeCloud::start().await?;
        print(&if json { line(&cloud) } else { table(&cloud) })?;
        std::future::pending::<()>().await;
        Ok(())
    })
}

fn print(text: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

fn line(cloud: &FakeCloud) -> String {
    let entry = |service: &dbplane_fake_cloud::ServiceHandle| {
        let about = json!({"base_url": service.base_url(), "credentials": service.credentials().to_json()});
        (service.stem().to_owned(), about)
    };
    format!("{}\n", Json::Object(cloud.services().map(entry).collect::<Map<_, _>>()))
}

fn table(cloud: &FakeCloud) -> String {
    let mut text = String::new();
    for service in cloud.services() {
        text.push_str(&format!("{}\n  {:<12} {}\n", service.stem(), "base_url", service.base_url()));
        for (name, value) in service.credentials().to_json().as_object().into_iter().flatten() {
            text.push_str(&format!("  {name:<12} {}\n", value.as_str().unwrap_or_default()));
        }
    }
    text.push_str("Serving until ended, for example with Ctrl-C.\n");
    text
}
