//! The servers of a service, for the table from which clients take their addresses.

use serde_json::Value as Json;

use crate::layout::Code;
use crate::spec::Service;

/// The servers, in the order of the spec, as a list.
pub(crate) fn servers(service: &Service) -> Code {
    let servers = service.json["servers"].as_array().into_iter().flatten();
    Code::array(servers.map(|server| {
        let url = Code::prefixed("url: ", Code::literal(server["url"].as_str().unwrap_or_default()));
        let variables = server["variables"].as_object().into_iter().flatten();
        let variables = variables.map(|(name, variable)| {
            let values = variable["enum"].as_array().into_iter().flatten().filter_map(Json::as_str);
            Code::call("", [Code::literal(name), Code::array(values.map(Code::literal))])
        });
        Code::object("Server", [url, Code::prefixed("variables: ", Code::array(variables))])
    }))
}
