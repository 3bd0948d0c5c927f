//! Waiting for an operation that a service accepted.
//!
//! Problem: a good response to a write often only means "accepted". A program has to know when the work is done, what
//! it created, and, after an error, that it must not send the write a second time.
//!
//! Contract:
//! - [`start`] sends the write and stores the ids of the work in a [`Token`](crate::Token). Each later error of a wait
//!   has the write as its operation, the token, and the error of the poll as its source.
//! - The spec has the operations for polling, the places of ids and states, the meaning of states, and the operation
//!   that is read at the end (`x-states`, `x-long-running`); there is no code per vendor.
//! - The first poll is sent after 2 seconds; then the pauses increase by half, with jitter, up to the vendor's
//!   recommendation. A poll that was throttled, failed with 5xx or 408, or was not received is retried until the
//!   timeout of the wait; one whose response can't be decoded is retried ten times in a row. Other errors end the wait.
//! - An id that the service does not know is polled during the first 28 seconds, because new work may not be visible
//!   yet.
//! - A list in which the resource has to be found is read page by page. Work on several resources ends when all of them
//!   are done. A resource without a known id is the one that was created closest to the time of acceptance.
//! - A state that has no meaning in the spec counts as work in progress.
//! - The timeout uses a monotonic clock; its default is two hours. Dropping a wait ends the polling, not the work.
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
