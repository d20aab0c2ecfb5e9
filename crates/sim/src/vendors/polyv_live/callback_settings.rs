//! Where the customer wants events to go. The simulator remembers it, and sends them where the test says.

use http::Method;
use serde_json::{Map, Value, json};

use super::{
    DIGITS,
    envelope::{failure, success, success_v4, success_with},
    is_digits,
};
use crate::{
    answer::Answer,
    call::Call,
    demo,
    fields::{Field, flag, text, words},
    operation::{Operation, Shape},
    vendors::polyv,
    world::World,
};

const CHANNEL: &[Field] = &[text("channelId").required().test(DIGITS, is_digits)];

const fn url(name: &'static str) -> Field {
    text(name).test(URL, is_url_or_empty)
}

const URL: &str = "must begin with http:// or https://";

const KINDS: &[&str] = &["m3u8", "mp4", "m3u8,mp4", "mp4,m3u8"];

const ONE: &[Field] = &[url("url")];

const OF_CHANNEL: &[Field] = &[
    words("recordCallbackVideoType", KINDS),
    url("recordCallbackUrl"),
    url("playbackCallbackUrl"),
    url("streamCallbackUrl"),
    url("pptRecordCallbackUrl"),
    url("liveScanCallbackUrl"),
    url("playbackCacheCallbackUrl"),
    url("subtitleCallbackUrl"),
    url("liveViolationCutoffCallbackUrl"),
    url("customBookingCallbackUrl"),
];

/// What [`OF_CHANNEL`] has and the read shows.
const SHOWN: [&str; 7] = [
    "recordCallbackUrl",
    "playbackCallbackUrl",
    "streamCallbackUrl",
    "liveScanCallbackUrl",
    "recordCallbackVideoType",
    "playbackCacheCallbackUrl",
    "pptRecordCallbackUrl",
];

const OF_ACCOUNT: &[Field] = &[
    url("recordCallbackUrl"),
    words("recordFileCallBackType", &["all", "last"]),
    words("recordCallbackVideoType", KINDS),
    url("playbackCallbackUrl"),
    flag("rebirthVodCallbackEnabled"),
    url("pptRecordCallbackUrl"),
    url("streamCallbackUrl"),
    url("channelBasicUpdateCallbackUrl"),
    url("liveScanCallbackUrl"),
    url("playbackCacheCallbackUrl"),
    url("aiPptVideoCallbackUrl"),
    url("liveViolationCutoffCallbackUrl"),
    url("liveStatsCallbackUrl"),
];

/// One address of the account each.
const fn setter(name: &'static str, path: &'static str, act: fn(&mut World, &Call) -> Answer) -> Operation {
    let body = Shape::Form(&[polyv::COMMON, ONE]);
    Operation { name, method: Method::POST, path, query: &[], body, quota: polyv::QUOTA, act }
}

pub(super) static OPERATIONS: &[Operation] = &[
    setter("SetStreamCallback", "/live/v2/user/{userId}/set-stream-callback", |world, call| {
        set(world, call, "streamCallbackUrl")
    }),
    setter("SetRecordCallback", "/live/v2/user/{userId}/set-record-callback", |world, call| {
        set(world, call, "recordCallbackUrl")
    }),
    setter("SetPlaybackCallback", "/live/v2/user/{userId}/set-playback-callback", |world, call| {
        set(world, call, "playbackCallbackUrl")
    }),
    Operation {
        name: "GetCallbackSetting",
        method: Method::GET,
        path: "/live/v3/channel/callback/get-setting",
        query: &[polyv::COMMON, CHANNEL],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: get_of_channel,
    },
    Operation {
        name: "UpdateCallbackSetting",
        method: Method::POST,
        path: "/live/v3/channel/callback/update-setting",
        query: &[],
        body: Shape::Form(&[polyv::COMMON, CHANNEL, OF_CHANNEL]),
        quota: polyv::QUOTA,
        act: update_of_channel,
    },
    Operation {
        name: "GetGlobalCallback",
        method: Method::GET,
        path: "/live/v4/user/global-setting/callback/get",
        query: &[polyv::COMMON],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: |world, call| success_v4(call, &Value::Object(world.live_account.callbacks.clone())),
    },
    Operation {
        name: "UpdateGlobalCallback",
        method: Method::POST,
        path: "/live/v4/user/global-setting/callback/update",
        query: &[polyv::COMMON],
        body: Shape::Json(&[OF_ACCOUNT]),
        quota: polyv::QUOTA,
        act: update_of_account,
    },
];

fn is_url_or_empty(url: &str) -> bool {
    url.is_empty() || url.starts_with("http://") || url.starts_with("https://")
}

/// Without an address the callback is switched off.
fn set(world: &mut World, call: &Call, name: &str) -> Answer {
    if call.place("userId") != demo::POLYV_LIVE_USER_ID {
        return failure(call, 400, "userId is error");
    }
    match call.form.filled("url") {
        Some(url) => world.live_account.callbacks.insert(name.to_owned(), json!(url)),
        None => world.live_account.callbacks.remove(name),
    };
    success("true").applied()
}

fn get_of_channel(world: &mut World, call: &Call) -> Answer {
    let channel = call.query.filled("channelId").unwrap_or_default();
    if world.channels.get_mut(channel).is_none() {
        return failure(call, 404, "channel not found");
    }
    let own = world.live_account.channel_callbacks.get(channel);
    let setting = own.unwrap_or(&world.live_account.callbacks);
    let shown = |name: &str| (name.to_owned(), setting.get(name).cloned().unwrap_or_else(|| json!("")));
    let mut shown: Map<_, _> = SHOWN.into_iter().map(shown).collect();
    shown.insert("globalSettingEnabled".to_owned(), json!(if own.is_some() { "N" } else { "Y" }));
    success_with(&Value::Object(shown))
}

/// What is left out is switched off.
fn update_of_channel(world: &mut World, call: &Call) -> Answer {
    let channel = call.form.filled("channelId").unwrap_or_default();
    if world.channels.get_mut(channel).is_none() {
        return failure(call, 404, "channel not found");
    }
    let given = call.form.iter().filter(|(name, value)| name.contains("Callback") && !value.is_empty());
    let setting = given.map(|(name, value)| (name.to_owned(), json!(value))).collect();
    world.live_account.channel_callbacks.insert(channel.to_owned(), setting);
    success("success").applied()
}

/// Absent members stay as they are, empty ones are switched off.
fn update_of_account(world: &mut World, call: &Call) -> Answer {
    for (name, value) in &call.json {
        if value == "" {
            world.live_account.callbacks.remove(name);
        } else {
            world.live_account.callbacks.insert(name.clone(), value.clone());
        }
    }
    success_v4(call, &json!(true)).applied()
}
