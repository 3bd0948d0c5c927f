//! Changes of several instances by one request, with a job for each. If one is refused, all are, except for backup
//! policies, which are reported one by one.

use serde_json::{Value as Json, json};

use super::changes;
use crate::message::refusal::Refusal;
use crate::world::fields::{Fields, texts};
use crate::world::request::WorldRequest;
use crate::world::taurusdb::change::{MODIFYING, rule};
use crate::world::taurusdb::refusals;
use crate::world::taurusdb::state::Taurusdb;
use crate::world::work::Transition;

const RESIZE: Transition = rule("BatchChangeInstanceSpecification", MODIFYING, 3);
const UPGRADE: Transition = rule("BatchUpgradeDatabases", MODIFYING, 3);

/// A change to the same size; returns the jobs, and the orders of prepaid instances.
pub(crate) fn resize(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let flavor = call.body().text("/spec_code");
    let mut prepared = Vec::new();
    for id in texts(call.body().items("/instance_ids")) {
        let instance = world.instance_by_id(id)?;
        world.allows(call, &RESIZE, instance)?;
        prepared.push((id, changes::to_flavor(world, flavor, instance)?));
    }
    let (mut jobs, mut orders) = (Vec::new(), Vec::new());
    for (id, change) in prepared {
        let job = world.take_on_instance(call, &RESIZE, id, change.change);
        let mut accepted = json!({});
        world.accepted(call, id, job, &mut accepted);
        jobs.extend(accepted.get("job_id").cloned());
        orders.extend(accepted.get("order_id").cloned());
    }
    Ok(json!({"job_ids": jobs, "order_ids": orders}))
}

/// An upgrade of the kernels to the latest version.
pub(crate) fn upgrade(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let mut prepared = Vec::new();
    for target in call.body().items("/databases_instance_infos") {
        let instance = world.instance_by_id(target.text("/instance_id"))?;
        world.allows(call, &UPGRADE, instance)?;
        let (said, kernel) = (target.text("/current_version"), instance.kernel());
        if said != kernel {
            let problem = format!("current_version: {} runs {kernel}, not {said}", instance.name());
            return Err(refusals::invalid_value(problem));
        }
        prepared.push((instance.id().to_owned(), changes::upgrade(world, call, instance)?));
    }
    for (id, change) in prepared {
        world.take_on_instance(call, &UPGRADE, &id, change.change);
    }
    Ok(json!({"resp": "success"}))
}

/// Sets the backup window of each instance, and the retention of its basic backups in days.
pub(crate) fn change_policies(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (ids, policy) = (texts(call.body().items("/instance_ids")), &call.body()["backup_policy"]);
    let window = format!("{}-{}", policy.text("/begin_time"), policy.text("/end_time"));
    let basic = policy.items("/policies").iter().find(|policy| policy.text("/policy_type") == "base");
    let days = basic.map(|policy| (policy.number("/retention_days").to_string(), policy.text("/period")));
    let mut failed = Vec::new();
    for id in &ids {
        if let Err(refusal) = world.instance_by_id(id) {
            let code = refusals::code(&refusal);
            failed.push(json!({"instance_id": id, "error_code": code, "error_msg": refusal.problem}));
        }
        world.alter_instance(id, call.now, |instance, _| {
            instance.set("/backup_strategy/start_time", window.as_str());
            if let Some((kept, period)) = &days {
                instance.set("/backup_strategy/keep_days", kept.as_str());
                (*period).clone_into(&mut instance.backup_days);
            }
        });
    }
    let succeeded = ids.len() - failed.len();
    Ok(json!({"success_count": succeeded, "failed_count": failed.len(), "failed_results": failed}))
}
