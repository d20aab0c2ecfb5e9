//! `UpdateVideoInfoV3`.

use std::time::Duration;

use livecloud_core::Ack;
use livecloud_core::wire::Url;

use super::super::rules;
use crate::profile::Profile;

operation! {
    /// Changes a video's title, description, tags or external link, as a sub-account.
    ///
    /// What is left out stays as it is (inferred; the vendor does not say). Nothing can be cleared: an empty text takes no
    /// part in the signature, so the vendor cannot tell it from an absent one. No length limits are documented.
    ///
    /// Errors worth knowing: [`INVALID_VID`](crate::codes::INVALID_VID); [`UPLOADING`](crate::codes::UPLOADING) while the
    /// upload or first processing runs, which is retried briefly and may last minutes; for a wrong secret
    /// [`WRONG_SIGNATURE`](crate::codes::WRONG_SIGNATURE).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, UpdateVideoInfoV3};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"status":"success","error":null,"data":null}"#));
    /// # let client = Client::builder(Account::sub("app", "secret")).transport(transport).build()?;
    /// let update = UpdateVideoInfoV3::new("1b448be3230a0194d959426ae005645f_1").title("公开课 1").tag("课程,公开");
    /// client.call(update).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UpdateVideoInfoV3 -> Ack;

    /// Setting the same texts twice leaves the video as setting them once does, so a lost answer may be repeated.
    ///
    /// The pause before a repeat is at least 3 s: a video that is still uploading (3100) stays so for minutes, and a
    /// quicker repeat would only use up an attempt; a longer pause would push the repeat of a lost answer, which waited
    /// for its 10 s already, out of the deadline.
    post form "/v3/video/update-info" in Profile::V3, idempotent, retry_floor(Duration::from_secs(3));
    page "https://dev.polyv.net/2020/videoproduct/v-api/v-api-subaccount/update-video-info/";

    required {
        /// The video's id: 32 characters, `_`, and the first character again.
        into vid: String,
    }
    optional {
        /// Title.
        into title: String,
        /// Description. The vendor's name has no final "e".
        into describ: String,
        /// Tags, as one text.
        into tag: String,
        /// External link.
        into publish_url: Url,
    }

    check(self, checks) {
        rules::vid(checks, "vid", &self.vid);
        for (path, text) in self.texts() {
            checks.not_blank("V03", path, text);
        }
        if self.texts().iter().all(|(_, text)| text.is_none()) {
            checks.warn("V04", "vid", "is all there is: this update changes nothing");
        }
    }
}

impl UpdateVideoInfoV3 {
    fn texts(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("title", self.title.as_deref()),
            ("describ", self.describ.as_deref()),
            ("tag", self.tag.as_deref()),
            ("publishUrl", self.publish_url.as_deref()),
        ]
    }
}
