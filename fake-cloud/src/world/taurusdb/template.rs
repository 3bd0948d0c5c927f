//! Parameter templates: their rows, their values, and the available parameters.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value as Json};

use super::refusals;
use crate::message::refusal::Refusal;
use crate::world::contract::WorldContext;
use crate::world::fields::Fields;

/// Values of parameters by their names.
pub(super) type Values = BTreeMap<String, String>;

pub(super) struct Template {
    /// Its row in the list.
    pub(super) row: Json,
    pub(super) values: Values,
    /// Its changes, the latest first.
    pub(super) changes: VecDeque<ParameterChange>,
}

/// One change of a value of a template.
pub(super) struct ParameterChange {
    pub(super) name: String,
    pub(super) old: String,
    pub(super) new: String,
    pub(super) at: i64,
}

impl Template {
    pub(super) fn new(row: Json, values: Values) -> Self {
        Self { row, values, changes: VecDeque::new() }
    }

    /// Sets values, and records the changed ones.
    pub(super) fn change(&mut self, values: Values, at: i64) {
        for (name, new) in values {
            let old = self.values.insert(name.clone(), new.clone()).unwrap_or_default();
            if old != new {
                self.changes.push_front(ParameterChange { name, old, new, at });
            }
        }
    }

    pub(super) fn id(&self) -> &str {
        self.row.text("/id")
    }
}

/// All templates, and the available parameters.
pub(super) struct Templates {
    pub(super) all: Vec<Template>,
    /// The rows of ListInstanceConfigurations.
    pub(super) parameters: Vec<Json>,
}

impl Templates {
    /// The read-only template of the service, and that of the examples.
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        let parameters = start.example("ListInstanceConfigurations").items("/parameter_values").to_vec();
        let value = |row: &Json| (row.text("/name").to_owned(), row.text("/value").to_owned());
        let values: Values = parameters.iter().map(value).collect();
        let own = start.example("ListGaussMySqlConfigurations").pointer("/configurations/0").cloned();
        let own = own.unwrap_or_default();
        let mut standard = own.clone();
        standard.put("/id", start.example("ShowGaussMySqlInstanceInfo").text("/instance/configuration_id"));
        standard.put("/name", "Default-GaussDB-for-MySQL 8.0");
        standard.put("/description", "");
        standard.put("/user_defined", false);
        let template = |row| Template::new(row, values.clone());
        let mut all = vec![template(standard)];
        if !start.world_options.empty {
            all.push(template(own));
        }
        Self { all, parameters }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(Template::id)
    }

    /// The template of the service.
    pub(super) fn standard(&self) -> &Template {
        &self.all[0]
    }

    pub(super) fn find(&self, id: &str) -> Result<&Template, Refusal> {
        let found = self.all.iter().find(|template| template.id() == id);
        found.ok_or_else(|| Refusal::not_found(format!("there is no parameter template {id}")))
    }

    /// A template that users can change.
    pub(super) fn own(&mut self, id: &str) -> Result<&mut Template, Refusal> {
        if !self.find(id)?.row.flag("/user_defined") {
            return Err(refusals::unsuited(format!("the template {id} is one of the service")));
        }
        let found = self.all.iter_mut().find(|template| template.id() == id);
        found.ok_or_else(|| Refusal::not_found(format!("there is no parameter template {id}")))
    }

    /// Whether a name is not in use by another template.
    pub(super) fn unused(&self, name: &str, own: Option<&str>) -> Result<(), Refusal> {
        let mut others = self.all.iter().filter(|template| Some(template.id()) != own);
        match others.any(|template| template.row.text("/name") == name) {
            true => Err(refusals::unsuited(format!("there is a parameter template {name} already"))),
            false => Ok(()),
        }
    }

    /// Checked values of a request.
    pub(super) fn checked(&self, values: Option<&Map<String, Json>>) -> Result<Values, Refusal> {
        let mut checked = Values::new();
        for (name, value) in values.into_iter().flatten() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let Some(row) = self.parameters.iter().find(|row| row.text("/name") == name) else {
                return Err(refusals::invalid_value(format!(
                    "parameter_values: there is no parameter {name}"
                )));
            };
            if row.flag("/readonly") || !fits(row, &text) {
                let range = row.text("/value_range");
                return Err(refusals::invalid_value(format!("{name}: {text} is not in {range}")));
            }
            checked.insert(name.clone(), text);
        }
        Ok(checked)
    }

    /// Whether a change of values needs a restart.
    pub(super) fn needs_restart(&self, old: &Values, new: &Values) -> bool {
        let restarts = self.parameters.iter().filter(|row| row.flag("/restart_required"));
        let mut names = restarts.map(|row| row.text("/name"));
        names.any(|name| new.get(name).is_some_and(|value| old.get(name) != Some(value)))
    }
}

/// Whether a value is within the range of its parameter: `from-to` of a number, `a|b` of others.
fn fits(row: &Json, value: &str) -> bool {
    let range = row.text("/value_range");
    if row.text("/type") != "integer" {
        return range.is_empty() || range.split('|').any(|allowed| allowed == value);
    }
    let bounds = range.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    let number: Option<i64> = value.parse().ok();
    number.is_some_and(|number| bounds.is_none_or(|(from, to)| (from..=to).contains(&number)))
}
