//! A sentence as numbers and the words of a closed list.

/// A part of a sentence that means something for limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token {
    /// A number and whether it was written with a decimal point.
    Number(f64, bool),
    /// `to`, `-`, `~`.
    To,
    /// `and`, a comma.
    And,
    AtLeast,
    AtMost,
    Above,
    Below,
    /// `or`
    Or,
    /// `between`, before two numbers.
    Between,
    Excluding,
    MultipleOf,
    /// Characters are counted.
    Characters,
    /// Items of a list are counted.
    Items,
    /// `Only letters and digits are allowed.`
    Alphanumeric,
    /// `a suffix of`
    Suffix,
}

/// Words and what they mean, in lower case. The longest that fits counts.
const WORDS: &[(Token, &[&str])] = &[
    (
        Token::To,
        &[
            "to", "~", "～", "-", "–", "—", "−", "至", "到", "through", "부터", "から", "a", "hasta", "até",
            "..",
        ],
    ),
    (Token::And, &["and", ",", "，", "、", "和", "及", "y", "e"]),
    (Token::Between, &["between", "介于", "entre"]),
    (Token::Or, &["or", "或", "或者", "또는", "または", "o", "ou"]),
    (
        Token::AtLeast,
        &[
            "greater than or equal to",
            "more than or equal to",
            "larger than or equal to",
            "equal to or greater than",
            "no less than",
            "not less than",
            "no smaller than",
            "not smaller than",
            "cannot be less than",
            "no fewer than",
            "must not be less than",
            "at least",
            "a minimum of",
            "minimum of",
            "minimum value is",
            "minimum value",
            "minimum length is",
            "minimum length",
            "minimum",
            "min",
            "≥",
            ">=",
            "or more",
            "or greater",
            "or above",
            "不小于",
            "大于等于",
            "大于或等于",
            "不少于",
            "不低于",
            "至少",
            "最小值为",
            "最小值",
            "最小长度为",
            "最小长度",
            "最小",
            "最少",
            "이상",
            "최소",
            "최소값",
            "以上",
            "最小値",
            "pelo menos",
            "no mínimo",
            "mínimo de",
            "mínimo",
            "al menos",
            "como mínimo",
            "maior ou igual a",
            "maior que ou igual a",
            "mayor o igual que",
            "mayor o igual a",
        ],
    ),
    (
        Token::AtMost,
        &[
            "less than or equal to",
            "smaller than or equal to",
            "fewer than or equal to",
            "equal to or less than",
            "no more than",
            "not more than",
            "no greater than",
            "not greater than",
            "no larger than",
            "not larger than",
            "cannot be greater than",
            "cannot be more than",
            "must not be greater than",
            "at most",
            "a maximum of",
            "maximum of",
            "up to",
            "maximum value is",
            "maximum value",
            "maximum length is",
            "maximum length",
            "maximum",
            "max",
            "cannot exceed",
            "can not exceed",
            "must not exceed",
            "does not exceed",
            "do not exceed",
            "should not exceed",
            "not exceed",
            "not exceeding",
            "≤",
            "<=",
            "or less",
            "or fewer",
            "or below",
            "不大于",
            "小于等于",
            "小于或等于",
            "不超过",
            "不能超过",
            "不多于",
            "最多",
            "最大值为",
            "最大值",
            "最大长度为",
            "最大长度",
            "最大",
            "最长",
            "이하",
            "최대",
            "최대값",
            "以下",
            "最大値",
            "no máximo",
            "máximo de",
            "máximo",
            "até no máximo",
            "como máximo",
            "menor ou igual a",
            "menor que ou igual a",
            "menor o igual que",
            "menor o igual a",
            "cannot be longer than",
            "no longer than",
            "not be longer than",
        ],
    ),
    (
        Token::Above,
        &[
            "greater than",
            "more than",
            "larger than",
            "bigger than",
            ">",
            "大于",
            "超过",
            "maior que",
            "mayor que",
            "초과",
        ],
    ),
    (Token::Below, &["less than", "fewer than", "smaller than", "<", "小于", "menor que", "미만"]),
    (
        Token::Excluding,
        &[
            "excluding",
            "except for",
            "except",
            "other than",
            "not including",
            "不包括",
            "不包含",
            "除外",
            "除",
            "exceto",
            "excepto",
            "excluindo",
        ],
    ),
    (
        Token::MultipleOf,
        &[
            "an integer multiple of",
            "integer multiple of",
            "a multiple of",
            "multiple of",
            "multiples of",
            "in increments of",
            "的倍数",
        ],
    ),
    (
        Token::Characters,
        &[
            "characters long",
            "characters in length",
            "characters",
            "character",
            "chars",
            "letters",
            "digits",
            "个字符",
            "个字",
            "字符",
            "位字符",
            "位",
            "자",
            "글자",
            "文字",
            "caracteres",
            "caractere",
            "carácter",
        ],
    ),
    (
        Token::Items,
        &[
            "items",
            "item",
            "elements",
            "element",
            "entries",
            "records",
            "objects",
            "个元素",
            "条记录",
            "条",
            "个",
            "개",
            "件",
            "elementos",
            "itens",
        ],
    ),
    (
        Token::Alphanumeric,
        &[
            "only letters and digits are allowed",
            "only digits and letters are allowed",
            "only letters and digits",
            "letters and digits only",
            "must contain only letters and digits",
            "can contain only letters and digits",
            "consists of letters and digits",
            "consist of letters and digits",
            "consisting of letters and digits",
            "只能由字母和数字组成",
            "只能由英文字母和数字组成",
            "由英文字母、数字组成",
            "由字母、数字组成",
            "只能包含字母和数字",
            "只能由英文字母、数字组成",
            "只能由字母、数字组成",
        ],
    ),
    (Token::Suffix, &["with a suffix of", "a suffix of", "suffix of", "且后缀为", "后缀为", "with suffix"]),
];

