//! The examples of the vendors' pages against the typed API: every response decodes and loses nothing, every
//! request comes out of constructors and setters as the page shows it, and none is left out.
//!
//! The files under `tests/examples` are what the pages show, to the byte. Some pages show an empty text where a
//! number, a boolean, a time or an enum value belongs; `placeholders.json` beside the files says for each such
//! place what stands there instead. Nothing else is changed.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

#[path = "page_examples/compare.rs"]
mod compare;
#[path = "page_examples/files.rs"]
mod files;
#[path = "page_examples/one_shot.rs"]
mod one_shot;
#[path = "page_examples/placeholders.rs"]
mod placeholders;
#[path = "page_examples/requests.rs"]
mod requests;
#[path = "page_examples/responses.rs"]
mod responses;
#[path = "page_examples/samsung_requests.rs"]
mod samsung_requests;

use std::collections::BTreeSet;

use dbplane::{Operation, huawei, oceanbase, samsung};

/// A service's operations, and how many requests and responses its pages show.
fn services() -> [(&'static str, &'static [&'static Operation], usize, usize); 5] {
    [
        ("samsung-mariadb-1.0", samsung::mariadb_1_0::OPERATIONS, 16, 44),
        ("oceanbase-cloud-v2", oceanbase::cloud_v2::OPERATIONS, 2, 2),
        ("huawei-taurusdb-v3", huawei::taurusdb_v3::OPERATIONS, 1, 1),
        ("huawei-dbss-v2", huawei::dbss_v2::OPERATIONS, 0, 1),
        // IAM is here for the sake of the other two; no example of its pages is kept.
        ("huawei-iam-v3", huawei::iam_v3::OPERATIONS, 0, 0),
    ]
}

#[test]
fn every_file_is_an_example_of_an_operation_and_is_checked() {
    let checked: BTreeSet<_> = requests::all()
        .into_iter()
        .map(|r| r.file)
        .chain(responses::all().into_iter().map(|r| r.file))
        .collect();
    let found: BTreeSet<_> = services().iter().flat_map(|(service, ..)| files::list(service)).collect();
    assert_eq!(checked, found, "left: what the tests check; right: the files");
    for (service, operations, request_count, response_count) in services() {
        let expected = |kind: &str, count: usize| {
            let files: Vec<_> = found.iter().filter(|f| f.service == service && f.kind == kind).collect();
            assert_eq!(files.len(), count, "{service}: {kind}");
            assert!(files.iter().all(|f| operations.iter().any(|o| o.id == f.operation)), "{files:?}");
        };
        expected("request", request_count);
        expected("response", response_count);
    }
    let folders: BTreeSet<_> = found.iter().map(|file| file.service.clone()).collect();
    assert_eq!(folders, files::folders(), "left: what the tests check; right: the folders");
}
