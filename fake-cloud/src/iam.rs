//! What the fake IAM does beyond answering with examples: tokens for passwords, and the project of a region.

use serde_json::{Value as Json, json};

use crate::answer::Answer;
use crate::calendar;
use crate::check::Accepted;
use crate::cloud::{Cloud, Service};
use crate::credentials::Credentials;
use crate::operation::Operation;
use crate::refusal::{Kind, Refusal};

/// `POST /v3/auth/tokens`.
pub(crate) fn token(
    cloud: &Cloud,
    service: &Service,
    operation: &Operation,
    accepted: &Accepted,
) -> Result<Answer, Refusal> {
    let own = &service.credentials;
    login(own, &accepted.body)?;
    let scope = scope(own, &accepted.body)?;
    let project = own.project_id.clone().filter(|_| scope == Scope::Project);
    let now = cloud.ambient.now();
    let (text, end) = cloud.tokens.issue(&cloud.ambient, project);

    let mut answer = Answer::of(operation);
    let domain = json!({"id": own.domain_id, "name": own.domain_name});
    if let Some(Json::Object(token)) = answer.body.as_mut().and_then(|body| body.get_mut("token")) {
        token.insert("issued_at".to_owned(), json!(calendar::micros(now)));
        token.insert("expires_at".to_owned(), json!(calendar::micros(end)));
        let user = json!({"id": cloud.user_id, "name": own.user_name, "password_expires_at": "",
            "domain": domain});
        token.insert("user".to_owned(), user);
        token.remove("project");
        token.remove("domain");
        match scope {
            Scope::Project => {
                let project = json!({"id": own.project_id, "name": own.region, "domain": domain});
                token.insert("project".to_owned(), project);
            }
            Scope::Domain => {
                token.insert("domain".to_owned(), domain);
            }
            Scope::None => {}
        }
        if accepted.values.get("nocatalog").is_some_and(|value| !value.is_empty()) {
            token.insert("catalog".to_owned(), json!([]));
        }
    }
    answer.header("x-subject-token", text);
    Ok(answer)
}

fn login(own: &Credentials, body: &Json) -> Result<(), Refusal> {
    let text = |pointer: &str| body.pointer(pointer).and_then(Json::as_str);
    if text("/auth/identity/methods/0") != Some("password") {
        return Err(Refusal::invalid("the body does not fit: methods is not [\"password\"]"));
    }
    let user = "/auth/identity/password/user";
    let same = text(&format!("{user}/name")) == own.user_name.as_deref()
        && text(&format!("{user}/password")) == own.password.as_deref()
        && text(&format!("{user}/domain/name")) == own.domain_name.as_deref();
    if same { Ok(()) } else { Err(Refusal::credentials("The username or password is wrong.")) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Project,
    Domain,
    None,
}

/// The scope that is asked for; the project wins over the account.
fn scope(own: &Credentials, body: &Json) -> Result<Scope, Refusal> {
    let part = |name: &str| body.pointer(&format!("/auth/scope/{name}"));
    if let Some(project) = part("project") {
        named(project, own.project_id.as_deref(), own.region.as_deref(), "project")?;
        return Ok(Scope::Project);
    }
    if let Some(domain) = part("domain") {
        named(domain, own.domain_id.as_deref(), own.domain_name.as_deref(), "account")?;
        return Ok(Scope::Domain);
    }
    Ok(Scope::None)
}

/// Whether the thing is named by its id or its name, and by no other.
fn named(sent: &Json, id: Option<&str>, name: Option<&str>, what: &str) -> Result<(), Refusal> {
    let pair = [("id", id), ("name", name)];
    let given: Vec<_> = pair.iter().filter_map(|(key, own)| Some((sent.get(*key)?.as_str(), *own))).collect();
    if given.is_empty() {
        return Err(Refusal::invalid(format!("the body does not fit: the {what} has neither id nor name")));
    }
    if given.iter().any(|(sent, own)| sent != own) {
        return Err(Refusal::new(Kind::NotFound, format!("there is no such {what}")));
    }
    Ok(())
}

/// `GET /v3/projects`: the one project of the account, if it passes the filters.
pub(crate) fn projects(service: &Service, accepted: &Accepted) -> Result<Answer, Refusal> {
    let own = &service.credentials;
    let value = |name: &str| accepted.values.get(name).map(String::as_str);
    if value("page").is_some() != value("per_page").is_some() {
        return Err(Refusal::invalid("the query parameters page and per_page go only together"));
    }
    let passes = |name: &str, own: Option<&str>| value(name).is_none_or(|asked| Some(asked) == own);
    let shown = passes("name", own.region.as_deref())
        && passes("domain_id", own.domain_id.as_deref())
        && passes("parent_id", own.domain_id.as_deref())
        && passes("enabled", Some("true"))
        && value("page").is_none_or(|page| page == "1");
    let id = own.project_id.as_deref().unwrap_or_default();
    let base = &service.base_url;
    let row = json!({
        "id": id,
        "name": own.region,
        "domain_id": own.domain_id,
        "parent_id": own.domain_id,
        "enabled": true,
        "is_domain": false,
        "description": "",
        "links": {"self": format!("{base}/v3/projects/{id}")},
    });
    let rows: Vec<Json> = shown.then_some(row).into_iter().collect();
    let links = json!({"self": format!("{base}/v3/projects"), "previous": null, "next": null});
    Ok(Answer::new(200, Some(json!({"projects": rows, "links": links}))))
}
