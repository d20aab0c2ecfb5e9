//! `SetStreamCallback`.

use livecloud_core::Ack;
use livecloud_core::wire::Url;

use super::rules;
use crate::account::Profile;

operation! {
    /// Sets where the account's streams' beginnings and ends are told, or that they are not.
    ///
    /// Needs the account's [user id](crate::Account::user_id). **Without an address this switches the callback off.** A
    /// channel with settings of its own ([`UpdateCallbackSetting`](crate::UpdateCallbackSetting)) keeps those.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, SetStreamCallback};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(r#"{"code":200,"status":"success","message":"","data":"true"}"#));
    /// # let account = Account::new("app", "secret").user_id("1b448be323");
    /// # let client = Client::builder(account).transport(transport).build()?;
    /// client.call(SetStreamCallback::new().url("https://example.com/a-secret-path")).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq, Default)]
    pub struct SetStreamCallback -> Ack;

    /// Setting the same address twice leaves the account as setting it once does, so a lost answer may be repeated.
    post form "/live/v2/user/{userId}/set-stream-callback" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/account/set_stream_callback";

    optional {
        /// The address; absent, the callback is switched off.
        into url: Url,
    }

    check(self, checks) {
        rules::addresses(checks, &[("url", self.url.as_ref())], false);
    }
}
