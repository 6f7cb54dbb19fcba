//! The site as a book for e-readers: what a strict reader asks of a book holds for every one, whatever pages hold. EPUBCheck
//! itself needs Java: `bench/epubcheck.py` runs it, on the books that these tests leave in the folder `BOKWORM_EPUBS`, too.

mod reader;

use std::fs;
use std::path::Path;

use crate::hostile::Project;
use crate::program::{bokworm, folder};
use reader::Book;

const SITE: &str =
    "[site]\ntitle = \"A & B\"\nurl = \"https://example.org/b/\"\nauthors = [\"Jo <jo>\"]\n[print]\nepub = true\n";

/// What a page may hold that a book may not, or only otherwise.
const ODD: &str = include_str!("epub/odd.md");

/// A picture of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xdac\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

/// Builds a site and reads its book. Where somebody asks for it, the book is kept to be looked at.
fn book_of(name: &str, site: &Path) -> Book {
    let ran = bokworm(site, &["build", "--quiet"]);
    assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
    read_book(name, site)
}

fn read_book(name: &str, site: &Path) -> Book {
    let bytes = fs::read(site.join("public/book.epub")).unwrap();
    if let Ok(kept) = std::env::var("BOKWORM_EPUBS") {
        fs::write(Path::new(&kept).join(format!("{name}.epub")), &bytes).unwrap();
    }
    Book::of(&bytes)
}

fn odd_site() -> tempfile::TempDir {
    let site = folder(&[
        ("book.toml", SITE),
        ("content/index.md", "# Home <b>page</b>\n\n[Odd](odd.md#lists), [tags](/tags), [nowhere](odd.md#nowhere).\n"),
        ("content/odd.md", ODD),
        (
            "content/folder/_category_.yaml",
            "label: A folder\nlink:\n  type: generated-index\n  description: All & more\n",
        ),
        ("content/folder/a.md", "---\ntitle: \"\"\n---\nText with [its way back](../odd.md).\n"),
        (
            "content/folder/b.md",
            "---\ntitle: B <i> & \"C\"\ntags: [One]\ntier: High\n---\n# Own title\n\nSee [above](#own-title).\n",
        ),
        (
            "static/drawing.svg",
            "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:s=\"urn:s\" width=\"9\" height=\"9\" onload=\"x()\"><s:view s:a=\"b\"/><script>x()</script><style>rect{fill:red}</style><rect width=\"9\" height=\"9\"/><image href=\"https://a.example/b.png\"/></svg>",
        ),
        ("static/a.pdf", "%PDF-"),
        ("static/broken.png", "no picture"),
    ]);
    fs::write(site.path().join("static/dot.png"), PNG).unwrap();
    fs::write(site.path().join("static/named wrongly.jpg"), PNG).unwrap();
    site
}

#[test]
fn what_pages_hold_breaks_no_book() {
    let site = odd_site();
    let book = book_of("odd", site.path());
    assert_eq!(book.faults(), Vec::<String>::new());
    let page = |title: &str| book.page(title);
    let odd = page("Odd &amp; ends");
    for (what, expected) in [
        ("a link in the book", "<a href=\"page-1.xhtml\">Home</a>"),
        ("one to a heading", "<a href=\"#lists\">lists</a>"),
        ("one to a page that the book hasn't", "<a href=\"https://example.org/b/tags/\">tags</a>"),
        ("one to a file", "<a href=\"https://example.org/b/a.pdf\">file</a>"),
        ("one that runs code", "<p><span>code</span>"),
        ("a picture by its bytes", "<img src=\"picture-2.png\" alt=\"Wrong\""),
        ("a drawing", "<img src=\"picture-3.svg\" alt=\"Drawn\""),
        ("a picture from elsewhere", "<span class=\"picture-elsewhere\">Far</span>"),
        ("a formula", "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"x^2\">"),
        ("a diagram", "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram flowchart\""),
        ("a reference to a footnote", "epub:type=\"noteref\" role=\"doc-noteref\">1</a>"),
        ("a footnote", "<aside id=\"fn-1\" epub:type=\"footnote\" role=\"doc-footnote\">"),
        ("something to unfold", "<div class=\"summary\">Folded</div>"),
        ("a film", "<a href=\"https://films.example/1\">Film</a>"),
        ("a box", "☑ done"),
    ] {
        assert!(odd.contains(expected), "{what}: {expected}\n{odd}");
    }
    for never in ["<script", "onclick", "onload", "style=", "<iframe", "<input", "javascript:", "\u{1}"] {
        assert!(!odd.contains(never), "{never}\n{odd}");
    }
    let drawing = book.text("EPUB/picture-3.svg");
    assert!(drawing.contains("<rect width=\"9\" height=\"9\"/>") && drawing.contains("<style>rect{fill:red}</style>"));
    assert!(!drawing.contains("script") && !drawing.contains("example") && !drawing.contains("onload"), "{drawing}");
    let package = book.text("EPUB/package.opf");
    for expected in [
        "<dc:title>A &amp; B</dc:title>",
        "<dc:creator>Jo &lt;jo&gt;</dc:creator>",
        "<dc:language>en</dc:language>",
        "<item id=\"cover\" href=\"cover.png\" media-type=\"image/png\" properties=\"cover-image\"/>",
        "<meta property=\"dcterms:modified\">2000-01-01T00:00:00Z</meta>",
        "<meta property=\"schema:accessibilityFeature\">MathML</meta>",
    ] {
        assert!(package.contains(expected), "{expected}\n{package}");
    }
}

