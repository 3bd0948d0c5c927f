//! Fetching from a server that behaves as sites do: validators, redirects, large and slow responses.

#![allow(clippy::unwrap_used)] // tests

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::{Fetch, Outcome, allowed, name, pages};

/// A server on the loopback interface; its requests, with their headers, come out of the receiver.
fn server() -> (String, Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    let origin = address.clone();
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let request: Vec<String> =
                lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let path = request.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
            let known = request.iter().any(|line| line == "If-None-Match: \"v1\"");
            let since = request.iter().any(|line| line == "If-Modified-Since: Mon, 01 Sep 2025 00:00:00 GMT");
            if path == "/endless" {
                // A body without a length, longer than any page.
                _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                let part = vec![b'x'; 1 << 20];
                while stream.write_all(&part).is_ok() {}
                continue;
            }
            if path == "/slow" {
                // The head is begun and never ends; whoever waits gives up.
                _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
                held.push(stream);
                continue;
            }
            let reply = match path.as_str() {
                "/page" if known => "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n".to_owned() + "\r\n",
                "/page" => "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 4\r\n\r\npage".to_owned(),
                "/dated" if since => "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n".to_owned(),
                "/dated" => {
                    let date = "Last-Modified: Mon, 01 Sep 2025 00:00:00 GMT";
                    format!("HTTP/1.1 200 OK\r\n{date}\r\nContent-Length: 5\r\n\r\ndated")
                }
                "/moved" => "HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n".to_owned(),
                "/away" => {
                    "HTTP/1.1 302 Found\r\nLocation: https://example.com/x\r\nContent-Length: 0\r\n\r\n"
                        .to_owned()
                }
                "/plain" => {
                    "HTTP/1.1 302 Found\r\nLocation: http://example.com/x\r\nContent-Length: 0\r\n\r\n"
                        .to_owned()
                }
                "/loop" => {
                    format!("HTTP/1.1 302 Found\r\nLocation: {origin}/loop\r\nContent-Length: 0\r\n\r\n")
                }
                "/large" => "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nx".to_owned(),
                _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
            };
            let head = reply.replacen("\r\n", "\r\nConnection: close\r\n", 1);
            _ = stream.write_all(head.as_bytes());
            _ = sender.send(request);
        }
    });
    (address, receiver)
}

#[test]
fn pages_are_fetched_with_care() {
    let (mirror, requests) = server();
    let folder = crate::docs::tests::folder("fetch");
    let longest = Duration::from_secs(20);
    let fetch = Fetch { folder: folder.clone(), pause: Duration::ZERO, longest, mirror: Some(mirror) };
    let get = |path: &str| fetch.get(&format!("https://docs.example.com{path}"));

    let (file, outcome) = get("/page");
    assert_eq!(outcome, Outcome::New);
    assert_eq!(std::fs::read(&file).unwrap(), b"page");
    let request = requests.recv().unwrap();
    assert!(request.iter().any(|line| line.starts_with("User-Agent: dbplane-docs/")), "{request:?}");
    assert_eq!(get("/page").1, Outcome::Same, "asked with its validator");
    assert_eq!(get("/dated").1, Outcome::New);
    assert_eq!(get("/dated").1, Outcome::Same, "asked with its date");
    assert_eq!(get("/moved").1, Outcome::New, "a redirect within the host");

    for (path, said) in [
        ("/away", "another host, https://example.com/x"),
        ("/plain", "no https address"),
        ("/loop", "more than 5 times"),
        ("/large", "Maximum file size exceeded"),
        ("/endless", "more than 16777216 bytes"),
        ("/gone", "status 404"),
    ] {
        let (file, outcome) = get(path);
        assert!(matches!(&outcome, Outcome::Failed(why) if why.contains(said)), "{path}: {outcome:?}");
        assert!(!file.exists(), "{path}");
    }
    let hasty = Fetch { longest: Duration::from_millis(200), ..fetch.clone() };
    let (file, outcome) = hasty.get("https://docs.example.com/slow");
    assert!(matches!(&outcome, Outcome::Failed(why) if why.contains("timed out")), "{outcome:?}");
    assert!(!file.exists());
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|f| !f.to_string_lossy().ends_with(".part")), "{left:?}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn only_https_is_asked_and_only_pages_are() {
    for (url, is) in [
        ("https://a.example/x", true),
        ("http://127.0.0.1:80/x", true),
        ("http://localhost/x", true),
        ("http://a.example/x", false),
        ("http://127.0.0.1.a.example/x", false),
        ("https://user@a.example/x", false),
        ("file:///etc/hosts", false),
    ] {
        assert_eq!(allowed(url), is, "{url}");
    }
    let found =
        pages(["https://a.example/x#1", "https://a.example/x#2", "https://github.com/a/b"].into_iter());
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["https://a.example/x"]);
    assert_eq!(name("https://a.example/b/c?d=../e.html"), "a.example_b_c_d_.._e.html");
}
