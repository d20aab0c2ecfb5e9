//! The SDKs against a simulated vendor that misbehaves.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod clock;
mod matrix;
mod stop;
mod vendors;
