//! Limits and values that pages state in prose.

use std::sync::LazyLock;

use dbplane_codegen::spec::Limits;
use regex_lite::Regex;

/// The most values that an excluded range may have; more is a mistake.
const EXCLUDED: i64 = 1000;
/// The longest text that is looked at; limits are short.
const LONGEST: usize = 2000;

/// The limits in a text such as `1025 to 65534, excluding 1033, and 5342 to 5345` or `The value contains 36
/// characters with a suffix of in07. Only letters and digits are allowed.`; nothing if it is not understood.
pub(crate) fn limits(text: &str, number: bool) -> Option<Limits> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.replace(['，', '、'], ",").replace('。', ".");
    let limits = if number { numbers(&text) } else { characters(&text.to_lowercase(), &text) };
    limits.filter(|l| *l != Limits::default())
}

/// A pattern that is compiled once. All are tried by the tests below.
struct Pattern(LazyLock<Option<Regex>>);

macro_rules! pattern {
    ($name:ident, $text:literal) => {
        static $name: Pattern = Pattern(LazyLock::new(|| Regex::new($text).ok()));
    };
}

pattern!(RANGE, r"(-?\d+)\s*(?:to|~|-|–|至|and)\s*(-?\d+)");
pattern!(LEAST, r"(?i)(?:greater than or equal to|at least|minimum(?: value)?:?(?: is)?|≥|>=)\s*(-?\d+)");
pattern!(MOST, r"(?i)(?:less than or equal to|at most|maximum(?: value)?:?(?: is)?|≤|<=)\s*(-?\d+)");
pattern!(LISTED, r"(\d+)(?:\s*(?:to|~|-|–|至)\s*(\d+))?");
pattern!(LENGTH, r"(\d+)(?:\s*(?:to|~|-|–|至)\s*(\d+))?\s*(?:characters|letters|digits|个字符|位)");
pattern!(SUFFIX, r"(?:suffix of|后缀为)\s*([0-9A-Za-z]+)");
pattern!(DASHED, r" - ?([0-9A-Za-z_]+)[:：]");

fn captures(pattern: &Pattern, text: &str) -> Option<Vec<String>> {
    let found = pattern.0.as_ref()?.captures(text)?;
    Some(found.iter().skip(1).map(|g| g.map_or("", |g| g.as_str()).to_owned()).collect())
}

#[allow(clippy::cast_precision_loss)] // limits are small
fn numbers(text: &str) -> Option<Limits> {
    let (bounds, excluded) = ["excluding", "except", "不包括", "除"]
        .iter()
        .find_map(|word| text.split_once(word))
        .map_or((text, None), |(bounds, excluded)| (bounds, Some(excluded)));
    let mut limits = Limits::default();
    if let Some(range) = captures(&RANGE, bounds) {
        limits.minimum = range[0].parse::<i64>().ok().map(|n| n as f64);
        limits.maximum = range[1].parse::<i64>().ok().map(|n| n as f64);
    } else {
        let bound = |pattern| captures(pattern, bounds)?[0].parse::<i64>().ok().map(|n| n as f64);
        limits.minimum = bound(&LEAST);
        limits.maximum = bound(&MOST);
    }
    if let Some(excluded) = excluded {
        limits.excluded = listed(excluded)?;
    }
    Some(limits)
}

/// `1033, 5342 to 5345, and 12017`, each number by itself.
fn listed(text: &str) -> Option<Vec<i64>> {
    let mut numbers = Vec::new();
    for found in LISTED.0.as_ref()?.captures_iter(text) {
        let first: i64 = found[1].parse().ok()?;
        let last: i64 = found.get(2).map_or(Some(first), |g| g.as_str().parse().ok())?;
        if last.checked_sub(first)? > EXCLUDED {
            return None;
        }
        numbers.extend(first..=last);
    }
    numbers.sort_unstable();
    Some(numbers)
}

