//! Parameters of the engine: those of a group, and those of a cluster.
//!
//! A dynamic parameter is in effect when the write is done; a static one takes effect at the next start of the engine.

use serde_json::{Value as Json, json};

use super::Samsung;
use super::cluster::{Cluster, ClusterChange};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

impl Cluster {
    /// At a start of the engine, static parameters get their new values.
    pub(super) fn start_afresh(&mut self, now: i64) {
        for (name, value) in std::mem::take(&mut self.waiting) {
            self.apply(&name, &value, now);
        }
    }

    fn apply(&mut self, name: &str, value: &str, now: i64) {
        if let Some(row) = self.parameters.iter_mut().find(|row| row.text("/name") == name) {
            row.put("/applied_value", value);
            self.parameters_changed = now;
        }
    }
}

/// For writes that only restart the engine.
pub(super) fn settle(_: &Samsung, _: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    Ok(Box::new(Cluster::start_afresh))
}

pub(super) fn set(_: &Samsung, call: &WorldRequest<'_>, cluster: &Cluster) -> Result<ClusterChange, Refusal> {
    let mut changes = Vec::new();
    for asked in call.body().items("/parameters") {
        let (id, value) = (asked.text("/id"), asked.text("/new_value"));
        let row = cluster.parameters.iter().find(|row| row.text("/id") == id);
        let row = row.ok_or_else(|| Refusal::invalid(format!("parameters: there is no parameter {id}")))?;
        let name = row.text("/name");
        if !row.flag("/is_modifiable") {
            return Err(Refusal::invalid(format!("parameters: {name} cannot be changed")));
        }
        if !allowed(row.text("/allows_value"), value) {
            return Err(Refusal::invalid(format!("parameters: {name} takes {}", row.text("/allows_value"))));
        }
        changes.push((name.to_owned(), value.to_owned(), row.text("/apply_type") == "STATIC"));
    }
    Ok(Box::new(move |cluster, at| {
        for (name, value, waits) in changes {
            if waits {
                cluster.waiting.insert(name, value);
            } else {
                cluster.apply(&name, &value, at);
            }
        }
    }))
}

/// Whether a value is in a list (`on,off`) or a range (`1-100`); without limits, every value is valid.
fn allowed(limits: &str, value: &str) -> bool {
    if limits.is_empty() {
        return true;
    }
    let range = limits.split_once('-').and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?)));
    match range {
        Some((low, high)) => value.parse::<u64>().is_ok_and(|number| (low..=high).contains(&number)),
        None => limits.split(',').any(|word| word == value),
    }
}

/// The response of ListParameterValues.
pub(super) fn values(cluster: &Cluster) -> Json {
    json!({
        "contents": cluster.parameters,
        "count": cluster.parameters.len(),
        "modified_at": crate::base::calendar::seconds(cluster.parameters_changed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_to_lists_and_ranges() {
        let cases = [("on,off", "on", true), ("on,off", "ON", false), ("1-100", "100", true)];
        let more =
            [("1-100", "101", false), ("1-100", "x", false), ("", "anything", true), ("a-b,c", "c", true)];
        for (limits, value, good) in cases.into_iter().chain(more) {
            assert_eq!(allowed(limits, value), good, "{limits} {value}");
        }
    }
}
