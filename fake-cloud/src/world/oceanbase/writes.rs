//! The work that each status allows: the state machines, as a table.
//!
//! Work needs one of the statuses in `from`. `during` is shown after a quarter of its time, because the status of the
//! real service may also stay ONLINE for some time. Times are units of the cloud's pace.

use super::states::{ABNORMAL, DELETED, ONLINE, PENDING_CREATE, PENDING_DELETE, STOPPED};
use crate::world::work::Transition;

const fn rule(
    operation: &'static str,
    from: &'static [&'static str],
    during: &'static str,
    after: &'static str,
    takes: u32,
) -> Transition {
    Transition { operation, from, during, after, takes }
}

const NEW: &[&str] = &[PENDING_CREATE];
const UP: &[&str] = &[ONLINE];
const REMOVABLE: &[&str] = &[ONLINE, ABNORMAL];
const STEADY: &[&str] = &[ONLINE, STOPPED, ABNORMAL];

#[rustfmt::skip]
pub(super) static RULES: &[Transition] = &[
    // Instances
    rule("createInstance", NEW, PENDING_CREATE, ONLINE, 8),
    rule("modifyInstanceNodeNum", UP, "EXPANDING", ONLINE, 6),
    rule("modifyInstanceSpec", UP, "SPEC_MODIFYING", ONLINE, 6),
    rule("modifyOdpClusterSpec", UP, "PROXY_SERVICE_SPEC_MODIFYING", ONLINE, 3),
    rule("stopCluster", UP, "PENDING_STOP", STOPPED, 2),
    rule("startCluster", &[STOPPED], "PENDING_START", ONLINE, 2),
    rule("deleteInstance", STEADY, PENDING_DELETE, DELETED, 3),
    // Tenants
    rule("createTenant", NEW, PENDING_CREATE, ONLINE, 4),
    rule("updateTenant", UP, "SPEC_MODIFYING", ONLINE, 2),
    rule("modifyTenantPrimaryZone", UP, "PRIMARY_ZONE_MODIFYING", ONLINE, 2),
    rule("deleteTenant", REMOVABLE, PENDING_DELETE, DELETED, 2),
    // Addresses and private links
    rule("createTenantAddress", NEW, PENDING_CREATE, ONLINE, 2),
    rule("createPrivateLinkService", NEW, PENDING_CREATE, ONLINE, 2),
    rule("createReadonlyPrivatelink", NEW, PENDING_CREATE, ONLINE, 2),
    rule("confirmPrivatelinkConnection", NEW, PENDING_CREATE, ONLINE, 2),
    rule("deleteTenantAddress", REMOVABLE, PENDING_DELETE, DELETED, 1),
    rule("deletePrivatelinkEndpoint", REMOVABLE, PENDING_DELETE, DELETED, 1),
];

/// The same operation as for the whole service, if it names one endpoint.
pub(super) static DELETE_LINK: Transition =
    rule("deletePrivatelinkEndpoint", &[PENDING_CREATE, ONLINE, ABNORMAL], PENDING_DELETE, DELETED, 1);

/// The rule of an operation that starts work.
pub(super) fn rule_of(operation: &str) -> &'static Transition {
    static NONE: Transition = rule("", &[], "", "", 0);
    RULES.iter().find(|rule| rule.operation == operation).unwrap_or(&NONE)
}
