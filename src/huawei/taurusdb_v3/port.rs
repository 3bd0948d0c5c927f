//! A proxy at another port: changed, waited for, and read back.

use super::Client;
use super::models::{MysqlProxyV3, UpdateProxyPortRequest};
use crate::error::{Error, Kind};
use crate::waiting::Wait;

impl Client {
    /// Moves a proxy to another port, waits until that is done, and tells the proxy as it is then.
    ///
    /// Connections over the proxy break for a moment. A proxy that has the port already is left alone. To be
    /// able to go on with waiting after a restart, send
    /// [`update_proxy_port`](Self::update_proxy_port), keep the id of the job, and use [`work`](Self::work).
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::huawei::taurusdb_v3::Client) -> Result<(), dbplane::Error> {
    /// use dbplane::Wait;
    /// let (instance, proxy) = ("096c0fc43e804757b59946b80dc27f8bin07", "fbece38953e24a2b891488ed2fdf81abpo01");
    /// let proxy = client.change_proxy_port(instance, proxy, 3308, &Wait::default()).await?;
    /// println!("now at {:?}:{:?}", proxy.address, proxy.port);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`update_proxy_port`](Self::update_proxy_port) for the change, and as the `wait` of
    /// [`work`](Self::work) for the job; [`Error::is_operation_failed`] too where the job says that it is done, but
    /// the proxy is gone or has another port.
    pub async fn change_proxy_port(
        &self,
        instance_id: impl Into<String>,
        proxy_id: impl Into<String>,
        port: i32,
        wait: &Wait,
    ) -> Result<MysqlProxyV3, Error> {
        let (instance_id, proxy_id) = (instance_id.into(), proxy_id.into());
        let change = UpdateProxyPortRequest::new(port);
        self.update_proxy_port(&instance_id, &proxy_id, change).send_and_wait(wait).await?;
        let mut rows = self.show_gauss_my_sql_proxy_list(instance_id).items();
        while let Some(row) = rows.try_next().await? {
            let Some(proxy) = row.proxy.filter(|proxy| proxy.pool_id.as_ref() == Some(&proxy_id)) else {
                continue;
            };
            if proxy.port == Some(port) {
                return Ok(proxy);
            }
            let now = proxy.port.map_or_else(|| "no port".to_owned(), |port| format!("the port {port}"));
            let message =
                format!("the change to the port {port} is done, but the proxy {proxy_id} has {now}");
            return Err(Error::new(Kind::Failed, message));
        }
        let message = format!("the change to the port {port} is done, but the proxy {proxy_id} is gone");
        Err(Error::new(Kind::Failed, message))
    }
}
