//! Code laid out as rustfmt does it, with the settings of this repository: what fits on a line is on one line.
//!
//! A formatter of tokens can't do that: it needs rustfmt itself, which differs between machines, or has a style of its
//! own. The generator writes few shapes, so it lays them out as it writes them.

/// The longest line.
const WIDTH: usize = 110;

/// An expression, or something else with brackets.
#[derive(Debug, Clone)]
pub(crate) enum Code {
    Text(String),
    /// Items between brackets, with commas.
    List {
        open: String,
        items: Vec<Code>,
        close: String,
    },
    /// Text directly before code.
    Prefixed(String, Box<Code>),
    /// An item of a list with an attribute, which stands on a line of its own.
    Attributed(String, Box<Code>),
    /// Methods called on the first part.
    Chain(Box<Code>, Vec<Code>),
}

impl Code {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A string literal.
    pub(crate) fn literal(text: &str) -> Self {
        Self::Text(format!("{text:?}"))
    }

    /// A call, or anything else in parentheses.
    pub(crate) fn call(name: &str, items: impl IntoIterator<Item = Code>) -> Self {
        Self::List { open: format!("{name}("), items: items.into_iter().collect(), close: ")".to_owned() }
    }

    /// A reference to an array.
    pub(crate) fn array(items: impl IntoIterator<Item = Code>) -> Self {
        Self::List { open: "&[".to_owned(), items: items.into_iter().collect(), close: "]".to_owned() }
    }

    /// A struct with its fields.
    pub(crate) fn object(name: &str, fields: impl IntoIterator<Item = Code>) -> Self {
        let items: Vec<_> = fields.into_iter().collect();
        let close = if items.is_empty() { "}" } else { " }" };
        let open = if items.is_empty() { format!("{name} {{") } else { format!("{name} {{ ") };
        Self::List { open, items, close: close.to_owned() }
    }

    pub(crate) fn prefixed(prefix: impl Into<String>, code: Code) -> Self {
        Self::Prefixed(prefix.into(), Box::new(code))
    }

    /// An item of a list with an attribute.
    pub(crate) fn attributed(attribute: String, code: Code) -> Self {
        Self::Attributed(attribute, Box::new(code))
    }

    /// A reference to it.
    pub(crate) fn reference(self) -> Self {
        Self::prefixed("&", self)
    }

    /// `Some` with it.
    pub(crate) fn some(self) -> Self {
        Self::call("Some", [self])
    }

    /// On one line.
    pub(crate) fn flat(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List { open, items, close } => {
                let items: Vec<_> = items.iter().map(Self::flat).collect();
                format!("{open}{}{close}", items.join(", "))
            }
            Self::Prefixed(prefix, code) => format!("{prefix}{}", code.flat()),
            Self::Attributed(attribute, code) => format!("{attribute}\n{}", code.flat()),
            Self::Chain(first, calls) => {
                calls.iter().fold(first.flat(), |text, call| format!("{text}.{}", call.flat()))
            }
        }
    }

    /// On as many lines as it needs. It begins at the column `at` of a line that is indented by `indent`, and
    /// `after` characters follow it.
    pub(crate) fn lay_out(&self, indent: usize, at: usize, after: usize) -> String {
        self.within(WIDTH, indent, at, after)
    }

    /// The same with lines of another width.
    pub(crate) fn within(&self, longest: usize, indent: usize, at: usize, after: usize) -> String {
        let flat = self.flat();
        if at + width(&flat) + after <= longest && !flat.contains('\n') {
            return flat;
        }
        match self {
            Self::Text(text) => text.clone(),
            Self::Attributed(attribute, code) => {
                format!("{attribute}\n{}{}", spaces(indent), code.within(longest, indent, at, after))
            }
            Self::Prefixed(prefix, code) => {
                format!("{prefix}{}", code.within(longest, indent, at + width(prefix), after))
            }
            Self::List { open, items, close } => match items.as_slice() {
                [] => flat,
                [only] if only.has_brackets() => {
                    let inner = only.within(longest, indent, at + width(open), after + width(close));
                    format!("{open}{inner}{close}")
                }
                items => {
                    let lines: String = items.iter().map(|item| item.line(longest, indent + 4)).collect();
                    format!("{}\n{lines}{}{}", open.trim_end(), spaces(indent), close.trim_start())
                }
            },
            Self::Chain(first, calls) => {
                let head = first.within(longest, indent, at, 0);
                calls.iter().fold(head, |text, call| {
                    let call = call.within(longest, indent + 4, indent + 5, 0);
                    format!("{text}\n{}.{call}", spaces(indent + 4))
                })
            }
        }
    }

    /// As an item of a list on a line of its own; what `..` begins has no comma.
    fn line(&self, longest: usize, indent: usize) -> String {
        let comma = if matches!(self, Self::Text(text) if text.starts_with("..")) { "" } else { "," };
        format!("{}{}{comma}\n", spaces(indent), self.within(longest, indent, indent, 1))
    }

    fn has_brackets(&self) -> bool {
        match self {
            Self::List { .. } => true,
            Self::Prefixed(_, code) => code.has_brackets(),
            Self::Text(_) | Self::Attributed(..) | Self::Chain(..) => false,
        }
    }
}

