//! This SDK with everything on: checks, quota, retries, deadline.

use std::time::Duration;

use livecloud_core::{Client, Limiter, LocalLimiter, NoRoom, Operation, Quota, QuotaKey, Vendor, async_trait};

use super::Side;
use crate::{Outcome, job};

pub(super) struct Sdk<V: Vendor, O> {
    client: Client<V>,
    operation: O,
}

impl<V: Vendor, O: Operation<Vendor = V> + 'static> Side for Sdk<V, O> {
    async fn call(&self) -> Outcome {
        self.client.call(&self.operation).await?;
        Ok(())
    }
}

/// The default limiter with room for everybody: the vendors' 20 a second would be all that is measured.
#[derive(Debug, Default)]
pub(crate) struct Wide(LocalLimiter);

#[async_trait]
impl Limiter for Wide {
    async fn acquire(&self, key: &QuotaKey, quota: Quota, patience: Duration) -> Result<(), NoRoom> {
        self.0.acquire(key, widened(quota), patience).await
    }

    fn hold(&self, key: &QuotaKey, quota: Quota, pause: Duration) {
        self.0.hold(key, widened(quota), pause);
    }
}

fn widened(mut quota: Quota) -> Quota {
    (quota.permits, quota.per) = (4096, Duration::from_millis(1));
    quota
}

fn sdk<V: Vendor, O>(account: V, address: &str, operation: O) -> Outcome<Sdk<V, O>> {
    let client = Client::builder(account).base_url(address).limiter(Wide::default()).build()?;
    Ok(Sdk { client, operation })
}

pub(super) fn zego(address: &str) -> Outcome<Sdk<zego_cloud_player::Account, zego_cloud_player::UpdatePlayer>> {
    sdk(job::zego_account(), address, job::update_player())
}

pub(super) fn polyv(address: &str) -> Outcome<Sdk<polyv_live::Account, polyv_live::UpdateChannelBasic>> {
    sdk(job::polyv_account(), address, job::update_channel())
}

pub(super) fn anyrtc(address: &str) -> Outcome<Sdk<anyrtc_recording::Account, anyrtc_recording::Query>> {
    sdk(job::anyrtc_account(), address, job::query())
}
