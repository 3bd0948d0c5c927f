//! Examples on pages: JSON bodies, curl commands, and what a sample body tells about a schema.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::facts::{Example, Field, Gap, Operation};
use crate::types::Type;

/// The most examples of one operation.
const MOST: usize = 1000;

/// Adds the example in a piece of code to an operation, or what is wrong with it to the gaps.
pub(crate) fn add(
    operation: &mut Operation,
    gaps: &mut Vec<Gap>,
    (line, code): (usize, &str),
    response: Option<Option<u16>>,
) {
    if operation.examples.len() > MOST {
        return;
    }
    match read(line, code, response) {
        Some(Ok(example)) => operation.examples.push(example),
        Some(Err(gap)) => gaps.push(gap),
        None => {}
    }
    if operation.examples.len() > MOST {
        gaps.push(Gap::unread(line, format!("the operation has more than {MOST} examples")));
    }
}

/// The example in a piece of code; `None` if it has none.
fn read(line: usize, code: &str, response: Option<Option<u16>>) -> Option<Result<Example, Gap>> {
    let (offset, json) = json_part(code)?;
    let line = line + offset;
    let value = serde_json::Deserializer::from_str(json).into_iter::<Json>().next()?;
    Some(value.map(|value| Example { line, lines: key_lines(line, json), response, value }).map_err(
        |error| Gap {
            line: line + error.line().saturating_sub(1),
            rule: "example-unreadable",
            message: format!("the example is invalid JSON: {error}"),
        },
    ))
}

/// Where JSON begins in code, in lines, and the rest from there.
fn json_part(code: &str) -> Option<(usize, &str)> {
    let mut start = 0;
    for (offset, line) in code.split_inclusive('\n').enumerate() {
        if line.trim_start().starts_with(['{', '[']) {
            return code.get(start..).map(|json| (offset, json));
        }
        start += line.len();
    }
    None
}

/// The line on which each property is named first.
fn key_lines(first: usize, json: &str) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    for (offset, line) in json.lines().enumerate() {
        let mut parts = line.split('"').skip(1);
        while let (Some(key), Some(after)) = (parts.next(), parts.next()) {
            if after.trim_start().starts_with(':') && key.len() < 200 {
                lines.entry(key.to_owned()).or_insert(first + offset);
            }
        }
    }
    lines
}

/// The properties that a sample shows. An empty text says nothing about a type: pages that are made from models
/// print it for numbers and flags as well.
pub(crate) fn fields(example: &Example) -> Vec<Field> {
    inside(&example.value, example)
}

fn inside(value: &Json, example: &Example) -> Vec<Field> {
    match value {
        Json::Object(map) => map.iter().map(|(name, value)| field(name, value, example)).collect(),
        Json::Array(items) => {
            let mut fields: BTreeMap<String, Field> = BTreeMap::new();
            for field in items.iter().flat_map(|item| inside(item, example)) {
                fields.entry(field.name.clone()).or_insert(field);
            }
            fields.into_values().collect()
        }
        _ => Vec::new(),
    }
}

fn field(name: &str, value: &Json, example: &Example) -> Field {
    let line = example.lines.get(name).copied().unwrap_or(example.line);
    Field { line, name: name.to_owned(), ty: seen(value), fields: inside(value, example), ..Field::default() }
}

fn seen(value: &Json) -> Type {
    match value {
        Json::Null => Type::Unsaid,
        Json::String(text) if text.is_empty() => Type::Unsaid,
        Json::String(_) => Type::Text,
        Json::Bool(_) => Type::Boolean,
        Json::Number(n) if n.is_f64() => Type::Number,
        Json::Number(_) => Type::Integer { wide: false },
        Json::Array(items) => Type::List(Box::new(items.first().map(seen).unwrap_or_default())),
        Json::Object(_) => Type::Object(None),
    }
}

