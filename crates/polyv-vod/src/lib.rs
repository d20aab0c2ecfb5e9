#![doc = include_str!("../README.md")]
#![doc = include_str!("docs.md")]

mod account;
pub mod callback;
pub mod codes;
mod envelope;
pub mod operations;
pub mod playback;
mod profile;
mod sign;

pub use account::{Account, QUOTA};
#[doc(inline)]
pub use operations::*;
pub use profile::{FixedFields, Profile};

/// What every livecloud crate shares: clients' settings, errors, seams.
pub use livecloud_core as core;
pub use livecloud_core::{Delivery, Error, ErrorKind, Validation};

/// Sends operations of one POLYV VOD account.
pub type Client = livecloud_core::Client<Account>;

/// A request without a type, for what this crate does not cover.
pub type RawCall = livecloud_core::RawCall<Account>;
