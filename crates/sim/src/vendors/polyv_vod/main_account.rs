//! What the main account does: videos, lists, categories.

use serde_json::{Value, json};

use super::{
    envelope::{failure, success},
    library::{self, is_vid},
    sub_account::PAGE,
};
use crate::{
    answer::Answer,
    call::Call,
    fields::{Field, choice, text, whole, words},
    operation::Operation,
    vendors::polyv::{get, post},
    world::{
        World,
        videos::{ROOT, Video, Videos},
    },
};

/// Parameters of every signed call.
pub(super) const COMMON: &[Field] =
    &[whole("ptime", 0, i64::MAX).required(), text("sign").required(), text("requestId")];

const SEARCH: &[Field] = &[
    text("userid").required(),
    text("filters"),
    whole("cateId", 0, i64::MAX),
    text("title"),
    text("tag"),
    text("uploader"),
    text("status"),
    words("containSubCate", &["true", "false"]),
    whole("startTime", 0, i64::MAX),
    whole("endTime", 0, i64::MAX),
    whole("startModifyTime", 0, i64::MAX),
    whole("endModifyTime", 0, i64::MAX),
    words("encrypted", &["true", "false"]),
    words("playAuthEnable", &["true", "false"]),
    words("sort", &["creationTimeAsc", "creationTimeDesc", "playTimesAsc", "playTimesDesc"]),
];

const NEW: &[Field] = &[
    text("catatree"),
    text("startDate"),
    text("endDate"),
    text("startTime"),
    text("endTime"),
    choice("published", &[0, 1]),
];

pub(super) static OPERATIONS: &[Operation] = &[
    get(
        "GetVideo",
        "/v2/video/{userid}/get-video-msg",
        &[COMMON, &[text("vid").required().test("invalid.", is_vid)]],
        get_video,
    ),
    get(
        "GetVideoInfo",
        "/v2/video/{userid}/get-video-info",
        &[COMMON, &[text("vid").required(), text("userid")]],
        get_infos,
    ),
    get("SearchVideos", "/v2/video/search-videos", &[COMMON, SEARCH, PAGE], search),
    post("ListNewVideos", "/v2/video/{userid}/get-new-list", &[COMMON, NEW, PAGE], list_new),
    post("ListCategories", "/v2/video/{userid}/cataJson", &[COMMON, &[text("cataid")]], list_categories),
    post(
        "MoveVideosToCategory",
        "/v2/video/{userid}/changeCata",
        &[COMMON, &[text("vids").required(), text("cataid").required()]],
        move_videos,
    ),
    post(
        "DeleteVideo",
        "/v2/video/{userid}/del-video",
        &[COMMON, &[text("vid").required(), choice("deleteType", &[1, 2])]],
        delete_video,
    ),
];

pub(super) fn invalid_vid(call: &Call) -> Answer {
    failure(call, 400, "vid invalid.")
}

/// A video in the older form.
fn written(videos: &Videos, vid: &str, video: &Video) -> Value {
    let category = videos.category(&video.category);
    json!({
        "vid": vid, "title": video.text("title"), "context": video.text("describ"), "tag": video.text("tag"),
        "cataid": video.category, "cataname": category.map(|category| &category.name),
        "status": video.status().to_string(), "ptime": "2021-05-26 10:00:00", "duration": "00:01:02", "times": "7",
        "df": 1, "seed": 0, "keepsource": "0", "first_image": video.cover, "images": [video.cover],
        "mp4": format!("https://play.example/{vid}.mp4"), "hls": [format!("https://play.example/{vid}.m3u8")],
        "filesize": [video.bytes], "source_filesize": video.bytes.to_string(), "playerwidth": "600",
        "playerheight": "337", "uploader": {"email": "demo@example.com", "name": "demo", "role": "main"},
    })
}

fn get_video(world: &mut World, call: &Call) -> Answer {
    let vid = call.query.filled("vid").unwrap_or_default();
    let found: Vec<_> = world.videos.get(vid).map(|video| written(&world.videos, vid, video)).into_iter().collect();
    success(call, &json!(found))
}

