//! The words by which pages name types.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use crate::words::{WordTable, begins, lower};

/// How deep a list of lists is read.
const DEPTH: usize = 8;

/// A type as a page states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Type {
    /// The page says nothing.
    #[default]
    Unsaid,
    /// Text.
    Text,
    /// A moment, as text.
    Time,
    /// A whole number.
    Integer {
        /// The page says that it has 64 bits.
        wide: bool,
    },
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An object, perhaps with a name.
    Object(Option<String>),
    /// A list.
    List(Box<Type>),
    /// Words that are not understood.
    Unread(String),
}

/// What a type cell says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    pub(crate) ty: Type,
    pub(crate) nullable: bool,
    pub(crate) values: Vec<String>,
}

impl Type {
    /// The name of the object that this is, or a list of.
    #[must_use]
    pub fn object(&self) -> Option<&str> {
        match self {
            Type::Object(name) => name.as_deref(),
            Type::List(item) => item.object(),
            _ => None,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Unsaid => f.write_str("nothing"),
            Type::Text => f.write_str("string"),
            Type::Time => f.write_str("date-time"),
            Type::Integer { wide: true } => f.write_str("integer of 64 bits"),
            Type::Integer { wide: false } => f.write_str("integer"),
            Type::Number => f.write_str("number"),
            Type::Boolean => f.write_str("boolean"),
            Type::Object(None) => f.write_str("object"),
            Type::Object(Some(name)) => write!(f, "object {name}"),
            Type::List(item) if **item == Type::Unsaid => f.write_str("array"),
            Type::List(item) => write!(f, "array of {item}"),
            Type::Unread(words) => write!(f, "`{words}`"),
        }
    }
}

/// Reads a type cell, for example `Array of Cluster objects` or `any of [enum (a, b), null]`.
pub(crate) fn read(text: &str) -> Stated {
    let plain = text.is_ascii() && !text.contains(['\n', '\t', '\r']) && !text.contains("  ");
    let text = if plain { Cow::Borrowed(text.trim()) } else { Cow::Owned(spaced(text)) };
    read_at(text.trim_end_matches(['.', '。']), DEPTH)
}

/// The words of a text with one space between them.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_at(text: &str, depth: usize) -> Stated {
    let mut stated = Stated::default();
    let inner = match bracketed(text, "any of") {
        Some(inner) => {
            let mut parts = split(inner);
            let before = parts.len();
            parts.retain(|part| !part.eq_ignore_ascii_case("null"));
            stated.nullable = parts.len() < before;
            match parts[..] {
                [only] => only,
                _ => return Stated { ty: Type::Unread(text.to_owned()), ..stated },
            }
        }
        None => text,
    };
    if let Some(values) = bracketed(inner, "enum") {
        stated.values = split(values).into_iter().map(|v| v.trim_matches('"').to_owned()).collect();
        stated.ty = Type::Text;
    } else {
        stated.ty = single(inner, depth);
    }
    stated
}

/// What stands in the brackets after a word.
fn bracketed<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = begins(text, word)?.trim();
    rest.strip_prefix(['[', '('])?.strip_suffix([']', ')'])
}

/// Parts between commas that stand in no brackets.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let parts = text.split(|c: char| {
        depth += i32::from(matches!(c, '[' | '(')) - i32::from(matches!(c, ']' | ')'));
        c == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn single(text: &str, depth: usize) -> Type {
    if depth == 0 || text.len() > 200 {
        return Type::Unread(text.chars().take(200).collect());
    }
    if let Some(ty) = plain(text) {
        return ty;
    }
    if let Some(item) = item(text) {
        return match read_at(item.trim(), depth - 1).ty {
            Type::Unread(_) => Type::Unread(text.to_owned()),
            ty => Type::List(Box::new(ty)),
        };
    }
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = lower(rest);
    let named = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_name);
    match rest.as_ref() {
        // `AsyncResponse` names an object; `timestamp` alone may be anything.
        "" if named(name) && name.chars().any(char::is_uppercase) => Type::Object(Some(name.to_owned())),
        "object" | "objects" | "structure" | "data structure" if named(name) => {
            Type::Object(Some(name.to_owned()))
        }
        _ => Type::Unread(text.to_owned()),
    }
}

