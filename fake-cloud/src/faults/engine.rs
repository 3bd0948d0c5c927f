//! Which rules fire for a request.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::Value as Json;

use super::applied::AppliedFaults;
use super::fault::Fault;
use super::rule::{Plan, Rule, When};
use crate::base::runtime::Runtime;

/// The properties of a request that decide which rules apply.
pub(crate) struct Candidate<'c> {
    pub(crate) service: &'c str,
    pub(crate) operation: &'c str,
    /// Whether it has a token.
    pub(crate) token: bool,
    /// Whether it responds to a challenge.
    pub(crate) nonce: bool,
    /// Whether it is an asynchronous operation whose work can fail.
    pub(crate) work: bool,
}

/// A rule and its counters.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RuleState {
    /// The rule.
    pub rule: Rule,
    /// Number of requests that the rule applied to.
    pub seen: u64,
    /// Number of requests that received its fault.
    pub fired: u64,
}

#[derive(Default)]
struct RuleStates {
    rules: Vec<RuleState>,
    /// The last bodies of all operations, while there is a rule that repeats them.
    pages: Option<HashMap<(String, String), Json>>,
}

/// The rules of a cloud.
#[derive(Default)]
pub(crate) struct Faults {
    /// So that a cloud without rules needs no lock.
    any: AtomicBool,
    state: Mutex<RuleStates>,
}

