//! Lists: how they are walked, how they end, what a row or a page that fails does to them.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use dbplane::Error;
use dbplane::samsung::mariadb_1_0::models::BackupHistoryApiItem;
use serde_json::{Value, json};
use support::{answer, mariadb_at, served};

/// How the list server answers.
#[derive(Clone, Copy)]
struct List {
    rows: usize,
    total: Option<usize>,
    fails_at: Option<usize>,
    repeats_from: Option<usize>,
}

impl List {
    fn of(rows: usize) -> Self {
        Self { rows, total: Some(rows), fails_at: None, repeats_from: None }
    }
}

/// A server of backup histories, and the queries that it got.
async fn histories(list: List) -> (String, Arc<Mutex<Vec<String>>>) {
    let queries = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&queries);
    let url = served(move |request| {
        let query = request.split(['?', ' ']).nth(2).unwrap().to_owned();
        let number = |name: &str| {
            let pair = query.split('&').find_map(|p| p.strip_prefix(name)?.strip_prefix('='));
            pair.map(|n| n.parse::<usize>().unwrap())
        };
        let (page, limit) = (number("page").unwrap(), number("limit").unwrap());
        seen.lock().unwrap().push(query.clone());
        if list.fails_at == Some(page) {
            return answer("500 Internal Server Error", "", "{}");
        }
        let page = list.repeats_from.map_or(page, |from| page.min(from));
        let rows: Vec<_> = (0..list.rows).skip((page - 1) * limit).take(limit).map(row).collect();
        let total = list.total.map_or(Value::Null, Value::from);
        answer("200 OK", "", &json!({"contents": rows, "total_count": total}).to_string())
    });
    (url.await, queries)
}

fn row(number: usize) -> Value {
    // Row 13 can't be read: its number is a list.
    let id = if number == 13 { json!([]) } else { json!(number.to_string()) };
    json!({"backup_history_number": id, "backup_start_at": "", "backup_end_at": "", "backup_size_gb": 1.5,
        "backup_state": "Success", "software_version": "10.11"})
}

fn items(url: &str) -> dbplane::Items<BackupHistoryApiItem> {
    mariadb_at(url).list_backup_histories("c1").items()
}

/// Everything that a walk gives.
async fn all(mut items: dbplane::Items<BackupHistoryApiItem>) -> Vec<Result<usize, Error>> {
    let mut rows = Vec::new();
    while let Some(row) = items.try_next().await.transpose() {
        rows.push(row.map(|row| row.backup_history_number.parse().unwrap()));
        assert!(rows.len() < 10_000, "the walk never ends");
    }
    rows
}

fn numbers(rows: Vec<Result<usize, Error>>) -> Vec<usize> {
    rows.into_iter().map(Result::unwrap).collect()
}

#[tokio::test]
async fn lists_end_at_the_total_a_short_page_or_an_empty_one() {
    for (rows, size, total, pages) in [
        (0, 5, Some(0), 1),
        (4, 5, Some(4), 1),
        (10, 5, Some(10), 2),
        (12, 5, Some(12), 3),
        (10, 5, None, 3), // only an empty page tells
        (12, 5, None, 3), // a short page tells
    ] {
        let (url, queries) = histories(List { total, ..List::of(rows) }).await;
        let found = numbers(all(items(&url).page_size(size)).await);
        assert_eq!(found, (0..rows).collect::<Vec<_>>(), "{rows} rows, total {total:?}");
        assert_eq!(queries.lock().unwrap().len(), pages, "{rows} rows, total {total:?}");
    }
}

/// What a service answers to page 1, 2 and so on, with what it says of the list.
async fn told(pages: &[usize], says: Value) -> (String, Arc<AtomicUsize>) {
    let (pages, requests) = (pages.to_vec(), Arc::new(AtomicUsize::new(0)));
    let counter = Arc::clone(&requests);
    let url = served(move |request| {
        counter.fetch_add(1, Ordering::SeqCst);
        let page: usize =
            request.split("page=").nth(1).unwrap().split(['&', ' ']).next().unwrap().parse().unwrap();
        let before: usize = pages.iter().take(page - 1).map(|rows| 100 * rows).sum();
        let rows = (0..pages.get(page - 1).copied().unwrap_or(0)).map(|i| row(1000 + before + i));
        let mut body = says.clone();
        body["contents"] = rows.collect();
        answer("200 OK", "", &body.to_string())
    });
    (url.await, requests)
}

