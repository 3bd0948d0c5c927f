//! Gets the pages that specs name as their sources.
//!
//! Vendors' sites are other people's: one request at a time with a pause after it, conditional requests for what is there
//! already, limits of size and time, a user agent that says who asks. Only https is spoken, and a redirect is
//! followed within its host only. curl does the transfer; a mirror on the loopback interface takes the sites' place in
//! tests.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use dbplane_codegen::regular_file;

use crate::files;

/// The largest page, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// The largest head of a response, in bytes.
const HEAD_BYTES: usize = 1024 * 1024;
/// The most redirects of one page.
const REDIRECTS: usize = 5;
/// How long one transfer may take.
pub(super) const LONGEST: Duration = Duration::from_secs(60);
/// Who asks.
const AGENT: &str =
    concat!("dbplane-docs/", env!("CARGO_PKG_VERSION"), " (maintainers' check of API reference pages)");

/// How pages are fetched.
#[derive(Debug, Clone)]
pub(crate) struct Fetch {
    /// Where they are kept.
    pub(super) folder: PathBuf,
    /// The pause after each request.
    pub(super) pause: Duration,
    /// How long one transfer may take.
    pub(super) longest: Duration,
    /// A server on the loopback interface that takes the place of every site, `http://127.0.0.1:8000`.
    pub(super) mirror: Option<String>,
}

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// There is a new text.
    New,
    /// The page is the same as before.
    Same,
    /// It was not fetched, and why.
    Failed(String),
}

/// The addresses of pages among sources: each once, without fragments. Source code on GitHub is not a page.
pub(super) fn pages<'s>(sources: impl Iterator<Item = &'s str>) -> BTreeSet<String> {
    let plain = |url: &'s str| url.split('#').next().unwrap_or_default().to_owned();
    sources.map(plain).filter(|url| host(url).is_some_and(|host| host != "github.com")).collect()
}

impl Fetch {
    /// Gets a page; returns the file that it is kept in.
    pub(super) fn get(&self, url: &str) -> (PathBuf, Outcome) {
        let file = self.folder.join(name(url));
        let outcome = self.try_get(url, &file).unwrap_or_else(|error| Outcome::Failed(error.to_string()));
        self.pause();
        (file, outcome)
    }

    fn try_get(&self, url: &str, file: &Path) -> io::Result<Outcome> {
        fs::create_dir_all(&self.folder)?;
        let mut address = self.mirrored(url)?;
        let first = host(&address).unwrap_or_default().to_owned();
        for _ in 0..=REDIRECTS {
            let reply = self.request(&address, file)?;
            match reply.status {
                200 => {
                    let validators = [("etag", &reply.etag), ("last-modified", &reply.modified)];
                    let lines =
                        validators.iter().filter_map(|(k, v)| Some(format!("{k}: {}\n", v.as_ref()?)));
                    files::write(file, &reply.body)?;
                    files::write(&validators_of(file), lines.collect::<String>().as_bytes())?;
                    return Ok(Outcome::New);
                }
                304 if file.is_file() => return Ok(Outcome::Same),
                301 | 302 | 303 | 307 | 308 => {
                    let Some(next) = reply.redirect.filter(|next| allowed(next)) else {
                        return Ok(Outcome::Failed(format!("{address} redirects to no https address")));
                    };
                    if host(&next) != Some(&first) {
                        return Ok(Outcome::Failed(format!("{address} redirects to another host, {next}")));
                    }
                    address = next;
                    self.pause();
                }
                status => return Ok(Outcome::Failed(format!("{address} returned status {status}"))),
            }
        }
        Ok(Outcome::Failed(format!("{url} redirects more than {REDIRECTS} times")))
    }

    /// A program that runs for a maintainer may sleep; nothing waits for it.
    #[allow(clippy::disallowed_methods, reason = "the pause between requests is the purpose")]
    fn pause(&self) {
        std::thread::sleep(self.pause);
    }

    /// The address to ask.
    fn mirrored(&self, url: &str) -> io::Result<String> {
        let path = url.splitn(4, '/').nth(3).unwrap_or_default();
        let address = match &self.mirror {
            Some(mirror) => format!("{}/{path}", mirror.trim_end_matches('/')),
            None => url.to_owned(),
        };
        if allowed(&address) {
            Ok(address)
        } else {
            Err(io::Error::other(format!("{address} is not an https address")))
        }
    }

