//! The address of a service, from the servers of its spec.
//!
//! Problem: some hosts follow a rule from region to name, others are a list, and both change with the vendor's pages.
//! Default: the `servers` of the spec are in the generated tables. An address that lists the given values is used; if
//! all addresses have one form, other values are accepted too, because new regions are added faster than lists.
//! Override: a base URL.

use super::config::host_label;
use crate::error::{Error, Kind};
use crate::operation::{Server, Service};

/// The address for values of all variables, for example of `region`.
pub(crate) fn address(service: &Service, given: &[(&str, &str)]) -> Result<String, Error> {
    for (_, value) in given {
        host_label(value)?;
    }
    let fitting: Vec<&Server> =
        service.servers.iter().filter(|server| has_variables(server, given)).collect();
    let listed = fitting.iter().find(|server| lists(server, given));
    let rule = fitting.first().filter(|first| fitting.iter().all(|other| other.url == first.url));
    let server = listed.or(rule).ok_or_else(|| {
        let given: Vec<_> = given.iter().map(|(name, value)| format!("{name} `{value}`")).collect();
        let message =
            format!("the host of {} is unknown for {}; set base_url", service.name, given.join(" and "));
        Error::new(Kind::Configuration, message)
    })?;
    let address = given
        .iter()
        .fold(server.url.to_owned(), |url, (name, value)| url.replace(&format!("{{{name}}}"), value));
    Ok(address)
}

fn has_variables(server: &Server, given: &[(&str, &str)]) -> bool {
    let known = |name: &str| server.variables.iter().any(|(variable, _)| *variable == name);
    server.variables.len() == given.len() && given.iter().all(|(name, _)| known(name))
}

/// Whether the server is documented for the values. A variable without a list accepts any value.
fn lists(server: &Server, given: &[(&str, &str)]) -> bool {
    given.iter().all(|(name, value)| {
        let values = server.variables.iter().find(|(variable, _)| variable == name);
        values.is_some_and(|(_, values)| values.is_empty() || values.contains(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn server(
        url: &'static str,
        regions: &'static [(&'static str, &'static [&'static str])],
    ) -> Server {
        Server { url, variables: regions }
    }

    static LISTED: Service = Service {
        name: "listed",
        version: "1",
        servers: &[
            server("https://a.{region}.example.com", &[("region", &["north", "south"])]),
            server("https://b.{region}.example.com", &[("region", &["east"])]),
            server("https://example.com", &[]),
        ],
        operations: &[],
        requests: &[],
    };
    static RULED: Service = Service {
        name: "ruled",
        version: "1",
        servers: &[server(
            "https://c.{region}.{cloud}.example.com",
            &[("region", &["north"]), ("cloud", &["s", "e"])],
        )],
        operations: &[],
        requests: &[],
    };
    static EXCEPTION: Service = Service {
        name: "exception",
        version: "1",
        servers: &[
            server("https://d.{region}.example.eu", &[("region", &["eu"])]),
            server("https://d.{region}.example.com", &[("region", &[])]),
        ],
        operations: &[],
        requests: &[],
    };

    #[test]
    fn an_address_is_listed_or_follows_the_one_rule() {
        let in_region = |service, region| address(service, &[("region", region)]);
        assert_eq!(in_region(&LISTED, "south").unwrap(), "https://a.south.example.com");
        assert_eq!(in_region(&LISTED, "east").unwrap(), "https://b.east.example.com");
        let error = in_region(&LISTED, "mars").unwrap_err();
        assert!(error.is_configuration(), "{error}");
        assert!(error.to_string().contains("the host of listed is unknown for region `mars`; set base_url"));
        let cloud = |region| address(&RULED, &[("region", region), ("cloud", "s")]);
        assert_eq!(cloud("north").unwrap(), "https://c.north.s.example.com");
        assert_eq!(cloud("mars").unwrap(), "https://c.mars.s.example.com");
        assert_eq!(in_region(&EXCEPTION, "eu").unwrap(), "https://d.eu.example.eu");
        assert_eq!(in_region(&EXCEPTION, "mars").unwrap(), "https://d.mars.example.com");
        assert!(in_region(&RULED, "north").is_err());
    }

    #[test]
    fn a_value_is_one_host_label() {
        for bad in ["", "a/b", "evil.example#", "cn north"] {
            assert!(address(&EXCEPTION, &[("region", bad)]).is_err(), "{bad:?}");
        }
    }
}
