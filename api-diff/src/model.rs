//! Structs and enums, compared.

use dbplane_codegen::names::type_name;
use dbplane_codegen::spec::{Kind, Schema};

use crate::differ::{Differ, Subject};
use crate::enums;
use crate::field;
use crate::pairs::Pair;
use crate::rules;
use crate::value;

/// Notes how the models of two versions differ.
pub(crate) fn compare(differ: &mut Differ<'_, '_>) {
    let (olds, news) = (differ.old.models(), differ.new.models());
    let renamed = differ.pairs.renamed.clone();
    for (rust, name) in &olds {
        if !news.contains_key(rust) && !renamed.contains_key(rust) {
            let subject = alone(differ, name, true);
            differ.note(rules::MODEL_REMOVED, &subject, "");
        }
    }
    for (rust, name) in &news {
        if !olds.contains_key(rust) && !renamed.values().any(|new| new == rust) {
            let subject = alone(differ, name, false);
            differ.note(rules::MODEL_ADDED, &subject, "");
        }
    }
    let pairs = differ.pairs;
    for pair in &pairs.all {
        both(differ, *pair);
    }
}

/// A model that is in one version only.
fn alone(differ: &Differ<'_, '_>, name: &str, old: bool) -> Subject {
    let side = if old { differ.old } else { differ.new };
    let line = side.service.schemas.get(name).map(|s| s.line);
    let items = vec![Pair { old: name, new: name }.items("")];
    let (old, new) = if old { (line, None) } else { (None, line) };
    Subject { name: name.to_owned(), items, uses: side.uses(name).to_vec(), old, new, ..Subject::default() }
}

/// Two models that belong together.
fn both(differ: &mut Differ<'_, '_>, pair: Pair<'_>) {
    let (old, new) = (differ.old, differ.new);
    let schemas = old.service.schemas.get(pair.old).zip(new.service.schemas.get(pair.new));
    let Some((a, b)) = schemas else { return };
    let uses = new.uses(pair.new).to_vec();
    let renamed = differ.pairs.renamed.contains_key(&type_name(pair.old));
    let same = renamed || type_name(pair.old) == type_name(pair.new);
    let subject = Subject {
        name: pair.new.to_owned(),
        instead_of: (!same).then(|| pair.old.to_owned()),
        items: vec![pair.items("")],
        uses,
        old: Some(a.line),
        new: Some(b.line),
    };
    if renamed {
        differ.note(rules::MODEL_RENAMED, &subject, format!("from `{}`", pair.old));
    }
    match (&a.kind, &b.kind) {
        (Kind::Object(old), Kind::Object(new)) => {
            direction(differ, &subject, pair);
            if differ.old.requests.contains(pair.old) && differ.new.requests.contains(pair.new) {
                value::relations(differ, &subject.clone().with_items([]), (a, b));
            }
            field::compare(differ, &subject, pair, old, new);
            default(differ, &subject, pair);
        }
        (Kind::Enum { .. }, Kind::Enum { .. }) => enums::compare(differ, &subject, pair, a, b),
        _ => differ.note(rules::MODEL_KIND, &subject, ""),
    }
    if described(a) != described(b) {
        differ.note(rules::MODEL_DESCRIBED, &subject, "");
    }
}

fn described(schema: &Schema) -> &str {
    schema.description.trim()
}

/// Whether the model is sent, which gives it a constructor and setters.
fn direction(differ: &mut Differ<'_, '_>, subject: &Subject, pair: Pair<'_>) {
    let sent = (differ.old.requests.contains(pair.old), differ.new.requests.contains(pair.new));
    let rule = match sent {
        (false, true) => rules::MODEL_SENT,
        (true, false) => rules::MODEL_RECEIVED,
        _ => return,
    };
    let side = if sent.0 { (differ.old, pair.old) } else { (differ.new, pair.new) };
    let prefix = format!("models::{}::", type_name(side.1));
    let methods = side.0.face.items().filter_map(|(path, _)| path.strip_prefix(prefix.as_str()));
    let methods: Vec<_> = methods.filter(|name| *name != "default").map(|n| format!("::{n}")).collect();
    let items = methods.iter().map(|tail| pair.items(tail));
    differ.note(rule, &subject.clone().with_items(items), "");
}

/// Whether one can be made with nothing set.
fn default(differ: &mut Differ<'_, '_>, subject: &Subject, pair: Pair<'_>) {
    let path = pair.items("::default");
    let rule = match (differ.old.face.get(&path.0), differ.new.face.get(&path.1)) {
        (Some(_), None) => rules::DEFAULT_LOST,
        (None, Some(_)) => rules::DEFAULT_GAINED,
        _ => return,
    };
    differ.note(rule, &subject.clone().with_items([path]), "");
}
