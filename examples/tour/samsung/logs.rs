//! Logs: which are written, and how they get to a bucket.

use dbplane::Secret;
use dbplane::samsung::mariadb::{Client, models::*};

use super::{CLUSTER, Step, step};

/// Key of an object storage user.
const KEY: &str = "13952a8851244213f2de8d95069bf161";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let configs = client.list_log_export_configs(CLUSTER).type_(LogType::Slow);
    let secret = || Secret::from("secretkey");
    let create = client.register_log_export_config(CLUSTER, new_export(secret()));
    let change = client.set_log_export_config(CLUSTER, LogType::Slow, changed_export(secret()));
    let end = client.unregister_log_export_config(CLUSTER, LogType::Slow);
    vec![
        step("SetAuditLog", client.set_audit_log(CLUSTER, AuditLogRequest::new(true)).send()),
        step("RegisterLogExportConfig", create.send()),
        step("ListLogExportConfigs", configs.send()),
        step("SetLogExportConfig", change.send()),
        step("ExportLog", client.export_log(CLUSTER, LogType::Slow).send()),
        step("UnregisterLogExportConfig", end.send()),
    ]
}

/// A daily export at noon. The secret stays out of logs and is wiped from memory after the call.
fn new_export(secret: Secret) -> LogExportConfigCreateRequest {
    LogExportConfigCreateRequest::new(LogType::Slow, "examplebucket")
        .access_key(KEY)
        .secret_key(secret)
        .delete_on_export(true)
        .schedule_frequency_type("DAY")
        .schedule_day_of_month("28")
        .schedule_day_of_week(DayOfWeek::Mon)
        .schedule_hour("12")
}

/// The same export as it shall be from now on; what is left out is sent as null.
fn changed_export(secret: Secret) -> LogExportConfigModifyRequest {
    LogExportConfigModifyRequest::new()
        .access_key(KEY)
        .secret_key(secret)
        .delete_on_export(true)
        .schedule_frequency_type("DAY")
        .schedule_day_of_month("28")
        .schedule_day_of_week(DayOfWeek::Mon)
        .schedule_hour("12")
}
