//! The preview under attack: nothing gets out that isn't published, no other site reads
//! it, and nobody keeps it from answering others.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::program::folder;
use crate::served::{Answer, Served, put};

const SECRET: &str = "seven-of-nine";

fn attacked() -> (tempfile::TempDir, Served) {
    let outer = folder(&[
        ("secret.txt", SECRET),
        ("site-private/secret.txt", SECRET),
        ("site/book.toml", "[site]\ntitle = \"T\"\n[urls]\nstyle = \"file\"\n"),
        ("site/.env", SECRET),
        ("site/.git/config", SECRET),
        ("site/content/index.md", "# Home\n\nhome-text\n"),
        ("site/content/a.md", "# A\n\na-text\n"),
        ("site/content/sub/index.md", "# Sub\n"),
        ("site/content/.hidden.md", SECRET),
        ("site/content/.a.md.swp", SECRET),
        ("site/content/notes/picture.txt", SECRET),
        ("site/static/plain.txt", "0123456789"),
        ("site/static/.env", SECRET),
        ("site/static/.htaccess", SECRET),
        ("site/static/.git/config", SECRET),
        ("site/static/draft.txt~", SECRET),
        ("site/static/#draft.txt#", SECRET),
        ("site/static/.well-known/security.txt", "Contact: x"),
        ("site/static/.nojekyll", ""),
        ("site/templates/parts/own.html", SECRET),
    ]);
    let served = Served::start(&outer.path().join("site"), &[]);
    (outer, served)
}

fn gives_nothing(answer: &Answer, asked: &str) {
    assert!(matches!(answer.status, 301..=308 | 400 | 403 | 404 | 414 | 431), "{asked}: {}", answer.head);
    let text = answer.text();
    assert!(!text.contains(SECRET) && !text.contains("root:"), "{asked} gave it away");
    assert!(!text.contains("/site/content") && !text.contains("/tmp"), "{asked} shows where it lies");
    let location = answer.header("location").unwrap_or("/");
    assert!(
        location.starts_with('/') && !location.starts_with("//") && !location.contains('\\'),
        "{asked}: {location}"
    );
}

#[test]
fn no_path_leaves_the_site() {
    let (_outer, served) = attacked();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/sub/../../secret.txt",
        "/sub/..%2f..%2fsecret.txt",
        "/.../secret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/%2fetc%2fpasswd",
        "/a/c:/windows/win.ini",
        "/c:/windows/win.ini",
        "/.env",
        "/.env/",
        "/.env/.",
        "/.env::$DATA",
        "/%2eenv",
        "/.htaccess",
        "/.git/config",
        "/.git/config/.",
        "//server/share/x",
        "/\\\\server\\share",
        "/../site-private/secret.txt",
        "/-private/secret.txt",
        "/content/index.md",
        "/index.md",
        "/.hidden",
        "/.hidden.html",
        "/.a.md.swp",
        "/book.toml",
        "/draft.txt~",
        "/%23draft.txt%23",
        "/parts/own.html",
        "/notes/picture.txt",
        "/plain.txt/",
        "/plain.txt/.",
        "/plain.txt%00.html",
        "/%00",
        "/%c0%ae%c0%ae/secret.txt",
        "/%",
        "/%0",
        "/%zz",
        "/%ff%fe",
        "/a?raw??/../.env",
        "/_bokworm/../.env",
        "/_bokworm/",
        "/_bokworm/nothing",
    ] {
        // `?` ends the path: what stands before it is a page, and nothing else comes.
        let answer = served.get(path);
        if path.contains('?') {
            assert!(!answer.text().contains(SECRET));
        } else {
            gives_nothing(&answer, path);
        }
    }
    gives_nothing(&served.get(&format!("/{}", "a".repeat(64 << 10))), "64 kB");
    gives_nothing(&served.get(&format!("/{}", "a/../".repeat(1 << 10))), "5 kB");
    let hash = served.get("/#/../secret.txt");
    assert!(!hash.text().contains(SECRET));
    for published in ["/plain.txt", "/.well-known/security.txt", "/.nojekyll", "/a", "/sub"] {
        assert_eq!(served.get(published).status, 200, "{published}");
    }
}

