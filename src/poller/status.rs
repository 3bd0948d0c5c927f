//! The status in a poll.

use super::outcome::Outcome;
use crate::timestamp::Timestamp;

/// State of an operation, as returned by a poll.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Status<R> {
    /// The work is in progress.
    #[non_exhaustive]
    InProgress {
        /// The state as the vendor names it, for example `CREATING`; `unknown` if the service does not know the work
        /// yet.
        state: String,
        /// Progress in percent, if the vendor reports it.
        percent: Option<u8>,
        /// When this state was first seen.
        since: Timestamp,
    },
    /// The work is done.
    Done(Outcome<R>),
}
