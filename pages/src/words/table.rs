//! Words and their meanings, found without regard to case.

/// Words in lower case and their meanings, by the first byte of each.
pub(crate) struct WordTable<T> {
    words: Vec<Vec<(&'static str, T)>>,
    /// The length of the longest word, in bytes.
    longest: usize,
}

impl<T: Copy + 'static> WordTable<T> {
    pub(crate) fn new(words: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut table = Self { words: vec![Vec::new(); 256], longest: 0 };
        for (word, meaning) in words {
            table.longest = table.longest.max(word.len());
            table.words[usize::from(first_byte(word).unwrap_or(0))].push((word, meaning));
        }
        table
    }

    /// The meaning of a text that is one of the words; the first one where it has several.
    pub(crate) fn get(&self, text: &str) -> Option<T> {
        self.all(text).next()
    }

    /// The meanings of a text that is one of the words.
    pub(crate) fn all(&self, text: &str) -> impl Iterator<Item = T> {
        let alike = if text.len() > self.longest { &[] } else { self.alike(text) };
        let whole = move |(word, _): &&(&str, T)| word.len() == text.len() && begins(text, word).is_some();
        alike.iter().filter(whole).map(|(_, meaning)| *meaning)
    }

    /// The words at the beginning of a text, and their meanings.
    pub(crate) fn leading<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (&'static str, T)> + 't {
        self.alike(text).iter().filter(|(word, _)| begins(text, word).is_some()).copied()
    }

    fn alike(&self, text: &str) -> &[(&'static str, T)] {
        first_byte(text)
            .and_then(|byte| self.words.get(usize::from(byte)))
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}

/// The first byte of a text in lower case.
fn first_byte(text: &str) -> Option<u8> {
    let first = text.as_bytes().first()?;
    if first.is_ascii() {
        return Some(first.to_ascii_lowercase());
    }
    let lower = text.chars().next()?.to_lowercase().next()?;
    lower.encode_utf8(&mut [0; 4]).bytes().next()
}

/// What follows a word in lower case at the beginning of a text.
pub(crate) fn begins<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (first, other) = (word.as_bytes().first()?, text.as_bytes().first()?);
    if first.is_ascii() && !first.eq_ignore_ascii_case(other) {
        return None;
    }
    let (head, rest) = text.split_at_checked(word.len())?;
    let same = head.eq_ignore_ascii_case(word)
        || !head.is_ascii() && head.chars().flat_map(char::to_lowercase).eq(word.chars());
    same.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::{WordTable, begins};

    #[test]
    fn words_are_found_in_any_case() {
        let table = WordTable::new([("parâmetro", 1), ("ряд", 2), ("range", 3), ("range of", 4)].into_iter());
        for (text, meaning) in
            [("Parâmetro", Some(1)), ("РЯД", Some(2)), ("Range", Some(3)), ("ranges", None), ("", None)]
        {
            assert_eq!(table.get(text), meaning, "{text}");
        }
        let leading: Vec<_> = table.leading("RANGE OF values").map(|(word, _)| word).collect();
        assert_eq!(leading, ["range", "range of"]);
        assert_eq!(begins("Tabela 1", "tabela"), Some(" 1"));
        assert_eq!(begins("Ta", "tabela"), None);
    }
}
