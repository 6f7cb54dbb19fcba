//! Cases of Markdown with components: what is written, and what comes of it.

use serde_json::{Value, json};

use super::{UnreadBody, read};
use crate::diagnostic::Code;
use crate::page::front_matter::FrontMatter;
use crate::page::{Dialect, Extension, Known, Link, LinkKind, PageBody, Piece, plain_html};
use crate::source::{Source, SourcePath, Span};

fn page(markdown: &str) -> PageBody {
    page_in(markdown, Dialect::OWN)
}

fn page_in(markdown: &str, dialect: Dialect) -> PageBody {
    let Value::Object(data) = json!({"title": "A *title*", "course": {"code": "X1", "price": 5}, "list": ["a", "b"]})
    else {
        unreachable!()
    };
    let meta = FrontMatter { data, ..FrontMatter::default() };
    read(UnreadBody {
        path: &SourcePath::content("page.md"),
        text: markdown,
        meta: &meta,
        body: Span::new(0, markdown.len()),
        known: Known { dialect, digest: crate::page::digest(markdown, dialect) },
        findings: Vec::new(),
    })
}

/// A page's body with its components as `{Name attribute="value": …}`, `{~Name: …}` in a line of text.
fn show(markdown: &str) -> String {
    let page = page(markdown);
    let mut out = String::new();
    push(&mut out, &page, &page.body);
    out.trim().to_owned()
}

fn push(out: &mut String, page: &PageBody, pieces: &[Piece]) {
    for piece in pieces {
        if let Piece::Component { index, body } = piece {
            let component = &page.components[*index];
            out.push_str(if component.inline { "{~" } else { "{" });
            out.push_str(&component.name);
            for attribute in &component.attributes {
                out.push_str(&format!(" {}={}", attribute.name, attribute.value));
            }
            let mut inner = String::new();
            push(&mut inner, page, body);
            let inner = inner.trim();
            if !inner.is_empty() {
                out.push_str(": ");
                out.push_str(inner);
            }
            out.push('}');
        } else {
            let only = PageBody { body: vec![piece.clone()], ..page.clone() };
            out.push_str(&plain_html(&only));
        }
    }
}

fn findings(markdown: &str) -> Vec<String> {
    let page = page(markdown);
    page.findings.iter().map(|finding| format!("{}: {}", finding.code, finding.span.of(markdown))).collect()
}

fn check(cases: &[(&str, &str)]) {
    // Where a line breaks around a component means nothing.
    let joined = |shown: &str| shown.replace("}\n", "}").replace("\n{", "{");
    for (markdown, shown) in cases {
        assert_eq!(joined(&show(markdown)), joined(shown), "\n{markdown}");
    }
}

#[test]
fn a_component_on_lines_of_its_own_holds_markdown() {
    check(&[
        ("<BoxOut title=\"A\">\ntext *x*\n</BoxOut>", "{BoxOut title=\"A\": <p>text <em>x</em></p>}"),
        ("before\n<BoxOut>\ntext\n</BoxOut>\nafter", "<p>before</p>\n{BoxOut: <p>text</p>}<p>after</p>"),
        ("<BoxOut>\n\n- a\n- b\n\n</BoxOut>", "{BoxOut: <ul>\n<li>a</li>\n<li>b</li>\n</ul>}"),
        (
            "<BoxOut>\n```\ncode\n\n</BoxOut>\n```\n</BoxOut>",
            "{BoxOut: <pre><code>code\n\n&lt;/BoxOut&gt;\n</code></pre>}",
        ),
        ("<A1>\n<B1>\ntext\n</B1>\n<B1/>\n</A1>", "{A1: {B1: <p>text</p>}{B1}}"),
        ("<Tabs.Item />", "{Tabs.Item}"),
    ]);
}

#[test]
fn a_component_in_a_line_of_text_is_inline() {
    check(&[
        ("Click <PdfButton/> now", "<p>Click {~PdfButton} now</p>"),
        ("a <Abbr t=\"x\">*b*</Abbr> c", "<p>a {~Abbr t=\"x\": <em>b</em>} c</p>"),
        ("## Click to <PdfButton/>", "<h2 id=\"click-to-\">Click to {~PdfButton}</h2>"),
        (
            "| a |\n| - |\n| <Icon/> x |",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>{~Icon} x</td>\n</tr>\n</tbody>\n</table>",
        ),
        ("[a <Icon/>](b)", "<p><a href=\"b\">a {~Icon}</a></p>"),
        ("**bold:**<Icon/> *<Icon/>*", "<p><strong>bold:</strong>{~Icon} <em>{~Icon}</em></p>"),
        ("<Icon/> first", "<p>{~Icon} first</p>"),
        ("- item <Icon/>\n- <Icon/>", "<ul>\n<li>item {~Icon}</li>\n<li>{Icon}</li>\n</ul>"),
    ]);
}

