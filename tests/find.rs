//! Finding by name: what goes out, and what comes of lists with one, none and several of a name.

#![cfg(feature = "samsung-mariadb-1.0")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use support::{answer, mariadb_at, served};

/// A service that has clusters of these names, 2 a page, filters by part of a name, and tells what it was asked.
async fn clusters(names: &'static [&'static str]) -> (String, Arc<Mutex<Vec<String>>>) {
    let queries = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&queries);
    let url = served(move |request| {
        let query = request.split(['?', ' ']).nth(2).unwrap().to_owned();
        let value = |name: &str| query.split('&').find_map(|p| p.strip_prefix(name)?.strip_prefix('='));
        let wanted = value("name").unwrap().to_owned();
        let (page, size): (usize, usize) =
            (value("page").unwrap().parse().unwrap(), value("size").unwrap().parse().unwrap());
        let rows: Vec<_> = names.iter().enumerate().filter(|(_, name)| name.contains(&wanted)).collect();
        let shown: Vec<_> = rows.iter().skip(page * size).take(size).map(|(i, name)| row(*i, name)).collect();
        let body = json!({"contents": shown, "count": rows.len(), "page": page, "size": size});
        seen.lock().unwrap().push(query);
        answer("200 OK", "", &body.to_string())
    });
    (url.await, queries)
}

fn row(number: usize, name: &str) -> Value {
    // No id is a list.
    let id = if name == "broken" { json!([]) } else { json!(format!("id{number}")) };
    json!({"account_id": "a", "created_at": "2024-05-17T00:23:17Z", "created_by": "u", "database_name": null,
        "ha_enabled": false, "id": id, "instance_count": 1, "modified_at": "2024-05-17T00:23:17Z",
        "modified_by": "u", "name": name, "product_image_type": "MariaDB Community", "role_type": "ORIGIN",
        "service_state": "RUNNING"})
}

#[tokio::test]
async fn the_service_filters_and_the_client_compares() {
    let (url, queries) = clusters(&["orders", "orders-old", "Orders", "bills"]).await;
    let cluster = mariadb_at(&url).find_cluster("orders").await.unwrap();
    assert_eq!((cluster.id.as_str(), cluster.name.as_str()), ("id0", "orders"));
    assert_eq!(*queries.lock().unwrap(), ["size=20&page=0&name=orders"]);
}

#[tokio::test]
async fn every_page_is_looked_through() {
    let mut names = vec!["orders-old"; 45];
    names.push("orders");
    let (url, queries) = clusters(names.leak()).await;
    assert_eq!(mariadb_at(&url).find_cluster("orders").await.unwrap().id, "id45");
    assert_eq!(queries.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn none_several_and_a_list_that_is_not_there_are_three_things() {
    let (url, _) = clusters(&["orders", "bills", "orders"]).await;
    let client = mariadb_at(&url);
    let several = client.find_cluster("orders").await.unwrap_err();
    assert!(several.is_ambiguous() && several.to_string().contains("id0, id2"), "{several}");
    assert!(client.find_cluster("order").await.unwrap_err().is_no_match());
    let lost = served(|_| answer("404 Not Found", "", r#"{"status":404,"error":"Not Found"}"#)).await;
    let lost = mariadb_at(&lost).find_cluster("orders").await.unwrap_err();
    assert!(lost.is_not_found() && !lost.is_no_match(), "{lost}");
    let (url, _) = clusters(&["broken"]).await;
    let unreadable = mariadb_at(&url).find_cluster("broken").await.unwrap_err();
    assert!(unreadable.is_decode(), "{unreadable}");
}
