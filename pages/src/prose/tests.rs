//! Phrases as vendors write them, and what each states.
//!
//! `1..9` is a minimum and a maximum, `..9` a maximum; of texts and lists they are counts. `/.../` is a pattern, `!1,2`
//! are excluded, `x10` is a multiple, `?` is unread: the page says something that is not understood.

use dbplane_codegen::spec::Limits;

use super::{Kind, default, limits, mentioned, values};

mod vendors;

const INTEGERS: &[(&str, &str)] = &[
    ("1 to 100", "1..100"),
    ("1-100", "1..100"),
    ("1 - 100", "1..100"),
    ("1~100", "1..100"),
    ("1 ~ 100", "1..100"),
    ("1–100", "1..100"),
    ("-1 to 100", "-1..100"),
    ("[1, 100]", "1..100"),
    ("[1,100]", "1..100"),
    ("[0, 100)", "?"),
    ("(0, 100]", "?"),
    ("1 to 1,000", "1..1000"),
    ("1,025 to 65,534", "1025..65534"),
    ("1 to 1,000,000", "1..1000000"),
    ("1 000 to 9 000", "?"),
    ("1.025 to 65.534", "?"),
    ("0.5 to 1", "?"),
    ("1025 to 65534, excluding 1033, 5342 to 5344, and 33071", "1025..65534 !1033,5342,5343,5344,33071"),
    ("1025 to 65534 except 1033 and 7000", "1025..65534 !1033,7000"),
    ("1 to 9, excluding 2 to 99999999999", "?"),
    ("1 to 9, excluding those in use", "?"),
    ("1,025 to 65,534, excluding 1,033", "1025..65534 !1033"),
    ("Greater than or equal to 0", "0.."),
    ("The value must be greater than or equal to 0.", "0.."),
    ("Greater than 0 and less than or equal to 10000", "1..10000"),
    ("greater than 0 and less than 10", "1..9"),
    ("Greater than 0", "1.."),
    ("less than 100", "..99"),
    ("At least 1", "1.."),
    ("at most 50", "..50"),
    ("A maximum of 64", "..64"),
    ("a minimum of 40", "40.."),
    ("No more than 128", "..128"),
    ("no less than 3", "3.."),
    ("Up to 500", "..500"),
    ("The value cannot exceed 1,440.", "..1440"),
    ("The value ranges from 1 to 5000.", "1..5000"),
    ("The value range is 1 to 5000", "1..5000"),
    ("Value range: 1 to 35", "1..35"),
    ("The value is between 1 and 16.", "1..16"),
    ("between 1 and 16", "1..16"),
    ("1 and 16", "?"),
    ("1 or 2", "?"),
    ("1, 2, 4", "?"),
    ("1 to 100 or -1", "?"),
    ("0 to 100, or -1", "-1..100"),
    ("0 to 99 or 100", "0..100"),
    ("1 to 10 and 20 to 30", "?"),
    ("The minimum value is 1.", "1.."),
    ("The minimum value is 1. The maximum value is 9.", "1..9"),
    ("Minimum: 0", "0.."),
    ("Minimum: 0; Maximum: 255", "0..255"),
    ("Minimum value: 1\nMaximum value: 65,535", "1..65535"),
    ("The maximum value is 5. The minimum value is 9.", "?"),
    ("9 to 1", "?"),
    ("The maximum value is 5. The maximum value is 6.", "?"),
    ("40 to 4,000. The value must be a multiple of 10.", "40..4000 x10"),
    ("A multiple of 8", "x8"),
    ("40 GB to 4,000 GB", "?"),
    ("1 to 732 days", "?"),
    ("1 to 64K", "?"),
    ("10% to 90%", "?"),
    ("any port", "?"),
    ("1 to 100 for primary nodes", "?"),
    ("1 to 100 (recommended: 10)", "?"),
    ("≥ 1", "1.."),
    (">= 1", "1.."),
    ("<=100", "..100"),
    ("1 ≤ value ≤ 100", "?"),
    ("0 or more", "0.."),
    ("100 or less", "..100"),
    ("1 to 100. The default value is 10.", "1..100"),
    ("取值范围：1~100", "1..100"),
    ("取值范围为1至100。", "1..100"),
    ("大于等于1", "1.."),
    ("不超过500", "..500"),
    ("最小值：1", "1.."),
    ("最大值为1000", "..1000"),
    ("1025~65534，除1033、12017", "1025..65534 !1033,12017"),
    ("取值必须大于0", "1.."),
    ("1에서 100까지", "1..100"),
    ("1 이상 100 이하", "1..100"),
    ("1から100まで", "1..100"),
    ("O valor varia de 1 a 100.", "1..100"),
    ("entre 1 y 100", "1..100"),
    ("1 to 100 (inclusive)", "1..100"),
    ("1 to 100 (exclusive)", "?"),
    ("1 to 2,147,483,647", "1..2147483647"),
    ("1 to 9223372036854775807", "?"),
    ("1 to 2^31-1", "?"),
    ("1'000 to 9'000", "?"),
    ("1,00 to 2,00", "?"),
    ("-100 to -1", "-100..-1"),
    ("-100--1", "-100..-1"),
    ("1 through 10", "1..10"),
    ("An integer from 1 to 65,535", "1..65535"),
    ("Enter a value from 1 to 10.", "1..10"),
    ("The allowed range is 5 to 60.", "5..60"),
    ("no less than 1 but no more than 100", "1..100"),
    ("The value cannot be less than 1 or greater than 100.", "?"),
    ("The value must not be 1 to 100.", "?"),
    ("above 5", "6.."),
    ("below 5", "..4"),
    ("5 and above", "5.."),
    ("greater than 0 and below 10", "?"),
    ("below 5 or above 10", "?"),
    ("less than 5 or more than 10", "?"),
    ("5 or lower", "..5"),
    ("The minimum is 1 and the maximum is 50.", "1..50"),
    ("min. 8, max. 64", "?"),
    ("Min: 8, Max: 64", "8..64"),
    ("1 (minimum) to 10 (maximum)", "?"),
    ("The value is limited to 100.", "..100"),
    ("1025 to 65534, excluding 1033,1034", "1025..65534 !1033,1034"),
    ("1025 to 65534, excluding 100,200", "?"),
    ("1 to 9, excluding 12", "?"),
    ("1 to 9 without 5", "?"),
    ("10 to 500 in increments of 10", "10..500 x10"),
    ("1 to 9 in steps of 2", "?"),
    ("multiples of 0.5", "?"),
    ("-1 or 1 to 100", "?"),
    ("1 to 100, -1", "?"),
    ("0, or 5 to 100", "?"),
    ("one to ten", "?"),
    ("a positive integer", "?"),
    ("1 to 100%", "?"),
    ("0x10 to 0xFF", "?"),
    ("1e3 to 1e5", "?"),
    ("Default: 10, range: 1 to 100", "?"),
    ("The default value is 10 and the maximum value is 100.", "?"),
    ("2024-01-01", "?"),
    ("大于0小于等于100", "1..100"),
    ("大于等于1且小于等于65,535", "1..65535"),
    ("取值范围：[1, 65535]", "1..65535"),
    ("介于1和100之间", "1..100"),
    ("0~100，或-1", "-1..100"),
    ("-1或1~100", "?"),
    ("必须是10的倍数", "x10"),
    ("不在1~5之间", "?"),
    ("至多100", "..100"),
    ("1 초과 100 미만", "2..99"),
    ("1~100 사이의 정수", "1..100"),
    ("최소 1, 최대 100", "1..100"),
    ("100 이내", "..100"),
    ("1~100が対象", "?"),
    ("1以上100以下の整数", "1..100"),
    ("1から100の範囲", "1..100"),
    ("100未満", "..99"),
    ("O valor deve estar entre 1 e 100.", "1..100"),
    ("maior que 0 e menor ou igual a 100", "1..100"),
    ("não pode exceder 100", "..100"),
    ("até 100", "..100"),
    ("1 até 100", "1..100"),
    ("de 1.000 a 2.000", "?"),
    ("El valor oscila entre 1 y 100.", "1..100"),
    ("mayor o igual que 1 y menor que 10", "1..9"),
    ("de 1 hasta 100", "1..100"),
    ("no más de 100", "..100"),
    ("no es 1 a 100", "?"),
    ("The value contains 32 characters.", "?"),
];

