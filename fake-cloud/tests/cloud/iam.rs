//! Huawei Cloud IAM: tokens and projects.

use std::time::Duration;

use dbplane_fake_cloud::FakeCloud;
use serde_json::{Value as Json, json};

use crate::sign::{sdk, sdk_at};
use crate::wire::{Call, NOW, Reply, last, refused, send, service, start};

const STEM: &str = "huawei-iam-v3";
const TOKENS: &str = "/v3/auth/tokens";
const KEYS: &str = "/v3.0/OS-CREDENTIAL/securitytokens";

fn login(cloud: &FakeCloud, scope: &Json) -> Json {
    let known = service(cloud, STEM).credentials();
    let user = json!({"name": known.user_name, "password": known.password,
        "domain": {"name": known.domain_name}});
    json!({"auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}})
}

/// A token for a scope.
pub(crate) async fn token(cloud: &FakeCloud, scope: &Json) -> String {
    let reply = send(service(cloud, STEM), &Call::new("POST", TOKENS).json(&login(cloud, scope))).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.header("x-subject-token").to_owned()
}

/// IAM's own shape of errors.
fn title(reply: &Reply) -> &str {
    assert_eq!(reply.body["error"]["code"], reply.status);
    assert!(!reply.text("/error/message").is_empty());
    reply.text("/error/title")
}

#[tokio::test]
async fn a_password_gives_a_token() {
    let cloud = start().await;
    let known = service(&cloud, STEM).credentials().clone();
    let body = login(&cloud, &json!({"project": {"name": "cn-north-4"}, "domain": {"name": "fake-account"}}));
    let reply = send(service(&cloud, STEM), &Call::new("POST", TOKENS).json(&body)).await;
    assert_eq!(reply.status, 201);
    assert!(reply.header("x-subject-token").starts_with("MII"));
    assert_eq!(reply.text("/token/issued_at"), "2026-01-15T08:30:00.000000Z");
    assert_eq!(reply.text("/token/expires_at"), "2026-01-16T08:30:00.000000Z");
    assert_eq!(Some(reply.text("/token/project/id")), known.project_id.as_deref());
    assert_eq!(Some(reply.text("/token/user/name")), known.user_name.as_deref());
    assert!(reply.body["token"].get("domain").is_none());
    assert_eq!(reply.body["token"]["catalog"].as_array().map(Vec::len), Some(1));
    let bare =
        send(service(&cloud, STEM), &Call::new("POST", &format!("{TOKENS}?nocatalog=1")).json(&body)).await;
    assert_eq!(bare.body["token"]["catalog"], json!([]));
    assert_ne!(bare.header("x-subject-token"), reply.header("x-subject-token"));
}

#[tokio::test]
async fn wrong_passwords_and_scopes() {
    let cloud = start().await;
    let good = login(&cloud, &json!({"project": {"name": "cn-north-4"}}));
    let cases = [
        ("/auth/identity/password/user/password", json!("guess"), 401, "Unauthorized", "password is wrong"),
        ("/auth/identity/password/user/name", json!("other"), 401, "Unauthorized", "password is wrong"),
        (
            "/auth/identity/password/user/domain/name",
            json!("other"),
            401,
            "Unauthorized",
            "password is wrong",
        ),
        ("/auth/identity/methods/0", json!("token"), 400, "Bad Request", "methods"),
        ("/auth/identity/methods", json!([]), 400, "Bad Request", "has less than 1 item"),
        ("/auth/scope/project/name", json!("cn-north-9"), 404, "Not Found", "no such project"),
        ("/auth/scope/project", json!({}), 400, "Bad Request", "neither id nor name"),
        ("/auth/identity/password/user", json!({"x": 1}), 400, "Bad Request", "the field `x` is unknown"),
    ];
    for (pointer, value, status, expected, words) in cases {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        let reply = send(service(&cloud, STEM), &Call::new("POST", TOKENS).json(&body)).await;
        refused(&cloud, &reply, status, words);
        assert_eq!(title(&reply), expected);
        assert!(reply.headers.get("x-subject-token").is_none());
    }
    let password = service(&cloud, STEM).credentials().password.clone().unwrap();
    assert!(!format!("{:?}", cloud.journal()).contains(&password));
}

#[tokio::test]
async fn the_project_of_a_region() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let project = service.credentials().project_id.clone().unwrap();
    let found = send(service, &sdk(service, Call::new("GET", "/v3/projects?name=cn-north-4"))).await;
    assert_eq!((found.status, found.text("/projects/0/id")), (200, project.as_str()), "{found:?}");
    assert_eq!(found.text("/projects/0/name"), "cn-north-4");
    let token = token(&cloud, &json!({"domain": {"name": "fake-account"}})).await;
    let filtered = ["name=cn-east-3", "enabled=false", "parent_id=0", "page=2&per_page=10"];
    for query in filtered {
        let call = Call::new("GET", &format!("/v3/projects?{query}")).header("x-auth-token", &token);
        let reply = send(service, &call).await;
        assert_eq!((reply.status, &reply.body["projects"]), (200, &json!([])), "{query}");
    }
    let all = send(service, &Call::new("GET", "/v3/projects").header("x-auth-token", &token)).await;
    assert_eq!(all.body["projects"].as_array().map(Vec::len), Some(3));
    assert_eq!(last(&cloud).operation.as_deref(), Some("KeystoneListProjects"));
}

#[tokio::test]
async fn operations_of_one_path_are_told_apart_by_their_bodies() {
    let cloud = start().await;
    let role = json!({"agency_name": "a", "domain_name": "d"});
    let (user, totp) = (json!({"name": "n"}), json!({"user": {"id": "i"}}));
    let cases = [
        (json!({"methods": ["password"], "password": {"user": user}}), "KeystoneCreateUserTokenByPassword"),
        (
            json!({"methods": [], "password": {"user": user}, "totp": totp}),
            "KeystoneCreateUserTokenByPasswordAndMfa",
        ),
        (json!({"methods": ["password"], "assume_role": role}), "KeystoneCreateAgencyToken"),
        (json!({"methods": ["assume_role"], "assume_role": {}}), "KeystoneCreateAgencyToken"),
    ];
    for (identity, operation) in cases {
        let call = Call::new("POST", TOKENS).json(&json!({"auth": {"identity": identity}}));
        send(service(&cloud, STEM), &call).await;
        assert_eq!(last(&cloud).operation.as_deref(), Some(operation), "{identity}");
    }
    for body in ["", "{", "[]", "{}"] {
        let call = Call { body: body.to_owned(), ..Call::new("POST", TOKENS) };
        send(service(&cloud, STEM), &call).await;
        let first = Some("KeystoneCreateUserTokenByPassword");
        assert_eq!(last(&cloud).operation.as_deref(), first, "{body}");
    }
}

#[tokio::test]
async fn refusals_have_the_shape_of_iam_except_for_signatures() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let good = sdk(service, Call::new("GET", "/v3/projects"));
    let cases = [
        (Call::new("GET", "/v3/projects"), 401, "not signed"),
        (Call::new("GET", "/v3/projects").header("x-auth-token", "MIIx"), 401, "IAM has not issued"),
        (Call::new("GET", "/v3/project"), 404, "no operation has the path"),
        (Call::new("DELETE", "/v3/projects"), 405, "DELETE is no method"),
        (sdk(service, Call::new("GET", "/v3/projects?page=1")), 400, "page and per_page go only together"),
        (sdk(service, Call::new("GET", "/v3/projects?enabled=yes")), 400, "`enabled` is no boolean"),
        (sdk(service, Call::new("GET", "/v3/projects?id=1")), 400, "the query parameter `id` is unknown"),
    ];
    for (call, status, words) in cases {
        let reply = send(service, &call).await;
        refused(&cloud, &reply, status, words);
        assert!(!title(&reply).is_empty());
    }
    let mut other = good;
    other.target.push_str("?name=x");
    let reply = send(service, &other).await;
    refused(&cloud, &reply, 401, "canonicalRequest:GET|/v3/projects/|name=x|");
    assert_eq!(reply.text("/error_code"), "APIGW.0301");
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_user_out_for_a_quarter_of_an_hour() {
    let cloud = start().await;
    let good = login(&cloud, &json!({"project": {"name": "cn-north-4"}}));
    let mut wrong = good.clone();
    wrong["auth"]["identity"]["password"]["user"]["password"] = json!("guess");
    let mut other = wrong.clone();
    other["auth"]["identity"]["password"]["user"]["domain"]["name"] = json!("other-account");
    for _ in 0..9 {
        let reply = send(service(&cloud, STEM), &Call::new("POST", TOKENS).json(&other)).await;
        refused(&cloud, &reply, 401, "password is wrong");
    }
    for _ in 0..5 {
        let reply = send(service(&cloud, STEM), &Call::new("POST", TOKENS).json(&wrong)).await;
        refused(&cloud, &reply, 401, "password is wrong");
    }
    for body in [&good, &wrong] {
        let reply = send(service(&cloud, STEM), &Call::new("POST", TOKENS).json(body)).await;
        refused(&cloud, &reply, 401, "The account is locked.");
        assert_eq!((title(&reply), reply.text("/error/message")), ("Unauthorized", "The account is locked."));
    }
    cloud.advance(Duration::from_secs(15 * 60));
    token(&cloud, &json!({"project": {"name": "cn-north-4"}})).await;
}

#[tokio::test]
async fn a_token_opens_the_project_that_it_is_scoped_to() {
    let cloud = start().await;
    let dbss = service(&cloud, "huawei-dbss-v2");
    let own = dbss.credentials().project_id.clone().unwrap();
    let list =
        |token: &str| Call::new("POST", &format!("/v2/{own}/db-om/instances")).header("x-auth-token", token);
    for scope in [json!({"project": {"id": own}}), json!({"project": {"name": "cn-north-4"}})] {
        assert_eq!(send(dbss, &list(&token(&cloud, &scope).await)).await.status, 200, "{scope}");
    }
    for scope in
        [json!({"project": {"name": "cn-north-4_test"}}), json!({"domain": {"name": "fake-account"}})]
    {
        let reply = send(dbss, &list(&token(&cloud, &scope).await)).await;
        refused(&cloud, &reply, 403, "not scoped to the project");
    }
}

#[tokio::test]
async fn pages_of_projects_know_their_neighbours() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let page = async |number: i64| {
        let call = Call::new("GET", &format!("/v3/projects?page={number}&per_page=2"));
        send(service, &sdk(service, call)).await.body
    };
    let (first, second) = (page(1).await, page(2).await);
    assert_eq!(first["projects"].as_array().map(Vec::len), Some(2));
    assert_eq!(second["projects"].as_array().map(Vec::len), Some(1));
    assert!(first["links"]["previous"].is_null() && second["links"]["next"].is_null());
    assert!(first["links"]["next"].as_str().unwrap().ends_with("page=2&per_page=2"));
    assert!(second["links"]["previous"].as_str().unwrap().ends_with("page=1&per_page=2"));
    let ids = service.inventory()["project_id"].clone();
    let listed = first["projects"].as_array().into_iter().chain(second["projects"].as_array()).flatten();
    assert_eq!(listed.map(|project| project["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
}

fn auth(identity: &Json) -> Json {
    json!({"auth": {"identity": identity, "scope": {"project": {"name": "cn-north-4"}}}})
}

#[tokio::test]
async fn a_wrong_code_counts_like_a_wrong_password() {
    let cloud = start().await;
    let known = service(&cloud, STEM).credentials().clone();
    let with_code = |code: &str| {
        let mut body = login(&cloud, &json!({"project": {"name": "cn-north-4"}}));
        body["auth"]["identity"]["methods"] = json!(["password", "totp"]);
        body["auth"]["identity"]["totp"] = json!({"user": {"id": known.user_id, "passcode": code}});
        Call::new("POST", TOKENS).json(&body)
    };
    let passcode = known.passcode.clone().unwrap();
    let good = send(service(&cloud, STEM), &with_code(&passcode)).await;
    assert_eq!(good.status, 201, "{good:?}");
    assert_eq!(good.body["token"]["methods"], json!(["password", "totp"]));
    assert_eq!(good.body["token"]["user"]["id"], json!(known.user_id));
    let wrong = passcode.chars().map(|c| if c == '9' { '0' } else { '9' }).collect::<String>();
    for _ in 0..5 {
        let reply = send(service(&cloud, STEM), &with_code(&wrong)).await;
        refused(&cloud, &reply, 401, "username or password is wrong");
    }
    let reply = send(service(&cloud, STEM), &with_code(&passcode)).await;
    refused(&cloud, &reply, 401, "The account is locked.");
}

#[tokio::test]
async fn an_agency_gives_tokens_and_keys() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let known = service.credentials();
    let role = json!({"agency_name": known.agency, "domain_name": known.agency_domain});
    let identity = json!({"methods": ["assume_role"], "assume_role": role});
    let token = send(service, &sdk(service, Call::new("POST", TOKENS).json(&auth(&identity)))).await;
    assert_eq!((token.status, token.text("/token/methods/0")), (201, "assume_role"), "{token:?}");
    assert_eq!(token.body["token"]["assumed_by"]["user"]["name"], json!(known.user_name));
    let keys = json!({"auth": {"identity": identity}});
    let keys = send(service, &sdk(service, Call::new("POST", KEYS).json(&keys))).await;
    assert_eq!(keys.text("/credential/expires_at"), "2026-01-15T08:45:00.000000Z");

    let unknown = json!({"agency_name": "other", "domain_name": known.agency_domain});
    let unknown = json!({"methods": ["assume_role"], "assume_role": unknown});
    let reply = send(service, &sdk(service, Call::new("POST", TOKENS).json(&auth(&unknown)))).await;
    refused(&cloud, &reply, 404, "there is no such agency");
    assert_eq!(title(&reply), "Not Found");
    let unknown = Call::new("POST", KEYS).json(&json!({"auth": {"identity": unknown}}));
    let reply = send(service, &sdk(service, unknown)).await;
    refused(&cloud, &reply, 404, "there is no such agency");
    assert_eq!(reply.text("/error_code"), "IAM.0004");
    let unsigned = send(service, &Call::new("POST", TOKENS).json(&auth(&identity))).await;
    refused(&cloud, &unsigned, 401, "not signed");
}

#[tokio::test]
async fn a_token_can_be_asked_about_until_it_ends() {
    let cloud = start().await;
    let (project, own) =
        (json!({"project": {"name": "cn-north-4"}}), json!({"domain": {"name": "fake-account"}}));
    let (asked, mine) = (token(&cloud, &project).await, token(&cloud, &own).await);
    let ask = |target: &str, subject: &str| {
        let call = Call::new("GET", target).header("x-auth-token", &mine);
        call.header("x-subject-token", subject)
    };
    let told = send(service(&cloud, STEM), &ask(TOKENS, &asked)).await;
    assert_eq!((told.status, told.text("/token/project/name")), (200, "cn-north-4"));
    assert_eq!(told.body["token"]["catalog"].as_array().map(Vec::len), Some(1));
    let bare = send(service(&cloud, STEM), &ask(&format!("{TOKENS}?nocatalog=1"), &asked)).await;
    assert_eq!(bare.body["token"]["catalog"], json!([]));
    let reply = send(service(&cloud, STEM), &ask(TOKENS, "MIIunknown")).await;
    refused(&cloud, &reply, 404, "there is no such token");
    cloud.set_now(NOW + 24 * 3_600_000);
    let late = sdk_at(service(&cloud, STEM), Call::new("GET", TOKENS), "20260116T083000Z");
    let reply = send(service(&cloud, STEM), &late.header("x-subject-token", &asked)).await;
    refused(&cloud, &reply, 404, "there is no such token");
    cloud.set_now(NOW);
    let missing = Call::new("GET", TOKENS).header("x-auth-token", &mine);
    refused(&cloud, &send(service(&cloud, STEM), &missing).await, 400, "X-Subject-Token");
}

#[tokio::test]
async fn projects_and_accounts_of_the_caller() {
    let cloud = start().await;
    let service = service(&cloud, STEM);
    let known = service.credentials();
    let get = async |target: &str| send(service, &sdk(service, Call::new("GET", target))).await;
    let all = get("/v3/auth/projects").await;
    assert_eq!(all.body["projects"].as_array().map(Vec::len), Some(3));
    let user = known.user_id.clone().unwrap();
    assert_eq!(get(&format!("/v3/users/{user}/projects")).await.body["projects"], all.body["projects"]);
    refused(&cloud, &get("/v3/users/0/projects").await, 404, "no such user");
    let domains = get("/v3/auth/domains").await;
    assert_eq!(domains.body["domains"][0]["id"], json!(known.domain_id));
    assert_eq!(get("/v3/auth/catalog").await.text("/catalog/0/name"), "iam");
}
