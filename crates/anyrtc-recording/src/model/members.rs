//! Reply objects, member by member: what cannot be read is absent and harms nothing beside it, not even where it is a
//! number out of range or a broken escape. An answer to a stop may be the only one that tells the files.

use std::borrow::Cow;
use std::fmt;

use livecloud_core::wire;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

/// An object's members, their values unread. One list for all of them: nothing is copied.
pub(crate) struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// `None` for anything but an object.
    pub(crate) fn of(json: &'a str) -> Option<Self> {
        // an error costs more than reading does
        if json.trim_ascii_start().starts_with('{') { serde_json::from_str(json).ok() } else { None }
    }

    /// The same of bytes that may be no text.
    pub(crate) fn of_bytes(json: &'a [u8]) -> Option<Self> {
        Self::of(std::str::from_utf8(json).ok()?)
    }

    /// A member by its name; the last one where there are several.
    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| *value)
    }

    /// A member by its name, or else by its name in another case.
    pub(crate) fn find(&self, name: &str) -> Option<&'a RawValue> {
        let other_case = || self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        self.get(name).or_else(other_case)
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        text(self.get(name)?)
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        integer(self.get(name)?)
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        wire::opt_bool(&mut serde_json::Deserializer::from_str(self.get(name)?.get())).ok().flatten()
    }

    /// A number or word that reads itself.
    pub(crate) fn value<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    pub(crate) fn object<T: FromMembers>(&self, name: &str) -> Option<T> {
        object(self.get(name)?)
    }

    /// An array of objects, without the elements that are none.
    pub(crate) fn list<T: FromMembers>(&self, name: &str) -> Vec<T> {
        let elements = self.get(name).and_then(|list| serde_json::from_str::<Vec<&RawValue>>(list.get()).ok());
        elements.into_iter().flatten().filter_map(object).collect()
    }

    /// The object's text with one member added or replaced. Of members of one name the last one is written.
    pub(crate) fn with(&self, name: &str, value: &RawValue) -> serde_json::Result<Vec<u8>> {
        let members = self.0.iter().map(|(key, value)| (&**key, *value)).chain([(name, value)]);
        serde_json::to_vec(&members.collect::<std::collections::BTreeMap<_, _>>())
    }
}

/// What an object's members make.
pub(crate) trait FromMembers: Sized {
    /// `None` where what must be there is not.
    fn from_members(members: &Members<'_>) -> Option<Self>;
}

fn object<T: FromMembers>(value: &RawValue) -> Option<T> {
    T::from_members(&Members::of(value.get())?)
}

/// An integer, also from text.
pub(crate) fn integer(value: &RawValue) -> Option<i64> {
    wire::opt_i64(&mut serde_json::Deserializer::from_str(value.get())).ok().flatten()
}

/// A text, also from a number.
pub(crate) fn text(value: &RawValue) -> Option<String> {
    if let Some(text) = plain(value) {
        return Some(text.to_owned());
    }
    wire::opt_text(&mut serde_json::Deserializer::from_str(value.get())).ok().flatten()
}

/// What stands between the quotes of a text without escapes.
pub(crate) fn plain(value: &RawValue) -> Option<&str> {
    value.get().strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains('\\'))
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::with_capacity(8);
                while let Some(Key(name)) = map.next_key()? {
                    members.push((name, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(List)
    }
}

/// A name, copied only where it is written with escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// Reads a type out of an object's members, which borrow from one copy of its text.
pub(crate) fn read<'de, T: FromMembers, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let json = Box::<RawValue>::deserialize(deserializer)?;
    object(&json).ok_or_else(|| D::Error::custom("not the expected object"))
}

/// `Type, |members| { field: how it is read, ... }`: how a reply is read.
macro_rules! read_members {
    ($type:ident, |$members:ident| { $($field:ident: $value:expr),+ $(,)? }) => {
        impl $crate::model::members::FromMembers for $type {
            fn from_members($members: &$crate::model::members::Members<'_>) -> Option<Self> {
                Some(Self { $($field: $value),+ })
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::model::members::read(deserializer)
            }
        }
    };
}
pub(crate) use read_members;
