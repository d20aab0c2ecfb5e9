//! `Query`.

use std::time::Duration;

use livecloud_core::{Checks, Draft, Error, Meta, Operation};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use crate::account::{Account, PAGE, QUOTA};
use crate::model::members::read_members;
use crate::model::{FileList, Mode, Phase, ServerResponse};
use crate::rules;

/// Tells what a recording is doing, and its files so far.
///
/// Only while it lasts: a recording that failed to start, or has ended, is [`Class::NotFound`](crate::Class::NotFound),
/// one that is being stopped [`Class::Stopping`](crate::Class::Stopping). By analogy with Agora, a single "not found"
/// may also mean that the recording is moving to another server.
///
/// Vendor page: <https://docs.anyrtc.io/cn/Recording/restful/cloud_recording_api_rest>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use anyrtc_recording::{Account, Client, Mode, Phase, Query};
/// # async fn run() -> Result<(), anyrtc_recording::Error> {
/// # let body = r#"{"Code":200,"Body":{"resourceId":"r-1","sid":"s-1","serverResponse":{"status":"5"}}}"#;
/// # let client = Client::builder(Account::new("app", "id", "secret")).transport(ReplayTransport::always(Step::json(body))).build()?;
/// let recording = client.call(Query::new("r-1", "s-1", Mode::Mix)).await?;
/// if recording.phase() == Some(Phase::Running) {
///     println!("recorded so far: {:?}", recording.files());
/// }
/// # assert_eq!(recording.phase(), Some(Phase::Running));
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Query {
    /// The resource id; part of the path.
    #[serde(rename = "resourceid", skip_serializing, default, deserialize_with = "livecloud_core::wire::text")]
    pub resource_id: String,
    /// The recording; part of the path.
    #[serde(skip_serializing, default, deserialize_with = "livecloud_core::wire::text")]
    pub sid: String,
    /// The recording's mode; part of the path.
    #[serde(skip_serializing, default = "crate::model::input::no_mode")]
    pub mode: Mode,
}

/// The state of a recording.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "full-serde", derive(Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Queried {
    /// The resource id.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub resource_id: Option<String>,
    /// The recording.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub sid: Option<String>,
    /// The state itself.
    pub server_response: ServerResponse,
}

read_members!(Queried, |members| {
    resource_id: members.text("resourceId"),
    sid: members.text("sid"),
    server_response: members.object("serverResponse").unwrap_or_default(),
});

impl Queried {
    /// The phase; `None` where the answer has no status, or one that this version does not know. With an extension
    /// service there is no status: then it is the phase of the recording service (inferred).
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        let response = &self.server_response;
        match response.status {
            Some(status) => status.phase(),
            None => response.sub_service_status.as_ref()?.recording_service.as_ref()?.phase(),
        }
    }

    /// The recorded files.
    #[must_use]
    pub const fn files(&self) -> &FileList {
        &self.server_response.file_list
    }
}

impl Query {
    /// Only reads.
    pub const META: Meta =
        Meta::get("Query").safe().quota(QUOTA).timing(Duration::from_secs(10), Duration::from_secs(30)).page(PAGE);

    /// Asks about that recording.
    #[must_use]
    pub fn new(resource_id: impl Into<String>, sid: impl Into<String>, mode: Mode) -> Self {
        Self { resource_id: resource_id.into(), sid: sid.into(), mode }
    }
}

impl Operation for Query {
    type Vendor = Account;
    type Output = Queried;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        rules::resource_id(checks, &self.resource_id);
        rules::sid(checks, &self.sid);
        rules::mode(checks, &self.mode);
    }

    fn write(&self, account: &Account, draft: &mut Draft) -> Result<(), Error> {
        account.session_path(draft, &self.resource_id, &self.sid, &self.mode, "query")
    }
}
