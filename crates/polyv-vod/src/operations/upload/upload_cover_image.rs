//! `UploadCoverImage`.

use std::time::Duration;

use livecloud_core::wire::CommaList;
use livecloud_core::{Ack, FilePart};

use super::super::rules;
use crate::profile::Profile;

operation! {
    /// Uploads a picture and makes it the cover of videos or of categories.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, UploadCoverImage};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":null}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// use polyv_vod::core::FilePart;
    /// # let picture = &b"\x89PNG"[..];
    /// let cover = UploadCoverImage::new(FilePart::new("cover.png", picture)).vids(["abcde123450f1e2d3c4b5a69788796a5_a"]);
    /// client.call(cover).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UploadCoverImage -> Ack;

    /// The same picture again leaves the same cover, so a lost answer may be repeated.
    post multipart "/v2/video/{userid}/uploadCoverImage" in Profile::V2, idempotent,
        timing(Duration::from_secs(60), Duration::from_secs(120));
    page "https://dev.polyv.net/2018/videoproduct/v-api/v-api-upload/uploadcoverimage/";

    optional {
        /// The videos. `vids` or `cataids` is needed. One text with commas on the wire.
        into vids: CommaList,
        /// The categories; they count only where there are no `vids`. One text with commas on the wire.
        into cataids: CommaList,
    }
    files {
        /// The picture, with a name. Its size limit is not documented.
        image: FilePart = "image",
    }

    check(self, checks) {
        rules::covered(checks, self.vids.as_ref(), self.cataids.as_ref());
        if self.image.name().trim().is_empty() {
            checks.refuse("V12", "image", "must have a name");
        }
        if self.image.content().is_empty() {
            checks.refuse("V12", "image", "must not be empty");
        }
    }
}
