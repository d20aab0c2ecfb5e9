//! The fields of the six methods.

use crate::fields::{Field, choice, list, object, real, text, texts, whole, words};

/// Members of every POST.
pub(super) const COMMON: &[Field] = &[
    text("cname").required().bytes(64).test("is not a legal channel name", is_channel_name),
    text("uid").required().chars(48),
];

// The page lists an empty `clientRequest`, real clients leave it out and are served.
pub(super) const ACQUIRE: &[Field] = &[object("clientRequest", &[whole("resourceExpiredHour", 1, 720)])];
pub(super) const STOP: &[Field] = &[object("clientRequest", &[])];

const AUDIO: Field = texts("subscribeAudioUids", 0, 32);
const NO_AUDIO: Field = texts("unSubscribeAudioUids", 0, 32);
const VIDEO: Field = texts("subscribeVideoUids", 0, 32);
const NO_VIDEO: Field = texts("unSubscribeVideoUids", 0, 32);

const MAX_RESOLUTION_UID: Field = text("maxResolutionUid");
const MIXED_VIDEO_LAYOUT: Field = choice("mixedVideoLayout", &[0, 1, 2, 3]);
const BACKGROUND_COLOR: Field = text("backgroundColor").test("must be # and 6 hex digits", is_color);
const LAYOUT_CONFIG: Field = list(
    "layoutConfig",
    &[
        text("uid").chars(48),
        real("x_axis", 0.0, 1.0).required(),
        real("y_axis", 0.0, 1.0).required(),
        real("width", 0.0, 1.0).required(),
        real("height", 0.0, 1.0).required(),
        real("alpha", 0.0, 1.0),
        choice("render_mode", &[0, 1]),
    ],
    17,
);

const TRANSCODING: &[Field] = &[
    whole("width", 1, 1920).required(),
    whole("height", 1, 1920).required(),
    whole("fps", 1, i64::MAX).required(),
    whole("bitrate", 1, i64::MAX).required(),
    MAX_RESOLUTION_UID,
    MIXED_VIDEO_LAYOUT,
    BACKGROUND_COLOR,
    LAYOUT_CONFIG,
];

const RECORDING: &[Field] = &[
    choice("channelType", &[0, 1]).required(),
    choice("streamTypes", &[0, 1, 2]),
    choice("decryptionMode", &[0, 1, 2, 3]),
    text("secret"),
    choice("audioProfile", &[0, 1, 2]),
    choice("videoStreamType", &[0, 1]),
    whole("maxIdleTime", 5, u32::MAX as i64),
    object("transcodingConfig", TRANSCODING),
    AUDIO,
    NO_AUDIO,
    VIDEO,
    NO_VIDEO,
    choice("subscribeUidGroup", &[0, 1, 2, 3]),
];

const STORAGE: &[Field] = &[
    choice("vendor", &[0, 1, 2, 3, 4, 100]).required(),
    whole("region", 0, i64::MAX),
    text("bucket").required(),
    text("accessKey"),
    text("secretKey"),
    texts("fileNamePrefix", 0, usize::MAX).test("must be letters and digits", |part| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }),
];

const VIDEO_DATA: &[Field] = &[
    text("title").required(),
    text("description"),
    text("coverUrl"),
    text("cateId"),
    text("tags"),
    text("templateGroupId"),
    text("userData"),
    text("storageLocation"),
    text("workflowId"),
];

const EXTENSION: &[Field] = &[
    words("errorHandlePolicy", &["error_abort"]),
    list(
        "extensionServices",
        &[
            words("serviceName", &["aliyun_vod_service"]).required(),
            words("errorHandlePolicy", &["error_abort"]),
            object(
                "serviceParam",
                &[
                    text("accessKey").required(),
                    text("secretKey").required(),
                    text("regionId").required(),
                    object("apiData", &[object("videoData", VIDEO_DATA).required()]).required(),
                ],
            )
            .required(),
        ],
        usize::MAX,
    )
    .required(),
];

pub(super) const START: &[Field] = &[object(
    "clientRequest",
    &[
        text("token"),
        object("recordingConfig", RECORDING).required(),
        object("recordingFileConfig", &[texts("avFileType", 1, 2)]),
        object("snapshotConfig", &[whole("captureInterval", 5, 3600), texts("fileType", 1, 1).required()]),
        object("storageConfig", STORAGE),
        object("extensionServiceConfig", EXTENSION),
    ],
)
.required()];

pub(super) const UPDATE: &[Field] = &[object(
    "clientRequest",
    &[object(
        "streamSubscribe",
        &[object("audioUidList", &[AUDIO, NO_AUDIO]), object("videoUidList", &[VIDEO, NO_VIDEO])],
    )
    .required()],
)
.required()];

pub(super) const UPDATE_LAYOUT: &[Field] =
    &[object("clientRequest", &[MAX_RESOLUTION_UID, MIXED_VIDEO_LAYOUT, BACKGROUND_COLOR, LAYOUT_CONFIG]).required()];

/// The 89 characters of error 1013.
fn is_channel_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" !#$%&()+-:;<=.>?@[]^_{}|~,".contains(&byte))
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_name_has_89_characters_to_choose_from() {
        let legal = (0..=127_u8).filter(|byte| is_channel_name(&char::from(*byte).to_string())).count();
        assert_eq!(legal, 89);
        for illegal in ["\"", "'", "*", "/", "\\", "`", "房"] {
            assert!(!is_channel_name(illegal), "{illegal}");
        }
    }

    #[test]
    fn a_color_has_six_hex_digits() {
        for (color, is) in [("#FF00aa", true), ("FF00AA", false), ("#FF00A", false), ("#GG0000", false), ("red", false)]
        {
            assert_eq!(is_color(color), is, "{color}");
        }
    }
}
