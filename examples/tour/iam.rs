//! Huawei Cloud IAM: a token for one project, and the id of the project that belongs to a region.

use dbplane::Error;
use dbplane::huawei::{Credentials, iam::Client, iam::models::*};

use super::account::Account;
use super::step::{Step, step};

/// A call of every operation.
pub(crate) fn steps(account: &Account<'_>) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .base_url(account.base_url)
        .credentials(Credentials::access_key(account.access_key, account.secret_key))
        .build()?;
    let token = client.keystone_create_user_token_by_password(login(account)).nocatalog("true");
    let projects = client.keystone_list_projects().name("cn-north-4").page(1).per_page(100);
    Ok(vec![
        step("KeystoneCreateUserTokenByPassword", token.send()),
        step("KeystoneListProjects", projects.send()),
    ])
}

/// Name and password of a user, and what the token shall be good for. Clients with password credentials do
/// this by themselves.
fn login(account: &Account<'_>) -> PasswordAuthRequest {
    let user = PasswordUser::new(account.user, account.password, UserDomain::new(account.domain));
    let identity = PasswordIdentity::new([AuthMethod::Password], PasswordMethod::new(user));
    let scope = AuthScope::new().project(ProjectRef::new().id(account.project_id));
    PasswordAuthRequest::new(PasswordAuth::new(identity).scope(scope))
}
