//! POLYV VOD: lists, categories, deletion, uploads, covers and tokens, of both kinds of accounts.

use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

use crate::{
    NOW_MILLIS,
    client::{Reply, encode_pairs, send},
    polyv_vod::{sandwich, start},
};

const VID: &str = demo::POLYV_VOD_VIDEO;
const OTHER: &str = demo::POLYV_VOD_OTHER_VIDEO;
const USER: &str = demo::POLYV_VOD_USER_ID;
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

async fn ask(sim: &Simulator, method: &str, path: &str, pairs: &[(&str, &str)]) -> Reply {
    let encoded = encode_pairs(pairs);
    let base = sim.base_url(Vendor::PolyvVod);
    match method {
        "GET" => send(base, method, &format!("{path}?{encoded}"), &[], "").await.unwrap(),
        _ => send(base, method, path, &[FORM], &encoded).await.unwrap(),
    }
}

async fn sub(sim: &Simulator, method: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
    let now = NOW_MILLIS.to_string();
    let mut pairs = vec![("appId", demo::POLYV_VOD_APP_ID), ("timestamp", &now)];
    pairs.extend_from_slice(fields);
    let sign = sandwich(&pairs, demo::POLYV_VOD_APP_SECRET);
    pairs.push(("sign", &sign));
    ask(sim, method, path, &pairs).await
}

/// `signed` are the fields that take part, and `userid` where the vendor looks at the path.
async fn main_with(
    sim: &Simulator,
    method: &str,
    path: &str,
    fields: &[(&str, &str)],
    signed: &[(&str, &str)],
    now: u64,
) -> Reply {
    let now = now.to_string();
    let mut sorted: Vec<_> = signed.iter().copied().chain([("ptime", now.as_str())]).collect();
    sorted.sort_unstable();
    let text: Vec<_> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let sign = hex::encode_upper(Sha1::digest(format!("{}{}", text.join("&"), demo::POLYV_VOD_SECRET_KEY)));
    let mut pairs = fields.to_vec();
    pairs.extend([("ptime", now.as_str()), ("sign", &sign)]);
    ask(sim, method, path, &pairs).await
}

async fn main_account(sim: &Simulator, method: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
    main_with(sim, method, path, fields, fields, NOW_MILLIS).await
}

fn data(reply: &Reply) -> Value {
    let mut answer = reply.json();
    assert_eq!(answer["code"], 200, "{answer}");
    answer["data"].take()
}

fn message(reply: &Reply) -> (u16, String) {
    (reply.status, reply.json()["message"].as_str().unwrap().to_owned())
}

fn path(tail: &str) -> String {
    format!("/v2/video/{USER}/{tail}")
}

#[tokio::test]
async fn lists_come_in_pages_without_what_is_deleted() {
    let (sim, _) = start().await;
    let first = data(&sub(&sim, "GET", "/v3/video/list-video", &[("pageSize", "3")]).await);
    assert_eq!((&first["totalItems"], &first["totalPages"], &first["pageNumber"]), (&json!(8), &json!(3), &json!(1)));
    let last = data(&sub(&sim, "GET", "/v3/video/list-video", &[("pageSize", "3"), ("page", "3")]).await);
    assert_eq!(last["contents"].as_array().unwrap().len(), 2);
    assert_eq!(last["contents"][1]["vid"], VID, "newest first");

    data(&sub(&sim, "POST", "/v3/video/delete-video", &[("vid", VID)]).await);
    let again = sub(&sim, "POST", "/v3/video/delete-video", &[("vid", VID)]).await.json();
    assert_eq!(again["error"]["code"], 2000);
    let search = data(&main_account(&sim, "GET", "/v2/video/search-videos", &[("userid", USER)]).await);
    assert_eq!((&search["totalItems"], &search["contents"][0]["vid"]), (&json!(7), &json!(OTHER)));
    let published = [("userid", USER), ("status", "60")];
    let published = data(&main_account(&sim, "GET", "/v2/video/search-videos", &published).await);
    assert_eq!(published["totalItems"], 6);
}

#[tokio::test]
async fn what_one_account_renames_the_other_reads() {
    let (sim, _) = start().await;
    let fields = [("vid", VID), ("title", "标题"), ("tag", "a,b")];
    data(&sub(&sim, "POST", "/v3/video/update-info", &fields).await);
    let video = data(&main_account(&sim, "GET", &path("get-video-msg"), &[("vid", VID)]).await);
    assert_eq!((&video[0]["title"], &video[0]["tag"]), (&json!("标题"), &json!("a,b")));
    let info = data(&main_account(&sim, "GET", &path("get-video-info"), &[("vid", &format!("{VID},{OTHER}"))]).await);
    assert_eq!((info[0]["basicInfo"]["title"].as_str(), info.as_array().unwrap().len()), (Some("标题"), 2));
    let filtered = [("vids", VID), ("filter", "metaData")];
    let filtered = data(&sub(&sim, "GET", "/v3/video/get-video-info", &filtered).await);
    assert!(filtered[0].get("basicInfo").is_none() && filtered[0]["metaData"].is_object());
    let unknown = format!("{}_0", "0".repeat(32));
    assert_eq!(data(&main_account(&sim, "GET", &path("get-video-msg"), &[("vid", &unknown)]).await), json!([]));
    let odd = main_account(&sim, "GET", &path("get-video-msg"), &[("vid", "odd")]).await;
    assert_eq!(message(&odd), (400, "vid invalid.".to_owned()));
}

