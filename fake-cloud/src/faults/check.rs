//! Checks rules against the services of a cloud.
//!
//! Problem: a rule with a misspelled name would never fire, and its test would prove nothing.
//! Default: all problems are reported together, each with its place and a remedy.

use super::document::FaultError;
use super::error::ErrorResponse;
use super::fault::Fault;
use super::rule::{Plan, Rule, When};
use crate::base::nearest::nearest;
use crate::vendor::Vendor;
use crate::vendor::shape::Shape;

const HOUR_MILLIS: u64 = 3_600_000;
const MINUTE_MILLIS: u64 = 60_000;
/// The maximum clock skew.
const SKEW_MILLIS: u64 = 100 * 365 * 24 * HOUR_MILLIS;
const RULES: usize = 1_000;
const STEPS: usize = 10_000;
const GARBAGE: usize = 1 << 20;
/// The maximum length of a code, message or header.
const TEXT: usize = 8_000;
/// Headers that belong to the connection.
const FRAMING: &[&str] = &["connection", "content-length", "transfer-encoding", "upgrade"];

/// A service that rules can be for.
pub(crate) struct Offered<'s> {
    pub(crate) stem: &'s str,
    pub(crate) vendor: Vendor,
    pub(crate) operations: Vec<OfferedOperation<'s>>,
}

/// An operation that rules can be for.
pub(crate) struct OfferedOperation<'s> {
    pub(crate) id: &'s str,
    /// Whether it only reads.
    pub(crate) reads: bool,
    /// Whether it is an asynchronous operation.
    pub(crate) works: bool,
}

/// Checks rules.
///
/// # Errors All problems of the rules.
pub(crate) fn check(rules: &[Rule], services: &[Offered<'_>]) -> Result<(), FaultError> {
    let mut problems = Vec::new();
    if rules.len() > RULES {
        problems.push(format!("rules: there are {}; the most are {RULES}", rules.len()));
    }
    for (number, rule) in rules.iter().take(RULES).enumerate() {
        let place = format!("rules[{number}]");
        let found: Vec<(String, String)> = match scope(rule, services) {
            Ok(scope) => one(rule, &scope),
            Err(problem) => vec![problem],
        };
        problems.extend(found.into_iter().map(|(part, problem)| format!("{place}.{part}: {problem}")));
    }
    if problems.is_empty() { Ok(()) } else { Err(FaultError { problems }) }
}

/// What a rule applies to.
struct RuleTarget<'s> {
    service: Option<&'s Offered<'s>>,
    operation: Option<&'s OfferedOperation<'s>>,
}

impl RuleTarget<'_> {
    /// Whether the rule applies to no asynchronous operation.
    fn begins_no_work(&self) -> bool {
        match (self.operation, self.service) {
            (Some(operation), _) => !operation.works,
            (None, Some(service)) => service.operations.iter().all(|operation| !operation.works),
            (None, None) => false,
        }
    }
}

type Problem = (String, String);

