//! Every typed operation of every vendor, called by name with a documented sample, against a simulator of its own.

use std::sync::Arc;
use std::time::Duration;

use livecloud::core::bytes::Bytes;
use livecloud::core::registry::Entry;
use livecloud::core::{
    CallInfo, Client, ClientBuilder, Delivery, Error, ErrorKind, Idempotency, QuotaMode, ReplyCap, Transport,
    TransportError, TransportErrorKind, Vendor, async_trait, http,
};
use livecloud::{anyrtc_recording, polyv_live, polyv_vod, zego_cloud_player};
use livecloud_sim::{Simulator, demo};
use serde_json::{Value, json};

/// One typed operation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Zego(Entry<zego_cloud_player::Account>),
    Vod(Entry<polyv_vod::Account>),
    Live(Entry<polyv_live::Account>),
    Anyrtc(Entry<anyrtc_recording::Account>),
}

/// All of them.
pub(crate) fn calls() -> Vec<Call> {
    let mut calls: Vec<_> = zego_cloud_player::REGISTRY.iter().copied().map(Call::Zego).collect();
    calls.extend(polyv_vod::REGISTRY.iter().copied().map(Call::Vod));
    calls.extend(polyv_live::REGISTRY.iter().copied().map(Call::Live));
    calls.extend(anyrtc_recording::REGISTRY.iter().copied().map(Call::Anyrtc));
    calls
}

impl Call {
    pub(crate) fn vendor(self) -> livecloud_sim::Vendor {
        match self {
            Self::Zego(_) => livecloud_sim::Vendor::Zego,
            Self::Vod(_) => livecloud_sim::Vendor::PolyvVod,
            Self::Live(_) => livecloud_sim::Vendor::PolyvLive,
            Self::Anyrtc(_) => livecloud_sim::Vendor::Anyrtc,
        }
    }

    fn meta(self) -> &'static livecloud::core::Meta {
        match self {
            Self::Zego(entry) => entry.meta(),
            Self::Vod(entry) => entry.meta(),
            Self::Live(entry) => entry.meta(),
            Self::Anyrtc(entry) => entry.meta(),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        self.meta().name
    }

    /// Whether it brings a file.
    pub(crate) fn is_download(self) -> bool {
        self.meta().reply_cap > 8 << 20
    }

    /// Not anyRTC's, and one of POLYV's has no signature at all.
    pub(crate) fn signs_time(self) -> bool {
        !matches!(self, Self::Anyrtc(_)) && self.name() != "QueryLiveStatus"
    }

    /// What a second deletion is refused as.
    pub(crate) fn already_gone(self) -> Option<&'static str> {
        Some(match self.name() {
            // ZEGO has no answer of its own for it, and an id of a deleted video is an invalid one
            "DeletePlayer" | "DeleteVideoV3" => "InvalidArgument",
            "DeleteChannel" | "BatchDeleteChannels" | "DeleteVideo" | "DeleteCategoryV3" => "NotFound",
            // POLYV has one text for unknown accounts and unknown roles
            "DeleteChannelAccount" => "Account",
            _ => return None,
        })
    }

    pub(crate) fn is_repeatable(self) -> bool {
        self.meta().idempotency != Idempotency::Unsafe
    }

    /// Brings the simulator to where the operation makes sense, and returns a call of it.
    pub(crate) async fn ready(self, sim: &Arc<Simulator>, settings: Settings) -> Ready {
        let wire = &Wire { sim: Arc::clone(sim), vendor: self.vendor() };
        match self {
            Self::Zego(entry) => {
                let account = zego_cloud_player::Account::new(demo::ZEGO_APP_ID, demo::ZEGO_SERVER_SECRET);
                let media = "https://media.example/a.mp4";
                let input = match entry.meta().name {
                    "CreatePlayer" => json!({"StreamUrl": media, "RoomId": demo::ZEGO_ROOM}),
                    "DeletePlayer" => json!({"PlayerId": demo::ZEGO_PLAYER}),
                    "DescribePlayers" | "DescribeUploadTasks" => json!({}),
                    "CreateUploadTask" => json!({"Title": "a.mp4", "StreamUrl": media}),
                    "CancelUploadTask" => json!({"UploadTaskId": demo::ZEGO_WAITING_UPLOAD}),
                    _ => json!({"PlayerId": demo::ZEGO_PLAYER, "Sequence": 100, "SeekTo": 10}),
                };
                Ready::new(entry, account, wire, settings, input)
            }
            Self::Vod(entry) => {
                let account = polyv_vod::Account::sub(demo::POLYV_VOD_APP_ID, demo::POLYV_VOD_APP_SECRET)
                    .with_main(demo::POLYV_VOD_USER_ID, demo::POLYV_VOD_SECRET_KEY);
                Ready::new(entry, account, wire, settings, sample(entry.meta().name))
            }
            Self::Live(entry) => {
                let account = polyv_live::Account::new(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET)
                    .user_id(demo::POLYV_LIVE_USER_ID);
                Ready::new(entry, account, wire, settings, sample(entry.meta().name))
            }
            Self::Anyrtc(entry) => {
                let account = anyrtc_recording::Account::new(
                    demo::ANYRTC_APP_ID,
                    demo::ANYRTC_CUSTOMER_ID,
                    demo::ANYRTC_CUSTOMER_SECRET,
                );
                let client = wire.lead(Client::builder(account.clone())).build().unwrap();
                let input = recording(&client, entry.meta().name).await;
                sim.clear_requests();
                Ready::new(entry, account, wire, settings, input)
            }
        }
    }
}

