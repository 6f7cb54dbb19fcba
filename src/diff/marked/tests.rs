//! What is marked is what is different, and nothing is lost: random pages, edited at random; and single edits.

use proptest::prelude::*;

use super::*;
use crate::html::tree::{harmless, parse, text, written};

fn article(html: &str) -> TreeElement {
    let body = parse(html).find(&|element| element.name == "body").unwrap().clone();
    TreeElement::new("article", harmless(body.children))
}

fn told(old: &str, new: &str) -> String {
    written(&marked(Some(&article(old)), Some(&article(new))))
}

/// What is read when all marks of a name are left out.
fn without(nodes: &[TreeNode], name: &str) -> String {
    let mut out = String::new();
    for node in nodes {
        match node {
            TreeNode::Text(text) => out.push_str(text),
            TreeNode::Element(element) if mark::is_mark(element) && element.name == name => {}
            TreeNode::Element(element) => out.push_str(&without(&element.children, name)),
        }
    }
    out
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn words_are_marked_where_their_block_stayed() {
    for (old, new, expected) in [
        (
            "<p>one two three</p>",
            "<p>one four three</p>",
            "<p>one <del class=\"diff-words\">two</del><ins class=\"diff-words\">four</ins> three</p>",
        ),
        (
            "<p>a <a href=\"x\">link here</a> b c d</p>",
            "<p>a <a href=\"x\">link there</a> b c d</p>",
            "<p>a <a href=\"x\">link <del class=\"diff-words\">here</del><ins class=\"diff-words\">there</ins></a> b c d</p>",
        ),
        (
            "<p>a <a href=\"x\">b</a> c d e</p>",
            "<p>a <a href=\"y\">b</a> c d e</p>",
            "<p>a <del class=\"diff-words\"><a href=\"x\">b</a></del><ins class=\"diff-words\"><a href=\"y\">b</a></ins> c d e</p>",
        ),
        (
            "<h2 id=\"a\">Old things stay</h2>",
            "<h2 id=\"b\">New things stay</h2>",
            "<h2 id=\"b\"><del class=\"diff-words\">Old</del><ins class=\"diff-words\">New</ins> things stay</h2>",
        ),
        ("<p>a\nb</p>", "<p>a b</p>", "<p>a b</p>"),
        (
            "<p>日本語の文</p>",
            "<p>日本人の文</p>",
            "<p>日本<del class=\"diff-words\">語</del><ins class=\"diff-words\">人</ins>の文</p>",
        ),
    ] {
        assert_eq!(told(old, new), expected);
    }
}

#[test]
fn blocks_are_marked_as_blocks_and_entries_in_them() {
    for (old, new, expected) in [
        ("<p>a</p>", "<p>a</p><p>b</p><p>c</p>", "<p>a</p>\n<ins class=\"diff-block\"><p>b</p><p>c</p></ins>"),
        ("<p>a</p><h2>b</h2>", "<p>a</p>", "<p>a</p>\n<del class=\"diff-block\"><h2>b</h2></del>"),
        (
            "<ul><li>a</li></ul>",
            "<ul><li>a</li><li>b</li></ul>",
            "<ul><li>a</li>\n<li class=\"diff-new\"><ins class=\"diff-words\">b</ins></li></ul>",
        ),
        (
            "<ul><li><a href=\"a\">A page</a></li></ul>",
            "<ul><li><a href=\"b\">A plan</a></li></ul>",
            "<ul><li class=\"diff-gone\"><del class=\"diff-words\"><a href=\"a\">A page</a></del></li>\n\
             <li class=\"diff-new\"><ins class=\"diff-words\"><a href=\"b\">A plan</a></ins></li></ul>",
        ),
        (
            "<table><tr><td>a</td><td>b</td></tr></table>",
            "<table><tr><td>a</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></table>",
            "<table><tbody>\n<tr><td>a</td><td><del class=\"diff-words\">b</del><ins class=\"diff-words\">c</ins></td></tr>\n\
             <tr class=\"diff-new\"><td class=\"diff-new\"><ins class=\"diff-words\">d</ins></td><td class=\"diff-new\">\
             <ins class=\"diff-words\">e</ins></td></tr>\n</tbody></table>",
        ),
    ] {
        assert_eq!(told(old, new), expected);
    }
}

#[test]
fn what_is_built_otherwise_stands_beside_what_it_was() {
    for (old, new) in [
        ("<table><tr><td>a</td></tr></table>", "<table><tr><td>a</td><td>b</td></tr></table>"),
        ("<ul><li>a b c</li></ul>", "<table><tr><td>a b c</td></tr></table>"),
        ("<pre><code>a\nb\n</code></pre>", "<pre><code>a\nc\n</code></pre>"),
        ("<p><img src=\"a\" alt=\"\"></p>", "<p><img src=\"b\" alt=\"\"></p>"),
    ] {
        let html = told(old, new);
        let before = format!("<div class=\"diff-beside\"><del class=\"diff-block\">{}", &old[..4]);
        assert!(html.starts_with(&before) && html.ends_with("</ins></div>"), "{html}");
    }
    let html = told("<pre><code><i>a\nb</i>\nc</code></pre>", "<pre><code><i>a\nd</i>\nc</code></pre>");
    assert!(html.contains("<i>a</i>\n<span class=\"diff-line\"><i>b</i></span>\nc"), "{html}");
}

#[test]
fn an_id_is_there_once_and_the_new_one_keeps_it() {
    let mut nodes = marked(
        Some(&article("<p>x</p><h2 id=\"a\">Here</h2><p id=\"b\">one</p>")),
        Some(&article("<p>x</p><h3 id=\"a\">There</h3><p id=\"c\">two</p>")),
    );
    unique_ids(&mut nodes, &["c"]);
    assert!(written(&nodes).contains("<h2>Here") && written(&nodes).contains("<h3 id=\"a\">There"));
    assert_eq!(ids(&nodes).into_iter().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn long_stretches_without_a_change_are_folded() {
    let long = "<p>Words that nobody changed for a very long time, and that are many.</p>".repeat(20);
    let (old, new) =
        (format!("<div class=prose>{long}<p>end</p></div>"), format!("<div class=prose>{long}<p>last</p></div>"));
    let html = written(&folded(marked(Some(&article(&old)), Some(&article(&new))), "Unchanged"));
    assert_eq!(html.matches("<details").count(), 1);
    let (inside, after) = html.split_once("</details>").unwrap();
    assert_eq!((inside.matches("<p>").count(), after.matches("<p>").count()), (18, 4));
}

/// Words, some of them in elements.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[a-d]{1,2}",
        1 => Just("<br>".to_owned()),
        1 => "[a-c]".prop_map(|name| format!("<img src=\"{name}\" alt=\"{name}\">")),
        1 => Just("語文".to_owned()),
        1 => Just("&amp;".to_owned()),
    ];
    let some = |word: BoxedStrategy<String>| prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "));
    let plain = some(word.boxed());
    let part = (plain, 0..6_usize).prop_map(|(words, how)| match how {
        0 => format!("<em>{words}</em>"),
        1 => format!("<a href=\"x\">{words}</a>"),
        2 => format!("<strong>x<em>{words}</em></strong>"),
        3 => format!("<del>{words}</del>"),
        _ => words,
    });
    some(part.boxed())
}

/// A block, perhaps with others in it.
fn block() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => words().prop_map(|words| format!("<p>{words}</p>")),
        // Of a heading that only has another id, a reader of its page sees nothing.
        1 => (2..4_usize, words()).prop_map(|(level, words)| format!("<h{level} id=\"h\">{words}</h{level}>")),
        1 => "[ab\n]{1,9}".prop_map(|code| format!("<figure class=\"code\"><pre><code><i>{code}</i>c</code></pre></figure>")),
        1 => (1..3_usize, prop::collection::vec(words(), 1..7)).prop_map(|(columns, cells)| {
            let rows = cells.chunks_exact(columns).map(|row| format!("<tr><td>{}</td></tr>", row.join("</td><td>")));
            format!("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", "<th>h</th>".repeat(columns), rows.collect::<String>())
        }),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let some = prop::collection::vec(inner, 1..4);
        (some, words(), 0..6_usize).prop_map(|(blocks, words, how)| match how {
            0 => format!("<ul><li>{words}</li><li>{}</li></ul>", blocks.join("</li><li>")),
            1 => format!("<blockquote>{}</blockquote>", blocks.concat()),
            2 => format!("<div class=\"admonition note\"><p>{words}</p>{}</div>", blocks.concat()),
            3 => format!("<details><summary>{words}</summary>{}</details>", blocks.concat()),
            4 => format!("<dl><dt>{words}</dt><dd>{}</dd></dl>", blocks.concat()),
            _ => format!("<ol><li>{words}{}</li></ol>", blocks.concat()),
        })
    })
}

