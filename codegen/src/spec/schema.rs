//! Reading schemas.

use super::walker::Walker;
use super::{Kind, Limits, Property, Schema};
use crate::finding::Line;
use crate::yaml::{Node, Value};

const COMMON: &[&str] = &[
    "type",
    "nullable",
    "description",
    "default",
    "example",
    "x-assumed",
    "x-copy-of",
    "x-rust-name",
    "deprecated",
    "x-replaced-by",
];
const TEXT: &[&str] = &["format", "minLength", "maxLength", "pattern", "enum", "x-secret", "x-extensible"];
const NUMBER: &[&str] = &["format", "minimum", "maximum", "multipleOf", "not"];
const ARRAY: &[&str] = &["items", "minItems", "maxItems", "x-json-text", "x-relations"];
const OBJECT: &[&str] = &["properties", "required", "additionalProperties", "x-omitted", "x-relations"];

/// Where a schema stands, which decides what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemaStanding {
    /// Under `components/schemas`: may be an object or an enum.
    Named,
    /// Anywhere else: a scalar, a list or a reference.
    Inline,
}

impl<'d> Walker<'d> {
    pub(super) fn schema(&mut self, node: &'d Node, what: &str, standing: SchemaStanding) -> Schema {
        if node.get("$ref").is_some() {
            return self.reference(node, node, what);
        }
        if let Some([only]) = node.get("allOf").map(Node::items) {
            self.known_keys(
                node,
                what,
                &[
                    "allOf",
                    "type",
                    "nullable",
                    "description",
                    "default",
                    "x-assumed",
                    "x-copy-of",
                    "x-rust-name",
                    "deprecated",
                    "x-replaced-by",
                ],
            );
            self.type_beside_reference(node, only, what);
            return self.reference(node, only, what);
        }
        let kind = self.kind(node, what, standing);
        Schema {
            line: node.line,
            nullable: self.flag(node, what, "nullable"),
            description: self.optional_text(node, what, "description").unwrap_or_default(),
            limits: self.limits(node, what),
            relations: self.relations(node, what),
            default: node.get("default").map(Node::to_json),
            example: node.get("example").map(Node::to_json),
            secret: self.flag(node, what, "x-secret"),
            copy_of: self.optional_text(node, what, "x-copy-of"),
            json_text: self.flag(node, what, "x-json-text"),
            kind,
        }
    }

    /// A type may be said again beside a reference, as validators want it where `nullable` stands.
    fn type_beside_reference(&mut self, node: &'d Node, only: &'d Node, what: &str) {
        let Some(ty) = node.get("type") else { return };
        let name =
            only.get("$ref").and_then(Node::text).and_then(|t| t.strip_prefix("#/components/schemas/"));
        let schemas = self.root.get("components").and_then(|c| c.get("schemas"));
        let target = name.and_then(|name| schemas?.get(name)?.get("type")?.text());
        if ty.text() != target {
            let message = format!("the type of {what} is not that of the schema it refers to");
            self.report("composition", ty.line, message, "drop `type`: the reference says it");
        }
    }

    fn reference(&mut self, outer: &'d Node, inner: &'d Node, what: &str) -> Schema {
        let name = match self.follow(inner, "schemas") {
            Some((_, Some(name))) => name.to_owned(),
            Some((_, None)) => {
                self.report(
                    "composition",
                    inner.line,
                    format!("{what}: allOf must hold one $ref"),
                    "name the schema",
                );
                String::new()
            }
            None => String::new(),
        };
        Schema {
            line: outer.line,
            kind: Kind::Ref(name),
            nullable: self.flag(outer, what, "nullable"),
            description: self.optional_text(outer, what, "description").unwrap_or_default(),
            limits: Limits::default(),
            relations: Vec::new(),
            default: outer.get("default").map(Node::to_json),
            example: None,
            secret: false,
            copy_of: self.optional_text(outer, what, "x-copy-of"),
            json_text: false,
        }
    }

