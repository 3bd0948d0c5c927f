//! Which world a service has.

use super::contract::{World, WorldContext};
use super::dbss::Dbss;
use super::examples::Examples;
use super::iam::Iam;
use super::oceanbase::OceanBase;
use super::samsung::{self, Samsung};
use super::taurusdb::Taurusdb;

/// The world of a service, by the file stem of its spec.
pub(super) fn made(start: &WorldContext<'_>) -> Box<dyn World> {
    match start.spec.stem.as_str() {
        "samsung-mariadb-1.0" => Box::new(Samsung::new(start, &samsung::MARIADB)),
        "samsung-mariadb-1.3" => Box::new(Samsung::new(start, &samsung::MARIADB_1_3)),
        "samsung-mysql-1.0" => Box::new(Samsung::new(start, &samsung::MYSQL)),
        "huawei-dbss-v2" => Box::new(Dbss::new(start)),
        "huawei-iam-v3" => Box::new(Iam::new(start)),
        "huawei-taurusdb-v3" => Box::new(Taurusdb::new(start)),
        "oceanbase-cloud-v2" => Box::new(OceanBase::new(start)),
        _ => Box::new(Examples),
    }
}
