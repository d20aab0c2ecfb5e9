//! `livecloud verify-callback`: was this sent by the vendor, and what does it say?

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use livecloud::core::callback::{CallbackError, CallbackEvent, Inbound, Verified};
use livecloud::core::{Clock as _, SystemClock, env};
use livecloud::{anyrtc_recording, zego_cloud_player};
use serde_json::{Map, Value, json};

use crate::accounts::VendorName;
use crate::connection::Fixed;
use crate::env_file::Variables;
use crate::failure::Failure;
use crate::{input, output};

const AFTER_HELP: &str = "\
A genuine callback is printed as {verified, replay_key, event}; any other ends with exit code 4 and the reason. Hand over
the body byte for byte as it came: signatures may cover it. The secret is ZEGO_CALLBACK_SECRET or ANYRTC_CALLBACK_SECRET,
from the environment or from --env-file. Callbacks of POLYV are not checked by this version.

Examples:
  livecloud verify-callback zego-cloud-player --body callback.json --at 1681221511000
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
    /// A header it came with; may be repeated
    #[arg(long, value_name = "NAME:VALUE", value_parser = header)]
    header: Vec<(String, String)>,
    /// The raw body: a file, or - for stdin
    #[arg(long, value_name = "FILE|-")]
    body: Option<String>,
    /// Take the secret from this file of KEY=VALUE lines; it wins over the environment
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// When it came in, in milliseconds since 1970, instead of now
    #[arg(long, value_name = "UNIX_MS")]
    at: Option<u64>,
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
    let headers: HashMap<_, _> = arguments.header.iter().cloned().collect();
    let headers =
        (&headers).try_into().map_err(|_| Failure::usage("a header has a name or value that HTTP does not allow"))?;
    let inbound = Inbound { uri: &arguments.uri, headers: &headers, body: &body };

    match arguments.vendor {
        VendorName::ZegoCloudPlayer => {
            let verifier = zego_cloud_player::callback::Verifier::new(secret("ZEGO_CALLBACK_SECRET")?);
            shown(verifier.verify(inbound, now), |event| (format!("{:?}", event.kind), event.fields))
        }
        VendorName::AnyrtcRecording => {
            let verifier = anyrtc_recording::callback::Verifier::new(secret("ANYRTC_CALLBACK_SECRET")?);
            shown(verifier.verify(inbound, now), |event| (format!("{:?}", event.kind), event.fields))
        }
        VendorName::PolyvVod | VendorName::PolyvLive => {
            Err(Failure::usage("this version does not check callbacks of POLYV"))
        }
    }
}

/// What is printed of a genuine callback: its kind, by the name that the SDK has for it, and all its members.
fn shown<E: CallbackEvent>(
    verified: Result<Verified<E>, CallbackError>,
    read: impl Fn(E) -> (String, Map<String, Value>),
) -> Result<Value, Failure> {
    let verified = verified?;
    let (kind, fields) = read(verified.event()?);
    Ok(json!({
        "verified": true,
        "replay_key": verified.replay_key(),
        "event": { "kind": kind, "fields": fields },
    }))
}

/// A `name: value` argument.
fn header(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err("expected name:value".to_owned()),
    }
}
