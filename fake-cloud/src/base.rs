//! What every other module can use: the clock and the random source, dates, JSON, names.

pub(crate) mod calendar;
pub(crate) mod nearest;
pub(crate) mod runtime;
pub(crate) mod strict_json;
