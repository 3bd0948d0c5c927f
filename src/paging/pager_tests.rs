//! Lists whose place stands in the body, and is the last row's.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::auth::Anonymous;
use crate::client::config::CommonConfig;
use crate::odd::models::LineQuery;
use crate::odd::{Client, SERVICE};
use crate::{Retry, RetryBudget, Secret};

/// A service of five lines, whose numbers are numbers, and the bodies that it got.
async fn lines() -> (Client, Arc<Mutex<Vec<Value>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let bodies = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&bodies);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let (mut request, mut chunk) = (String::new(), [0; 4096]);
            while !request.ends_with('}') {
                let read = socket.read(&mut chunk).await.unwrap();
                request.push_str(std::str::from_utf8(&chunk[..read]).unwrap());
            }
            let body: Value = serde_json::from_str(request.split("\r\n\r\n").last().unwrap()).unwrap();
            let after = body.get("line_num").map_or(0, |after| after.as_str().unwrap().parse().unwrap());
            let limit = body["limit"].as_u64().unwrap();
            seen.lock().unwrap().push(body);
            let rows: Value =
                (after + 1..=5).take(limit as usize).map(|n: u64| json!({"line_num": n})).collect();
            let body = json!({"lines": rows}).to_string();
            let head =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            socket.write_all((head + &body).as_bytes()).await.unwrap();
        }
    });
    let mut config = CommonConfig { base_url: Some(Secret::from(url)), ..CommonConfig::default() };
    (config.retry_config.retry, config.retry_config.budget) = (Retry::never(), RetryBudget::default());
    let core = config.core(&SERVICE, || Ok(String::new()), Arc::new(Anonymous), Vec::new(), None).unwrap();
    (Client { core }, bodies)
}

#[tokio::test]
async fn a_page_begins_after_the_last_row_of_the_page_before_it() {
    let (client, bodies) = lines().await;
    let mut items = client.list_lines(LineQuery::new(2)).items();
    let mut numbers = Vec::new();
    while let Some(line) = items.try_next().await.unwrap() {
        numbers.push(line.line_num.unwrap());
    }
    assert_eq!(numbers, ["1", "2", "3", "4", "5"]);
    let sent =
        [json!({"limit": 2}), json!({"limit": 2, "line_num": "2"}), json!({"limit": 2, "line_num": "4"})];
    assert_eq!(*bodies.lock().unwrap(), sent);
}

#[tokio::test]
async fn a_walk_begins_after_the_marker_that_the_caller_gives() {
    let (client, bodies) = lines().await;
    let query = || LineQuery::new(50);
    let first = client.list_lines(query().line_num("3")).items().try_next().await.unwrap().unwrap();
    assert_eq!(first.line_num.as_deref(), Some("4"));
    let first = client.list_lines(query()).items().start(2).page_size(1).try_next().await.unwrap().unwrap();
    assert_eq!(first.line_num.as_deref(), Some("3"));
    let sent = [json!({"limit": 50, "line_num": "3"}), json!({"limit": 1, "line_num": "2"})];
    assert_eq!(*bodies.lock().unwrap(), sent);
}
