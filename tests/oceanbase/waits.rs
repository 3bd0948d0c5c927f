//! Waiting for ONLINE and other ends, with a clock that moves only when something waits.

use std::sync::Mutex;
use std::time::Duration;

use dbplane::oceanbase::Credentials;
use dbplane::oceanbase::cloud_v2::Client;
use dbplane::oceanbase::cloud_v2::models::*;
use dbplane::{Error, Outcome, Retry, Runtime, Wait};
use serde_json::{Value, json};

use super::support::{answer, served};

const START: i64 = 1_768_465_800_000;

/// A service in which what is looked at passes through these statuses, the last one for ever.
struct Scene {
    client: Client,
    clock: Runtime,
    looks: std::sync::Arc<Mutex<Vec<String>>>,
}

impl Scene {
    async fn new(statuses: &'static [&'static str]) -> Self {
        let looks = std::sync::Arc::new(Mutex::new(Vec::new()));
        let seen = std::sync::Arc::clone(&looks);
        let url = served(move |request| {
            let (method, target) = request.split_once(' ').unwrap();
            if method != "GET" {
                let data = json!({"instanceId": "ob1", "tenantId": "t1", "addressId": "a1"});
                return answer("200 OK", "", &json!({"success": true, "data": data}).to_string());
            }
            let path = target.split('?').next().unwrap().to_owned();
            let mut looks = seen.lock().unwrap();
            let status = statuses[looks.len().min(statuses.len() - 1)];
            looks.push(path.clone());
            match status {
                "404" => answer("404 Not Found", "", r#"{"success":false,"errorCode":"NotFound"}"#),
                "500" => answer("500 Internal Server Error", "", "{}"),
                status => answer("200 OK", "", &shown(&path, status).to_string()),
            }
        })
        .await;
        let clock = Runtime::fixed(START, 1);
        let builder = Client::builder().base_url(url).credentials(Credentials::access_key("k", "s"));
        let builder = builder.project_id("p1").retry(Retry::never()).runtime(clock.clone());
        Self { client: builder.build().unwrap(), clock, looks }
    }

    fn looks(&self) -> usize {
        self.looks.lock().unwrap().len()
    }

    fn path(&self) -> String {
        self.looks.lock().unwrap()[0].clone()
    }

    fn passed(&self) -> Duration {
        Duration::from_millis((self.clock.unix_millis() - START).try_into().unwrap())
    }
}

/// The answer of the operation that is looked with.
fn shown(path: &str, status: &str) -> Value {
    let data = match path.rsplit('/').next() {
        Some("privatelink") => json!([{"addressId": "a1", "addressStatus": status, "privateLinkList": [
            {"privateLinkEndpointId": "another", "privateLinkStatus": "ONLINE"},
            {"privateLinkEndpointId": "e1", "privateLinkStatus": status}]}]),
        Some("address") => json!({"addressId": "a1", "addressStatus": status}),
        _ => json!({"status": status}),
    };
    json!({"success": true, "data": data})
}

fn change() -> ModifyOdpClusterSpecRequest {
    ModifyOdpClusterSpecRequest::new()
        .proxy_cluster_id("p1")
        .unit_num(2)
        .mode("k8s_exclusive")
        .zone("z1")
        .odp_cluster_node_type("normal")
}

#[tokio::test]
async fn an_instance_that_is_started_is_followed_until_it_is_online() {
    let scene = Scene::new(&["STOPPED", "PENDING_START", "500", "A_NEW_WORD", "ONLINE"]).await;
    let outcome = scene.client.start_cluster("ob1").send_and_wait(&Wait::default()).await.unwrap();
    assert_eq!((outcome.status.clone(), scene.looks()), (Some(InstanceStatus::Online), 5));
    assert_eq!((outcome.resource_id(), scene.path().as_str()), (Some("ob1"), "/api/v2/instances/ob1"));
}

#[tokio::test]
async fn a_change_is_not_done_before_it_has_begun() {
    let scene = Scene::new(&["ONLINE", "PROXY_SERVICE_SPEC_MODIFYING", "ONLINE"]).await;
    let call = scene.client.modify_odp_cluster_spec("ob1", change());
    call.send_and_wait(&Wait::default()).await.unwrap();
    assert_eq!(scene.looks(), 3);
    // One that was over before the first poll shows nothing; after a minute it is taken for done.
    let scene = Scene::new(&["ONLINE"]).await;
    let call = scene.client.modify_odp_cluster_spec("ob1", change());
    call.send_and_wait(&Wait::default()).await.unwrap();
    assert!(scene.looks() > 2 && scene.passed() >= Duration::from_secs(60), "{:?}", scene.passed());
    assert!(scene.passed() < Duration::from_secs(120), "{:?}", scene.passed());
}

