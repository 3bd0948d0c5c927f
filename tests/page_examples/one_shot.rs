//! A server on the loopback interface that takes one request, answers it and tells its body.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use serde_json::Value;

/// A server that waits for its one request.
pub(crate) struct OneShot {
    base_url: String,
    body: JoinHandle<Value>,
}

impl OneShot {
    /// Opens a free port; the request is answered with 200 and this JSON.
    pub(crate) fn start(answer: &Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let answer = answer.to_string();
        let body = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let body = read(&mut BufReader::new(&stream));
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
            write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{answer}", answer.len()).unwrap();
            body
        });
        Self { base_url, body }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The body that was received.
    pub(crate) fn body(self) -> Value {
        self.body.join().unwrap()
    }
}

fn read(stream: &mut impl BufRead) -> Value {
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        if line.trim_end().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    serde_json::from_slice(&body).unwrap()
}