#[test]
fn a_paragraph_of_nothing_but_components_is_none() {
    check(&[
        ("<A1/> <B1/>", "{A1} {B1}"),
        ("<A1>text</A1>", "{A1: text}"),
        ("<A1><B1/></A1>", "{A1: {~B1}}"),
        ("<A1/> {/* what it is for */}", "{A1}"),
    ]);
}

#[test]
fn tags_that_span_lines_get_lines_of_their_own() {
    check(&[
        (
            "<Bio name=\"x\">First.\n\nSecond.</Bio> Third.",
            "{Bio name=\"x\": <p>First.</p>\n<p>Second.</p>}<p>Third.</p>",
        ),
        ("<Bio\n  name=\"x\"\n  age={4}\n>\ntext </Bio>", "{Bio name=\"x\" age=4: <p>text</p>}"),
        ("<BoxOut>\ntext\n</BoxOut>>", "{BoxOut: <p>text</p>}<p>&gt;</p>"),
        ("- <Bio>a\n\n  b</Bio>\n- c", "<ul>\n<li>{Bio: <p>a</p>\n<p>b</p>}</li>\n<li>\n<p>c</p>\n</li>\n</ul>"),
        ("> <Bio>a\n>\n> b</Bio> c", "<blockquote>\n{Bio: <p>a</p>\n<p>b</p>}<p>c</p>\n</blockquote>"),
        ("> <Bio\n>   name=\"x\"\n>   link=\"y\" />", "<blockquote>\n{Bio name=\"x\" link=\"y\"}</blockquote>"),
        ("<BoxOut>\n- a\n- b </BoxOut>\nc", "{BoxOut: <ul>\n<li>a</li>\n<li>b</li>\n</ul>}<p>c</p>"),
    ]);
}

#[test]
fn indented_children_are_no_code() {
    check(&[
        ("<A1>\n    text\n    more\n</A1>", "{A1: <p>text\nmore</p>}"),
        ("<A1>\n\n    text\n\n    - a\n      b\n\n</A1>", "{A1: <p>text</p>\n<ul>\n<li>a\nb</li>\n</ul>}"),
        ("<A1>\n\t<B1>\n\t\ttext\n\t</B1>\n</A1>", "{A1: {B1: <p>text</p>}}"),
        ("<A1>\n  <B1>\n    <C1>\n      text\n    </C1>\n  </B1>\n</A1>", "{A1: {B1: {C1: <p>text</p>}}}"),
        ("<A1>\ntext\n\n    code\n</A1>", "{A1: <p>text</p>\n<pre><code>code\n</code></pre>}"),
        ("<A1>\n    ```\n    a\n      b\n    ```\n</A1>", "{A1: <pre><code>a\n  b\n</code></pre>}"),
        ("<A1>\ntext\n\n    <B1/>\n</A1>", "{A1: <p>text</p>\n{B1}}"),
        ("text\n\n    <B1/>", "<p>text</p>\n<pre><code>&lt;B1/&gt;</code></pre>"),
        ("- a\n  <A1>\n      text\n  </A1>", "<ul>\n<li>a{A1: text}</li>\n</ul>"),
        ("> <A1>\n>     text\n> </A1>", "<blockquote>\n{A1: <p>text</p>}</blockquote>"),
    ]);
}

#[test]
fn components_in_lists_quotes_and_raw_html_are_found() {
    check(&[
        (
            "1. a\n\n   <A1>\n   b\n   </A1>\n2. c",
            "<ol>\n<li>\n<p>a</p>\n{A1: <p>b</p>}</li>\n<li>\n<p>c</p>\n</li>\n</ol>",
        ),
        ("> <A1>\n> b\n> </A1>", "<blockquote>\n{A1: <p>b</p>}</blockquote>"),
        ("<div>\n<A1>\n**b**\n</A1>\n</div>", "<div>\n{A1: <p><strong>b</strong></p>}</div>"),
        (
            "<div>\n    <A1>\n        **b**\n    </A1>\n    <p>c</p>\n</div>",
            "<div>{A1: <p><strong>b</strong></p>}\n<p>c</p>\n</div>",
        ),
        ("<div><A1 /> x</div>", "<div>{A1} x</div>"),
        (
            "[^1]\n\n[^1]: A\n\n    <A1>\n    b\n    </A1>",
            "<p><sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup></p>\n<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn-1\">\n<p>A</p>\n{A1: <p>b</p>} <a href=\"#fnref-1\" class=\"footnote-backref\" role=\"doc-backlink\">↩</a></li>\n</ol>\n</section>",
        ),
    ]);
}

