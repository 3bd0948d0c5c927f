//! Captions of tables: `Table 4 Cluster`, `表 3  tags字段数据结构说明`, `Table 5-2 Parameters in the request header`.

use crate::facts::Place;
use crate::words::{CaptionWord as Word, begins, caption_words};

/// The longest caption.
const LONGEST: usize = 160;

/// What a caption says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caption {
    /// The number, by which descriptions refer to the table.
    pub(super) number: String,
    /// Its words after the number.
    pub(super) name: String,
    pub(super) holds: Holds,
    /// A name in a caption that says where parameters stand: perhaps the table is about the object of this name.
    pub(super) subject: Option<String>,
    /// The caption says that the table is about a response.
    pub(super) of_response: bool,
}

/// What the table holds, as far as its caption says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Holds {
    Parameters(Place),
    Body,
    /// The properties of what has this name.
    Object(String),
    /// The caption does not mention use.
    Unsaid,
}

/// Reads a text as a caption.
pub(super) fn read(text: &str) -> Option<Caption> {
    if text.len() > LONGEST {
        return None;
    }
    let rest = caption_words(Word::Table).find_map(|word| begins(text, word))?.trim_start();
    let number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.');
    let length = match rest.len() - rest.trim_start_matches(number).len() {
        // `Table X` stands in copies whose numbers were lost.
        0 if rest.starts_with("X ") || rest == "X" => 1,
        0 => return None,
        length => length,
    };
    let (number, name) = rest.split_at(length);
    let name = name.trim_start_matches([':', '：', '.', ' ']).trim();
    let sentence = name.ends_with(['.', '。', ':', '：'])
        || [" describes", "describes ", "lists ", "shows ", "列出"].iter().any(|word| name.starts_with(word));
    if name.is_empty() || sentence {
        return None;
    }
    let number = number.trim_end_matches(['.', '-']).to_owned();
    let (holds, subject) = holds(name);
    let of_response = holds != Holds::Unsaid
        && words(name).iter().any(|word| RESPONSE.contains(&word.to_lowercase().as_str()));
    Some(Caption { number, name: name.to_owned(), holds, subject, of_response })
}

/// The table to which a description refers, as in `For details, see Table 3.`
pub(super) fn reference(description: &str) -> Option<String> {
    if !description.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let lower = description.to_lowercase();
    caption_words(Word::Table).find_map(|word| {
        lower.match_indices(word).find_map(|(at, _)| {
            let rest = lower.get(at + word.len()..)?.trim_start();
            let number: String =
                rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-')).collect();
            (!number.is_empty()).then(|| number.trim_end_matches('-').to_owned())
        })
    })
}

/// Words for what is received.
const RESPONSE: [&str; 4] = ["response", "响应", "返回", "応答"];
/// Words for the side on which something is sent.
const SIDES: [&str; 8] = ["request", "response", "message", "请求", "响应", "返回", "正常", "消息"];

/// What a caption says of its table, and the name that it has beside that.
fn holds(name: &str) -> (Holds, Option<String>) {
    let words = words(name);
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let is = |word: &str, meaning| caption_words(meaning).any(|known| known == word);
    let has = |meaning| lower.iter().any(|word| is(word, meaning));
    let placed = [Word::Header, Word::Query, Word::Path, Word::Body];
    let place = placed.into_iter().find(|meaning| has(*meaning));
    let side = lower.iter().any(|word| SIDES.contains(&word.as_str()));
    let known = |word: &str| SIDES.contains(&word) || is(word, Word::Filler);
    let is_place = |word: &str| placed.into_iter().any(|meaning| is(word, meaning));
    let both = || words.iter().zip(&lower);
    let left: Vec<&String> =
        both().filter(|(_, lower)| !known(lower) && !is_place(lower)).map(|(word, _)| word).collect();
    let only = if let [only] = &left[..] { Some(*only) } else { None };
    let only = only.filter(|name| is_identifier(name));
    // `headers field description` describes a field that is called so.
    let called = both().find(|(_, lower)| is_place(lower)).map(|(word, _)| word);
    let called = called.filter(|word| left.is_empty() && !side && is_identifier(word));
    if let Some(called) = called.filter(|_| is_of_field(&words)) {
        return (Holds::Object(called.clone()), None);
    }
    let Some(place) = place.filter(|_| side || has(Word::Parameters) || words.len() == 1) else {
        return (only.map_or(Holds::Unsaid, |only| Holds::Object(only.clone())), None);
    };
    let holds = match place {
        Word::Header => Holds::Parameters(Place::Header),
        Word::Query => Holds::Parameters(Place::Query),
        Word::Path => Holds::Parameters(Place::Path),
        _ => Holds::Body,
    };
    (holds, only.or(called).cloned())
}

/// Whether a caption says that it describes a field.
fn is_of_field(words: &[String]) -> bool {
    words.iter().any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "field" | "fields" | "字段" | "object" | "structure" | "数据结构"
        )
    })
}