/// What a curl command shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Curl {
    pub(crate) headers: Vec<String>,
    pub(crate) query: Vec<String>,
    pub(crate) data: Option<String>,
}

/// Headers that belong to HTTP itself.
const PLAIN: [&str; 6] = ["content-type", "content-length", "authorization", "accept", "user-agent", "host"];

/// Reads a curl command.
pub(crate) fn curl(code: &str) -> Curl {
    let mut curl = Curl::default();
    let (mut data, mut get) = (Vec::new(), false);
    let mut words = shell(code).into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-H" | "--header" => {
                let header = words.next().unwrap_or_default();
                let name = header.split(':').next().unwrap_or_default().trim().to_owned();
                if !name.is_empty() && !PLAIN.contains(&name.to_ascii_lowercase().as_str()) {
                    curl.headers.push(name);
                }
            }
            "-d" | "--data" | "--data-raw" | "--data-urlencode" => data.extend(words.next()),
            "-G" | "--get" => get = true,
            _ if word.starts_with("http") => {
                let query = word.split_once('?').map_or("", |(_, query)| query);
                curl.query = names(query);
            }
            _ => {}
        }
    }
    // With `-G`, data are parts of the address.
    if get {
        data.iter().for_each(|pairs| curl.query.append(&mut names(pairs)));
    } else {
        curl.data = data.pop();
    }
    curl
}

/// The names in `a=1&b=2`.
fn names(query: &str) -> Vec<String> {
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The words of a command line, without their quotes.
fn shell(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in code.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '\\') => {}
            (None, _) if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The values that a URL gives to the parameters of a path.
pub(crate) fn path_values(template: &str, url: &str) -> Vec<(String, String)> {
    let path = url.split(['?', '#', ' ']).next().unwrap_or_default();
    let path: Vec<&str> = path.split('/').collect();
    let template: Vec<&str> = template.split('/').skip(1).collect();
    let Some(start) = path.len().checked_sub(template.len()) else { return Vec::new() };
    let pairs: Vec<(&str, &str)> = template.iter().copied().zip(path[start..].iter().copied()).collect();
    let name = |part: &str| part.strip_prefix('{').and_then(|p| p.strip_suffix('}')).map(str::to_owned);
    if pairs.iter().any(|(part, value)| name(part).is_none() && part != value) {
        return Vec::new();
    }
    let given = |value: &str| !value.is_empty() && !value.contains(['{', '<', '*']);
    pairs.iter().filter_map(|(p, v)| Some((name(p)?, (*v).to_owned()))).filter(|(_, v)| given(v)).collect()
}

#[cfg(test)]
mod tests {
    use super::{curl, path_values};

    #[test]
    fn curl_tells_places() {
        let read = curl(
            "curl --digest -u 'a:b' \\\n -H 'Content-Type: application/json' \\\n-H 'X-P: <id>' \\\n\
            --data '{\"a\": \"\"}' \\\n'https://h/p/{x}?requestId={requestId}&b=1'",
        );
        assert_eq!(
            (read.headers, read.query),
            (vec!["X-P".to_owned()], vec!["requestId".to_owned(), "b".to_owned()])
        );
        assert_eq!(read.data.as_deref(), Some("{\"a\": \"\"}"));
    }

    #[test]
    fn data_of_a_get_are_its_query() {
        let read = curl("curl -G -d 'addressId=x' --data-urlencode 'b=c d' 'https://h/p?a=1'");
        assert_eq!((read.query, read.data), (["a", "addressId", "b"].map(str::to_owned).to_vec(), None));
    }

    #[test]
    fn urls_give_values() {
        let values = path_values("/v3/{p}/port/{q}", "https://{endpoint}/v3/0565/port/{q}");
        assert_eq!(values, [("p".to_owned(), "0565".to_owned())]);
        assert!(path_values("/v3/{p}/port", "https://h/v3/a/other").is_empty());
        assert!(path_values("/v3/{p}/port", "/x").is_empty());
    }
}
