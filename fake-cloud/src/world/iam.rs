//! IAM of Huawei Cloud: tokens for passwords, and the projects of an account.
//!
//! Default: one user. Five wrong passwords within 15 minutes lock it for 15 minutes, in which the right one is
//! refused too; a good one clears the count. The account has the project of its region, a project below that,
//! and the one for object storage; a token opens the project that it is scoped to and no other.
//! Tokens live for 24 hours (`auth/tokens.rs`).

mod lockout;
mod projects;

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::fields::Fields;
use super::{Ask, Inventory, Start, World};
use crate::ambient::Ambient;
use crate::answer::Answer;
use crate::auth::tokens::Tokens;
use crate::calendar;
use crate::credentials::Credentials;
use crate::refusal::Refusal;
use lockout::Lockout;
use projects::Project;

const USER: &str = "/auth/identity/password/user";

pub(super) struct Iam {
    own: Credentials,
    user_id: String,
    base_url: String,
    tokens: Arc<Tokens>,
    projects: Vec<Project>,
    lockout: Lockout,
}

/// What a token shall be good for.
enum Scope {
    Project(Project),
    Domain,
    None,
}

impl World for Iam {
    fn answer(&mut self, ask: &Ask<'_>) -> Result<Answer, Refusal> {
        match ask.id() {
            "KeystoneCreateUserTokenByPassword" => self.token(ask),
            "KeystoneListProjects" => projects::list(&self.projects, &self.base_url, ask),
            _ => Ok(ask.example()),
        }
    }

    fn inventory(&self) -> Inventory {
        let ids = self.projects.iter().map(|project| project.id.clone()).collect();
        let domain = self.own.domain_id.clone().into_iter().collect();
        Inventory::from([("project_id", ids), ("domain_id", domain), ("user_id", vec![self.user_id.clone()])])
    }
}

impl Iam {
    pub(super) fn new(start: &Start<'_>) -> Self {
        Self {
            own: start.credentials.clone(),
            user_id: start.ambient.hex(32),
            base_url: start.base_url.to_owned(),
            tokens: Arc::clone(start.tokens),
            projects: projects::of(start.credentials, start.ambient),
            lockout: Lockout::default(),
        }
    }

    /// `POST /v3/auth/tokens`.
    fn token(&mut self, ask: &Ask<'_>) -> Result<Answer, Refusal> {
        self.login(ask)?;
        let scope = self.scope(ask.body())?;
        let mut answer = ask.example();
        if let Some(body) = &mut answer.body {
            self.describe(body, &scope);
            if ask.text("nocatalog").is_some_and(|value| !value.is_empty()) {
                body.put("/token/catalog", json!([]));
            }
        }
        let header = self.issue(&mut answer, scope, ask.ambient);
        answer.header("x-subject-token", header);
        Ok(answer)
    }

    /// Makes the token and writes its life into the answer.
    fn issue(&self, answer: &mut Answer, scope: Scope, ambient: &Ambient) -> String {
        let project = match scope {
            Scope::Project(project) => Some(project.id),
            Scope::Domain | Scope::None => None,
        };
        let now = ambient.now();
        let (text, end) = self.tokens.issue(ambient, project);
        if let Some(body) = &mut answer.body {
            body.put("/token/issued_at", calendar::micros(now));
            body.put("/token/expires_at", calendar::micros(end));
        }
        text
    }

    fn domain(&self) -> Json {
        json!({"id": self.own.domain_id, "name": self.own.domain_name})
    }

    /// Who the token is for, and what it is good for.
    fn describe(&self, body: &mut Json, scope: &Scope) {
        let user = json!({"id": self.user_id, "name": self.own.user_name, "password_expires_at": "",
            "domain": self.domain()});
        body.put("/token/user", user);
        if let Some(token) = body.get_mut("token").and_then(Json::as_object_mut) {
            token.remove("project");
            token.remove("domain");
        }
        match scope {
            Scope::Project(Project { id, name, .. }) => {
                body.put("/token/project", json!({"id": id, "name": name, "domain": self.domain()}));
            }
            Scope::Domain => body.put("/token/domain", self.domain()),
            Scope::None => {}
        }
    }

    fn login(&mut self, ask: &Ask<'_>) -> Result<(), Refusal> {
        let body = ask.body();
        if body.text("/auth/identity/methods/0") != "password" {
            return Err(Refusal::invalid("the body does not fit: methods is not [\"password\"]"));
        }
        let given = |field: &str| body.pointer(&format!("{USER}/{field}")).and_then(Json::as_str);
        let wrong = || Refusal::credentials("The username or password is wrong.");
        let known = given("name") == self.own.user_name.as_deref()
            && given("domain/name") == self.own.domain_name.as_deref();
        if !known {
            return Err(wrong());
        }
        let good = given("password") == self.own.password.as_deref();
        self.lockout.enter(good, ask.now).map_err(|locked| match locked {
            true => Refusal::credentials("The account is locked."),
            false => wrong(),
        })
    }

    /// The scope that is asked for; the project wins over the account.
    fn scope(&self, body: &Json) -> Result<Scope, Refusal> {
        if let Some(asked) = body.given("/auth/scope/project") {
            let project = self.projects.iter().find(|p| named(asked, Some(&p.id), Some(&p.name)));
            let project = project.ok_or_else(|| nameless(asked, "project"))?;
            return Ok(Scope::Project(project.clone()));
        }
        if let Some(asked) = body.given("/auth/scope/domain") {
            let own = named(asked, self.own.domain_id.as_deref(), self.own.domain_name.as_deref());
            return if own { Ok(Scope::Domain) } else { Err(nameless(asked, "account")) };
        }
        Ok(Scope::None)
    }
}

/// Whether something is named by its id, its name or both, and nothing else is.
fn named(asked: &Json, id: Option<&str>, name: Option<&str>) -> bool {
    let pairs = [("id", id), ("name", name)];
    let mut given = pairs.iter().filter_map(|(key, own)| Some((asked.get(*key)?.as_str(), *own))).peekable();
    given.peek().is_some() && given.all(|(sent, own)| sent == own)
}

/// Why nothing is named.
fn nameless(asked: &Json, what: &str) -> Refusal {
    if asked.get("id").is_none() && asked.get("name").is_none() {
        return Refusal::invalid(format!("the body does not fit: the {what} has neither id nor name"));
    }
    Refusal::not_found(format!("there is no such {what}"))
}
