//! `ListVideosV3`.

use livecloud_core::wire::{UnixMillis, YesNo};
use livecloud_core::{Page, Paged, Turn};

use super::super::rules;
use super::super::video::{VideoInfo, VideoStatus};
use crate::profile::Profile;

livecloud_core::open_enum! {
    /// What a sub-account's list of videos is sorted by.
    pub enum CreationOrder {
        /// Newest first.
        Desc = "creationTimeDesc",
        /// Oldest first.
        Asc = "creationTimeAsc",
    }
}

operation! {
    /// Lists the videos a sub-account sees, with their basic data.
    ///
    /// One call returns one page; [`Pages`](crate::core::Pages) walks through all of them.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, ListVideosV3, VideoStatus};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"error":null,"data":{"totalPages":1,"contents":[{"vid":"v"}]}}"#));
    /// # let client = Client::builder(Account::sub("app", "secret")).transport(transport).build()?;
    /// use polyv_vod::core::Pages;
    /// let published = ListVideosV3::new().status(VideoStatus::Published).page_size(100);
    /// let mut videos = Pages::new(&client, published).items();
    /// while let Some(video) = videos.next().await? {
    ///     println!("{:?} {:?}", video.vid, video.basic_info.and_then(|info| info.title));
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct ListVideosV3 -> Page<VideoInfo>;

    /// It only reads.
    get query "/v3/video/list-video" in Profile::V3, safe;
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/list-video/";

    optional {
        /// Only videos of this category.
        into cate_id: String,
        /// Only videos with this in their title.
        into title: String,
        /// Only what this user has uploaded.
        into uploader: String,
        /// Only videos in this state.
        set status: VideoStatus,
        /// Whether child categories count too.
        set contain_sub_cate: YesNo,
        /// Only videos of this time: from when.
        into start_time: UnixMillis,
        /// Until when.
        into end_time: UnixMillis,
        /// The order.
        set sort: CreationOrder,
        /// Which page; 1 where absent.
        set page: u32,
        /// Entries a page, 1..=1000; 10 where absent.
        set page_size: u32,
    }

    check(self, checks) {
        let texts = [("cateId", &self.cate_id), ("title", &self.title), ("uploader", &self.uploader)];
        rules::optional_texts(checks, &texts);
        let other = if let Some(CreationOrder::Other(other)) = &self.sort { Some(&**other) } else { None };
        rules::word(checks, "sort", other, "creationTimeDesc, creationTimeAsc");
        rules::times(checks, &[("startTime", self.start_time), ("endTime", self.end_time)]);
        rules::page(checks, self.page, self.page_size);
    }
}

impl Paged for ListVideosV3 {
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
