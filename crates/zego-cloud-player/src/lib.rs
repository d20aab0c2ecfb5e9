#![doc = include_str!("../README.md")]
#![doc = include_str!("docs.md")]

mod account;
pub mod callback;
pub mod codes;
mod content_md5;
mod envelope;
pub mod operations;
mod player;
mod replies;
mod rules;
mod sign;
mod source;

pub use account::{Account, Region};
pub use content_md5::ContentMd5;
#[doc(inline)]
pub use operations::*;
pub use player::{Player, PlayerSettings, Updated, Waited};
pub use source::{PlayerSource, VideoSize};

/// What every livecloud crate shares: clients' settings, errors, seams.
pub use livecloud_core as core;
pub use livecloud_core::{Delivery, Error, ErrorKind, Pages, Validation};

/// Sends operations of one ZEGO project.
pub type Client = livecloud_core::Client<Account>;

/// A request without a type, for what this crate does not cover: give it the `Action` as a query parameter.
pub type RawCall = livecloud_core::RawCall<Account>;
