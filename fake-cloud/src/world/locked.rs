//! A world with its lock.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::contract::{Inventory, World, WorldContext};
use super::examples::Examples;
use super::registry;
use super::request::WorldRequest;
use super::unmodelled::UnmodelledWork;
use crate::message::refusal::Refusal;
use crate::message::response::Response;

/// A world with its lock.
#[derive(Default)]
pub(crate) struct LockedWorld(Mutex<Whole>);

/// A world, and the work of operations that it does not simulate.
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
        let modelled = self.world.models(call.id()) && !self.unmodelled.is_made(call);
        let mut response = if modelled {
            self.world.response(call)?
        } else {
            self.unmodelled.response(call, &self.world.inventory())?
        };
        self.unmodelled.show(call, &mut response, modelled)?;
        Ok(response)
    }
}

impl LockedWorld {
    fn lock(&self) -> MutexGuard<'_, Whole> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Creates the world, and drops the previous one.
    pub(crate) fn begin(&self, start: &WorldContext<'_>) {
        *self.lock() = Whole { world: registry::made(start), unmodelled: UnmodelledWork::new(start) };
    }

    fn at<T>(&self, now: i64, look: impl FnOnce(&mut Whole) -> T) -> T {
        let mut whole = self.lock();
        whole.world.advance(now);
        look(&mut whole)
    }

    /// Processes a request. In debug builds, the response must fit the operation's schema.
    pub(crate) fn response(&self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        let response = self.at(call.now, |whole| whole.response(call))?;
        debug_assert_eq!(call.operation.unfit(response.body.as_ref()), Vec::<String>::new(), "{}", call.id());
        Ok(response)
    }

    /// Whether the world simulates an operation; all others return the example of the spec.
    pub(crate) fn models(&self, operation: &str) -> bool {
        self.lock().world.models(operation)
    }

    pub(crate) fn inventory(&self, now: i64) -> Inventory {
        self.at(now, |whole| whole.world.inventory())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;
    use crate::world::bench::Bench;
    use crate::world::fields::Fields;

    /// A world with only one cluster to show.
    struct OneCluster(Json);

    impl World for OneCluster {
        fn models(&self, operation: &str) -> bool {
            operation == "ShowCluster"
        }

        fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
            match call.path("cluster_id") == self.0.text("/id") {
                true => Ok(call.response(self.0.clone())),
                false => Err(Refusal::not_found("not here")),
            }
        }

        fn inventory(&self) -> Inventory {
            Inventory::from([("cluster_id", vec![self.0.text("/id").to_owned()])])
        }
    }

    impl World for Whole {
        fn models(&self, operation: &str) -> bool {
            self.world.models(operation)
        }

        fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
            Self::response(self, call)
        }
    }

    fn bench() -> Bench<Whole> {
        Bench::new("samsung-mariadb-1.0", |start| {
            let mut cluster = start.example("ShowCluster");
            cluster.put("/id", "one");
            Whole { world: Box::new(OneCluster(cluster)), unmodelled: UnmodelledWork::new(start) }
        })
    }

    fn state(bench: &mut Bench<Whole>, id: &str) -> Option<String> {
        let shown = bench.call("ShowCluster", &[("cluster_id", id)], Json::Null).ok()?;
        Some(shown.text("/service_state").to_owned())
    }

    #[test]
    fn work_on_what_a_world_shows_is_seen_in_it() {
        let mut bench = bench();
        let accepted = bench.good("StopCluster", &[("cluster_id", "one")], Json::Null);
        let request = accepted.text("/request_id").to_owned();
        let asked = [("request_id", request.as_str())];
        assert_eq!(accepted.text("/resource/id"), "one");
        assert_eq!(bench.good("ShowRequest", &asked, Json::Null).text("/state"), "REQUESTING");
        assert_eq!(state(&mut bench, "one").as_deref(), Some("RUNNING"));
        bench.pass(2_000);
        assert_eq!(bench.good("ShowRequest", &asked, Json::Null).text("/state"), "COMPLETED");
        assert_eq!(state(&mut bench, "one").as_deref(), Some("STOPPED"));
        bench.good("DeleteCluster", &[("cluster_id", "one")], Json::Null);
        bench.pass(2_000);
        assert_eq!(state(&mut bench, "one"), None);
        bench.bad("StopCluster", &[("cluster_id", "one")], Json::Null);
    }

    #[test]
    fn a_job_that_fails_leaves_the_world_as_it_is() {
        let mut bench = bench();
        bench.fails = true;
        let accepted = bench.good("StopCluster", &[("cluster_id", "one")], Json::Null);
        bench.pass(2_000);
        let asked = [("request_id", accepted.text("/request_id"))];
        assert_eq!(bench.good("ShowRequest", &asked, Json::Null).text("/state"), "FAILED");
        assert_eq!(state(&mut bench, "one").as_deref(), Some("RUNNING"));
    }

    #[test]
    fn what_no_world_made_is_shown_and_other_ids_are_unknown() {
        let mut bench = bench();
        let refused = bench.call("StopCluster", &[("cluster_id", "two")], Json::Null);
        assert!(refused.is_err() && state(&mut bench, "two").is_none());
        let body = bench.request_example("CreateCluster");
        let accepted = bench.good("CreateCluster", &[], body);
        let new = accepted.text("/resource/id").to_owned();
        assert_eq!(state(&mut bench, &new).as_deref(), Some("CREATING"));
        bench.pass(2_000);
        let shown = bench.good("ShowCluster", &[("cluster_id", &new)], Json::Null);
        assert_eq!((shown.text("/id"), shown.text("/service_state")), (new.as_str(), "RUNNING"));
        bench.good("StopCluster", &[("cluster_id", &new)], Json::Null);
        bench.pass(2_000);
        assert_eq!(state(&mut bench, &new).as_deref(), Some("STOPPED"));
    }
}
