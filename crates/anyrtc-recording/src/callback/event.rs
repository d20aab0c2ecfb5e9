//! Notices, as far as this crate knows them.

use std::fmt;

use livecloud_core::callback::{CallbackError, CallbackEvent, Verified};
use livecloud_core::wire;
use serde_json::{Map, Value};

livecloud_core::open_enum! {
    /// What happened: `eventType` of a notice about cloud recording. 31, 40 and 41 are seen at anyRTC; the others are
    /// those of Agora's twin product.
    pub enum EventKind: i64 {
        /// An error in the service. `details.errorLevel` 5 is fatal: query the recording.
        Error = 1,
        /// A warning from the service.
        Warning = 2,
        /// The status of the service changed.
        StatusUpdate = 3,
        /// The index file was made, for the first time.
        FileInfos = 4,
        /// The service exited.
        SessionExit = 11,
        /// The service moved to another machine; its recorder has a new uid.
        SessionFailover = 12,
        /// The uploader has started.
        UploaderStarted = 30,
        /// All files are in your storage. The list may be empty.
        Uploaded = 31,
        /// All files are uploaded, at least one of them to anyRTC's backup.
        Backuped = 32,
        /// How far uploading is: `details.progress`, 0..=10000.
        UploadingProgress = 33,
        /// The recorder has started.
        RecorderStarted = 40,
        /// The recorder has left the channel; `details.leaveCode` is a set of bits.
        RecorderLeave = 41,
        /// A slice has begun.
        RecorderSliceStart = 42,
        /// A stream's sound came or went.
        AudioStreamStateChanged = 43,
        /// A stream's picture came or went.
        VideoStreamStateChanged = 44,
        /// A snapshot was stored.
        SnapshotFile = 45,
        /// The hand-over to Aliyun's VOD service has begun.
        VodStarted = 60,
        /// The hand-over to Aliyun's VOD service was triggered.
        VodTriggered = 61,
    }
}

livecloud_core::open_enum! {
    /// Which product a notice is about.
    pub enum Product: i64 {
        /// Real-time calls.
        Rtc = 1,
        /// Pushing to a CDN.
        PushToCdn = 2,
        /// Cloud recording.
        CloudRecording = 3,
        /// The cloud player.
        CloudPlayer = 4,
    }
}

livecloud_core::open_enum! {
    /// Which part of cloud recording a notice comes from.
    pub enum Service: i64 {
        /// The recording service.
        Recording = 0,
        /// The recorder.
        Recorder = 1,
        /// The uploader.
        Uploader = 2,
        /// An extension.
        Extension = 4,
    }
}

/// A notice. Members that the vendor leaves out, or writes in a way that cannot be read, are `None`.
///
/// `Debug` shows the kind only.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// What happened. Always `Other` when the notice says that it is about another product than cloud recording.
    pub kind: EventKind,
    /// The notice's id: `noticeID` on the wire, `noticeId` in the documentation.
    pub notice_id: Option<String>,
    /// The product.
    pub product: Option<Product>,
    /// When the notice was sent, in Unix milliseconds.
    pub notify_ms: Option<i64>,
    /// The channel.
    pub cname: Option<String>,
    /// The recorder's uid.
    pub uid: Option<String>,
    /// The recording's id.
    pub sid: Option<String>,
    /// The notice's number within its recording, from 0.
    pub sequence: Option<u64>,
    /// When it happened, in Unix milliseconds: `sendts`.
    pub send_ts: Option<i64>,
    /// Where it comes from: `serviceType`.
    pub service: Option<Service>,
    /// What belongs to this kind of event, null where there is nothing. Arrives as an object or as JSON in a text; a
    /// text that is no JSON stays one.
    pub details: Value,
    /// The whole body.
    pub fields: Map<String, Value>,
}

impl CallbackEvent for Event {
    fn parse(verified: &Verified<Self>) -> Result<Self, CallbackError> {
        let fields = members(verified.body())
            .ok_or_else(|| CallbackError::Malformed("the body is no JSON object".to_owned()))?;
        let number = fields.get("eventType").and_then(integer);
        let number = number.ok_or_else(|| CallbackError::Malformed("eventType is missing or no number".to_owned()))?;
        let product = fields.get("productId").and_then(integer).map(Product::from);
        let kind = match product {
            None | Some(Product::CloudRecording) => EventKind::from(number),
            Some(_) => EventKind::Other(number),
        };
        let payload = fields.get("payload").unwrap_or(&Value::Null);
        Ok(Self {
            kind,
            notice_id: notice_id(&fields),
            product,
            notify_ms: notify_ms(&fields),
            cname: text(&payload["cname"]),
            uid: text(&payload["uid"]),
            sid: text(&payload["sid"]),
            sequence: wire::opt_u64(&payload["sequence"]).ok().flatten(),
            send_ts: integer(&payload["sendts"]),
            service: integer(&payload["serviceType"]).map(Service::from),
            details: details(&payload["details"]),
            fields,
        })
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({:?}, {} members)", self.kind, self.fields.len())
    }
}

/// The body, if it is an object.
pub(super) fn members(body: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(body).ok()
}

/// An empty id is none.
pub(super) fn notice_id(fields: &Map<String, Value>) -> Option<String> {
    ["noticeId", "noticeID"].into_iter().filter_map(|name| fields.get(name).and_then(text)).find(|id| !id.is_empty())
}

pub(super) fn notify_ms(fields: &Map<String, Value>) -> Option<i64> {
    fields.get("notifyMs").and_then(integer)
}

fn details(value: &Value) -> Value {
    value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| value.clone())
}

fn text(value: &Value) -> Option<String> {
    wire::opt_text(value).ok().flatten()
}

fn integer(value: &Value) -> Option<i64> {
    wire::opt_i64(value).ok().flatten()
}
