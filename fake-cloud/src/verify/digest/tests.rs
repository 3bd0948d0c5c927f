//! Tests of the server side of Digest, over the same vectors as the client.

use super::{Algorithm, DigestFields, Protection, Received, challenge, presented_nonce, rspauth, verify};
use crate::verify::tests::{cases, stage, text};

/// Reads the plain challenges of the vectors, which have neither escapes nor spaces in values.
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
        algorithm: Algorithm::of(name).unwrap(),
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
        nc: Some("00000001".to_owned()),
        cnonce: Some("c".to_owned()),
        qop: Some("auth".to_owned()),
        uri: "/p?q=1".to_owned(),
        ..DigestFields::default()
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
        assert_eq!(fields.odd, Vec::<String>::new(), "{case:?}");
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
        (fields.count(), fields.cnonce.as_deref(), fields.qop.as_deref()),
        (Some(1), Some("c"), Some("auth"))
    );
    assert_eq!(fields.odd, Vec::<String>::new());
    assert_eq!(presented_nonce(&header).unwrap(), "n");
}

/// Spellings that the grammar allows: they are not described.
#[test]
fn the_grammar_leaves_blanks_case_order_and_other_parameters_free() {
    let (protection, good) = simple();
    let spellings = [
        good.replace(", ", ","),
        good.replace(", ", " ,\t"),
        good.replace("Digest ", "digest   "),
        good.replace("Digest ", "DIGEST\t"),
        good.replace("username=", "UserName=").replace("nonce=\"n\"", "NONCE=\"n\""),
        good.replace("cnonce=\"c\"", "cnonce=\"\\c\""),
        good.replace(", opaque", ", auth_param=1, other=\"a, b=\\\"c\", opaque"),
        format!("Digest opaque=\"o\", {}", good.trim_start_matches("Digest ").replace(", opaque=\"o\"", "")),
        format!(" {good} "),
        good.replace("opaque=\"o\"", "opaque=\"o\", userhash=false"),
        good.replace("username=\"u\"", "username*=utf-8''%75"),
    ];
    for header in spellings {
        let fields = check(&protection, &header).unwrap_or_else(|problem| panic!("{header}: {problem}"));
        assert_eq!(fields.odd, Vec::<String>::new(), "{header}");
        assert_eq!(presented_nonce(&header).as_deref(), Ok("n"));
    }
}

/// Spellings that violate the rules for senders, but that servers accept: each is described.
#[test]
fn what_is_odd_is_accepted_and_described() {
    let (protection, good) = simple();
    let upper = |name: &str, header: &str| {
        let (before, rest) = header.split_once(&format!("{name}=\"")).unwrap();
        let (value, after) = rest.split_once('"').unwrap();
        format!("{before}{name}=\"{}\"{after}", value.to_ascii_uppercase())
    };
    for (header, words) in [
        (good.replace("algorithm=SHA-256", "algorithm=\"SHA-256\""), "algorithm is quoted"),
        (good.replace("qop=auth", "qop=\"auth\""), "qop is quoted"),
        (good.replace("nc=00000001", "nc=\"00000001\""), "nc is quoted"),
        (good.replace("opaque=\"o\"", "opaque=\"o\", userhash=\"false\""), "userhash is quoted"),
        (good.replace("username=\"u\"", "username=u"), "username is not quoted"),
        (good.replace("uri=\"/p?q=1\"", "uri=/p?q=1"), "uri is not quoted"),
        (good.replace("cnonce=\"c\"", "cnonce=c"), "cnonce is not quoted"),
        (good.replace("opaque=\"o\"", "opaque=o"), "opaque is not quoted"),
        (good.replace("algorithm=SHA-256, ", ""), "algorithm is missing"),
        (good.replace("algorithm=SHA-256", "algorithm=sha-256"), "algorithm is \"sha-256\", in another case"),
        (good.replace("opaque=\"o\"", "opaque=\"o\","), "the list has an empty element"),
        (good.replace(", nc", ", , nc"), "the list has an empty element"),
        (good.replace("Digest ", "Digest , "), "the list has an empty element"),
        (good.replace("nonce=\"n\"", "nonce = \"n\""), "there is a space beside the = of nonce"),
        (upper("response", &good), "response has capital letters"),
    ] {
        let fields = check(&protection, &header).unwrap_or_else(|problem| panic!("{header}: {problem}"));
        assert!(fields.odd.iter().any(|odd| odd.starts_with(words)), "{header}: {:?}", fields.odd);
    }
}

