//! What the parts of a sentence mean for limits.

/// A part of a sentence that means something for limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token {
    /// A number and whether it was written with a decimal point.
    Number(f64, bool),
    /// `to`, `-`, `~`.
    To,
    /// Between two numbers as `To`; before one as `AtMost`.
    Until,
    /// `and`, a comma.
    And,
    AtLeast,
    AtMost,
    /// `or more`, after a number.
    OrMore,
    /// `or less`, after a number.
    OrLess,
    Above,
    Below,
    /// `or`
    Or,
    /// `between`, before two numbers.
    Between,
    Excluding,
    MultipleOf,
    /// Multiples, counted from the lower bound.
    Increments,
    /// Characters are counted.
    Characters,
    /// Characters of one kind are counted, of which there may be others.
    Letters,
    /// Items of a list are counted.
    Items,
    /// `Only letters and digits are allowed.`
    Alphanumeric,
    /// `a suffix of`
    Suffix,
}
