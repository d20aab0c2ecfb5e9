//! The account: what it is, which channels it has, words it bans, lists and pictures.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{
    DIGITS,
    envelope::{failure, success_with},
    is_digits,
};
use crate::{
    answer::Answer,
    call::Call,
    demo,
    fields::{Field, choice, text, texts, words},
    operation::{Files, Operation, Shape},
    vendors::polyv,
    world::World,
};

/// How many channels an account may have here.
pub(super) const MOST_CHANNELS: usize = 100;

const ONE_CHANNEL: &[Field] = &[text("channelId").test(DIGITS, is_digits)];

const FILTER: &[Field] = &[text("categoryId"), text("keyword"), text("labelId")];

const WORDS: &[Field] = &[texts("words", 1, usize::MAX).required()];

const IMAGE: &[Field] = &[words(
    "type",
    &[
        "coverImage",
        "logoImage",
        "splashImage",
        "adminAvatar",
        "assistantAvatar",
        "authCodeImage",
        "warmImage",
        "adImage",
        "startAdImage",
        "stopAdImage",
        "goodImage",
        "invitationImage",
        "menuImage",
    ],
)
.required()];

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "GetUserInfo",
        method: Method::GET,
        path: "/live/v3/user/get-info",
        query: &[polyv::COMMON],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: user_info,
    },
    Operation {
        name: "ListChannelIds",
        method: Method::GET,
        path: "/live/v3/user/channels",
        query: &[polyv::COMMON, FILTER],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: channel_ids,
    },
    Operation {
        name: "AddBadwords",
        method: Method::POST,
        path: "/live/v2/chat/{userId}/addBadWords",
        query: &[],
        body: Shape::Form(&[polyv::COMMON, WORDS, ONE_CHANNEL]),
        quota: polyv::QUOTA,
        act: add_badwords,
    },
    Operation {
        name: "DownloadWhiteList",
        method: Method::GET,
        path: "/live/v3/channel/auth/download-white-list",
        query: &[polyv::COMMON, &[choice("rank", &[1, 2]).required()], ONE_CHANNEL],
        body: Shape::Empty,
        quota: polyv::QUOTA,
        act: white_list,
    },
    Operation {
        name: "UploadImage",
        method: Method::POST,
        path: "/live/v3/common/upload-image",
        query: &[],
        body: Shape::Multipart(&[polyv::COMMON, IMAGE], &[Files { field: "file", least: 1, most: 6, bytes: 2 << 20 }]),
        quota: polyv::QUOTA,
        act: upload_image,
    },
];

fn user_info(world: &mut World, _: &Call) -> Answer {
    let total = world.channels.snapshots().len();
    success_with(&json!({
        "userId": demo::POLYV_LIVE_USER_ID, "email": "demo@example.com", "maxChannels": MOST_CHANNELS,
        "totalChannels": total, "availableChannels": MOST_CHANNELS.saturating_sub(total),
    }))
}

/// Numbers without quotes, as the vendor writes them here.
fn channel_ids(world: &mut World, call: &Call) -> Answer {
    let wanted = |name: &str| call.query.filled(name);
    let fits = |channel: &Value| {
        let basic = &channel["basicSetting"];
        let holds = |text: &str| basic["name"].as_str().is_some_and(|name| name.contains(text));
        let category = &basic["categoryId"];
        let in_category = |id: &str| category == id || category.as_i64().is_some_and(|number| Ok(number) == id.parse());
        let has_label = |id: &str| basic["labelData"].as_array().is_some_and(|labels| labels.contains(&json!(id)));
        wanted("keyword").is_none_or(holds)
            && wanted("categoryId").is_none_or(in_category)
            && wanted("labelId").is_none_or(has_label)
    };
    let channels = world.channels.snapshots();
    let found = channels.iter().filter(|(_, channel)| fits(channel));
    let numbers: Vec<i64> = found.filter_map(|(id, _)| id.parse().ok()).collect();
    success_with(&json!({"channels": numbers}))
}

fn add_badwords(world: &mut World, call: &Call) -> Answer {
    if call.place("userId") != demo::POLYV_LIVE_USER_ID {
        return failure(call, 400, "userId is error");
    }
    let channel = call.form.filled("channelId").unwrap_or_default();
    if !channel.is_empty() && world.channels.get_mut(channel).is_none() {
        return failure(call, 404, "channel not found");
    }
    let words: Vec<String> = serde_json::from_str(call.form.filled("words").unwrap_or_default()).unwrap_or_default();
    let list = world.live_account.badwords.entry(channel.to_owned()).or_default();
    for word in words {
        if !list.contains(&word) {
            list.push(word);
        }
    }
    success_with(&json!({"count": list.len(), "userId": demo::POLYV_LIVE_USER_ID})).applied()
}

/// The first bytes of every `.xls`, and a word that says whose list it would be.
fn white_list(world: &mut World, call: &Call) -> Answer {
    let channel = call.query.filled("channelId").unwrap_or_default();
    if !channel.is_empty() && world.channels.get_mut(channel).is_none() {
        return failure(call, 404, "channel not found");
    }
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.extend_from_slice(format!("white list {channel}").as_bytes());
    Answer::new(StatusCode::OK, "application/vnd.ms-excel", file).code(200)
}

fn upload_image(world: &mut World, call: &Call) -> Answer {
    let mut address = |name: &str| {
        world.live_account.images += 1;
        format!("https://images.example/{}/{}/{name}", demo::POLYV_LIVE_USER_ID, world.live_account.images)
    };
    let addresses: Vec<_> = call.files.iter().map(|file| address(&file.name)).collect();
    success_with(&json!(addresses)).applied()
}
