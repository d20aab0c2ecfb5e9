//! `GetUploadToken`.

use super::super::rules;
use super::credentials::{UploadCredentials, UploadLine};
use crate::profile::Profile;

operation! {
    /// Returns fresh credentials for an upload that [`InitUpload`](crate::InitUpload) has begun.
    ///
    /// Only the credentials may be relied on: place (`dir`), `vid` and callback stay those of the beginning.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, GetUploadToken};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":{"accessId":"STS.a","accessKey":"k","token":"t","validityTime":3600}}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// let credentials = client.call(GetUploadToken::new()).await?;
    /// println!("good for {:?} s", credentials.validity_time);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct GetUploadToken -> UploadCredentials;

    /// It changes nothing: the older credentials live on.
    get query "/v2/uploadvideo/{userid}/token" in Profile::V2, safe;
    page "https://github.com/polyv/vod-upload-js-sdk";

    optional {
        /// Where to.
        set upload_line: UploadLine,
        /// Whether `domain` of the reply is to be the vendor's own upload domain.
        set is_cname: bool,
    }

    check(self, checks) {
        rules::upload_line(checks, self.upload_line.as_ref());
    }
}
