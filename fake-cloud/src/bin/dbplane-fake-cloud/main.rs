//! The fake cloud as a program: starts it, says where it is, serves until it is ended.

mod options;

use std::error::Error;
use std::fs::OpenOptions;
use std::io::Write;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use dbplane_fake_cloud::{Entry, FakeCloud, ServiceHandle, faults};
use options::{HELP, Log, Options, Task};
use serde_json::{Map, Value as Json, json};

fn main() -> ExitCode {
    let outcome = match options::read() {
        Ok(Task::Help) => print(HELP),
        Ok(Task::Serve(options)) => serve(options),
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

fn serve(options: Options) -> Result<(), Box<dyn Error>> {
    let json = options.json;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let cloud = start(options).await?;
        print(&if json { line(&cloud) } else { table(&cloud) })?;
        std::future::pending::<()>().await;
        Ok(())
    })
}

async fn start(options: Options) -> Result<FakeCloud, Box<dyn Error>> {
    let mut builder = FakeCloud::builder();
    if let Some(stems) = options.services {
        builder = builder.services(stems);
    }
    if let Some(port) = options.port {
        builder = builder.base_port(port);
    }
    if let Some(seed) = options.seed {
        builder = builder.seed(seed);
    }
    if let Some(pace) = options.pace {
        builder = builder.pace(pace);
    }
    if options.empty {
        builder = builder.empty();
    }
    if let Some(file) = options.faults {
        let in_file = |problem: String| format!("{}: {problem}", file.display());
        let text = std::fs::read_to_string(&file).map_err(|error| in_file(error.to_string()))?;
        builder = builder.faults(faults::read(&text).map_err(|error| in_file(error.to_string()))?);
    }
    if let Some(log) = options.log {
        builder = builder.log(writer(log)?);
    }
    Ok(builder.start().await?)
}

/// Writes a line for each request. What cannot be written is lost; the cloud serves on.
fn writer(log: Log) -> Result<impl Fn(&Entry) + Send + Sync, Box<dyn Error>> {
    let out: Box<dyn Write + Send> = match log {
        Log::StandardError => Box::new(std::io::stderr()),
        Log::File(path) => {
            let file = OpenOptions::new().create(true).append(true).open(&path);
            Box::new(file.map_err(|error| format!("{}: {error}", path.display()))?)
        }
    };
    let out = Mutex::new(out);
    Ok(move |entry: &Entry| {
        let line = format!("{entry}\n");
        let _ = out.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes());
    })
}

fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
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

fn table(cloud: &FakeCloud) -> String {
    let mut text = String::new();
    for service in cloud.services() {
        text.push_str(&format!("{}\n  {:<12} {}\n", service.stem(), "base_url", service.base_url()));
        for (name, value) in service.credentials().to_json().as_object().into_iter().flatten() {
            text.push_str(&format!("  {name:<12} {}\n", value.as_str().unwrap_or_default()));
        }
    }
    text.push_str(&format!("control\n  {:<12} {}\n", "base_url", cloud.control_url()));
    text.push_str("Serving until ended, for example with Ctrl-C.\n");
    text
}
