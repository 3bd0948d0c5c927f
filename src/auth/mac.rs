//! HMAC-SHA256.
//!
//! Problem: the usual constructor returns a `Result` for a key length that HMAC never rejects, and each
//! caller would have to handle an error that does not exist.
//! Default: the key is brought to block size here, as RFC 2104 prescribes, so that nothing can fail; the
//! copy of the key is wiped afterwards.
//! Override: none.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Block size of SHA-256 in bytes.
const BLOCK: usize = 64;

/// The HMAC-SHA256 of `message` under `key`.
pub(crate) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = Zeroizing::new([0_u8; BLOCK]);
    // A key longer than a block is replaced by its hash, a shorter one is filled up with zeros.
    if key.len() > BLOCK {
        copy_to_front(&*Zeroizing::new(<[u8; 32]>::from(Sha256::digest(key))), &mut block);
    } else {
        copy_to_front(key, &mut block);
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

fn copy_to_front(source: &[u8], target: &mut [u8; BLOCK]) {
    for (to, from) in target.iter_mut().zip(source) {
        *to = *from;
    }
}

#[cfg(test)]
mod tests {
    use super::hmac_sha256;

    /// RFC 4231, test cases 1, 2, 6 and 7: short keys, and keys longer than a block.
    #[test]
    fn agrees_with_the_rfc() {
        let long_data: &[u8] = b"This is a test using a larger than block-size key and a larger than \
            block-size data. The key needs to be hashed before being used by the HMAC algorithm.";
        let cases: [(&[u8], &[u8], &str); 4] = [
            (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (&[0xaa; 131], long_data, "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
        ];
        for (key, message, expected) in cases {
            assert_eq!(hex::encode(hmac_sha256(key, message)), expected);
        }
    }

    #[test]
    fn a_key_of_exactly_one_block_is_used_as_it_is() {
        use hmac::{Hmac, KeyInit, Mac};
        for length in [0, 1, 63, 64, 65, 128] {
            let key = vec![7_u8; length];
            let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
            mac.update(b"message");
            let expected: [u8; 32] = mac.finalize().into_bytes().into();
            assert_eq!(hmac_sha256(&key, b"message"), expected, "{length}");
        }
    }
}
