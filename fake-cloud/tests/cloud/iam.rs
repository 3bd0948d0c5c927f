//! Huawei Cloud IAM: tokens and projects.

use dbplane_fake_cloud::FakeCloud;
use serde_json::{Value as Json, json};

use crate::sign::sdk;
use crate::wire::{Call, Reply, last, refused, send, service, start};

const STEM: &str = "huawei-iam";
const TOKENS: &str = "/v3/auth/tokens";

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
    cloud.advance(15 * 60_000);
    token(&cloud, &json!({"project": {"name": "cn-north-4"}})).await;
}

#[tokio::test]
async fn a_token_opens_the_project_that_it_is_scoped_to() {
    let cloud = start().await;
    let dbss = service(&cloud, "huawei-dbss");
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
