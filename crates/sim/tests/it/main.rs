//! The simulator, driven with raw HTTP and signatures made here, line by line after the vendors' documentation.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking, as tests do")]

mod anyrtc;
mod anyrtc_rules;
mod callbacks;
mod client;
mod control;
mod faults;
mod one_byte;
mod polyv_live;
mod polyv_live_account;
mod polyv_live_channels;
mod polyv_vod;
mod polyv_vod_library;
mod quotas;
mod receiver;
mod running;
mod zego;
mod zego_callbacks;
mod zego_players;
mod zego_uploads;

/// 2023-11-14T22:13:20Z, where the tests' clocks stand.
const NOW_MILLIS: u64 = 1_700_000_000_000;
