//! What sub-accounts do: their videos and categories.

use serde_json::{Map, Value, json};

use super::{
    envelope::{failure, success},
    library::{self, is_vid},
};
use crate::{
    answer::Answer,
    call::Call,
    demo,
    fields::{Field, choice, flag, text, whole, words},
    operation::Operation,
    vendors::polyv::{self, get, post},
    world::{World, videos::Category},
};

const UPDATE_INFO: &[Field] =
    &[text("vid").required(), text("title"), text("describ"), text("tag"), text("publishUrl")];

const LIST: &[Field] = &[
    text("cateId"),
    text("title"),
    text("uploader"),
    text("status"),
    flag("containSubCate"),
    whole("startTime", 0, i64::MAX),
    whole("endTime", 0, i64::MAX),
    words("sort", &["creationTimeDesc", "creationTimeAsc"]),
];

pub(super) const PAGE: &[Field] = &[whole("page", 1, i64::MAX), whole("pageSize", 1, 1000)];

const PROFILE: &[Field] = &[
    text("cateId").required(),
    text("userId").required(),
    flag("enabled"),
    choice("keepSource", &[0, 1]),
    choice("encrypt", &[0, 1]),
    words("encryptLevel", &["open", "web", "app", "wxa_app"]),
    choice("isEdu", &[0, 1]),
    choice("encodeAAC", &[0, 1]),
];

pub(super) static OPERATIONS: &[Operation] = &[
    get("ListVideosV3", "/v3/video/list-video", &[polyv::COMMON, LIST, PAGE], list_videos),
    get(
        "GetVideoInfoV3",
        "/v3/video/get-video-info",
        &[polyv::COMMON, &[text("vids").required(), text("filter")]],
        get_videos,
    ),
    post("UpdateVideoInfoV3", "/v3/video/update-info", &[polyv::COMMON, UPDATE_INFO], update_info),
    post(
        "UpdateVideoCategoryV3",
        "/v3/video/update-category",
        &[polyv::COMMON, &[text("vids").required(), text("cateId")]],
        update_category_of_videos,
    ),
    post("DeleteVideoV3", "/v3/video/delete-video", &[polyv::COMMON, &[text("vid").required()]], delete_video),
    get("GetCategoryV3", "/v3/category/get", &[polyv::COMMON, &[text("cateId").required()], PAGE], get_category),
    post(
        "AddCategoryV3",
        "/v3/category/add",
        &[polyv::COMMON, &[text("name").required(), text("parentId")]],
        add_category,
    ),
    post(
        "UpdateCategoryV3",
        "/v3/category/update-info",
        &[polyv::COMMON, &[text("cateId").required(), text("cateName").required()]],
        rename_category,
    ),
    post("DeleteCategoryV3", "/v3/category/delete", &[polyv::COMMON, &[text("cateId").required()]], delete_category),
    post("UpdateCategoryProfileV3", "/v3/category/update-profile", &[polyv::COMMON, PROFILE], update_profile),
];

pub(super) fn invalid_vid(call: &Call) -> Answer {
    failure(call, 2000, "invalid vid")
}

fn no_category(call: &Call) -> Answer {
    failure(call, 3001, "category not exist")
}

fn done(call: &Call) -> Answer {
    success(call, &Value::Null).applied()
}

fn list_videos(world: &mut World, call: &Call) -> Answer {
    let category = call.query.filled("cateId").map(|id| {
        let with_children = call.query.filled("containSubCate") == Some("Y");
        if with_children { world.videos.with_children(id) } else { vec![id.to_owned()] }
    });
    let found =
        library::find(world, call, category.as_deref(), call.query.filled("sort").unwrap_or("creationTimeDesc"));
    let found = found.into_iter().map(|(vid, video)| library::info(&world.videos, vid, video, "basicInfo")).collect();
    success(call, &library::page(&call.query, found))
}

