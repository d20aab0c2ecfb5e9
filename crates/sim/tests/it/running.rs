//! Starting, recording, stopping.

use std::time::Duration;

use livecloud_sim::{Fault, Selector, Simulator, Vendor, demo};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{anyrtc, client::send, zego};

#[tokio::test]
async fn every_vendor_has_a_loopback_port_of_its_own() {
    let sim = Simulator::start().await.unwrap();
    let mut urls: Vec<_> = Vendor::ALL.iter().map(|vendor| sim.base_url(*vendor).to_owned()).collect();
    assert!(urls.iter().all(|url| url.starts_with("http://127.0.0.1:")));
    urls.dedup();
    assert_eq!(urls.len(), 4);
    for vendor in Vendor::ALL {
        let reply = send(sim.base_url(vendor), "GET", "/nothing?x=%E5%B8%88", &[("X-Mark", "1")], "").await.unwrap();
        assert_eq!(reply.status, 404, "{vendor}");
        assert!(reply.header("date").is_some());
        let request = sim.requests().pop().unwrap();
        assert_eq!((request.vendor, request.operation, request.query("x")), (vendor, None, Some("师")));
        assert_eq!(
            (request.method.as_str(), request.path.as_str(), request.header("x-mark")),
            ("GET", "/nothing", Some("1"))
        );
    }
    sim.clear_requests();
    assert!(sim.requests().is_empty());
}

#[tokio::test]
async fn only_the_wanted_vendors_start() {
    let sim = Simulator::builder().only(Vendor::PolyvLive).only(Vendor::Zego).start().await.unwrap();
    let running: Vec<_> = Vendor::ALL.into_iter().filter(|vendor| !sim.base_url(*vendor).is_empty()).collect();
    assert_eq!(running, [Vendor::Zego, Vendor::PolyvLive]);
}