fn characters(lower: &str, text: &str) -> Option<Limits> {
    let length = captures(&LENGTH, lower)?;
    let least: i64 = length[0].parse().ok()?;
    let most: i64 = if length[1].is_empty() { Some(least) } else { length[1].parse().ok() }?;
    let plain = lower.contains("letters and digits")
        || lower.contains("字母和数字")
        || lower.contains("英文字母和数字");
    if !plain {
        return Some(Limits { min_length: Some(least), max_length: Some(most), ..Limits::default() });
    }
    let suffix = captures(&SUFFIX, text).map(|s| s[0].clone()).unwrap_or_default();
    let fixed = i64::try_from(suffix.len()).unwrap_or(0);
    let (least, most) = (least.checked_sub(fixed)?, most.checked_sub(fixed)?);
    let count = if least == most { format!("{{{least}}}") } else { format!("{{{least},{most}}}") };
    Some(Limits { pattern: Some(format!("^[0-9A-Za-z]{count}{suffix}$")), ..Limits::default() })
}

/// The values that a description lists: as items of a list, or after dashes on one line.
pub(crate) fn values(lines: &[&str]) -> Vec<String> {
    let items: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("• ")).collect();
    let listed: Option<Vec<String>> = items.iter().map(|item| value(item)).collect();
    if let Some(values) = listed.filter(|v| !v.is_empty()) {
        return values;
    }
    lines.iter().map(|line| dashed(line)).find(|v| !v.is_empty()).unwrap_or_default()
}

/// The value at the beginning of `Period: yearly/monthly` or `en-us`.
fn value(item: &str) -> Option<String> {
    let item = item.split([':', '：', '(', '（', ';']).next().unwrap_or_default();
    let item = item.trim().trim_end_matches(['.', '。']).trim_matches(['"', '\'']);
    (!item.is_empty() && item.len() < 100 && !item.contains(' ')).then(|| item.to_owned())
}

/// `... - POLICE: frozen by the police - ILLEGAL: ...`
fn dashed(line: &str) -> Vec<String> {
    if line.len() > LONGEST || !line.contains(" -") {
        return Vec::new();
    }
    let Some(pattern) = DASHED.0.as_ref() else { return Vec::new() };
    let values: Vec<String> = pattern.captures_iter(line).map(|found| found[1].to_owned()).collect();
    if values.len() > 1 { values } else { Vec::new() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
mod tests {
    use super::{limits, values};

    #[test]
    fn limits_of_numbers() {
        let read = limits("1025 to 65534, excluding 1033, 5342 to 5344, and 33071", true).unwrap();
        assert_eq!((read.minimum, read.maximum), (Some(1025.0), Some(65534.0)));
        assert_eq!(read.excluded, [1033, 5342, 5343, 5344, 33071]);
        let read = limits("The value must be greater than or equal to 0.", true).unwrap();
        assert_eq!((read.minimum, read.maximum), (Some(0.0), None));
        assert_eq!(limits("any port", true), None);
        assert_eq!(limits("1 to 9, excluding 2 to 99999999999", true), None);
    }

    #[test]
    fn limits_of_text() {
        for (text, pattern) in [
            ("The value contains 32 characters. Only letters and digits are allowed.", "^[0-9A-Za-z]{32}$"),
            (
                "The value contains 36 characters with a suffix of in07. Only letters and digits are allowed.",
                "^[0-9A-Za-z]{32}in07$",
            ),
        ] {
            assert_eq!(limits(text, false).unwrap().pattern.as_deref(), Some(pattern));
        }
        let read = limits("The value contains 32 to 64 characters.", false).unwrap();
        assert_eq!((read.min_length, read.max_length), (Some(32), Some(64)));
        assert_eq!(limits("Used by IAM.", false), None);
    }

    #[test]
    fn values_in_lists() {
        assert_eq!(
            values(&["Mode. The options are:", "• Period: by month", "• Demand: by use"]),
            ["Period", "Demand"]
        );
        assert_eq!(values(&["Why. - A_B: one reason - C: another"]), ["A_B", "C"]);
        assert_eq!(values(&["Role. -0: first; -1: second"]), ["0", "1"]);
        assert!(values(&["Before calling:", "• Stop the instance."]).is_empty());
        assert!(values(&["The zone - if any: of the instance"]).is_empty());
    }
}
