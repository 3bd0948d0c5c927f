//! The platform's endpoint catalog, with the addresses of services.
//!
//! Problem: addresses follow a scheme of service, region and environment, but a cloud may deviate from it.
//! Default: the scheme, which needs no request. Override: `find_endpoint` of a builder queries IAM.

use crate::client::{Call, Core};
use crate::error::text::{one_line, shown};
use crate::error::{Error, Kind};
use crate::operation::{Operation, Server, Service};
use crate::wire::model;

/// The part of IAM that is needed here.
pub(super) static SERVICE: Service = Service {
    name: "samsung-iam",
    version: "1.0",
    servers: &[Server {
        url: "https://iam.{environment}.samsungsdscloud.com",
        variables: &[("environment", &["s", "g", "e"])],
    }],
    operations: &[&LIST_ENDPOINTS],
    requests: &[],
};

static LIST_ENDPOINTS: Operation = Operation::aside(
    "samsung-iam",
    "ListEndpoints",
    "/v1/endpoints",
    &["scp-hmac"],
    "https://docs.e.samsungsdscloud.com/apireference/iam/",
);

#[derive(Debug)]
struct Endpoints {
    endpoints: Vec<Endpoint>,
}

model! { Endpoints { required: [endpoints] } }

/// The address of a service in a region.
#[derive(Debug, Clone)]
struct Endpoint {
    region: String,
    service_type: String,
    url: String,
}

model! { Endpoint { required: [region, service_type, url] } }

/// The address of a service in a region. `core` is that of IAM.
pub(super) async fn find(core: &Core, service: &str, region: &str) -> Result<String, Error> {
    let all = Call::new(core, &LIST_ENDPOINTS).send::<Endpoints>().await?.into_inner().endpoints;
    choose(all, service, region).map_err(|e| e.with_operation(&LIST_ENDPOINTS))
}

/// If there are several addresses in the region, the first in alphabetical order is used, so that the choice is stable.
fn choose(all: Vec<Endpoint>, service: &str, region: &str) -> Result<String, Error> {
    let mut rows: Vec<_> = all.into_iter().filter(|row| row.service_type == service).collect();
    rows.sort_by(|a, b| a.url.cmp(&b.url));
    if let Some(row) = rows.iter().find(|row| plain(&row.region) == plain(region)) {
        return Ok(row.url.clone());
    }
    let mut regions: Vec<_> = rows.iter().filter_map(|row| one_line(&row.region)).take(20).collect();
    regions.dedup();
    let known = if regions.is_empty() { "no region".to_owned() } else { regions.join(", ") };
    let message =
        format!("the endpoint catalog does not list {service} in {}; it lists it in {known}", shown(region));
    Err(Error::new(Kind::Configuration, message))
}

/// Regions are written with one hyphen in host names and with two in other places.
fn plain(region: &str) -> String {
    region.replace('-', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(region: &str, service_type: &str, url: &str) -> Endpoint {
        Endpoint { region: region.to_owned(), service_type: service_type.to_owned(), url: url.to_owned() }
    }

    #[test]
    fn the_region_decides_and_no_other_one_is_taken() {
        let rows = vec![
            row("kr-east1", "mariadb", "https://b"),
            row("kr-west-1", "mysql", "https://a"),
            row("kr-west-1", "mariadb", "https://d"),
            row("kr-west1", "mariadb", "https://c"),
        ];
        assert_eq!(choose(rows.clone(), "mariadb", "kr-west1").unwrap(), "https://c");
        assert_eq!(choose(rows.clone(), "mysql", "kr-west1").unwrap(), "https://a");
        let error = choose(rows.clone(), "mysql", "kr-east1").unwrap_err();
        assert!(
            error.is_configuration() && error.to_string().ends_with("it lists it in kr-west-1"),
            "{error}"
        );
        let error = choose(rows, "vertica", "kr-east1").unwrap_err().to_string();
        assert!(error.ends_with("not list vertica in kr-east1; it lists it in no region"), "{error}");
    }
}
