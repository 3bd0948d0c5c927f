//! Finds the row of a list that the work created, if no response has its id.
//!
//! Problem: some services accept a create with a job and do not return the id of the new resource; the list has it
//! among others, and another one may be created before the poll. Default: the row whose time of creation is closest to
//! the time at which the work was accepted, both by the clock of the service. If the time of acceptance is unknown, the
//! newest row; if no row has a time, the only row. Override: none.

use serde_json::Value;

use super::path::{find, key, text};
use crate::operation::{States, Step};
use crate::timestamp::Timestamp;
use crate::token::Ids;

/// The maximum time by which a row can be older than its job, in milliseconds.
const BEFORE: i64 = 60_000;

/// The name of the unknown id, if the row has to be found without it.
pub(super) fn unknown(states: &States, ids: &Ids) -> Option<&'static str> {
    let row = states.resource.iter().find_map(|step| match step {
        Step::Row(_, id) => Some(*id),
        _ => None,
    });
    row.filter(|id| !states.created.is_empty() && ids.first(id).is_none())
}

/// The time at which a resource was created, or work was accepted.
pub(super) fn created(states: &States, resource: &Value) -> Option<i64> {
    let at = text(resource, states.created, &Ids::default())?;
    Timestamp::from(at).unix_millis()
}

/// The id of the row that was created by work that was accepted at this time.
pub(super) fn made(states: &States, pages: &[Value], ids: &Ids, since: Option<i64>) -> Option<String> {
    let at = states.resource.iter().position(|step| matches!(step, Step::Row(..)))?;
    let Some(Step::Row(property, _)) = states.resource.get(at) else { return None };
    let above = states.resource.get(..at)?.iter().copied().chain([Step::Every]).collect::<Vec<_>>();
    let below = states.resource.get(at + 1..)?;
    let all: Vec<_> = pages.iter().flat_map(|page| find(page, &above, ids)).collect();
    let mut rows: Vec<(i64, String)> = Vec::new();
    for row in &all {
        let resource = find(row, below, ids).into_iter().next();
        let at = resource.and_then(|resource| created(states, &resource));
        rows.extend(at.zip(key(row, property)));
    }
    if let ([only], []) = (all.as_slice(), rows.as_slice()) {
        return key(only, property);
    }
    let after = |(at, _): &&(i64, String)| since.is_some_and(|since| *at >= since.saturating_sub(BEFORE));
    let closest = rows.iter().filter(after).min_by_key(|(at, _)| since.map(|since| at.abs_diff(since)));
    closest.or_else(|| rows.iter().max().filter(|_| since.is_none())).map(|(_, id)| id.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PROXY: States = States {
        name: "proxy",
        id: "proxy_id",
        resource: &[Step::Property("list"), Step::Row("proxy.pool_id", "proxy_id"), Step::Property("proxy")],
        created: &[Step::Property("created_at")],
        ..States::DEFAULT
    };

    fn page(rows: &[(&str, &str)]) -> Value {
        let rows = rows.iter().map(|(id, at)| json!({"proxy": {"pool_id": id, "created_at": at}}));
        json!({"list": rows.collect::<Vec<_>>()})
    }

    #[test]
    fn the_row_closest_to_when_the_work_was_accepted_is_the_one_it_made() {
        let since = Timestamp::from("2026-01-15T08:30:00+0000").unix_millis();
        let old = ("old", "2026-01-15T08:20:00+0000");
        let own = ("own", "2026-01-15T16:29:58+0800");
        let next = ("next", "2026-01-15T08:40:00+0000");
        let found = |pages: &[Value], since| made(&PROXY, pages, &Ids::default(), since);
        assert_eq!(found(&[page(&[next, own, old])], since).as_deref(), Some("own"));
        assert_eq!(found(&[page(&[old]), page(&[next]), page(&[own])], since).as_deref(), Some("own"));
        let before = ("before", "2026-01-15T08:29:30+0000");
        assert_eq!(found(&[page(&[before, own, next])], since).as_deref(), Some("own"));
        assert_eq!(found(&[page(&[old])], since), None);
        assert_eq!(found(&[page(&[old, own])], None).as_deref(), Some("own"), "the newest");
        assert_eq!(found(&[page(&[("odd", "soon"), ("none", "")])], since), None);
        assert_eq!(found(&[page(&[("only", "")])], since).as_deref(), Some("only"));
        assert_eq!(unknown(&PROXY, &Ids::default()), Some("proxy_id"));
        assert_eq!(unknown(&PROXY, &Ids::of(&[("proxy_id", "own")])), None);
    }
}