#[test]
fn what_is_code_or_escaped_is_no_component() {
    check(&[
        ("`<A1/>` ``<B1>`</B1>``", "<p><code>&lt;A1/&gt;</code> <code>&lt;B1&gt;`&lt;/B1&gt;</code></p>"),
        ("`a\n<A1/>` b", "<p><code>a &lt;A1/&gt;</code> b</p>"),
        ("\\<A1> and &lt;B1&gt;", "<p>&lt;A1&gt; and &lt;B1&gt;</p>"),
        ("\\\\<A1/>", "<p>\\{~A1}</p>"),
        ("~~~ <A1>\n<A1/>\n~~~", "<pre><code class=\"language-&lt;a1&gt;\">&lt;A1/&gt;\n</code></pre>"),
        ("<!-- <A1/>\n<B1> --> {/* <C1> */}", "<!-- <A1/>\n<B1> --> {/* <C1> */}"),
        ("text <!-- <A1/> --> more", "<p>text <!-- <A1/> --> more</p>"),
        ("<pre>\n<A1/>\n\n<B1/>\n</pre>", "<pre>\n<A1/>\n\n<B1/>\n</pre>"),
        ("[a](<A1> \"<B1>\")", "<p><a href=\"A1\" title=\"&lt;B1&gt;\">a</a></p>"),
        ("<Https://a.b>", "<p><a href=\"Https://a.b\">Https://a.b</a></p>"),
        ("a `b <A1/> c", "<p>a `b {~A1} c</p>"),
    ]);
}

#[test]
fn what_is_never_closed_is_text() {
    check(&[
        ("A Vec<String> is a list", "<p>A Vec&lt;String&gt; is a list</p>"),
        ("<T> or <Key> *x*", "<p>&lt;T&gt; or &lt;Key&gt; <em>x</em></p>"),
        ("<BoxOut title=\"a\">\ntext", "<p>&lt;BoxOut title=\"a\"&gt;</p>\n<p>text</p>"),
        ("*a <A1>b* c</A1>", "<p><em>a &lt;A1&gt;b</em> c</p>"),
        ("a </B1> b", "<p>a  b</p>"),
    ]);
    assert_eq!(findings("A Vec<String> is a list"), [""; 0]);
    assert_eq!(findings("<BoxOut title=\"a\">\ntext"), ["unclosed-component: <BoxOut title=\"a\">"]);
    assert_eq!(findings("text\n\n</BoxOut>"), ["stray-closing-tag: </BoxOut>"]);
    assert_eq!(findings("*a <A1>b* c</A1>"), ["unclosed-component: <A1>", "stray-closing-tag: </A1>"]);
}

#[test]
fn private_use_characters_and_lookalikes_of_tokens_survive() {
    check(&[
        ("\u{e000}\u{f8ff}\u{f0000} <A1/>", "<p>\u{e000}\u{f8ff}\u{f0000} {~A1}</p>"),
        (
            "<bok0-0/> <!--bok1-0--> <A1/> `<bok2-0/>`",
            "<p><bok0-0></bok0-0> <!--bok1-0--> {~A1} <code>&lt;bok2-0/&gt;</code></p>",
        ),
        ("a\0b <A1 b=\"\0\"/>", "<p>a\u{fffd}b {~A1 b=\"\u{fffd}\"}</p>"),
    ]);
}

