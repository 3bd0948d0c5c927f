//! The world of DBSS, called without sockets.

use serde_json::{Value as Json, json};

use super::Dbss;
use super::inventory::IDLE;
use crate::message::refusal::RefusalKind;
use crate::world::bench::{Bench, PACE};
use crate::world::fields::Fields;

const PAIR: &str = "a8c37c9be61ffd4ee8aacab7bae74e91";
const DAY: i64 = 24 * 3_600_000;

fn bench() -> Bench<Dbss> {
    Bench::new("huawei-dbss-v2", Dbss::new)
}

fn on(id: &str) -> [(&str, &str); 1] {
    [("instance_id", id)]
}

fn list(bench: &mut Bench<Dbss>) -> Vec<Json> {
    bench.good("ListDbOmInstances", &[], Json::Null).items("/clusters").to_vec()
}

fn instance(bench: &mut Bench<Dbss>, id: &str) -> Json {
    list(bench).into_iter().find(|row| row.text("/instance_id") == id).unwrap_or_default()
}

/// State and task of all servers, which must be the same.
fn state(bench: &mut Bench<Dbss>, id: &str) -> String {
    let instance = instance(bench, id);
    let servers = instance.items("/detail/server").iter();
    let mut words: Vec<_> =
        servers.map(|server| format!("{} {}", server.text("/status"), server.text("/task_status"))).collect();
    words.dedup();
    words.join(", ")
}

fn body(operation: &str) -> Json {
    match operation {
        "UpdateDbOmInstanceName" => json!({"new_name": "n"}),
        "ChangeDbOmSecurityGroup" => json!({"security_group_ids": ["g1", "g2"]}),
        "ResetDbOmPassword" => json!({"user_name": "u", "new_password": "p"}),
        "BindDbOmEip" => json!({"eip": "100.85.120.67", "eip_id": "e1"}),
        _ => Json::Null,
    }
}

fn order(zones: &str) -> Json {
    json!({"name": "om", "flavor_ref": "f", "product_infos": [{"resource_spec_code": "dbss.opsmgmt.high"}],
        "subscription_num": 1, "asset_nums": 1, "period_type": 2, "period_num": 2, "is_auto_renew": 0,
        "charging_mode": 0, "cloud_service_type": "s", "image_business_type": 1, "deploy_mode": "CLOUD",
        "availability_zone": zones, "vpc_id": "v", "nics": [{"subnet_id": "s1"}],
        "security_groups": [{"id": "g1"}], "enterprise_project_id": "7", "hx_password": "p",
        "comment": "for a test"})
}

#[test]
fn calls_that_take_their_time_show_their_task_and_then_their_state() {
    let rows = [
        ("StopDbOmInstance", PAIR, "ACTIVE powering-off", "SHUTOFF NO_TASK", 2),
        ("StartDbOmInstance", IDLE, "SHUTOFF powering-on", "ACTIVE NO_TASK", 2),
        ("RebootDbOmInstance", PAIR, "ACTIVE rebooting", "ACTIVE NO_TASK", 2),
        ("DeleteDbOmInstance", PAIR, "ACTIVE delete_wait", "", 3),
        ("DeleteDbOmInstance", IDLE, "SHUTOFF delete_wait", "", 3),
    ];
    for (operation, id, during, after, takes) in rows {
        let mut bench = bench();
        assert_eq!(bench.good(operation, &on(id), Json::Null), json!({"result": "success"}));
        assert_eq!(state(&mut bench, id), during, "{operation}");
        bench.pass(takes * PACE - 1);
        assert_eq!(state(&mut bench, id), during, "{operation}");
        bench.pass(1);
        assert_eq!(state(&mut bench, id), after, "{operation}");
    }
}

#[test]
fn what_the_state_forbids_is_refused_with_the_services_code_and_changes_nothing() {
    let rows = [
        ("StartDbOmInstance", PAIR, "DBSS.10020130"),
        ("StopDbOmInstance", IDLE, "DBSS.10020131"),
        ("RebootDbOmInstance", IDLE, "DBSS.10020132"),
        ("ResetDbOmPassword", IDLE, "DBSS.10000001"),
    ];
    for (operation, id, code) in rows {
        let mut bench = bench();
        let before = list(&mut bench);
        let (kind, problem) = bench.bad(operation, &on(id), body(operation));
        assert_eq!(kind, RefusalKind::Own(400, code), "{problem}");
        assert!(problem.contains(operation) && problem.contains("NO_TASK"), "{problem}");
        assert_eq!(list(&mut bench), before, "{operation}");
    }
}

