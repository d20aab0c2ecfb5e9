#![doc = include_str!("../README.md")]

pub mod demo;

mod answer;
mod call;
mod clock;
mod dialect;
mod engine;
mod fault;
mod fields;
mod log;
mod operation;
mod quota;
mod reply;
mod server;
mod settings;
mod simulator;
mod vendor;
mod vendors;
mod wire;
mod world;

pub use clock::{Clock, ManualClock, SystemClock};
pub use fault::{Fault, Selector};
pub use log::Recorded;
pub use simulator::{Builder, Simulator};
pub use vendor::Vendor;
