//! The ids of accepted work.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Ids by their names; a name can have several.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Ids(BTreeMap<String, Id>);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Id {
    One(String),
    Many(Vec<String>),
}

impl Ids {
    pub(crate) fn put(&mut self, name: &str, mut ids: Vec<String>) {
        let id = if ids.len() == 1 { Id::One(ids.remove(0)) } else { Id::Many(ids) };
        self.0.insert(name.to_owned(), id);
    }

    pub(crate) fn all(&self, name: &str) -> &[String] {
        match self.0.get(name) {
            Some(Id::One(id)) => std::slice::from_ref(id),
            Some(Id::Many(ids)) => ids,
            None => &[],
        }
    }

    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    #[cfg(test)]
    pub(crate) fn of(pairs: &[(&str, &str)]) -> Self {
        let mut ids = Self::default();
        for (name, id) in pairs {
            ids.put(name, vec![(*id).to_owned()]);
        }
        ids
    }
}
