//! The list of rules.

use crate::change::Impact::{Behaviour, Breaking, Compatible, Documentation};
use crate::change::Rule;
use crate::change::Section::{Added, Changed, Deprecated, Removed};

/// Every rule. `docs/api-diff.md` shows them as a table.
#[must_use]
pub fn rules() -> &'static [Rule] {
    RULES
}

/// Writes each rule once: as a constant for the code that finds it, and as a row of the list.
macro_rules! rules {
    ($($name:ident: $impact:ident $section:ident $id:literal, $happened:literal, $meaning:literal;)+) => {
        $(pub(crate) const $name: &Rule = &Rule {
            id: $id, impact: $impact, section: $section, happened: $happened, meaning: $meaning,
        };)+
        const RULES: &[Rule] = &[$(Rule {
            id: $id, impact: $impact, section: $section, happened: $happened, meaning: $meaning,
        }),+];
    };
}

rules! {
    // Services
    SERVICE_ADDED: Compatible Added "service-added", "added",
        "A new module and Cargo feature.";
    SERVICE_REMOVED: Breaking Removed "service-removed", "removed",
        "The module and the Cargo feature are gone.";
    SERVICE_DESCRIBED: Documentation Changed "service-described", "described otherwise",
        "Title, description or API version of the document, or words about servers; only the docs and `Debug` differ. A \
         version that is sent is the default of a header, and told as such.";
    SERVER_CHANGED: Behaviour Changed "server-changed", "reached at another address",
        "A client for these values sends to another host, unless it was given a `base_url`.";
    SERVER_REMOVED: Behaviour Removed "server-removed", "not reached any more for some values",
        "A client for these values can't be built without a `base_url`.";
    SERVER_ADDED: Compatible Added "server-added", "reached for more values",
        "A client for these values needs no `base_url` any more.";

    // Features of a service in parts
    SERVICE_SPLIT: Compatible Added "service-split", "split into features",
        "Each part has its own Cargo feature; the feature of the service enables all of them.";
    SERVICE_MERGED: Breaking Removed "service-merged", "no longer split into features",
        "Enable the Cargo feature of the service instead of the features of its parts.";
    FEATURE_ADDED: Compatible Added "feature-added", "added as a Cargo feature",
        "The feature of the service enables it.";
    FEATURE_REMOVED: Breaking Removed "feature-removed", "removed from the Cargo features",
        "Enable the features of the operations that the program uses, or the feature of the service.";
    FEATURE_RENAMED: Breaking Changed "feature-renamed", "renamed",
        "Enable the Cargo feature by its new name.";
    FEATURE_BASE_LOST: Breaking Changed "feature-base-lost", "no longer enabled by the other features of the service",
        "Programs that use its operations must enable it explicitly.";
    FEATURE_BASE_GAINED: Compatible Changed "feature-base-gained", "enabled by the other features of the service",
        "Its operations are available with every feature of the service.";
    OPERATION_FEATURE: Breaking Changed "operation-feature", "moved to another Cargo feature",
        "Programs that use the operation must enable the new feature, or the feature of the service.";
    OPERATION_BASE_FEATURE: Compatible Changed "operation-base-feature", "moved to the base feature",
        "The operation is available with every feature of the service.";

    // Operations
    OPERATION_ADDED: Compatible Added "operation-added", "added",
        "A new method of the client.";
    OPERATION_REMOVED: Breaking Removed "operation-removed", "removed",
        "The method of the client and its builder are gone; there is no replacement at the same address.";
    OPERATION_RENAMED: Breaking Changed "operation-renamed", "renamed",
        "The same method and path under another Rust name: call the client by the new name.";
    OPERATION_ADDRESS: Behaviour Changed "operation-address", "sent to another address",
        "HTTP method or path differ; calls are written as before.";
    OPERATION_RESPELT: Behaviour Changed "operation-respelt", "spelt otherwise",
        "The Rust name stays; `Operation::id`, errors and traces show the new spelling.";
    OPERATION_DEPRECATED: Compatible Deprecated "operation-deprecated", "deprecated",
        "The compiler warns of calls; with warnings denied they no longer build.";
    OPERATION_REVIVED: Compatible Changed "operation-revived", "no longer deprecated",
        "The compiler no longer warns of calls.";
    REPEAT_LOST: Behaviour Changed "repeat-lost", "no longer safe to repeat",
        "A call that may have taken effect is not sent again: errors surface that a retry used to hide.";
    REPEAT_GAINED: Behaviour Changed "repeat-gained", "now safe to repeat",
        "A call that failed on the way is sent again, also when it may have taken effect.";
    SINGLE_ATTEMPT: Behaviour Changed "single-attempt", "now sent once only",
        "No retry any more, whatever became of the call.";
    SEVERAL_ATTEMPTS: Behaviour Changed "several-attempts", "no longer sent once only",
        "A call that failed is sent again where that is safe.";
    READS: Behaviour Changed "reads-changed", "judged otherwise on whether it only reads",
        "`Error::may_have_taken_effect` and `Operation::reads` answer otherwise.";
    ENVELOPE: Behaviour Changed "envelope-changed", "wraps its answer otherwise",
        "What counts as a failure, and where the request id is looked for, differs.";
    SECURITY: Behaviour Changed "security-changed", "authenticated otherwise",
        "Which credentials are sent, or whether any are, differs.";
    STATUS: Documentation Changed "status-changed", "answered with another success status",
        "Any 2xx is taken, before and after; only `Operation::status` and the docs differ.";
    ERRORS: Documentation Changed "errors-changed", "documents other errors",
        "Errors of any shape and status are understood, before and after.";
    RESPONSE_HEADER: Documentation Changed "response-header", "documents another header of the answer",
        "`Response::header` reads any header; only the docs differ.";
    CHARGED: Documentation Changed "charged-changed", "said otherwise to cost money",
        "Whether a call is charged, or how to find out after a lost response; it is sent as before.";
    OPERATION_DESCRIBED: Documentation Changed "operation-described", "described otherwise",
        "Title or description.";
    SOURCE: Documentation Changed "source-changed", "based on another page or date",
        "The link to the vendor's page, or its date.";
    BODY_ADDED: Breaking Changed "body-added", "takes a body",
        "The call has a new argument, the body.";
    BODY_REMOVED: Breaking Changed "body-removed", "takes no body any more",
        "The call loses its argument `body`; what it held is not sent any more.";
    BODY_REPLACED: Breaking Changed "body-replaced", "takes another body",
        "Build the new model instead of the old one; what differs between the two is listed with the new one.";
    ANSWER_REPLACED: Breaking Changed "answer-replaced", "answers another type",
        "`send` gives another type; what differs between the two is listed with the new one.";
    PAGING_ADDED: Compatible Added "paging-added", "walked by `items` and `pages`",
        "The list can be read as a stream.";
    PAGING_REMOVED: Breaking Removed "paging-removed", "no longer walked by `items` and `pages`",
        "Read the list with `send`, page by page if it has any.";
    PAGING_ROWS: Breaking Changed "paging-rows", "walks rows of another type",
        "`items` gives another type.";
    PAGING_CHANGED: Behaviour Changed "paging-changed", "walked otherwise",
        "Other parameters or properties steer `items` and `pages`; calls are written as before.";
    WORK_ADDED: Compatible Added "work-added", "waited for by `send_and_wait`",
        "The answer means accepted, and the work can be followed to its end.";
    WORK_REMOVED: Breaking Removed "work-removed", "no longer waited for by `send_and_wait`",
        "Send, and find out otherwise when the work is done.";
    WORK_RESULT: Breaking Changed "work-result", "waited for with another result",
        "`send_and_wait` gives another type, and so does what is resumed from a token.";
    WORK_CHANGED: Behaviour Changed "work-changed", "followed otherwise",
        "Other properties or another operation tell of the work; calls are written as before.";

    // Parameters
    PARAMETER_REQUIRED_ADDED: Breaking Changed "parameter-added-required", "added, required",
        "The call has a new argument.";
    PARAMETER_ADDED: Compatible Added "parameter-added-optional", "added, optional",
        "The builder has a new setter.";
    PARAMETER_GENERATED_ADDED: Behaviour Added "parameter-added-generated", "added, made by the library",
        "It is sent with every call; a new setter overrides it.";
    PARAMETER_REMOVED: Breaking Removed "parameter-removed", "removed",
        "The argument or setter is gone; it is not sent any more.";
    PARAMETER_REQUIRED: Breaking Changed "parameter-required", "became required",
        "The setter became an argument of the call.";
    PARAMETER_OPTIONAL: Breaking Changed "parameter-optional", "became optional",
        "The argument of the call became a setter.";
    PARAMETER_TYPE: Breaking Changed "parameter-type", "changed its type",
        "The argument or setter takes another type.";
    PARAMETER_TO_CLIENT: Breaking Changed "parameter-to-client", "moved from the call to the client",
        "The argument or setter is gone; the value is given once, to the client's builder.";
    PARAMETER_TO_CALL: Breaking Changed "parameter-to-call", "moved from the client to the call, required",
        "The call has a new argument; a value of the client is not sent any more.";
    PARAMETER_TO_SETTER: Behaviour Changed "parameter-to-setter", "moved from the client to the call, optional",
        "A value of the client is not sent any more; the builder of the call has a new setter.";
    PARAMETER_GENERATED: Behaviour Changed "parameter-generated", "made by the library otherwise",
        "The library makes the value when the caller gives none, or no longer does.";
    PARAMETER_MOVED: Behaviour Changed "parameter-moved", "sent at another place",
        "Path, query or header; calls are written as before.";
    PARAMETER_RESPELT: Behaviour Changed "parameter-respelt", "sent under another spelling",
        "The Rust name stays; the name on the wire differs.";
    PATH_PARAMETER_RENAMED: Compatible Changed "path-parameter-renamed", "renamed in the path",
        "Rust arguments go by their order, and the sent path is the same.";
    CLIENT_PARAMETER_ADDED: Behaviour Changed "client-parameter-added", "added to the client",
        "It is sent with every call; a client without a value for it cannot send when it is required.";
    CLIENT_PARAMETER_REMOVED: Behaviour Changed "client-parameter-removed", "removed from the client",
        "It is not sent any more.";
    CLIENT_PARAMETER_CHANGED: Behaviour Changed "client-parameter-changed", "asked of the client otherwise",
        "Whether the client must have a value, or what it sends without one, differs.";
    ARGUMENT_ORDER: Breaking Changed "argument-order", "takes its arguments in another order",
        "Where the types are alike the old code still compiles and sends the values crosswise: look at every use.";
    PARAMETER_DESCRIBED: Documentation Changed "parameter-described", "described otherwise",
        "Description or example.";

    // Models
    MODEL_ADDED: Compatible Added "model-added", "added",
        "A new struct or enum.";
    MODEL_REMOVED: Breaking Removed "model-removed", "removed",
        "The struct or enum is gone.";
    MODEL_RENAMED: Breaking Changed "model-renamed", "renamed",
        "The same use under another name; what else differs is listed with the new name.";
    MODEL_KIND: Breaking Changed "model-kind", "changed between object and enum",
        "A struct became an enum, or the other way round.";
    MODEL_SENT: Compatible Added "model-sent", "sent too",
        "It has a constructor and setters now.";
    MODEL_RECEIVED: Breaking Removed "model-received", "no longer sent",
        "Its constructor and setters are gone.";
    DEFAULT_LOST: Breaking Removed "default-lost", "lost its `Default`",
        "`default()` is gone, for a field must have a value now.";
    DEFAULT_GAINED: Compatible Added "default-gained", "gained a `Default`",
        "`default()` makes one with nothing set.";
    MODEL_DESCRIBED: Documentation Changed "model-described", "described otherwise",
        "Description of a struct or enum.";

    // Fields
    FIELD_REQUIRED_ADDED: Breaking Changed "field-added-required", "added, required",
        "The constructor has a new argument.";
    FIELD_NAMED_ADDED: Breaking Changed "field-added-named", "added, required",
        "Old code compiles, but a request without the field is refused before it is sent. A new setter sets it.";
    FIELD_SENT_ADDED: Behaviour Added "field-added-sent", "added, always sent",
        "Old code compiles and sends it: as `null`, or as a copy of the path parameter. A new setter sets it.";
    FIELD_ADDED: Compatible Added "field-added-optional", "added, optional",
        "A new field and setter; left out unless set.";
    ANSWER_FIELD_ADDED: Compatible Added "answer-field-added", "added to the answer",
        "A new field to read.";
    FIELD_REMOVED: Breaking Removed "field-removed", "removed",
        "The field is gone, with its argument or setter; a service may still send it, which is not read.";
    FIELD_REQUIRED: Breaking Changed "field-required", "became required",
        "The setter became an argument of the constructor, the field lost its `Option`.";
    FIELD_OPTIONAL: Breaking Changed "field-optional", "became optional",
        "The argument of the constructor became a setter, the field is an `Option`; left out unless set.";
    FIELD_NAMED: Breaking Changed "field-named", "required by name",
        "The argument of the constructor became a setter, the field is an `Option`; a request without it is refused.";
    FIELD_UNNAMED: Breaking Changed "field-unnamed", "required by the constructor",
        "The setter became an argument of the constructor, the field lost its `Option`.";
    FIELD_NAMED_REQUIRED: Breaking Changed "field-named-required", "became required",
        "Old code compiles, but a request without the field is refused before it is sent.";
    FIELD_NAMED_OPTIONAL: Compatible Changed "field-named-optional", "became optional",
        "A request without the field is sent.";
    FIELD_NULL_REFUSED: Breaking Changed "field-null-refused", "no longer null",
        "The setter became an argument of the constructor, the field lost its `Option`: it needs a value.";
    FIELD_NULL_ALLOWED: Breaking Changed "field-null-allowed", "may be null",
        "The argument of the constructor became a setter, the field is an `Option`; `null` is sent unless set.";
    FIELD_NULL_SENT: Behaviour Changed "field-null-sent", "sent as null instead of left out",
        "Without a value the property is sent as `null`; it used to be left out.";
    FIELD_LEFT_OUT: Behaviour Changed "field-left-out", "left out instead of sent as null",
        "Without a value the property is left out; it used to be sent as `null`.";
    ANSWER_FIELD_OPTIONAL: Breaking Changed "answer-field-optional", "may be missing from the answer",
        "The field became an `Option`.";
    ANSWER_FIELD_CERTAIN: Breaking Changed "answer-field-certain", "always in the answer",
        "The field lost its `Option`.";
    FIELD_PRESENCE: Compatible Changed "field-presence", "said otherwise to be missing or null",
        "The Rust types are as before: lists and `Option`s take a missing value and `null` in any case.";
    FIELD_TYPE: Breaking Changed "field-type", "changed its type",
        "The field and its argument or setter have another type.";
    FIELD_SECRET: Breaking Changed "field-secret", "changed between text and secret",
        "`String` became `Secret`, which is never printed and wiped when dropped, or the other way round.";
    FIELD_DIRECTION: Breaking Changed "field-direction", "changed its type with the direction",
        "What may be missing is an `Option` in what is sent, and a default in what is only received.";
    FIELD_RESPELT: Behaviour Changed "field-respelt", "spelt otherwise in JSON",
        "The Rust name stays; the name on the wire differs.";
    JSON_TEXT: Behaviour Changed "json-text-changed", "written in JSON otherwise",
        "The list travels as JSON in a string, or as a list again; the Rust type stays.";
    COPY_CHANGED: Behaviour Changed "copy-changed", "filled from the path otherwise",
        "The library fills the property from a path parameter, or no longer does.";
    FIELD_DESCRIBED: Documentation Changed "field-described", "described otherwise",
        "Description or example; in an answer also limits and default.";

    // Values that are sent
    LIMIT_TIGHTENED: Behaviour Changed "limit-tightened", "limited more tightly",
        "A call with a value beyond the limit is refused before it is sent.";
    LIMIT_LOOSENED: Compatible Changed "limit-loosened", "limited less tightly",
        "Values that were refused before are sent.";
    PATTERN: Behaviour Changed "pattern-changed", "matched against another pattern",
        "A call with a value that does not match is refused before it is sent; which ones do, differs.";
    RELATION_ADDED: Behaviour Changed "relation-added", "bound by a rule between its parts",
        "A call whose parts do not agree is refused before it is sent.";
    RELATION_REMOVED: Compatible Changed "relation-removed", "freed of a rule between its parts",
        "Values that were refused before are sent.";
    DEFAULT: Behaviour Changed "default-changed", "changed its default",
        "A call that does not set it means something else.";

    // Enums
    ENUM_WIDENED: Compatible Added "enum-widened", "gained values",
        "New variants; enums are open, so every `match` has an arm for them. What was an `UnknownValue` has a name.";
    ENUM_NARROWED: Breaking Removed "enum-narrowed", "lost values",
        "The variants are gone; where the enum is sent, their values are refused unless it is extensible.";
    ENUM_RESPELT: Behaviour Changed "enum-respelt", "spelt values otherwise",
        "The variants stay; their text on the wire differs.";
    ENUM_OPENED: Compatible Changed "enum-opened", "takes values without a name",
        "Unknown values are sent; they were refused before.";
    ENUM_CLOSED: Behaviour Changed "enum-closed", "refuses values without a name",
        "A call with an unknown value is refused before it is sent.";

    // What no other rule explains
    ITEM_CHANGED: Breaking Changed "item-changed", "differs in Rust",
        "The generated Rust differs in a way that follows from other changes.";
}
