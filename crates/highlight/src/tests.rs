//! What code blocks come to as HTML.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use proptest::prelude::*;
use scraper::Html;

use syntect::parsing::{ParseState, ScopeStackOp};
use syntect::util::LinesWithEndings;

use super::class::{Stack, Step, rule_of};
use super::*;

/// One that knows what this run of the program found, and nothing else.
#[derive(Default)]
struct Known(Mutex<HashMap<(String, String), Vec<u8>>>);

impl Memory for Known {
    fn recall(&self, language: &str, text: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(&(language.to_owned(), text.to_owned())).cloned()
    }

    fn remember(&self, language: &str, text: &str, came_to: Vec<u8>) {
        self.0.lock().unwrap().insert((language.to_owned(), text.to_owned()), came_to);
    }
}

/// One that remembers nothing.
struct Forgetful;

impl Memory for Forgetful {
    fn recall(&self, _: &str, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn remember(&self, _: &str, _: &str, _: Vec<u8>) {}
}

fn code<'a>(language: &'a str, text: &'a str) -> Snippet<'a> {
    Snippet { language, text, ..Snippet::default() }
}

fn painted(snippet: &Snippet<'_>) -> String {
    Painter::default().html(snippet, &Forgetful)
}

fn html(language: &str, text: &str) -> String {
    painted(&code(language, text))
}

/// Only what stands in `code`.
fn inner(language: &str, text: &str) -> String {
    inside(&html(language, text))
}

fn inside(html: &str) -> String {
    let (_, rest) = html.split_once("<code").unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    rest.strip_suffix("</code></pre></figure>").unwrap().to_string()
}

#[test]
fn a_block_is_a_figure() {
    assert_eq!(
        html("rust", "fn a() {}\n"),
        "<figure class=\"code\"><pre tabindex=\"0\"><code class=\"language-rust\"><span class=\"k\">fn</span> \
         <span class=\"f\">a</span>() {}\n</code></pre></figure>"
    );
    let titled = Snippet { title: Some("a <b> & \"c\""), ..code("", "x") };
    assert_eq!(
        painted(&titled),
        "<figure class=\"code\"><figcaption>a &lt;b&gt; &amp; \"c\"</figcaption>\
         <pre tabindex=\"0\"><code>x</code></pre></figure>"
    );
}

/// Each: a language, a text, and tokens that must come out with their classes.
const TOKENS: &[(&str, &str, &str)] = &[
    ("rust", "#[derive(Debug)]\npub struct Wo { n: u64 } // hi", "k:pub struct t:Wo t:u64 c:// hi a:#[derive(Debug)]"),
    ("rust", "let s = \"a\\n{}\"; m!(self.x, 12);", "k:let s:\"a x:\\n o:= n:12 x:self"),
    ("python", "@dec\ndef go(self, n=3):\n    return n is None # c", "k:def f:go n:3 k:return x:None c:# c"),
    ("py", "class A(B):\n    \"\"\"Doc.\"\"\"\n    x = f\"a{1}b\"", "k:class t:A t:B n:1 c:\"\"\"Doc.\"\"\""),
    ("json", "{\"a\": \"b\", \"n\": [1, true]}", "g:\"a\" s:\"b\" n:1 x:true"),
    ("jsonc", "{\n// note\n\"a\": 1}", "c:// note g:\"a\""),
    ("bash", "#!/bin/bash\nfor f in *.log; do echo \"$f\" >&2; done", "c:#!/bin/bash k:for k:do f:echo k:done v:$f"),
    ("js", "const a = async (b) => `x${b}`; // c", "k:const k:async v:b o:=> s:`x p:${ c:// c"),
    ("ts", "interface A { b: string }\nlet x: A = new Map<string, A>()", "k:interface t:A t:string k:let k:new"),
    ("yaml", "# c\na:\n  b: \"s\"\n  n: 12\n  t: true", "c:# c g:a g:b s:\"s\" n:12 x:true"),
    ("toml", "[a.b]\nc = 1 # d\ne = \"f\"", "m:a n:1 c:# d s:\"f\""),
    ("html", "<a href=\"x\">y</a><!-- z -->", "g:a a:href s:\"x\" c:<!-- z -->"),
    ("css", "a { color: #fff; margin: 1px }", "a:color n:1"),
    ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new", "d:-old i:+new"),
    ("c", "#include <stdio.h>\nint main(void) { return 0; }", "t:int f:main k:return n:0"),
    ("java", "@Override\npublic int a() { return \"b\"; }", "k:public t:int f:a s:\"b\""),
    ("go", "package a\nfunc b(c int) string { return \"d\" }", "k:func f:b t:int s:\"d\""),
    ("sql", "SELECT a FROM b WHERE c = 'd' -- e", "k:SELECT k:FROM s:'d' c:-- e"),
    ("dockerfile", "FROM a:1\nRUN echo b # c", "k:FROM k:RUN"),
    ("md", "# Title\n\n*a* `b`", "m:# Title s:`b`"),
];

#[test]
fn tokens_have_their_classes() {
    for (language, text, tokens) in TOKENS {
        let found = inner(language, text);
        let mut wanted: Vec<String> = Vec::new();
        for word in tokens.split(' ') {
            match word.split_once(':') {
                Some((class, token)) if class.len() == 1 => {
                    wanted.push(format!("<span class=\"{class}\">{}", escaped(token)));
                }
                _ => {
                    let last = wanted.last_mut().unwrap();
                    last.push(' ');
                    last.push_str(&escaped(word));
                }
            }
        }
        for token in wanted {
            assert!(found.contains(&token), "{language}: {token}\nin: {found}");
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    push_text(&mut out, text);
    out
}

#[test]
fn no_colours_where_none_are_asked_for_or_known() {
    for language in ["", "text", "txt", "plain", "klingon"] {
        let painter = Painter::default();
        let html = painter.html(&code(language, "fn a < 1 && 2\n"), &Forgetful);
        assert_eq!(inside(&html), "fn a &lt; 1 &amp;&amp; 2\n");
        assert_eq!(painter.grammars.get().is_some(), language == "klingon", "loaded for nothing");
    }
    assert!(html("klingon", "x").contains("class=\"language-klingon\""));
}

#[test]
fn the_source_of_diagrams_and_formulas_is_plain() {
    let code =
        |language: &str| format!("<pre tabindex=\"0\"><code class=\"language-{language}\">a &lt; b</code></pre>");
    assert!(html("mermaid", "a < b").contains(&code("mermaid")));
    assert!(html("math", "a < b").contains(&code("math")));
}

#[test]
fn a_language_cannot_break_out() {
    for language in ["\"><script>", "a\" onload=\"b", "x y", "a'b", "<", "\u{202e}"] {
        let html = html(language, "x");
        assert!(html.contains("<code>x</code>"), "{html}");
    }
}

#[test]
fn marked_and_numbered_lines_are_elements() {
    let text = "/* a\n   b */\nlet c\n\n";
    let marked = Snippet { marked: &[2..=2, 4..=9], ..code("js", text) };
    assert_eq!(
        inside(&painted(&marked)),
        "<span class=\"line\"><span class=\"c\">/* a</span>\n</span>\
         <span class=\"line marked\">   <span class=\"c\">b */</span>\n</span>\
         <span class=\"line\"><span class=\"k\">let</span> c\n</span>\
         <span class=\"line marked\">\n</span>"
    );
    let changed = Snippet { inserted: &[2..=3], deleted: &[1..=1, 3..=3], ..code("", "a\nb\nc\nd") };
    assert_eq!(
        inside(&painted(&changed)),
        "<span class=\"line deleted\">a\n</span><span class=\"line inserted\">b\n</span>\
         <span class=\"line deleted\">c\n</span><span class=\"line\">d</span>"
    );
    let numbered = Snippet { first_line: Some(9), ..code("", "a\nb") };
    assert_eq!(
        inside(&painted(&numbered)),
        "<span class=\"line\" data-line=\"9\">a\n</span><span class=\"line\" data-line=\"10\">b</span>"
    );
    let absurd = Snippet { first_line: Some(usize::MAX), marked: &[0..=usize::MAX, 5..=5], ..code("", "a\nb") };
    assert_eq!(painted(&absurd).matches("line marked").count(), 2);
}

#[test]
fn ranges_are_put_in_order() {
    #[allow(clippy::reversed_empty_ranges, reason = "an author may write it")]
    let ranges = [7..=9, 1..=3, 5..=4, 2..=2, 3..=5];
    assert_eq!(in_order(&ranges), vec![1..=5, 7..=9]);
}

#[test]
fn long_blocks_and_lines_are_plain() {
    for text in ["fn a() {}\n".repeat(30_000), format!("fn {}", "a".repeat(LONGEST_LINE_OF_CALM))] {
        assert_eq!(inner("rust", &text), text);
    }
}

#[test]
fn a_grammar_that_hostile_lines_wear_out_is_left_alone() {
    let (painter, known) = (Painter::default(), Known::default());
    let grammars = painter.grammars.get_or_init(Grammars::load);
    let place = grammars.names.find("lisp").unwrap();
    for _ in 0..4 {
        assert!(painter.worn_out().is_empty());
        grammars.patience[place].spend(std::time::Duration::from_millis(90));
        grammars.patience[place].spend(std::time::Duration::from_secs(60));
    }
    assert_eq!(painter.worn_out(), ["Lisp"]);
    let text = "(defun a () \"b\")";
    let worn = inside(&painter.html(&code("lisp", text), &known));
    assert_eq!(worn, text);
    assert!(inside(&painter.html(&code("rust", "fn"), &known)).contains("span"), "others still work");
    let next = Painter::default();
    assert!(inside(&next.html(&code("lisp", text), &known)).contains("span"), "the next run tries again");
}

#[test]
fn a_second_run_takes_what_is_remembered() {
    let known = Known::default();
    let block = Snippet { marked: &[1..=1], ..code("rust", "fn a() {}\nlet b = \"é\";") };
    let html = Painter::default().html(&block, &known);
    let second = Painter::default();
    assert_eq!(second.html(&block, &known), html);
    assert!(second.grammars.get().is_none());
    assert_ne!(second.html(&code("python", block.text), &known), html);
}

#[test]
fn threads_share_one() {
    fn is_shared<T: Send + Sync>(_: &T) {}
    is_shared(&Painter::default());
}

#[test]
fn remembered_lines_change_nothing() {
    let painter = Painter::default();
    for (language, text, _) in TOKENS {
        let doubled = format!("{text}\n{text}\n{text}");
        for text in [*text, &doubled, text] {
            // What a thread remembers goes with it.
            let afresh = std::thread::scope(|scope| scope.spawn(|| html(language, text)).join().unwrap());
            assert_eq!(painter.html(&code(language, text), &Forgetful), afresh, "{language}");
        }
    }
}

#[test]
fn the_grammars_are_those_of_the_lock_file() {
    let lock = include_str!("../../../Cargo.lock");
    for name in ["syntect", "two-face"] {
        let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).unwrap();
        let (version, _) = rest.split_once('"').unwrap();
        assert!(GRAMMARS.contains(&format!("{name} {version}")), "{name} is {version} now: other colours");
    }
}

/// The text of well-formed HTML, or why it isn't.
fn text_of(html: &str) -> Result<String, String> {
    let tree = Html::parse_fragment(html);
    if !tree.errors.iter().all(|error| error.contains("Bad character") || error.contains("numeric")) {
        return Err(format!("{:?}", tree.errors));
    }
    let open = html.matches("<span").count();
    if open != html.matches("</span>").count() {
        return Err("spans that aren't closed".to_string());
    }
    let code = scraper::Selector::parse("figure.code > pre > code").unwrap();
    Ok(tree.select(&code).map(|code| code.text().collect::<String>()).collect())
}

/// Written out and read back by hand, since an HTML parser changes NUL and carriage returns.
fn stripped(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').unwrap().1;
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// syntect's own parser comes to no end here.
#[test]
fn a_grammar_that_goes_round_in_circles_comes_out_of_it() {
    let html = inner("js", "n /*\nin a comment */\nlet a = 1;");
    assert_eq!(stripped(&html), "n /*\nin a comment */\nlet a = 1;");
    assert!(html.ends_with("<span class=\"n\">1</span>;"), "{html}");
}

/// What syntect's own parser makes of the lines of a text, or none if it fails.
fn as_syntect_has_it(grammars: &Grammars, place: usize, text: &str) -> Option<Vec<Runs>> {
    let mut parser = ParseState::new(&grammars.set.syntaxes()[place]);
    let mut stack = Stack::default();
    let mut lines = Vec::new();
    for line in LinesWithEndings::from(text) {
        let steps = catch_unwind(AssertUnwindSafe(|| parser.parse_line(line, &grammars.set).ok())).ok()??;
        let (mut runs, mut done) = (Runs::default(), 0);
        for (at, step) in steps {
            if at > done
                && let Some(token) = line.get(done..at)
            {
                runs.push(token.len(), stack.class().of_word(token));
                done = at;
            }
            match step {
                ScopeStackOp::Push(scope) => stack.apply(Step::Push(rule_of(&scope.build_string()))),
                ScopeStackOp::Pop(count) => stack.apply(Step::Pop(count)),
                ScopeStackOp::Clear(amount) => stack.apply(Step::Clear(amount)),
                ScopeStackOp::Restore => stack.apply(Step::Restore),
                ScopeStackOp::Noop => {}
            }
        }
        runs.push(line.len() - done, stack.class());
        lines.push(runs::without_space(line, &runs));
    }
    Some(lines)
}

/// What our reader makes of them.
fn as_we_have_it(grammars: &Grammars, place: usize, text: &str) -> Option<Vec<Runs>> {
    let mut known = engine::Knowledge::default();
    let mut reader = engine::LineReader::new(&grammars.set, &grammars.contexts, &mut known);
    let mut state = reader.start(place)?;
    LinesWithEndings::from(text).map(|line| reader.line(&mut state, line)).collect()
}

fn assert_same(grammars: &Grammars, place: usize, text: &str) -> Result<(), String> {
    let (theirs, ours) = (as_syntect_has_it(grammars, place, text), as_we_have_it(grammars, place, text));
    let Some(theirs) = theirs else { return Ok(()) };
    let name = &grammars.set.syntaxes()[place].name;
    let Some(ours) = ours else { return Err(format!("{name}: we fail at {text:?}")) };
    for ((line, theirs), ours) in LinesWithEndings::from(text).zip(theirs).zip(ours) {
        if theirs != ours {
            return Err(format!("{name}: {line:?}\nsyntect {theirs:?}\nours    {ours:?}\nin {text}"));
        }
    }
    Ok(())
}

/// Where a grammar begins, and what a context refers to, syntect keeps private: it is read from what it shows
/// to who debugs it (`grammar.rs`), which any other version may spell in another way.
#[test]
fn where_grammars_begin_can_still_be_read_out_of_syntect() {
    let grammars = Grammars::load();
    for (place, syntax) in grammars.set.syntaxes().iter().enumerate() {
        let start = grammars.contexts.start(&grammars.set, place);
        let context = start.and_then(|number| grammars.contexts.get(&grammars.set, number));
        assert!(
            context.is_some_and(|context| !context.patterns.is_empty() || context.prototype.is_some()),
            "`grammar.rs` can't read any more where syntect begins with {}: all code in this language loses its \
             colours, without a word to anybody. Go back to the version that Cargo.toml pinned, or read it anew.",
            syntax.name
        );
    }
}

#[test]
fn lines_are_read_as_syntect_reads_them() {
    let grammars = Grammars::load();
    // Every grammar on every text: what is foreign to it leads into its darkest corners.
    for place in 0..grammars.set.syntaxes().len() {
        for (_, text, _) in TOKENS {
            assert_same(&grammars, place, &format!("{text}\n{text}\n")).unwrap();
        }
    }
}

/// Not run by itself: `BOKWORM_CODE=/usr/share cargo test --release every_file_of_a_folder -- --ignored`.
#[test]
#[ignore = "reads a folder that BOKWORM_CODE names"]
fn every_file_of_a_folder_is_read_as_syntect_reads_it() {
    let Some(folder) = std::env::var_os("BOKWORM_CODE") else { return };
    let grammars = Grammars::load();
    let (mut files, mut lines, mut wrong) = (0, 0, 0);
    let mut paths = vec![std::path::PathBuf::from(folder)];
    while let Some(path) = paths.pop() {
        if path.is_dir() && !path.is_symlink() {
            paths.extend(std::fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
        }
        let Some(name) = path.extension().or(path.file_name()) else { continue };
        let Some(place) = grammars.names.find(&name.to_string_lossy()) else { continue };
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let text: String =
            LinesWithEndings::from(&text).filter(|line| line.len() < 300 && line.ends_with('\n')).take(400).collect();
        (files, lines) = (files + 1, lines + text.lines().count());
        if let Err(difference) = assert_same(&grammars, place, &text) {
            wrong += 1;
            let shown: String = difference.chars().take(1500).collect();
            eprintln!("{}: {shown}\n", path.display());
        }
    }
    eprintln!("{files} files, {lines} lines, {wrong} files differ");
    assert_eq!(wrong, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_text_comes_back_whatever_it_is(
        language in prop::sample::select(&["rust", "python", "js", "json", "bash", "yaml", "html", "md", "ts", "toml", "php", "c"][..]),
        parts in prop::collection::vec(prop_oneof![
            prop::sample::select(&["fn ", "\"", "'", "/*", "*/", "//", "# ", "{", "}", "<<EOF", "\nEOF\n", "<a>", "</a", "&amp;", "&", "${",
                "`", "```", "\n", "\n\n", "  ", "\t", "\r\n", "é", "日本", "\u{feff}", "\0", "- ", ": ", "<?php ", "<script>", "@a", "1e9"][..])
                .prop_map(str::to_string),
            "\\PC{0,12}",
        ], 0..40),
        marked in prop::collection::vec((0usize..9, 0usize..9), 0..3),
        first_line in prop::option::of(0usize..5),
    ) {
        thread_local!(static SHARED: Painter = Painter::default());
        let text = parts.concat();
        let marked: Vec<_> = marked.into_iter().map(|(start, end)| start..=end).collect();
        let block = Snippet { marked: &marked, first_line, ..code(language, &text) };
        let html = SHARED.with(|painter| painter.html(&block, &Forgetful));
        prop_assert_eq!(stripped(&html), &text[..]);
        if !text.contains(['\0', '\r']) {
            prop_assert_eq!(text_of(&html).map_err(TestCaseError::fail)?, text);
        }
    }
}
