//! Databases of an instance, the accounts in them, and what the accounts may do.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let delete_databases = DeleteDatabasesRequest::new(["orders"]);
    let create_databases = CreateDatabasesRequest::new([NewDatabase::new("shop", "utf8mb4")]);
    let delete_database_users = DeleteDatabaseUsersRequest::new([AccountName::new("app", "%")]);
    let create_database_users =
        CreateDatabaseUsersRequest::new([NewAccount::new("reports", "example-Passw0rd")]);
    let delete_database_permission =
        DeleteDatabasePermissionRequest::new([RevokedPermissions::new("app", "%", ["orders"])]);
    let add_database_permission = AddDatabasePermissionRequest::new([GrantedPermissions::new(
        "app",
        "%",
        [DatabasePermission::new("orders", false)],
    )]);
    let update_database_comment =
        UpdateDatabaseCommentRequest::new([DatabaseComment::new("orders", "orders of the shop")]);
    let update_database_user_comment =
        UpdateDatabaseUserCommentRequest::new([AccountComment::new("app", "%", "application of the shop")]);
    let reset_database_password =
        ResetDatabasePasswordRequest::new([AccountPassword::new("app", "%", "example-Passw0rd")]);
    vec![
        step("ListGaussMySqlDatabase", client.list_databases(INSTANCE).limit(20).send()),
        step("ListGaussMySqlDatabaseUser", client.list_database_users(INSTANCE).limit(20).send()),
        step("ShowGaussMySqlEngineVersion", client.show_engine_version("gaussdb-mysql").send()),
        step("ShowGaussMySqlFlavors", client.show_flavors("gaussdb-mysql", "multi").send()),
        step("ListGaussMySqlDatabaseCharsets", client.list_database_charsets(INSTANCE).send()),
        step("CreateGaussMySqlDatabase", client.create_databases(INSTANCE, create_databases).start()),
        step(
            "CreateGaussMySqlDatabaseUser",
            client.create_database_users(INSTANCE, create_database_users).start(),
        ),
        step(
            "AddDatabasePermission",
            client.add_database_permission(INSTANCE, add_database_permission).start(),
        ),
        step(
            "UpdateGaussMySqlDatabaseComment",
            client.update_database_comment(INSTANCE, update_database_comment).start(),
        ),
        step(
            "UpdateGaussMySqlDatabaseUserComment",
            client.update_database_user_comment(INSTANCE, update_database_user_comment).start(),
        ),
        step(
            "ResetGaussMySqlDatabasePassword",
            client.reset_database_password(INSTANCE, reset_database_password).start(),
        ),
        step(
            "DeleteDatabasePermission",
            client.delete_database_permission(INSTANCE, delete_database_permission).start(),
        ),
        step("DeleteGaussMySqlDatabase", client.delete_databases(INSTANCE, delete_databases).start()),
        step(
            "DeleteGaussMySqlDatabaseUser",
            client.delete_database_users(INSTANCE, delete_database_users).start(),
        ),
    ]
}
