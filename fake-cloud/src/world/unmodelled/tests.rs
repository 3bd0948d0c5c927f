//! Every long-running operation of every spec, as if no world simulated it.

use std::collections::BTreeMap;
use std::sync::Arc;

use dbplane_codegen::spec::{LongRunning, Paging, States};
use serde_json::Value as Json;

use super::*;
use crate::identity::credentials::Credentials;
use crate::identity::tokens::Tokens;
use crate::message::accepted::AcceptedRequest;
use crate::spec::catalogue::{ServiceSpec, catalogue};
use crate::world::bench::{self, NOW, PACE};
use crate::world::contract::WorldOptions;

struct UnmodelledBench {
    spec: &'static ServiceSpec,
    work: UnmodelledWork,
    runtime: Runtime,
    fails: bool,
    /// Whether responses are treated like those of a world.
    modelled: bool,
}

impl UnmodelledBench {
    fn new(spec: &'static ServiceSpec, fails: bool) -> Self {
        let runtime = Runtime::new(Some(NOW), Some(7));
        let work = UnmodelledWork::new(&WorldContext {
            spec,
            credentials: &Credentials::make(spec.vendor, &runtime),
            base_url: "http://127.0.0.1:1",
            runtime: &runtime,
            tokens: &Arc::new(Tokens::default()),
            world_options: WorldOptions { pace: PACE, empty: false },
        });
        Self { spec, work, runtime, fails, modelled: false }
    }

    fn operation(&self, id: &str) -> &'static Operation {
        self.spec.routes.operations().find(|known| known.id == id).unwrap()
    }

    fn call(&mut self, id: &str, values: Ids, body: Json) -> Result<Json, Refusal> {
        let operation = self.operation(id);
        let accepted = AcceptedRequest { values, body };
        let call =
            WorldRequest { fails: self.fails, ..WorldRequest::new(operation, &accepted, &self.runtime) };
        let mut response = self.work.response(&call, &Inventory::new())?;
        self.work.show(&call, &mut response, self.modelled)?;
        assert_eq!(operation.unfit(response.body.as_ref()), Vec::<String>::new(), "{id}");
        Ok(response.body.unwrap_or_default())
    }

    /// Sends the example of a write, and returns the ids by which it is polled.
    fn start(&mut self, id: &str, work: &LongRunning) -> Ids {
        let own = self.operation(id).parameters.iter().map(|p| (p.name.clone(), format!("{}-1", p.name)));
        let (values, body): (Ids, Json) = (own.collect(), bench::request_example(self.spec, id));
        let response = self.call(id, values.clone(), body.clone()).unwrap();
        let mut ids = Ids::new();
        for (name, value) in body.as_object().into_iter().flatten() {
            let value = value.get(0).unwrap_or(value);
            ids.insert(name.clone(), place::plain(value));
        }
        let sent = work
            .sent
            .iter()
            .filter_map(|(name, path)| Some((name.clone(), place::read(&body, path).into_iter().next()?)));
        ids.extend(sent);
        ids.extend(values);
        ids.extend(work.ids.iter().map(|(name, path)| (name.clone(), read(&response, path, &Ids::new()))));
        ids
    }

    /// The state of the work in a poll; none if it no longer exists.
    fn poll(&mut self, states: &States, ids: &Ids) -> Result<Option<Json>, Refusal> {
        let names: BTreeMap<_, _> = states.parameters.iter().map(|(name, id)| (name, id)).collect();
        let operation = self.operation(&states.operation);
        let values = operation.parameters.iter().filter_map(|parameter| {
            let id = names.get(&parameter.name).copied().unwrap_or(&parameter.name);
            Some((parameter.name.clone(), ids.get(id)?.clone()))
        });
        let response = self.call(&states.operation, values.collect(), Json::Null)?;
        let mut there = false;
        place::change(&mut response.clone(), resource(states), &Ids::new(), |_| there = true);
        Ok(there.then_some(response))
    }
}

