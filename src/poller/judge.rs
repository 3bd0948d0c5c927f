//! Evaluates a response to a poll, by the tables of the spec.

use std::borrow::Cow;

use serde_json::Value;

use super::path::{find, incomplete, plain, text};
use crate::operation::{States, Step};
use crate::token::Ids;

/// State of an operation, as returned by a poll.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Seen {
    /// The goal was reached, with the resource.
    Reached(Value),
    /// In progress: the state, and the progress in percent.
    InProgress(String, Option<u8>),
    /// It failed: the state and the vendor's reason.
    Failed(String, Option<String>),
    /// It does not exist.
    Missing,
}

/// The resource at the end of work: an entry of the tables, and its part of the response.
pub(crate) struct End {
    pub(super) name: &'static str,
    pub(super) resource: Value,
}

impl End {
    /// The name of the entry; `gone` after a delete.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }
}

/// Evaluates a response, by its pages. `goal` are the states to reach, `gone` says whether the resource is being
/// deleted.
pub(super) fn judge(states: &States, pages: &[Value], ids: &Ids, goal: &[&str], gone: bool) -> Seen {
    let Some(resource) = resource(states, pages, ids, gone) else { return Seen::Missing };
    let words: Vec<String> = pages.iter().flat_map(|page| words(states, page, ids)).collect();
    let text = |path| pages.iter().find_map(|page| text(page, path, ids));
    let all = |list: &[&str]| !words.is_empty() && words.iter().all(|word| list.contains(&word.as_str()));
    if all(states.gone) {
        return Seen::Missing;
    }
    let failed = words.iter().find(|word| states.failed.contains(&word.as_str()));
    // A resource with a failed state can still be deleted.
    if let Some(word) = failed.filter(|_| !gone) {
        return Seen::Failed(word.clone(), text(states.reason));
    }
    let reached = |word: &String| {
        let listed = states.in_progress.contains(&word.as_str()) || states.gone.contains(&word.as_str());
        goal.contains(&word.as_str()) || goal.contains(&"*") && !listed
    };
    let read_only = states.state.is_empty();
    match words.iter().find(|word| !reached(word)) {
        _ if gone && read_only => Seen::InProgress("present".to_owned(), None),
        None if !gone && (read_only || !words.is_empty()) => Seen::Reached(resource),
        word => {
            let word = word.or(words.first()).cloned().unwrap_or_else(|| "not shown".to_owned());
            Seen::InProgress(word, percent(text(states.progress)))
        }
    }
}

/// The resources of an entry: one, or all of several. A deletion is in progress as long as one of them exists.
fn resource(states: &States, pages: &[Value], ids: &Ids, gone: bool) -> Option<Value> {
    let mut found = pages.iter().flat_map(|page| find(page, states.resource, ids)).map(Cow::into_owned);
    let several = states.resource.iter().any(|step| matches!(step, Step::Rows(..)));
    if !several {
        return found.next();
    }
    let found: Vec<Value> = found.collect();
    let missing = found.is_empty() || !gone && incomplete(pages, states.resource, ids);
    (!missing).then_some(Value::Array(found))
}

/// The states: of each resource its current task, or else its state.
fn words(states: &States, response: &Value, ids: &Ids) -> Vec<String> {
    if states.state.is_empty() {
        return Vec::new();
    }
    let found = find(response, states.state, ids);
    let own =
        found.into_iter().map(|value| plain(&value).unwrap_or_default()).filter(|word| !word.is_empty());
    let Some((last, above)) = states.task.split_last() else { return own.collect() };
    let rows = find(response, above, ids);
    let Some(state) = states.state.last() else { return Vec::new() };
    let word = |row: &Value| {
        let state = text(row, &[*state], ids).unwrap_or_else(|| "not shown".to_owned());
        let bad = states.failed.contains(&state.as_str());
        text(row, &[*last], ids).filter(|task| task != states.idle && !bad).unwrap_or(state)
    };
    rows.iter().map(|row| word(row)).collect()
}

/// `60%` and `60` as a number.
fn percent(text: Option<String>) -> Option<u8> {
    text?.trim_end_matches('%').trim().parse().ok().filter(|percent| *percent <= 100)
}