    fn kind(&mut self, node: &'d Node, what: &str, standing: SchemaStanding) -> Kind {
        let Some(ty) = node.get("type") else {
            if self.flag(node, what, "x-any") {
                self.known_keys(node, what, &[COMMON, &["x-any"]].concat());
                return Kind::Any;
            }
            let remedy = "add `type:`, or `x-any: true` where any value is meant";
            self.report("type-missing", node.line, format!("{what} has no type"), remedy);
            self.known_keys(node, what, &[COMMON, TEXT, NUMBER, ARRAY, OBJECT].concat());
            return Kind::Map;
        };
        if matches!(ty.value, Value::List(_)) {
            let message = format!("the type of {what} is a list, which OpenAPI 3.0 does not know");
            self.report("type-list", ty.line, message, "write one type, and `nullable: true` for null");
            return Kind::Map;
        }
        let (extra, kind) = match ty.text() {
            Some("string") => (TEXT, self.text_kind(node, what, standing)),
            Some("integer") => (NUMBER, self.integer_kind(node, what)),
            Some("number") => (NUMBER, self.number_kind(node, what)),
            Some("boolean") => (&[][..], Kind::Boolean),
            Some("array") => (ARRAY, self.array_kind(node, what)),
            Some("object") => (OBJECT, self.object_kind(node, what, standing)),
            other => {
                let message = format!("the type of {what} is `{}`", other.unwrap_or("not text"));
                self.report(
                    "type-unknown",
                    ty.line,
                    message,
                    "write string, integer, number, boolean, array or object",
                );
                return Kind::Map;
            }
        };
        self.known_keys(node, what, &[COMMON, extra].concat());
        kind
    }

    fn text_kind(&mut self, node: &'d Node, what: &str, standing: SchemaStanding) -> Kind {
        let Some(values) = node.get("enum") else {
            let format = self.optional_text(node, what, "format");
            if format.as_deref().is_some_and(|f| f != "date-time") {
                let message = format!("the format of {what} is not known");
                self.report("format-unknown", node.line, message, "drop it, or write date-time");
            }
            return Kind::Text { time: format.is_some() };
        };
        if standing == SchemaStanding::Inline {
            let message = format!("{what} has an enum without a name");
            self.report("inline-enum", values.line, message, "move it to components/schemas and refer to it");
        }
        if values.items().is_empty() {
            self.report(
                "enum-empty",
                values.line,
                format!("{what} has an enum without values"),
                "list the values",
            );
        }
        let mut texts = Vec::new();
        for value in values.items() {
            match &value.value {
                Value::Text { text, quoted: true } => texts.push(text.clone()),
                _ => {
                    let message = format!("an enum value of {what} is not quoted");
                    self.report(
                        "enum-unquoted",
                        value.line,
                        message,
                        "quote it, so that YAML cannot read it as something else",
                    );
                }
            }
        }
        Kind::Enum { values: texts, extensible: self.flag(node, what, "x-extensible") }
    }

    fn integer_kind(&mut self, node: &'d Node, what: &str) -> Kind {
        if let Some(values) = node.get("enum") {
            let message = format!("{what} is an integer enum");
            self.report(
                "enum-integer",
                values.line,
                message,
                "use minimum and maximum, and describe the values",
            );
        }
        match self.optional_text(node, what, "format").as_deref() {
            Some("int32") => Kind::Integer { small: true },
            None | Some("int64") => Kind::Integer { small: false },
            Some(_) => {
                self.report(
                    "format-unknown",
                    node.line,
                    format!("the format of {what} is not known"),
                    "write int32 or int64",
                );
                Kind::Integer { small: false }
            }
        }
    }

    fn number_kind(&mut self, node: &'d Node, what: &str) -> Kind {
        if self.optional_text(node, what, "format").is_some_and(|f| f != "double" && f != "float") {
            self.report(
                "format-unknown",
                node.line,
                format!("the format of {what} is not known"),
                "write double",
            );
        }
        Kind::Number
    }

    fn array_kind(&mut self, node: &'d Node, what: &str) -> Kind {
        let Some(items) = node.get("items") else {
            self.report(
                "items-missing",
                node.line,
                format!("{what} does not say what it lists"),
                "add `items:`",
            );
            return Kind::Array(Box::new(Schema::nothing(node.line)));
        };
        Kind::Array(Box::new(self.schema(items, &format!("{what}[]"), SchemaStanding::Inline)))
    }

