//! What holds of all findings: each kind has a case that shows it, fixes touch nothing
//! but their own bytes and leave nothing to fix, and no text makes checking panic or crawl.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use crate::assembled;
use bokworm::check::{self, fix};
use bokworm::config::{Config, RawHtml};
use bokworm::diagnostic::{Code, Diagnostic, Severity};
use bokworm::history::History;
use bokworm::page::{self, Page};
use bokworm::report::{self, File, Files, human};
use bokworm::site::Edition;
use bokworm::source::{Source, SourcePath, Span};
use proptest::prelude::*;

/// Kinds that need more than a tree of files to come about, and the test that shows them.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::DeadLink, "tests/all/external.rs"),
    (Code::MovedLink, "tests/all/external.rs"),
    (Code::UncertainLink, "tests/all/external.rs"),
    (Code::DamagedPicture, "tests/all/pictures.rs"),
    (Code::OversizedPage, "src/page/markdown/tests.rs"),
    (Code::OutdatedTranslation, "tests/all/translations.rs"),
    (Code::UncertainTranslation, "tests/all/translations.rs"),
    (Code::MissingTranslation, "tests/all/translations.rs"),
    (Code::UntranslatedPage, "tests/all/translations.rs"),
    (Code::TranslationStructure, "tests/all/translations.rs"),
    (Code::OrphanTranslation, "tests/all/translations.rs"),
];

/// The kinds that may speak of front matter: what it says is what they are about, or they are about every byte
/// of a file. A kind that isn't named here speaks of the body alone, and its fixes change nothing else.
const OF_FRONT_MATTER: &[Code] = &[
    // How it is written, and what its keys say.
    Code::OversizedFile,
    Code::UnclosedFrontMatter,
    Code::UnreadFrontMatter,
    Code::PublishedDraft,
    Code::ExposedSecret,
    Code::InvalidFrontMatter,
    Code::DuplicateKey,
    Code::WrongType,
    Code::UnquotedValue,
    Code::FrontMatterSpacing,
    Code::RepeatedTag,
    Code::UnknownKey,
    Code::AddressConflict,
    // Tags stand nowhere else.
    Code::TagCollision,
    Code::RareTag,
    Code::SimilarTags,
    Code::UndeclaredTag,
    Code::UnlistedPage,
    Code::IdleTag,
    Code::UnusedDefinition,
    Code::OrphanPage,
    // The file that a key names: `image`, `list_image`.
    Code::MissingFile,
    Code::LinkCase,
    // Every byte of the file.
    Code::ByteOrderMark,
    Code::Mojibake,
    Code::InvisibleCharacter,
    Code::MixedLineEndings,
    // Comments that silence the above.
    Code::UnusedIgnore,
];

fn cases() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let cases = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "case"));
    cases.map(|case| (case.path().display().to_string(), std::fs::read_to_string(case.path()).unwrap())).collect()
}

#[test]
fn every_kind_of_finding_has_a_case() {
    let cases = cases();
    let mut missing = Vec::new();
    for &code in Code::ALL {
        let shown = format!("[{code}]: ");
        let has_case = cases.iter().any(|(_, text)| text.lines().any(|line| line.contains(&shown)));
        let elsewhere = ELSEWHERE.iter().any(|(other, file)| {
            let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
            *other == code && text.contains(&format!("{code:?}"))
        });
        if !has_case && !elsewhere {
            missing.push(code.as_str());
        }
    }
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn many_mistakes_are_shown_with_file_line_and_column() {
    let cases = cases();
    let findings: Vec<&(String, String)> = cases.iter().filter(|(path, _)| path.contains("/findings/")).collect();
    assert!(findings.len() >= 80, "{} cases", findings.len());
    for (path, text) in findings {
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            let is_finding = ["error[", "warning[", "info["].iter().any(|start| pair[0].starts_with(start));
            let place = pair[1].trim_start().strip_prefix("--> ");
            let numbers =
                place.map(|place| place.rsplit(':').take(2).filter(|part| part.parse::<usize>().is_ok()).count());
            assert!(!is_finding || numbers == Some(2), "{path}: {} {}", pair[0], pair[1]);
        }
    }
}

