//! Every file, line by line: marks, and the size and place of Rust sources.

use std::fs;
use std::path::{Path, PathBuf};

use super::Problems;
use super::marks::mark;
use crate::Outcome;

const MOST_LINES: usize = 400;

/// Files that are longer, each with the reason why it stays in one piece. None today.
const LONG: [(&str, &str); 0] = [];

pub(super) fn check(root: &Path, files: &[PathBuf], problems: &mut Problems) -> Outcome {
    for file in files {
        // with the separators of the allow-list, on every system
        let name = file.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let bytes = fs::read(root.join(file))?;
        let text = String::from_utf8_lossy(&bytes);
        for (index, line) in text.lines().enumerate() {
            if let Some(mark) = mark(line) {
                problems.push(format!("{name}:{} has `{mark}`", index + 1));
            }
        }
        if file.file_name().is_some_and(|name| name == "mod.rs") {
            problems.push(format!("{name}: a module lies beside its folder, not in a mod.rs"));
        }
        if file.extension().is_some_and(|extension| extension == "rs") && !file.iter().any(|part| part == "tests") {
            let lines = lines_outside_tests(&text);
            let allowed = LONG.iter().any(|(long, _)| *long == name);
            if lines > MOST_LINES && !allowed {
                problems.push(format!("{name} has {lines} lines, more than {MOST_LINES}"));
            }
            if lines <= MOST_LINES && allowed {
                problems.push(format!("{name} is short again and needs no exception"));
            }
        }
    }
    Ok(())
}

/// Lines before the test module, which is the last item of a file.
fn lines_outside_tests(text: &str) -> usize {
    let mut lines = text.lines().zip(text.lines().skip(1));
    let tests = lines.position(|(line, next)| line == "#[cfg(test)]" && next.starts_with("mod "));
    tests.unwrap_or_else(|| text.lines().count())
}

#[cfg(test)]
mod tests {
    use super::lines_outside_tests;

    #[test]
    fn the_test_module_does_not_count_as_lines() {
        assert_eq!(lines_outside_tests("fn a() {}\nfn b() {}\n\n#[cfg(test)]\nmod tests {\n}\n"), 3);
        assert_eq!(lines_outside_tests("fn a() {}\n#[cfg(test)]\nfn b() {}\n"), 3);
        assert_eq!(lines_outside_tests(""), 0);
    }
}
