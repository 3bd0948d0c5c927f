//! Many calls that are refused together: each decides by what its own request was sent with, so that all succeed, in
//! whatever order the refusals come.
//!
//! The server holds the requests until all are there, answers one, waits for the end of that call, and answers the
//! others: by then what all of them were sent with has been replaced.

#![cfg(feature = "all-services")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, UNIX_EPOCH};

use dbplane::credentials::{ExpiringCredentials, ProvideCredentials, ProvideFuture};
use dbplane::{Error, Runtime, Transport, huawei, oceanbase, samsung};
use support::{answer, complete};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

const NOW: i64 = 1_768_465_800_000; // Thu, 15 Jan 2026 08:30:00 GMT
const HOUR: i64 = 3_600_000;
const DATE: &str = "Date: Thu, 15 Jan 2026 08:30:00 GMT\r\n";
const TYPES: &str = r#"{"contents":[]}"#;
const PROJECT: &str = "0123456789abcdef0123456789abcdef";
const MANY: [usize; 3] = [2, 8, 64];

/// What the server does to a request.
enum Act {
    Say(Vec<u8>),
    /// The same, when the test says so.
    Hold(Vec<u8>),
}

/// A server that can hold requests.
struct Gate {
    url: String,
    arrived: Semaphore,
    open: Semaphore,
}

impl Gate {
    async fn start(act: impl Fn(&str) -> Act + Send + Sync + 'static) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let gate = Arc::new(Self { url, arrived: Semaphore::new(0), open: Semaphore::new(0) });
        let (shared, act) = (Arc::clone(&gate), Arc::new(act));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (gate, act) = (Arc::clone(&shared), Arc::clone(&act));
                tokio::spawn(async move { gate.serve(socket, &*act).await });
            }
        });
        gate
    }

    async fn serve(&self, mut socket: TcpStream, act: &(impl Fn(&str) -> Act + Sync)) {
        let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
        while !complete(&seen) {
            match socket.read(&mut chunk).await {
                Ok(n) if n > 0 => seen.extend_from_slice(&chunk[..n]),
                _ => return,
            }
        }
        let bytes = match act(&String::from_utf8_lossy(&seen)) {
            Act::Say(bytes) => bytes,
            Act::Hold(bytes) => {
                self.arrived.add_permits(1);
                self.open.acquire().await.unwrap().forget();
                bytes
            }
        };
        let _ = socket.write_all(&bytes).await;
        let _ = socket.shutdown().await;
    }

    /// Makes `many` calls whose first requests are held; they all succeed. `meanwhile` runs when all are there.
    async fn all_succeed<F>(&self, many: usize, call: impl Fn() -> F, meanwhile: impl Future<Output = ()>)
    where
        F: Future<Output = Result<u32, Error>> + Send + 'static,
    {
        let mut calls: Vec<_> = (0..many).map(|_| tokio::spawn(call())).collect();
        self.arrived.acquire_many(u32::try_from(many).unwrap()).await.unwrap().forget();
        meanwhile.await;
        self.open.add_permits(1);
        while !calls.iter().any(tokio::task::JoinHandle::is_finished) {
            tokio::task::yield_now().await;
        }
        self.open.add_permits(many);
        for call in calls.drain(..) {
            let requests = call.await.unwrap().unwrap();
            assert_eq!(requests, 2, "of {many}");
        }
    }
}

async fn nothing() {}

/// Connections of a test's own: each needs as many as it has calls.
fn transport() -> Transport {
    Transport::builder().only_given_root_certificates().build().unwrap()
}

#[tokio::test]
async fn a_clock_that_is_an_hour_off() {
    for many in MANY {
        for dated in [true, false] {
            for local in [NOW - HOUR, NOW + HOUR] {
                clock_an_hour_off(many, local, dated).await;
            }
        }
    }
}

/// Where only the first refusal has a date, the others know by what the first one has learned.
async fn clock_an_hour_off(many: usize, local: i64, dated: bool) {
    let refused = AtomicUsize::new(0);
    let gate = Gate::start(move |request| {
        let signed = request.split_once("scp-timestamp: ").unwrap().1.split_once("\r\n").unwrap().0;
        if signed.parse::<i64>().unwrap().abs_diff(NOW) < 60_000 {
            return Act::Say(answer("200 OK", DATE, TYPES));
        }
        // The first that is answered is the one that came first.
        let date = if dated || refused.fetch_add(1, SeqCst) == 0 { DATE } else { "" };
        Act::Hold(answer("401 Unauthorized", date, "{}"))
    })
    .await;
    let keys = samsung::Credentials::access_key("key", "secret");
    let builder = samsung::mariadb_1_0::Client::builder().base_url(&gate.url).credentials(keys);
    let client = builder.runtime(Runtime::fixed(local, 1)).transport(transport()).build().unwrap();
    let call = || {
        let call = client.list_server_types().send();
        async move { call.await.map(|response| response.requests_sent()) }
    };
    gate.all_succeed(many, call, nothing()).await;
    assert_eq!(call().await.unwrap(), 1, "{many} {dated}");
}

