//! Tests of reading and choosing challenges, as tables.

use super::{Challenge, ChallengeError, Qop, parse, strongest};
use crate::auth::digest::algorithm::{Algorithm, Hash};
use crate::auth::digest::syntax::SyntaxError;
use proptest::prelude::{any, prop, proptest};

fn read(fields: &[&str]) -> Result<Vec<Challenge>, ChallengeError> {
    parse(fields.iter().copied())
}

fn one(field: &str) -> Challenge {
    let mut challenges = read(&[field]).unwrap();
    assert_eq!(challenges.len(), 1, "{field:?}");
    challenges.remove(0)
}

fn chosen(fields: &[&str], allow_md5: bool) -> Result<String, ChallengeError> {
    strongest(read(fields)?, allow_md5).map(|challenge| challenge.nonce)
}

#[test]
fn every_parameter_is_read() {
    assert_eq!(
        one("Digest realm=\"r\", nonce=\"n\", opaque=\"o\", stale=TRUE, algorithm=SHA-256-sess, \
             qop=\"auth-int , auth\", charset=UTF-8, userhash=true, domain=\"/ /x\", other=1"),
        Challenge {
            realm: "r".to_owned(),
            nonce: "n".to_owned(),
            opaque: Some("o".to_owned()),
            stale: true,
            algorithm: Algorithm { hash: Hash::Sha256, session: true },
            algorithm_name: Some("SHA-256-sess".to_owned()),
            qop: Some(Qop::Auth),
            userhash: true,
        }
    );
}

#[test]
fn what_is_absent_has_its_default() {
    let challenge = one("Digest realm=\"\", nonce=n");
    assert_eq!(challenge.algorithm, Algorithm::UNNAMED);
    assert_eq!((challenge.algorithm_name, challenge.opaque, challenge.qop), (None, None, None));
    assert!(!challenge.stale && !challenge.userhash);
}

#[test]
fn names_case_and_quoting_are_lenient() {
    let plain = one("Digest realm=\"r\", nonce=\"a/b==\", algorithm=md5, qop=\"auth,auth-int\", stale=false");
    for field in [
        "DIGEST Realm=r, NONCE=a/b==, Algorithm=\"md5\", QOP=auth,auth-int, STALE=\"False\"",
        "digest realm=r nonce=a/b== algorithm=md5 qop=AUTH",
        "Digest\trealm = \"r\" ,, nonce= \"a/b==\", algorithm =md5, qop=\"token, auth\",",
        "Digest realm=\"\\r\", nonce=\"a/b==\", algorithm=md5, qop=auth, qop=auth-int",
    ] {
        assert_eq!(one(field), plain, "{field:?}");
    }
}