/// The text at a path; empty if the text or the row with the id is missing.
fn read(body: &Json, path: &str, ids: &Ids) -> String {
    if place::lacks(body, path, ids) {
        return String::new();
    }
    let (mut found, mut copy) = (None, body.clone());
    place::change(&mut copy, path, ids, |value| {
        found.get_or_insert_with(|| place::plain(value));
    });
    found.unwrap_or_default()
}

/// The stages of work with known ids.
fn stages<'w>(work: &'w LongRunning, ids: &Ids) -> Vec<&'w States> {
    let known = |states: &&States| ids.get(&states.id).is_some_and(|id| !id.is_empty());
    work.poll.iter().find(known).into_iter().chain(&work.then).collect()
}

fn each(mut test: impl FnMut(&'static ServiceSpec, &'static Operation, &'static LongRunning)) {
    for spec in catalogue().unwrap() {
        for operation in spec.routes.operations() {
            if let Some(work) = &operation.long_running {
                test(spec, operation, work);
            }
        }
    }
}

#[test]
fn every_long_running_operation_goes_on_for_a_while_and_ends() {
    each(|spec, operation, work| {
        let mut bench = UnmodelledBench::new(spec, false);
        let ids = bench.start(&operation.id, work);
        let stages = stages(work, &ids);
        let about = format!("{} {}", spec.stem, operation.id);
        assert!(!stages.is_empty(), "{about}: nothing to poll with {ids:?}");
        let state = |bench: &mut UnmodelledBench, states: &States| {
            let shown = bench.poll(states, &ids).map(|body| body.unwrap_or_default());
            shown.map(|body| states.state.as_ref().map(|path| read(&body, path, &ids)))
        };
        if let (Ok(Some(shown)), false) = (state(&mut bench, stages[0]), stages[0].in_progress.is_empty()) {
            assert!(stages[0].in_progress.contains(&shown), "{about}: {shown} at the start");
        }
        bench.runtime.advance(UNITS * PACE);
        for (number, states) in stages.iter().enumerate() {
            let last = number + 1 == stages.len();
            match state(&mut bench, states) {
                Err(_) => assert!(last && work.deletes(), "{about}: {} is gone", states.name),
                Ok(None) => {}
                Ok(Some(shown)) if last && work.deletes() => assert_eq!(shown, "", "{about}"),
                Ok(Some(shown)) => {
                    let goal = if last && !work.until.is_empty() { &work.until } else { &states.done };
                    let any = goal.contains(&"*".to_owned()) && !states.in_progress.contains(&shown);
                    assert!(any || goal.contains(&shown), "{about}: {} is {shown} at the end", states.name);
                }
            }
        }
    });
}

#[test]
fn what_a_world_does_not_have_any_more_is_not_shown_again() {
    let mut tried = 0;
    each(|spec, operation, work| {
        let mut bench = UnmodelledBench::new(spec, false);
        let ids = bench.start(&operation.id, work);
        bench.modelled = true;
        let untouched = |states: &&States| !states.job && !work.ids.iter().any(|(id, _)| *id == states.id);
        for states in stages(work, &ids).into_iter().filter(untouched) {
            let before = UnmodelledBench::new(spec, false).poll(states, &ids);
            let (Ok(Some(before)), Ok(Some(shown))) = (before, bench.poll(states, &ids)) else { continue };
            if place::lacks(&before, resource(states), &ids) {
                tried += 1;
                assert_eq!(shown, before, "{}", operation.id);
            }
        }
    });
    assert!(tried > 5, "{tried}");
}

#[test]
fn every_job_fails_that_is_told_to() {
    each(|spec, operation, work| {
        let mut bench = UnmodelledBench::new(spec, true);
        let ids = bench.start(&operation.id, work);
        bench.runtime.advance(UNITS * PACE);
        let states = stages(work, &ids)[0];
        let body = bench.poll(states, &ids).unwrap_or_default().unwrap_or_default();
        if let Some(path) = &states.state {
            let shown = read(&body, path, &ids);
            assert!(states.failed.contains(&shown), "{} {}: {shown}", spec.stem, operation.id);
        }
    });
}

#[test]
fn a_job_that_nobody_started_is_unknown_in_the_words_of_the_vendor() {
    let refused = |stem: &str, operation: &str, parameter: &str| {
        let spec = catalogue().unwrap().iter().find(|spec| spec.stem == stem).unwrap();
        let values = Ids::from([(parameter.to_owned(), "none".to_owned())]);
        UnmodelledBench::new(spec, false).call(operation, values, Json::Null).unwrap_err().kind
    };
    let huawei = refused("huawei-taurusdb-v3", "ShowGaussMySqlJobInfo", "id");
    assert_eq!(huawei, RefusalKind::UnknownId(404, "DBS.200543".to_owned()));
    assert_eq!(refused("samsung-mariadb-1.0", "ShowRequest", "request_id"), RefusalKind::NotFound);
}

#[test]
fn new_ids_look_like_those_of_the_examples() {
    let runtime = Runtime::new(None, Some(1));
    let id = another("ob3v-04f6a", &runtime);
    assert!(id.starts_with("ob") && id.contains("v-") && id.ends_with('a') && id != "ob3v-04f6a", "{id}");
    let id = another("1c2d3e4f5061728394a5b6c7d8e9f00bin07", &runtime);
    assert!(id.ends_with("bin07") && id.len() == 36 && !id.starts_with("1c2d3"), "{id}");
    assert_eq!(another("", &runtime).len(), 36);
}

#[test]
fn every_list_that_no_world_models_shows_each_row_of_its_example_once() {
    let mut most = 0;
    for spec in catalogue().unwrap() {
        let mut bench = UnmodelledBench::new(spec, false);
        let lists = spec.routes.operations();
        for (operation, paging) in lists.filter_map(|known| Some((known, known.paging.as_ref()?))) {
            let all = rows(operation.response.as_ref().unwrap(), paging);
            let (mut found, mut place) = (Vec::new(), None::<String>);
            for number in 0..=all.len() as i64 {
                let page = list_page(&mut bench, operation, paging, place.as_deref());
                let (rows, total) = (rows(&page, paging), paging.total.as_ref());
                assert!(rows.len() <= 1, "{} {}: {rows:?}", spec.stem, operation.id);
                assert_eq!(rows.len() as i64, (all.len() as i64 - number).min(1), "{}", operation.id);
                if let Some(total) = total {
                    assert_eq!(read(&page, total, &Ids::new()), all.len().to_string(), "{}", operation.id);
                }
                place = Some(match (&paging.marker, rows.last()) {
                    (Some(marker), Some(row)) => place::plain(&row[marker]),
                    _ => (paging.first + number + 1).to_string(),
                });
                found.extend(rows);
            }
            assert_eq!(found, all, "{} {}", spec.stem, operation.id);
            most = most.max(all.len());
        }
    }
    assert!(most > 1, "no example has two rows");
}

/// A page of one row.
fn list_page(
    bench: &mut UnmodelledBench,
    operation: &Operation,
    paging: &Paging,
    place: Option<&str>,
) -> Json {
    let mut values = Ids::from([(paging.size.clone(), "1".to_owned())]);
    let mut body = bench::request_example(bench.spec, &operation.id);
    if body.get(&paging.size).is_some() {
        body[&paging.size] = 1.into();
        body.as_object_mut().unwrap().remove(&paging.number);
        if let Some(place) = place {
            let number = place.parse::<i64>().ok().filter(|_| paging.marker.is_none());
            body[&paging.number] = number.map_or_else(|| place.into(), Json::from);
        }
        values.clear();
    } else if let Some(place) = place {
        values.insert(paging.number.clone(), place.to_owned());
    }
    bench.call(&operation.id, values, body).unwrap()
}

fn rows(body: &Json, paging: &Paging) -> Vec<Json> {
    let mut rows = Vec::new();
    place::change(&mut body.clone(), &paging.items, &Ids::new(), |list| {
        rows = list.as_array().unwrap().clone()
    });
    rows
}
