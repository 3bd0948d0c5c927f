//! Every dress in which a vendor, a gateway or a proxy answers, with a place for an echo.

use serde_json::Value;

use crate::support::answer;

/// A status, headers and a body; `%` stands for the echo.
pub(crate) type Shape = (&'static str, &'static str, &'static str);

pub(crate) const SHAPES: [Shape; 31] = [
    // Huawei
    ("400 Bad Request", "", r#"{"error_code":"DBS.200001","error_msg":"bad: %"}"#),
    ("403 Forbidden", "", r#"{"error_code":"DBS.280056","error_msg":"%","request_id":"%"}"#),
    (
        "403 Forbidden",
        "",
        r#"{"error_code":"%","error_msg":"no","details":["%",{"error_code":"E","error_msg":"%"}],
            "encoded_authorization_message":"%"}"#,
    ),
    ("401 Unauthorized", "", r#"{"error_msg":"verify canonicalRequest: %","error_code":"APIGW.0301"}"#),
    (
        "401 Unauthorized",
        "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        r#"{"error":{"message":"%","title":"%"}}"#,
    ),
    ("404 Not Found", "", r#"{"itemNotFound":{"message":"%","code":404}}"#),
    ("409 Conflict", "", r#"{"errCode":"DBS.2","errMsg":"%"}"#),
    (
        "500 Internal Server Error",
        "",
        r#"{"code":"C","message":"m","details":{"message":"%","x":{"y":"%"}}}"#,
    ),
    ("503 Service Unavailable", "", r#"{"x":{"y":{"z":{"errorMessage":"%","%":"%"}}}}"#),
    // Samsung
    (
        "422 Unprocessable Entity",
        "",
        r#"{"errors":[{"code":"%","detail":"%","title":"%","request_id":"%"},{"code":"B","detail":"%"}]}"#,
    ),
    (
        "400 Bad Request",
        "",
        r#"{"errors":[{"code":"V","detail":["value_error","%"],"title":"Bad","global_request_id":"%"}]}"#,
    ),
    (
        "403 Forbidden",
        "",
        r#"{"errors":[{"code":"F","detail":"no","response":{"action_name":"%","message":"%"}}]}"#,
    ),
    ("400 Bad Request", "", r#"{"errors":["%"]}"#),
    ("404 Not Found", "", r#"{"path":"/v1","status":404,"error":"%","requestId":"%"}"#),
    ("422 Unprocessable Entity", "", r#"{"detail":[{"loc":["body","%"],"msg":"bad: %","type":"%"}]}"#),
    ("422 Unprocessable Entity", "", r#"[{"loc":["%",0],"msg":"%","type_":"t"},{"loc":null,"msg":"%"}]"#),
    // OceanBase
    ("400 Bad Request", "", r#"{"success":false,"errorCode":"%","errorMessage":"%","requestId":"%"}"#),
    (
        "200 OK",
        "",
        r#"{"success":false,"errorCode":"%","errorMessage":"%","requestId":"%","data":{"%":"%"}}"#,
    ),
    ("200 OK", "", r#"{"data":"%","message":"%","successful":false}"#),
    ("429 Too Many Requests", "Retry-After: 0\r\n", r#"{"Code":"Throttling","Message":"%","RequestId":"%"}"#),
    // Gateways and proxies
    ("502 Bad Gateway", "", "<html><head><title>502: %</title></head><body>%</body></html>"),
    ("502 Bad Gateway", "", "upstream failed: %"),
    ("504 Gateway Timeout", "", "{\"message\": \"% cut off"),
    ("400 Bad Request", "", r#""%""#),
    ("407 Proxy Authentication Required", "X-Request-Id: %\r\n", ""),
    ("302 Found", "Location: https://elsewhere.example/?%\r\nX-Request-Id: %\r\n", "%"),
    // Answers that can't be read
    (
        "200 OK",
        "X-Request-Id: %\r\n",
        r#"{"%":"%","contents":[{"%":"%"}],"projects":[{"%":"%"}],"data":{"%":7}}"#,
    ),
    ("202 Accepted", "", r#"["%",{"%":["%"]}]"#),
    // A good one, for those operations whose answer it is
    (
        "200 OK",
        "X-Request-Id: %\r\n",
        r#"{"job_id":"j","resource":{"id":"r"},"clusters":[],"requestId":"%"}"#,
    ),
    ("201 Created", "", "{\"token\":{\"expires_at\":\"%\",\"issued_at\":[\"%\"]}, %"),
    ("200 OK", "", r#"{"token":"%","clusters":{"%":"%"},"resource":"%","job_id":["%"],"data":["%"]}"#),
];

/// The answer of a shape with an echo in it.
pub(crate) fn dressed(shape: Shape, echo: &str) -> Vec<u8> {
    let (status, headers, body) = shape;
    // What a header can't carry is not echoed there.
    let line: String = echo.chars().map(|c| if c.is_ascii_graphic() { c } else { ' ' }).take(4_000).collect();
    let body = match serde_json::from_str::<Value>(body) {
        Ok(value) => filled(value, echo).to_string(),
        Err(_) => body.replace('%', echo),
    };
    answer(status, &headers.replace('%', &line), &body)
}

fn filled(value: Value, echo: &str) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace('%', echo)),
        Value::Array(items) => items.into_iter().map(|item| filled(item, echo)).collect(),
        Value::Object(object) => {
            let fill = |(name, value): (String, Value)| (name.replace('%', echo), filled(value, echo));
            Value::Object(object.into_iter().map(fill).collect())
        }
        other => other,
    }
}
