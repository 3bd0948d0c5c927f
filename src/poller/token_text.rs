//! Parses a token from its text.

use std::str::FromStr;

use crate::error::{Error, Kind};
use crate::token::Token;

impl FromStr for Token {
    type Err = Error;

    fn from_str(line: &str) -> Result<Self, Error> {
        serde_json::from_str(line).map_err(|e| {
            let message = "the text is not a token; pass one line as written by Token's Display";
            Error::new(Kind::Configuration, message).with_source(e)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::operation::Operation;
    use crate::token::{Ids, Token};

    #[test]
    fn a_token_is_one_line_and_reads_back() {
        let mut ids = Ids::of(&[("cluster_id", "c\n\"1")]);
        ids.put("proxy_ids", vec!["a".to_owned(), "b".to_owned()]);
        let operation = Operation { id: "X", service: "acme-db-v1", ..Operation::DEFAULT };
        let token = Token::of(&operation, ids).accepted(Some("r1"), 1_768_465_800_000);
        let line = token.to_string();
        assert!(!line.contains('\n'), "{line}");
        assert_eq!(line.parse::<Token>().unwrap(), token);
        assert_eq!(serde_json::to_string(&token).unwrap(), line);
        assert_eq!((token.vendor(), token.request_id()), ("acme", Some("r1")));
        assert_eq!(token.ids().all("proxy_ids"), ["a", "b"]);
        for bad in ["", "{}", "[1]", r#"{"vendor":1}"#, &line[1..]] {
            let error = bad.parse::<Token>().unwrap_err();
            assert!(error.is_configuration(), "{error}");
        }
    }
}
