//! A film night in a room: create a player, wait until it plays, steer it, switch to another film, stop it, and follow it
//! by callbacks that an axum server receives and verifies.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::routing::post;
use livecloud::core::{Clock as _, SystemClock};
use livecloud::zego_cloud_player::callback::{Detail, Event, Inbound, Progress, Standing, Verifier};
use livecloud::zego_cloud_player::{
    Account, Client, CreatePlayer, Player, PlayerSettings, PlayerSource, PlayerStatus, VideoSize, Waited,
};
use livecloud_sim::{Simulator, Vendor, demo};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const PATIENCE: Duration = Duration::from_secs(3);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim = Simulator::builder().only(Vendor::Zego).start().await?;
    // Against the real vendor: Client::new(Account::from_env()?)?
    let account = Account::new(demo::ZEGO_APP_ID, demo::ZEGO_SERVER_SECRET);
    let client = Client::builder(account).base_url(sim.base_url(Vendor::Zego)).build()?;
    let mut events = receive_callbacks(&sim).await?;

    // The name is stored before the call: it finds the player again, whatever happens.
    let create = CreatePlayer::new("https://media.example/short.mp4", demo::ZEGO_ROOM)
        .player_name("film-night-7")
        .max_idle_time(600);
    let player = Player::create(&client, create).await?;
    println!("created {player:?}");
    match player.wait_until(PlayerStatus::Playing, PATIENCE).await? {
        Waited::Reached(info) => println!("it plays in {:?}", info.room_id),
        other => return Err(format!("it does not play: {other:?}").into()),
    }

    player.change(PlayerSettings::new().volume(80).size(VideoSize::pixels(360, 640))).await?;
    player.pause().await?; // for less than max_idle_time, or it is destroyed
    player.resume().await?;
    player.seek(60).await?;
    // A slider: what newer moves make pointless is not sent.
    let moves = tokio::join!(player.volume(90), player.volume(100), player.volume(110));
    println!("the slider: {:?}, {:?}, {:?}", moves.0?, moves.1?, moves.2?);
    let film = PlayerSource::single("https://media.example/film.mp4").backup("https://backup.example/film.mp4");
    player.switch_source(film).await?;
    println!("to be stored for a restart: {} and {}", player.id(), player.sequence());

    let info = player.describe().await?.ok_or("it is not listed")?;
    println!("listed as {:?}, playing {:?}", info.status, info.stream_url);
    player.stop().await?;

    // Deliveries may come late, twice or not at all; a Describe call has the last word.
    let mut progress = Progress::new();
    loop {
        let event = tokio::time::timeout(PATIENCE, events.recv()).await?.ok_or("the receiver is gone")?;
        if event.player_id.as_deref() != Some(player.id()) || progress.take(&event) == Standing::Late {
            continue;
        }
        match event.typed_detail() {
            Detail::PlayerStatusChanged { status, .. } => println!("told: {status:?}"),
            Detail::PlayerDestroyed { reason, .. } => {
                println!("told: destroyed, {reason:?}");
                break;
            }
            other => println!("told: {other:?}"),
        }
    }
    sim.shutdown().await;
    Ok(())
}

/// What the handler needs: the project's callback secret, the deliveries seen, and where events go.
struct Receiver {
    verifier: Verifier,
    seen: Mutex<Vec<String>>,
    events: mpsc::Sender<Event>,
}

/// Starts a server, and has ZEGO (its support registers the address) call it.
async fn receive_callbacks(sim: &Simulator) -> Result<mpsc::Receiver<Event>, Box<dyn std::error::Error>> {
    let (sender, events) = mpsc::channel(64);
    let receiver =
        Receiver { verifier: Verifier::new(demo::ZEGO_CALLBACK_SECRET), seen: Mutex::default(), events: sender };
    let app = Router::new().route("/zego/a-secret-path", post(callback)).with_state(Arc::new(receiver));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    sim.set_callback_url(Vendor::Zego, &format!("http://{}/zego/a-secret-path", listener.local_addr()?))?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(events)
}

/// Verifies, drops what was seen, hands on, and answers at once: a slow answer is a second delivery.
async fn callback(State(receiver): State<Arc<Receiver>>, uri: Uri, headers: HeaderMap, body: Bytes) -> StatusCode {
    let uri = uri.to_string();
    let inbound = Inbound { uri: &uri, headers: &headers, body: &body };
    let Ok(verified) = receiver.verifier.verify(inbound, SystemClock.now()) else {
        return StatusCode::FORBIDDEN;
    };
    let is_new = {
        // In real life a table whose rows live as long as the verifier's tolerance, and longer.
        let key = verified.replay_key().to_owned();
        let Ok(mut seen) = receiver.seen.lock() else { return StatusCode::INTERNAL_SERVER_ERROR };
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    };
    match verified.event() {
        Ok(event) if is_new => match receiver.events.try_send(event) {
            Ok(()) => StatusCode::NO_CONTENT,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        },
        Ok(_) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::BAD_REQUEST,
    }
}
