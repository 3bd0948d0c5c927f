//! The hashes of Digest.

use md5::Md5;
use sha2::{Digest, Sha256, Sha512_256};

/// A hash algorithm, plain or in its session variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// `MD5`
    Md5,
    /// `MD5-sess`
    Md5Sess,
    /// `SHA-256`
    Sha256,
    /// `SHA-256-sess`
    Sha256Sess,
    /// `SHA-512-256`
    Sha512Trunc256,
    /// `SHA-512-256-sess`
    Sha512Trunc256Sess,
}

impl Algorithm {
    /// All shapes.
    pub const ALL: [Self; 6] = [
        Self::Md5,
        Self::Md5Sess,
        Self::Sha256,
        Self::Sha256Sess,
        Self::Sha512Trunc256,
        Self::Sha512Trunc256Sess,
    ];

    /// The name in headers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Md5Sess => "MD5-sess",
            Self::Sha256 => "SHA-256",
            Self::Sha256Sess => "SHA-256-sess",
            Self::Sha512Trunc256 => "SHA-512-256",
            Self::Sha512Trunc256Sess => "SHA-512-256-sess",
        }
    }

    /// The algorithm with this name, in any case.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }

    pub(super) fn is_session(self) -> bool {
        matches!(self, Self::Md5Sess | Self::Sha256Sess | Self::Sha512Trunc256Sess)
    }

    /// The hash in lower-case hexadecimal digits.
    pub(super) fn hash(self, data: impl AsRef<[u8]>) -> String {
        match self {
            Self::Md5 | Self::Md5Sess => hex::encode(Md5::digest(data)),
            Self::Sha256 | Self::Sha256Sess => hex::encode(Sha256::digest(data)),
            Self::Sha512Trunc256 | Self::Sha512Trunc256Sess => hex::encode(Sha512_256::digest(data)),
        }
    }
}
