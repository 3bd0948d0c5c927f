//! Answers as the pages, the vendor's document and clients in use show them, where these disagree.

use dbplane::oceanbase::cloud_v2::models::*;
use serde_json::{Value, json};

use super::told;

#[tokio::test]
async fn a_call_that_returns_nothing_may_return_anything() {
    for data in
        [json!(true), json!({}), json!({"addressId": "a1"}), json!("started"), json!(null), json!([1])]
    {
        let client = told(json!({"data": data, "requestId": "r1", "success": true})).await;
        let answer = client.delete_tenant_address("ob1", "t1", "a1").send().await.unwrap();
        assert_eq!(answer.data, data);
        assert_eq!((answer.envelope().success, answer.request_id()), (Some(true), Some("r1")));
    }
    let answer = told(json!({"success": "TRUE"})).await.start_cluster("ob1").send().await.unwrap();
    assert_eq!((answer.envelope().success, &answer.data), (Some(true), &Value::Null));
}

#[tokio::test]
async fn the_wrapper_of_another_product_is_believed() {
    let create = || CreateTenantAddressRequest::new(VipServiceType::ObproxyInternet);
    let client = told(json!({"data": {"addressId": "a1"}, "message": "fine", "successful": true})).await;
    let answer = client.create_tenant_address("ob1", "t1", create()).send().await.unwrap();
    assert_eq!(answer.data.address_id.as_deref(), Some("a1"));
    let client = told(json!({"data": null, "message": "no room", "successful": false})).await;
    let error = client.create_tenant_address("ob1", "t1", create()).send().await.unwrap_err();
    assert_eq!((error.status(), error.message()), (Some(200), Some("no room")), "{error}");
}

#[tokio::test]
async fn a_200_that_denies_success_is_an_error_on_reads_and_lists_too() {
    let no = json!({"success": false, "errorCode": "E001R000", "errorMessage": "unknown", "requestId": "r2"});
    let client = told(no).await;
    let error = client.describe_instance("ob1").send().await.unwrap_err();
    assert_eq!((error.code(), error.request_id()), (Some("E001R000"), Some("r2")));
    let error = client.describe_instances().items().try_next().await.unwrap_err();
    assert_eq!(error.code(), Some("E001R000"));
}

#[tokio::test]
async fn a_success_without_the_documented_data_is_an_error_that_says_so() {
    for body in [json!({"success": true}), json!({"success": true, "data": null})] {
        let client = told(body).await;
        let error = client.describe_instance("ob1").send().await.unwrap_err().to_string();
        assert!(error.contains("the service reports success, but the response has no `data`"), "{error}");
        let links = client.describe_tenant_private_link("ob1", "t1").send().await.unwrap();
        assert!(links.data.is_empty());
    }
}

#[tokio::test]
async fn codes_on_success_mean_nothing() {
    let client = told(json!({"success": true, "errorCode": "E001", "errorMessage": "fine"})).await;
    assert!(client.stop_cluster("ob1").send().await.is_ok());
}

#[tokio::test]
async fn the_ends_of_a_private_link_stand_in_the_list_or_beside_it() {
    let ends = json!({"privateLinkEndpointId": "e1", "privateLinkServiceId": "s1"});
    let nested = json!({"addressId": "a1", "addressStatus": "ONLINE", "privateLinkList": [ends]});
    let mut flat = ends;
    flat["addressId"] = json!("a1");
    let client = told(json!({"success": true, "data": [nested, flat]})).await;
    let links = client.describe_tenant_private_link("ob1", "t1").send().await.unwrap().into_inner().data;
    assert_eq!(links[0].address_status, Some(AddressStatus::Online));
    assert_eq!(links[0].private_link_list[0].private_link_endpoint_id.as_deref(), Some("e1"));
    assert_eq!(links[1].private_link_endpoint_id.as_deref(), Some("e1"));
}

#[tokio::test]
async fn a_proxy_cluster_is_an_object_or_text_that_holds_one() {
    let proxy = json!({"proxyClusterId": "p1", "unitNum": "2", "unitNumLimit": 8});
    for info in [proxy.clone(), json!(proxy.to_string())] {
        let client = told(json!({"success": true, "data": {"proxyClusterInfo": info}})).await;
        let address = client.describe_tenant_address("ob1", "t1", "a1").send().await.unwrap().into_inner();
        let proxy = address.data.proxy_cluster_info.unwrap();
        assert_eq!((proxy.unit_num, proxy.unit_num_limit), (Some(2), Some(8)));
    }
}

#[tokio::test]
async fn addresses_of_a_group_come_as_json_in_a_string_or_between_commas() {
    for ips in [json!(r#"["10.0.0.0/8","::1"]"#), json!("10.0.0.0/8,::1"), json!(["10.0.0.0/8", "::1"])] {
        let row = json!({"securityIpGroupName": "office", "securityIps": ips});
        let client = told(json!({"success": true, "data": {"dataList": [row], "total": 1}})).await;
        let page = client.describe_tenant_security_ip_groups("ob1", "t1").send().await.unwrap().into_inner();
        assert_eq!(page.data.data_list[0].security_ips, ["10.0.0.0/8", "::1"]);
    }
}

#[tokio::test]
async fn tags_are_taken_as_objects_and_as_text() {
    let tags = json!([{"tagKey": "team", "tagValue": "orders"}, "team:orders"]);
    let client = told(json!({"success": true, "data": {"instanceId": "ob1", "tagList": tags}})).await;
    let found = client.describe_instance("ob1").send().await.unwrap().into_inner().data.tag_list;
    assert_eq!(Value::from(found), tags);
}

#[tokio::test]
async fn what_no_list_of_values_has_is_kept_as_it_came() {
    let client =
        told(json!({"success": true, "data": {"status": "SPLITING", "instanceType": "mtenant"}})).await;
    let instance = client.describe_instance("ob1").send().await.unwrap().into_inner().data;
    assert_eq!(instance.status, Some(InstanceStatus::UnknownValue("SPLITING".to_owned())));
    assert_eq!(instance.instance_type.unwrap().as_str(), "mtenant");
}
