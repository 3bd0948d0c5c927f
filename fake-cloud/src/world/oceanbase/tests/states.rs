//! The state machine: all work in every status, allowed or refused.

use super::super::target::Target;
use super::super::writes::RULES;
use super::*;
use crate::message::refusal::RefusalKind;
use crate::world::bench::PACE;
use crate::world::contract::World;

const STATUSES: &[&str] = &[
    "ONLINE",
    "STOPPED",
    "PENDING_CREATE",
    "PENDING_STOP",
    "PENDING_START",
    "PENDING_DELETE",
    "EXPANDING",
    "SPEC_MODIFYING",
    "PROXY_SERVICE_SPEC_MODIFYING",
    "ABNORMAL",
    "A_NEW_WORD",
];

/// The kinds of resources with work.
#[derive(Clone, Copy, PartialEq)]
enum On {
    Instance,
    Tenant,
    Address(&'static str),
}

type StateCase = (&'static str, On, Vec<(&'static str, &'static str)>, Json, (&'static str, &'static str));

/// All work on existing resources: a valid request, and the statuses during and after the work.
fn cases() -> Vec<StateCase> {
    let null = || Json::Null;
    let size = json!({"unitNum": 2, "cpu": 4, "memory": 16});
    let zone = json!({"primaryZone": "b", "proxyAddressMasterZone": "b"});
    let spec = json!({"instanceClass": "8C32G"});
    let instance = |id, body, states| (id, On::Instance, ON.to_vec(), body, states);
    let tenant = |id, body, states| (id, On::Tenant, IN.to_vec(), body, states);
    vec![
        instance("modifyInstanceNodeNum", json!({"nodeNum": 6}), ("EXPANDING", "ONLINE")),
        instance("modifyInstanceSpec", spec, ("SPEC_MODIFYING", "ONLINE")),
        instance("modifyOdpClusterSpec", units(4), ("PROXY_SERVICE_SPEC_MODIFYING", "ONLINE")),
        instance("stopCluster", null(), ("PENDING_STOP", "STOPPED")),
        instance("startCluster", null(), ("PENDING_START", "ONLINE")),
        ("deleteInstance", On::Instance, vec![], json!({"instanceId": INSTANCE}), ("PENDING_DELETE", "")),
        tenant("updateTenant", size, ("SPEC_MODIFYING", "ONLINE")),
        tenant("modifyTenantPrimaryZone", zone, ("PRIMARY_ZONE_MODIFYING", "ONLINE")),
        tenant("deleteTenant", null(), ("PENDING_DELETE", "")),
        ("deleteTenantAddress", On::Address(ADDRESS), at(ADDRESS), null(), ("PENDING_DELETE", "")),
        ("deletePrivatelinkEndpoint", On::Address(LINK), at(LINK), null(), ("PENDING_DELETE", "")),
    ]
}

fn allowed(operation: &str) -> &'static [&'static str] {
    match operation {
        "startCluster" => &["STOPPED"],
        "deleteInstance" => &["ONLINE", "STOPPED", "ABNORMAL"],
        "deleteTenant" | "deleteTenantAddress" => &["ONLINE", "ABNORMAL"],
        _ => &["ONLINE"],
    }
}

fn thing(on: On) -> Target {
    let tenant = (on != On::Instance).then(|| TENANT.to_owned());
    let address = if let On::Address(id) = on { Some(id.to_owned()) } else { None };
    Target { instance: INSTANCE.to_owned(), tenant, address, endpoint: None }
}

/// The status after some time; empty for a resource that does not exist.
fn status(bench: &mut Bench<OceanBase>, on: On, after: i64) -> String {
    bench.pass(after);
    bench.world.advance(bench.runtime.now());
    let thing = thing(on);
    bench.world.record(&thing).map(|record| record.text(thing.field()).to_owned()).unwrap_or_default()
}

#[test]
fn all_work_is_allowed_in_its_statuses_and_in_no_other() {
    for (operation, on, parameters, body, _) in cases() {
        for state in STATUSES {
            let mut bench = bench();
            bench.world.show(&thing(on), state);
            let before = bench.world.record(&thing(on)).cloned();
            let outcome = bench.call(operation, &parameters, body.clone());
            if allowed(operation).contains(state) {
                assert!(outcome.is_ok(), "{operation} in {state}");
                continue;
            }
            let refusal = outcome.expect_err("it is refused");
            assert_eq!(
                refusal.kind,
                RefusalKind::Own(400, "IllegalOperation.Resource"),
                "{operation} in {state}"
            );
            assert!(refusal.problem.contains(state), "{}", refusal.problem);
            assert_eq!(status(&mut bench, on, LONG), *state);
            assert_eq!(bench.world.record(&thing(on)).cloned(), before, "{operation} in {state}");
        }
    }
}

#[test]
fn work_shows_after_a_while_and_ends() {
    for (operation, on, parameters, body, (during, after)) in cases() {
        let mut bench = bench();
        let from = allowed(operation)[0];
        bench.world.show(&thing(on), from);
        bench.good(operation, &parameters, body.clone());
        assert_eq!(status(&mut bench, on, 0), from, "{operation}: nothing shows at once");
        let refusal = bench.call(operation, &parameters, body).expect_err("work is in progress");
        assert_eq!(refusal.kind, RefusalKind::Own(400, "IllegalOperation.Resource"), "{operation}");
        let takes = RULES.iter().find(|rule| rule.operation == operation).unwrap().millis(PACE);
        assert_eq!(status(&mut bench, on, takes / 4), during, "{operation}");
        assert_eq!(status(&mut bench, on, takes - takes / 4 - 1), during, "{operation}");
        assert_eq!(status(&mut bench, on, 1), after, "{operation}");
    }
}

#[test]
fn work_that_fails_leaves_its_target_abnormal() {
    for (operation, on, parameters, body, (during, _)) in cases() {
        let mut bench = bench();
        bench.world.show(&thing(on), allowed(operation)[0]);
        bench.fails = true;
        bench.good(operation, &parameters, body);
        let takes = RULES.iter().find(|rule| rule.operation == operation).unwrap().millis(PACE);
        assert_eq!(status(&mut bench, on, takes - 1), during, "{operation}");
        assert_eq!(status(&mut bench, on, 1), "ABNORMAL", "{operation}");
    }
}

/// Every operation that starts work has a row, and every row an operation.
#[test]
fn the_table_is_complete() {
    let made = ["createInstance", "createTenant", "createTenantAddress", "createPrivateLinkService"];
    let mut known = [&made[..], &["createReadonlyPrivatelink", "confirmPrivatelinkConnection"]].concat();
    known.extend(cases().iter().map(|case| case.0));
    let mut rules: Vec<_> = RULES.iter().map(|rule| rule.operation).collect();
    known.sort_unstable();
    rules.sort_unstable();
    assert_eq!(known, rules);
}
