//! Hears everything: what `tracing` and `log` emit at trace level, what is printed, what panics say.

use std::cell::Cell;
use std::fmt::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

/// Where a line came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    Tracing,
    Log,
    Print,
    Panic,
}

/// Something that was said.
pub(crate) struct Line {
    pub(crate) channel: Channel,
    /// The module that said it.
    pub(crate) from: String,
    pub(crate) text: String,
}

static LINES: Mutex<Vec<Line>> = Mutex::new(Vec::new());

fn keep(channel: Channel, from: &str, text: String) {
    let line = Line { channel, from: from.to_owned(), text };
    LINES.lock().unwrap_or_else(PoisonError::into_inner).push(line);
}

/// Begins to listen; only the first call does anything.
pub(crate) fn listen() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        tracing::subscriber::set_global_default(Ear).unwrap();
        log::set_logger(&Ear).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| match EXPECTED.get() {
            true => keep(Channel::Panic, "", info.to_string()),
            false => usual(info),
        }));
    });
}

/// Does what panics, and hears what the panic says.
pub(crate) fn panics(act: impl FnOnce()) {
    EXPECTED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(act));
    EXPECTED.set(false);
    assert!(outcome.is_err());
}

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Prints for the search what a program would print for people.
pub(crate) fn print(text: impl fmt::Display) {
    keep(Channel::Print, "", text.to_string());
}

/// Looks at all that was said so far. `look` must not panic: nobody could hear it.
pub(crate) fn heard<T>(look: impl FnOnce(&[Line]) -> T) -> T {
    look(&LINES.lock().unwrap_or_else(PoisonError::into_inner))
}

struct Ear;

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        let mut text = Text(span.metadata().name().to_owned());
        span.record(&mut text);
        keep(Channel::Tracing, span.metadata().target(), text.0);
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut text = Text(String::new());
        values.record(&mut text);
        keep(Channel::Tracing, "", text.0);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        keep(Channel::Tracing, event.metadata().target(), text.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

impl log::Log for Ear {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        keep(Channel::Log, record.target(), record.args().to_string());
    }

    fn flush(&self) {}
}

/// Fields of an event, one after the other.
struct Text(String);

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        // Untouched: `Debug` would escape it.
        _ = write!(self.0, " {field}={value}");
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        _ = write!(self.0, " {field}={value:?}");
    }
}
