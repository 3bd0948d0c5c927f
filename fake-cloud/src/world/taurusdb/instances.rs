//! The writes that each status of an instance allows: the state machine, as a table.
//!
//! A write needs an instance with one of the statuses in `from`, and without a running job. The instance shows `during`
//! while the job runs, and `after` at its end; a failed job does not change it. A write without duration is completed
//! immediately, and its response has no job. Times are units of the cloud's pace.

pub(super) mod batch;
mod changes;
pub(super) mod creates;
mod databases;
mod network;
mod nodes;
pub(super) mod recycle;

use serde_json::{Value as Json, json};

use super::change::{
    CHANGING_PORT, FAILED, InstanceChange, MODIFYING, Prepared, REBOOTING, RESTORING, STORAGE_FULL,
    SWITCHOVER, rule,
};
use super::instance::{ACTIVE, TaurusdbInstance};
use super::state::Taurusdb;
use super::{backups, refusals, templates};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::work::Transition;

/// Checks the conditions of an operation, and returns its change.
type PrepareInstanceWrite = fn(&Taurusdb, &WorldRequest<'_>, &TaurusdbInstance) -> Result<Prepared, Refusal>;

/// A write to an existing instance.
pub(super) struct InstanceWrite {
    pub(super) rule: Transition,
    /// Its name in the lists of jobs.
    pub(super) job: &'static str,
    prepare: PrepareInstanceWrite,
}

const fn write(rule: Transition, job: &'static str, prepare: PrepareInstanceWrite) -> InstanceWrite {
    InstanceWrite { rule, job, prepare }
}

const fn now(operation: &'static str, prepare: PrepareInstanceWrite) -> InstanceWrite {
    write(rule(operation, ACTIVE, 0), "", prepare)
}

/// Writes to existing instances. Jobs that the vendor does not name have names in the vendor's style.
#[rustfmt::skip]
const WRITES: &[InstanceWrite] = &[
    write(Transition { from: &[ACTIVE, FAILED, STORAGE_FULL], ..rule("RestartGaussMySqlInstance", REBOOTING, 2) },
        "RestartGaussDBforMySQLInstance", changes::restart),
    write(rule("ChangeGaussMySqlInstanceSpecification", MODIFYING, 3), "ResizeGaussDBforMySQLInstance", changes::resize),
    write(Transition { from: &[ACTIVE, STORAGE_FULL], ..rule("ExpandGaussMySqlInstanceVolume", MODIFYING, 2) },
        "EnlargeGaussDBforMySQLVolume", changes::volume),
    write(rule("UpgradeGaussMySqlInstanceDatabase", MODIFYING, 3), "UpgradeGaussDBforMySQLInstance", changes::upgrade),
    write(rule("UpdateGaussMySqlInstanceName", ACTIVE, 1), "RenameGaussDBforMySQLInstance", changes::rename),
    now("UpdateGaussMySqlInstanceAlias", changes::alias),
    now("UpdateGaussMySqlInstanceOpsWindow", changes::window),
    now("ResetGaussMySqlPassword", changes::nothing),
    write(rule("UpdateGaussMySqlInstancePort", CHANGING_PORT, 2), "ModifyGaussDBforMySQLPort", network::port),
    write(rule("UpdateGaussMySqlInstanceSecurityGroup", ACTIVE, 1), "ModifyGaussDBforMySQLSecurityGroup", network::group),
    write(rule("SwitchGaussMySqlInstanceSsl", ACTIVE, 1), "SwitchGaussDBforMySQLSSL", changes::nothing),
    write(rule("UpdateGaussMySqlInstanceEip", ACTIVE, 1), "BindGaussDBforMySQLEIP", network::bind),
    write(rule("CancelGaussMySqlInstanceEip", ACTIVE, 1), "UnbindGaussDBforMySQLEIP", network::unbind),
    write(rule("UpdateGaussMySqlInstanceInternalIp", ACTIVE, 1), "ModifyGaussDBforMySQLIP", network::address),
    write(rule("CreateGaussMysqlDns", ACTIVE, 1), "CreateGaussDBforMySQLDns", network::domain),
    write(rule("ModifyGaussMysqlDns", ACTIVE, 1), "ModifyGaussDBforMySQLDns", network::new_domain),
    write(rule("InvokeGaussMySqlInstanceSwitchOver", SWITCHOVER, 2), "SwitchoverGaussDBforMySQL", nodes::switch),
    write(rule("CreateGaussMySqlReadonlyNode", MODIFYING, 3), "AddGaussDBforMySQLNodes", nodes::add),
    write(rule("DeleteGaussMySqlReadonlyNode", MODIFYING, 2), "DeleteGaussDBforMySQLNode", nodes::remove),
    write(rule("RestartGaussMySqlNode", REBOOTING, 1), "RestartGaussDBforMySQLNode", nodes::restart),
    write(rule("RenameInstanceNode", ACTIVE, 1), "RenameGaussDBforMySQLNode", nodes::rename),
    write(rule("ModifyNodePriority", ACTIVE, 1), "ModifyGaussDBforMySQLPriority", nodes::priority),
    write(rule("UpdateTaurusNodeDataIp", ACTIVE, 1), "ModifyGaussDBforMySQLNodeIP", nodes::address),
    write(rule("SetInstanceReadonlyStatus", ACTIVE, 1), "SetGaussDBforMySQLReadonly", changes::nothing),
    write(rule("CreateGaussMySqlDatabase", ACTIVE, 1), "CreateGaussDBforMySQLDatabase", databases::create),
    write(rule("DeleteGaussMySqlDatabase", ACTIVE, 1), "DeleteGaussDBforMySQLDatabase", databases::delete),
    write(rule("UpdateGaussMySqlDatabaseComment", ACTIVE, 1), "ModifyGaussDBforMySQLDatabase", databases::comment),
    write(rule("CreateGaussMySqlDatabaseUser", ACTIVE, 1), "CreateGaussDBforMySQLUser", databases::create_accounts),
    write(rule("DeleteGaussMySqlDatabaseUser", ACTIVE, 1), "DeleteGaussDBforMySQLUser", databases::delete_accounts),
    write(rule("UpdateGaussMySqlDatabaseUserComment", ACTIVE, 1), "ModifyGaussDBforMySQLUser", databases::comment_accounts),
    write(rule("ResetGaussMySqlDatabasePassword", ACTIVE, 1), "ResetGaussDBforMySQLPassword", databases::passwords),
    write(rule("AddDatabasePermission", ACTIVE, 1), "GrantGaussDBforMySQLUser", databases::grant),
    write(rule("DeleteDatabasePermission", ACTIVE, 1), "RevokeGaussDBforMySQLUser", databases::revoke),
    write(rule("UpdateInstanceConfigurations", ACTIVE, 1), "ModifyGaussDBforMySQLParameters", templates::change_instance),
    write(rule("SwitchGaussMySqlConfiguration", ACTIVE, 1), "ApplyGaussDBforMySQLTemplate", templates::apply),
    write(rule("RestoreOldInstance", RESTORING, 4), "RestoreGaussDBforMySQL", backups::restore_to_old),
    now("BatchTagAction", changes::tags),
    now("UpdateGaussMySqlBackupPolicy", backups::change_policy),
];

/// The table's row of an operation.
pub(super) fn find(operation: &str) -> Option<&'static InstanceWrite> {
    WRITES.iter().find(|write| write.rule.operation == operation)
}