    fn request(&self, address: &str, file: &Path) -> io::Result<Reply> {
        let head = file.with_extension("head");
        let mut curl = Command::new("curl");
        curl.args([
            "--silent",
            "--show-error",
            "--compressed",
            "--max-time",
            &self.longest.as_secs_f64().to_string(),
            "--connect-timeout",
            "20",
        ]);
        curl.args([
            "--max-filesize",
            &MAX_BYTES.to_string(),
            "--proto",
            "=http,https",
            "--user-agent",
            AGENT,
        ]);
        curl.args(["--noproxy", if self.mirror.is_some() { "*" } else { "" }]);
        if let Ok(validators) = files::text(&validators_of(file)).and_then(|v| fs::metadata(file).map(|_| v))
        {
            for line in validators.lines() {
                match line.split_once(": ") {
                    Some(("etag", value)) => curl.args(["--header", &format!("If-None-Match: {value}")]),
                    Some(("last-modified", value)) => {
                        curl.args(["--header", &format!("If-Modified-Since: {value}")])
                    }
                    _ => continue,
                };
            }
        }
        curl.arg("--dump-header").arg(&head).args(["--write-out", "%{stderr}@%{http_code} %{redirect_url}"]);
        let output = limited(curl.args(["--", address]));
        let taken = regular_file::bytes(&head, HEAD_BYTES).unwrap_or_default();
        _ = fs::remove_file(&head);
        let (body, said) = output.map_err(|error| io::Error::other(format!("{address}: {error}")))?;
        let (_, written) = said.split_once('@').unwrap_or_default();
        let (status, redirect) = written.split_once(' ').unwrap_or((written, ""));
        let header = |name: &str| header(&String::from_utf8_lossy(&taken), name);
        let status = status.parse().unwrap_or(0);
        Ok(Reply {
            status,
            redirect: (!redirect.is_empty()).then(|| redirect.to_owned()),
            etag: header("etag"),
            modified: header("last-modified"),
            body: if status == 200 { body } else { Vec::new() },
        })
    }
}

/// Runs curl; returns the body, and what is written beside it. A body that is too large ends the transfer: curl itself
/// can tell only where the server says how long it is.
fn limited(curl: &mut Command) -> io::Result<(Vec<u8>, String)> {
    let run = curl.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = run.map_err(|error| io::Error::other(format!("curl cannot be run: {error}")))?;
    let mut body = Vec::new();
    if let Some(out) = child.stdout.take() {
        out.take(MAX_BYTES + 1).read_to_end(&mut body)?;
    }
    let large = u64::try_from(body.len()).is_ok_and(|length| length > MAX_BYTES);
    if large {
        _ = child.kill();
    }
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match said.lines().find(|line| line.starts_with("curl:")) {
        _ if large => Err(io::Error::other(format!("it has more than {MAX_BYTES} bytes"))),
        Some(problem) => Err(io::Error::other(problem.split('@').next().unwrap_or_default().to_owned())),
        None if !output.status.success() => Err(io::Error::other(said)),
        None => Ok((body, said)),
    }
}

struct Reply {
    status: u16,
    redirect: Option<String>,
    etag: Option<String>,
    modified: Option<String>,
    body: Vec<u8>,
}

/// Whether an address may be asked: over https, or on the loopback interface.
pub(super) fn allowed(url: &str) -> bool {
    let loopback = || {
        let host = host(url).unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        matches!(name, "127.0.0.1" | "localhost" | "[::1]")
    };
    url.starts_with("https://") && !url.contains('@') || url.starts_with("http://") && loopback()
}

/// The host of an address, with its port.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

/// A file name that tells the address.
fn name(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/');
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '_' };
    let name: String = bare.trim_end_matches(".html").chars().map(plain).collect();
    name + ".html"
}

fn validators_of(file: &Path) -> PathBuf {
    file.with_extension("validators")
}

/// The value of a header in the last of some heads.
fn header(head: &str, name: &str) -> Option<String> {
    let mut values = head.lines().filter_map(|line| line.split_once(':'));
    let found = values.rfind(|(key, _)| key.trim().eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests;
