//! IAM of Huawei Cloud: tokens for passwords or by agency, temporary keys, and the projects of an account.
//!
//! Default: one user, whose one-time code never changes. A wrong code counts like a wrong password. One agency of
//! another account, with the same projects: the cloud has one set of resources for all accounts. Five wrong passwords
//! within 15 minutes lock the user for 15 minutes, during which the correct one is refused too; a correct one resets
//! the count. The account has the project of its region, a project below that, and the one for object storage; a token
//! is valid only for the project of its scope. Tokens are valid for 24 hours (`identity/tokens.rs`).

mod keys;
mod lockout;
mod projects;

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::fields::Fields;
use crate::base::calendar;
use crate::base::runtime::Runtime;
use crate::identity::credentials::Credentials;
use crate::identity::tokens::Tokens;
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::contract::{Inventory, World, WorldContext};
use crate::world::request::WorldRequest;
use lockout::Lockout;
use projects::Project;

const USER: &str = "/auth/identity/password/user";

pub(super) struct Iam {
    own: Credentials,
    base_url: String,
    tokens: Arc<Tokens>,
    projects: Vec<Project>,
    /// The catalog of services in a token.
    catalog: Json,
    lockout: Lockout,
}

/// The scope of a token.
enum TokenScope {
    Project(Project),
    Domain,
    None,
}

impl World for Iam {
    fn models(&self, operation: &str) -> bool {
        handler(operation).is_some()
    }

    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        handler(call.id()).map_or_else(|| Ok(call.example()), |handler| handler(self, call))
    }

    fn inventory(&self) -> Inventory {
        let ids = self.projects.iter().map(|project| project.id.clone()).collect();
        let domain = self.own.domain_id.clone().into_iter().collect();
        let user = self.own.user_id.clone().into_iter().collect();
        Inventory::from([("project_id", ids), ("domain_id", domain), ("user_id", user)])
    }
}

