//! What the server sends for each fault.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::rules::{Fault, RETRY_AFTER};

/// An answer that every operation of the matrix takes for its own.
pub(crate) const GOOD: &str = r#"{"success":true,"contents":[],"clusters":[],"job_id":"j1",
    "request_id":"r1","resource":{"id":"c1"},"projects":[],"links":{"self":"x"},
    "token":{"expires_at":"2030-01-01T00:00:00Z","issued_at":"2026-01-01T00:00:00Z",
        "user":{"id":"u","name":"u","domain":{"id":"d","name":"d"}}}}"#;

pub(crate) const CHALLENGE: &str =
    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256\r\n";

pub(crate) const DENIED: &str =
    r#"{"success":false,"errorCode":"Illegal","errorMessage":"busy","requestId":"rid-1"}"#;

const LARGE: usize = 9 * 1024 * 1024;

/// Does to a request that was read what the fault says.
pub(crate) async fn act(socket: &mut TcpStream, fault: Fault) {
    match fault {
        // What happens before a request is read has happened by now.
        Fault::Refused | Fault::ResetBefore | Fault::HangUp => {}
        Fault::ResetAfter => socket.set_zero_linger().unwrap(),
        Fault::Timeout => until_hung_up(socket).await,
        Fault::SlowBody => trickle(socket).await,
        Fault::CutBody => {
            let _ = socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"success\":").await;
        }
        Fault::TruncatedJson => say(socket, "200 OK", "", &GOOD.as_bytes()[..GOOD.len() / 2]).await,
        Fault::Html => say(socket, "200 OK", "Content-Type: text/html\r\n", b"<html>hello</html>").await,
        Fault::Empty => say(socket, "200 OK", "", b"").await,
        Fault::SuccessFalse => say(socket, "200 OK", "", DENIED.as_bytes()).await,
        Fault::Redirect => say(socket, "302 Found", "Location: http://127.0.0.1:9/x\r\n", b"").await,
        Fault::GzipBomb => say(socket, "200 OK", "Content-Encoding: gzip\r\n", &bomb()).await,
        Fault::Large => flood(socket).await,
        Fault::Status(401) => say(socket, "401 No", &CHALLENGE.replace("n1", "n2"), b"{}").await,
        Fault::Status(status) => say(socket, &format!("{status} No"), "", b"{}").await,
        Fault::HeldBack(status) => {
            say(socket, &format!("{status} No"), &format!("Retry-After: {RETRY_AFTER}\r\n"), b"{}").await;
        }
    }
}

/// A whole answer. A client that has hung up already is no concern of the server.
pub(crate) async fn say(socket: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n");
    let _ = socket.write_all(&[head.as_bytes(), body].concat()).await;
    let _ = socket.shutdown().await;
}

async fn until_hung_up(socket: &mut TcpStream) {
    let mut rest = [0; 64];
    while matches!(socket.read(&mut rest).await, Ok(1..)) {}
}

/// Slowness is the fault here, so this takes real time; never is there a silence long enough to be noticed.
async fn trickle(socket: &mut TcpStream) {
    let mut beat = tokio::time::interval(Duration::from_millis(20));
    let mut next = socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{").await;
    while next.is_ok() {
        beat.tick().await;
        next = socket.write_all(b" ").await;
    }
}

async fn flood(socket: &mut TcpStream) {
    let chunk = vec![b' '; 1024 * 1024];
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {LARGE}\r\nConnection: close\r\n\r\n");
    let mut next = socket.write_all(head.as_bytes()).await;
    for _ in 0..LARGE / chunk.len() {
        if next.is_err() {
            return;
        }
        next = socket.write_all(&chunk).await;
    }
}

/// A gzip file of half a megabyte with 90 MB of zeros inside, more than any answer may have.
///
/// It is one block with fixed codes: a zero, then "the last byte again, 258 times" over and over.
pub(crate) fn bomb() -> Vec<u8> {
    const COPIES: usize = 350_000;
    let (mut bytes, mut bits, mut filled) = (vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff], 0_u32, 0);
    let mut put = |code: u32, width: u32| {
        bits |= code << filled;
        filled += width;
        while filled >= 8 {
            bytes.push(bits as u8);
            bits >>= 8;
            filled -= 8;
        }
    };
    put(0b011, 3); // the last block, fixed codes
    put(0b0000_1100, 8); // a zero; Huffman codes stand in reverse
    for _ in 0..COPIES {
        put(0b1010_0011, 8); // 258 bytes ...
        put(0, 5); // ... from one byte back
    }
    put(0, 7 + 7); // the end, and what fills the byte
    bytes.extend([0; 8]); // sum and length, which nobody gets to
    bytes
}
