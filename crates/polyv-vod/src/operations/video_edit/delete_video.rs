//! `DeleteVideo`.

use livecloud_core::Ack;
use livecloud_core::wire::CommaList;

use super::super::rules;
use crate::profile::Profile;

livecloud_core::open_enum! {
    /// Where a deleted video goes.
    pub enum DeleteType: i64 {
        /// The recycle bin.
        Trash = 1,
        /// Nowhere: nothing brings it back.
        Permanent = 2,
    }
}

operation! {
    /// Deletes up to 500 videos, into the recycle bin or for good.
    ///
    /// Some may be deleted and others not although the vendor reports success: read them back where it matters.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, DeleteType, DeleteVideo};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":null}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// client.call(DeleteVideo::new(["abcde123450f1e2d3c4b5a69788796a5_a"]).delete_type(DeleteType::Trash)).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct DeleteVideo -> Ack;

    /// Gone is gone, so a lost answer may be repeated. The repeat may be refused where the first one did it.
    post form "/v2/video/{userid}/del-video" in Profile::V2, idempotent;
    page "https://dev.polyv.net/2017/videoproduct/v-api/v-api-vmanage/v-api-vmanage-edit/del-video/";

    required {
        /// The videos, at most 500. One text with commas on the wire.
        #[serde(rename = "vid")]
        into vids: CommaList,
    }
    optional {
        /// Where they go; the recycle bin where absent.
        set delete_type: DeleteType,
    }

    check(self, checks) {
        rules::vids(checks, "vid", &self.vids, 500);
        if let Some(DeleteType::Other(other)) = self.delete_type
            && checks.is_strict()
        {
            checks.refuse_value("V08", "deleteType", "must be 1 or 2", other);
        }
    }
}
