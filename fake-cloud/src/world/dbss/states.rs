//! The states and tasks of an instance, as the vendor names them.
//!
//! They are those of the audit product; the vendor lists none for this one.

pub(super) const ACTIVE: &str = "ACTIVE";
pub(super) const BUILD: &str = "BUILD";
pub(super) const SHUTOFF: &str = "SHUTOFF";
/// An instance that reaches this state no longer exists.
pub(super) const GONE: &str = "DELETED";
pub(super) const ERROR: &str = "ERROR";
pub(super) const FROZEN: &str = "FROZEN";

/// The code of a refusal that has none: it has a success status.
pub(super) const FAILED: &str = "failed";

/// The task of an idle server.
pub(super) const AT_REST: &str = "NO_TASK";
