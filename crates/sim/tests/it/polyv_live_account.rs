//! POLYV Live: streams, sessions, callback addresses, words, lists, pictures.

use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use crate::{
    NOW_MILLIS,
    client::{Reply, encode_pairs, send},
    polyv_vod::sandwich,
    receiver::Receiver,
};

const CHANNEL: &str = demo::POLYV_LIVE_CHANNEL;
const USER: &str = demo::POLYV_LIVE_USER_ID;

async fn start() -> (Simulator, ManualClock) {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let sim = Simulator::builder().only(Vendor::PolyvLive).clock(clock.clone()).start().await.unwrap();
    (sim, clock)
}

fn signed(fields: &[(&str, &str)], now: u64) -> String {
    let now = now.to_string();
    let mut pairs = vec![("appId", demo::POLYV_LIVE_APP_ID), ("timestamp", &now)];
    pairs.extend_from_slice(fields);
    let sign = sandwich(&pairs, demo::POLYV_LIVE_APP_SECRET);
    pairs.push(("sign", &sign));
    encode_pairs(&pairs)
}

async fn get_at(sim: &Simulator, path: &str, fields: &[(&str, &str)], now: u64) -> Reply {
    let target = format!("{path}?{}", signed(fields, now));
    send(sim.base_url(Vendor::PolyvLive), "GET", &target, &[], "").await.unwrap()
}

async fn get(sim: &Simulator, path: &str, fields: &[(&str, &str)]) -> Reply {
    get_at(sim, path, fields, NOW_MILLIS).await
}

async fn post(sim: &Simulator, path: &str, fields: &[(&str, &str)]) -> Reply {
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    send(sim.base_url(Vendor::PolyvLive), "POST", path, &form, &signed(fields, NOW_MILLIS)).await.unwrap()
}

fn data(reply: &Reply) -> Value {
    let mut answer = reply.json();
    assert_eq!(answer["code"], 200, "{answer}");
    answer["data"].take()
}

fn message(reply: &Reply) -> String {
    reply.json()["message"].as_str().unwrap().to_owned()
}

async fn status(sim: &Simulator, stream: &str) -> String {
    let target = format!("/live_status/query?stream={stream}");
    send(sim.base_url(Vendor::PolyvLive), "GET", &target, &[], "").await.unwrap().text()
}

#[tokio::test]
async fn a_stream_makes_sessions_and_is_told_of() {
    let (sim, clock) = start().await;
    let receiver = Receiver::start(&[]).await;
    sim.set_callback_url(Vendor::PolyvLive, &receiver.url).unwrap();
    assert_eq!(status(&sim, CHANNEL).await, "end");
    assert!(sim.set_live(CHANNEL, true) && !sim.set_live(CHANNEL, true) && !sim.set_live("999", true));
    assert_eq!(status(&sim, CHANNEL).await, "live");
    clock.advance(std::time::Duration::from_secs(90));
    assert!(sim.set_live(CHANNEL, false) && !sim.set_live(CHANNEL, false));
    assert_eq!(status(&sim, CHANNEL).await, "end");

    while sim.deliveries().len() < 2 {
        tokio::task::yield_now().await;
    }
    let requests = receiver.requests();
    let told = |index: usize| ["status", "sessionId", "startTime", "endTime"].map(|name| requests[index].query(name));
    let (begun, ended) = (NOW_MILLIS.to_string(), (NOW_MILLIS + 90_000).to_string());
    let session = format!("{CHANNEL}s1");
    assert_eq!(told(0), ["live", &session, &begun, ""]);
    assert_eq!(told(1), ["end", &session, &begun, &ended]);

    let now = NOW_MILLIS + 90_000;
    let list = data(&get_at(&sim, "/live/v3/channel/session/list", &[("channelId", CHANNEL)], now).await);
    assert_eq!((&list["totalItems"], &list["contents"][0]["endTime"]), (&json!(1), &json!(now)));
    let path = "/live/v3/channel/statistics/get-session-stats";
    let stats = data(&get_at(&sim, path, &[("channelId", CHANNEL), ("sessionIds", &session)], now).await);
    assert_eq!((&stats["list"][0]["duration"], &stats["list"][0]["liveUV"]), (&json!(90), &json!(1)));
    let none = get_at(&sim, path, &[("channelId", CHANNEL), ("sessionIds", "x")], now).await;
    assert_eq!(message(&none), "channel session stats can not be found");
}

