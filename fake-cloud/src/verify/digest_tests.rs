//! Tests of the server side of Digest, over the same vectors as the client.

use super::{Algorithm, DigestFields, Protection, Received, challenge, presented_nonce, rspauth, verify};
use crate::verify::tests::{cases, stage, text};

const ALGORITHMS: [Algorithm; 6] = [
    Algorithm::Md5,
    Algorithm::Md5Sess,
    Algorithm::Sha256,
    Algorithm::Sha256Sess,
    Algorithm::Sha512Trunc256,
    Algorithm::Sha512Trunc256Sess,
];

/// Reads the plain challenges of the vectors, which hold neither escapes nor blanks in values.
fn protection_of(challenge: &str) -> Protection {
    let param = |name: &str| {
        let pieces = challenge.trim_start_matches("Digest ").split(", ");
        pieces.filter_map(|piece| piece.split_once('=')).find(|(n, _)| *n == name).map(|(_, value)| value)
    };
    let bare = |name: &str| param(name).map(|value| value.trim_matches('"').to_owned());
    let algorithm = bare("algorithm");
    let name = algorithm.as_deref().unwrap_or("MD5");
    Protection {
        realm: bare("realm").unwrap(),
        nonce: bare("nonce").unwrap(),
        opaque: bare("opaque"),
        algorithm: ALGORITHMS.into_iter().find(|a| a.name() == name).unwrap(),
        name_algorithm: algorithm.is_some(),
        qop: bare("qop"),
        userhash: bare("userhash").is_some(),
    }
}

fn simple() -> (Protection, String) {
    let protection = Protection {
        realm: "r\"\\".to_owned(),
        nonce: "n".to_owned(),
        opaque: Some("o".to_owned()),
        algorithm: Algorithm::Sha256,
        name_algorithm: true,
        qop: Some("auth-int, auth".to_owned()),
        userhash: false,
    };
    let fields = DigestFields {
        user: "u".to_owned(),
        nonce: "n".to_owned(),
        nc: Some(1),
        cnonce: Some("c".to_owned()),
        qop: Some("auth".to_owned()),
        uri: "/p?q=1".to_owned(),
    };
    let response = super::value(&protection, &fields, "p", "GET", b"");
    let header = format!(
        "Digest username=\"u\", realm=\"r\\\"\\\\\", uri=\"/p?q=1\", algorithm=SHA-256, nonce=\"n\", \
         nc=00000001, cnonce=\"c\", qop=auth, response=\"{response}\", opaque=\"o\""
    );
    (protection, header)
}

fn check(protection: &Protection, authorization: &str) -> Result<DigestFields, String> {
    let received = Received { authorization, method: "GET", raw_target: "/p?q=1", body: b"" };
    verify(protection, &received, &[("u", "p")])
}

#[test]
fn the_vectors_are_accepted_and_proofs_agree() {
    let cases = cases("digest");
    assert!(cases.len() >= 18);
    let mut proofs = 0;
    for (case, request) in &cases {
        let protection = protection_of(&stage(case, "challenge.txt").unwrap());
        let received = Received {
            authorization: &stage(case, "authorization.txt").unwrap(),
            method: text(request, "method"),
            raw_target: text(request, "uri"),
            body: text(request, "body").as_bytes(),
        };
        let (user, password) = (text(request, "user"), text(request, "password"));
        let fields = verify(&protection, &received, &[("nobody", "x"), (user, password)]).unwrap();
        assert_eq!((fields.user.as_str(), fields.uri.as_str()), (user, received.raw_target), "{case:?}");
        let wrong = verify(&protection, &received, &[(user, "wrong")]).unwrap_err();
        assert!(wrong.starts_with("response does not fit"), "{wrong}");
        if let Some(info) = stage(case, "authentication-info.txt") {
            let proof = rspauth(&protection, &fields, password, b"not covered");
            assert!(info.starts_with(&format!("rspauth=\"{proof}\", ")), "{case:?}");
            proofs += 1;
        }
    }
    assert_eq!(proofs, 2);
}

