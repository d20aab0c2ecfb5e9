use super::{VARIABLES, bare, done};

const README: &str = include_str!("../../README.md");
const COMMANDS: [&str; 6] = ["operations", "call", "raw", "verify-callback", "simulate", "completions"];

#[test]
fn every_help_text_teaches_with_an_example() {
    let help = done(bare(&["--help"])).stdout;
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not listed: {help}");
        for flag in ["--help", "-h"] {
            let help = done(bare(&[command, flag])).stdout;
            let examples = help.split_once("Examples:\n").unwrap_or_else(|| panic!("{command}: {help}")).1;
            assert!(examples.contains(&format!("livecloud {command}")), "{help}");
        }
    }
    assert!(help.contains("Unofficial") && help.contains("6 outcome unknown"));
    assert!(done(bare(&["--version"])).stdout.starts_with("livecloud "));
}

#[test]
fn the_readme_has_every_command_variable_and_exit_code() {
    for command in COMMANDS {
        assert!(README.contains(&format!("livecloud {command}")), "{command}");
    }
    for name in VARIABLES {
        assert!(README.contains(&format!("`{name}`")), "{name}");
    }
    for code in [0, 2, 3, 4, 5, 6, 7] {
        assert!(README.contains(&format!("| {code} |")), "{code}");
    }
}

#[test]
fn every_shell_gets_completions_of_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = done(bare(&["completions", shell])).stdout;
        for command in COMMANDS {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn whoever_stops_reading_early_is_no_failure() {
    let mut command = bare(&["completions", "zsh"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = command.stdout(writer).status().unwrap();
    assert_eq!(status.code(), Some(0));
}