#[tokio::test]
async fn sessions_come_page_by_page_latest_first_and_by_day() {
    let (sim, clock) = start().await;
    for _ in 0..5 {
        assert!(sim.set_live(CHANNEL, true));
        clock.advance(std::time::Duration::from_secs(24 * 3600));
        assert!(sim.set_live(CHANNEL, false));
    }
    let now = NOW_MILLIS + 5 * 24 * 3_600_000;
    let ids = async |fields: &[(&str, &str)]| {
        let fields = [&[("channelId", CHANNEL)], fields].concat();
        let list = data(&get_at(&sim, "/live/v3/channel/session/list", &fields, now).await);
        let id = |session: &Value| session["sessionId"].as_str().unwrap().rsplit('s').next().unwrap().to_owned();
        (list["totalPages"].clone(), list["contents"].as_array().unwrap().iter().map(id).collect::<String>())
    };
    assert_eq!(ids(&[]).await, (json!(1), "54321".to_owned()));
    assert_eq!(ids(&[("pageSize", "2")]).await, (json!(3), "54".to_owned()));
    assert_eq!(ids(&[("pageSize", "2"), ("page", "3")]).await, (json!(3), "1".to_owned()));
    assert_eq!(ids(&[("pageSize", "2"), ("page", "4")]).await, (json!(3), String::new()));
    // 1 700 000 000 s is the 15th of November 2023, 06:13:20 in Beijing
    assert_eq!(ids(&[("startDate", "2023-11-16"), ("endDate", "2023-11-17")]).await, (json!(1), "32".to_owned()));
    assert_eq!(ids(&[("startDate", "2023-11-15 06:13:21")]).await, (json!(1), "5432".to_owned()));
    for (name, value) in [("startDate", "15.11.2023"), ("page", "0"), ("pageSize", "1001"), ("size", "5")] {
        let reply = get_at(&sim, "/live/v3/channel/session/list", &[("channelId", CHANNEL), (name, value)], now).await;
        assert_eq!(reply.status, 400, "{name}");
    }
}

