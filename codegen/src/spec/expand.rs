//! What a document says once for all of its operations, written out in each of them.
//!
//! Problem: a service that wraps every response in the same properties, or documents the same errors everywhere, has a
//! spec that is mostly repetition. Default: `x-errors` of the document is added to the responses of every operation,
//! and the `wrapper` of `x-envelope` is put around what an operation returns. It happens in the nodes, once all
//! overlays are applied, so every later stage sees plain OpenAPI. Override: an operation's own response of the same
//! status, an operation's own `x-envelope`, or a response that has the envelope's properties itself.

use super::METHODS;
use crate::yaml::{Entry, Node, Value};

/// Writes out what the document says once.
pub(super) fn expand(root: &mut Node) {
    errors(root);
    if let Some(wrapper) = EnvelopeWrapper::of(root) {
        wrapper.wrap_responses(root);
    }
}

/// Adds `x-errors` to every operation, by status, and takes it away. What is no mapping stays, to be found later.
fn errors(root: &mut Node) {
    let Value::Map(entries) = &mut root.value else { return };
    let common = |e: &Entry| e.key == "x-errors" && matches!(e.node.value, Value::Map(_));
    let Some(index) = entries.iter().position(common) else { return };
    let common = entries.remove(index).node;
    for operation in operations(root) {
        let Some(Value::Map(responses)) = child(operation, "responses").map(|n| &mut n.value) else {
            continue;
        };
        for entry in common.entries() {
            if responses.iter().all(|own| own.key != entry.key) {
                responses.push(entry.clone());
            }
        }
        responses.sort_by(|a, b| a.key.cmp(&b.key));
    }
}

/// The envelope that the document puts around every response.
struct EnvelopeWrapper {
    /// The property that tells success; a response that has it is whole.
    success: String,
    /// The property that holds what the operation returns.
    data: String,
    /// The properties of the envelope itself.
    properties: Vec<Entry>,
}

impl EnvelopeWrapper {
    fn of(root: &Node) -> Option<Self> {
        let envelope = root.get("x-envelope")?;
        let name = schema_name(envelope.get("wrapper")?)?;
        let properties = schemas(root)?.get(name)?.get("properties")?.entries().to_vec();
        let (success, data) = (envelope.get("success")?.text()?, envelope.get("data")?.text()?);
        Some(Self { success: success.to_owned(), data: data.to_owned(), properties })
    }

    fn wrap_responses(&self, root: &mut Node) {
        let known = schemas(root).cloned();
        let mut made = Vec::new();
        for operation in operations(root).filter(|o| o.get("x-envelope").is_none()) {
            let Some(id) = operation.get("operationId").and_then(Node::text).map(str::to_owned) else {
                continue;
            };
            let Some(response) = success(operation) else { continue };
            let description = response.get("description").cloned();
            let Some(schema) = body(response) else { continue };
            let target = schema_name(schema).and_then(|name| known.as_ref()?.get(name));
            if target.unwrap_or(schema).get("properties").and_then(|p| p.get(&self.success)).is_some() {
                continue;
            }
            let mut name = format!("{}Response", crate::names::type_name(&id));
            while known.as_ref().is_some_and(|known| known.get(&name).is_some()) {
                name.push('2');
            }
            let line = schema.line;
            let reference = mapping(line, [("$ref", text(line, &format!("{SCHEMAS}{name}")))]);
            let data = std::mem::replace(schema, reference);
            made.push(Entry { key: name, line, node: self.around(data, description) });
        }
        let components = child(root, "components").and_then(|c| child(c, "schemas"));
        if let Some(Value::Map(schemas)) = components.map(|n| &mut n.value) {
            schemas.extend(made);
        }
    }

    /// The schema of a response that returns `data`.
    fn around(&self, data: Node, description: Option<Node>) -> Node {
        let line = data.line;
        let nullable = || Node { line, value: Value::Bool(true) };
        let data = if data.get("$ref").is_some() {
            let all = Node { line, value: Value::List(vec![data]) };
            mapping(line, [("nullable", nullable()), ("allOf", all)])
        } else {
            with(data, "nullable", nullable())
        };
        let mut properties = mapping(line, [(self.data.as_str(), data)]);
        if let Value::Map(entries) = &mut properties.value {
            entries.extend(self.properties.iter().cloned());
        }
        let object = mapping(line, [("type", text(line, "object")), ("properties", properties)]);
        match description {
            Some(description) => with(object, "description", description),
            None => object,
        }
    }
}

const SCHEMAS: &str = "#/components/schemas/";

fn schemas(root: &Node) -> Option<&Node> {
    root.get("components")?.get("schemas")
}

/// The name of the schema that a node refers to.
fn schema_name(node: &Node) -> Option<&str> {
    node.get("$ref")?.text()?.strip_prefix(SCHEMAS)
}

/// The nodes of all operations.
fn operations(root: &mut Node) -> impl Iterator<Item = &mut Node> {
    let paths = child(root, "paths").map(entries).unwrap_or_default();
    let methods = paths.iter_mut().flat_map(|path| entries(&mut path.node));
    methods.filter(|method| METHODS.contains(&method.key.as_str())).map(|method| &mut method.node)
}

/// The success response of an operation.
fn success(operation: &mut Node) -> Option<&mut Node> {
    let responses = entries(child(operation, "responses")?);
    responses.iter_mut().find(|e| e.key.starts_with('2')).map(|e| &mut e.node)
}

/// The schema of a response's body.
fn body(response: &mut Node) -> Option<&mut Node> {
    child(child(child(response, "content")?, "application/json")?, "schema")
}

fn child<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    entries(node).iter_mut().find(|e| e.key == key).map(|e| &mut e.node)
}

fn entries(node: &mut Node) -> &mut [Entry] {
    if let Value::Map(entries) = &mut node.value { entries } else { &mut [] }
}

fn mapping<const N: usize>(line: crate::finding::Line, entries: [(&str, Node); N]) -> Node {
    let entries = entries.map(|(key, node)| Entry { key: key.to_owned(), line, node });
    Node { line, value: Value::Map(entries.into()) }
}

fn text(line: crate::finding::Line, text: &str) -> Node {
    Node { line, value: Value::Text { text: text.to_owned(), quoted: true } }
}

/// A mapping with one more entry, unless it has that one already.
fn with(mut node: Node, key: &str, value: Node) -> Node {
    let line = node.line;
    if let Value::Map(entries) = &mut node.value
        && entries.iter().all(|e| e.key != key)
    {
        entries.push(Entry { key: key.to_owned(), line, node: value });
    }
    node
}
