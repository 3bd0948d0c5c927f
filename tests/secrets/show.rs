//! Shows errors and values in every form that a program may use, for the search.

use std::error::Error as _;
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};

use dbplane::Error;

use crate::capture::print;

static ERRORS: AtomicUsize = AtomicUsize::new(0);

/// How many errors were shown.
pub(crate) fn errors() -> usize {
    ERRORS.load(Ordering::SeqCst)
}

/// Shows a value.
pub(crate) fn value(value: &impl Debug) {
    print(format_args!("{value:?}\n{value:#?}"));
}

/// Shows an error in all forms, with its sources and what its getters say; but for `body`, which is raw.
pub(crate) fn error(error: &Error) {
    ERRORS.fetch_add(1, Ordering::SeqCst);
    print(format_args!("{error}\n{error:#}\n{error:?}\n{error:#?}"));
    print(format_args!(
        "{:?} {:?} {:?} {:?} {:?}",
        error.code(),
        error.message(),
        error.details(),
        error.request_id(),
        error.violations()
    ));
    let mut source = error.source();
    while let Some(cause) = source {
        print(format_args!("{cause}\n{cause:#}\n{cause:?}\n{cause:#?}"));
        source = cause.source();
    }
    tracing::error!(error = error as &dyn std::error::Error, "shown with its sources");
    log::error!("{error:?}");
}

/// Shows the error of an outcome, or the value if it went well after all.
pub(crate) fn outcome<T: Debug>(outcome: Result<T, Error>) {
    match outcome {
        Ok(good) => value(&good),
        Err(bad) => error(&bad),
    }
}

/// Shows the error of an outcome. A value is the service's own and shows what it sent.
pub(crate) fn errors_only<T>(outcome: Result<T, Error>) {
    outcome.map(drop).unwrap_or_else(|bad| error(&bad));
}

/// Shows an error that must be there, and panics with it as careless programs do.
pub(crate) fn failure<T: Debug>(what: &str, outcome: Result<T, Error>) {
    error(outcome.as_ref().expect_err(what));
    crate::capture::panics(|| drop(outcome.unwrap()));
}