/// The hash is over the client's spelling.
#[test]
fn a_spelling_that_is_hashed_is_accepted_as_it_was_hashed() {
    let (protection, good) = simple();
    let with = |nc: &str, qop: &str, uri: &str| {
        let fields = DigestFields {
            user: "u".to_owned(),
            nonce: "n".to_owned(),
            nc: Some(nc.to_owned()),
            cnonce: Some("c".to_owned()),
            qop: Some(qop.to_owned()),
            uri: uri.to_owned(),
            ..DigestFields::default()
        };
        let response = super::value(&protection, &fields, "p", "GET", b"");
        let head = good.split("response=").next().unwrap();
        let head =
            head.replace("nc=00000001", &format!("nc={nc}")).replace("qop=auth", &format!("qop={qop}"));
        let head = head.replace("/p?q=1", uri);
        format!("{head}response=\"{response}\", opaque=\"o\"")
    };
    for (header, words) in [
        (with("1", "auth", "/p?q=1"), "nc is \"1\""),
        (with("0000000A", "auth", "/p?q=1"), "nc is \"0000000A\""),
        (with("00000001", "AUTH", "/p?q=1"), "qop is \"AUTH\", in another case"),
        (with("00000001", "auth", "http://h/p?q=1"), "uri is \"http://h/p?q=1\", another spelling"),
        (with("00000001", "auth", "/%70?q=1"), "uri is \"/%70?q=1\", another spelling"),
    ] {
        let fields = check(&protection, &header).unwrap_or_else(|problem| panic!("{header}: {problem}"));
        assert!(fields.odd.iter().any(|odd| odd.starts_with(words)), "{header}: {:?}", fields.odd);
    }
}

#[test]
fn each_part_is_checked() {
    let (protection, good) = simple();
    for (from, to, expected) in [
        ("Digest ", "Basic ", "Authorization is not of scheme Digest"),
        ("Digest ", "Digest", "Authorization is not of scheme Digest"),
        ("username=", "user name=", "\"user name\" is not the name of a parameter"),
        ("uri=\"/p?q=1\"", "uri=\"/p\"", "uri is \"/p\""),
        (", nonce=\"n\"", "", "nonce is missing"),
        ("nonce=\"n\"", "nonce=\"n\", Nonce=\"n\"", "nonce occurs more than once"),
        ("username=\"u\"", "username=\"v\"", "the user \"v\" is unknown"),
        ("username=\"u\", ", "", "username is missing"),
        ("username=\"u\"", "username*=UTF-8''u%2", "username* \"UTF-8''u%2\" is not of the form"),
        ("username=\"u\"", "username=\"u\", username*=UTF-8''u", "username and username* exclude each other"),
        ("realm=\"r\\\"", "realm=\"s\\\"", "realm is "),
        ("nonce=\"n\"", "nonce=\"m\"", "nonce is \"m\", expected \"n\""),
        ("/p?q=1", "/p", "uri is \"/p\", expected \"/p?q=1\""),
        ("algorithm=SHA-256", "algorithm=MD5", "algorithm is \"MD5\", expected \"SHA-256\""),
        ("nc=00000001", "nc=1", "response does not fit"),
        ("nc=00000001", "nc=0x1", "nc \"0x1\" is not a count"),
        ("nc=00000001", "nc=+1", "nc \"+1\" is not a count"),
        ("nc=00000001", "nc=100000000", "nc \"100000000\" is not a count"),
        ("nc=00000001, ", "", "nc is missing"),
        ("nc=00000001", "nc=00000000", "nc \"00000000\" is not a count"),
        ("nc=00000001", "nc=00000002", "response does not fit"),
        ("cnonce=\"c\", ", "", "cnonce is missing"),
        ("cnonce=\"c\"", "cnonce=\"\"", "cnonce is empty"),
        ("qop=auth", "qop=other", "qop \"other\" was not offered"),
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
fn a_protection_that_was_not_offered_is_refused() {
    let (protection, good) = simple();
    let no_opaque = Protection { opaque: None, ..protection.clone() };
    assert_eq!(check(&no_opaque, &good).unwrap().odd, ["opaque is sent but was not asked for"]);
    let old = Protection { qop: None, ..protection.clone() };
    assert_eq!(check(&old, &good).unwrap_err(), "qop is sent although no qop was offered");
    let hashed = Protection { userhash: true, ..protection };
    assert_eq!(check(&hashed, &good).unwrap_err(), "userhash is missing");
}
