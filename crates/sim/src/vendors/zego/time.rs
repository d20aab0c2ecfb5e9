//! What time does, and who is told of it.

use std::time::Duration;

use super::events;
use crate::world::{World, players::CONNECTING};

/// When something will next happen by itself.
pub(crate) fn due(world: &World) -> Option<Duration> {
    world.players.due().into_iter().chain(world.uploads.due()).min()
}

/// Lets everything happen that is due at the monotonic time `now`, which is `unix_millis` by the vendor's clock.
pub(crate) fn pass(world: &mut World, now: Duration, unix_millis: i64) {
    let at_millis = |at: Duration| {
        let ago = i64::try_from(now.saturating_sub(at).as_millis()).unwrap_or(i64::MAX);
        unix_millis.saturating_sub(ago)
    };
    while let Some((at, player)) = world.players.settle(now) {
        if player.status == CONNECTING {
            world.notices.push(events::player_created(player, at_millis(at)));
        }
        world.notices.push(events::player_status(player, at_millis(at)));
    }
    while let Some((at, upload)) = world.uploads.settle(now) {
        world.notices.push(events::upload_status(upload, at_millis(at)));
    }
}