/// A page and what an edit made of it: blocks stay, go, come, are written anew or change places.
fn edited() -> impl Strategy<Value = (String, String)> {
    prop::collection::vec((block(), block(), 0..8_usize), 0..6).prop_map(|parts| {
        let (mut old, mut new) = (String::new(), Vec::new());
        for (one, other, how) in parts {
            if how != 1 {
                old.push_str(&one);
            }
            match how {
                0 => {}
                2 => new.push(other),
                3 => new.push(one.replace('a', "d")),
                4 => new.insert(0, one),
                _ => new.push(one),
            }
        }
        (format!("<div class=\"prose\">{old}</div>"), format!("<div class=\"prose\">{}</div>", new.concat()))
    })
}

/// What is wrong with where elements stand.
fn misplaced(element: &TreeElement, out: &mut Vec<String>) {
    for child in element.elements() {
        let fits = match element.name.as_str() {
            "ul" | "ol" => child.name == "li",
            "dl" => matches!(child.name.as_str(), "dt" | "dd"),
            "table" => matches!(child.name.as_str(), "thead" | "tbody"),
            "thead" | "tbody" => child.name == "tr",
            "tr" => matches!(child.name.as_str(), "td" | "th"),
            _ => !matches!(child.name.as_str(), "li" | "dt" | "dd" | "tr" | "td" | "tbody"),
        };
        if !fits {
            out.push(format!("{} in {}", child.name, element.name));
        }
        misplaced(child, out);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn who_drops_what_is_new_reads_the_old_page((old, new) in edited()) {
        let (before, after) = (article(&old), article(&new));
        let nodes = marked(Some(&before), Some(&after));
        prop_assert_eq!(plain(&without(&nodes, "ins")), plain(&text(&before.children)));
        prop_assert_eq!(plain(&without(&nodes, "del")), plain(&text(&after.children)));
        prop_assert_eq!(old == new, !nodes.iter().any(is_marked));
        // A browser reads what is written, and everything stands where it may.
        let html = written(&nodes);
        let again = parse(&html).find(&|element| element.name == "body").unwrap().clone();
        prop_assert_eq!(&written(&again.children), &html);
        let mut wrong = Vec::new();
        misplaced(&TreeElement::new("article", nodes), &mut wrong);
        prop_assert!(wrong.is_empty(), "{:?} in {}", wrong, html);
    }
}