#[tokio::test]
async fn categories_grow_and_shrink_with_their_videos() {
    let (sim, _) = start().await;
    let root = data(&sub(&sim, "GET", "/v3/category/get", &[("cateId", "1")]).await);
    assert_eq!((&root["subCategoryTotal"], &root["category"]["cateName"]), (&json!(1), &json!("默认分类")));
    let parent = demo::POLYV_VOD_CATEGORY;
    let id = data(&sub(&sim, "POST", "/v3/category/add", &[("name", "第二季"), ("parentId", parent)]).await);
    let id = id.as_u64().unwrap().to_string();
    data(&sub(&sim, "POST", "/v3/category/update-info", &[("cateId", &id), ("cateName", "第三季")]).await);

    let vids = format!("{VID},{OTHER}");
    let move_to = |category: String| {
        let (sim, vids) = (&sim, &vids);
        async move {
            let fields = [("vids", vids.as_str()), ("cataid", category.as_str())];
            let signed = [fields[0], fields[1], ("userid", USER)];
            main_with(sim, "POST", &path("changeCata"), &fields, &signed, NOW_MILLIS).await
        }
    };
    assert_eq!(data(&move_to(id.clone()).await), true);
    assert_eq!(message(&move_to("9".to_owned()).await), (400, "illegal cataid".to_owned()));

    let tree = main_with(&sim, "POST", &path("cataJson"), &[("cataid", parent)], &[("userid", USER)], NOW_MILLIS).await;
    let tree = data(&tree);
    assert_eq!((&tree[0]["videos"], &tree[0]["nodes"][1]["cataname"]), (&json!(2), &json!("第三季")));
    let below = [("cateId", parent), ("containSubCate", "Y")];
    let below = data(&sub(&sim, "GET", "/v3/video/list-video", &below).await);
    assert_eq!(below["totalItems"], 2);

    data(&sub(&sim, "POST", "/v3/category/delete", &[("cateId", parent)]).await);
    assert_eq!(sim.video(VID).unwrap()["cateId"], "1", "they fall back to the root");
    for (path, fields) in [
        ("/v3/category/delete", vec![("cateId", parent)]),
        ("/v3/category/add", vec![("name", "x"), ("parentId", parent)]),
        ("/v3/video/update-category", vec![("vids", VID), ("cateId", parent)]),
        ("/v3/category/update-profile", vec![("cateId", parent), ("userId", USER)]),
    ] {
        assert_eq!(sub(&sim, "POST", path, &fields).await.json()["error"]["code"], 3001, "{path}");
    }
    let profile = [("cateId", "1"), ("userId", USER), ("encrypt", "1"), ("encryptLevel", "web")];
    data(&sub(&sim, "POST", "/v3/category/update-profile", &profile).await);
}

#[tokio::test]
async fn the_main_accounts_signature_covers_what_is_sent_or_the_fixed_fields() {
    let (sim, _) = start().await;
    let vid = [("vid", VID)];
    let path = path("get-video-msg");
    for (signed, now, text) in [
        (&[][..], NOW_MILLIS, "the sign is not right."),
        (&[("vid", VID), ("userid", USER)][..], NOW_MILLIS, "the sign is not right."),
        (&vid[..], NOW_MILLIS - 180_001, "ptime is too old."),
        (&vid[..], NOW_MILLIS + 180_001, "ptime is illegal."),
    ] {
        let reply = main_with(&sim, "GET", &path, &vid, signed, now).await;
        assert_eq!(message(&reply), (400, text.to_owned()));
    }
    let now = NOW_MILLIS.to_string();
    let unsigned = ask(&sim, "GET", &path, &[("vid", VID), ("ptime", &now)]).await;
    assert_eq!(message(&unsigned), (400, "sign can not be empty.".to_owned()));
    let stranger = main_account(&sim, "GET", "/v2/video/nobody/get-video-msg", &vid).await;
    assert_eq!(message(&stranger), (400, "Could not find user by userid.".to_owned()));
    // sent as well, it is signed as well
    let both = [("vid", VID), ("requestId", "trace-0001")];
    data(&main_account(&sim, "GET", &path, &both).await);
}

