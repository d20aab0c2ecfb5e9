//! Tests of the core through a vendor made up for them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod budget;
mod calls;
mod deadlines;
mod encoding;
mod hygiene;
mod pages;
mod prepare;
mod quotas;
mod sockets;
mod toy;
