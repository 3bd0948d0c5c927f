//! What a description says beyond words: values, limits, a default.

use std::borrow::Cow;

use crate::facts::{Field, Type};
use crate::family::rows;
use crate::prose;
use crate::words::{Topic, leading_topic, said, topic};

/// The longest description that is looked at.
const LONGEST: usize = 20_000;

/// Adds to a field what its description says; `range` is what a column of its own says about limits.
pub(super) fn read(mut field: Field, description: &str, range: &str) -> Field {
    if description.len() > LONGEST {
        rows::unread(&mut field, "a description of more than 20,000 bytes");
        return field;
    }
    let split = split_line(description);
    // Items that were saved on one line each get theirs.
    let text = split.as_deref().unwrap_or(description);
    let listed =
        if text.contains('•') { Cow::Owned(text.replace(" • ", "\n• ")) } else { Cow::Borrowed(text) };
    let mut topics: Vec<(Topic, Vec<&str>)> = vec![(Topic::Definition, Vec::new())];
    for line in listed.lines() {
        match (topic(line), topics.last_mut()) {
            (Some(topic), _) => topics.push((topic, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    let of =
        |wanted: Topic| topics.iter().filter(move |(t, _)| *t == wanted).flat_map(|(_, l)| l.iter().copied());
    let named = |wanted: Topic| topics.iter().any(|(t, _)| *t == wanted);
    if topics.len() > 1 {
        let default: Vec<&str> = of(Topic::Default).filter_map(said).collect();
        rows::default(&mut field, &default.join(" "));
        let stated: Vec<&str> = of(Topic::Range).collect();
        let values = prose::values(&stated);
        // A list that was lost when the page was saved on one line leaves its heading.
        if split.is_some() && named(Topic::Range) && stated.iter().all(|line| line.trim().is_empty()) {
            rows::unread(&mut field, "a range without words");
        }
        let stated: Vec<&str> = stated.into_iter().filter(|line| said(line).is_some()).collect();
        range_of(&mut field, &stated, values);
    } else {
        let free: Vec<&str> = of(Topic::Definition).collect();
        field.values.extend(prose::values(&free));
        if let Some(kind) = rows::kind(&field.ty).filter(|_| field.values.is_empty()) {
            let reading = prose::mentioned(&free.join("\n"), kind);
            field.limits = reading.limits;
            reading.unread.iter().for_each(|words| rows::unread(&mut field, words));
        }
    }
    let range: Vec<&str> = range.lines().filter(|line| said(line).is_some()).collect();
    range_of(&mut field, &range, prose::values(&range));
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
    let text = range.join("\n");
    match rows::kind(&field.ty) {
        Some(kind) => {
            let reading = prose::limits(&text, kind);
            field.limits = reading.limits;
            reading.unread.iter().for_each(|words| rows::unread(field, words));
        }
        None if field.ty == Type::Boolean && is_flag(&text) => {}
        None => rows::unread(field, &text.replace('\n', " ")),
    }
}

/// `true or false` says nothing new of a flag.
fn is_flag(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.into_iter().all(|word| matches!(word, "true" | "false" | "or" | "and"))
}

/// A description that was saved on one line, with a line for each topic; `None` if it has none or stands on lines.
fn split_line(description: &str) -> Option<String> {
    let text = description.trim();
    if text.contains('\n') || leading_topic(text)?.1 != Topic::Definition {
        return None;
    }
    let order = [Topic::Definition, Topic::Constraints, Topic::Range, Topic::Default];
    let mut at = 0;
    let mut next = 0;
    let mut out = String::new();
    for (start, _) in text.char_indices().filter(|(at, _)| *at == 0 || text[..*at].ends_with(' ')) {
        let Some((length, topic)) = leading_topic(&text[start..]) else { continue };
        let Some(place) = order.iter().position(|t| *t == topic).filter(|place| *place >= next) else {
            continue;
        };
        out.push_str(&format!("{}\n{}\n", text[at..start].trim(), &text[start..start + length]));
        at = start + length;
        next = place + 1;
    }
    out.push_str(text[at..].trim_start_matches([':', '：', ' ']));
    Some(out)
}
