//! A server that answers, hangs or dribbles as a test says, and remembers what it was asked.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a request.
pub(crate) enum Act {
    Say(Vec<u8>),
    /// Never answers.
    Hang,
    /// So many bytes of white space, one every 10 ms, then the end of the body.
    Dribble(usize, &'static str),
    /// A body without end.
    Flood,
}

/// The server.
pub(crate) struct Stage {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<String>>>,
    flooded: Arc<AtomicUsize>,
}

impl Stage {
    /// `reply` is told the request and how many there were before.
    pub(crate) async fn new(reply: impl Fn(&str, usize) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (seen, flooded) = (Arc::new(Mutex::new(Vec::new())), Arc::default());
        let stage = Self { url, seen: Arc::clone(&seen), flooded: Arc::clone(&flooded) };
        let reply = Arc::new(reply);
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let (reply, seen, flooded) = (Arc::clone(&reply), Arc::clone(&seen), Arc::clone(&flooded));
                tokio::spawn(async move {
                    let Some(request) = request(&mut socket).await else { return };
                    let number = {
                        let mut seen = seen.lock().unwrap();
                        seen.push(request.clone());
                        seen.len() - 1
                    };
                    act(&mut socket, reply(&request, number), &flooded).await;
                });
            }
        });
        stage
    }

    /// How many requests there were.
    pub(crate) fn requests(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// How many of them were for this path, or had this in their heads.
    pub(crate) fn requests_with(&self, part: &str) -> usize {
        self.seen.lock().unwrap().iter().filter(|request| request.contains(part)).count()
    }

    /// Bytes of flood that the client let through.
    pub(crate) fn flooded(&self) -> usize {
        self.flooded.load(Ordering::SeqCst)
    }
}

async fn act(socket: &mut TcpStream, act: Act, flooded: &AtomicUsize) {
    match act {
        Act::Say(answer) => drop(socket.write_all(&answer).await),
        Act::Hang => {
            let mut rest = [0; 64];
            while matches!(socket.read(&mut rest).await, Ok(1..)) {}
        }
        Act::Dribble(count, body) => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", count + body.len());
            let mut beat = tokio::time::interval(Duration::from_millis(10));
            let mut next = socket.write_all(head.as_bytes()).await;
            for _ in 0..count {
                if next.is_err() {
                    return;
                }
                beat.tick().await;
                next = socket.write_all(b" ").await;
            }
            let _ = socket.write_all(body.as_bytes()).await;
        }
        Act::Flood => {
            let chunk = [format!("{:x}\r\n", 1 << 20).as_bytes(), &vec![b' '; 1 << 20], b"\r\n"].concat();
            let mut next = socket.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await;
            while next.is_ok() {
                next = socket.write_all(&chunk).await;
                flooded.fetch_add(usize::from(next.is_ok()) << 20, Ordering::SeqCst);
            }
        }
    }
    let _ = socket.shutdown().await;
}

async fn request(socket: &mut TcpStream) -> Option<String> {
    let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let n = socket.read(&mut chunk).await.ok().filter(|n| *n > 0)?;
        seen.extend_from_slice(&chunk[..n]);
        if super::support::complete(&seen) {
            return Some(String::from_utf8_lossy(&seen).into_owned());
        }
    }
}
