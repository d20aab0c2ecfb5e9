//! `livecloud raw`: any request, signed, retried and opened like the typed ones.

use std::time::UNIX_EPOCH;

use clap::{Args, ValueEnum};
use livecloud::core::{Checks, Client, Method, NoTransport, RawCall};
use livecloud::{Error, Validation};

use crate::accounts::{Known, VendorName, with_account};
use crate::connection::Connection;
use crate::failure::Failure;
use crate::input;
use crate::job::{Job, Prepared};
use crate::rendering;

const AFTER_HELP: &str = "\
Nothing is checked but that every parameter is sent, and a lost answer is not repeated unless --idempotent says that it
may be.

Examples:
  livecloud raw zego-cloud-player POST / --query Action=DescribePlayers --json '{}' --idempotent
  livecloud raw polyv-live GET /live/v3/channel/basic/get --query channelId=2191569 --idempotent
  livecloud raw polyv-vod POST /v3/video/update-info --form vid=abc_a --form title=Hello --dry-run";

/// Send any request, signed, retried and opened like the typed operations
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Whom to call
    vendor: VendorName,
    /// The HTTP method
    #[arg(ignore_case = true)]
    method: MethodName,
    /// The path as it goes on the wire: with a slash in front, percent-encoded, without a query
    path: String,
    /// Which of the vendor's hosts, signatures and envelopes; most vendors have one
    #[arg(long)]
    profile: Option<String>,
    /// A query parameter, not encoded; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = input::pair)]
    query: Vec<(String, String)>,
    /// A form parameter, not encoded; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = input::pair, conflicts_with = "json")]
    form: Vec<(String, String)>,
    /// The JSON body: a file, - for stdin, or the JSON itself
    #[arg(long, value_name = "FILE|-|JSON")]
    json: Option<String>,
    /// Doing it twice does no harm: repeat it after a lost answer
    #[arg(long)]
    idempotent: bool,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "UPPER")]
enum MethodName {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Get => Self::Get,
            MethodName::Post => Self::Post,
            MethodName::Put => Self::Put,
            MethodName::Patch => Self::Patch,
            MethodName::Delete => Self::Delete,
        }
    }
}

pub(crate) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let vendor = arguments.vendor;
    with_account!(vendor, boxed(arguments)).await
}

/// Boxed, so that the four vendors' futures are of one type.
fn boxed<V: Known>(arguments: Arguments) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Failure>>>> {
    Box::pin(async move { call::<V>(arguments).await.map_err(|failure| failure.within(V::NAME, "RawCall")) })
}

async fn call<V: Known>(arguments: Arguments) -> Result<(), Failure> {
    let profile = profile::<V>(arguments.profile.as_deref())?;
    let account: V = arguments.connection.account()?;
    let mut call = RawCall::new(profile, arguments.method.into(), arguments.path);
    for (name, value) in &arguments.query {
        call = call.query(name.clone(), value.clone());
    }
    for (name, value) in &arguments.form {
        call = call.form(name.clone(), value.clone());
    }
    if let Some(source) = &arguments.json {
        call = call.json(&input::json(source)?)?;
    }
    if arguments.idempotent {
        call = call.idempotent();
    }
    let given = arguments.query.iter().chain(&arguments.form);
    let client = Client::builder(account.clone()).transport(NoTransport).build()?;
    refuse_dropped(given, &Job::Raw(call.clone()).prepare(&client)?)?;
    arguments.connection.run(account, Validation::default(), Job::Raw(call)).await
}

/// Refuses parameters that are not part of the request: those that the signature sets itself or leaves out.
fn refuse_dropped<'a>(given: impl Iterator<Item = &'a (String, String)>, prepared: &Prepared) -> Result<(), Error> {
    let query = prepared.url.split_once('?').map_or("", |(_, query)| query);
    let mut sent: Vec<_> = rendering::pairs(query).collect();
    if prepared.headers.iter().any(|(name, value)| name == "content-type" && value.starts_with(rendering::FORM)) {
        sent.extend(rendering::pairs(&String::from_utf8_lossy(&prepared.body)));
    }
    let mut checks = Checks::new(&(), UNIX_EPOCH, Validation::Strict);
    for pair in given {
        match sent.iter().position(|sent| sent == pair) {
            Some(found) => {
                sent.swap_remove(found);
            }
            None => checks.refuse("dropped", &pair.0, "would not be sent: the signature sets it, or leaves out blanks"),
        }
    }
    if checks.violations().is_empty() { Ok(()) } else { Err(Error::invalid(checks.violations().to_vec())) }
}

fn profile<V: Known>(wanted: Option<&str>) -> Result<V::Profile, Failure> {
    let found = match wanted {
        None => V::PROFILES.first(),
        Some(wanted) => V::PROFILES.iter().find(|(name, _)| *name == wanted),
    };
    found.map(|(_, profile)| *profile).ok_or_else(|| {
        let names: Vec<_> = V::PROFILES.iter().map(|(name, _)| *name).collect();
        Failure::usage(format!("there is no such profile; there is {}", names.join(", ")))
    })
}