const TEXTS: &[(&str, &str)] = &[
    ("The value contains 32 characters. Only letters and digits are allowed.", "/^[0-9A-Za-z]{32}$/"),
    ("The value can contain 32 characters. Only letters and digits are allowed.", "/^[0-9A-Za-z]{32}$/"),
    (
        "The value contains 36 characters with a suffix of in07. Only letters and digits are allowed.",
        "/^[0-9A-Za-z]{32}in07$/",
    ),
    ("The value contains 32 to 64 characters.", "32..64"),
    ("The value is determined by the caller. The value contains 32 to 64 characters.", "32..64 ?"),
    ("1 to 64 characters", "1..64"),
    ("0 to 1,024 characters", "0..1024"),
    ("1-64 characters", "1..64"),
    ("can consist of up to 512 characters", "..512"),
    ("The value can consist of up to 512 characters. It cannot contain carriage returns.", "..512 ?"),
    ("A maximum of 64 characters", "..64"),
    ("No more than 128 characters", "..128"),
    ("At least 8 characters", "8.."),
    ("a minimum of 8 characters", "8.."),
    ("8 characters or more", "8.."),
    ("between 8 and 32 characters", "8..32"),
    ("The length is between 8 and 32 characters.", "8..32"),
    ("8 to 32 characters, including at least letters and digits, and special characters", "?"),
    ("8 to 32 characters and must contain uppercase letters, lowercase letters and digits", "?"),
    ("The password must contain 8 to 32 characters, including letters, digits and special characters.", "?"),
    (
        "The database name can contain 1 to 64 characters. Only letters, digits, hyphens (-), and underscores (_) are allowed.",
        "1..64 ?",
    ),
    ("4 to 64 characters. It must start with a letter.", "4..64 ?"),
    ("Maximum length: 255", "..255"),
    ("Minimum length: 1\nMaximum length: 255", "1..255"),
    ("Minimum: 1", "1.."),
    ("Minimum: 1; Maximum: 36", "1..36"),
    ("The minimum value is 1.", "?"),
    ("1 to 64", "?"),
    ("1 to 64 bytes", "?"),
    ("Up to 255", "?"),
    ("36 characters", "36..36"),
    ("6 digits", "6..6"),
    ("Used by IAM.", "?"),
    ("1 to 64 characters for names, 8 to 32 characters for passwords", "?"),
    ("At least one digit", "?"),
    ("Letters and digits only, 1 to 8 characters", "/^[0-9A-Za-z]{1,8}$/"),
    ("最小长度：1", "1.."),
    ("最大长度：255", "..255"),
    ("最大长度128个字符", "..128"),
    ("长度为1~64个字符", "1..64"),
    ("只能由英文字母、数字组成，且长度为36个字符，后缀为in07。", "/^[0-9A-Za-z]{32}in07$/"),
    ("4~64位，必须以字母开头", "?"),
    ("1자 이상 64자 이하", "1..64"),
    ("1 a 64 caracteres", "1..64"),
    ("Hasta 64 caracteres", "..64"),
    ("1~64文字", "1..64"),
    ("min. 8 characters, max. 64 characters", "?"),
    ("Min. length 1, max. length 64", "?"),
    ("[1,64] characters", "1..64"),
    ("1 to 64 characters long", "1..64"),
    ("Must be 8 to 32 characters in length.", "8..32"),
    ("exactly 36 characters", "36..36"),
    ("a length of 1 to 64 characters", "1..64"),
    ("less than 64 characters", "..63"),
    ("more than 7 characters", "8.."),
    ("no longer than 255 characters", "..255"),
    ("up to 64 characters (case-insensitive)", "?"),
    ("1 to 64 UTF-8 characters", "?"),
    ("at least 2 digits", "?"),
    ("At least 8 characters with at least 2 digits", "?"),
    ("6 to 8 digits", "6..8"),
    ("10 000 characters", "?"),
    ("1,024 characters", "1024..1024"),
    ("Maximum 64 characters and minimum 1", "1..64"),
    ("64 to 1 characters", "?"),
    ("The value contains 36 characters with a suffix of in07. A maximum of 36 characters", "?"),
    ("支持1~64个字符", "1..64"),
    ("字符长度为1-64", "1..64"),
    ("长度不超过64", "..64"),
    ("64个字符以内", "..64"),
    ("至少8个字符，最多32个字符", "8..32"),
    ("不能为空", "?"),
    ("8文字以上32文字以下", "8..32"),
    ("64文字以内", "..64"),
    ("長さは1～64文字です。", "1..64"),
    ("최대 64자", "..64"),
    ("8자 이상 32자 이하여야 합니다.", "8..32"),
    ("영문 1~64자", "?"),
    ("até 64 caracteres", "..64"),
    ("No mínimo 8 e no máximo 32 caracteres", "8..32"),
    ("O comprimento máximo é 64", "..64"),
    ("64 caracteres como máximo", "..64"),
    ("Entre 8 y 32 caracteres", "8..32"),
    ("al menos 8 caracteres, incluidas letras", "?"),
    ("The value contains 2 characters with a suffix of in07. Only letters and digits are allowed.", "?"),
];

