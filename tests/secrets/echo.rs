//! A server that answers with the secrets of the request, in a dress that can be changed between calls.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Makes an answer of a request: a part of it, say, as a status line, headers and a body.
pub(crate) type Answer = Arc<dyn Fn(&Request) -> Vec<u8> + Send + Sync>;

/// A request as it came.
pub(crate) struct Request {
    text: String,
}

/// A running server.
pub(crate) struct Echo {
    pub(crate) url: String,
    answer: Arc<Mutex<Answer>>,
}

impl Echo {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let first: Answer = Arc::new(|_| Vec::new());
        let answer = Arc::new(Mutex::new(first));
        let current = Arc::clone(&answer);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let answer = Arc::clone(&current.lock().unwrap());
                tokio::spawn(serve(socket, answer));
            }
        });
        Self { url, answer }
    }

    /// Answers like this from now on.
    pub(crate) fn answers(&self, answer: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) {
        *self.answer.lock().unwrap() = Arc::new(answer);
    }
}

async fn serve(mut socket: TcpStream, answer: Answer) {
    let (mut seen, mut chunk) = (Vec::new(), [0; 8192]);
    while !crate::support::complete(&seen) {
        match socket.read(&mut chunk).await {
            Ok(n) if n > 0 => seen.extend_from_slice(&chunk[..n]),
            _ => return,
        }
    }
    let request = Request { text: String::from_utf8_lossy(&seen).into_owned() };
    // A client that has hung up already is part of some tests.
    _ = socket.write_all(&answer(&request)).await;
    _ = socket.shutdown().await;
}

/// How a server writes what it was sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// The secrets one after the other.
    Plain,
    /// The same, percent-encoded as addresses are.
    Percent,
    /// Every header and the body, as they came.
    Whole,
    /// The body alone, on one line.
    Body,
}

pub(crate) const FORMS: [Form; 4] = [Form::Plain, Form::Percent, Form::Whole, Form::Body];

/// Headers and properties that hold secrets.
const HEADERS: [&str; 6] = [
    "authorization",
    "proxy-authorization",
    "scp-accesskey",
    "scp-signature",
    "x-auth-token",
    "x-security-token",
];
const PROPERTIES: [&str; 3] = ["database_user_password", "password", "secret_key"];

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.text.split("\r\n\r\n").next()?.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    pub(crate) fn target(&self) -> &str {
        self.text.split(' ').nth(1).unwrap_or_default()
    }

    fn body(&self) -> &str {
        self.text.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }

    fn secrets(&self) -> Vec<String> {
        let headers = HEADERS.iter().filter_map(|name| self.header(name)).map(str::to_owned);
        let mut secrets: Vec<String> = headers.collect();
        collect(&serde_json::from_str(self.body()).unwrap_or_default(), &mut secrets);
        secrets
    }

    /// What a careless server puts into its errors.
    pub(crate) fn echo(&self, form: Form) -> String {
        let percent = |text: &String| crate::needles::unreserved(text);
        match form {
            Form::Plain => self.secrets().join(" and "),
            Form::Percent => self.secrets().iter().map(percent).collect::<Vec<_>>().join("&"),
            Form::Whole => self.text.clone(),
            Form::Body => self.body().to_owned(),
        }
    }
}

fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| match value {
            Value::String(text) if PROPERTIES.contains(&name.as_str()) => into.push(text.clone()),
            other => collect(other, into),
        }),
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        _ => {}
    }
}

/// An answer that is larger than the library reads.
pub(crate) fn endless(request: &Request) -> Vec<u8> {
    let mut answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    answer.extend_from_slice(request.echo(Form::Plain).as_bytes());
    answer.resize(65 * 1024 * 1024, b' ');
    answer
}
