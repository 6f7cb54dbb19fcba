//! The preview answers as a file host does, and follows what is saved.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::program::{bokworm, folder};
use crate::served::{Served, put};

const IN_FILES: &str = "[urls]\nstyle = \"file\"\n";

#[test]
fn a_site_of_files_is_found_as_on_a_host() {
    let site = folder(&[
        ("book.toml", "[site]\nbase_path = \"/book/\"\n[urls]\nstyle = \"file\"\n[redirects]\n\"/old\" = \"/a\"\n"),
        ("content/index.md", "# Home"),
        ("content/a.md", "# A"),
        ("content/b c/ä.md", "# Ä"),
        ("static/img/x.svg", "<svg/>"),
        ("static/plain.txt", "text"),
    ]);
    let served = Served::start(site.path(), &[]);
    for (path, status, location, kind) in [
        ("/", 307, Some("/book/"), ""),
        ("/book", 307, Some("/book/"), ""),
        ("/book/", 200, None, "text/html; charset=utf-8"),
        ("/book/index.html", 200, None, "text/html; charset=utf-8"),
        ("/book/a", 200, None, "text/html; charset=utf-8"),
        ("/book/a.html", 200, None, "text/html; charset=utf-8"),
        ("/book/a/", 307, Some("/book/a"), ""),
        ("/book/b%20c/%C3%A4", 200, None, "text/html; charset=utf-8"),
        ("/book/old", 200, None, "text/html; charset=utf-8"),
        ("/book/img/x.svg", 200, None, "image/svg+xml"),
        ("/book/plain.txt?x=y", 200, None, "text/plain; charset=utf-8"),
        ("/book/site.json", 200, None, "application/json"),
        ("/book/nothing", 404, None, "text/html; charset=utf-8"),
        ("/a", 404, None, "text/html; charset=utf-8"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("location"), location, "{path}");
        assert_eq!(answer.header("content-type").unwrap_or(""), kind, "{path}");
    }
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let site = folder(&[("content/index.md", "# Home"), ("static/a.txt", "0123456789")]);
    put(site.path(), "book.toml", IN_FILES);
    let served = Served::start(site.path(), &[]);
    for path in ["/", "/a.txt"] {
        let first = served.get(path);
        let tag = first.header("etag").expect("a tag").to_owned();
        let again = |headers: &str| served.ask("GET", path, headers);
        let same = again(&format!("If-None-Match: \"x\", W/{tag}\r\n"));
        assert_eq!((same.status, same.body.len()), (304, 0));
        assert_eq!(same.header("etag"), Some(&*tag));
        assert_eq!(again("If-None-Match: *\r\n").status, 304);
        assert_eq!(again("If-None-Match: \"x\"\r\n").status, 200);
        assert_eq!(first.header("cache-control"), Some("no-cache"));
    }
    let modified = served.get("/a.txt").header("last-modified").expect("a date").to_owned();
    assert!(modified.ends_with(" GMT"), "{modified}");
    let since = |date: &str| served.ask("GET", "/a.txt", &format!("If-Modified-Since: {date}\r\n")).status;
    assert_eq!(since(&modified), 304);
    assert_eq!(since("Thu, 01 Jan 1970 00:00:01 GMT"), 200);
    assert_eq!(since("some day"), 200);
}

#[test]
fn a_part_of_a_file_can_be_asked_for() {
    let site = folder(&[("book.toml", IN_FILES), ("content/index.md", "# Home"), ("static/a.txt", "0123456789")]);
    let served = Served::start(site.path(), &[]);
    let tag = served.get("/a.txt").header("etag").unwrap().to_owned();
    let ranged = |headers: &str| {
        let answer = served.ask("GET", "/a.txt", headers);
        (answer.status, answer.text(), answer.header("content-range").unwrap_or("").to_owned())
    };
    let part = |status: u16, body: &str, range: &str| (status, body.to_owned(), range.to_owned());
    assert_eq!(ranged("Range: bytes=2-4\r\n"), part(206, "234", "bytes 2-4/10"));
    assert_eq!(ranged("Range: bytes=-2\r\n"), part(206, "89", "bytes 8-9/10"));
    assert_eq!(ranged("Range: bytes=8-99999999999999999999\r\n"), part(206, "89", "bytes 8-9/10"));
    assert_eq!(ranged("Range: bytes=10-\r\n"), part(416, "", "bytes */10"));
    assert_eq!(ranged("Range: bytes=4-2\r\n"), part(200, "0123456789", ""));
    assert_eq!(ranged("Range: bytes=0-1,3-4\r\n"), part(200, "0123456789", ""));
    assert_eq!(ranged(&format!("Range: bytes=0-0\r\nIf-Range: {tag}\r\n")), part(206, "0", "bytes 0-0/10"));
    assert_eq!(ranged("Range: bytes=0-0\r\nIf-Range: \"x\"\r\n"), part(200, "0123456789", ""));
    let html = served.ask("GET", "/", "Range: bytes=0-8\r\n");
    assert_eq!((html.status, html.text().to_lowercase()), (206, "<!doctype".to_owned()));
}

