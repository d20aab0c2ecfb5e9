//! Who makes the calls: this SDK, and what a user would write instead of it.

mod bare;
mod hand;
mod sdk;

pub(crate) use sdk::Wide;

use std::future::Future;

use crate::Outcome;
use crate::job::Job;

/// One way to make one call again and again.
pub(crate) trait Side: Send + Sync + 'static {
    fn call(&self) -> impl Future<Output = Outcome> + Send;
}

/// What is to be done with a side. Sides are types and not objects, so that no box is counted that none of them has.
pub(crate) trait Visitor {
    async fn visit<S: Side>(self, side: S) -> Outcome;
}

pub(crate) async fn visit(side: &str, job: Job, address: &str, visitor: impl Visitor) -> Outcome {
    match (side, job) {
        ("sdk", Job::Zego) => visitor.visit(sdk::zego(address)?).await,
        ("sdk", Job::Polyv) => visitor.visit(sdk::polyv(address)?).await,
        ("sdk", Job::Anyrtc) => visitor.visit(sdk::anyrtc(address)?).await,
        ("reqwest", Job::Zego) => visitor.visit(hand::Zego::new(address)?).await,
        ("reqwest", Job::Polyv) => visitor.visit(hand::Polyv::new(address)?).await,
        ("reqwest", Job::Anyrtc) => visitor.visit(hand::Anyrtc::new(address)?).await,
        ("bare-reqwest", job) => visitor.visit(bare::Reqwest::new(job, address)?).await,
        ("hyper", job) => visitor.visit(bare::Hyper::new(job, address)?).await,
        (other, _) => Err(format!("no side `{other}`").into()),
    }
}
