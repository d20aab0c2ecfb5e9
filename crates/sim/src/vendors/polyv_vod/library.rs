//! How videos are found and written, for both kinds of accounts.

use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    notice::Notice,
    vendor::Vendor,
    wire::Pairs,
    world::{
        World,
        videos::{Video, Videos},
    },
};

/// Videos by the filters of a query, in its order.
pub(super) fn find<'w>(
    world: &'w World,
    call: &Call,
    categories: Option<&[String]>,
    sort: &str,
) -> Vec<(&'w str, &'w Video)> {
    let given = |name| call.query.filled(name);
    let moment = |name| given(name).and_then(|text| text.parse::<i64>().ok());
    let wanted_status: Option<Vec<_>> = given("status").map(|list| list.split(',').collect());
    let mut found = world.videos.living();
    found.retain(|(vid, video)| {
        let status = video.status().to_string();
        // 60 and 61 are one state
        let in_state = |wanted: &&str| *wanted == status || (*wanted == "60" && status == "61");
        categories.is_none_or(|list| list.contains(&video.category))
            && given("title").is_none_or(|text| video.text("title").contains(text) || *vid == text)
            && given("tag").is_none_or(|text| video.text("tag").contains(text))
            && given("uploader").is_none_or(|name| name == "demo")
            && wanted_status.as_ref().is_none_or(|list| list.iter().any(in_state))
            && moment("startTime").is_none_or(|from| video.created >= from)
            && moment("endTime").is_none_or(|until| video.created <= until)
            && moment("startModifyTime").is_none_or(|from| video.updated >= from)
            && moment("endModifyTime").is_none_or(|until| video.updated <= until)
            && given("encrypted") != Some("true")
            && given("playAuthEnable") != Some("true")
    });
    if sort.ends_with("Desc") {
        found.reverse();
    }
    found
}

/// Into the recycle bin, or for good; the customer is told.
pub(super) fn delete(world: &mut World, vids: &[&str], for_good: bool, now: i64) {
    for vid in vids {
        world.videos.delete(vid, for_good);
    }
    let kind = if for_good { "DeletePermanently" } else { "MoveToTrash" };
    let fields = json!({"vids": vids.join(","), "deleteType": kind});
    world.notices.push(Notice::new(Vendor::PolyvVod, "DeleteMediaComplete", fields, now));
}

/// One page of a list, as a query asks for it.
pub(super) fn page(query: &Pairs, all: Vec<Value>) -> Value {
    let number = |name, default| query.filled(name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(default);
    let (page, size) = (number("page", 1), number("pageSize", 10).max(1));
    let total = all.len();
    let contents: Vec<_> = all.into_iter().skip((page - 1) * size).take(size).collect();
    json!({
        "pageNumber": page, "pageSize": size, "totalItems": total, "totalPages": total.div_ceil(size),
        "contents": contents,
    })
}

/// A video in the parts that were asked for.
pub(super) fn info(videos: &Videos, vid: &str, video: &Video, parts: &str) -> Value {
    let category = videos.category(&video.category);
    let mut info = Map::from_iter([("vid".to_owned(), json!(vid))]);
    for part in parts.split(',') {
        let (name, value) = match part {
            "basicInfo" => (
                "basicInfo",
                json!({
                    "title": video.text("title"), "description": video.text("describ"), "tags": video.text("tag"),
                    "duration": 62, "coverURL": video.cover, "creationTime": video.created,
                    "updateTime": video.updated, "size": video.bytes, "status": video.status(),
                    "cateId": video.category, "cateName": category.map(|category| &category.name),
                    "uploader": "demo",
                }),
            ),
            "metaData" => (
                "metaData",
                json!({
                    "size": video.bytes, "format": "mp4", "duration": 62, "bitrate": 676, "fps": 25, "height": 720,
                    "width": 1280, "codec": "h264",
                }),
            ),
            "transcodeInfo" if !video.uploading => (
                "transcodeInfos",
                json!([{
                    "playUrl": format!("https://play.example/{vid}.m3u8"), "definition": "HD", "duration": 62,
                    "encrypt": false, "format": "m3u8", "fps": 25, "bitrate": 676, "height": 720, "width": 1280,
                    "status": "normal",
                }]),
            ),
            "snapshotInfo" => ("snapshotInfo", json!({"imageUrl": [video.cover]})),
            _ => continue,
        };
        info.insert(name.to_owned(), value);
    }
    Value::Object(info)
}

/// Puts videos into a category; those that are unknown stay where they are.
pub(super) fn put(videos: &mut Videos, vids: &str, category: &str, now: i64) {
    for vid in vids.split(',') {
        if let Some(video) = videos.get_mut(vid) {
            category.clone_into(&mut video.category);
            video.updated = now;
        }
    }
}

/// 32 characters, an underscore, and the first character again.
pub(super) fn is_vid(vid: &str) -> bool {
    let bytes = vid.as_bytes();
    let alphabet = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    bytes.len() == 34 && bytes[..32].iter().all(alphabet) && bytes[32] == b'_' && bytes[33] == bytes[0]
}
