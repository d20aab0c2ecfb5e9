//! Links to watch pages, and the questions about viewers that POLYV asks your server.
//!
//! A channel whose watch condition is `direct`, `external` or `custom` leaves the decision who may watch to your server.
//! Each condition has a secret key of its own, set with [`AuthSetting`](crate::AuthSetting):
//!
//! | Condition | What happens | Here |
//! |---|---|---|
//! | `direct` | a viewer comes by a link that you signed | [`DirectAuth::link`] |
//! | `external` | the same; then POLYV asks your `externalUri` about the viewer | [`ExternalAuth::link`], [`ExternalAuth::verify`], [`ExternalAnswer`] |
//! | `custom` | POLYV sends the viewer's browser to your `customUri`; you send it back, signed | [`CustomAuth::verify`], [`CustomAuth::redirect`] |
//!
//! ```
//! use std::time::{Duration, UNIX_EPOCH};
//!
//! use polyv_live::links::{DirectAuth, DirectLink, Viewer};
//!
//! let now = UNIX_EPOCH + Duration::from_millis(1_700_000_000_000); // your clock
//! let link = DirectLink::new("https://live.polyv.cn/watch/2191569", Viewer::new("user_01", "陈老师"));
//! let address = DirectAuth::new("demoKey123").link(&link, now)?;
//! assert_eq!(
//!     address.as_str(),
//!     "https://live.polyv.cn/watch/2191569?userid=user_01&ts=1700000000000\
//!      &sign=e0127afe5b289c2be56fc3872e4d20a2&nickname=6ZmI6ICB5biI"
//! );
//! # Ok::<(), polyv_live::Error>(())
//! ```
//!
//! A signature is an MD5 over key, viewer, key again and time. It works once and for three minutes: make a link when the
//! viewer clicks, not when you write a page. It covers nothing else: name, picture and the rest are the viewer's to change.
//!
//! # Rules
//!
//! | Rule | Field | What is refused |
//! |---|---|---|
//! | W01 | `userid` | blank; of a direct link also anything but 1..=64 letters, digits and `_`: the vendor cuts it silently |
//! | W02 | page, `url` | what is no absolute `http(s)` address, or has a parameter of these links already |
//! | W03 | `nickname`, `avatar` | blank; a missing picture where the vendor's page asks for one (`external`, `custom`) |
//! | W04 | `actor`, `actorFColor`, `actorBgColor` | in a direct link, which does not know them |
//!
//! # What is inferred
//!
//! The rule of `token` in the external question, and that of the custom way back, are not documented and taken to be
//! those of the links; that `status` is 1 or 0 in [`ExternalAnswer`], too. Try them on your own channel first.

mod custom;
mod digest;
mod direct;
mod external;
mod viewer;

pub use custom::{CustomAuth, CustomRequest};
pub use direct::{DirectAuth, DirectLink};
pub use external::{ExternalAnswer, ExternalAuth, ExternalRequest};
pub use viewer::Viewer;
