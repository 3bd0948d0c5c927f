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
        service("samsung-mariadb", samsung::mariadb::OPERATIONS, super::samsung::mariadb::steps),
        service("samsung-mariadb-1.3", samsung::mariadb_1_3::OPERATIONS, super::samsung::mariadb_1_3::steps),
        service("samsung-mysql", samsung::mysql::OPERATIONS, super::samsung::mysql::steps),
        service("oceanbase-cloud", oceanbase::cloud::OPERATIONS, super::oceanbase::steps),
        service("huawei-iam", huawei::iam::OPERATIONS, super::iam::steps),
        service("huawei-taurusdb", huawei::taurusdb::OPERATIONS, super::taurusdb::steps),
        service("huawei-dbss", huawei::dbss::OPERATIONS, super::dbss::steps),
    ]
}
