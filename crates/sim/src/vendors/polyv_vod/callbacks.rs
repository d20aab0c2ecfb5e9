//! Callbacks: a GET with everything in the query or a POST of JSON, and a digest of its own for every kind.

use http::Method;
use md5::{Digest, Md5};
use serde_json::{Map, Value, json};

use crate::{
    demo,
    notice::{Event, Letter, Notifier, Sending},
    settings::Settings,
    vendors::polyv::parameters,
};

pub(crate) struct Callbacks;

const PICTURE: &str = "https://files.example/picture.png";

/// All that the vendor documents. Those with `type` are sent as a GET, the others as a POST.
static EVENTS: &[Event] = &[
    Event { name: "upload", sample: |_| json!({"type": "upload", "vid": demo::POLYV_VOD_VIDEO, "state": "demo"}) },
    Event {
        name: "invalidVideo",
        sample: |_| json!({"type": "invalidVideo", "vid": demo::POLYV_VOD_VIDEO, "state": "demo"}),
    },
    Event {
        name: "async_upload",
        sample: |_| json!({"type": "async_upload", "fileUrl": "https://files.example/a.mp4", "title": "demo", "state": "demo"}),
    },
    Event { name: "videoSyncedFail", sample: |_| json!({"type": "videoSyncedFail", "vid": demo::POLYV_VOD_VIDEO}) },
    Event { name: "encode", sample: |_| rendition("encode") },
    Event { name: "encode_failed", sample: |_| rendition("encode_failed") },
    Event { name: "pass", sample: |_| json!({"type": "pass", "vid": demo::POLYV_VOD_VIDEO}) },
    Event { name: "nopass", sample: |_| json!({"type": "nopass", "vid": demo::POLYV_VOD_VIDEO}) },
    Event {
        name: "TranscodeComplete",
        sample: |_| {
            json!({
                "eventType": "TranscodeComplete", "status": "success", "vid": demo::POLYV_VOD_VIDEO,
                "videoInfos": [{
                    "status": "success", "format": "mp4", "df": 1, "bitrate": 400, "duration": 60, "size": 1024,
                    "resolution": "640x360",
                }],
            })
        },
    },
    Event {
        name: "DeleteMediaComplete",
        sample: |now| {
            json!({
                "eventType": "DeleteMediaComplete", "operateTime": now, "operator": "demo", "status": "success",
                "deleteType": "MoveToTrash", "vids": demo::POLYV_VOD_VIDEO,
            })
        },
    },
    Event {
        name: "AIContentScanNotPassed",
        sample: |_| {
            json!({
                "eventType": "AIContentScanNotPassed", "scanSource": "video", "vid": demo::POLYV_VOD_VIDEO,
                "scanResults": [
                    {"imageUrl": PICTURE, "scene": "porn", "label": "demo", "suggestion": "review", "rate": 60.5},
                ],
            })
        },
    },
    Event {
        name: "CoursewareConvertComplete",
        sample: |_| {
            json!({
                "eventType": "CoursewareConvertComplete", "status": "success", "vid": demo::POLYV_VOD_VIDEO,
                "convertedImages": [
                    {"pageNo": 1, "pageTitle": "demo", "pageImage": PICTURE, "pageThumbnail": PICTURE},
                ],
            })
        },
    },
    Event {
        name: "snapshot",
        sample: |_| {
            json!({
                "taskId": "1", "vid": demo::POLYV_VOD_VIDEO, "status": "success",
                "snapshots": [{"offsetTime": 5, "imageUrl": PICTURE}],
            })
        },
    },
];

fn rendition(kind: &str) -> Value {
    json!({"type": kind, "format": "mp4", "vid": demo::POLYV_VOD_VIDEO, "df": "1"})
}

