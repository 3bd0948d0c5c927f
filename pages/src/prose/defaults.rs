//! Defaults that pages state in prose.

use std::sync::LazyLock;

use crate::words::WordTable;

/// The words that announce a default, in lower case.
const WORDS: [&str; 26] = [
    "the default value is",
    "default value is",
    "the default is",
    "defaults to",
    "it defaults to",
    "by default, the value is",
    "default value:",
    "default:",
    "默认值为",
    "默认值是",
    "默认值：",
    "默认值:",
    "默认为",
    "缺省值为",
    "缺省值：",
    "缺省为",
    "默认：",
    "기본값은",
    "기본값:",
    "デフォルト値は",
    "デフォルトは",
    "o valor padrão é",
    "valor padrão:",
    "el valor predeterminado es",
    "valor predeterminado:",
    "el valor por defecto es",
];

static KNOWN: LazyLock<WordTable<()>> =
    LazyLock::new(|| WordTable::new(WORDS.into_iter().map(|word| (word, ()))));

/// A text without the words that announce a default.
pub(super) fn unannounced(text: &str) -> &str {
    let announced = KNOWN.leading(text).map(|(word, ())| word.len()).max();
    announced.and_then(|length| text.get(length..)).unwrap_or(text)
}

/// Whether a sentence announces a default and does not mention limits.
pub(super) fn is_default(sentence: &str) -> bool {
    let rest = unannounced(sentence);
    let plain = rest.trim().trim_end_matches(['.', '。']);
    let value = plain.split_whitespace().count() < 2 && !plain.contains(['，', '；', '、']);
    rest.len() < sentence.len() && (value || !plain.contains(|c: char| c.is_ascii_digit()))
}

/// The default that a text states; `Err` with the words that are not understood.
pub(crate) fn default(text: &str) -> Result<Option<String>, String> {
    let Some(text) = crate::words::said(text) else { return Ok(None) };
    let bare = unannounced(text).trim().trim_end_matches(['.', '。']).trim();
    let Some(bare) = crate::words::said(bare) else { return Ok(None) };
    let quoted = bare.strip_prefix(['"', '\'', '“', '‘']).and_then(|b| b.strip_suffix(['"', '\'', '”', '’']));
    match quoted {
        Some(value) if !value.contains(['"', '\'', '“', '”']) => Ok(Some(value.to_owned())),
        _ if bare.split_whitespace().count() == 1 && bare.len() < 100 => Ok(Some(bare.to_owned())),
        _ => Err(text.to_owned()),
    }
}
