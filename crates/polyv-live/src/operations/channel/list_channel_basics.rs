//! `ListChannelBasics`.

use livecloud_core::wire::{CommaList, UnixMillis};
use livecloud_core::{Page, Paged, Turn};

use super::channel_basic::{ChannelBasic, WatchStatus};
use super::rules;
use crate::account::Profile;

livecloud_core::open_enum! {
    /// What a list of channels is sorted by.
    pub enum ChannelOrder {
        /// The planned start, latest first.
        StartTimeDesc = "startTimeDesc",
        /// The planned start, earliest first.
        StartTimeAsc = "startTimeAsc",
        /// The creation, newest first.
        ChannelCreatedTimeDesc = "channelCreatedTimeDesc",
    }
}

operation! {
    /// Lists the account's channels with their settings and what their watch pages show.
    ///
    /// One call returns one page; [`Pages`](crate::core::Pages) walks through all of them. Reads may lag behind writes by a
    /// second or two.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, ChannelOrder, Client, ListChannelBasics};
    /// use polyv_live::core::Pages;
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"data":{"totalPages":1,"contents":[{"channelId":"2191569","name":"n"}]}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// let newest = ListChannelBasics::new().order_by(ChannelOrder::ChannelCreatedTimeDesc).page_size(100);
    /// let mut channels = Pages::new(&client, newest).items();
    /// while let Some(channel) = channels.next().await? {
    ///     println!("{:?} {:?}", channel.channel_id, channel.name);
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct ListChannelBasics -> Page<ChannelBasic>;

    /// It only reads.
    get query "/live/v4/channel/basic/list" in Profile::Api, safe;
    page "https://help.polyv.net/#/live/api/v4/channel/operate/list_channel_basic";

    optional {
        /// Only channels of these categories, at most 200. One text with commas on the wire.
        into category_ids: CommaList,
        /// Only these channels. One text with commas on the wire.
        into channel_ids: CommaList,
        /// Only channels whose watch page shows this.
        set watch_status: WatchStatus,
        /// Only channels of this time: from when. Of which of their times is not documented.
        into start_time: UnixMillis,
        /// Until when.
        into end_time: UnixMillis,
        /// Which page; 1 where absent.
        set page_number: u32,
        /// Entries a page, 1..=1000; 10 where absent.
        set page_size: u32,
        /// The order.
        set order_by: ChannelOrder,
    }

    check(self, checks) {
        for (path, ids, most) in [("categoryIds", &self.category_ids, 200), ("channelIds", &self.channel_ids, usize::MAX)] {
            let Some(ids) = ids else { continue };
            if ids.0.is_empty() || ids.is_ambiguous() {
                checks.refuse("L46", path, "must be ids without a comma, and none blank");
            } else if ids.0.len() > most {
                checks.refuse_value("L46", path, format!("must be at most {most} ids"), ids.0.len());
            }
        }
        for id in self.channel_ids.iter().flat_map(|ids| &ids.0).filter(|id| !id.trim().is_empty() && !id.contains(',')) {
            checks.digits("L01", "channelIds", id);
        }
        let other = if let Some(WatchStatus::Other(other)) = &self.watch_status { Some(&**other) } else { None };
        rules::word(checks, "L47", "watchStatus", other, "live, playback, end, waiting, unStart");
        let other = if let Some(ChannelOrder::Other(other)) = &self.order_by { Some(&**other) } else { None };
        rules::word(checks, "L47", "orderBy", other, "startTimeDesc, startTimeAsc, channelCreatedTimeDesc");
        rules::millis(checks, "startTime", self.start_time.map(|time| time.0), false);
        rules::millis(checks, "endTime", self.end_time.map(|time| time.0), false);
        checks.range("L48", "pageNumber", self.page_number, 1..=u32::MAX);
        checks.range("L48", "pageSize", self.page_size, 1..=1000);
    }
}

impl Paged for ListChannelBasics {
    type Item = ChannelBasic;

    fn turn(&mut self, page: &Page<ChannelBasic>) -> Turn {
        page.turn(&mut self.page_number, self.page_size, 10, |channel| channel.channel_id.clone())
    }

    fn items(page: Page<ChannelBasic>) -> Vec<ChannelBasic> {
        page.contents
    }
}
