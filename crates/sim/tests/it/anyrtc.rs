//! anyRTC Cloud Recording: identity, ids and the life of a recording.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use serde_json::{Value, json};

use crate::{
    NOW_MILLIS,
    client::{Reply, send},
};

const TYPE: (&str, &str) = ("Content-Type", "application/json;charset=utf-8");
/// `customerId:customerSecret`.
const BASIC: (&str, &str) = ("Authorization", "Basic Y3VzdG9tZXJJZDpjdXN0b21lclNlY3JldA==");
const STEP: Duration = Duration::from_millis(200);
pub(crate) const ROOM: &str = demo::ANYRTC_CNAME;
pub(crate) const UID: &str = demo::ANYRTC_UID;

pub(crate) async fn start() -> (Simulator, ManualClock) {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let sim = Simulator::builder().only(Vendor::Anyrtc).clock(clock.clone()).start().await.unwrap();
    (sim, clock)
}

/// The same, for tests that call often while time stands still.
pub(crate) async fn start_uncounted() -> (Simulator, ManualClock) {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let builder = Simulator::builder().only(Vendor::Anyrtc).clock(clock.clone()).without_quotas();
    (builder.start().await.unwrap(), clock)
}

/// A client of one App ID.
#[derive(Debug, Clone, Copy)]
pub(crate) struct App(pub(crate) &'static str);

pub(crate) const APP: App = App(demo::ANYRTC_APP_ID);

impl App {
    async fn call(self, sim: &Simulator, method: &str, path: &str, body: &str) -> Reply {
        let target = format!("/v1/apps/{}/cloud_recording/{path}", self.0);
        send(sim.base_url(Vendor::Anyrtc), method, &target, &[TYPE, BASIC], body).await.unwrap()
    }

    async fn post(self, sim: &Simulator, path: &str, cname: &str, uid: &str, request: &Value) -> Reply {
        let body = json!({"cname": cname, "uid": uid, "clientRequest": request});
        self.call(sim, "POST", path, &body.to_string()).await
    }

    pub(crate) async fn acquire(self, sim: &Simulator, cname: &str, uid: &str) -> Reply {
        self.post(sim, "acquire", cname, uid, &json!({})).await
    }

    pub(crate) async fn start(self, sim: &Simulator, rid: &str, mode: &str, request: &Value) -> Reply {
        self.post(sim, &format!("resourceid/{rid}/mode/{mode}/start"), ROOM, UID, request).await
    }

    pub(crate) async fn on(self, sim: &Simulator, rec: &Rec, method: &str, request: &Value) -> Reply {
        let path = format!("resourceid/{}/sid/{}/mode/{}/{method}", rec.rid, rec.sid, rec.mode);
        self.post(sim, &path, ROOM, UID, request).await
    }

    pub(crate) async fn query(self, sim: &Simulator, rid: &str, sid: &str, mode: &str) -> Reply {
        self.call(sim, "GET", &format!("resourceid/{rid}/sid/{sid}/mode/{mode}/query"), "").await
    }
}

/// A recording that was started.
#[derive(Debug, Clone)]
pub(crate) struct Rec {
    pub(crate) rid: String,
    pub(crate) sid: String,
    pub(crate) mode: &'static str,
}

impl Rec {
    pub(crate) async fn start(sim: &Simulator, mode: &'static str, request: &Value) -> Self {
        let rid = resource_id(sim).await;
        let reply = APP.start(sim, &rid, mode, request).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let sid = reply.json()["Body"]["sid"].as_str().unwrap().to_owned();
        Self { rid, sid, mode }
    }

    pub(crate) async fn query(&self, sim: &Simulator) -> Reply {
        APP.query(sim, &self.rid, &self.sid, self.mode).await
    }

    pub(crate) async fn stop(&self, sim: &Simulator) -> Reply {
        APP.on(sim, self, "stop", &json!({})).await
    }

    async fn status(&self, sim: &Simulator) -> Option<String> {
        let reply = self.query(sim).await;
        Some(reply.json()["Body"]["serverResponse"]["status"].as_str()?.to_owned())
    }
}

pub(crate) async fn resource_id(sim: &Simulator) -> String {
    APP.acquire(sim, ROOM, UID).await.json()["Body"]["resourceId"].as_str().unwrap().to_owned()
}

pub(crate) fn mix() -> Value {
    json!({"recordingConfig": {"channelType": 0}})
}

pub(crate) fn individual() -> Value {
    json!({"recordingConfig": {"channelType": 0, "subscribeUidGroup": 0}})
}

/// HTTP status and business code.
pub(crate) fn refusal(reply: &Reply) -> (u16, i64) {
    let answer = reply.json();
    assert_eq!(answer["Code"], reply.status, "{answer}");
    (reply.status, answer["Body"]["code"].as_i64().unwrap_or_default())
}

#[tokio::test]
async fn a_recording_goes_through_its_life() {
    let (sim, clock) = start_uncounted().await;
    let rec = Rec::start(&sim, "mix", &mix()).await;
    for expected in ["0", "1", "2", "3", "4", "5", "5"] {
        assert_eq!(rec.status(&sim).await.as_deref(), Some(expected));
        clock.advance(STEP);
    }
    let reply = rec.stop(&sim).await;
    assert_eq!(reply.status, 200);
    let response = &reply.json()["Body"]["serverResponse"];
    let file = format!("{}_{ROOM}.m3u8", rec.sid);
    assert_eq!(*response, json!({"fileListMode": "string", "fileList": file, "uploadingStatus": "uploaded"}));
    for expected in ["6", "7", "8"] {
        assert_eq!(rec.status(&sim).await.as_deref(), Some(expected));
        clock.advance(STEP);
    }
    assert_eq!(refusal(&rec.query(&sim).await), (404, 404));
    assert_eq!(refusal(&rec.stop(&sim).await), (400, 49));
    assert_eq!(sim.recordings()[0]["status"], Value::Null);
    let applied: Vec<_> = sim.requests().iter().filter(|r| r.applied).map(|r| r.operation.unwrap()).collect();
    assert_eq!(applied, ["Acquire", "Start", "Stop"]);
}

#[tokio::test]
async fn the_gateway_asks_for_credentials_app_and_content_type() {
    let (sim, _) = start_uncounted().await;
    let url = sim.base_url(Vendor::Anyrtc);
    let target = format!("/v1/apps/{}/cloud_recording/acquire", demo::ANYRTC_APP_ID);
    let body = r#"{"cname":"httpClient463224","uid":"527841","clientRequest":{"resourceExpiredHour":24}}"#;
    let wrong = format!("Basic {}", STANDARD.encode("customerId:other"));
    for authorization in [wrong.as_str(), "Y3VzdG9tZXJJZDpjdXN0b21lclNlY3JldA==", "basic x", ""] {
        let reply = send(url, "POST", &target, &[TYPE, ("Authorization", authorization)], body).await.unwrap();
        assert_eq!(reply.status, 401);
        assert_eq!(reply.json(), json!({"message": "Invalid authentication credentials"}));
    }
    for kind in ["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"] {
        let reply = send(url, "POST", &target, &[("Content-Type", kind), BASIC], body).await.unwrap();
        assert_eq!(refusal(&reply), (400, 8), "{kind}");
    }
    let reply = App("00000000000000000000000000000000").acquire(&sim, ROOM, UID).await;
    assert_eq!((reply.status, reply.json()), (400, json!({"message": "invalid appid"})));
    for (method, path) in [("GET", "acquire"), ("POST", "resourceid/r/sid/s/mode/mix/query"), ("POST", "Acquire")] {
        let reply = APP.call(&sim, method, path, "").await;
        assert_eq!(reply.status, 404);
        assert_eq!(reply.json(), json!({"message": "no Route matched with those values"}));
    }
    assert_eq!(refusal(&APP.call(&sim, "POST", "acquire", "cname=x").await), (400, 8));
    assert_eq!(send(url, "POST", &target, &[TYPE, BASIC], body).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_resource_id_serves_one_recording_and_five_minutes() {
    let (sim, clock) = start_uncounted().await;
    assert_eq!(refusal(&APP.start(&sim, "garbage", "mix", &mix()).await), (400, 1001));
    let (late, spare) = (resource_id(&sim).await, resource_id(&sim).await);
    assert_eq!(refusal(&App(demo::ANYRTC_OTHER_APP_ID).start(&sim, &spare, "mix", &mix()).await), (400, 1003));
    let path = format!("resourceid/{spare}/mode/mix/start");
    assert_eq!(refusal(&APP.post(&sim, &path, "otherRoom", UID, &mix()).await), (400, 432));
    assert_eq!(refusal(&APP.post(&sim, &path, ROOM, "other", &mix()).await), (400, 432));
    assert_eq!(refusal(&APP.start(&sim, &spare, "web", &mix()).await), (400, 2));
    clock.advance(Duration::from_secs(299));
    let reply = APP.start(&sim, &spare, "mix", &mix()).await;
    assert_eq!(reply.status, 200);
    let again = APP.start(&sim, &spare, "mix", &mix()).await;
    assert_eq!(refusal(&again), (201, 7));
    assert_eq!(again.json()["Body"]["sid"], Value::Null);
    clock.advance(Duration::from_secs(1));
    assert_eq!(refusal(&APP.start(&sim, &late, "mix", &mix()).await), (400, 433));
}

#[tokio::test]
async fn a_resource_id_can_be_made_to_expire_unless_it_is_in_use() {
    let (sim, _) = start_uncounted().await;
    let rec = Rec::start(&sim, "mix", &mix()).await;
    let unused = resource_id(&sim).await;
    for id in [unused.as_str(), rec.rid.as_str(), "garbage"] {
        sim.expire_resource(id);
    }
    assert_eq!(refusal(&APP.start(&sim, &unused, "mix", &mix()).await), (400, 433));
    assert_eq!(refusal(&APP.start(&sim, &rec.rid, "mix", &mix()).await), (201, 7));
    assert_eq!(rec.query(&sim).await.status, 200);
    assert_eq!((sim.recordings_in(ROOM).len(), sim.recordings_in("elsewhere").len()), (1, 0));
}

#[tokio::test]
async fn one_recorder_records_once_at_a_time() {
    let (sim, _) = start_uncounted().await;
    let first = Rec::start(&sim, "mix", &mix()).await;
    let second = resource_id(&sim).await;
    assert_eq!(refusal(&APP.start(&sim, &second, "mix", &mix()).await), (400, 53));
    assert_eq!(first.stop(&sim).await.status, 200);
    assert_eq!(APP.start(&sim, &second, "mix", &mix()).await.status, 200);
}

#[tokio::test]
async fn a_handle_must_fit_together() {
    let (sim, _) = start_uncounted().await;
    let rec = Rec::start(&sim, "mix", &mix()).await;
    let unused = resource_id(&sim).await;
    assert_eq!(refusal(&APP.query(&sim, "garbage", &rec.sid, "mix").await), (400, 1001));
    assert_eq!(refusal(&APP.query(&sim, &rec.rid, "garbage", "mix").await), (400, 1003));
    assert_eq!(refusal(&App(demo::ANYRTC_OTHER_APP_ID).query(&sim, &rec.rid, &rec.sid, "mix").await), (400, 1003));
    assert_eq!(refusal(&APP.query(&sim, &rec.rid, &rec.sid, "individual").await), (400, 432));
    assert_eq!(refusal(&APP.query(&sim, &unused, &rec.sid, "mix").await), (404, 404));
    let path = format!("resourceid/{}/sid/{}/mode/mix/stop", rec.rid, rec.sid);
    assert_eq!(refusal(&APP.post(&sim, &path, ROOM, "other", &json!({})).await), (400, 432));
    assert!(!sim.recordings()[0]["stopped"].as_bool().unwrap());
}

#[tokio::test]
async fn a_handle_expires_with_the_hours_it_was_acquired_for() {
    let (sim, clock) = start_uncounted().await;
    let request = json!({"resourceExpiredHour": 1});
    let reply = APP.post(&sim, "acquire", ROOM, UID, &request).await;
    let rid = reply.json()["Body"]["resourceId"].as_str().unwrap().to_owned();
    clock.advance(Duration::from_secs(60));
    let reply = APP.start(&sim, &rid, "mix", &mix()).await;
    let rec = Rec { rid, sid: reply.json()["Body"]["sid"].as_str().unwrap().to_owned(), mode: "mix" };
    clock.advance(Duration::from_secs(3599));
    assert_eq!(rec.query(&sim).await.status, 200);
    clock.advance(Duration::from_secs(1));
    assert_eq!(refusal(&rec.query(&sim).await), (400, 433));
    assert_eq!(refusal(&rec.stop(&sim).await), (400, 433));
    assert_eq!(refusal(&APP.on(&sim, &rec, "updateLayout", &json!({})).await), (400, 433));
    let lists = json!({"streamSubscribe": {"audioUidList": {"subscribeAudioUids": ["1"]}}});
    assert_eq!(refusal(&APP.on(&sim, &rec, "update", &lists).await), (400, 433));
}

#[tokio::test]
async fn a_recorder_without_company_leaves_after_max_idle_time() {
    let (sim, clock) = start_uncounted().await;
    let request = json!({"recordingConfig": {"channelType": 0, "maxIdleTime": 10}});
    let rec = Rec::start(&sim, "mix", &request).await;
    clock.advance(Duration::from_secs(60));
    assert_eq!(rec.status(&sim).await.as_deref(), Some("5"));
    sim.set_publishers(ROOM, 0);
    clock.advance(Duration::from_secs(9));
    sim.set_publishers(ROOM, 2);
    clock.advance(Duration::from_secs(60));
    sim.set_publishers(ROOM, 0);
    clock.advance(Duration::from_millis(9_999));
    assert_eq!(rec.query(&sim).await.status, 200);
    clock.advance(Duration::from_millis(1));
    assert_eq!(refusal(&rec.query(&sim).await), (404, 404));
    assert_eq!(refusal(&rec.stop(&sim).await), (400, 49));
    assert_eq!(sim.recordings()[0]["left"], true);
}

#[tokio::test]
async fn a_recording_of_nobody_has_no_files() {
    let (sim, clock) = start_uncounted().await;
    sim.set_publishers(ROOM, 0);
    let rec = Rec::start(&sim, "mix", &mix()).await;
    clock.advance(STEP * 10);
    assert_eq!(rec.status(&sim).await.as_deref(), Some("4"));
    assert_eq!(refusal(&rec.stop(&sim).await), (206, 435));
    assert!(sim.requests().last().unwrap().applied);
    assert_eq!(refusal(&rec.stop(&sim).await), (400, 49));
}

#[tokio::test]
async fn somebody_who_comes_later_is_recorded() {
    let (sim, clock) = start_uncounted().await;
    sim.set_publishers(ROOM, 0);
    let rec = Rec::start(&sim, "mix", &mix()).await;
    clock.advance(STEP * 10);
    sim.set_publishers(ROOM, 1);
    assert_eq!(rec.status(&sim).await.as_deref(), Some("5"));
    sim.set_publishers(ROOM, 0);
    assert_eq!(rec.stop(&sim).await.status, 200);
}

#[tokio::test]
async fn files_left_in_the_backup_cloud_are_answered_with_206() {
    let (sim, _) = start_uncounted().await;
    let rec = Rec::start(&sim, "mix", &mix()).await;
    sim.set_uploading_status("backuped");
    let reply = rec.stop(&sim).await;
    assert_eq!((reply.status, &reply.json()["Code"]), (206, &json!(206)));
    assert_eq!(reply.json()["Body"]["serverResponse"]["uploadingStatus"], "backuped");
}

#[tokio::test]
async fn each_product_lists_its_files_in_its_own_way() {
    let (sim, clock) = start_uncounted().await;
    let storage = json!({"vendor": 2, "region": 3, "bucket": "b", "accessKey": "a", "secretKey": "s",
        "fileNamePrefix": ["d1", "d2"]});
    let mut mp4 = mix();
    mp4["recordingFileConfig"] = json!({"avFileType": ["hls", "mp4"]});
    mp4["storageConfig"] = storage.clone();
    let rec = Rec::start(&sim, "mix", &mp4).await;
    clock.advance(STEP * 5);
    let response = rec.query(&sim).await.json()["Body"]["serverResponse"].clone();
    assert_eq!((&response["fileListMode"], &response["status"]), (&json!("json"), &json!("5")));
    assert_eq!(response["fileList"][1]["filename"], format!("d1/d2/{}_{ROOM}.mp4", rec.sid));
    assert_eq!(response["fileList"][0]["uid"], "0");
    assert_eq!(response["sliceStartTime"], NOW_MILLIS);
    rec.stop(&sim).await;

    let mut users = individual();
    users["recordingConfig"]["subscribeVideoUids"] = json!(["123", "456"]);
    let rec = Rec::start(&sim, "individual", &users).await;
    let list = rec.stop(&sim).await.json()["Body"]["serverResponse"]["fileList"].clone();
    assert_eq!(list.as_array().unwrap().len(), 4);
    assert_eq!(list[0]["filename"], format!("{}_{ROOM}__uid_s_123__uid_e_audio.m3u8", rec.sid));
    assert_eq!((&list[3]["uid"], &list[3]["trackType"]), (&json!("456"), &json!("video")));

    let mut pictures = individual();
    pictures["snapshotConfig"] = json!({"captureInterval": 5, "fileType": ["jpg"]});
    let rec = Rec::start(&sim, "individual", &pictures).await;
    clock.advance(STEP * 5);
    let response = rec.query(&sim).await.json()["Body"]["serverResponse"].clone();
    assert!(response.get("fileList").is_none() && response.get("fileListMode").is_none());
    let response = rec.stop(&sim).await.json()["Body"]["serverResponse"].clone();
    assert_eq!(response, json!({"uploadingStatus": "uploaded"}));

    let mut vod = mix();
    vod["extensionServiceConfig"] = json!({"extensionServices": [{"serviceName": "aliyun_vod_service",
        "serviceParam": {"accessKey": "a", "secretKey": "s", "regionId": "cn-shanghai",
            "apiData": {"videoData": {"title": "My Video"}}}}]});
    let rec = Rec::start(&sim, "mix", &vod).await;
    let response = rec.query(&sim).await.json()["Body"]["serverResponse"].clone();
    assert_eq!(response["extensionServiceState"][0]["payload"]["state"], "inProgress");
    assert_eq!(response["subServiceStatus"]["recordingService"], "serviceInProgress");
    assert!(response.get("status").is_none());
}

#[tokio::test]
async fn updates_replace_and_layouts_reset() {
    let (sim, _) = start_uncounted().await;
    let rec = Rec::start(&sim, "mix", &mix()).await;
    let first = json!({"streamSubscribe": {"audioUidList": {"subscribeAudioUids": ["#allstream#"]},
        "videoUidList": {"unSubscribeVideoUids": ["444", "555", "666"]}}});
    let reply = APP.on(&sim, &rec, "update", &first).await;
    assert_eq!(reply.json()["Body"], json!({"resourceId": rec.rid, "sid": rec.sid}));
    let second = json!({"streamSubscribe": {"videoUidList": {"subscribeVideoUids": ["1"]}}});
    assert_eq!(APP.on(&sim, &rec, "update", &second).await.status, 200);
    assert_eq!(sim.recordings()[0]["streamSubscribe"], second["streamSubscribe"]);

    let layout = json!({"mixedVideoLayout": 3, "backgroundColor": "#FF0000", "layoutConfig": [{"uid": "1",
        "x_axis": 0.1, "y_axis": 0, "width": 1, "height": 0.1, "alpha": 1.0, "render_mode": 1}]});
    assert_eq!(APP.on(&sim, &rec, "updateLayout", &layout).await.status, 200);
    assert_eq!(sim.recordings()[0]["layout"], layout);
    assert_eq!(APP.on(&sim, &rec, "updateLayout", &json!({"mixedVideoLayout": 1})).await.status, 200);
    let reset = json!({"mixedVideoLayout": 1, "backgroundColor": "#000000", "layoutConfig": []});
    assert_eq!(sim.recordings()[0]["layout"], reset);
    rec.stop(&sim).await;
    assert_eq!(refusal(&APP.on(&sim, &rec, "update", &second).await), (404, 404));
}

#[tokio::test]
async fn the_bare_shape_has_no_envelope() {
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let builder = Simulator::builder().only(Vendor::Anyrtc).clock(clock.clone()).anyrtc_bare();
    let sim = builder.anyrtc_step(Duration::from_secs(60)).start().await.unwrap();
    let reply = APP.acquire(&sim, ROOM, UID).await;
    let rid = reply.json()["resourceId"].as_str().unwrap().to_owned();
    let reply = APP.start(&sim, &rid, "mix", &mix()).await;
    let sid = reply.json()["sid"].as_str().unwrap().to_owned();
    clock.advance(Duration::from_secs(59));
    assert_eq!(APP.query(&sim, &rid, &sid, "mix").await.json()["serverResponse"]["status"], "0");
    let reply = APP.start(&sim, &rid, "mix", &mix()).await;
    assert_eq!((reply.status, &reply.json()["code"]), (201, &json!(7)));
}
