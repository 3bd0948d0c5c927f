//! Huawei Cloud IAM: tokens, temporary keys, and the ids of projects and accounts.

use dbplane::huawei::iam_v3::operations::KeystoneCreateUserTokenByPassword;
use dbplane::huawei::{Credentials, iam_v3::Client, iam_v3::models::*};
use dbplane::{Error, Response};

use super::super::account::Account;
use super::super::step::{Step, step};

/// A call of every operation.
pub(crate) fn steps(account: &Account<'_>) -> Result<Vec<Step>, Error> {
    let client = |credentials| Client::builder().base_url(account.base_url).credentials(credentials).build();
    let signing = client(Credentials::access_key(account.access_key, account.secret_key))?;
    let user = client(Credentials::password(account.domain, account.user, account.password))?;
    let token = signing.keystone_create_user_token_by_password(by_password(account));
    let with_code = signing.keystone_create_user_token_by_password_and_mfa(by_password_and_code(account));
    let agency = signing.keystone_create_agency_token(by_agency(account)).nocatalog("true");
    let projects = signing.keystone_list_projects().name("cn-north-4").page(1).per_page(100);
    Ok(vec![
        step("KeystoneCreateUserTokenByPassword", token.clone().nocatalog("true").send()),
        step("KeystoneCreateUserTokenByPasswordAndMfa", with_code.nocatalog("true").send()),
        step("KeystoneCreateAgencyToken", agency.send()),
        step("KeystoneValidateToken", check(signing.clone(), token)),
        step(
            "CreateTemporaryAccessKeyByToken",
            user.create_temporary_access_key_by_token(token_keys()).send(),
        ),
        step(
            "CreateTemporaryAccessKeyByAgency",
            signing.create_temporary_access_key_by_agency(agency_keys(account)).send(),
        ),
        step("KeystoneListProjects", projects.send()),
        step("KeystoneListAuthProjects", signing.keystone_list_auth_projects().send()),
        step("KeystoneListProjectsForUser", signing.keystone_list_projects_for_user(account.user_id).send()),
        step("KeystoneListAuthDomains", signing.keystone_list_auth_domains().send()),
        step("KeystoneShowCatalog", signing.keystone_show_catalog().send()),
    ])
}

/// Gets a token, which comes in a header, and asks about it.
async fn check(
    client: Client,
    token: KeystoneCreateUserTokenByPassword,
) -> Result<Response<TokenResponse>, Error> {
    let made = token.send().await?;
    let token = made.header("X-Subject-Token").unwrap_or_default();
    client.keystone_validate_token(token).nocatalog("true").send().await
}

/// Name and password of a user, and what the token shall be valid for. Clients with password credentials do
/// this by themselves.
fn by_password(account: &Account<'_>) -> PasswordAuthRequest {
    let identity = PasswordIdentity::new([AuthMethod::Password], password(account));
    PasswordAuthRequest::new(PasswordAuth::new(identity).scope(scope(account)))
}

/// The same for a user whose device shows a code.
fn by_password_and_code(account: &Account<'_>) -> PasswordMfaAuthRequest {
    let methods = [AuthMethod::Password, AuthMethod::Totp];
    let code = TotpMethod::new(TotpUser::new(account.user_id, account.passcode));
    let identity = PasswordMfaIdentity::new(methods, password(account), code);
    PasswordMfaAuthRequest::new(PasswordMfaAuth::new(identity).scope(scope(account)))
}

fn password(account: &Account<'_>) -> PasswordMethod {
    PasswordMethod::new(PasswordUser::new(account.user, account.password, UserDomain::new(account.domain)))
}

fn scope(account: &Account<'_>) -> AuthScope {
    AuthScope::new().project(ProjectRef::new().id(account.project_id))
}

/// Instead of another account that has granted an agency.
fn by_agency(account: &Account<'_>) -> AgencyAuthRequest {
    let role = AssumeRole::new(account.agency).domain_name(account.agency_domain);
    let identity = AgencyIdentity::new([AuthMethod::AssumeRole], role);
    AgencyAuthRequest::new(AgencyAuth::new(identity).scope(scope(account)))
}

/// Keys for an hour with the caller's own rights. `TemporaryKeys` does this by itself, repeatedly.
fn token_keys() -> TokenKeyRequest {
    let token = TokenMethod::new().duration_seconds(3600);
    TokenKeyRequest::new(TokenKeyAuth::new(TokenKeyIdentity::new([AuthMethod::Token]).token(token)))
}

/// Keys for an hour with the rights that an agency gives.
fn agency_keys(account: &Account<'_>) -> AgencyKeyRequest {
    let role =
        AssumeRoleForKeys::new(account.agency).domain_name(account.agency_domain).duration_seconds(3600);
    AgencyKeyRequest::new(AgencyKeyAuth::new(AgencyKeyIdentity::new([AuthMethod::AssumeRole], role)))
}
