//! Marks that must not be committed. Every needle is put together from pieces, so that this file does not match itself.

/// Work that was put off, and tests that were switched off.
const PLACEHOLDERS: [&str; 9] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("to", "do!("),
    concat!("unimpl", "emented!("),
    concat!("db", "g!("),
    concat!("#[ig", "nore"),
    concat!("```ig", "nore"),
    concat!("rust,ig", "nore"),
];

/// Folders of one person's machine.
const MACHINE: [&str; 6] = [
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("C:\\Us", "ers\\"),
    concat!("../sha", "red"),
];

/// The first mark in this line, if there is one.
pub(super) fn mark(line: &str) -> Option<&'static str> {
    let placeholder = PLACEHOLDERS.into_iter().find(|needle| line.contains(needle));
    placeholder
        .or_else(|| MACHINE.into_iter().find(|needle| line.match_indices(needle).any(|(at, _)| starts(line, at))))
}

/// Whether a path starts here: within a URL or a longer path the same letters are harmless.
fn starts(line: &str, at: usize) -> bool {
    let before = line[..at].chars().next_back();
    !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}' | '#'))
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn finds_work_put_off_and_tests_switched_off() {
        assert!(mark(concat!("    // TO", "DO: the other half")).is_some());
        assert!(mark(concat!("    to", "do!()")).is_some());
        assert!(mark(concat!("#[ig", "nore = \"slow\"]")).is_some());
        assert!(mark(concat!("//! ```ig", "nore")).is_some());
        assert!(mark("todo = \"warn\"").is_none());
        assert!(mark("an ignored field").is_none());
    }

    #[test]
    fn finds_paths_of_a_machine_but_not_the_same_letters_in_a_url() {
        assert!(mark(concat!("see /ho", "me/me/notes.md")).is_some());
        assert!(mark(concat!("include_str!(\"../sha", "red/page.md\")")).is_some());
        assert!(mark(concat!("https://docs.example.com/ho", "me/start")).is_none());
        assert!(mark("/homework/").is_none());
    }
}
