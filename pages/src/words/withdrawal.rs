//! Whether pages say that something is or will be withdrawn.

use std::sync::LazyLock;

use super::{Mark, WordTable, is, lower, words_for};

/// The phrases that say that something is withdrawn.
static WITHDRAWAL: LazyLock<WordTable<()>> =
    LazyLock::new(|| WordTable::new(words_for(Mark::Deprecated).map(|phrase| (phrase, ()))));

/// The longest text that is looked at, in characters.
const LONGEST: usize = 20_000;

/// Whether a text says that what it describes is or will be withdrawn.
pub(crate) fn is_deprecated(text: &str) -> bool {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    let text = lower(text.get(..end).unwrap_or_default());
    has_withdrawal(&text) || text.lines().enumerate().any(|(at, line)| is_marked_deprecated(line, at == 0))
}

/// Whether a text in lower case has one of the phrases for it, and no `not` before it. Each place is looked at once.
fn has_withdrawal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let denied = |at: usize| text.get(..at).is_some_and(|before| before.trim_end().ends_with(" not"));
    let begins = |at: usize| text.get(at..).is_some_and(|rest| WITHDRAWAL.leading(rest).next().is_some());
    let inside = |at: usize| at > 0 && bytes[at].is_ascii() && bytes[at - 1].is_ascii_alphanumeric();
    (0..bytes.len()).any(|at| !inside(at) && begins(at) && !denied(at))
}

/// Whether a line has a word for it in brackets, as a sentence or at the beginning of one. Items of lists are values, and
/// so may be a line of one word.
fn is_marked_deprecated(line: &str, first: bool) -> bool {
    let line = line.trim();
    let value = line.starts_with(['•', '-']) || !first && !line.contains([' ', ':', '：', '(', '（', '.']);
    let withdrawn = |part: &str| is(Mark::Withdrawn, part.trim());
    let brackets = line.split(['(', '（', '[', '【']).skip(1);
    let bracketed = |part: &str| part.split([')', '）', ']', '】']).next().is_some_and(withdrawn);
    let begins = |sentence: &str| sentence.split([':', '：', '–', '—']).next().is_some_and(withdrawn);
    let mut sentences = line.split(['.', '。', ';', '；', '!']).filter(|part| !part.trim().is_empty());
    !value && (brackets.into_iter().any(bracketed) || sentences.any(begins))
}

/// A title without a mark that says that the operation is deprecated, and whether it has one.
pub(crate) fn unmarked_title(title: &str) -> (String, bool) {
    let mut bare = title.to_owned();
    for (open, close) in [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')] {
        for (start, _) in title.rmatch_indices(open) {
            let end =
                title.get(start..).and_then(|rest| rest.find(close)).map(|at| start + at + close.len_utf8());
            if let Some(mark) = end.and_then(|end| title.get(start..end)).filter(|mark| is_deprecated(mark)) {
                bare = bare.replace(mark, " ");
            }
        }
    }
    for mark in [" - ", " – ", " — ", ": ", "："] {
        let kept: Vec<&str> = bare.split(mark).filter(|part| !is(Mark::Withdrawn, part.trim())).collect();
        if kept.len() == 1 {
            bare = kept.concat();
        }
    }
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let marked = bare != title.trim() || is_deprecated(title);
    if marked { (bare, true) } else { (title.trim().to_owned(), false) }
}

#[cfg(test)]
mod tests {
    use super::{is_deprecated, unmarked_title};

    #[test]
    fn withdrawal_is_said_in_many_words() {
        for (text, said) in [
            ("Deprecated. Use marker instead.", true),
            ("DEPRECATED: the most lamps.", true),
            ("The most lamps. Deprecated.", true),
            ("The most lamps (to be discarded).", true),
            ("[Deprecated] The most lamps.", true),
            ("This parameter is no longer used.", true),
            ("This API will be discontinued.", true),
            ("This API will be removed in later versions.", true),
            ("已废弃，请使用marker。", true),
            ("本接口即将下线。", true),
            ("Este parámetro está obsoleto.", true),
            ("더 이상 사용되지 않습니다.", true),
            ("Not deprecated: the most lamps.", false),
            ("It is not deprecated.", false),
            ("The API has not been deprecated.", false),
            ("Deprecated lamps are not listed.", false),
            ("The state. Values:\n• active\n• deprecated: no longer sold", false),
            ("The state:\nactive\ndeprecated", false),
            ("The state: DEPRECATED or ACTIVE.", false),
            ("Releases addresses that are no longer used.", false),
            ("End of support of the engine.", false),
        ] {
            assert_eq!(is_deprecated(text), said, "{text}");
        }
    }

    #[test]
    fn titles_lose_their_marks() {
        for (title, bare) in [
            ("Listing Lamps (Deprecated)", "Listing Lamps"),
            ("(Deprecated) Listing Lamps", "Listing Lamps"),
            ("Listing Lamps(unavailable soon)", "Listing Lamps"),
            ("Listing Lamps [Offline Soon]", "Listing Lamps"),
            ("Listing Lamps - Deprecated", "Listing Lamps"),
            ("Deprecated: Listing Lamps", "Listing Lamps"),
            ("查询实例（已废弃）", "查询实例"),
        ] {
            assert_eq!(unmarked_title(title), (bare.to_owned(), true), "{title}");
        }
        let kept = "Listing Lamps (Version 2): All - Now";
        assert_eq!(unmarked_title(kept), (kept.to_owned(), false));
    }
}
