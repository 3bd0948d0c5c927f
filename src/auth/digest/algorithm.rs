//! The hash algorithms of HTTP Digest.
//!
//! Problem: the challenge names the hash; old servers know MD5 only, new ones may offer something better.
//! Default: MD5, SHA-256 and SHA-512-256 are known, each also in the session form (`-sess`).
//! Override: none here; see [`super::challenge::strongest`] for forbidding MD5.

use md5::Md5;
use sha2::{Digest, Sha256, Sha512_256};

/// The hash function of an algorithm. The order is that of strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hash {
    /// MD5, broken as a hash; still what most servers offer.
    Md5,
    /// SHA-256.
    Sha256,
    /// SHA-512/256, i.e. SHA-512 with its own start values, cut to 256 bits.
    Sha512_256,
}

/// A hash function and whether it is used in session form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Algorithm {
    /// The hash function.
    pub(crate) hash: Hash,
    /// Session form: the key is bound to the nonces with which the session began.
    pub(crate) session: bool,
}

impl Algorithm {
    /// What a challenge means that names no algorithm.
    pub(crate) const UNNAMED: Self = Self { hash: Hash::Md5, session: false };

    /// Reads the name of an algorithm in any case; `None` if it is not known.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_uppercase();
        let (base, session) = match name.strip_suffix("-SESS") {
            Some(base) => (base, true),
            None => (name.as_str(), false),
        };
        let hash = match base {
            "MD5" => Hash::Md5,
            "SHA-256" => Hash::Sha256,
            "SHA-512-256" => Hash::Sha512_256,
            _ => return None,
        };
        Some(Self { hash, session })
    }

    /// The hash of the parts joined by colons, in lower-case hexadecimal.
    ///
    /// The parts are fed one by one, so that a password among them is not copied into a joined text.
    pub(crate) fn hex_of_joined(self, parts: &[&str]) -> String {
        match self.hash {
            Hash::Md5 => joined::<Md5>(parts),
            Hash::Sha256 => joined::<Sha256>(parts),
            Hash::Sha512_256 => joined::<Sha512_256>(parts),
        }
    }

    /// The hash of a body, in lower-case hexadecimal.
    pub(crate) fn hex_of_body(self, body: &[u8]) -> String {
        match self.hash {
            Hash::Md5 => hex::encode(Md5::digest(body)),
            Hash::Sha256 => hex::encode(Sha256::digest(body)),
            Hash::Sha512_256 => hex::encode(Sha512_256::digest(body)),
        }
    }
}

fn joined<D: Digest>(parts: &[&str]) -> String {
    let mut hasher = D::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            hasher.update(b":");
        }
        hasher.update(part.as_bytes());
    }
    hex::encode(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Hash};

    #[test]
    fn names_are_read_in_any_case() {
        for (name, expected) in [
            ("MD5", Some((Hash::Md5, false))),
            ("md5", Some((Hash::Md5, false))),
            ("MD5-sess", Some((Hash::Md5, true))),
            ("sha-256", Some((Hash::Sha256, false))),
            ("SHA-256-SESS", Some((Hash::Sha256, true))),
            ("SHA-512-256", Some((Hash::Sha512_256, false))),
            ("SHA-512-256-sess", Some((Hash::Sha512_256, true))),
            ("SHA-512", None),
            ("MD5-sess-sess", None),
            ("-sess", None),
            ("", None),
        ] {
            assert_eq!(Algorithm::parse(name).map(|a| (a.hash, a.session)), expected, "{name:?}");
        }
    }

    #[test]
    fn joining_is_the_same_as_hashing_the_joined_text() {
        for hash in [Hash::Md5, Hash::Sha256, Hash::Sha512_256] {
            let algorithm = Algorithm { hash, session: false };
            assert_eq!(algorithm.hex_of_joined(&["a", "", "b:c"]), algorithm.hex_of_body(b"a::b:c"));
        }
    }

    /// RFC 1321 and FIPS 180-4 test values for the text "abc".
    #[test]
    fn hashes_agree_with_the_standards() {
        for (hash, expected) in [
            (Hash::Md5, "900150983cd24fb0d6963f7d28e17f72"),
            (Hash::Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (Hash::Sha512_256, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"),
        ] {
            assert_eq!(Algorithm { hash, session: false }.hex_of_body(b"abc"), expected);
        }
    }

    /// The intermediate values that RFC 2617, section 3.5 gives.
    #[test]
    fn both_halves_agree_with_the_older_rfc() {
        let md5 = Algorithm::UNNAMED;
        assert_eq!(
            md5.hex_of_joined(&["Mufasa", "testrealm@host.com", "Circle Of Life"]),
            "939e7578ed9e3c518a452acee763bce9"
        );
        assert_eq!(md5.hex_of_joined(&["GET", "/dir/index.html"]), "39aff3a2bab6126f332b942af96d3366");
    }
}
