//! The fake cloud as a program: starts it, prints its addresses, and serves until it is stopped.

mod files;
mod options;

use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use dbplane_fake_cloud::{DigestOptions, Entry, FakeCloud, ServiceHandle, StartError, faults};
use options::{Command, HELP, Log, Options};
use serde_json::{Map, Value as Json, json};

/// Why the program ends early.
enum Failure {
    /// The checked file is invalid.
    Findings(String),
    /// The program could not run.
    CouldNotRun(String),
}

impl Failure {
    fn could_not_run(problem: impl Display) -> Self {
        Self::CouldNotRun(problem.to_string())
    }
}

fn main() -> ExitCode {
    let outcome = match options::read() {
        Ok(Command::Help) => print(HELP),
        Ok(Command::Version) => print(concat!("dbplane-fake-cloud ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Command::Serve(options)) => serve(options),
        Err(error) => Err(Failure::CouldNotRun(format!("{error}; --help lists the options"))),
    };
    let (status, problem) = match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Findings(problem)) => (1, problem),
        Err(Failure::CouldNotRun(problem)) => (2, problem),
    };
    // If standard error is closed, the message is lost.
    let _ = writeln!(std::io::stderr(), "dbplane-fake-cloud: {problem}");
    ExitCode::from(status)
}

fn serve(options: Options) -> Result<(), Failure> {
    let Options { json, unmodelled: only_unmodelled, .. } = options;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(Failure::could_not_run)?.block_on(async {
        let stopped = stop_signal().map_err(Failure::could_not_run)?;
        let cloud = start(options).await?;
        if only_unmodelled {
            return print(&unmodelled(&cloud));
        }
        print(&if json { line(&cloud) } else { table(&cloud) })?;
        stopped.await;
        Ok(())
    })
}

/// Returns when the program should stop: after Ctrl-C, or SIGTERM if the system has it.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Returns when the program should stop, after Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

async fn start(options: Options) -> Result<FakeCloud, Failure> {
    let mut builder = FakeCloud::builder();
    if let Some(stems) = options.services {
        builder = builder.services(stems);
    }
    if let Some(port) = options.base_port {
        builder = builder.base_port(port);
    }
    for (name, port) in options.ports {
        builder = builder.port(name, port);
    }
    if let Some(address) = options.listen {
        builder = builder.listen(address);
    }
    if let Some(host) = options.host {
        builder = builder.host(host);
    }
    if let Some(seed) = options.seed {
        builder = builder.seed(seed);
    }
    if let Some(pace) = options.pace {
        builder = builder.pace(pace);
    }
    if let Some(algorithms) = options.digest {
        builder = builder.digest(DigestOptions { algorithms, ..DigestOptions::default() });
    }
    if options.empty {
        builder = builder.empty();
    }
    let file = options.faults.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
    if let Some(path) = &options.faults {
        let text = files::read(path).map_err(Failure::CouldNotRun)?;
        let rules = faults::read(&text).map_err(|error| Failure::Findings(in_file(&file, &error)))?;
        builder = builder.faults(rules);
    }
    if let Some(log) = options.log {
        builder = builder.log(writer(log)?);
    }
    builder.start().await.map_err(|error| match &error {
        StartError::Faults(wrong) => Failure::Findings(in_file(&file, wrong)),
        _ => Failure::could_not_run(&error),
    })
}

/// One line for each problem, after the name of the file.
fn in_file(file: &str, problems: &impl Display) -> String {
    problems.to_string().lines().map(|line| format!("{file}: {line}")).collect::<Vec<_>>().join("\n")
}

/// Writes a line for each request. Lines that can't be written are lost; the cloud continues to serve.
fn writer(log: Log) -> Result<impl Fn(&Entry) + Send + Sync, Failure> {
    let out: Box<dyn Write + Send> = match log {
        Log::StandardError => Box::new(std::io::stderr()),
        Log::File(path) => Box::new(files::append(&path).map_err(Failure::CouldNotRun)?),
    };
    let out = Mutex::new(out);
    Ok(move |entry: &Entry| {
        let line = format!("{entry}\n");
        let _ = out.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes());
    })
}

fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Failure::CouldNotRun(format!("standard output cannot be written: {error}")))
}

fn line(cloud: &FakeCloud) -> String {
    let entry = |service: &ServiceHandle| {
        let about = json!({
            "base_url": service.base_url(),
            "credentials": service.credentials().to_json(),
            "inventory": service.inventory(),
        });
        (service.stem().to_owned(), about)
    };
    let mut all: Map<String, Json> = cloud.services().map(entry).collect();
    all.insert("control".to_owned(), json!({"base_url": cloud.control_url()}));
    format!("{}\n", Json::Object(all))
}

fn unmodelled(cloud: &FakeCloud) -> String {
    let line = |service: &ServiceHandle, operation| format!("{} {operation}\n", service.stem());
    let writes = |service: &ServiceHandle| {
        service.unmodelled().into_iter().map(|operation| line(service, operation)).collect::<String>()
    };
    cloud.services().map(writes).collect()
}

fn table(cloud: &FakeCloud) -> String {
    let mut text = String::new();
    for service in cloud.services() {
        text.push_str(&format!("{}\n  {:<12} {}\n", service.stem(), "base_url", service.base_url()));
        for (name, value) in service.credentials().to_json().as_object().into_iter().flatten() {
            text.push_str(&format!("  {name:<12} {}\n", value.as_str().unwrap_or_default()));
        }
    }
    text.push_str(&format!("control\n  {:<12} {}\n", "base_url", cloud.control_url()));
    text.push_str("Serving until stopped, for example with Ctrl-C.\n");
    text
}
