//! What is written by hand around the generated client of each product and version.
//!
//! Problem: the database products of the platform are siblings, and so are their versions. Their generated types
//! differ; what one wants to do with them does not.
//! Default: one macro gives every client the same functions over the client's own types. What they do is written
//! once, in the other files of this folder. Override: none.

/// Makes a generated module public, and gives its client what is written by hand. `$module` is the module's path
/// as users write it, `$host` the product's word in host names and in `Scp-Api-Version`.
macro_rules! product {
    ($generated:ident, $module:literal, $host:literal) => {
        pub use crate::generated::$generated::{Client, OPERATIONS, Resource, models, operations};

        use crate::client::{Call, Core};
        use crate::error::Error;
        use crate::client::find::{self, Named};
        use crate::generated::$generated::SERVICE;
        use crate::operation::{Operation, Service};
        use crate::samsung::builder::{Buildable, ClientBuilder};
        use crate::samsung::{restore, versions};
        use crate::timestamp::Timestamp;

        static LIST_VERSIONS: Operation = versions::operation(SERVICE.name);

        impl Buildable for Client {
            const SERVICE: &'static Service = &SERVICE;
            const LIST_VERSIONS: &'static Operation = &LIST_VERSIONS;
            const HOST: &'static str = $host;

            fn new(core: Core) -> Self {
                Self { core }
            }
        }

        impl Client {
            /// Starts with the Enterprise environment, the region kr-west1 and no credentials.
            #[must_use]
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new()
            }

            /// The API versions that the host offers, which need no credentials.
            ///
            /// No other call asks for them, but one that ends with a 406 does, once an hour at most: its
            /// error then says what is offered. That takes 10 seconds at most and keeps to the call's own limit.
            ///
            /// ```no_run
            #[doc = concat!("# async fn example(client: dbplane::samsung::", $module, "::Client) -> Result<(), dbplane::Error> {")]
            /// for version in client.offered_versions().await? {
            ///     println!("{} is {}", version.number(), version.status);
            /// }
            /// # Ok(()) }
            /// ```
            ///
            /// # Errors
            /// The host can't be reached, or answers something else.
            pub async fn offered_versions(&self) -> Result<Vec<versions::OfferedVersion>, Error> {
                versions::ask(Call::new(&self.core, &LIST_VERSIONS)).await
            }

            /// The cluster of this name, among those that the credentials may see in this region.
            ///
            /// Upper and lower case count. Names are unique among the clusters of an account, but credentials may
            /// see those of several accounts.
            ///
            /// ```no_run
            #[doc = concat!("# async fn example(client: dbplane::samsung::", $module, "::Client) -> Result<(), dbplane::Error> {")]
            /// match client.find_cluster("orders").await {
            ///     Ok(cluster) => println!("{} is {}", cluster.id, cluster.service_state),
            ///     Err(e) if e.is_no_match() => println!("not there yet, so make it"),
            ///     Err(e) => return Err(e), // several (is_ambiguous), or the list could not be read
            /// }
            /// # Ok(()) }
            /// ```
            ///
            /// # Errors
            /// There is none, or there are several: [`Error::is_no_match`], [`Error::is_ambiguous`]; or a page of
            /// the list could not be fetched or read.
            pub fn find_cluster(
                &self,
                name: &str,
            ) -> impl Future<Output = Result<models::RdbClusterResponse, Error>> + Send + 'static + use<> {
                find::by_name(name.to_owned(), self.list_clusters().name(name).items())
            }

            /// A call that makes a new cluster from the state of this one at a moment in the past.
            ///
            /// What can be recovered is asked for first: logs must be archived, and the moment must lie in the
            /// days that they are kept. To restore a backup as it is, give its number to `create_restore`.
            ///
            /// ```no_run
            #[doc = concat!("# async fn example(client: dbplane::samsung::", $module, "::Client) -> Result<(), dbplane::Error> {")]
            #[doc = concat!("use dbplane::samsung::", $module, "::models::ClusterRestoreRequest;")]
            /// let new = ClusterRestoreRequest::new("ordersBefore", "orders", "db1v2m4");
            /// let origin = client.find_cluster("orders").await?;
            /// let restore = client.restore_to(&origin.id, "2026-01-15T08:30:00Z", new).await?;
            /// restore.send_and_wait(&dbplane::Wait::default()).await?;
            /// # Ok(()) }
            /// ```
            ///
            /// # Errors
            /// [`Error::is_invalid_request`]: the moment can't be recovered, can't be read, or a backup is named beside it.
            /// Or the settings of the archive could not be read.
            pub async fn restore_to(
                &self,
                cluster_id: impl Into<String>,
                moment: impl Into<Timestamp>,
                request: models::ClusterRestoreRequest,
            ) -> Result<operations::CreateRestore, Error> {
                let (cluster, moment) = (cluster_id.into(), moment.into());
                let archive = self.show_archive_config(cluster.as_str()).send().await?;
                let days = archive.archive_enabled.then_some(archive.retention_period_day);
                let number = request.backup_history_number.is_some();
                restore::check(&moment, self.core.runtime().unix_millis(), days, number)?;
                Ok(self.create_restore(cluster, request.backup_recovery_time(moment)))
            }
        }

        impl Named for models::RdbClusterResponse {
            const KIND: &'static str = "cluster";

            fn name(&self) -> &str {
                &self.name
            }

            fn id(&self) -> &str {
                &self.id
            }
        }
    };
}
pub(super) use product;
