//! What a description says beyond words: values, limits, a default.

use crate::facts::{Field, Type};
use crate::prose;
use crate::words::{Topic, said, topic};

/// The longest description that is looked at.
const LONGEST: usize = 20_000;

/// Adds to a field what its description says.
pub(super) fn read(mut field: Field, description: &str) -> Field {
    if description.len() > LONGEST {
        return field;
    }
    let mut topics: Vec<(Topic, Vec<&str>)> = vec![(Topic::Definition, Vec::new())];
    for line in description.lines() {
        match (topic(line), topics.last_mut()) {
            (Some(topic), _) => topics.push((topic, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    let styled = topics.len() > 1;
    let of =
        |wanted: Topic| topics.iter().filter(move |(t, _)| *t == wanted).flat_map(|(_, l)| l.iter().copied());
    let range: Vec<&str> = of(Topic::Range).filter(|line| said(line).is_some()).collect();
    let default: Vec<&str> = of(Topic::Default).filter_map(said).collect();
    if styled {
        field.default = Some(default.join(" "));
        let values = prose::values(&range);
        range_of(&mut field, &range, values);
    } else {
        let free: Vec<&str> = of(Topic::Definition).collect();
        field.values.extend(prose::values(&free));
    }
    field
}

fn range_of(field: &mut Field, range: &[&str], values: Vec<String>) {
    if range.is_empty() {
        return;
    }
    if !values.is_empty() {
        field.values = values;
        return;
    }
    let text = range.join(" ");
    let number = matches!(field.ty, Type::Integer { .. } | Type::Number);
    match prose::limits(&text, number) {
        Some(limits) => field.limits = limits,
        None => field.unread = Some(text),
    }
}
