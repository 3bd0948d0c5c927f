//! The responses of the control endpoint.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::refused::{Refused, bad};
use crate::base::calendar;
use crate::cloud::journal::{CAPACITY, Entry};
use crate::cloud::state::CloudState;
use crate::faults::RuleState;
use crate::message::request::Request;

/// The default number of entries of a response.
const PAGE: usize = 1_000;

/// All requests.
pub(super) fn index() -> Json {
    json!({
        "GET /health": "that the cloud serves",
        "GET /services": "addresses, credentials, what exists, operations",
        "GET /clock": "what the clock shows",
        "POST /clock": "\"stop\", {\"set\": unix_millis} or {\"advance\": millis}",
        "GET /faults": "the rules, and how many requests each has seen and hit",
        "PUT /faults": "{\"rules\": [...]} instead of all rules",
        "DELETE /faults": "no rules",
        "GET /journal?after=0&limit=1000": "requests after the one with this number, oldest first",
        "GET /effects?after=0&limit=1000": "the same of writes that took effect",
        "GET /counters": "what each service has counted",
        "POST /reset": "everything as at the start, without faults; the body is {}",
    })
}

pub(super) fn services(state: &CloudState) -> Json {
    let about = |(stem, service): (&String, &Arc<crate::cloud::service::Service>)| {
        let mut operations: Vec<&str> = service.spec.routes.operations().map(|o| o.id.as_str()).collect();
        operations.sort_unstable();
        let about = json!({
            "base_url": service.base_url,
            "credentials": service.credentials.to_json(),
            "inventory": service.world.inventory(state.shared.runtime.now()),
            "operations": operations,
        });
        (stem.clone(), about)
    };
    Json::Object(state.services.iter().map(about).collect::<Map<_, _>>())
}

pub(super) fn clock(state: &CloudState) -> Json {
    let now = state.shared.runtime.now();
    let (time, stopped) = (calendar::millis(now), state.shared.runtime.is_stopped());
    json!({"unix_millis": now, "time": time, "stopped": stopped})
}

pub(super) fn faults(state: &CloudState) -> Json {
    let told =
        |RuleState { rule, seen, fired }: RuleState| json!({"rule": rule, "seen": seen, "fired": fired});
    json!({"rules": state.shared.faults.states().into_iter().map(told).collect::<Json>()})
}

pub(super) fn counters(state: &CloudState) -> Json {
    let told = |stem: &String| (stem.clone(), json!(state.shared.journal.counters(stem)));
    Json::Object(state.services.keys().map(told).collect::<Map<_, _>>())
}

/// Entries of the journal, and where to continue.
#[derive(Serialize)]
struct Page {
    entries: Vec<Arc<Entry>>,
    /// The number for the next request.
    next: u64,
    /// How many entries were displaced before they were requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    lost: Option<u64>,
}

pub(super) fn journal(state: &CloudState, request: &Request) -> Result<Json, Refused> {
    let (after, limit) = cursor(request)?;
    let entries = state.shared.journal.requests_after(after);
    let lost = entries.first().map_or(0, |first| first.number - after - 1);
    Ok(page(entries, after, limit, Some(lost)))
}

pub(super) fn effects(state: &CloudState, request: &Request) -> Result<Json, Refused> {
    let (after, limit) = cursor(request)?;
    Ok(page(state.shared.journal.effects_after(after), after, limit, None))
}

fn page(mut entries: Vec<Arc<Entry>>, after: u64, limit: usize, lost: Option<u64>) -> Json {
    entries.truncate(limit);
    let next = entries.last().map_or(after, |entry| entry.number);
    json!(Page { entries, next, lost })
}

/// `after` and `limit` of the query.
fn cursor(request: &Request) -> Result<(u64, usize), Refused> {
    let (mut after, mut limit) = (0, PAGE);
    for (name, value) in request.query_pairs().map_err(|refusal| bad(refusal.problem))? {
        let number = |most: u64| {
            let number = value.parse::<u64>().ok().filter(|number| *number <= most);
            number.ok_or_else(|| bad(format!("{name} is `{value}`; give a whole number from 0 to {most}")))
        };
        match name.as_str() {
            "after" => after = number(u64::MAX - 1)?,
            "limit" => limit = number(CAPACITY as u64)? as usize,
            _ => return Err(bad(format!("there is no `{name}` here; there are `after` and `limit`"))),
        }
    }
    Ok((after, limit))
}
