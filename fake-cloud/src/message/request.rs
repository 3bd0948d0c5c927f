//! A request as it was received, without any decoding.
//!
//! Problem: signatures cover the bytes that were sent. All code gets the raw target and decodes values where they are
//! needed.

use bytes::Bytes;
use hyper::{HeaderMap, Version};
use percent_encoding::percent_decode_str;

use crate::message::refusal::Refusal;

/// One request with its body.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// The time of receipt, by the clock of the service, in Unix milliseconds.
    pub(crate) at: i64,
    pub(crate) method: String,
    /// The request target of the request line.
    pub(crate) target: String,
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Why the body is missing.
    pub(crate) unread: Option<Unread>,
}

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is longer than the limit.
    TooLarge,
    /// It is incomplete, or its framing is not valid HTTP.
    Broken,
}

impl Request {
    /// A request with only a method and a target.
    #[cfg(test)]
    pub(crate) fn bare(method: &str, target: &str) -> Self {
        Self {
            at: 0,
            method: method.to_owned(),
            target: target.to_owned(),
            version: Version::HTTP_11,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            unread: None,
        }
    }

    /// The path, encoded. A target that is a whole URL has one too.
    pub(crate) fn path(&self) -> &str {
        let path = self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path);
        match path.split_once("://") {
            Some((_, rest)) if !path.starts_with('/') => {
                rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
            }
            _ => path,
        }
    }

    /// The query, encoded; empty if there is none.
    pub(crate) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The one value of a header.
    ///
    /// # Errors The header is sent twice or contains other characters than visible ASCII.
    pub(crate) fn header(&self, name: &str) -> Result<Option<&str>, String> {
        let mut values = self.headers.get_all(name).iter();
        let Some(first) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(format!("the header {name} is sent more than once"));
        }
        let text = first.to_str().map_err(|_| format!("the header {name} is not plain ASCII text"))?;
        Ok(Some(text.trim()))
    }

    /// Names and decoded values of the query, in the order sent.
    ///
    /// # Errors A name or value is not UTF-8 after decoding.
    pub(crate) fn query_pairs(&self) -> Result<Vec<(String, String)>, Refusal> {
        let parts = self.query().split('&').filter(|part| !part.is_empty());
        parts
            .map(|part| {
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                Ok((decode(&name.replace('+', " "))?, decode(&value.replace('+', " "))?))
            })
            .collect()
    }
}

/// Decodes percent-encoded text.
///
/// # Errors A `%` is not followed by two hexadecimal digits, or the bytes are not UTF-8.
pub(crate) fn decode(text: &str) -> Result<String, Refusal> {
    let broken = || Refusal::invalid(format!("`{text}` is not percent-encoded UTF-8"));
    let whole = text.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit))
    });
    if !whole {
        return Err(broken());
    }
    percent_decode_str(text).decode_utf8().map(|t| t.into_owned()).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(target: &str) -> Request {
        Request::bare("GET", target)
    }

    #[test]
    fn query_values_decode() {
        let pairs = request("/a?x=a+b%2Bc&y&z=%E4%B8%AD").query_pairs().unwrap();
        let expected = [("x", "a b+c"), ("y", ""), ("z", "\u{4e2d}")];
        assert_eq!(pairs, expected.map(|(n, v)| (n.to_owned(), v.to_owned())));
    }

    #[test]
    fn broken_encodings_are_refused() {
        for text in ["%", "%4", "%zz", "%ff", "a%\u{e9}1"] {
            assert!(decode(text).is_err(), "{text}");
        }
    }

    #[test]
    fn doubled_headers_are_refused() {
        let mut doubled = request("/");
        doubled.headers.append("x-a", "1".parse().unwrap());
        assert_eq!(doubled.header("X-A"), Ok(Some("1")));
        doubled.headers.append("x-a", "1".parse().unwrap());
        assert!(doubled.header("X-A").is_err());
    }
}