#[test]
fn whatever_way_a_file_is_saved_is_seen() {
    let site = folder(&[("book.toml", IN_FILES), ("content/index.md", "# Home"), ("content/a.md", "one")]);
    let served = Served::start(site.path(), &[]);
    let content = site.path().join("content");
    let seen = |path: &str, text: &str| drop(served.until_holds(path, text));
    let gone = |path: &str| drop(served.until(path, |answer| answer.status == 404));
    fs::write(content.join("a.md"), "two").unwrap();
    seen("/a", "two");
    fs::write(content.join(".a.tmp"), "three").unwrap();
    fs::rename(content.join(".a.tmp"), content.join("a.md")).unwrap();
    seen("/a", "three");
    fs::rename(content.join("a.md"), content.join("a.md~")).unwrap();
    fs::write(content.join("a.md"), "four").unwrap();
    seen("/a", "four");
    fs::remove_file(content.join("a.md")).unwrap();
    gone("/a");
    fs::create_dir_all(content.join("b/c/d")).unwrap();
    fs::write(content.join("b/c/d/e.md"), "five").unwrap();
    seen("/b/c/d/e", "five");
    fs::write(content.join("b/c/d/e.md"), "six").unwrap();
    seen("/b/c/d/e", "six");
    fs::rename(content.join("b"), content.join("m")).unwrap();
    gone("/b/c/d/e");
    seen("/m/c/d/e", "six");
    fs::write(content.join("m/c/d/e.md"), "seven").unwrap();
    seen("/m/c/d/e", "seven");
    let outside = folder(&[("whole/f.md", "eight")]);
    if fs::rename(outside.path().join("whole"), content.join("whole")).is_ok() {
        seen("/whole/f", "eight");
        fs::write(content.join("whole/f.md"), "nine").unwrap();
        seen("/whole/f", "nine");
    }
    fs::rename(&content, site.path().join("away")).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    seen("/m/c/d/e", "seven");
    fs::rename(site.path().join("away"), &content).unwrap();
    fs::write(content.join("m/c/d/e.md"), "ten").unwrap();
    seen("/m/c/d/e", "ten");
    fs::remove_dir_all(&content).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    seen("/m/c/d/e", "ten");
    put(site.path(), "content/m/c/d/e.md", "eleven");
    seen("/m/c/d/e", "eleven");
    put(site.path(), "content/m/c/d/e.md", "twelve");
    seen("/m/c/d/e", "twelve");
}

#[test]
fn folders_that_begin_to_be_are_seen() {
    let site = folder(&[("book.toml", IN_FILES), ("content/index.md", "# Home")]);
    let served = Served::start(site.path(), &[]);
    put(site.path(), "static/a.txt", "one");
    served.until_holds("/a.txt", "one");
    put(site.path(), "templates/page.html", "own template");
    served.until_holds("/", "own template");
    put(site.path(), "templates/page.html", "other template");
    served.until_holds("/", "other template");
    fs::remove_dir_all(site.path().join("templates")).unwrap();
    served.until("/", |answer| !answer.text().contains("template") && answer.status == 200);
}

