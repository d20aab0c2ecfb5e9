//! `Stop`.

use std::time::Duration;

use livecloud_core::{Checks, Draft, Error, Meta, Operation};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use crate::account::{Account, PAGE, QUOTA};
use crate::model::members::read_members;
use crate::model::{FileList, Mode, ServerResponse, UploadingStatus};
use crate::rules;

/// Stops a recording, and tells its files.
///
/// The answer may be the only one that ever tells the files, and it may wait for uploads (by analogy with Agora, about
/// 20 s). Hence the long timeout, and no repeat after a lost answer: a repeat is answered with
/// [`ALREADY_STOPPED`](crate::codes::ALREADY_STOPPED), without the files. Afterwards the resource id is used up.
///
/// Errors worth knowing: [`Class::NothingRecorded`](crate::Class::NothingRecorded) when nobody sent a stream, which is
/// a result rather than a failure; [`Class::AlreadyStopped`](crate::Class::AlreadyStopped);
/// [`Class::NotFound`](crate::Class::NotFound).
///
/// Vendor page: <https://docs.anyrtc.io/cn/Recording/restful/cloud_recording_api_rest>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use anyrtc_recording::{Account, Client, Mode, Stop};
/// # async fn run() -> Result<(), anyrtc_recording::Error> {
/// # let body = r#"{"Code":200,"Body":{"serverResponse":{"fileList":"s-1_room.m3u8","uploadingStatus":"uploaded"}}}"#;
/// # let client = Client::builder(Account::new("app", "id", "secret")).transport(ReplayTransport::always(Step::json(body))).build()?;
/// let stopped = client.call(Stop::new("r-1", "s-1", Mode::Mix, "httpClient463224", "527841")).await?;
/// let files: Vec<&str> = stopped.files().names().collect();
/// # assert_eq!((files, stopped.is_partial()), (vec!["s-1_room.m3u8"], false));
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Stop {
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
    #[serde(default)]
    client_request: Nothing,
}

/// An object without members, which the vendor wants to see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
struct Nothing {}

/// A recording that has ended.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "full-serde", derive(Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Stopped {
    /// The resource id; used up.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub resource_id: Option<String>,
    /// The recording.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub sid: Option<String>,
    /// Files and upload. Empty with Aliyun's video-on-demand service, as far as the page tells.
    pub server_response: ServerResponse,
    /// The effective HTTP status, added by this crate: 206 says that not everything has arrived.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub http_status: Option<u16>,
}

read_members!(Stopped, |members| {
    resource_id: members.text("resourceId"),
    sid: members.text("sid"),
    server_response: members.object("serverResponse").unwrap_or_default(),
    http_status: members.value("httpStatus"),
});

impl Stopped {
    /// The recorded files.
    #[must_use]
    pub const fn files(&self) -> &FileList {
        &self.server_response.file_list
    }

    /// Whether the answer says that not all files are in your storage yet: by status 206, or by lying in the vendor's
    /// backup. By analogy with Agora, a 206 often means wrong storage keys or a wrong region.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.http_status == Some(206) || self.server_response.uploading_status == Some(UploadingStatus::Backuped)
    }
}

impl Stop {
    /// Not repeated after a lost answer: the repeat's answer lacks the files.
    pub const META: Meta =
        Meta::post("Stop").quota(QUOTA).timing(Duration::from_secs(60), Duration::from_secs(120)).page(PAGE);

    /// Stops that recording.
    #[must_use]
    pub fn new(
        resource_id: impl Into<String>,
        sid: impl Into<String>,
        mode: Mode,
        cname: impl Into<String>,
        uid: impl Into<String>,
    ) -> Self {
        Self {
            resource_id: resource_id.into(),
            sid: sid.into(),
            mode,
            cname: cname.into(),
            uid: uid.into(),
            client_request: Nothing {},
        }
    }
}

impl Operation for Stop {
    type Vendor = Account;
    type Output = Stopped;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        rules::recorder(checks, &self.cname, &self.uid);
        rules::resource_id(checks, &self.resource_id);
        rules::sid(checks, &self.sid);
        rules::mode(checks, &self.mode);
    }

    fn write(&self, account: &Account, draft: &mut Draft) -> Result<(), Error> {
        account.session_path(draft, &self.resource_id, &self.sid, &self.mode, "stop")?;
        draft.json(self)
    }
}
