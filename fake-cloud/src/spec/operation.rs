//! An operation of a spec, with validators for requests that are compiled once, at the start.

use dbplane_codegen::spec::{self, Location, LongRunning, Paging};
use jsonschema::Validator;
use serde_json::{Value as Json, json};

use super::{json_text, sample, schema, validator};

/// How a caller is authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// HTTP Digest.
    Digest,
    /// A token in `X-Auth-Token`.
    Token,
    /// SDK-HMAC-SHA256 in `Authorization`.
    SdkHmac,
    /// The headers `Scp-*`.
    ScpHmac,
}

/// The type of a text in a path, query or header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueType {
    Text,
    Integer,
    Number,
    Boolean,
}

/// A parameter and its validator.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) location: Location,
    pub(crate) required: bool,
    pub(crate) plain: ValueType,
    /// The `default` of its schema.
    pub(crate) default: Option<Json>,
    pub(crate) validator: Validator,
}

/// The request body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) validator: Validator,
    /// Properties that repeat a path parameter, with its name (`x-copy-of`).
    pub(crate) copies: Vec<(String, String)>,
    /// Properties that are lists sent as JSON in a string (`x-json-text`).
    pub(crate) json_texts: Vec<String>,
}

/// One operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// Whether it only reads.
    pub(crate) reads: bool,
    /// How asynchronous work is polled; none if the operation has none.
    pub(crate) long_running: Option<LongRunning>,
    /// How its list is paged; none if it has no pages.
    pub(crate) paging: Option<Paging>,
    /// Accepted ways of authentication; empty if none is needed.
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// Status of the success response.
    pub(crate) status: u16,
    /// Whether the success response is a file.
    pub(crate) binary: bool,
    /// Schema of the success response, if it has a body in JSON.
    pub(crate) success: Option<Json>,
    /// Body of the success response: the example of the spec, or a value made from the schema.
    pub(crate) response: Option<Json>,
    /// The validator of success responses; only in debug builds.
    shape: Option<Validator>,
}

impl Operation {
    /// Compiles an operation of a service.
    ///
    /// # Errors The part of the spec that can't be served.
    pub(crate) fn compile(service: &spec::Service, read: &spec::Operation) -> Result<Self, String> {
        let document = &service.json;
        let node = document
            .get("paths")
            .and_then(|paths| paths.get(&read.key))
            .and_then(|methods| methods.get(read.method.to_ascii_lowercase()))
            .ok_or_else(|| format!("{} is not in the document", read.id))?;
        let listed = node.get("parameters").and_then(Json::as_array).into_iter().flatten();
        let in_words = |problem: String| format!("{}: {problem}", read.id);
        Ok(Self {
            id: read.id.clone(),
            method: read.method.clone(),
            path: read.path.clone(),
            reads: read.reads,
            long_running: read.long_running.clone(),
            paging: read.paging.clone(),
            schemes: read.security.iter().map(|name| scheme(document, name)).collect::<Result<_, _>>()?,
            parameters: listed
                .map(|item| parameter(follow(item, document), document))
                .collect::<Result<_, _>>()
                .map_err(in_words)?,
            body: read.body.as_ref().map(|b| body(&b.schema, document)).transpose().map_err(in_words)?,
            status: read.success.status,
            binary: read.success.binary,
            success: read.success.schema.as_deref().map(reference),
            response: response(&read.success, document),
            shape: shape(&read.success, document).map_err(in_words)?,
        })
    }

    /// How well a body fits this operation: the depth of its highest fault.
    pub(crate) fn fit(&self, body: &[u8]) -> usize {
        let sent = serde_json::from_slice(body).unwrap_or_default();
        let faults = self.body.as_ref().into_iter().flat_map(|body| body.validator.iter_errors(&sent));
        let depths = faults.map(|fault| fault.instance_path().as_str().matches('/').count());
        depths.min().unwrap_or(usize::MAX)
    }

    /// Faults of the body of a success response; always none in release builds.
    pub(crate) fn unfit(&self, body: Option<&Json>) -> Vec<String> {
        let shape = self.shape.as_ref();
        shape.map(|shape| validator::faults(shape, body.unwrap_or(&Json::Null))).unwrap_or_default()
    }