#[tokio::test]
async fn deletion_is_into_the_recycle_bin_or_for_good() {
    let (sim, _) = start().await;
    data(&main_account(&sim, "POST", &path("del-video"), &[("vid", VID)]).await);
    assert_eq!(sim.video(VID).unwrap()["status"], -1);
    data(&main_account(&sim, "POST", &path("del-video"), &[("vid", OTHER), ("deleteType", "2")]).await);
    assert!(sim.video(OTHER).is_none());
    let gone = main_account(&sim, "POST", &path("del-video"), &[("vid", VID)]).await;
    assert_eq!(message(&gone), (402, "cannot find the video.".to_owned()));
    let many = vec![VID; 501].join(",");
    let many = main_account(&sim, "POST", &path("del-video"), &[("vid", &many)]).await;
    assert_eq!(message(&many), (400, "vid count can't over 500".to_owned()));
}

#[tokio::test]
async fn an_upload_reserves_a_video_and_can_go_on() {
    let (sim, _) = start().await;
    let init = format!("/v2/uploadvideo/{USER}/init");
    let new = [("filesize", "7"), ("autoid", "1"), ("uploadType", "java_sdk_chunk_v1"), ("title", "t")];
    let begun = data(&main_account(&sim, "POST", &init, &new).await);
    let vid = begun["vid"].as_str().unwrap();
    assert!(begun["callback"].is_string() && begun["accessKey"].is_string());
    assert_eq!(sim.video(vid).unwrap()["uploading"], true);
    let more = [("filesize", "7"), ("autoid", "0"), ("vid", vid), ("uploadType", "java_sdk_chunk_v1")];
    assert_eq!(data(&main_account(&sim, "POST", &init, &more).await)["vid"], vid);
    for (field, value, code) in [("filesize", "0", 406), ("cataid", "9", 3001)] {
        let mut fields = new.to_vec();
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        assert_eq!(main_account(&sim, "POST", &init, &fields).await.json()["code"], code);
    }
    let token = data(&main_account(&sim, "GET", &format!("/v2/uploadvideo/{USER}/token"), &[]).await);
    assert!(token.get("dir").is_none() && token["token"] != begun["token"]);
}

#[tokio::test]
async fn a_cover_is_for_videos_or_for_categories() {
    let (sim, _) = start().await;
    let url = "http://img.example/a.png";
    let set = |fields: Vec<(&'static str, &'static str)>| {
        let sim = &sim;
        async move { main_account(sim, "POST", &path("uploadCoverImageUrl"), &fields).await }
    };
    data(&set(vec![("vids", VID), ("cataids", "9"), ("fileUrl", url)]).await);
    assert_eq!(sim.video(VID).unwrap()["cover"], url);
    data(&set(vec![("cataids", "1"), ("fileUrl", url)]).await);
    assert_eq!(message(&set(vec![("fileUrl", url)]).await), (401, "vid is blank.".to_owned()));
    let https = set(vec![("vids", VID), ("fileUrl", "https://img.example/a.png")]).await;
    assert_eq!(message(&https), (400, "file can't be empty".to_owned()));
}

#[tokio::test]
async fn a_living_token_is_handed_out_again_and_lives_longer() {
    let (sim, clock) = start().await;
    let at = |clock: &ManualClock| {
        use livecloud_sim::Clock as _;
        let now = clock.now().duration_since(std::time::UNIX_EPOCH).unwrap();
        now.as_millis().to_string()
    };
    let token = |viewer: &'static str| {
        let (sim, ts) = (&sim, at(&clock));
        async move {
            let mut pairs = vec![("userId", USER), ("videoId", VID), ("ts", ts.as_str()), ("viewerId", viewer)];
            let sign = sandwich(&pairs, demo::POLYV_VOD_SECRET_KEY);
            pairs.push(("sign", &sign));
            data(&ask(sim, "POST", "/service/v1/token", &pairs).await)
        }
    };
    let first = token("a").await;
    assert_eq!((&first["ttl"], &first["userId"]), (&json!(600_000), &json!(USER)));
    clock.advance(std::time::Duration::from_secs(60));
    let again = token("a").await;
    assert_eq!(first["token"], again["token"]);
    assert!(again["expiredTime"].as_i64() > first["expiredTime"].as_i64());
    assert_ne!(token("b").await["token"], first["token"]);
    clock.advance(std::time::Duration::from_secs(601));
    assert_ne!(token("a").await["token"], first["token"]);

    let old = [("userId", USER), ("videoId", VID), ("ts", "1"), ("viewerId", "a"), ("sign", "x")];
    let refused = ask(&sim, "POST", "/service/v1/token", &old).await;
    assert_eq!((refused.status, refused.json()["data"].as_str()), (403, Some("ts is too old")));
    let stranger = [("userId", "x"), ("videoId", VID), ("ts", &at(&clock)), ("viewerId", "a"), ("sign", "x")];
    let refused = ask(&sim, "POST", "/service/v1/token", &stranger).await;
    assert_eq!((refused.status, refused.json()["data"].as_str()), (400, Some("user_not_found")));
}
