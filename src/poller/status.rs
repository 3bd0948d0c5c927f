//! What a poll saw.

use super::outcome::Outcome;
use crate::timestamp::Timestamp;

/// What a poll saw.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Status<R> {
    /// The work is not done.
    #[non_exhaustive]
    InProgress {
        /// The vendor's word, for example `CREATING`; `unknown` where the service does not know the work yet.
        state: String,
        /// How much is done, in percent, if the vendor tells.
        percent: Option<u8>,
        /// When this state was first seen.
        since: Timestamp,
    },
    /// The work is done.
    Done(Outcome<R>),
}
