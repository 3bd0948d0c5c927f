//! Servers: each variable of an address is described, and each that is described stands in the address.

use super::Report;
use super::view::View;
use crate::yaml::Node;

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for server in view.root.get("servers").map(Node::items).unwrap_or_default() {
        let Some(url) = server.get("url") else { continue };
        let address = url.text().unwrap_or_default();
        let described = server.get("variables").map(Node::entries).unwrap_or_default();
        for name in names(address) {
            if !described.iter().any(|variable| variable.key == name) {
                let message =
                    format!("the address `{address}` has `{{{name}}}`, which `variables` does not describe");
                report.add("server-variable", url.line, message, "describe the variable, or write its value");
            }
        }
        for variable in described {
            if !names(address).any(|name| name == variable.key) {
                let message =
                    format!("the address `{address}` does not have the variable `{}`", variable.key);
                let remedy = "write it in the address in braces, or remove it";
                report.add("server-variable", variable.line, message, remedy);
            }
        }
    }
}

/// The names in braces.
fn names(address: &str) -> impl Iterator<Item = &str> {
    address.split('{').skip(1).filter_map(|part| part.split('}').next())
}
