//! The states and tasks of an instance, in the words of the vendor.
//!
//! They are those of the audit product; the vendor lists none for this one.

pub(super) const ACTIVE: &str = "ACTIVE";
pub(super) const BUILD: &str = "BUILD";
pub(super) const SHUTOFF: &str = "SHUTOFF";
/// An instance that reaches this state is there no longer.
pub(super) const GONE: &str = "DELETED";
pub(super) const ERROR: &str = "ERROR";
pub(super) const FROZEN: &str = "FROZEN";

/// The code of a refusal that has none: it comes with a good status.
pub(super) const FAILED: &str = "failed";

/// The task of a server to which nothing is done.
pub(super) const AT_REST: &str = "NO_TASK";
