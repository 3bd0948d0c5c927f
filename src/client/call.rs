//! A call that is being built: the content of every generated builder.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::core::Core;
use super::extra::Extra;
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
    /// The data of a request that is not an operation of the service.
    pub(super) raw: Option<RawRequest>,
}

/// The data of a request that no table of operations has.
#[derive(Clone)]
pub(super) struct RawRequest {
    /// The path, names in braces.
    pub(super) path: String,
    /// The values of names in the path.
    pub(super) segments: Vec<(String, String)>,
    pub(super) extra: Extra,
}

impl Call {
    pub(crate) fn new(core: &Core, operation: &'static Operation) -> Self {
        Self {
            core: core.clone(),
            operation,
            values: Vec::new(),
            body: None,
            options: CallOptions::default(),
            raw: None,
        }
    }

    /// A request that is not an operation of the service.
    pub(super) fn raw(core: &Core, method: &str, idempotent: bool, path: String) -> Self {
        let requests = core.inner().service.requests;
        let fits = |o: &&Operation| o.method == method && o.idempotent == idempotent;
        let operation = requests.iter().find(fits).unwrap_or(&Operation::DEFAULT);
        let raw = RawRequest { path, segments: Vec::new(), extra: Extra::default() };
        Self { raw: Some(raw), ..Self::new(core, operation) }
    }

    /// The path, names in braces.
    pub(super) fn path(&self) -> &str {
        self.raw.as_ref().map_or(self.operation.path, |raw| &raw.path)
    }

    /// The name of the request in errors, if it is not an operation.
    pub(super) fn target(&self) -> Option<String> {
        self.raw.as_ref().map(|raw| raw.path.clone())
    }

    /// Sets the value of a name in the path.
    pub(super) fn set_segment(&mut self, name: String, value: String) {
        if let Some(raw) = &mut self.raw {
            raw.segments.retain(|(known, _)| *known != name);
            raw.segments.push((name, value));
        }
    }

    /// Additional values, which the operation does not have.
    pub(super) fn extra_mut(&mut self) -> &mut Extra {
        match &mut self.raw {
            Some(raw) => &mut raw.extra,
            None => &mut self.options.extra,
        }
    }

    /// The same, in the order in which it is applied.
    pub(super) fn extras(&self) -> impl Iterator<Item = &Extra> {
        self.raw.iter().map(|raw| &raw.extra).chain([&self.options.extra])
    }

    /// The client that it is made with.
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    /// Sets the value of a parameter; the last one is used.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.values.retain(|(known, _)| *known != name);
        self.values.push((name, ZeroizingJson(value.into())));
    }

    /// The same for a parameter that is a secret.
    pub(crate) fn set_secret(&mut self, name: &'static str, value: &Secret) {
        self.set(name, value.expose());
    }

    /// Sets the body. If it can't be serialized, sending the call returns an error.
    pub(crate) fn set_body(&mut self, body: &(impl Serialize + ?Sized)) {
        self.body = Some(serde_json::to_value(body).map(ZeroizingJson).map_err(|e| e.to_string()));
    }

    /// Sets the options of this call.
    pub(crate) fn set_options(&mut self, options: CallOptions) {
        self.options = options;
    }

    /// The operation.
    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The values of a parameter, or of the property of the body: one, or those of a list.
    pub(crate) fn values(&self, name: &str) -> Vec<&Value> {
        let parameter = self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| &value.0);
        let property = || self.json()?.get(name);
        match parameter.or_else(property) {
            Some(Value::Array(values)) => values.iter().collect(),
            value => value.into_iter().collect(),
        }
    }

    /// The body as it is sent.
    pub(crate) fn json(&self) -> Option<&Value> {
        self.body.as_ref()?.as_ref().ok().map(|body| &body.0)
    }

    /// Sets a parameter, or a property of the body if the operation has no such parameter.
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

/// Shows names and no values, because a value may be a secret.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given: Vec<_> = self.values.iter().map(|(name, _)| *name).collect();
        let target = self.target().map(|path| format!(" {path}")).unwrap_or_default();
        write!(f, "{}{target} on {:?}, given {given:?}", self.operation.id, self.core)?;
        if self.body.is_some() { f.write_str(" and a body") } else { Ok(()) }
    }
}