fn sample(operation: &str) -> Value {
    demo::inputs().remove(operation).unwrap()
}

/// Records as far as the operation needs it, and returns its input.
async fn recording(client: &anyrtc_recording::Client, operation: &str) -> Value {
    let find = |name| anyrtc_recording::REGISTRY.iter().find(|entry| entry.meta().name == name).unwrap();
    let mut input = json!({
        "cname": demo::ANYRTC_CNAME, "uid": demo::ANYRTC_UID, "mode": "mix", "resourceid": "", "sid": "",
        "clientRequest": {}
    });
    if operation == "Acquire" {
        return input;
    }
    input["resourceid"] = find("Acquire").call(client, input.clone()).await.unwrap().output["resourceId"].clone();
    let mut start = input.clone();
    start["clientRequest"] = json!({
        "recordingConfig": {"channelType": 0},
        "storageConfig": {"vendor": 2, "region": 3, "bucket": "b", "accessKey": "a", "secretKey": "s"}
    });
    if operation == "Start" {
        return start;
    }
    input["sid"] = find("Start").call(client, start).await.unwrap().output["sid"].clone();
    if operation == "Update" {
        input["clientRequest"] = json!({"streamSubscribe": {"audioUidList": {"subscribeAudioUids": ["#allstream#"]}}});
    }
    input
}

/// The way to a simulated vendor: its port, or through memory where it has none.
#[derive(Clone, Debug)]
struct Wire {
    sim: Arc<Simulator>,
    vendor: livecloud_sim::Vendor,
}

impl Wire {
    fn lead<V: Vendor>(&self, builder: ClientBuilder<V>) -> ClientBuilder<V> {
        match self.sim.base_url(self.vendor) {
            "" => builder.transport(self.clone()),
            url => builder.base_url(url),
        }
    }
}

#[async_trait]
impl Transport for Wire {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let ReplyCap(cap) = ReplyCap::of(&request);
        let failed = |kind| Err(TransportError::new(kind));
        match self.sim.exchange(self.vendor, request).await {
            Ok(reply) if reply.body().len() > cap => failed(TransportErrorKind::TooLarge),
            Ok(reply) => Ok(reply),
            Err(_) => failed(TransportErrorKind::Interrupted),
        }
    }
}

/// How patient the client is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) deadline: Duration,
    pub(crate) quota: QuotaMode,
}

type Send = Box<dyn FnOnce() -> livecloud::core::registry::DynamicCall + std::marker::Send>;

/// A call that is ready to go.
pub(crate) struct Ready(Send);

impl Ready {
    fn new<V: Vendor>(entry: Entry<V>, account: V, wire: &Wire, settings: Settings, input: Value) -> Self {
        let builder = wire.lead(Client::builder(account));
        let client = builder.deadline(settings.deadline).quota_mode(settings.quota).build().unwrap();
        Self(Box::new(move || entry.call(&client, input)))
    }

    pub(crate) async fn send(self) -> Outcome {
        Outcome::from((self.0)().await.map(|answer| answer.info))
    }
}

/// What a caller learns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Outcome {
    /// The kind of failure, none for a success.
    pub(crate) failure: Option<(String, Delivery)>,
    pub(crate) attempts: u32,
}

impl From<Result<CallInfo, Error>> for Outcome {
    fn from(result: Result<CallInfo, Error>) -> Self {
        match result {
            Ok(info) => Self { failure: None, attempts: info.attempts },
            Err(error) => {
                let what = match (error.kind(), error.category(), error.transport_kind()) {
                    (ErrorKind::Api, Some(category), _) => format!("{category:?}"),
                    (_, _, Some(kind)) => format!("{kind:?}"),
                    (kind, ..) => format!("{kind:?}"),
                };
                Self { failure: Some((what, error.delivery())), attempts: error.attempts() }
            }
        }
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.failure, self.attempts) {
            (None, 1) => f.write_str("done"),
            (None, attempts) => write!(f, "done after {attempts}"),
            (Some((what, delivery)), attempts) => write!(f, "{what}, {delivery:?} after {attempts}"),
        }
    }
}