impl Faults {
    fn with<T>(&self, look: impl FnOnce(&mut RuleStates) -> T) -> T {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces all rules by these, which were checked, and resets the counters.
    pub(crate) fn set(&self, rules: Vec<Rule>) {
        let repeats = rules.iter().flat_map(Rule::faults).any(|fault| *fault == Fault::RepeatedPage);
        self.with(|state| {
            self.any.store(!rules.is_empty(), Ordering::Release);
            state.rules = rules.into_iter().map(|rule| RuleState { rule, seen: 0, fired: 0 }).collect();
            state.pages = repeats.then(HashMap::new);
        });
    }

    /// The rules and their counters.
    pub(crate) fn states(&self) -> Vec<RuleState> {
        self.with(|state| state.rules.clone())
    }

    /// Whether a rule keeps the port of a service closed.
    pub(crate) fn closes(&self, service: &str) -> bool {
        self.with(|state| {
            let closing = |rule: &Rule| rule.faults() == [Fault::Refuse] && rule.concerns(service, "");
            state.rules.iter().any(|state| closing(&state.rule))
        })
    }

    /// The faults of a request.
    pub(crate) fn draw(&self, call: &Candidate<'_>, runtime: &Runtime) -> AppliedFaults {
        let mut applied = AppliedFaults::default();
        if !self.any.load(Ordering::Acquire) {
            return applied;
        }
        self.with(|state| {
            for (row, state) in state.rules.iter_mut().enumerate() {
                let Some(fault) = state.next(call, row as u64, runtime) else { continue };
                let last = !fault.adds_up();
                applied.add(row, fault);
                if last {
                    break;
                }
            }
        });
        applied
    }

    /// Returns the previous body of the same operation and stores this one, if a rule needs it.
    pub(crate) fn turn_page(&self, call: &Candidate<'_>, body: Option<&Json>) -> Option<Json> {
        if !self.any.load(Ordering::Acquire) {
            return None;
        }
        self.with(|state| {
            let key = (call.service.to_owned(), call.operation.to_owned());
            state.pages.as_mut()?.insert(key, body?.clone())
        })
    }
}

impl RuleState {
    /// Applies the rule to a request, and returns the fault.
    fn next(&mut self, call: &Candidate<'_>, row: u64, runtime: &Runtime) -> Option<Fault> {
        if !self.rule.concerns(call.service, call.operation) {
            return None;
        }
        let fault = match &self.rule.plan {
            Plan::Fault(fault, _) => fault,
            Plan::Script(steps) => steps.get(usize::try_from(self.seen).ok()?)?,
        };
        let fits = match fault {
            Fault::ExpiredToken => call.token,
            Fault::StaleNonce => call.nonce,
            Fault::FailedWork => call.work,
            Fault::Refuse => false,
            _ => true,
        };
        if !fits {
            return None;
        }
        self.seen += 1;
        let fires = *fault != Fault::Pass
            && match &self.rule.plan {
                Plan::Script(_) | Plan::Fault(_, When::Always) => true,
                Plan::Fault(_, When::First(count)) => self.seen <= *count,
                Plan::Fault(_, When::Nth(number)) => self.seen == *number,
                Plan::Fault(_, When::Rate(rate)) => runtime.happens(row, self.seen, *rate),
            };
        self.fired += u64::from(fires);
        fires.then(|| fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: Candidate<'_> =
        Candidate { service: "s", operation: "o", token: false, nonce: false, work: false };

    fn drawn(faults: &Faults, call: &Candidate<'_>) -> String {
        faults.draw(call, &Runtime::new(None, Some(7))).name().unwrap_or_default()
    }

    fn set(rules: impl IntoIterator<Item = Rule>) -> Faults {
        let faults = Faults::default();
        faults.set(rules.into_iter().collect());
        faults
    }

    #[test]
    fn counts_and_scripts() {
        let late = || Rule::new(Fault::Latency { millis: 1 });
        let cases = [
            (late(), "xxxxxx"),
            (late().first(2), "xx    "),
            (late().nth(3), "  x   "),
            (late().rate(0.0), "      "),
            (late().rate(1.0), "xxxxxx"),
            (Rule::script([Fault::Pass, Fault::Truncate, Fault::Pass, Fault::CutJson]), " x x  "),
            (late().service("s").operation("o").first(1), "x     "),
            (late().service("other"), "      "),
            (late().service("s").operation("other"), "      "),
            (Rule::new(Fault::ExpiredToken), "      "),
            (Rule::new(Fault::StaleNonce), "      "),
        ];
        for (rule, expected) in cases {
            let faults = set([rule.clone()]);
            let met: String =
                (0..6).map(|_| if drawn(&faults, &CALL).is_empty() { ' ' } else { 'x' }).collect();
            assert_eq!(met, expected, "{rule:?}");
            assert_eq!(faults.states()[0].fired, expected.matches('x').count() as u64, "{rule:?}");
        }
        let faults = set([Rule::new(Fault::ExpiredToken).first(1)]);
        assert_eq!(drawn(&faults, &CALL), "", "a request without a token uses up nothing");
        let token = Candidate { token: true, ..CALL };
        assert_eq!(drawn(&faults, &token), "expired_token (rule 1)");
        assert_eq!(drawn(&faults, &token), "");
    }

    #[test]
    fn what_adds_up_and_what_ends_the_search() {
        let late = Rule::new(Fault::Latency { millis: 1 });
        let faults = set([late.clone(), Rule::new(Fault::Truncate).first(1), late]);
        assert_eq!(drawn(&faults, &CALL), "latency of 1 ms (rule 1); truncate (rule 2)");
        assert_eq!(drawn(&faults, &CALL), "latency of 1 ms (rule 1); latency of 1 ms (rule 3)");
        let seen: Vec<u64> = faults.states().iter().map(|state| state.seen).collect();
        assert_eq!(seen, [2, 2, 1]);
    }

    #[test]
    fn the_same_seed_meets_the_same_requests() {
        let run =
            |faults: Faults| -> Vec<bool> { (0..64).map(|_| drawn(&faults, &CALL).is_empty()).collect() };
        let rule = || Rule::new(Fault::Truncate).rate(0.3);
        assert_eq!(run(set([rule()])), run(set([rule()])));
        let second = run(set([Rule::new(Fault::Truncate).service("other"), rule()]));
        assert_ne!(run(set([rule()])), second, "each rule has chances of its own");
    }

    #[test]
    fn a_closed_port_is_no_fault_of_requests() {
        let faults = set([Rule::new(Fault::Refuse).service("s")]);
        assert!(faults.closes("s") && !faults.closes("t"));
        assert_eq!(drawn(&faults, &CALL), "");
        assert!(set([Rule::new(Fault::Refuse)]).closes("t"));
    }

    #[test]
    fn pages_are_kept_for_rules_that_repeat_them() {
        let page = |number: u64| Json::from(number);
        let faults = set([Rule::new(Fault::Truncate)]);
        faults.turn_page(&CALL, Some(&page(1)));
        assert_eq!(faults.turn_page(&CALL, Some(&page(2))), None);
        let faults = set([Rule::new(Fault::RepeatedPage).nth(2)]);
        assert_eq!(faults.turn_page(&CALL, Some(&page(1))), None);
        assert_eq!(faults.turn_page(&CALL, Some(&page(2))), Some(page(1)));
        assert_eq!(faults.turn_page(&Candidate { operation: "p", ..CALL }, Some(&page(3))), None);
    }
}
