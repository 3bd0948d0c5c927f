//! The words by which pages name their sections and columns, in English, Chinese and Korean.

/// A section of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// What the operation does.
    Function,
    /// Method and path, as Huawei calls it.
    Uri,
    /// Path, or method and path, as the others call it.
    RequestPath,
    RequestParameters,
    ResponseParameters,
    /// Parts of OceanBase's request parameters.
    Path,
    Query,
    Header,
    Body,
    Examples,
    RequestExample,
    ResponseExample,
    StatusCodes,
    ErrorCodes,
    /// What else must be known; nothing is read from it.
    Remark,
    /// Parts of a Samsung operation.
    Parameters,
    Responses,
    HttpRequestExample,
    HttpResponseExample,
    RequestHeader,
    RequestBody,
}

const SECTIONS: &[(Section, &[&str])] = &[
    (Section::Function, &["function", "overview", "功能介绍", "概述", "api description"]),
    (Section::Uri, &["uri"]),
    (Section::RequestPath, &["request path", "请求路径", "요청 경로"]),
    (Section::RequestParameters, &["request parameters", "request parameter", "请求参数"]),
    (
        Section::ResponseParameters,
        &["response parameters", "response parameter", "response", "响应参数", "返回参数", "返回结果"],
    ),
    (Section::Path, &["path", "path parameters", "路径参数"]),
    (Section::Query, &["query", "query parameters", "查询参数"]),
    (Section::Header, &["header", "headers", "请求头"]),
    (Section::Body, &["body", "request body parameters", "请求体"]),
    (Section::Examples, &["examples", "example", "示例"]),
    (
        Section::RequestExample,
        &["example request", "example requests", "request example", "request examples", "请求示例"],
    ),
    (
        Section::ResponseExample,
        &[
            "example response",
            "example responses",
            "response example",
            "response examples",
            "响应示例",
            "返回示例",
        ],
    ),
    (Section::StatusCodes, &["status code", "status codes", "状态码"]),
    (Section::ErrorCodes, &["error code", "error codes", "错误码"]),
    (
        Section::Remark,
        &[
            "note",
            "constraints",
            "api details",
            "debugging",
            "authorization information",
            "说明",
            "约束限制",
            "接口约束",
            "接口详情",
            "调试",
            "授权信息",
        ],
    ),
    (Section::Parameters, &["parameters", "파라미터", "매개변수"]),
    (Section::Responses, &["responses", "응답"]),
    (Section::HttpRequestExample, &["example http request", "http 요청 예시", "예시 http 요청"]),
    (Section::HttpResponseExample, &["example http response", "http 응답 예시", "예시 http 응답"]),
    (Section::RequestHeader, &["request header", "요청 헤더"]),
    (Section::RequestBody, &["request body", "요청 본문", "요청 바디"]),
];

/// The section that a heading begins.
pub(crate) fn section(text: &str) -> Option<Section> {
    lookup(SECTIONS, text)
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Name,
    Required,
    Type,
    Description,
    Example,
    Default,
    Schema,
    Code,
    Version,
}

const COLUMNS: &[(Column, &[&str])] = &[
    (Column::Name, &["name", "parameter", "parameter name", "参数", "参数名", "参数名称", "名称", "이름"]),
    (Column::Required, &["required", "mandatory", "是否必选", "是否必填", "必选", "필수", "필수 여부"]),
    (Column::Type, &["type", "parameter type", "参数类型", "类型", "유형", "타입"]),
    (Column::Description, &["description", "描述", "说明", "설명"]),
    (Column::Example, &["example value", "example", "sample value", "示例值", "示例", "예시"]),
    (Column::Default, &["default", "default value", "默认值", "默认取值", "기본값"]),
    (Column::Schema, &["schema", "스키마"]),
    (Column::Code, &["http code", "status code", "状态码", "http 코드"]),
    (Column::Version, &["version", "버전"]),
];

/// The column that a header cell begins.
pub(crate) fn column(text: &str) -> Option<Column> {
    lookup(COLUMNS, text)
}

/// What a paragraph of a description is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Definition,
    Constraints,
    Range,
    Default,
}

const TOPICS: &[(Topic, &[&str])] = &[
    (Topic::Definition, &["definition", "parameter description", "参数解释", "参数说明"]),
    (Topic::Constraints, &["constraints", "restrictions", "约束限制"]),
    (Topic::Range, &["range", "value range", "取值范围"]),
    (Topic::Default, &["default value", "default", "默认取值", "默认值"]),
];

/// The topic that a line of a description begins.
pub(crate) fn topic(text: &str) -> Option<Topic> {
    lookup(TOPICS, text)
}

const YES: &[&str] = &["yes", "required", "true", "是", "필수"];
const NO: &[&str] = &["no", "optional", "false", "否", "선택"];
const NOTHING: &[&str] = &["n/a", "none", "-", "–", "null", "不涉及", "无", "없음"];

/// Whether a cell says that something is required.
pub(crate) fn required(text: &str) -> Option<bool> {
    if is_one_of(YES, text) {
        return Some(true);
    }
    is_one_of(NO, text).then_some(false)
}

/// What a cell says, if it says anything.
pub(crate) fn said(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && !is_one_of(NOTHING, text)).then_some(text)
}

fn is_one_of(words: &[&str], text: &str) -> bool {
    let text = plain(text);
    text.len() < 48 && words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A text without the colon or full stop at its end.
fn plain(text: &str) -> &str {
    text.trim_end_matches([':', '：', '.', '。', ' ']).trim_start()
}

fn lookup<T: Copy>(table: &[(T, &[&str])], text: &str) -> Option<T> {
    table.iter().find(|(_, words)| is_one_of(words, text)).map(|(meaning, _)| *meaning)
}
