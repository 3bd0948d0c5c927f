//! The handwritten part of the client of each product and version.
//!
//! Problem: the database products of the platform share most operations, and so do their versions. Their generated
//! types differ, but are used in the same way.
//! Default: `product!` adds a builder, the list of versions and a finder to the client of every product, and
//! `point_in_time_restore!` adds the restore for products that archive logs. Each function only passes the client's own
//! types to shared code in the other files of this folder. Override: none.

/// Makes a generated module public and completes its client.
macro_rules! product {
    ($generated:ident) => {
        /// The client of this service.
        ///
        /// ```no_run
        /// # fn example() -> Result<(), dbplane::Error> {
        /// use dbplane::samsung::{Credentials, Environment};
        #[doc = concat!("use ", module_path!(), "::Client;")]
        ///
        /// let client = Client::builder()
        ///     .environment(Environment::Enterprise)
        ///     .region("kr-west1")
        ///     .credentials(Credentials::from_env()?)
        ///     .build()?;
        /// # Ok(()) }
        /// ```
        ///
        /// It has a method for each operation, and:
        /// - [`Client::find_cluster`]: returns the cluster with a name.
        /// - [`Client::resume`]: waits for work that was accepted earlier, possibly in another process.
        /// - [`Client::offered_versions`]: returns the API versions that the host offers.
        ///
        /// # The service
        pub use crate::generated::$generated::Client;
        pub use crate::generated::$generated::{OPERATIONS, Resource, models, operations};

        use crate::client::find::Named;
        use crate::client::{Call, Core};
        use crate::error::Error;
        use crate::generated::$generated::SERVICE;
        use crate::operation::{Operation, Service};
        use crate::samsung::builder::{ClientBuilder, Product};
        use crate::samsung::versions;

        static LIST_VERSIONS: Operation = versions::operation(SERVICE.name);

        impl Product for Client {
            const SERVICE: &'static Service = &SERVICE;
            const LIST_VERSIONS: &'static Operation = &LIST_VERSIONS;

            fn new(core: Core) -> Self {
                Self { core }
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

        impl Client {
            /// Returns a builder for the Enterprise environment and the region kr-west1, without credentials.
            #[must_use]
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new()
            }

            /// Returns the API versions that the host offers. The request has no credentials.
            ///
            /// A call that fails with 406 queries them as well, at most once an hour and for at most 10 seconds, and
            /// its error lists the versions.
            ///
            /// ```no_run
            /// # #[cfg(feature = "samsung-mariadb-1.3")]
            /// # async fn example(client: dbplane::samsung::mariadb_1_3::Client) -> Result<(), dbplane::Error> {
            /// for version in client.offered_versions().await? {
            ///     println!("{} is {}", version.number(), version.status);
            /// }
            /// # Ok(()) }
            /// ```
            ///
            /// Cancel safe: it only reads and can be called again.
            ///
            /// # Errors
            /// The host can't be reached, or the response is not a list of versions.
            pub fn offered_versions(
                &self,
            ) -> impl Future<Output = Result<Vec<versions::OfferedVersion>, Error>> + Send + 'static + use<>
            {
                versions::ask(Call::new(&self.core, &LIST_VERSIONS))
            }

            /// Returns the cluster with this name, among those that the caller can see in this region.
            ///
            /// The name is case-sensitive. Names are unique within an account, but a caller can see the clusters of
            /// several accounts.
            ///
            /// ```no_run
            /// # #[cfg(feature = "samsung-mariadb-1.3")]
            /// # async fn example(client: dbplane::samsung::mariadb_1_3::Client) -> Result<(), dbplane::Error> {
            /// match client.find_cluster("orders").await {
            ///     Ok(cluster) => println!("{} is {}", cluster.id, cluster.service_state),
            ///     Err(e) if e.is_no_match() => println!("there is none yet"),
            ///     Err(e) => return Err(e), // several (is_ambiguous), or the list could not be read
            /// }
            /// # Ok(()) }
            /// ```
            ///
            /// Cancel safe: it only reads and can be called again.
            ///
            /// # Errors
            /// [`Error::is_no_match`] if no item matches, [`Error::is_ambiguous`] if several match; any other error if
            /// a page of the list can't be fetched or decoded.
            pub fn find_cluster(
                &self,
                name: &str,
            ) -> impl Future<Output = Result<models::RdbClusterResponse, Error>> + Send + 'static + use<>
            {
                self.list_clusters().name(name).items().named(name.to_owned())
            }
        }
    };
}

/// Adds the point-in-time restore, for products that archive logs and say for how long.
#[allow(unused_macros)] // in a build with products that archive no logs only
macro_rules! point_in_time_restore {
    () => {
        use crate::samsung::restore;
        use crate::timestamp::Timestamp;

        impl Client {
            /// Prepares a restore of a cluster to a point in time, as a new cluster.
            ///
            /// It queries the archive settings first: logs must be archived, and the point in time must be within their
            /// retention. To restore a backup, pass its number to `create_restore`.
            ///
            /// ```no_run
            /// # #[cfg(feature = "samsung-mariadb-1.3")]
            /// # async fn example(client: dbplane::samsung::mariadb_1_3::Client) -> Result<(), dbplane::Error> {
            /// # use dbplane::samsung::mariadb_1_3::models::ClusterRestoreRequest;
            /// let new = ClusterRestoreRequest::new("ordersBefore", "orders", "db1v2m4");
            /// let origin = client.find_cluster("orders").await?;
            /// let restore = client.restore_to(&origin.id, "2026-01-15T08:30:00Z", new).await?;
            /// restore.send_and_wait(&dbplane::Wait::default()).await?;
            /// # Ok(()) }
            /// ```
            ///
            /// Cancel safe: it only reads and can be called again.
            ///
            /// # Errors
            /// [`Error::is_invalid_request`] if the cluster can't be restored to this point in time, if it is not a
            /// valid time, or if the request also names a backup; any other error if the archive settings can't be
            /// queried.
            pub fn restore_to(
                &self,
                cluster_id: impl Into<String>,
                moment: impl Into<Timestamp>,
                request: models::ClusterRestoreRequest,
            ) -> impl Future<Output = Result<operations::CreateRestore, Error>> + Send + 'static {
                let (client, cluster, moment) = (self.clone(), cluster_id.into(), moment.into());
                async move {
                    let archive = client.show_archive_config(cluster.as_str()).send().await?;
                    let days = archive.archive_enabled.then_some(archive.retention_period_day);
                    let number = request.backup_history_number.is_some();
                    restore::check(&moment, client.core.runtime().unix_millis(), days, number)?;
                    Ok(client.create_restore(cluster, request.backup_recovery_time(moment)))
                }
            }
        }
    };
}
pub(super) use {point_in_time_restore, product};
