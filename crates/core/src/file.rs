//! Files that travel in a request.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;

use crate::draft::Part;

/// A file to upload, in memory. `Debug` shows its name and size.
///
/// Vendors take a file by its name's ending; a part without a name is not taken for a file at all.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    name: String,
    content: Bytes,
    content_type: Option<HeaderValue>,
}

impl FilePart {
    /// A file of that name.
    #[must_use]
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content: content.into(), content_type: None }
    }

    /// Sets the media type; `application/octet-stream` without it.
    #[must_use]
    pub fn content_type(mut self, content_type: HeaderValue) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file's bytes.
    #[must_use]
    pub fn content(&self) -> &Bytes {
        &self.content
    }

    pub(crate) fn to_part(&self, field: &'static str) -> Part {
        let part = Part::file(field, self.name.clone(), self.content.clone());
        match &self.content_type {
            Some(content_type) => part.content_type(content_type.clone()),
            None => part,
        }
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ({} bytes)", self.name, self.content.len())
    }
}

/// One file is a list of one: operations take one or several alike.
impl AsRef<[Self]> for FilePart {
    fn as_ref(&self) -> &[Self] {
        std::slice::from_ref(self)
    }
}

/// From JSON, for the command line: the name, and the content as hexadecimal digits or, where it is one, as text.
#[cfg(feature = "full-serde")]
impl<'de> serde::Deserialize<'de> for FilePart {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct File {
            name: String,
            text: Option<String>,
            hex: Option<String>,
        }
        let File { name, text, hex } = File::deserialize(deserializer)?;
        let wrong = |rule| Err(serde::de::Error::custom(rule));
        match (text, hex) {
            (Some(text), None) => Ok(Self::new(name, text)),
            (None, Some(digits)) => match hex::decode(digits) {
                Ok(content) => Ok(Self::new(name, content)),
                Err(_) => wrong("`hex` must be pairs of hexadecimal digits"),
            },
            _ => wrong("give the content as `text` or as `hex`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_a_files_name_and_size_only() {
        assert_eq!(format!("{:?}", FilePart::new("a.png", &b"SECRET"[..])), "\"a.png\" (6 bytes)");
    }

    #[cfg(feature = "full-serde")]
    #[test]
    fn a_file_is_read_from_text_or_from_hexadecimal_digits() {
        let read = serde_json::from_str::<FilePart>;
        assert_eq!(read(r#"{"name": "a.txt", "text": "abc"}"#).unwrap(), FilePart::new("a.txt", "abc"));
        assert_eq!(read(r#"{"name": "a.bin", "hex": "00ff"}"#).unwrap(), FilePart::new("a.bin", &b"\x00\xff"[..]));
        for wrong in [r#"{"name": "a"}"#, r#"{"name": "a", "hex": "0"}"#, r#"{"name": "a", "hex": "00", "text": ""}"#] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
