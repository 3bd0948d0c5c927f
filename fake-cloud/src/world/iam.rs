//! IAM of Huawei Cloud: tokens for passwords or by agency, temporary keys, and the projects of an account.
//!
//! Default: one user, whose one-time code never changes. A wrong code counts like a wrong password. One agency of
//! another account, which leads to the same projects: the cloud has one set of things, whoever looks at it. Five wrong passwords within 15 minutes lock it for 15 minutes, in which the right one is
//! refused too; a good one clears the count. The account has the project of its region, a project below that,
//! and the one for object storage; a token opens the project that it is scoped to and no other.
//! Tokens live for 24 hours (`auth/tokens.rs`).

mod keys;
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
    base_url: String,
    tokens: Arc<Tokens>,
    projects: Vec<Project>,
    /// The services that come with a token.
    catalog: Json,
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
            "KeystoneCreateUserTokenByPassword" | "KeystoneCreateUserTokenByPasswordAndMfa" => {
                self.login(ask)?;
                self.token(ask, self.user())
            }
            "KeystoneCreateAgencyToken" => {
                keys::agency(&self.own, ask)?;
                self.token(
                    ask,
                    json!({"id": self.own.user_id, "name": self.own.agency, "domain": self.domain()}),
                )
            }
            "KeystoneValidateToken" => self.validate(ask),
            "CreateTemporaryAccessKeyByToken" => keys::by_token(&self.tokens, ask),
            "CreateTemporaryAccessKeyByAgency" => {
                keys::agency(&self.own, ask)?;
                Ok(keys::issue(&self.tokens, ask, "/auth/identity/assume_role/duration_seconds"))
            }
            "KeystoneListProjects" => projects::list(&self.projects, &self.base_url, ask),
            "KeystoneListAuthProjects" => Ok(projects::own(&self.projects, &self.base_url, ask)),
            "KeystoneListProjectsForUser" if Some(ask.path("user_id")) != self.own.user_id.as_deref() => {
                Err(Refusal::not_found("there is no such user"))
            }
            "KeystoneListProjectsForUser" => Ok(projects::of_user(&self.projects, &self.base_url, ask)),
            "KeystoneListAuthDomains" => Ok(self.domains(ask)),
            _ => Ok(ask.example()),
        }
    }

    fn inventory(&self) -> Inventory {
        let ids = self.projects.iter().map(|project| project.id.clone()).collect();
        let domain = self.own.domain_id.clone().into_iter().collect();
        let user = self.own.user_id.clone().into_iter().collect();
        Inventory::from([("project_id", ids), ("domain_id", domain), ("user_id", user)])
    }
}

impl Iam {
    pub(super) fn new(start: &Start<'_>) -> Self {
        Self {
            own: start.credentials.clone(),
            base_url: start.base_url.to_owned(),
            tokens: Arc::clone(start.tokens),
            projects: projects::of(start.credentials, start.ambient),
            catalog: start.example("KeystoneShowCatalog").get("catalog").cloned().unwrap_or_default(),
            lockout: Lockout::default(),
        }
    }

    /// `POST /v3/auth/tokens` of a user who proved who it is.
    fn token(&self, ask: &Ask<'_>, user: Json) -> Result<Answer, Refusal> {
        let scope = self.scope(ask.body())?;
        let mut answer = ask.example();
        if let Some(body) = &mut answer.body {
            body.put("/token/user", user);
            body.put("/token/methods", ask.body().given("/auth/identity/methods").cloned());
            if body.given("/token/assumed_by").is_some() {
                body.put("/token/assumed_by", json!({"user": self.user()}));
            }
            self.describe(body, &scope);
        }
        let header = self.issue(&mut answer, scope, ask.ambient);
        self.tokens.tell(&header, answer.body.clone().unwrap_or_default());
        self.leave_catalog(&mut answer, ask);
        answer.header("x-subject-token", header);
        Ok(answer)
    }

    /// `GET /v3/auth/tokens`.
    fn validate(&self, ask: &Ask<'_>) -> Result<Answer, Refusal> {
        let told = self.tokens.told(ask.path("X-Subject-Token"), ask.now);
        let mut answer = ask.answer(told.ok_or_else(|| Refusal::not_found("there is no such token"))?);
        self.leave_catalog(&mut answer, ask);
        Ok(answer)
    }

    /// Without its catalogue an answer is much smaller.
    fn leave_catalog(&self, answer: &mut Answer, ask: &Ask<'_>) {
        let catalog = match ask.text("nocatalog") {
            Some(value) if !value.is_empty() => json!([]),
            _ => self.catalog.clone(),
        };
        if let Some(body) = &mut answer.body {
            body.put("/token/catalog", catalog);
        }
    }

    /// `GET /v3/auth/domains`.
    fn domains(&self, ask: &Ask<'_>) -> Answer {
        let (base, id) = (&self.base_url, self.own.domain_id.as_deref().unwrap_or_default());
        let row = json!({"id": id, "name": self.own.domain_name, "enabled": true, "description": "",
            "links": {"self": format!("{base}/v3/domains/{id}")}});
        let links = json!({"self": format!("{base}/v3/auth/domains")});
        ask.answer(json!({"domains": [row], "links": links}))
    }

    fn user(&self) -> Json {
        json!({"id": self.own.user_id, "name": self.own.user_name, "password_expires_at": "",
            "domain": self.domain()})
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

    /// What the token is good for.
    fn describe(&self, body: &mut Json, scope: &Scope) {
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
        let code = body.given("/auth/identity/totp");
        let methods = if code.is_some() { json!(["password", "totp"]) } else { json!(["password"]) };
        if body.pointer("/auth/identity/methods") != Some(&methods) {
            return Err(Refusal::invalid(format!("the body does not fit: methods is not {methods}")));
        }
        let given = |field: &str| body.pointer(&format!("{USER}/{field}")).and_then(Json::as_str);
        let wrong = || Refusal::credentials("The username or password is wrong.");
        let known = given("name") == self.own.user_name.as_deref()
            && given("domain/name") == self.own.domain_name.as_deref();
        if !known {
            return Err(wrong());
        }
        let shown = |code: &Json| {
            let own = [self.own.user_id.as_deref(), self.own.passcode.as_deref()];
            ["/user/id", "/user/passcode"].map(|field| Some(code.text(field))) == own
        };
        let good = given("password") == self.own.password.as_deref() && code.is_none_or(shown);
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