/// Words that are types by themselves, in lower case and between bars.
const PLAIN: [(Plain, &str); 8] = [
    (
        Plain::Text,
        "string | strings | str | text | uuid | enum | 字符串 | 文字列 | 문자열 | cadeia de caracteres | cadeia | cadena | \
         cadena de caracteres | texto | chaîne | chaîne de caractères | texte | zeichenkette | zeichenfolge | строка",
    ),
    (
        Plain::Time,
        "string (date-time) | string(date-time) | string[date-time] | string <date-time> | datetime | date-time",
    ),
    (
        Plain::Integer,
        "integer | integers | int | int32 | integer[int32] | integer (int32) | integer(int32) | 整数 | 整型 | 정수 | \
         inteiro | número inteiro | entero | número entero | entier | nombre entier | ganzzahl | целое число | целое",
    ),
    (
        Plain::Long,
        "long | longs | int64 | integer[int64] | integer (int64) | integer(int64) | 长整型 | 长整数",
    ),
    (
        Plain::Number,
        "number | numbers | double | float | decimal | number[double] | number (double) | number (float) | \
         bigdecimal | 数值 | 数値 | 浮点数 | 숫자 | número | nombre | zahl | число",
    ),
    (
        Plain::Boolean,
        "boolean | booleans | bool | 布尔 | 布尔值 | 布尔型 | ブール値 | 真偽値 | 부울 | 불리언 | booleano | booléen | boolesch | boolescher wert | логический | булево",
    ),
    (
        Plain::Object,
        "object | objects | map | json | json object | jsonobject | dict | dictionary | dict object | \
         dictionary data structure | data structure | json structure | hashmap | jsonb | key-value pairs | 对象 | \
         オブジェクト | 객체 | objeto | objetos | objet | objekt | объект",
    ),
    (
        Plain::List,
        "array | arrays | list | arr | json array | jsonarray | 数组 | 列表 | 配列 | 배열 | matriz | lista | arreglo | tableau | liste | feld | массив | список",
    ),
];

/// A type that one word can say.
#[derive(Debug, Clone, Copy)]
enum Plain {
    Text,
    Time,
    Integer,
    Long,
    Number,
    Boolean,
    Object,
    List,
}

static WORDS: LazyLock<WordTable<Plain>> = LazyLock::new(|| {
    WordTable::new(PLAIN.iter().flat_map(|(ty, words)| words.split(" | ").map(|word| (word, *ty))))
});

/// The type that some words are by themselves.
fn plain(text: &str) -> Option<Type> {
    if text.is_empty() {
        return Some(Type::Unsaid);
    }
    Some(match WORDS.get(text) {
        Some(Plain::Text) => Type::Text,
        Some(Plain::Time) => Type::Time,
        Some(Plain::Integer) => Type::Integer { wide: false },
        Some(Plain::Long) => Type::Integer { wide: true },
        Some(Plain::Number) => Type::Number,
        Some(Plain::Boolean) => Type::Boolean,
        Some(Plain::Object) => Type::Object(None),
        Some(Plain::List) => Type::List(Box::default()),
        // Keys are texts; what they lead to is not told from other objects.
        None if is_map(text) => Type::Object(None),
        None => return None,
    })
}

/// Whether some words are a map with the types of its keys and values.
fn is_map(text: &str) -> bool {
    if !text.ends_with(['>', ']', ')']) && begins(text, "map").is_none() {
        return false;
    }
    let rest = |words: &[&str]| {
        let rest = words.iter().filter_map(|word| begins(text, word)).min_by_key(|rest| rest.len());
        rest.map(str::trim_start).filter(|rest| rest.starts_with(['<', '[', '(']))
    };
    let pair = rest(&["dict", "dictionary", "object"]).is_some_and(|rest| rest.contains(','));
    let map = rest(&["map", "hashmap"]);
    (pair || map.is_some()) && text.ends_with(['>', ']', ')'])
        || map.is_some_and(|rest| begins(rest, "[string]").is_some())
}

