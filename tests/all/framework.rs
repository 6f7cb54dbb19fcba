//! A made-up framework (`examples/framework`), with mistakes put into it: each is told once, at its place, and nothing else
//! is. Its sources are written as Jekyll's collections are, and are read as they are.

use std::fs;
use std::path::Path;

use crate::program::{bokworm, folder};

/// A mistake: in which file, what becomes what, and where it is told.
struct Mistake {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    told: &'static str,
}

#[rustfmt::skip]
const MISTAKES: &[Mistake] = &[
    Mistake { file: "content/_mitigations/mi-2_filter-what-goes-out.md", from: "[ri-1]", to: "[ri-1, ri-11]", told: "content/_mitigations/mi-2_filter-what-goes-out.md:6:19 dangling-relation" },
    Mistake { file: "content/_mitigations/mi-5_give-it-few-rights.md", from: "[ri-8, ri-1]", to: "[ri-8, rii-1]", told: "content/_mitigations/mi-5_give-it-few-rights.md:6:19 dangling-relation" },
    Mistake { file: "content/_mitigations/mi-4_try-the-same-questions-every-month.md", from: "  - mi-3", to: "  - mi-33", told: "content/_mitigations/mi-4_try-the-same-questions-every-month.md:8:5 dangling-relation" },
    Mistake { file: "content/_mitigations/mi-1_filter-what-comes-in.md", from: "[A-6-2-4]", to: "[A-6-2-44]", told: "content/_mitigations/mi-1_filter-what-comes-in.md:7:24 dangling-relation" },
    Mistake { file: "content/_risks/ri-7_bias.md", from: "  - A-7-4", to: "  - A.7.4", told: "content/_risks/ri-7_bias.md:7:5 dangling-relation" },
    Mistake { file: "content/_mitigations/mi-4_try-the-same-questions-every-month.md", from: "  - si-4", to: "  - si-4\n  - si-44", told: "content/_mitigations/mi-4_try-the-same-questions-every-month.md:12:5 dangling-relation" },
    Mistake { file: "content/_risks/ri-2_instructions-from-outside.md", from: "[si-10]", to: "[si-10, SI-1O]", told: "content/_risks/ri-2_instructions-from-outside.md:8:38 dangling-relation" },
    Mistake { file: "content/_risks/ri-6_drift.md", from: "  - ri-5", to: "  - ri-5\n  - to: ri-15\n    note: said twice", told: "content/_risks/ri-6_drift.md:11:9 dangling-relation" },
    Mistake { file: "content/_mitigations/mi-10_let-people-object.md", from: "  - mi-8", to: "  - note: the owner", told: "content/_mitigations/mi-10_let-people-object.md:8:5 dangling-relation" },
    Mistake { file: "content/_mitigations/mi-3_ask-for-sources.md", from: "[ri-5]", to: "[ri-5, mi-2]", told: "content/_mitigations/mi-3_ask-for-sources.md:6:19 wrong-relation-target" },
    Mistake { file: "content/_risks/ri-4_questions-that-are-kept.md", from: "  - ri-9", to: "  - ri-9\n  - mi-6", told: "content/_risks/ri-4_questions-that-are-kept.md:11:5 wrong-relation-target" },
    Mistake { file: "content/_mitigations/mi-7_have-a-second-supplier.md", from: "  - mi-6", to: "  - mi-6\n  - Drift", told: "content/_mitigations/mi-7_have-a-second-supplier.md:9:5 wrong-relation-target" },
    Mistake { file: "content/_mitigations/mi-2_filter-what-goes-out.md", from: "  - mi-1", to: "  - mi-1\n  - mi-2", told: "content/_mitigations/mi-2_filter-what-goes-out.md:9:5 wrong-relation-target" },
    Mistake { file: "content/_risks/ri-10_nobody-answers-for-it.md", from: "type: RI", to: "type: RI\nmitigates: ri-1", told: "content/_risks/ri-10_nobody-answers-for-it.md:6:12 misplaced-relation" },
    Mistake { file: "content/_mitigations/mi-6_keep-questions-at-home.md", from: "layout: mitigation", to: "layout: mitigation\nrelated_risks: [ri-4]", told: "content/_mitigations/mi-6_keep-questions-at-home.md:5:16 misplaced-relation" },
    Mistake { file: "content/_risks/ri-9_loss-of-the-supplier.md", from: "type: RI", to: "type: RI\nbuilds_on: mi-1", told: "content/_risks/ri-9_loss-of-the-supplier.md:6:12 misplaced-relation" },
    Mistake { file: "content/_mitigations/mi-9_look-at-the-data-first.md", from: "[ri-3, ri-7]", to: "[ri-3, ri-7, RI-3]", told: "content/_mitigations/mi-9_look-at-the-data-first.md:6:25 repeated-relation" },
    Mistake { file: "content/_mitigations/mi-5_give-it-few-rights.md", from: "  - ac-6.1", to: "  - ac-6.1\n  - AC-6", told: "content/_mitigations/mi-5_give-it-few-rights.md:11:5 repeated-relation" },
    Mistake { file: "content/_risks/ri-1_leaks-in-answers.md", from: "  - ri-4", to: "  - ri-4\n  - Instructions from outside", told: "content/_risks/ri-1_leaks-in-answers.md:12:5 repeated-relation" },
    Mistake { file: "content/_mitigations/mi-9_look-at-the-data-first.md", from: "mitigates: [ri-3, ri-7]  # agreed\n", to: "", told: "content/_mitigations/mi-9_look-at-the-data-first.md:1:1 too-few-relations" },
    Mistake { file: "content/_mitigations/mi-3_ask-for-sources.md", from: "[ri-5]", to: "[]", told: "content/_mitigations/mi-3_ask-for-sources.md:6:12 too-few-relations" },
    Mistake { file: "content/_mitigations/mi-4_try-the-same-questions-every-month.md", from: "[ri-5, ri-6, ri-7]", to: "[ri-5, ri-6, ri-7, ri-8]", told: "content/_mitigations/mi-4_try-the-same-questions-every-month.md:6:31 too-many-relations" },
    Mistake { file: "content/_mitigations/mi-6_keep-questions-at-home.md", from: "[ri-4]", to: "[ri-5]", told: "content/_risks/ri-4_questions-that-are-kept.md:1:1 unreached-page" },
    Mistake { file: "content/_risks/ri-6_drift.md", from: "related_risks:\n  - ri-5\n", to: "", told: "content/_risks/ri-6_drift.md:1:1 one-sided-relation" },
    Mistake { file: "content/_risks/ri-2_instructions-from-outside.md", from: "  - ri-3\n", to: "  - ri-3\n  - ri-9\n", told: "content/_risks/ri-9_loss-of-the-supplier.md:7:5 one-sided-relation" },
    Mistake { file: "content/_mitigations/mi-1_filter-what-comes-in.md", from: "type: MI", to: "type: MI\nbuilds_on: [mi-2]", told: "content/_mitigations/mi-1_filter-what-comes-in.md:6:13 relation-circle" },
    Mistake { file: "content/_mitigations/mi-3_ask-for-sources.md", from: "type: MI", to: "type: MI\nbuilds_on: mi-10", told: "content/_mitigations/mi-10_let-people-object.md:9:5 relation-circle" },
    Mistake { file: "content/_mitigations/mi-9_look-at-the-data-first.md", from: "sequence: 9", to: "sequence: 7", told: "content/_mitigations/mi-9_look-at-the-data-first.md:1:1 shared-identity" },
    Mistake { file: "content/_mitigations/mi-8_name-an-owner.md", from: "[[ri-10|the risk]]", to: "[[ri-100|the risk]]", told: "content/_mitigations/mi-8_name-an-owner.md:12:31 unknown-identity" },
    Mistake { file: "content/index.md", from: "[[mi-5]]", to: "[[mi-55]]", told: "content/index.md:5:69 unknown-identity" },
    Mistake { file: "catalogs/iso-42001.yaml", from: "  - id: A-7-4", to: "  - id: A-7-4\n    title: How good the data is\n  - id: A-5-4", told: "catalogs/iso-42001.yaml:17:9 invalid-catalog" },
    Mistake { file: "catalogs/iso-42001.yaml", from: "  - id: A-2-2\n", to: "  - title: No id\n  - id: A-2-2\n", told: "catalogs/iso-42001.yaml:5:5 invalid-catalog" },
    Mistake { file: "catalogs/nist-sp-800-53r5.json", from: "\"controls\": [\n", to: "\"controls\": [{\"id\": \"si-10\"},\n", told: "catalogs/nist-sp-800-53r5.json:73:19 invalid-catalog" },
    Mistake { file: "book.toml", from: "to = \"catalog:iso-42001\"", to: "to = \"catalog:iso-42002\"", told: "book.toml:44:7 unknown-catalog" },
    Mistake { file: "book.toml", from: "from = \"in:_mitigations\"\nto = \"in:_risks\"", to: "from = \"in:_mitigation\"\nto = \"in:_risks\"", told: "book.toml:18:12 doubtful-query" },
];

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&place).unwrap();
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

