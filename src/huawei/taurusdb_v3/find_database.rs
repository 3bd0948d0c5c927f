//! Databases and accounts by their names.

use super::Client;
use super::models::{AccountDetails, DatabaseDetails};
use crate::client::find::Named;
use crate::error::Error;

impl Client {
    /// Returns the database of an instance with this name, and the accounts that can access it.
    ///
    /// The name is case-sensitive.
    ///
    /// Needs the feature `huawei-taurusdb-v3-databases`.
    ///
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// [`Error::is_no_match`] if no item matches; any other error if a page of the list can't be fetched or decoded.
    pub fn find_database(
        &self,
        instance_id: &str,
        name: &str,
    ) -> impl Future<Output = Result<DatabaseDetails, Error>> + Send + 'static + use<> {
        self.list_databases(instance_id).name(name).items().named(name.to_owned())
    }

    /// Returns the database account of an instance with this name, and the databases that it can access.
    ///
    /// The name is case-sensitive. The same name can exist for several hosts.
    ///
    /// Needs the feature `huawei-taurusdb-v3-databases`.
    ///
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// [`Error::is_no_match`] if no item matches, [`Error::is_ambiguous`] if several match; any other error if a page
    /// of the list can't be fetched or decoded.
    pub fn find_account(
        &self,
        instance_id: &str,
        name: &str,
    ) -> impl Future<Output = Result<AccountDetails, Error>> + Send + 'static + use<> {
        self.list_database_users(instance_id).items().named(name.to_owned())
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