#[tokio::test]
async fn tenants_addresses_and_links_have_statuses_of_their_own() {
    let wait = Wait::default();
    let scene = Scene::new(&["PENDING_CREATE", "ONLINE"]).await;
    let call = scene.client.create_tenant("ob1", CreateTenantRequest::new("orders"));
    assert_eq!(call.send_and_wait(&wait).await.unwrap().resource_id(), Some("t1"));
    assert_eq!(scene.path(), "/api/v2/instances/ob1/tenants/t1");

    let scene = Scene::new(&["PENDING_CREATE", "ONLINE"]).await;
    let address = CreateTenantAddressRequest::new(VipServiceType::ObproxyIntranet);
    let call = scene.client.create_tenant_address("ob1", "t1", address);
    assert_eq!(call.send_and_wait(&wait).await.unwrap().resource_id(), Some("a1"));
    assert_eq!(scene.path(), "/api/v2/instances/ob1/tenants/t1/address");

    let scene = Scene::new(&["PENDING_CREATE", "CREATED"]).await;
    let call =
        scene.client.create_private_link_service("ob1", "t1", CreatePrivateLinkServiceRequest::new("1"));
    let service = call.send_and_wait(&wait).await.unwrap();
    assert_eq!(service.address_status.as_ref().map(ToString::to_string).as_deref(), Some("CREATED"));
    assert_eq!(scene.path(), "/api/v2/instances/ob1/tenants/t1/privatelink");
}

#[tokio::test]
async fn a_connection_is_followed_by_its_own_status_whatever_others_have() {
    let scene = Scene::new(&["PENDING_CREATE", "PENDING_CREATE", "ONLINE"]).await;
    let confirmed = ConfirmPrivateLinkConnectionRequest::new("e1");
    let call = scene.client.confirm_private_link_connection("ob1", "t1", confirmed);
    let link = call.send_and_wait(&Wait::default()).await.unwrap();
    assert_eq!(link.private_link_endpoint_id.as_deref(), Some("e1"));
    assert_eq!((link.resource_id(), scene.looks()), (Some("e1"), 3));
    let never = ConnectPrivateLinkServiceRequest::new("e2");
    let call = scene.client.connect_private_link_service("ob1", "t1", never);
    let error = call.send_and_wait(&Wait::default()).await.unwrap_err();
    assert!(error.is_accepted() && error.to_string().contains("e2 is unknown"), "{error}");
}

#[tokio::test]
async fn ends_differ_by_what_was_asked_for() {
    let started = async |statuses| -> Result<Outcome<Instance>, Error> {
        let scene = Scene::new(statuses).await;
        scene.client.start_cluster("ob1").send_and_wait(&Wait::default()).await
    };
    let scene = Scene::new(&["ONLINE", "PENDING_STOP", "STOPPED"]).await;
    let stopped = scene.client.stop_cluster("ob1").send_and_wait(&Wait::default()).await.unwrap();
    assert_eq!(stopped.status, Some(InstanceStatus::Stopped));
    for bad in [&["PENDING_START", "ABNORMAL"][..], &["ARREARS_CLOSED"]] {
        let error = started(bad).await.unwrap_err();
        let text = format!("the instance ob1 ended in the state {}", bad.last().unwrap());
        assert!(error.is_operation_failed() && error.to_string().contains(&text), "{error}");
    }
    for gone in [&["ONLINE", "404"][..], &["PENDING_DELETE", "404"], &["OFFLINE", "DELETED"]] {
        let scene = Scene::new(gone).await;
        let call = scene.client.delete_instance(DeleteInstanceRequest::new("ob1"));
        assert_eq!(call.send_and_wait(&Wait::default()).await.unwrap().resource_id(), Some("ob1"));
        assert_eq!(scene.looks(), 2);
    }
    let error = started(&["404"]).await.unwrap_err();
    assert!(error.is_accepted() && error.to_string().contains("is unknown to the service"), "{error}");
}

#[tokio::test]
async fn a_wait_ends_in_time_and_tells_the_last_status() {
    let scene = Scene::new(&["EXPANDING"]).await;
    let wait = Wait::default().timeout(Duration::from_secs(600));
    let call = scene.client.modify_instance_node_num("ob1", ModifyInstanceNodeNumRequest::new(6));
    let error = call.send_and_wait(&wait).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("EXPANDING"), "{error}");
}

#[tokio::test]
async fn a_dry_run_leaves_nothing_to_wait_for() {
    let body = json!({"success": true, "data": {"dryRun": true, "dryRunResult": true}}).to_string();
    let url = served(move |_| answer("200 OK", "", &body)).await;
    let order = CreateInstanceRequest::new()
        .cloud_provider("ALIYUN")
        .region("r")
        .zones("a,b,c")
        .ob_version("4.2.1")
        .instance_class("4C16G")
        .replica_mode("3")
        .dry_run(true);
    let call = super::support::oceanbase_at(&url).create_instance(order);
    let error = call.send_and_wait(&Wait::default()).await.unwrap_err();
    assert!(error.to_string().contains("as after a dry run"), "{error}");
}
