//! Bounds that the tokens of sentences state.

use std::sync::LazyLock;

use dbplane_codegen::spec::Limits;
use regex_lite::Regex;

use super::token::Token;
use super::tokens::tokens;

/// The most values that an excluded range may have; more is a mistake.
const EXCLUDED: i64 = 1000;

/// `with a suffix of in07`
static SUFFIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:,?\s*(?:and )?(?:with )?(?:a )?suffix of|，?且?后缀为)\s*([0-9A-Za-z]+)").ok()
});
/// `[1, 100]`
static RANGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\[\s*(-?[0-9]+)\s*[,，~～-]\s*(-?[0-9]+)\s*\]").ok());

/// What the limits are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Number,
    Text,
    List,
}

/// What all sentences of a text state together.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    least: Option<f64>,
    most: Option<f64>,
    excluded: Vec<i64>,
    multiple: Option<i64>,
    kind: Option<Kind>,
    alphanumeric: bool,
    suffix: String,
    /// Two sentences contradict each other.
    contradicts: bool,
}

/// What one sentence states.
#[derive(Debug, Default, Clone)]
pub(super) struct Stated {
    /// `None` where it only says which characters are allowed, or what the default is.
    bounds: Option<Sentence>,
    excluded: Vec<i64>,
    alphanumeric: bool,
    suffix: String,
}

impl Stated {
    /// Whether it limits something without what other sentences say.
    pub(super) fn limits_by_itself(&self, kind: Kind) -> bool {
        let mut alone = Bounds::default();
        alone.add(self.clone(), kind);
        alone.limits().is_some_and(|limits| limits != Limits::default())
    }
}

/// The bounds of one sentence.
#[derive(Debug, Default, Clone)]
struct Sentence {
    least: Option<f64>,
    most: Option<f64>,
    multiple: Option<i64>,
    /// The bounds are counts of characters or items.
    counted: Option<Kind>,
}

impl Sentence {
    /// Whether numbers lie within the range from which they are left out. `excluding 100,200` may be one number or two.
    fn spans(&self, numbers: &[i64]) -> bool {
        let (least, most) = (self.least.and_then(whole), self.most.and_then(whole));
        numbers.iter().all(|n| least.is_none_or(|least| *n >= least) && most.is_none_or(|most| *n <= most))
    }
}

/// Reads a sentence; `None` if it is not understood.
pub(super) fn read(sentence: &str, kind: Kind) -> Option<Stated> {
    let (sentence, suffix) = suffix(sentence);
    if super::defaults::is_default(&sentence) {
        return Some(Stated::default());
    }
    let tokens = tokens(&unbracketed(&sentence))?;
    let (alphanumeric, tokens): (Vec<_>, Vec<_>) =
        tokens.into_iter().partition(|t| matches!(t, Token::Alphanumeric | Token::Suffix));
    if !alphanumeric.is_empty() && kind != Kind::Text {
        return None;
    }
    let alphanumeric = alphanumeric.contains(&Token::Alphanumeric);
    let outer = tokens.iter().take_while(|t| **t == Token::And).count();
    let tokens = tokens.get(outer..).unwrap_or_default();
    if tokens.is_empty() {
        return alphanumeric.then(|| Stated { alphanumeric, ..Stated::default() });
    }
    let split = tokens.iter().position(|t| *t == Token::Excluding);
    let (bounds, excluded) = tokens.split_at(split.unwrap_or(tokens.len()));
    let bounds = if let [bounds @ .., Token::And] = bounds { bounds } else { bounds };
    let bounds = stated(bounds, kind, implied(&sentence, kind))?;
    let excluded = match excluded.get(1..).map(listed) {
        None => Vec::new(),
        Some(Some(excluded)) if kind == Kind::Integer && bounds.spans(&excluded) => excluded,
        Some(_) => return None,
    };
    if (!suffix.is_empty() || alphanumeric) && bounds.counted != Some(Kind::Text) {
        return None;
    }
    Some(Stated { bounds: Some(bounds), excluded, alphanumeric, suffix })
}

impl Bounds {
    /// Adds what a sentence states.
    pub(super) fn add(&mut self, stated: Stated, kind: Kind) {
        self.alphanumeric |= stated.alphanumeric;
        if !stated.suffix.is_empty() {
            self.suffix = stated.suffix;
        }
        self.excluded.extend(stated.excluded);
        if let Some(bounds) = stated.bounds {
            self.bound(&bounds, kind);
        }
    }

