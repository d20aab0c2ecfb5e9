//! What the vendor crates' types are made with.

mod operation;

/// Setters for optional fields, one each: `field: T` takes the value, `into field: T` anything that converts,
/// `each field: T` a list of anything that converts.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    () => {};
    ($(#[$meta:meta])* into $field:ident: $type:ty, $($rest:tt)*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, $field: impl ::core::convert::Into<$type>) -> Self {
            self.$field = ::core::option::Option::Some($field.into());
            self
        }
        $crate::__setters! { $($rest)* }
    };
    ($(#[$meta:meta])* each $field:ident: $type:ty, $($rest:tt)*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field<I>(mut self, $field: I) -> Self
        where
            I: ::core::iter::IntoIterator,
            I::Item: ::core::convert::Into<$type>,
        {
            self.$field = ::core::option::Option::Some($field.into_iter().map(::core::convert::Into::into).collect());
            self
        }
        $crate::__setters! { $($rest)* }
    };
    ($(#[$meta:meta])* $field:ident: $type:ty, $($rest:tt)*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, $field: $type) -> Self {
            self.$field = ::core::option::Option::Some($field);
            self
        }
        $crate::__setters! { $($rest)* }
    };
}

/// The one list of a vendor crate's operations: exports, documentation table and registry come from it.
///
/// `Name in module::path => "what it does", "quota", "lost answer";`. The last two columns are held against the
/// operation's `META` by a test that this generates.
#[doc(hidden)]
#[macro_export]
macro_rules! __operations {
    ($account:ty; $($name:ident in $($module:ident)::+ => $summary:literal, $quota:literal, $lost:literal;)+) => {
        $(pub use $($module)::+::$name;)+

        /// Every typed operation's contract, in the order of this table.
        ///
        #[doc = "| Operation | What it does | Quota | A lost answer is |\n|---|---|---|---|"]
        $(#[doc = concat!("| [`", stringify!($name), "`] | ", $summary, " | ", $quota, " | ", $lost, " |")])+
        ///
        /// Quota: per account as the vendor counts it. A lost answer (time-out, broken connection, server error) is
        /// repeated where a repeat does no harm, and reported with `Delivery::Unknown` elsewhere.
        pub const OPERATIONS: &[$crate::Meta] = &[$($name::META),+];

        /// Every typed operation by name, from JSON to JSON.
        #[cfg(feature = "full-serde")]
        pub const REGISTRY: &[$crate::registry::Entry<$account>] =
            &[$($crate::registry::Entry::of::<$name>(&$name::META)),+];

        #[cfg(test)]
        mod operations_table {
            #[test]
            fn the_table_says_what_the_contracts_say() {
                $({
                    let meta = super::$name::META;
                    assert_eq!(meta.name, stringify!($name));
                    assert_eq!($quota, $crate::__private::quota_text(&meta), "{}", meta.name);
                    assert_eq!($lost, $crate::__private::lost_text(&meta), "{}", meta.name);
                    assert!(meta.page.starts_with("https://"), "{} names its page", meta.name);
                })+
            }
        }
    };
}

/// A vendor's codes: a documented constant each, and one table that also drives the reading of replies.
///
/// `NAME = number, Category, "what it means", "what to do";`
#[doc(hidden)]
#[macro_export]
macro_rules! __codes {
    ($($name:ident = $code:literal, $category:ident, $meaning:literal, $advice:literal;)+) => {
        $(
            #[doc = concat!("`", stringify!($code), "`: ", $meaning, ".\n\nWhat to do: ", $advice, ".")]
            pub const $name: i64 = $code;
        )+

        /// Every known code, in the order of this table.
        ///
        #[doc = "| Code | Constant | Meaning | What to do | Category |\n|---|---|---|---|---|"]
        $(#[doc = concat!(
            "| `", stringify!($code), "` | [`", stringify!($name), "`] | ", $meaning, " | ", $advice, " | [`",
            stringify!($category), "`](livecloud_core::Category::", stringify!($category), ") |"
        )])+
        pub const TABLE: &[$crate::CodeInfo] = &[
            $($crate::CodeInfo::new($code, $meaning, $advice, $crate::Category::$category)),+
        ];

        /// What is known about a code.
        #[must_use]
        pub fn find(code: i64) -> Option<&'static $crate::CodeInfo> {
            TABLE.iter().find(|info| info.code == code)
        }
    };
}

/// A vendor's texts: one table for the constant, its documentation and the reading of replies.
///
/// `Category, "what it means", "what to do": "text", "another";`
#[doc(hidden)]
#[macro_export]
macro_rules! __texts {
    ($($category:ident, $meaning:literal, $advice:literal: $($pattern:literal),+;)+) => {
        /// Every known text. Case and a dot at the end do not count; `%s` stands for anything.
        ///
        #[doc = "| Text | Meaning | What to do | Category |\n|---|---|---|---|"]
        $($(#[doc = concat!(
            "| `", $pattern, "` | ", $meaning, " | ", $advice, " | [`", stringify!($category),
            "`](livecloud_core::Category::", stringify!($category), ") |"
        )])+)+
        pub const TEXTS: &[$crate::TextInfo] = &[$($(
            $crate::TextInfo::new($pattern, $meaning, $advice, $crate::Category::$category),
        )+)+];

        /// What is known about a text.
        #[must_use]
        pub fn find_text(text: &str) -> Option<&'static $crate::TextInfo> {
            TEXTS.iter().find(|info| info.matches(text))
        }
    };
}

/// Declares what an event says: every member optional, by its name in camel case, and read by the function of
/// `wire::or_none` that is named behind it, which the caller imports.
#[doc(hidden)]
#[macro_export]
macro_rules! __details {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty = $reader:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, ::serde::Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* #[serde(deserialize_with = $reader)] pub $field: ::core::option::Option<$type>,)+
        }
    };
}
