//! `cargo xtask deny`: licences, banned crates and sources of everything in the lock file, as `deny.toml` says.
//!
//! By cargo-deny where it is installed. Elsewhere the same lists are held against `cargo metadata`, which is what they
//! come down to for this workspace; advisories are cargo-deny's alone.

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::Outcome;
use crate::workspace::{Workspace, list, text_of};

pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    if cmd!(sh, "cargo deny --version").quiet().ignore_stdout().ignore_stderr().run().is_ok() {
        return Ok(cmd!(sh, "cargo deny check bans licenses sources").run()?);
    }
    println!("deny: there is no cargo-deny here; deny.toml is held against cargo metadata");
    let config = sh.read_file(workspace.root.join("deny.toml"))?;
    let (licences, banned) = (texts(&config, "licenses", "allow"), texts(&config, "bans", "deny"));
    let sources = texts(&config, "sources", "allow-registry");
    if licences.is_empty() || banned.is_empty() || sources.is_empty() {
        return Err("deny.toml has not the lists that this task reads".into());
    }

    let text = cmd!(sh, "cargo metadata --all-features --format-version 1").quiet().read()?;
    let metadata: Value = serde_json::from_str(&text)?;
    let mut problems = Vec::new();
    for package in list(&metadata["packages"]) {
        let name = text_of(&package["name"]);
        let licence = text_of(&package["license"]);
        if !is_allowed(&licence, &licences) {
            problems.push(format!("{name}: the licence `{licence}` is not allowed"));
        }
        if banned.contains(&name) {
            problems.push(format!("{name} is banned"));
        }
        let source = package["source"].as_str();
        if source.is_some_and(|source| !sources.iter().any(|known| source == format!("registry+{known}"))) {
            problems.push(format!("{name} comes from {}", source.unwrap_or_default()));
        }
    }
    println!("deny: {} crates looked at", list(&metadata["packages"]).count());
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

/// The texts of one list in one section: a reader for the little of TOML that `deny.toml` needs.
fn texts(config: &str, section: &str, key: &str) -> Vec<String> {
    let lines = config.lines().map(|line| line.split_once('#').map_or(line, |(before, _)| before).trim());
    let in_section = lines.skip_while(|line| *line != format!("[{section}]")).skip(1);
    let in_section = in_section.take_while(|line| !(line.starts_with('[') && line.ends_with(']')));
    let mut list = String::new();
    for line in in_section {
        let starts = line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
        if starts || !list.is_empty() {
            list.push_str(line);
        }
        if !list.is_empty() && line.ends_with(']') {
            break;
        }
    }
    // every other piece is what stands between quotes
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met with these licences. `/` is an older spelling of `OR`.
fn is_allowed(expression: &str, licences: &[String]) -> bool {
    let expression = expression.trim();
    let alternatives = split(expression, &[" OR ", "/"]);
    if alternatives.len() > 1 {
        return alternatives.into_iter().any(|part| is_allowed(part, licences));
    }
    let all = split(expression, &[" AND "]);
    if all.len() > 1 {
        return all.into_iter().all(|part| is_allowed(part, licences));
    }
    match expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => is_allowed(inner, licences),
        None => licences.iter().any(|licence| licence == expression),
    }
}

/// Splits at any of the marks that are outside parentheses.
fn split<'a>(text: &'a str, marks: &[&str]) -> Vec<&'a str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // SPDX is ASCII; elsewhere a mark could not start
        let mark =
            marks.iter().find(|mark| depth == 0 && at >= start && text.as_bytes()[at..].starts_with(mark.as_bytes()));
        if let Some(mark) = mark {
            parts.push(&text[start..at]);
            start = at + mark.len();
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::{is_allowed, texts};

    #[test]
    fn one_alternative_is_enough_and_every_part_is_needed() {
        let licences = ["MIT".to_owned(), "Unicode-3.0".to_owned()];
        for good in ["MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND Unicode-3.0", "A / MIT"] {
            assert!(is_allowed(good, &licences), "{good}");
        }
        for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT WITH exception", "(MIT OR A) AND GPL-3.0"] {
            assert!(!is_allowed(bad, &licences), "{bad}");
        }
    }

    #[test]
    fn a_list_is_read_from_its_own_section() {
        let config = "[a]\nallow = [\"x\"]\n[b]\nallow-more = [\"no\"]\nallow = [\n  # \"no\"\n  \"y\",\n  { crate = \"z\" },\n]\n\
                      last = [\"no\"]\n[c]\nallow = []\n";
        assert_eq!(texts(config, "a", "allow"), ["x"]);
        assert_eq!(texts(config, "b", "allow"), ["y", "z"]);
        assert!(texts(config, "c", "allow").is_empty() && texts(config, "d", "allow").is_empty());
    }
}
