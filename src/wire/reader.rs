//! The grammar of JSON, read once from the text of a body.
//!
//! Problem: a tree of a document takes up to a hundred times its size in memory and most of the time of a call, and
//! the strict readers that there are lose a whole response over a byte order mark, half a surrogate pair or a raw
//! line end within a string. Default: a [`Reader`] stands at a value and hands out its parts one after the other;
//! what nobody asks for is skipped, without an allocation. Strings may hold raw control characters, and a surrogate
//! without its other half is read as U+FFFD; everything else is held to RFC 8259.
//! Override: none. Depth is limited to 128, and what is built from a document to [`Reader::take`].

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::misfit::Misfit;
use super::watch::Watch;

const DEPTH_MAX: u32 = 128;

/// The memory that the values of any document can use, also of a small one.
const ROOM_MIN: usize = 4 * 1024 * 1024;

/// A place in a JSON text.
pub(crate) struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
    /// The remaining bytes for the decoded values.
    room: usize,
    /// The members of the outermost object that are recorded.
    watch: Watch<'t>,
}

/// A value that has no parts.
pub(crate) enum Scalar<'t> {
    Null,
    Bool(bool),
    /// The text as it is written.
    Number(&'t str),
    Text(Cow<'t, str>),
}

/// A string as it is written, without its quotation marks.
#[derive(Clone, Copy)]
pub(crate) struct Quoted<'t> {
    text: &'t str,
    at: usize,
    escaped: bool,
}

/// Is called with the reader at the value of a member, and reads it to its end.
pub(crate) type Member<'f> = dyn FnMut(&mut Reader<'_>, Quoted<'_>) -> Result<(), Misfit> + 'f;
/// The same for an item of a list.
pub(crate) type Item<'f> = dyn FnMut(&mut Reader<'_>, usize) -> Result<(), Misfit> + 'f;

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { text, at: 0, depth: 0, room: text.len().max(ROOM_MIN), watch: Watch::default() }
    }

    /// Records these members while the text is read.
    pub(crate) fn watching(mut self, watch: Watch<'t>) -> Self {
        self.watch = watch;
        self
    }

    /// The recorded members, after the text was read to its end. If reading ended early, the rest is read first.
    pub(crate) fn watched(mut self, ended_early: bool) -> Watch<'t> {
        if ended_early {
            (self.at, self.depth) = (0, 0);
            _ = self.skip();
        }
        self.watch
    }

    /// Reads a JSON text in a string of this one.
    pub(super) fn within<V>(
        &mut self,
        text: &str,
        read: impl FnOnce(&mut Reader<'_>) -> Result<V, Misfit>,
    ) -> Result<V, Misfit> {
        let mut inner = Reader { text, at: 0, depth: self.depth, room: self.room, watch: Watch::default() };
        let value = read(&mut inner)?;
        inner.end()?;
        self.room = inner.room;
        Ok(value)
    }

    /// Reserves memory for decoded values.
    ///
    /// A two-byte item can become a struct of a kilobyte, so the memory of decoded values is limited separately: to the
    /// size of the document, or to 4 MiB if that is more.
    pub(super) fn take(&mut self, bytes: usize) -> Result<(), Misfit> {
        let left = self.room.checked_sub(bytes);
        self.room = left.ok_or_else(|| Misfit::limit("the values take more than the allowed memory"))?;
        Ok(())
    }

    /// Refuses anything but white space up to the end.
    pub(crate) fn end(&mut self) -> Result<(), Misfit> {
        // Some programs also send the zero byte at the end of their strings.
        while self.peek() == Some(0) {
            self.at += 1;
        }
        if self.peek().is_none() { Ok(()) } else { self.wrong("the end of the text") }
    }

    /// The rest of the text, unparsed, which is skipped.
    pub(crate) fn rest(&mut self) -> &'t str {
        let rest = self.slice(self.at, self.text.len());
        self.at = self.text.len();
        rest
    }

    /// The next byte that is not white space; none at the end.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    /// The place of the next value.
    pub(crate) fn place(&mut self) -> usize {
        self.peek();
        self.at
    }

    /// Goes back to a place.
    pub(super) fn back_to(&mut self, place: usize) {
        self.at = place;
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads the next byte if it is this one.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn wrong<V>(&self, wanted: &'static str) -> Result<V, Misfit> {
        Err(Misfit::syntax(self.at, wanted))
    }

    fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// A value without parts; the name of its kind where it has some.
    pub(super) fn scalar(&mut self) -> Result<Result<Scalar<'t>, &'static str>, Misfit> {
        Ok(Ok(match self.peek() {
            Some(b'"') => Scalar::Text(self.quoted()?.text()?),
            Some(b'-' | b'0'..=b'9') => Scalar::Number(self.number()?),
            Some(b't') => self.word("true", Scalar::Bool(true))?,
            Some(b'f') => self.word("false", Scalar::Bool(false))?,
            Some(b'n') => self.word("null", Scalar::Null)?,
            Some(b'[') => return Ok(Err("a list")),
            Some(b'{') => return Ok(Err("an object")),
            _ => return self.wrong("a value"),
        }))
    }

    fn word(&mut self, word: &'static str, means: Scalar<'t>) -> Result<Scalar<'t>, Misfit> {
        if !self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            return self.wrong("a value");
        }
        self.at += word.len();
        Ok(means)
    }

    fn number(&mut self) -> Result<&'t str, Misfit> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.slice(start, self.at))
    }

    fn digits(&mut self) -> Result<(), Misfit> {
        let start = self.at;
        while matches!(self.byte(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { self.wrong("a digit") }
    }

    /// The string that begins here.
    pub(super) fn quoted(&mut self) -> Result<Quoted<'t>, Misfit> {
        if !self.eat(b'"') {
            return self.wrong("a string");
        }
        let (start, mut escaped) = (self.at, false);
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let Some(length) = memchr2(b'"', b'\\', rest) else {
                self.at = self.text.len();
                return self.wrong("the end of a string");
            };
            self.at += length;
            if rest.get(length) == Some(&b'"') {
                let text = self.slice(start, self.at);
                self.at += 1;
                return Ok(Quoted { text, at: start, escaped });
            }
            escaped = true;
            self.at += 2;
        }
    }

    /// Reads the object that begins here, member by member.
    pub(crate) fn members(&mut self, each: &mut Member<'_>) -> Result<(), Misfit> {
        self.enter(b'{')?;
        if self.eat(b'}') {
            return self.leave();
        }
        loop {
            let name = self.quoted()?;
            if !self.eat(b':') {
                return self.wrong("`:`");
            }
            if self.depth == 1 && !self.watch.is_empty() {
                self.look(name)?;
            }
            each(self, name)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return self.leave();
                }
                _ => return self.wrong("`,` or `}`"),
            }
        }
    }

    /// Reads the list that begins here, item by item.
    pub(crate) fn items(&mut self, each: &mut Item<'_>) -> Result<(), Misfit> {
        self.enter(b'[')?;
        if self.eat(b']') {
            return self.leave();
        }
        let mut index = 0;
        loop {
            each(self, index)?;
            index += 1;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return self.leave();
                }
                _ => return self.wrong("`,` or `]`"),
            }
        }
    }

    fn enter(&mut self, bracket: u8) -> Result<(), Misfit> {
        if !self.eat(bracket) {
            return self.wrong(if bracket == b'{' { "an object" } else { "a list" });
        }
        self.depth += 1;
        if self.depth > DEPTH_MAX { Err(Misfit::limit("the values are nested too deeplyly")) } else { Ok(()) }
    }

    fn leave(&mut self) -> Result<(), Misfit> {
        self.depth -= 1;
        Ok(())
    }

    /// Skips a value.
    pub(crate) fn skip(&mut self) -> Result<(), Misfit> {
        match self.peek() {
            Some(b'{') => self.members(&mut |reader, _| reader.skip()),
            Some(b'[') => self.items(&mut |reader, _| reader.skip()),
            Some(b'"') => self.quoted().map(|_| ()),
            _ => self.scalar().map(|_| ()),
        }
    }

    /// The place of the next value, which is skipped.
    pub(super) fn span(&mut self) -> Result<Range<usize>, Misfit> {
        let start = self.place();
        self.skip()?;
        Ok(start..self.at)
    }

    /// The text of the next value, which is skipped.
    pub(super) fn raw(&mut self) -> Result<&'t str, Misfit> {
        let Range { start, end } = self.span()?;
        Ok(self.slice(start, end))
    }

    /// Records the value of a member if it is one of the watched ones; the reader stays before it.
    fn look(&mut self, name: Quoted<'t>) -> Result<(), Misfit> {
        let mut watch = std::mem::take(&mut self.watch);
        if let Some(place) = watch.place(&name.text()?) {
            let start = self.place();
            *place = Some(self.raw()?);
            self.at = start;
        }
        self.watch = watch;
        Ok(())
    }
}

