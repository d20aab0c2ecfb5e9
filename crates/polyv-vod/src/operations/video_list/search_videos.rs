//! `SearchVideos`.

use livecloud_core::wire::{CommaList, UnixMillis};
use livecloud_core::{Page, Paged, Turn};

use super::super::rules;
use super::super::video::VideoInfo;
use crate::profile::Profile;

livecloud_core::open_enum! {
    /// What search results are sorted by.
    pub enum SearchOrder {
        /// Oldest first, the vendor's default.
        CreationTimeAsc = "creationTimeAsc",
        /// Newest first.
        CreationTimeDesc = "creationTimeDesc",
        /// Least played first.
        PlayTimesAsc = "playTimesAsc",
        /// Most played first.
        PlayTimesDesc = "playTimesDesc",
    }
}

operation! {
    /// Searches the account's videos.
    ///
    /// One call returns one page; [`Pages`](crate::core::Pages) walks through all of them.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, SearchOrder, SearchVideos};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":{"totalPages":1,"contents":[{"vid":"v"}]}}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// use polyv_vod::core::Pages;
    /// let search = SearchVideos::new().title("公开课").status(["60", "61"]).sort(SearchOrder::PlayTimesDesc);
    /// let mut videos = Pages::new(&client, search).items();
    /// while let Some(video) = videos.next().await? {
    ///     println!("{:?}", video.vid);
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct SearchVideos -> Page<VideoInfo>;

    /// It only reads.
    get query "/v2/video/search-videos" in Profile::V2, safe;
    page "https://polyv.gitbook.io/document/docs/vod/api/video-management/search/search_video";

    own { "userid" }
    optional {
        /// Which parts: `basicInfo` (the default), `metaData`, `transcodeInfo`, `snapshotInfo`. One text with commas on the
        /// wire.
        into filters: CommaList,
        /// Only videos of this category: digits.
        into cate_id: String,
        /// Only videos with this in their title, or this id.
        into title: String,
        /// Only videos with this in their tags.
        into tag: String,
        /// Only what this user has uploaded.
        into uploader: String,
        /// Only videos in these states, by number; 60 and 61 both mean published. One text with commas on the wire.
        into status: CommaList,
        /// Whether child categories count too; they do where absent.
        set contain_sub_cate: bool,
        /// Only videos created from then on.
        into start_time: UnixMillis,
        /// Only videos created until then.
        into end_time: UnixMillis,
        /// Only videos changed from then on.
        into start_modify_time: UnixMillis,
        /// Only videos changed until then.
        into end_modify_time: UnixMillis,
        /// Only encrypted videos, or only others.
        set encrypted: bool,
        /// Only videos that your server is asked about, or only others.
        set play_auth_enable: bool,
        /// The order.
        set sort: SearchOrder,
        /// Which page; 1 where absent.
        set page: u32,
        /// Entries a page, 1..=1000; 10 where absent.
        set page_size: u32,
    }

    check(self, checks) {
        rules::parts(checks, "filters", self.filters.as_ref());
        let texts =
            [("cateId", &self.cate_id), ("title", &self.title), ("tag", &self.tag), ("uploader", &self.uploader)];
        rules::optional_texts(checks, &texts);
        if let Some(status) = &self.status {
            rules::list(checks, "status", status, usize::MAX);
        }
        let other = if let Some(SearchOrder::Other(other)) = &self.sort { Some(&**other) } else { None };
        rules::word(checks, "sort", other, "creationTimeAsc, creationTimeDesc, playTimesAsc, playTimesDesc");
        let modified = [("startModifyTime", self.start_modify_time), ("endModifyTime", self.end_modify_time)];
        rules::times(checks, &[("startTime", self.start_time), ("endTime", self.end_time)]);
        rules::times(checks, &modified);
        rules::page(checks, self.page, self.page_size);
    }
}

impl Paged for SearchVideos {
    type Item = VideoInfo;

    fn begin(&mut self) {
        rules::whole_pages(&mut self.page, &mut self.page_size);
    }

    fn turn(&mut self, page: &Page<VideoInfo>) -> Turn {
        page.turn(&mut self.page, self.page_size, 10, |video| video.vid.clone())
    }

    fn items(page: Page<VideoInfo>) -> Vec<VideoInfo> {
        page.contents
    }
}
