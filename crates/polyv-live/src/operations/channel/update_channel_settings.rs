//! `UpdateChannelSettings`.

use livecloud_core::wire::{UnixMillis, Url};
use livecloud_core::{Ack, Secret};

use super::rules;
use crate::account::Profile;

operation! {
    /// Changes a channel's settings: a few of those of [`UpdateChannelBasic`](crate::UpdateChannelBasic), flat.
    ///
    /// What is left out stays as it is (inferred; the vendor does not say). Success means *accepted*: some of the vendor's
    /// setters answer so without effect, and reads may lag behind by a second or two.
    ///
    /// ```
    /// # use livecloud_core::test_util::{ReplayTransport, Step};
    /// # use polyv_live::{Account, Client, UpdateChannelSettings};
    /// # async fn run() -> Result<(), polyv_live::Error> {
    /// # let transport = ReplayTransport::always(Step::json(
    /// #     r#"{"code":200,"success":true,"data":{}}"#));
    /// # let client = Client::builder(Account::new("app", "secret")).transport(transport).build()?;
    /// client.call(UpdateChannelSettings::new("2191569").name("公开课").publisher("陈老师")).await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run()).unwrap();
    /// ```
    #[derive(Eq)]
    pub struct UpdateChannelSettings -> Ack;

    /// Setting the same values twice leaves the channel as setting them once does, so a lost answer may be repeated.
    post json "/live/v4/channel/update" in Profile::Api, idempotent;
    page "https://help.polyv.net/#/live/api/v4/channel/update";

    query {
        /// The channel's number: digits. Signed and sent in the query, whatever the body holds.
        channel_id = "channelId",
    }
    optional {
        /// The channel's name; creating one allows at most 100 characters.
        into name: String,
        /// The host's name.
        into publisher: String,
        /// When it starts. 0 hides it (inferred from `UpdateChannelBasic`).
        into start_time: UnixMillis,
        /// When it ends.
        into end_time: UnixMillis,
        /// Address of the channel's icon. The vendor's servers must be able to fetch it.
        into cover_img: Url,
        /// Address of the splash page's picture. The vendor's servers must be able to fetch it.
        into splash_img: Url,
        /// Introduction; may hold HTML.
        into desc: String,
        /// Where it is published, in the vendor's words.
        into publishing_region: String,
        /// The channel's password; creating one allows 6 to 16 characters.
        #[serde(with = "livecloud_core::wire::opt_secret")]
        into password: Secret,
    }

    check(self, checks) {
        checks.digits("L01", "channelId", &self.channel_id);
        if self.name.as_ref().is_some_and(|name| name.chars().count() > 100) {
            checks.warn("L49", "name", "should have at most 100 characters");
        }
        if self.password.as_ref().is_some_and(|password| !(6..=16).contains(&password.expose().chars().count())) {
            checks.warn("L49", "password", "should have 6..=16 characters");
        }
        rules::millis(checks, "startTime", self.start_time.map(|time| time.0), true);
        rules::millis(checks, "endTime", self.end_time.map(|time| time.0), false);
        if *self == Self::new(&*self.channel_id) {
            checks.warn("L06", "channelId", "is all there is: this update changes nothing");
        }
    }
}