#[test]
fn the_challenge_states_the_protection() {
    let (mut protection, _) = simple();
    assert_eq!(
        challenge(&protection, true),
        "Digest realm=\"r\\\"\\\\\", nonce=\"n\", qop=\"auth-int, auth\", algorithm=SHA-256, opaque=\"o\", \
         stale=true, charset=UTF-8"
    );
    protection.qop = None;
    protection.opaque = None;
    protection.name_algorithm = false;
    protection.userhash = true;
    assert_eq!(
        challenge(&protection, false),
        "Digest realm=\"r\\\"\\\\\", nonce=\"n\", charset=UTF-8, userhash=true"
    );
}

#[test]
fn a_good_answer_is_read() {
    let (protection, header) = simple();
    let fields = check(&protection, &header).unwrap();
    assert_eq!(
        (fields.nc, fields.cnonce.as_deref(), fields.qop.as_deref()),
        (Some(1), Some("c"), Some("auth"))
    );
    assert_eq!(presented_nonce(&header).unwrap(), "n");
}

#[test]
fn each_part_is_checked() {
    let (protection, good) = simple();
    for (from, to, expected) in [
        ("Digest ", "Basic ", "Authorization is not of scheme Digest"),
        ("username=\"u\"", "username=\"v\"", "the user \"v\" is unknown"),
        ("username=\"u\"", "username=u", "username must be quoted"),
        ("username=\"u\", ", "", "username is missing"),
        ("username=\"u\"", "username*=UTF-8''u%2", "username* \"UTF-8''u%2\" is not of the form"),
        ("username=\"u\"", "username=\"u\", username*=UTF-8''u", "username and username* exclude each other"),
        ("realm=\"r\\\"", "realm=\"s\\\"", "realm is "),
        ("nonce=\"n\"", "nonce=\"m\"", "nonce is \"m\", expected \"n\""),
        ("/p?q=1", "/p", "uri is \"/p\", expected \"/p?q=1\""),
        ("algorithm=SHA-256, ", "", "algorithm is missing"),
        ("algorithm=SHA-256", "algorithm=\"SHA-256\"", "algorithm must not be quoted"),
        ("algorithm=SHA-256", "algorithm=MD5", "algorithm is \"MD5\", expected \"SHA-256\""),
        ("nc=00000001", "nc=1", "nc \"1\" is not a count"),
        ("nc=00000001", "nc=0000000A", "nc \"0000000A\" is not a count"),
        ("nc=00000001", "nc=00000000", "nc \"00000000\" is not a count"),
        ("nc=00000001", "nc=\"00000001\"", "nc must not be quoted"),
        ("nc=00000001", "nc=00000002", "response does not fit"),
        ("cnonce=\"c\", ", "", "cnonce is missing"),
        ("cnonce=\"c\"", "cnonce=\"\"", "cnonce is empty"),
        ("qop=auth", "qop=other", "qop \"other\" was not offered"),
        ("qop=auth", "qop=\"auth\"", "qop must not be quoted"),
        ("qop=auth", "qop=auth-int", "response does not fit"),
        (", opaque=\"o\"", "", "opaque is missing"),
        ("opaque=\"o\"", "opaque=\"o", "the quote of opaque is not closed"),
        ("opaque=\"o\"", "opaque=\"o\", opaque=\"o\"", "opaque occurs more than once"),
        ("opaque=\"o\"", "opaque=\"o\", userhash=true", "userhash is \"true\", expected \"false\""),
        ("opaque=\"o\"", "opaque=\"o\"x", "no comma between opaque and \"x\""),
        ("opaque=\"o\"", "opaque", "\"opaque\" has no ="),
    ] {
        assert!(good.contains(from), "{from}");
        let error = check(&protection, &good.replace(from, to)).unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn what_was_not_asked_for_is_refused() {
    let (protection, good) = simple();
    let no_opaque = Protection { opaque: None, ..protection.clone() };
    assert_eq!(check(&no_opaque, &good).unwrap_err(), "opaque is sent but was not asked for");
    let unnamed = Protection { name_algorithm: false, ..protection.clone() };
    assert_eq!(check(&unnamed, &good).unwrap_err(), "algorithm is sent but was not asked for");
    let old = Protection { qop: None, ..protection.clone() };
    assert_eq!(check(&old, &good).unwrap_err(), "qop is sent although no qop was offered");
    let hashed = Protection { userhash: true, ..protection };
    assert_eq!(check(&hashed, &good).unwrap_err(), "userhash is missing");
}
