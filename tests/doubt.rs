//! Doubt, told exactly: what never left has not taken effect; what left and was not answered may have; what was
//! answered has if the answer leaves that open. One table for all kinds of errors.

#![cfg(feature = "all-services")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::collections::HashMap;
use std::time::Duration;

use dbplane::credentials::{ExpiringCredentials, ProvideCredentials, ProvideFuture};
use dbplane::samsung::ClientBuilder;
use dbplane::samsung::mariadb_1_0::Client;
use dbplane::{CallOptions, Error, Retry, Runtime, Wait, huawei, samsung};
use support::{answer, complete};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Nothing but real time ends these; a few hundredths of a second each.
const SHORT: Duration = Duration::from_millis(150);

/// What the server does.
#[derive(Clone, Copy)]
enum Act {
    Say(&'static str, &'static str, &'static str),
    /// Accepts the connection and reads nothing.
    Silent,
    /// Reads the request and answers nothing.
    Hang,
    HangUp,
    Reset,
    /// Says a status and breaks off in the body.
    Cut(&'static str),
    /// No TLS.
    Garbage,
}

/// A server that does the same to every request, or what its path says.
async fn server(acts: impl Fn(&str) -> Act + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let acts = std::sync::Arc::new(acts);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let acts = std::sync::Arc::clone(&acts);
            tokio::spawn(async move { serve(socket, &*acts).await });
        }
    });
    address
}

async fn serve(mut socket: TcpStream, acts: &(impl Fn(&str) -> Act + Sync)) {
    match acts("") {
        Act::Silent => return std::future::pending().await,
        Act::Garbage => {
            let _ = socket.write_all(b"HTTP/1.1 400 Plain\r\n\r\n").await;
            return;
        }
        _ => {}
    }
    let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
    while !complete(&seen) {
        match socket.read(&mut chunk).await {
            Ok(n) if n > 0 => seen.extend_from_slice(&chunk[..n]),
            _ => return,
        }
    }
    let request = String::from_utf8_lossy(&seen).into_owned();
    let bytes = match acts(request.split(' ').nth(1).unwrap()) {
        Act::Say(status, headers, body) => answer(status, headers, body),
        Act::Cut(status) => format!("HTTP/1.1 {status}\r\nContent-Length: 100\r\n\r\n{{").into_bytes(),
        Act::Hang => return std::future::pending().await,
        Act::Reset => {
            let _ = socket.set_zero_linger();
            return;
        }
        Act::HangUp | Act::Silent | Act::Garbage => return,
    };
    let _ = socket.write_all(&bytes).await;
    let _ = socket.shutdown().await;
}

fn builder(url: &str) -> ClientBuilder<Client> {
    let keys = samsung::Credentials::access_key("0123456789abcdef", "the-secret-key");
    Client::builder().base_url(url).credentials(keys).retry(Retry::never())
}

/// A write that is not repeated.
async fn write(client: &Client, options: CallOptions) -> Error {
    client.restart_cluster("c1").with_options(options).send().await.unwrap_err()
}

/// The kinds of errors that there are, by what a caller sees of them.
fn kind(error: &Error) -> &'static str {
    match error {
        e if e.is_invalid_request() => "invalid request",
        e if e.is_no_credentials() => "no credentials",
        e if e.is_timeout() && e.is_connect() => "timeout while connecting",
        e if e.is_timeout() => "timeout",
        e if e.is_connect() => "connect",
        e if e.is_decode() => "decode",
        e if e.is_operation_failed() => "failed",
        e if e.is_no_match() => "no match",
        e if e.is_ambiguous() => "ambiguous",
        e if e.status().is_some_and(|status| status < 400) => "redirect",
        e if e.status().is_some() => "service",
        e if e.is_auth() => "credentials",
        e if e.is_configuration() => "configuration",
        e if e.is_accepted() => "poll",
        _ => "broken",
    }
}

fn check(what: &str, error: &Error, expected: &str, doubt: bool, requests: Option<u32>) {
    assert_eq!(kind(error), expected, "{what}: {error}");
    assert_eq!(error.may_have_taken_effect(), doubt, "{what}: {error}");
    assert_eq!(error.to_string().contains("may have taken effect"), doubt, "{what}: {error}");
    if let Some(requests) = requests {
        assert_eq!(error.requests_sent(), requests, "{what}: {error}");
    }
}

/// Gives an error in place of credentials.
#[derive(Debug)]
struct Broken(fn() -> Error);

