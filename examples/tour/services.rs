//! The services that the tour leads through.

use dbplane::{Error, Operation, huawei, oceanbase, samsung};

use super::account::Account;
use super::step::Step;

/// A service: what it offers, and how the tour calls it.
pub(crate) struct Service {
    /// The service's name, as its operations bear it.
    pub(crate) name: &'static str,
    /// The library's own table of the service.
    pub(crate) operations: &'static [&'static Operation],
    /// Builds a client and prepares a call of every operation.
    pub(crate) steps: fn(&Account<'_>) -> Result<Vec<Step>, Error>,
}

/// All services, in the order of the tour.
pub(crate) fn all() -> Vec<Service> {
    let service = |name, operations, steps| Service { name, operations, steps };
    vec![
        service("samsung-mariadb-1.0", samsung::mariadb_1_0::OPERATIONS, super::samsung::mariadb_1_0::steps),
        service("samsung-mariadb-1.3", samsung::mariadb_1_3::OPERATIONS, super::samsung::mariadb_1_3::steps),
        service("samsung-mysql-1.0", samsung::mysql_1_0::OPERATIONS, super::samsung::mysql_1_0::steps),
        service("oceanbase-cloud-v2", oceanbase::cloud_v2::OPERATIONS, super::oceanbase::steps),
        service("huawei-iam-v3", huawei::iam_v3::OPERATIONS, super::iam::steps),
        service("huawei-taurusdb-v3", huawei::taurusdb_v3::OPERATIONS, super::taurusdb::steps),
        service("huawei-dbss-v2", huawei::dbss_v2::OPERATIONS, super::dbss::steps),
    ]
}