/// Checks pages as the program does.
fn checked(pages: &[(String, String)]) -> (Vec<Source>, Vec<Diagnostic>) {
    let sources: Vec<Source> = pages
        .iter()
        .map(|(path, text)| Source { path: SourcePath::content(path.as_str()), text: text.as_str().into() })
        .collect();
    let site = assembled::edition(Config::default(), &sources);
    let findings = check::run(input(&site, &sources));
    (sources, findings)
}

/// What is checked of a site.
fn input<'a>(site: &'a Edition, sources: &'a [Source]) -> check::Input<'a> {
    static NOTHING: History = BTreeMap::new();
    static AS_USUAL: BTreeMap<Code, Severity> = BTreeMap::new();
    check::Input {
        translations: Vec::new(),
        site,
        sources,
        configuration: None,
        history: &NOTHING,
        today: bokworm::query::Day::read("2026-01-31").unwrap(),
        earlier: Vec::new(),
        severities: &AS_USUAL,
    }
}

fn files(sources: &[Source]) -> Files {
    let mut files = Files::default();
    for source in sources {
        let shown = source.path.to_string();
        files.insert(source.path.clone(), File { shown, on_disk: None, text: Arc::clone(&source.text) });
    }
    files
}

/// Mends pages until nothing changes, and says in how many rounds.
fn mended(mut pages: Vec<(String, String)>) -> (Vec<(String, String)>, usize) {
    for round in 0..8 {
        let (sources, findings) = checked(&pages);
        let mut changed = false;
        for (source, (_, text)) in sources.iter().zip(&mut pages) {
            let of_file: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.path == source.path).collect();
            let fixed = fix::apply(&source.text, &of_file);
            assert_outside_is_kept(&source.text, &fixed.text, &of_file);
            changed |= fixed.text != *text;
            *text = fixed.text;
        }
        if !changed {
            return (pages, round);
        }
    }
    panic!("fixes chase each other: {pages:?}");
}

/// What lies outside of all fixes' spans stands in the new text, in order.
fn assert_outside_is_kept(old: &str, new: &str, findings: &[&Diagnostic]) {
    let edits = findings.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits);
    let mut spans: Vec<Span> = edits.map(|edit| edit.span).collect();
    spans.sort_unstable();
    let (mut at, mut rest) = (0, new);
    for span in spans.into_iter().chain([Span::at(old.len())]) {
        if span.start < at {
            at = at.max(span.end);
            continue;
        }
        let kept = &old[at..span.start];
        let found = rest.find(kept).unwrap_or_else(|| panic!("{kept:?} is lost from {old:?} in {new:?}"));
        rest = &rest[found + kept.len()..];
        at = span.end;
    }
}

