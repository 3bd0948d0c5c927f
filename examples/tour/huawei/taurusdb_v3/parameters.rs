//! Parameter templates, and the parameters of an instance.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, Step, TEMPLATE, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let update_configuration =
        UpdateConfigurationRequest::new().description("orders of the shop").name("template-orders");
    let create_configuration = CreateConfigurationRequest::new("template-new")
        .datastore(Datastore::new("gaussdb-mysql", "8.0"))
        .description("orders of the shop");
    let values: serde_json::Map<_, _> = [("max_connections".to_owned(), "2000".into())].into_iter().collect();
    let update_instance_configurations = UpdateInstanceConfigurationsRequest::new(values);
    let list_configurations_differences =
        ListConfigurationsDifferencesRequest::new(TEMPLATE, "43570e0de32e40c5a15f831aa5ce4176pr07");
    let copy_configurations =
        CopyConfigurationRequest::new("template-copy").description("orders of the shop");
    let copy_instance_configurations =
        CopyConfigurationRequest::new("orders").description("orders of the shop");
    let switch_configuration =
        SwitchConfigurationRequest::new([INSTANCE]).is_update_param_group_version(false);
    let upgrade_configuration = UpgradeConfigurationRequest::new().parameters(["max_connections"]);
    vec![
        step("ShowGaussMySqlConfiguration", client.show_configuration(TEMPLATE).send()),
        step("ListGaussMySqlConfigurations", client.list_configurations().limit(20).send()),
        step(
            "ListParamsTemplateApplyHistory",
            client.list_params_template_apply_history(TEMPLATE).limit(20).send(),
        ),
        step("ListConfigurationsInstances", client.list_configurations_instances(TEMPLATE).limit(20).send()),
        step("ListModifyHistory", client.list_modify_history(TEMPLATE).limit(20).send()),
        step("ListInstanceConfigurations", client.list_instance_configurations(INSTANCE).limit(20).send()),
        step(
            "UpdateGaussMySqlConfiguration",
            client.update_configuration(TEMPLATE, update_configuration).start(),
        ),
        step("CreateGaussMySqlConfiguration", client.create_configuration(create_configuration).send()),
        step(
            "UpdateInstanceConfigurations",
            client.update_instance_configurations(INSTANCE, update_instance_configurations).start(),
        ),
        step(
            "ListConfigurationsDifferences",
            client.list_configurations_differences(list_configurations_differences).send(),
        ),
        step("CopyConfigurations", client.copy_configurations(TEMPLATE, copy_configurations).send()),
        step(
            "CopyInstanceConfigurations",
            client.copy_instance_configurations(INSTANCE, TEMPLATE, copy_instance_configurations).send(),
        ),
        step(
            "SwitchGaussMySqlConfiguration",
            client.switch_configuration(TEMPLATE, switch_configuration).start(),
        ),
        step("UpgradeConfiguration", client.upgrade_configuration(TEMPLATE, upgrade_configuration).send()),
        step("DeleteGaussMySqlConfiguration", client.delete_configuration(TEMPLATE).send()),
    ]
}
