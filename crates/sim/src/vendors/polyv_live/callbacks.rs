//! Callbacks: signed with the secret and the time alone, nearly all of them with everything in the query.

use http::Method;
use md5::{Digest, Md5};
use serde_json::{Map, Value, json};

use crate::{
    demo,
    notice::{Event, Letter, Notifier, Sending},
    settings::Settings,
    vendors::polyv::{self, parameters},
};

pub(crate) struct Callbacks;

const FILE: &str = "https://files.example/record.m3u8";

static EVENTS: &[Event] = &[
    Event {
        name: "live_status",
        sample: |now| {
            json!({
                "channelId": demo::POLYV_LIVE_CHANNEL, "status": "live", "sessionId": "demosession",
                "startTime": now, "endTime": "",
            })
        },
    },
    Event {
        name: "record_generated",
        sample: |_| {
            json!({
                "channelId": demo::POLYV_LIVE_CHANNEL, "fileUrl": FILE, "format": "m3u8", "fileId": "demofile",
                "origin": "auto", "hasRtcRecord": "N", "sessionId": "demosession",
            })
        },
    },
    Event {
        name: "playback_transferred",
        sample: |_| {
            let mut fields = video();
            fields["sessionId"] = json!("demosession");
            fields["userId"] = json!(demo::POLYV_LIVE_USER_ID);
            fields
        },
    },
    Event { name: "record_converted", sample: |_| video() },
    Event {
        name: "record_merged",
        sample: |_| {
            json!({
                "status": "success", "userId": demo::POLYV_LIVE_USER_ID, "channelId": demo::POLYV_LIVE_CHANNEL,
                "fileId": "demofile",
            })
        },
    },
    Event {
        name: "record_merged_mp4",
        sample: |_| {
            json!({
                "status": "success", "channelId": demo::POLYV_LIVE_CHANNEL, "fileId": "demofile", "fileIds": "a,b",
                "fileUrl": FILE, "fileName": "demo",
            })
        },
    },
    Event {
        name: "ai_ppt_video",
        sample: |_| {
            json!({
                "id": 1, "fileName": "demo.pptx", "videoName": "demo", "videoPath": "https://files.example/ppt.mp4",
                "videoFileSize": 1024, "videoImage": "https://files.example/ppt.png", "videoDuration": 60,
                "dealTime": "2023-11-15 06:13:20", "existDigitalHuman": false, "status": "SUCCESS",
                "childUserInfo": null, "subtitleInfo": {"enableSubtitle": "false", "subtitlePath": ""},
            })
        },
    },
    Event {
        name: "points_query",
        sample: |_| {
            json!({
                "channelId": demo::POLYV_LIVE_CHANNEL, "viewerId": "viewer", "viewerName": "观众", "sessionId": "",
                "appId": demo::POLYV_LIVE_APP_ID,
            })
        },
    },
];

/// A recording that became a video.
fn video() -> Value {
    json!({
        "status": "success", "channelId": demo::POLYV_LIVE_CHANNEL, "vid": "demovid", "title": "demo",
        "duration": "00:01:00", "fileSize": 1024, "fileId": "demofile", "videoId": "demovideo", "origin": "auto",
        "sessionIds": "[\"20231115061320,60,demosession\"]",
    })
}

impl Notifier for Callbacks {
    fn events(&self) -> &'static [Event] {
        EVENTS
    }

    fn secret<'a>(&self, settings: &'a Settings) -> &'a str {
        &settings.polyv_live.app_secret
    }

    /// What is sent how shows in the fields, as it does to the customer.
    fn write(&self, fields: Map<String, Value>, sending: &Sending<'_>) -> Letter {
        let timestamp = sending.sent_millis.to_string();
        let signature = ("sign".to_owned(), sign(sending.secret, &timestamp));
        let timestamp = ("timestamp".to_owned(), timestamp);
        if fields.contains_key("videoPath") {
            let headers = vec![("Content-Type", "application/json".to_owned())];
            let body = Value::Object(fields).to_string().into();
            return Letter { method: Method::POST, query: vec![signature, timestamp], headers, body };
        }
        let is_question = fields.contains_key("viewerId");
        let is_unsigned = fields.contains_key("fileIds");
        let mut query = parameters(fields);
        if is_question {
            query.push(("ts".to_owned(), timestamp.1));
            let pairs = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let sign = polyv::sign(pairs, sending.secret);
            query.push(("sign".to_owned(), sign));
        } else {
            query.extend((!is_unsigned).then_some(signature));
            query.push(timestamp);
        }
        Letter { method: Method::GET, query, headers: Vec::new(), body: bytes::Bytes::new() }
    }
}

/// Lower-case MD5 over the secret and the time.
fn sign(secret: &str, timestamp: &str) -> String {
    hex::encode(Md5::digest(format!("{secret}{timestamp}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_comes_first() {
        let signature = sign("demo-secret-0123456789abcdef", "1629334739239");
        assert_eq!(signature, "0861a16795e93c1c1fe1f9e514560374");
    }
}
