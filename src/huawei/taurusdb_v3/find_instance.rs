//! Instances by their names.

use super::Client;
use super::models::InstanceSummary;
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
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// [`Error::is_no_match`] if no item matches, [`Error::is_ambiguous`] if several match; any other error if a page
    /// of the list can't be fetched or decoded.
    pub fn find_instance(
        &self,
        name: &str,
    ) -> impl Future<Output = Result<InstanceSummary, Error>> + Send + 'static + use<> {
        self.list_instances_unify_status().name(name).items().named(name.to_owned())
    }
}

impl Named for InstanceSummary {
    const KIND: &'static str = "instance";

    fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> &str {
        &self.id
    }
}
