//! Decodes a text: its escapes, base64 and hexadecimal digits.
//!
//! Problem: a searched text can be escaped for JSON, addresses or HTML, or be written in base64 or in hexadecimal
//! digits, on one line or on several. Default: a [`View`] has the decoded bytes, and for each of them its place in the
//! text.
//! Override: none.

use std::ops::Range;

use memchr::{memchr2, memchr3_iter};

/// The decoded bytes of a text, and their places.
pub(super) struct View {
    pub(super) bytes: Vec<u8>,
    /// The start and end of the encoding of each byte.
    places: Vec<(u32, u32)>,
}

impl View {
    /// The text itself.
    pub(super) fn of(text: &str) -> Self {
        let places = (0..).zip(1..).take(text.len()).collect();
        Self { bytes: text.as_bytes().to_vec(), places }
    }

    fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), places: Vec::with_capacity(bytes) }
    }

    fn push(&mut self, byte: u8, place: (u32, u32)) {
        self.bytes.push(byte);
        self.places.push(place);
    }

    /// The place of these bytes in the text.
    pub(super) fn place(&self, bytes: Range<usize>) -> Option<Range<usize>> {
        let (start, end) = (self.places.get(bytes.start)?.0, self.places.get(bytes.end.checked_sub(1)?)?.1);
        Some(start as usize..end as usize)
    }

    /// The same with one layer of escapes decoded; none if there are no escapes.
    pub(super) fn undone(&self) -> Option<Self> {
        let escaped = |at| escape(self.bytes.get(at..)?).filter(|(_, length)| *length > 1);
        memchr3_iter(b'\\', b'%', b'&', &self.bytes).find_map(escaped)?;
        let (mut undone, mut at) = (Self::with_capacity(self.bytes.len()), 0);
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let (meant, length) = escape(rest).unwrap_or((Meant::Byte(*rest.first()?), 1));
            let Range { start, end } = self.place(at..at + length)?;
            let place = (u32::try_from(start).ok()?, u32::try_from(end).ok()?);
            match meant {
                Meant::Byte(byte) => undone.push(byte, place),
                Meant::Char(c) => {
                    c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| undone.push(byte, place));
                }
            }
            at += length;
        }
        Some(undone)
    }

    /// The same without line ends and indentation; none if there is one line.
    pub(super) fn joined(&self) -> Option<Self> {
        memchr2(b'\n', b'\r', &self.bytes)?;
        let (mut joined, mut begins) = (Self::with_capacity(self.bytes.len()), false);
        for (byte, place) in self.bytes.iter().zip(&self.places) {
            begins = matches!(byte, b'\n' | b'\r') || begins && matches!(byte, b' ' | b'\t');
            if !begins {
                joined.push(*byte, *place);
            }
        }
        Some(joined)
    }

    /// The decoded base64 and hexadecimal digits, with every start of their groups, with or without white space between
    /// them.
    pub(super) fn packed(&self) -> [Self; 6] {
        const SPACES: &[u8] = b" \t\r\n";
        const BETWEEN_BYTES: &[u8] = b" \t\r\n:-";
        [
            self.unpacked(6, sextet, SPACES, 0),
            self.unpacked(6, sextet, SPACES, 1),
            self.unpacked(6, sextet, SPACES, 2),
            self.unpacked(6, sextet, SPACES, 3),
            self.unpacked(4, nibble, BETWEEN_BYTES, 0),
            self.unpacked(4, nibble, BETWEEN_BYTES, 1),
        ]
    }

    /// The runs of printable ASCII that could be escaped or encoded again; none if there are only short ones, as for
    /// text that was not encoded.
    pub(super) fn printable(&self) -> Option<Self> {
        const SHORTEST: usize = 6;
        let (mut runs, mut at) = (Self::with_capacity(0), 0);
        for run in self.bytes.split_inclusive(|byte| !matches!(byte, b' '..=b'~')) {
            let end = at + run.len();
            if run.len() > SHORTEST {
                let bytes = run.iter().zip(self.places.get(at..end).unwrap_or_default());
                bytes.for_each(|(byte, place)| runs.push(*byte, *place));
            }
            at = end;
        }
        (!runs.bytes.is_empty()).then_some(runs)
    }

    /// Digits of some bits each, combined to bytes, without zero bytes as in UTF-16. The first `left_out` of each run
    /// are skipped.
    fn unpacked(&self, bits: u32, digit: fn(u8) -> Option<u8>, between: &[u8], left_out: u32) -> Self {
        let mut view = Self::with_capacity(self.bytes.len());
        let (mut seen, mut held, mut have, mut start) = (0, 0_u32, 0, 0);
        for (byte, place) in self.bytes.iter().zip(&self.places) {
            let Some(value) = digit(*byte) else {
                if between.contains(byte) {
                    continue;
                }
                if seen > 0 {
                    view.push(0xff, *place); // the runs do not belong together
                }
                (seen, held, have) = (0, 0, 0);
                continue;
            };
            seen += 1;
            if seen <= left_out {
                continue;
            }
            if have == 0 {
                start = place.0;
            }
            held = (held << bits) | u32::from(value);
            have += bits;
            if have >= 8 {
                have -= 8;
                let [.., byte] = (held >> have).to_be_bytes();
                if byte != 0 {
                    view.push(byte, (start, place.1));
                }
                held &= (1 << have) - 1;
                start = place.0;
            }
        }
        view
    }
}

