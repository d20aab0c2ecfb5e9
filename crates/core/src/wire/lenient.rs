//! Readers for values whose JSON type the vendors do not keep to: `"5"` for 5, `527841` for "527841", `"true"` for true.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::WRITTEN_NUMBER;

/// One way to read a scalar from whatever JSON type it came in.
trait Scalar: Sized {
    const EXPECTED: &'static str;
    fn from_text(text: &str) -> Option<Self>;
    fn from_i64(number: i64) -> Option<Self>;
    fn from_u64(number: u64) -> Option<Self>;
    fn from_f64(number: f64) -> Option<Self>;
    fn from_bool(flag: bool) -> Option<Self>;
}

impl Scalar for String {
    const EXPECTED: &'static str = "a text or a number";
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
    fn from_i64(number: i64) -> Option<Self> {
        Some(number.to_string())
    }
    fn from_u64(number: u64) -> Option<Self> {
        Some(number.to_string())
    }
    fn from_f64(number: f64) -> Option<Self> {
        Some(number.to_string())
    }
    fn from_bool(flag: bool) -> Option<Self> {
        Some(flag.to_string())
    }
}

/// A whole number that a float holds exactly.
#[expect(clippy::cast_possible_truncation, reason = "guarded by the range and the fraction check")]
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53: up to here every whole f64 is one integer
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

macro_rules! integer {
    ($type:ty) => {
        impl Scalar for $type {
            const EXPECTED: &'static str = "an integer, or one as text";
            fn from_text(text: &str) -> Option<Self> {
                text.trim().parse().ok()
            }
            fn from_i64(number: i64) -> Option<Self> {
                number.try_into().ok()
            }
            fn from_u64(number: u64) -> Option<Self> {
                number.try_into().ok()
            }
            fn from_f64(number: f64) -> Option<Self> {
                whole(number)?.try_into().ok()
            }
            fn from_bool(_: bool) -> Option<Self> {
                None
            }
        }
    };
}
integer!(i64);
integer!(u64);

#[expect(clippy::cast_precision_loss, reason = "a float field takes the nearest float")]
impl Scalar for f64 {
    const EXPECTED: &'static str = "a number, or one as text";
    fn from_text(text: &str) -> Option<Self> {
        text.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }
    fn from_i64(number: i64) -> Option<Self> {
        Some(number as f64)
    }
    fn from_u64(number: u64) -> Option<Self> {
        Some(number as f64)
    }
    fn from_f64(number: f64) -> Option<Self> {
        Some(number)
    }
    fn from_bool(_: bool) -> Option<Self> {
        None
    }
}

impl Scalar for bool {
    const EXPECTED: &'static str = "true or false, or one as text or 0/1";
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "true" | "True" | "TRUE" | "1" | "Y" => Some(true),
            "false" | "False" | "FALSE" | "0" | "N" => Some(false),
            _ => None,
        }
    }
    fn from_i64(number: i64) -> Option<Self> {
        match number {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
    fn from_u64(number: u64) -> Option<Self> {
        i64::try_from(number).ok().and_then(Self::from_i64)
    }
    fn from_f64(_: f64) -> Option<Self> {
        None
    }
    fn from_bool(flag: bool) -> Option<Self> {
        Some(flag)
    }
}

struct Lenient<T>(PhantomData<T>);

impl<T: Scalar> Lenient<T> {
    fn accept<E: Error>(value: Option<T>) -> Result<Option<T>, E> {
        match value {
            Some(value) => Ok(Some(value)),
            // The value itself stays out of the message: it may be a secret.
            None => Err(E::custom(format_args!("expected {}", T::EXPECTED))),
        }
    }
}

impl<'de, T: Scalar> Visitor<'de> for Lenient<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Self::accept(T::from_text(text))
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Self::accept(T::from_i64(number))
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Self::accept(T::from_u64(number))
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Self::accept(T::from_f64(number))
    }
    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Self::accept(T::from_bool(flag))
    }
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
    /// So come numbers when some crate of the build has turned serde_json's `arbitrary_precision` on.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        match map.next_entry::<String, String>() {
            Ok(Some((key, number))) if key == WRITTEN_NUMBER => {
                let parsed = number.parse().ok().and_then(T::from_f64);
                Self::accept(T::from_text(&number).or(parsed))
            }
            _ => Self::accept(None),
        }
    }
}

fn optional<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Lenient(PhantomData))
}

fn required<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    optional(deserializer)?.ok_or_else(|| D::Error::custom(format_args!("expected {}, found null", T::EXPECTED)))
}

/// A text, also from a number or a boolean.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    required(deserializer)
}

/// An integer, also from text; the reader behind the integer form of [`open_enum!`](crate::open_enum).
#[doc(hidden)]
pub fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    required(deserializer)
}

/// An optional text, also from a number; null reads as absent.
pub fn opt_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    optional(deserializer)
}

/// An optional integer, also from text; null reads as absent.
pub fn opt_i64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    optional(deserializer)
}

/// An optional non-negative integer, also from text; null reads as absent.
pub fn opt_u64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    optional(deserializer)
}

/// An optional number, also from text; null reads as absent.
pub fn opt_f64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    optional(deserializer)
}

/// An optional boolean, also from `"true"`, `"false"`, `Y`, `N`, 0 or 1; null reads as absent.
pub fn opt_bool<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    optional(deserializer)
}

/// A list, for which the vendor may write null.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: Scalar>(json: &str) -> Result<Option<T>, serde_json::Error> {
        optional(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn scalars_are_read_from_the_types_that_vendors_mix_up() {
        assert_eq!(read::<u64>("\"5\"").unwrap(), Some(5));
        assert_eq!(read::<i64>("1562724971626").unwrap(), Some(1_562_724_971_626));
        assert_eq!(read::<i64>("5.0").unwrap(), Some(5));
        assert_eq!(read::<String>("527841").unwrap(), Some("527841".into()));
        assert_eq!(read::<bool>("\"true\"").unwrap(), Some(true));
        assert_eq!(read::<bool>("0").unwrap(), Some(false));
        assert_eq!(read::<f64>("\"0.5\"").unwrap(), Some(0.5));
        assert_eq!(read::<u64>("null").unwrap(), None);
    }

    #[test]
    fn a_number_may_arrive_as_it_was_written() {
        use serde::de::value::{Error, MapDeserializer};

        fn written<T: Scalar>(number: &'static str) -> Result<Option<T>, Error> {
            optional(MapDeserializer::<_, Error>::new([(WRITTEN_NUMBER, number)].into_iter()))
        }
        assert_eq!(written::<f64>("9.50").unwrap(), Some(9.5));
        assert_eq!(written::<i64>("5.0").unwrap(), Some(5));
        assert_eq!(written::<String>("12345678901234567890.5").unwrap(), Some("12345678901234567890.5".into()));
        assert!(written::<u64>("5.5").is_err());
    }

    #[test]
    fn what_does_not_fit_is_refused_without_repeating_it() {
        for json in ["\"hunter2\"", "5.5", "-1", "true", "[]", "18446744073709551616"] {
            let error = read::<u64>(json).unwrap_err().to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
        assert!(text(&mut serde_json::Deserializer::from_str("null")).is_err());
    }
}
