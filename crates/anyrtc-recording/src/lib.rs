#![doc = include_str!("../README.md")]
#![doc = include_str!("docs.md")]

mod account;
pub mod callback;
mod class;
pub mod codes;
mod envelope;
mod model;
pub mod operations;
pub mod recording;
mod rules;
mod sign;

pub use account::{Account, QUOTA};
pub use class::Class;
pub use envelope::ErrorIds;
#[doc(inline)]
pub use model::*;
#[doc(inline)]
pub use operations::*;
#[doc(inline)]
pub use recording::{Recording, Resumed, Snapshot};

/// What every livecloud crate shares: clients' settings, errors, seams.
pub use livecloud_core as core;
pub use livecloud_core::{Delivery, Error, ErrorKind, Validation};

/// Sends operations of one anyRTC app.
pub type Client = livecloud_core::Client<Account>;

/// A request without a type, for what this crate does not cover.
///
/// Its path is the whole one, such as `/v1/apps/<appid>/cloud_recording/acquire`; any answer without a failure in it
/// counts as success.
pub type RawCall = livecloud_core::RawCall<Account>;