fn get_infos(world: &mut World, call: &Call) -> Answer {
    let vids = call.query.filled("vid").unwrap_or_default();
    if vids.split(',').count() > 100 {
        return failure(call, 400, "vid count can't over 100");
    }
    let parts = "basicInfo,metaData,transcodeInfo,snapshotInfo";
    let found = vids.split(',').filter_map(|vid| Some((vid, world.videos.get(vid)?)));
    let found: Vec<_> = found.map(|(vid, video)| library::info(&world.videos, vid, video, parts)).collect();
    success(call, &json!(found))
}

fn search(world: &mut World, call: &Call) -> Answer {
    let category = call.query.filled("cateId").map(|id| {
        let with_children = call.query.filled("containSubCate") != Some("false");
        if with_children { world.videos.with_children(id) } else { vec![id.to_owned()] }
    });
    let sort = call.query.filled("sort").unwrap_or("creationTimeAsc");
    let parts = call.query.filled("filters").unwrap_or("basicInfo");
    let found = library::find(world, call, category.as_deref(), sort);
    let found = found.into_iter().map(|(vid, video)| library::info(&world.videos, vid, video, parts)).collect();
    success(call, &library::page(&call.query, found))
}

fn list_new(world: &mut World, call: &Call) -> Answer {
    let below = call.form.filled("catatree").and_then(|path| path.rsplit(',').next());
    let categories = below.map(|id| world.videos.with_children(id));
    let mut found = world.videos.living();
    found.retain(|(_, video)| {
        categories.as_ref().is_none_or(|list| list.contains(&video.category))
            && (call.form.filled("published") != Some("1") || video.status() == 61)
    });
    found.reverse();
    let found = found.into_iter().map(|(vid, video)| written(&world.videos, vid, video)).collect();
    success(call, &library::page(&call.form, found))
}

fn list_categories(world: &mut World, call: &Call) -> Answer {
    let top = call.form.filled("cataid").unwrap_or(ROOT);
    if world.videos.category(top).is_none() {
        return failure(call, 400, "cataid不存在.");
    }
    success(call, &json!(tree(&world.videos, top, "")))
}

/// A category with all below it; in a list, as the vendor has it.
fn tree(videos: &Videos, id: &str, path: &str) -> Vec<Value> {
    let path = if path.is_empty() { id.to_owned() } else { format!("{path},{id}") };
    let below = videos.with_children(id);
    let count = videos.living().iter().filter(|(_, video)| below.contains(&video.category)).count();
    let children = videos.categories.iter().filter(|child| child.parent == id);
    let nodes: Vec<_> = children.flat_map(|child| tree(videos, &child.id, &path)).collect();
    let write = |category: &crate::world::videos::Category| {
        json!({
            "text": format!("{}({count})", category.name), "cataname": category.name, "catatree": path,
            "cataid": category.id, "parentid": category.parent, "videos": count, "nodes": nodes,
        })
    };
    videos.category(id).map(write).into_iter().collect()
}

fn move_videos(world: &mut World, call: &Call) -> Answer {
    let category = call.form.filled("cataid").unwrap_or_default();
    let vids = call.form.filled("vids").unwrap_or_default();
    if world.videos.category(category).is_none() {
        return failure(call, 400, "illegal cataid");
    }
    if vids.split(',').any(|vid| world.videos.get(vid).is_none()) {
        return invalid_vid(call);
    }
    library::put(&mut world.videos, vids, category, call.unix_millis());
    success(call, &json!(true)).applied()
}

fn delete_video(world: &mut World, call: &Call) -> Answer {
    let vids: Vec<_> = call.form.filled("vid").unwrap_or_default().split(',').collect();
    if vids.len() > 500 {
        return failure(call, 400, "vid count can't over 500");
    }
    if vids.iter().all(|vid| world.videos.get(vid).is_none()) {
        return failure(call, 402, "cannot find the video.");
    }
    library::delete(world, &vids, call.form.filled("deleteType") == Some("2"), call.unix_millis());
    success(call, &json!("success")).applied()
}
