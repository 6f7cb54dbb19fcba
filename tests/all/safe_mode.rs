//! What is published where only safe HTML is let through runs nothing, keeps its frame and stays in proportion to
//! what it is made from, whatever pages say: holes that there were, and hostile sites made at random.
//!
//!     BOKWORM_CASES=1 BOKWORM_FUZZ_SEED=7 cargo test --test all safe_mode::hostile       one site again
//!     BOKWORM_FUZZ_MINUTES=30 cargo test --release --test all safe_mode:: -- --ignored    for long, on every core

use crate::hostile::{
    self,
    work::{self, Task},
};
use crate::program::{bokworm, folder};
use hostile::{Judge, Project, bits};

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn nothing_harmless_is_taken_for_a_fault() {
    let mut judge = Judge::new();
    for project in hostile::harmless::projects() {
        assert_eq!(judge.faults(&project), []);
    }
}

/// What the first thirty minutes found.
#[test]
fn an_address_with_white_space_in_its_scheme_is_refused() {
    let pages = [
        "<Redirect url={\"javascRIP\\tT:bokwormPwned()\"} />",
        "<Redirect to=\"java&#9;script:bokwormPwned()\" />",
        "<Bio name=\"x\" image={\" d\\tAta:image/svg+xml,<svg onload='bokwormPwned()'/>\"} />",
        "<ImageBullet image={[\"java\\nscript:bokwormPwned()\"]}>x</ImageBullet>",
    ];
    let mut judge = Judge::new();
    for page in pages {
        assert_eq!(judge.faults(&Project::safe(&[("content/index.md", page)])), [], "{page}");
    }
}

#[test]
fn hostile_sites_run_nothing() {
    let sites = number("BOKWORM_CASES").unwrap_or(60);
    let first = number("BOKWORM_FUZZ_SEED").unwrap_or(0);
    let told = work::share_out(&[Task { first, step: 1, most: sites, minutes: 0, goes_on: false }]);
    assert_eq!(told.tried, sites, "{told}");
    assert!(told.faults.is_empty(), "{told}");
}

/// With `BOKWORM_FUZZ_MINUTES`; goes on after a fault, to tell of others too.
#[test]
#[ignore = "takes as long as it is asked to"]
fn hostile_sites_run_nothing_for_long() {
    let Some(minutes) = number("BOKWORM_FUZZ_MINUTES") else { return };
    let step = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let first = number("BOKWORM_FUZZ_SEED").unwrap_or(0);
    let task = |at| Task { first: first + at, step, most: u64::MAX, minutes, goes_on: true };
    let told = work::share_out(&(0..step).map(task).collect::<Vec<_>>());
    println!("{told}");
    assert!(told.faults.is_empty(), "{} kinds of faults", told.faults.len());
}

/// What the two above start as a program of its own, so that an overflow or an endless loop is seen and survived.
#[test]
#[ignore = "a part of others"]
fn work() {
    if let Some(task) = Task::of_environment() {
        task.run();
    }
}

/// For the browser test: so many sites, each in a folder named by its number.
#[test]
#[ignore = "writes for another test"]
fn sites_for_a_browser() {
    let (Some(folder), Some(sites)) = (std::env::var_os("BOKWORM_HOSTILE_FOLDER"), number("BOKWORM_CASES")) else {
        return;
    };
    for seed in 0..sites {
        for (path, text) in Project::of_seed(seed).files {
            let file = std::path::Path::new(&folder).join(seed.to_string()).join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
    }
}

#[track_caller]
fn assert_harmless(pages: &[String]) {
    let mut judge = Judge::new();
    for page in pages {
        assert_eq!(judge.faults(&Project::safe(&[("content/index.md", page)])), [], "{page}");
    }
}

/// What stood for our own output while the rest was cleaned was a text that pages could write too, also where it
/// was put back between the quotes of an attribute.
#[test]
fn no_text_of_a_page_stands_for_our_own_output() {
    let mut pages = Vec::new();
    for mark in ["&#x10FFFD;0&#x10FFFC;", "&#1114109;0&#1114108;", "\u{10fffd}0\u{10fffc}"] {
        for place in [
            format!("![{mark}](nope.png)"),
            format!("[a](b.md \"{mark}\")"),
            format!("<a title='{mark}' href=x>a</a>"),
            format!("*{mark}*"),
            format!("<BoxOut className=\"{mark}\" />"),
        ] {
            let details = "<Details summary=\"s\" className=\"x onerror=bokwormPwned() y\">\n\nhi\n\n</Details>";
            pages.push(format!("# Home\n\n{details}\n\n{place}\n"));
        }
    }
    assert_harmless(&pages);
}

/// Our own output that named itself was put into itself for ever, which no program survives.
#[test]
fn a_text_that_stood_for_the_box_it_is_in_ends() {
    let page = "# Home\n\n<BoxOut title=\"&#x10FFFD;0&#x10FFFC;\">\n\nx\n\n</BoxOut>\n\n<BoxOut title=\"\u{10fffd}1\u{10fffc}\" />\n";
    let site = folder(&[("book.toml", bits::CONFIGURATIONS[0]), ("content/index.md", page)]);
    assert_eq!(bokworm(site.path(), &["build"]).code, 0);
}

/// Each box that named the one before it twice was twice as long.
#[test]
fn boxes_that_name_each_other_stay_short() {
    let boxed = |at: usize| {
        let mark = format!("\u{10fffd}{}\u{10fffc}", at.wrapping_sub(1));
        format!("<BoxOut title=\"{mark}{mark}\"/>\n\n")
    };
    let page: String = (0..18).map(boxed).collect();
    assert_harmless(&[page]);
}

/// The library that cleans HTML doesn't take these for addresses.
#[test]
fn addresses_are_refused_in_every_attribute_that_holds_one() {
    let mut pages = vec![
        "# Home\n\n<img src=\"pic.png\" srcset=\"javascript:x 1x, data:image/svg+xml,x 2x\">\n".to_owned(),
        "# Home\n\n<picture><source srcset=\"pic.png 1x,javascript:x 2x\"><img src=\"pic.png\"></picture>\n".to_owned(),
    ];
    let cited = ["q", "blockquote", "del", "ins"];
    pages.extend(cited.map(|name| format!("# Home\n\n<{name} cite=\"J&NewLine;avascript&#x3A;x\">x</{name}>\n")));
    assert_harmless(&pages);
}

/// A required value that can't be read was handed on as nothing, and one page kept the whole site from being built.
#[test]
fn a_component_without_what_it_requires_is_rendered() {
    assert_harmless(&["# Home\n\n<Bio name={}>x</Bio>\n\n<ReactPlayer url={``} />\n".to_owned()]);
}

/// A tree may hold an element where no text can put it: what was cleaned once was read as another tree by browsers.
#[test]
fn what_an_author_leaves_open_ends_with_the_text() {
    assert_harmless(&["1. *<table>*\n2. </table>\n".to_owned()]);
}

#[test]
fn a_picture_for_sharing_has_no_address_that_runs_code() {
    assert_harmless(&["---\nimage: \"javascript:x\"\n---\n\nText\n".to_owned()]);
}
