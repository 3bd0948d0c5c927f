//! Logs: which are written, and how they get to a bucket.

use super::product::{Client, models::*};
use super::{CLUSTER, Step, step};
use dbplane::Secret;

/// Key of an object storage user.
const KEY: &str = "13952a8851244213f2de8d95069bf161";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let configs = client.list_log_export_configs(CLUSTER);
    let secret = || Secret::from("secretkey");
    let create = client.register_log_export_config(CLUSTER, super::new_export(KEY, secret()));
    let change = client.set_log_export_config(CLUSTER, LogType::Alert, changed_export(secret()));
    let end = client.unregister_log_export_config(CLUSTER, LogType::Alert);
    vec![
        step("ListLogExportConfigs", configs.send()),
        step("SetLogExportConfig", change.start()),
        step("ExportLog", client.export_log(CLUSTER, LogType::Alert).start()),
        step("UnregisterLogExportConfig", end.start()),
        step("RegisterLogExportConfig", create.start()),
    ]
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
