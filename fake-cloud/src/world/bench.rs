//! A world on a bench: called without sockets and signatures, at a moment that the test chooses.
//!
//! Every request must fit the spec, and so must every answer.

use std::sync::Arc;

use serde_json::Value as Json;

use super::{Ask, Start, Temper, World};
use crate::ambient::Ambient;
use crate::auth::tokens::Tokens;
use crate::catalogue::{Described, catalogue};
use crate::check::Accepted;
use crate::credentials::Credentials;
use crate::json_text;
use crate::refusal::{Kind, Refusal};
use crate::schema;

/// The moment at which all tests begin: 2026-01-15 08:30 UTC.
pub(crate) const NOW: i64 = 1_768_465_800_000;
/// How long a unit of work takes.
pub(crate) const PACE: i64 = 1_000;

pub(crate) struct Bench<W> {
    pub(crate) world: W,
    pub(crate) ambient: Ambient,
    /// Whether work that begins from now on comes to nothing.
    pub(crate) fails: bool,
    described: &'static Described,
}

impl<W: World> Bench<W> {
    /// A world of a service with its inventory.
    pub(crate) fn new(stem: &str, make: impl FnOnce(&Start<'_>) -> W) -> Self {
        Self::with(stem, Temper { pace: PACE, empty: false }, make)
    }

    pub(crate) fn with(stem: &str, temper: Temper, make: impl FnOnce(&Start<'_>) -> W) -> Self {
        let described = catalogue().unwrap().iter().find(|described| described.stem == stem).unwrap();
        let ambient = Ambient::new(Some(NOW), Some(7));
        let credentials = Credentials::make(described.vendor, &ambient);
        let world = make(&Start {
            described,
            credentials: &credentials,
            base_url: "http://127.0.0.1:1",
            ambient: &ambient,
            tokens: &Arc::new(Tokens::default()),
            temper,
        });
        Self { world, ambient, fails: false, described }
    }

    /// Calls an operation with parameters and a body, null for none.
    pub(crate) fn call(
        &mut self,
        id: &str,
        parameters: &[(&str, &str)],
        mut body: Json,
    ) -> Result<Json, Refusal> {
        let operation = self.described.routes.operations().find(|known| known.id == id);
        let operation = operation.unwrap_or_else(|| panic!("no operation {id}"));
        if let Some(expected) = &operation.body {
            assert_eq!(schema::faults(&expected.validator, &body), Vec::<String>::new(), "{id}: request");
            expected.json_texts.iter().for_each(|property| json_text::unfold(&mut body, property));
        }
        let values = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        for (name, _) in parameters {
            assert!(operation.parameters.iter().any(|known| known.name == *name), "{id} has no {name}");
        }
        let accepted = Accepted { values: values.collect(), body };
        let ask = Ask { fails: self.fails, ..Ask::new(operation, &accepted, &self.ambient) };
        self.world.advance(ask.now);
        let answer = self.world.answer(&ask)?;
        assert_eq!(operation.unfit(answer.body.as_ref()), Vec::<String>::new(), "{id}: answer");
        Ok(answer.body.unwrap_or_default())
    }

    /// Calls an operation that must go well.
    pub(crate) fn good(&mut self, id: &str, parameters: &[(&str, &str)], body: Json) -> Json {
        self.call(id, parameters, body).unwrap_or_else(|refusal| panic!("{id}: {}", refusal.problem))
    }

    /// Calls an operation that must be refused, and tells how and why.
    pub(crate) fn bad(&mut self, id: &str, parameters: &[(&str, &str)], body: Json) -> (Kind, String) {
        match self.call(id, parameters, body) {
            Ok(answer) => panic!("{id} is not refused: {answer}"),
            Err(refusal) => (refusal.kind, refusal.problem),
        }
    }

    pub(crate) fn described(&self) -> &'static Described {
        self.described
    }

    /// Moves the clock on.
    pub(crate) fn pass(&self, millis: i64) {
        self.ambient.advance(millis);
    }
}
