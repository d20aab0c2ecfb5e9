//! `GetVideo`.

#[cfg(feature = "full-serde")]
use serde::Serialize;
use serde::{Deserialize, Deserializer};

use super::super::rules;
use super::super::video::Video;
use crate::profile::Profile;

operation! {
    /// Returns a video with all its addresses.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, GetVideo};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":[{"vid":"v","title":"t"}]}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// match client.call(GetVideo::new("abcde123450f1e2d3c4b5a69788796a5_a")).await?.0 {
    ///     Some(video) => println!("{:?}", video.title),
    ///     None => println!("no such video"),
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct GetVideo -> FoundVideo;

    /// It only reads.
    get query "/v2/video/{userid}/get-video-msg" in Profile::V2, safe;
    page "https://dev.polyv.net/2017/videoproduct/v-api/v-api-vmanage/v-api-vmanage-info/get-video-msg/";

    required {
        /// The video.
        into vid: String,
    }

    check(self, checks) {
        rules::vid(checks, "vid", &self.vid);
    }
}

/// The video, or none. The vendor wraps it in a list, which is empty where the video is unknown.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "full-serde", derive(Serialize))]
pub struct FoundVideo(pub Option<Video>);

impl<'de> Deserialize<'de> for FoundVideo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(livecloud_core::wire::list(deserializer)?.into_iter().next()))
    }
}
