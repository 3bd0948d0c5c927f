//! Huawei Cloud DBSS, called as a user with a password: the client fetches a token from IAM by itself.

use dbplane::Error;
use dbplane::huawei::{Credentials, dbss_v2::Client, dbss_v2::models::*};

use super::super::account::Account;
use super::super::step::{Step, step};

/// A call of every operation.
pub(crate) fn steps(account: &Account<'_>) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .runtime(account.runtime())
        .base_url(account.base_url) // with .region("cn-north-4") instead of both addresses, the vendor's are used
        .iam_url(account.iam_url)
        .project_id(account.project_id)
        .credentials(Credentials::password(account.domain, account.user, account.password))
        .build()?;
    let id = "a8c37c9be61ffd4ee8aacab7bae74e91";
    let address = BindEipRequest::new("100.85.120.66", "5b2a1f6e-0a3f-4c55-8d24-3d2a9a8f1c77");
    let groups = ChangeSecurityGroupRequest::new(["9e033f2d-04a5-4bdc-858e-17e31599d052"]);
    let password = ChangePasswordRequest::new("sysadmin", "example-Passw0rd");
    Ok(vec![
        step("ListDbOmInstances", client.list_db_om_instances().send()),
        step("CreateDbOmInstancePeriod", client.create_db_om_instance_period(order()).send()),
        step(
            "UpdateDbOmInstanceName",
            client.update_db_om_instance_name(id, ChangeNameRequest::new("om-2")).send(),
        ),
        step("UnbindDbOmEip", client.unbind_db_om_eip(id).send()),
        step("BindDbOmEip", client.bind_db_om_eip(id, address).send()),
        step("ChangeDbOmSecurityGroup", client.change_db_om_security_group(id, groups).send()),
        step("ResetDbOmPassword", client.reset_db_om_password(id, password).send()),
        step("RebootDbOmInstance", client.reboot_db_om_instance(id).start()),
        step("StopDbOmInstance", client.stop_db_om_instance(id).start()),
        step("StartDbOmInstance", client.start_db_om_instance(id).start()),
        step("DeleteDbOmInstance", client.delete_db_om_instance(id).start()),
    ])
}

/// One instance of two servers, for a month, paid in advance.
fn order() -> ChargeOrderRequest {
    let product = ProductInfo::new()
        .product_id("00301-225396-0--0")
        .resource_type("hws.resource.type.dbss.opsmgmt")
        .resource_spec_code("dbss.opsmgmt.high");
    let order = ChargeOrderRequest::new()
        .name("om-1")
        .flavor_ref("s6.2xlarge.2")
        .product_infos([product])
        .subscription_num(1)
        .asset_nums(30)
        .period_type(2) // months
        .period_num(1)
        .is_auto_renew(0) // no
        .charging_mode(0) // in advance
        .cloud_service_type("hws.service.type.dbss")
        .image_business_type(1)
        .deploy_mode(DeployMode::Cloud)
        .availability_zone("cn-north-4a,cn-north-4b")
        .vpc_id("21f3dac4-f460-4173-ba5e-cb7a0d528605")
        .nics([Nic::new().subnet_id("cbed162e-045a-4afd-aa2b-0da11219989c")])
        .security_groups([SecurityGroup::new().id("9e033f2d-04a5-4bdc-858e-17e31599d052")])
        .enterprise_project_id("0")
        .hx_password("example-Passw0rd");
    order.comment("for the audit")
}
