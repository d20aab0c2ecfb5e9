//! One wrong byte in a signature or a name, or one field in another place, and the call is refused.

use livecloud_sim::{ManualClock, Simulator, Vendor, demo};
use md5::{Digest as _, Md5};
use proptest::{prelude::*, sample::Index, test_runner::TestRunner};
use serde_json::{Map, Value, json};

use crate::{
    NOW_MILLIS, anyrtc,
    client::{Reply, encode_pairs, send},
    polyv_vod::sandwich,
};

/// Stands where POLYV's signature comes once everything else is settled.
const SIGN: &str = "@sign";

/// A call that is about to be sent; correct, until somebody changes it.
#[derive(Debug, Clone)]
struct Draft {
    vendor: Vendor,
    method: &'static str,
    path: String,
    query: Vec<(String, String)>,
    body: Body,
    authorization: Option<String>,
    /// Signs what covers all parameters.
    secret: &'static str,
}

#[derive(Debug, Clone)]
enum Body {
    Empty,
    Form(Vec<(String, String)>),
    Json(Value),
}

/// Where a name stands.
#[derive(Debug, Clone)]
enum Address {
    Query(usize),
    Form(usize),
    /// JSON pointer of the object, and the member's name.
    Json(String, String),
}

fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Draft {
    fn new(vendor: Vendor, path: impl Into<String>, query: &[(&str, &str)], body: Body) -> Self {
        Self { vendor, method: "POST", path: path.into(), query: pairs(query), body, authorization: None, secret: "" }
    }

    fn zego(action: &str, body: Value) -> Self {
        let seconds = (NOW_MILLIS / 1000).to_string();
        let signed = format!("{}4fd24687296dd9f3{}{seconds}", demo::ZEGO_APP_ID, demo::ZEGO_SERVER_SECRET);
        let signature = hex::encode(Md5::digest(signed));
        let query = [
            ("Action", action),
            ("AppId", "12345"),
            ("SignatureNonce", "4fd24687296dd9f3"),
            ("Timestamp", &seconds),
            ("Signature", &signature),
            ("SignatureVersion", "2.0"),
        ];
        Self::new(Vendor::Zego, "/", &query, Body::Json(body))
    }

    fn polyv(vendor: Vendor, path: &str, fields: &[(&str, &str)], json: Option<Value>) -> Self {
        let now = NOW_MILLIS.to_string();
        let (app_id, secret) = match vendor {
            Vendor::PolyvVod => (demo::POLYV_VOD_APP_ID, demo::POLYV_VOD_APP_SECRET),
            _ => (demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET),
        };
        let mut signed = vec![("appId", app_id), ("timestamp", &now), ("sign", SIGN)];
        signed.extend_from_slice(fields);
        let draft = match json {
            Some(json) => Self::new(vendor, path, &signed, Body::Json(json)),
            None => Self::new(vendor, path, &[], Body::Form(pairs(&signed))),
        };
        Self { secret, ..draft }
    }

    fn anyrtc(path: &str, request: Option<Value>) -> Self {
        let path = format!("/v1/apps/{}/cloud_recording/{path}", demo::ANYRTC_APP_ID);
        let method = if request.is_some() { "POST" } else { "GET" };
        let body = |request| json!({"cname": anyrtc::ROOM, "uid": anyrtc::UID, "clientRequest": request});
        let body = request.map_or(Body::Empty, |request| Body::Json(body(request)));
        let authorization = Some("Basic Y3VzdG9tZXJJZDpjdXN0b21lclNlY3JldA==".to_owned());
        Self { method, authorization, ..Self::new(Vendor::Anyrtc, path, &[], body) }
    }

    /// Every name that can be misspelt.
    fn addresses(&self) -> Vec<Address> {
        let query = (0..self.query.len()).map(Address::Query);
        let body = match &self.body {
            Body::Empty => Vec::new(),
            Body::Form(form) => (0..form.len()).map(Address::Form).collect(),
            Body::Json(json) => {
                let mut found = Vec::new();
                collect("", json, &mut found);
                found
            }
        };
        query.chain(body).collect()
    }

    /// The name at an address, which is taken out and given back changed.
    fn rename(&mut self, address: &Address, change: impl FnOnce(&str) -> String) {
        match (address, &mut self.body) {
            (Address::Query(at), _) => self.query[*at].0 = change(&self.query[*at].0),
            (Address::Form(at), Body::Form(form)) => form[*at].0 = change(&form[*at].0),
            (Address::Json(parent, name), Body::Json(json)) => {
                let members = json.pointer_mut(parent).and_then(Value::as_object_mut).unwrap();
                let value = members.remove(name).unwrap();
                members.insert(change(name), value);
            }
            _ => unreachable!("the address is of this draft"),
        }
    }

    /// Moves a field between query and body; a member within an object goes to the top of the query.
    fn displace(&mut self, address: &Address) {
        match (address, &mut self.body) {
            (Address::Query(at), body) => {
                let (name, value) = self.query.remove(*at);
                match body {
                    Body::Empty => unreachable!("no call without a body has a query"),
                    Body::Form(form) => form.push((name, value)),
                    Body::Json(json) => drop(json.as_object_mut().unwrap().insert(name, value.into())),
                }
            }
            (Address::Form(at), Body::Form(form)) => self.query.push(form.remove(*at)),
            (Address::Json(parent, name), Body::Json(json)) => {
                let members = json.pointer_mut(parent).and_then(Value::as_object_mut).unwrap();
                let value = members.remove(name).unwrap();
                self.query.push((name.clone(), text(&value)));
            }
            _ => unreachable!("the address is of this draft"),
        }
    }

    /// Writes the body in the other format, and announces it so.
    fn swap_format(&mut self) {
        self.body = match std::mem::replace(&mut self.body, Body::Empty) {
            Body::Empty => Body::Json(json!({})),
            Body::Form(form) => {
                Body::Json(form.into_iter().map(|(name, value)| (name, value.into())).collect::<Map<_, _>>().into())
            }
            Body::Json(json) => {
                Body::Form(json.as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect())
            }
        };
    }

    /// The text that proves who sends it, once it is there.
    fn proof(&mut self) -> &mut String {
        if let Some(authorization) = &mut self.authorization {
            return authorization;
        }
        let form = if let Body::Form(form) = &mut self.body { &mut form[..] } else { &mut [] };
        let named = |(name, _): &&mut (String, String)| name == "sign" || name == "Signature";
        &mut self.query.iter_mut().chain(form).find(named).expect("a signature").1
    }

    /// Puts the signature where it is waited for, over everything as it now stands.
    fn sign(&mut self) {
        let form = if let Body::Form(form) = &mut self.body { &mut form[..] } else { &mut [] };
        let mut all: Vec<_> = self.query.iter_mut().chain(form).collect();
        let others: Vec<_> =
            all.iter().filter(|(_, value)| value != SIGN).map(|(n, v)| (n.clone(), v.clone())).collect();
        let others: Vec<_> = others.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if let Some((_, value)) = all.iter_mut().find(|(_, value)| value == SIGN).map(|pair| &mut **pair) {
            *value = sandwich(&others, self.secret);
        }
    }

    async fn send(&self, sim: &Simulator) -> Reply {
        let borrowed = |pairs: &[(String, String)]| {
            encode_pairs(&pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>())
        };
        let (kind, body) = match &self.body {
            Body::Form(form) => ("application/x-www-form-urlencoded", borrowed(form)),
            Body::Json(json) => ("application/json;charset=utf-8", json.to_string()),
            Body::Empty => ("application/json;charset=utf-8", String::new()),
        };
        let mut headers = vec![("Content-Type", kind)];
        headers.extend(self.authorization.as_deref().map(|value| ("Authorization", value)));
        let target = match borrowed(&self.query) {
            query if query.is_empty() => self.path.clone(),
            query => format!("{}?{query}", self.path),
        };
        send(sim.base_url(self.vendor), self.method, &target, &headers, &body).await.unwrap()
    }

    async fn is_accepted(&self, sim: &Simulator) -> bool {
        let reply = self.send(sim).await;
        match self.vendor {
            Vendor::Zego => reply.status == 200 && reply.json()["Code"] == 0,
            _ => reply.status == 200,
        }
    }
}

