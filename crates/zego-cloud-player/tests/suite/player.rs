//! The handle of a player, against the simulator on paused time.

mod lost;
mod order;
mod waiting;
mod world;