#[test]
fn attributes_are_literals_or_paths() {
    check(&[
        (
            "<A1 a=\"x &amp; y\" b='\"' c d={[1, {e: 'f'}]} g={true} h={`t`} i=j/>",
            "{A1 a=\"x & y\" b=\"\\\"\" c=true d=[1,{\"e\":\"f\"}] g=true h=\"t\" i=\"j\"}",
        ),
        (
            "<A1 a={frontMatter.course} b={frontMatter.list[1]} c={frontMatter.course.none}/>",
            "{A1 a={\"code\":\"X1\",\"price\":5} b=\"b\" c=null}",
        ),
        ("<A1 a=\"1\" b=\"2\" a=\"3\"/>", "{A1 a=\"3\" b=\"2\"}"),
        ("<A1 a={f(1)} {...rest}/>", "{A1 a=null}"),
    ]);
    assert_eq!(findings("<A1 a=\"1\" b=\"2\" a=\"3\"/>"), ["duplicate-attribute: a=\"3\""]);
    assert_eq!(
        findings("<A1 a={f(1)} {...rest} b={frontMatter.nope}/>"),
        [
            "unreadable-expression: a={f(1)}",
            "unreadable-expression: {...rest}",
            "unreadable-expression: b={frontMatter.nope}",
        ]
    );
    let text = "<A1 link=\"/docs/a\" image='b.png' href={\"#c\"} to=\"somewhere nice\" title=\"/x\"/>";
    let page = page(text);
    let links: Vec<_> = page.links.iter().map(|link| (link.kind, &*link.target, link.span.place.of(text))).collect();
    let attribute = LinkKind::Attribute;
    assert_eq!(links, [(attribute, "/docs/a", "/docs/a"), (attribute, "b.png", "b.png"), (attribute, "#c", "#c")]);
    let indices: Vec<_> = page.components[0].attributes.iter().map(|attribute| attribute.link).collect();
    assert_eq!(indices, [Some(0), Some(1), Some(2), None, None]);
}

#[test]
fn admonitions_nest_and_hold_markdown() {
    let note = |title: &str, body: &str| format!("{{Admonition kind=\"note\"{title}: {body}}}");
    check(&[
        (":::note\ntext\n:::", &note("", "<p>text</p>")),
        (
            "a\n:::note A *title*\n- b\n:::\nc",
            &format!("<p>a</p>\n{}<p>c</p>", note(" title=\"A *title*\"", "<ul>\n<li>b</li>\n</ul>")),
        ),
        (":::note[Title]{.x}\ntext\n:::", &note(" title=\"Title\"", "<p>text</p>")),
        ("::::note\n:::TIP\na\n:::\nb\n::::", &note("", "{Admonition kind=\"tip\": <p>a</p>}<p>b</p>")),
        (":::note\n:::tip\na\n:::\nb\n:::", &note("", "{Admonition kind=\"tip\": <p>a</p>}<p>b</p>")),
        ("> [!NOTE]\n> text", &note("", "<p>text</p>")),
        ("- a\n\n  :::note\n  b\n  :::", &format!("<ul>\n<li>\n<p>a</p>\n{}</li>\n</ul>", note("", "<p>b</p>"))),
        (":::note\n<A1>\nb\n</A1>\n:::", &note("", "{A1: <p>b</p>}")),
        ("```\n:::note\n```", "<pre><code>:::note\n</code></pre>"),
        ("- :::note\n  a\n\nb", "<ul>\n<li>{Admonition kind=\"note\": a}</li>\n</ul>\n<p>b</p>"),
    ]);
    assert_eq!(findings(":::note a\ntext"), ["unclosed-admonition: :::note a"]);
    assert_eq!(findings("text\n\n:::\n"), ["stray-closing-tag: :::"]);
}

#[test]
fn jsx_becomes_html() {
    check(&[
        (
            "<div className=\"a\" style={{backgroundColor: 'red', 'width': '100%', margin: 4, opacity: 0.5}}>x</div>",
            "<div class=\"a\" style=\"background-color: red; width: 100%; margin: 4px; opacity: 0.5\">x</div>",
        ),
        ("<label htmlFor=\"a\">b</label>", "<p><label for=\"a\">b</label></p>"),
        ("a <span /> b <br/> <i className='x'/>", "<p>a <span ></span> b <br/> <i class='x'></i></p>"),
        ("<col style={{'width': '100%'}} />", "<col style=\"width: 100%\" />"),
        (
            "<p title={frontMatter.course.code} hidden={true} id={null} data-x={5}>a</p>",
            "<p title=\"X1\" hidden  data-x=\"5\">a</p>",
        ),
        ("a {/* gone */}b\n\n{/* gone\n\ntoo */}\n\nc", "<p>a b</p>\n<p>c</p>"),
        ("import A from 'a';\nimport {B} from \"b\";\n\nexport const c = 1;\n\ntext", "<p>text</p>"),
        ("text\nimport A from 'a';", "<p>text\nimport A from 'a';</p>"),
        ("<p onClick={() => x()}>a</p>", "<p >a</p>"),
    ]);
    assert_eq!(findings("<p onClick={() => x()}>a</p>"), ["unreadable-expression: onClick={() => x()}"]);
}