/// The character of an escape.
enum Meant {
    Char(char),
    Byte(u8),
}

/// The escape at the start of a text, and its length.
fn escape(text: &[u8]) -> Option<(Meant, usize)> {
    match text {
        [b'%', digits @ ..] if digits.first() != Some(&b'u') => {
            Some((Meant::Byte(u8::try_from(hex(digits.get(..2)?)?).ok()?), 3))
        }
        [b'\\', b'x', digits @ ..] => Some((Meant::Byte(u8::try_from(hex(digits.get(..2)?)?).ok()?), 4)),
        [b'\\', b'U', digits @ ..] => Some((Meant::Char(char::from_u32(hex(digits.get(..8)?)?)?), 10)),
        [b'\\', b'u', b'{', digits @ ..] => {
            let length = digits.iter().take(9).position(|byte| *byte == b'}')?;
            Some((Meant::Char(char::from_u32(hex(digits.get(..length)?)?)?), length + 4))
        }
        [b'\\', digits @ ..] if digits.first().is_some_and(|digit| (b'0'..=b'3').contains(digit)) => {
            let digits = std::str::from_utf8(digits.get(..3)?).ok()?;
            Some((Meant::Byte(u8::from_str_radix(digits, 8).ok()?), 4))
        }
        [sign @ (b'\\' | b'%'), b'u', digits @ ..] => {
            let high = hex(digits.get(..4)?)?;
            let low = match digits.get(4..10) {
                Some([again, b'u', low @ ..]) if again == sign => {
                    hex(low).filter(|low| (0xdc00..0xe000).contains(low))
                }
                _ => None,
            };
            match low {
                Some(low) if (0xd800..0xdc00).contains(&high) => {
                    let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    Some((Meant::Char(char::from_u32(code)?), 12))
                }
                _ => Some((Meant::Char(char::from_u32(high)?), 6)),
            }
        }
        [b'\\', letter, ..] => {
            let meant = match letter {
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'b' => 8,
                b'f' => 12,
                b'"' | b'\'' | b'\\' | b'/' => *letter,
                _ => return None,
            };
            Some((Meant::Byte(meant), 2))
        }
        [b'&', name @ ..] => {
            let length = name.iter().take(16).position(|byte| *byte == b';')?;
            Some((Meant::Char(entity(name.get(..length)?)?), length + 2))
        }
        _ => None,
    }
}

fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
}

/// The character of an HTML entity, given what is between `&` and `;`.
fn entity(name: &[u8]) -> Option<char> {
    match name {
        [b'#', b'x' | b'X', digits @ ..] if digits.len() <= 8 => char::from_u32(hex(digits)?),
        [b'#', digits @ ..] => char::from_u32(std::str::from_utf8(digits).ok()?.parse().ok()?),
        _ => {
            let name = std::str::from_utf8(name).ok()?;
            let ascii =
                ASCII.split(' ').find_map(|word| word.split_once('=').filter(|(known, _)| *known == name));
            if let Some((_, digits)) = ascii {
                return char::from_u32(hex(digits.as_bytes())?);
            }
            let place = LATIN.split(' ').position(|known| known == name)?;
            char::from_u32(0xa0 + u32::try_from(place).ok()?)
        }
    }
}

/// Entities of ASCII and their codes, by their names in HTML 5.
const ASCII: &str = "lt=3c gt=3e amp=26 quot=22 LT=3c GT=3e AMP=26 QUOT=22 apos=27 excl=21 num=23 dollar=24 \
    percnt=25 lpar=28 rpar=29 ast=2a midast=2a plus=2b comma=2c period=2e sol=2f colon=3a semi=3b equals=3d quest=3f \
    commat=40 lsqb=5b lbrack=5b bsol=5c rsqb=5d rbrack=5d Hat=5e lowbar=5f UnderBar=5f grave=60 DiacriticalGrave=60 \
    lcub=7b lbrace=7b verbar=7c vert=7c VerticalLine=7c rcub=7d rbrace=7d";

/// Entities of U+00A0 and the following characters.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
    sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml \
    Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml \
    times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave \
    eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute \
    ucirc uuml yacute thorn yuml";

/// The value of a digit of base64, in either alphabet.
fn sextet(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// The value of a hexadecimal digit.
fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
