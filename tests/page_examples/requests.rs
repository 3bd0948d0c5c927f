//! Every request that a page shows, made with constructors and setters.

use dbplane::huawei::taurusdb_v3::models::UpdateProxyPortRequest;
use dbplane::oceanbase::{Credentials, cloud_v2::Client, cloud_v2::models::*};
use serde::Serialize;
use serde_json::Value;

use crate::files::File;
use crate::one_shot::OneShot;
use crate::placeholders::{filled, rows};
use crate::samsung_requests;

/// An example, and what the typed API makes of the same values.
pub(crate) struct Example {
    pub(crate) file: File,
    made: Value,
}

/// An example for a model as it is serialized.
pub(crate) fn example(service: &str, operation: &str, made: impl Serialize) -> Example {
    let made = serde_json::to_value(made).unwrap();
    Example { file: File::new(service, operation, "request"), made }
}

/// One row per request that a page shows.
pub(crate) fn all() -> Vec<Example> {
    let mut all = samsung_requests::all();
    all.push(example("oceanbase-cloud-v2", "modifyOdpClusterSpec", sent_proxy_change()));
    all.push(example("oceanbase-cloud-v2", "connectPrivateLinkService", endpoint()));
    all.push(example("huawei-taurusdb-v3", "UpdateProxyPort", UpdateProxyPortRequest::new(3308)));
    all
}

/// Without the instance: the client fills it in from the path.
fn proxy_change() -> ModifyOdpClusterSpecRequest {
    ModifyOdpClusterSpecRequest::new()
        .proxy_cluster_id("proxy-6tvgz6z2****")
        .unit_num(2)
        .mode(ProxyMode::K8sExclusive)
        .zone("ap-beijing-5")
        .odp_cluster_node_type(OdpClusterNodeType::Normal)
}

fn endpoint() -> ConnectPrivateLinkServiceRequest {
    ConnectPrivateLinkServiceRequest::new("t33h8y08k****")
        .address_id("obe-4tw51gp7****")
        .user_endpoint_address("")
}

/// The body that goes over the wire.
fn sent_proxy_change() -> Value {
    let answer = File::new("oceanbase-cloud-v2", "modifyOdpClusterSpec", "response").read();
    let server = OneShot::start(&answer);
    let client = Client::builder()
        .base_url(server.base_url())
        .project_id("p-1234")
        .credentials(Credentials::access_key("key", "secret"))
        .build()
        .unwrap();
    let call = client.modify_odp_cluster_spec("obcluster-*****", proxy_change());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(call.send()).unwrap();
    server.body()
}

#[test]
fn every_request_is_made_as_the_page_shows_it() {
    for Example { file, made } in all() {
        assert_eq!(made, filled(&file, &rows()), "{file}; left: made; right: the page");
    }
}

#[test]
fn the_model_of_the_proxy_change_leaves_the_instance_to_the_path() {
    assert_eq!(serde_json::to_value(proxy_change()).unwrap().get("instanceId"), None);
}
