//! What a simulator is told once, when it starts.

use std::time::Duration;

use crate::demo;

#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Refuse fields that no table knows.
    pub(crate) strict: bool,
    pub(crate) quotas: bool,
    pub(crate) zego: Zego,
    pub(crate) polyv_vod: Polyv,
    /// The main account's; it signs callbacks.
    pub(crate) polyv_vod_secret_key: String,
    pub(crate) polyv_live: Polyv,
    pub(crate) anyrtc: Anyrtc,
}

#[derive(Debug, Clone)]
pub(crate) struct Zego {
    pub(crate) app_id: u32,
    pub(crate) server_secret: String,
    pub(crate) callback_secret: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Polyv {
    pub(crate) app_id: String,
    pub(crate) app_secret: String,
    /// Answer failures with HTTP 200, the code in the body only.
    pub(crate) failures_in_http_200: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Anyrtc {
    pub(crate) app_ids: Vec<String>,
    pub(crate) customer_id: String,
    pub(crate) customer_secret: String,
    pub(crate) callback_secret: String,
    /// Answer without the `Code`/`Body` envelope.
    pub(crate) bare: bool,
    /// How long a recording stays in one status.
    pub(crate) step: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let polyv = |app_id: &str, app_secret: &str| Polyv {
            app_id: app_id.to_owned(),
            app_secret: app_secret.to_owned(),
            failures_in_http_200: false,
        };
        Self {
            strict: true,
            quotas: true,
            zego: Zego {
                app_id: demo::ZEGO_APP_ID,
                server_secret: demo::ZEGO_SERVER_SECRET.to_owned(),
                callback_secret: demo::ZEGO_CALLBACK_SECRET.to_owned(),
            },
            polyv_vod: polyv(demo::POLYV_VOD_APP_ID, demo::POLYV_VOD_APP_SECRET),
            polyv_vod_secret_key: demo::POLYV_VOD_SECRET_KEY.to_owned(),
            polyv_live: polyv(demo::POLYV_LIVE_APP_ID, demo::POLYV_LIVE_APP_SECRET),
            anyrtc: Anyrtc {
                app_ids: vec![demo::ANYRTC_APP_ID.to_owned(), demo::ANYRTC_OTHER_APP_ID.to_owned()],
                customer_id: demo::ANYRTC_CUSTOMER_ID.to_owned(),
                customer_secret: demo::ANYRTC_CUSTOMER_SECRET.to_owned(),
                callback_secret: demo::ANYRTC_CALLBACK_SECRET.to_owned(),
                bare: false,
                step: Duration::from_millis(200),
            },
        }
    }
}
