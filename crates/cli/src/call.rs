//! `livecloud call`: a typed operation by name.

use std::time::UNIX_EPOCH;

use clap::{Args, ValueEnum};
use livecloud::core::registry::Entry;
use livecloud::core::{Checks, Client, Entropy, NoTransport};
use livecloud::{Error, ErrorKind, Validation};
use serde_json::{Map, Value};

use crate::accounts::{Known, VendorName, with_account};
use crate::connection::{Connection, Fixed};
use crate::failure::Failure;
use crate::job::Job;
use crate::{input, known_keys};

const AFTER_HELP: &str = "\
The input's keys are the vendor's own names, path fields included; keys that the operation does not have are refused.
The result is {output, request_id, attempts, elapsed_ms} on stdout.

Examples:
  livecloud call zego-cloud-player UpdatePlayer --input '{\"PlayerId\":\"player_1\",\"Sequence\":7,\"SeekTo\":10}'
  livecloud call polyv-live UpdateChannelBasic --input channel.json --dry-run --reveal --at 1621840356767
  jq .recording job.json | livecloud call anyrtc-recording Start --input - --env-file anyrtc.env --json-errors";

/// Call a typed operation by name, from JSON to JSON
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Whom to call
    vendor: VendorName,
    /// What to call: a name from `livecloud operations`
    operation: String,
    /// The operation's fields: a file, - for stdin, or the JSON itself (not for secrets: others can see arguments)
    #[arg(long, value_name = "FILE|-|JSON")]
    input: Option<String>,
    /// How strictly the fields are checked before anything is sent
    #[arg(long, value_enum, default_value_t = Strictness::Strict, value_name = "PROFILE")]
    validation: Strictness,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Strictness {
    /// The documented limits, in the narrower reading
    Strict,
    /// Also what newer vendor pages allow
    Relaxed,
    /// No checks: the vendor decides
    Off,
}

impl From<Strictness> for Validation {
    fn from(strictness: Strictness) -> Self {
        match strictness {
            Strictness::Strict => Self::Strict,
            Strictness::Relaxed => Self::Relaxed,
            Strictness::Off => Self::Off,
        }
    }
}

pub(crate) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let vendor = arguments.vendor;
    with_account!(vendor, boxed(arguments)).await
}

/// Boxed, so that the four vendors' futures are of one type.
fn boxed<V: Known>(arguments: Arguments) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Failure>>>> {
    Box::pin(async move {
        let named = |failure: Failure| failure.within(V::NAME, &arguments.operation);
        call::<V>(&arguments).await.map_err(named)
    })
}

async fn call<V: Known>(arguments: &Arguments) -> Result<(), Failure> {
    let entry = find::<V>(&arguments.operation)?;
    let account: V = arguments.connection.account()?;
    let input = match &arguments.input {
        Some(source) => input::json(source)?,
        None => Value::Object(Map::new()),
    };
    if !input.is_object() {
        return Err(Error::invalid_field("input", "must be a JSON object", "input").into());
    }
    let connection = &arguments.connection;
    let validation = arguments.validation.into();
    refuse_unknown(entry, &account, validation, &input)?;
    connection.run(account, validation, Job::Typed(entry, input)).await
}

fn find<V: Known>(name: &str) -> Result<&'static Entry<V>, Failure> {
    if let Some(entry) = V::REGISTRY.iter().find(|entry| entry.meta().name == name) {
        return Ok(entry);
    }
    let names = || V::REGISTRY.iter().map(|entry| entry.meta().name);
    let alike = names().find(|known| known.eq_ignore_ascii_case(name));
    Err(Failure::usage(match alike {
        Some(known) => format!("there is no such operation; did you mean {known}?"),
        None => format!("there is no such operation; there are {}", names().collect::<Vec<_>>().join(", ")),
    }))
}

/// Refuses input with keys that the operation does not have; says with them which rules of the profile are broken, too.
fn refuse_unknown<V: Known>(
    entry: &'static Entry<V>,
    account: &V,
    validation: Validation,
    input: &Value,
) -> Result<(), Error> {
    // Always the same time, nonce and boundary: two requests then differ by their input only.
    let client = |validation| {
        Client::builder(account.clone())
            .validation(validation)
            .transport(NoTransport)
            .clock(Fixed::at(0)?)
            .entropy(Zeros)
            .build()
    };
    let unchecked = client(Validation::Off)?;
    let prepare = |input| Job::Typed(entry, input).prepare(&unchecked);
    match prepare(input.clone()) {
        // Unreadable input has a fault of its own, and what comes after it cannot be tested. A client that is not set
        // up says so itself.
        Err(error) if error.kind() != ErrorKind::Invalid || error.violations().iter().any(|v| v.id == "input") => {
            return Err(error);
        }
        _ => {}
    }
    let unknown = known_keys::unknown(input, |input| prepare(input).map_err(|error| error.to_string()));
    if unknown.is_empty() {
        return Ok(());
    }
    let mut checks = Checks::new(&(), UNIX_EPOCH, Validation::Strict);
    for path in unknown {
        checks.refuse("unknown", path, format!("is not a field of {}", entry.meta().name));
    }
    let mut violations = checks.violations().to_vec();
    if let Err(error) = Job::Typed(entry, input.clone()).prepare(&client(validation)?) {
        violations.extend_from_slice(error.violations());
    }
    Err(Error::invalid(violations))
}

/// No randomness.
#[derive(Debug)]
struct Zeros;

impl Entropy for Zeros {
    fn fill(&self, dest: &mut [u8]) -> std::io::Result<()> {
        dest.fill(0);
        Ok(())
    }
}
