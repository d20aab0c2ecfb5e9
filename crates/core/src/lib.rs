#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod call;
pub mod callback;
mod check;
mod client;
mod clock;
mod codes;
mod draft;
pub mod env;
pub mod envelope;
mod error;
mod file;
mod flatten;
mod limiter;
mod macros;
mod meta;
mod observer;
mod operation;
mod pages;
mod params;
mod payload;
mod raw;
#[cfg(feature = "full-serde")]
pub mod registry;
mod retry;
mod secret;
mod shared;
pub mod signing;
#[cfg(feature = "test-util")]
pub mod test_util;
mod texts;
mod transport;
mod vendor;
pub mod wire;

pub use builder::{ClientBuilder, NoTransport, default_transport};
pub use call::CallInfo;
pub use check::{Checks, Validation, Violation, is_http_url};
pub use client::{Answer, Call, CallWithInfo, Client};
pub use clock::{Clock, Entropy, OsEntropy, SystemClock, unix_millis};
pub use codes::CodeInfo;
pub use draft::{Body, Draft, Part};
pub use error::{Category, Code, Delivery, Error, ErrorKind, TransportError, TransportErrorKind};
pub use file::FilePart;
pub use limiter::{Limiter, LocalLimiter, NoRoom, QuotaMode};
pub use meta::{Idempotency, Meta, Method, Quota};
pub use observer::{Event, Observer};
pub use operation::Operation;
pub use pages::{Items, Page, Paged, Pages, Turn};
pub use params::Params;
pub use payload::{Ack, Binary, FromPayload, Payload, Text};
pub use raw::RawCall;
pub use retry::{FailedAttempt, NoRetry, RetryPolicy, StandardRetry};
pub use secret::Secret;
pub use texts::TextInfo;
pub use transport::{ReplyCap, Transport};
pub use vendor::{Fault, QuotaKey, Reply, SignContext, Signer, Vendor, category_of};

/// For implementations of [`Transport`] and [`Limiter`], and for streams of pages: the versions this crate speaks.
pub use {async_trait::async_trait, bytes, futures_core, http};

/// For this workspace's macros only.
#[doc(hidden)]
pub mod __private {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::meta::Meta;

    /// The quota column of an operations table.
    #[must_use]
    pub fn quota_text(meta: &Meta) -> String {
        meta.quota.map_or_else(
            || "none documented".to_owned(),
            |quota| match quota.per.as_secs() {
                1 => format!("{}/s", quota.permits),
                seconds => format!("{} per {seconds} s", quota.permits),
            },
        )
    }

    /// The lost-answer column of an operations table.
    #[must_use]
    pub fn lost_text(meta: &Meta) -> &'static str {
        if meta.idempotency.is_repeatable() { "repeated" } else { "reported" }
    }
}
