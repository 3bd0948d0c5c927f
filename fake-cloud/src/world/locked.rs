//! A world behind its lock.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::contract::{Inventory, World, WorldContext};
use super::examples::Examples;
use super::registry;
use super::request::WorldRequest;
use super::unmodelled::UnmodelledWork;
use crate::message::refusal::Refusal;
use crate::message::response::Response;

/// A world behind its lock.
#[derive(Default)]
pub(crate) struct LockedWorld(Mutex<Whole>);

/// A world, and the work of what it does not model.
struct Whole {
    world: Box<dyn World>,
    unmodelled: UnmodelledWork,
}

impl Default for Whole {
    fn default() -> Self {
        Self { world: Box::new(Examples), unmodelled: UnmodelledWork::default() }
    }
}

impl Whole {
    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        let mut response = if self.world.models(call.id()) && !self.unmodelled.is_made(call) {
            self.world.response(call)?
        } else {
            self.unmodelled.response(call, &self.world.inventory())?
        };
        self.unmodelled.show(call, &mut response)?;
        Ok(response)
    }
}

impl LockedWorld {
    fn lock(&self) -> MutexGuard<'_, Whole> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the world, and throws away the one that there was.
    pub(crate) fn begin(&self, start: &WorldContext<'_>) {
        *self.lock() = Whole { world: registry::made(start), unmodelled: UnmodelledWork::new(start) };
    }

    fn at<T>(&self, now: i64, look: impl FnOnce(&mut Whole) -> T) -> T {
        let mut whole = self.lock();
        whole.world.advance(now);
        look(&mut whole)
    }

    /// Answers a request. In debug builds the response must fit the operation's schema.
    pub(crate) fn response(&self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        let response = self.at(call.now, |whole| whole.response(call))?;
        debug_assert_eq!(call.operation.unfit(response.body.as_ref()), Vec::<String>::new(), "{}", call.id());
        Ok(response)
    }

    /// Whether the world models an operation; any other is answered with the example of the spec.
    pub(crate) fn models(&self, operation: &str) -> bool {
        self.lock().world.models(operation)
    }

    pub(crate) fn inventory(&self, now: i64) -> Inventory {
        self.at(now, |whole| whole.world.inventory())
    }
}