#[tokio::test]
async fn a_stream_that_is_cut_off_stays_off_until_it_is_let_on() {
    let (sim, clock) = start().await;
    let (cutoff, resume) = (format!("/live/v2/stream/{CHANNEL}/cutoff"), format!("/live/v2/stream/{CHANNEL}/resume"));
    assert!(sim.set_live(CHANNEL, true));
    assert_eq!(data(&post(&sim, &cutoff, &[("userId", USER)]).await), "success");
    assert!(!sim.set_live(CHANNEL, true));
    assert_eq!(data(&post(&sim, &resume, &[("userId", USER)]).await), "success");
    assert!(sim.set_live(CHANNEL, true));

    let until = (NOW_MILLIS + 60_000).to_string();
    let fields = [("userId", USER), ("forbidTime", &until), ("playbackForbidden", "Y")];
    post(&sim, &cutoff, &fields).await;
    assert_eq!(sim.stream(CHANNEL).unwrap()["playbackForbidden"], true);
    assert!(!sim.set_live(CHANNEL, true));
    clock.advance(std::time::Duration::from_secs(60));
    assert!(sim.set_live(CHANNEL, true));
    assert_eq!(sim.stream(CHANNEL).unwrap()["sessions"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn whoever_names_another_user_or_channel_is_refused() {
    let (sim, _) = start().await;
    for (path, fields, expected) in [
        ("/live/v2/stream/2191541/cutoff", vec![("userId", "other")], "userId is error"),
        ("/live/v2/stream/2191541/resume", vec![], "param should not be empty: userId"),
        ("/live/v2/stream/999/resume", vec![("userId", USER)], "channel not found"),
        ("/live/v2/user/other/set-stream-callback", vec![], "userId is error"),
        ("/live/v2/chat/other/addBadWords", vec![("words", r#"["x"]"#)], "userId is error"),
        ("/live/v2/chat/1b448be323/addBadWords", vec![("words", "x")], "JSON parse error: not JSON"),
        ("/live/v2/chat/1b448be323/addBadWords", vec![("words", "[]")], "words must have 1 to"),
        ("/live/v3/channel/callback/update-setting", vec![("channelId", "999")], "channel not found"),
        (
            "/live/v3/channel/callback/update-setting",
            vec![("channelId", CHANNEL), ("streamCallbackUrl", "ftp://h")],
            "streamCallbackUrl must begin with http:// or https://",
        ),
    ] {
        let message = message(&post(&sim, path, &fields).await);
        assert!(message.contains(expected), "{path} {fields:?}: {message}");
    }
}

#[tokio::test]
async fn callback_addresses_are_kept_and_what_is_left_out_is_switched_off() {
    let (sim, _) = start().await;
    let set = format!("/live/v2/user/{USER}/set-stream-callback");
    assert_eq!(data(&post(&sim, &set, &[("url", "https://h/s")]).await), "true");
    let account = get(&sim, "/live/v4/user/global-setting/callback/get", &[]).await;
    assert_eq!(data(&account), json!({"streamCallbackUrl": "https://h/s"}));
    assert!(account.json()["requestId"].is_string());
    let of_channel =
        async || data(&get(&sim, "/live/v3/channel/callback/get-setting", &[("channelId", CHANNEL)]).await);
    let setting = of_channel().await;
    assert_eq!((&setting["streamCallbackUrl"], &setting["globalSettingEnabled"]), (&json!("https://h/s"), &json!("Y")));

    let update = "/live/v3/channel/callback/update-setting";
    let fields =
        [("channelId", CHANNEL), ("recordCallbackUrl", "https://h/r"), ("recordCallbackVideoType", "m3u8,mp4")];
    data(&post(&sim, update, &fields).await);
    data(&post(&sim, update, &[("channelId", CHANNEL), ("playbackCallbackUrl", "https://h/p")]).await);
    let setting = of_channel().await;
    assert_eq!((&setting["recordCallbackUrl"], &setting["playbackCallbackUrl"]), (&json!(""), &json!("https://h/p")));
    assert_eq!(setting["globalSettingEnabled"], "N");

    data(&post(&sim, &set, &[]).await);
    assert_eq!(sim.live_account()["callbacks"], json!({}));
    let json = [("Content-Type", "application/json")];
    let target = format!("/live/v4/user/global-setting/callback/update?{}", signed(&[], NOW_MILLIS));
    let body = r#"{"recordCallbackUrl":"https://h/r","recordFileCallBackType":"last","liveScanCallbackUrl":""}"#;
    let reply = send(sim.base_url(Vendor::PolyvLive), "POST", &target, &json, body).await.unwrap();
    assert_eq!(data(&reply), true);
    let kept = json!({"recordCallbackUrl": "https://h/r", "recordFileCallBackType": "last"});
    assert_eq!(sim.live_account()["callbacks"], kept);
}

#[tokio::test]
async fn the_account_its_channels_words_and_lists_are_there() {
    let (sim, _) = start().await;
    let info = data(&get(&sim, "/live/v3/user/get-info", &[]).await);
    assert_eq!(
        (&info["userId"], &info["totalChannels"], &info["availableChannels"]),
        (&json!(USER), &json!(4), &json!(96))
    );
    let channels =
        async |fields: &[(&str, &str)]| data(&get(&sim, "/live/v3/user/channels", fields).await)["channels"].clone();
    assert_eq!(channels(&[]).await, json!([2_149_710, 2_191_541, 2_191_569, 2_191_600]));
    assert_eq!(channels(&[("keyword", "nothing")]).await, json!([]));

    let path = format!("/live/v2/chat/{USER}/addBadWords");
    let added = data(&post(&sim, &path, &[("words", r#"["坏","worse","坏"]"#)]).await);
    assert_eq!(added, json!({"count": 2, "userId": USER}));
    data(&post(&sim, &path, &[("words", r#"["x"]"#), ("channelId", CHANNEL)]).await);
    assert_eq!(sim.live_account()["badwords"], json!({"": ["坏", "worse"], CHANNEL: ["x"]}));

    let list = get(&sim, "/live/v3/channel/auth/download-white-list", &[("rank", "1"), ("channelId", CHANNEL)]).await;
    assert_eq!((list.status, list.header("content-type")), (200, Some("application/vnd.ms-excel")));
    assert!(list.body.starts_with(b"\xd0\xcf\x11\xe0"));
    let refused = get(&sim, "/live/v3/channel/auth/download-white-list", &[("rank", "3")]).await;
    assert!(message(&refused).contains("rank must be one of"));
}

/// One body, written by hand: two files and the text parts that the signature covers.
fn upload(kind: &str, file_head: &str, content: &str) -> String {
    let now = NOW_MILLIS.to_string();
    let mut pairs = vec![("type", kind), ("appId", demo::POLYV_LIVE_APP_ID), ("timestamp", &now)];
    let sign = sandwich(&pairs, demo::POLYV_LIVE_APP_SECRET);
    pairs.push(("sign", &sign));
    let texts = pairs
        .iter()
        .map(|(name, value)| format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    let files = ["a.png", "b.png"].map(|name| {
        let head = file_head.replace("NAME", name);
        format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
    });
    texts.chain(files).collect::<String>() + "--B--\r\n"
}

#[tokio::test]
async fn pictures_are_uploaded_with_signed_text_parts() {
    let (sim, _) = start().await;
    let multipart = [("Content-Type", "multipart/form-data; boundary=B")];
    let path = "/live/v3/common/upload-image";
    let call = async |body: &str| send(sim.base_url(Vendor::PolyvLive), "POST", path, &multipart, body).await.unwrap();
    let head = "name=\"file\"; filename=\"NAME\"";
    let addresses = data(&call(&upload("coverImage", head, "png")).await);
    assert!(
        addresses[0].as_str().unwrap().ends_with("/1/a.png") && addresses[1].as_str().unwrap().ends_with("/2/b.png")
    );
    assert_eq!(sim.live_account()["images"], 2);

    for (body, expected) in [
        (upload("coverImage", "name=\"file\"", "png"), "undefined error"),
        (upload("coverImage", "name=\"picture\"; filename=\"NAME\"", "png"), "picture is not a parameter"),
        (upload("coverImage", head, &"x".repeat((2 << 20) + 1)), "file must have at most 2097152 bytes"),
        (upload("poster", head, "png"), "type must be one of"),
        (upload("coverImage", head, "png").replace("coverImage", "logoImage"), "invalid signature."),
        (upload("coverImage", head, "png").replace("--B--", ""), "broken percent-encoding"),
    ] {
        let message = message(&call(&body).await);
        assert!(message.contains(expected), "{expected}: {message}");
    }
    assert_eq!(sim.live_account()["images"], 2);
}

#[tokio::test]
async fn every_event_is_signed_as_its_page_says() {
    let (sim, _) = start().await;
    let receiver = Receiver::start(&[]).await;
    sim.set_callback_url(Vendor::PolyvLive, &receiver.url).unwrap();
    let of_time = hex::encode(Md5::digest(format!("{}{NOW_MILLIS}", demo::POLYV_LIVE_APP_SECRET)));
    for event in ["record_generated", "playback_transferred", "record_converted", "record_merged", "ai_ppt_video"] {
        assert!(sim.callback(Vendor::PolyvLive, event).await.unwrap().accepted);
        let request = receiver.requests().pop().unwrap();
        assert_eq!((request.query("sign"), request.query("timestamp")), (of_time.clone(), NOW_MILLIS.to_string()));
        let is_post = event == "ai_ppt_video";
        assert_eq!(
            (request.method.as_str(), request.body.is_empty()),
            (if is_post { "POST" } else { "GET" }, !is_post)
        );
    }
    assert_eq!(receiver.requests().pop().unwrap().json()["videoDuration"], 60);

    sim.callback(Vendor::PolyvLive, "record_merged_mp4").await.unwrap();
    let request = receiver.requests().pop().unwrap();
    assert!(!request.target.contains("sign=") && request.query("timestamp") == NOW_MILLIS.to_string());

    sim.callback(Vendor::PolyvLive, "points_query").await.unwrap();
    let request = receiver.requests().pop().unwrap();
    let names = ["appId", "channelId", "ts", "viewerId", "viewerName"];
    let mut values = names.map(|name| request.query(name));
    // what is signed is not encoded
    assert_eq!(std::mem::replace(&mut values[4], "观众".to_owned()), "%E8%A7%82%E4%BC%97");
    let pairs: Vec<_> = names.iter().copied().zip(values.iter().map(String::as_str)).collect();
    assert_eq!(request.query("sign"), sandwich(&pairs, demo::POLYV_LIVE_APP_SECRET));
}
