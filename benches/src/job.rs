//! The three calls that are measured: what is sent, and what the vendor would answer.

use anyrtc_recording as anyrtc;
use polyv_live as polyv;
use zego_cloud_player as zego;

use crate::Outcome;

#[derive(Debug, Clone, Copy)]
pub(crate) enum Job {
    /// A JSON body, MD5 over four short texts in the query.
    Zego,
    /// A JSON body, MD5 over sorted parameters in the query.
    Polyv,
    /// No body, basic authentication, a reply with a list.
    Anyrtc,
}

impl Job {
    pub(crate) fn named(name: &str) -> Outcome<Self> {
        match name {
            "UpdatePlayer" => Ok(Self::Zego),
            "UpdateChannelBasic" => Ok(Self::Polyv),
            "Query" => Ok(Self::Anyrtc),
            other => Err(format!("no operation `{other}` is measured").into()),
        }
    }

    /// The one whose request has this path.
    pub(crate) fn of_path(path: &str) -> Self {
        match path {
            "/" => Self::Zego,
            _ if path.starts_with("/live/") => Self::Polyv,
            _ => Self::Anyrtc,
        }
    }

    pub(crate) fn reply(self) -> &'static str {
        match self {
            Self::Zego => r#"{"Code":0,"Message":"succeed","RequestId":"7203466391513632"}"#,
            Self::Polyv => r#"{"code":200,"status":"success","message":"","data":""}"#,
            Self::Anyrtc => concat!(
                r#"{"Code":200,"Body":{"resourceId":"JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8BrQoRPCHxmeV","#,
                r#""sid":"38f8e3cfdc474cd56fc1ceba380d7e1a","serverResponse":{"fileListMode":"json","fileList":["#,
                r#"{"fileName":"a.m3u8","trackType":"audio_and_video","uid":"123","mixedAllUser":true,"#,
                r#""isPlayable":true,"sliceStartTime":1623399824000},"#,
                r#"{"fileName":"b.m3u8","trackType":"audio_and_video","uid":"124","mixedAllUser":true,"#,
                r#""isPlayable":true,"sliceStartTime":1623399854000}],"status":"5","sliceStartTime":1623399824000}}}"#,
            ),
        }
    }
}

pub(crate) const ZEGO_APP_ID: u32 = 12345;
pub(crate) const ZEGO_SECRET: &str = "9193cc662a4c0ec135ec71fb57194b38";
pub(crate) const POLYV_APP_ID: &str = "frlr1zazn3";
pub(crate) const POLYV_SECRET: &str = "5d5ade8f71f24bb9a2d1176cd607dd17";
pub(crate) const ANYRTC_APP_ID: &str = "177e21c0d1641291c34e46e1198bd49a";
pub(crate) const ANYRTC_CUSTOMER: (&str, &str) = ("customer", "9193cc662a4c0ec135ec71fb57194b38");

pub(crate) const RESOURCE_ID: &str = "JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8BrQoRPCHxmeV";
pub(crate) const SID: &str = "38f8e3cfdc474cd56fc1ceba380d7e1a";

pub(crate) fn zego_account() -> zego::Account {
    zego::Account::new(ZEGO_APP_ID, ZEGO_SECRET)
}

pub(crate) fn polyv_account() -> polyv::Account {
    polyv::Account::new(POLYV_APP_ID, POLYV_SECRET)
}

pub(crate) fn anyrtc_account() -> anyrtc::Account {
    anyrtc::Account::new(ANYRTC_APP_ID, ANYRTC_CUSTOMER.0, ANYRTC_CUSTOMER.1)
}

pub(crate) fn update_player() -> zego::UpdatePlayer {
    zego::UpdatePlayer::new("player_1", 100)
        .video_options(zego::VideoOptions::pixels(360, 640).video_bitrate(1200))
        .audio_options(zego::AudioOptions::new().audio_bitrate(48).volume(150))
        .seek_to(10)
        .pause()
        .repeat_times(1)
}

pub(crate) fn update_channel() -> polyv::UpdateChannelBasic {
    let basic = polyv::BasicSetting::new().name("Open lesson").start_time(1_557_888_134_000).splash_enabled(true);
    polyv::UpdateChannelBasic::new("2191569")
        .basic_setting(basic)
        .auth(polyv::AuthSetting::pay(polyv::Rank::Primary, 9.5).valid_time_period(30))
}

pub(crate) fn query() -> anyrtc::Query {
    anyrtc::Query::new(RESOURCE_ID, SID, anyrtc::Mode::Mix)
}