#[test]
fn front_matter_is_filled_in() {
    check(&[
        ("{frontMatter.title} and {frontMatter.course.price}", "<p>A *title* and 5</p>"),
        ("# {frontMatter.title}", "<h1 id=\"a-title\">A *title*</h1>"),
        ("`{frontMatter.title}` {other} {#x}", "<p><code>{frontMatter.title}</code> {other} {#x}</p>"),
        ("<div>{frontMatter.list}</div>", "<div>a, b</div>"),
        ("[a](/{frontMatter.course.code})", "<p><a href=\"/X1\">a</a></p>"),
        ("{frontMatter.nope}", "<p>{frontMatter.nope}</p>"),
    ]);
    assert_eq!(findings("{frontMatter.nope}"), ["unreadable-expression: {frontMatter.nope}"]);
}

#[test]
fn headings_have_ids_and_texts() {
    let text = "# One *two*\n\n## A `b` & c\n\n## A `b` & c\n\n## X {#own .wide}\n\n## Not {this}\n\n<A1>\n\n### In\n\n</A1>\n\n<h3>raw</h3>\n\nSet\n---\n";
    let page = page(text);
    let headings: Vec<_> = page.headings.iter().map(|heading| (heading.level, &*heading.id, &*heading.text)).collect();
    assert_eq!(
        headings,
        [
            (1, "one-two", "One two"),
            (2, "a-b--c", "A b & c"),
            (2, "a-b--c-1", "A b & c"),
            (2, "own", "X"),
            (2, "not-this", "Not {this}"),
            (3, "in", "In"),
            (2, "set", "Set"),
        ]
    );
    assert_eq!(page.content_title.as_deref(), Some("One two"));
    assert_eq!(page.headings[1].span.of(text).trim(), "## A `b` & c");
    assert!(plain_html(&page).contains("<h2 id=\"own\" class=\"wide\">X</h2>"));
}

#[test]
fn a_title_is_only_the_first_thing() {
    for text in ["# T", "T\n=", "<!-- c -->\n\n# T", "import A from 'a'\n\n# T", "{/* c */}\n\n# T"] {
        assert_eq!(page(text).content_title.as_deref(), Some("T"), "{text}");
    }
    for text in ["text\n\n# T", "## T", "<A1/>\n\n# T", "#", "![](a)\n\n# T"] {
        assert_eq!(page(text).content_title, None, "{text}");
    }
}

#[test]
fn the_first_prose_is_text() {
    for text in [
        "The first *line*\nof `text`.\n\nMore.",
        "# Title\n\nimport\n<A1/>\n\n- list\n\nThe first line of text.",
        "<A1>\n\nThe [first](x) line of text.\n\n</A1>",
        "![alt](image)\n\n```\ncode\n```\n\n> The first line of text.",
        ":::note Title\nThe first line of text.\n:::",
        "<div>\n<p>The first line\n of text.</p>\n</div>",
    ] {
        let prose = page(&text.replace("import\n", "import A from 'a'\n\n")).first_prose;
        assert_eq!(prose, "The first line of text.", "{text}");
    }
    assert_eq!(page("## What all of us ought to know\n\nText.").first_prose, "What all of us ought to know — Text.");
    assert_eq!(page("- a\n\n| b |\n| - |").first_prose, "");
}