/// Time may be paused: there is no socket.
#[tokio::test(start_paused = true)]
async fn without_ports_requests_are_answered_in_memory() {
    let sim = Simulator::builder().only(Vendor::Zego).without_ports();
    assert_eq!(sim.base_url(Vendor::Zego), "");
    let request = || http::Request::post("http://anywhere/?Action=UpdatePlayer").body(bytes::Bytes::new()).unwrap();
    let reply = sim.exchange(Vendor::Zego, request()).await.unwrap();
    assert!(String::from_utf8_lossy(reply.body()).contains("100000001"));
    sim.next("UpdatePlayer", Fault::Delay(Duration::from_secs(3600)));
    assert!(sim.exchange(Vendor::Zego, request()).await.is_ok(), "an hour is nothing");
    for fault in [Fault::DropBeforeActing, Fault::DropMidReply] {
        sim.next("UpdatePlayer", fault);
        assert!(sim.exchange(Vendor::Zego, request()).await.is_err());
    }
    assert_eq!(sim.requests().len(), 4);
    sim.shutdown().await;
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_has_begun_to_act_does_not_mind_who_listens() {
    let sim = Simulator::builder().without_ports();
    sim.next(Selector::All, Fault::Delay(Duration::from_secs(10)));
    let request = http::Request::get("/nothing").body(bytes::Bytes::new()).unwrap();
    let impatient = tokio::time::timeout(Duration::from_secs(1), sim.exchange(Vendor::Anyrtc, request));
    assert!(impatient.await.is_err());
    assert_eq!(sim.requests()[0].status, None);
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(sim.requests()[0].status, Some(404));
}

#[tokio::test]
async fn credentials_can_be_replaced() {
    let builder = Simulator::builder().zego_credentials(7, "s").anyrtc_credentials("app", "id", "secret");
    let sim = builder.polyv_vod_credentials("v", "s").polyv_live_credentials("l", "s").start().await.unwrap();
    assert_eq!(zego::update(&sim, json!({})).await.json()["Code"], 100_000_010);
    assert_eq!(anyrtc::APP.acquire(&sim, "room", "1").await.status, 401);
}

#[tokio::test]
async fn shutting_down_closes_ports_and_idle_connections() {
    let sim = Simulator::start().await.unwrap();
    let address = sim.base_url(Vendor::Zego).trim_start_matches("http://").to_owned();
    let mut idle = TcpStream::connect(&address).await.unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: sim\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    sim.shutdown().await;
    let mut rest = Vec::new();
    let _closed_or_reset = idle.read_to_end(&mut rest).await;
    assert!(TcpStream::connect(&address).await.is_err());
}

#[tokio::test]
async fn dropping_it_closes_the_ports_too() {
    let sim = Simulator::builder().only(Vendor::Zego).start().await.unwrap();
    let address = sim.base_url(Vendor::Zego).trim_start_matches("http://").to_owned();
    drop(sim);
    // The listener goes with its task, which ends when the runtime next looks at it.
    while TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

/// Opens so many connections over all vendors, each with a request whose reply is an hour away.
async fn two_hundred_waiting(sim: &Simulator) -> Vec<TcpStream> {
    sim.always(Selector::All, Fault::Delay(Duration::from_secs(3600)));
    let mut sockets = Vec::new();
    for vendor in Vendor::ALL.into_iter().cycle().take(200) {
        let mut socket = TcpStream::connect(sim.base_url(vendor).trim_start_matches("http://")).await.unwrap();
        socket.write_all(b"POST / HTTP/1.1\r\nHost: sim\r\nContent-Length: 2\r\n\r\n{}").await.unwrap();
        sockets.push(socket);
    }
    while sim.requests().len() < 200 {
        tokio::task::yield_now().await;
    }
    sockets
}

/// All of them end without a byte.
async fn all_end(sockets: Vec<TcpStream>) {
    for mut socket in sockets {
        let mut bytes = Vec::new();
        let _closed_or_reset = socket.read_to_end(&mut bytes).await;
        assert!(bytes.is_empty());
    }
}

/// Longer than any honest end takes, and much shorter than the replies.
const SOON: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_waiting_clients_are_let_go_when_it_shuts_down() {
    let sim = Simulator::start().await.unwrap();
    let addresses = Vendor::ALL.map(|vendor| sim.base_url(vendor).trim_start_matches("http://").to_owned());
    let sockets = two_hundred_waiting(&sim).await;
    tokio::time::timeout(SOON, sim.shutdown()).await.unwrap();
    tokio::time::timeout(SOON, all_end(sockets)).await.unwrap();
    for address in addresses {
        assert!(TcpStream::connect(address).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_waiting_clients_are_let_go_when_it_is_dropped() {
    let sim = Simulator::start().await.unwrap();
    let sockets = two_hundred_waiting(&sim).await;
    drop(sim);
    tokio::time::timeout(SOON, all_end(sockets)).await.unwrap();
}

#[tokio::test]
async fn a_reset_calls_off_what_waits() {
    let sim = Simulator::start().await.unwrap();
    let sockets = two_hundred_waiting(&sim).await;
    sim.reset();
    tokio::time::timeout(SOON, all_end(sockets)).await.unwrap();
    assert!(sim.requests().is_empty());
}

#[tokio::test]
async fn the_demo_world_holds_what_its_constants_name() {
    let sim = Simulator::start().await.unwrap();
    for player in [
        demo::ZEGO_PLAYER,
        demo::ZEGO_PAUSED_PLAYER,
        demo::ZEGO_PLAYLIST_PLAYER,
        demo::ZEGO_CREATING_PLAYER,
        demo::ZEGO_DESTROYED_PLAYER,
    ] {
        assert!(sim.player(player).is_some(), "{player}");
    }
    for vid in [demo::POLYV_VOD_VIDEO, demo::POLYV_VOD_OTHER_VIDEO, demo::POLYV_VOD_UPLOADING_VIDEO] {
        assert!(sim.video(vid).is_some(), "{vid}");
        let (body, suffix) = vid.split_once('_').unwrap();
        assert!(body.len() == 32 && body.starts_with(suffix) && suffix.len() == 1, "{vid}");
    }
    for (channel, account) in [
        (demo::POLYV_LIVE_CHANNEL, demo::POLYV_LIVE_ACCOUNT),
        (demo::POLYV_LIVE_CHANNEL, demo::POLYV_LIVE_OTHER_ACCOUNT),
        (demo::POLYV_LIVE_BASIC_CHANNEL, "0052191569"),
        (demo::POLYV_LIVE_SAMPLE_CHANNEL, "0062149710"),
        (demo::POLYV_LIVE_PLAIN_CHANNEL, "0052191600"),
    ] {
        assert_eq!(sim.role(channel, account).unwrap()["account"], account);
        assert_eq!(sim.channel(channel).unwrap()["channelId"], channel);
    }
    assert!(sim.recordings().is_empty() && sim.player("x").is_none() && sim.role("2191541", "x").is_none());
}
