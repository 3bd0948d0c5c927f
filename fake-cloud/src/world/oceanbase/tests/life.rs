//! The life cycles of instances, tenants, addresses, databases and users.

use super::*;
use crate::world::bench::PACE;

#[test]
fn an_instance_is_ordered_used_and_deleted() {
    let mut bench = bench();
    let mut trial = order("trial", "AWS");
    trial.put("/dryRun", true);
    let dry = bench.good("createInstance", &[], trial);
    assert_eq!((dry.flag("/data/dryRunResult"), dry.text("/data/instanceId")), (true, ""));
    let made = bench.good("createInstance", &[], order("mine", "AWS"));
    let id = made.text("/data/instanceId").to_owned();
    let on = [("instanceId", id.as_str())];
    let shown = bench.good("describeInstance", &on, Json::Null);
    assert_eq!((shown.text("/data/status"), shown.text("/data/instanceName")), ("PENDING_CREATE", "mine"));
    assert_eq!(shown["data"]["availableZones"], json!(["ra", "rb", "rc"]));
    bench.pass(LONG);
    let listed = bench.good("describeInstances", &[("instanceName", "min")], Json::Null);
    assert_eq!(rows(&listed), ["mine"]);
    assert_eq!((listed.number("/data/dataList/0/cpu"), listed.number("/data/dataList/0/mem")), (4, 16));
    assert_eq!(listed.text("/data/dataList/0/status"), "ONLINE");
    bench.good("modifyInstanceSpec", &on, json!({"instanceClass": "8C32G", "diskSize": 200}));
    bench.pass(LONG);
    let listed = bench.good("describeInstances", &[("instanceId", &id)], Json::Null);
    assert_eq!((listed.number("/data/dataList/0/cpu"), listed.number("/data/dataList/0/diskSize")), (8, 200));
    bench.good("modifyInstanceNodeNum", &on, json!({"nodeNum": 6}));
    bench.pass(LONG);
    assert_eq!(bench.good("describeInstance", &on, Json::Null).number("/data/nodeNum"), 6);
    bench.good("modifyInstanceName", &on, json!({"instanceName": "ours"}));
    let stopped = bench.good("stopCluster", &on, Json::Null);
    assert_eq!((stopped.flag("/success"), stopped.get("data")), (true, None));
    bench.pass(LONG);
    bench.good("startCluster", &on, Json::Null);
    bench.pass(LONG);
    bench.good("deleteInstance", &[], json!({"instanceId": id}));
    bench.pass(LONG);
    assert!(bench.call("describeInstance", &on, Json::Null).is_err());
    assert_eq!(rows(&bench.good("describeInstances", &[], Json::Null)), ["shop", "reports"]);
}

#[test]
fn a_change_of_the_proxies_shows_behind_every_address_when_it_is_done() {
    let mut bench = bench();
    let seen = |bench: &mut Bench<OceanBase>| {
        let address = bench.good("describeTenantAddress", &at(ADDRESS), Json::Null);
        let tenants = bench.good("queryTenants", &ON, Json::Null);
        let other = &tenants["data"]["dataList"][0]["tenantConnections"][0]["proxyClusterInfo"];
        assert_eq!(&address["data"]["proxyClusterInfo"], other);
        (other.number("/unitNum"), other.text("/proxyMode").to_owned(), other.text("/zone").to_owned())
    };
    let before = seen(&mut bench);
    bench.good("modifyOdpClusterSpec", &ON, units(5));
    assert_eq!(seen(&mut bench), before);
    bench.pass(LONG);
    assert_eq!(seen(&mut bench), (5, "k8s_shared".to_owned(), "z2".to_owned()));
}

#[test]
fn a_tenant_is_made_changed_and_deleted() {
    let mut bench = bench();
    let body = json!({"tenantName": "sales", "tenantMode": "MySQL", "cpu": 2, "memory": 8, "unitNum": 1});
    let id = bench.good("createTenant", &ON, body).text("/data/tenantId").to_owned();
    let on = [("instanceId", INSTANCE), ("tenantId", id.as_str())];
    bench.pass(LONG);
    let shown = bench.good("describeTenant", &on, Json::Null);
    assert_eq!((shown.text("/data/status"), shown.number("/data/unitCpu")), ("ONLINE", 2));
    assert_eq!(shown["data"]["tenantConnections"], json!([]));
    bench.good("updateTenant", &on, json!({"unitNum": 2, "cpu": 4, "memory": 16}));
    bench.pass(LONG);
    let zone = json!({"primaryZone": "b", "proxyAddressMasterZone": "b"});
    bench.good("modifyTenantPrimaryZone", &on, zone);
    bench.pass(LONG);
    bench.good("modifyTenantName", &on, json!({"tenantName": "purchases"}));
    let found = bench.good("queryTenants", &[("instanceId", INSTANCE), ("tenantName", "purch")], Json::Null);
    let row = &found["data"]["dataList"][0];
    assert_eq!((row.number("/unitCpu"), row.number("/unitNum"), row.text("/primaryZone")), (4, 2, "b"));
    let searched = bench.good("describeInstances", &[("tenantSearchKey", "purchases")], Json::Null);
    assert_eq!(rows(&searched), ["shop"]);
    bench.good("deleteTenant", &on, Json::Null);
    bench.pass(LONG);
    assert_eq!(rows(&bench.good("queryTenants", &ON, Json::Null)), ["orders"]);
}

