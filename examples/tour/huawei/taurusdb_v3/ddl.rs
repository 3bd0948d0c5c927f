//! Online DDL: tasks that change tables while they are in use, and their logs.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, REPLICA, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let delete_online_ddl_task_record = OnlineDdlTaskRequest::new("a1b2c3d4e5f60718293a4b5c6d7e8f90");
    let start_online_ddl_task = StartOnlineDdlTaskRequest::new([DdlTaskContent::new(
        [DdlTaskTable::new("ALTER TABLE items ADD COLUMN n INT")],
        "orders",
    )])
    .auto_clear(false);
    let set_ddl_log_policy = SetDdlLogPolicyRequest::new(7, OnOff::On);
    let download_ddl_logs = DownloadDdlLogsRequest::new(["5d2f8a9be1c04f3d"]);
    let clear_online_ddl_task_temp_table = ClearOnlineDdlTaskTempTableRequest::new(
        [ClearTaskContent::new([ClearTaskTable::new("items")], "orders")],
        "a1b2c3d4e5f60718293a4b5c6d7e8f90",
    );
    let download_online_ddl_task_log = OnlineDdlTaskRequest::new("a1b2c3d4e5f60718293a4b5c6d7e8f90");
    let stop_online_ddl_task = OnlineDdlTaskRequest::new("a1b2c3d4e5f60718293a4b5c6d7e8f90");
    vec![
        step(
            "ListDdlLogs",
            client.list_ddl_logs(INSTANCE, 1_769_911_200_000, 1_769_911_200_000, REPLICA).limit(20).send(),
        ),
        step("StartOnlineDdlTask", client.start_online_ddl_task(INSTANCE, start_online_ddl_task).start()),
        step("SetDdlLogPolicy", client.set_ddl_log_policy(INSTANCE, set_ddl_log_policy).send()),
        step("DownloadDdlLogs", client.download_ddl_logs(INSTANCE, download_ddl_logs).send()),
        step(
            "ClearOnlineDdlTaskTempTable",
            client.clear_online_ddl_task_temp_table(INSTANCE, clear_online_ddl_task_temp_table).start(),
        ),
        step(
            "DownloadOnlineDdlTaskLog",
            client.download_online_ddl_task_log(INSTANCE, download_online_ddl_task_log).send(),
        ),
        step("StopOnlineDdlTask", client.stop_online_ddl_task(INSTANCE, stop_online_ddl_task).start()),
        step(
            "DeleteOnlineDdlTaskRecord",
            client.delete_online_ddl_task_record(INSTANCE, delete_online_ddl_task_record).start(),
        ),
    ]
}