fn scope<'s>(rule: &Rule, services: &'s [Offered<'s>]) -> Result<RuleTarget<'s>, Problem> {
    let Some(stem) = &rule.service else {
        return match &rule.operation {
            None => Ok(RuleTarget { service: None, operation: None }),
            Some(id) => {
                let problem = format!("`{id}` needs a service beside it; add `service`");
                Err(("operation".to_owned(), problem))
            }
        };
    };
    let Some(service) = services.iter().find(|service| service.stem == stem) else {
        let near = nearest(stem, services.iter().map(|service| service.stem));
        return Err(("service".to_owned(), format!("the cloud has no service `{stem}`; {near}")));
    };
    let Some(id) = &rule.operation else { return Ok(RuleTarget { service: Some(service), operation: None }) };
    match service.operations.iter().find(|known| known.id == id) {
        Some(operation) => Ok(RuleTarget { service: Some(service), operation: Some(operation) }),
        None => {
            let near = nearest(id, service.operations.iter().map(|known| known.id));
            Err(("operation".to_owned(), format!("{stem} has no operation `{id}`; {near}")))
        }
    }
}

fn one(rule: &Rule, scope: &RuleTarget<'_>) -> Vec<Problem> {
    match &rule.plan {
        Plan::Fault(fault, when) => {
            let alone = match fault {
                Fault::Pass => Some("a rule that lets all pass does nothing; leave it out".to_owned()),
                Fault::Refuse if rule.operation.is_some() || *when != When::Always => {
                    let problem = "a closed port knows neither operations nor counts";
                    Some(format!("{problem}; leave out `operation` and `when`, and remove the rule in time"))
                }
                _ => problem(fault, scope),
            };
            let alone = alone.map(|problem| ("fault".to_owned(), problem));
            alone.into_iter().chain(never(*when).map(|problem| ("when".to_owned(), problem))).collect()
        }
        Plan::Script(steps) if steps.is_empty() || steps.len() > STEPS => {
            vec![("script".to_owned(), format!("it has {} steps; give 1 to {STEPS}", steps.len()))]
        }
        Plan::Script(steps) => {
            let step = |(number, fault): (usize, &Fault)| {
                let found = match fault {
                    Fault::Refuse => Some("a script cannot close a port; make a rule of its own".to_owned()),
                    _ => problem(fault, scope),
                };
                found.map(|problem| (format!("script[{number}]"), problem))
            };
            steps.iter().enumerate().filter_map(step).collect()
        }
    }
}

/// Why a condition is invalid or can never be met.
fn never(when: When) -> Option<String> {
    match when {
        When::First(0) | When::Nth(0) => Some("0 is no request; they are counted from 1".to_owned()),
        When::Rate(rate) if !(0.0..=1.0).contains(&rate) => {
            Some(format!("the rate is {rate}; give a probability from 0 to 1"))
        }
        _ => None,
    }
}

fn problem(fault: &Fault, scope: &RuleTarget<'_>) -> Option<String> {
    let over = |millis: u64, most: u64| {
        (millis > most).then(|| format!("it is {millis} ms; give at most {most} ms"))
    };
    let vendor = scope.service.map(|service| service.vendor);
    match fault {
        Fault::Latency { millis } => over(*millis, HOUR_MILLIS),
        Fault::Trickle { millis } => over(*millis, MINUTE_MILLIS),
        Fault::ClockSkew { millis } => over(millis.unsigned_abs(), SKEW_MILLIS),
        Fault::Garbage { text } if text.len() > GARBAGE => {
            Some(format!("the text has {} bytes; give at most {GARBAGE}", text.len()))
        }
        Fault::ContentType { value } => header("Content-Type", value),
        Fault::ExpiredToken if !matches!(vendor, None | Some(Vendor::Huawei | Vendor::HuaweiIam)) => {
            Some("only services of Huawei Cloud take tokens; name one of them as `service`".to_owned())
        }
        Fault::StaleNonce if !matches!(vendor, None | Some(Vendor::OceanBase)) => {
            Some("only OceanBase Cloud has nonces; name it as `service`".to_owned())
        }
        Fault::FailedWork if scope.begins_no_work() => {
            let message = "it applies to no asynchronous operation";
            Some(format!("{message}; name one that does, or its service"))
        }
        Fault::RepeatedPage if scope.operation.is_some_and(|operation| !operation.reads) => {
            Some("the operation writes and has no pages; name one that lists".to_owned())
        }
        Fault::Error(response) => error(response, vendor),
        _ => None,
    }
}

fn error(response: &ErrorResponse, vendor: Option<Vendor>) -> Option<String> {
    if !(200..=599).contains(&response.status) {
        return Some(format!("the status is {}; give one from 200 to 599", response.status));
    }
    if let Some(shape) = response.shape
        && !shape.is_spoken_by(vendor)
    {
        let names: Vec<&str> =
            Shape::ALL.iter().filter(|s| s.is_spoken_by(vendor)).map(|s| s.name()).collect();
        let whose = vendor.map_or("all services together know", |_| "the service knows");
        return Some(format!(
            "the shape `{}` is another vendor's; {whose} {}",
            shape.name(),
            names.join(", ")
        ));
    }
    let texts = [("code", &response.code), ("message", &response.message)];
    let long = |(name, text): (&str, &Option<String>)| {
        let length = text.as_ref().map_or(0, String::len);
        (length > TEXT).then(|| format!("the {name} has {length} bytes; give at most {TEXT}"))
    };
    texts
        .into_iter()
        .find_map(long)
        .or_else(|| response.headers.iter().find_map(|(name, value)| header(name, value)))
}

/// What is wrong with a header.
fn header(name: &str, value: &str) -> Option<String> {
    if http::HeaderName::from_bytes(name.as_bytes()).is_err() || name.len() > TEXT {
        return Some(format!("`{}` is no name of a header", name.escape_debug()));
    }
    if FRAMING.contains(&name.to_ascii_lowercase().as_str()) {
        return Some(format!("the header {name} belongs to the connection; leave it out"));
    }
    let fits = http::HeaderValue::from_str(value).is_ok() && value.len() <= TEXT;
    (!fits)
        .then(|| format!("the value of {name} is none of a header; give visible characters, at most {TEXT}"))
}
