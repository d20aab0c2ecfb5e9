//! What players and upload tasks are told about.

use serde_json::{Value, json};

use crate::{
    demo,
    notice::{Event, Notice},
    vendor::Vendor,
    world::{
        players::Player,
        uploads::{CANCELLED, EXPIRED, SUCCEEDED, UPLOADING, Upload},
    },
};

const PLAYER_CREATED: &str = "player_created";
const PLAYER_DESTROYED: &str = "player_destroyed";
const PLAYER_STATUS_CHANGED: &str = "player_status_changed";
const FILE_UPLOADED: &str = "file_uploaded";
const UPLOAD_STATUS_CHANGED: &str = "upload_status_changed";
const UPLOAD_CANCEL_FAILED: &str = "upload_cancel_failed";
const FILE_EXPIRED: &str = "file_expired";

const SAMPLE_URL: &str = "https://xxx.com/video/test.mp4";
const SAMPLE_TIME: i64 = 1_681_221_508;

pub(super) static EVENTS: &[Event] = &[
    Event {
        name: PLAYER_CREATED,
        sample: |_| {
            let (time, url) = (SAMPLE_TIME, SAMPLE_URL);
            of_player(1, json!({"CreateTime": time, "PlayTime": time, "MaxIdleTime": 30, "StreamUrl": url}))
        },
    },
    Event { name: PLAYER_DESTROYED, sample: |_| of_player(2, json!({"PlayTime": SAMPLE_TIME, "Reason": 1})) },
    Event { name: PLAYER_STATUS_CHANGED, sample: |_| of_player(3, json!({"Status": 4, "PlayIndex": 0})) },
    Event { name: "player_exception", sample: |_| of_player(4, json!({"Code": -7})) },
    Event { name: FILE_UPLOADED, sample: |_| of_upload(10001, json!({})) },
    Event { name: "upload_failed", sample: |_| of_upload(10002, json!({"Reason": 1})) },
    Event { name: UPLOAD_STATUS_CHANGED, sample: |_| of_upload(10003, json!({"Status": 2})) },
    Event { name: UPLOAD_CANCEL_FAILED, sample: |_| of_upload(10004, json!({"Reason": 1})) },
    Event { name: "upload_exception", sample: |_| of_upload(10005, json!({"Code": 1})) },
    Event { name: FILE_EXPIRED, sample: |_| of_upload(10006, json!({})) },
];

fn of_player(event_type: u32, detail: Value) -> Value {
    let (room, id) = (demo::ZEGO_ROOM, demo::ZEGO_PLAYER);
    json!({"EventType": event_type, "RoomId": room, "PlayerId": id, "PlayerName": id, "Detail": detail})
}

fn of_upload(event_type: u32, detail: Value) -> Value {
    let id = demo::ZEGO_FINISHED_UPLOAD;
    let title = format!("{id}.mp4");
    json!({
        "EventType": event_type, "UploadTaskId": id, "StreamUrl": SAMPLE_URL, "Title": title, "Detail": detail,
    })
}

pub(super) fn player_created(player: &Player, unix_millis: i64) -> Notice {
    let detail = json!({
        "CreateTime": player.created, "PlayTime": player.play_time, "MaxIdleTime": player.max_idle.as_secs(),
        "StreamUrl": player.stream_url(),
    });
    about_player(player, PLAYER_CREATED, &detail, unix_millis)
}

/// Tells a player's new status.
pub(super) fn player_status(player: &Player, unix_millis: i64) -> Notice {
    if player.is_destroyed() {
        let detail = json!({"PlayTime": player.play_time, "Reason": player.destroy_reason});
        return about_player(player, PLAYER_DESTROYED, &detail, unix_millis);
    }
    about_player(player, PLAYER_STATUS_CHANGED, &json!({"Status": player.status, "PlayIndex": 0}), unix_millis)
}

/// Tells an upload task's new status, whose numbers are not those of the list.
pub(super) fn upload_status(upload: &Upload, unix_millis: i64) -> Notice {
    let (event, detail) = match upload.status {
        UPLOADING => (UPLOAD_STATUS_CHANGED, json!({"Status": 2})),
        SUCCEEDED => (FILE_UPLOADED, json!({})),
        CANCELLED => (UPLOAD_STATUS_CHANGED, json!({"Status": 3})),
        EXPIRED => (FILE_EXPIRED, json!({})),
        _ => (UPLOAD_STATUS_CHANGED, json!({"Status": 1})),
    };
    about_upload(upload, event, &detail, unix_millis)
}

/// Tells why a task was not cancelled: 1, it is uploading; 2, it is uploaded.
pub(super) fn cancel_failed(upload: &Upload, reason: u32, unix_millis: i64) -> Notice {
    about_upload(upload, UPLOAD_CANCEL_FAILED, &json!({"Reason": reason}), unix_millis)
}

fn about_player(player: &Player, event: &'static str, detail: &Value, unix_millis: i64) -> Notice {
    let fields = json!({"RoomId": player.room, "PlayerId": player.id, "PlayerName": player.name, "Detail": detail});
    Notice::new(Vendor::Zego, event, fields, unix_millis)
}

fn about_upload(upload: &Upload, event: &'static str, detail: &Value, unix_millis: i64) -> Notice {
    let fields = json!({"UploadTaskId": upload.id, "StreamUrl": upload.url, "Title": upload.title, "Detail": detail});
    Notice::new(Vendor::Zego, event, fields, unix_millis)
}
