//! Huawei Cloud DBSS, called as a user with a password: the client fetches a token from IAM by itself.

use dbplane::Error;
use dbplane::huawei::{Credentials, dbss::Client};

use super::account::Account;
use super::step::{Step, step};

/// A call of every operation.
pub(crate) fn steps(account: &Account<'_>) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .base_url(account.base_url) // with .region("cn-north-4") instead of both addresses, the vendor's are used
        .iam_url(account.iam_url)
        .project_id(account.project_id)
        .credentials(Credentials::password(account.domain, account.user, account.password))
        .build()?;
    Ok(vec![step("ListDbOmInstances", client.list_db_om_instances().send())])
}
