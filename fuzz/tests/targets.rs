//! The targets over their corpora, over corpora changed a little, and over random bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use livecloud_fuzz::TARGETS;
use proptest::prelude::*;

fn corpora() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = corpora().join(name);
    let files = folder.read_dir().unwrap_or_else(|_| panic!("no corpus {name}"));
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn every_target_has_a_corpus_and_every_corpus_a_target() {
    let folders = corpora().read_dir().unwrap().map(|folder| folder.unwrap().file_name().into_string().unwrap());
    assert_eq!(folders.collect::<BTreeSet<_>>(), TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect());
    for (name, _) in TARGETS {
        assert!(!corpus(name).is_empty(), "{name}");
    }
}

#[test]
fn no_target_objects_to_its_corpus() {
    for (name, target) in TARGETS {
        for entry in corpus(name) {
            target(&entry);
        }
    }
}

/// Bytes of a corpus with a piece replaced by another one.
fn changed() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..6),
        prop::sample::select(vec![
            &b"null"[..],
            b"{}",
            b"[]",
            b"\"\"",
            b"-1",
            b"1e999",
            b"\\u0000",
            b"\"\\ud800\"",
            b"\n"
        ])
        .prop_map(<[u8]>::to_vec),
    ];
    let place = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..12, piece);
    (0..TARGETS.len(), place).prop_map(|(target, (entry, at, length, piece))| {
        let entries = corpus(TARGETS[target].0);
        let mut bytes = entries[entry.index(entries.len())].clone();
        let start = at.index(bytes.len() + 1);
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, piece);
        (target, bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_target_objects_to_its_corpus_changed_a_little((target, bytes) in changed()) {
        TARGETS[target].1(&bytes);
    }

    #[test]
    fn no_target_objects_to_random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for (_, target) in TARGETS {
            target(&bytes);
        }
    }
}
