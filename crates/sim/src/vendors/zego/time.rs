//! What time does, and who is told of it.

use std::time::Duration;

use super::callbacks;
use crate::world::World;

/// When something will next happen by itself.
pub(crate) fn due(world: &World) -> Option<Duration> {
    world.players.due()
}

/// Lets everything happen that is due at the monotonic time `now`, which is `unix_millis` by the vendor's clock.
pub(crate) fn pass(world: &mut World, now: Duration, unix_millis: i64) {
    let at_millis = |at: Duration| {
        let ago = i64::try_from(now.saturating_sub(at).as_millis()).unwrap_or(i64::MAX);
        unix_millis.saturating_sub(ago)
    };
    while let Some((at, player)) = world.players.settle(now) {
        world.notices.push(callbacks::about_status(player, at_millis(at)));
    }
}
