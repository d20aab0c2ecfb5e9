//! `CreatePlaysafeToken`.

use livecloud_core::wire;

use super::super::rules;
use super::token::PlaysafeToken;
use crate::profile::Profile;

operation! {
    /// Makes a token with which a viewer may play an encrypted video.
    ///
    /// A living token for the same video, viewer, address and [`iswxa`](Self::iswxa) is returned again, and lives longer.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_vod::{Account, Client, CreatePlaysafeToken};
    /// # async fn run() -> Result<(), polyv_vod::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"status":"success","message":"success","data":{"token":"t","ttl":600000}}"#));
    /// # let client = Client::builder(Account::main("abcde12345", "key")).transport(transport).build()?;
    /// let ask = CreatePlaysafeToken::new("abcde123450f1e2d3c4b5a69788796a5_a", "viewer-7").viewer_ip("203.0.113.7");
    /// let token = client.call(ask).await?;
    /// let for_the_player: &str = token.token.expose();
    /// # assert_eq!(for_the_player, "t");
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct CreatePlaysafeToken -> PlaysafeToken;

    /// A repeat returns the same token, or at worst makes a second one that nobody uses.
    post form "/service/v1/token" in Profile::Playsafe, idempotent;
    page "https://dev.polyv.net/2019/videoproduct/v-api/v-api-play/create-playsafe-token/";

    required {
        /// The video, with its suffix.
        into video_id: String,
        /// The viewer: one id for each.
        into viewer_id: String,
    }
    optional {
        /// The viewer's address. Where absent the vendor takes the caller's, which is your server's: give it.
        into viewer_ip: String,
        /// The viewer's name.
        into viewer_name: String,
        /// How long the token lives, in seconds; 600 where absent.
        set expires: u64,
        /// Whether it opens one playback only.
        set disposable: bool,
        /// Whether it is for a WeChat mini-program. 0 or 1 on the wire.
        #[serde(with = "wire::opt_bit")]
        set iswxa: bool,
        /// Data of your own.
        into extra_params: String,
    }

    check(self, checks) {
        rules::vid(checks, "videoId", &self.video_id);
        checks.not_blank("V01", "viewerId", Some(&self.viewer_id));
        let texts = [
            ("viewerIp", &self.viewer_ip),
            ("viewerName", &self.viewer_name),
            ("extraParams", &self.extra_params),
        ];
        rules::optional_texts(checks, &texts);
        checks.range("V15", "expires", self.expires, 1..=u64::MAX);
    }
}
