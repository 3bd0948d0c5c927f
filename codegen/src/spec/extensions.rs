//! Reading the extensions of operations.

use super::walker::Walker;
use super::{Codes, DateOf, Deprecation, Envelope, Paging, ResponseHeader, See, Source, Wrapper};
use crate::names::field_name;
use crate::yaml::{Entry, Node};

const DROP: &str = "drop the line: a GET needs none";

impl<'d> Walker<'d> {
    /// What the Rust names of `name` are made of: `x-rust-name`, or the name itself.
    pub(super) fn rust_name(&mut self, node: &'d Node, what: &str, name: &str) -> String {
        let Some(given) = self.optional_text(node, what, "x-rust-name") else { return name.to_owned() };
        let line = node.get("x-rust-name").map_or(node.line, |n| n.line);
        let snake = regex_lite::Regex::new("^[a-z][a-z0-9]*(_[a-z0-9]+)*$").is_ok_and(|r| r.is_match(&given));
        if !snake || field_name(&given) != given {
            let message = format!("the Rust name `{given}` of {what} is no name in snake case, or a keyword");
            self.report("rust-name", line, message, "write words in lower case with `_` between them");
        } else if field_name(name) == given {
            let message = format!("the Rust name `{given}` of {what} is the one that it has without it");
            self.report("rust-name", line, message, "drop `x-rust-name`");
        }
        given
    }

    /// Whether the vendor advises against the use of something, and what to use instead.
    pub(super) fn deprecation(&mut self, node: &'d Node, what: &str) -> Option<Deprecation> {
        let deprecated = self.flag(node, what, "deprecated");
        let replaced_by = self.optional_text(node, what, "x-replaced-by");
        if let Some(named) = node.get("x-replaced-by").filter(|_| !deprecated) {
            let message = format!("{what} is replaced by something, but not deprecated");
            self.report("replaced-by-unknown", named.line, message, "add `deprecated: true`");
        }
        deprecated.then_some(Deprecation { replaced_by })
    }

    pub(super) fn idempotent(&mut self, node: &'d Node, what: &str, method: &str) -> bool {
        let said = node.get("x-idempotent");
        if said.is_none() && method != "get" {
            let message = format!("{what} does not say whether it may be repeated");
            self.report("idempotent-missing", node.line, message, "add `x-idempotent: true` or `false`");
        }
        let idempotent = self.flag(node, what, "x-idempotent");
        if said.and_then(Node::bool) == Some(false) && method == "get" {
            let message = format!("{what} is a GET, which may always be repeated");
            self.report("read-only-contradiction", said.map_or(node.line, |n| n.line), message, DROP);
        }
        idempotent || method == "get"
    }

    /// Whether the call changes nothing. What only reads may be repeated, and a GET only reads.
    pub(super) fn reads(&mut self, node: &'d Node, what: &str, method: &str) -> bool {
        let reads = self.flag(node, what, "x-read-only");
        let Some(said) = node.get("x-read-only") else { return method == "get" };
        if method == "get" && said.bool() == Some(false) {
            let message = format!("{what} is a GET, which only reads");
            self.report("read-only-contradiction", said.line, message, DROP);
        }
        let repeat = node.get("x-idempotent").and_then(Node::bool);
        if reads && method != "get" && repeat == Some(false) {
            let message = format!("{what} only reads, but may not be repeated");
            let remedy = "write `x-idempotent: true`, or drop `x-read-only`";
            self.report("read-only-contradiction", said.line, message, remedy);
        }
        reads || method == "get"
    }

    /// Whether the call is never retried. That is for what must not happen twice.
    pub(super) fn single_attempt(&mut self, node: &'d Node, what: &str, method: &str) -> bool {
        let single = self.flag(node, what, "x-single-attempt");
        let repeatable = method == "get" || node.get("x-idempotent").and_then(Node::bool) == Some(true);
        if let Some(said) = node.get("x-single-attempt").filter(|_| single && repeatable) {
            let message = format!("{what} may be repeated, and yet is to be sent only once");
            let remedy = "drop `x-single-attempt`, or write `x-idempotent: false`";
            self.report("single-attempt-contradiction", said.line, message, remedy);
        }
        single
    }

    pub(super) fn source(&mut self, node: &'d Node, what: &str) -> Source {
        let Some(source) = node.get("x-source") else {
            let message = format!("{what} does not say where its facts come from");
            self.report("source-missing", node.line, message, "add `x-source:` with url and date");
            return Source::default();
        };
        self.known_keys(source, "x-source", &["url", "date", "date-of"]);
        let url = self.text(source, "x-source", "url");
        let date = self.text(source, "x-source", "date");
        let shape = regex_lite::Regex::new(r"^\d{4}-\d{2}-\d{2}$").is_ok_and(|r| r.is_match(&date));
        // The address stands in a link of the docs as it is.
        let address = regex_lite::Regex::new(r"^https://[^\s<>()]+$").is_ok_and(|r| r.is_match(&url));
        if !date.is_empty() && !shape || !url.is_empty() && !address {
            let message = format!("the source of {what} is not a https address and a date");
            self.report(
                "source-incomplete",
                source.line,
                message,
                "write `url: https://...` and `date: \"YYYY-MM-DD\"`",
            );
        }
        Source { url, date, date_of: self.date_of(source) }
    }

