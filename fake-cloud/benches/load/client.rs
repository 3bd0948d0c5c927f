//! A connection that stays open: one request, one answer. It does as little as it can, for it shares the cores.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value as Json;

pub(crate) struct Connection {
    stream: TcpStream,
    host: String,
    received: Vec<u8>,
}

impl Connection {
    pub(crate) fn to(base_url: &Json) -> Self {
        let host = base_url.as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
        let stream = TcpStream::connect(&host).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, host, received: Vec::new() }
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Sends a request, whose head gets the host, and returns head and body of the answer.
    pub(crate) fn send(&mut self, head: &[u8], body: &[u8]) -> (String, Vec<u8>) {
        let line = head.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let mut bytes = Vec::with_capacity(head.len() + body.len() + 64);
        bytes.extend_from_slice(&head[..line]);
        bytes.extend_from_slice(format!("host: {}\r\n", self.host).as_bytes());
        bytes.extend_from_slice(&head[line..]);
        bytes.extend_from_slice(body);
        self.stream.write_all(&bytes).unwrap();
        self.receive()
    }

    pub(crate) fn post(&mut self, path: &str, body: &Json) {
        let body = body.to_string();
        let head = format!(
            "POST {path} HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let (head, _) = self.send(head.as_bytes(), body.as_bytes());
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    }

    fn receive(&mut self) -> (String, Vec<u8>) {
        self.received.clear();
        let mut chunk = [0; 16 * 1024];
        loop {
            let end = self.received.windows(4).position(|window| window == b"\r\n\r\n");
            if let Some(end) = end {
                let head = String::from_utf8_lossy(&self.received[..end]).into_owned();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                let whole = end + 4 + length.map_or(0, |length| length.parse::<usize>().unwrap());
                if self.received.len() >= whole {
                    return (head, self.received[end + 4..whole].to_vec());
                }
            }
            let count = self.stream.read(&mut chunk).unwrap();
            assert!(count > 0, "the cloud hung up");
            self.received.extend_from_slice(&chunk[..count]);
        }
    }
}
