//! Limits of requests that differ from product to product. A request that breaks one is refused before it is sent.

use crate::support::scripted;
use dbplane::Error;
use dbplane::samsung::{Credentials, cachestore_1_2, sqlserver_1_2, vertica_1_2};

fn keys() -> Credentials {
    Credentials::access_key("k", "s")
}

/// The fields of the broken limits.
fn fields(error: &Error) -> Vec<&str> {
    assert!(error.is_invalid_request(), "{error}");
    error.violations().iter().map(|violation| violation.field()).collect()
}

#[tokio::test]
async fn a_disk_of_cache_store_has_56_gb_at_least() {
    use cachestore_1_2::models::*;
    let (url, requests) = scripted(Vec::new()).await;
    let client = cachestore_1_2::Client::builder().base_url(&url).credentials(keys()).build().unwrap();
    let disk = BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 48);
    let new = ClusterRestoreRequest::new()
        .name("myrestore")
        .instance_name_prefix("myprefix")
        .server_type_name("redis1v2m4")
        .block_storage_groups([disk]);
    let error = client.create_restore("c1", new).send().await.unwrap_err();
    assert!(fields(&error).contains(&"block_storage_groups[0].size_gb"), "{error}");
    let rename = CommandsRequest::new([CommandRequest::new("1", "KEYS", "k")]);
    let error = client.set_commands("c1", rename).send().await.unwrap_err();
    assert_eq!(fields(&error), ["commands[0].new_value"]);
    assert!(requests.await.unwrap().is_empty());
}

#[tokio::test]
async fn names_of_sql_server_are_checked() {
    use sqlserver_1_2::models::*;
    let (url, requests) = scripted(Vec::new()).await;
    let client = sqlserver_1_2::Client::builder().base_url(&url).credentials(keys()).build().unwrap();
    let databases = [DatabaseOption::new("1st"), DatabaseOption::new("orders").drive_letter("C")];
    let change = SetDatabasesRequest::new().add_databases(databases);
    let error = client.set_databases("c1", change).send().await.unwrap_err();
    assert_eq!(fields(&error), ["add_databases[0].database_name", "add_databases[1].drive_letter"]);
    let secondary = DrSecondaryCreateRequest::new()
        .name("dr")
        .license("key")
        .region("kr-east1")
        .subnet_id("subnet")
        .ad_user_id("a b")
        .ad_user_password("example-Passw0rd");
    let error = client.add_dr_secondary("c1", secondary).send().await.unwrap_err();
    assert_eq!(fields(&error), ["ad_user_id", "name"]);
    assert!(requests.await.unwrap().is_empty());
}

#[tokio::test]
async fn nothing_is_refused_on_an_assumption() {
    use sqlserver_1_2::models::*;
    let body = r#"{"request_id": "r", "resource": {"id": "c"}}"#;
    let answer =
        format!("HTTP/1.1 202 Accepted\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    let (url, requests) = scripted(vec![answer.into_bytes()]).await;
    let client = sqlserver_1_2::Client::builder().base_url(&url).credentials(keys()).build().unwrap();
    // Whether the domain's user is required, and how long the password is, no page says.
    let secondary = AddSecondaryRequest::new("key", "mysecondary").ad_user_id("a").ad_user_password("p");
    client.add_secondary("c1", secondary).send().await.unwrap();
    assert!(requests.await.unwrap()[0].contains(r#""ad_user_id":"a""#));
}

#[tokio::test]
async fn a_license_of_vertica_has_5000_characters_at_most() {
    use vertica_1_2::models::*;
    let (url, requests) = scripted(Vec::new()).await;
    let client = vertica_1_2::Client::builder().base_url(&url).credentials(keys()).build().unwrap();
    let order = |license: usize| {
        let disks = [BlockStorageGroupRequest::new(NewDiskRoleType::Os, 104)];
        let group = InstanceGroupRequest::new()
            .role_type(NodeRoleType::Data)
            .server_type_name("vert1v2m4")
            .block_storage_groups(disks)
            .instances([InstanceRequest::new(NodeRoleType::Data)]);
        let settings = InitConfigOptionRequest::new("dbadmin", "short", "mydb");
        ClusterCreateRequest::new()
            .name("reports")
            .instance_name_prefix("reports")
            .dbaas_engine_version_id("engine")
            .subnet_id("subnet")
            .timezone("Asia/Seoul")
            .instance_groups([group])
            .init_config_option(settings)
            .license("x".repeat(license))
    };
    let error = client.create_cluster(order(5001)).send().await.unwrap_err();
    assert_eq!(fields(&error), ["init_config_option.database_user_password", "license"]);
    let error = client.create_cluster(order(5000)).send().await.unwrap_err();
    assert_eq!(fields(&error), ["init_config_option.database_user_password"]);
    assert!(requests.await.unwrap().is_empty());
}
