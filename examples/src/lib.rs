//! The examples stand beside this file's folder, one per job; this is only where the README's snippets are compiled.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
