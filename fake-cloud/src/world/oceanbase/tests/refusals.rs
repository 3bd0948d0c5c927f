//! Refused requests, their errors, and that they change nothing.

use super::super::target::Target;
use super::*;
use crate::message::refusal::RefusalKind;
use crate::world::contract::World;

const ILLEGAL: RefusalKind = RefusalKind::Own(400, "IllegalOperation.Resource");
const GONE: RefusalKind = RefusalKind::NotFound;

type RefusalCase = (&'static str, Vec<(&'static str, &'static str)>, Json, RefusalKind, &'static str);

/// Requests for instances and tenants of the inventory that can't be carried out.
fn outer() -> Vec<RefusalCase> {
    let mut bad_class = order("mine", "AWS");
    bad_class.put("/instanceClass", "large");
    let nameless = RefusalKind::Own(400, "Params.InstanceName.Invalid");
    let on = || ON.to_vec();
    vec![
        ("describeInstance", vec![("instanceId", "ob2")], Json::Null, GONE, "no instance ob2"),
        ("deleteInstance", vec![], json!({"instanceId": "ob2"}), GONE, "no instance ob2"),
        ("createInstance", vec![], bad_class, RefusalKind::Invalid, "no class such as 4C16G"),
        ("modifyInstanceName", on(), json!({"instanceName": " "}), nameless, "empty"),
        ("modifyOdpClusterSpec", on(), units(9), ILLEGAL, "can have 8 units"),
        ("describeTenant", vec![ON[0], ("tenantId", "t2")], Json::Null, GONE, "no tenant t2"),
        ("createTenant", on(), json!({"tenantName": "orders"}), ILLEGAL, "tenant orders already"),
    ]
}

/// Requests for resources of a tenant.
fn inner() -> Vec<RefusalCase> {
    let on = || IN.to_vec();
    let with = |name, value| [&IN[..], &[(name, value)]].concat();
    let users = json!([{"userName": "nobody", "role": "DDL"}]).to_string();
    let stranger = json!({"databaseName": "orders", "users": users});
    let group = |name: &str| json!({"securityIpGroupName": name, "securityIps": "[\"::1\"]"});
    let user = json!({"userName": "app", "password": "x"});
    let end = |id: &str| json!({"endpointId": id});
    let elsewhere = json!({"endpointId": "vpce-9", "addressId": ADDRESS});
    let (databases, names) =
        (json!({"databaseNames": "[\"orders\",\"x\"]"}), json!({"Users": "[\"app\",\"x\"]"}));
    vec![
        ("describeTenantAddress", with("addressId", "a"), Json::Null, GONE, "no such address"),
        ("deleteTenantAddress", with("addressId", "a"), Json::Null, GONE, "no address a"),
        ("createTenantAddress", on(), json!({"vipServiceType": "NEW"}), RefusalKind::Invalid, "the type NEW"),
        ("confirmPrivatelinkConnection", on(), end("vpce-9"), ILLEGAL, "vpce-9 is not connected"),
        ("connectPrivateLinkService", on(), elsewhere, ILLEGAL, "not open"),
        ("connectPrivateLinkService", on(), end(""), RefusalKind::Invalid, "has no id"),
        ("createTenantSecurityIpGroup", on(), group("office"), ILLEGAL, "group office already"),
        ("modifyTenantSecurityIpGroup", on(), group("other"), GONE, "no group other"),
        ("createDatabase", on(), json!({"databaseName": "orders"}), ILLEGAL, "orders already"),
        ("deleteDatabase", on(), databases, GONE, "no database x"),
        ("modifyDatabaseUserRole", with("databaseId", "orders"), stranger, GONE, "no user nobody"),
        ("createTenantUser", on(), user, ILLEGAL, "user app already"),
        ("deleteTenantUsers", on(), names, GONE, "no user x"),
    ]
}

/// Everything that can be read, as one text.
fn all(bench: &mut Bench<OceanBase>) -> String {
    let mut text = format!("{:?}", bench.world.inventory());
    for (id, parameters) in [
        ("describeInstances", &[][..]),
        ("queryTenants", &ON),
        ("describeDatabases", &IN),
        ("describeTenantUsers", &IN),
        ("describeTenantPrivateLink", &IN),
        ("describeTenantSecurityIpGroups", &IN),
    ] {
        text += &bench.good(id, parameters, Json::Null)["data"].to_string();
    }
    text
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let mut bench = bench();
    let before = all(&mut bench);
    for (operation, parameters, body, kind, words) in outer().into_iter().chain(inner()) {
        let (found, problem) = bench.bad(operation, &parameters, body);
        assert_eq!(found, kind, "{operation}: {problem}");
        assert!(problem.contains(words), "{operation}: {problem}");
        bench.pass(LONG);
    }
    assert_eq!(all(&mut bench), before);
}

#[test]
fn alibaba_cloud_cannot_be_connected_to() {
    let mut bench = bench();
    bench.world.record(&Target::instance(INSTANCE)).unwrap().put("/cloudProvider", "ALIYUN");
    let (kind, problem) = bench.bad("connectPrivateLinkService", &IN, json!({"endpointId": "vpce-9"}));
    assert!(kind == ILLEGAL && problem.contains("Alibaba"), "{problem}");
}

#[test]
fn what_is_not_online_takes_no_writes_to_what_is_in_it() {
    for tenant in [None, Some(TENANT.to_owned())] {
        let mut bench = bench();
        bench.world.show(&Target { tenant, ..Target::instance(INSTANCE) }, "ABNORMAL");
        let (kind, problem) = bench.bad("createDatabase", &IN, json!({"databaseName": "new"}));
        assert!(kind == ILLEGAL && problem.contains("ABNORMAL, not ONLINE"), "{problem}");
        bench.good("describeDatabases", &IN, Json::Null);
    }
}
