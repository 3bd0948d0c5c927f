//! Numbers as pages write them, with separators of thousands and decimals.

use super::token::Token;

/// The largest whole number that is kept exactly.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// A number at the beginning of a text, whether it has a point, and its length. The inner `None` is a number that
/// can be read in two ways.
pub(super) fn number(text: &str, before: Option<&Token>) -> Option<(Option<f64>, bool, usize)> {
    let negative = text.starts_with(['-', '−']) && !matches!(before, Some(Token::Number(..)));
    let sign = if negative { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
    let body = text.get(sign..)?;
    if !body.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (mut digits, mut length, mut known) = whole(body)?;
    let mut decimal = false;
    if let Some(fraction) = body.get(length..).and_then(|rest| rest.strip_prefix('.')) {
        let after = count(fraction);
        if after > 0 {
            decimal = true;
            // `1.024` may be a thousand and twenty-four.
            known &= after != 3 && !fraction.get(after..)?.starts_with('.');
            digits = format!("{digits}.{}", fraction.get(..after)?);
            length += 1 + after;
        }
    }
    // A unit or a name that follows at once: `64k`, `3d`, `10%`.
    let tail = body.get(length..)?;
    known &= !tail.starts_with(|c: char| c.is_ascii_alphabetic() || "%_^*'’".contains(c));
    let value = digits.parse::<f64>().ok().map(|n| if negative { -n } else { n });
    Some((value.filter(|n| known && n.abs() <= LARGEST), decimal, sign + length))
}

/// The digits of a whole number without separators, how long it is, and whether it can be read in one way only.
fn whole(body: &str) -> Option<(String, usize, bool)> {
    let mut length = count(body);
    let mut digits = body.get(..length)?.to_owned();
    // `1,025` and `1,234,567`: groups of three digits. `1,25` is neither a number nor surely two.
    while let Some(group) = body.get(length..).and_then(|rest| rest.strip_prefix(',')) {
        let separated = body.get(..length)?.contains(',');
        match count(group) {
            0 => break,
            3 if digits.len() <= 3 || separated => {
                digits.push_str(group.get(..3)?);
                length += 4;
            }
            _ => return Some((digits, length, length > 3 && !separated)),
        }
    }
    Some((digits, length, true))
}

fn count(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}
