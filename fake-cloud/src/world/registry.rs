//! The worlds of the services.

use super::contract::{World, WorldContext};
use super::dbss::Dbss;
use super::examples::Examples;
use super::iam::Iam;
use super::oceanbase::OceanBase;
use super::samsung::Samsung;
use super::taurusdb::Taurusdb;

/// The world of a service, by the file stem of its spec.
pub(super) fn made(start: &WorldContext<'_>) -> Box<dyn World> {
    match start.spec.stem.as_str() {
        "huawei-dbss-v2" => Box::new(Dbss::new(start)),
        "huawei-iam-v3" => Box::new(Iam::new(start)),
        "huawei-taurusdb-v3" => Box::new(Taurusdb::new(start)),
        "oceanbase-cloud-v2" => Box::new(OceanBase::new(start)),
        _ => match Samsung::of(start) {
            Some(world) => Box::new(world),
            None => Box::new(Examples),
        },
    }
}
