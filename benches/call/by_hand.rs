//! Calls by hand: what a program does that needs these calls and no library for them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::Scheme;
use super::library::{INSTANCE, PROXY};
use super::measure::unix_millis;

const PROJECT: &str = "0123456789abcdef0123456789abcdef";

pub(crate) struct Client {
    http: reqwest::Client,
    scheme: Scheme,
    url: String,
    /// Realm and nonce of the last challenge, and how often it was used.
    challenge: Mutex<Option<(String, String)>>,
    count: AtomicU32,
}

#[derive(Deserialize)]
struct Clusters {
    contents: Vec<Cluster>,
    #[allow(dead_code)]
    count: i64,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Cluster {
    account_id: String,
    created_at: String,
    created_by: String,
    database_name: Option<String>,
    ha_enabled: bool,
    id: String,
    instance_count: i64,
    modified_at: String,
    modified_by: String,
    name: String,
    role_type: Option<String>,
    service_state: String,
}

#[derive(Deserialize)]
struct Configurations {
    configurations: Vec<Configuration>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Configuration {
    name: Option<String>,
    data_type: Option<String>,
    elem_type: Option<String>,
    value_range: Option<String>,
    value: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct Envelope {
    success: bool,
    data: Databases,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Databases {
    data_list: Vec<Database>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Database {
    tenant_id: Option<String>,
    database_name: Option<String>,
    status: Option<String>,
    encoding: Option<String>,
    collation: Option<String>,
    db_type: Option<String>,
    description: Option<String>,
    gmt_create: Option<String>,
    required_size: Option<f64>,
    users: Vec<User>,
    tables: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct User {
    user_name: Option<String>,
    role: Option<String>,
}

impl Client {
    pub(crate) fn new(scheme: Scheme, base: &str) -> Self {
        let path = match scheme {
            Scheme::Token | Scheme::Huawei => format!("/v3/{PROJECT}/instances/{INSTANCE}/proxy/{PROXY}/configurations?limit=100"),
            Scheme::Samsung => "/v1/clusters?size=100".to_owned(),
            Scheme::Digest => {
                "/api/v2/instances/i1/tenants/t1/databases?requestId=8b9f9c1e-0b1d-4a52-a6a1-9f6f6e4fbb4f&pageSize=100".to_owned()
            }
        };
        _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::new();
        Self {
            http,
            scheme,
            url: base.to_owned() + &path,
            challenge: Mutex::new(None),
            count: AtomicU32::new(0),
        }
    }

    pub(crate) async fn call(&self) -> Result<usize, String> {
        let request = self.http.get(&self.url).header("accept", "application/json");
        let request = match self.scheme {
            Scheme::Token => request.header("x-auth-token", "token").header("x-language", "en-us"),
            Scheme::Samsung => self.samsung(request),
            Scheme::Huawei => self.huawei(request),
            Scheme::Digest => self.digest(request),
        };
        let again = (self.scheme == Scheme::Digest).then(|| request.try_clone()).flatten();
        let mut response = request.send().await.map_err(|e| e.to_string())?;
        if response.status() == 401 && self.scheme == Scheme::Digest {
            self.learn(response.headers()["www-authenticate"].to_str().unwrap());
            response = self.digest(again.unwrap()).send().await.map_err(|e| e.to_string())?;
        }
        if !response.status().is_success() {
            return Err(response.status().to_string());
        }
        let body = response.bytes().await.map_err(|e| e.to_string())?;
        match self.scheme {
            Scheme::Token | Scheme::Huawei => read(&body, |page: Configurations| page.configurations.len()),
            Scheme::Samsung => read(&body, |page: Clusters| page.contents.len()),
            Scheme::Digest => read(&body, |envelope: Envelope| {
                assert!(envelope.success);
                envelope.data.data_list.len()
            }),
        }
    }

    fn samsung(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let time = unix_millis().to_string();
        let signed = ["GET", &self.url, &time, "key", "Openapi"].concat();
        let signature = base64::engine::general_purpose::STANDARD.encode(mac("secret", &signed));
        request
            .header("scp-accesskey", "key")
            .header("scp-signature", signature)
            .header("scp-timestamp", time)
            .header("scp-clienttype", "Openapi")
            .header("scp-api-version", "mariadb 1.3")
            .header("accept-language", "en-US")
    }

    fn huawei(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let time = jiff::Timestamp::from_millisecond(unix_millis()).unwrap();
        let date = time.strftime("%Y%m%dT%H%M%SZ").to_string();
        let (host, target) = self.url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let (path, query) = target.split_once('?').unwrap();
        let body = hex::encode(Sha256::digest(b""));
        let names = "host;x-project-id;x-sdk-date";
        let headers = format!("host:{host}\nx-project-id:{PROJECT}\nx-sdk-date:{date}\n");
        let canonical = format!("GET\n/{path}/\n{query}\n{headers}\n{names}\n{body}");
        let text = format!("SDK-HMAC-SHA256\n{date}\n{}", hex::encode(Sha256::digest(canonical)));
        let signature = hex::encode(mac("secret", &text));
        let value = format!("SDK-HMAC-SHA256 Access=key, SignedHeaders={names}, Signature={signature}");
        request
            .header("x-project-id", PROJECT)
            .header("x-sdk-date", date)
            .header("x-language", "en-us")
            .header("authorization", value)
    }

    fn digest(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let request = request.header("x-ob-project-id", "p1");
        let challenge = self.challenge.lock().unwrap();
        let Some((realm, nonce)) = &*challenge else { return request };
        let count = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let target = self.url.splitn(4, '/').last().unwrap();
        let hash = |text: String| hex::encode(Sha256::digest(text));
        let (first, second) = (hash(format!("key:{realm}:secret")), hash(format!("GET:/{target}")));
        let cnonce = format!("{:016x}", unix_millis());
        let answer = hash(format!("{first}:{nonce}:{count:08x}:{cnonce}:auth:{second}"));
        let value = format!(
            "Digest username=\"key\", realm=\"{realm}\", uri=\"/{target}\", algorithm=SHA-256, nonce=\"{nonce}\", \
             nc={count:08x}, cnonce=\"{cnonce}\", qop=auth, response=\"{answer}\""
        );
        request.header("authorization", value)
    }

    fn learn(&self, challenge: &str) {
        let part = |name: &str| {
            let from = challenge.split_once(&format!("{name}=\"")).unwrap().1;
            from.split('"').next().unwrap().to_owned()
        };
        *self.challenge.lock().unwrap() = Some((part("realm"), part("nonce")));
        self.count.store(0, Ordering::Relaxed);
    }
}

fn read<'b, T: Deserialize<'b>>(body: &'b [u8], rows: impl FnOnce(T) -> usize) -> Result<usize, String> {
    serde_json::from_slice(body).map(rows).map_err(|e| e.to_string())
}

fn mac(secret: &str, text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
