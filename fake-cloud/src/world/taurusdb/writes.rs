//! The writes that each status of a proxy allows: the state machine, as a table.
//!
//! A write needs an instance with a normal status and without a running job, and a proxy with one of the statuses in
//! `from`. The proxy shows `during` while the job runs, and `after` at its end. Times are units of the cloud's pace.

use serde_json::{Value as Json, json};

use super::instance::TaurusdbInstance;
use super::proxy::{
    ABNORMAL, ACTIVE, ADDING_NODE, CHANGING_WEIGHTS, DELETED, DISABLING, ENABLING, FAILED, PreparedChange,
    Proxy,
};
use super::{Taurusdb, access, changes, nodes, refusals, settings};
use crate::message::refusal::Refusal;
use crate::world::fields::{Fields, texts};
use crate::world::request::WorldRequest;
use crate::world::work::{States, Transition};

/// Checks the conditions of an operation, and returns its change, which is empty if nothing differs.
type PrepareProxyWrite = fn(&Taurusdb, &WorldRequest<'_>, &TaurusdbInstance, &Proxy) -> PreparedChange;

/// The response to a write.
#[derive(Clone, Copy)]
pub(super) enum Shows {
    /// A job, with its name in the lists of jobs.
    Job(&'static str),
    /// A workflow.
    Workflow(&'static str),
    /// The result, because the write is completed immediately.
    Now(fn(&Proxy) -> Json),
}

impl Shows {
    /// The response to a write that was accepted.
    pub(super) fn accepted(self, work: &str, instance: &str) -> Json {
        match self {
            Self::Workflow(_) => json!({"update_result": [
                {"instance_id": instance, "workflow_id": work, "state": "200"}]}),
            _ => json!({"job_id": work}),
        }
    }
}

/// A write to an existing proxy.
pub(super) struct ProxyWrite {
    pub(super) rule: Transition,
    pub(super) shows: Shows,
    pub(super) prepare: PrepareProxyWrite,
}

const fn rule(operation: &'static str, from: States, during: &'static str, takes: u32) -> Transition {
    Transition { operation, from, during, after: ACTIVE, takes }
}

const fn job(rule: Transition, name: &'static str, prepare: PrepareProxyWrite) -> ProxyWrite {
    ProxyWrite { rule, shows: Shows::Job(name), prepare }
}

const fn now(
    operation: &'static str,
    response: fn(&Proxy) -> Json,
    prepare: PrepareProxyWrite,
) -> ProxyWrite {
    ProxyWrite { rule: rule(operation, UP, ACTIVE, 0), shows: Shows::Now(response), prepare }
}

const UP: States = &[ACTIVE];

/// Writes to existing proxies. Jobs that the vendor does not name have names in the vendor's style.
#[rustfmt::skip]
const WRITES: &[ProxyWrite] = &[
    job(Transition { after: DELETED, ..rule("DeleteGaussMySqlProxy", &[ACTIVE, ABNORMAL, FAILED], DISABLING, 2) },
        "CloseGaussDBforMySQLProxy", changes::nothing),
    job(rule("ExpandGaussMySqlProxy", UP, ADDING_NODE, 3), "EnlargeGaussDBforMySQLProxy", nodes::add),
    job(rule("ShrinkGaussMySqlProxy", UP, ACTIVE, 2), "ReduceGaussDBforMySQLProxy", nodes::remove),
    job(rule("ChangeGaussMySqlProxySpecification", UP, ACTIVE, 3), "ScaleGaussDBforMySQLProxy", nodes::resize),
    job(rule("RestartProxyInstance", &[ACTIVE, ABNORMAL], ACTIVE, 2), "RebootGaussDBforMySQLProxy", changes::restart),
    job(rule("UpdateProxyPort", UP, ACTIVE, 2), "ModifyGaussDBforMySQLProxyPort", changes::port),
    job(rule("SetGaussMySqlProxyWeight", UP, CHANGING_WEIGHTS, 1), WEIGHT, changes::weights),
    job(rule("ModifyGaussMySqlProxyRouteMode", UP, CHANGING_WEIGHTS, 1), WEIGHT, changes::route_mode),
    job(rule("UpdateProxySessionConsistence", UP, ACTIVE, 1), "GaussDBforMySQLModifyProxyConsist", changes::consistence),
    job(rule("UpdateProxyConnectionPoolType", UP, ACTIVE, 1), "GaussDBforMySQLModifyProxyPool", changes::pool),
    job(rule("UpdateTransactionSplitStatus", UP, ACTIVE, 1), "GaussDBforMySQLModifyProxySplit", changes::split),
    job(rule("SwitchGaussMySqlProxySsl", UP, ACTIVE, 1), "GaussDBforMySQLSwitchProxySSL", access::ssl),
    job(rule("SwitchGaussMySqlProxyAlt", UP, ACTIVE, 1), "GaussDBforMySQLSwitchProxyAlt", changes::nothing),
    job(rule("SwitchGaussMySqlProxyEip", UP, ACTIVE, 1), "GaussDBforMySQLBindProxyEIP", access::eip),
    job(rule("CreateProxyDnsName", UP, ACTIVE, 1), "GaussDBforMySQLCreateProxyDns", access::name),
    job(rule("UpdateProxyPrivateDnsName", UP, ACTIVE, 1), "GaussDBforMySQLModifyProxyDns", access::rename),
    job(rule("DeleteProxyPrivateDnsName", UP, ACTIVE, 1), "GaussDBforMySQLDeleteProxyDns", access::unname),
    job(rule("UpdateProxyNewConfigurations", UP, ACTIVE, 1), "GaussDBforMySQLModifyProxyConfig", settings::change),
    ProxyWrite { rule: rule("UpgradeProxyVersion", UP, ACTIVE, 3), shows: Shows::Workflow("PROXY_VERSION_UPGRADE"),
        prepare: settings::upgrade },
    now("UpdateProxyName", changes::success, changes::name),
    now("UpdateNewNodeAutoAddSwitch", changes::success, changes::join),
    now("SwitchAccessControl", access::shown, access::switch),
    now("CreateAccessControl", access::shown, access::list),
];

/// The name of jobs that change weights.
const WEIGHT: &str = "GaussDBforMySQLModifyProxyWeight";
/// The name of jobs that open proxies.
const OPEN: &str = "OpenGaussDBforMySQLProxy";

/// The rule for opening a proxy, which does not depend on a status of the new one.
pub(super) const CREATE: Transition = rule("CreateGaussMySqlProxy", &[], ENABLING, 4);

/// The table's row of an operation.
pub(super) fn find(operation: &str) -> Option<&'static ProxyWrite> {
    WRITES.iter().find(|write| write.rule.operation == operation)
}

/// The name of an operation's job in the lists.
pub(super) fn job_name(operation: &str) -> &'static str {
    match find(operation).map(|write| write.shows) {
        Some(Shows::Job(name) | Shows::Workflow(name)) => name,
        _ => match super::instances::find(operation) {
            Some(write) => write.job,
            None => OTHERS.iter().find(|(other, _)| *other == operation).map_or(OPEN, |(_, name)| name),
        },
    }
}

/// The names of jobs of operations that are in no table.
const OTHERS: &[(&str, &str)] = &[
    ("CreateGaussMySqlInstance", "CreateGaussDBforMySQLInstance"),
    ("DeleteGaussMySqlInstance", "DeleteGaussDBforMySQLInstance"),
    ("CreateGaussMySqlBackup", "CreateGaussDBforMySQLBackup"),
    ("BatchChangeInstanceSpecification", "ResizeGaussDBforMySQLInstance"),
    ("BatchUpgradeDatabases", "UpgradeGaussDBforMySQLInstance"),
    ("UpdateGaussMySqlConfiguration", "ModifyGaussDBforMySQLTemplate"),
];

/// The proxies of a write: of the path, of the body, or the only one.
pub(super) fn targets<'i>(
    instance: &'i TaurusdbInstance,
    call: &WorldRequest<'_>,
) -> Result<Vec<&'i Proxy>, Refusal> {
    if let Some(id) = call.text("proxy_id") {
        return Ok(vec![instance.proxy(id)?]);
    }
    let listed = [call.body().items("/proxy_ids"), call.body().items("/proxy_id_list")].concat();
    let mut named = texts(&listed);
    named.extend(call.body().given("/proxy_id").and_then(Json::as_str));
    match (&named[..], &instance.proxies[..]) {
        ([], [only]) => Ok(vec![only]),
        ([], _) => Err(refusals::unchosen(instance.name())),
        (named, _) => named.iter().map(|id| instance.proxy(id)).collect(),
    }
}
