//! What a careful user writes by hand for one operation: typed JSON, the signature, a look at the envelope.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use reqwest::header::CONTENT_TYPE;
use rustls_platform_verifier::BuilderVerifierExt as _;
use serde::{Deserialize, Serialize};

use super::Side;
use crate::Outcome;
use crate::job::{
    ANYRTC_APP_ID, ANYRTC_CUSTOMER, POLYV_APP_ID, POLYV_SECRET, RESOURCE_ID, SID, ZEGO_APP_ID, ZEGO_SECRET,
};

/// With the SDK's TLS, so that both start up alike.
pub(super) fn client() -> Outcome<reqwest::Client> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    let builder = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy();
    Ok(builder.timeout(Duration::from_secs(15)).user_agent("hand-written").build()?)
}

#[expect(clippy::disallowed_methods, reason = "a user without this SDK has no Clock")]
fn now() -> Outcome<Duration> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?)
}

pub(super) struct Zego {
    client: reqwest::Client,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct UpdatePlayer<'a> {
    player_id: &'a str,
    sequence: u64,
    video_options: VideoOptions,
    audio_options: AudioOptions,
    seek_to: Option<u32>,
    is_pause: Option<u8>,
    repeat_times: Option<i32>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct VideoOptions {
    width: u32,
    height: u32,
    video_bitrate: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AudioOptions {
    audio_bitrate: u32,
    volume: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ZegoReply {
    code: i64,
    message: String,
    request_id: String,
}

impl Zego {
    pub(super) fn new(address: &str) -> Outcome<Self> {
        Ok(Self { client: client()?, url: format!("{address}/") })
    }
}

impl Side for Zego {
    async fn call(&self) -> Outcome {
        let body = UpdatePlayer {
            player_id: "player_1",
            sequence: 100,
            video_options: VideoOptions { width: 360, height: 640, video_bitrate: 1200 },
            audio_options: AudioOptions { audio_bitrate: 48, volume: 150 },
            seek_to: Some(10),
            is_pause: Some(1),
            repeat_times: Some(1),
        };
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce)?;
        let (nonce, timestamp) = (hex::encode(nonce), now()?.as_secs());
        let signature = hex::encode(Md5::digest(format!("{ZEGO_APP_ID}{nonce}{ZEGO_SECRET}{timestamp}")));
        let (app_id, timestamp) = (ZEGO_APP_ID.to_string(), timestamp.to_string());
        let query = [
            ("Action", "UpdatePlayer"),
            ("AppId", &app_id),
            ("SignatureNonce", &nonce),
            ("Timestamp", &timestamp),
            ("Signature", &signature),
            ("SignatureVersion", "2.0"),
        ];
        let reply = self.client.post(&self.url).query(&query).json(&body).send().await?.error_for_status()?;
        let reply: ZegoReply = reply.json().await?;
        if reply.code != 0 {
            return Err(format!("{}: {} ({})", reply.code, reply.message, reply.request_id).into());
        }
        Ok(())
    }
}

pub(super) struct Polyv {
    client: reqwest::Client,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UpdateChannelBasic<'a> {
    basic_setting: BasicSetting<'a>,
    auth_settings: [AuthSetting<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BasicSetting<'a> {
    name: &'a str,
    start_time: i64,
    splash_enabled: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuthSetting<'a> {
    rank: u8,
    enabled: &'a str,
    auth_type: &'a str,
    price: f64,
    valid_time_period: u32,
}

#[derive(Deserialize)]
struct PolyvReply {
    code: i64,
    status: String,
    message: String,
}

impl Polyv {
    pub(super) fn new(address: &str) -> Outcome<Self> {
        Ok(Self { client: client()?, url: format!("{address}/live/v3/channel/basic/update") })
    }
}

impl Side for Polyv {
    async fn call(&self) -> Outcome {
        let setting = AuthSetting { rank: 1, enabled: "Y", auth_type: "pay", price: 9.5, valid_time_period: 30 };
        let basic_setting = BasicSetting { name: "Open lesson", start_time: 1_557_888_134_000, splash_enabled: "Y" };
        let body = UpdateChannelBasic { basic_setting, auth_settings: [setting] };
        let timestamp = now()?.as_millis().to_string();
        let mut query = vec![("channelId", "2191569"), ("appId", POLYV_APP_ID), ("timestamp", &timestamp)];
        query.sort_unstable();
        let mut text = POLYV_SECRET.to_owned();
        for (name, value) in &query {
            text.push_str(name);
            text.push_str(value);
        }
        text.push_str(POLYV_SECRET);
        let sign = hex::encode_upper(Md5::digest(text));
        query.push(("sign", &sign));
        let reply = self.client.post(&self.url).query(&query).json(&body).send().await?.error_for_status()?;
        let reply: PolyvReply = reply.json().await?;
        if reply.code != 200 {
            return Err(format!("{}: {} {}", reply.code, reply.status, reply.message).into());
        }
        Ok(())
    }
}

pub(super) struct Anyrtc {
    client: reqwest::Client,
    address: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AnyrtcReply {
    code: u16,
    body: Queried,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Queried {
    resource_id: String,
    sid: String,
    server_response: ServerResponse,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServerResponse {
    status: String,
    file_list: Vec<File>,
    slice_start_time: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(rename = "fileName")]
    name: String,
    track_type: String,
    uid: String,
    mixed_all_user: bool,
    is_playable: bool,
    slice_start_time: i64,
}

impl Anyrtc {
    pub(super) fn new(address: &str) -> Outcome<Self> {
        Ok(Self { client: client()?, address: address.to_owned() })
    }
}

impl Side for Anyrtc {
    async fn call(&self) -> Outcome {
        let url = format!(
            "{}/v1/apps/{ANYRTC_APP_ID}/cloud_recording/resourceid/{RESOURCE_ID}/sid/{SID}/mode/mix/query",
            self.address
        );
        let pair = STANDARD.encode(format!("{}:{}", ANYRTC_CUSTOMER.0, ANYRTC_CUSTOMER.1));
        let request = self.client.get(url).header("authorization", format!("Basic {pair}"));
        let reply = request.header(CONTENT_TYPE, "application/json;charset=utf-8").send().await?;
        let reply: AnyrtcReply = reply.error_for_status()?.json().await?;
        let Queried { resource_id, sid, server_response: recording } = reply.body;
        let files = recording.file_list.iter().filter(|file| {
            file.is_playable
                && file.mixed_all_user
                && !file.name.is_empty()
                && !file.track_type.is_empty()
                && !file.uid.is_empty()
                && file.slice_start_time >= recording.slice_start_time
        });
        if reply.code != 200 || recording.status != "5" || files.count() != 2 {
            return Err(format!("{} {resource_id} {sid}", reply.code).into());
        }
        Ok(())
    }
}
