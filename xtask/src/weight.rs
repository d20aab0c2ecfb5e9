//! `cargo xtask weight`: what a dependency on these crates costs a build, beside bare reqwest with the same TLS.

#![expect(clippy::disallowed_methods, reason = "a stopwatch around a compiler, not a clock of the library")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use xshell::{Shell, cmd};

use crate::workspace::{UMBRELLA, Workspace};
use crate::{Outcome, performance};

const BUILD_TIME: f64 = 1.15;
const SIZE: f64 = 1.1;
const MOST_CRATES_WITHOUT_TRANSPORT: usize = 48;
const BARE: &str = "bare reqwest";

/// A program of a user's: its dependencies, and the one call that it makes.
struct Subject {
    name: String,
    dependencies: String,
    main: String,
}

struct Weight {
    name: String,
    crates: usize,
    seconds: f64,
    cpu: f64,
    kib: f64,
}

pub(crate) fn run(sh: &Shell, workspace: &Workspace) -> Outcome {
    let folder = workspace.target.join("xtask/weight");
    let mut weights = Vec::new();
    for subject in subjects(workspace)? {
        println!("{}", subject.name);
        let weight = weigh(sh, workspace, &folder, subject)?;
        println!("    {:.1} s, {:.1} s of CPU, {:.0} KiB", weight.seconds, weight.cpu, weight.kib);
        weights.push(weight);
    }
    let mut without = Vec::new();
    for vendor in workspace.vendors() {
        let name = &vendor.name;
        let tree = cmd!(sh, "cargo tree -p {name} -e normal --prefix none --no-default-features").quiet().read()?;
        without.push((name.clone(), crates(&tree)));
    }
    let text = format!("{}\n\n{}", performance::circumstances(sh)?, report(&weights, &without)?);
    println!("{text}");
    performance::write(sh, &workspace.root, "weight", &text)
}

/// Bare reqwest first, then every vendor crate alone, then everything.
fn subjects(workspace: &Workspace) -> Outcome<Vec<Subject>> {
    let tokio = "tokio = { version = \"1\", default-features = false, features = [\"rt\", \"time\", \"net\"] }\n";
    let mut subjects = vec![Subject {
        name: BARE.to_owned(),
        dependencies: format!(
            "{tokio}reqwest = {{ version = \"0.13.5\", default-features = false, features = [\"rustls-no-provider\"] }}\n\
             rustls = {{ version = \"0.23\", default-features = false, features = [\"std\", \"tls12\", \"logging\", \"ring\"] }}\n\
             rustls-platform-verifier = \"0.7\"\n"
        ),
        main: include_str!("weight/bare_reqwest.rs.txt").to_owned(),
    }];
    for vendor in workspace.vendors() {
        let (name, ident, path) = (&vendor.name, vendor.ident(), vendor.dir.display());
        subjects.push(Subject {
            name: name.clone(),
            dependencies: format!("{tokio}{name} = {{ path = {:?} }}\n", path.to_string()),
            main: format!("use {ident} as sdk;\n{}", program(name)?),
        });
    }
    let umbrella = workspace.package(UMBRELLA)?.dir.display().to_string();
    subjects.push(Subject {
        name: format!("{UMBRELLA} with all vendors"),
        dependencies: format!("{tokio}{UMBRELLA} = {{ path = {umbrella:?}, features = [\"full\"] }}\n"),
        main: format!("use {UMBRELLA}::zego_cloud_player as sdk;\n{}", program("zego-cloud-player")?),
    });
    Ok(subjects)
}

/// One call of that vendor crate's.
fn program(vendor: &str) -> Outcome<String> {
    let (account, operation) = match vendor {
        "zego-cloud-player" => ("new(1, \"secret\")", "UpdatePlayer::new(\"player\", 1).seek_to(10)"),
        "polyv-live" => ("new(\"app\", \"secret\")", "UpdateChannelBasic::new(\"2191569\")"),
        "polyv-vod" => ("sub(\"app\", \"secret\")", "UpdateVideoInfoV3::new(\"vid\").title(\"title\")"),
        "anyrtc-recording" => ("new(\"app\", \"id\", \"secret\")", "Query::new(\"resource\", \"sid\", sdk::Mode::Mix)"),
        other => return Err(format!("no program is known for {other}").into()),
    };
    Ok(include_str!("weight/vendor.rs.txt").replace("ACCOUNT", account).replace("OPERATION", operation))
}