#[test]
fn a_private_link_is_opened_tied_confirmed_and_torn_down() {
    let mut bench = bench();
    let order = json!({"zoneIdList": ["b"], "userAccount": "1"});
    let made = bench.good("createReadonlyPrivatelink", &IN, order);
    let id = made.text("/data/addressId").to_owned();
    let tied = |place: Option<&str>| {
        let mut body = json!({"endpointId": "vpce-1", "addressId": id});
        if let Some(place) = place {
            body.put("/userEndpointAddress", place);
        }
        body
    };
    let (_, early) = bench.bad("connectPrivateLinkService", &IN, tied(None));
    assert!(early.contains("PENDING_CREATE"), "{early}");
    bench.pass(LONG);
    bench.good("addPrivateLinkServiceUser", &IN, json!({"userAccount": "2", "addressId": id}));
    for _ in 0..2 {
        bench.good("connectPrivateLinkService", &IN, tied(Some("")));
    }
    bench.good("updatePrivatelinkInformation", &IN, tied(Some("10.0.0.7")));
    let link = at(&id);
    let seen = |bench: &mut Bench<OceanBase>| bench.good("describeTenantPrivateLink", &link, Json::Null);
    let links = seen(&mut bench);
    assert_eq!(links.items("/data/0/privateLinkList").len(), 1, "connecting twice ties once");
    assert_eq!(links.text("/data/0/privateLinkList/0/privateLinkStatus"), "PENDING_CREATE");
    assert_eq!(links.text("/data/0/privateLinkList/0/intranetAddress"), "10.0.0.7");
    let status = |bench: &mut Bench<OceanBase>, millis| {
        bench.pass(millis);
        seen(bench).text("/data/0/privateLinkList/0/privateLinkStatus").to_owned()
    };
    assert_eq!(bench.good("confirmPrivatelinkConnection", &IN, tied(None))["data"], json!(true));
    assert_eq!(status(&mut bench, 2 * PACE - 1), "PENDING_CREATE", "the confirmation takes its time");
    assert_eq!(status(&mut bench, 1), "ONLINE");
    let (_, twice) = bench.bad("confirmPrivatelinkConnection", &IN, tied(None));
    assert!(twice.contains("needs PENDING_CREATE"), "{twice}");
    let one = [&link[..], &[("endpointId", "vpce-1")]].concat();
    bench.good("deletePrivatelinkEndpoint", &one, Json::Null);
    assert_eq!(status(&mut bench, PACE / 4), "PENDING_DELETE");
    assert_eq!(seen(&mut bench).text("/data/0/addressStatus"), "ONLINE", "the address stays as it is");
    bench.pass(PACE);
    assert!(seen(&mut bench).items("/data/0/privateLinkList").is_empty());
    bench.good("deletePrivatelinkEndpoint", &link, Json::Null);
    bench.pass(LONG);
    assert_eq!(seen(&mut bench)["data"], json!([]));
    let primary = bench.good("describeTenantPrivateLink", &IN, Json::Null);
    assert_eq!(primary.text("/data/0/addressId"), LINK, "without an address it is the primary one");
}

#[test]
fn an_address_is_made_in_the_wrapper_of_the_other_product() {
    let mut bench = bench();
    assert!(bench.call("describeTenantPublicAddress", &IN, Json::Null).is_err());
    let made = bench.good("createTenantAddress", &IN, json!({"vipServiceType": "OBPROXY_INTERNET"}));
    assert_eq!((made.flag("/successful"), made.get("success")), (true, None));
    bench.pass(LONG);
    let shown = bench.good("describeTenantPublicAddress", &IN, Json::Null);
    assert_eq!(shown["data"]["addressId"], made["data"]["addressId"]);
    assert_eq!(shown.text("/data/addressStatus"), "ONLINE");
    let gone = bench.good("deleteTenantAddress", &at(ADDRESS), Json::Null);
    assert_eq!(gone["data"], json!(true));
}