impl ProvideCredentials<samsung::Credentials> for Broken {
    fn provide(&self) -> ProvideFuture<'_, samsung::Credentials> {
        let outcome: Result<ExpiringCredentials<_>, _> = Err((self.0)());
        Box::pin(std::future::ready(outcome))
    }
}

#[tokio::test]
async fn what_was_never_to_be_sent() {
    let client = builder("http://127.0.0.1:9").build().unwrap();
    let error = client.restart_cluster("").send().await.unwrap_err();
    check("a limit", &error, "invalid request", false, Some(0));
    for (provider, expected) in [
        (Broken(|| Error::credentials("half a pair")), "credentials"),
        (Broken(|| Error::no_credentials("nothing set")), "no credentials"),
    ] {
        let client = Client::builder().base_url("http://127.0.0.1:9").credentials_provider(provider);
        let error = write(&client.build().unwrap(), CallOptions::new()).await;
        check(expected, &error, expected, false, Some(0));
    }
    let clock = Runtime::fixed(i64::MAX, 1);
    let request = huawei::taurusdb_v3::models::ExpandInstanceVolumeRequest::new(500);
    let client = support::taurusdb_at("http://127.0.0.1:9", &clock);
    let error = client.expand_instance_volume("096c0fc43e804757b59946b80dc27f8bin07", request).send().await;
    check("a clock outside of all years", &error.unwrap_err(), "configuration", false, Some(0));
}

#[tokio::test]
async fn what_waited_for_a_connection() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let client = builder(&format!("http://{free}")).build().unwrap();
    check("nobody listens", &write(&client, CallOptions::new()).await, "connect", false, Some(1));
    let garbage = server(|_| Act::Garbage).await;
    let client = builder(&format!("https://{garbage}")).build().unwrap();
    check("no TLS", &write(&client, CallOptions::new()).await, "connect", false, Some(1));
    // A handshake that does not end: until then nothing has left, whichever time runs out.
    let silent = server(|_| Act::Silent).await;
    let client = builder(&format!("https://{silent}")).build().unwrap();
    for (options, expected) in [
        (CallOptions::new().attempt_timeout(SHORT), "timeout while connecting"),
        (CallOptions::new().timeout(SHORT), "timeout"),
    ] {
        check("no handshake", &write(&client, options).await, expected, false, Some(1));
    }
    // What never left is sent again, also if it must not happen twice.
    let retry = Retry::default().pauses(Duration::ZERO, Duration::ZERO);
    let options = CallOptions::new().attempt_timeout(SHORT).retry(retry);
    check("no handshake, again", &write(&client, options).await, "timeout while connecting", false, Some(3));
    let transport = dbplane::Transport::builder().connect_timeout(SHORT).build().unwrap();
    let client = builder(&format!("https://{silent}")).transport(transport).build().unwrap();
    check(
        "no handshake",
        &write(&client, CallOptions::new()).await,
        "timeout while connecting",
        false,
        Some(1),
    );
}

#[tokio::test]
async fn what_left_and_was_not_answered() {
    for (what, act, expected) in [
        ("the end", Act::HangUp, "broken"),
        ("a reset", Act::Reset, "broken"),
        ("a cut success", Act::Cut("200 OK"), "broken"),
        ("a cut failure", Act::Cut("500 Oh"), "broken"),
    ] {
        let client = builder(&format!("http://{}", server(move |_| act).await)).build().unwrap();
        check(what, &write(&client, CallOptions::new()).await, expected, true, Some(1));
    }
    let client = builder(&format!("http://{}", server(|_| Act::Hang).await)).build().unwrap();
    for options in [CallOptions::new().attempt_timeout(SHORT), CallOptions::new().timeout(SHORT)] {
        check("silence", &write(&client, options).await, "timeout", true, Some(1));
    }
}

