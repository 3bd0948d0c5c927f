//! HTTP Digest behind one address with several servers, which do not know each other's nonces. A connection stays with
//! the server that it was opened to, as behind a load balancer.

#![cfg(feature = "all-services")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
#![allow(clippy::print_stdout)] // what was measured is worth a line

mod support;

use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use dbplane::oceanbase::cloud_v2::{Client, models::ConnectPrivateLinkServiceRequest};
use dbplane::{Error, Transport, oceanbase};
use support::{answer, complete, oceanbase_at, scripted, served};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// One of the servers.
#[derive(Default)]
struct Node {
    name: usize,
    /// One for all nodes, as where they share a configuration.
    opaque: &'static str,
    nonces: AtomicUsize,
    /// Counts of nonces that were used.
    used: Mutex<HashSet<(String, String)>>,
}

impl Node {
    fn reply(&self, request: &str) -> String {
        let part = |name: &str| {
            let value = request.split_once(&format!(" {name}="))?.1;
            Some(value.split([',', '\r']).next()?.trim_matches('"').to_owned())
        };
        let own = format!("node{}-", self.name);
        let taken = part("nonce").zip(part("nc")).filter(|(nonce, _)| nonce.starts_with(&own));
        let (status, header, body) = match taken {
            Some(taken) => {
                assert!(self.used.lock().unwrap().insert(taken), "a count was used twice: {request}");
                ("200 OK", String::new(), r#"{"success":true}"#)
            }
            None => {
                let (n, stale) = (self.nonces.fetch_add(1, SeqCst), request.contains("authorization: "));
                let offer = format!(
                    "WWW-Authenticate: Digest realm=\"r\", nonce=\"{own}{n}\", stale={stale}, qop=\"auth\"{}\r\n",
                    self.opaque
                );
                ("401 Unauthorized", offer, "{}")
            }
        };
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{header}\r\n{body}", body.len())
    }

    async fn serve(&self, mut socket: TcpStream) {
        let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
        loop {
            while !complete(&seen) {
                match socket.read(&mut chunk).await {
                    Ok(n) if n > 0 => seen.extend_from_slice(&chunk[..n]),
                    _ => return,
                }
            }
            let reply = self.reply(&String::from_utf8_lossy(&seen));
            seen.clear(); // the client sends nothing before it has the response
            if socket.write_all(reply.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

/// So many of them; connections go to each in turn.
async fn nodes(count: usize, opaque: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let nodes: Vec<_> = (0..count).map(|name| Arc::new(Node { name, opaque, ..Node::default() })).collect();
    tokio::spawn(async move {
        for node in nodes.iter().cycle() {
            let Ok((socket, _)) = listener.accept().await else { return };
            let node = Arc::clone(node);
            tokio::spawn(async move { node.serve(socket).await });
        }
    });
    url
}

async fn call(client: &Client) -> Result<u32, Error> {
    let body = ConnectPrivateLinkServiceRequest::new("vpce-1");
    let call = client.connect_private_link_service("ob317v4uif****", "t33h8y08k****", body);
    call.send().await.map(|response| response.requests_sent())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eighty_calls_by_eight_tasks_all_succeed() {
    let transport = Transport::builder().build().unwrap();
    for (count, opaque) in [(1, ""), (2, ""), (3, ""), (2, ", opaque=\"o\""), (3, ", opaque=\"o\"")] {
        for round in 0..5 {
            let keys = oceanbase::Credentials::access_key("ak", "the-secret-key");
            let builder =
                Client::builder().base_url(nodes(count, opaque).await).credentials(keys).project_id("p1");
            let client = builder.transport(transport.clone()).build().unwrap();
            let (begun, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicU32::new(0)));
            let sum = Arc::new(AtomicU32::new(0));
            let mut tasks = JoinSet::new();
            for _ in 0..8 {
                let (client, begun, most, sum) =
                    (client.clone(), Arc::clone(&begun), Arc::clone(&most), Arc::clone(&sum));
                tasks.spawn(async move {
                    while begun.fetch_add(1, SeqCst) < 80 {
                        let requests = call(&client).await.unwrap();
                        most.fetch_max(requests, SeqCst);
                        sum.fetch_add(requests, SeqCst);
                    }
                });
            }
            while let Some(ended) = tasks.join_next().await {
                ended.unwrap();
            }
            let (sum, most) = (sum.load(SeqCst), most.load(SeqCst));
            println!(
                "{count} servers{opaque}, round {round}: {sum} requests for 80 calls, {most} at most for one"
            );
        }
    }
}

/// Each response refuses with a new challenge, for ever.
#[tokio::test]
async fn a_server_whose_nonces_are_always_stale_is_given_up_with_the_reason() {
    let refusal = |n: usize| {
        let offer = format!("WWW-Authenticate: Digest realm=r, nonce=n{n}, qop=\"auth\", stale=true\r\n");
        answer("401 Unauthorized", &offer, r#"{"success":false,"errorCode":"E1"}"#)
    };
    let (url, server) = scripted((0..4).map(refusal).collect()).await;
    let error = call(&oceanbase_at(&url)).await.unwrap_err();
    assert_eq!((error.is_auth(), error.code(), error.requests_sent()), (true, Some("E1"), 4), "{error}");
    assert!(error.to_string().contains("3 nonces in a row were stale"), "{error}");
    assert_eq!(server.await.unwrap().len(), 4);
}

/// A server that took one nonce earns more tries, but not for ever.
#[tokio::test]
async fn a_server_whose_nonces_are_stale_from_now_on_is_given_up_too() {
    let requests = AtomicUsize::new(0);
    let url = served(move |_| {
        let n = requests.fetch_add(1, SeqCst);
        let offer =
            format!("WWW-Authenticate: Digest realm=r, nonce=n{n}, qop=\"auth\", stale={}\r\n", n > 0);
        if n == 1 { answer("200 OK", "", r#"{"success":true}"#) } else { answer("401 No", &offer, "{}") }
    });
    let client = oceanbase_at(&url.await);
    assert_eq!(call(&client).await.unwrap(), 2);
    for expected in [32, 32, 4, 4] {
        let error = call(&client).await.unwrap_err();
        assert_eq!(error.requests_sent(), expected, "{error}");
        assert!(error.is_auth() && error.to_string().contains("nonces in a row were stale"), "{error}");
    }
}
