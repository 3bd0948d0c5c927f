//! Backups by their names.

use super::Client;
use super::models::BackupDetails;
use crate::client::find::Named;
use crate::error::Error;

impl Client {
    /// Returns the full backup of an instance with this name.
    ///
    /// The name is case-sensitive. Several backups may have the same name.
    ///
    /// Needs the feature `huawei-taurusdb-v3-backups`.
    ///
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// [`Error::is_no_match`] if no item matches, [`Error::is_ambiguous`] if several match; any other error if a page
    /// of the list can't be fetched or decoded.
    pub fn find_backup(
        &self,
        instance_id: &str,
        name: &str,
    ) -> impl Future<Output = Result<BackupDetails, Error>> + Send + 'static + use<> {
        self.list_backups().instance_id(instance_id).name(name).items().named(name.to_owned())
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
