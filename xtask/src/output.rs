//! Writing to the standard output and the standard error.
//!
//! Problem: the macros of the standard library panic when a pipe is closed or a disk is full. Default: the macros here,
//! which have the same names and take their place in this program, end it with exit status 2, and with a line that says why
//! unless nobody reads it.

use std::fmt::Arguments;
use std::io::{Write, stderr, stdout};

macro_rules! print {
    ($($text:tt)*) => { $crate::output::result(format_args!($($text)*)) };
}

macro_rules! println {
    ($($text:tt)*) => { $crate::output::result(format_args!("{}\n", format_args!($($text)*))) };
}

macro_rules! eprintln {
    ($($text:tt)*) => { $crate::output::message(format_args!("{}\n", format_args!($($text)*))) };
}

/// Writes results to the standard output.
pub(crate) fn result(text: Arguments<'_>) {
    let mut out = stdout().lock();
    if let Err(error) = out.write_fmt(text).and_then(|()| out.flush()) {
        message(format_args!("the standard output cannot be written: {error}\n"));
        std::process::exit(2);
    }
}

/// Writes a message to the standard error; where nobody reads it, it is lost.
pub(crate) fn message(text: Arguments<'_>) {
    _ = stderr().lock().write_fmt(text);
}
