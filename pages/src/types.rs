//! The words by which pages name types.

use std::fmt;

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
    let text = text.trim();
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
        stated.ty = single(inner, DEPTH);
    }
    stated
}

/// What stands in the brackets after a word.
fn bracketed<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    let rest = text.get(word.len()..)?.trim();
    let rest = rest.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
    head.eq_ignore_ascii_case(word).then_some(rest)
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
    let lower = text.to_lowercase();
    match lower.as_str() {
        "" => return Type::Unsaid,
        "string" | "str" | "text" | "字符串" => return Type::Text,
        "integer" | "int" | "int32" | "integer[int32]" | "整数" => return Type::Integer { wide: false },
        "long" | "int64" | "integer[int64]" | "integer (int64)" => return Type::Integer { wide: true },
        "number" | "double" | "float" | "decimal" | "number[double]" => return Type::Number,
        "boolean" | "bool" | "布尔" => return Type::Boolean,
        "object" | "map" | "map<string,object>" | "map<string, object>" => return Type::Object(None),
        "array" | "list" => return Type::List(Box::default()),
        _ => {}
    }
    if depth == 0 || text.len() > 200 {
        return Type::Unread(text.chars().take(200).collect());
    }
    let list =
        ["array of ", "list of "].iter().find_map(|w| lower.starts_with(w).then(|| text.get(w.len()..)));
    let generic = || {
        let open = lower.starts_with("list<") || lower.starts_with("array<");
        let inner = text.split_once('<').and_then(|(_, rest)| rest.strip_suffix('>'));
        inner.filter(|_| open).or_else(|| text.strip_suffix("[]"))
    };
    if let Some(item) = list.flatten().or_else(generic) {
        return Type::List(Box::new(single(item.trim(), depth - 1)));
    }
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.to_lowercase();
    let named = |name: &str| name.starts_with(|c: char| c.is_alphabetic()) && name.chars().all(is_name);
    match rest.as_str() {
        "object" | "objects" | "" if named(name) => match name.to_lowercase().as_str() {
            "strings" => Type::Text,
            "integers" => Type::Integer { wide: false },
            "objects" => Type::Object(None),
            _ => Type::Object(Some(name.to_owned())),
        },
        _ => Type::Unread(text.to_owned()),
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-')
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
