//! Metrics of calls from their traces: `cargo run --example metrics`.
//!
//! A layer of `tracing-subscriber` sees each span `dbplane.call` end and counts, by operation: calls, errors by their
//! kind, retries, and how long calls took. The names of the fields are OpenTelemetry's for HTTP clients, so
//! `tracing-opentelemetry` makes the same of them: `http.client.request.duration` by `dbplane.operation`,
//! `http.response.status_code` and `error.type`. The service here is a function, so the example needs no network.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use dbplane::samsung::{Credentials, mariadb_1_3::Client};
use dbplane::testing::{HttpResponse, TransportFailure};
use dbplane::{Error, Retry, Transport};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Metadata, Subscriber, instrument::WithSubscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// The upper bounds of the histogram.
const BOUNDS: [Duration; 5] = [
    Duration::from_millis(5),
    Duration::from_millis(50),
    Duration::from_millis(500),
    Duration::from_secs(5),
    Duration::MAX,
];

/// What is known of an operation.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Calls that ended.
    pub(crate) calls: u32,
    /// Failed calls, by the kind of the error.
    pub(crate) errors: BTreeMap<String, u32>,
    /// Requests that were sent again.
    pub(crate) retries: u64,
    /// Calls by their duration, one for each of the bounds.
    pub(crate) durations: [u32; BOUNDS.len()],
}

/// The layer; clones share their counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metrics(Arc<Mutex<BTreeMap<String, Counts>>>);

impl Metrics {
    /// Reads the counts, by service and operation.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&BTreeMap<String, Counts>) -> T) -> T {
        read(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A call in progress.
struct Call {
    begun: Instant,
    fields: Fields,
}

/// What a span said of a call.
#[derive(Default)]
struct Fields {
    service: String,
    operation: String,
    error: Option<String>,
    retries: u64,
}

impl Visit for Fields {
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "dbplane.service" => self.service = value.to_owned(),
            "dbplane.operation" => self.operation = value.to_owned(),
            "error.type" => self.error = Some(value.to_owned()),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "http.request.resend_count" {
            self.retries = value;
        }
    }
}

fn is_call(metadata: &Metadata<'_>) -> bool {
    metadata.target() == "dbplane" && metadata.name() == "dbplane.call"
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Metrics {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id).filter(|span| is_call(span.metadata())) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            #[allow(clippy::disallowed_methods)] // real time is what is measured
            span.extensions_mut().insert(Call { begun: Instant::now(), fields });
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(call) = span.extensions_mut().get_mut::<Call>() {
            values.record(&mut call.fields);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(Call { begun, fields }) = context.span(&id).and_then(|span| span.extensions_mut().remove())
        else {
            return;
        };
        let (elapsed, name) = (begun.elapsed(), format!("{} {}", fields.service, fields.operation));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = all.entry(name).or_default();
        counts.calls += 1;
        counts.retries += fields.retries;
        if let Some(kind) = fields.error {
            *counts.errors.entry(kind).or_default() += 1;
        }
        let slot = BOUNDS.iter().position(|bound| elapsed <= *bound).unwrap_or_default();
        counts.durations[slot] += 1;
    }
}

/// What a program does: it lists clusters, looks at one that is not there, and stops one.
///
/// # Errors
/// The list can't be read.
pub(crate) async fn program() -> Result<(), Error> {
    let number = AtomicU32::new(0);
    let transport =
        Transport::from_fn(move |request| match (number.fetch_add(1, Ordering::Relaxed), request.method()) {
            (0, _) => Ok(HttpResponse::new(503).header("retry-after", "0")),
            (1, _) => {
                Ok(HttpResponse::json(200, &json!({"contents": [], "count": 0, "page": 0, "size": 20})))
            }
            (_, "GET") => Ok(HttpResponse::new(404)),
            _ => Err(TransportFailure::Timeout),
        });
    let client = Client::builder()
        .credentials(Credentials::access_key("key", "secret"))
        .retry(Retry::default().pauses(Duration::from_millis(1), Duration::from_millis(1)))
        .transport(transport)
        .build()?;
    client.list_clusters().send().await?;
    drop(client.show_cluster("109a585ae67b4e8482fdafc8a4a5be74").send().await);
    drop(client.stop_cluster("109a585ae67b4e8482fdafc8a4a5be74").send().await);
    Ok(())
}

/// Runs the program and counts what it calls.
///
/// # Errors
/// Those of the program.
pub(crate) async fn measured() -> Result<Metrics, Error> {
    let metrics = Metrics::default();
    program().with_subscriber(Registry::default().with(metrics.clone())).await?;
    Ok(metrics)
}

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stdout, dead_code)] // an example; a test runs the rest of it
async fn main() -> Result<(), Error> {
    measured().await?.read(|all| {
        for (name, Counts { calls, errors, retries, durations }) in all {
            println!("{name}: {calls} calls, {retries} retries, errors {errors:?}");
            for (bound, count) in BOUNDS.iter().zip(durations).filter(|(_, count)| **count > 0) {
                println!("    {count} within {bound:?}");
            }
        }
    });
    Ok(())
}