/// Pieces of which pages are made: right ones, wrong ones, and what stands between.
const PIECES: &[&str] = &[
    "---\n",
    "title: A\n",
    "titel: B\n",
    "tags: [x, X, y]\n",
    "# bokworm-ignore unknown-key: so\n",
    "\n",
    "\r\n",
    "text ",
    "# One\n",
    "## Two\n",
    "#### Four\n",
    "[a](A.md)",
    "[b](b.md#One)",
    "[b](B#one)",
    "[c](sub/c.md)",
    "[c](Sub/C)",
    "](",
    "[x] (/b)",
    "![](p.png)",
    "<img>",
    "<div>",
    "</div>",
    "<b",
    "`",
    "```\n",
    "<!-- bokworm-ignore link-case: so -->\n",
    "<!--",
    "-->",
    "{/*",
    "*/}",
    "â€™",
    "âœ…",
    "Ã©",
    "\u{200b}",
    "\u{a0}",
    "\u{feff}",
    "| a | b |\n",
    "|---|---|\n",
    "TODO\n",
    "the the board ",
    "to to\nto ",
    ":rocket: ",
    "【4†source】",
    ":contentReference[oaicite:0]{index=0}",
    "turn0search1",
    "[u](https://e.org/a?utm_source=chatgpt.com&b=c)",
    "[v](https://e.org/a;jsessionid=1?fbclid=2#c)",
    "[x](https://www.google.com/url?q=https://e.org&fbclid=1)",
    "tgas: [a]\n",
    "tags: [a\u{a0}b, a b]\n",
    "+++\n",
    "\n    <BoxOut title=\"a\" />\n",
    "\n&lt;BoxOut title=&quot;a&quot; /&gt;\n",
    "[[A]]",
    "[[b|the b]] ",
    "\n=======\n",
    "\n>>>>>>> main\n",
    "----\n",
    "—\n",
    "```yaml\n",
    "tags: a; b\n",
    "tags: (a, b)\n",
    "tags:\n- a\n  - b\n",
    "-One\n",
    "tags:\nOne\nTwo\n",
    "tags:\n  One\n  Two\n",
    "tags: \"a\", \"b\"\n",
    "tags: - a - b\n",
    "// no\n",
    "* One\n",
    "  • One\n",
    "title: “A”\n",
    "title = A\n",
    "title：A\n",
    "title:\tA\n",
    "title:\u{a0}A\n",
    "level:4\n",
    "tags: [a],\n",
    "date: 31.1.2026\n",
    "version: 1.10\n",
    "published: false\n",
    "title: On #it\n",
    "www.example.com",
    "[w](www.example.com)",
    "<Box a=\"1\" a=\"2\">",
    "</Box>",
    ":::note\n",
    ":::\n",
    "\t",
    "- ",
    "> ",
    "\\",
    "é",
    "手",
    "😀",
    "{",
    "}",
    "[",
    ")",
    "\"",
    "##Head\n",
    "**a",
    "** b **",
    "**Note: **x",
    "~~",
    "*",
    "| c |\n",
    "-xyz\n",
    "1.xyz\n",
    "1. a\n",
    "  - b\n",
    "[t][u]",
    "[^1]",
    "[^1]: n\n",
    "[u]: /b\n",
    "---\n",
    "[a](b.md “c”)",
    "[a]](b.md)",
    "[a]:(/b)",
    "[a](http:/e.org)",
    "[a](sub\\c.md)",
    "[a](b.md,)",
    "[a](#One Two)",
    "[a](x y.md)",
    "<https://e.org/a b>",
    "- [] a\n",
    "• a\n",
    "[t] [u]",
    "[t]<https://e.org>",
    "[t][https://e.org]",
    "[t]\n(/b)",
    "[a](https:\\\\e.org)",
    "[a](mailto: a@e.org)",
    "[^1] n\n",
    "``\n",
    "    ```\n",
    "===\n",
    "|---\t|---|\n",
    "&amp;lt;",
    "\\\n",
    "   ```\n",
    "````\n",
    "~~~\n",
    "```js\n",
    "<BoxOut title=\u{201c}a b\u{201d}>",
    "</boxout>",
    "<boxout title=\"a\">",
    "<BoxOut title=a b />",
    "<BoxOut title=\"a />\n",
    "<BoxOut title='a\" />",
    "<BoxOut title=>\"a\", link=\"b\" \\>",
    "<BoxOut\u{a0}title=\"a\"",
    "< BoxOut title: \"a\" />",
    "<BoxOuttitle=\"a\">",
    "<Br>",
    "\n<Div>a</Div>\n",
    "\n:::waring\n",
    "\n::note\n",
    "\n::\n",
    "\n> [!WARNNG]\n",
    "\n> [!NOTE] a\n",
    "\n!!! note\n    a\n",
    "{{< a >}}",
    "{% hint %}",
    "{{ page.title }}",
    "{: .a}",
    "\n[TOC]\n",
    "<BoxOut title=\"a \"b\"\" / >",
    "<BoxOut title ''a'' //>",
    "\n:::note:\n",
    "\n> [NOTE]\n",
    "\n\n[!NOTE]\na\n",
    "==a b==",
    "\n```{python}\n",
    "[b]a[/b]",
    "\n== a ==\n",
    "{ref}",
    "\\(\\frac{a}{b}\\)",
    "\n%% a %%\n",
    "\n::: {.callout-note}\n",
    "\n```{note}\n",
    "$\\frac{a}{b}$",
    "$$",
    "![[a.png]]",
    "[[a b]]",
    "\nimport A from './a'\n",
];

