use livecloud_core::{Category, NoRetry};
use livecloud_sim::{Fault, Simulator, Vendor, demo};
use polyv_vod::{Account, Client, Delivery, Error, ErrorKind, UpdateVideoInfoV3, codes};

async fn simulator() -> Simulator {
    Simulator::builder().only(Vendor::PolyvVod).start().await.unwrap()
}

fn client_of(sim: &Simulator, account: Account) -> Client {
    // Nothing here waits for a retry: time is real.
    Client::builder(account).base_url(sim.base_url(Vendor::PolyvVod)).retry(NoRetry).build().unwrap()
}

fn client(sim: &Simulator) -> Client {
    client_of(sim, Account::sub(demo::POLYV_VOD_APP_ID, demo::POLYV_VOD_APP_SECRET))
}

fn update(vid: &str) -> UpdateVideoInfoV3 {
    UpdateVideoInfoV3::new(vid)
        .title("片头 🎉 +&=%#?")
        .describ("0052191541")
        .tag(" a, b ")
        .publish_url("https://a/?b=1&c=2")
}

fn code(error: &Error) -> Option<i64> {
    error.code().and_then(livecloud_core::Code::as_i64)
}

#[tokio::test]
async fn every_field_arrives_unchanged_and_the_signature_is_accepted() {
    let sim = simulator().await;
    client(&sim).call(update(demo::POLYV_VOD_VIDEO)).await.unwrap();
    let video = sim.video(demo::POLYV_VOD_VIDEO).unwrap();
    for (name, value) in [
        ("title", "片头 🎉 +&=%#?"),
        ("describ", "0052191541"),
        ("tag", " a, b "),
        ("publishUrl", "https://a/?b=1&c=2"),
    ] {
        assert_eq!(video[name], value);
    }
}

#[tokio::test]
async fn every_failure_the_simulator_knows_comes_back_as_its_code() {
    let sim = simulator().await;
    let sub = |app_id| client_of(&sim, Account::sub(app_id, demo::POLYV_VOD_APP_SECRET));
    let (known, video) = (demo::POLYV_VOD_APP_ID, demo::POLYV_VOD_VIDEO);
    let failures = [
        (sub("nobody"), video, codes::APPLICATION_NOT_FOUND),
        (sub(demo::POLYV_VOD_ORPHAN_APP_ID), video, codes::SUB_ACCOUNT_NOT_FOUND),
        (sub(demo::POLYV_VOD_EXPIRED_APP_ID), video, codes::SUB_ACCOUNT_EXPIRED),
        (sub(demo::POLYV_VOD_LIMITED_APP_ID), video, codes::PERMISSION_LIMITED),
        (client_of(&sim, Account::sub(known, "wrong")), video, codes::WRONG_SIGNATURE),
        (sub(known), "nothing", codes::INVALID_VID),
        (sub(known), demo::POLYV_VOD_UPLOADING_VIDEO, codes::UPLOADING),
    ];
    for (client, vid, expected) in failures {
        let error = client.call(update(vid)).await.unwrap_err();
        assert_eq!(code(&error), Some(expected), "{error}");
        assert!(error.request_id().is_some());
    }
}

#[tokio::test]
async fn a_vendor_whose_clock_differs_is_understood_after_one_refusal() {
    let sim = simulator().await;
    sim.set_clock_offset(Vendor::PolyvVod, -3600);
    let client = client(&sim);
    client.call(update(demo::POLYV_VOD_VIDEO)).await.unwrap();
    client.call(update(demo::POLYV_VOD_VIDEO)).await.unwrap();
    let codes: Vec<_> = sim.requests().into_iter().map(|request| request.code.unwrap()).collect();
    assert_eq!(codes, ["100", "200", "200"]);
}

#[tokio::test]
async fn faults_end_as_what_they_are() {
    let sim = simulator().await;
    let client = client(&sim);
    let call = async |fault: Fault| {
        sim.next("UpdateVideoInfoV3", fault);
        client.call(update(demo::POLYV_VOD_VIDEO)).await.unwrap_err()
    };
    assert!(call(Fault::throttled()).await.is_throttled());
    assert_eq!(call(Fault::GatewayHtml).await.category(), Some(Category::Transient));
    assert_eq!(call(Fault::DropAfterActing).await.delivery(), Delivery::Unknown);
    for fault in [Fault::TruncatedBody, Fault::NonJson, Fault::EmptyBody, Fault::WrongCharset] {
        assert_eq!(call(fault).await.kind(), ErrorKind::Decode);
    }
}
