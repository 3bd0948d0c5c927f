//! A service that simulates nothing: every accepted request returns the example of the spec.

use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::contract::World;
use crate::world::request::WorldRequest;

pub(super) struct Examples;

impl World for Examples {
    fn models(&self, _: &str) -> bool {
        false
    }

    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        Ok(call.example())
    }
}
