//! A private link to a tenant of OceanBase Cloud, in the six steps that it takes: `cargo run --example private_link`.
//!
//! The endpoint is made at your cloud provider, between the steps 3 and 4. What is followed to the end is the status of
//! the link itself, `private_link_status` under the id of the endpoint; the address has a status of its own, and is
//! ready long before. The steps are taken in a fake cloud inside this program, so no account is needed.

#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;
use std::time::Duration;

use dbplane::Wait;
use dbplane::oceanbase::{Credentials, cloud_v2::Client, cloud_v2::models::*};
use dbplane_fake_cloud::FakeCloud;

/// The account at the cloud provider that connects.
const ACCOUNT: &str = "210987654321";
/// The endpoint that was made there.
const ENDPOINT: &str = "vpce-0a1b2c3d4e5f";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cloud = FakeCloud::builder().pace(Duration::from_millis(200)).start().await?;
    let place = cloud.service("oceanbase-cloud-v2").ok_or("not served")?;
    let keys = place.credentials();
    let client = Client::builder()
        .base_url(place.base_url())
        .project_id(keys.project_id.as_deref().unwrap_or_default())
        .credentials(Credentials::access_key(&keys.access_key, keys.secret_key.as_str()))
        .build()?;
    let (instance, tenant) = (&place.inventory()["instanceId"][0], &place.inventory()["tenantId"][0]);
    // A program leaves the pauses as they are: this cloud is faster than a real one.
    let wait = Wait::default().pauses(Duration::from_millis(50), Duration::from_millis(50));

    // 1. Open the service, and wait until its address is no longer being made.
    let request = CreatePrivateLinkServiceRequest::new(ACCOUNT);
    let service = client.create_private_link_service(instance, tenant, request).send_and_wait(&wait).await?;
    let address = service.address_id.as_deref().ok_or("the service has no address")?;

    // 2. Read the id under which the cloud provider knows the service.
    let name = service.private_link_service_id.as_deref().unwrap_or_default();
    println!("{address} is {}, its service is {name}", shown(service.address_status.as_ref()));

    // 3. Allow the account; it is allowed when the response is there. Then make an endpoint to the service.
    let request = AddPrivateLinkServiceUserRequest::new(ACCOUNT, address);
    client.add_private_link_service_user(instance, tenant, request).send().await?;

    // 4. Connect the endpoint, and wait until the link shows.
    let request = ConnectPrivateLinkServiceRequest::new(ENDPOINT).address_id(address);
    let link = client.connect_private_link_service(instance, tenant, request).send_and_wait(&wait).await?;
    println!("{ENDPOINT} is {}", shown(link.private_link_status.as_ref()));

    // 5. Say where the endpoint is in your network, if the cloud provider gives it an address.
    let request = UpdatePrivateLinkInformationRequest::new(ENDPOINT, "10.0.12.7").address_id(address);
    client.update_private_link_information(instance, tenant, request).send().await?;

    // 6. Confirm, and wait until the link is online.
    let request = ConfirmPrivateLinkConnectionRequest::new(ENDPOINT).address_id(address);
    let link = client.confirm_private_link_connection(instance, tenant, request).send_and_wait(&wait).await?;
    let network = link.intranet_address.as_deref().unwrap_or_default();
    println!("{ENDPOINT} is {} at {network}", shown(link.private_link_status.as_ref()));
    assert_eq!(link.private_link_status.as_deref(), Some("ONLINE"));

    // When it is no longer needed: the endpoint goes, the service stays.
    let remove = client.delete_private_link_endpoint(instance, tenant, address).endpoint_id(ENDPOINT);
    remove.send_and_wait(&wait).await?;
    println!("{ENDPOINT} is gone");
    Ok(())
}

fn shown(status: Option<&(impl ToString + ?Sized)>) -> String {
    status.map_or_else(|| "not shown".to_owned(), ToString::to_string)
}
