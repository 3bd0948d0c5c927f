//! Rules for faults: what is said of wrong ones, and that Rust and JSON mean the same.

use dbplane_fake_cloud::faults::{self, ErrorResponse, Fault, Rule, Shape};
use serde_json::json;

use crate::wire::start;

const MARIADB: &str = "samsung-mariadb-1.0";

#[tokio::test]
async fn wrong_rules_are_refused_with_place_and_remedy() {
    let cloud = start().await;
    let cases = [
        (
            json!({"service": "samsung-mariadbs", "fault": "truncate"}),
            "rules[0].service: the cloud has no service `samsung-mariadbs`; did you mean `samsung-mariadb-1.0`, `samsung-mariadb-1.3`, ",
        ),
        (
            json!({"service": MARIADB, "operation": "RestartClusters", "fault": "truncate"}),
            "rules[0].operation: samsung-mariadb-1.0 has no operation `RestartClusters`; did you mean `RestartCluster`",
        ),
        (
            json!({"operation": "RestartCluster", "fault": "truncate"}),
            "rules[0].operation: `RestartCluster` needs",
        ),
        (json!({"fault": "pass"}), "rules[0].fault: a rule that lets all pass"),
        (json!({"fault": "refuse", "when": {"first": 1}}), "rules[0].fault: a closed port knows"),
        (json!({"script": ["pass", "refuse"]}), "rules[0].script[1]: a script cannot close"),
        (json!({"script": []}), "rules[0].script: it has 0 steps"),
        (json!({"fault": "truncate", "when": {"first": 0}}), "rules[0].when: 0 is no request"),
        (json!({"fault": "truncate", "when": {"rate": 1.5}}), "rules[0].when: the rate is 1.5; give"),
        (
            json!({"fault": {"latency": {"millis": 3_600_001}}}),
            "rules[0].fault: it is 3600001 ms; give at most",
        ),
        (json!({"fault": {"error": {"status": 99}}}), "rules[0].fault: the status is 99; give one from 200"),
        (
            json!({"fault": {"error": {"status": 500, "shape": "samsung.service"}}}),
            "rules[0].fault: the shape `samsung.service` is another vendor's; all services together know html,",
        ),
        (
            json!({"service": MARIADB, "fault": {"error": {"status": 500, "shape": "huawei.iam"}}}),
            "rules[0].fault: the shape `huawei.iam` is another vendor's; the service knows samsung.service,",
        ),
        (
            json!({"fault": {"error": {"status": 500, "headers": {"Content-Length": "1"}}}}),
            "rules[0].fault: the header Content-Length belongs to the connection",
        ),
        (json!({"fault": {"content_type": {"value": "a\nb"}}}), "rules[0].fault: the value of Content-Type"),
        (json!({"service": MARIADB, "fault": "expired_token"}), "rules[0].fault: only services of Huawei"),
        (json!({"service": MARIADB, "fault": "stale_nonce"}), "rules[0].fault: only OceanBase"),
        (
            json!({"service": MARIADB, "operation": "RestartCluster", "fault": "repeated_page"}),
            "rules[0].fault: the operation writes",
        ),
        (
            json!({"service": MARIADB, "operation": "ListClusters", "fault": "failed_work"}),
            "rules[0].fault: it applies to no asynchronous operation",
        ),
        (
            json!({"service": "huawei-iam-v3", "fault": "failed_work"}),
            "rules[0].fault: it applies to no asynchronous operation",
        ),
    ];
    for (rule, words) in cases {
        let rules = faults::read(&json!({"rules": [rule]}).to_string()).unwrap();
        let error = cloud.set_faults(rules).await.unwrap_err().to_string();
        assert!(error.starts_with(words), "{error:?}, expected {words:?}");
        assert!(cloud.faults().is_empty());
    }
    let two = [Rule::new(Fault::Pass), Rule::new(Fault::Truncate).service("x")];
    assert_eq!(cloud.set_faults(two).await.unwrap_err().to_string().lines().count(), 2, "all at once");
}

#[test]
fn wrong_documents_are_refused_with_their_place() {
    let cases = [
        ("{", "EOF while parsing an object at line 1 column 1"),
        ("{\"rules\": []} x", "trailing characters at line 1 column 15"),
        (r#"{"rule": []}"#, "rule: unknown field `rule`, expected `rules`"),
        (
            r#"{"rules": [{"fault": "truncates"}]}"#,
            "rules[0].fault: unknown variant `truncates`, expected one of",
        ),
        (
            r#"{"rules": [{"fault": {"latency": {"ms": 1}}}]}"#,
            "rules[0].fault.latency.ms: unknown field `ms`",
        ),
        (
            r#"{"rules": [{"fault": {"latency": {"millis": -1}}}]}"#,
            "rules[0].fault.latency.millis: invalid value",
        ),
        (r#"{"rules": [{"fault": "truncate", "fault": "refuse"}]}"#, "rules[0]: duplicate field `fault`"),
        (r#"{"rules": [{}]}"#, "rules[0]: a rule needs `fault` or `script`"),
        (r#"{"rules": [{"fault": "truncate", "script": []}]}"#, "rules[0]: a rule has `fault` or `script`"),
        (r#"{"rules": [{"script": ["pass"], "when": "always"}]}"#, "rules[0]: a script has no `when`"),
        (
            r#"{"rules": [{"fault": {"error": {"status": 500, "shape": "x"}}}]}"#,
            "rules[0].fault.error.shape: unknown variant `x`, expected one of `samsung.service`",
        ),
    ];
    for (text, words) in cases {
        let error = faults::read(text).unwrap_err().to_string();
        assert!(error.starts_with(words), "{error:?}, expected {words:?}");
    }
}

#[test]
fn rules_are_the_same_in_rust_and_in_json() {
    let error =
        ErrorResponse::new(429).shape(Shape::HuaweiGateway).code("APIGW.0308").message("m").retry_after(2);
    let pairs = [
        (Rule::new(Fault::Truncate), json!({"fault": "truncate"})),
        (
            Rule::new(error.after_effect()).service("s").operation("o").first(2),
            json!({"service": "s", "operation": "o", "when": {"first": 2}, "fault": {"error": {"status": 429,
             "shape": "huawei.gateway", "code": "APIGW.0308", "message": "m", "after_effect": true,
             "headers": {"Retry-After": "2"}}}}),
        ),
        (
            Rule::new(Fault::Latency { millis: 5 }).rate(0.25),
            json!({"fault": {"latency": {"millis": 5}}, "when": {"rate": 0.25}}),
        ),
        (
            Rule::script([Fault::Pass, Fault::Trickle { millis: 1 }]).service("s"),
            json!({"service": "s", "script": ["pass", {"trickle": {"millis": 1}}]}),
        ),
        (Rule::new(Fault::ResetAfter).nth(3), json!({"fault": "reset_after", "when": {"nth": 3}})),
    ];
    for (rule, written) in pairs {
        assert_eq!(serde_json::to_value(&rule).unwrap(), written);
        assert_eq!(faults::read(&json!({"rules": [written]}).to_string()).unwrap(), [rule]);
    }
}