#[tokio::test]
async fn a_list_is_read_to_its_end_whatever_the_size_of_its_pages_and_its_total() {
    for (pages, total, size, requests) in [
        // The service limits the size of its pages.
        (vec![20; 5], json!(100), 100, 5),
        (vec![20; 5], json!("100"), 100, 5),
        // A page in the middle is empty.
        (vec![5, 0, 5], json!(10), 5, 4),
        // Totals that can't be true.
        (vec![50; 5], json!(-1), 50, 6),
        (vec![50; 5], json!(0), 50, 6),
        (vec![50; 5], json!(50), 50, 6),
        (vec![50; 5], json!("many"), 50, 6),
        // Totals that can't be true beside pages that are smaller than asked for.
        (vec![20; 5], json!(-1), 100, 6),
        (vec![20; 5], json!(0), 100, 6),
        (vec![20; 5], json!(19), 100, 6),
        (vec![20; 5], json!("many"), 100, 6),
        (vec![20, 20, 7], json!([20]), 100, 4),
    ] {
        let (url, sent) = told(&pages, json!({"total_count": total})).await;
        let found = all(items(&url).page_size(size)).await;
        let rows = found.into_iter().map(Result::unwrap).count();
        assert_eq!(rows, pages.iter().sum::<usize>(), "{pages:?} {total}");
        assert_eq!(sent.load(Ordering::SeqCst), requests, "{pages:?} {total}");
    }
}

#[tokio::test]
async fn rows_that_are_missing_at_the_end_are_an_error_for_walks_and_finders() {
    for pages in [vec![49], vec![50]] {
        let (url, _) = told(&pages, json!({"total_count": 500})).await;
        let mut rows = all(items(&url).page_size(50)).await;
        let error = rows.pop().unwrap().unwrap_err();
        assert!(error.is_decode(), "{error}");
        let expected = format!("the list ends after {} rows, but the service says that it has 500", pages[0]);
        assert!(error.to_string().contains(&expected), "{error}");
        assert_eq!(rows.len(), pages[0]);
    }
    let page = json!({"contents": [], "count": 3, "total_count": 3}).to_string();
    let url = served(move |_| answer("200 OK", "", &page)).await;
    let error = mariadb_at(&url).find_cluster("orders").await.unwrap_err();
    assert!(error.is_decode() && !error.is_no_match(), "{error}");
}