#[tokio::test]
async fn a_token_that_is_refused() {
    for many in MANY {
        let issued = Arc::new(AtomicUsize::new(0));
        let gate = Gate::start({
            let issued = Arc::clone(&issued);
            move |request| {
                if request.contains("/v3/auth/tokens") {
                    let token = format!("X-Subject-Token: t-{}\r\n", issued.fetch_add(1, SeqCst));
                    let body = r#"{"token":{"expires_at":"2099-01-01T00:00:00Z",
                        "issued_at":"2026-01-01T00:00:00Z",
                        "user":{"id":"u","name":"u","domain":{"id":"d","name":"d"}}}}"#;
                    return Act::Say(answer("201 Created", &token, body));
                }
                if request.contains("x-auth-token: t-0\r\n") {
                    return Act::Hold(answer("401 Unauthorized", "", "{}"));
                }
                Act::Say(answer("200 OK", "", "{}"))
            }
        })
        .await;
        let builder = huawei::dbss_v2::Client::builder().base_url(&gate.url).iam_url(&gate.url);
        let builder = builder.credentials(huawei::Credentials::password("domain", "user", "password"));
        let client = builder.project_id(PROJECT).transport(transport()).build().unwrap();
        let call = || {
            let call = client.list_db_om_instances().send();
            async move { call.await.map(|response| response.requests_sent()) }
        };
        gate.all_succeed(many, call, nothing()).await;
        assert_eq!(issued.load(SeqCst), 2, "one for all, and one more for all");
    }
}

#[tokio::test]
async fn a_nonce_that_is_refused() {
    for many in MANY {
        for stale in ["true", "false"] {
            let gate = Gate::start(move |request| {
                let offer = |nonce: &str| {
                    let header = format!(
                        "WWW-Authenticate: Digest realm=r, nonce={nonce}, stale={stale}, qop=\"auth\"\r\n"
                    );
                    answer("401 Unauthorized", &header, "{}")
                };
                if request.contains("nonce=\"n0\", nc=00000001") || request.contains("nonce=\"n1\"") {
                    Act::Say(answer("200 OK", "", r#"{"success":true}"#))
                } else if request.contains("nonce=\"n0\"") {
                    Act::Hold(offer("n1"))
                } else {
                    Act::Say(offer("n0"))
                }
            })
            .await;
            let keys = oceanbase::Credentials::access_key("ak", "the-secret-key");
            let builder = oceanbase::cloud_v2::Client::builder().base_url(&gate.url).credentials(keys);
            let client = builder.project_id("p1").transport(transport()).build().unwrap();
            let call = || {
                let body = oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
                let call = client.connect_private_link_service("ob1", "t1", body).send();
                async move { call.await.map(|response| response.requests_sent()) }
            };
            assert_eq!(call().await.unwrap(), 2);
            gate.all_succeed(many, call, nothing()).await;
        }
    }
}

/// Gives `key-0` for an hour, then `key-1`.
#[derive(Debug)]
struct Rotating(AtomicUsize);

impl ProvideCredentials<samsung::Credentials> for Rotating {
    fn provide(&self) -> ProvideFuture<'_, samsung::Credentials> {
        let n = self.0.fetch_add(1, SeqCst);
        let keys = samsung::Credentials::access_key(format!("key-{n}"), "secret");
        let hours = 1 + 1000 * n as u64;
        let end = UNIX_EPOCH + Duration::from_millis(NOW as u64) + Duration::from_secs(3600 * hours);
        Box::pin(std::future::ready(Ok(ExpiringCredentials::new(keys).expires_at(end))))
    }
}

#[tokio::test]
async fn keys_that_were_replaced_while_requests_were_under_way() {
    for many in MANY {
        let gate = Gate::start(|request| {
            if request.contains("scp-accesskey: key-0\r\n") {
                Act::Hold(answer("401 Unauthorized", "", "{}"))
            } else {
                Act::Say(answer("200 OK", "", TYPES))
            }
        })
        .await;
        let clock = Runtime::fixed(NOW, 1);
        let builder = samsung::mariadb_1_0::Client::builder().base_url(&gate.url).runtime(clock.clone());
        let client = builder
            .credentials_provider(Rotating(AtomicUsize::new(0)))
            .transport(transport())
            .build()
            .unwrap();
        let call = || {
            let call = client.list_server_types().send();
            async move { call.await.map(|response| response.requests_sent()) }
        };
        let replaced = async {
            // By the clock's setting, for the calls have deadlines.
            clock.set_unix_millis(NOW + 2 * HOUR);
            assert_eq!(call().await.unwrap(), 1);
        };
        gate.all_succeed(many, call, replaced).await;
    }
}
