//! Private links: the service is opened, an endpoint made in one's own cloud is tied to it, and later untied.

use dbplane::oceanbase::cloud_v2::{Client, models::*};

use super::{ENDPOINT, INSTANCE, SERVICE, Step, TENANT, step};

pub(super) fn tie(client: &Client) -> Vec<Step> {
    let service = CreatePrivateLinkServiceRequest::new("123456789012");
    let user = AddPrivateLinkServiceUserRequest::new("210987654321", SERVICE);
    let endpoint =
        ConnectPrivateLinkServiceRequest::new(ENDPOINT).address_id(SERVICE).user_endpoint_address("");
    let place = UpdatePrivateLinkInformationRequest::new(ENDPOINT, "10.0.12.7").address_id(SERVICE);
    let confirmed = ConfirmPrivateLinkConnectionRequest::new(ENDPOINT).address_id(SERVICE);
    let readonly = CreateReadonlyPrivateLinkRequest::new(["ap-southeast-1b"], "123456789012");
    // The vendor's support finds a call by its request id; without one the client makes one.
    let connect = client
        .connect_private_link_service(INSTANCE, TENANT, endpoint)
        .request_id("dc302d76-66b5-48d8-ab53-a03500000000");
    vec![
        step(
            "createPrivateLinkService",
            client.create_private_link_service(INSTANCE, TENANT, service).start(),
        ),
        step(
            "addPrivateLinkServiceUser",
            client.add_private_link_service_user(INSTANCE, TENANT, user).send(),
        ),
        step("connectPrivateLinkService", connect.start()),
        step(
            "updatePrivatelinkInformation",
            client.update_private_link_information(INSTANCE, TENANT, place).send(),
        ),
        step(
            "confirmPrivatelinkConnection",
            client.confirm_private_link_connection(INSTANCE, TENANT, confirmed).start(),
        ),
        step("describeTenantPrivateLink", client.describe_tenant_private_link(INSTANCE, TENANT).send()),
        step(
            "createReadonlyPrivatelink",
            client.create_readonly_private_link(INSTANCE, TENANT, readonly).start(),
        ),
    ]
}

pub(super) fn untie(client: &Client) -> Vec<Step> {
    let link = client.delete_private_link_endpoint(INSTANCE, TENANT, SERVICE).endpoint_id(ENDPOINT);
    vec![step("deletePrivatelinkEndpoint", link.start())]
}