    fn bound(&mut self, stated: &Sentence, kind: Kind) {
        let differs = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() > 1e-9);
        self.contradicts |=
            self.multiple.is_some() && stated.multiple.is_some() && self.multiple != stated.multiple;
        self.multiple = self.multiple.or(stated.multiple);
        self.contradicts |= differs(self.least, stated.least) || differs(self.most, stated.most);
        let counted = stated.counted.unwrap_or(kind);
        self.contradicts |= self.kind.is_some_and(|kind| kind != counted);
        self.kind = Some(counted);
        self.least = self.least.or(stated.least);
        self.most = self.most.or(stated.most);
    }

    /// The limits; `None` if they contradict each other.
    pub(super) fn limits(mut self) -> Option<Limits> {
        let crossed = self.least.zip(self.most).is_some_and(|(least, most)| least > most);
        if self.contradicts || crossed {
            return None;
        }
        let mut limits = Limits { multiple_of: self.multiple, ..Limits::default() };
        self.excluded.sort_unstable();
        self.excluded.dedup();
        limits.excluded = self.excluded;
        let count = |n: Option<f64>| n.and_then(whole);
        match self.kind {
            Some(Kind::Integer | Kind::Number) => (limits.minimum, limits.maximum) = (self.least, self.most),
            Some(Kind::List) => (limits.min_items, limits.max_items) = (count(self.least), count(self.most)),
            Some(Kind::Text) if self.alphanumeric => {
                let fixed = i64::try_from(self.suffix.len()).ok()?;
                let least = count(self.least).unwrap_or(0).checked_sub(fixed).filter(|n| *n >= 0)?;
                let most = count(self.most).map(|n| n - fixed);
                let repeat = match most {
                    Some(most) if most == least => format!("{{{least}}}"),
                    Some(most) if most > least => format!("{{{least},{most}}}"),
                    Some(_) => return None,
                    None => format!("{{{least},}}"),
                };
                limits.pattern = Some(format!("^[0-9A-Za-z]{repeat}{}$", self.suffix));
            }
            Some(Kind::Text) if self.suffix.is_empty() => {
                (limits.min_length, limits.max_length) = (count(self.least), count(self.most));
            }
            Some(Kind::Text) => return None,
            None if self.alphanumeric => limits.pattern = Some("^[0-9A-Za-z]*$".to_owned()),
            None => {}
        }
        Some(limits)
    }
}

/// A sentence without `with a suffix of in07`, and the suffix.
fn suffix(sentence: &str) -> (String, String) {
    let mentioned = ["uffix", "UFFIX", "后缀"].iter().any(|word| sentence.contains(word));
    let pattern = SUFFIX.as_ref().filter(|_| mentioned);
    let Some(found) = pattern.and_then(|p| p.captures(sentence)).map(|c| (c[0].to_owned(), c[1].to_owned()))
    else {
        return (sentence.to_owned(), String::new());
    };
    (sentence.replacen(&found.0, "", 1), found.1)
}

/// A sentence in which ranges in brackets, `[1, 100]` and `[1,100]`, are written in words. Round brackets leave out an
/// end of the range, or mean something else, and stay.
fn unbracketed(sentence: &str) -> String {
    match RANGE.as_ref().filter(|_| sentence.contains('[')) {
        Some(pattern) => pattern.replace_all(sentence, " $1 to $2 ").into_owned(),
        None => sentence.to_owned(),
    }
}

/// What a sentence counts without naming it: `Minimum length: 1`, or `Minimum: 1` of a text, or `Array length: 9`.
fn implied(sentence: &str, kind: Kind) -> Option<Kind> {
    let lower = sentence.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let list =
        has(&["array length", "数组长度", "number of items", "number of elements", "minitems", "maxitems"]);
    let length = has(&[
        "length",
        "长度",
        "길이",
        "長さ",
        "comprimento",
        "longitud",
        "字符串长",
        "longueur",
        "länge",
        "длина",
    ]);
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let label =
        lower.contains([':', '：']) && begins(&["minimum", "maximum", "最小", "最大", "min:", "max:"]);
    match kind {
        Kind::List => list.then_some(Kind::List),
        Kind::Text => (!list && (length || label)).then_some(Kind::Text),
        Kind::Integer | Kind::Number => length.then_some(Kind::Text),
    }
}

/// The bounds of a sentence.
fn stated(tokens: &[Token], kind: Kind, implied: Option<Kind>) -> Option<Sentence> {
    let mut found = Sentence::default();
    let mut rest = tokens;
    let mut any = false;
    while !rest.is_empty() {
        let taken = bound(&mut found, rest, kind)?;
        any = true;
        rest = rest.get(taken..)?;
        // `less than 9 and greater than 1`, `1 to 9 characters`
        let joined = rest.first() == Some(&Token::And) && rest.len() > 1;
        rest = rest.get(usize::from(joined)..)?;
    }
    found.counted = found.counted.or(implied);
    let suits = match kind {
        Kind::Integer | Kind::Number => found.counted.is_none(),
        Kind::Text | Kind::List => found.counted == Some(kind),
    };
    (any && suits).then_some(found)
}