/// Builds the program from nothing, with the versions of this workspace's lock file.
fn weigh(sh: &Shell, workspace: &Workspace, folder: &Path, subject: Subject) -> Outcome<Weight> {
    if sh.path_exists(folder) {
        fs::remove_dir_all(folder)?;
    }
    let manifest = format!(
        "[package]\nname = \"weighed\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [profile.release]\nstrip = true\n\n[dependencies]\n{}",
        subject.dependencies
    );
    sh.write_file(folder.join("Cargo.toml"), manifest)?;
    sh.write_file(folder.join("src/main.rs"), subject.main)?;
    sh.copy_file(workspace.root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let _there = sh.push_dir(folder);
    let target = folder.join("target");
    cmd!(sh, "cargo fetch").quiet().ignore_stderr().run()?;
    let tree = cmd!(sh, "cargo tree -e normal --prefix none").quiet().read()?;

    let (start, cpu) = (Instant::now(), children_cpu()?);
    cmd!(sh, "cargo build --quiet --release --target-dir {target}").quiet().run()?;
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), children_cpu()? - cpu);
    let bytes = u32::try_from(fs::metadata(target.join("release/weighed"))?.len())?;
    // without the program itself
    Ok(Weight { name: subject.name, crates: crates(&tree) - 1, seconds, cpu, kib: f64::from(bytes) / 1024.0 })
}

fn crates(tree: &str) -> usize {
    let line = |line: &str| line.split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>();
    tree.lines().map(line).filter(|words| words.len() == 2).collect::<BTreeSet<_>>().len()
}

/// Seconds of user time of all processes that this one has waited for.
fn children_cpu() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| format!("no /proc/self/stat: {error}"))?;
    children_user_time(&stat).ok_or_else(|| "/proc/self/stat is not as documented".into())
}

/// `cutime` is the 16th field; the second may hold blanks and ends with the last `)`. In hundredths of a second.
fn children_user_time(stat: &str) -> Option<f64> {
    let ticks: u32 = stat.rsplit_once(')')?.1.split_whitespace().nth(13)?.parse().ok()?;
    Some(f64::from(ticks) / 100.0)
}

fn report(weights: &[Weight], without: &[(String, usize)]) -> Outcome<String> {
    let bare = weights.iter().find(|weight| weight.name == BARE).ok_or("bare reqwest was not weighed")?;
    let mut text =
        "| program with one call | crates | cold build, s | user CPU, s | × bare | stripped KiB | × bare |\n\
                    |---|---:|---:|---:|---:|---:|---:|\n"
            .to_owned();
    for Weight { name, crates, seconds, cpu, kib } in weights {
        let (cpu_ratio, size_ratio) = (cpu / bare.cpu, kib / bare.kib);
        let _ = writeln!(
            text,
            "| {name} | {crates} | {seconds:.1} | {cpu:.1} | {cpu_ratio:.2} | {kib:.0} | {size_ratio:.2} |"
        );
    }
    text.push_str("\n| target | crate | measured | |\n|---|---|---:|---|\n");
    let verdict = |reached: bool| if reached { "reached" } else { "**missed**" };
    for weight in weights.iter().filter(|weight| without.iter().any(|(name, _)| *name == weight.name)) {
        let ratios =
            [("cold build (CPU)", weight.cpu / bare.cpu, BUILD_TIME), ("stripped size", weight.kib / bare.kib, SIZE)];
        for (what, ratio, most) in ratios {
            let _ = writeln!(
                text,
                "| {what} ≤ {most} × bare reqwest | {} | {ratio:.2} | {} |",
                weight.name,
                verdict(ratio <= most)
            );
        }
    }
    for (name, crates) in without {
        let _ = writeln!(
            text,
            "| ≤ {MOST_CRATES_WITHOUT_TRANSPORT} crates with `--no-default-features` | {name} | {crates} | {} |",
            verdict(*crates <= MOST_CRATES_WITHOUT_TRANSPORT)
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{children_user_time, crates};

    #[test]
    fn the_time_of_children_is_read_behind_a_name_with_blanks_and_parentheses() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 1 2 3 4 50 60 1234 80 20 0 1 0";
        assert_eq!(children_user_time(stat), Some(12.34));
        assert_eq!(children_user_time("7"), None);
    }

    #[test]
    fn a_crate_counts_once_and_two_versions_are_two() {
        assert_eq!(crates("a v1.0.0 (/x)\nb v1.0.0\nb v1.0.0 (*)\nb v2.0.0\n"), 3);
    }
}
