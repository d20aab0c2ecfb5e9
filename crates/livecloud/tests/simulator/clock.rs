use std::sync::Arc;
use std::time::Duration;

use livecloud::core::QuotaMode;
use livecloud_sim::Simulator;

use super::vendors::{Outcome, Settings, calls};

#[tokio::test]
async fn a_vendor_whose_clock_is_an_hour_off_is_met_on_the_second_attempt() {
    for offset in [3600, -3600] {
        for call in calls() {
            let sim: Arc<Simulator> = Simulator::builder().only(call.vendor()).start().await.unwrap().into();
            let settings = Settings { deadline: Duration::from_secs(20), quota: QuotaMode::Wait };
            let ready = call.ready(&sim, settings).await;
            sim.set_clock_offset(call.vendor(), offset);
            let attempts = if call.signs_time() { 2 } else { 1 };
            assert_eq!(ready.send().await, Outcome { failure: None, attempts }, "{} {offset}", call.name());
        }
    }
}