#[test]
fn databases_and_their_users_come_and_go() {
    let mut bench = bench();
    bench.good("createDatabase", &IN, json!({"databaseName": "sales", "encoding": "gbk"}));
    let roles = json!([{"database": "sales", "role": "ReadOnly"}]).to_string();
    let made =
        bench.good("createTenantUser", &IN, json!({"userName": "report", "password": "x", "roles": roles}));
    assert_eq!((made.text("/data/roles/0/database"), made.pointer("/data/password")), ("sales", None));
    let user = [&IN[..], &[("userName", "report")]].concat();
    bench.good("modifyTenantUserStatus", &user, json!({"userStatus": "LOCKED"}));
    bench.good("modifyTenantUserDescription", &user, json!({"description": "reads"}));
    bench.good("modifyTenantUserPassword", &user, json!({"userPassword": "y"}));
    let roles = json!([{"database": "sales", "role": "DML"}]).to_string();
    bench.good("modifyTenantUserRole", &user, json!({"userRole": roles}));
    let shown = bench.good("describeTenantUsers", &user, Json::Null);
    let row = &shown["data"]["dataList"][0];
    assert_eq!((row.text("/userStatus"), row.text("/description")), ("LOCKED", "reads"));
    assert_eq!(row.text("/databases/0/role"), "DML");
    let database = [&IN[..], &[("databaseId", "sales")]].concat();
    let users = json!([{"userName": "report", "role": "ReadWrite"}]).to_string();
    bench.good("modifyDatabaseUserRole", &database, json!({"databaseName": "sales", "users": users}));
    let shown = bench.good("describeTenantUsers", &[&IN[..], &[("searchKey", "rep")]].concat(), Json::Null);
    assert_eq!(shown.text("/data/dataList/0/databases/0/role"), "ReadWrite", "both sides show it");
    let named = [&IN[..], &[("databaseName", "sales")]].concat();
    bench.good("modifyDatabaseDescription", &named, json!({"description": "what was sold"}));
    let shown = bench.good("describeDatabases", &named, Json::Null);
    assert_eq!(shown.text("/data/dataList/0/description"), "what was sold");
    assert_eq!(shown.text("/data/dataList/0/users/0/userName"), "report");
    bench.good("deleteTenantUsers", &IN, json!({"Users": "[\"report\"]"}));
    bench.good("deleteDatabase", &IN, json!({"databaseNames": "[\"sales\"]"}));
    assert_eq!(rows(&bench.good("describeDatabases", &IN, Json::Null)), ["orders"]);
    assert_eq!(rows(&bench.good("describeTenantUsers", &IN, Json::Null)), ["app"]);
}

#[test]
fn groups_of_addresses_come_and_go_as_json_in_a_string() {
    let mut bench = bench();
    let group = |ips: &str| json!({"securityIpGroupName": "vpn", "securityIps": ips});
    bench.good("createTenantSecurityIpGroup", &IN, group(r#"["10.0.0.1"]"#));
    let changed = bench.good("modifyTenantSecurityIpGroup", &IN, group(r#"["10.0.0.2", "::1"]"#));
    assert_eq!(changed.text("/data/securityIps"), r#"["10.0.0.2","::1"]"#);
    assert_eq!(rows(&bench.good("describeTenantSecurityIpGroups", &IN, Json::Null)), ["office", "vpn"]);
    bench.good("deleteTenantSecurityIpGroup", &IN, json!({"securityIpGroupName": "vpn"}));
    assert_eq!(rows(&bench.good("describeTenantSecurityIpGroups", &IN, Json::Null)), ["office"]);
}

#[test]
fn lists_come_in_pages_that_tell_of_more() {
    let mut bench = bench();
    for number in 0..5 {
        bench.good("createDatabase", &IN, json!({"databaseName": format!("d{number}")}));
    }
    let mut seen = Vec::new();
    for (number, more) in [("1", true), ("2", true), ("3", false), ("4", false)] {
        let page = [&IN[..], &[("pageNumber", number), ("pageSize", "2")]].concat();
        let response = bench.good("describeDatabases", &page, Json::Null);
        assert_eq!((response.flag("/data/hasMore"), response.number("/data/total")), (more, 6), "{number}");
        seen.extend(rows(&response));
    }
    assert_eq!(seen, ["orders", "d0", "d1", "d2", "d3", "d4"]);
}
