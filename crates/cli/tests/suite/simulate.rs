use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use serde_json::Value;

use super::{VENDORS, bare, demo, done};

/// Ends with the test, whatever happens.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _reaped = self.0.wait();
    }
}

fn start() -> (Running, Value) {
    let child = bare(&["simulate"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut running = Running(child);
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut text = String::new();
    // One object, complete with the first line that closes it.
    for line in &mut lines {
        text.push_str(&line);
        if line == "}" {
            break;
        }
    }
    (running, serde_json::from_str(&text).unwrap())
}

#[test]
fn the_simulator_prints_where_it_is_and_serves() {
    let (_running, urls) = start();
    assert_eq!(urls.as_object().unwrap().len(), VENDORS.len());
    let input = r#"{"PlayerId":"player_1","Sequence":1,"AudioOptions":{"Volume":150}}"#;
    let zego = urls["zego-cloud-player"].as_str().unwrap();
    done(demo(&["call", "zego-cloud-player", "UpdatePlayer", "--input", input, "--base-url", zego]));
    for (vendor, _) in VENDORS {
        let url = urls[vendor].as_str().unwrap();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        std::net::TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_simulator_cleanly() {
    let (mut running, urls) = start();
    let sent = std::process::Command::new("kill").args(["-INT", &running.0.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(running.0.wait().unwrap().code(), Some(0));
    let address = urls["polyv-vod"].as_str().unwrap().trim_start_matches("http://").to_owned();
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let bound = std::iter::repeat_with(|| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    // With room for the other three behind it.
    let taken = bound.into_iter().find(|socket| socket.local_addr().unwrap().port() <= 65532).unwrap();
    let port = taken.local_addr().unwrap().port();
    let ended = super::run(bare(&["simulate", "--port", &port.to_string()]));
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.line().contains(&format!("cannot listen on the ports {port} to {}", port + 3)), "{ended:?}");
}
