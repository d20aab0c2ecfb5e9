//! `DownloadWhiteList`.

use std::time::Duration;

use livecloud_core::Binary;

use super::super::channel::Rank;
use crate::account::Profile;

operation! {
    /// The white list of a watch condition, as a spreadsheet (`.xls`).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, DownloadWhiteList, Rank};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::reply(200, &b"\xd0\xcf\x11\xe0"[..]));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let file = client.call(DownloadWhiteList::new(Rank::Primary).channel_id("2191569")).await?;
    /// assert!(file.content.starts_with(b"\xd0\xcf"));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct DownloadWhiteList -> Binary;

    /// It only reads.
    get query "/live/v3/channel/auth/download-white-list" in Profile::Download, safe, download,
        timing(Duration::from_secs(60), Duration::from_secs(120));
    page "https://help.polyv.net/#/live/api/web/watch_condition/download_white_list";

    required {
        /// Of which of the two conditions.
        set rank: Rank,
    }
    optional {
        /// The channel's number: digits. Without it: the list of the whole account.
        into channel_id: String,
    }

    check(self, checks) {
        if let Rank::Other(rank) = self.rank {
            checks.refuse_value("L15", "rank", "must be 1 or 2", rank);
        }
        if let Some(channel) = &self.channel_id {
            checks.digits("L01", "channelId", channel);
        }
    }
}
