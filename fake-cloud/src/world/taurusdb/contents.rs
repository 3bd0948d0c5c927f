//! The contents of an instance: databases, accounts and permissions, at present and at earlier times.
//!
//! Rows are those of ListGaussMySqlDatabase and ListGaussMySqlDatabaseUser, except for one direction: an account has
//! its databases, from which the accounts of a database are derived.

use serde_json::{Value as Json, json};

use crate::world::fields::Fields;

/// The maximum number of earlier contents of an instance.
const KEPT: usize = 100;

/// Databases and accounts at a point in time.
#[derive(Clone, Default)]
pub(super) struct Contents {
    /// Name, character set and comment.
    pub(super) databases: Vec<Json>,
    /// Name, host, comment, and the databases that it can use.
    pub(super) accounts: Vec<Json>,
}

impl Contents {
    pub(super) fn database(&self, name: &str) -> Option<&Json> {
        self.databases.iter().find(|row| row.text("/name") == name)
    }

    pub(super) fn account(&self, name: &str, host: &str) -> Option<&Json> {
        self.accounts.iter().find(|row| is(row, name, host))
    }

    pub(super) fn account_mut(&mut self, name: &str, host: &str) -> Option<&mut Json> {
        self.accounts.iter_mut().find(|row| is(row, name, host))
    }

    /// The rows of databases, each with its accounts.
    pub(super) fn databases_shown(&self) -> Vec<Json> {
        let shown = |database: &Json| {
            let name = database.text("/name");
            let users = self.accounts.iter().filter_map(|account| {
                let own = account.items("/databases").iter().find(|grant| grant.text("/name") == name)?;
                Some(json!({"name": account.text("/name"), "host": account.text("/host"),
                    "readonly": own.flag("/readonly")}))
            });
            let mut row = database.clone();
            row.put("/users", users.collect::<Json>());
            row
        };
        self.databases.iter().map(shown).collect()
    }

    /// Grants permissions to an account; they replace its permissions on the same databases.
    pub(super) fn grant(&mut self, name: &str, host: &str, grants: &[Json]) {
        let Some(account) = self.account_mut(name, host) else { return };
        let names: Vec<&str> = grants.iter().map(|grant| grant.text("/name")).collect();
        let kept = account.items("/databases").iter().filter(|grant| !names.contains(&grant.text("/name")));
        let all: Json = kept.chain(grants).cloned().collect();
        account.put("/databases", all);
    }

    /// Revokes permissions on databases, from one account or from all.
    pub(super) fn revoke(&mut self, of: Option<(&str, &str)>, databases: &[String]) {
        let fits = |row: &&mut Json| of.is_none_or(|(name, host)| is(row, name, host));
        for account in self.accounts.iter_mut().filter(fits) {
            let kept = account.items("/databases").iter();
            let kept: Json =
                kept.filter(|g| !databases.iter().any(|name| name == g.text("/name"))).cloned().collect();
            account.put("/databases", kept);
        }
    }
}

fn is(row: &Json, name: &str, host: &str) -> bool {
    row.text("/name") == name && row.text("/host") == host
}

/// Contents, and those of earlier times.
#[derive(Default)]
pub(super) struct History {
    pub(super) now: Contents,
    earlier: Vec<(i64, Contents)>,
}

impl History {
    pub(super) fn new(now: Contents) -> Self {
        Self { now, earlier: Vec::new() }
    }

    /// Changes the contents at a time.
    pub(super) fn change(&mut self, at: i64, change: impl FnOnce(&mut Contents)) {
        if self.earlier.len() >= KEPT {
            self.earlier.remove(0);
        }
        self.earlier.push((at, self.now.clone()));
        change(&mut self.now);
    }

    /// The contents at a time: those before the first change after it.
    pub(super) fn at(&self, moment: i64) -> &Contents {
        self.earlier.iter().find(|(changed, _)| *changed > moment).map_or(&self.now, |(_, contents)| contents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_shows_what_was_there_before_the_next_change() {
        let mut history = History::default();
        for (at, name) in [(10, "a"), (20, "b")] {
            history.change(at, |contents| contents.databases.push(json!({"name": name})));
        }
        let counts = [9, 10, 19, 20, 99].map(|moment| history.at(moment).databases.len());
        assert_eq!(counts, [0, 1, 1, 2, 2]);
    }

    #[test]
    fn permissions_are_given_changed_and_taken_away() {
        let account = json!({"name": "app", "host": "%", "databases": []});
        let mut contents = Contents {
            databases: vec![json!({"name": "shop", "charset": "utf8mb4"})],
            accounts: vec![account],
        };
        for readonly in [true, false] {
            contents.grant("app", "%", &[json!({"name": "shop", "readonly": readonly})]);
            let users = contents.databases_shown()[0]["users"].clone();
            assert_eq!(users, json!([{"name": "app", "host": "%", "readonly": readonly}]));
        }
        contents.revoke(Some(("app", "localhost")), &["shop".to_owned()]);
        assert_eq!(contents.accounts[0].items("/databases").len(), 1);
        contents.revoke(None, &["shop".to_owned()]);
        assert!(contents.accounts[0].items("/databases").is_empty());
    }
}
