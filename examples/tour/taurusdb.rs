//! Huawei Cloud TaurusDB, called with an access key that signs every request.

use dbplane::Error;
use dbplane::huawei::{Credentials, taurusdb::Client, taurusdb::models::*};

use super::account::Account;
use super::step::{Step, step};

/// A call of every operation.
pub(crate) fn steps(account: &Account<'_>) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .base_url(account.base_url) // with .region("cn-north-4") instead, the vendor's address is used
        .project_id(account.project_id)
        .credentials(Credentials::access_key(account.access_key, account.secret_key))
        .build()?;
    let (instance, proxy) = ("096c0fc43e804757b59946b80dc27f8bin07", "fbece38953e24a2b891488ed2fdf81abpo01");
    let port = UpdateProxyPortRequest::new(3308);
    let call = client.update_proxy_port(instance, proxy, port).x_language(Language::EnUs);
    Ok(vec![step("UpdateProxyPort", call.send())])
}