#[test]
fn links_say_where_their_targets_stand() {
    let text = "[a `](` b](</x y> \"t\") ![i *m*](p.png 'u') <https://a.b> <m@n.o> www.x.y\n\n[r][d] [d] ![d]\n\n[d]: ../z#q 'w'\n\n<a class=x href='h.md'>raw *t*</a> <img src=\"i.png\" alt='al' className=\"c\"/>\n\n<A1>\n    [deep](deep.md)\n</A1>";
    let page = page(text);
    let attributes = |link: &Link| {
        let mut out = String::new();
        link.push_attributes(&mut out);
        out
    };
    let attributes: Vec<String> = page.links.iter().map(attributes).collect();
    let links = page.links.iter().zip(&attributes);
    let links: Vec<_> =
        links.map(|(link, attributes)| (&*link.target, &*link.text, &**attributes, link.span.place.of(text))).collect();
    assert_eq!(
        links,
        [
            ("/x y", "a ]( b", " title=\"t\"", "/x y"),
            ("p.png", "i m", " title=\"u\"", "p.png"),
            ("https://a.b", "https://a.b", "", "https://a.b"),
            ("mailto:m@n.o", "m@n.o", "", "m@n.o"),
            ("http://www.x.y", "www.x.y", "", "www.x.y"),
            ("../z#q", "r", " title=\"w\"", "../z#q"),
            ("../z#q", "d", " title=\"w\"", "../z#q"),
            ("../z#q", "d", " title=\"w\"", "../z#q"),
            ("h.md", "raw t", " class=\"x\"", "h.md"),
            ("i.png", "al", " class=\"c\"", "i.png"),
            ("deep.md", "deep", "", "deep.md"),
        ]
    );
}

#[test]
fn a_target_is_told_apart_where_nothing_else_is_written() {
    let text = "[a](b\\(c&amp;d 't') [r][e] <m@n.o> https://x.y <a href=' h&lt;i '>j</a>\n\n<A1 to={\"/k\"} link=\"/l&amp;m\" href={`/n`}/>\n\n\
                <a href={frontMatter.course.code}>o</a> [p]({frontMatter.course.code}) <img src={\"q.png\"} alt=\"\"/> https://x.y/?a&amp;b ![s](t)\n\n[e]: <f g>";
    let page = page(text);
    let links: Vec<_> = page
        .links
        .iter()
        .map(|link| (link.span.whole.of(text), link.span.target().map(|span| span.of(text))))
        .collect();
    assert_eq!(
        links,
        [
            ("[a](b\\(c&amp;d 't')", Some("b\\(c&amp;d")),
            ("[r][e]", Some("f g")),
            ("<m@n.o>", Some("m@n.o")),
            ("https://x.y", Some("https://x.y")),
            ("<a href=' h&lt;i '>", Some(" h&lt;i ")),
            ("to={\"/k\"}", Some("/k")),
            ("link=\"/l&amp;m\"", Some("/l&amp;m")),
            ("href={`/n`}", Some("/n")),
            ("<a href={frontMatter.course.code}>", None),
            ("[p]({frontMatter.course.code})", None),
            ("<img src={\"q.png\"} alt=\"\"/>", None),
            ("https://x.y/?a&amp;b", None),
            ("![s](t)", Some("t")),
        ]
    );
}

#[test]
fn a_dialect_says_which_extensions_are_read() {
    let text =
        "import A from 'a'\n\n***\n\n:::note\n\n***\n\n<A1 b=\"c\"/> {/* d */}<p className=\"e\"/> f\n\n***\n\n:::";
    let html = |dialect| plain_html(&page_in(text, dialect));
    let written = "<p>import A from 'a'</p>\n<hr />\n<p>:::note</p>\n<hr />\n\
                   <p><A1 b=\"c\"/> {/* d */}<p className=\"e\"/> f</p>\n<hr />\n<p>:::</p>\n";
    assert_eq!(html(Dialect::COMMONMARK), written);
    let with = |extension| html(Dialect::COMMONMARK.with(extension));
    assert_eq!(with(Extension::Modules), written.replace("<p>import A from 'a'</p>\n", ""));
    assert_eq!(with(Extension::Expressions), written.replace("{/* d */}", ""));
    assert_eq!(
        with(Extension::Jsx),
        written.replace("className=\"e\"/>", "class=\"e\"></p>").replace("c\"/>", "c\"></A1>")
    );
    assert_eq!(with(Extension::Components), written.replace("<A1 b=\"c\"/>", ""));
    let noted = page_in(text, Dialect::COMMONMARK.with(Extension::Admonitions));
    assert_eq!((noted.components.len(), &*noted.components[0].name), (1, "Admonition"));
    assert_eq!(page_in(text, Dialect::OWN).components.len(), 2);
    assert_ne!(crate::page::digest(text, Dialect::OWN), crate::page::digest(text, Dialect::COMMONMARK));
}

#[test]
fn spans_stand_in_the_file_whatever_is_replaced() {
    let text = "\0 [a](b\0c) \0<A1 d=\"\0\" d=\"e\"/> [f](g)";
    let page = page(text);
    let links: Vec<_> = page.links.iter().map(|link| link.span.place.of(text)).collect();
    assert_eq!(links, ["b\0c", "g"]);
    assert_eq!(page.components[0].attributes[0].span.of(text), "d=\"e\"");
    assert_eq!(findings(text), ["duplicate-attribute: d=\"e\""]);
}

