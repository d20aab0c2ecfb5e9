//! `UpdateLayout`.

use std::time::Duration;

use livecloud_core::{Checks, Draft, Error, Meta, Operation};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use super::update::Updated;
use crate::account::{Account, PAGE, QUOTA};
use crate::model::{Layout, Mode};
use crate::rules;

/// Replaces the layout of a mix, while recording.
///
/// The whole layout: what is left out goes back to the vendor's default. Size, frame rate and bitrate of the canvas
/// cannot change. Send one update after another, each after the answer to the one before.
///
/// Errors worth knowing: [`INVALID_LAYOUT`](crate::codes::INVALID_LAYOUT),
/// [`Class::NotFound`](crate::Class::NotFound) when the recording has ended.
///
/// Vendor page: <https://docs.anyrtc.io/cn/Recording/restful/cloud_recording_api_rest>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use anyrtc_recording::{Account, Client, Layout, UpdateLayout};
/// # async fn run() -> Result<(), anyrtc_recording::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"Code":200,"Body":{"resourceId":"r-1","sid":"s-1"}}"#));
/// # let client = Client::builder(Account::new("app", "id", "secret")).transport(transport).build()?;
/// let layout = Layout::vertical("527842").background_color("#FF0000");
/// client.call(UpdateLayout::new("r-1", "s-1", "httpClient463224", "527841", layout)).await?;
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UpdateLayout {
    /// The resource id; part of the path.
    #[serde(rename = "resourceid", skip_serializing, default, deserialize_with = "livecloud_core::wire::text")]
    pub resource_id: String,
    /// The recording; part of the path.
    #[serde(skip_serializing, default, deserialize_with = "livecloud_core::wire::text")]
    pub sid: String,
    /// The recording's mode, part of the path: only a mix has a layout.
    #[serde(skip_serializing, default = "crate::model::input::no_mode")]
    pub mode: Mode,
    /// The channel, as in [`Acquire`](crate::Acquire).
    #[serde(default, deserialize_with = "livecloud_core::wire::text")]
    pub cname: String,
    /// The recorder's uid, as in [`Acquire`](crate::Acquire).
    #[serde(default, deserialize_with = "livecloud_core::wire::text")]
    pub uid: String,
    /// The new layout.
    pub client_request: Layout,
}

impl UpdateLayout {
    /// A layout replaces the other whole: the same one twice leaves what once would.
    pub const META: Meta = Meta::post("UpdateLayout")
        .idempotent()
        .quota(QUOTA)
        .timing(Duration::from_secs(10), Duration::from_secs(30))
        .page(PAGE);

    /// Shows the mix like that from now on.
    #[must_use]
    pub fn new(
        resource_id: impl Into<String>,
        sid: impl Into<String>,
        cname: impl Into<String>,
        uid: impl Into<String>,
        layout: Layout,
    ) -> Self {
        Self {
            resource_id: resource_id.into(),
            sid: sid.into(),
            mode: Mode::Mix,
            cname: cname.into(),
            uid: uid.into(),
            client_request: layout,
        }
    }
}

impl Operation for UpdateLayout {
    type Vendor = Account;
    type Output = Updated;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        rules::recorder(checks, &self.cname, &self.uid);
        rules::resource_id(checks, &self.resource_id);
        rules::sid(checks, &self.sid);
        if self.mode != Mode::Mix {
            let given = format_args!("{:?}", self.mode.as_str());
            checks.refuse_value("R37", "mode", "must be mix: only a mix has a layout", given);
        }
        rules::layout(checks, "clientRequest", &(&self.client_request).into());
    }

    fn write(&self, account: &Account, draft: &mut Draft) -> Result<(), Error> {
        account.session_path(draft, &self.resource_id, &self.sid, &self.mode, "updateLayout")?;
        draft.json(self)
    }
}
