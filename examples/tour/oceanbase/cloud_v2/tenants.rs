//! Tenants and their addresses.

use dbplane::oceanbase::cloud_v2::{Client, models::*};
use serde_json::json;

use super::{ADDRESS, INSTANCE, Step, TENANT, step};

pub(super) fn make(client: &Client) -> Vec<Step> {
    let settings = [("lower_case_table_names".to_owned(), json!("1"))];
    let tenant = CreateTenantRequest::new("sales")
        .tenant_mode(CompatibilityMode::MySql)
        .primary_zone("ap-southeast-1a")
        .charset("utf8mb4")
        .cpu(2)
        .memory(8)
        .unit_num(1)
        .create_params(serde_json::Map::from_iter(settings));
    let address = CreateTenantAddressRequest::new(VipServiceType::ObproxyInternet);
    vec![
        step("createTenant", client.create_tenant(INSTANCE, tenant).start()),
        step("queryTenants", client.query_tenants(INSTANCE).tenant_name("orders").send()),
        step("describeTenant", client.describe_tenant(INSTANCE, TENANT).send()),
        step("createTenantAddress", client.create_tenant_address(INSTANCE, TENANT, address).start()),
        step("describeTenantAddress", client.describe_tenant_address(INSTANCE, TENANT, ADDRESS).send()),
        step("describeTenantPublicAddress", client.describe_tenant_public_address(INSTANCE, TENANT).send()),
    ]
}

pub(super) fn remove(client: &Client) -> Vec<Step> {
    let name = ModifyTenantNameRequest::new("purchases");
    let size = UpdateTenantRequest::new(1, 4, 16);
    let zone = ModifyTenantPrimaryZoneRequest::new("ap-southeast-1b", "ap-southeast-1b");
    vec![
        step("modifyTenantName", client.modify_tenant_name(INSTANCE, TENANT, name).send()),
        step("updateTenant", client.update_tenant(INSTANCE, TENANT, size).start()),
        step("modifyTenantPrimaryZone", client.modify_tenant_primary_zone(INSTANCE, TENANT, zone).start()),
        step("deleteTenantAddress", client.delete_tenant_address(INSTANCE, TENANT, ADDRESS).start()),
        step("deleteTenant", client.delete_tenant(INSTANCE, TENANT).start()),
    ]
}
