//! Instances and tenants by their names, proxy clusters by their ids.
//!
//! Problem: people know the names of instances and tenants, operations need ids; and proxy clusters have no list.
//! Default: lists are read to their end, and proxies are searched in the addresses of all tenants.
//! Override: none; `describe_instances` and `query_tenants` have filters.

use super::cloud_v2::{Client, models};
use crate::Items;
use crate::client::find::Named;
use crate::error::text::shown;
use crate::error::{Error, Kind};

impl Client {
    /// Returns the instance with this name in the client's project. The name is case-sensitive.
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::oceanbase::cloud_v2::Client) -> Result<(), dbplane::Error> {
    /// match client.find_instance("shop").await {
    ///     Ok(instance) => println!("{:?} is {:?}", instance.instance_id, instance.status),
    ///     Err(e) if e.is_no_match() => println!("not there yet, so order it"),
    ///     Err(e) => return Err(e), // several (is_ambiguous), or the list could not be read
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// [`Error::is_no_match`] if no item matches, [`Error::is_ambiguous`] if several match; any other error if a page
    /// of the list can't be fetched or decoded.
    pub fn find_instance(
        &self,
        name: &str,
    ) -> impl Future<Output = Result<models::InstanceSummary, Error>> + Send + 'static + use<> {
        self.describe_instances().instance_name(name).items().named(name.to_owned())
    }

    /// Returns the tenant with this name in an instance. The name is case-sensitive.
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::oceanbase::cloud_v2::Client) -> Result<(), dbplane::Error> {
    /// let tenant = client.find_tenant("ob317v4uif", "orders").await?;
    /// println!("{:?} is {:?}", tenant.tenant_id, tenant.status);
    /// # Ok(()) }
    /// ```
    ///
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// As [`find_instance`](Self::find_instance).
    pub fn find_tenant(
        &self,
        instance_id: &str,
        name: &str,
    ) -> impl Future<Output = Result<models::Tenant, Error>> + Send + 'static + use<> {
        self.query_tenants(instance_id).tenant_name(name).items().named(name.to_owned())
    }

    /// Returns the proxy cluster with this id, from the addresses of the instance's tenants. Several tenants can share
    /// a proxy cluster. Proxy clusters have no names.
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::oceanbase::cloud_v2::Client) -> Result<(), dbplane::Error> {
    /// use dbplane::{Wait, oceanbase::cloud_v2::models::ModifyOdpClusterSpecRequest};
    ///
    /// let proxy = client.find_proxy("ob317v4uif", "proxy-6tvg").await?;
    /// if proxy.unit_num != Some(4) {
    ///     let zone = proxy.zone.unwrap_or_default();
    ///     let size = ModifyOdpClusterSpecRequest::new()
    ///         .proxy_cluster_id("proxy-6tvg")
    ///         .unit_num(4)
    ///         .mode("k8s_exclusive")
    ///         .zone(zone)
    ///         .odp_cluster_node_type("normal");
    ///     client.modify_odp_cluster_spec("ob317v4uif", size).send_and_wait(&Wait::default()).await?;
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// [`Error::is_no_match`] if no item matches; any other error if a page of the list can't be fetched or decoded.
    pub fn find_proxy(
        &self,
        instance_id: &str,
        proxy_cluster_id: &str,
    ) -> impl Future<Output = Result<models::ProxyCluster, Error>> + Send + 'static + use<> {
        let (tenants, id) = (self.query_tenants(instance_id), proxy_cluster_id.to_owned());
        let operation = tenants.0.operation();
        async move { proxy_of(tenants.items(), id).await.map_err(|e| e.with_operation(operation)) }
    }
}

async fn proxy_of(mut tenants: Items<models::Tenant>, id: String) -> Result<models::ProxyCluster, Error> {
    while let Some(tenant) = tenants.try_next().await? {
        let proxies = tenant.tenant_connections.into_iter().filter_map(|c| c.proxy_cluster_info);
        let found = |proxy: &models::ProxyCluster| proxy.proxy_cluster_id.as_ref() == Some(&id);
        if let Some(proxy) = proxies.into_iter().find(found) {
            return Ok(proxy);
        }
    }
    let message = format!("no tenant has the proxy cluster `{}`", shown(&id));
    Err(Error::new(Kind::NoMatch, message))
}

impl Named for models::InstanceSummary {
    const KIND: &'static str = "instance";

    fn name(&self) -> &str {
        self.instance_name.as_deref().unwrap_or_default()
    }

    fn id(&self) -> &str {
        self.instance_id.as_deref().unwrap_or_default()
    }
}

impl Named for models::Tenant {
    const KIND: &'static str = "tenant";

    fn name(&self) -> &str {
        self.tenant_name.as_deref().unwrap_or_default()
    }

    fn id(&self) -> &str {
        self.tenant_id.as_deref().unwrap_or_default()
    }
}