const LISTS: &[(&str, &str)] = &[
    ("1 to 10 items", "1..10"),
    ("The list can contain a maximum of 50 items.", "..50"),
    ("The list can contain a maximum of 50 databases.", "?"),
    ("Array length: 1 - 50", "1..50"),
    ("数组长度：1~10", "1..10"),
    ("at least 1 element", "1.."),
    ("1 to 64 characters", "?"),
    ("1 to 10", "?"),
    ("Up to 20 IP addresses", "?"),
    ("A maximum of 10 elements", "..10"),
    ("at most 10 entries", "..10"),
    ("最多10个", "..10"),
    ("1~10개", "1..10"),
    ("de 1 a 10 elementos", "1..10"),
    ("10 to 1 items", "?"),
];

const NUMBERS: &[(&str, &str)] = &[
    ("0 to 1", "0..1"),
    ("0.5 to 99.5", "0.5..99.5"),
    ("-0.5 to 0.5", "-0.5..0.5"),
    ("Greater than 0", "?"),
    ("1.000 to 2.000", "?"),
    ("up to 0.75", "..0.75"),
    ("0,5 to 1,5", "?"),
    ("0.1 to 1.5 seconds", "?"),
    ("at least 0.1", "0.1.."),
];

/// Limits in the notation of the tables.
fn shown(limits: &Limits, unread: bool) -> String {
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let count = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let mut parts = Vec::new();
    for (least, most) in [
        (number(limits.minimum), number(limits.maximum)),
        (count(limits.min_length), count(limits.max_length)),
        (count(limits.min_items), count(limits.max_items)),
    ] {
        if !(least.is_empty() && most.is_empty()) {
            parts.push(format!("{least}..{most}"));
        }
    }
    if !limits.excluded.is_empty() {
        let excluded: Vec<String> = limits.excluded.iter().map(ToString::to_string).collect();
        parts.push(format!("!{}", excluded.join(",")));
    }
    parts.extend(limits.multiple_of.map(|n| format!("x{n}")));
    parts.extend(limits.pattern.as_ref().map(|p| format!("/{p}/")));
    parts.extend(unread.then(|| "?".to_owned()));
    parts.join(" ")
}

