use livecloud_sim::{Simulator, Vendor, demo};
use zego_cloud_player::{Account, Client, UpdatePlayer, codes};

use super::documented_sample;

fn client(sim: &Simulator, secret: &str) -> Client {
    let base_url = sim.base_url(Vendor::Zego);
    Client::builder(Account::new(demo::ZEGO_APP_ID, secret)).base_url(base_url).build().unwrap()
}

#[tokio::test]
async fn the_documented_request_is_accepted_and_applied() {
    let sim = Simulator::start().await.unwrap();
    let client = client(&sim, demo::ZEGO_SERVER_SECRET);
    client.call(documented_sample()).await.unwrap();
    let text = "片头 🎉 +&=%#?.mp4";
    let url = format!("https://media.example/{}", text.replace(' ', "%20"));
    client.call(UpdatePlayer::new("player_1", 101).stream_url(&url)).await.unwrap();
    let sent: serde_json::Value = serde_json::from_slice(&sim.requests()[1].body).unwrap();
    assert_eq!(sent["StreamUrl"], url);
}

#[tokio::test]
async fn a_wrong_secret_is_refused_by_an_independent_check() {
    let sim = Simulator::start().await.unwrap();
    let error = client(&sim, "wrong").call(UpdatePlayer::new("player_1", 1).pause()).await.unwrap_err();
    assert_eq!(error.code(), Some(&codes::SIGNATURE_WRONG.into()));
    assert_eq!(sim.requests().len(), 1);
}