fn collect(at: &str, value: &Value, found: &mut Vec<Address>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                found.push(Address::Json(at.to_owned(), name.clone()));
                collect(&format!("{at}/{name}"), value, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(&format!("{at}/{index}"), item, found);
            }
        }
        _ => {}
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

const OPERATIONS: usize = 16;

/// The documented call of each operation, in a world that has just been reset.
async fn draft(sim: &Simulator, operation: usize) -> Draft {
    let account = [("account", demo::POLYV_LIVE_ACCOUNT), ("nickname", "陈老师"), ("pageTurnEnabled", "Y")];
    let account_path = format!("/live/v2/channelAccount/{}/update", demo::POLYV_LIVE_CHANNEL);
    match operation {
        0 => {
            let video = json!({"Width": 360, "Height": 640, "VideoBitrate": 1200});
            let audio = json!({"AudioBitrate": 48, "Volume": 150});
            let body = json!({"PlayerId": "player_1", "Sequence": 1, "VideoOptions": video, "AudioOptions": audio,
                "SeekTo": 10, "IsPause": 1, "RepeatTimes": 1});
            return Draft::zego("UpdatePlayer", body);
        }
        1 => {
            let fields = [("vid", demo::POLYV_VOD_VIDEO), ("title", "t"), ("describ", "d"), ("tag", "a,b")];
            return Draft::polyv(Vendor::PolyvVod, "/v3/video/update-info", &fields, None);
        }
        2 => return Draft::polyv(Vendor::PolyvLive, &account_path, &account, None),
        3 => {
            let condition = json!({"rank": 1, "enabled": "Y", "authType": "pay", "price": 1.5});
            let body = json!({"basicSetting": {"name": "n", "maxViewer": 3}, "authSettings": [condition]});
            let fields = [("channelId", demo::POLYV_LIVE_CHANNEL)];
            return Draft::polyv(Vendor::PolyvLive, "/live/v3/channel/basic/update", &fields, Some(body));
        }
        4 => return Draft::anyrtc("acquire", Some(json!({"resourceExpiredHour": 24}))),
        10 => return Draft::zego("DeletePlayer", json!({"PlayerId": "player_1"})),
        11 => {
            let body = json!({"RoomId": "room_1", "PlayerId": "", "PageSize": 50, "PageToken": "", "Status": 1});
            return Draft::zego("DescribePlayers", body);
        }
        12 => return Draft::zego("CancelUploadTask", json!({"UploadTaskId": demo::ZEGO_WAITING_UPLOAD})),
        14 => {
            let video = json!({"Width": 360, "Height": 640, "VideoBitrate": 600, "Fps": 15, "RenderMode": 1});
            let audio = json!({"AudioCodec": 1, "AudioBitrate": 48, "SoundChannel": 1, "Volume": 100});
            let body = json!({
                "StreamUrl": "https://h/a.mp4", "RoomId": "room_12", "StreamId": "s", "PlayerName": "name",
                "VideoOptions": video, "AudioOptions": audio, "PlayTime": 0, "RepeatTimes": 1, "SeekTo": 0,
                "MaxIdleTime": 30, "StreamData": {"Enable": 1, "Interval": 1000}, "RoomUserUpdate": 1,
                "ExtensionParams": [{"Key": "k", "Value": "v"}], "DelayDestroySeconds": 9,
            });
            return Draft::zego("CreatePlayer", body);
        }
        15 => {
            let body = json!({"Title": "a.mp4", "StreamUrl": "https://h/a.mp4", "RetentionDays": 3,
                "ContentMd5": "0uyh0doi++pDCwZkI0VEfA=="});
            return Draft::zego("CreateUploadTask", body);
        }
        13 => return Draft::zego("DescribeUploadTasks", json!({"UploadTaskId": "", "PageSize": 9, "Status": 1})),
        _ => {}
    }
    let canvas = json!({"width": 360, "height": 640, "fps": 15, "bitrate": 500, "mixedVideoLayout": 1});
    let recording = json!({"channelType": 0, "streamTypes": 2, "maxIdleTime": 30, "transcodingConfig": canvas});
    let storage = json!({"vendor": 2, "region": 3, "bucket": "b", "accessKey": "a", "secretKey": "s"});
    let start = json!({"recordingConfig": recording, "storageConfig": storage});
    if operation == 5 {
        let path = format!("resourceid/{}/mode/mix/start", anyrtc::resource_id(sim).await);
        return Draft::anyrtc(&path, Some(start));
    }
    let recording = anyrtc::Rec::start(sim, "mix", &start).await;
    let path = |method: &str| format!("resourceid/{}/sid/{}/mode/mix/{method}", recording.rid, recording.sid);
    let region = json!({"x_axis": 0.0, "y_axis": 0.0, "width": 1.0, "height": 0.5, "alpha": 1.0});
    match operation {
        6 => {
            let lists =
                json!({"audioUidList": {"subscribeAudioUids": ["1"]}, "videoUidList": {"unSubscribeVideoUids": []}});
            Draft::anyrtc(&path("update"), Some(json!({"streamSubscribe": lists})))
        }
        7 => Draft::anyrtc(&path("updateLayout"), Some(json!({"mixedVideoLayout": 3, "layoutConfig": [region]}))),
        8 => Draft::anyrtc(&path("query"), None),
        _ => Draft::anyrtc(&path("stop"), Some(json!({}))),
    }
}

