//! No secret is ever shown: not by `tracing` or `log`, not by an error, not by `Debug`, not by a panic.
//!
//! Everything is heard at trace level, whoever says it, while the tour is walked, every kind of error is made
//! to happen with servers that echo what they were sent, and every type that holds a secret is printed. Then
//! all of it is searched for the secrets in every form. What is not heard: hyper itself, which traces only in
//! builds with `--cfg hyper_unstable_tracing`, and the body of an error, which is raw on request.

#![cfg(all(
    feature = "rustls",
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test")]

#[path = "secrets/capture.rs"]
mod capture;
#[path = "secrets/echo.rs"]
mod echo;
#[path = "secrets/given.rs"]
mod given;
#[path = "secrets/needles.rs"]
mod needles;
#[path = "secrets/shapes.rs"]
mod shapes;
#[path = "secrets/show.rs"]
mod show;
mod support;
#[path = "../examples/tour/mod.rs"]
#[allow(dead_code, reason = "only its calls are wanted")]
mod tour;
#[path = "secrets/walks.rs"]
mod walks;

use std::collections::BTreeMap;
use std::time::Duration;

use capture::{Channel, Line, heard, listen, print};
use dbplane_fake_cloud::FakeCloud;
use needles::Needles;

/// Everything that was heard with a secret in it.
fn leaks(needles: &Needles, lines: &[Line]) -> Vec<String> {
    let found = lines.iter().filter_map(|line| {
        let name = needles.find(&line.text)?;
        Some(format!("{name}: {:?} {}: {}", line.channel, line.from, line.text))
    });
    found.collect()
}

async fn needles(cloud: &FakeCloud) -> Needles {
    let mut needles = Needles::default();
    given::all().iter().for_each(|(name, secret)| needles.add(name, secret));
    // Long enough to be cut off at the end.
    needles.add("the start of the given token", &given::given_token()[..40]);
    for (name, sign) in [("AK/SK", "Signature="), ("AK/SK", "Signature%3D"), ("Digest", "response=\"")] {
        needles.add_plain(&format!("a signature of {name}"), sign);
    }
    // Those of the tour.
    needles.add("the tour's database password", "example-Passw0rd");
    needles.add("the tour's object storage key", "secretkey");
    for service in cloud.services() {
        let keys = service.credentials();
        needles.add("the cloud's secret key", &keys.secret_key);
        keys.password.iter().for_each(|password| needles.add("the cloud's password", password));
    }
    let tokens = cloud.tokens();
    assert!(tokens.len() >= 2, "the tour fetches a token, and so does DBSS");
    tokens.iter().for_each(|token| needles.add("a token of the cloud", token));
    for (key, secret) in walks::digest_pairs(cloud) {
        for realm in ["OceanBase Cloud Open API", walks::REALM] {
            walks::ha1(&key, realm, &secret).iter().for_each(|hash| needles.add("HA1", hash));
        }
    }
    needles
}

#[tokio::test]
async fn nothing_that_is_shown_has_a_secret_in_it() {
    listen();
    let cloud = FakeCloud::builder().pace(Duration::ZERO).start().await.unwrap();
    walks::tour(&cloud).await;
    walks::types(&cloud).await;
    walks::refused(&cloud).await;
    walks::places().await;
    walks::broken().await;
    walks::proxies().await;
    let echoes = walks::echoes().await;
    let needles = needles(&cloud).await;
    let echoed = |(_, body): &&(_, Vec<u8>)| needles.find(&String::from_utf8_lossy(body)).is_some();
    let mut calls = BTreeMap::new();
    echoes.iter().filter(echoed).for_each(|(name, _)| *calls.entry(*name).or_insert(0) += 1);
    let from = |channel, module: &str| {
        heard(|lines| lines.iter().filter(|l| l.channel == channel && l.from.starts_with(module)).count())
    };
    let reqwest = from(Channel::Log, "reqwest");
    let hyper = from(Channel::Tracing, "hyper_util");
    let rustls = from(Channel::Log, "rustls");
    let own = from(Channel::Tracing, "dbplane");
    let (printed, panics, errors) = (from(Channel::Print, ""), from(Channel::Panic, ""), show::errors());
    println!("heard: reqwest {reqwest}, hyper-util {hyper}, rustls {rustls}, dbplane {own}");
    println!(
        "shown: printed {printed}, panics {panics}, errors {errors}; raw bodies with secrets: {calls:?}"
    );
    assert!(reqwest > 1_000 && hyper > 1_000 && rustls > 10 && own > 1_000, "someone is not heard");
    assert!(errors > 1_000 && panics > 10, "only {errors} errors and {panics} panics came about");
    // Digest sends no secret, only a proof.
    let enough = calls.iter().filter(|(name, count)| **name != "Digest" && **count > 40).count();
    assert_eq!(enough, 7, "too few echoes: {calls:?}");
    let leaks = heard(|lines| leaks(&needles, lines));
    assert!(leaks.is_empty(), "{} leaks, the first of them:\n{}", leaks.len(), some(&leaks));
}

/// One of each kind, cut to a readable size.
fn some(leaks: &[String]) -> String {
    let kind = |leak: &String| leak.split_once(": ").map_or(String::new(), |(name, _)| name.to_owned());
    let kinds: BTreeMap<_, _> = leaks.iter().rev().map(|leak| (kind(leak), leak)).collect();
    kinds.values().map(|leak| leak.chars().take(600).collect::<String>()).collect::<Vec<_>>().join("\n---\n")
}

/// A leak that is made on purpose is found, whatever the channel and the form.
#[test]
fn a_canary_is_found() {
    listen();
    let canary = "canary\"bird\" é 100%";
    let mut needles = Needles::default();
    needles.add("canary", canary);
    tracing::trace!(secret = canary, "field");
    tracing::trace!(secret = ?canary, "field, escaped");
    tracing::trace!("message {canary}");
    let _span = tracing::trace_span!("span", secret = canary).entered();
    log::trace!("record {canary}");
    print(format_args!("printed {canary}"));
    capture::panics(|| panic!("{canary:?}"));
    let found = heard(|lines| leaks(&needles, lines));
    let by = |channel: &str| found.iter().filter(|leak| leak.contains(&format!(": {channel} "))).count();
    let counts = ["Tracing", "Log", "Print", "Panic"].map(by);
    assert_eq!(counts, [4, 1, 1, 1], "{found:#?}");

    let base64 = |text: String| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, text);
    let hidden = [
        format!("{:?}", canary.as_bytes()),
        hex::encode(format!("x{canary}x")),
        base64(format!("user:{canary}")),
        base64(format!("me:{canary}, and more")),
        base64(format!("{canary}!")),
        "?q=canary%22bird%22%20%C3%A9%20100%25&x=y".to_owned(),
        serde_json::json!({ "text": canary }).to_string(),
    ];
    for text in hidden {
        assert!(needles.find(&text).is_some(), "{text}");
    }
    assert_eq!(needles.find("canary bird"), None);
}
