//! The credentials and ids every simulator starts with.
//!
//! Nothing here is a secret: the ZEGO pair and the sample ids are printed in the vendors' documentation, the rest is
//! made up.

/// ZEGO AppId.
pub const ZEGO_APP_ID: u32 = 12345;
/// ZEGO ServerSecret, from the vendor's published signing sample.
pub const ZEGO_SERVER_SECRET: &str = "9193cc662a4c0ec135ec71fb57194b38";
/// ZEGO CallbackSecret: it signs callbacks, and nothing else.
pub const ZEGO_CALLBACK_SECRET: &str = "demo-zego-callback-secret";
/// The room of the players here, but for [`ZEGO_PLAYLIST_PLAYER`].
pub const ZEGO_ROOM: &str = "room_1";
/// The room of [`ZEGO_PLAYLIST_PLAYER`].
pub const ZEGO_OTHER_ROOM: &str = "room_2";
/// A player that plays one source; its last `Sequence` is 0.
pub const ZEGO_PLAYER: &str = "player_1";
/// A player that is paused.
pub const ZEGO_PAUSED_PLAYER: &str = "player_2";
/// A player made from a list of sources.
pub const ZEGO_PLAYLIST_PLAYER: &str = "player_list";
/// A player that is still being created: updating or deleting it is answered with 350006009.
pub const ZEGO_CREATING_PLAYER: &str = "player_creating";
/// A player that has been destroyed.
pub const ZEGO_DESTROYED_PLAYER: &str = "player_destroyed";
/// An upload task that waits: it can be cancelled.
pub const ZEGO_WAITING_UPLOAD: &str = "upload_waiting";
/// An upload task that is uploading; it is too late to cancel it.
pub const ZEGO_RUNNING_UPLOAD: &str = "upload_running";
/// An upload task that waits for its second attempt; it is too late to cancel it.
pub const ZEGO_RETRYING_UPLOAD: &str = "upload_retrying";
/// An upload task that has succeeded.
pub const ZEGO_FINISHED_UPLOAD: &str = "upload_finished";
/// An upload task that has failed.
pub const ZEGO_FAILED_UPLOAD: &str = "upload_failed";
/// An upload task that was cancelled: asking again is answered with 350006011.
pub const ZEGO_CANCELLED_UPLOAD: &str = "upload_cancelled";
/// An upload task whose file has expired.
pub const ZEGO_EXPIRED_UPLOAD: &str = "upload_expired";

/// AppId of a healthy POLYV VOD sub-account.
pub const POLYV_VOD_APP_ID: &str = "demoAppId9";
/// Secret of every POLYV VOD sub-account here.
pub const POLYV_VOD_APP_SECRET: &str = "DemoSubSecret02";
/// `userid` of the POLYV VOD main account; its videos' ids begin with it.
pub const POLYV_VOD_USER_ID: &str = "abcde12345";
/// Secret key of the POLYV VOD main account, which signs its calls, and callbacks.
pub const POLYV_VOD_SECRET_KEY: &str = "DemoSecretKey01";
/// An application whose sub-account is gone (102).
pub const POLYV_VOD_ORPHAN_APP_ID: &str = "demoOrphan1";
/// An application whose sub-account has expired (103).
pub const POLYV_VOD_EXPIRED_APP_ID: &str = "demoExpired";
/// An application whose sub-account may not edit videos (105).
pub const POLYV_VOD_LIMITED_APP_ID: &str = "demoLimited";
/// A published video.
pub const POLYV_VOD_VIDEO: &str = "abcde123450f1e2d3c4b5a69788796a5_a";
/// A second published video.
pub const POLYV_VOD_OTHER_VIDEO: &str = "abcde1234511e2d3c4b5a697887960f1_a";
/// A video that is still uploading: edits are answered with 3100.
pub const POLYV_VOD_UPLOADING_VIDEO: &str = "abcde12345ffffffffffffffffffffff_a";

/// A category of POLYV VOD below the root, which is `1`.
pub const POLYV_VOD_CATEGORY: &str = "1602300731843";
/// A category in [`POLYV_VOD_CATEGORY`].
pub const POLYV_VOD_CHILD_CATEGORY: &str = "1602300731844";

/// POLYV Live appId.
pub const POLYV_LIVE_APP_ID: &str = "demoApp01";
/// POLYV Live appSecret; it signs callbacks, too.
pub const POLYV_LIVE_APP_SECRET: &str = "demo-secret-0123456789abcdef";
/// The user id of the POLYV Live account, which some older operations want.
pub const POLYV_LIVE_USER_ID: &str = "1b448be323";
/// A channel of the three-split-screen scene, with [`POLYV_LIVE_ACCOUNT`] and [`POLYV_LIVE_OTHER_ACCOUNT`].
pub const POLYV_LIVE_CHANNEL: &str = "2191541";
/// The channel of the documentation's second sample.
pub const POLYV_LIVE_BASIC_CHANNEL: &str = "2191569";
/// The channel of the documentation's code sample, with role `0062149710`.
pub const POLYV_LIVE_SAMPLE_CHANNEL: &str = "2149710";
/// A session of [`POLYV_LIVE_SAMPLE_CHANNEL`], an hour on the 24th of May 2021.
pub const POLYV_LIVE_SESSION: &str = "demosession";
/// A channel of another scene (`topclass`), which has no page-turning right; its role is `0052191600`.
pub const POLYV_LIVE_PLAIN_CHANNEL: &str = "2191600";
/// A role (assistant) of [`POLYV_LIVE_CHANNEL`]; text, the leading zeros count.
pub const POLYV_LIVE_ACCOUNT: &str = "0052191541";
/// Another role of [`POLYV_LIVE_CHANNEL`].
pub const POLYV_LIVE_OTHER_ACCOUNT: &str = "0062191541";

/// anyRTC App ID.
pub const ANYRTC_APP_ID: &str = "0123456789abcdef0123456789abcdef";
/// A second App ID of the same customer; it has its own quota, and its resource ids are its own.
pub const ANYRTC_OTHER_APP_ID: &str = "fedcba9876543210fedcba9876543210";
/// anyRTC customer id.
pub const ANYRTC_CUSTOMER_ID: &str = "customerId";
/// anyRTC customer secret.
pub const ANYRTC_CUSTOMER_SECRET: &str = "customerSecret";
/// The secret anyRTC hands out for callbacks.
pub const ANYRTC_CALLBACK_SECRET: &str = "demo-anyrtc-callback-secret";
/// The channel of the documentation's samples; any legal name works.
pub const ANYRTC_CNAME: &str = "httpClient463224";
/// The recorder's uid of the documentation's samples; any legal uid works.
pub const ANYRTC_UID: &str = "527841";

/// An input of every typed operation by its name, as JSON in the vendors' own names, with which it succeeds in a fresh
/// simulator. `{resourceid}` and `{sid}` stand for what anyRTC's `Acquire` and `Start` have answered.
#[must_use]
pub fn inputs() -> serde_json::Map<String, serde_json::Value> {
    serde_json::from_str(include_str!("demo/inputs.json")).unwrap_or_default()
}
