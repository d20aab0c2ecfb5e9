//! `Start`.

use std::time::Duration;

use livecloud_core::{Checks, Draft, Error, Meta, Operation, Secret, wire};
#[cfg(feature = "full-serde")]
use serde::Deserialize;
use serde::Serialize;

use crate::account::{Account, PAGE, QUOTA};
use crate::model::members::read_members;
use crate::model::{ExtensionServiceConfig, Mode, RecordingConfig, RecordingFileConfig, SnapshotConfig, StorageConfig};
use crate::rules;

/// Starts recording a channel, exactly as the wire has it.
///
/// Most combinations of its parts are wrong. [`StartMix`](crate::StartMix) and
/// [`StartIndividual`](crate::StartIndividual) make the right ones and become a `Start`; this type is for everything
/// else, and for requests that come as JSON.
///
/// The sid in the answer is the only durable name of the recording, and as far as documented it is told only once.
/// Hence the long timeout, and no repeat after a lost answer: a repeat with the same resource id is answered with
/// [`ALREADY_STARTED`](crate::codes::ALREADY_STARTED), probably without the sid.
///
/// Errors worth knowing: [`Class::Reacquire`](crate::Class::Reacquire) when the resource id is too old,
/// [`Class::AlreadyStarted`](crate::Class::AlreadyStarted), [`Class::Conflict`](crate::Class::Conflict).
///
/// Vendor page: <https://docs.anyrtc.io/cn/Recording/restful/cloud_recording_api_rest>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use anyrtc_recording::{Account, ChannelType, Client, Mode, RecordingConfig, Start, StartRequest, StorageConfig};
/// # async fn run() -> Result<(), anyrtc_recording::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"Code":200,"Body":{"resourceId":"r-1","sid":"s-1"}}"#));
/// # let client = Client::builder(Account::new("app", "id", "secret")).transport(transport).build()?;
/// let request = StartRequest::new(RecordingConfig::new(ChannelType::Live).max_idle_time(300))
///     .storage_config(StorageConfig::private("http://store.example/upload"));
/// let started = client.call(Start::new("r-1", Mode::Mix, "httpClient463224", "527841", request)).await?;
/// # assert_eq!(started.sid, "s-1");
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Start {
    /// The resource id, not older than 5 minutes and not used before; part of the path.
    #[serde(rename = "resourceid", skip_serializing, default, deserialize_with = "livecloud_core::wire::text")]
    pub resource_id: String,
    /// Individual or mix; part of the path, and fixed from here on.
    #[serde(skip_serializing, default = "crate::model::input::no_mode")]
    pub mode: Mode,
    /// The channel, as in [`Acquire`](crate::Acquire).
    #[serde(default, deserialize_with = "livecloud_core::wire::text")]
    pub cname: String,
    /// The recorder's uid, as in [`Acquire`](crate::Acquire).
    #[serde(default, deserialize_with = "livecloud_core::wire::text")]
    pub uid: String,
    /// What to record, how, and where to.
    #[serde(default)]
    pub client_request: StartRequest,
}

/// What to record, how, and where to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StartRequest {
    /// The channel token, needed where the project's App certificate is on. It must be made for this channel and the
    /// recorder's uid, and outlive the recording.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "wire::opt_secret")]
    pub token: Option<Secret>,
    /// What is subscribed to; always needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording_config: Option<RecordingConfig>,
    /// Which files; not with snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording_file_config: Option<RecordingFileConfig>,
    /// Snapshots instead of files; individual mode only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot_config: Option<SnapshotConfig>,
    /// Your storage; not with an extension service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_config: Option<StorageConfig>,
    /// Aliyun's video-on-demand service instead of a storage; mix mode only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension_service_config: Option<ExtensionServiceConfig>,
}

impl StartRequest {
    /// Records that.
    #[must_use]
    pub fn new(recording_config: RecordingConfig) -> Self {
        Self { recording_config: Some(recording_config), ..Self::default() }
    }

    livecloud_core::__setters! {
        /// Sets the channel token.
        into token: Secret,
        /// Sets which files are recorded.
        recording_file_config: RecordingFileConfig,
        /// Takes snapshots instead.
        snapshot_config: SnapshotConfig,
        /// Sets the storage.
        storage_config: StorageConfig,
        /// Hands the recording to an extension service.
        extension_service_config: ExtensionServiceConfig,
    }
}

/// A recording that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "full-serde", derive(Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Started {
    /// Names the recording from now on. Keep it: there is no other way to get it.
    pub sid: String,
    /// The resource id that it was started with.
    #[cfg_attr(feature = "full-serde", serde(skip_serializing_if = "Option::is_none"))]
    pub resource_id: Option<String>,
}

read_members!(Started, |members| {
    sid: members.text("sid")?,
    resource_id: members.text("resourceId"),
});

impl Start {
    /// Not repeated after a lost answer: the repeat's answer probably lacks the sid, and without it the recording can
    /// be neither queried nor stopped.
    pub const META: Meta =
        Meta::post("Start").quota(QUOTA).timing(Duration::from_secs(30), Duration::from_secs(90)).page(PAGE);

    /// Starts a recording on that resource id; channel and uid as in [`Acquire`](crate::Acquire).
    #[must_use]
    pub fn new(
        resource_id: impl Into<String>,
        mode: Mode,
        cname: impl Into<String>,
        uid: impl Into<String>,
        client_request: StartRequest,
    ) -> Self {
        Self { resource_id: resource_id.into(), mode, cname: cname.into(), uid: uid.into(), client_request }
    }
}

impl Operation for Start {
    type Vendor = Account;
    type Output = Started;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        rules::recorder(checks, &self.cname, &self.uid);
        rules::resource_id(checks, &self.resource_id);
        rules::mode(checks, &self.mode);
        rules::start(checks, &self.mode, &self.client_request);
    }

    fn write(&self, account: &Account, draft: &mut Draft) -> Result<(), Error> {
        let path = [
            ("path", "resourceid"),
            ("resourceid", &self.resource_id),
            ("path", "mode"),
            ("mode", self.mode.as_str()),
            ("path", "start"),
        ];
        account.path(draft, path)?;
        draft.json(self)
    }
}
