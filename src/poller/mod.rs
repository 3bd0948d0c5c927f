//! Following an operation that a service accepted, to its end.
//!
//! Problem: a good response to a write often only means "accepted". A program has to know when the work is done, what
//! it made, and, if anything goes wrong on the way, that it must not send the write a second time.
//!
//! Contract:
//! - [`start`] sends the write and keeps what identifies the work in a [`Token`](crate::Token). From then on no error hides it: each
//!   error of a wait has the write as its operation, the token, and the error of the poll as its source.
//! - What is polled, where ids and states are, which states mean done, failed or gone, and what is read at the end
//!   stand in the spec (`x-states`, `x-long-running`); there is no code per vendor.
//! - The first poll follows after 2 seconds, then the pauses grow by half, with jitter, up to the vendor's advice. A
//!   poll that was throttled, failed with 5xx or 408, or did not get through is retried as long as the wait lasts; one
//!   that can't be read is retried ten times in a row. Other errors end the wait.
//! - An id that the service does not know is waited for during the first 28 seconds, because new work may show late.
//! - A list in which the thing has to be found is read page by page until it is. Work on several things ends with all of
//!   them; a thing whose id nothing says is the one that was made closest to when the work was accepted.
//! - A state that has no meaning in the spec counts as work in progress.
//! - The timeout counts on a monotonic clock, two hours by default. Dropping a wait ends the polling, not the work.
//!
//! Override: [`Wait`].

mod accepted;
mod judge;
mod made;
mod outcome;
mod path;
mod poll;
mod poll_loop;
mod start;
mod status;
mod stream;
mod token_text;
mod wait;

pub use accepted::Accepted;
pub(crate) use judge::End;
pub use outcome::{Gone, Outcome};
pub(crate) use outcome::{gone, resource};
pub(crate) use start::{send_and_wait, start};
pub use status::Status;
pub use stream::StatusStream;
pub use wait::Wait;