#[test]
fn the_last_good_site_is_kept_while_something_is_broken() {
    let site = folder(&[
        ("book.toml", "[site]\ntitle = \"First\"\n"),
        ("content/index.md", "# Home\n"),
        ("templates/page.html", "good {{ site.title }} {{ page.title }}"),
    ]);
    let served = Served::start(site.path(), &[]);
    served.until_holds("/", "good First Home");
    put(site.path(), "book.toml", "[site]\ntitel = \"Second\"\n");
    put(site.path(), "content/index.md", "# Other\n");
    served.until_holds("/", "good First Other");
    put(site.path(), "book.toml", "[site]\ntitle = \"Second\"\n");
    served.until_holds("/", "good Second Other");
    put(site.path(), "templates/page.html", "bad {{ site.title");
    put(site.path(), "content/index.md", "# Third\n");
    served.until_holds("/", "good Second Third");
    put(site.path(), "templates/page.html", "better {{ site.title }} {{ page.title }}");
    served.until_holds("/", "better Second Third");
    put(site.path(), "templates/page.html", "{{ page.no.such.thing }}");
    let broken = served.until_holds("/", "not-shown");
    assert!(broken.text().contains("preview.js"), "it can mend itself");
    served.until_holds("/_bokworm/page?at=/", "Field `no` is not defined");
    assert_eq!(served.get("/404").status, 200, "other pages are not affected");
    fs::remove_file(site.path().join("book.toml")).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    put(site.path(), "templates/page.html", "best {{ site.title }}");
    served.until_holds("/", "best Second");
}

