//! The services behind the checks: what exists in them, what happens to it, and when.
//!
//! Problem: a program that automates a service wants to see what it did: what it created is listed, what it
//! stopped is stopped, and a write that the state forbids is refused in the vendor's words.
//! Default: a service with a world of its own remembers; every other service answers with the examples of its
//! spec (`examples.rs`). Worlds begin with a small inventory, so that there is something to work on.
//! Override: `Builder::empty` for worlds without inventory, `Builder::pace` for how long work takes.
//!
//! A world is a plain struct that is called with one request at a time. It never waits: before each request it
//! is advanced to the cloud's present moment, and what was due by then has happened (`work.rs`).
//! To add one: implement [`World`], and name it in [`made`].

mod ask;
#[cfg(test)]
pub(crate) mod bench;
mod dbss;
mod examples;
pub(crate) mod fields;
mod iam;
mod list;
mod oceanbase;
mod samsung;
mod taurusdb;
pub(crate) mod work;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value as Json;

use crate::ambient::Ambient;
use crate::answer::Answer;
use crate::auth::tokens::Tokens;
use crate::catalogue::Described;
use crate::credentials::Credentials;
use crate::refusal::Refusal;
pub(crate) use ask::Ask;

/// Ids by the name of the parameter that takes them.
pub(crate) type Inventory = BTreeMap<&'static str, Vec<String>>;

/// The state of one service.
pub(crate) trait World: Send {
    /// Lets happen what is due by now, in Unix milliseconds.
    fn advance(&mut self, _now: i64) {}

    /// Answers a request that passed all checks. A refused request must change nothing.
    ///
    /// # Errors
    /// What the service itself refuses; see [`Refusal::own`] for its own codes.
    fn answer(&mut self, ask: &Ask<'_>) -> Result<Answer, Refusal>;

    /// Ids of all that exists.
    fn inventory(&self) -> Inventory {
        Inventory::new()
    }
}

/// What a world is made from.
pub(crate) struct Start<'s> {
    pub(crate) described: &'s Described,
    pub(crate) credentials: &'s Credentials,
    pub(crate) base_url: &'s str,
    pub(crate) ambient: &'s Ambient,
    /// The tokens that IAM issues and the other services accept.
    pub(crate) tokens: &'s Arc<Tokens>,
    pub(crate) temper: Temper,
}

/// What worlds shall be like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Temper {
    /// How long a unit of work takes, in milliseconds of the cloud's clock.
    pub(crate) pace: i64,
    /// Whether worlds shall begin with nothing in them.
    pub(crate) empty: bool,
}

impl Default for Temper {
    fn default() -> Self {
        Self { pace: 1_000, empty: false }
    }
}

impl Start<'_> {
    /// The success example of an operation; null if there is none.
    pub(crate) fn example(&self, operation: &str) -> Json {
        let found = self.described.routes.operations().find(|known| known.id == operation);
        found.and_then(|known| known.answer.clone()).unwrap_or_default()
    }
}

/// The world of a service, by the file stem of its spec.
fn made(start: &Start<'_>) -> Box<dyn World> {
    match start.described.stem.as_str() {
        "samsung-mariadb-1.0" => Box::new(samsung::Samsung::new(start, &samsung::MARIADB)),
        "samsung-mariadb-1.3" => Box::new(samsung::Samsung::new(start, &samsung::MARIADB_1_3)),
        "samsung-mysql-1.0" => Box::new(samsung::Samsung::new(start, &samsung::MYSQL)),
        "huawei-dbss-v2" => Box::new(dbss::Dbss::new(start)),
        "huawei-iam-v3" => Box::new(iam::Iam::new(start)),
        "huawei-taurusdb-v3" => Box::new(taurusdb::Taurusdb::new(start)),
        "oceanbase-cloud-v2" => Box::new(oceanbase::OceanBase::new(start)),
        _ => Box::new(examples::Examples),
    }
}

/// Whether work of the service, by the file stem of its spec, can be made to fail; see [`Ask::fails`].
pub(crate) fn work_can_fail(stem: &str) -> bool {
    stem.starts_with("samsung-") || stem == "huawei-taurusdb-v3"
}

/// A world behind its lock.
pub(crate) struct Guarded(Mutex<Box<dyn World>>);

impl Default for Guarded {
    fn default() -> Self {
        Self(Mutex::new(Box::new(examples::Examples)))
    }
}

impl Guarded {
    fn lock(&self) -> MutexGuard<'_, Box<dyn World>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the world, and throws away the one that there was.
    pub(crate) fn begin(&self, start: &Start<'_>) {
        *self.lock() = made(start);
    }

    fn at<T>(&self, now: i64, look: impl FnOnce(&mut dyn World) -> T) -> T {
        let mut world = self.lock();
        world.advance(now);
        look(world.as_mut())
    }

    /// Answers a request. In debug builds the answer must fit the operation's schema.
    pub(crate) fn answer(&self, ask: &Ask<'_>) -> Result<Answer, Refusal> {
        let answer = self.at(ask.now, |world| world.answer(ask))?;
        debug_assert_eq!(ask.operation.unfit(answer.body.as_ref()), Vec::<String>::new(), "{}", ask.id());
        Ok(answer)
    }

    pub(crate) fn inventory(&self, now: i64) -> Inventory {
        self.at(now, |world| world.inventory())
    }
}
