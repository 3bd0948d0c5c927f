//! What a call costs beside the same call by hand: reqwest, serde and a signature of a few lines.
//!
//! ```text
//! cargo bench --bench call
//! benches/instructions.sh
//! ```
//!
//! A server in a process of its own answers from memory. Calls by hand and calls of the library take turns, so that what
//! else the machine does meets both. Each row of the table has the median of a call by hand, that of the library, and the
//! ratio. A single call includes the time of the server and of waking up for its response; with 64 tasks at a time these
//! are filled with other calls, so that the ratio of calls per second is near that of processor time. `instructions.sh` counts instructions under callgrind, which are the same on a busy machine.

#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "nothing here can fail but the machine")]

mod by_hand;
mod library;
mod measure;
mod server;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// How a request is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// A token in a header, nothing signed.
    Token,
    Samsung,
    Huawei,
    Digest,
}

impl Scheme {
    const ALL: [Self; 4] = [Self::Token, Self::Samsung, Self::Huawei, Self::Digest];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Token => "unsigned, token",
            Self::Samsung => "Samsung HMAC",
            Self::Huawei => "Huawei AK/SK",
            Self::Digest => "Digest",
        }
    }

    fn of(word: &str) -> Self {
        let number: usize = word.parse().unwrap();
        Self::ALL[number]
    }
}

/// One way to make a call.
pub(crate) enum Caller {
    ByHand(by_hand::Client),
    Library(library::Client),
}

impl Caller {
    fn new(library: bool, scheme: Scheme, base: &str) -> Self {
        if library {
            Self::Library(library::Client::new(scheme, base))
        } else {
            Self::ByHand(by_hand::Client::new(scheme, base))
        }
    }

    /// Makes the call; the number of rows, or an error.
    pub(crate) async fn call(&self) -> Result<usize, String> {
        match self {
            Self::ByHand(client) => client.call().await,
            Self::Library(client) => client.call().await,
        }
    }
}

/// The server, which ends with this process.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start() -> Self {
        let program = std::env::current_exe().unwrap();
        let mut child = Command::new(program).arg("server").stdout(Stdio::piped()).spawn().unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { child, url: url.trim().to_owned() }
    }

    /// The address where a body is served.
    fn at(&self, scheme: Scheme, body: &str) -> String {
        format!("{}/{}/{body}", self.url, scheme as usize)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["server"] => server::run(),
        ["calls", who, scheme, body, count] => {
            let server = Server::start();
            let scheme = Scheme::of(scheme);
            measure::calls(
                &Caller::new(who == "library", scheme, &server.at(scheme, body)),
                count.parse().unwrap(),
            );
        }
        ["memory", who, base] => measure::memory(&Caller::new(who == "library", Scheme::Token, base)),
        _ => table(),
    }
}

fn table() {
    let server = Server::start();
    println!("{:<18} {:>6} {:>12} {:>12} {:>6}", "call", "rows", "by hand", "library", "ratio");
    for scheme in Scheme::ALL {
        for rows in [1, 20, 100, 1000] {
            let base = server.at(scheme, &rows.to_string());
            let callers = [false, true].map(|library| Caller::new(library, scheme, &base));
            let [hand, library] = measure::medians(&callers, rows);
            let ratio = library / hand;
            println!("{:<18} {rows:>6} {hand:>9.1} µs {library:>9.1} µs {ratio:>6.2}", scheme.name());
        }
    }
    concurrent(&server.at(Scheme::Samsung, "20"));
    for (name, body) in
        [("peak, fields", "known"), ("peak, hostile", "hostile"), ("peak, unknown", "unknown")]
    {
        let base = server.at(Scheme::Token, body);
        let [hand, library] = ["by-hand", "library"].map(|who| measure::peak(who, &base));
        println!("{name:<18} {:>6} {hand:>7.2} times {library:>7.2} times", "8 MiB");
    }
    for body in ["known", "hostile", "text", "escapes", "deep", "codes", "unknown", "error"] {
        let base = server.at(Scheme::Token, body);
        let [hand, library] =
            [false, true].map(|library| measure::milliseconds(&Caller::new(library, Scheme::Token, &base)));
        println!("{:<18} {:>6} {hand:>9.1} ms {library:>9.1} ms", format!("time, {body}"), "8 MiB");
    }
    println!("peak is memory over the size of the body, its own bytes included; unknown fields are skipped");
}

/// Many calls at a time: how many end per second, and the time of processors that each takes in this process.
fn concurrent(base: &str) {
    let callers = [false, true].map(|library| Caller::new(library, Scheme::Samsung, base));
    let [hand, library] = measure::concurrent(callers);
    let ratio = library.per_second / hand.per_second;
    let [a, b] = [hand.per_second, library.per_second];
    println!("{:<18} {:>6} {a:>8.0} c/s {b:>8.0} c/s {ratio:>6.2}", "64 tasks, Samsung", 20);
    let ratio = library.processor / hand.processor;
    let [a, b] = [hand.processor, library.processor];
    println!("{:<18} {:>6} {a:>9.1} µs {b:>9.1} µs {ratio:>6.2}", "processor time", 20);
}