#[test]
fn a_page_that_takes_for_ever_costs_only_who_asked_for_it() {
    let loops = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% for c in range(end=100000) %}\
        {% endfor %}{% endfor %}{% endfor %}";
    let site = folder(&[
        ("book.toml", IN_FILES),
        ("content/index.md", "# Home"),
        ("content/slow.md", "---\ntemplate: slow.html\n---\nSlow"),
        ("templates/slow.html", loops),
    ]);
    let served = Served::start(site.path(), &[]);
    let asked: Vec<_> = (0..8)
        .map(|_| {
            let mut stream = served.connect();
            std::io::Write::write_all(&mut stream, b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(100));
    let begun = Instant::now();
    assert_eq!(served.get("/").status, 200);
    put(site.path(), "content/index.md", "# Other");
    served.until_holds("/", "Other");
    assert!(begun.elapsed() < Duration::from_secs(10), "others waited {:?}", begun.elapsed());
    for mut stream in asked {
        stream.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        assert!(std::io::Read::read(&mut stream, &mut [0]).is_err(), "it was answered");
    }
}

#[test]
fn a_component_that_holds_itself_costs_only_its_page() {
    let site = folder(&[
        ("book.toml", IN_FILES),
        ("content/index.md", "# Home"),
        ("content/a.md", "# A\n\n<Own/>\n"),
        ("templates/components/Own.html", "{% component Own(a=\"\") %}x{{ <Own a=\"1\"/> }}{% endcomponent Own %}"),
    ]);
    let served = Served::start(site.path(), &[]);
    let told = served.get("/_bokworm/page?at=/a").text();
    assert!(told.contains("a.md:3:1"), "it is told before anybody has seen the page: {told}");
    assert!(served.get("/a").text().contains("not-shown"));
    assert!(!served.get("/").text().contains("not-shown"));
    put(site.path(), "templates/components/Own.html", "{% component Own(a=\"\") %}mended{% endcomponent Own %}");
    served.until_holds("/a", "mended");
}

#[test]
fn the_editor_is_the_one_that_the_configuration_names() {
    let site = folder(&[("book.toml", "[preview]\neditor = \"zed\"\n"), ("content/index.md", "# Home")]);
    let served = Served::start(site.path(), &[]);
    let about = |text: &str| drop(served.until("/_bokworm/page?at=/", |answer| answer.text().contains(text)));
    about("zed://file/");
    put(site.path(), "book.toml", "[preview]\neditor = \"my://open?at={line}&in={path}\"\n");
    about("my://open?at=1&in=/");
}

#[test]
fn five_hundred_files_at_once_are_a_few_states() {
    let site = folder(&[("book.toml", IN_FILES), ("content/index.md", "# Home")]);
    for at in 0..500 {
        put(site.path(), &format!("content/f{}/p{at}.md", at % 20), "# Old");
    }
    let served = Served::start(site.path(), &[]);
    let mut listening = Listener::open(&served);
    for at in 0..500 {
        put(site.path(), &format!("content/f{}/p{at}.md", at % 20), "# New");
    }
    served.until_holds("/f19/p499", "New");
    served.until_holds("/f0/p0", "New");
    let states = listening.states(Duration::from_millis(500));
    assert!((1..=20).contains(&states), "{states} states");
}

/// A page that listens to the news.
struct Listener {
    stream: std::net::TcpStream,
    /// What it heard and nobody asked for yet.
    heard: String,
}

impl Listener {
    fn open(served: &Served) -> Self {
        use std::io::Write;
        let mut stream = served.connect();
        let port = served.port;
        write!(
            stream,
            "GET /_bokworm/live HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://localhost:{port}\r\n\r\n"
        )
        .unwrap();
        Self { stream, heard: String::new() }
    }

    /// What it hears up to this text, since it was asked last.
    fn told(&mut self, text: &str) -> String {
        use std::io::Read;
        let (begun, mut bytes) = (Instant::now(), [0; 65536]);
        loop {
            if let Some(at) = self.heard.find(text) {
                let rest = self.heard.split_off(at + text.len());
                return std::mem::replace(&mut self.heard, rest);
            }
            assert!(begun.elapsed() < Duration::from_secs(15), "{text} is never told: {}", self.heard);
            let read = self.stream.read(&mut bytes).expect("it goes on");
            self.heard.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
    }

    /// How many states of the site it hears of until nothing more comes.
    fn states(&mut self, quiet: Duration) -> usize {
        use std::io::Read;
        self.stream.set_read_timeout(Some(quiet)).unwrap();
        let (mut heard, mut bytes) = (Vec::new(), [0; 65536]);
        while let Ok(read @ 1..) = self.stream.read(&mut bytes) {
            heard.extend_from_slice(&bytes[..read]);
        }
        String::from_utf8_lossy(&heard).matches("\"type\":\"site\"").count()
    }
}

#[test]
fn it_ends_when_it_is_told_to() {
    let site = folder(&[("book.toml", IN_FILES), ("content/index.md", "# Home")]);
    for signal in ["INT", "TERM"] {
        let served = Served::start(site.path(), &[]);
        let mut open = served.connect();
        std::io::Write::write_all(&mut open, b"GET / HT").unwrap();
        let _listening = Listener::open(&served);
        let begun = Instant::now();
        let kill = std::process::Command::new("kill").args(["-s", signal, &served.id().to_string()]).status();
        assert!(kill.unwrap().success());
        assert_eq!(served.ends(), Some(0));
        // Far less than any of its own limits on slow clients.
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn a_port_that_was_asked_for_and_is_taken_is_an_error() {
    let site = folder(&[("book.toml", IN_FILES), ("content/index.md", "# Home")]);
    let served = Served::start(site.path(), &[]);
    let ran = bokworm(site.path(), &["serve", "--port", &served.port.to_string()]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains(&format!("port {} is taken", served.port)), "{}", ran.stderr);
    if cfg!(target_os = "linux") {
        assert!(ran.stderr.contains(&format!("bokworm (process {})", served.id())), "{}", ran.stderr);
    }
}

#[test]
fn a_folder_of_pages_needs_no_configuration() {
    let site = folder(&[("docs/index.md", "# Home"), ("docs/a.md", "---\ndraft: true\n---\n# A")]);
    let served = Served::start(site.path(), &["--source", "docs", "--base-url", "/x/"]);
    assert_eq!(served.get("/x/").status, 200);
    assert_eq!(served.get("/x/a").status, 404);
    drop(served);
    let served = Served::start(site.path(), &["--source", "docs", "--drafts"]);
    assert_eq!(served.get("/a/").status, 200);
    assert!(!Path::new(&site.path().join("public")).exists(), "nothing is written");
}

#[test]
fn what_is_published_beside_the_content_is_never_looked_at() {
    let site = folder(&[
        ("index.md", "# Home"),
        ("a.md", "# A"),
        ("node_modules/x/README.md", "# X"),
        ("target/CACHEDIR.TAG", ""),
        ("target/t.md", "# T"),
    ]);
    let served = Served::start(site.path(), &["--source", "."]);
    assert_eq!(served.get("/a/").status, 200);
    assert_eq!(served.get("/node_modules/x/").status, 404);
    assert_eq!(served.get("/target/t").status, 404);
    let mut listening = Listener::open(&served);
    for at in 0..20 {
        put(site.path(), &format!("node_modules/x/{at}.md"), "x");
        put(site.path(), &format!("target/{at}.md"), "x");
        put(site.path(), &format!(".git/{at}.md"), "x");
    }
    assert_eq!(listening.states(Duration::from_millis(400)), 0);
}

/// The short sister of `bench/soak.py`.
#[cfg(target_os = "linux")]
#[test]
fn saves_and_readers_at_full_speed_leave_no_error_and_no_memory_behind() {
    let site = folder(&[("book.toml", IN_FILES), ("content/index.md", "# Home")]);
    for at in 0..100 {
        put(
            site.path(),
            &format!("content/p{at}.md"),
            format!("---\ntags: [a, b]\n---\n\n# P{at}\n\n[home](index.md)\n"),
        );
    }
    let served = Served::start(site.path(), &[]);
    let resident = || {
        let status = fs::read_to_string(format!("/proc/{}/status", served.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap()
    };
    let round = |seconds: u64| {
        let until = Instant::now() + Duration::from_secs(seconds);
        std::thread::scope(|scope| {
            for client in 0..4 {
                let served = &served;
                scope.spawn(move || {
                    for at in (0..100).cycle().skip(client * 25) {
                        assert_eq!(served.get(&format!("/p{at}")).status, 200);
                        if Instant::now() > until {
                            break;
                        }
                    }
                });
            }
            for at in 0.. {
                put(site.path(), &format!("content/p{}.md", at % 100), format!("# P{at}\n\nsaved\n"));
                std::thread::sleep(Duration::from_millis(30));
                if Instant::now() > until {
                    break;
                }
            }
        });
    };
    round(2);
    let before = resident();
    round(3);
    let after = resident();
    assert!(after < before + before / 3, "{before} kB became {after} kB");
}

const IN_TWO: &[(&str, &str)] = &[
    ("book.toml", "[urls]\nstyle = \"file\"\n[languages.en]\n[languages.de]\n"),
    ("content/en/index.md", "# Home\n"),
    ("content/en/a.md", "---\ntitle: Apple\ntags: [red]\n---\n\n[Pears](/de/b)\n"),
    ("content/en/c.md", "# Cherry\n\nIn English only.\n"),
    ("content/de/index.md", "# Anfang\n\n<BokTagList tag=\"rot\"/>\n"),
    ("content/de/a.md", "---\ntitle: Apfel\ntags: [rot]\n---\n\n[Birne](b.md)\n"),
    ("content/de/b.md", "---\ntitle: Birne\ntags: [rot]\n---\n\nDrei Worte hier.\n"),
    ("content/de/d.txt", "one"),
];

#[test]
fn the_panel_knows_the_page_of_the_language_that_is_in_view() {
    let site = folder(IN_TWO);
    let served = Served::start(site.path(), &[]);
    let about = |at: &str| -> serde_json::Value {
        serde_json::from_slice(&served.get(&format!("/_bokworm/page?at={at}")).body).expect("it tells of a page")
    };
    let pear = about("/de/b");
    assert_eq!(
        (&pear["title"], &pear["file"], &pear["words"]),
        (&"Birne".into(), &"de/b.md".into(), &3.into()),
        "{pear}"
    );
    assert_eq!(pear["tags"], serde_json::json!([{ "label": "rot", "href": "/de/tags/rot" }]));
    assert_eq!(pear["lists"], serde_json::json!([{ "title": "Anfang", "href": "/de/" }]));
    let from = serde_json::json!([{ "title": "Apple", "href": "/a" }, { "title": "Apfel", "href": "/de/a" }]);
    assert_eq!(pear["incoming"], from);
    assert_eq!(about("/a")["file"], "en/a.md");
    assert_eq!(about("/de/c")["file"], "en/c.md", "what stands in is opened where it is written");
}

#[test]
fn moves_and_files_of_every_language_are_told() {
    let site = folder(IN_TWO);
    let served = Served::start(site.path(), &[]);
    let mut listener = Listener::open(&served);
    listener.told("findings");
    fs::rename(site.path().join("content/de/b.md"), site.path().join("content/de/pear.md")).unwrap();
    assert!(listener.told("/de/pear").contains(r#""from":"/de/b","to":"/de/pear"#));
    put(site.path(), "content/de/d.txt", "other");
    listener.told("/de/d.txt");
    fs::rename(site.path().join("content/en/c.md"), site.path().join("content/en/cherry.md")).unwrap();
    // The page that stands in moves with it.
    let moved = listener.told(r#""to":"/de/cherry""#);
    assert!(moved.contains(r#""from":"/c","to":"/cherry""#) && moved.contains(r#""from":"/de/c","#), "{moved}");
}