#[tokio::test]
async fn what_was_answered() {
    const BODY: &str = r#"{"errors":[{"code":"X"}]}"#;
    for (act, expected, doubt) in [
        (Act::Say("400 Bad", "", BODY), "service", false),
        (Act::Say("401 No", "", BODY), "service", false),
        (Act::Say("403 No", "", BODY), "service", false),
        (Act::Say("404 None", "", BODY), "service", false),
        (Act::Say("407 Proxy", "", BODY), "service", false),
        (Act::Say("409 Busy", "", BODY), "service", false),
        (Act::Say("429 Slow", "", BODY), "service", false),
        (Act::Cut("409 Busy"), "broken", false),
        (Act::Say("503 Busy", "Retry-After: 7\r\n", BODY), "service", false),
        (Act::Say("302 Found", "Location: http://127.0.0.1:9/\r\n", ""), "redirect", false),
        (Act::Say("500 Oh", "", BODY), "service", true),
        (Act::Say("502 Oh", "", BODY), "service", true),
        (Act::Say("503 Busy", "", BODY), "service", true),
        (Act::Say("503 Busy", "Retry-After: soon\r\n", BODY), "service", true),
        (Act::Say("504 Late", "", BODY), "service", true),
        (Act::Say("202 Accepted", "", "<html>"), "decode", true),
    ] {
        let client = builder(&format!("http://{}", server(move |_| act).await)).build().unwrap();
        let what = match act {
            Act::Say(status, headers, _) => format!("{status} {headers}"),
            _ => "a cut refusal".to_owned(),
        };
        check(&what, &write(&client, CallOptions::new()).await, expected, doubt, Some(1));
    }
}

/// An earlier attempt stays in doubt, whatever becomes of the later ones.
#[tokio::test]
async fn what_was_sent_twice() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let first = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        serve(socket, &|_: &str| Act::Hang).await;
    });
    let client =
        builder(&url).retry(Retry::default().pauses(Duration::ZERO, Duration::ZERO)).build().unwrap();
    let options = CallOptions::new().attempt_timeout(SHORT);
    let call = tokio::spawn(client.delete_cluster("c1").with_options(options).send());
    // Nobody answers the second one: the first has left.
    let error = call.await.unwrap().unwrap_err();
    first.abort();
    assert!(error.may_have_taken_effect(), "{error}");
}

/// What only reads changes nothing, however it fails.
#[tokio::test]
async fn what_only_reads() {
    for (act, expected) in [
        (Act::HangUp, "broken"),
        (Act::Say("500 Oh", "", ""), "service"),
        (Act::Say("200 OK", "", "<html>"), "decode"),
    ] {
        let client = builder(&format!("http://{}", server(move |_| act).await)).build().unwrap();
        let error = client.list_server_types().send().await.unwrap_err();
        check("a read", &error, expected, false, Some(1));
    }
    for (name, expected) in [("b", "no match"), ("a", "ambiguous")] {
        let client = builder(&format!("http://{}", server(|_| Act::Say("200 OK", "", ROWS)).await)).build();
        let error = client.unwrap().find_cluster(name).await.unwrap_err();
        check("a search", &error, expected, false, None);
    }
}

/// Two clusters of one name.
const ROWS: &str = r#"{"contents":[
    {"account_id":"a","created_at":"2024-05-17T00:23:17Z","created_by":"u","database_name":null,"ha_enabled":false,
    "id":"1","instance_count":1,"modified_at":"2024-05-17T00:23:17Z","modified_by":"u","name":"a",
    "product_image_type":"MariaDB Community","role_type":"ORIGIN","service_state":"RUNNING"},
    {"account_id":"a","created_at":"2024-05-17T00:23:17Z","created_by":"u","database_name":null,"ha_enabled":false,
    "id":"2","instance_count":1,"modified_at":"2024-05-17T00:23:17Z","modified_by":"u","name":"a",
    "product_image_type":"MariaDB Community","role_type":"ORIGIN","service_state":"RUNNING"}],
    "count":2,"page":0,"size":20}"#;

/// What the service has accepted took effect, as far as anybody knows.
#[tokio::test]
async fn what_was_accepted() {
    const ACCEPTED: Act = Act::Say("202 Accepted", "", r#"{"request_id":"req-1","resource":{"id":"c1"}}"#);
    let polls = [
        ("failed", Act::Say("200 OK", "", r#"{"request_id":"req-1","state":"FAILED"}"#)),
        ("poll", Act::Say("403 No", "", "{}")),
        ("timeout", Act::Say("200 OK", "", r#"{"request_id":"req-1","state":"IN_PROGRESS"}"#)),
    ];
    let polls: HashMap<_, _> = polls.into_iter().collect();
    for (expected, poll) in polls {
        let acts = move |path: &str| if path.ends_with("/restart") { ACCEPTED } else { poll };
        let url = format!("http://{}", server(acts).await);
        let client = builder(&url).runtime(Runtime::fixed(1_768_465_800_000, 1)).build().unwrap();
        let wait = Wait::default().timeout(Duration::from_secs(60));
        let error = client.restart_cluster("c1").send_and_wait(&wait).await.unwrap_err();
        check(expected, &error, expected, true, None);
    }
}
