//! The states of instances, tenants and addresses, as the vendor names them.

/// The status of a resource after failed work.
pub(super) const ABNORMAL: &str = "ABNORMAL";
pub(super) const DELETED: &str = "DELETED";
pub(super) const ONLINE: &str = "ONLINE";
pub(super) const PENDING_CREATE: &str = "PENDING_CREATE";
pub(super) const STOPPED: &str = "STOPPED";
pub(super) const PENDING_DELETE: &str = "PENDING_DELETE";
