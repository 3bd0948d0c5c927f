//! Who may connect to a tenant: groups of addresses. They are lists here, and JSON in a string on the wire.

use dbplane::oceanbase::cloud_v2::{Client, models::*};

use super::{INSTANCE, Step, TENANT, step};

pub(super) fn groups(client: &Client) -> Vec<Step> {
    let vpn = SecurityIpGroupRequest::new("vpn", ["10.0.0.0/8", "192.168.1.1"]);
    let fewer = SecurityIpGroupRequest::new("vpn", ["10.0.0.0/8"]);
    let gone = DeleteSecurityIpGroupRequest::new("vpn");
    vec![
        step(
            "createTenantSecurityIpGroup",
            client.create_tenant_security_ip_group(INSTANCE, TENANT, vpn).send(),
        ),
        step(
            "modifyTenantSecurityIpGroup",
            client.modify_tenant_security_ip_group(INSTANCE, TENANT, fewer).send(),
        ),
        step(
            "describeTenantSecurityIpGroups",
            client.describe_tenant_security_ip_groups(INSTANCE, TENANT).send(),
        ),
        step(
            "deleteTenantSecurityIpGroup",
            client.delete_tenant_security_ip_group(INSTANCE, TENANT, gone).send(),
        ),
    ]
}
