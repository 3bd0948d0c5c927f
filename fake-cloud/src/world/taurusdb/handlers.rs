//! The functions for operations that are not writes to existing resources.

use serde_json::{Value as Json, json};

use super::instances::{self, batch, creates as creates_of, recycle};
use super::state::Taurusdb;
use super::{backups, creates, jobs, quotas, reads, schedule, settings, templates};
use crate::message::refusal::Refusal;
use crate::world::request::WorldRequest;

/// Processes an operation and returns the body of the response.
pub(super) type TaurusdbHandler = fn(&mut Taurusdb, &WorldRequest<'_>) -> Result<Json, Refusal>;

/// The function for an operation that is not in the tables of writes.
pub(super) fn find(operation: &str) -> Option<TaurusdbHandler> {
    Some(match operation {
        "CreateGaussMySqlProxy" => creates::open,
        "ListGaussMySqlInstances" | "ListGaussMySqlInstancesUnifyStatus" => {
            |w, call| reads::instances(w, call)
        }
        "ShowGaussMySqlInstanceInfo" | "ShowGaussMySqlInstanceInfoUnifyStatus" => {
            |w, call| Ok(json!({"instance": w.instance(call)?.detail(call)}))
        }
        "ShowGaussMySqlProxyList" => |w, call| reads::proxies(w, call),
        "ShowProxyConfigurations" => |w, call| reads::settings(w, call),
        "ShowProxyIpgroup" => |w, call| Ok(w.proxy(call)?.access.clone()),
        "ShowProxyVersion" => |w, call| Ok(settings::version(w.proxy(call)?, &w.offer)),
        "ShowGaussMySqlJobInfo" => |w, call| jobs::show(w, call),
        "ListImmediateJobs" => |w, call| jobs::list(w, call),
        "ShowTaskDetails" => |w, call| jobs::steps(w, call),
        "DeleteTaskRecord" => jobs::forget,
        "ListScheduleJobs" => |w, call| schedule::list(w, call),
        "CancelScheduleTask" => schedule::cancel,
        "DeleteScheduleTasK" => schedule::delete,
        "CreateGaussMySqlInstance" => creates_of::create,
        "DeleteGaussMySqlInstance" => recycle::delete,
        "ListRecycleInstances" => recycle::list,
        "ShowRecyclePolicy" => recycle::policy,
        "SetRecyclePolicy" => recycle::set_policy,
        "ListGaussMySqlInstanceDetailInfo" | "ListGaussMySqlInstanceDetailInfoUnifyStatus" => {
            |w, call| reads::details(w, call)
        }
        "ShowInstanceDatabaseVersion" => |w, call| reads::version(w, call),
        "ShowInstanceEip" => |w, call| reads::address(w, call),
        "ListGaussMySqlDatabase" => |w, call| instances::list_databases(w, call),
        "ListGaussMySqlDatabaseUser" => |w, call| instances::list_accounts(w, call),
        "CreateGaussMySqlBackup" => backups::create,
        "ShowGaussMySqlBackupList" => backups::list,
        "ShowInstanceBackups" => backups::of_instance,
        "DeleteGaussMySqlBackup" => backups::delete,
        "BatchDeleteBackup" => backups::delete_many,
        "ShowGaussMySqlBackupPolicy" => backups::policy,
        "ShowBackupRestoreTime" => backups::restore_times,
        "ListGaussMySqlConfigurations" => templates::list,
        "ShowGaussMySqlConfiguration" => templates::show,
        "CreateGaussMySqlConfiguration" => templates::create,
        "UpdateGaussMySqlConfiguration" => templates::update,
        "DeleteGaussMySqlConfiguration" => templates::delete,
        "CopyConfigurations" => templates::copy,
        "CopyInstanceConfigurations" => templates::copy_instance,
        "ListConfigurationsDifferences" => templates::differences,
        "ListModifyHistory" => templates::changes,
        "ListParamsTemplateApplyHistory" => templates::applications,
        "BatchChangeInstanceSpecification" => batch::resize,
        "BatchUpgradeDatabases" => batch::upgrade,
        "BatchUpdateBackupPolicy" => batch::change_policies,
        "ListConfigurationsInstances" => templates::applicable,
        "ListInstanceConfigurations" => templates::of_instance,
        "ListInstanceTags" => quotas::tags,
        "ListProjectTags" => quotas::project_tags,
        "ShowGaussMySqlProjectQuotas" => quotas::of_project,
        "ShowGaussMySqlQuotas" => quotas::list,
        "SetGaussMySqlQuotas" | "UpdateGaussMySqlQuotas" => quotas::set,
        _ => return None,
    })
}