#[tokio::test]
async fn a_response_without_the_list_is_not_an_empty_list() {
    for (body, fine) in [
        ("{}", false),
        (r#"{"other": "busy"}"#, false),
        (r#"{"count": 0, "total_count": 0}"#, true),
        (r#"{"contents": [], "count": 0, "total_count": 0}"#, true),
    ] {
        let url = served(move |_| answer("200 OK", "", body)).await;
        let error = mariadb_at(&url).find_cluster("orders").await.unwrap_err();
        assert_eq!((error.is_no_match(), error.is_decode()), (fine, !fine), "{body}: {error}");
    }
}

#[tokio::test]
async fn pages_are_asked_for_one_by_one_and_only_when_needed() {
    let (url, queries) = histories(List::of(12)).await;
    let mut walk = items(&url).page_size(5);
    for _ in 0..5 {
        walk.try_next().await.unwrap().unwrap();
    }
    assert_eq!(*queries.lock().unwrap(), ["limit=5&page=1"]);
    walk.try_next().await.unwrap().unwrap();
    assert_eq!(queries.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn start_size_and_cap_are_honoured() {
    let (url, queries) = histories(List::of(12)).await;
    assert_eq!(numbers(all(items(&url).page_size(3).start(2).max_rows(4)).await), [3, 4, 5, 6]);
    assert_eq!(*queries.lock().unwrap(), ["limit=3&page=2", "limit=3&page=3"]);
    let own = mariadb_at(&url).list_backup_histories("c1").limit(6).page(2).items();
    assert_eq!(numbers(all(own).await), (6..12).collect::<Vec<_>>());
    let (url, queries) = histories(List::of(12)).await;
    all(items(&url)).await;
    assert_eq!(*queries.lock().unwrap(), ["limit=100&page=1"], "nobody says how many: 100");
}

#[tokio::test]
async fn rows_before_a_failed_page_come_first_and_the_walk_ends_there() {
    for prefetch in [0, 3] {
        let (url, _) = histories(List { fails_at: Some(3), ..List::of(30) }).await;
        let mut rows = all(items(&url).page_size(4).prefetch(prefetch)).await;
        let error = rows.pop().unwrap().unwrap_err();
        assert!(error.is_server(), "{error}");
        assert_eq!(numbers(rows), (0..8).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_does_not_lose_its_page() {
    let (url, _) = histories(List::of(17)).await;
    let rows = all(items(&url).page_size(10)).await;
    assert_eq!(rows.len(), 17);
    let error = rows[13].as_ref().unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("`contents[3].backup_history_number`"),
        "{error}"
    );
    assert!(rows.iter().enumerate().all(|(i, row)| i == 13 || *row.as_ref().unwrap() == i));
}

#[tokio::test]
async fn a_service_that_repeats_itself_is_reported() {
    for prefetch in [0, 1] {
        let list = List { total: None, repeats_from: Some(2), ..List::of(12) };
        let (url, queries) = histories(list).await;
        let mut rows = all(items(&url).page_size(5).prefetch(prefetch)).await;
        let error = rows.pop().unwrap().unwrap_err();
        assert!(error.to_string().contains("repeats its pages"), "{error}");
        assert_eq!(numbers(rows), (0..10).collect::<Vec<_>>());
        assert_eq!(queries.lock().unwrap().len(), 3);
    }
}

#[tokio::test]
async fn a_service_that_knows_no_pages_and_counts_nothing_gives_its_rows_once() {
    let list = json!({"contents": [row(1), row(2)], "total_count": 0}).to_string();
    let url = served(move |_| answer("200 OK", "", &list)).await;
    for prefetch in [0, 1] {
        assert_eq!(numbers(all(items(&url).prefetch(prefetch)).await), [1, 2]);
    }
}

#[tokio::test]
async fn pages_come_whole_with_what_http_said() {
    let (url, _) = histories(List::of(7)).await;
    let mut pages = mariadb_at(&url).list_backup_histories("c1").pages().page_size(5);
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!((first.status(), first.contents.len(), first.total_count), (200, 5, 7));
    assert_eq!(pages.try_next().await.unwrap().unwrap().contents.len(), 2);
    assert!(pages.try_next().await.unwrap().is_none() && pages.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn zero_based_pages_begin_at_zero() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let url = served(move |request| {
        let n = counter.fetch_add(1, Ordering::SeqCst);
        assert!(
            request.contains(&format!("size=20&page={n}")) || request.contains(&format!("page={n}&size=20"))
        );
        let rows = if n == 0 { 20 } else { 3 };
        let parameter = |i: usize| {
            json!({"id": format!("{n}-{i}"), "name": "x", "default_value": "", "description": "",
                "dbaas_parameter_group_id": "g", "software_type": null})
        };
        let rows: Vec<_> = (0..rows).map(parameter).collect();
        answer("200 OK", "", &json!({"contents": rows, "count": 23, "page": n, "size": 20}).to_string())
    })
    .await;
    let mut items = mariadb_at(&url).list_parameters("g").items();
    let mut count = 0;
    while items.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!((count, asked.load(Ordering::SeqCst)), (23, 2));
}

#[tokio::test]
async fn reading_ahead_holds_no_more_pages_than_asked_for() {
    let (url, queries) = histories(List::of(100)).await;
    let mut walk = items(&url).page_size(5).prefetch(2);
    walk.try_next().await.unwrap().unwrap();
    // The task runs until it has no place left: the page in hand and two more.
    for _ in 0..2000 {
        tokio::task::yield_now().await;
        if queries.lock().unwrap().len() >= 3 {
            break;
        }
    }
    mariadb_at(&url).list_backup_histories("c1").limit(1).page(1).send().await.unwrap();
    assert!(queries.lock().unwrap().len() <= 4, "{:?}", queries.lock().unwrap());
    let rest = all(walk).await;
    assert_eq!(rest.len(), 99);
}
