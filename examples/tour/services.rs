//! The services that the tour leads through.

use dbplane::{Error, Operation};

use super::account::Account;
use super::step::Step;

/// A service: what it offers, and how the tour calls it.
pub(crate) struct Service {
    /// The service's name, as its operations have it.
    pub(crate) name: &'static str,
    /// The library's own table of the service.
    pub(crate) operations: &'static [&'static Operation],
    /// Builds a client and prepares a call of every operation.
    pub(crate) steps: fn(&Account<'_>) -> Result<Vec<Step>, Error>,
}

/// All services, in the order of their names.
pub(crate) fn all() -> Vec<Service> {
    macro_rules! service {
        ($name:literal, $vendor:ident::$module:ident) => {
            Service {
                name: $name,
                operations: dbplane::$vendor::$module::OPERATIONS,
                steps: super::$vendor::$module::steps,
            }
        };
    }
    vec![
        // begin services: written by `cargo xtask generate`
        service!("huawei-dbss-v2", huawei::dbss_v2),
        service!("huawei-iam-v3", huawei::iam_v3),
        service!("huawei-taurusdb-v3", huawei::taurusdb_v3),
        service!("oceanbase-cloud-v2", oceanbase::cloud_v2),
        service!("samsung-cachestore-1.2", samsung::cachestore_1_2),
        service!("samsung-epas-1.3", samsung::epas_1_3),
        service!("samsung-mariadb-1.0", samsung::mariadb_1_0),
        service!("samsung-mariadb-1.3", samsung::mariadb_1_3),
        service!("samsung-mysql-1.3", samsung::mysql_1_3),
        service!("samsung-postgresql-1.3", samsung::postgresql_1_3),
        service!("samsung-searchengine-1.2", samsung::searchengine_1_2),
        service!("samsung-sqlserver-1.2", samsung::sqlserver_1_2),
        service!("samsung-vertica-1.2", samsung::vertica_1_2),
        // end services
    ]
}
