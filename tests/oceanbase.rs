//! OceanBase Cloud: answers that differ from the documents, lists in strings, pages, waits and finding.

#![cfg(feature = "oceanbase-cloud-v2")]
#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

#[path = "oceanbase/answers.rs"]
mod answers;
#[path = "oceanbase/life.rs"]
mod life;
#[path = "oceanbase/lists.rs"]
mod lists;
mod support;
#[path = "oceanbase/waits.rs"]
mod waits;

use std::sync::{Arc, Mutex};

use dbplane::oceanbase::cloud_v2::Client;
use serde_json::Value;
use support::{answer, oceanbase_at, served};

/// Requests as they came, head and body.
type Requests = Arc<Mutex<Vec<String>>>;

/// A client of a service that answers each request by a function of its target.
async fn client_of(reply: impl Fn(&str) -> Value + Send + Sync + 'static) -> (Client, Requests) {
    let requests = Requests::default();
    let seen = Arc::clone(&requests);
    let url = served(move |request| {
        seen.lock().unwrap().push(request.to_owned());
        let body = reply(request.split(' ').nth(1).unwrap());
        let status = body["status"].as_str().unwrap_or("200 OK").to_owned();
        answer(&status, "", &body.to_string())
    });
    (oceanbase_at(&url.await), requests)
}

/// A client of a service that always answers the same.
async fn told(body: Value) -> Client {
    client_of(move |_| body.clone()).await.0
}