fn any_page() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn any_tree() -> impl Strategy<Value = Vec<(String, String)>> {
    (any_page(), any_page(), any_page())
        .prop_map(|(a, b, c)| vec![("a.md".to_owned(), a), ("b.md".to_owned(), b), ("sub/c.md".to_owned(), c)])
}

/// What rules for a body would speak of, if they took it for one.
const HOSTILE_VALUES: &[&str] = &[
    "[x] (http://e.org)",
    "[x](http://e.org",
    "[](  )",
    "[x]()",
    "(text)[http://e.org]",
    "[w](www.example.com)",
    "![](p.png)",
    "A <b>",
    "<img>",
    "<div onclick=x>",
    "</Box>",
    "<Box a=1 a=2>",
    "<script>",
    "TODO",
    "lorem ipsum",
    "#### Four",
    "| a | b | c |",
    "|---|",
    ":::note",
    "`",
    "```",
    "<!-- bokworm-ignore broken-link: so -->",
    "<!--",
    "{/*",
    "{frontMatter.title}",
    "[b](B.md#One)",
    "é",
];

/// Front matter that is read as such, however hostile its values.
fn any_front_matter() -> impl Strategy<Value = String> {
    let value = prop::sample::select(HOSTILE_VALUES);
    let values = prop::collection::vec((0..4_usize, value), 1..8);
    let before = prop::sample::select(&["", "\u{feff}", "\n\n", " "][..]);
    (prop::bool::ANY, before, prop::sample::select(&["\n", "\r\n"][..]), values).prop_map(
        |(toml, before, end, values)| {
            let (fence, is) = if toml { ("+++", " =") } else { ("---", ":") };
            let mut lines = vec![format!("{before}{fence}"), format!("title{is} 'T'")];
            for (number, (form, value)) in values.into_iter().enumerate() {
                lines.extend(match (form, toml) {
                    (0, _) => vec![format!("own_{number}{is} '{value}'")],
                    (1, _) => vec![format!("# {value}")],
                    (2, _) => vec![format!("own_{number}{is} ['{value}', '{value}']")],
                    (_, true) => vec![format!("own_{number} = '''"), value.into(), "'''".into()],
                    (_, false) => vec![format!("own_{number}: |"), format!("  {value}")],
                });
            }
            lines.push(format!("{fence}{end}"));
            lines.join(end)
        },
    )
}

#[test]
fn a_mistake_that_reaches_another_page_is_minded_in_what_its_text_silences() {
    let source = |path: &str, text: &str| Source { path: SourcePath::content(path), text: text.into() };
    let silent = source("b.md", "# B\n\n<!-- bokworm-ignore broken-anchor: to come -->\n\n[nowhere](a.md#nowhere)\n");
    let before = [source("a.md", "# A\n\n[B](b.md)\n"), silent.clone()];
    // In a page whose text is swallowed nobody can say which heading is lacking, so that there is nothing to silence.
    let after = [source("a.md", "# A\n\n[B](b.md)\n\n```\nnever closed\n\n## More\n"), silent.clone()];
    let read = |source: &Source| Arc::new(page::parse(source, page::Dialect::OWN));
    let shared = read(&silent);
    let site = |sources: &[Source]| assembled::of_read(Config::default(), vec![read(&sources[0]), Arc::clone(&shared)]);
    let (site_before, site_after) = (site(&before), site(&after));
    let [told_before, told_after] = check::run_for_difference(input(&site_before, &before), input(&site_after, &after));
    let new: Vec<Code> = beyond(&told_after, &told_before).iter().map(|finding| finding.code).collect();
    assert_eq!(new, [Code::UnclosedCode, Code::UnusedIgnore]);
    assert_eq!(beyond(&told_before, &told_after), Vec::<&Diagnostic>::new());
}

