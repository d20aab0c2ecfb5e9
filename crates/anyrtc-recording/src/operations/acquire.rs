//! `Acquire`.

use std::time::Duration;

use livecloud_core::{Checks, Draft, Error, Meta, Operation};
use serde::{Deserialize, Serialize};

use crate::account::{Account, PAGE, QUOTA};
use crate::rules;

/// Gets a resource id for one recording of one channel.
///
/// The id is good for a single [`Start`](crate::Start) within 5 minutes. Acquire just before you start, not in
/// advance.
///
/// Errors worth knowing: [`Class::NotEnabled`](crate::Class::NotEnabled) when cloud recording is not enabled for the
/// App ID, [`Class::Auth`](crate::Class::Auth), [`INVALID_CHANNEL_NAME`](crate::codes::INVALID_CHANNEL_NAME).
///
/// Vendor page: <https://docs.anyrtc.io/cn/Recording/restful/cloud_recording_api_rest>
///
/// ```
/// # use livecloud_core::test_util::{ReplayTransport, Step};
/// # use anyrtc_recording::{Account, Acquire, Client};
/// # async fn run() -> Result<(), anyrtc_recording::Error> {
/// # let transport = ReplayTransport::always(Step::json(r#"{"Code":200,"Body":{"resourceId":"r-1"}}"#));
/// # let client = Client::builder(Account::new("app", "id", "secret")).transport(transport).build()?;
/// let acquired = client.call(Acquire::new("httpClient463224", "527841").resource_expired_hour(24)).await?;
/// # assert_eq!(acquired.resource_id, "r-1");
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Acquire {
    /// The channel: 1 to 64 bytes of the documented 89 characters.
    #[serde(default, deserialize_with = "livecloud_core::wire::text")]
    pub cname: String,
    /// The recorder's own uid in the channel, 1 to 48 characters. No user and no other recorder there may have it: two
    /// equal uids kick each other out.
    #[serde(default, deserialize_with = "livecloud_core::wire::text")]
    pub uid: String,
    /// Settings; sent as `{}` when there are none.
    #[serde(default)]
    pub client_request: AcquireRequest,
}

/// The settings of [`Acquire`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "full-serde", derive(Deserialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AcquireRequest {
    /// Hours, 1..=720, counted from the start of the recording, after which it can no longer be queried, updated or
    /// stopped; absent means 72.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_expired_hour: Option<u32>,
}

/// A resource id.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Acquired {
    /// Names the recording to come. Opaque; a sample has 256 characters.
    #[serde(deserialize_with = "livecloud_core::wire::text")]
    pub resource_id: String,
}

impl Acquire {
    /// A repeat only gets another resource id; the unused one lapses.
    pub const META: Meta = Meta::post("Acquire")
        .idempotent()
        .quota(QUOTA)
        .timing(Duration::from_secs(10), Duration::from_secs(30))
        .page(PAGE);

    /// For a recording of that channel, by a recorder of that uid.
    #[must_use]
    pub fn new(cname: impl Into<String>, uid: impl Into<String>) -> Self {
        Self { cname: cname.into(), uid: uid.into(), client_request: AcquireRequest::default() }
    }

    /// Sets for how many hours after its start the recording can be queried, updated and stopped, 1..=720.
    #[must_use]
    pub fn resource_expired_hour(mut self, hours: u32) -> Self {
        self.client_request.resource_expired_hour = Some(hours);
        self
    }
}

impl Operation for Acquire {
    type Vendor = Account;
    type Output = Acquired;

    fn meta(&self) -> &Meta {
        &Self::META
    }

    fn profile(&self) {}

    fn check(&self, checks: &mut Checks<'_, Account>) {
        rules::recorder(checks, &self.cname, &self.uid);
        let hours = self.client_request.resource_expired_hour;
        checks.range("R03", "clientRequest.resourceExpiredHour", hours, 1..=720);
    }

    fn write(&self, account: &Account, draft: &mut Draft) -> Result<(), Error> {
        account.path(draft, [("path", "acquire")])?;
        draft.json(self)
    }
}
