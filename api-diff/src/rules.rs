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
        "The module and the Cargo feature no longer exist.";
    SERVICE_DESCRIBED: Documentation Changed "service-described", "described differently",
        "Title, description or API version of the document, or descriptions of servers; only the docs and `Debug` \
         differ. A version that is sent is the default of a header, whose change is reported separately.";
    SERVER_CHANGED: Behaviour Changed "server-changed", "moved to another address",
        "A client for these values sends requests to another host, unless it has a `base_url`.";
    SERVER_REMOVED: Behaviour Removed "server-removed", "lost the address for some values",
        "A client for these values can only be built with a `base_url`.";
    SERVER_ADDED: Compatible Added "server-added", "gained an address for more values",
        "A client for these values no longer needs a `base_url`.";

    // Features of a service
    REQUIRES_ADDED: Compatible Added "requires-added", "gained required services",
        "The Cargo feature of the service also enables theirs.";
    REQUIRES_REMOVED: Breaking Removed "requires-removed", "lost required services",
        "Programs that use them must enable their Cargo features explicitly.";
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
    FEATURE_BASE_GAINED: Compatible Changed "feature-base-gained", "now enabled by the other features of the service",
        "Its operations are available with every feature of the service.";
    OPERATION_FEATURE: Breaking Changed "operation-feature", "moved to another Cargo feature",
        "Programs that use the operation must enable the new feature, or the feature of the service.";
    OPERATION_BASE_FEATURE: Compatible Changed "operation-base-feature", "moved to the base feature",
        "The operation is available with every feature of the service.";

    // Operations
    OPERATION_ADDED: Compatible Added "operation-added", "added",
        "A new method of the client.";
    OPERATION_REMOVED: Breaking Removed "operation-removed", "removed",
        "The method of the client and its builder no longer exist; no operation with the same HTTP method and path \
         replaces them.";
    OPERATION_RENAMED: Breaking Changed "operation-renamed", "renamed",
        "HTTP method and path are the same, but the Rust name differs: call the client's method by its new name.";
    OPERATION_ADDRESS: Behaviour Changed "operation-address", "moved to another HTTP method or path",
        "Calls are written as before.";
    OPERATION_RESPELT: Behaviour Changed "operation-respelt", "spelled differently",
        "The Rust name is unchanged; `Operation::id`, errors and traces have the new spelling.";
    OPERATION_DEPRECATED: Compatible Deprecated "operation-deprecated", "deprecated",
        "The compiler warns about calls; a build that denies warnings fails.";
    OPERATION_REVIVED: Compatible Changed "operation-revived", "no longer deprecated",
        "The compiler no longer warns about calls.";
    REPEAT_LOST: Behaviour Changed "repeat-lost", "no longer safe to retry",
        "A call that may have taken effect is not retried: the program sees errors that retries used to prevent.";
    REPEAT_GAINED: Behaviour Changed "repeat-gained", "now safe to retry",
        "A call that failed in transit is retried, even if it may have taken effect.";
    SINGLE_ATTEMPT: Behaviour Changed "single-attempt", "now limited to one attempt",
        "The call is never retried.";
    SEVERAL_ATTEMPTS: Behaviour Changed "several-attempts", "no longer limited to one attempt",
        "A failed call is retried if that is safe.";
    READS: Behaviour Changed "reads-changed", "changed between reading and writing",
        "`Error::may_have_taken_effect` and `Operation::reads` return other values.";
    ENVELOPE: Behaviour Changed "envelope-changed", "changed the envelope of the response",
        "Which responses are failures, and where the request id is read from, differs.";
    SECURITY: Behaviour Changed "security-changed", "authenticated differently",
        "Which credentials are sent, or whether any are sent, differs.";
    STATUS: Documentation Changed "status-changed", "changed the success status",
        "Every 2xx status is a success, before and after; only `Operation::status` and the docs differ.";
    ERRORS: Documentation Changed "errors-changed", "documented with different errors",
        "Errors of every format and status are supported, before and after.";
    RESPONSE_HEADER: Documentation Changed "response-header", "documented with a different response header",
        "`Response::header` reads any header; only the docs differ.";
    CHARGED: Documentation Changed "charged-changed", "changed what the docs say about costs",
        "Whether a call is charged, or what to check after a lost response; it is sent as before.";
    OPERATION_DESCRIBED: Documentation Changed "operation-described", "described differently",
        "Title, description or group.";
    SOURCE: Documentation Changed "source-changed", "based on another page or date",
        "The link to the vendor's page, or its date.";
    BODY_ADDED: Breaking Changed "body-added", "gained a request body",
        "The call has a new argument, the body.";
    BODY_REMOVED: Breaking Changed "body-removed", "lost the request body",
        "The call no longer has the argument `body`, and its values are no longer sent.";
    BODY_REPLACED: Breaking Changed "body-replaced", "changed the request body",
        "Build the new model instead of the old one; the differences between the two are listed with the new one.";
    ANSWER_REPLACED: Breaking Changed "answer-replaced", "changed the response type",
        "`send` returns another type; the differences between the two are listed with the new one.";
    PAGING_ADDED: Compatible Added "paging-added", "gained `items` and `pages`",
        "The list can be read as a stream.";
    PAGING_REMOVED: Breaking Removed "paging-removed", "lost `items` and `pages`",
        "Read the list with `send`, page by page if it has pages.";
    PAGING_ROWS: Breaking Changed "paging-rows", "changed the type of the items",
        "`items` returns another type.";
    PAGING_CHANGED: Behaviour Changed "paging-changed", "paged differently",
        "`items` and `pages` use other parameters or properties; calls are written as before.";
    WORK_ADDED: Compatible Added "work-added", "gained `send_and_wait`",
        "The response means that the work was accepted, and a program can wait until it is done.";
    WORK_REMOVED: Breaking Removed "work-removed", "lost `send_and_wait`",
        "Call `send`, and check in another way whether the work is done.";
    WORK_RESULT: Breaking Changed "work-result", "changed the result of `send_and_wait`",
        "`send_and_wait` returns another type, and so does a wait that is resumed from a token.";
    WORK_CHANGED: Behaviour Changed "work-changed", "polled differently",
        "Other properties or another operation report the state of the work; calls are written as before.";

    // Parameters
    PARAMETER_REQUIRED_ADDED: Breaking Changed "parameter-added-required", "added (required)",
        "The call has a new argument.";
    PARAMETER_ADDED: Compatible Added "parameter-added-optional", "added (optional)",
        "The builder has a new setter.";
    PARAMETER_GENERATED_ADDED: Behaviour Added "parameter-added-generated", "added (generated)",
        "The library generates a value and sends it with every call; a new setter overrides it.";
    PARAMETER_REMOVED: Breaking Removed "parameter-removed", "removed",
        "The argument or setter no longer exists, and the parameter is no longer sent.";
    PARAMETER_REQUIRED: Breaking Changed "parameter-required", "became required",
        "The setter became an argument of the call.";
    PARAMETER_OPTIONAL: Breaking Changed "parameter-optional", "became optional",
        "The argument of the call became a setter.";
    PARAMETER_TYPE: Breaking Changed "parameter-type", "changed type",
        "The argument or setter has another type.";
    PARAMETER_TO_CLIENT: Breaking Changed "parameter-to-client", "moved from the call to the client",
        "The argument or setter no longer exists; set the value once, in the client's builder.";
    PARAMETER_TO_CALL: Breaking Changed "parameter-to-call", "moved from the client to the call (required)",
        "The call has a new argument; a value of the client is no longer sent.";
    PARAMETER_TO_SETTER: Behaviour Changed "parameter-to-setter", "moved from the client to the call (optional)",
        "A value of the client is no longer sent; the builder of the call has a new setter.";
    PARAMETER_GENERATED: Behaviour Changed "parameter-generated", "changed whether the library generates a value",
        "The library generates a value if the caller sets none, or no longer does.";
    PARAMETER_MOVED: Behaviour Changed "parameter-moved", "moved to another part of the request",
        "Path, query or header; calls are written as before.";
    PARAMETER_RESPELT: Behaviour Changed "parameter-respelt", "spelled differently",
        "The Rust name is unchanged; the name in the request differs.";
    PATH_PARAMETER_RENAMED: Compatible Changed "path-parameter-renamed", "renamed in the path",
        "Arguments in Rust are positional, and the path that is sent is the same.";
    CLIENT_PARAMETER_ADDED: Behaviour Changed "client-parameter-added", "added to the client",
        "It is sent with every call; if it is required, a client without a value can't send requests.";
    CLIENT_PARAMETER_REMOVED: Behaviour Changed "client-parameter-removed", "removed from the client",
        "It is no longer sent.";
    CLIENT_PARAMETER_CHANGED: Behaviour Changed "client-parameter-changed", "changed in the client",
        "Whether the client needs a value, or what it sends without one, differs.";
    ARGUMENT_ORDER: Breaking Changed "argument-order", "changed the order of arguments",
        "If the types are the same, old code still compiles but passes the values in the wrong order: check every \
         use.";
    PARAMETER_DESCRIBED: Documentation Changed "parameter-described", "described differently",
        "Description or example.";

    // Models
    MODEL_ADDED: Compatible Added "model-added", "added",
        "A new struct or enum.";
    MODEL_REMOVED: Breaking Removed "model-removed", "removed",
        "The struct or enum no longer exists.";
    MODEL_RENAMED: Breaking Changed "model-renamed", "renamed",
        "It is used in the same places under another name; other differences are listed with the new name.";
    MODEL_KIND: Breaking Changed "model-kind", "changed between object and enum",
        "A struct became an enum, or an enum became a struct.";
    MODEL_SENT: Compatible Added "model-sent", "now also sent in requests",
        "It now has a constructor and setters.";
    MODEL_RECEIVED: Breaking Removed "model-received", "no longer sent in requests",
        "Its constructor and setters no longer exist.";
    DEFAULT_LOST: Breaking Removed "default-lost", "lost `Default`",
        "`default()` no longer exists, because a field now needs a value.";
    DEFAULT_GAINED: Compatible Added "default-gained", "gained `Default`",
        "`default()` returns a value in which no field is set.";
    MODEL_DESCRIBED: Documentation Changed "model-described", "described differently",
        "Description of a struct or enum.";

    // Fields
    FIELD_REQUIRED_ADDED: Breaking Changed "field-added-required", "added (required)",
        "The constructor has a new argument.";
    FIELD_NAMED_ADDED: Breaking Changed "field-added-named", "added (required)",
        "Old code compiles, but a request without the field is refused before it is sent. A new setter sets it.";
    FIELD_SENT_ADDED: Behaviour Added "field-added-sent", "added (always sent)",
        "Old code compiles and sends the field: as `null`, or as a copy of the path parameter. A new setter sets it.";
    FIELD_ADDED: Compatible Added "field-added-optional", "added (optional)",
        "A new field and setter; it is not sent unless set.";
    ANSWER_FIELD_ADDED: Compatible Added "answer-field-added", "added to the response",
        "A new field to read.";
    FIELD_REMOVED: Breaking Removed "field-removed", "removed",
        "The field and its argument or setter no longer exist; if a service still sends it, it is ignored.";
    FIELD_REQUIRED: Breaking Changed "field-required", "became required",
        "The setter became an argument of the constructor, and the field is no longer an `Option`.";
    FIELD_OPTIONAL: Breaking Changed "field-optional", "became optional",
        "The argument of the constructor became a setter, and the field is an `Option`; it is not sent unless set.";
    FIELD_NAMED: Breaking Changed "field-named", "moved from the constructor to a setter",
        "The field is now an `Option`, but still required: a request without it is refused before it is sent.";
    FIELD_UNNAMED: Breaking Changed "field-unnamed", "moved from a setter to the constructor",
        "The field is now an argument of the constructor, and no longer an `Option`.";
    FIELD_NAMED_REQUIRED: Breaking Changed "field-named-required", "became required",
        "Old code compiles, but a request without the field is refused before it is sent.";
    FIELD_NAMED_OPTIONAL: Compatible Changed "field-named-optional", "became optional",
        "A request without the field is sent.";
    FIELD_NULL_REFUSED: Breaking Changed "field-null-refused", "no longer nullable",
        "The setter became an argument of the constructor, and the field is no longer an `Option`: it needs a value.";
    FIELD_NULL_ALLOWED: Breaking Changed "field-null-allowed", "became nullable",
        "The argument of the constructor became a setter, and the field is an `Option`; `null` is sent unless it is \
         set.";
    FIELD_NULL_SENT: Behaviour Changed "field-null-sent", "sent as null instead of omitted",
        "Without a value, the property is sent as `null`; before, it was omitted.";
    FIELD_LEFT_OUT: Behaviour Changed "field-left-out", "omitted instead of sent as null",
        "Without a value, the property is omitted; before, it was sent as `null`.";
    ANSWER_FIELD_OPTIONAL: Breaking Changed "answer-field-optional", "became optional in the response",
        "The field is now an `Option`.";
    ANSWER_FIELD_CERTAIN: Breaking Changed "answer-field-certain", "became required in the response",
        "The field is no longer an `Option`.";
    FIELD_PRESENCE: Compatible Changed "field-presence", "changed the rules for missing and null values",
        "The Rust types are unchanged: lists and `Option`s accept a missing value and `null` in any case.";
    FIELD_TYPE: Breaking Changed "field-type", "changed type",
        "The field and its argument or setter have another type.";
    FIELD_SECRET: Breaking Changed "field-secret", "changed between text and secret",
        "`String` became `Secret`, which is never printed and is wiped when dropped, or `Secret` became `String`.";
    FIELD_DIRECTION: Breaking Changed "field-direction", "changed type with the direction",
        "A field that may be missing is an `Option` in a type that is sent, and has a default in one that is only \
         received.";
    FIELD_RESPELT: Behaviour Changed "field-respelt", "spelled differently in JSON",
        "The Rust name is unchanged; the name in JSON differs.";
    JSON_TEXT: Behaviour Changed "json-text-changed", "encoded differently in JSON",
        "The list is sent as JSON in a string, or as a list again; the Rust type is unchanged.";
    COPY_CHANGED: Behaviour Changed "copy-changed", "copied differently from the path",
        "The library sets the property from a path parameter, or no longer does.";
    FIELD_DESCRIBED: Documentation Changed "field-described", "described differently",
        "Description or example; in a response also limits and default.";

    // Values that are sent
    LIMIT_TIGHTENED: Behaviour Changed "limit-tightened", "limited more strictly",
        "A call with a value outside the limit is refused before it is sent.";
    LIMIT_LOOSENED: Compatible Changed "limit-loosened", "limited less strictly",
        "Values that were refused before are sent.";
    PATTERN: Behaviour Changed "pattern-changed", "changed the pattern",
        "A call with a value that does not match is refused before it is sent; which values match differs.";
    RELATION_ADDED: Behaviour Changed "relation-added", "gained a rule between parts",
        "A call that breaks the rule is refused before it is sent.";
    RELATION_REMOVED: Compatible Changed "relation-removed", "lost a rule between parts",
        "Values that were refused before are sent.";
    DEFAULT: Behaviour Changed "default-changed", "changed the default",
        "A call that does not set a value has another meaning.";

    // Enums
    ENUM_WIDENED: Compatible Added "enum-widened", "gained values",
        "New variants; enums are open, so every `match` already handles other values. What was an `UnknownValue` now \
         has a name.";
    ENUM_NARROWED: Breaking Removed "enum-narrowed", "lost values",
        "The variants no longer exist; if the enum is sent, their values are refused unless it is extensible.";
    ENUM_RESPELT: Behaviour Changed "enum-respelt", "changed the spelling of values",
        "The variants are unchanged; their text in requests and responses differs.";
    ENUM_OPENED: Compatible Changed "enum-opened", "now accepting unknown values",
        "Unknown values are sent; they were refused before.";
    ENUM_CLOSED: Behaviour Changed "enum-closed", "no longer accepting unknown values",
        "A call with an unknown value is refused before it is sent.";

    // What no other rule explains
    ITEM_CHANGED: Breaking Changed "item-changed", "changed in Rust",
        "The generated Rust code differs as a result of other changes.";
}
