//! How large a proxy is: its nodes and their size.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, PROXY, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let grow = ExpandProxyRequest::new(1).proxy_id(PROXY);
    let size = ChangeProxySpecificationRequest::new("gaussdb.proxy.xlarge.x86.2");
    vec![
        step("ShowGaussMySqlProxyFlavors", client.show_proxy_flavors(INSTANCE).proxy_id(PROXY).send()),
        step(
            "ShowProxyFlavorsByAzCode",
            client.show_proxy_flavors_by_az_code("cn-north-4a", ProxyEngine::Taurusproxy).send(),
        ),
        step("ExpandGaussMySqlProxy", client.expand_proxy(INSTANCE, grow).start()),
        step(
            "ShrinkGaussMySqlProxy",
            client.shrink_proxy(INSTANCE, PROXY, ShrinkProxyRequest::new(1)).start(),
        ),
        step(
            "ChangeGaussMySqlProxySpecification",
            client.change_proxy_specification(INSTANCE, PROXY, size).start(),
        ),
    ]
}