#[test]
fn elements_that_stand_in_each_other_too_deep_are_told_where_raw_html_is_cleaned() {
    let deep = |count: usize| format!("# A\n\n{}x{}\n", "<div>".repeat(count), "</div>".repeat(count));
    for (html, count, told) in [(RawHtml::Safe, 513, true), (RawHtml::Safe, 512, false), (RawHtml::Trusted, 513, false)]
    {
        let mut config = Config::default();
        config.markdown.html = html;
        let sources = [Source { path: SourcePath::content("a.md"), text: deep(count).into() }];
        let site = assembled::edition(config, &sources);
        let found = check::run(input(&site, &sources));
        let places: Vec<usize> =
            found.iter().filter(|finding| finding.code == Code::UnsafeHtml).map(|finding| finding.span.start).collect();
        assert_eq!(places, if told { vec![5 + 512 * "<div>".len()] } else { Vec::new() }, "{html:?} {count}");
    }
}

/// What reaches other pages: lists that aren't read as meant and tags that look idle for it, headings that are swallowed or
/// aren't read as such and links to them.
const FAR_REACHING: &[&str] = &[
    "---\ntags: [X, Y]\n---\n\n",
    "---\ntags: [\"X\\u200b\", 'Y\u{a0}Z']\n---\n\n",
    "<BokTagList tag=\"X\" />\n\n",
    "    <BokTagList tag=\"X\" />\n\n",
    "&lt;BokTagList tag=\"Y\" />\n\n",
    "<BokTagList tag=\"Y\u{a0}Z\" />\n\n",
    "[one](a.md#two) and [another](b.md#three) and [here](sub/c.md#two) {{< ref >}}\n\n",
    "<!-- bokworm-ignore broken-anchor: to come -->\n\n[two](a.md#nowhere) and [three](b.md#nowhere)\n\n",
    "#Two\n\n",
    "<!-- never closed\n\n## Two\n\n",
    "```\nnever closed\n\n## Three\n\n",
];

/// What is in some findings and not in others.
fn beyond<'a>(some: &'a [Diagnostic], others: &[Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut rest: Vec<&Diagnostic> = others.iter().collect();
    let mut is_taken =
        |finding: &Diagnostic| rest.iter().position(|other| *other == finding).map(|at| rest.swap_remove(at)).is_some();
    some.iter().filter(|finding| !is_taken(finding)).collect()
}

