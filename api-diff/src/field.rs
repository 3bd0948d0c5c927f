//! Fields of structs, compared.

use dbplane_codegen::names::field_name;
use dbplane_codegen::spec::{Kind, Property};

use crate::change::Rule;
use crate::differ::{Differ, Subject};
use crate::face::{Face, inner};
use crate::pairs::Pair;
use crate::rules;
use crate::side::Side;
use crate::value;

/// Notes how the fields of two structs differ.
pub(crate) fn compare(
    differ: &mut Differ<'_, '_>,
    model: &Subject,
    pair: Pair<'_>,
    old: &[Property],
    new: &[Property],
) {
    let same = |a: &Property, b: &Property| field_name(&a.rust_name) == field_name(&b.rust_name);
    for b in new {
        let a = old.iter().find(|a| same(a, b));
        let field = Field::new(differ, model, pair, a.unwrap_or(b), b);
        match a {
            Some(_) => field.compare(differ),
            None => field.added(differ),
        }
    }
    for a in old.iter().filter(|a| !new.iter().any(|b| same(a, b))) {
        let field = Field::new(differ, model, pair, a, a);
        let mut subject = model.part(&a.name, Some(a.schema.line), None).with_items(field.subject.items);
        subject.uses = differ.old.uses(pair.old).iter().map(|at| at.inside(&a.name)).collect();
        differ.note(rules::FIELD_REMOVED, &subject, "");
    }
    let new = pair.items("::new");
    let names = |face: &Face, path: &str| {
        face.arguments(path).iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    if value::reordered(&names(&differ.old.face, &new.0), &names(&differ.new.face, &new.1)) {
        differ.note(rules::ARGUMENT_ORDER, &model.clone().with_items([new]), "");
    }
}

/// A field in both versions.
struct Field<'f> {
    subject: Subject,
    a: &'f Property,
    b: &'f Property,
    /// Whether its model is sent, before and now.
    sent: (bool, bool),
    /// Its type, before and now.
    types: (String, String),
    /// Whether its model's constructor takes it, before and now.
    arguments: (bool, bool),
}

impl<'f> Field<'f> {
    fn new(
        differ: &Differ<'_, '_>,
        model: &Subject,
        pair: Pair<'_>,
        a: &'f Property,
        b: &'f Property,
    ) -> Self {
        let name = field_name(&b.rust_name);
        let [new, field, setter] =
            ["::new", &format!(".{name}"), &format!("::{name}")].map(|tail| pair.items(tail));
        let takes =
            |side: &Side<'_>, path: &str| side.face.arguments(path).iter().any(|(known, _)| *known == name);
        let arguments = (takes(differ.old, &new.0), takes(differ.new, &new.1));
        let types =
            (differ.old.face.type_of(&field.0).to_owned(), differ.new.face.type_of(&field.1).to_owned());
        let mut items = vec![field, setter];
        if arguments.0 || arguments.1 {
            items.push(new);
        }
        let sent = (differ.old.requests.contains(pair.old), differ.new.requests.contains(pair.new));
        let subject = model.part(&b.name, Some(a.schema.line), Some(b.schema.line)).with_items(items);
        Self { subject, a, b, sent, types, arguments }
    }

    fn added(mut self, differ: &mut Differ<'_, '_>) {
        self.subject.old = None;
        let always = self.b.required || self.b.schema.copy_of.is_some();
        let rule = match self.sent.1 {
            false => rules::ANSWER_FIELD_ADDED,
            true if self.arguments.1 => rules::FIELD_REQUIRED_ADDED,
            true if self.named().1 => rules::FIELD_NAMED_ADDED,
            true if always => rules::FIELD_SENT_ADDED,
            true => rules::FIELD_ADDED,
        };
        differ.note(rule, &self.subject, "");
    }

