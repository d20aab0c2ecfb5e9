//! An allocator that counts what this process asks of it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};

struct Counting;

static CALLS: AtomicU64 = AtomicU64::new(0);
static LIVE: AtomicI64 = AtomicI64::new(0);

/// How often memory was asked for, since the start: allocations and changes of size.
pub(crate) fn allocations() -> u64 {
    CALLS.load(Relaxed)
}

/// Bytes that are allocated now.
pub(crate) fn live_bytes() -> i64 {
    LIVE.load(Relaxed)
}

fn count(bytes: usize, freed: usize) {
    CALLS.fetch_add(1, Relaxed);
    LIVE.fetch_add(bytes.cast_signed() as i64 - freed.cast_signed() as i64, Relaxed);
}

// Sound because every call is handed on unchanged to the system's allocator.
#[expect(unsafe_code, reason = "the trait of allocators is unsafe")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc(layout) }
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc_zeroed(layout) }
    }
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        unsafe { System.realloc(ptr, layout, size) }
    }
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size().cast_signed() as i64, Relaxed);
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;