#[test]
fn nobody_looks_for_what_a_text_alone_tells_in_two_states() {
    let page = |path: &str, text: &str| Source { path: SourcePath::content(path), text: text.into() };
    let sources = [
        page("a.md", "# A\n\nTODO: say more, beside [B](b.md) and [C](c.md).\n"),
        page("b.md", "# B\n\nTODO: [A](a.md).\n"),
        page("c.md", "# C\n\n[A](a.md)\n"),
    ];
    let read: Vec<Arc<Page>> = sources.iter().map(|source| Arc::new(page::parse(source, page::Dialect::OWN))).collect();
    // Without its last page, a link of the first leads nowhere.
    let without = assembled::of_read(Config::default(), read[..2].to_vec());
    let whole = assembled::of_read(Config::default(), read);
    let all = check::run(input(&whole, &sources));
    let placeholders = |findings: &[Diagnostic]| {
        findings
            .iter()
            .filter(|finding| finding.code == Code::Placeholder)
            .map(|finding| finding.path.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(placeholders(&all), ["a.md", "b.md"]);
    let some = check::run_for_difference(input(&without, &sources[..2]), input(&whole, &sources));
    assert_eq!(some.each_ref().map(|findings| placeholders(findings)), [["a.md"], ["a.md"]]);
    assert!(some[0].iter().any(|finding| finding.code == Code::BrokenLink), "{some:?}");
    // Where one of them doesn't want to know it, it is what they differ by.
    let off = BTreeMap::from([(Code::Placeholder, Severity::Off)]);
    let asked = check::Input { severities: &off, ..input(&without, &sources[..2]) };
    let some = check::run_for_difference(asked, input(&whole, &sources));
    assert_eq!(some.each_ref().map(|findings| placeholders(findings)), [vec![], vec!["a.md", "b.md"]]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_file_with_a_conflict_is_never_mended(versions in (any_page(), any_page()), body in any_page()) {
        let (ours, theirs) = versions;
        let text = format!("---\ntitle: T\n<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> topic\n---\n{body}");
        let (sources, findings) = checked(&[("a.md".to_owned(), text.clone())]);
        prop_assert!(findings.iter().any(|finding| finding.code == Code::MergeConflict), "{text:?}");
        let fixed = fix::apply(&sources[0].text, &findings.iter().collect::<Vec<_>>());
        prop_assert_eq!(fixed.text, text);
    }

    #[test]
    fn two_states_differ_by_what_all_that_is_found_differs_by(
        pages in any_tree(),
        reaching in prop::collection::vec((0..3usize, prop::sample::select(FAR_REACHING)), 0..5),
        silenced in (0..4usize, prop::sample::select(vec!["placeholder", "foreign-mark", "broken-link", "broken-anchor", "idle-tag"])),
        edited in 0..3usize,
        edit in prop::option::of((any_page(), prop::sample::select(FAR_REACHING))),
    ) {
        let source = |(path, text): &(String, String)| Source { path: SourcePath::content(path.as_str()), text: text.as_str().into() };
        let mut sources: Vec<Source> = pages.iter().map(source).collect();
        if let Some(silent) = sources.get_mut(silenced.0) {
            silent.text = format!("{}\n\n<!-- bokworm-ignore {}: it is to be so -->\n\n[gone](gone.md) {{{{< ref >}}}} TODO\n", silent.text, silenced.1).into();
        }
        for (at, text) in reaching {
            sources[at].text = match text.starts_with("---\n") {
                true => format!("{text}{}", sources[at].text).into(),
                false => format!("{}\n\n{text}", sources[at].text).into(),
            };
        }
        let read: Vec<Arc<Page>> = sources.iter().map(|source| Arc::new(page::parse(source, page::Dialect::OWN))).collect();
        let (mut sources_after, mut read_after) = (sources.clone(), read.clone());
        let gone = sources_after.remove(edited);
        read_after.remove(edited);
        if let Some((page, reaching)) = edit {
            let source = Source { path: gone.path, text: format!("{reaching}{page}").into() };
            read_after.push(Arc::new(page::parse(&source, page::Dialect::OWN)));
            sources_after.push(source);
        }
        let (before, after) = (assembled::of_read(Config::default(), read), assembled::of_read(Config::default(), read_after));
        let (before, after) = (input(&before, &sources), input(&after, &sources_after));
        let all = [&before, &after].map(|input| check::run(input.clone()));
        let some = check::run_for_difference(before, after);
        for [one, other] in [[0, 1], [1, 0]] {
            prop_assert_eq!(beyond(&some[one], &some[other]), beyond(&all[one], &all[other]));
        }
    }

    #[test]
    fn rules_for_bodies_leave_front_matter_alone(front in any_front_matter(), page in any_page(), body in any_page()) {
        // What a body begins with can't belong to the front matter.
        let text = format!("{front}text\n\n{body}");
        let begins = page::parse(&Source { path: SourcePath::content("a.md"), text: text.as_str().into() }, page::Dialect::OWN).body_start;
        prop_assert_eq!(begins, front.len(), "{:?} is not read as front matter", front);
        let (sources, findings) = checked(&[("a.md".to_owned(), text), ("b.md".to_owned(), page)]);
        for source in &sources {
            let body_start = page::parse(source, page::Dialect::OWN).body_start;
            let for_bodies: Vec<&Diagnostic> = findings
                .iter()
                .filter(|finding| finding.path == source.path && !OF_FRONT_MATTER.contains(&finding.code))
                .collect();
            // A finding about the page as a whole has no place.
            for finding in for_bodies.iter().filter(|finding| finding.span != Span::default()) {
                prop_assert!(finding.span.start >= body_start, "{:?} in {:?}", finding, source.text);
            }
            let fixed = fix::apply(&source.text, &for_bodies).text;
            prop_assert_eq!(fixed.get(..body_start), source.text.get(..body_start));
        }
    }

    #[test]
    fn fixes_keep_what_is_around_them_and_leave_nothing_to_fix(pages in any_tree()) {
        let (once, _) = mended(pages);
        let (twice, rounds) = mended(once.clone());
        prop_assert_eq!(once, twice);
        prop_assert_eq!(rounds, 0);
    }

    #[test]
    fn every_finding_can_be_told_in_every_format(pages in any_tree()) {
        let (sources, findings) = checked(&pages);
        let files = files(&sources);
        for finding in &findings {
            let source = sources.iter().find(|source| source.path == finding.path).unwrap();
            prop_assert!(source.text.get(finding.span.start..finding.span.end).is_some(), "{:?}", finding);
            prop_assert!(finding.severity > Severity::Off && !finding.message.is_empty());
        }
        for style in [human::Style::default(), human::Style { colour: true, links: true, width: 20 }] {
            human::report(&findings, &files, style);
        }
        for line in report::json::report(&findings, &files).lines() {
            prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok());
        }
        let sarif: serde_json::Value = serde_json::from_str(&report::sarif::report(&findings, &files)).unwrap();
        prop_assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), findings.len());
        prop_assert_eq!(report::github::report(&findings, &files).lines().count(), findings.len());
    }
}

