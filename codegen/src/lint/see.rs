//! What `x-see` names: other operations of the document.

use super::Report;
use super::view::View;
use crate::finding::Line;
use crate::yaml::Node;

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    let remedy = "write the `operationId` of another operation of this document";
    let mut check = |what: &str, ids: &[String], own: Option<&str>, line: Line| {
        for id in ids {
            if own == Some(id) || view.service.operation(id).is_none() {
                let message = format!("{what} refers to `{id}`, which is no other operation");
                report.add("see-unknown", line, message, remedy);
            }
        }
    };
    let line = |node: &Node| node.get("x-see").map_or(node.line, |see| see.line);
    for call in &view.calls {
        let operation = call.operation;
        let ids = [operation.see.before.as_slice(), operation.see.after.as_slice()].concat();
        check(&operation.id, &ids, Some(&operation.id), line(call.node));
        for (parameter, node) in &call.parameters {
            check(&format!("the parameter `{}`", parameter.name), &parameter.see, None, line(node));
        }
    }
}