#[test]
fn no_redirect_leads_elsewhere() {
    let outer = folder(&[
        ("book.toml", "[urls]\nstyle = \"folder\"\ntrailing_slash = true\n"),
        ("content/index.md", "# Home"),
        ("content/evil.example.md", "# E"),
        ("content/f/g.md", "# G"),
    ]);
    let served = Served::start(outer.path(), &[]);
    assert_eq!(served.get("/f/g?a=b").header("location"), Some("/f/g/?a=b"));
    for path in [
        "//evil.example",
        "//evil.example/",
        "//evil.example/%2e%2e",
        "/%2fevil.example",
        "/%5cevil.example",
        "/\\evil.example",
        "/f/%2e%2e//evil.example",
        "/f%0d%0aSet-Cookie:x=1",
        "/evil.example%0d%0aX:y/",
    ] {
        let answer = served.get(path);
        gives_nothing(&answer, path);
        assert!(answer.header("set-cookie").is_none() && answer.header("x").is_none());
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_even_if_it_is_swapped_in() {
    use std::os::unix::fs::symlink;
    let (outer, served) = attacked();
    let site = outer.path().join("site");
    symlink(outer.path().join("secret.txt"), site.join("static/out.txt")).unwrap();
    symlink(outer.path().join("site-private"), site.join("static/out")).unwrap();
    symlink("/", site.join("static/all")).unwrap();
    symlink("..", site.join("content/up")).unwrap();
    symlink(site.join("nowhere"), site.join("static/nowhere.txt")).unwrap();
    symlink(site.join("static/round.txt"), site.join("static/round.txt")).unwrap();
    symlink(outer.path().join("secret.txt"), site.join("content/out.md")).unwrap();
    symlink(site.join("static/.env"), site.join("static/env.txt")).unwrap();
    put(&site, "static/after.txt", "after");
    served.until_holds("/after.txt", "after");
    for path in [
        "/out.txt",
        "/out/secret.txt",
        "/all/etc/passwd",
        "/up/book.toml",
        "/nowhere.txt",
        "/round.txt",
        "/out",
        "/env.txt",
    ] {
        gives_nothing(&served.get(path), path);
    }
    // What was a file when the folders were walked is a link when it is opened.
    for _ in 0..200 {
        let _ = std::fs::remove_file(site.join("static/plain.txt"));
        symlink(outer.path().join("secret.txt"), site.join("static/plain.txt")).unwrap();
        assert!(!served.get("/plain.txt").text().contains(SECRET));
        std::fs::remove_file(site.join("static/plain.txt")).unwrap();
        std::fs::write(site.join("static/plain.txt"), "0123456789").unwrap();
        assert!(!served.get("/plain.txt").text().contains(SECRET));
    }
}

#[test]
fn only_its_own_names_are_answered() {
    let (_outer, served) = attacked();
    let port = served.port;
    let status = |head: &str| served.raw(head.as_bytes()).status;
    for host in ["localhost", &format!("localhost:{port}"), "127.0.0.1", "[::1]", &format!("[::1]:{port}")] {
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")), 200, "{host}");
    }
    for host in
        ["evil.example", &format!("evil.example:{port}"), "localhost.", "[::2]", "0.0.0.0", "a b", "localhost@evil"]
    {
        for path in ["/", "/plain.txt", "/_bokworm/preview.js", "/_bokworm/live", "/_bokworm/page?at=/a"] {
            let status = status(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
            assert!(matches!(status, 400 | 403), "{host} {path}: {status}");
        }
    }
    assert_eq!(status("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), 400);
    assert_eq!(status("GET / HTTP/1.0\r\n\r\n"), 400);
    assert_eq!(status("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), 400);
    assert_eq!(
        status("GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n"),
        403
    );
    assert_eq!(status("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 403);
    assert_eq!(status("GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), 403);
    assert_eq!(status("GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 200);
}

fn upgrade(origin: &str) -> String {
    format!(
        "GET /_bokworm/live HTTP/1.1\r\nHost: localhost:1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{origin}\r\n"
    )
}

#[test]
fn only_its_own_pages_hear_the_news() {
    let (_outer, served) = attacked();
    for origin in [
        "",
        "Origin: null\r\n",
        "Origin: http://evil.example\r\n",
        "Origin: http://127.0.0.1:1\r\n",
        "Origin: http://localhost\r\n",
        "Origin: http://localhost:2\r\n",
        "Origin: https://localhost:1\r\n",
    ] {
        assert_eq!(served.raw(upgrade(origin).as_bytes()).status, 403, "{origin}");
    }
    assert!(matches!(served.get("/_bokworm/live").status, 400 | 403));
    let own = "Origin: http://localhost:1\r\n";
    // A masked text frame that isn't JSON does no harm; one of a megabyte ends the conversation.
    let mut stream = served.connect();
    stream.write_all(upgrade(own).as_bytes()).unwrap();
    let mut first = [0; 4096];
    let mut heard = String::new();
    while !heard.contains("findings") {
        let read = stream.read(&mut first).unwrap();
        heard.push_str(&String::from_utf8_lossy(&first[..read]));
    }
    assert!(heard.starts_with("HTTP/1.1 101"), "{heard}");
    stream.write_all(&[0x81, 0x83, 0, 0, 0, 0, b'{', b'(', b'?']).unwrap();
    assert_eq!(served.get("/a").status, 200);
    let mut large = vec![0x81, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0];
    large.resize(large.len() + (1 << 20), b'x');
    let _ = stream.write_all(&large);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert_eq!(served.get("/a").status, 200);
}

#[test]
fn other_sites_get_nothing_to_read() {
    let (_outer, served) = attacked();
    for path in ["/", "/a", "/plain.txt", "/nothing", "/_bokworm/preview.js", "/site.json"] {
        let answer = served.ask("GET", path, "Origin: http://evil.example\r\n");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(answer.header("access-control-allow-origin").is_none(), "{path}");
        let script = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n";
        assert_eq!(served.ask("GET", path, script).status, 403, "{path}");
    }
}

#[test]
fn only_get_and_head_are_answered() {
    let (_outer, served) = attacked();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "FOO", "PROPFIND"] {
        let answer = served.ask(method, "/", "");
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("GET, HEAD"));
    }
    assert!(matches!(served.ask("CONNECT", "localhost:80", "").status, 400 | 403 | 405));
    let head = served.ask("HEAD", "/a", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), served.get("/a").header("content-length"));
    assert_eq!(served.ask("POST", "/", "Content-Length: 5\r\n").status, 405);
    assert_eq!(served.ask("GET", "/", "Content-Length: 99999999999\r\n").status, 413);
    assert_eq!(served.ask("GET", "/", "Transfer-Encoding: chunked\r\n\r\nzz\r\n").status, 413);
}

#[test]
fn nonsense_is_refused_and_forgotten() {
    let (_outer, served) = attacked();
    let many: String = (0..10_000).map(|at| format!("X-{at}: y\r\n")).collect();
    for (request, named) in [
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"), "ten thousand headers"),
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "y".repeat(1 << 20)), "a header of a megabyte"),
        ("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n".into(), "another protocol"),
        ("\0\0\0\0\r\n\r\n".into(), "zeros"),
        ("GET\r\n\r\n".into(), "half a line"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n".into(), "a space in a name"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n".into(), "a negative length"),
        (
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc".into(),
            "two lengths",
        ),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".into(), "HTTP/2"),
        ("GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".into(), "a star"),
    ] {
        let answer = served.raw(request.as_bytes());
        assert!(answer.status == 0 || answer.status >= 400, "{named}: {}", answer.head);
    }
    let pipelined = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3)
        + "GET /plain.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = served.raw(pipelined.as_bytes());
    assert_eq!(answer.text().matches("HTTP/1.1 200").count(), 3);
    assert!(answer.text().ends_with("0123456789"));
}

#[test]
fn half_open_connections_keep_nobody_waiting() {
    let (_outer, served) = attacked();
    served.get("/a");
    let mut half_open = Vec::new();
    for at in 0..300 {
        let mut stream = served.connect();
        let begun: &[u8] = if at % 2 == 0 { b"GET / HT" } else { b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " };
        stream.write_all(begun).unwrap();
        half_open.push(stream);
    }
    let mut slowest = Duration::ZERO;
    for _ in 0..50 {
        let begun = Instant::now();
        assert_eq!(served.get("/a").status, 200);
        slowest = slowest.max(begun.elapsed());
    }
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    // They are not kept for ever.
    let mut rest = Vec::new();
    let begun = Instant::now();
    let _ = half_open[0].read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(15));
}

#[test]
fn clients_that_leave_in_the_middle_do_no_harm() {
    let (outer, served) = attacked();
    put(&outer.path().join("site"), "static/large.bin", vec![7; 8 << 20]);
    served.until("/large.bin", |answer| answer.status == 200);
    for _ in 0..20 {
        let mut stream = served.connect();
        stream.write_all(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut some = [0; 1000];
        let _ = stream.read(&mut some);
    }
    assert_eq!(served.get("/large.bin").body.len(), 8 << 20);
}

#[test]
fn a_file_replaced_while_it_is_sent_is_the_old_one_or_breaks_off() {
    let (outer, served) = attacked();
    let site = outer.path().join("site");
    put(&site, "static/large.bin", vec![7; 8 << 20]);
    served.until("/large.bin", |answer| answer.body.len() == 8 << 20);
    let mut stream = served.connect();
    stream.write_all(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut first = [0; 100];
    stream.read_exact(&mut first).unwrap();
    put(&site, "static/new.bin", vec![8; 4 << 20]);
    std::fs::rename(site.join("static/new.bin"), site.join("static/large.bin")).unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert!(!rest.contains(&8), "two files in one answer");
    served.until("/large.bin", |answer| answer.body.len() == 4 << 20);
}