    fn date_of(&mut self, source: &'d Node) -> DateOf {
        match self.optional_text(source, "x-source", "date-of").as_deref() {
            None | Some("page") => DateOf::Page,
            Some("version") => DateOf::Version,
            Some("reading") => DateOf::Reading,
            Some(_) => {
                let remedy = "write page, version or reading";
                self.report("extension-value", source.line, "date-of is not known", remedy);
                DateOf::Page
            }
        }
    }

    pub(super) fn paging(&mut self, node: &'d Node, what: &str) -> Option<Paging> {
        let paging = node.get("x-paging")?;
        let keys = ["style", "number", "size", "first", "items", "total", "more", "marker"];
        self.known_keys(paging, "x-paging", &keys);
        let style = self.text(paging, "x-paging", "style");
        if !["page", "offset", "marker"].contains(&style.as_str()) {
            let message = format!("{what} has the paging style `{style}`");
            self.report("extension-value", paging.line, message, "write page, offset or marker");
        }
        let marker = self.optional_text(paging, "x-paging", "marker");
        if marker.is_some() != (style == "marker") {
            let message = format!("{what} has the paging style `{style}` and the marker {marker:?}");
            let remedy = "name the row's property in `marker` with the style marker, and with no other";
            self.report("extension-value", paging.line, message, remedy);
        }
        Some(Paging {
            style,
            number: self.text(paging, "x-paging", "number"),
            size: self.text(paging, "x-paging", "size"),
            first: self.int(paging, "x-paging", "first").unwrap_or(0),
            items: self.text(paging, "x-paging", "items"),
            total: self.optional_text(paging, "x-paging", "total"),
            more: self.optional_text(paging, "x-paging", "more"),
            marker,
        })
    }

    /// Of the document, or of an operation.
    pub(super) fn envelope(&mut self, node: &'d Node) -> Option<Envelope> {
        let envelope = node.get("x-envelope")?;
        let keys = ["success", "success-values", "code", "message", "request-id", "wrapper", "data"];
        self.known_keys(envelope, "x-envelope", &keys);
        let values = self.items(envelope, "x-envelope", "success-values");
        if let Some(other) = values.iter().find(|v| v.text().is_none()) {
            let message = "a value that means success is not text";
            self.report("text-expected", other.line, message, "quote it; it is compared as text");
        }
        Some(Envelope {
            success: self.text(envelope, "x-envelope", "success"),
            success_values: values.iter().filter_map(Node::text).map(str::to_owned).collect(),
            code: self.optional_text(envelope, "x-envelope", "code"),
            message: self.optional_text(envelope, "x-envelope", "message"),
            request_id: self.optional_text(envelope, "x-envelope", "request-id"),
            wrapper: self.wrapper(envelope),
        })
    }

    fn wrapper(&mut self, envelope: &'d Node) -> Option<Wrapper> {
        let wrapper = envelope.get("wrapper")?;
        let (_, name) = self.follow(wrapper, "schemas")?;
        let data = self.text(envelope, "x-envelope", "data");
        if name.is_none() {
            let remedy = "write `$ref: \"#/components/schemas/NAME\"`";
            self.report("extension-value", wrapper.line, "the wrapper refers to no schema", remedy);
        }
        Some(Wrapper { schema: name?.to_owned(), data })
    }

    /// Other operations that are called before and after this one.
    pub(super) fn see(&mut self, node: &'d Node) -> See {
        let Some(see) = node.get("x-see") else { return See::default() };
        self.known_keys(see, "x-see", &["before", "after"]);
        See { before: self.text_items(see, "x-see", "before"), after: self.text_items(see, "x-see", "after") }
    }

    /// `x-codes`: error codes by their constants.
    pub(super) fn codes(&mut self, node: &'d Node, what: &str) -> Vec<Codes> {
        let entries = self.mapping(node, what, "x-codes");
        let map = node.get("x-codes");
        let read = |entry: &'d Entry| {
            let codes = map.map(|map| self.text_items(map, "x-codes", &entry.key)).unwrap_or_default();
            let named = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            if codes.is_empty() || !entry.key.chars().all(named) {
                let message = format!("`{}` of {what} is not a constant with its codes", entry.key);
                let remedy = "write `CONSTANT: [code, code]`, by a constant of the vendor's module `codes`";
                self.report("codes", entry.line, message, remedy);
            }
            Codes { constant: entry.key.clone(), codes }
        };
        entries.iter().map(read).collect()
    }

    pub(super) fn response_header(&mut self, node: &'d Node) -> Option<ResponseHeader> {
        let header = node.get("x-response-header")?;
        self.known_keys(header, "x-response-header", &["name", "secret"]);
        Some(ResponseHeader {
            name: self.text(header, "x-response-header", "name"),
            secret: self.flag(header, "x-response-header", "secret"),
        })
    }
}
