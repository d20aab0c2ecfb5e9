//! What each operation may be sent.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::fields::{Field, choice, list, object, real, text, texts, whole, words};

pub(super) const COMMON: &[Field] = &[
    text("Action").required(),
    whole("AppId", 0, u32::MAX as i64).required(),
    text("SignatureNonce").required(),
    whole("Timestamp", 0, i64::MAX).required(),
    text("Signature").required(),
    text("SignatureVersion").required(),
    words("IsTest", &["true", "false", "True", "False", "TRUE", "FALSE"]),
];

/// Members of an update. `BackupStreamUrl` may be empty: the documentation's own sample sends it so.
pub(super) const UPDATE_PLAYER: &[Field] = &[
    text("PlayerId").required(),
    whole("Sequence", 0, i64::MAX).required(),
    text("StreamUrl").bytes(1024).test(URL, is_media_url),
    text("BackupStreamUrl").bytes(1024).test(URL, |url| url.is_empty() || is_media_url(url)),
    texts("StreamUrlList", 1, 100).test(URL, is_media_url),
    object(
        "VideoOptions",
        &[
            whole("Width", 1, 3000),
            whole("Height", 1, 3000),
            whole("ShortEdge", 0, 2160),
            whole("VideoBitrate", 1, 50_000),
        ],
    ),
    object("AudioOptions", &[whole("AudioBitrate", 1, 192), whole("Volume", 0, 200)]),
    real("SeekTo", 0.0, f64::MAX),
    choice("IsPause", &[0, 1]),
    whole("RepeatTimes", -1, i64::MAX),
];

/// Members of a creation. `MaxIdleTime` has no limits here: the vendor clamps it.
pub(super) const CREATE_PLAYER: &[Field] = &[
    text("StreamUrl").bytes(1024).test(URL, is_media_url),
    texts("StreamUrlList", 1, 100).test(URL, is_media_url),
    text("BackupStreamUrl").bytes(1024).test(URL, |url| url.is_empty() || is_media_url(url)),
    text("RoomId").required().bytes(128),
    text("StreamId").bytes(256).test("must consist of letters, digits, _ and -", is_stream_id),
    text("PlayerName").bytes(64),
    object(
        "VideoOptions",
        &[
            whole("Width", 1, 3000),
            whole("Height", 1, 3000),
            whole("ShortEdge", 0, 2160),
            whole("VideoBitrate", 1, 50_000),
            choice("VideoCodec", &[0, 2, 3]),
            whole("Fps", 1, 30),
            choice("RenderMode", &[0, 1]),
        ],
    ),
    object(
        "AudioOptions",
        &[
            choice("AudioCodec", &[0, 1, 6]),
            whole("AudioBitrate", 1, 192),
            choice("SoundChannel", &[1, 2]),
            whole("Volume", 0, 200),
        ],
    ),
    whole("PlayTime", 0, i64::MAX),
    whole("RepeatTimes", -1, i64::MAX),
    real("SeekTo", 0.0, f64::MAX),
    whole("MaxIdleTime", i64::MIN, i64::MAX),
    object("StreamData", &[choice("Enable", &[0, 1]), whole("Interval", 1, i64::MAX)]),
    list("ExtensionParams", &[text("Key"), text("Value")], usize::MAX),
    choice("RoomUserUpdate", &[0, 1]),
    whole("DelayDestroySeconds", 0, 3600),
];

/// `PlayerId` is all it takes.
pub(super) const DELETE_PLAYER: &[Field] = &[text("PlayerId").required()];

/// Where a list is to go on, and by how much.
pub(super) const PAGE: &[Field] = &[whole("PageSize", 1, 50), text("PageToken")];

/// An empty text counts as absent.
pub(super) const DESCRIBE_PLAYERS: &[Field] = &[text("RoomId").bytes(128), text("PlayerId"), whole("Status", 1, 8)];

pub(super) const CREATE_UPLOAD: &[Field] = &[
    text("Title").required().bytes(100).test("must end in .mp3, .mp4, .flv, .wav, .aac or .flac", is_title),
    text("StreamUrl").required().bytes(1024).test(URL, is_media_url),
    whole("RetentionDays", 1, 7),
    text("ContentMd5").test("must be 16 bytes in base64", is_md5),
];

pub(super) const CANCEL_UPLOAD: &[Field] = &[text("UploadTaskId").required()];

/// Status 0 is no filter.
pub(super) const DESCRIBE_UPLOADS: &[Field] = &[text("UploadTaskId"), whole("Status", 0, 7)];

fn is_stream_id(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

/// The suffix counts in either case; an empty title is another complaint.
fn is_title(title: &str) -> bool {
    let suffix = title.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase());
    title.is_empty() || suffix.is_some_and(|suffix| SUFFIXES.contains(&suffix.as_str()))
}

const SUFFIXES: [&str; 6] = ["mp3", "mp4", "flv", "wav", "aac", "flac"];

fn is_md5(sum: &str) -> bool {
    STANDARD.decode(sum).is_ok_and(|bytes| bytes.len() == 16)
}

const URL: &str = "must be an http or https URL";

fn is_media_url(url: &str) -> bool {
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
    });
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_url_has_a_web_scheme_and_a_host() {
        for good in ["http://h", "HTTPS://h/x.mp4", "https://h:1?q"] {
            assert!(is_media_url(good), "{good}");
        }
        for bad in ["", "rtmp://h", "https://", "https:///x", "/x.mp4", "http:/h"] {
            assert!(!is_media_url(bad), "{bad}");
        }
    }
}