/// Processes an operation.
type IamHandler = fn(&mut Iam, &WorldRequest<'_>) -> Result<Response, Refusal>;

fn handler(operation: &str) -> Option<IamHandler> {
    Some(match operation {
        "KeystoneCreateUserTokenByPassword" | "KeystoneCreateUserTokenByPasswordAndMfa" => |iam, call| {
            iam.login(call)?;
            iam.token(call, iam.user())
        },
        "KeystoneCreateAgencyToken" => |iam, call| {
            keys::agency(&iam.own, call)?;
            let (id, name) = (&iam.own.user_id, &iam.own.agency);
            iam.token(call, json!({"id": id, "name": name, "domain": iam.domain()}))
        },
        "KeystoneValidateToken" => |iam, call| iam.validate(call),
        "CreateTemporaryAccessKeyByToken" => |iam, call| keys::by_token(&iam.tokens, call),
        "CreateTemporaryAccessKeyByAgency" => |iam, call| {
            keys::agency(&iam.own, call)?;
            Ok(keys::issue(&iam.tokens, call, "/auth/identity/assume_role/duration_seconds"))
        },
        "KeystoneListProjects" => |iam, call| projects::list(&iam.projects, &iam.base_url, call),
        "KeystoneListAuthProjects" => |iam, call| Ok(projects::own(&iam.projects, &iam.base_url, call)),
        "KeystoneListProjectsForUser" => {
            |iam, call| match Some(call.path("user_id")) == iam.own.user_id.as_deref() {
                true => Ok(projects::of_user(&iam.projects, &iam.base_url, call)),
                false => Err(Refusal::not_found("there is no such user")),
            }
        }
        "KeystoneListAuthDomains" => |iam, call| Ok(iam.domains(call)),
        _ => return None,
    })
}

impl Iam {
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        Self {
            own: start.credentials.clone(),
            base_url: start.base_url.to_owned(),
            tokens: Arc::clone(start.tokens),
            projects: projects::of(start.credentials, start.runtime),
            catalog: start.example("KeystoneShowCatalog").get("catalog").cloned().unwrap_or_default(),
            lockout: Lockout::default(),
        }
    }

    /// `POST /v3/auth/tokens` of an authenticated user.
    fn token(&self, call: &WorldRequest<'_>, user: Json) -> Result<Response, Refusal> {
        let scope = self.scope(call.body())?;
        let mut response = call.example();
        if let Some(body) = &mut response.body {
            body.put("/token/user", user);
            body.put("/token/methods", call.body().given("/auth/identity/methods").cloned());
            if body.given("/token/assumed_by").is_some() {
                body.put("/token/assumed_by", json!({"user": self.user()}));
            }
            self.describe(body, &scope);
        }
        let header = self.issue(&mut response, scope, call.runtime);
        self.tokens.tell(&header, response.body.clone().unwrap_or_default());
        self.leave_catalog(&mut response, call);
        response.header("x-subject-token", header);
        Ok(response)
    }

    /// `GET /v3/auth/tokens`.
    fn validate(&self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        let told = self.tokens.told(call.path("X-Subject-Token"), call.now);
        let mut response = call.response(told.ok_or_else(|| Refusal::not_found("there is no such token"))?);
        self.leave_catalog(&mut response, call);
        Ok(response)
    }

    /// Without the catalog, the response is much smaller.
    fn leave_catalog(&self, response: &mut Response, call: &WorldRequest<'_>) {
        let catalog = match call.text("nocatalog") {
            Some(value) if !value.is_empty() => json!([]),
            _ => self.catalog.clone(),
        };
        if let Some(body) = &mut response.body {
            body.put("/token/catalog", catalog);
        }
    }

    /// `GET /v3/auth/domains`.
    fn domains(&self, call: &WorldRequest<'_>) -> Response {
        let (base, id) = (&self.base_url, self.own.domain_id.as_deref().unwrap_or_default());
        let row = json!({"id": id, "name": self.own.domain_name, "enabled": true, "description": "",
            "links": {"self": format!("{base}/v3/domains/{id}")}});
        let links = json!({"self": format!("{base}/v3/auth/domains")});
        call.response(json!({"domains": [row], "links": links}))
    }

    fn user(&self) -> Json {
        json!({"id": self.own.user_id, "name": self.own.user_name, "password_expires_at": "",
            "domain": self.domain()})
    }

    /// Creates the token and writes its period of validity into the response.
    fn issue(&self, response: &mut Response, scope: TokenScope, runtime: &Runtime) -> String {
        let project = match scope {
            TokenScope::Project(project) => Some(project.id),
            TokenScope::Domain | TokenScope::None => None,
        };
        let now = runtime.now();
        let (text, end) = self.tokens.issue(runtime, project);
        if let Some(body) = &mut response.body {
            body.put("/token/issued_at", calendar::micros(now));
            body.put("/token/expires_at", calendar::micros(end));
        }
        text
    }

    fn domain(&self) -> Json {
        json!({"id": self.own.domain_id, "name": self.own.domain_name})
    }

    /// The scope of the token.
    fn describe(&self, body: &mut Json, scope: &TokenScope) {
        if let Some(token) = body.get_mut("token").and_then(Json::as_object_mut) {
            token.remove("project");
            token.remove("domain");
        }
        match scope {
            TokenScope::Project(Project { id, name, .. }) => {
                body.put("/token/project", json!({"id": id, "name": name, "domain": self.domain()}));
            }
            TokenScope::Domain => body.put("/token/domain", self.domain()),
            TokenScope::None => {}
        }
    }

    fn login(&mut self, call: &WorldRequest<'_>) -> Result<(), Refusal> {
        let body = call.body();
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
        self.lockout.enter(good, call.now).map_err(|locked| match locked {
            true => Refusal::credentials("The account is locked."),
            false => wrong(),
        })
    }

    /// The requested scope; a project has precedence over an account.
    fn scope(&self, body: &Json) -> Result<TokenScope, Refusal> {
        if let Some(asked) = body.given("/auth/scope/project") {
            let project = self.projects.iter().find(|p| named(asked, Some(&p.id), Some(&p.name)));
            let project = project.ok_or_else(|| nameless(asked, "project"))?;
            return Ok(TokenScope::Project(project.clone()));
        }
        if let Some(asked) = body.given("/auth/scope/domain") {
            let own = named(asked, self.own.domain_id.as_deref(), self.own.domain_name.as_deref());
            return if own { Ok(TokenScope::Domain) } else { Err(nameless(asked, "account")) };
        }
        Ok(TokenScope::None)
    }
}

/// Whether an object is identified by its id, its name or both, and by nothing else.
fn named(asked: &Json, id: Option<&str>, name: Option<&str>) -> bool {
    let pairs = [("id", id), ("name", name)];
    let mut given = pairs.iter().filter_map(|(key, own)| Some((asked.get(*key)?.as_str(), *own))).peekable();
    given.peek().is_some() && given.all(|(sent, own)| sent == own)
}

/// Why nothing is identified.
fn nameless(asked: &Json, what: &str) -> Refusal {
    if asked.get("id").is_none() && asked.get("name").is_none() {
        return Refusal::invalid(format!("the body does not fit: the {what} has neither id nor name"));
    }
    Refusal::not_found(format!("there is no such {what}"))
}
