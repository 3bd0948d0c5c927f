//! A call that is being put together: the inside of every generated builder.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::core::Core;
use super::options::CallOptions;
use crate::error::{Error, Kind};
use crate::operation::Operation;
use crate::secret::Secret;
use crate::wire::zeroizing_json::ZeroizingJson;

/// An operation with the values given so far.
#[derive(Clone)]
pub(crate) struct Call {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) values: Vec<(&'static str, ZeroizingJson)>,
    pub(super) body: Option<Result<ZeroizingJson, String>>,
    pub(super) options: CallOptions,
}

impl Call {
    pub(crate) fn new(core: &Core, operation: &'static Operation) -> Self {
        Self {
            core: core.clone(),
            operation,
            values: Vec::new(),
            body: None,
            options: CallOptions::default(),
        }
    }

    /// The client that it is made with.
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    /// Gives a parameter its value; the last one counts.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.values.retain(|(known, _)| *known != name);
        self.values.push((name, ZeroizingJson(value.into())));
    }

    /// The same for a parameter that is a secret.
    pub(crate) fn set_secret(&mut self, name: &'static str, value: &Secret) {
        self.set(name, value.expose());
    }

    /// Gives the body. What can't be written as JSON is reported when the call is sent.
    pub(crate) fn set_body(&mut self, body: &impl Serialize) {
        self.body = Some(serde_json::to_value(body).map(ZeroizingJson).map_err(|e| e.to_string()));
    }

    /// Sets the options of this call.
    pub(crate) fn set_options(&mut self, options: CallOptions) {
        self.options = options;
    }

    /// What is called.
    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The values that a parameter was given, or else the property of the body: one, or those of a list.
    pub(crate) fn values(&self, name: &str) -> Vec<&Value> {
        let parameter = self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| &value.0);
        let property = || self.body.as_ref()?.as_ref().ok()?.0.get(name);
        match parameter.or_else(property) {
            Some(Value::Array(values)) => values.iter().collect(),
            value => value.into_iter().collect(),
        }
    }

    /// Gives a parameter its value, or the property of the body where the operation has no such parameter.
    pub(crate) fn put(&mut self, name: &'static str, value: impl Into<Value>) {
        if self.operation.parameters.iter().any(|parameter| parameter.name == name) {
            self.set(name, value);
        } else if let Some(Ok(ZeroizingJson(Value::Object(body)))) = &mut self.body {
            body.insert(name.to_owned(), value.into());
        }
    }

    /// The body as JSON, if there is one.
    pub(super) fn body(&self) -> Result<Option<ZeroizingJson>, Error> {
        match &self.body {
            None => Ok(None),
            Some(Ok(body)) => Ok(Some(body.clone())),
            Some(Err(why)) => {
                Err(Error::new(Kind::Configuration, format!("the body is invalid JSON: {why}")))
            }
        }
    }
}

/// Names what was given, never the values: one may be a secret.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given: Vec<_> = self.values.iter().map(|(name, _)| *name).collect();
        write!(f, "{} on {:?}, given {given:?}", self.operation.id, self.core)?;
        if self.body.is_some() { f.write_str(" and a body") } else { Ok(()) }
    }
}
