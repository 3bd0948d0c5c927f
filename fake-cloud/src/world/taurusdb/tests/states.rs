//! The state machine: every write in every status, and while another job runs.

use serde_json::Value as Json;

use super::*;
use crate::world::taurusdb::writes;

/// All statuses of proxies that the spec knows.
const STATUSES: &[&str] = &[
    "ACTIVE",
    "FAILED",
    "ABNORMAL",
    "ENABLING PROXY",
    "DISABLING PROXY",
    "ADDING PROXY NODE",
    "DELETING READ REPLICAS FROM PROXY",
    "ADDING READ REPLICAS TO PROXY",
    "CHANGING WEIGHTS",
];

fn allowed(operation: &str) -> &'static [&'static str] {
    match operation {
        "DeleteGaussMySqlProxy" => &["ACTIVE", "ABNORMAL", "FAILED"],
        "RestartProxyInstance" => &["ACTIVE", "ABNORMAL"],
        _ => &["ACTIVE"],
    }
}

#[test]
fn every_write_to_a_proxy_is_in_the_table_and_has_a_case() {
    let bench = bench();
    let cases: Vec<&str> = super::writes().iter().map(|(operation, ..)| *operation).collect();
    let apart = ["CreateGaussMySqlProxy"];
    let writes = bench.spec().routes.operations().filter(|operation| operation.method != "GET");
    for operation in writes.filter(|operation| operation.path.contains("/proxy")) {
        let id = operation.id.as_str();
        assert_eq!(writes::find(id).is_some(), !apart.contains(&id), "{id}");
        assert_eq!(cases.contains(&id), !apart.contains(&id), "{id}");
    }
}

#[test]
fn every_status_allows_what_it_should() {
    for (operation, parameters, body) in super::writes() {
        for status in STATUSES {
            let mut bench = bench();
            prepare(&mut bench, operation);
            bench.world.instances.get_mut(ORDERS).unwrap().proxies[0].show(status);
            let before = all(&mut bench);
            let result = bench.call(operation, &parameters, body.clone());
            if allowed(operation).contains(status) {
                assert!(result.is_ok(), "{operation} in {status}: {:?}", result.err());
                settle(&bench);
                let row = front(&mut bench);
                let expected = if operation == "DeleteGaussMySqlProxy" { "" } else { "ACTIVE" };
                assert_eq!(row.text("/proxy/status"), expected, "{operation} in {status}");
            } else {
                assert_eq!(code(result), (409, "DBS.280406"), "{operation} in {status}");
                settle(&bench);
                assert_eq!(all(&mut bench), before, "{operation} in {status}");
            }
        }
    }
}

#[test]
fn while_a_job_runs_the_instance_takes_no_other_and_its_neighbour_does() {
    for (operation, parameters, body) in super::writes() {
        let mut bench = bench();
        prepare(&mut bench, operation);
        bench.good("SwitchGaussMySqlProxySsl", &ON_FRONT, json!({"ssl_option": true}));
        let busy = bench.call(operation, &parameters, body.clone());
        assert_eq!(code(busy), (409, "DBS.200019"), "{operation}");
        let order = json!({"flavor_ref": LARGE, "node_num": 2});
        let busy = bench.call("CreateGaussMySqlProxy", &IN_ORDERS, order.clone());
        assert_eq!(code(busy), (409, "DBS.200019"));
        bench.good("CreateGaussMySqlProxy", &[("instance_id", BILLS)], order);
        settle(&bench);
        bench.good(operation, &parameters, body);
    }
}

#[test]
fn an_instance_that_is_not_well_takes_no_writes() {
    let mut bench = bench();
    let instance = bench.world.instances.get_mut(ORDERS).unwrap();
    instance.row.put("/status", "FROZEN");
    for (operation, parameters, body) in super::writes() {
        prepare(&mut bench, operation);
        assert_eq!(code(bench.call(operation, &parameters, body)), (400, "DBS.201014"), "{operation}");
    }
    let rows = bench.good("ListGaussMySqlInstancesUnifyStatus", &[("name", "orders")], Json::Null);
    assert_eq!(rows.text("/instances/0/status"), "abnormal");
}
