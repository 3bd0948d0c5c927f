//! OceanBase Cloud, called with an AccessKey pair by HTTP Digest.

use dbplane::Error;
use dbplane::oceanbase::{Credentials, cloud::Client, cloud::models::*};

use super::account::Account;
use super::step::{Step, step};

const INSTANCE: &str = "obcluster-*****";
const TENANT: &str = "t33h8y08k****";

/// A call of every operation.
pub(crate) fn steps(account: &Account<'_>) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .base_url(account.base_url) // with .site(Site::China) instead, the address of that site is used
        .project_id(account.project_id)
        .credentials(Credentials::access_key(account.access_key, account.secret_key))
        .build()?;
    let size = ModifyOdpClusterSpecRequest::new(
        "proxy-6tvgz6z2****",
        2,
        ProxyMode::K8sExclusive,
        "ap-beijing-5",
        OdpClusterNodeType::Normal,
    );
    let endpoint = ConnectPrivateLinkServiceRequest::new("t33h8y08k****")
        .address_id("obe-4tw51gp7****")
        .user_endpoint_address("");
    let link = client.connect_private_link_service(INSTANCE, TENANT, endpoint);
    Ok(vec![
        step("modifyOdpClusterSpec", client.modify_odp_cluster_spec(INSTANCE, size).send()),
        // The vendor's support finds a call by its request id; without one the client makes one.
        step("connectPrivateLinkService", link.request_id("dc302d76-66b5-48d8-ab53-a03500000000").send()),
    ])
}
