//! What the tour says: a line per operation, columns that align, and a sum at the end.

use std::fmt;
use std::time::Duration;

use dbplane::Operation;

use super::services::Service;

/// What became of one operation.
pub(crate) struct Line {
    pub(crate) service: &'static str,
    pub(crate) operation: &'static str,
    method: &'static str,
    path: &'static str,
    /// The HTTP status, none if it was waited for to its end, or the error.
    pub(crate) result: Result<Option<u16>, String>,
    time: Duration,
}

impl Line {
    pub(crate) fn new(
        service: &'static str,
        operation: &'static str,
        known: Option<&'static Operation>,
        result: Result<Option<u16>, String>,
        time: Duration,
    ) -> Self {
        let (method, path) = known.map_or(("?", "?"), |o| (o.method, o.path));
        Self { service, operation, method, path, result, time }
    }
}

/// Widths of the columns.
pub(crate) struct Layout {
    service: usize,
    operation: usize,
    path: usize,
}

impl Layout {
    /// As wide as the longest names of these services.
    pub(crate) fn of(services: &[Service]) -> Self {
        let operations = || services.iter().flat_map(|service| service.operations);
        Self {
            service: services.iter().map(|service| service.name.len()).max().unwrap_or(0),
            operation: operations().map(|o| o.id.len()).max().unwrap_or(0),
            path: operations().map(|o| o.path.len()).max().unwrap_or(0),
        }
    }

    /// A line in columns: service, operation, method, path template, status, time.
    pub(crate) fn show(&self, line: &Line) -> String {
        let Line { service, operation, method, path, result, time } = line;
        let (status, problem) = match result {
            Ok(Some(status)) => (status.to_string(), String::new()),
            Ok(None) => ("end".to_owned(), String::new()),
            Err(why) => ("---".to_owned(), format!("  {why}")),
        };
        format!(
            "{service:0$}  {operation:1$}  {method:6}  {path:2$}  {status}  {time:6.1} ms{problem}",
            self.service,
            self.operation,
            self.path,
            time = time.as_secs_f64() * 1_000.0,
        )
    }
}

/// All lines of a tour. Its Display is the last line.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) lines: Vec<Line>,
}

impl Report {
    /// Whether every operation succeeded.
    pub(crate) fn complete(&self) -> bool {
        self.succeeded() == self.lines.len()
    }

    fn succeeded(&self) -> usize {
        self.lines.iter().filter(|line| line.result.is_ok()).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} operations succeeded", self.succeeded(), self.lines.len())
    }
}
