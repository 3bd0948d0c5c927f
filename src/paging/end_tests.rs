//! Services that page in arbitrary ways.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn page(progress: &mut Progress, rows: &[&str], size: i64, total: Option<i64>, more: Option<bool>) -> Next {
    progress.take(&PageEnd { rows, size, total, more }).unwrap()
}

/// The table in the docs of `Items`, line by line: a list of which two rows came is at its second page.
#[test]
fn a_list_ends_as_the_table_says() {
    let (full, short, empty): (&[&str], &[&str], &[&str]) = (&["3", "4"], &["3"], &[]);
    for (rows, total, more, expected) in [
        (full, Some(4), None, Next::End),
        (full, Some(4), Some(false), Next::End),
        (full, Some(4), Some(true), Next::Page),
        (short, Some(3), None, Next::End),
        (full, Some(9), None, Next::Page),
        (full, Some(9), Some(false), Next::Page),
        (short, Some(9), None, Next::Page),
        (short, Some(9), Some(false), Next::Page),
        (full, None, Some(true), Next::Page),
        (short, None, Some(true), Next::Page),
        (full, None, Some(false), Next::End),
        (full, None, None, Next::Page),
        (short, None, None, Next::End),
        (empty, Some(2), None, Next::End),
        (empty, Some(2), Some(false), Next::End),
        (empty, Some(2), Some(true), Next::Again),
        (empty, None, None, Next::End),
        (empty, None, Some(false), Next::End),
        (empty, Some(9), None, Next::Again),
        (empty, Some(9), Some(false), Next::Again),
        (empty, None, Some(true), Next::Again),
        // Totals that can't be true.
        (full, Some(3), None, Next::Page),
        (full, Some(0), None, Next::Page),
        // Then a short page proves nothing either: the service may limit the size of its pages.
        (short, Some(-1), None, Next::Page),
        (short, Some(2), Some(false), Next::Page),
        (empty, Some(-1), None, Next::End),
        (empty, Some(0), Some(false), Next::End),
    ] {
        let mut progress = Progress::after(0, 0);
        assert_eq!(page(&mut progress, &["1", "2"], 2, None, Some(true)), Next::Page);
        assert_eq!(page(&mut progress, rows, 2, total, more), expected, "{rows:?} {total:?} {more:?}");
    }
}

#[test]
fn an_empty_page_that_should_have_rows_is_asked_for_again_then_passed_over_then_reported() {
    for (total, more, promised) in
        [(Some(9), None, "it has 9"), (None, Some(true), "more follow"), (Some(1), Some(true), "more follow")]
    {
        let mut progress = Progress::after(0, 0);
        assert_eq!(page(&mut progress, &["1"], 5, total, more), Next::Page);
        assert_eq!(page(&mut progress, &[], 5, total, more), Next::Again);
        assert_eq!(page(&mut progress, &[], 5, total, more), Next::Page);
        let error = progress.take(&PageEnd { rows: &[], size: 5, total, more }).unwrap_err();
        let expected = format!("the list ends after 1 rows, but the service says that {promised}");
        assert_eq!(error, expected);
    }
}

#[test]
fn equal_rows_are_no_loop_and_a_repeated_page_is_one() {
    let rows = ["1", "1"];
    let mut progress = Progress::after(0, 0);
    assert_eq!(page(&mut progress, &rows, 2, Some(4), None), Next::Page);
    assert_eq!(page(&mut progress, &rows, 2, Some(4), None), Next::Page, "reached, but rows came twice");
    assert_eq!(page(&mut progress.clone(), &[], 2, Some(4), None), Next::End);
    let error = progress.take(&PageEnd { rows: &rows, size: 2, total: Some(4), more: None }).unwrap_err();
    assert!(error.contains("repeats its pages after 4 rows"), "{error}");
    let mut unknown = Progress::after(0, 0);
    assert_eq!(page(&mut unknown, &rows, 2, None, None), Next::Page);
    assert!(unknown.take(&PageEnd { rows: &rows, size: 2, total: None, more: Some(true) }).is_err());
}

#[test]
fn the_rows_of_one_full_page_prove_no_total() {
    let mut progress = Progress::after(0, 0);
    assert_eq!(page(&mut progress, &["1", "2"], 2, Some(2), None), Next::Page);
    assert_eq!(page(&mut progress.clone(), &[], 2, Some(2), None), Next::End);
    assert_eq!(page(&mut progress, &["3", "4"], 2, Some(2), None), Next::Page);
    assert_eq!(page(&mut progress, &["5"], 2, Some(1), None), Next::Page, "a false total, and a short page");
    assert_eq!(page(&mut progress, &[], 2, Some(0), None), Next::End);
}

