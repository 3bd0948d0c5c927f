//! Signed requests of one vendor, over one connection. Signatures that stay good are made once.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::client::Connection;

/// Requests that only fetched a challenge.
pub(crate) static UNSIGNED: AtomicUsize = AtomicUsize::new(0);

pub(crate) struct Signed {
    connection: Connection,
    form: Form,
}

enum Form {
    /// The same bytes every time.
    Fixed(String),
    /// Every request has a count of its own.
    Digest { keys: Json, challenge: Option<(String, String)>, count: u32 },
}

const INSTANCES: &str = "/api/v2/instances?requestId=r1&pageNumber=1&pageSize=20";

impl Signed {
    /// The number says which service it is for.
    pub(crate) fn new(number: usize, services: &Json) -> Self {
        let of =
            |stem: &str| (Connection::to(&services[stem]["base_url"]), services[stem]["credentials"].clone());
        let now = now(services);
        match number % 4 {
            0 => {
                let (connection, keys) = of("samsung-mariadb-1.0");
                let head =
                    samsung("/v1/clusters?page=0&size=20&sort=created_at%3Adesc", &connection, &keys, now);
                Self { connection, form: Form::Fixed(head) }
            }
            1 => {
                let (connection, keys) = of("huawei-dbss-v2");
                let target = format!("/v2/{}/db-om/instances", text(&keys, "project_id"));
                let head = huawei("POST", &target, &connection, &keys, now);
                Self { connection, form: Form::Fixed(head) }
            }
            2 => {
                let (connection, keys) = of("huawei-iam-v3");
                let head = huawei("GET", "/v3/projects", &connection, &keys, now);
                Self { connection, form: Form::Fixed(head) }
            }
            _ => {
                let (connection, keys) = of("oceanbase-cloud-v2");
                Self { connection, form: Form::Digest { keys, challenge: None, count: 0 } }
            }
        }
    }

    /// Sends a request. The answer must be good.
    pub(crate) fn send(&mut self) {
        let Self { connection, form } = self;
        loop {
            let (head, body) = match form {
                Form::Fixed(head) => connection.send(head.as_bytes(), b""),
                Form::Digest { keys, challenge, count } => {
                    *count += 1;
                    connection.send(digest(keys, challenge.as_ref(), *count).as_bytes(), b"")
                }
            };
            if head.starts_with("HTTP/1.1 200") {
                return;
            }
            let challenged = head.starts_with("HTTP/1.1 401") && matches!(form, Form::Digest { .. });
            assert!(challenged, "{head}\n{}", String::from_utf8_lossy(&body));
            let field = |name: &str| Some(head.split(name).nth(1)?.split('"').nth(1)?.to_owned());
            if let Form::Digest { challenge, count, .. } = form {
                (*challenge, *count) = (field("realm=").zip(field("nonce=")), 0);
            }
            UNSIGNED.fetch_add(1, SeqCst);
        }
    }
}

fn text<'k>(keys: &'k Json, name: &str) -> &'k str {
    keys[name].as_str().unwrap()
}

fn hmac(key: &str, text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Where the clock of the cloud stands, in Unix milliseconds and as Huawei writes it.
fn now(services: &Json) -> (i64, String) {
    let mut control = Connection::to(&services["control"]["base_url"]);
    let (_, body) = control.send(b"GET /clock HTTP/1.1\r\n\r\n", b"");
    let clock: Json = serde_json::from_slice(&body).unwrap();
    let compact = clock["time"].as_str().unwrap().split('.').next().unwrap().replace(['-', ':'], "") + "Z";
    (clock["unix_millis"].as_i64().unwrap(), compact)
}

fn samsung(target: &str, connection: &Connection, keys: &Json, (millis, _): (i64, String)) -> String {
    let key = text(keys, "access_key");
    let signed = format!("GEThttp://{}{target}{millis}{key}Openapi", connection.host());
    let signature = STANDARD.encode(hmac(text(keys, "secret_key"), &signed));
    format!(
        "GET {target} HTTP/1.1\r\nscp-accesskey: {key}\r\nscp-signature: {signature}\r\nscp-timestamp: {millis}\r\n\
         scp-clienttype: Openapi\r\nscp-api-version: mariadb 1.0\r\n\r\n"
    )
}

fn huawei(
    method: &str,
    target: &str,
    connection: &Connection,
    keys: &Json,
    (_, date): (i64, String),
) -> String {
    let headers = format!("host:{}\nx-sdk-date:{date}\n", connection.host());
    let hash = hex::encode(Sha256::digest(b""));
    let canonical = format!("{method}\n{target}/\n\n{headers}\nhost;x-sdk-date\n{hash}");
    let signed = format!("SDK-HMAC-SHA256\n{date}\n{}", hex::encode(Sha256::digest(canonical)));
    let signature = hex::encode(hmac(text(keys, "secret_key"), &signed));
    format!(
        "{method} {target} HTTP/1.1\r\nx-sdk-date: {date}\r\ncontent-length: 0\r\nauthorization: SDK-HMAC-SHA256 \
         Access={}, SignedHeaders=host;x-sdk-date, Signature={signature}\r\n\r\n",
        text(keys, "access_key")
    )
}

/// An answer to a challenge with SHA-256, or nothing of that sort before there was one.
fn digest(keys: &Json, challenge: Option<&(String, String)>, count: u32) -> String {
    let mut head = format!("GET {INSTANCES} HTTP/1.1\r\nx-ob-project-id: {}\r\n", text(keys, "project_id"));
    if let Some((realm, nonce)) = challenge {
        let hash = |text: String| hex::encode(Sha256::digest(text));
        let (user, secret) = (text(keys, "access_key"), text(keys, "secret_key"));
        let (first, second) = (hash(format!("{user}:{realm}:{secret}")), hash(format!("GET:{INSTANCES}")));
        let response = hash(format!("{first}:{nonce}:{count:08x}:abcdef:auth:{second}"));
        head.push_str(&format!(
            "authorization: Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{INSTANCES}\", \
             algorithm=SHA-256, response=\"{response}\", qop=auth, nc={count:08x}, cnonce=\"abcdef\"\r\n"
        ));
    }
    head + "\r\n"
}