/// Words that say nothing about limits, in lower case.
const FILLERS: &[&str] = &[
    "the value ranges from",
    "the value range is from",
    "the value range is",
    "value ranges from",
    "value range is",
    "value range",
    "value ranges",
    "valid range",
    "valid values are",
    "the range is",
    "ranges from",
    "ranging from",
    "range is",
    "range from",
    "range",
    "ranges",
    "from",
    "the value must be",
    "the value should be",
    "the value can be",
    "the value can contain",
    "the value contains",
    "the value can consist of",
    "the value consists of",
    "the value",
    "value",
    "values",
    "must be",
    "should be",
    "can be",
    "must contain",
    "should contain",
    "can contain",
    "may contain",
    "contains",
    "contain",
    "can consist of",
    "consists of",
    "must consist of",
    "consist of",
    "can have",
    "must have",
    "has",
    "have",
    "the length must be",
    "the length is",
    "the length of",
    "the length",
    "length is",
    "length",
    "the string",
    "the name",
    "the database name",
    "the password",
    "password",
    "the list",
    "list",
    "the array",
    "array",
    "array length",
    "number of",
    "the number of",
    "the",
    "is",
    "are",
    "be",
    "of",
    "an integer",
    "integer",
    "integers",
    "a number",
    "number",
    "only",
    "inclusive",
    "in length",
    "long",
    "must",
    "should",
    "can",
    "which",
    "that is",
    "it",
    "in",
    "a string of",
    "a total of",
    "total",
    "unit",
    "supported",
    "allowed",
    ":",
    "：",
    "[",
    "]",
    "(",
    ")",
    "（",
    "）",
    "取值范围为",
    "取值范围是",
    "取值范围",
    "取值为",
    "取值",
    "范围为",
    "范围",
    "长度为",
    "长度范围为",
    "长度范围",
    "长度在",
    "长度",
    "数组长度",
    "之间",
    "的整数",
    "整数",
    "正整数",
    "必须",
    "为",
    "是",
    "应",
    "且",
    "값은",
    "값 범위",
    "값",
    "범위",
    "사이",
    "길이",
    "길이는",
    "까지",
    "까지의",
    "値の範囲",
    "範囲",
    "値",
    "長さ",
    "まで",
    "o valor varia de",
    "o valor",
    "valor",
    "intervalo",
    "faixa de valores",
    "varia de",
    "de",
    "deve ser",
    "debe ser",
    "el valor",
    "rango",
    "rango de valores",
    "varía de",
    "comprimento",
    "longitud",
    "contém",
    "contiene",
    "puede contener",
    "pode conter",
    "el",
    "la",
];