fn is_identifier(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric() || "_-.$[]".contains(c))
        && word.contains(|c: char| c.is_ascii_alphabetic())
}

/// The words of a caption. Scripts without spaces are cut at the words that captions have.
fn words(name: &str) -> Vec<String> {
    let latin = |c: char| (c.is_alphanumeric() && (c as u32) < 0x2E80) || "_-.$[]".contains(c);
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in name.chars() {
        let kind = if latin(c) { Some(true) } else { c.is_alphanumeric().then_some(false) };
        match (kind, words.last_mut()) {
            (Some(_), Some(word)) if before == kind => word.push(c),
            (Some(_), _) => words.push(c.to_string()),
            (None, _) => {}
        }
        before = kind;
    }
    words.into_iter().flat_map(|word| if word.is_ascii() { vec![word] } else { cut(&word) }).collect()
}

/// A run of letters of a script without spaces, as the words that are known of it and what is left.
fn cut(run: &str) -> Vec<String> {
    if run.starts_with(|c: char| (c as u32) < 0x2E80) {
        return vec![run.to_owned()];
    }
    let all = [Word::Parameters, Word::Header, Word::Query, Word::Path, Word::Body, Word::Filler];
    let sides = ["请求", "响应", "返回", "正常", "消息"];
    let mut words = Vec::new();
    let mut rest = run;
    let mut left = String::new();
    while let Some(first) = rest.chars().next() {
        let known = all.iter().flat_map(|word| caption_words(*word)).chain(sides);
        match known.filter(|word| rest.starts_with(word)).max_by_key(|word| word.len()) {
            Some(word) => {
                words.push(word.to_owned());
                rest = &rest[word.len()..];
            }
            None => {
                left.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    words.extend((!left.is_empty()).then_some(left));
    words
}

#[cfg(test)]
mod tests {
    use super::{Holds, read, reference};
    use crate::facts::Place;

    #[test]
    fn captions_say_what_their_tables_hold() {
        let object = |name: &str| Holds::Object(name.to_owned());
        for (text, holds) in [
            ("Table 4 Cluster", object("Cluster")),
            ("Table 4 projects", object("projects")),
            ("Table 3 os-start field description", object("os-start")),
            ("Table 4 listeners parameter description", object("listeners")),
            ("Table 4 Data structure description of the server field", object("server")),
            ("Table 4 headers field description", object("headers")),
            ("表 3  tags字段数据结构说明", object("tags")),
            ("Table 1 URI parameters", Holds::Parameters(Place::Path)),
            ("Table 1 Path Parameters", Holds::Parameters(Place::Path)),
            ("Table 2 Query parameters", Holds::Parameters(Place::Query)),
            ("Table 2 Request header parameters", Holds::Parameters(Place::Header)),
            ("Table 2 Parameters in the request header", Holds::Parameters(Place::Header)),
            ("Table 3 Parameters in the response body", Holds::Body),
            ("Table 3 Request body parameter", Holds::Body),
            ("Table X Request body parameters", Holds::Body),
            ("Table 5-2 Response body parameters", Holds::Body),
            ("表2 请求Header参数", Holds::Parameters(Place::Header)),
            ("表4 响应Body参数", Holds::Body),
            ("表 1 路径参数", Holds::Parameters(Place::Path)),
            ("表 1  参数说明", Holds::Unsaid),
            ("表 2  要素说明", Holds::Unsaid),
            ("Table 1 Parameter description", Holds::Unsaid),
            ("Table 2 Request parameters", Holds::Unsaid),
            ("Tabela 1 Parâmetros de caminho", Holds::Parameters(Place::Path)),
            ("Tabla 2 Parámetros del cuerpo de la solicitud", Holds::Body),
            ("Table 2 Request header", Holds::Parameters(Place::Header)),
            ("Table 2 Header fields of the request", Holds::Parameters(Place::Header)),
            ("Table 3 Response message body", Holds::Body),
            ("Table 1 Parameters in the URI", Holds::Parameters(Place::Path)),
            ("Table 5 Parameters of lamps in the response body", Holds::Body),
            ("Table 3 Response elements", Holds::Unsaid),
        ] {
            assert_eq!(read(text).map(|c| c.holds), Some(holds), "{text}");
        }
        let subject = |text: &str| read(text).and_then(|caption| caption.subject);
        assert_eq!(subject("Table 5 Parameters of lamps in the response body").as_deref(), Some("lamps"));
        assert_eq!(subject("Table 5 headers parameter description").as_deref(), Some("headers"));
        assert_eq!(subject("Table 3 Response body parameters"), None);
        assert_eq!(read("Table 1 describes the parameters in the URI."), None);
        assert_eq!(read("Tables are described below"), None);
    }

    #[test]
    fn descriptions_refer_to_tables() {
        assert_eq!(reference("The servers. For details, see Table 4.").as_deref(), Some("4"));
        assert_eq!(reference("详情请参见表3。").as_deref(), Some("3"));
        assert_eq!(reference("A table of rows"), None);
    }
}
