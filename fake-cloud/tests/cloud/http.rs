//! What holds for all services: connections, limits, the journal, the end.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dbplane_fake_cloud::FakeCloud;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::sign::scp;
use crate::wire::{Call, NOW, Wire, host, last, refused, send, service, start};

const STEM: &str = "samsung-mariadb-1.0";

#[tokio::test]
async fn a_connection_serves_many_requests() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let mut wire = Wire::open(service).await;
    for number in 0..20 {
        let good = scp(service, Call::new("GET", &format!("/v1/clusters?page={number}")));
        assert_eq!(wire.send(&good).await.status, 200);
        assert_eq!(wire.send(&Call::new("GET", "/nothing")).await.status, 404);
    }
    assert_eq!((cloud.requests(STEM), cloud.refused(STEM)), (40, 20));
    let entry = last(&cloud);
    assert_eq!((entry.method.as_str(), entry.target.as_str()), ("GET", "/nothing"));
    assert_eq!(cloud.requests("huawei-iam-v3"), 0);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let mut call = Call::new("POST", "/v1/clusters").json(&json!({}));
    call.body = " ".repeat(12 * 1024 * 1024 + 1);
    let reply = send(service, &scp(service, call.clone())).await;
    refused(&cloud, &reply, 413, "longer than 12 MiB");
    assert_eq!(reply.text("/errors/0/code"), "PayloadTooLarge");
    call.body.pop();
    let reply = send(service, &scp(service, call)).await;
    refused(&cloud, &reply, 400, "not JSON");
}

#[tokio::test]
async fn odd_bytes_do_no_harm() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let lines: [&[u8]; 7] = [
        b"GET /v1/clusters?a=\xff HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"CONNECT a:1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET http://x/v1/clusters HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET /v1/clusters HTTP/1.0\r\nscp-accesskey: \xe9\r\n\r\n",
        b"POST /v1/clusters HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{",
        b"\0\0\0\0\r\n\r\n",
    ];
    for line in lines {
        let mut stream = TcpStream::connect(host(service)).await.unwrap();
        stream.write_all(line).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        // The server may cut the connection; it must only not fall over.
        let _ = stream.read_to_end(&mut answer).await;
    }
    assert_eq!(send(service, &scp(service, Call::new("GET", "/v1/clusters"))).await.status, 200);
}

#[tokio::test]
async fn an_absolute_target_is_signed_as_it_is_sent() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let mut call = scp(service, Call::new("GET", "/v1/clusters"));
    call.target = format!("{}/v1/clusters", service.base_url());
    let reply = send(service, &call).await;
    assert_eq!(reply.status, 200, "{:?}", last(&cloud));
}

#[tokio::test]
async fn effects_are_the_writes_that_were_carried_out() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&lines);
    let builder = FakeCloud::builder().now(NOW).seed(7);
    let cloud =
        builder.log(move |entry| heard.lock().unwrap().push(entry.to_string())).start().await.unwrap();
    let service = service(&cloud, STEM);
    let disks = json!({"role_type": "DATA", "size_gb": 104, "volume_type": "SSD"});
    let target = "/v1/instance-groups/3b0c5d2e9f7a4c16b8d1e2f3a4b5c6d7/block-storage-groups";
    let write = || Call::new("POST", target).json(&disks);
    for call in [scp(service, Call::new("GET", "/v1/clusters")), write(), scp(service, write())] {
        send(service, &call).await;
    }
    let effects = cloud.effects();
    assert_eq!(effects.len(), 1, "{effects:?}");
    assert_eq!((effects[0].number, effects[0].at, effects[0].status), (3, NOW, Some(202)));
    let last = format!("2026-01-15T08:30:00.000Z {STEM} AddBlockStorages POST {target} 202, took effect");
    assert_eq!(lines.lock().unwrap()[2], last);
    assert!(lines.lock().unwrap()[1].contains(" 404, refused: the request is not signed"));
}

#[tokio::test]
async fn a_reset_leaves_addresses_and_credentials() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let good = scp(service, Call::new("GET", "/v1/clusters"));
    assert_eq!(send(service, &good).await.status, 200);
    cloud.advance(Duration::from_secs(3600));
    assert_eq!(send(service, &good).await.status, 401, "signed an hour ago");
    cloud.reset().await;
    assert_eq!((cloud.now(), cloud.journal().len(), cloud.requests(STEM)), (NOW, 0, 0));
    assert_eq!(send(service, &good).await.status, 200);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_credentials() {
    let (one, two, other) = (start().await, start().await, FakeCloud::start().await.unwrap());
    let key = |cloud: &FakeCloud| service(cloud, STEM).credentials().access_key.clone();
    assert_eq!(key(&one), key(&two));
    assert_ne!(key(&one), key(&other));
    assert!(other.now() > NOW);
    let secret = service(&one, STEM).credentials().secret_key.clone();
    assert!(!format!("{one:?}").contains(&secret));
    assert!(one.service("nothing").is_none());
    assert_eq!(one.services().count(), other.services().count());
    assert_eq!(service(&one, STEM).operations().len(), 44);
}

#[tokio::test]
async fn a_dropped_cloud_is_gone() {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let cloud = start().await;
    let mut addresses: Vec<String> = cloud.services().map(|service| host(service).to_owned()).collect();
    addresses.push(cloud.control_url().strip_prefix("http://").unwrap().to_owned());
    let mut open = Vec::new();
    for address in &addresses {
        open.push(TcpStream::connect(address).await.unwrap());
    }
    assert!(tasks() > before);
    drop(cloud);
    for mut stream in open {
        assert_eq!(stream.read(&mut [0]).await.unwrap_or(0), 0);
    }
    for address in addresses {
        assert!(TcpStream::connect(address).await.is_err());
    }
    while tasks() > before {
        tokio::task::yield_now().await;
    }
}
