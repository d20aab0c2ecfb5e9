//! What each operation may be sent.

use crate::fields::{Field, choice, object, real, text, texts, whole, words};

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

/// `PlayerId` is all it takes.
pub(super) const DELETE_PLAYER: &[Field] = &[text("PlayerId").required()];

/// Where a list is to go on, and by how much.
pub(super) const PAGE: &[Field] = &[whole("PageSize", 1, 50), text("PageToken")];

/// An empty text counts as absent.
pub(super) const DESCRIBE_PLAYERS: &[Field] = &[text("RoomId").bytes(128), text("PlayerId"), whole("Status", 1, 8)];

pub(super) const CANCEL_UPLOAD: &[Field] = &[text("UploadTaskId").required()];

/// Status 0 is no filter.
pub(super) const DESCRIBE_UPLOADS: &[Field] = &[text("UploadTaskId"), whole("Status", 0, 7)];

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