#[test]
fn the_same_sources_make_the_same_bytes() {
    let (one, other) = (odd_site(), odd_site());
    let bytes = |site: &Path| {
        book_of("same", site);
        fs::read(site.join("public/book.epub")).unwrap()
    };
    assert!(bytes(one.path()) == bytes(other.path()));
    // What changes in a picture alone changes the book.
    let before = bytes(one.path());
    fs::write(one.path().join("static/drawing.svg"), "<svg width=\"9\" height=\"9\"><circle r=\"4\"/></svg>").unwrap();
    assert!(before != bytes(one.path()));
    // And what would come out the same isn't made again.
    let ran = bokworm(one.path(), &["build", "--timings"]);
    let told = |line: &str| line.starts_with("epub") && line.contains("0.0 ms");
    assert!((ran.stdout + &ran.stderr).lines().any(told));
}

#[test]
fn each_language_has_a_book_of_its_own_pages() {
    let site = folder(&[
        (
            "book.toml",
            "[site]\ntitle = \"Book\"\n[print]\nepub = true\n[languages.en]\nlabel = \"English\"\n[languages.ar]\nlabel = \"العربية\"\nfallback = \"link\"\nsite.title = \"كتاب\"\n",
        ),
        ("content/en/index.md", "# Start\n\n[Later](later.md)\n"),
        ("content/en/later.md", "# Later\n"),
        ("content/ar/index.md", "# البداية\n\n[Later](later.md)\n"),
    ]);
    assert_eq!(book_of("original", site.path()).titles(), ["Start", "Later"]);
    let bytes = fs::read(site.path().join("public/ar/book.epub")).unwrap();
    let arabic = Book::of(&bytes);
    assert_eq!(arabic.faults(), Vec::<String>::new());
    assert_eq!(arabic.titles(), ["البداية"]);
    let package = arabic.text("EPUB/package.opf");
    assert!(package.contains("<spine page-progression-direction=\"rtl\">"), "{package}");
    assert!(arabic.page("البداية").contains("dir=\"rtl\""));
    assert!(fs::read_to_string(site.path().join("public/ar/index.html")).unwrap().contains("book.epub\""));
}

#[test]
fn hostile_sites_make_sound_books() {
    let mut read = 0;
    for seed in 0..cases() {
        let site = folder(&[]);
        let files = Project::of_seed(seed).files;
        for (path, text) in &files {
            let place = site.path().join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        let settings = fs::read_to_string(site.path().join("book.toml")).unwrap();
        fs::write(site.path().join("book.toml"), format!("{settings}\n[print]\nepub = true\n")).unwrap();
        // Some have errors that nobody may publish.
        if bokworm(site.path(), &["build", "--quiet"]).code == 0 {
            let book = read_book(&format!("hostile-{seed}"), site.path());
            assert_eq!(book.faults(), Vec::<String>::new(), "seed {seed}");
            read += 1;
        }
    }
    assert!(read > 5, "{read}");
}

#[test]
fn no_book_is_made_that_nobody_asked_for() {
    let site = folder(&[("book.toml", "[site]\ntitle = \"T\"\n"), ("content/index.md", "# Home\n")]);
    let ran = bokworm(site.path(), &["build", "--timings"]);
    assert_eq!(ran.code, 0);
    assert!(!site.path().join("public/book.epub").exists());
    assert!(!(ran.stdout + &ran.stderr).lines().any(|line| line.starts_with("epub")));
    assert!(!fs::read_to_string(site.path().join("public/index.html")).unwrap().contains("epub"));
}

/// How many hostile sites are tried.
fn cases() -> u64 {
    std::env::var("BOKWORM_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(16)
}
