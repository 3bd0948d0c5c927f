//! What a call looks like from outside: `cargo run --example tracing`.
//!
//! Any `tracing` subscriber will do. Spans come at level debug: one per call, one per attempt, with
//! OpenTelemetry's names for HTTP; a pause before a repeat is an event. Headers, query values and bodies are
//! never recorded. The call here is held back once, so that a repeat can be seen.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use dbplane::Retry;
use dbplane::samsung::{Credentials, mariadb_1_0 as mariadb};
use tracing_subscriber::fmt::format::FmtSpan;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE) // prints a span when it ends, with what it recorded
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();

    let client = mariadb::Client::builder()
        .base_url(held_back_once()?)
        .credentials(Credentials::access_key("key", "secret"))
        .retry(Retry::default().pauses(Duration::from_millis(50), Duration::from_millis(50)))
        .build()?;
    let request = client.show_request("req-1").send().await?;
    eprintln!("the request is {} after {} attempts", request.state, request.requests_sent());
    Ok(())
}

/// A service on loopback that answers 503 first and then well.
fn held_back_once() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        let body = r#"{"request_id":"req-1","state":"COMPLETED"}"#;
        for (status, more, body) in
            [("503 Busy", "Retry-After: 0\r\n", "{}"), ("200 OK", "X-Request-Id: 42\r\n", body)]
        {
            let (mut socket, _) = listener.accept()?;
            // A GET fits into one read; what it says does not matter here.
            let _ = socket.read(&mut [0; 4096])?;
            let length = body.len();
            write!(
                socket,
                "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{more}\r\n{body}"
            )?;
        }
        std::io::Result::Ok(())
    });
    Ok(url)
}