    fn object_kind(&mut self, node: &'d Node, what: &str, standing: SchemaStanding) -> Kind {
        if let Some(more) = node.get("additionalProperties")
            && more.bool() != Some(true)
        {
            let message = format!("{what} limits its additional properties");
            self.report(
                "additional-properties",
                more.line,
                message,
                "list the properties, or write `true` for a free map",
            );
        }
        if let Some(more) = node.get("additionalProperties").filter(|more| more.bool() == Some(true))
            && node.get("properties").is_some()
        {
            let message =
                format!("{what} takes any properties beside those that it lists, which a struct would lose");
            let remedy = "drop `additionalProperties`, or drop `properties` for a free map";
            self.report("additional-properties", more.line, message, remedy);
        }
        if let Some(omitted) = node.get("x-omitted") {
            self.known_keys(omitted, "x-omitted", &["reason", "properties"]);
            self.text(omitted, "x-omitted", "reason");
            self.items(omitted, "x-omitted", "properties");
        }
        let Some(properties) = node.get("properties") else {
            if node.get("additionalProperties").is_none() {
                let message = format!("{what} is an object without properties");
                self.report(
                    "object-empty",
                    node.line,
                    message,
                    "list the properties, or write `additionalProperties: true`",
                );
            }
            return Kind::Map;
        };
        if standing == SchemaStanding::Inline {
            let message = format!("{what} is an object without a name");
            self.report("inline-object", node.line, message, "move it to components/schemas and refer to it");
        }
        let required = self.required(node, properties, what);
        Kind::Object(
            self.mapping(node, what, "properties")
                .iter()
                .map(|e| self.property(e, what, &required))
                .collect(),
        )
    }

    fn property(&mut self, entry: &'d crate::yaml::Entry, what: &str, required: &[String]) -> Property {
        let path = format!("{what}.{}", entry.key);
        let mut schema = self.schema(&entry.node, &path, SchemaStanding::Inline);
        if schema.description.is_empty() && !matches!(schema.kind, Kind::Ref(_)) {
            let message = format!("{path} has no description");
            self.report("description-missing", entry.line, message, "say what it means, with its unit");
        }
        schema.line = entry.line;
        let rank = required.iter().position(|name| *name == entry.key);
        if let Some(reason) = self.assumed(&entry.node, &path, rank.is_some()) {
            schema.description.push_str(&format!("\n\nNot confirmed by the vendor's page: {reason}"));
        }
        Property {
            name: entry.key.clone(),
            rust_name: self.rust_name(&entry.node, &path, &entry.key),
            deprecated: self.deprecation(&entry.node, &path),
            required: rank.is_some(),
            rank: rank.unwrap_or(usize::MAX),
            schema,
        }
    }

    /// Why a property is in the spec although no page of this version confirms it. Nothing is refused on such a
    /// ground, so it has no limits and is not required.
    fn assumed(&mut self, node: &'d Node, path: &str, required: bool) -> Option<String> {
        let reason = self.optional_text(node, path, "x-assumed")?;
        let limits = ["minLength", "maxLength", "pattern", "enum", "minimum", "maximum", "multipleOf", "not"];
        let limit = limits.into_iter().chain(["minItems", "maxItems"]).find(|key| node.get(key).is_some());
        if let Some(what) = limit.or(required.then_some("required")) {
            let message = format!("{path} is assumed and has `{what}`");
            let remedy = "drop the limit or the requirement, or `x-assumed` once a page confirms it";
            self.report("assumed-limit", node.line, message, remedy);
        }
        Some(reason)
    }

    fn required(&mut self, node: &'d Node, properties: &'d Node, what: &str) -> Vec<String> {
        let mut names = Vec::new();
        for item in self.items(node, what, "required") {
            let name = item.text().unwrap_or_default();
            if properties.get(name).is_none() {
                let message = format!("{what} requires `{name}`, which it does not have");
                self.report("required-unknown", item.line, message, "correct the name, or add the property");
            }
            names.push(name.to_owned());
        }
        names
    }
}

impl Schema {
    /// A stand-in where a document gives no schema; a finding has been reported.
    pub(super) fn nothing(line: Line) -> Self {
        Self {
            line,
            kind: Kind::Map,
            nullable: false,
            description: String::new(),
            limits: Limits::default(),
            relations: Vec::new(),
            default: None,
            example: None,
            secret: false,
            copy_of: None,
            json_text: false,
        }
    }
}
