//! The world and the time that passes in it.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{clock, clocks::Clocks, errands::Errands, post_office::PostOffice, vendor::Vendor, vendors, world::World};

/// How often the watch looks.
const GLANCE: Duration = Duration::from_millis(5);

/// Shows the world as it is at the present moment, and sends out what has happened in it.
#[derive(Debug)]
pub(crate) struct Stage {
    world: Mutex<World>,
    clocks: Arc<Clocks>,
    post_office: Arc<PostOffice>,
    errands: Arc<Errands>,
}

impl Stage {
    pub(crate) fn new(world: World, clocks: Arc<Clocks>, post_office: Arc<PostOffice>, errands: Arc<Errands>) -> Self {
        Self { world: Mutex::new(world), clocks, post_office, errands }
    }

    /// The world, caught up with the clock.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        // A panic in another test's handler must not poison this one's.
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clocks.elapsed();
        for vendor in Vendor::ALL {
            vendors::pass_time(vendor, &mut world, now, clock::unix_millis(self.clocks.now_at(vendor)));
        }
        self.post(&mut world);
        world
    }

    /// Sends what has happened. The world stays locked: callbacks go out in the order in which things happened.
    pub(crate) fn post(&self, world: &mut World) {
        self.post_office.post(world.notices.drain(..));
    }

    /// Has somebody look at the world until nothing is due any more, if anybody is to be told of it.
    pub(crate) fn watch(self: &Arc<Self>, world: &mut World) {
        if !world.watched && self.is_awaited(world) {
            world.watched = true;
            let stage = Arc::clone(self);
            drop(self.errands.run(async move { stage.keep_watch().await }));
        }
    }

    async fn keep_watch(&self) {
        while self.look() {
            // What is due may change at any time, and a clock that stands still cannot wake anybody.
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Whether to look again.
    fn look(&self) -> bool {
        let mut world = self.world();
        world.watched = self.is_awaited(&world);
        world.watched
    }

    fn is_awaited(&self, world: &World) -> bool {
        vendors::due(world).is_some() && self.post_office.has_url()
    }
}
