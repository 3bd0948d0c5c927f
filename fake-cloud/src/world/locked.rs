//! A world behind its lock.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::contract::{Inventory, World, WorldContext};
use super::examples::Examples;
use super::registry;
use super::request::WorldRequest;
use crate::message::refusal::Refusal;
use crate::message::response::Response;

/// A world behind its lock.
pub(crate) struct LockedWorld(Mutex<Box<dyn World>>);

impl Default for LockedWorld {
    fn default() -> Self {
        Self(Mutex::new(Box::new(Examples)))
    }
}

impl LockedWorld {
    fn lock(&self) -> MutexGuard<'_, Box<dyn World>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the world, and throws away the one that there was.
    pub(crate) fn begin(&self, start: &WorldContext<'_>) {
        *self.lock() = registry::made(start);
    }

    fn at<T>(&self, now: i64, look: impl FnOnce(&mut dyn World) -> T) -> T {
        let mut world = self.lock();
        world.advance(now);
        look(world.as_mut())
    }

    /// Answers a request. In debug builds the response must fit the operation's schema.
    pub(crate) fn response(&self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        let response = self.at(call.now, |world| world.response(call))?;
        debug_assert_eq!(call.operation.unfit(response.body.as_ref()), Vec::<String>::new(), "{}", call.id());
        Ok(response)
    }

    pub(crate) fn inventory(&self, now: i64) -> Inventory {
        self.at(now, |world| world.inventory())
    }
}
