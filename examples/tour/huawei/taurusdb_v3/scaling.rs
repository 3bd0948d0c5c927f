//! Scaling by policy: flavors, nodes, serverless and storage.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let update_dynamic_serverless_policy =
        UpdateDynamicServerlessPolicyRequest::new("2", "16").need_update_nodes_compute_ability(true);
    let update_auto_scaling_policy =
        UpdateAutoScalingPolicyRequest::new(ScalingStrategyRequest::new(OnOff::On, OnOff::On), OnOff::On)
            .enlarge_threshold(70)
            .max_flavor("gaussdb.mysql.4xlarge.x86.4");
    let update_instance_monitor = UpdateInstanceMonitorRequest::new(true).period(5);
    let update_serverless_policy = UpdateServerlessPolicyRequest::new(2, 16);
    let update_serverless_scaling_policy = UpdateServerlessScalingPolicyRequest::new()
        .custom_scaling_config(
            CustomScalingConfigRequest::new().enlarge_scene(ScalingSceneRequest::new().conditions([
                ScalingConditionRequest::new().condition_id("1").duration(3000).interval(1000),
            ])),
        )
        .enlarge_step_size("1");
    let modify_auto_expand_policy =
        ModifyAutoExpandPolicyRequest::new(true).limit_size(1000).step_percent(20);
    let update_serverless_compute_ability_policy =
        UpdateServerlessComputeAbilityPolicyRequest::new("2", "16")
            .max_readonly_node_count(3)
            .min_readonly_node_count(1);
    vec![
        step("ShowDynamicServerlessPolicy", client.show_dynamic_serverless_policy(INSTANCE).send()),
        step("ShowAutoScalingHistory", client.show_auto_scaling_history(INSTANCE).limit(20).send()),
        step("ShowAutoScalingPolicy", client.show_auto_scaling_policy(INSTANCE).send()),
        step("ShowInstanceMonitorExtend", client.show_instance_monitor_extend(INSTANCE).send()),
        step(
            "ShowServerlessComputeAbilityPolicy",
            client.show_serverless_compute_ability_policy(INSTANCE).send(),
        ),
        step("ShowServerlessScalingPolicy", client.show_serverless_scaling_policy(INSTANCE).send()),
        step("ShowAutoExpandPolicy", client.show_auto_expand_policy(INSTANCE).send()),
        step(
            "UpdateDynamicServerlessPolicy",
            client.update_dynamic_serverless_policy(INSTANCE, update_dynamic_serverless_policy).start(),
        ),
        step(
            "UpdateAutoScalingPolicy",
            client.update_auto_scaling_policy(INSTANCE, update_auto_scaling_policy).send(),
        ),
        step(
            "UpdateInstanceMonitor",
            client.update_instance_monitor(INSTANCE, update_instance_monitor).start(),
        ),
        step(
            "UpdateServerlessPolicy",
            client.update_serverless_policy(INSTANCE, update_serverless_policy).send(),
        ),
        step(
            "UpdateServerlessScalingPolicy",
            client.update_serverless_scaling_policy(INSTANCE, update_serverless_scaling_policy).send(),
        ),
        step(
            "ModifyAutoExpandPolicy",
            client.modify_auto_expand_policy(INSTANCE, modify_auto_expand_policy).send(),
        ),
        step(
            "UpdateServerlessComputeAbilityPolicy",
            client
                .update_serverless_compute_ability_policy(INSTANCE, update_serverless_compute_ability_policy)
                .send(),
        ),
        step("DeleteDynamicServerlessPolicy", client.delete_dynamic_serverless_policy(INSTANCE).start()),
    ]
}
