//! What is inside a vendor's envelope, and how it becomes a typed output.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::error::Error;

/// The content of a successful reply, envelope removed. `Debug` shows sizes only.
#[derive(Clone)]
#[non_exhaustive]
pub enum Payload {
    /// JSON text; `null` where the vendor sent nothing.
    Json(Bytes),
    /// A file.
    Binary(Bytes),
    /// Plain text.
    Text(String),
}

impl Payload {
    /// The payload of a reply that carries none.
    #[must_use]
    pub const fn null() -> Self {
        Self::Json(Bytes::from_static(b"null"))
    }
}

impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Json(json) => write!(f, "Json({} bytes)", json.len()),
            Self::Binary(bytes) => write!(f, "Binary({} bytes)", bytes.len()),
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
        }
    }
}

/// A type that a payload can become. Everything that serde reads from JSON is one.
pub trait FromPayload: Sized {
    /// Reads the payload.
    fn from_payload(payload: Payload) -> Result<Self, Error>;
}

impl<T: DeserializeOwned> FromPayload for T {
    fn from_payload(payload: Payload) -> Result<Self, Error> {
        let json = match payload {
            Payload::Json(json) => json,
            Payload::Binary(other) => return Err(Error::decode("expected JSON, got a file", &other)),
            Payload::Text(other) => return Err(Error::decode("expected JSON, got text", &Bytes::from(other))),
        };
        // Following the path costs more than reading, so it is followed only where the error needs it.
        if let Ok(value) = serde_json::from_slice(&json) {
            return Ok(value);
        }
        let mut deserializer = serde_json::Deserializer::from_slice(&json);
        let value = serde_path_to_error::deserialize(&mut deserializer)
            .map_err(|error| Error::decode(unreadable(&error.path().to_string(), error.inner()), &json))?;
        deserializer.end().map_err(|error| Error::decode(unreadable(".", &error), &json))?;
        Ok(value)
    }
}

/// Says where and how JSON could not be read. serde_json's own message may quote the reply, so it is not used.
pub(crate) fn unreadable(path: &str, error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let how = match error.classify() {
        Category::Data => "unexpected type or missing field",
        Category::Eof => "the JSON ends too early",
        Category::Syntax | Category::Io => "not valid JSON",
    };
    format!(
        "{how} at {} (line {}, column {})",
        if path == "." { "the top" } else { path },
        error.line(),
        error.column()
    )
}

/// The output of operations whose reply says nothing beyond "done"; any payload reads as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Ack;

impl FromPayload for Ack {
    fn from_payload(_: Payload) -> Result<Self, Error> {
        Ok(Self)
    }
}

/// The output of downloads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Binary {
    /// The file's bytes.
    pub content: Bytes,
}

impl FromPayload for Binary {
    fn from_payload(payload: Payload) -> Result<Self, Error> {
        match payload {
            Payload::Binary(content) => Ok(Self { content }),
            Payload::Text(text) => Ok(Self { content: Bytes::from(text) }),
            Payload::Json(json) => Err(Error::decode("expected a file, got JSON", &json)),
        }
    }
}

/// The output of operations that answer with bare text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Text {
    /// The text.
    pub content: String,
}

impl FromPayload for Text {
    fn from_payload(payload: Payload) -> Result<Self, Error> {
        match payload {
            Payload::Text(content) => Ok(Self { content }),
            Payload::Json(other) | Payload::Binary(other) => Err(Error::decode("expected bare text", &other)),
        }
    }
}

#[cfg(feature = "full-serde")]
mod full_serde {
    use serde::ser::{Serialize, SerializeStruct as _, Serializer};

    use super::{Ack, Binary, Text};

    impl Serialize for Ack {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_unit()
        }
    }

    /// Hexadecimal digits, as files in requests are read.
    impl Serialize for Binary {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut file = serializer.serialize_struct("Binary", 1)?;
            file.serialize_field("hex", &hex::encode(&self.content))?;
            file.end()
        }
    }

    impl Serialize for Text {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(&self.content)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Outer {
        #[expect(dead_code, reason = "only its path matters")]
        inner: Vec<u32>,
    }

    #[test]
    fn an_unreadable_field_is_named_by_its_path_and_not_quoted() {
        let payload = Payload::Json(Bytes::from_static(br#"{"inner":[1,"hunter2"]}"#));
        let error = Outer::from_payload(payload).unwrap_err();
        assert_eq!(
            error.to_string(),
            "reply could not be read: unexpected type or missing field at inner[1] (line 1, column 21)"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
        assert!(error.reply_excerpt().is_some());
    }

    #[test]
    fn an_acknowledgement_is_whatever_came() {
        for json in ["null", "\"\"", "\"success\"", "true", "{}"] {
            Ack::from_payload(Payload::Json(Bytes::from(json))).unwrap();
        }
    }

    #[cfg(feature = "full-serde")]
    #[test]
    fn a_file_is_written_as_hexadecimal_digits() {
        let file = Binary::from_payload(Payload::Binary(Bytes::from_static(b"\x00\xff"))).unwrap();
        assert_eq!(serde_json::to_string(&file).unwrap(), r#"{"hex":"00ff"}"#);
    }

    #[test]
    fn files_and_texts_are_not_confused_with_json() {
        assert!(Binary::from_payload(Payload::null()).is_err());
        assert!(Text::from_payload(Payload::null()).is_err());
        assert!(Outer::from_payload(Payload::Text("live".into())).is_err());
        assert_eq!(Text::from_payload(Payload::Text("live".into())).unwrap().content, "live");
    }
}
