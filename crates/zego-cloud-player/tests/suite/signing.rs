use livecloud_core::test_util::ManualClock;
use livecloud_core::{NoTransport, Vendor as _};
use serde_json::Value;
use zego_cloud_player::{Account, Client, Region, UpdatePlayer};

fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

fn signature(vector: &Value) -> String {
    let app_id = u32::try_from(vector["app_id"].as_u64().unwrap()).unwrap();
    let client = Client::builder(Account::new(app_id, vector["server_secret"].as_str().unwrap()))
        .transport(NoTransport)
        .clock(ManualClock::at(vector["timestamp"].as_u64().unwrap() * 1000))
        .nonce(vector["signature_nonce"].as_str().unwrap())
        .build()
        .unwrap();
    let request = client.prepare(UpdatePlayer::new("player_1", 1)).unwrap();
    let query = request.uri().query().unwrap().to_owned();
    query.split('&').find_map(|pair| pair.strip_prefix("Signature=")).unwrap().to_owned()
}

#[test]
fn every_golden_signature_is_reproduced() {
    let mut checked = 0;
    for vector in vectors().iter().filter(|vector| vector["kind"] == "request_signing" && vector["verified"] == true) {
        assert_eq!(signature(vector), vector["expected"].as_str().unwrap(), "{}", vector["name"]);
        checked += 1;
    }
    assert_eq!(checked, 4);
}

#[test]
fn wrong_recipes_give_other_signatures() {
    let official = "43e5cfcca828314675f91b001390566a";
    let mut checked = 0;
    for vector in vectors().iter().filter(|vector| vector["kind"] == "request_signing_negative") {
        assert_eq!(vector["must_not_equal"], official);
        assert_ne!(vector["expected"], official, "{}", vector["name"]);
        checked += 1;
    }
    assert_eq!(checked, 3);
}

/// Published without the secret that made them: only their shape can be used.
#[test]
fn the_published_signatures_that_nobody_can_check_are_these() {
    let unverified: Vec<_> = vectors()
        .iter()
        .filter(|vector| vector["kind"] == "request_signing" && vector["verified"] == false)
        .map(|vector| vector["name"].clone())
        .collect();
    assert_eq!(unverified, ["seed-000-sample-url", "en-accessing-page-sample-url", "asr-quick-start-sample"]);
}

#[test]
fn a_fresh_nonce_is_sixteen_hex_characters_and_never_the_same() {
    let client = Client::builder(super::account()).transport(NoTransport).build().unwrap();
    let nonce = || {
        let request = client.prepare(UpdatePlayer::new("player_1", 1)).unwrap();
        let query = request.uri().query().unwrap().to_owned();
        query.split('&').find_map(|pair| pair.strip_prefix("SignatureNonce=")).unwrap().to_owned()
    };
    let (one, two) = (nonce(), nonce());
    assert_ne!(one, two);
    assert!(one.len() == 16 && one.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{one}");
}

#[test]
fn every_region_has_its_own_https_host() {
    use Region::{California, Frankfurt, HongKong, Mumbai, Shanghai, Singapore, Unified};
    let hosts: Vec<_> = [Unified, Shanghai, HongKong, Frankfurt, California, Mumbai, Singapore]
        .map(|region| super::account().region(region).base_url(()).to_owned())
        .into();
    assert_eq!(
        hosts,
        [
            "https://cloud-player-api.zego.im",
            "https://cloud-player-api-sha.zego.im",
            "https://cloud-player-api-hkg.zego.im",
            "https://cloud-player-api-fra.zego.im",
            "https://cloud-player-api-lax.zego.im",
            "https://cloud-player-api-bom.zego.im",
            "https://cloud-player-api-sgp.zego.im",
        ]
    );
}

#[test]
fn an_account_that_cannot_sign_is_refused_before_anything_is_sent() {
    for account in [Account::new(0, "secret"), Account::new(1, ""), Account::new(1, " \n")] {
        let client = Client::builder(account).transport(NoTransport).build().unwrap();
        let error = client.prepare(UpdatePlayer::new("player_1", 1)).unwrap_err();
        assert_eq!(error.kind(), zego_cloud_player::ErrorKind::Config);
    }
}

#[test]
fn missing_variables_are_named() {
    let error = Account::from_vars(|_| None).unwrap_err().to_string();
    assert!(error.contains("ZEGO_APP_ID, ZEGO_SERVER_SECRET"), "{error}");
    let vars = |name: &str| Some(if name == "ZEGO_APP_ID" { "x" } else { "s" }.to_owned());
    assert!(Account::from_vars(vars).unwrap_err().to_string().contains("must be a number"));
    assert_eq!(Account::from_vars(|_| Some("7".to_owned())).unwrap().app_id(), 7);
}
