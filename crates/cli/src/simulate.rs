//! `livecloud simulate`: the four vendors on loopback.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use clap::Args;
use livecloud_sim::{Simulator, Vendor, demo};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::output;

const AFTER_HELP: &str = "\
The base URLs are printed as one JSON object; the simulator runs until Ctrl-C.

Examples:
  livecloud simulate --print-env > demo.env
  livecloud simulate --port 18080
  livecloud call zego-cloud-player UpdatePlayer --env-file demo.env --base-url http://127.0.0.1:18080 \\
    --input '{\"PlayerId\":\"player_1\",\"Sequence\":1,\"AudioOptions\":{\"Volume\":150}}'";

/// Run a simulator of all four vendors on this machine
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Listen on this port for ZEGO and on the next three for POLYV VOD, POLYV Live and anyRTC; free ports without it
    #[arg(long, value_name = "P", value_parser = clap::value_parser!(u16).range(1..=65532))]
    port: Option<u16>,
    /// Print the demo credentials that the simulator accepts, as lines for --env-file, and end
    #[arg(long, conflicts_with = "port")]
    print_env: bool,
}

/// The vendors in the order of their ports, by the names that `call` knows them by.
const VENDORS: [(&str, Vendor); 4] = [
    ("zego-cloud-player", Vendor::Zego),
    ("polyv-vod", Vendor::PolyvVod),
    ("polyv-live", Vendor::PolyvLive),
    ("anyrtc-recording", Vendor::Anyrtc),
];

pub(crate) async fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.print_env {
        return Ok(output::line(&credentials())?);
    }
    let mut builder = Simulator::builder();
    if let Some(port) = arguments.port {
        builder = builder.ports_from(port);
    }
    let simulator = builder.start().await.map_err(|error| {
        Failure::usage(match arguments.port {
            Some(port) => format!("cannot listen on the ports {port} to {}: {error}", port.saturating_add(3)),
            None => format!("cannot listen on loopback: {error}"),
        })
    })?;
    // Listens for Ctrl-C, which takes a first poll, before anybody is told that there is something to end.
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    let already = poll_fn(|context| Poll::Ready(interrupted.as_mut().poll(context).is_ready())).await;

    let urls: Map<_, _> =
        VENDORS.iter().map(|(name, vendor)| ((*name).to_owned(), Value::from(simulator.base_url(*vendor)))).collect();
    output::json(urls.into())?;
    output::remark(&hint(simulator.base_url(Vendor::Zego)));
    if !already {
        interrupted.await.map_err(|error| Failure::usage(format!("cannot wait for Ctrl-C: {error}")))?;
    }
    simulator.shutdown().await;
    Ok(())
}

fn hint(zego: &str) -> String {
    format!(
        "Four simulated vendors are running; Ctrl-C ends them. In another terminal:\n  \
         livecloud simulate --print-env > demo.env\n  \
         livecloud call zego-cloud-player UpdatePlayer --env-file demo.env --base-url {zego} \
         --input '{{\"PlayerId\":\"{}\",\"Sequence\":1,\"AudioOptions\":{{\"Volume\":150}}}}'",
        demo::ZEGO_PLAYER
    )
}

/// The demo world's credentials; nothing of it is secret.
fn credentials() -> String {
    let app_id = demo::ZEGO_APP_ID.to_string();
    // A video's id begins with its account's.
    let user_id = demo::POLYV_VOD_VIDEO.get(..10).unwrap_or_default();
    let lines = [
        ("ZEGO_APP_ID", &*app_id),
        ("ZEGO_SERVER_SECRET", demo::ZEGO_SERVER_SECRET),
        ("ZEGO_CALLBACK_SECRET", demo::ZEGO_CALLBACK_SECRET),
        ("POLYV_VOD_APP_ID", demo::POLYV_VOD_APP_ID),
        ("POLYV_VOD_APP_SECRET", demo::POLYV_VOD_APP_SECRET),
        ("POLYV_VOD_USER_ID", user_id),
        ("POLYV_VOD_SECRET_KEY", demo::POLYV_VOD_SECRET_KEY),
        ("POLYV_LIVE_APP_ID", demo::POLYV_LIVE_APP_ID),
        ("POLYV_LIVE_APP_SECRET", demo::POLYV_LIVE_APP_SECRET),
        ("POLYV_LIVE_USER_ID", demo::POLYV_LIVE_USER_ID),
        ("ANYRTC_APP_ID", demo::ANYRTC_APP_ID),
        ("ANYRTC_CUSTOMER_ID", demo::ANYRTC_CUSTOMER_ID),
        ("ANYRTC_CUSTOMER_SECRET", demo::ANYRTC_CUSTOMER_SECRET),
        ("ANYRTC_CALLBACK_SECRET", demo::ANYRTC_CALLBACK_SECRET),
    ];
    let lines = lines.map(|(name, value)| format!("{name}={value}"));
    format!("# livecloud simulate: demo credentials, worth nothing elsewhere\n{}", lines.join("\n"))
}
