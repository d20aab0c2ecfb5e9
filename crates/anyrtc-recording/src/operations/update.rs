//! `Update`.

use std::time::Duration;

use livecloud_core::{Checks, Draft, Error, Meta, Operation};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use crate::account::{Account, PAGE, QUOTA};
use crate::model::members::read_members;
use crate::model::{Mode, StreamSubscribe, StreamTypes};
use crate::rules;

/// Replaces the lists of who is recorded, while recording.
///
/// All earlier lists are overwritten: a call with lists for sound alone leaves no picture subscribed (inferred). A
/// [`Subscription`](crate::Subscription) names both kinds. Send one update after another, each after the answer to the
/// one before.
///
/// Errors worth knowing: [`Class::NotFound`](crate::Class::NotFound) when the recording has ended.
///
/// Vendor page: <https://docs.anyrtc.io/cn/Recording/restful/cloud_recording_api_rest>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use anyrtc_recording::{Account, Client, Mode, Subscription, Uids, Update};
/// # async fn run() -> Result<(), anyrtc_recording::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"Code":200,"Body":{"resourceId":"r-1","sid":"s-1"}}"#));
/// # let client = Client::builder(Account::new("app", "id", "secret")).transport(transport).build()?;
/// let everyone_but_three = Subscription::both(Uids::Everyone, Uids::except(["444", "555", "666"]));
/// client.call(Update::new("r-1", "s-1", Mode::Mix, "httpClient463224", "527841", everyone_but_three)).await?;
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Update {
    /// The resource id; part of the path.
    #[serde(rename = "resourceid", skip_serializing, default, deserialize_with = "livecloud_core::wire::text")]
    pub resource_id: String,
    /// The recording; part of the path.
    #[serde(skip_serializing, default, deserialize_with = "livecloud_core::wire::text")]
    pub sid: String,
    /// The recording's mode; part of the path.
    #[serde(skip_serializing, default = "crate::model::input::no_mode")]
    pub mode: Mode,
    /// The channel, as in [`Acquire`](crate::Acquire).
    #[serde(default, deserialize_with = "livecloud_core::wire::text")]
    pub cname: String,
    /// The recorder's uid, as in [`Acquire`](crate::Acquire).
    #[serde(default, deserialize_with = "livecloud_core::wire::text")]
    pub uid: String,
    /// The lists.
    #[serde(default)]
    pub client_request: UpdateRequest,
    /// What the recording was started with, where it is known: then lists for a kind that is not recorded are refused
    /// before they are sent. Not sent itself.
    #[serde(skip)]
    pub stream_types: Option<StreamTypes>,
}

/// The lists of an [`Update`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UpdateRequest {
    /// The lists; at least one.
    #[serde(default)]
    pub stream_subscribe: StreamSubscribe,
}

/// An accepted update, of lists or of the layout.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "full-serde", derive(Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Updated {
    /// The resource id.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub resource_id: Option<String>,
    /// The recording.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub sid: Option<String>,
}

read_members!(Updated, |members| {
    resource_id: members.text("resourceId"),
    sid: members.text("sid"),
});

impl Update {
    /// The lists replace each other whole: the same ones twice leave what once would.
    pub const META: Meta = Meta::post("Update")
        .idempotent()
        .quota(QUOTA)
        .timing(Duration::from_secs(10), Duration::from_secs(30))
        .page(PAGE);

    /// Records these from now on; a [`Subscription`](crate::Subscription) becomes the lists.
    #[must_use]
    pub fn new(
        resource_id: impl Into<String>,
        sid: impl Into<String>,
        mode: Mode,
        cname: impl Into<String>,
        uid: impl Into<String>,
        subscription: impl Into<StreamSubscribe>,
    ) -> Self {
        Self {
            resource_id: resource_id.into(),
            sid: sid.into(),
            mode,
            cname: cname.into(),
            uid: uid.into(),
            client_request: UpdateRequest { stream_subscribe: subscription.into() },
            stream_types: None,
        }
    }

    /// Says what the recording was started with, so that the lists can be checked against it.
    #[must_use]
    pub fn for_stream_types(mut self, stream_types: StreamTypes) -> Self {
        self.stream_types = Some(stream_types);
        self
    }
}

impl Operation for Update {
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
        rules::mode(checks, &self.mode);
        rules::stream_subscribe(checks, &self.client_request.stream_subscribe, self.stream_types);
    }

    fn write(&self, account: &Account, draft: &mut Draft) -> Result<(), Error> {
        account.session_path(draft, &self.resource_id, &self.sid, &self.mode, "update")?;
        draft.json(self)
    }
}
