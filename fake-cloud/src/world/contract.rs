//! The trait of a world, and the parameters for creating one.
//!
//! A world is a plain struct that is called with one request at a time. It never waits: before each request it is
//! advanced to the present time of the cloud, and work that is due is carried out (`work.rs`).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::request::WorldRequest;
use crate::base::runtime::Runtime;
use crate::identity::credentials::Credentials;
use crate::identity::tokens::Tokens;
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::spec::catalogue::ServiceSpec;

/// Ids by the name of their parameter.
pub(crate) type Inventory = BTreeMap<&'static str, Vec<String>>;

/// The state of one service.
pub(crate) trait World: Send {
    /// Carries out what is due at this time, in Unix milliseconds.
    fn advance(&mut self, _now: i64) {}

    /// Whether it simulates an operation. All others return the example of the spec.
    fn models(&self, operation: &str) -> bool;

    /// Processes a request that passed all checks, for an operation that it simulates. A refused request must change
    /// nothing.
    ///
    /// # Errors The service refuses the request; see [`Refusal::own`] for its own codes.
    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal>;

    /// Ids of all resources.
    fn inventory(&self) -> Inventory {
        Inventory::new()
    }
}

/// The parameters for creating a world.
pub(crate) struct WorldContext<'s> {
    pub(crate) spec: &'s ServiceSpec,
    pub(crate) credentials: &'s Credentials,
    pub(crate) base_url: &'s str,
    pub(crate) runtime: &'s Runtime,
    /// The tokens that IAM issues and other services accept.
    pub(crate) tokens: &'s Arc<Tokens>,
    pub(crate) world_options: WorldOptions,
}

impl WorldContext<'_> {
    /// The success example of an operation; null if there is none.
    pub(crate) fn example(&self, operation: &str) -> Json {
        let found = self.spec.routes.operations().find(|known| known.id == operation);
        found.and_then(|known| known.response.clone()).unwrap_or_default()
    }
}

/// The settings of worlds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WorldOptions {
    /// How long a unit of work takes, in milliseconds of the cloud's clock.
    pub(crate) pace: i64,
    /// Whether worlds start without resources.
    pub(crate) empty: bool,
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self { pace: 1_000, empty: false }
    }
}
