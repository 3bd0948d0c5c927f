//! Proxies by their names.

use super::Client;
use super::models::ProxyWithNodes;
use crate::client::find::Named;
use crate::error::Error;

impl Client {
    /// Returns the proxy of an instance with this name, and its database nodes.
    ///
    /// The name is case-sensitive. Several proxies may have the same name.
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::huawei::taurusdb_v3::Client) -> Result<(), dbplane::Error> {
    /// let found = client.find_proxy("096c0fc43e804757b59946b80dc27f8bin07", "front").await?;
    /// println!("{:?} with {} read replicas", found.proxy.and_then(|p| p.address), found.readonly_nodes.len());
    /// # Ok(()) }
    /// ```
    ///
    /// Needs the feature `huawei-taurusdb-v3-proxy`.
    ///
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// [`Error::is_no_match`] if no item matches, [`Error::is_ambiguous`] if several match; any other error if a page
    /// of the list can't be fetched or decoded.
    pub fn find_proxy(
        &self,
        instance_id: &str,
        name: &str,
    ) -> impl Future<Output = Result<ProxyWithNodes, Error>> + Send + 'static + use<> {
        self.show_proxy_list(instance_id).items().named(name.to_owned())
    }
}

impl Named for ProxyWithNodes {
    const KIND: &'static str = "database proxy";

    fn name(&self) -> &str {
        self.proxy.as_ref().and_then(|proxy| proxy.name.as_deref()).unwrap_or_default()
    }

    fn id(&self) -> &str {
        self.proxy.as_ref().and_then(|proxy| proxy.pool_id.as_deref()).unwrap_or_default()
    }
}