fn get_videos(world: &mut World, call: &Call) -> Answer {
    let parts = call.query.filled("filter").unwrap_or("basicInfo,metaData,transcodeInfo,snapshotInfo");
    let vids = call.query.filled("vids").unwrap_or_default().split(',');
    let found: Vec<_> =
        vids.filter_map(|vid| Some(library::info(&world.videos, vid, world.videos.get(vid)?, parts))).collect();
    success(call, &json!(found))
}

/// `UpdateVideoInfoV3`. Only non-empty fields change anything; a text cannot be cleared.
fn update_info(world: &mut World, call: &Call) -> Answer {
    let vid = call.form.filled("vid").unwrap_or_default();
    let Some(video) = world.videos.get_mut(vid).filter(|_| is_vid(vid)) else {
        return invalid_vid(call);
    };
    if video.uploading {
        return failure(call, 3100, "上传中不允许修改");
    }
    for (name, value) in &mut video.info {
        if let Some(text) = call.form.filled(name) {
            *value = json!(text);
        }
    }
    video.updated = call.unix_millis();
    done(call)
}

fn update_category_of_videos(world: &mut World, call: &Call) -> Answer {
    let category = call.form.filled("cateId").unwrap_or_default();
    let vids = call.form.filled("vids").unwrap_or_default();
    if vids.split(',').any(|vid| world.videos.get(vid).is_none()) {
        return invalid_vid(call);
    }
    if world.videos.category(category).is_none() {
        return no_category(call);
    }
    library::put(&mut world.videos, vids, category, call.unix_millis());
    done(call)
}

fn delete_video(world: &mut World, call: &Call) -> Answer {
    let vid = call.form.filled("vid").unwrap_or_default();
    if world.videos.get(vid).is_none() {
        return invalid_vid(call);
    }
    library::delete(world, &[vid], false, call.unix_millis());
    done(call)
}

fn node(category: &Category) -> Value {
    json!({"cateId": category.id, "cateName": category.name, "parentId": category.parent})
}

fn get_category(world: &mut World, call: &Call) -> Answer {
    let Some(category) = world.videos.category(call.query.filled("cateId").unwrap_or_default()) else {
        return no_category(call);
    };
    let children: Vec<_> =
        world.videos.categories.iter().filter(|child| child.parent == category.id).map(node).collect();
    let total = children.len();
    let page = library::page(&call.query, children);
    let data = json!({"category": node(category), "subCategoryTotal": total, "subCategories": page["contents"]});
    success(call, &data)
}

fn add_category(world: &mut World, call: &Call) -> Answer {
    let parent = call.form.filled("parentId").unwrap_or("1");
    if world.videos.category(parent).is_none() {
        return no_category(call);
    }
    let id = world.videos.add_category(call.form.filled("name").unwrap_or_default(), parent);
    success(call, &json!(id)).applied()
}

fn rename_category(world: &mut World, call: &Call) -> Answer {
    let Some(category) = world.videos.category_mut(call.form.filled("cateId").unwrap_or_default()) else {
        return no_category(call);
    };
    call.form.filled("cateName").unwrap_or_default().clone_into(&mut category.name);
    done(call)
}

fn delete_category(world: &mut World, call: &Call) -> Answer {
    let id = call.form.filled("cateId").unwrap_or_default();
    if world.videos.category(id).is_none() {
        return no_category(call);
    }
    world.videos.delete_category(id);
    done(call)
}

fn update_profile(world: &mut World, call: &Call) -> Answer {
    if call.form.filled("userId") != Some(demo::POLYV_VOD_USER_ID) {
        return failure(call, 400, "userId is error");
    }
    let Some(category) = world.videos.category_mut(call.form.filled("cateId").unwrap_or_default()) else {
        return no_category(call);
    };
    let names = PROFILE.iter().map(Field::name).filter(|name| !["cateId", "userId"].contains(name));
    let given: Map<_, _> = names.filter_map(|name| Some((name.to_owned(), json!(call.form.filled(name)?)))).collect();
    category.profile.extend(given);
    done(call)
}
