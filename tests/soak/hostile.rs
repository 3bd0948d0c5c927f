//! What odd services and the machines before them send: one response in a hundred, each of which is the case of a fault
//! that was met somewhere.

use super::server::{GOOD, answer};

/// A response in place of a good one.
pub(crate) struct Hostile {
    pub(crate) bytes: Vec<u8>,
    /// Whether the request was carried out before.
    pub(crate) carried_out: bool,
    /// Whether the service has moved on to another nonce and another token meanwhile.
    pub(crate) moves_on: bool,
}

/// How many there are.
pub(crate) const CASES: u64 = 20;

/// The time of nobody: for what may not move a clock.
const WRONG_DATES: [&str; 3] = [
    "Date: Fri, 15 Jan 2044 08:30:00 GMT\r\n",
    "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
    "Date: Saturday, 01-Jan-00 00:00:00 GMT\r\n",
];

/// One of the cases, to a request that carried `secret`. `later` is the time three hours from now, as a header has it.
pub(crate) fn hostile(case: u64, secret: &str, later: &str) -> Hostile {
    let date = WRONG_DATES[case as usize % WRONG_DATES.len()];
    let later = format!("Date: {later}\r\n");
    let stale =
        "WWW-Authenticate: Digest realm=\"r\", nonce=\"of-another-node\", stale=true, qop=\"auth\"\r\n";
    let refused = |status: &str, headers: &str, body: &str| Hostile {
        bytes: answer(status, headers, body),
        carried_out: false,
        moves_on: false,
    };
    let done = |bytes: Vec<u8>| Hostile { bytes, carried_out: true, moves_on: false };
    match case {
        // Clocks.
        0 => refused("401 Unauthorized", &format!("{date}{stale}"), "{}"),
        1 => refused("401 Unauthorized", &format!("{later}{stale}"), "{}"),
        2 => refused("407 Proxy Authentication Required", date, "{}"),
        3 => refused("502 Bad Gateway", &later, "<html><title>502</title>"),
        4 => refused("302 Found", &format!("{date}Location: https://login.example/?next=x\r\n"), ""),
        5 => done(answer("200 OK", &format!("{date}X-Subject-Token: t-TOKEN\r\n"), GOOD)),
        // Hints.
        6 => refused("429 Slow", "Retry-After: Sunday, 06-Nov-94 08:49:37 GMT\r\n", "{}"),
        7 => refused("503 Busy", "Retry-After: 0.5\r\n", "{}"),
        8 => refused("503 Busy", "Retry-After: soon\r\n", "{}"),
        9 => refused("408 Request Timeout", "", ""),
        // Bodies.
        10 => done(with_token(&format!("\u{feff}{GOOD}"))),
        11 => done(with_token(&GOOD.replace("\"r1\"", "\"r\\ud83d\n\0\""))),
        12 => done(answer("200 OK", "", "")),
        13 => done(answer("200 OK", "Content-Encoding: gzip\r\n", "\u{1f}\u{8b} no JSON")),
        14 => done(answer("200 OK", "", &format!("{GOOD}{GOOD}"))),
        15 => done(answer("200 OK", "", &"[".repeat(100_000))),
        // Secrets, and texts that are not fit for a line.
        16 => refused("400 Bad Request", "", &spelled(secret)),
        17 => refused(
            "400 Bad Request",
            &format!("X-Request-Id: {}\r\n", "i".repeat(20_000)),
            &format!("{{\"code\":\"C\",\"message\":\"a\u{202e}b\\nc\u{200b}{}\"}}", "m".repeat(50_000)),
        ),
        18 => refused("400 Bad Request", "", &format!("{{\"details\":[{}0]}}", "{\"\":0},".repeat(20_000))),
        // Nodes.
        _ => Hostile { moves_on: true, ..refused("401 Unauthorized", stale, "{}") },
    }
}

fn with_token(body: &str) -> Vec<u8> {
    answer("200 OK", "X-Subject-Token: t-TOKEN\r\n", body)
}

/// An error that repeats a secret in the ways that services write texts.
fn spelled(secret: &str) -> String {
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let json = serde_json::to_string(secret).unwrap();
    let unicode: String = secret.chars().map(|c| format!("\\u{:04X}", c as u32)).collect();
    let percent: String = secret.bytes().map(|b| format!("%{b:02x}")).collect();
    format!(
        "{{\"code\":\"BadPassword\",\"message\":{json},\"details\":[\"{html}\",\"{unicode}\",\"{percent}\"]}}"
    )
}
