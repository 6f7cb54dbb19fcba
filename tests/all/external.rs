//! Links to other sites, tried against a server of our own that misbehaves in every way
//! that sites do.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::assembled;
use bokworm::config::Config;
use bokworm::diagnostic::{Code, Diagnostic};
use bokworm::external::{self, Options};
use bokworm::site::{Edition, Library};
use bokworm::source::{Source, SourcePath};

/// What the server was asked: method, path, and when.
type Log = Arc<Mutex<Vec<(String, String, Instant)>>>;

/// Starts the server; it ends with the test.
fn server() -> (SocketAddr, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let log: Log = Arc::default();
    let seen = Arc::clone(&log);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let seen = Arc::clone(&seen);
            std::thread::spawn(move || answer(stream, &seen));
        }
    });
    (address, log)
}

fn answer(mut stream: TcpStream, log: &Log) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    if reader.read_line(&mut first).is_err() || first.is_empty() {
        return;
    }
    let mut headers = HashMap::new();
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        if let Some((name, value)) = line.trim().split_once(": ") {
            headers.insert(name.to_ascii_lowercase(), value.to_owned());
        }
        line.clear();
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
    let before = log.lock().unwrap().iter().filter(|(_, asked, _)| *asked == path).count();
    log.lock().unwrap().push((method.clone(), path.clone(), Instant::now()));
    let head = method == "HEAD";
    let reply = match path.as_str() {
        "/no-head" if head => status("405 Method Not Allowed", ""),
        "/wrong-head" if head => status("404 Not Found", ""),
        "/gone" => status("404 Not Found", ""),
        "/removed" => status("410 Gone", ""),
        "/moved" => status("301 Moved Permanently", "Location: /new\r\n"),
        "/moved-twice" => status("308 Permanent Redirect", "Location: moved\r\n"),
        "/moved-away" => status("301 Moved Permanently", "Location: /gone\r\n"),
        "/elsewhere" => status("302 Found", "Location: /new\r\n"),
        "/circle" => status("302 Found", "Location: /circle\r\n"),
        "/script" => status("302 Found", "Location: javascript:alert(1)\r\n"),
        "/busy" => status("429 Too Many Requests", "Retry-After: 3600\r\n"),
        "/busy-once" if before < 2 => status("429 Too Many Requests", "Retry-After: 0\r\n"),
        "/members" => status("403 Forbidden", ""),
        "/browsers" if !headers.get("user-agent").is_some_and(|agent| agent.starts_with("Mozilla/")) => {
            status("403 Forbidden", "")
        }
        "/trouble" => status("500 Internal Server Error", ""),
        "/slow" => {
            std::thread::sleep(Duration::from_secs(4));
            status("200 OK", "")
        }
        "/silent" => String::new(),
        "/babble" => "this is not HTTP at all\r\n\r\n".into(),
        "/endless" if !head => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n");
            while stream.write_all(&[b'x'; 65536]).is_ok() {}
            return;
        }
        _ => status("200 OK", ""),
    };
    let _ = stream.write_all(reply.as_bytes());
}

fn status(line: &str, headers: &str) -> String {
    format!("HTTP/1.1 {line}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n")
}

/// A site of one page that links to these addresses.
fn site(addresses: &[String]) -> Library {
    Library::of(Arc::new(edition("links.md", addresses)), Vec::new())
}

/// A page of this path that links to these addresses.
fn edition(path: &str, addresses: &[String]) -> Edition {
    let links: Vec<String> = addresses.iter().map(|address| format!("- [there]({address})\n")).collect();
    let text = format!("---\ntitle: Links\n---\n\n{}", links.concat());
    let source = Source { path: SourcePath::content(path), text: text.into() };
    assembled::edition(Config::default(), &[source])
}

fn options() -> Options {
    Options { timeout: Duration::from_secs(1), pause: Duration::from_millis(1), ..Options::default() }
}

fn findings(server: SocketAddr, paths: &[&str], options: &Options) -> Vec<Diagnostic> {
    let addresses: Vec<String> = paths.iter().map(|path| format!("http://{server}{path}")).collect();
    external::check(&site(&addresses), options)
}

#[test]
fn links_of_all_languages_are_tried_and_each_address_once() {
    let (server, log) = server();
    let at = |path: &str| format!("http://{server}{path}");
    let original = edition("en/a.md", &[at("/gone"), at("/")]);
    let translation = edition("de/a.md", &[at("/gone"), at("/removed")]);
    let found = external::check(&Library::of(Arc::new(original), vec![Arc::new(translation)]), &options());
    let told: Vec<String> = found.iter().map(|finding| format!("{} {}", finding.path, finding.code)).collect();
    assert_eq!(told, ["en/a.md dead-link", "de/a.md dead-link", "de/a.md dead-link"]);
    let asked = log.lock().unwrap().iter().filter(|(method, path, _)| path == "/gone" && method == "HEAD").count();
    assert_eq!(asked, 1);
}

