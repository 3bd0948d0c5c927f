//! TaurusDB's answers as they come over the wire, where they are not of the types that the pages name: numbers
//! where text is documented and the other way round, booleans for words, one object for a list, times with a slip.

#![cfg(feature = "huawei-taurusdb-v3")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use dbplane::Runtime;
use dbplane::huawei::taurusdb_v3::{Client, models::*};
use serde_json::{Value, json};
use support::{answer, served, taurusdb_at};

const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const PROXY: &str = "fbece38953e24a2b891488ed2fdf81abpo01";

/// A client of a service that answers everything with this.
async fn told(body: Value) -> Client {
    let body = body.to_string();
    let url = served(move |_| answer("200 OK", "", &body)).await;
    taurusdb_at(&url, &Runtime::fixed(1_768_465_800_000, 1))
}

#[tokio::test]
async fn an_instance_of_numbers_reads_as_one_of_texts() {
    let row = json!({
        "id": INSTANCE, "name": "orders", "status": "BACKING UP", "port": 3306, "public_ips": null,
        "flavor_info": {"vcpus": 16, "ram": 64}, "volume": {"type": "DL6", "size": 10},
        "backup_strategy": {"start_time": "17:00-18:00", "keep_days": 7}, "enterprise_project_id": 0,
        "charge_info": {"charge_mode": "postPaid", "is_auto_renew": false, "period_num": "3"},
        "created": "2018-08-20T02:33:49_0800", "updated": "", "tags": {"key": "team", "value": "shop"},
    });
    let client = told(json!({"instances": [row], "total_count": "1"})).await;
    let page = client.list_instances_unify_status().send().await.unwrap().into_inner();
    let row = &page.instances[0];
    let size = row.flavor_info.as_ref().unwrap();
    assert_eq!((size.vcpus.as_str(), size.ram.as_str()), ("16", "64"));
    assert_eq!((row.port.as_deref(), row.volume.as_ref().unwrap().size.as_str()), (Some("3306"), "10"));
    assert_eq!(row.backup_strategy.as_ref().unwrap().keep_days.as_deref(), Some("7"));
    assert_eq!(row.enterprise_project_id.as_deref(), Some("0"));
    let charge = row.charge_info.as_ref().unwrap();
    assert_eq!((charge.is_auto_renew.as_deref(), charge.period_num), (Some("false"), Some(3)));
    assert_eq!(row.status, Some(InstanceStatus::BackingUp));
    assert_eq!(row.created.as_ref().unwrap().unix_millis(), Some(1_534_703_629_000));
    assert_eq!(row.updated.as_ref().unwrap().unix_millis(), None);
    assert_eq!((row.public_ips.len(), row.tags[0].value.as_str(), page.total_count), (0, "shop", 1));
}

#[tokio::test]
async fn an_instance_in_detail_does_too() {
    let node = json!({"id": "n", "name": "n", "port": "3306", "max_connections": 2500, "priority": "-1",
        "need_restart": "false", "volume": {"type": "DL6", "used": 1.5, "size": "10"}});
    let detail = json!({"id": INSTANCE, "name": "orders", "project_id": "p", "status": "createfail",
        "node_count": "1", "backup_used_space": "0.5", "public_ips": null, "nodes": node});
    let client = told(json!({"instance": detail})).await;
    let answer = client.show_instance_info_unify_status(INSTANCE).send().await.unwrap();
    let instance = answer.into_inner().instance;
    assert_eq!((instance.node_count, instance.backup_used_space), (Some(1), Some(0.5)));
    assert_eq!((instance.status, instance.public_ips), (Some(InstanceStatus::Createfail), None));
    let node = &instance.nodes[0];
    assert_eq!((node.port, node.priority, node.need_restart), (Some(3306), Some(-1), Some(false)));
    assert_eq!(node.max_connections.as_deref(), Some("2500"));
    let volume = node.volume.as_ref().unwrap();
    assert_eq!((volume.used.as_str(), volume.size), ("1.5", 10));
}

#[tokio::test]
async fn a_proxy_of_booleans_reads_as_one_of_words() {
    let proxy = json!({"pool_id": PROXY, "port": "3306", "vcpus": 2, "transaction_split": false,
        "ssl_option": true, "support_ap_node": "true", "status": "ADDING PROXY NODE", "consistence_mode": "",
        "new_node_auto_add_status": "ON", "frozen": 0});
    let node = json!({"id": "n", "weight": "100", "availability_zone": {"code": "cn-north-4a"}});
    let client =
        told(json!({"proxy_list": {"proxy": proxy, "master_node": node, "readonly_nodes": node}})).await;
    let page = client.show_proxy_list(INSTANCE).send().await.unwrap().into_inner();
    let row = &page.proxy_list[0];
    let proxy = row.proxy.as_ref().unwrap();
    assert_eq!((proxy.port, proxy.vcpus.as_deref()), (Some(3306), Some("2")));
    assert_eq!(proxy.transaction_split.as_deref(), Some("false"));
    assert_eq!((proxy.ssl_option.as_deref(), proxy.support_ap_node), (Some("true"), Some(true)));
    assert_eq!(proxy.status, Some(ProxyStatus::AddingProxyNode));
    assert_eq!(proxy.new_node_auto_add_status, Some(OnOff::On));
    assert_eq!((row.readonly_nodes.len(), row.readonly_nodes[0].weight), (1, Some(100)));
    assert_eq!(row.readonly_nodes[0].availability_zone[0].code.as_deref(), Some("cn-north-4a"));
}

#[tokio::test]
async fn totals_come_as_text_and_answers_without_sense_are_taken() {
    let client = told(json!({"total_count": "1", "configurations": [{"name": "a"}]})).await;
    let mut rows = client.show_proxy_configurations(INSTANCE, PROXY).items();
    assert_eq!(rows.try_next().await.unwrap().unwrap().name.as_deref(), Some("a"));
    assert!(rows.try_next().await.unwrap().is_none());
    told(json!("success")).await.delete_task_record("job-1").send().await.unwrap();
    let url = served(|_| answer("200 OK", "", "")).await;
    taurusdb_at(&url, &Runtime::fixed(0, 1)).delete_task_record("job-1").send().await.unwrap();
}
