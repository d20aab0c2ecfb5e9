//! Runs the simulator for tests in other languages: prints the base URLs as one line of JSON, and ends with its input.
//!
//! ```text
//! cargo run -q -p livecloud-sim --example serve [-- --at UNIX_MS]
//! ```
//!
//! With `--at` the clock stands at that time until `POST /__sim/clock` moves it.

use std::io::{self, Write as _};

use livecloud_sim::{ManualClock, Simulator, Vendor};
use serde_json::{Map, Value};

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let mut builder = Simulator::builder();
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {}
        ["--at", millis] => {
            let millis = millis.parse().map_err(|_| usage())?;
            builder = builder.clock(ManualClock::at_unix_millis(millis));
        }
        _ => return Err(usage()),
    }
    let simulator = builder.start().await?;
    let urls: Map<_, _> = Vendor::ALL
        .into_iter()
        .map(|vendor| (vendor.key().to_owned(), Value::from(simulator.base_url(vendor))))
        .collect();
    writeln!(io::stdout(), "{}", Value::from(urls))?;

    // Whoever started this holds the other end; it closes even if they crash.
    tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink())).await??;
    simulator.shutdown().await;
    Ok(())
}

fn usage() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "usage: serve [--at UNIX_MS]")
}
