//! `InitUpload`.

use livecloud_core::wire;

use super::super::rules;
use super::credentials::{InitiatedUpload, UploadLine};
use crate::profile::Profile;

operation! {
    /// Begins an upload: the vendor reserves an id and hands out credentials for its object storage.
    ///
    /// The file itself goes to the storage afterwards, which then has to tell the vendor, or the video stays in upload for ever;
    /// this crate does not drive that yet. Give up where the file has more bytes than
    /// [`remain_space`](InitiatedUpload::remain_space).
    ///
    /// Without [`vid`](Self::vid) a new video is made; with it an upload goes on. Codes worth knowing are those of
    /// [`codes::v2`](crate::codes::v2): [`CATEGORY_NOT_FOUND`](crate::codes::v2::CATEGORY_NOT_FOUND),
    /// [`INIT_FAILED`](crate::codes::v2::INIT_FAILED), [`ACCOUNT_STATE`](crate::codes::v2::ACCOUNT_STATE).
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, InitUpload};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":{"vid":"v","dir":"d/","accessId":"STS.a"}}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// let upload = client.call(InitUpload::new(5_242_880).title("公开课 1").cataid("1")).await?;
    /// println!("{:?} goes to {:?}", upload.vid, upload.dir);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct InitUpload -> InitiatedUpload;

    /// A repeat would reserve a second video, so a lost answer is reported.
    post form "/v2/uploadvideo/{userid}/init" in Profile::V2;
    page "https://github.com/polyv/vod-upload-js-sdk";

    required {
        /// The file's size in bytes.
        #[serde(rename = "filesize")]
        set filesize: u64,
    }
    optional {
        /// Title. The server does not know the file's name: the vendor's SDK gives it here. Not while an upload goes on: it
        /// would change the title (inferred).
        into title: String,
        /// Description. The vendor's name has no final "e".
        into describ: String,
        /// The category; 1, the root, where absent.
        #[serde(rename = "cataid")]
        into cataid: String,
        /// Tags, with commas.
        into tag: String,
        /// Whether it is a screen recording. 0 or 1 on the wire.
        #[serde(with = "wire::opt_bit")]
        set luping: bool,
        /// Whether the source file is played, without transcoding. 0 or 1 on the wire.
        #[serde(rename = "keepsource", with = "wire::opt_bit")]
        set keepsource: bool,
        /// Your own text; the event of the finished upload brings it back.
        into state: String,
        /// The video whose upload goes on.
        into vid: String,
        /// Where to.
        set upload_line: UploadLine,
        /// Whether `domain` of the reply is to be the vendor's own upload domain.
        set is_cname: bool,
    }

    check(self, checks) {
        checks.range("V13", "filesize", Some(self.filesize), 1..=u64::MAX);
        let texts = [
            ("title", &self.title),
            ("describ", &self.describ),
            ("cataid", &self.cataid),
            ("tag", &self.tag),
            ("state", &self.state),
        ];
        rules::optional_texts(checks, &texts);
        if let Some(vid) = &self.vid {
            rules::vid(checks, "vid", vid);
            if self.title.is_some() {
                checks.warn("V14", "title", "may change the title of the video whose upload goes on");
            }
        }
        rules::upload_line(checks, self.upload_line.as_ref());
    }
    write(this, _account, draft) {
        // follows from `vid`, and cannot contradict it
        draft.params_mut().push("autoid", if this.vid.is_some() { "0" } else { "1" });
        // the kind of client whose signature this is
        draft.params_mut().push("uploadType", "java_sdk_chunk_v1");
    }
}
