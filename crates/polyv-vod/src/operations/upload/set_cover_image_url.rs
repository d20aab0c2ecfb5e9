//! `SetCoverImageUrl`.

use livecloud_core::Ack;
use livecloud_core::wire::{CommaList, Url};

use super::super::rules;
use crate::profile::Profile;

operation! {
    /// Makes a picture on the web the cover of videos or of categories. The vendor fetches it.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, SetCoverImageUrl};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":null}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// let cover = SetCoverImageUrl::new("http://img.example/cover.png").vids(["abcde123450f1e2d3c4b5a69788796a5_a"]);
    /// client.call(cover).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct SetCoverImageUrl -> Ack;

    /// The same picture again leaves the same cover, so a lost answer may be repeated.
    post form "/v2/video/{userid}/uploadCoverImageUrl" in Profile::V2, idempotent;
    page "https://dev.polyv.net/2018/videoproduct/v-api/v-api-upload/uploadcoverimageurl/";

    required {
        /// The picture's address: `http` only, the vendor fetches no `https`.
        into file_url: Url,
    }
    optional {
        /// The videos. `vids` or `cataids` is needed. One text with commas on the wire.
        into vids: CommaList,
        /// The categories; they count only where there are no `vids`. One text with commas on the wire.
        into cataids: CommaList,
    }

    check(self, checks) {
        rules::covered(checks, self.vids.as_ref(), self.cataids.as_ref());
        checks.http_url("V11", "fileUrl", Some(&self.file_url));
        if self.file_url.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:")) {
            checks.refuse("V11", "fileUrl", "must be http: the vendor fetches no https addresses");
        }
    }
}
