//! One operation of a vendor with hundreds of them, in as few words as say all about it.

/// A typed operation: its struct, constructor, setters, contract and [`Operation`](crate::Operation).
///
/// A vendor crate wraps it once, with what all its operations share:
///
/// ```text
/// macro_rules! operation {
///     ($($tokens:tt)*) => {
///         livecloud_core::__operation! { vendor Account, blank "L01", quota QUOTA; $($tokens)* }
///     };
/// }
/// ```
///
/// What an operation then says, in this order, each section only where there is something to say:
///
/// ```text
/// operation! {
///     /// What it is for, and what goes wrong. Method, path and page are added.
///     pub struct DeleteThing -> Ack;
///
///     /// Why a repeat is harmless, or what it would do.
///     post form "/v2/things/{thingId}/delete" in Profile::Api, idempotent;
///     page "https://vendor.example/docs/delete";
///
///     path { /** The thing. */ thing_id = "thingId", }      // ids in the path; blank ones are never sent
///     query { /** The room. */ room_id = "roomId", }        // ids in the query, beside a body
///     own { "userId" }                                      // parameters that are the account's own
///     required { /** Its name. */ into name: String, }      // `new` takes them, after the ids
///     optional { /** How many. */ set count: u32, }         // a setter each
///     files { /** The picture. */ image: FilePart = "imgfile", }
///     check(self, checks) { checks.digits("L01", "thingId", &self.thing_id); }
///     write(self, account, draft) { }                       // what the sections cannot say
/// }
/// ```
///
/// Place: `query`, `form`, `json`, `array(field)` (the body is that list, bare) or `multipart`. After the profile come
/// the methods of [`Meta`](crate::Meta) that apply. Fields are `set` (as it is), `into` (anything that converts) or
/// `each` (a list of anything that converts; the type is the entry's).
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (
        vendor $vendor:ty, blank $blank:literal, quota $quota:expr;

        $(#[$attr:meta])*
        pub struct $name:ident -> $output:ty;

        $(#[$why:meta])*
        $method:ident $place:ident $(($list:ident))? $path:literal in $profile:expr
            $(, $term:ident $(($($arg:expr),*))?)*;
        page $page:literal;

        $(path { $($(#[$path_attr:meta])* $path_field:ident = $path_name:literal,)* })?
        $(query { $($(#[$query_attr:meta])* $query_field:ident = $query_name:literal,)* })?
        $(own { $($own:literal),* $(,)? })?
        $(required { $($(#[$required_attr:meta])* $required_kind:ident $required:ident: $required_type:ty,)* })?
        $(optional { $($(#[$optional_attr:meta])* $optional_kind:ident $optional:ident: $optional_type:ty,)* })?
        $(files { $($(#[$file_attr:meta])* $file:ident: $file_type:ty = $file_name:literal,)* })?
        $(check($self:ident, $checks:ident) $check:block)?
        $(write($this:ident, $account:ident, $draft:ident) $write:block)?
    ) => {
        $(#[$attr])*
        ///
        #[doc = concat!(
            "Vendor's name: `", $crate::__method_name!($method), " ", $path, "`. Vendor page: <", $page, ">"
        )]
        #[derive(Debug, Clone, PartialEq, ::serde::Serialize)]
        #[cfg_attr(feature = "full-serde", derive(::serde::Deserialize))]
        #[serde(rename_all = "camelCase")]
        #[non_exhaustive]
        pub struct $name {
            $($(
                $(#[$path_attr])*
                #[serde(rename = $path_name, skip_serializing)]
                #[cfg_attr(feature = "full-serde", serde(deserialize_with = "livecloud_core::wire::text"))]
                pub $path_field: ::std::string::String,
            )*)?
            $($(
                $(#[$query_attr])*
                #[serde(rename = $query_name, skip_serializing)]
                #[cfg_attr(feature = "full-serde", serde(deserialize_with = "livecloud_core::wire::text"))]
                pub $query_field: ::std::string::String,
            )*)?
            $($(
                $(#[$required_attr])*
                pub $required: $crate::__field_type!($required_kind $required_type),
            )*)?
            $($(
                $(#[$optional_attr])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $optional: ::core::option::Option<$crate::__field_type!($optional_kind $optional_type)>,
            )*)?
            $($(
                $(#[$file_attr])*
                #[serde(rename = $file_name, skip_serializing)]
                pub $file: $file_type,
            )*)?
        }

        impl $name {
            $(#[$why])*
            pub const META: $crate::Meta = $crate::Meta::$method(stringify!($name))
                .quota($quota)
                .page($page)
                $(.$term($($($arg),*)?))*;

            #[doc = "With what the vendor requires; the rest is left out."]
            #[must_use]
            #[allow(clippy::new_without_default, reason = "an operation without fields has no use for a second name")]
            pub fn new(
                $($($path_field: impl ::core::convert::Into<::std::string::String>,)*)?
                $($($query_field: impl ::core::convert::Into<::std::string::String>,)*)?
                $($($required: $crate::__argument_type!($required_kind $required_type),)*)?
                $($($file: impl ::core::convert::Into<$file_type>,)*)?
            ) -> Self {
                Self {
                    $($($path_field: $path_field.into(),)*)?
                    $($($query_field: $query_field.into(),)*)?
                    $($($required: $crate::__argument!($required_kind $required),)*)?
                    $($($optional: ::core::option::Option::None,)*)?
                    $($($file: $file.into(),)*)?
                }
            }

            $($($crate::__setter! { $optional_kind $optional: $optional_type })*)?
        }

        impl $crate::Operation for $name {
            type Vendor = $vendor;
            type Output = $output;

            fn meta(&self) -> &$crate::Meta {
                &Self::META
            }

            fn profile(&self) -> <$vendor as $crate::Vendor>::Profile {
                $profile
            }

            $(fn check(&$self, $checks: &mut $crate::Checks<'_, $vendor>) $check)?

            fn write(&self, account: &$vendor, draft: &mut $crate::Draft) -> ::core::result::Result<(), $crate::Error> {
                let ids: &[(&'static str, &str)] = &[$($(($path_name, &*self.$path_field)),*)?];
                draft.template($path, ids, &|name| account.own(name), $blank)?;
                $($(draft.query_id($query_name, &self.$query_field, $blank)?;)*)?
                $crate::__write_fields!(
                    $place $(($list))?, self, draft, [$($(($file_name, AsRef::as_ref(&self.$file))),*)?]
                );
                $($(draft.params_mut().push($own, account.own($own)?.to_owned());)*)?
                $(
                    let ($this, $account, $draft) = (self, account, &mut *draft);
                    $write
                )?
                Ok(())
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __method_name {
    (get) => {
        "GET"
    };
    (post) => {
        "POST"
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __field_type {
    (each $type:ty) => { ::std::vec::Vec<$type> };
    ($kind:ident $type:ty) => { $type };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __argument_type {
    (set $type:ty) => { $type };
    (into $type:ty) => { impl ::core::convert::Into<$type> };
    (each $type:ty) => { impl ::core::iter::IntoIterator<Item: ::core::convert::Into<$type>> };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __argument {
    (set $value:ident) => {
        $value
    };
    (into $value:ident) => {
        $value.into()
    };
    (each $value:ident) => {
        $value.into_iter().map(::core::convert::Into::into).collect()
    };
}

/// One setter; what it sets is said at the field.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($kind:ident $field:ident: $type:ty) => {
        #[doc = concat!("Sets [`", stringify!($field), "`](Self#structfield.", stringify!($field), ").")]
        #[must_use]
        pub fn $field(mut self, $field: $crate::__argument_type!($kind $type)) -> Self {
            self.$field = ::core::option::Option::Some($crate::__argument!($kind $field));
            self
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __write_fields {
    (query, $self:ident, $draft:ident, []) => {
        $draft.query_fields($self)?;
    };
    (form, $self:ident, $draft:ident, []) => {
        $draft.form($self)?;
    };
    (json, $self:ident, $draft:ident, []) => {
        $draft.json($self)?;
    };
    (array($list:ident), $self:ident, $draft:ident, []) => {
        $draft.json(&$self.$list)?;
    };
    (multipart, $self:ident, $draft:ident, [$($files:tt)*]) => {
        $draft.multipart($self, &[$($files)*])?;
    };
}
