//! A keep-alive server that fails one request in twenty, in ten ways, answers one in a hundred in a hostile one, and
//! writes down which writes it has done.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::hostile::{self, Hostile};

/// Faults and hostile answers in a thousand requests.
const FAULTS: u64 = 50;
const HOSTILE: u64 = 10;

/// How many rows the list has, and how many there are on a page.
pub(crate) const ROWS: usize = 45;
pub(crate) const PAGE: usize = 20;

/// How far the time of a signature may be off, in milliseconds.
const TOLERANCE: u128 = 15 * 60 * 1000;

/// What the server knows.
#[derive(Default)]
pub(crate) struct Book {
    /// How often each write was done, by the number of its call.
    done: Mutex<HashMap<u32, u32>>,
    /// Draws of the random sequence.
    drawn: AtomicU32,
    /// The tokens and nonces of the hour; older ones are refused.
    token: AtomicU32,
    nonce: AtomicU32,
    requests: AtomicUsize,
    faults: AtomicUsize,
    hostile: AtomicUsize,
    /// Requests that were signed with a wrong time.
    mistimed: AtomicUsize,
    open: AtomicUsize,
    peak: AtomicUsize,
}

impl Book {
    pub(crate) fn done(&self, call: u32) -> u32 {
        self.done.lock().unwrap().get(&call).copied().unwrap_or(0)
    }

    /// Requests, faults among them, connections now and at most.
    pub(crate) fn figures(&self) -> [usize; 4] {
        [&self.requests, &self.faults, &self.open, &self.peak].map(|figure| figure.load(SeqCst))
    }

    /// Hostile answers, and requests that were signed with a wrong time.
    pub(crate) fn hostility(&self) -> [usize; 2] {
        [&self.hostile, &self.mistimed].map(|figure| figure.load(SeqCst))
    }

    /// A number below a thousand; the sequence follows from the seed.
    fn draw(&self, seed: u64) -> u64 {
        let mut z = (seed + u64::from(self.drawn.fetch_add(1, SeqCst))).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % 1000
    }
}

/// Counts a connection as long as it lives.
struct Guest(Arc<Book>);

impl Guest {
    fn new(book: &Arc<Book>) -> Self {
        let open = book.open.fetch_add(1, SeqCst) + 1;
        book.peak.fetch_max(open, SeqCst);
        Self(Arc::clone(book))
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, SeqCst);
    }
}

/// Starts the server.
pub(crate) async fn start(seed: u64) -> (String, Arc<Book>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let book = Arc::new(Book::default());
    let shared = Arc::clone(&book);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let guest = Guest::new(&shared);
            tokio::spawn(async move { attend(socket, &guest.0, seed).await });
        }
    });
    (url, book)
}

/// One connection, for as long as both sides want it.
async fn attend(mut socket: TcpStream, book: &Book, seed: u64) {
    let mut seen = Vec::new();
    while let Some(request) = request(&mut socket, &mut seen).await {
        book.requests.fetch_add(1, SeqCst);
        if let Some(refusal) = refusal(&request, book) {
            if socket.write_all(&refusal).await.is_err() {
                return;
            }
            continue;
        }
        let draw = book.draw(seed);
        if (FAULTS..FAULTS + HOSTILE).contains(&draw) {
            if !be_hostile(&mut socket, &request, book).await {
                return;
            }
            continue;
        }
        let fault = (draw < FAULTS).then_some(draw % 10);
        book.faults.fetch_add(usize::from(fault.is_some()), SeqCst);
        if !fault.is_some_and(comes_before) {
            carry_out(&request, book);
        }
        let good = match list(&request, None) {
            Some(page) => answer("200 OK", "", &page),
            None => answer("200 OK", "X-Subject-Token: t-TOKEN\r\n", GOOD),
        };
        let good = replaced(&good, "TOKEN", book.token.load(SeqCst));
        if !reply(&mut socket, fault, good, book).await {
            return;
        }
    }
}

/// Answers in a hostile way; says whether the connection goes on.
async fn be_hostile(socket: &mut TcpStream, request: &str, book: &Book) -> bool {
    let number = book.hostile.fetch_add(1, SeqCst) as u64;
    if let Some(page) = list(request, Some(number)) {
        return socket.write_all(&answer("200 OK", "", &page)).await.is_ok();
    }
    let is_iam = request.contains("/v3/auth/tokens");
    let header = |name: &str| {
        let value = request.split_once(&format!("\r\n{name}: "))?.1;
        Some(value.split_once("\r\n")?.0.to_owned())
    };
    let secret = if is_iam { Some(super::PASSWORD.to_owned()) } else { header("scp-signature") };
    let secret = secret.or_else(|| header("authorization")).unwrap_or_default();
    // A password that is refused is not sent again, and a token that never was is none.
    let case = if is_iam { 16 + number % 3 } else { number % hostile::CASES };
    let Hostile { bytes, carried_out, moves_on } = hostile::hostile(case, &secret, &http_date(3 * 3600));
    if carried_out {
        carry_out(request, book);
    }
    book.nonce.fetch_add(u32::from(moves_on), SeqCst);
    let bytes = String::from_utf8_lossy(&bytes).replace("t-TOKEN", &format!("t-{}", book.token.load(SeqCst)));
    socket.write_all(bytes.as_bytes()).await.is_ok()
}

