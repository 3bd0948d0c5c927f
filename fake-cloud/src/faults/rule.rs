//! The requests that a fault applies to.

use serde::{Deserialize, Serialize};

use super::fault::Fault;

/// Requests to which a rule applies its fault.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum When {
    /// All.
    #[default]
    Always,
    /// The first requests, as many as this number.
    First(u64),
    /// The request with this number, counted from 1.
    Nth(u64),
    /// Each request with this probability, from 0 to 1. The choice is determined by the seed of the cloud, the number
    /// of the rule and the number of the request.
    Rate(f64),
}

/// A fault or a script of faults, and the requests that it applies to.
///
/// In JSON:
/// `{"service": "samsung-mariadb-1.0", "operation": "StopCluster", "fault": "truncate", "when": {"first": 2}}`, or
/// `{"script": ["pass", "reset_after", {"error": {"status": 500}}]}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
#[must_use]
pub struct Rule {
    pub(super) service: Option<String>,
    pub(super) operation: Option<String>,
    pub(super) plan: Plan,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plan {
    Fault(Fault, When),
    Script(Vec<Fault>),
}

/// The same in JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fault: Option<Fault>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    script: Option<Vec<Fault>>,
}

impl TryFrom<Raw> for Rule {
    type Error = &'static str;

    fn try_from(raw: Raw) -> Result<Self, &'static str> {
        let plan = match (raw.fault, raw.when, raw.script) {
            (Some(fault), when, None) => Plan::Fault(fault, when.unwrap_or_default()),
            (None, None, Some(script)) => Plan::Script(script),
            (None, Some(_), Some(_)) => {
                return Err("a script has no `when`; write `pass` where nothing shall go wrong");
            }
            (Some(_), _, Some(_)) => return Err("a rule has `fault` or `script`, not both; make two rules"),
            (None, _, None) => return Err("a rule needs `fault` or `script`"),
        };
        Ok(Self { service: raw.service, operation: raw.operation, plan })
    }
}

impl From<Rule> for Raw {
    fn from(rule: Rule) -> Self {
        let Rule { service, operation, plan } = rule;
        let (fault, when, script) = match plan {
            Plan::Fault(fault, When::Always) => (Some(fault), None, None),
            Plan::Fault(fault, when) => (Some(fault), Some(when), None),
            Plan::Script(script) => (None, None, Some(script)),
        };
        Self { service, operation, fault, when, script }
    }
}

impl Rule {
    /// Creates a rule for all requests to all services. The setters restrict it.
    pub fn new(fault: impl Into<Fault>) -> Self {
        Self { service: None, operation: None, plan: Plan::Fault(fault.into(), When::Always) }
    }

    /// Creates a rule with one fault per request, in this order. Requests after the last fault are not affected.
    pub fn script(faults: impl IntoIterator<Item = Fault>) -> Self {
        Self { service: None, operation: None, plan: Plan::Script(faults.into_iter().collect()) }
    }

    /// Restricts the rule to a service, by the file stem of its spec, for example `samsung-mariadb-1.0`.
    pub fn service(mut self, stem: impl Into<String>) -> Self {
        self.service = Some(stem.into());
        self
    }

    /// Restricts the rule to an operation of the service.
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.operation = Some(id.into());
        self
    }

    /// Restricts the rule to the first requests. It has no effect on a script.
    pub fn first(self, count: u64) -> Self {
        self.when(When::First(count))
    }

    /// Restricts the rule to the request with this number, counted from 1. It has no effect on a script.
    pub fn nth(self, number: u64) -> Self {
        self.when(When::Nth(number))
    }

    /// Applies the fault to each request with a probability from 0 to 1. It has no effect on a script.
    pub fn rate(self, probability: f64) -> Self {
        self.when(When::Rate(probability))
    }

    fn when(mut self, wanted: When) -> Self {
        if let Plan::Fault(_, when) = &mut self.plan {
            *when = wanted;
        }
        self
    }

    /// All its faults.
    pub(super) fn faults(&self) -> &[Fault] {
        match &self.plan {
            Plan::Fault(fault, _) => std::slice::from_ref(fault),
            Plan::Script(script) => script,
        }
    }

    pub(super) fn concerns(&self, service: &str, operation: &str) -> bool {
        self.service.as_deref().is_none_or(|own| own == service)
            && self.operation.as_deref().is_none_or(|own| own == operation)
    }
}
