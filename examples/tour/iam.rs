//! Huawei Cloud IAM: tokens, temporary keys, and the ids of projects and accounts.

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
    let token = client.keystone_create_user_token_by_password(by_password(account)).nocatalog("true");
    let mfa = client
        .keystone_create_user_token_by_password_and_mfa(by_password_and_code(account))
        .nocatalog("true");
    let agency = client.keystone_create_agency_token(by_agency(account)).nocatalog("true");
    let check = client.keystone_validate_token("MIIEXAMPLE").nocatalog("true");
    let projects = client.keystone_list_projects().name("cn-north-4").page(1).per_page(100);
    let user = "0123456789abcdef0123456789abcdef";
    Ok(vec![
        step("KeystoneCreateUserTokenByPassword", token.send()),
        step("KeystoneCreateUserTokenByPasswordAndMfa", mfa.send()),
        step("KeystoneCreateAgencyToken", agency.send()),
        step("KeystoneValidateToken", check.send()),
        step(
            "CreateTemporaryAccessKeyByToken",
            client.create_temporary_access_key_by_token(token_keys()).send(),
        ),
        step(
            "CreateTemporaryAccessKeyByAgency",
            client.create_temporary_access_key_by_agency(agency_keys()).send(),
        ),
        step("KeystoneListProjects", projects.send()),
        step("KeystoneListAuthProjects", client.keystone_list_auth_projects().send()),
        step("KeystoneListProjectsForUser", client.keystone_list_projects_for_user(user).send()),
        step("KeystoneListAuthDomains", client.keystone_list_auth_domains().send()),
        step("KeystoneShowCatalog", client.keystone_show_catalog().send()),
    ])
}

/// Name and password of a user, and what the token shall be good for. Clients with password credentials do
/// this by themselves.
fn by_password(account: &Account<'_>) -> PasswordAuthRequest {
    let identity = PasswordIdentity::new([AuthMethod::Password], password(account));
    PasswordAuthRequest::new(PasswordAuth::new(identity).scope(scope(account)))
}

/// The same for a user whose device shows a code.
fn by_password_and_code(account: &Account<'_>) -> PasswordMfaAuthRequest {
    let methods = [AuthMethod::Password, AuthMethod::Totp];
    let code = TotpMethod::new(TotpUser::new("0123456789abcdef0123456789abcdef", "123456"));
    let identity = PasswordMfaIdentity::new(methods, password(account), code);
    PasswordMfaAuthRequest::new(PasswordMfaAuth::new(identity).scope(scope(account)))
}

fn password(account: &Account<'_>) -> PasswordMethod {
    PasswordMethod::new(PasswordUser::new(account.user, account.password, UserDomain::new(account.domain)))
}

fn scope(account: &Account<'_>) -> AuthScope {
    AuthScope::new().project(ProjectRef::new().id(account.project_id))
}

/// In the place of another account that has granted an agency.
fn by_agency(account: &Account<'_>) -> AgencyAuthRequest {
    let role = AssumeRole::new("db-operator").domain_name("other-account");
    let identity = AgencyIdentity::new([AuthMethod::AssumeRole], role);
    AgencyAuthRequest::new(AgencyAuth::new(identity).scope(scope(account)))
}

/// Keys for an hour with the caller's own rights. `TemporaryKeys` does this by itself, again and again.
fn token_keys() -> TokenKeyRequest {
    let token = TokenMethod::new().duration_seconds(3600);
    TokenKeyRequest::new(TokenKeyAuth::new(TokenKeyIdentity::new([AuthMethod::Token]).token(token)))
}

/// Keys for an hour with the rights that an agency gives.
fn agency_keys() -> AgencyKeyRequest {
    let role = AssumeRoleForKeys::new("db-operator").domain_name("other-account").duration_seconds(3600);
    AgencyKeyRequest::new(AgencyKeyAuth::new(AgencyKeyIdentity::new([AuthMethod::AssumeRole], role)))
}