/// The example, with some of the mistakes in it.
fn framework(mistakes: &[&Mistake]) -> tempfile::TempDir {
    let site = folder(&[]);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/framework"), site.path());
    for Mistake { file, from, to, .. } in mistakes {
        let text = fs::read_to_string(site.path().join(file)).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        fs::write(site.path().join(file), text.replacen(from, to, 1)).unwrap();
    }
    site
}

/// What is told of a project: `file:line:column code`.
fn told(site: &Path) -> Vec<String> {
    let checked = bokworm(site, &["check", "--format", "json"]);
    let lines = checked.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let place = |finding: serde_json::Value| {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        format!("{}:{}:{} {}", text("path"), finding["line"], finding["column"], text("code"))
    };
    lines.map(place).collect()
}

#[test]
fn the_example_is_without_mistakes() {
    assert_eq!(told(framework(&[]).path()), [""; 0]);
}

#[test]
fn each_mistake_is_told_once_and_nothing_else_is() {
    assert!(MISTAKES.len() >= 30);
    for mistake in MISTAKES {
        assert_eq!(told(framework(&[mistake]).path()), [mistake.told], "{}: {}", mistake.file, mistake.to);
    }
}

#[test]
fn what_is_one_sided_is_mended() {
    let is_one_sided = |mistake: &&Mistake| mistake.told.ends_with("one-sided-relation");
    let site = framework(&MISTAKES.iter().filter(is_one_sided).collect::<Vec<_>>());
    assert!(!told(site.path()).is_empty());
    bokworm(site.path(), &["check", "--fix"]);
    assert_eq!(told(site.path()), [""; 0]);
}