#[test]
fn addresses_in_other_tags_are_left_open() {
    let text = "<video src='a.mp4' controls>\n<source src=b.webm>\n</video>\n\n<link href=\"c.css\" rel=\"stylesheet\"></link>";
    let page = page(text);
    let links: Vec<_> = page.links.iter().map(|link| (link.kind, &*link.target, link.span.place.of(text))).collect();
    let resource = LinkKind::Resource;
    assert_eq!(links, [(resource, "a.mp4", "a.mp4"), (resource, "b.webm", "b.webm"), (resource, "c.css", "c.css")]);
    assert!(plain_html(&page).starts_with("<video src=\"a.mp4\" controls>\n<source src=\"b.webm\">"));
}

#[test]
fn definition_lists_and_tasks_are_read() {
    check(&[
        ("Term\n: Definition <A1/>", "<dl>\n<dt>Term</dt>\n<dd>Definition {~A1}</dd>\n</dl>"),
        (
            "- [x] done\n- [ ] open",
            "<ul>\n<li><label><input type=\"checkbox\" disabled=\"\" checked=\"\" /> done</label></li>\n<li><label><input type=\"checkbox\" disabled=\"\" /> open</label></li>\n</ul>",
        ),
    ]);
}

#[test]
fn a_list_item_that_is_empty_ends_with_a_blank_line() {
    check(&[
        ("-\n\n  a\n\n      <A1/>", "<ul>\n<li></li>\n</ul>\n<p>a</p>\n<pre><code>  &lt;A1/&gt;</code></pre>"),
        (
            "> 1.\n>\n>     <A1/>",
            "<blockquote>\n<ol>\n<li></li>\n</ol>\n<pre><code>&lt;A1/&gt;</code></pre>\n</blockquote>",
        ),
        ("-\n  <A1/>", "<ul>\n<li>\n{A1}\n</li>\n</ul>"),
    ]);
    assert!(show("[^1]:\n\n    <A1/>\n\na[^1]").contains("{A1}"), "a footnote goes on");
}

#[test]
fn line_endings_make_no_difference() {
    for text in [
        "<A1>\n    text\n</A1>\n\n:::note T\nx\n:::\n\n\n- a\n  <B1/>\n",
        "import A from 'a'\n\n# T\n\n> <A1\n>  b=\"c\"/>\n",
    ] {
        let shown = show(text);
        assert_eq!(show(&text.replace('\n', "\r\n")).replace('\r', ""), shown);
        assert_eq!(show(&text.replace('\n', "\r")).replace('\r', "\n"), shown, "carriage returns alone");
    }
}

#[test]
fn what_a_page_repeats_of_its_front_matter_has_a_limit() {
    let front = format!("---\nbig: {}\nlist: [{}]\n---\n", "x".repeat(50_000), "1, ".repeat(20_000));
    for use_it in ["{frontMatter.big}\n\n", "<Bio name={frontMatter.big} />\n\n", "<Bio name={frontMatter.list} />\n\n"]
    {
        let once = source(&format!("{front}{use_it}"));
        assert_eq!(crate::page::parse(&once, Dialect::OWN).findings, [], "{use_it}");
        let often = source(&format!("{front}{}", use_it.repeat(2_000)));
        let page = crate::page::parse(&often, Dialect::OWN);
        let told: Vec<Code> = page.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(told, [Code::OversizedPage], "{use_it}");
        assert!(plain_html(&page).len() < 4 << 20, "{use_it}");
        let values = page.components.iter().map(|component| component.attributes[0].value.to_string().len());
        assert!(values.sum::<usize>() < 4 << 20, "{use_it}");
    }
}

fn source(text: &str) -> Source {
    Source { path: SourcePath::content("page.md"), text: text.into() }
}

#[test]
fn what_looks_like_a_token_is_text() {
    for token in ["&lt;bok0-0/>", "&lt;&#98;ok0-0/>", "&lt;&#98;ok1-0/>"] {
        let page = page(&format!("## a {token} <Bio/>"));
        let number = if token.contains('1') { 1 } else { 0 };
        assert_eq!(page.headings[0].text, format!("a <bok{number}-0/>"), "{token}");
    }
}