/// The words for the items, if some words name a list.
fn item(text: &str) -> Option<&str> {
    const BEFORE: &[&str] = &[
        "array of ",
        "arrays of ",
        "list of ",
        "array<",
        "list<",
        "set<",
        "array[",
        "list[",
        "array(",
        "list(",
        "array (",
        "array [",
        "list (",
        "list [",
        "[]",
        "matriz de ",
        "lista de ",
        "arreglo de ",
    ];
    const AFTER: &[&str] = &[" array", " arrays", " list", "[]", "数组", "列表", "の配列", " 배열"];
    if let Some((word, rest)) = BEFORE.iter().find_map(|word| Some((word, begins(text, word)?))) {
        let close = match word.chars().last() {
            Some('<') => '>',
            Some('[') => ']',
            Some('(') => ')',
            _ => return Some(rest),
        };
        return rest.strip_suffix(close);
    }
    let before = |word: &&str| {
        let (item, end) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
        (end.eq_ignore_ascii_case(word) && !item.is_empty()).then_some(item)
    };
    AFTER.iter().find_map(before)
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}

#[cfg(test)]
mod tests {
    use super::{Type, read};

    #[test]
    fn types_are_understood() {
        for (text, shown) in [
            ("String", "string"),
            ("Integer", "integer"),
            ("Long", "integer of 64 bits"),
            ("integer[int64]", "integer of 64 bits"),
            ("Array of strings", "array of string"),
            ("Array of Cluster objects", "array of object Cluster"),
            ("InstanceActivateInfo object", "object InstanceActivateInfo"),
            ("List<String>", "array of string"),
            ("any of [integer, null]", "integer"),
            ("AsyncResponse", "object AsyncResponse"),
            ("Map<String,String>", "object"),
            ("Map<String, Array<Integer>>", "object"),
            ("String array", "array of string"),
            ("Array of String", "array of string"),
            ("array[any of [string, null]]", "array of string"),
            ("any of [array[Tag], null]", "array of object Tag"),
            ("string (date-time)", "date-time"),
            ("any of [string (date-time), null]", "date-time"),
            ("arr", "array"),
            ("JSON Array", "array"),
            ("List<Map<String,String>>", "array of object"),
            ("Map<String, Object>", "object"),
            ("map[string]string", "object"),
            ("Dict<String, String>", "object"),
            ("Array of dictionary data structure", "array of object"),
            ("array<string>", "array of string"),
            ("Array[String]", "array of string"),
            ("Array (String)", "array of string"),
            ("String[]", "array of string"),
            ("Array of\nstrings", "array of string"),
            ("array[integer[int64]]", "array of integer of 64 bits"),
            ("any of [array[string], null]", "array of string"),
            ("any of [boolean, null]", "boolean"),
            ("Integer array", "array of integer"),
            ("object[]", "array of object"),
            ("string(date-time)", "date-time"),
            ("String (ISO 8601)", "`String (ISO 8601)`"),
            ("Array of arrays", "array of array"),
            ("字符串数组", "array of string"),
            ("Matriz de objetos", "array of object"),
            ("timestamp", "`timestamp`"),
            ("Array of a number of things", "`Array of a number of things`"),
            ("any of [string, integer]", "`any of [string, integer]`"),
            ("a number of things", "`a number of things`"),
            ("", "nothing"),
        ] {
            assert_eq!(read(text).ty.to_string(), shown, "{text}");
        }
    }

    #[test]
    fn values_are_understood() {
        let stated = read("any of [enum (Redis OSS Sentinel, audit, slow), null]");
        assert_eq!(stated.values, ["Redis OSS Sentinel", "audit", "slow"]);
        assert!(stated.nullable && stated.ty == Type::Text);
    }

    #[test]
    fn endless_lists_end() {
        assert!(matches!(read(&"array of ".repeat(10_000)).ty, Type::Unread(_)));
    }
}
