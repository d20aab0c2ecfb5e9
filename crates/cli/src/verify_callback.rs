//! `livecloud verify-callback`: was this sent by the vendor, and what does it say?

use std::path::PathBuf;

use clap::Args;
use livecloud::core::callback::{CallbackError, CallbackEvent, Inbound, Verified};
use livecloud::core::http::{HeaderMap, HeaderName, HeaderValue};
use livecloud::core::{Clock as _, SystemClock, env};
use livecloud::{anyrtc_recording, polyv_live, polyv_vod, zego_cloud_player};
use serde_json::{Map, Value, json};

use crate::accounts::VendorName;
use crate::connection::{self, Fixed};
use crate::env_file::Variables;
use crate::failure::Failure;
use crate::{input, output, redact};

const AFTER_HELP: &str = "\
A genuine callback is printed as {verified, replay_key, event}; any other ends with exit code 4 and the reason. Hand over
the body byte for byte as it came: signatures may cover it. Most cover far less than the whole callback, and VOD's no time:
see the callback module of the vendor's crate. The secret is ZEGO_CALLBACK_SECRET, POLYV_VOD_SECRET_KEY (main account),
POLYV_LIVE_APP_SECRET or ANYRTC_CALLBACK_SECRET, from the environment or from --env-file.

Examples:
  livecloud verify-callback zego-cloud-player --body callback.json --at 1681221511000
  livecloud verify-callback polyv-live --uri '/hook?channelId=2191569&status=live&timestamp=1629334739239&sign=0861a167'
  livecloud verify-callback anyrtc-recording --header 'Ar-Signature: 1cd0b30f98f8' --body notice.json --env-file my.env";

/// Check the signature of a callback that came in, and read it
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Who is said to have sent it
    vendor: VendorName,
    /// Path and query it came to, still encoded
    #[arg(long, value_name = "PATH", default_value = "/", hide_default_value = true)]
    uri: String,
    /// A header it came with; may be repeated with other names
    #[arg(long, value_name = "NAME:VALUE", value_parser = header)]
    header: Vec<(String, String)>,
    /// The raw body: a file, or - for stdin
    #[arg(long, value_name = "FILE|-")]
    body: Option<String>,
    /// Take the secret from this file of KEY=VALUE lines; it wins over the environment
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// When it came in, in milliseconds since 1970, instead of now
    #[arg(long, value_name = "UNIX_MS", value_parser = connection::unix_millis())]
    at: Option<u64>,
    /// Show the signature among the fields
    #[arg(long)]
    reveal: bool,
    /// Report a failure as a JSON object on stderr
    #[arg(long)]
    pub(crate) json_errors: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.vendor.name();
    let verified = verify(arguments).map_err(|failure| failure.within(name, "verify-callback"))?;
    Ok(output::json(verified)?)
}

fn verify(arguments: &Arguments) -> Result<Value, Failure> {
    let variables = Variables::load(arguments.env_file.as_deref())?;
    let secret = |name| env::require(|name| variables.get(name), [name]).map(|[secret]| secret);
    let now = match arguments.at {
        Some(at) => Fixed::at(at)?.now(),
        None => SystemClock.now(),
    };
    let body = arguments.body.as_deref().map(input::bytes).transpose()?.unwrap_or_default();
    let headers = headers(&arguments.header)?;
    let inbound = Inbound { uri: &arguments.uri, headers: &headers, body: &body };

    let mut verified = match arguments.vendor {
        VendorName::ZegoCloudPlayer => {
            let verifier = zego_cloud_player::callback::Verifier::new(secret("ZEGO_CALLBACK_SECRET")?);
            shown(
                verifier.verify(inbound, now),
                |event| json!({ "kind": format!("{:?}", event.kind), "fields": event.fields }),
            )
        }
        VendorName::AnyrtcRecording => {
            let verifier = anyrtc_recording::callback::Verifier::new(secret("ANYRTC_CALLBACK_SECRET")?);
            shown(
                verifier.verify(inbound, now),
                |event| json!({ "kind": format!("{:?}", event.kind), "fields": event.fields }),
            )
        }
        VendorName::PolyvLive => {
            let verifier = polyv_live::callback::Verifier::new(secret("POLYV_LIVE_APP_SECRET")?);
            shown(
                verifier.verify(inbound, now),
                |event| json!({ "kind": format!("{:?}", event.kind), "fields": object(event.fields), "body": event.body }),
            )
        }
        VendorName::PolyvVod => {
            let verifier = polyv_vod::callback::Verifier::new(secret("POLYV_VOD_SECRET_KEY")?);
            shown(
                verifier.verify(inbound, now),
                |event| json!({ "kind": format!("{:?}", event.kind), "fields": object(event.fields), "body": event.body }),
            )
        }
    }?;
    if !arguments.reveal {
        redact::signature(&mut verified["event"]["fields"]);
    }
    Ok(verified)
}

/// One of each name: of two signatures nobody could tell which one counts.
fn headers(given: &[(String, String)]) -> Result<HeaderMap, Failure> {
    let wrong = || Failure::usage("a header has a name or value that HTTP does not allow");
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
        let value = HeaderValue::from_str(value).map_err(|_| wrong())?;
        if headers.append(name.clone(), value) {
            return Err(Failure::usage(format!("the header {name} is given twice")));
        }
    }
    Ok(headers)
}

/// What is printed of a genuine callback: its kind, by the name that the SDK has for it, and all that came with it.
fn shown<E: CallbackEvent>(
    verified: Result<Verified<E>, CallbackError>,
    read: impl Fn(E) -> Value,
) -> Result<Value, Failure> {
    let verified = verified?;
    let event = read(verified.event()?);
    Ok(json!({ "verified": true, "replay_key": verified.replay_key(), "event": event }))
}

/// The first of several fields of one name counts, as it does for the SDK.
fn object(fields: Vec<(String, String)>) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        object.entry(name).or_insert(value.into());
    }
    object.into()
}

/// A `name: value` argument.
fn header(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err("expected name:value".to_owned()),
    }
}