/// A page of the list, if that is what was asked for. Each hostile one says something else about the whole.
fn list(request: &str, hostile: Option<u64>) -> Option<String> {
    let query = request.split(' ').nth(1)?.split_once("/backup-histories?")?.1;
    let page: usize = query.split('&').find_map(|pair| pair.strip_prefix("page="))?.parse().ok()?;
    let row = |number: usize| {
        format!(
            r#"{{"backup_history_number":"{number}","backup_start_at":"","backup_end_at":"","backup_size_gb":1.5,
            "backup_state":"Success","software_version":"10.11"}}"#
        )
    };
    let (first, mut rows) = ((page - 1) * PAGE, PAGE);
    let total = match hostile.map(|number| number % 5) {
        None => ROWS.to_string(),
        Some(0) => "-1".to_owned(),
        Some(1) => "3".to_owned(),
        Some(2) => "1000".to_owned(),
        Some(3) => format!("\"{ROWS}\""),
        Some(_) => {
            rows = 0; // an empty page in the middle
            ROWS.to_string()
        }
    };
    let rows: Vec<_> = (first..ROWS.min(first + rows)).map(row).collect();
    Some(format!("{{\"contents\":[{}],\"total_count\":{total}}}", rows.join(",")))
}

/// Milliseconds since 1970.
#[allow(clippy::disallowed_methods)] // the server has a clock of its own
fn now() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis()
}

/// So many seconds from now, as a header has it.
fn http_date(ahead: u128) -> String {
    let seconds = i64::try_from(now() / 1000 + ahead).unwrap();
    jiff::Timestamp::from_second(seconds).unwrap().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Whether nothing was done when the fault happens.
fn comes_before(fault: u64) -> bool {
    matches!(fault, 0 | 1)
}

/// Answers well or badly; says whether the connection goes on.
async fn reply(socket: &mut TcpStream, fault: Option<u64>, good: Vec<u8>, book: &Book) -> bool {
    let bytes = match fault {
        None => good,
        Some(0) => answer("429 Slow", "", "{}"),
        Some(1) => answer("503 Busy", "Retry-After: 0\r\n", "{}"),
        Some(2) => answer("500 Oh", "", "{}"),
        Some(3) => return false,
        Some(4) => {
            let _ = socket.set_zero_linger();
            return false;
        }
        Some(5) => {
            let mut rest = [0; 64];
            while matches!(socket.read(&mut rest).await, Ok(1..)) {}
            return false;
        }
        Some(6) => answer("200 OK", "", "<html>"),
        // Cut short within the body.
        Some(7) => {
            let _ = socket.write_all(&good[..good.len() - 9]).await;
            return false;
        }
        // Answered well, and gone without having said so: the next request may be on its way already.
        Some(8) => {
            let _ = socket.write_all(&good).await;
            return false;
        }
        // Seldom, for one such answer fails many calls.
        Some(9) if book.drawn.load(SeqCst).is_multiple_of(5) => {
            book.token.fetch_add(1, SeqCst);
            book.nonce.fetch_add(1, SeqCst);
            good
        }
        Some(_) => answer("502 Oh", "", "<html>"),
    };
    socket.write_all(&bytes).await.is_ok()
}

/// Refuses what has no credentials of the hour. Of Samsung's signatures the time is looked at.
fn refusal(request: &str, book: &Book) -> Option<Vec<u8>> {
    let has = |part: String| request.to_lowercase().contains(&part);
    let signed =
        request.split_once("scp-timestamp: ").and_then(|(_, rest)| rest.split("\r\n").next()?.parse().ok());
    if signed.is_some_and(|signed: u128| signed.abs_diff(now()) > TOLERANCE) {
        book.mistimed.fetch_add(1, SeqCst);
        return Some(answer("401 Unauthorized", &format!("Date: {}\r\n", http_date(0)), "{}"));
    }
    let (token, nonce) = (book.token.load(SeqCst), book.nonce.load(SeqCst));
    if request.contains("/db-om/instances") && !has(format!("\r\nx-auth-token: t-{token}\r\n")) {
        return Some(answer("401 Unauthorized", "", "{}"));
    }
    if request.contains("/privatelink/connection") && !has(format!("nonce=\"n-{nonce}\"")) {
        let header = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n-NONCE\", stale=true, qop=\"auth\"\r\n";
        return Some(replaced(&answer("401 Unauthorized", header, "{}"), "NONCE", nonce));
    }
    None
}

/// Writes a write down. The number of the call stands between `call-` and the next slash.
fn carry_out(request: &str, book: &Book) {
    let number = request.split_once("/call-").and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
    if let Some(number) = number {
        *book.done.lock().unwrap().entry(number).or_insert(0) += 1;
    }
}

pub(crate) const GOOD: &str = r#"{"success":true,"contents":[],"clusters":[],"request_id":"r1","resource":{"id":"c1"},
    "token":{"expires_at":"2099-01-01T00:00:00Z","issued_at":"2026-01-01T00:00:00Z",
    "user":{"id":"u","name":"u","domain":{"id":"d","name":"d"}}}}"#;

pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len()).into_bytes()
}

fn replaced(bytes: &[u8], name: &str, number: u32) -> Vec<u8> {
    String::from_utf8_lossy(bytes).replace(name, &number.to_string()).into_bytes()
}

/// The next request; what follows it stays in `seen`.
async fn request(socket: &mut TcpStream, seen: &mut Vec<u8>) -> Option<String> {
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(seen);
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let head_lower = head.to_lowercase();
            let length =
                head_lower.lines().find_map(|l| l.strip_prefix("content-length:")?.trim().parse().ok());
            let whole = head.len() + 4 + length.unwrap_or(0);
            if seen.len() >= whole {
                let request = String::from_utf8_lossy(&seen[..whole]).into_owned();
                seen.drain(..whole);
                return Some(request);
            }
        }
        let n = socket.read(&mut chunk).await.ok().filter(|n| *n > 0)?;
        seen.extend_from_slice(&chunk[..n]);
    }
}
