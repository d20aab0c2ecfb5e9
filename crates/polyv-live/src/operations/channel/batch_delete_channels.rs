//! `BatchDeleteChannels`.

use livecloud_core::Ack;

#[cfg(feature = "full-serde")]
use super::lenient;
use super::number;
use crate::account::Profile;

operation! {
    /// Deletes up to 100 channels. Nothing brings them back.
    ///
    /// What becomes of the others if one of them is not this account's is not documented.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, BatchDeleteChannels, Client};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"","data":"success"}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// client.call(BatchDeleteChannels::new(["2191569", "2191541"])).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct BatchDeleteChannels -> Ack;

    /// Gone is gone, so a lost answer may be repeated. The repeat may be refused where the first one did it: then channels
    /// are not found.
    post json "/live/v3/channel/basic/batch-delete" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/channel/operate/batch_delete_channels";

    required {
        /// The channels' numbers, 1 to 100 (the vendor's TypeScript SDK takes no more). Numbers on the wire.
        #[serde(serialize_with = "number::list")]
        #[cfg_attr(feature = "full-serde", serde(deserialize_with = "lenient::texts"))]
        each channel_ids: String,
    }

    check(self, checks) {
        let count = self.channel_ids.len();
        if count == 0 || (count > 100 && checks.is_strict()) {
            checks.refuse_value("L50", "channelIds", "must be 1 to 100 channels", count);
        } else if count > 100 {
            checks.warn("L50", "channelIds", "should be at most 100 channels");
        }
        for (index, id) in self.channel_ids.iter().enumerate() {
            checks.digits("L01", format_args!("channelIds[{index}]"), id);
        }
    }
}