/// What is done to a correct call.
#[derive(Debug, Clone)]
enum Slip {
    Proof { at: Index, byte: u8 },
    Name { which: Index, at: Index, byte: u8 },
    Place { which: Index },
    Format,
}

fn slips() -> impl Strategy<Value = Slip> {
    let byte = || prop::sample::select(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=+/".to_vec());
    prop_oneof![
        3 => (any::<Index>(), byte()).prop_map(|(at, byte)| Slip::Proof { at, byte }),
        6 => (any::<Index>(), any::<Index>(), byte()).prop_map(|(which, at, byte)| Slip::Name { which, at, byte }),
        3 => any::<Index>().prop_map(|which| Slip::Place { which }),
        1 => Just(Slip::Format),
    ]
}

/// The text with another byte at that place; `!` stands in for a byte that is there already.
fn with_byte(text: &str, at: Index, byte: u8) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let at = at.index(bytes.len());
    bytes[at] = if bytes[at] == byte { b'!' } else { byte };
    String::from_utf8(bytes).unwrap()
}

/// Commits the slip; `None` if there is nothing to slip on.
fn slipped(mut draft: Draft, slip: &Slip) -> Option<Draft> {
    let addresses = draft.addresses();
    let pick = |which: &Index| (!addresses.is_empty()).then(|| which.get(&addresses));
    match slip {
        Slip::Proof { at, byte } => {
            draft.sign();
            let proof = draft.proof();
            *proof = with_byte(proof, *at, *byte);
        }
        Slip::Name { which, at, byte } => draft.rename(pick(which)?, |name| with_byte(name, *at, *byte)),
        Slip::Place { which } => draft.displace(pick(which)?),
        Slip::Format if matches!(draft.body, Body::Empty) => return None,
        Slip::Format => draft.swap_format(),
    }
    draft.sign();
    Some(draft)
}

#[test]
fn one_slip_and_the_call_is_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let clock = ManualClock::at_unix_millis(NOW_MILLIS);
    let sim = runtime.block_on(Simulator::builder().clock(clock).without_quotas().start()).unwrap();
    let mut config = ProptestConfig::with_cases(600);
    config.failure_persistence = None;
    let outcome = TestRunner::new(config).run(&(0..OPERATIONS, slips()), |(operation, slip)| {
        runtime.block_on(async {
            sim.reset();
            let mut right = draft(&sim, operation).await;
            if let Some(wrong) = slipped(right.clone(), &slip) {
                prop_assert!(!wrong.is_accepted(&sim).await, "accepted: {:?}", wrong);
            }
            // Without the slip it is accepted: nothing else was wrong with it.
            right.sign();
            prop_assert!(right.is_accepted(&sim).await, "refused: {:?}", right);
            Ok(())
        })
    });
    outcome.unwrap();
}
