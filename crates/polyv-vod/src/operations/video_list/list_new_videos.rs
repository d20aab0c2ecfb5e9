//! `ListNewVideos`.

use livecloud_core::wire::{self, BeijingDate, BeijingTime};
use livecloud_core::{Page, Paged, Turn};

use super::super::rules;
use super::super::video::Video;
use crate::profile::Profile;

operation! {
    /// Lists the account's videos, newest first.
    ///
    /// One call returns one page; [`Pages`](crate::core::Pages) walks through all of them. Older servers answer with the bare
    /// list, newer ones with a page that counts: both are read.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, ListNewVideos};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":[{"vid":"v"}]}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// use polyv_vod::core::Pages;
    /// use polyv_vod::core::wire::BeijingDate;
    /// let since = ListNewVideos::new().start_date(BeijingDate::new(2024, 5, 1)).page_size(100);
    /// let mut videos = Pages::new(&client, since).items();
    /// while let Some(video) = videos.next().await? {
    ///     println!("{:?} {:?}", video.vid, video.title);
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct ListNewVideos -> Page<Video>;

    /// It only reads.
    post form "/v2/video/{userid}/get-new-list" in Profile::V2, safe;
    page "https://dev.polyv.net/2017/videoproduct/v-api/v-api-vmanage/v-api-vmanage-list/get-new-list/";

    optional {
        /// Only videos below this path of categories: ids with commas, as [`ListCategories`](crate::ListCategories) has it.
        #[serde(rename = "catatree")]
        into catatree: String,
        /// The first day.
        into start_date: BeijingDate,
        /// The last day.
        into end_date: BeijingDate,
        /// From when.
        into start_time: BeijingTime,
        /// Until when.
        into end_time: BeijingTime,
        /// Only published videos; all where absent or false. 0 or 1 on the wire.
        #[serde(with = "wire::opt_bit")]
        set published: bool,
        /// Which page; 1 where absent.
        set page: u32,
        /// Entries a page, 1..=1000; 10 where absent.
        set page_size: u32,
    }

    check(self, checks) {
        rules::optional_texts(checks, &[("catatree", &self.catatree)]);
        for (path, date) in [("startDate", &self.start_date), ("endDate", &self.end_date)] {
            if date.as_ref().is_some_and(|date| date.start().is_none()) {
                checks.refuse_value("V09", path, "must be yyyy-MM-dd", format_args!("{date:?}"));
            }
        }
        for (path, time) in [("startTime", &self.start_time), ("endTime", &self.end_time)] {
            if time.as_ref().is_some_and(|time| !time.has_seconds()) {
                checks.refuse_value("V09", path, "must be yyyy-MM-dd HH:mm:ss", format_args!("{time:?}"));
            }
        }
        rules::page(checks, self.page, self.page_size);
    }
}

impl Paged for ListNewVideos {
    type Item = Video;

    fn begin(&mut self) {
        rules::whole_pages(&mut self.page, &mut self.page_size);
    }

    fn turn(&mut self, page: &Page<Video>) -> Turn {
        page.turn(&mut self.page, self.page_size, 10, |video| video.vid.clone())
    }

    fn items(page: Page<Video>) -> Vec<Video> {
        page.contents
    }
}
