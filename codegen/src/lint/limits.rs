//! Limits: of the right type, within it, the lower below the upper, patterns that compile.
//!
//! A limit that the checks before sending cannot hold would be lost in silence.

use super::Report;
use super::view::{Site, View};
use crate::spec::Kind;
use crate::yaml::{Node, Value};

const TEXT: &[&str] = &["minLength", "maxLength", "pattern"];
const PAIRS: &[(&str, &str)] =
    &[("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")];
/// Limits are kept as floating-point numbers, which know every whole number up to here.
const EXACT: u64 = 1 << 53;
const COUNTS: &[&str] = &["minLength", "maxLength", "minItems", "maxItems"];

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for site in &view.sites {
        kinds(site, report);
        order(site, report);
        counts(site, report);
        numbers(site, report);
        pattern(site, report);
    }
}

/// Keywords that their type cannot honour.
fn kinds(site: &Site<'_>, report: &mut Report<'_>) {
    let (kind, lost): (_, &[&str]) = match site.schema.kind {
        Kind::Text { time: true } => ("a time", TEXT),
        Kind::Enum { .. } => ("an enum", &["minLength", "maxLength", "pattern", "format"]),
        Kind::Number => ("a number with fractions", &["multipleOf", "not"]),
        _ => return unextended(site, report),
    };
    for key in lost.iter().filter(|k| site.node.get(k).is_some()) {
        let message = format!("{} is {kind}, for which `{key}` is not checked", site.what);
        report.add("limit-type", site.line(key), message, "drop the limit and describe it in words");
    }
    unextended(site, report);
}

/// `x-extensible` where no values are listed.
fn unextended(site: &Site<'_>, report: &mut Report<'_>) {
    let listed = matches!(site.schema.kind, Kind::Enum { .. });
    if !listed && site.node.get("type").is_some() && site.node.get("x-extensible").is_some() {
        let message = format!("{} lists no values, so there is nothing to extend", site.what);
        report.add(
            "extensible-type",
            site.line("x-extensible"),
            message,
            "drop `x-extensible`, or list the known values",
        );
    }
}

fn order(site: &Site<'_>, report: &mut Report<'_>) {
    for (low, high) in PAIRS {
        let (from, to) = (site.node.get(low).and_then(number), site.node.get(high).and_then(number));
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            let message = format!("`{low}` of {} is above its `{high}`", site.what);
            report.add("limit-order", site.line(high), message, "swap or correct the two");
        }
    }
}

fn counts(site: &Site<'_>, report: &mut Report<'_>) {
    for key in COUNTS {
        if site.node.get(key).and_then(Node::int).is_some_and(|n| n < 0) {
            out_of_range(site, key, "is negative", report);
        }
    }
    if site.node.get("multipleOf").and_then(Node::int).is_some_and(|n| n < 1) {
        out_of_range(site, "multipleOf", "is not above zero", report);
    }
}

/// Bounds of integers: whole, and within the type.
fn numbers(site: &Site<'_>, report: &mut Report<'_>) {
    let Kind::Integer { small } = site.schema.kind else { return };
    for key in ["minimum", "maximum"] {
        let Some(bound) = site.node.get(key) else { continue };
        match bound.value {
            Value::Int(n) if small && i32::try_from(n).is_err() => {
                out_of_range(site, key, "lies outside of int32", report);
            }
            Value::Int(n) if n.unsigned_abs() > EXACT => {
                out_of_range(site, key, "is so large that it cannot be kept exactly", report);
            }
            Value::Float(f) if f.fract() != 0.0 => {
                let message = format!("`{key}` of {} has a fraction, but the type is integer", site.what);
                report.add("limit-type", bound.line, message, "write a whole number");
            }
            Value::Float(_) => {
                out_of_range(site, key, "lies outside of int64, or is written with a point", report)
            }
            _ => {}
        }
    }
}

fn out_of_range(site: &Site<'_>, key: &str, fault: &str, report: &mut Report<'_>) {
    let message = format!("`{key}` of {} {fault}", site.what);
    report.add("limit-range", site.line(key), message, "correct the limit, or drop it");
}

fn pattern(site: &Site<'_>, report: &mut Report<'_>) {
    let Some(pattern) = &site.schema.limits.pattern else { return };
    let ends = pattern.rsplit_once('/').map(|(_, flags)| flags.chars().all(|c| "dgimsuvy".contains(c)));
    if pattern.len() > 1 && pattern.starts_with("/^") && ends == Some(true) {
        let message =
            format!("the pattern of {} stands between slashes, which would be taken literally", site.what);
        report.add(
            "pattern-invalid",
            site.line("pattern"),
            message,
            "write the pattern alone, without flags",
        );
        return;
    }
    if let Err(e) = regex_lite::Regex::new(pattern) {
        let message = format!("the pattern of {} does not compile: {e}", site.what);
        report.add(
            "pattern-invalid",
            site.line("pattern"),
            message,
            "use the syntax of the regex crate, without look-around",
        );
    }
}

fn number(node: &Node) -> Option<f64> {
    node.to_json().as_f64()
}
