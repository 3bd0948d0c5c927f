//! What a subscriber sees of a call that is repeated: spans with OpenTelemetry's names, and nothing secret.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]

mod support;

use std::io::Write;
use std::sync::{Arc, Mutex};

use dbplane::samsung::{Credentials, mariadb_1_0 as mariadb};
use dbplane::{Retry, Runtime};
use support::{answer, scripted};
use tracing_subscriber::fmt::format::FmtSpan;

/// Keeps what is written.
#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_repeated_call_is_one_span_with_two_attempts() {
    let page = Page::default();
    let writer = page.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let good = answer("200 OK", "X-Request-Id: r-42\r\n", r#"{"contents":[],"count":0,"page":0,"size":20}"#);
    let (url, _server) = scripted(vec![answer("503 Busy", "Retry-After: 7\r\n", "{}"), good]).await;
    let builder =
        mariadb::Client::builder().base_url(url).runtime(Runtime::fixed(0, 1)).retry(Retry::default());
    let client = builder.credentials(Credentials::access_key("the-key", "the-secret")).build().unwrap();
    client.list_clusters().name("private-name").send().await.unwrap();

    let text = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
    let closed: Vec<_> = text.lines().filter(|l| l.contains(" close ") && l.contains("dbplane")).collect();
    assert_eq!(closed.len(), 3, "two attempts and the call: {text}");
    for (line, parts) in closed.iter().zip([
        &["dbplane.attempt", "http.request.resend_count=0", "http.response.status_code=503"][..],
        &["dbplane.attempt", "http.request.resend_count=1", "http.response.status_code=200", "r-42"],
        &[
            "dbplane.call",
            "dbplane.operation=\"ListClusters\"",
            "http.request.method=\"GET\"",
            "url.template=\"/v1/clusters\"",
            "server.address=\"127.0.0.1\"",
            "http.request.resend_count=1",
            "http.response.status_code=200",
        ],
    ]) {
        assert!(parts.iter().all(|part| line.contains(part)), "{parts:?} in {line}");
    }
    assert!(text.contains("retrying after a pause dbplane.backoff_ms=7000"), "{text}");
    for hidden in ["the-key", "the-secret", "private-name", "Scp-Signature", "scp-signature"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
}