#[test]
fn while_a_task_runs_only_addresses_can_be_bound_and_unbound() {
    let mut bench = bench();
    bench.good("RebootDbOmInstance", &on(PAIR), Json::Null);
    let others = ["StartDbOmInstance", "StopDbOmInstance", "RebootDbOmInstance", "DeleteDbOmInstance"];
    let sets = ["UpdateDbOmInstanceName", "ChangeDbOmSecurityGroup", "ResetDbOmPassword"];
    for operation in others.into_iter().chain(sets) {
        let (kind, problem) = bench.bad(operation, &on(PAIR), body(operation));
        assert!(
            matches!(kind, RefusalKind::Own(400, _)) && problem.contains("rebooting"),
            "{operation}: {problem}"
        );
    }
    bench.good("UnbindDbOmEip", &on(PAIR), Json::Null);
    bench.good("BindDbOmEip", &on(PAIR), body("BindDbOmEip"));
}

#[test]
fn addresses_are_bound_once_and_failed_comes_with_a_good_status() {
    let mut bench = bench();
    let bind = body("BindDbOmEip");
    assert_eq!(bench.bad("BindDbOmEip", &on(PAIR), bind.clone()).0, RefusalKind::Own(200, "failed"));
    bench.good("UnbindDbOmEip", &on(PAIR), Json::Null);
    assert_eq!(instance(&mut bench, PAIR)["public_ip"], Json::Null);
    assert_eq!(bench.bad("UnbindDbOmEip", &on(PAIR), Json::Null).0, RefusalKind::Own(200, "failed"));
    bench.good("BindDbOmEip", &on(PAIR), bind);
    assert_eq!(instance(&mut bench, PAIR)["public_ip"], "100.85.120.67");
    let wrong = json!({"eip": "100.85.120", "eip_id": "e1"});
    assert_eq!(bench.bad("BindDbOmEip", &on(IDLE), wrong).0, RefusalKind::Invalid);
}

#[test]
fn names_and_groups_change_at_once() {
    let mut bench = bench();
    for operation in ["UpdateDbOmInstanceName", "ChangeDbOmSecurityGroup", "ResetDbOmPassword"] {
        bench.good(operation, &on(PAIR), body(operation));
    }
    let shown = instance(&mut bench, PAIR);
    assert_eq!((shown.text("/name"), shown.text("/detail/server/1/name")), ("n", "n-HA-2"));
    assert_eq!(shown.text("/detail/server/1/security_group_id"), "g1");
    let empty = [
        ("UpdateDbOmInstanceName", json!({"new_name": " "})),
        ("ChangeDbOmSecurityGroup", json!({"security_group_ids": []})),
        ("ResetDbOmPassword", json!({"user_name": "u", "new_password": ""})),
    ];
    for (operation, body) in empty {
        assert_eq!(bench.bad(operation, &on(PAIR), body).0, RefusalKind::Invalid, "{operation}");
    }
}

#[test]
fn an_order_shows_after_a_while_and_then_runs() {
    for (zones, servers) in [("cn-north-4a,cn-north-4b", 2), ("cn-north-4a", 1)] {
        let mut bench = bench();
        let placed = bench.good("CreateDbOmInstancePeriod", &[], order(zones));
        assert!(placed.text("/order_id").starts_with("CS") && placed.text("/code") == "0", "{placed}");
        assert_eq!(list(&mut bench).len(), 2, "not yet");
        bench.pass(PACE);
        let rows = list(&mut bench);
        let new = rows.iter().find(|row| row.text("/name") == "om").cloned().unwrap();
        assert_eq!(new.items("/detail/server").len(), servers);
        assert_eq!(new.text("/detail/server/0/zone"), "cn-north-4a");
        assert_eq!((new.text("/comment"), new.text("/remain_days")), ("for a test", "59"));
        let id = new.text("/instance_id").to_owned();
        assert_eq!(state(&mut bench, &id), "BUILD NO_TASK");
        assert!(matches!(bench.bad("StopDbOmInstance", &on(&id), Json::Null).0, RefusalKind::Own(400, _)));
        bench.pass(3 * PACE);
        assert_eq!(state(&mut bench, &id), "ACTIVE NO_TASK");
        bench.good("StopDbOmInstance", &on(&id), Json::Null);
    }
}

#[test]
fn days_pass_and_ids_of_nothing_are_not_found() {
    let mut bench = bench();
    let days = |row: &Json| (row.text("/keep_days").to_owned(), row.text("/remain_days").to_owned());
    assert_eq!(days(&instance(&mut bench, PAIR)), ("33".to_owned(), "31".to_owned()), "as in the example");
    bench.pass(2 * DAY);
    assert_eq!(days(&instance(&mut bench, PAIR)), ("35".to_owned(), "29".to_owned()));
    for operation in ["StartDbOmInstance", "DeleteDbOmInstance", "BindDbOmEip", "UpdateDbOmInstanceName"] {
        let nobody = on("00000000000000000000000000000000");
        assert_eq!(bench.bad(operation, &nobody, body(operation)).0, RefusalKind::NotFound, "{operation}");
    }
}