#[test]
fn after_a_false_total_only_a_page_without_new_rows_ends_the_list() {
    let walk = |more| {
        let mut progress = Progress::after(0, 0);
        assert_eq!(page(&mut progress, &["1", "2"], 9, Some(0), more), Next::Page);
        assert_eq!(page(&mut progress, &["3"], 9, None, more), Next::Page, "the total is missing now");
        assert_eq!(page(&mut progress, &["4"], 9, Some(4), more), Next::Page, "and reached now");
        progress
    };
    for more in [None, Some(false)] {
        assert_eq!(page(&mut walk(more), &[], 9, None, more), Next::End);
        assert_eq!(page(&mut walk(more), &["4"], 9, Some(0), more), Next::Repeated);
        let other = PageEnd { rows: &["3"], size: 9, total: Some(0), more };
        assert!(walk(more).take(&other).is_err(), "not the page before it");
    }
    // After a marker that the caller gave, a total can still be below what came.
    assert_eq!(page(&mut Progress::after_unknown(), &["8", "9"], 5, Some(1), None), Next::Page);
}

#[test]
fn a_walk_knows_what_it_leaves_out() {
    // Two pages of ten, and the third is short because the list ends.
    assert_eq!(page(&mut Progress::after(2, 0), &["1", "2"], 10, Some(22), None), Next::End);
    // Two pages of two: the service returns two rows a page whatever is asked for.
    assert_eq!(page(&mut Progress::after(2, 0), &["1", "2"], 10, Some(6), None), Next::End);
    assert_eq!(page(&mut Progress::after(2, 0), &["1", "2"], 10, Some(15), None), Next::Page);
    assert_eq!(page(&mut Progress::after(0, 20), &["1"], 10, Some(21), None), Next::End);
    assert_eq!(page(&mut Progress::after(0, 20), &["1"], 10, Some(22), None), Next::Page);
    assert_eq!(page(&mut Progress::after(i64::MAX, 0), &["1"], 10, None, None), Next::End);
    // After a marker that the caller gave, nobody knows.
    assert_eq!(page(&mut Progress::after_unknown(), &["1"], 10, Some(7), None), Next::End);
}

/// What a service says of its rows. A total below the truth is not among it: where as many rows have come, no client can
/// know.
#[derive(Debug, Clone, Copy)]
enum Total {
    True,
    Above(i64),
    Missing,
    OfPage,
    Negative,
    Zero,
    /// The rows before the page.
    Before,
}

/// What it says of more pages.
#[derive(Debug, Clone, Copy, PartialEq)]
enum More {
    Absent,
    True,
    AlwaysTrue,
    AlwaysFalse,
}

/// A service that pages as it likes: how many rows each page has, and how many of them were on the page before it.
#[derive(Debug, Clone)]
struct Service {
    pages: Vec<(usize, usize)>,
    rows: usize,
    /// The first page's and those of the other pages, which repeat.
    totals: (Total, Vec<Total>),
    more: More,
    /// Whether its last page follows itself, in place of empty pages.
    repeats: bool,
}

fn service() -> impl Strategy<Value = Service> {
    let promise = prop_oneof![3 => Just(Total::True), 1 => (1..50_i64).prop_map(Total::Above)];
    let other =
        prop_oneof![Just(Total::Missing), Just(Total::OfPage), Just(Total::Negative), Just(Total::Zero)];
    let any_total = prop_oneof![promise.clone(), other];
    // Without a promise on its first page, a service has only the flag.
    let word = prop_oneof![
        (
            promise,
            prop_oneof![
                Just(More::Absent),
                Just(More::True),
                Just(More::AlwaysTrue),
                Just(More::AlwaysFalse)
            ]
        ),
        (any_total.clone(), prop_oneof![Just(More::True), Just(More::AlwaysTrue)]),
    ];
    let empty = prop_oneof![4 => 1..12_usize, 1 => Just(0)].prop_map(|length| (length, 0));
    let twice = (4..12_usize, 0..4_usize);
    let pages = prop_oneof![proptest::collection::vec(empty, 1..9), proptest::collection::vec(twice, 1..9)];
    (1..6_usize, pages, 1..60_usize, word, proptest::collection::vec(any_total, 1..4)).prop_map(
        |(first, mut pages, rows, (total, more), totals)| {
            pages.insert(0, (first, 0));
            Service { pages, rows, totals: (total, totals), more, repeats: false }
        },
    )
}