    /// An operation that checks nothing.
    #[cfg(test)]
    pub(crate) fn bare(method: &str, path: &str) -> Self {
        Self {
            id: format!("{method} {path}"),
            method: method.to_owned(),
            path: path.to_owned(),
            reads: method == "GET",
            long_running: None,
            paging: None,
            schemes: Vec::new(),
            parameters: Vec::new(),
            body: None,
            status: 200,
            binary: false,
            success: None,
            response: None,
            shape: None,
        }
    }
}

fn follow<'d>(node: &'d Json, document: &'d Json) -> &'d Json {
    let target = node.get("$ref").and_then(Json::as_str).and_then(|r| r.strip_prefix('#'));
    target.and_then(|pointer| document.pointer(pointer)).unwrap_or(node)
}

fn scheme(document: &Json, name: &str) -> Result<Scheme, String> {
    let node = document.pointer(&format!("/components/securitySchemes/{name}")).unwrap_or(&Json::Null);
    let text = |key: &str| node.get(key).and_then(Json::as_str).unwrap_or_default().to_ascii_lowercase();
    match (text("type").as_str(), text("scheme").as_str(), text("name").as_str()) {
        ("http", "digest", _) => Ok(Scheme::Digest),
        ("apikey", _, "x-auth-token") => Ok(Scheme::Token),
        ("apikey", _, "authorization") => Ok(Scheme::SdkHmac),
        ("apikey", _, "scp-signature") => Ok(Scheme::ScpHmac),
        _ => Err(format!("the security scheme `{name}` is none that the fake cloud can check")),
    }
}

fn parameter(node: &Json, document: &Json) -> Result<Parameter, String> {
    let text = |key: &str| node.get(key).and_then(Json::as_str).unwrap_or_default();
    let name = text("name").to_owned();
    let location = match text("in") {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        other => return Err(format!("the parameter `{name}` stands in `{other}`")),
    };
    let schema = node.get("schema").unwrap_or(&Json::Null);
    Ok(Parameter {
        location,
        required: node.get("required") == Some(&Json::Bool(true)),
        plain: plain(schema, document),
        default: schema.get("default").cloned(),
        validator: schema::compile(schema, document).map_err(|e| format!("parameter `{name}`: {e}"))?,
        name,
    })
}

fn plain(schema: &Json, document: &Json) -> ValueType {
    let inner = schema.pointer("/allOf/0").unwrap_or(schema);
    match follow(inner, document).get("type").and_then(Json::as_str) {
        Some("integer") => ValueType::Integer,
        Some("number") => ValueType::Number,
        Some("boolean") => ValueType::Boolean,
        _ => ValueType::Text,
    }
}

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn body(name: &str, document: &Json) -> Result<Body, String> {
    let schema = reference(name);
    let properties = follow(&schema, document).get("properties").and_then(Json::as_object);
    let copy = |(property, node): (&String, &Json)| {
        let source = node.get("x-copy-of").and_then(Json::as_str)?;
        Some((property.clone(), source.to_owned()))
    };
    let is_json_text = |node: &Json| node.get(json_text::KEYWORD) == Some(&Json::Bool(true));
    let json_texts = properties.into_iter().flatten().filter(|(_, node)| is_json_text(node));
    Ok(Body {
        json_texts: json_texts.map(|(property, _)| property.clone()).collect(),
        validator: schema::compile(&schema, document).map_err(|e| format!("body: {e}"))?,
        copies: properties.into_iter().flatten().filter_map(copy).collect(),
    })
}

fn response(success: &spec::Success, document: &Json) -> Option<Json> {
    if success.binary {
        return Some(success.example.clone().unwrap_or_else(|| json!("example file")));
    }
    let name = success.schema.as_ref()?;
    Some(success.example.clone().unwrap_or_else(|| sample::sample(&reference(name), document)))
}

fn shape(success: &spec::Success, document: &Json) -> Result<Option<Validator>, String> {
    let Some(name) = success.schema.as_ref().filter(|_| cfg!(debug_assertions)) else { return Ok(None) };
    schema::compile(&reference(name), document).map(Some).map_err(|e| format!("response: {e}"))
}