    fn compare(self, differ: &mut Differ<'_, '_>) {
        let Self { subject, a, b, sent, .. } = &self;
        if let Some((rule, detail)) = self.rule(differ) {
            differ.note(rule, subject, detail);
        }
        let silent = subject.clone().with_items([]);
        if a.name != b.name {
            differ.note(rules::FIELD_RESPELT, &silent, format!("(`{}` instead of `{}`)", b.name, a.name));
        }
        if a.schema.json_text != b.schema.json_text {
            differ.note(rules::JSON_TEXT, &silent, "");
        }
        if a.schema.copy_of != b.schema.copy_of {
            differ.note(rules::COPY_CHANGED, &silent, "");
        }
        let types = (&a.schema, &b.schema);
        let defaults = value::defaults(differ, types);
        let mut words = words(differ.old, a) != words(differ.new, b) || value::examples(differ, types);
        if sent.0 && sent.1 {
            value::limits(differ, &silent, types);
            value::relations(differ, &silent, types);
            if let Some(detail) = defaults {
                differ.note(rules::DEFAULT, &silent, detail);
            }
        } else {
            words |= defaults.is_some() || value::limits_differ(differ, types);
        }
        if words {
            differ.note(rules::FIELD_DESCRIBED, &silent, "");
        }
    }

    /// How its type and its presence differ.
    fn rule(&self, differ: &Differ<'_, '_>) -> Option<(&'static Rule, String)> {
        let Self { a, b, types: (old, new), .. } = self;
        let renamed = differ.pairs.rename(old);
        let told = format!("from `{old}` to `{new}`");
        if inner(&renamed) != inner(new) {
            let secret = matches!((inner(old), inner(new)), ("String", "Secret") | ("Secret", "String"));
            return Some((if secret { rules::FIELD_SECRET } else { rules::FIELD_TYPE }, told));
        }
        let presence = (a.required, a.schema.nullable) != (b.required, b.schema.nullable);
        match self.sent {
            (true, true) => Some((self.sent_rule()?, String::new())),
            (false, false) if renamed != *new => {
                let optional = new.starts_with("Option<");
                Some((
                    if optional { rules::ANSWER_FIELD_OPTIONAL } else { rules::ANSWER_FIELD_CERTAIN },
                    told,
                ))
            }
            _ if renamed != *new => Some((rules::FIELD_DIRECTION, told)),
            _ if presence => Some((rules::FIELD_PRESENCE, String::new())),
            _ => None,
        }
    }

    /// Whether a setter takes it and a request without it is refused, before and now.
    fn named(&self) -> (bool, bool) {
        let (old, new) = &self.types;
        let plain = |p: &Property| p.required && !p.schema.nullable && p.schema.copy_of.is_none();
        let named = |p, argument: bool, ty: &str| plain(p) && !argument && ty.starts_with("Option<");
        (named(self.a, self.arguments.0, old), named(self.b, self.arguments.1, new))
    }

    /// How it must be given, where it is sent.
    fn sent_rule(&self) -> Option<&'static Rule> {
        let Self { a, b, arguments, .. } = self;
        match (self.named(), *arguments) {
            ((_, true), (true, _)) => return Some(rules::FIELD_NAMED),
            ((true, _), (_, true)) => return Some(rules::FIELD_UNNAMED),
            ((false, true), _) => return Some(rules::FIELD_NAMED_REQUIRED),
            ((true, false), (_, false)) => return Some(rules::FIELD_NAMED_OPTIONAL),
            ((true, true), _) => return None,
            _ => {}
        }
        let null = |p: &Property| p.required && p.schema.copy_of.is_none();
        match *arguments {
            (false, true) if null(a) => Some(rules::FIELD_NULL_REFUSED),
            (false, true) => Some(rules::FIELD_REQUIRED),
            (true, false) if null(b) => Some(rules::FIELD_NULL_ALLOWED),
            (true, false) => Some(rules::FIELD_OPTIONAL),
            (true, true) => None,
            (false, false) if null(b) && !null(a) => Some(rules::FIELD_NULL_SENT),
            (false, false) if null(a) && !null(b) => Some(rules::FIELD_LEFT_OUT),
            (false, false) if a.schema.nullable != b.schema.nullable => Some(rules::FIELD_PRESENCE),
            (false, false) => None,
        }
    }
}

/// What the docs of a field say; words of a model are the model's.
fn words<'p>(side: &Side<'p>, property: &'p Property) -> &'p str {
    let own = property.schema.description.trim();
    let target = side.service.resolve(&property.schema);
    match target.kind {
        Kind::Object(_) | Kind::Enum { .. } => own,
        _ if own.is_empty() => target.description.trim(),
        _ => own,
    }
}