#[test]
fn each_misbehaviour_is_told_for_what_it_is() {
    let (server, _) = server();
    for (path, expected) in [
        ("/", None),
        ("/no-head", None),
        ("/wrong-head", None),
        ("/browsers", None),
        ("/endless", None),
        ("/elsewhere", None),
        ("/busy-once", None),
        ("/a#heading", None),
        ("/gone", Some((Code::DeadLink, "no such page (404)"))),
        ("/removed", Some((Code::DeadLink, "gone for good (410)"))),
        ("/moved", Some((Code::MovedLink, "has moved for good"))),
        ("/moved-twice", Some((Code::MovedLink, "has moved for good"))),
        ("/moved-away", Some((Code::DeadLink, "404"))),
        ("/circle", Some((Code::DeadLink, "without an end"))),
        ("/script", Some((Code::DeadLink, "no address"))),
        ("/busy", Some((Code::UncertainLink, "asked too often"))),
        ("/members", Some((Code::UncertainLink, "turned us away"))),
        ("/trouble", Some((Code::UncertainLink, "trouble of its own"))),
        ("/slow", Some((Code::UncertainLink, "in time"))),
        ("/silent", Some((Code::UncertainLink, "connection failed"))),
        ("/babble", Some((Code::UncertainLink, "connection failed"))),
    ] {
        let found = findings(server, &[path], &options());
        match expected {
            None => assert_eq!(found, [], "{path}"),
            Some((code, words)) => {
                assert_eq!(found.len(), 1, "{path}: {found:?}");
                assert_eq!(found[0].code, code, "{path}: {}", found[0].message);
                assert!(found[0].message.contains(words), "{path}: {}", found[0].message);
                assert_eq!(found[0].target.as_deref(), Some(format!("http://{server}{path}").as_str()));
            }
        }
    }
}

#[test]
fn nobody_listens() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let found = findings(unused, &["/"], &options());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::DeadLink, "{}", found[0].message);
}

#[test]
fn one_host_is_asked_with_pauses_and_each_address_once() {
    let (server, log) = server();
    let options = Options { pause: Duration::from_millis(120), ..options() };
    assert_eq!(findings(server, &["/a", "/b", "/c", "/a", "/a#x"], &options), []);
    let log = log.lock().unwrap();
    let paths: Vec<&str> = log.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(paths, ["/a", "/b", "/c"]);
    for pair in log.windows(2) {
        assert!(pair[1].2 - pair[0].2 >= Duration::from_millis(110));
    }
}

#[test]
fn answers_are_kept_for_a_while_but_not_what_nobody_knows() {
    let (server, log) = server();
    let folder = tempfile::tempdir().unwrap();
    let options = Options { cache: Some(folder.path().join("deep/answers.json")), ..options() };
    let paths = ["/a", "/gone", "/busy"];
    let first = findings(server, &paths, &options);
    let asked = log.lock().unwrap().len();
    let second = findings(server, &paths, &options);
    assert_eq!(first, second);
    let again: Vec<String> = log.lock().unwrap()[asked..].iter().map(|(_, path, _)| path.clone()).collect();
    assert!(again.iter().all(|path| path == "/busy"), "{again:?}");
    let before = log.lock().unwrap().len();
    findings(server, &paths, &Options { max_age: Duration::ZERO, ..options });
    assert!(log.lock().unwrap()[before..].iter().any(|(_, path, _)| path == "/a"), "an old answer is asked for again");
}

#[test]
fn a_cache_that_cannot_be_read_is_begun_anew() {
    let (server, _) = server();
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("answers.json");
    std::fs::write(&cache, "{ not json").unwrap();
    let options = Options { cache: Some(cache.clone()), ..options() };
    assert_eq!(findings(server, &["/gone"], &options).len(), 1);
    assert!(std::fs::read_to_string(cache).unwrap().contains("/gone"));
}

#[test]
fn what_is_left_out_is_not_asked() {
    let (server, log) = server();
    for pattern in ["127.0.0.1".to_owned(), format!("http://{server}/go"), "*/gone".into(), "http://*".into()] {
        let options = Options { exclude: vec![pattern.clone()], ..options() };
        assert_eq!(findings(server, &["/gone"], &options), [], "{pattern}");
    }
    assert!(log.lock().unwrap().is_empty());
}
