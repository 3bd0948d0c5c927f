//! Lists: in strings on the wire, in pages, and rows found by their names.

use dbplane::oceanbase::cloud_v2::models::*;
use serde_json::{Value, json};

use super::{Requests, client_of, told};

/// The body of the last request.
fn body(requests: &Requests) -> Value {
    let requests = requests.lock().unwrap();
    serde_json::from_str(requests.last().unwrap().split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[tokio::test]
async fn lists_travel_as_json_in_a_string() {
    let (client, requests) = client_of(|_| json!({"success": true, "data": {}})).await;
    let group = SecurityIpGroupRequest::new("office", ["10.0.0.0/8", "a \"quoted\" one"]);
    client.create_tenant_security_ip_group("ob1", "t1", group).send().await.unwrap();
    let text = r#"["10.0.0.0/8","a \"quoted\" one"]"#;
    assert_eq!(body(&requests), json!({"securityIpGroupName": "office", "securityIps": text}));

    let gone = DeleteDatabasesRequest::new(["a", "b"]);
    client.delete_database("ob1", "t1", gone).send().await.unwrap();
    let expected = json!({"databaseNames": r#"["a","b"]"#, "instanceId": "ob1", "tenantId": "t1"});
    assert_eq!(body(&requests), expected);

    client.delete_tenant_users("ob1", "t1", DeleteTenantUsersRequest::new(["app"])).send().await.unwrap();
    assert_eq!(body(&requests), json!({"Users": r#"["app"]"#, "InstanceId": "ob1", "TenantId": "t1"}));

    let roles = [DatabaseGrant::new("orders", RoleName::ReadOnly).with_grant(1)];
    let roles = ModifyTenantUserRolesRequest::new(roles).modify_type(ModifyType::Update);
    client.modify_tenant_user_role("ob1", "t1", "app", roles).send().await.unwrap();
    let sent: Value = serde_json::from_str(body(&requests)["userRole"].as_str().unwrap()).unwrap();
    assert_eq!(sent, json!([{"database": "orders", "role": "ReadOnly", "withGrant": 1}]));

    let users = [UserGrant::new("app", RoleName::ReadWrite)];
    let users = ModifyDatabaseUsersRequest::new("orders", users);
    client.modify_database_user_role("ob1", "t1", "orders", users).send().await.unwrap();
    assert_eq!(body(&requests)["users"], r#"[{"role":"ReadWrite","userName":"app"}]"#);

    // What is not given stays away.
    client.create_tenant_user("ob1", "t1", CreateTenantUserRequest::new("app", "pw")).send().await.unwrap();
    assert_eq!(body(&requests).get("roles"), None);
}

#[tokio::test]
async fn limits_are_those_of_the_list() {
    let (client, requests) = client_of(|_| json!({"success": true, "data": {}})).await;
    let entries = |count| SecurityIpGroupRequest::new("office", vec!["10.0.0.1"; count]);
    client.create_tenant_security_ip_group("ob1", "t1", entries(40)).send().await.unwrap();
    let error = client.create_tenant_security_ip_group("ob1", "t1", entries(41)).send().await.unwrap_err();
    assert!(
        error.is_invalid_request() && error.to_string().contains("securityIps: must have at most 40 items"),
        "{error}"
    );
    assert_eq!(requests.lock().unwrap().len(), 1);
}

/// Pages of two names each; `more` stands in all of them if it is given.
fn pages(names: &'static [&'static str], more: Option<bool>, total: bool) -> impl Fn(&str) -> Value {
    move |target| {
        let page: usize =
            target.split("pageNumber=").nth(1).unwrap().split('&').next().unwrap().parse().unwrap();
        let rows = names.iter().skip((page - 1) * 2).take(2);
        let rows: Vec<_> =
            rows.map(|n| json!({"instanceName": n, "instanceId": format!("id-{n}")})).collect();
        let mut data = json!({"dataList": rows});
        if let Some(more) = more {
            data["hasMore"] = json!(more && page * 2 < names.len());
        }
        if total {
            data["total"] = json!(names.len().to_string());
        }
        json!({"success": true, "data": data})
    }
}

#[tokio::test]
async fn pages_lie_in_the_envelope_and_end_by_total_flag_or_shortness() {
    const NAMES: &[&str] = &["a", "b", "c", "d", "e"];
    // Asked for more rows than it gives, a service that tells of more is believed; else a short page is the last.
    for (size, more, total, expected, calls) in [
        (2, None, false, 5, 3),
        (2, None, true, 5, 3),
        (2, Some(true), false, 5, 3),
        (2, Some(true), true, 5, 3),
        (100, Some(true), true, 5, 3),
        (100, Some(true), false, 5, 3),
        (100, None, false, 2, 1),
        (2, Some(false), false, 2, 1),
        (2, Some(false), true, 5, 3),
    ] {
        let (client, requests) = client_of(pages(NAMES, more, total)).await;
        let mut rows = client.describe_instances().items().page_size(size);
        let mut count = 0;
        while rows.try_next().await.unwrap().is_some() {
            count += 1;
        }
        let called = requests.lock().unwrap().len();
        assert_eq!((count, called), (expected, calls), "{size} {more:?} {total}");
    }
}

#[tokio::test]
async fn a_capped_walk_cuts_the_page_in_the_envelope() {
    let (client, _) = client_of(pages(&["a", "b", "c"], None, true)).await;
    let page =
        client.describe_instances().pages().page_size(2).max_rows(1).try_next().await.unwrap().unwrap();
    assert_eq!(page.data.data_list.len(), 1);
}

#[tokio::test]
async fn instances_and_tenants_are_found_by_name_and_proxies_by_id() {
    let (client, requests) = client_of(pages(&["a", "ab", "b", "b"], Some(true), true)).await;
    let found = client.find_instance("a").await.unwrap();
    assert_eq!(found.instance_id.as_deref(), Some("id-a"));
    assert!(requests.lock().unwrap()[0].contains("instanceName=a&"));
    assert!(client.find_instance("c").await.unwrap_err().is_no_match());
    assert!(client.find_instance("b").await.unwrap_err().is_ambiguous());

    let address = |id: &str| json!({"proxyClusterInfo": {"proxyClusterId": id, "unitNum": 2}});
    let tenant = |name: &str, proxy: &str| json!({"tenantName": name, "tenantId": "t1", "tenantConnections": [{}, address(proxy)]});
    let rows = [tenant("orders", "p1"), tenant("sales", "p2")];
    let client = told(json!({"success": true, "data": {"dataList": rows, "total": 2}})).await;
    assert_eq!(client.find_tenant("ob1", "sales").await.unwrap().tenant_id.as_deref(), Some("t1"));
    assert!(client.find_tenant("ob1", "Sales").await.unwrap_err().is_no_match());
    assert_eq!(client.find_proxy("ob1", "p2").await.unwrap().unit_num, Some(2));
    let error = client.find_proxy("ob1", "p3").await.unwrap_err();
    assert!(error.is_no_match() && error.to_string().contains("p3"), "{error}");
}
