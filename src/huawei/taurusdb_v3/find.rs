//! Instances, proxies, databases, accounts and backups by their names.

use super::Client;
use super::models::{
    AccountDetails, BackupDetails, DatabaseDetails, MysqlInstanceListInfo, MysqlShowProxyResponseV3,
};
use crate::client::find::Named;
use crate::error::Error;

impl Client {
    /// Returns the instance with this name in the project.
    ///
    /// The name is case-sensitive. Several instances may have the same name.
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::huawei::taurusdb_v3::Client) -> Result<(), dbplane::Error> {
    /// match client.find_instance("orders").await {
    ///     Ok(instance) => println!("{} is {:?}", instance.id, instance.status),
    ///     Err(e) if e.is_no_match() => println!("not there"),
    ///     Err(e) if e.is_ambiguous() => println!("use the id: {e}"),
    ///     Err(e) => return Err(e), // the list could not be read
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// Cancel safe: it only reads, so call it again.
    ///
    /// # Errors
    /// No or several rows match: [`Error::is_no_match`], [`Error::is_ambiguous`]; or a page of the
    /// list could not be fetched or read.
    pub fn find_instance(
        &self,
        name: &str,
    ) -> impl Future<Output = Result<MysqlInstanceListInfo, Error>> + Send + 'static + use<> {
        self.list_instances_unify_status().name(name).items().named(name.to_owned())
    }

    /// Returns the proxy with this name in front of an instance, with the database nodes behind it.
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
    /// Cancel safe: it only reads, so call it again.
    ///
    /// # Errors
    /// No or several rows match: [`Error::is_no_match`], [`Error::is_ambiguous`]; or a page of the
    /// list could not be fetched or read.
    pub fn find_proxy(
        &self,
        instance_id: &str,
        name: &str,
    ) -> impl Future<Output = Result<MysqlShowProxyResponseV3, Error>> + Send + 'static + use<> {
        self.show_proxy_list(instance_id).items().named(name.to_owned())
    }

    /// Returns the database with this name in an instance, with the accounts that may use it.
    ///
    /// The name is case-sensitive.
    ///
    /// Cancel safe: it only reads, so call it again.
    ///
    /// # Errors
    /// There is none: [`Error::is_no_match`]; or a page of the list could not be fetched or read.
    pub fn find_database(
        &self,
        instance_id: &str,
        name: &str,
    ) -> impl Future<Output = Result<DatabaseDetails, Error>> + Send + 'static + use<> {
        self.list_databases(instance_id).name(name).items().named(name.to_owned())
    }

    /// Returns the database account with this name in an instance, with the databases that it may use.
    ///
    /// The name is case-sensitive. The same name can exist for several hosts.
    ///
    /// Cancel safe: it only reads, so call it again.
    ///
    /// # Errors
    /// No or several rows match: [`Error::is_no_match`], [`Error::is_ambiguous`]; or a page of the
    /// list could not be fetched or read.
    pub fn find_account(
        &self,
        instance_id: &str,
        name: &str,
    ) -> impl Future<Output = Result<AccountDetails, Error>> + Send + 'static + use<> {
        self.list_database_users(instance_id).items().named(name.to_owned())
    }

    /// Returns the full backup of an instance with this name.
    ///
    /// The name is case-sensitive. Several backups may have the same name.
    ///
    /// Cancel safe: it only reads, so call it again.
    ///
    /// # Errors
    /// No or several rows match: [`Error::is_no_match`], [`Error::is_ambiguous`]; or a page of the
    /// list could not be fetched or read.
    pub fn find_backup(
        &self,
        instance_id: &str,
        name: &str,
    ) -> impl Future<Output = Result<BackupDetails, Error>> + Send + 'static + use<> {
        self.list_backups().instance_id(instance_id).name(name).items().named(name.to_owned())
    }
}

impl Named for MysqlInstanceListInfo {
    const KIND: &'static str = "instance";

    fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Named for MysqlShowProxyResponseV3 {
    const KIND: &'static str = "database proxy";

    fn name(&self) -> &str {
        self.proxy.as_ref().and_then(|proxy| proxy.name.as_deref()).unwrap_or_default()
    }

    fn id(&self) -> &str {
        self.proxy.as_ref().and_then(|proxy| proxy.pool_id.as_deref()).unwrap_or_default()
    }
}

impl Named for DatabaseDetails {
    const KIND: &'static str = "database";

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    fn id(&self) -> &str {
        self.name()
    }
}

impl Named for AccountDetails {
    const KIND: &'static str = "database account";

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    fn id(&self) -> &str {
        self.host.as_deref().unwrap_or_default()
    }
}

impl Named for BackupDetails {
    const KIND: &'static str = "backup";

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }
}