#[test]
fn commas_and_escapes_in_quotes_belong_to_the_value() {
    let challenge = one(r#"Digest realm="a, Basic realm=\"x\", b\\c", nonce="n=1, nonce=2""#);
    assert_eq!(challenge.realm, r#"a, Basic realm="x", b\c"#);
    assert_eq!(challenge.nonce, "n=1, nonce=2");
}

#[test]
fn several_challenges_in_one_or_many_fields() {
    for fields in [
        &["Basic realm=\"b\", Digest realm=r, nonce=1, Digest realm=r, nonce=2"][..],
        &["Digest realm=r, nonce=1", "Basic realm=\"b\"", "Digest realm=r, nonce=2"],
        &["NTLM, Digest realm=r, nonce=1", "Negotiate abc/d==, Digest realm=r, nonce=2"],
        &["Digest realm=r, nonce=1", "Digest realm=\"broken", "Digest realm=r, nonce=2"],
        &["Digest realm=r, nonce=1, Digest realm=r, nonce=2, Digest nonce=\"3"],
        &["Digest realm=r, nonce=0, algorithm=x", "Digest realm=r, nonce=1", "Digest realm=r, nonce=2"],
    ] {
        let nonces: Vec<String> = read(fields).unwrap().into_iter().map(|c| c.nonce).collect();
        assert_eq!(nonces, ["1", "2"], "{fields:?}");
    }
}

fn refused(fields: &[&str], expected: &ChallengeError, message: &str) {
    let error = read(fields).unwrap_err();
    assert_eq!(error.to_string(), message, "{fields:?}");
    assert_eq!(&error, expected, "{fields:?}");
}

#[test]
fn other_schemes_are_named_but_never_answered() {
    let cases: [(&[&str], &str, &str); 5] = [
        (&[], "", "the server sent no challenge"),
        (&["", " ,"], "", "the server sent no challenge"),
        (&["realm=r, nonce=n"], "", "the server sent no challenge"),
        (&["Basic realm=\"x\""], "Basic", "the server offers no Digest, only Basic"),
        (
            &["NTLM, Basic realm=x", "Bearer"],
            "NTLM, Basic, Bearer",
            "the server offers no Digest, only NTLM, Basic, Bearer",
        ),
    ];
    for (fields, schemes, message) in cases {
        refused(fields, &ChallengeError::NoDigest(schemes.to_owned()), message);
    }
}

#[test]
fn a_challenge_that_can_not_be_answered_says_why() {
    let cases = [
        ("Digest", ChallengeError::Missing("realm"), "the Digest challenge has no realm"),
        ("Digest realm=r", ChallengeError::Missing("nonce"), "the Digest challenge has no nonce"),
        (
            "Digest realm=r, nonce=n, nonce=m",
            ChallengeError::Repeated("nonce"),
            "the Digest challenge has nonce more than once",
        ),
        (
            "Digest realm=r, nonce=n, algorithm=SHA-1",
            ChallengeError::UnknownAlgorithm("SHA-1".to_owned()),
            "the Digest algorithm \"SHA-1\" is not supported",
        ),
        (
            "Digest realm=r, nonce=n, qop=\"token\"",
            ChallengeError::UnknownQop,
            "the Digest challenge asks for an unknown kind of protection",
        ),
        (
            "Digest realm=r, nonce=n, algorithm=SHA-256-sess",
            ChallengeError::SessionWithoutQop,
            "the Digest challenge asks for a -sess algorithm but offers no qop",
        ),
    ];
    for (field, expected, message) in cases {
        refused(&[field], &expected, message);
    }
}

#[test]
fn what_can_not_be_read_says_why() {
    let long = format!("Digest realm=\"{}\", nonce=n", "x".repeat(64 * 1024));
    let half = "x".repeat(40 * 1024);
    let cases: [(&[&str], SyntaxError, &str); 4] = [
        (&["Digest realm=r, nonce=\"n"], SyntaxError::UnterminatedQuote, "the header has an unclosed quote"),
        (
            &["Digest realm=\"r\r\nX-Evil: 1\", nonce=n"],
            SyntaxError::ControlCharacter,
            "the header has a control character",
        ),
        (&[&long], SyntaxError::TooLong, "the header is longer than 64 KiB"),
        (&[&half, &half], SyntaxError::TooLong, "the header is longer than 64 KiB"),
    ];
    for (fields, expected, message) in cases {
        refused(fields, &ChallengeError::Syntax(expected), message);
    }
}

#[test]
fn the_strongest_challenge_wins() {
    let md5 = "Digest realm=r, nonce=md5, qop=auth";
    let sha = "Digest realm=r, nonce=sha, algorithm=SHA-256, qop=auth";
    let best = "Digest realm=r, nonce=best, algorithm=SHA-512-256, qop=auth";
    let integrity = "Digest realm=r, nonce=int, algorithm=SHA-256, qop=auth-int";
    let old = "Digest realm=r, nonce=old, algorithm=SHA-256";
    let session = "Digest realm=r, nonce=sess, algorithm=SHA-256-sess, qop=auth";
    let cases: [(&[&str], &str); 8] = [
        (&[md5], "md5"),
        (&[md5, sha], "sha"),
        (&[sha, md5], "sha"),
        (&[md5, sha, best], "best"),
        (&[old, integrity], "int"),
        (&[integrity, sha, old], "sha"),
        (&[session, sha], "sess"),
        (&[md5, old], "old"),
    ];
    for (fields, expected) in cases {
        assert_eq!(chosen(fields, true).unwrap(), expected, "{fields:?}");
    }
}

#[test]
fn md5_can_be_forbidden() {
    let md5 = "Digest realm=r, nonce=md5, algorithm=MD5-sess, qop=auth";
    let unnamed = "Digest realm=r, nonce=unnamed";
    let sha = "Digest realm=r, nonce=sha, algorithm=SHA-256";
    assert_eq!(chosen(&[md5, unnamed, sha], false).unwrap(), "sha");
    assert_eq!(chosen(&[md5, unnamed], false), Err(ChallengeError::OnlyMd5));
}

#[test]
fn a_next_nonce_renews_a_challenge_but_not_a_session() {
    let challenge = one("Digest realm=r, nonce=n, stale=true, opaque=o, qop=auth");
    let renewed = challenge.renewed("m").unwrap();
    assert_eq!((renewed.nonce.as_str(), renewed.stale), ("m", false));
    assert_eq!(Challenge { nonce: "n".to_owned(), stale: true, ..renewed }, challenge);
    assert_eq!(one("Digest realm=r, nonce=n, algorithm=MD5-sess, qop=auth").renewed("m"), None);
}

proptest! {
    #[test]
    fn reading_never_panics(fields in prop::collection::vec(any::<String>(), 0..4)) {
        let _ = parse(fields.iter().map(String::as_str));
    }

    #[test]
    fn reading_near_misses_never_panics(
        field in "(Digest|Basic|realm|nonce|qop|algorithm|auth|MD5|=|\"|,| |\\\\|é){0,40}"
    ) {
        let _ = read(&[&field]).and_then(|challenges| strongest(challenges, false));
    }
}
