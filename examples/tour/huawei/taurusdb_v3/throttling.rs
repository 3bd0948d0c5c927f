//! Rules that limit how often statements run.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, REPLICA, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let delete_sql_filter_rule = DeleteSqlFilterRuleRequest::new([DeleteNodeSqlFilterRuleInfo::new(
        REPLICA,
        [DeleteNodeSqlFilterRule::new(["SELECT~items"], SqlType::Select)],
    )]);
    let set_sql_filter_rule = SetSqlFilterRuleRequest::new([NodeSqlFilterRuleInfo::new(
        REPLICA,
        [NodeSqlFilterRule::new(
            [NodeSqlFilterRulePattern::new(1_769_914_800_000, 5, "SELECT~items")],
            SqlType::Select,
        )],
    )]);
    let update_sql_filter_control = SwitchStatusRequest::new(OnOff::On);
    let show_sql_auto_sql_limiting = ShowSqlAutoSqlLimitingRequest::new([REPLICA]);
    let set_auto_sql_limiting = SetAutoSqlLimitingRequest::new([AutoSqlLimitingRule::new()
        .node_id(REPLICA)
        .start_time("00:00")
        .end_time("23:59")
        .active_sessions(100)
        .clear_time(60)
        .condition(LogicalOperator::And)
        .cpu_usage(80)
        .duration(5)
        .max_concurrency(5)
        .retain_sql_rule(false)]);
    vec![
        step("ShowSqlFilterRule", client.show_sql_filter_rule(INSTANCE, REPLICA).send()),
        step("ShowAutoSqlLimitingLog", client.show_auto_sql_limiting_log(INSTANCE, REPLICA).send()),
        step("ShowHistoricalSqlFilterRule", client.show_historical_sql_filter_rule(INSTANCE, REPLICA).send()),
        step("ShowSqlFilterControl", client.show_sql_filter_control(INSTANCE).send()),
        step("SetSqlFilterRule", client.set_sql_filter_rule(INSTANCE, set_sql_filter_rule).start()),
        step(
            "UpdateSqlFilterControl",
            client.update_sql_filter_control(INSTANCE, update_sql_filter_control).start(),
        ),
        step(
            "ShowSqlAutoSqlLimiting",
            client.show_sql_auto_sql_limiting(INSTANCE, show_sql_auto_sql_limiting).send(),
        ),
        step("SetAutoSqlLimiting", client.set_auto_sql_limiting(INSTANCE, set_auto_sql_limiting).start()),
        step("DeleteAutoSqlLimiting", client.delete_auto_sql_limiting(INSTANCE, REPLICA).send()),
        step("DeleteSqlFilterRule", client.delete_sql_filter_rule(INSTANCE, delete_sql_filter_rule).start()),
    ]
}