impl Notifier for Callbacks {
    fn events(&self) -> &'static [Event] {
        EVENTS
    }

    fn secret<'a>(&self, settings: &'a Settings) -> &'a str {
        &settings.polyv_vod_secret_key
    }

    fn write(&self, fields: Map<String, Value>, sending: &Sending<'_>) -> Letter {
        let sign = ("sign".to_owned(), sign(&fields, sending.secret));
        if fields.contains_key("type") {
            let mut query = parameters(fields);
            query.push(sign);
            return Letter { method: Method::GET, query, headers: Vec::new(), body: bytes::Bytes::new() };
        }
        let headers = vec![("Content-Type", "application/json".to_owned())];
        let body = Value::Object(fields).to_string().into();
        Letter { method: Method::POST, query: vec![sign], headers, body }
    }
}

/// Lower-case MD5; what goes before the secret depends on the kind.
fn sign(fields: &Map<String, Value>, secret: &str) -> String {
    let value = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let (kind, vid) = (value("type"), value("vid"));
    let text = match kind {
        "upload" | "invalidVideo" => format!("upload{vid}"),
        "pass" | "nopass" => format!("manage{kind}{vid}"),
        "async_upload" => format!("{kind}{}", value("fileUrl")),
        "encode" | "encode_failed" => format!("{kind}{}{vid}{}", value("format"), value("df")),
        "" => match value("eventType") {
            "" => format!("snapshot{vid}"),
            // their names only
            constant @ ("DeleteMediaComplete" | "AIContentScanNotPassed" | "CoursewareConvertComplete") => {
                constant.to_owned()
            }
            kind => format!("{kind}{vid}"),
        },
        _ => format!("{kind}{vid}"),
    };
    hex::encode(Md5::digest(text + secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(fields: &Value, secret: &str) -> String {
        sign(fields.as_object().unwrap(), secret)
    }

    #[test]
    fn the_published_signatures_come_out() {
        let vid = "e2e84a738302f20a4f6eb202976f5c63_e";
        for (fields, secret, signature) in [
            (json!({"type": "upload", "vid": vid}), "7UagtQOq2A", "b245e3e65aa45b60dc02337b5cd914a7"),
            (json!({"type": "pass", "vid": vid}), "7UagtQOq2A", "8ebb91d444ce53fafa3256670fb65d84"),
            (
                json!({"type": "encode", "format": "flv", "vid": vid, "df": "1"}),
                "7UagtQOq2A",
                "3c3eab358901ad19bc59b5df7704ed48",
            ),
            (
                json!({"type": "async_upload", "fileUrl": "http://a.mp4"}),
                "kXmHMLeX6M",
                "c2f168b96d882c1a03f1021c29208916",
            ),
            (json!({"eventType": "AIContentScanNotPassed"}), "kXmHMLeX6M", "6c5b14548fb9c06ee1b987debf88f639"),
            (json!({"vid": "e6b23c6f51350f106556806a576b1942_e"}), "testkey", "3adb60893894d422d00ed2efae8c41f3"),
        ] {
            assert_eq!(signed(&fields, secret), signature, "{fields}");
        }
    }

    #[test]
    fn every_kind_has_its_own_text() {
        let vid = demo::POLYV_VOD_VIDEO;
        for (fields, signature) in [
            (json!({"type": "invalidVideo", "vid": vid}), "ebf495937d11d87f7d59c009f500a36b"),
            (json!({"type": "nopass", "vid": vid}), "e837cdedf404f04f3eb8580015ea0de2"),
            (json!({"type": "videoSyncedFail", "vid": vid}), "14fbaf7d8eafa9da95c4cd81ec336516"),
            (
                json!({"type": "encode_failed", "format": "mp4", "vid": vid, "df": "2"}),
                "30a8691cd260e2fd5e1c431c1f4f4786",
            ),
            (json!({"eventType": "TranscodeComplete", "vid": vid}), "905c1d7f86854b55cdd1064cd6f20945"),
            (json!({"eventType": "DeleteMediaComplete", "vid": vid}), "5af8f3bb758f02131f47652868c003ed"),
            (json!({"eventType": "CoursewareConvertComplete"}), "fa70f4e3e9dd48398efc719e9adc2dc1"),
        ] {
            assert_eq!(signed(&fields, demo::POLYV_VOD_SECRET_KEY), signature, "{fields}");
        }
    }
}