impl<'t> Quoted<'t> {
    /// Whether its content is this text.
    pub(crate) fn is(&self, text: &str) -> bool {
        if self.escaped { self.text().is_ok_and(|own| own == text) } else { self.text == text }
    }

    /// The text as it is written.
    pub(super) fn raw(&self) -> &'t str {
        self.text
    }

    /// Its content.
    pub(crate) fn text(&self) -> Result<Cow<'t, str>, Misfit> {
        if !self.escaped {
            return Ok(Cow::Borrowed(self.text));
        }
        let (mut said, mut rest) = (String::with_capacity(self.text.len()), self.text);
        while let Some((plain, after)) = rest.split_once('\\') {
            said.push_str(plain);
            let at = self.at + (self.text.len() - after.len());
            let (character, left) = escape(after).ok_or_else(|| Misfit::syntax(at, "an escape"))?;
            said.push(character);
            rest = left;
        }
        said.push_str(rest);
        Ok(Cow::Owned(said))
    }
}

/// The character of an escape, from the text after its backslash, and the rest.
fn escape(text: &str) -> Option<(char, &str)> {
    let (letter, rest) = (text.bytes().next()?, text.get(1..)?);
    let plain = match letter {
        b'"' | b'\\' | b'/' => char::from(letter),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let (high, rest) = unit(rest)?;
            // A pair of surrogates is one character, and half a pair is none.
            let low =
                rest.strip_prefix("\\u").and_then(unit).filter(|(low, _)| (0xdc00..0xe000).contains(low));
            return match low {
                Some((low, after)) if (0xd800..0xdc00).contains(&high) => {
                    let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    Some((char::from_u32(code)?, after))
                }
                _ => Some((char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), rest)),
            };
        }
        _ => return None,
    };
    Some((plain, rest))
}

/// Four hexadecimal digits, and the rest.
fn unit(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    Some((plain.then(|| u32::from_str_radix(digits, 16).ok())??, rest))
}
