//! What calls and raw calls have in common: where to, as whom, how long, and whether to send at all.

use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Args;
use clap::builder::RangedU64ValueParser;
use livecloud::core::{Client, Clock, NoTransport};
use livecloud::{Error, Validation};
use serde_json::json;

use crate::accounts::Known;
use crate::env_file::Variables;
use crate::failure::Failure;
use crate::job::Job;
use crate::{output, rendering};

/// Flags of everything that is sent.
#[derive(Debug, Args)]
pub(crate) struct Connection {
    /// Send to this address instead of the vendor's: a simulator, a proxy, a private cloud
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Accept a plain http address that is not loopback: signatures and bodies can then be read on the way
    #[arg(long)]
    allow_insecure_http: bool,
    /// Take credentials from this file of KEY=VALUE lines; it wins over the environment
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// Longest wait in seconds, retries included, instead of the operation's own
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    deadline: Option<Duration>,
    /// Print the request that would be sent, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Show signature, authorization and secrets in a dry run
    #[arg(long, requires = "dry_run")]
    reveal: bool,
    /// Sign with this time, in milliseconds since 1970, for a dry run that can be reproduced
    #[arg(long, value_name = "UNIX_MS", requires = "dry_run", value_parser = unix_millis())]
    at: Option<u64>,
    /// Sign with this nonce, where the vendor has one, for output that can be reproduced
    #[arg(long, value_name = "TEXT")]
    nonce: Option<String>,
    /// Report a failure as a JSON object on stderr
    #[arg(long)]
    pub(crate) json_errors: bool,
}

impl Connection {
    /// The account that environment and env file describe.
    pub(crate) fn account<V: Known>(&self) -> Result<V, Failure> {
        let variables = Variables::load(self.env_file.as_deref())?;
        V::from_vars(|name| variables.get(name)).map_err(Failure::from)
    }

    /// Sends the job and prints its result, or prints what would be sent.
    pub(crate) async fn run<V: Known>(&self, account: V, validation: Validation, job: Job<V>) -> Result<(), Failure> {
        let client = self.client(account, validation)?;
        if self.dry_run {
            return Ok(output::json(rendering::request(&job.prepare(&client)?, self.reveal))?);
        }
        let answer = job.send(&client).await?;
        let result = json!({
            "output": answer.output,
            "request_id": answer.info.request_id,
            "attempts": answer.info.attempts,
            "elapsed_ms": u64::try_from(answer.info.elapsed.as_millis()).unwrap_or(u64::MAX),
        });
        output::json(result).map_err(|error| Failure::unwritten(error, answer.info))
    }

    fn client<V: Known>(&self, account: V, validation: Validation) -> Result<Client<V>, Error> {
        let mut builder = Client::builder(account).validation(validation);
        if let Some(url) = &self.base_url {
            builder = builder.base_url(url);
        }
        if self.allow_insecure_http {
            builder = builder.allow_insecure_http();
        }
        if let Some(deadline) = self.deadline {
            builder = builder.deadline(deadline);
        }
        if let Some(at) = self.at {
            builder = builder.clock(Fixed::at(at)?);
        }
        if let Some(nonce) = &self.nonce {
            builder = builder.nonce(nonce);
        }
        if self.dry_run {
            builder = builder.transport(NoTransport);
        }
        builder.build()
    }
}

/// A clock that stands still.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fixed(SystemTime);

impl Fixed {
    pub(crate) fn at(unix_millis: u64) -> Result<Self, Error> {
        let time = UNIX_EPOCH.checked_add(Duration::from_millis(unix_millis));
        time.map(Self).ok_or_else(|| Error::config("--at is a time that this system cannot hold"))
    }
}

impl Clock for Fixed {
    fn now(&self) -> SystemTime {
        self.0
    }
}

/// A time that every signature can hold.
pub(crate) fn unix_millis() -> RangedU64ValueParser<u64> {
    RangedU64ValueParser::new().range(0..=i64::MAX.unsigned_abs())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "expected a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|deadline| !deadline.is_zero())
        .ok_or_else(|| "expected a number of seconds above 0".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_a_number_of_seconds_above_0() {
        assert_eq!(seconds("2.5"), Ok(Duration::from_millis(2500)));
        for wrong in ["0", "-1", "soon", "NaN", "inf", "1e300"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