#[test]
fn phrases_are_read_right_or_not_at_all() {
    let tables = [
        (INTEGERS, Kind::Integer),
        (TEXTS, Kind::Text),
        (LISTS, Kind::List),
        (NUMBERS, Kind::Number),
        (vendors::INTEGERS, Kind::Integer),
        (vendors::TEXTS, Kind::Text),
        (vendors::LISTS, Kind::List),
    ];
    let mut wrong = Vec::new();
    let mut count = 0;
    for (phrases, kind) in tables {
        for (phrase, expected) in phrases {
            let read = limits(phrase, kind);
            let found = shown(&read.limits, !read.unread.is_empty());
            if found != *expected {
                wrong.push(format!("{kind:?} `{phrase}`: {found}, expected {expected}"));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 200, "{count} phrases");
}

#[test]
fn descriptions_mention_limits_among_other_things() {
    for (text, kind, expected) in [
        ("Number of rows. The minimum value is 1.", Kind::Integer, "1.."),
        ("Page size. The value ranges from 1 to 5000.", Kind::Integer, "1..5000"),
        ("Specifies the name.\nMinimum: 0\nMaximum: 255", Kind::Text, "0..255"),
        ("The maximum value is 100 for free accounts.", Kind::Integer, "?"),
        ("Starts up to 1000 servers at a time.", Kind::Integer, ""),
        ("The time in 24 hours.", Kind::Text, ""),
        ("State. Value range:", Kind::Text, ""),
        ("Rows per page. Up to 1,000.", Kind::Integer, "..1000"),
        ("Value range: 1 to 9 for clusters", Kind::Integer, "?"),
        ("The 2 nodes are listed in order.", Kind::List, ""),
    ] {
        let read = mentioned(text, kind);
        assert_eq!(shown(&read.limits, !read.unread.is_empty()), expected, "{text}");
    }
}

#[test]
fn defaults_are_values_and_not_sentences() {
    for (text, expected) in [
        ("The default value is 100.", Ok(Some("100"))),
        ("100", Ok(Some("100"))),
        ("en-us", Ok(Some("en-us"))),
        ("Default value: \"PostPay\"", Ok(Some("PostPay"))),
        ("N/A", Ok(None)),
        ("None.", Ok(None)),
        ("不涉及", Ok(None)),
        ("默认值为10。", Ok(Some("10"))),
        ("The default value depends on the engine.", Err("The default value depends on the engine.")),
        ("0 if nothing is given", Err("0 if nothing is given")),
        ("기본값: 10", Ok(Some("10"))),
        ("El valor predeterminado es 10.", Ok(Some("10"))),
    ] {
        let read = default(text);
        assert_eq!(read, expected.map(|v| v.map(str::to_owned)).map_err(str::to_owned), "{text}");
    }
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
