//! The check sum of an upload.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

/// A file's `ContentMd5`: base64 of the 16 bytes of its MD5, not of their hex text.
///
/// ```
/// use zego_cloud_player::ContentMd5;
///
/// assert_eq!(ContentMd5::of("abc").as_str(), "kAFQmDzST7DWlj99KOF/cg==");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(transparent)]
pub struct ContentMd5(String);

impl ContentMd5 {
    /// Of a file's content.
    #[must_use]
    pub fn of(content: impl AsRef<[u8]>) -> Self {
        Self::from_digest(Md5::digest(content).into())
    }

    /// Of an MD5 that was made elsewhere, for files too large for memory.
    #[must_use]
    pub fn from_digest(digest: [u8; 16]) -> Self {
        Self(STANDARD.encode(digest))
    }

    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the padded base64 of 16 bytes.
    pub(crate) fn is_well_formed(&self) -> bool {
        STANDARD.decode(&self.0).is_ok_and(|digest| digest.len() == 16)
    }
}

/// The text as it is, checked with the request.
impl From<&str> for ContentMd5 {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// The text as it is, checked with the request.
impl From<String> for ContentMd5 {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for ContentMd5 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
