//! Books that link to each other: what one publishes of itself is fetched by another from a server on this machine, kept,
//! and followed while somebody writes.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::program::{bokworm, folder, read};
use bokworm::project::{self, Overrides};
use bokworm::session::Session;

/// What is answered at each path: the whole answer.
type Answers = Arc<Mutex<HashMap<&'static str, Vec<u8>>>>;

/// A server that ends with the test, and its address.
fn server() -> (String, Answers) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answers: Answers = Arc::default();
    let known = Arc::clone(&answers);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut first = String::new();
            let _ = reader.read_line(&mut first);
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                line.clear();
            }
            let path = first.split(' ').nth(1).unwrap_or_default();
            let answer = known.lock().unwrap().get(path).cloned();
            let _ = stream.write_all(&answer.unwrap_or_else(|| answer_with("404 Not Found", b"")));
        }
    });
    (address, answers)
}

fn answer_with(status: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn leading_to(to: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
}

/// What a book with these pages publishes of itself.
fn published(pages: &[(&str, &str)]) -> Vec<u8> {
    let book = [&[("book.toml", "[site]\ntitle = \"Handbook\"\n")], pages].concat();
    let book = folder(&book);
    let ran = bokworm(book.path(), &["build", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    std::fs::read(book.path().join("public/site.json")).unwrap()
}

const PAGES: &[(&str, &str)] = &[
    ("content/index.md", "# Handbook\n\n[lead](roles/lead.md)\n"),
    ("content/roles/_category_.yaml", "link:\n  type: generated-index\n"),
    (
        "content/roles/lead.md",
        "---\naliases: [/boss]\ntags: [People]\n---\n# Lead\n\n## What a lead does\n\n<a id=\"own\"></a>\n",
    ),
];

const LINKS: &str = "# Guide\n\n[](handbook:/roles/lead#what-a-lead-does) [a](handbook:/boss) [b](handbook:/tags/people)\n\
                     [c](handbook:/roles) [d](handbook:/roles/lead#own) [e](handbook:/)\n";

fn guide(site: &str) -> tempfile::TempDir {
    let config = format!("[site]\ntitle = \"Guide\"\n\n[books.handbook]\nsite = \"{site}\"\n");
    folder(&[("book.toml", &config), ("content/index.md", LINKS)])
}

#[test]
fn what_a_book_publishes_is_fetched_and_all_that_it_has_can_be_led_to() {
    let (address, answers) = server();
    answers.lock().unwrap().insert("/book/site.json", answer_with("200 OK", &published(PAGES)));
    answers.lock().unwrap().insert("/old.json", leading_to("/book/site.json"));
    let guide = guide(&format!("{address}/book/site.json"));
    let told = bokworm(guide.path(), &["check"]);
    assert!(told.stdout.contains("unread-book") && told.stdout.contains("1 warning"), "{}", told.stdout);

    let ran = bokworm(guide.path(), &["books", "update"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout, "handbook: 2 pages (`books/handbook.json`, to be committed)\n");
    let ran = bokworm(guide.path(), &["check"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert_eq!(bokworm(guide.path(), &["build", "--quiet"]).code, 0);
    let page = read(guide.path(), "public/index.html");
    let link = format!("<a href=\"{address}/book/roles/lead/#what-a-lead-does\">What a lead does</a>");
    assert!(page.contains(&link), "{page}");

    let listed = bokworm(guide.path(), &["books", "--today", &day_after(guide.path(), 3)]).stdout;
    assert_eq!(listed, "handbook: 2 pages, 3 days old (Handbook, `books/handbook.json`)\n");
    // What became of the book since is told once it is fetched again, by way of a redirect, too.
    let fewer = published(&[("content/index.md", "# Handbook\n"), ("content/roles/leader.md", "# Leader\n")]);
    answers.lock().unwrap().insert("/book/site.json", answer_with("200 OK", &fewer));
    let config = read(guide.path(), "book.toml").replace("/book/site.json", "/old.json");
    std::fs::write(guide.path().join("book.toml"), config).unwrap();
    assert_eq!(bokworm(guide.path(), &["books", "update", "handbook"]).code, 0);
    let told = bokworm(guide.path(), &["check"]);
    assert!(told.stdout.contains("has no page at `/roles/lead`"), "{}", told.stdout);
    assert!(told.stdout.contains("Did you mean `/roles/leader`?"), "{}", told.stdout);
    assert_eq!(bokworm(guide.path(), &["build", "--quiet"]).code, 0);
    let page = read(guide.path(), "public/index.html");
    assert!(page.contains("/roles/lead/#what-a-lead-does</a>"), "{page}");
    // Nothing else changed, and yet the page is made again.
    let renamed = published(&[("content/roles/lead.md", "# Lead\n\n## Whatever leads do {#what-a-lead-does}\n")]);
    answers.lock().unwrap().insert("/book/site.json", answer_with("200 OK", &renamed));
    for said in [["books", "update"], ["build", "--quiet"]] {
        assert_eq!(bokworm(guide.path(), &said).code, 0);
    }
    let page = read(guide.path(), "public/index.html");
    assert!(page.contains("#what-a-lead-does\">Whatever leads do</a>"), "{page}");
}

/// So many days after a book was fetched.
fn day_after(guide: &Path, days: u32) -> String {
    let kept: serde_json::Value = serde_json::from_str(&read(guide, "books/handbook.json")).unwrap();
    let day: jiff::civil::Date = kept["fetched"].as_str().unwrap().parse().unwrap();
    (day + jiff::Span::new().days(i64::from(days))).to_string()
}

#[test]
fn what_cannot_be_had_whole_leaves_what_is_known_as_it_is() {
    let (address, answers) = server();
    let whole = published(PAGES);
    answers.lock().unwrap().insert("/site.json", answer_with("200 OK", &whole));
    let guide = guide(&format!("{address}/site.json"));
    assert_eq!(bokworm(guide.path(), &["books", "update"]).code, 0);
    let kept = read(guide.path(), "books/handbook.json");

    let broken_off = answer_with("200 OK", &whole)[..whole.len()].to_vec();
    for (answer, why) in [
        (broken_off, "the connection"),
        (answer_with("200 OK", &whole[..whole.len() - 20]), "it ends before it is complete"),
        (answer_with("200 OK", b"<!doctype html>"), "it is a page of HTML"),
        (answer_with("404 Not Found", &whole), "there is no such file (404)"),
        (answer_with("206 Partial Content", &whole), "the site answered with 206"),
        (leading_to("http://handbook.example/site.json"), "does not begin with `https://`"),
        (leading_to("file:///etc/passwd"), "which is no address"),
        (leading_to("/site.json"), "without an end"),
    ] {
        answers.lock().unwrap().insert("/site.json", answer);
        let ran = bokworm(guide.path(), &["books", "update"]);
        assert!(ran.code == 1 && ran.stderr.contains(why), "{why}: {} {}", ran.code, ran.stderr);
        assert_eq!(read(guide.path(), "books/handbook.json"), kept, "{why}");
        assert_eq!(std::fs::read_dir(guide.path().join("books")).unwrap().count(), 1, "{why}");
    }
}

#[test]
fn a_preview_follows_what_is_known_of_a_book() {
    let guide = guide("../handbook/public/site.json");
    let near = guide.path().parent().unwrap().join("handbook");
    let near = near.join(guide.path().file_name().unwrap()).join("public");
    let config = read(guide.path(), "book.toml").replace("../handbook/public", near.to_str().unwrap());
    std::fs::write(guide.path().join("book.toml"), config).unwrap();
    let open = || project::open(guide.path(), &Overrides::default()).unwrap();
    let mut session = Session::follow(open(), false).unwrap();
    let problems = |session: &mut Session| {
        session.look().unwrap();
        session.take_in();
        let state = session.state();
        let findings = state.check(&state.severities(&[]), Vec::new());
        findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(problems(&mut session), ["unread-book"]);
    std::fs::create_dir_all(&near).unwrap();
    let site = String::from_utf8(published(PAGES)).unwrap();
    let at = |site: &str| site.replace("\"url\":null", "\"url\":\"https://b.example/\"");
    std::fs::write(near.join("site.json"), at(&site)).unwrap();
    assert_eq!(problems(&mut session), [""; 0]);
    assert!(session.folders().contains(&near), "{:?}", session.folders());
    std::fs::write(near.join("site.json"), at(&site.replace("/roles/lead", "/roles/leads"))).unwrap();
    assert_eq!(problems(&mut session), ["broken-link", "broken-link"]);
    std::fs::remove_file(near.join("site.json")).unwrap();
    assert_eq!(problems(&mut session), ["unread-book"]);
    std::fs::remove_dir_all(near.parent().unwrap()).unwrap();
}
