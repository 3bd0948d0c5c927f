//! Instances themselves: created, described, resized, restarted and deleted.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, OTHER, Step, step};

#[allow(deprecated, reason = "the tour calls every operation, also the deprecated ones")]
pub(super) fn steps(client: &Client) -> Vec<Step> {
    let create_instance = CreateInstanceRequest::new()
        .name("gauss-orders")
        .password("example-Passw0rd")
        .region("cn-north-4")
        .mode(InstanceMode::Cluster)
        .datastore(DatastoreRequest::new("gaussdb-mysql", "8.0"))
        .flavor_ref("gaussdb.mysql.large.x86.4")
        .slave_count(1)
        .availability_zone_mode("multi")
        .vpc_id("c7d8e9f0-a1b2-43c4-d5e6-f708192a3b4c")
        .subnet_id("b6c7d8e9-f0a1-42b3-c4d5-e6f708192a3b")
        .charge_info(ChargeInfoRequest::new(ChargeMode::PostPaid))
        .backup_strategy(BackupStrategy::new("17:00-18:00"))
        .dedicated_resource_id("4f2a1b3c-5d6e-4f70-8192-a3b4c5d6e7f8");
    let update_multi_tenant = UpdateMultiTenantRequest::new(true);
    let set_htap_query_queues_rule = SetHtapQueryQueuesRuleRequest::new(
        HtapQueryQueueRuleRequest::new()
            .query_queue_concurrency_limit(0)
            .query_queue_cpu_used_pct_limit(0)
            .query_queue_max_queued_queries(1024)
            .query_queue_mem_used_pct_limit(0)
            .query_queue_pending_timeout_second(300),
    );
    let batch_change_instance_specification =
        BatchChangeInstanceSpecificationRequest::new([OTHER], "gaussdb.mysql.xlarge.x86.4")
            .is_auto_pay(BooleanText::True);
    let change_instance_specification =
        ChangeInstanceSpecificationRequest::new(ResizeFlavor::new("gaussdb.mysql.xlarge.x86.4"))
            .is_auto_pay(BooleanText::True);
    let upgrade_instance_database = UpgradeInstanceDatabaseRequest::new().delay(false);
    let reset_password = ResetPasswordRequest::new("example-Passw0rd");
    let restart_instance = RestartRequest::new().delay(false);
    let expand_instance_volume = ExpandInstanceVolumeRequest::new(200).is_auto_pay(BooleanText::True);
    let check_resource = CheckResourceRequest::new(
        CheckResourceAction::CreateInstance,
        CheckedResource::new()
            .availability_zone("cn-north-4a")
            .availability_zone_mode("multi")
            .enterprise_project_id("0"),
    );
    let update_instance_alias = UpdateInstanceAliasRequest::new("orders");
    let update_instance_name = UpdateInstanceNameRequest::new("gauss-shop").is_modify_node_name("false");
    vec![
        step(
            "ListGaussMySqlInstanceDetailInfoUnifyStatus",
            client.list_instance_details_unify_status(INSTANCE).send(),
        ),
        step("ListColdTableMetas", client.list_cold_table_metas(INSTANCE).limit(20).send()),
        step("ListEnterpriseProjects", client.list_enterprise_projects().limit(20).send()),
        step("ListGaussMySqlInstanceDetailInfo", client.list_instance_details(INSTANCE).send()),
        step("ShowMultiTenant", client.show_multi_tenant(INSTANCE).send()),
        step("ListOnlineDdlTaskRecords", client.list_online_ddl_task_records(INSTANCE).limit(20).send()),
        step("ShowHtapQueryQueuesRule", client.show_htap_query_queues_rule(INSTANCE).send()),
        step("ShowTableMetaInfo", client.show_table_meta_info(INSTANCE).send()),
        step("CreateGaussMySqlInstance", client.create_instance(create_instance).start()),
        step("UpdateMultiTenant", client.update_multi_tenant(INSTANCE, update_multi_tenant).start()),
        step(
            "SetHtapQueryQueuesRule",
            client.set_htap_query_queues_rule(INSTANCE, set_htap_query_queues_rule).send(),
        ),
        step(
            "BatchChangeInstanceSpecification",
            client.batch_change_instance_specification(batch_change_instance_specification).send(),
        ),
        step(
            "ChangeGaussMySqlInstanceSpecification",
            client.change_instance_specification(INSTANCE, change_instance_specification).start(),
        ),
        step(
            "UpgradeGaussMySqlInstanceDatabase",
            client.upgrade_instance_database(INSTANCE, upgrade_instance_database).start(),
        ),
        step("ResetGaussMySqlPassword", client.reset_password(INSTANCE, reset_password).send()),
        step("RestartGaussMySqlInstance", client.restart_instance(INSTANCE, restart_instance).start()),
        step(
            "ExpandGaussMySqlInstanceVolume",
            client.expand_instance_volume(INSTANCE, expand_instance_volume).start(),
        ),
        step("CheckResource", client.check_resource(check_resource).send()),
        step(
            "UpdateGaussMySqlInstanceAlias",
            client.update_instance_alias(INSTANCE, update_instance_alias).send(),
        ),
        step(
            "UpdateGaussMySqlInstanceName",
            client.update_instance_name(INSTANCE, update_instance_name).start(),
        ),
        step("DeleteGaussMySqlInstance", client.delete_instance(INSTANCE).start()),
    ]
}