/// Reads one bound at the beginning of some tokens; returns how many it took.
fn bound(found: &mut Sentence, tokens: &[Token], kind: Kind) -> Option<usize> {
    use Token::{Above, AtLeast, AtMost, Below, Number, Or, OrLess, OrMore, To, Until};
    let mut taken = match tokens {
        [Number(a, x), To | Until, Number(b, y), ..] => {
            set(&mut found.least, value(*a, *x, kind)?)?;
            set(&mut found.most, value(*b, *y, kind)?)?;
            3
        }
        [Token::Between, Number(a, x), Token::And | To, Number(b, y), ..] => {
            set(&mut found.least, value(*a, *x, kind)?)?;
            set(&mut found.most, value(*b, *y, kind)?)?;
            4
        }
        [Token::MultipleOf, Number(n, false), ..] if kind == Kind::Integer && found.multiple.is_none() => {
            found.multiple = Some(whole(*n)?);
            2
        }
        [Number(n, false), Token::MultipleOf] if kind == Kind::Integer && found.multiple.is_none() => {
            found.multiple = Some(whole(*n)?);
            2
        }
        [Token::Increments, Number(n, false), ..] if kind == Kind::Integer && found.multiple.is_none() => {
            let (step, least) = (whole(*n)?, whole(found.least?)?);
            // `1 to 9 in steps of 2` are no multiples of two.
            found.multiple = Some(step).filter(|step| least.checked_rem(*step) == Some(0));
            found.multiple?;
            2
        }
        // `a minimum of 8`, `8 or more`
        [AtLeast, Number(n, d), ..] | [Number(n, d), AtLeast | OrMore, ..] => {
            set(&mut found.least, value(*n, *d, kind)?)?;
            2
        }
        [AtMost | Until, Number(n, d), ..] | [Number(n, d), AtMost | OrLess, ..] => {
            set(&mut found.most, value(*n, *d, kind)?)?;
            2
        }
        [Above, Number(n, d), ..] | [Number(n, d), Above, ..] if kind != Kind::Number => {
            set(&mut found.least, value(*n, *d, kind)? + 1.0)?;
            2
        }
        [Below, Number(n, d), ..] | [Number(n, d), Below, ..] if kind != Kind::Number => {
            set(&mut found.most, value(*n, *d, kind)? - 1.0)?;
            2
        }
        // `1 to 9, or -1`: a value beside a range; one at its end makes it wider.
        [Or, Number(n, d)] if kind == Kind::Integer => {
            let n = value(*n, *d, kind)?;
            let (least, most) = (found.least?, found.most?);
            if (n - (least - 1.0)).abs() < 1e-9 {
                found.least = Some(n);
            } else if (n - (most + 1.0)).abs() < 1e-9 {
                found.most = Some(n);
            } else {
                return None;
            }
            2
        }
        // `8 characters or more`
        [
            Number(n, d),
            counted @ (Token::Characters | Token::Items),
            side @ (AtLeast | AtMost | OrMore | OrLess),
            ..,
        ] => {
            let bound = if matches!(side, AtLeast | OrMore) { &mut found.least } else { &mut found.most };
            set(bound, value(*n, *d, kind)?)?;
            found.counted = Some(if *counted == Token::Items { Kind::List } else { Kind::Text });
            return Some(3);
        }
        // `32 characters`
        [Number(n, d), Token::Characters | Token::Letters, ..] if kind == Kind::Text => {
            set(&mut found.least, value(*n, *d, kind)?)?;
            set(&mut found.most, value(*n, *d, kind)?)?;
            1
        }
        _ => return None,
    };
    let counted = match tokens.get(taken) {
        Some(Token::Characters) => Some(Kind::Text),
        // `at least 2 digits` is not all that a text consists of.
        Some(Token::Letters) if found.least.is_some() && found.most.is_some() => Some(Kind::Text),
        Some(Token::Items) => Some(Kind::List),
        _ => None,
    };
    if counted.is_some() {
        taken += 1;
        found.counted = counted;
    }
    Some(taken)
}

/// A bound is stated once.
fn set(bound: &mut Option<f64>, value: f64) -> Option<()> {
    let new = bound.is_none();
    *bound = Some(value);
    new.then_some(())
}

/// A number that suits what is limited: only plain numbers have decimals, and a count is not negative.
fn value(n: f64, decimal: bool, kind: Kind) -> Option<f64> {
    let suits = match kind {
        Kind::Number => true,
        Kind::Integer => !decimal,
        Kind::Text | Kind::List => !decimal && n >= 0.0,
    };
    suits.then_some(n)
}

#[allow(clippy::cast_possible_truncation)] // looked at before
fn whole(n: f64) -> Option<i64> {
    (n.fract() == 0.0 && n.abs() < 9e15).then_some(n as i64)
}

/// `1033, 5342 to 5345, and 12017`, each number by itself.
fn listed(tokens: &[Token]) -> Option<Vec<i64>> {
    let mut numbers = Vec::new();
    for part in tokens.split(|t| *t == Token::And).filter(|part| !part.is_empty()) {
        let (first, last) = match part {
            [Token::Number(n, false)] => (whole(*n)?, whole(*n)?),
            [Token::Number(a, false), Token::To, Token::Number(b, false)] => (whole(*a)?, whole(*b)?),
            _ => return None,
        };
        let count = last.checked_sub(first)?;
        if !(0..=EXCLUDED).contains(&count) {
            return None;
        }
        numbers.extend(first..=last);
    }
    (!numbers.is_empty()).then_some(numbers)
}
