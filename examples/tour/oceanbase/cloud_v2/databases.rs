//! Databases of a tenant and their users.

use dbplane::oceanbase::cloud_v2::{Client, models::*};

use super::{INSTANCE, Step, TENANT, step};

const DATABASE: &str = "sales";
const USER: &str = "report";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    [databases(client), users(client), removal(client)].into_iter().flatten().collect()
}

fn databases(client: &Client) -> Vec<Step> {
    let database =
        CreateDatabaseRequest::new(DATABASE).encoding(Encoding::Utf8mb4).description("Sales of the shop");
    let words = ModifyDatabaseDescriptionRequest::new("Sales since 2026");
    vec![
        step("createDatabase", client.create_database(INSTANCE, TENANT, database).send()),
        step(
            "modifyDatabaseDescription",
            client.modify_database_description(INSTANCE, TENANT, DATABASE, words).send(),
        ),
        step("describeDatabases", client.describe_databases(INSTANCE, TENANT).send()),
    ]
}

fn users(client: &Client) -> Vec<Step> {
    let may_write = [DatabaseGrant::new(DATABASE, RoleName::ReadWrite)];
    let may_read = [DatabaseGrant::new(DATABASE, RoleName::ReadOnly)];
    let user = CreateTenantUserRequest::new(USER, "Secret_123").user_type(UserType::Normal).roles(may_write);
    let roles = ModifyTenantUserRolesRequest::new(may_read).modify_type(ModifyType::Update);
    let allowed = ModifyDatabaseUsersRequest::new(DATABASE, [UserGrant::new(USER, RoleName::ReadWrite)]);
    let words = ModifyTenantUserDescriptionRequest::new("The shop, reading");
    let password = ModifyTenantUserPasswordRequest::new("Secret_456");
    let locked = ModifyTenantUserStatusRequest::new(UserStatus::Locked);
    vec![
        step("createTenantUser", client.create_tenant_user(INSTANCE, TENANT, user).send()),
        step("modifyTenantUserRole", client.modify_tenant_user_role(INSTANCE, TENANT, USER, roles).send()),
        step(
            "modifyDatabaseUserRole",
            client.modify_database_user_role(INSTANCE, TENANT, DATABASE, allowed).send(),
        ),
        step(
            "modifyTenantUserDescription",
            client.modify_tenant_user_description(INSTANCE, TENANT, USER, words).send(),
        ),
        step(
            "modifyTenantUserPassword",
            client.modify_tenant_user_password(INSTANCE, TENANT, USER, password).send(),
        ),
        step(
            "modifyTenantUserStatus",
            client.modify_tenant_user_status(INSTANCE, TENANT, USER, locked).send(),
        ),
        step("describeTenantUsers", client.describe_tenant_users(INSTANCE, TENANT).send()),
    ]
}

fn removal(client: &Client) -> Vec<Step> {
    let users = DeleteTenantUsersRequest::new([USER]);
    let databases = DeleteDatabasesRequest::new([DATABASE]).force(true);
    vec![
        step("deleteTenantUsers", client.delete_tenant_users(INSTANCE, TENANT, users).send()),
        step("deleteDatabase", client.delete_database(INSTANCE, TENANT, databases).send()),
    ]
}
