//! A world for tests, which is called without sockets and signatures, at a time that the test sets.
//!
//! Every request must fit the spec, and so must every response.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::base::runtime::Runtime;
use crate::identity::credentials::Credentials;
use crate::identity::tokens::Tokens;
use crate::message::accepted::AcceptedRequest;
use crate::message::refusal::{Refusal, RefusalKind};
use crate::spec::catalogue::{ServiceSpec, catalogue};
use crate::spec::json_text;
use crate::spec::validator;
use crate::world::contract::{World, WorldContext, WorldOptions};
use crate::world::request::WorldRequest;

/// The time at which all tests start: 2026-01-15 08:30 UTC.
pub(crate) const NOW: i64 = 1_768_465_800_000;
/// The duration of a unit of work.
pub(crate) const PACE: i64 = 1_000;

pub(crate) struct Bench<W> {
    pub(crate) world: W,
    pub(crate) runtime: Runtime,
    /// Whether work that starts from now on fails.
    pub(crate) fails: bool,
    spec: &'static ServiceSpec,
}

impl<W: World> Bench<W> {
    /// A world of a service with its inventory.
    pub(crate) fn new(stem: &str, make: impl FnOnce(&WorldContext<'_>) -> W) -> Self {
        Self::with(stem, WorldOptions { pace: PACE, empty: false }, make)
    }

    pub(crate) fn with(
        stem: &str,
        world_options: WorldOptions,
        make: impl FnOnce(&WorldContext<'_>) -> W,
    ) -> Self {
        let spec = catalogue().unwrap().iter().find(|spec| spec.stem == stem).unwrap();
        let runtime = Runtime::new(Some(NOW), Some(7));
        let credentials = Credentials::make(spec.vendor, &runtime);
        let world = make(&WorldContext {
            spec,
            credentials: &credentials,
            base_url: "http://127.0.0.1:1",
            runtime: &runtime,
            tokens: &Arc::new(Tokens::default()),
            world_options,
        });
        Self { world, runtime, fails: false, spec }
    }

    /// Calls an operation with parameters and a body (null for none).
    pub(crate) fn call(
        &mut self,
        id: &str,
        parameters: &[(&str, &str)],
        mut body: Json,
    ) -> Result<Json, Refusal> {
        let operation = self.spec.routes.operations().find(|known| known.id == id);
        let operation = operation.unwrap_or_else(|| panic!("no operation {id}"));
        if let Some(expected) = &operation.body {
            assert_eq!(validator::faults(&expected.validator, &body), Vec::<String>::new(), "{id}: request");
            expected.json_texts.iter().for_each(|property| json_text::unfold(&mut body, property));
        }
        let values = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        for (name, _) in parameters {
            assert!(operation.parameters.iter().any(|known| known.name == *name), "{id} has no {name}");
        }
        let accepted = AcceptedRequest { values: values.collect(), body };
        let call =
            WorldRequest { fails: self.fails, ..WorldRequest::new(operation, &accepted, &self.runtime) };
        self.world.advance(call.now);
        let response = self.world.response(&call)?;
        assert_eq!(operation.unfit(response.body.as_ref()), Vec::<String>::new(), "{id}: response");
        Ok(response.body.unwrap_or_default())
    }

    /// Calls an operation that must succeed.
    pub(crate) fn good(&mut self, id: &str, parameters: &[(&str, &str)], body: Json) -> Json {
        self.call(id, parameters, body).unwrap_or_else(|refusal| panic!("{id}: {}", refusal.problem))
    }

    /// Calls an operation that must be refused, and returns the refusal.
    pub(crate) fn bad(&mut self, id: &str, parameters: &[(&str, &str)], body: Json) -> (RefusalKind, String) {
        match self.call(id, parameters, body) {
            Ok(response) => panic!("{id} is not refused: {response}"),
            Err(refusal) => (refusal.kind, refusal.problem),
        }
    }

    pub(crate) fn spec(&self) -> &'static ServiceSpec {
        self.spec
    }

    /// The body of the spec's example of a request.
    pub(crate) fn request_example(&self, id: &str) -> Json {
        request_example(self.spec, id)
    }

    /// Moves the clock forward.
    pub(crate) fn pass(&self, millis: i64) {
        self.runtime.advance(millis);
    }
}

/// The body of a spec's example of a request; null if there is none.
pub(crate) fn request_example(spec: &ServiceSpec, id: &str) -> Json {
    let paths = spec.document["paths"].as_object().unwrap().values();
    let mut operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let found = operations.find(|o| o.get("operationId").and_then(Json::as_str) == Some(id)).unwrap();
    found.pointer("/requestBody/content/application~1json/example").cloned().unwrap_or_default()
}
