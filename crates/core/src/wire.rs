//! How vendors write things down: open enums, `Y`/`N`, numbers that arrive as text, lists and JSON inside texts, times,
//! secrets in request fields.

mod beijing;
mod forms;
mod lenient;
mod open_enum;
#[doc(hidden)]
pub mod or_none;
mod url;

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

pub use beijing::{BeijingDate, BeijingTime};
pub use forms::{CommaList, JsonText, UnixMillis, opt_millis};
#[doc(hidden)]
pub use lenient::integer;
pub use lenient::{list, opt_bool, opt_f64, opt_i64, opt_text, opt_u64, text};
pub use url::Url;

/// How serde_json's numbers arrive when some crate of the build has turned its `arbitrary_precision` on: as a struct of
/// that name with the written number for its only field, of that name too.
pub(crate) const WRITTEN_NUMBER: &str = "$serde_json::private::Number";

/// A flag that travels as `Y` or `N`.
///
/// Use `Option<YesNo>` where "leave it as it is" is a third choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum YesNo {
    /// `Y`
    Yes,
    /// `N`
    No,
}

impl YesNo {
    /// The letter on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "Y",
            Self::No => "N",
        }
    }

    /// Whether this is `Yes`.
    #[must_use]
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }
}

impl From<bool> for YesNo {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl fmt::Display for YesNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for YesNo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for YesNo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match text(deserializer)?.as_str() {
            "Y" | "y" => Ok(Self::Yes),
            "N" | "n" => Ok(Self::No),
            _ => Err(D::Error::custom("expected Y or N")),
        }
    }
}

/// `#[serde(with = "livecloud_core::wire::secret")]`: sends a [`Secret`](crate::Secret) as plain text.
pub mod secret {
    use serde::de::Deserializer;
    use serde::ser::Serializer;

    use crate::secret::Secret;

    /// Writes the secret's text.
    pub fn serialize<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(secret.expose())
    }

    /// Reads a text (or number) as a secret.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        super::text(deserializer).map(Secret::from)
    }
}

/// `#[serde(with = "livecloud_core::wire::opt_secret")]`: the same for an optional field.
///
/// Needs `skip_serializing_if = "Option::is_none"` and, for reading, `default` beside it.
pub mod opt_secret {
    use serde::de::Deserializer;
    use serde::ser::Serializer;

    use crate::secret::Secret;

    /// Writes the secret's text, or null.
    pub fn serialize<S: Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
        match secret {
            Some(secret) => serializer.serialize_str(secret.expose()),
            None => serializer.serialize_none(),
        }
    }

    /// Reads a text, number or null as an optional secret.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
        Ok(super::opt_text(deserializer)?.map(Secret::from))
    }
}

/// `#[serde(with = "livecloud_core::wire::opt_bit")]`: an optional flag that travels as 0 or 1.
///
/// Needs `skip_serializing_if = "Option::is_none"` and, for reading, `default` beside it.
pub mod opt_bit {
    use serde::de::Deserializer;
    use serde::ser::Serializer;

    /// Writes 0 or 1, or null.
    pub fn serialize<S: Serializer>(flag: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
        match flag {
            Some(flag) => serializer.serialize_u8(u8::from(*flag)),
            None => serializer.serialize_none(),
        }
    }

    /// Reads 0, 1, true, false or null.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
        super::opt_bool(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_travel_as_one_letter() {
        assert_eq!(serde_json::to_string(&[YesNo::Yes, YesNo::No]).unwrap(), r#"["Y","N"]"#);
        assert_eq!(
            serde_json::from_str::<[YesNo; 3]>(r#"["Y","N","y"]"#).unwrap(),
            [YesNo::Yes, YesNo::No, YesNo::Yes]
        );
        assert!(serde_json::from_str::<YesNo>("\"yes\"").is_err());
    }

    #[test]
    fn secrets_are_sent_only_where_a_field_says_so() {
        #[derive(serde::Serialize)]
        struct Login {
            #[serde(with = "secret")]
            password: crate::Secret,
        }
        let json = serde_json::to_string(&Login { password: "p".into() }).unwrap();
        assert_eq!(json, r#"{"password":"p"}"#);
    }
}
