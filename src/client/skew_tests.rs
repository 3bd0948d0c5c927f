use reqwest::header::{HeaderName, HeaderValue};

use super::*;

/// In the middle of the second that the date names.
const NINE: i64 = 784_111_777_500;
const HOUR_AGO: i64 = NINE - 3_600_000;
const HOUR_ON: i64 = 3_600_000;
const DATE_NINE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &'static str)| {
        (HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    pairs.iter().map(pair).collect()
}

/// The times of a response to a request that our clock saw at this moment.
fn at(headers: &HeaderMap, local: i64) -> Times<'_> {
    Times { headers, sent: local, received: local }
}

fn skew() -> Skew {
    Skew::new(MOST)
}

#[test]
fn a_correction_is_measured_against_the_middle_and_shared_once_it_is_proven() {
    let (skew, date) = (skew(), headers(&[DATE_NINE]));
    let mut clock = skew.call();
    assert_eq!(clock.next(), 0);
    assert!(clock.refused(Times { headers: &date, sent: HOUR_AGO - 1500, received: HOUR_AGO + 1500 }));
    assert_eq!(clock.next(), HOUR_ON);
    assert_eq!(skew.call().next(), 0, "nobody else follows yet");
    clock.accepted(at(&date, HOUR_AGO));
    assert_eq!(skew.call().next(), HOUR_ON);
    let mut mended = skew.call();
    mended.next();
    assert!(mended.refused(at(&date, NINE)));
    assert_eq!(mended.next(), 0);
    mended.accepted(at(&date, NINE));
    assert_eq!(skew.call().next(), 0);
}

#[test]
fn a_correction_that_is_refused_again_stays_with_its_call() {
    let (skew, date) = (skew(), headers(&[DATE_NINE]));
    let mut clock = skew.call();
    clock.next();
    assert!(clock.refused(at(&date, HOUR_AGO)));
    clock.next();
    assert!(!clock.refused(at(&date, HOUR_AGO)), "signed with the right time, so the time is not why");
    assert_eq!(clock.words().unwrap(), "the local clock is about 60 min behind the service's");
    assert_eq!(skew.call().next(), 0);
}

#[test]
fn an_accepting_response_with_another_time_proves_nothing() {
    let (skew, date) = (skew(), headers(&[DATE_NINE]));
    let mut clock = skew.call();
    clock.next();
    assert!(clock.refused(at(&date, HOUR_AGO)));
    clock.next();
    clock.accepted(at(&date, NINE));
    assert_eq!(skew.call().next(), 0, "the refusal lied");
}

#[test]
fn a_refusal_without_a_date_is_worth_a_request_when_others_have_learned() {
    let (skew, date, none) = (skew(), headers(&[DATE_NINE]), HeaderMap::new());
    let (mut first, mut second) = (skew.call(), skew.call());
    first.next();
    second.next();
    assert!(!second.refused(at(&none, HOUR_AGO)));
    assert!(first.refused(at(&date, HOUR_AGO)));
    first.next();
    first.accepted(at(&date, HOUR_AGO));
    assert!(second.refused(at(&none, HOUR_AGO)));
    assert_eq!(second.next(), HOUR_ON);
}

#[test]
fn a_late_acceptance_of_an_old_correction_changes_nothing() {
    let (skew, date) = (skew(), headers(&[DATE_NINE]));
    let (mut early, mut late) = (skew.call(), skew.call());
    for clock in [&mut early, &mut late] {
        clock.next();
        assert!(clock.refused(at(&date, HOUR_AGO)));
        clock.next();
    }
    early.accepted(at(&date, HOUR_AGO));
    let mut mended = skew.call();
    mended.next();
    assert!(mended.refused(at(&date, NINE)));
    mended.next();
    mended.accepted(at(&date, NINE));
    late.accepted(at(&HeaderMap::new(), NINE));
    assert_eq!(skew.call().next(), 0);
}

#[test]
fn a_call_that_is_sent_once_is_believed_at_first_and_then_needs_a_witness() {
    let (skew, date) = (skew(), headers(&[DATE_NINE]));
    let once = |local: i64| {
        let mut clock = skew.call();
        clock.next();
        assert!(clock.refused(at(&date, local)));
        clock.gives_up();
    };
    once(HOUR_AGO);
    assert_eq!(skew.call().next(), HOUR_ON, "no signature was accepted before");
    let mut good = skew.call();
    good.next();
    good.accepted(at(&date, HOUR_AGO));
    once(NINE);
    assert_eq!(skew.call().next(), HOUR_ON, "one refusal says less than what was proven");
    once(NINE);
    assert_eq!(skew.call().next(), 0);
}

#[test]
fn beyond_the_bound_nothing_is_corrected_but_said() {
    let date = headers(&[DATE_NINE]);
    for (most, hours, corrected) in
        [(24, 24, true), (24, 25, false), (0, 1, false), (24 * 366, 24 * 365, true)]
    {
        let skew = Skew::new(Duration::from_secs(most * 3600));
        let mut clock = skew.call();
        clock.next();
        let off = hours * 3_600_000;
        assert_eq!(clock.refused(at(&date, NINE - off)), corrected, "{most} {hours}");
        let words = clock.words().unwrap();
        assert_eq!(words.contains("is not corrected"), !corrected, "{words}");
    }
    let skew = skew();
    let mut clock = skew.call();
    clock.next();
    for local in [i64::MIN, i64::MAX, 0] {
        assert!(!clock.refused(at(&date, local)), "{local}");
        clock.gives_up();
        assert_eq!(skew.call().next(), 0);
    }
    let words = "the local clock is 217809 h behind the service's, and more than 24 h is not corrected: set the clock";
    assert_eq!(clock.words().unwrap(), words);
}

#[test]
fn small_differences_cached_responses_and_odd_dates_say_nothing() {
    let skew = skew();
    let mut clock = skew.call();
    clock.next();
    assert!(!clock.refused(at(&headers(&[DATE_NINE]), NINE - 59_000)));
    assert_eq!(clock.words(), None);
    assert!(!clock.refused(at(&headers(&[DATE_NINE, ("age", "7200")]), 0)));
    for odd in ["", "yesterday", "Sun, 99 Nov 1994 08:49:37 GMT"] {
        assert!(!clock.refused(at(&headers(&[("date", odd)]), 0)), "{odd}");
    }
    assert_eq!(clock.words(), None);
}

#[test]
fn vendors_name_the_time_in_many_words() {
    let error = |code: &str, message: &str| ServiceError {
        code: Some(code.to_owned()),
        message: Some(message.to_owned()),
        ..ServiceError::default()
    };
    for (code, message) in [
        (
            "APIG.0303",
            "Incorrect app authentication information: signature expired, signature time:20230527T000431Z",
        ),
        ("RequestTimeTooSkewed", "no"),
        ("Forbidden", "Scp-Timestamp is more than 15 minutes away"),
    ] {
        assert!(names_time(&error(code, message)), "{code} {message}");
    }
    assert!(!names_time(&error("APIGW.0301", "verify aksk signature fail")));
    assert!(!names_time(&error("DBS.280056", "Invalid token.")));
}
