//! The engine of a proxy: its version and its settings.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, PROXY, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let setting = UpdateProxyConfigurationItem::new("multiStatementType", "Strict", "system");
    let settings = UpdateProxyNewConfigurationsRequest::new([setting]);
    let upgrade = UpgradeProxyVersionRequest::new("2.24.06.000", "2.24.09.000");
    vec![
        step(
            "ShowProxyConfigurations",
            client.show_proxy_configurations(INSTANCE, PROXY).offset(0).limit(100).send(),
        ),
        step(
            "UpdateProxyNewConfigurations",
            client.update_proxy_new_configurations(INSTANCE, PROXY, settings).start(),
        ),
        step("ShowProxyVersion", client.show_proxy_version(INSTANCE, PROXY, ProxyEngine::Taurusproxy).send()),
        step("UpgradeProxyVersion", client.upgrade_proxy_version(INSTANCE, PROXY, upgrade).send()),
    ]
}
