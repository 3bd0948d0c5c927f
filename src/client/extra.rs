//! Additional parameters, headers and properties of a call.
//!
//! Problem: vendors add parameters and fields before a library does. Default: nothing. Override: `query`, `header` and
//! `body_field` of [`CallOptions`](crate::CallOptions), and the values of a [`Request`](crate::Request). They are sent
//! unchanged, signed like the rest, and replace what the operation itself would send under the name.

use std::fmt;

use serde_json::Value;

use crate::operation::{Location, Parameter};
use crate::wire::zeroizing_json::ZeroizingJson;

/// Query parameters, headers and properties of the body, by name. The last value of a name is used.
#[derive(Clone, Default)]
pub(crate) struct Extra {
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    fields: Vec<(String, ZeroizingJson)>,
}

impl Extra {
    pub(crate) fn set_query(&mut self, name: String, value: String) {
        self.query.retain(|(known, _)| *known != name);
        self.query.push((name, value));
    }

    pub(crate) fn set_header(&mut self, name: String, value: String) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
        self.headers.push((name, value));
    }

    pub(crate) fn set_field(&mut self, name: String, value: Value) {
        self.fields.retain(|(known, _)| *known != name);
        self.fields.push((name, ZeroizingJson(value)));
    }

    pub(crate) fn query(&self) -> &[(String, String)] {
        &self.query
    }

    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    pub(crate) fn fields(&self) -> &[(String, ZeroizingJson)] {
        &self.fields
    }

    /// Whether this takes the place of a parameter.
    pub(crate) fn replaces(&self, parameter: &Parameter) -> bool {
        match parameter.location {
            Location::Path => false,
            Location::Query => self.query.iter().any(|(name, _)| name == parameter.name),
            Location::Header => {
                self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(parameter.name))
            }
        }
    }
}

/// Shows only names: a value may be a secret.
impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.query.iter().chain(&self.headers).map(|(name, _)| name);
        f.debug_list().entries(names.chain(self.fields.iter().map(|(name, _)| name))).finish()
    }
}