/// The instances of a write: that of the path, or those of the body.
fn targets<'w>(world: &'w Taurusdb, call: &WorldRequest<'_>) -> Result<Vec<&'w TaurusdbInstance>, Refusal> {
    if call.text("instance_id").is_some() {
        return Ok(vec![world.instance(call)?]);
    }
    let body = call.body();
    let one = ["/target_instance_id", "/instance_id"].iter().filter_map(|field| body.given(field));
    let ids = one.chain(body.items("/instance_ids")).filter_map(Json::as_str);
    ids.map(|id| world.instance_by_id(id)).collect()
}

impl Taurusdb {
    /// A write to existing instances. Nothing is changed before all checks have passed.
    pub(super) fn write_instance(
        &mut self,
        call: &WorldRequest<'_>,
        write: &'static InstanceWrite,
    ) -> Result<Json, Refusal> {
        let mut prepared = Vec::new();
        for instance in targets(self, call)? {
            self.allows(call, &write.rule, instance)?;
            prepared.push((instance.id().to_owned(), (write.prepare)(self, call, instance)?));
        }
        let mut response = json!({});
        for (id, Prepared { change, response: own }) in prepared {
            response = own;
            if write.rule.takes == 0 {
                self.alter_instance(&id, call.now, change);
            } else {
                let job = self.take_on_instance(call, &write.rule, &id, change);
                self.accepted(call, &id, job, &mut response);
            }
        }
        Ok(response)
    }

    /// Whether an instance has no running job, and its status allows an operation.
    fn allows(
        &self,
        call: &WorldRequest<'_>,
        rule: &Transition,
        instance: &TaurusdbInstance,
    ) -> Result<(), Refusal> {
        self.free(instance)?;
        match rule.allows(instance.status()) {
            true => Ok(()),
            false => Err(refusals::instance_status(call.id(), instance.name(), instance.status())),
        }
    }

    /// Starts a change of an instance, and returns the id of its job.
    fn take_on_instance(
        &mut self,
        call: &WorldRequest<'_>,
        rule: &'static Transition,
        id: &str,
        change: InstanceChange,
    ) -> String {
        let before = self.instances.get(id).map_or(ACTIVE, TaurusdbInstance::status).to_owned();
        let fails = call.fails;
        let (begin, end) = (id.to_owned(), id.to_owned());
        self.accept(
            call,
            id,
            rule,
            move |world, at| world.alter_instance(&begin, at, |instance, _| instance.show(rule.during)),
            move |world, at| {
                world.alter_instance(&end, at, |instance, at| {
                    if fails {
                        return instance.show(&before);
                    }
                    change(instance, at);
                    instance.show(rule.after);
                });
            },
        )
    }
}

/// Reads of the contents of an instance.
pub(super) use databases::{list as list_databases, list_accounts};
