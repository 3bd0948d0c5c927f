//! Automation as a user writes it, tried against the fake cloud.

use std::time::Duration;

use dbplane::oceanbase::cloud_v2::models::*;
use dbplane::{Status, Wait};
use dbplane_fake_cloud::FakeCloud;

use super::support::oceanbase;

const NOW: i64 = 1_768_465_800_000;
const INSTANCE: &str = "ob317v4uif****";
const TENANT: &str = "t33h8y08k****";
const PROXY: &str = "proxy-6tvgz6z2****";

/// Looks that follow each other at once.
fn at_once() -> Wait {
    Wait::default().pauses(Duration::from_millis(1), Duration::from_millis(1))
}

#[tokio::test]
async fn an_instance_is_ordered_found_filled_stopped_and_deleted() {
    let cloud = FakeCloud::builder().empty().pace(Duration::ZERO).start().await.unwrap();
    let client = oceanbase(&cloud);
    assert!(client.find_instance("shop").await.unwrap_err().is_no_match());
    let order = CreateInstanceRequest::new()
        .cloud_provider("AWS")
        .region("r")
        .zones("ra,rb,rc")
        .ob_version("4.2.1")
        .instance_class("4C16G")
        .replica_mode("3")
        .instance_name("shop");
    let made = client.create_instance(order).send_and_wait(&at_once()).await.unwrap();
    assert_eq!(made.status, Some(InstanceStatus::Online));
    let id = client.find_instance("shop").await.unwrap().instance_id.unwrap();
    assert_eq!(made.resource_id(), Some(id.as_str()));
    let call = client.create_tenant(&id, CreateTenantRequest::new("orders"));
    let tenant = call.send_and_wait(&at_once()).await.unwrap().resource_id().unwrap().to_owned();
    assert_eq!(client.find_tenant(&id, "orders").await.unwrap().tenant_id.as_deref(), Some(tenant.as_str()));
    client.create_database(&id, &tenant, CreateDatabaseRequest::new("orders")).send().await.unwrap();
    let stopped = client.stop_cluster(&id).send_and_wait(&at_once()).await.unwrap();
    assert_eq!(stopped.status, Some(InstanceStatus::Stopped));
    let error = client.stop_cluster(&id).send().await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(400), Some("IllegalOperation.Resource")), "{error}");
    client.start_cluster(&id).send_and_wait(&at_once()).await.unwrap();
    let gone =
        client.delete_instance(DeleteInstanceRequest::new(&id)).send_and_wait(&at_once()).await.unwrap();
    assert_eq!(gone.resource_id(), Some(id.as_str()), "{:?}", *gone);
    assert!(client.find_instance("shop").await.unwrap_err().is_no_match());
}

#[tokio::test]
async fn a_change_of_proxies_is_followed_while_the_test_moves_the_clock() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let client = oceanbase(&cloud);
    assert_eq!(client.find_proxy(INSTANCE, PROXY).await.unwrap().unit_num, Some(2));
    let size = ModifyOdpClusterSpecRequest::new()
        .proxy_cluster_id(PROXY)
        .unit_num(4)
        .mode(ProxyMode::K8sShared)
        .zone("z")
        .odp_cluster_node_type("normal");
    let accepted = client.modify_odp_cluster_spec(INSTANCE, size).start().await.unwrap();
    let mut statuses = accepted.states(&at_once());
    let mut seen = Vec::new();
    while let Some(status) = statuses.try_next().await.unwrap() {
        seen.push(match status {
            Status::InProgress { state, .. } => state,
            Status::Done(_) => "done".to_owned(),
            _ => continue,
        });
        cloud.advance(Duration::from_secs(1));
    }
    let changing = "PROXY_SERVICE_SPEC_MODIFYING";
    assert_eq!(seen, ["ONLINE", changing, changing, "done"]);
    assert_eq!(client.find_proxy(INSTANCE, PROXY).await.unwrap().unit_num, Some(4));
}

#[tokio::test]
async fn a_private_link_is_connected_confirmed_and_deleted_by_its_own_status() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let client = oceanbase(&cloud);
    let wait = at_once();
    let tick = async |accepted: dbplane::Accepted<PrivateLink>| -> Vec<String> {
        let (mut states, mut seen) = (accepted.states(&wait), Vec::new());
        while let Some(status) = states.try_next().await.unwrap() {
            seen.push(match status {
                Status::InProgress { state, .. } => state,
                Status::Done(link) => format!("done {}", link.private_link_status.as_deref().unwrap()),
                _ => continue,
            });
            cloud.advance(Duration::from_secs(1));
        }
        seen
    };
    let order = CreateReadonlyPrivateLinkRequest::new(["z"], "123456789012");
    let made = client.create_readonly_private_link(INSTANCE, TENANT, order).start().await.unwrap();
    cloud.advance(Duration::from_secs(10));
    let made = made.wait(&wait).await.unwrap();
    let address = made.resource_id().unwrap();
    assert_eq!(made.address_id.as_deref(), Some(address));
    let endpoint = ConnectPrivateLinkServiceRequest::new("vpce-1").address_id(address);
    let connecting = client.connect_private_link_service(INSTANCE, TENANT, endpoint).start().await.unwrap();
    assert_eq!(tick(connecting).await, ["done PENDING_CREATE"], "requested, until it is confirmed");
    let confirmed = ConfirmPrivateLinkConnectionRequest::new("vpce-1").address_id(address);
    let confirming =
        client.confirm_private_link_connection(INSTANCE, TENANT, confirmed).start().await.unwrap();
    assert_eq!(confirming.resource_id(), Some("vpce-1"));
    let seen = tick(confirming).await;
    assert_eq!(
        (seen.first().unwrap().as_str(), seen.last().unwrap().as_str()),
        ("PENDING_CREATE", "done ONLINE")
    );
    let delete = || client.delete_private_link_endpoint(INSTANCE, TENANT, address);
    let one = delete().endpoint_id("vpce-1").start().await.unwrap();
    cloud.advance(Duration::from_secs(10));
    assert_eq!(one.wait(&wait).await.unwrap().resource_id(), Some("vpce-1"));
    let whole = delete().start().await.unwrap();
    cloud.advance(Duration::from_secs(10));
    assert_eq!(whole.wait(&wait).await.unwrap().resource_id(), Some(address));
}

#[tokio::test]
async fn lists_in_strings_come_back_as_lists() {
    let cloud = FakeCloud::builder().start().await.unwrap();
    let client = oceanbase(&cloud);
    let group = SecurityIpGroupRequest::new("vpn", ["10.0.0.0/8", "::1"]);
    let made = client.create_tenant_security_ip_group(INSTANCE, TENANT, group).send().await.unwrap();
    assert_eq!(made.data.security_ips, ["10.0.0.0/8", "::1"]);
    let page = client.describe_tenant_security_ip_groups(INSTANCE, TENANT).send().await.unwrap().into_inner();
    let groups = page.data.data_list;
    let names: Vec<_> = groups.iter().map(|group| group.security_ip_group_name.as_deref().unwrap()).collect();
    assert_eq!(names, ["office", "vpn"]);
    assert_eq!(groups[1].security_ips, ["10.0.0.0/8", "::1"]);
}