/// A service that limits the size of its pages and begins with a total that can't be true.
fn false_totals() -> impl Strategy<Value = Service> {
    let lie = prop_oneof![Just(Total::Negative), Just(Total::Zero), Just(Total::Before)];
    let total = prop_oneof![3 => lie.clone(), 1 => Just(Total::Missing), 1 => Just(Total::OfPage)];
    let more = prop_oneof![Just(More::Absent), Just(More::True), Just(More::AlwaysFalse)];
    let (pages, totals) =
        (proptest::collection::vec(1..12_usize, 1..9), proptest::collection::vec(total, 1..4));
    (pages, 1..60_usize, lie, totals, more, any::<bool>()).prop_map(
        |(pages, rows, total, totals, more, repeats)| {
            let pages = pages.into_iter().map(|length| (length, 0)).collect();
            Service { pages, rows, totals: (total, totals), more, repeats }
        },
    )
}

impl Service {
    /// The rows of a page; the pages repeat their pattern until the rows are used up.
    fn page(&self, number: usize) -> std::ops::Range<usize> {
        let mut page = 0..0;
        for (length, again) in self.pages.iter().cycle().take(number + 1) {
            let start = page.end - again.min(&page.end);
            page = if page.end == self.rows {
                if self.repeats { page } else { page.end..page.end }
            } else {
                start..(start + length).min(self.rows)
            };
        }
        page
    }

    fn total(&self, number: usize, page: &std::ops::Range<usize>) -> Option<i64> {
        let all = i64::try_from(self.rows).unwrap();
        let (first, others) = &self.totals;
        match if number == 0 { *first } else { others[number % others.len()] } {
            Total::True => Some(all),
            Total::Above(more) => Some(all + more),
            Total::Missing => None,
            Total::OfPage => Some(i64::try_from(page.len()).unwrap()),
            Total::Before => Some(i64::try_from(page.start).unwrap()),
            Total::Negative => Some(-1),
            Total::Zero => Some(0),
        }
    }

    /// Walks the list: the rows and the number of requests, or none for an error.
    fn walk(&self, size: i64) -> Option<(BTreeSet<usize>, usize)> {
        let (mut progress, mut all, mut number) = (Progress::after(0, 0), BTreeSet::new(), 0);
        for requests in 1..500 {
            let rows = self.page(number);
            let texts: Vec<String> = rows.clone().map(|row| row.to_string()).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let more = match self.more {
                More::Absent => None,
                More::True => Some(rows.end < self.rows),
                More::AlwaysTrue => Some(true),
                More::AlwaysFalse => Some(false),
            };
            let total = self.total(number, &rows);
            all.extend(rows);
            match progress.take(&PageEnd { rows: &texts, size, total, more }).ok()? {
                Next::End | Next::Repeated => return Some((all, requests)),
                Next::Page => number += 1,
                Next::Again => {}
            }
        }
        panic!("the walk never ends");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_walk_gives_every_row_or_an_error(service in service(), size in 1..20_i64) {
        if let Some((rows, _)) = service.walk(size) {
            prop_assert_eq!(rows, (0..service.rows).collect());
        }
    }

    #[test]
    fn a_false_total_beside_limited_pages_loses_no_row(service in false_totals(), size in 1..20_i64) {
        let found = service.walk(size);
        // Only a repeated page is taken for a loop, where it looks like one.
        prop_assert!(found.is_some() || service.repeats);
        if let Some((rows, _)) = found {
            prop_assert_eq!(rows, (0..service.rows).collect());
        }
    }

    #[test]
    fn a_service_that_tells_the_truth_costs_one_more_request_at_most(
        lengths in proptest::collection::vec(1..12_usize, 1..9),
        rows in 0..60_usize,
        more: bool,
        size in 1..20_i64,
    ) {
        let pages = lengths.into_iter().map(|length| (length, 0)).collect();
        let more = if more { More::True } else { More::Absent };
        let service = Service { pages, rows, totals: (Total::True, vec![Total::True]), more, repeats: false };
        let (found, requests) = service.walk(size).unwrap();
        let needed = (0..).position(|number| service.page(number).end == rows).unwrap() + 1;
        prop_assert_eq!(found, (0..rows).collect());
        prop_assert!(requests <= needed + 1, "{} of {}", requests, needed);
    }
}
