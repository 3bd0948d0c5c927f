//! The projects of the account.

use serde_json::{Value as Json, json};

use crate::base::runtime::Runtime;
use crate::identity::credentials::Credentials;
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::list;
use crate::world::request::WorldRequest;

#[derive(Debug, Clone)]
pub(super) struct Project {
    pub(super) id: String,
    pub(super) name: String,
    domain: String,
    parent: String,
}

/// The project of the region, one below it, and the one for object storage.
pub(super) fn of(own: &Credentials, runtime: &Runtime) -> Vec<Project> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let (region, domain) = (text(&own.region), text(&own.domain_id));
    let project = |id: String, name: String, parent: &str| Project {
        id,
        name,
        domain: domain.clone(),
        parent: parent.to_owned(),
    };
    let regional = text(&own.project_id);
    vec![
        project(runtime.hex(32), "MOS".to_owned(), &domain),
        project(regional.clone(), region.clone(), &domain),
        project(runtime.hex(32), format!("{region}_test"), &regional),
    ]
}

/// `GET /v3/projects`.
pub(super) fn list(
    projects: &[Project],
    base_url: &str,
    call: &WorldRequest<'_>,
) -> Result<Response, Refusal> {
    let (page, size) = (call.number("page"), call.number("per_page"));
    if page.is_some() != size.is_some() {
        return Err(Refusal::invalid("the query parameters page and per_page go only together"));
    }
    let rows = projects.iter().map(|project| row(project, base_url));
    let rows: Vec<Json> = rows
        .filter(|row| {
            ["name", "domain_id", "parent_id"].iter().all(|f| list::is(row, &format!("/{f}"), call.text(f)))
        })
        .filter(|_| call.flag("enabled") != Some(false))
        .collect();
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let url = |page: i64| format!("{base_url}/v3/projects?page={page}&per_page={}", size.unwrap_or_default());
    let (rows, previous, next) = match (page, size) {
        (Some(page), Some(size)) => {
            let skipped = page.saturating_sub(1).saturating_mul(size);
            let more = skipped.saturating_add(size) < count;
            let neighbours = ((page > 1).then(|| url(page - 1)), more.then(|| url(page + 1)));
            (list::cut(rows, skipped, size), neighbours.0, neighbours.1)
        }
        _ => (rows, None, None),
    };
    let links = json!({"self": format!("{base_url}/v3/projects"), "previous": previous, "next": next});
    Ok(call.response(json!({"projects": rows, "links": links})))
}

/// `GET /v3/auth/projects`.
pub(super) fn own(projects: &[Project], base_url: &str, call: &WorldRequest<'_>) -> Response {
    let rows: Vec<Json> = projects.iter().map(|project| row(project, base_url)).collect();
    let links = json!({"self": format!("{base_url}/v3/auth/projects")});
    call.response(json!({"projects": rows, "links": links}))
}

/// `GET /v3/users/{user_id}/projects`.
pub(super) fn of_user(projects: &[Project], base_url: &str, call: &WorldRequest<'_>) -> Response {
    let rows: Vec<Json> = projects.iter().map(|project| row(project, base_url)).collect();
    let own = format!("{base_url}/v3/users/{}/projects", call.path("user_id"));
    call.response(json!({"projects": rows, "links": {"self": own, "previous": null, "next": null}}))
}

fn row(project: &Project, base_url: &str) -> Json {
    let Project { id, name, domain, parent } = project;
    json!({
        "id": id,
        "name": name,
        "domain_id": domain,
        "parent_id": parent,
        "enabled": true,
        "is_domain": false,
        "description": "",
        "links": {"self": format!("{base_url}/v3/projects/{id}")},
    })
}
