//! The same calls by the library.

use dbplane::{Error, huawei, oceanbase, samsung};

use super::Scheme;

pub(crate) const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
pub(crate) const PROXY: &str = "fbece38953e24a2b891488ed2fdf81abpo01";

pub(crate) enum Client {
    Huawei(huawei::taurusdb_v3::Client),
    Samsung(samsung::mariadb_1_3::Client),
    OceanBase(oceanbase::cloud_v2::Client),
}

impl Client {
    pub(crate) fn new(scheme: Scheme, base: &str) -> Self {
        let huawei = |credentials| {
            let builder = huawei::taurusdb_v3::Client::builder().base_url(base).credentials(credentials);
            Self::Huawei(builder.project_id("0123456789abcdef0123456789abcdef").build().unwrap())
        };
        match scheme {
            Scheme::Token => huawei(huawei::Credentials::token("token")),
            Scheme::Huawei => huawei(huawei::Credentials::access_key("key", "secret")),
            Scheme::Samsung => {
                let credentials = samsung::Credentials::access_key("key", "secret");
                let builder = samsung::mariadb_1_3::Client::builder().base_url(base).credentials(credentials);
                Self::Samsung(builder.build().unwrap())
            }
            Scheme::Digest => {
                let credentials = oceanbase::Credentials::access_key("key", "secret");
                let builder = oceanbase::cloud_v2::Client::builder().base_url(base).credentials(credentials);
                Self::OceanBase(builder.project_id("p1").build().unwrap())
            }
        }
    }

    pub(crate) async fn call(&self) -> Result<usize, String> {
        let text = |e: Error| e.to_string();
        Ok(match self {
            Self::Huawei(client) => {
                let call = client.show_proxy_configurations(INSTANCE, PROXY).limit(100);
                call.send().await.map_err(text)?.configurations.len()
            }
            Self::Samsung(client) => {
                let page = client.list_clusters().size(100).send().await.map_err(text)?;
                page.contents.len()
            }
            Self::OceanBase(client) => {
                let call = client.describe_databases("i1", "t1").page_size(100);
                call.send().await.map_err(text)?.data.data_list.len()
            }
        })
    }
}
