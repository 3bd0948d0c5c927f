//! Slow and error logs, and where they are kept.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, REPLICA, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let delete_lts_configs =
        DeleteLtsConfigsRequest::new([InstanceDeleteLtsConfig::new(INSTANCE, "error_log")]);
    let create_lts_configs = CreateLtsConfigsRequest::new([InstanceSaveLtsConfig::new()
        .instance_id(INSTANCE)
        .log_type("error_log")
        .lts_group_id("b1c2d3e4-f506-4718-8293-a4b5c6d7e8f9")
        .lts_stream_id("c2d3e4f5-0617-4829-93a4-b5c6d7e8f90a")]);
    let list_lts_error_log_details = ListLtsErrorLogDetailsRequest::new()
        .node_id(REPLICA)
        .start_time("2026-02-01T02:00:00+0000")
        .end_time("2026-02-01T03:00:00+0000")
        .limit(10)
        .level(LogLevel::Error)
        .line_num("1769911200123456789");
    let list_lts_slowlog_details = ListLtsSlowlogDetailsRequest::new()
        .node_id(REPLICA)
        .start_time("2026-02-01T02:00:00+0000")
        .end_time("2026-02-01T03:00:00+0000")
        .limit(10)
        .database("orders")
        .line_num("1769911200123456789");
    let show_slow_log_statistics =
        ShowSlowLogStatisticsRequest::new(REPLICA, "2026-02-01T02:00:00+0000", "2026-02-01T03:00:00+0000")
            .database("orders")
            .limit(10);
    let update_slowlog_sensitive_switch = UpdateSlowlogSensitiveSwitchRequest::new(false);
    vec![
        step("ShowLtsConfigs", client.show_lts_configs().limit(20).send()),
        step("ShowSlowlogSensitiveStatus", client.show_slowlog_sensitive_status(INSTANCE).send()),
        step("CreateLtsConfigs", client.create_lts_configs(create_lts_configs).send()),
        step(
            "ListLtsErrorLogDetails",
            client.list_lts_error_log_details(INSTANCE, list_lts_error_log_details).send(),
        ),
        step(
            "ListLtsSlowlogDetails",
            client.list_lts_slowlog_details(INSTANCE, list_lts_slowlog_details).send(),
        ),
        step(
            "ShowSlowLogStatistics",
            client.show_slow_log_statistics(INSTANCE, show_slow_log_statistics).send(),
        ),
        step(
            "UpdateSlowlogSensitiveSwitch",
            client.update_slowlog_sensitive_switch(INSTANCE, update_slowlog_sensitive_switch).send(),
        ),
        step("DownloadSlowLogFile", client.download_slow_log_file(INSTANCE, REPLICA).send()),
        step("DeleteLtsConfigs", client.delete_lts_configs(delete_lts_configs).send()),
    ]
}