#[test]
fn hostile_text_is_checked_to_its_end() {
    let times = 3_000;
    let all = [
        "](",
        "[a](",
        "`a ``b ",
        "<a ",
        "<!-- ",
        "{/* ",
        "|a\n|-\n",
        "[x] (",
        ")[http://a ",
        "â€™",
        "\u{200b}a",
        "#### h\n",
        "[a](b)\n",
        "TODO\n\n",
        "<div>\n",
        "**a ",
        "*a** ",
        "a\\ ",
        "[a][b] ",
        "[^1] ",
        "[^ ",
        "[a]: b\n",
        "1. a\n  - b\n",
        "1.abc\n",
        "| a | b |\n",
        "```js\n",
        "> ```\n\n",
        "a\nb\n---\n",
        "##Ab\n\n[a](#x)\n\n",
        "<div>\n[a](b.md)\n\n",
        "&amp;lt; ",
        "[a](http://localhost) ",
        "<BokTagList tag=\u{201c}a\u{201d} />",
        "<BokTagList tag=\"a ",
        "<boktaglist tag=\"a\">",
        "{{< a >}} {% b %} {: .c} ",
        "{ [[a b]] $\\frac{a}{b}$ ",
        "\n!!! note\n\n",
        "> [!INFO]\n\n",
        "<<<<<<< a\n[b](\n=======\n[c](\n>>>>>>> d\n[e](\n",
    ];
    let check = |piece: &str| {
        let text = format!("---\ntitle: T\n---\n\n{}", piece.repeat(times));
        let started = Instant::now();
        let (sources, findings) = checked(&[("a.md".to_owned(), text)]);
        human::report(&findings, &files(&sources), human::Style::default());
        // What is quadratic takes minutes; the figure is for whoever reads along.
        println!("{piece:?}: {} findings in {:?}", findings.len(), started.elapsed());
    };
    let half = all.len() / 2;
    std::thread::scope(|scope| {
        scope.spawn(|| all[..half].iter().for_each(|piece| check(piece)));
        all[half..].iter().for_each(|piece| check(piece));
    });
}
