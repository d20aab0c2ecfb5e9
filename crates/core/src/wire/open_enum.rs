//! Enums that keep what they do not know.

/// Declares an enum of the vendor's values that keeps unknown ones in `Other`, so that a new value never fails a call.
///
/// Text values: `pub enum Name { Variant = "wire" }`. Integers: `pub enum Name: i64 { Variant = 1 }`; an integer that
/// arrives as text is read too.
///
/// ```
/// livecloud_core::open_enum! {
///     /// Who may watch.
///     pub enum Audience {
///         /// Everyone.
///         Public = "public",
///     }
/// }
/// livecloud_core::open_enum! {
///     /// What it is doing.
///     pub enum State: i64 {
///         /// At work.
///         Running = 4,
///     }
/// }
/// let kept: Audience = serde_json::from_str(r#""lottery""#)?;
/// assert_eq!(kept, Audience::Other("lottery".into()));
/// assert_eq!(serde_json::from_str::<State>(r#""4""#)?, State::Running);
/// assert_eq!(serde_json::to_string(&State::Other(9))?, "9");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[$vmeta])* $variant,)+
            /// A value that this version does not know, kept as it came; also the way to send one.
            Other(String),
        }

        impl $name {
            /// The text on the wire.
            #[must_use]
            $vis fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(::std::string::String::from(other)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::text(deserializer).map(Self::from)
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis enum $name:ident: i64 { $($(#[$vmeta:meta])* $variant:ident = $number:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[$vmeta])* $variant,)+
            /// A value that this version does not know, kept as it came; also the way to send one.
            Other(i64),
        }

        impl $name {
            /// The number on the wire.
            #[must_use]
            $vis const fn as_i64(self) -> i64 {
                match self {
                    $(Self::$variant => $number,)+
                    Self::Other(number) => number,
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)+
                    other => Self::Other(other),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::integer(deserializer).map(Self::from)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    open_enum! {
        /// Test.
        enum Fruit { /// a
            Apple = "apple", /// b
            Pear = "pear" }
    }
    open_enum! {
        /// Test.
        enum Level: i64 { /// low
            Low = 0, /// bad
            Bad = -1 }
    }

    #[test]
    fn known_and_unknown_texts_go_round() {
        for text in ["\"apple\"", "\"pear\"", "\"kiwi\"", "\"\"", "\"Apple\""] {
            let fruit: Fruit = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&fruit).unwrap(), text);
        }
        assert_eq!(Fruit::from("apple"), Fruit::Apple);
        assert_eq!(Fruit::from(String::from("kiwi")), Fruit::Other("kiwi".into()));
    }

    #[test]
    fn numbers_arrive_as_numbers_or_as_text() {
        for (text, level) in [("0", Level::Low), ("\"0\"", Level::Low), ("-1", Level::Bad), ("7", Level::Other(7))] {
            assert_eq!(serde_json::from_str::<Level>(text).unwrap(), level);
        }
        assert!(serde_json::from_str::<Level>("\"x\"").is_err());
    }
}
