#![doc = include_str!("../README.md")]

pub mod demo;

mod answer;
mod call;
mod callback;
mod clock;
mod clocks;
mod control;
mod courier;
mod dialect;
mod engine;
mod errands;
mod fault;
mod fault_catalog;
mod fields;
mod log;
mod members;
mod multipart;
mod notice;
mod operation;
mod post_office;
mod quota;
mod reply;
mod server;
mod settings;
mod simulator;
mod stage;
mod vendor;
mod vendors;
mod wire;
mod world;

pub use callback::{Callback, CallbackFault, Delivered, Delivery};
pub use clock::{Clock, ManualClock, SystemClock};
pub use fault::{Fault, Selector};
pub use log::Recorded;
pub use simulator::{Builder, Simulator};
pub use vendor::Vendor;
