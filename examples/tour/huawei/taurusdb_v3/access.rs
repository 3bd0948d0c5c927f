//! How programs reach a proxy: encryption, addresses and names, and who is let in.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, PROXY, Step, VPC, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let eip = SwitchProxyEipRequest::new("203.0.113.20", BooleanText::True)
        .public_ip_id("2c9e5b1a-7d3f-4e8a-9b6c-0d1e2f3a4b5c");
    let name = UpdateProxyPrivateDnsNameRequest::new("front.internal", VPC);
    let shop = AccessControlRule::new("192.168.0.0/24").description("shop");
    let list = CreateAccessControlRequest::new(AccessControlType::White, [shop]);
    let ssl = SwitchSslRequest::new(true);
    vec![
        step("SwitchGaussMySqlProxySsl", client.switch_proxy_ssl(INSTANCE, PROXY, ssl).start()),
        step("SwitchGaussMySqlProxyEip", client.switch_proxy_eip(INSTANCE, PROXY, eip).start()),
        step("CreateProxyDnsName", client.create_proxy_dns_name(INSTANCE, PROXY).start()),
        step(
            "UpdateProxyPrivateDnsName",
            client.update_proxy_private_dns_name(INSTANCE, PROXY, name).start(),
        ),
        step("DeleteProxyPrivateDnsName", client.delete_proxy_private_dns_name(INSTANCE, PROXY).start()),
        step("CreateAccessControl", client.create_access_control(INSTANCE, PROXY, list).send()),
        step(
            "SwitchAccessControl",
            client.switch_access_control(INSTANCE, PROXY, SwitchAccessControlRequest::new(true)).send(),
        ),
        step("ShowProxyIpgroup", client.show_proxy_ipgroup(INSTANCE, PROXY).send()),
    ]
}