/// The tokens of a sentence; `None` where a word is left over.
pub(super) fn tokens(sentence: &str) -> Option<Vec<Token>> {
    let lower = sentence.to_lowercase();
    let mut rest = lower.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        if let Some((number, decimal, length)) = number(rest, found.last()) {
            found.push(Token::Number(number?, decimal));
            rest = rest.get(length..)?.trim_start();
            continue;
        }
        let (token, length) = word(rest)?;
        found.extend(token);
        rest = rest.get(length..)?.trim_start();
    }
    Some(found)
}

/// The longest word at the beginning of a text, and its length.
fn word(text: &str) -> Option<(Option<Token>, usize)> {
    let meaning = WORDS.iter().flat_map(|(token, words)| words.iter().map(move |word| (Some(*token), *word)));
    let all = meaning.chain(FILLERS.iter().map(|word| (None, *word)));
    all.filter(|(_, word)| begins(text, word)).max_by_key(|(_, word)| word.len()).map(|(t, w)| (t, w.len()))
}

/// Whether a text begins with a word. A word of letters of an alphabet ends where another letter does not follow.
fn begins(text: &str, word: &str) -> bool {
    let Some(rest) = text.strip_prefix(word) else { return false };
    let letter = |c: char| c.is_alphabetic() && (c as u32) < 0x2E80;
    !word.ends_with(letter) || !rest.starts_with(|c: char| letter(c) || c == '_' || c.is_ascii_digit())
}

/// A number at the beginning of a text, whether it has a point, and its length. The inner `None` is a number that
/// can be read in two ways.
fn number(text: &str, before: Option<&Token>) -> Option<(Option<f64>, bool, usize)> {
    let negative = text.starts_with(['-', '−']) && !matches!(before, Some(Token::Number(..)));
    let sign = if negative { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
    let body = text.get(sign..)?;
    if !body.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut length = digits(body);
    let mut text_of = body.get(..length)?.to_owned();
    let mut known = true;
    // `1,025` and `1,234,567`: groups of three digits. `1,25` is neither a number nor surely two.
    while let Some(group) = body.get(length..).and_then(|rest| rest.strip_prefix(',')) {
        match digits(group) {
            0 => break,
            3 if text_of.len() <= 3 || body.get(..length)?.contains(',') => {
                text_of.push_str(group.get(..3)?);
                length += 4;
            }
            _ => {
                known = body.get(..length)?.len() > 3 && !body.get(..length)?.contains(',');
                break;
            }
        }
    }
    let mut decimal = false;
    if let Some(fraction) = body.get(length..).and_then(|rest| rest.strip_prefix('.')) {
        let after = digits(fraction);
        if after > 0 {
            decimal = true;
            // `1.024` may be a thousand and twenty-four.
            known &= after != 3 && !fraction.get(after..)?.starts_with('.');
            text_of = format!("{text_of}.{}", fraction.get(..after)?);
            length += 1 + after;
        }
    }
    // A unit or a name that follows at once: `64k`, `3d`, `10%`.
    let tail = body.get(length..)?;
    known &=
        !tail.starts_with(|c: char| c.is_ascii_alphabetic() || c == '%' || c == '_' || c == '^' || c == '*');
    let value = text_of.parse::<f64>().ok().map(|n| if negative { -n } else { n });
    Some((value.filter(|_| known), decimal, sign + length))
}

/// A text without the words that announce a default.
pub(super) fn strip_default(text: &str) -> &str {
    const WORDS: &[&str] = &[
        "the default value is",
        "default value is",
        "the default is",
        "defaults to",
        "it defaults to",
        "by default, the value is",
        "default value:",
        "default:",
        "默认值为",
        "默认为",
        "缺省值为",
        "缺省值：",
        "缺省为",
        "默认：",
        "기본값은",
        "o valor padrão é",
        "el valor predeterminado es",
    ];
    let lower = text.to_lowercase();
    let found = WORDS.iter().filter(|word| lower.starts_with(**word)).map(|word| word.len()).max();
    found.and_then(|length| text.get(length..)).unwrap_or(text)
}
