//! Signing, written for these tests from the recipes.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use dbplane_fake_cloud::{FakeCloud, ServiceHandle};
use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use sha2::{Digest, Sha256};

use crate::wire::{Call, NOW, NOW_COMPACT, Reply, host};

fn hmac(key: &str, text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Samsung's headers, all of them.
pub(crate) fn scp(service: &ServiceHandle, call: Call) -> Call {
    scp_at(service, call, NOW)
}

pub(crate) fn scp_at(service: &ServiceHandle, call: Call, moment: i64) -> Call {
    let known = service.credentials();
    let url = format!("{}{}", service.base_url(), call.target);
    let text = format!("{}{url}{moment}{}Openapi", call.method, known.access_key);
    let signature = STANDARD.encode(hmac(&known.secret_key, &text));
    call.header("scp-accesskey", &known.access_key)
        .header("scp-signature", &signature)
        .header("scp-timestamp", &moment.to_string())
        .header("scp-clienttype", "Openapi")
        .header("scp-api-version", "mariadb 1.0")
}

/// Huawei's signature over host and date.
pub(crate) fn sdk(service: &ServiceHandle, call: Call) -> Call {
    sdk_at(service, call, NOW_COMPACT)
}

pub(crate) fn sdk_at(service: &ServiceHandle, call: Call, date: &str) -> Call {
    let known = service.credentials();
    let (path, query) = call.target.split_once('?').unwrap_or((&call.target, ""));
    let hash = hex::encode(Sha256::digest(&call.body));
    let headers = format!("host:{}\nx-sdk-date:{date}\n", host(service));
    let canonical = format!("{}\n{path}/\n{query}\n{headers}\nhost;x-sdk-date\n{hash}", call.method);
    let text = format!("SDK-HMAC-SHA256\n{date}\n{}", hex::encode(Sha256::digest(canonical)));
    let signature = hex::encode(hmac(&known.secret_key, &text));
    let access = &known.access_key;
    call.header("x-sdk-date", date).header(
        "authorization",
        &format!("SDK-HMAC-SHA256 Access={access}, SignedHeaders=host;x-sdk-date, Signature={signature}"),
    )
}

/// A challenge of OceanBase.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    pub(crate) algorithm: String,
    pub(crate) nonce: String,
    pub(crate) realm: String,
    pub(crate) stale: bool,
}

pub(crate) fn challenges(reply: &Reply) -> Vec<Challenge> {
    let values = reply.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap());
    values
        .map(|value| {
            let fields = value.strip_prefix("Digest ").unwrap().split(", ");
            let field = |name: &str| {
                let mut pairs = fields.clone().filter_map(|field| field.split_once('='));
                pairs.find(|(n, _)| *n == name).map_or("", |(_, text)| text.trim_matches('"')).to_owned()
            };
            assert_eq!(field("qop"), "auth");
            Challenge {
                algorithm: field("algorithm"),
                nonce: field("nonce"),
                realm: field("realm"),
                stale: field("stale") == "true",
            }
        })
        .collect()
}

/// The answer to a challenge.
pub(crate) fn digest(cloud: &FakeCloud, call: Call, challenge: &Challenge, count: u32) -> Call {
    let known = cloud.service("oceanbase-cloud-v2").unwrap().credentials();
    let hash = |text: String| match challenge.algorithm.as_str() {
        "MD5" => hex::encode(Md5::digest(text)),
        "SHA-256" => hex::encode(Sha256::digest(text)),
        other => panic!("{other}"),
    };
    let Challenge { algorithm, nonce, realm, .. } = challenge;
    let (user, target) = (&known.access_key, &call.target);
    let first = hash(format!("{user}:{realm}:{}", known.secret_key));
    let second = hash(format!("{}:{target}", call.method));
    let response = hash(format!("{first}:{nonce}:{count:08x}:abcdef:auth:{second}"));
    let header = format!(
        "Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{target}\", \
         algorithm={algorithm}, response=\"{response}\", qop=auth, nc={count:08x}, cnonce=\"abcdef\""
    );
    call.header("authorization", &header)
}
