//! Uploads and covers of the main account.

use http::Method;
use serde_json::{Value, json};

use super::{
    envelope::{failure, success},
    main_account::{COMMON, invalid_vid},
};
use crate::{
    answer::Answer,
    call::Call,
    fields::{Field, choice, text, whole, words},
    operation::{Files, Operation, Shape},
    vendors::polyv::{self, get, post},
    world::World,
};

/// Free storage of the account.
const REMAINING: i64 = 10 << 30;

const INIT: &[Field] = &[
    text("title"),
    text("describ"),
    text("cataid"),
    text("tag"),
    choice("luping", &[0, 1]),
    choice("keepsource", &[0, 1]),
    whole("filesize", 0, i64::MAX).required(),
    text("state"),
    choice("autoid", &[0, 1]).required(),
    text("vid"),
    words("uploadType", &["java_sdk_chunk_v1", "js_sdk_chunk_v1"]).required(),
];

const LINE: &[Field] = &[words("uploadLine", &["line1", "line2", "auto"]), words("isCname", &["true", "false"])];

const COVERED: &[Field] = &[text("vids"), text("cataids")];

pub(super) static OPERATIONS: &[Operation] = &[
    post("InitUpload", "/v2/uploadvideo/{userid}/init", &[COMMON, INIT, LINE], init),
    get("GetUploadToken", "/v2/uploadvideo/{userid}/token", &[COMMON, LINE], |_, call| {
        success(call, &credentials(call))
    }),
    post(
        "SetCoverImageUrl",
        "/v2/video/{userid}/uploadCoverImageUrl",
        &[COMMON, COVERED, &[text("fileUrl").required()]],
        set_cover,
    ),
    Operation {
        name: "UploadCoverImage",
        method: Method::POST,
        path: "/v2/video/{userid}/uploadCoverImage",
        query: &[],
        body: Shape::Multipart(&[COMMON, COVERED], &[Files { field: "image", least: 1, most: 1, bytes: 10 << 20 }]),
        quota: polyv::QUOTA,
        act: upload_cover,
    },
];

/// Nothing here opens anything.
fn credentials(call: &Call) -> Value {
    let line = if call.query.filled("uploadLine").or_else(|| call.form.filled("uploadLine")) == Some("line2") {
        "ab-upload2.polyv.net"
    } else {
        "ab-upload.polyv.net"
    };
    json!({
        "accessId": format!("STS.demo{}", call.serial), "accessKey": "demo-access-key",
        "token": format!("demo-sts-token-{}", call.serial), "Expiration": "2030-01-01T00:00:00Z",
        "validityTime": 3600, "bucketName": "demo-bucket", "endpoint": "oss-cn-shenzhen.aliyuncs.com",
        "domain": line, "host": "demo-bucket.oss-cn-shenzhen.aliyuncs.com", "storageType": "ab",
    })
}

fn init(world: &mut World, call: &Call) -> Answer {
    let given = |name| call.form.filled(name);
    if given("filesize") == Some("0") {
        return failure(call, 406, "file size is 0");
    }
    let category = given("cataid").unwrap_or("1");
    if world.videos.category(category).is_none() {
        return failure(call, 3001, "category not exist");
    }
    let vid = if given("autoid") == Some("0") {
        let Some(vid) = given("vid").filter(|vid| world.videos.get(vid).is_some_and(|video| video.uploading)) else {
            return invalid_vid(call);
        };
        vid.to_owned()
    } else {
        let (vid, video) = world.videos.begin(given("title").unwrap_or("untitled"), call.unix_millis());
        category.clone_into(&mut video.category);
        video.bytes = given("filesize").and_then(|bytes| bytes.parse().ok()).unwrap_or_default();
        for name in ["describ", "tag"] {
            video.info.insert(name.to_owned(), json!(given(name).unwrap_or_default()));
        }
        vid
    };
    let mut data = credentials(call);
    let callback = json!({
        "callbackUrl": "https://callback.example/oss", "callbackHost": "callback.example",
        "callbackBody": format!("vid={vid}"), "callbackBodyType": "application/x-www-form-urlencoded",
    });
    data["vid"] = json!(vid);
    data["dir"] = json!("demo/abcde12345/");
    data["callback"] = json!(callback.to_string());
    data["remainSpace"] = json!(REMAINING);
    success(call, &data).applied()
}

fn set_cover(world: &mut World, call: &Call) -> Answer {
    let url = call.form.filled("fileUrl").unwrap_or_default();
    if !url.starts_with("http://") {
        return failure(call, 400, "file can't be empty");
    }
    cover(world, call, url)
}

fn upload_cover(world: &mut World, call: &Call) -> Answer {
    let name = call.files.first().map_or("", |file| &file.name);
    cover(world, call, &format!("https://img.example/{name}"))
}

/// `vids` wins over `cataids`.
fn cover(world: &mut World, call: &Call, url: &str) -> Answer {
    if let Some(vids) = call.form.filled("vids") {
        if vids.split(',').any(|vid| world.videos.get(vid).is_none()) {
            return invalid_vid(call);
        }
        for vid in vids.split(',') {
            if let Some(video) = world.videos.get_mut(vid) {
                url.clone_into(&mut video.cover);
            }
        }
    } else if let Some(ids) = call.form.filled("cataids") {
        if ids.split(',').any(|id| world.videos.category(id).is_none()) {
            return failure(call, 400, "illegal cataid");
        }
        for id in ids.split(',') {
            if let Some(category) = world.videos.category_mut(id) {
                url.clone_into(&mut category.cover);
            }
        }
    } else {
        return failure(call, 401, "vid is blank.");
    }
    success(call, &json!("success")).applied()
}
