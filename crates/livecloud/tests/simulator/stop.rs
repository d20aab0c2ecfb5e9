use std::sync::Arc;
use std::time::Duration;

use livecloud::core::{Delivery, QuotaMode};
use livecloud_sim::{Fault, Selector, Simulator};

use super::vendors::{Settings, calls};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_calls_end_cleanly_when_the_vendor_goes_away() {
    let sim: Arc<Simulator> = Simulator::builder().without_quotas().start().await.unwrap().into();
    let settings = Settings { deadline: Duration::from_secs(20), quota: QuotaMode::Off };
    let mut ready = Vec::new();
    for call in calls().into_iter().filter(|call| call.vendor() != livecloud_sim::Vendor::Anyrtc).cycle().take(200) {
        ready.push((call, call.ready(&sim, settings).await));
    }
    sim.always(Selector::All, Fault::Delay(Duration::from_secs(3600)));
    let tasks: Vec<_> = ready.into_iter().map(|(_, ready)| tokio::spawn(ready.send())).collect();
    while sim.requests().len() < 200 {
        tokio::task::yield_now().await;
    }
    Arc::into_inner(sim).expect("nobody else holds it").shutdown().await;
    for task in tasks {
        let outcome = task.await.unwrap();
        let (what, delivery) = outcome.failure.clone().expect("no call can succeed");
        // The vendor may have acted on the first attempt; the repeats found nobody.
        assert_eq!(delivery, Delivery::Unknown, "{outcome}");
        assert!(matches!(what.as_str(), "Interrupted" | "Connect"), "{outcome}");
    }
}