/// The definition of a constant or static: `left` is all before the equals sign.
pub(crate) fn define(left: &str, value: &Code) -> String {
    let flat = value.flat();
    let line = !flat.contains('\n');
    if line && width(left) + 3 + width(&flat) < WIDTH {
        return format!("{left} = {flat};\n");
    }
    if line && 4 + width(&flat) < WIDTH {
        return format!("{left} =\n    {flat};\n");
    }
    format!("{left} = {};\n", value.lay_out(0, width(left) + 3, 1))
}

/// The head of a function, indented as a method is.
pub(crate) fn method_head(name: &str, arguments: Vec<Code>, result: &str) -> String {
    let head = Code::List { open: format!("{name}("), items: arguments, close: format!(") -> {result} {{") };
    format!("    {}\n", head.lay_out(4, 4, 0))
}

/// Words with commas between them, as many on a line as fit behind the indent.
pub(crate) fn filled(words: &[String], indent: usize) -> String {
    let mut lines = vec![String::new()];
    for word in words {
        if let Some(line) = lines.last_mut() {
            if line.is_empty() || indent + width(line) + width(word) + 2 <= WIDTH {
                let blank = if line.is_empty() { "" } else { " " };
                line.push_str(&format!("{blank}{word},"));
            } else {
                lines.push(format!("{word},"));
            }
        }
    }
    lines.iter().map(|line| format!("{}{line}\n", spaces(indent))).collect()
}

/// Whether a line has room for the text behind the indent.
pub(crate) fn fits(text: &str, indent: usize) -> bool {
    indent + width(text) <= WIDTH
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn spaces(count: usize) -> String {
    " ".repeat(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(count: usize) -> Vec<Code> {
        (0..count).map(|n| Code::text(format!("argument_{n}: impl Into<String>"))).collect()
    }

    #[test]
    fn what_fits_is_on_one_line() {
        let check = Code::call("Check::text", [Code::text("1"), Code::text("64")]).reference();
        let pair = Code::call("", [Code::literal("na\"me"), check]);
        let object = Code::call("Check::object", [Code::array([pair])]);
        assert_eq!(
            define("static A: Check", &object),
            "static A: Check = Check::object(&[(\"na\\\"me\", &Check::text(1, 64))]);\n"
        );
        assert_eq!(
            method_head("pub fn new", words(1), "Self"),
            "    pub fn new(argument_0: impl Into<String>) -> Self {\n"
        );
        assert_eq!(Code::object("X", []).flat(), "X {}");
    }

    #[test]
    fn what_does_not_fit_has_an_item_per_line() {
        let head = method_head("pub fn new", words(4), "Self");
        assert!(head.starts_with("    pub fn new(\n        argument_0: impl Into<String>,\n"), "{head}");
        assert!(head.ends_with("argument_3: impl Into<String>,\n    ) -> Self {\n"), "{head}");
        let many = Code::call("Check::object", [Code::array(words(5))]);
        let text = define("static A: Check", &many);
        assert!(text.starts_with("static A: Check = Check::object(&[\n    argument_0"), "{text}");
        assert!(text.ends_with(",\n]);\n"), "{text}");
    }

    #[test]
    fn an_attribute_is_on_a_line_of_its_own() {
        let list =
            Code::array([Code::text("&A"), Code::attributed("#[cfg(x)]".to_owned(), Code::text("&B"))]);
        assert_eq!(
            define("static ALL: T", &list),
            "static ALL: T = &[\n    &A,\n    #[cfg(x)]\n    &B,\n];\n"
        );
    }

    #[test]
    fn lines_are_filled_to_their_width() {
        let words: Vec<_> = (0..40).map(|n| format!("word_{n}")).collect();
        let text = filled(&words, 8);
        assert!(text.lines().all(|l| l.len() <= WIDTH && l.starts_with("        word_")), "{text}");
        assert!(text.lines().next().is_some_and(|l| l.len() > 100), "{text}");
    }
}
