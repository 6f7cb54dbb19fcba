//! How the preview begins: on which port, in which browser, and where the system watches nothing.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::folder;
use crate::served::{Served, put};

const BOKWORM: &str = env!("CARGO_BIN_EXE_bokworm");

#[test]
fn the_usual_port_being_taken_it_takes_the_next_and_says_so() {
    // Whoever has it, it is taken.
    let _held = TcpListener::bind("127.0.0.1:3000");
    let site = folder(&[("book.toml", ""), ("content/index.md", "# Home")]);
    let mut command = Command::new(BOKWORM);
    command.current_dir(site.path()).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let lines: Vec<String> =
        BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).take(2).collect();
    let _ = child.kill();
    let _ = child.wait();
    assert_eq!(lines[0], "Port 3000 is taken, so the preview is on the next free one.");
    let port: u16 = lines[1].rsplit("127.0.0.1:").next().unwrap().trim_end_matches('/').parse().unwrap();
    assert!((3001..=3100).contains(&port), "{port}");
}

#[cfg(unix)]
#[test]
fn the_browser_that_is_named_is_opened_at_the_first_page() {
    use std::os::unix::fs::PermissionsExt;
    let site = folder(&[("book.toml", "[site]\nbase_path = \"/book/\"\n"), ("content/index.md", "# Home")]);
    put(site.path(), "browser", "#!/bin/sh\nprintf '%s' \"$1\" > told.new && mv told.new told\n");
    let browser = site.path().join("browser");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(BOKWORM);
    command.args(["serve", "--port", "0", "--open"]).env("BROWSER", &browser);
    let served = Served::begin(site.path(), command);
    let begun = Instant::now();
    let told = loop {
        if let Ok(told) = fs::read_to_string(site.path().join("told")) {
            break told;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "no browser was opened");
        std::thread::sleep(Duration::from_millis(10));
    };
    assert_eq!(told, format!("http://127.0.0.1:{}/book/", served.port));
    assert_eq!(served.get("/book/").status, 200);
}

/// In a room of its own the limit on watches can be none at all, where the system allows such rooms.
#[cfg(target_os = "linux")]
#[test]
fn without_a_watch_changes_are_seen_all_the_same() {
    let none = "echo 0 > /proc/sys/user/max_inotify_instances";
    let mut room = Command::new("unshare");
    room.args(["--user", "--map-root-user", "sh", "-c", none]).stderr(Stdio::null());
    if !room.status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no such room can be made here");
        return;
    }
    let site = folder(&[("book.toml", "[urls]\nstyle = \"file\"\n"), ("content/index.md", "one")]);
    let mut command = Command::new("unshare");
    let line = format!("{none} && exec \"$0\" serve --port 0 2> told");
    command.args(["--user", "--map-root-user", "sh", "-c", &line, BOKWORM]);
    let served = Served::begin(site.path(), command);
    put(site.path(), "content/index.md", "two");
    served.until_holds("/", "two");
    put(site.path(), "content/new/a.md", "three");
    served.until_holds("/new/a", "three");
    fs::remove_file(site.path().join("content/new/a.md")).unwrap();
    served.until("/new/a", |answer| answer.status == 404);
    let told = fs::read_to_string(site.path().join("told")).unwrap();
    assert!(told.contains("changes are looked for twice a second") && told.contains("sysctl"), "{told}");
}
