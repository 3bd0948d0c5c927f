//! Helpers for tests: clients of the fake cloud, and a server that answers from a script.

#![allow(dead_code)] // each test program uses some of these
#![allow(clippy::unwrap_used, clippy::expect_used)] // clippy knows tests, not their helpers

use dbplane::{Retry, huawei, oceanbase, samsung};
use dbplane_fake_cloud::{Credentials, FakeCloud};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// The fake cloud's credentials and address of a service.
pub(crate) fn service<'c>(cloud: &'c FakeCloud, stem: &str) -> (&'c str, &'c Credentials) {
    let service = cloud.service(stem).expect("the fake cloud serves every spec");
    (service.base_url(), service.credentials())
}

/// A MariaDB client of the fake cloud.
pub(crate) fn mariadb(cloud: &FakeCloud) -> samsung::mariadb_1_0::Client {
    let (url, keys) = service(cloud, "samsung-mariadb-1.0");
    let credentials = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials).build().unwrap()
}

/// An OceanBase client of the fake cloud.
pub(crate) fn oceanbase(cloud: &FakeCloud) -> oceanbase::cloud_v2::Client {
    let (url, keys) = service(cloud, "oceanbase-cloud-v2");
    let credentials = oceanbase::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = oceanbase::cloud_v2::Client::builder().base_url(url).credentials(credentials);
    builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap()
}

/// Password credentials of the fake cloud.
pub(crate) fn password(keys: &Credentials) -> huawei::Credentials {
    let text = |value: &Option<String>| value.clone().unwrap();
    huawei::Credentials::password(text(&keys.domain_name), text(&keys.user_name), text(&keys.password))
}

/// A DBSS client of the fake cloud.
pub(crate) fn dbss(cloud: &FakeCloud, credentials: huawei::Credentials) -> huawei::dbss_v2::Client {
    let (url, keys) = service(cloud, "huawei-dbss-v2");
    let (iam, _) = service(cloud, "huawei-iam-v3");
    let builder = huawei::dbss_v2::Client::builder().base_url(url).iam_url(iam).credentials(credentials);
    builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap()
}

/// A server that gives each connection the next of `answers`, as raw bytes, and hangs up.
///
/// Returns its address and, when it is done, the requests it got.
pub(crate) async fn scripted(answers: Vec<Vec<u8>>) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let mut requests = Vec::new();
        for answer in answers {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut seen = Vec::new();
            let mut chunk = [0; 4096];
            while !complete(&seen) {
                let n = socket.read(&mut chunk).await.unwrap();
                if n == 0 {
                    break;
                }
                seen.extend_from_slice(&chunk[..n]);
            }
            requests.push(String::from_utf8_lossy(&seen).into_owned());
            // A client that has hung up already is part of some tests.
            let _ = socket.write_all(&answer).await;
            let _ = socket.shutdown().await;
        }
        requests
    });
    (address, task)
}

/// A server that answers every request by a function, each on a connection of its own, until the test ends.
pub(crate) async fn served(reply: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let reply = std::sync::Arc::new(reply);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let reply = std::sync::Arc::clone(&reply);
            tokio::spawn(async move {
                let mut seen = Vec::new();
                let mut chunk = [0; 4096];
                while !complete(&seen) {
                    match socket.read(&mut chunk).await {
                        Ok(n) if n > 0 => seen.extend_from_slice(&chunk[..n]),
                        _ => return,
                    }
                }
                let _ = socket.write_all(&reply(&String::from_utf8_lossy(&seen))).await;
                let _ = socket.shutdown().await;
            });
        }
    });
    address
}

/// Whether a request with its body has arrived.
pub(crate) fn complete(seen: &[u8]) -> bool {
    let text = String::from_utf8_lossy(seen).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|l| l.strip_prefix("content-length:")).map_or(0, |n| n.trim().parse().unwrap());
    body.len() >= length
}

/// An answer with a status, header lines and a body.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}")
        .into_bytes()
}

/// A MariaDB client of any address, which repeats nothing.
pub(crate) fn mariadb_at(url: &str) -> samsung::mariadb_1_0::Client {
    let credentials = samsung::Credentials::access_key("0123456789abcdef", "the-secret-key");
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials);
    builder.retry(Retry::never()).build().unwrap()
}

/// An OceanBase client of any address, which repeats nothing.
pub(crate) fn oceanbase_at(url: &str) -> oceanbase::cloud_v2::Client {
    let credentials = oceanbase::Credentials::access_key("ak", "the-secret-key");
    let builder = oceanbase::cloud_v2::Client::builder().base_url(url).credentials(credentials);
    builder.project_id("p1").retry(Retry::never()).build().unwrap()
}

/// A DBSS client of any address, which repeats nothing.
pub(crate) fn dbss_at(url: &str) -> huawei::dbss_v2::Client {
    let builder = huawei::dbss_v2::Client::builder().base_url(url).iam_url(url);
    let builder = builder.credentials(huawei::Credentials::access_key("ak", "the-secret-key"));
    builder.project_id("0123456789abcdef0123456789abcdef").retry(Retry::never()).build().unwrap()
}

/// A TaurusDB client of any address, which repeats nothing and has a clock of its own.
pub(crate) fn taurusdb_at(url: &str, clock: &dbplane::Runtime) -> huawei::taurusdb_v3::Client {
    let builder = huawei::taurusdb_v3::Client::builder().base_url(url);
    let builder = builder.credentials(huawei::Credentials::access_key("ak", "the-secret-key"));
    let builder = builder.project_id("0123456789abcdef0123456789abcdef").retry(Retry::never());
    builder.runtime(clock.clone()).build().unwrap()
}
