//! `docs/performance.md`: every command that measures rewrites its own section, between two marks, and no other.

use std::path::Path;

use xshell::{Shell, cmd};

use crate::Outcome;

const PAGE: &str = "docs/performance.md";

/// Puts `text` between the marks of `section`.
pub(crate) fn write(sh: &Shell, root: &Path, section: &str, text: &str) -> Outcome {
    let page = root.join(PAGE);
    let written = replaced(&sh.read_file(&page)?, section, text)?;
    sh.write_file(&page, written)?;
    println!("{PAGE}: section `{section}` written");
    Ok(())
}

fn replaced(page: &str, section: &str, text: &str) -> Outcome<String> {
    let (open, close) = (format!("<!-- {section} -->"), format!("<!-- /{section} -->"));
    let missing = || format!("{PAGE} has no section `{section}`");
    let (before, rest) = page.split_once(&open).ok_or_else(missing)?;
    let (_, after) = rest.split_once(&close).ok_or_else(missing)?;
    Ok(format!("{before}{open}\n\n{}\n\n{close}{after}", text.trim()))
}

/// Where and when: the line above every table.
pub(crate) fn circumstances(sh: &Shell) -> Outcome<String> {
    let cpuinfo = sh.read_file("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
    let model = model.trim_start_matches([':', '\t', ' ']);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let rustc = cmd!(sh, "rustc --version").quiet().read()?;
    let kernel = cmd!(sh, "uname -sr").quiet().ignore_stderr().read().unwrap_or_default();
    let date = cmd!(sh, "date -u +%F").quiet().read()?;
    Ok(format!("Measured {date}: {cores} cores, {model}; {kernel}; {rustc}."))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn a_section_is_replaced_and_the_rest_of_the_page_stays() {
        let page = "# Page\n<!-- a -->old<!-- /a -->\nmiddle\n<!-- b --><!-- /b -->\nend";
        let once = replaced(page, "a", "new\n").unwrap();
        assert_eq!(once, "# Page\n<!-- a -->\n\nnew\n\n<!-- /a -->\nmiddle\n<!-- b --><!-- /b -->\nend");
        assert_eq!(replaced(&once, "a", "new").unwrap(), once);
        assert!(replaced(page, "c", "new").is_err());
    }
}
