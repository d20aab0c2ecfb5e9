//! libFuzzer over the target that the variable `LIVECLOUD_FUZZ` names.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

static TARGET: OnceLock<fn(&[u8])> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    let target = TARGET.get_or_init(|| {
        let name = std::env::var("LIVECLOUD_FUZZ").unwrap_or_default();
        livecloud_fuzz::target(&name).unwrap_or_else(|| panic!("LIVECLOUD_FUZZ names no target: `{name}`"))
    });
    target(data);
});
