//! What is told, and above all what isn't: texts that look like a mistake and are right.

use crate::diagnostic::Code;
use crate::page::{self, Dialect};
use crate::source::{Source, SourcePath};

/// What is told of a text.
fn told(text: &str) -> Vec<(Code, String)> {
    let source = Source { path: SourcePath::content("a.md"), text: text.into() };
    let page = page::parse(&source, Dialect::OWN);
    page.findings.iter().map(|finding| (finding.code, finding.span.of(text).to_owned())).collect()
}

const HEADINGS: &[&str] = &[
    "#hashtag\n",
    "#Hashtag of a sentence, as here.\nAnd more.\n",
    "#1234 is mended\n",
    "#include <stdio.h>\n",
    "#OpenSource matters\n",
    "\\##No heading\n",
    "##channel on a server of talks\n",
    "Title\n-----\n",
    "A title of two\nlines, underlined as long\n-------------------------\n",
    "text\n\n---\n",
    "- item\n---\n",
    "A short one\n---\n",
    "## 🎉\n",
    "##1.5 litres\n",
];

const TABLES: &[&str] = &[
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "| only one row |\n",
    "text | more\ntext | again\n",
    "+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+\n",
    "Name | Cost\nand so | on it goes\nas text\n",
    "Yes | No | [Perhaps](a.md)\nNo | Yes | [Surely](b.md)\n",
];

const LISTS: &[&str] = &[
    "-5 degrees\n-6 degrees\n",
    "--option\n--other\n",
    "-o FILE  writes it\n-v  says more\n",
    "-Wall, -Wextra\n-Werror=x\n",
    "1.5 litres\n2.5 litres\n",
    "*one* thing\n*two* things\n",
    "1. a\n   - b\n2. c\n",
    "1. a\n\n   b\n\n2. c\n",
    "1. a\n\ntext\n\n1. b\n",
    "1. a\n2. b\n\n```\nc\n```\n\n1. d\n",
    " * a\n * b\n\n 1. c\n\n * d\n",
    "- a\n\n  1. b\n\n- c\n",
    "– What is it?\n– A rose, of course!\n",
    "1. a\n\n- b\n\n3. c\n",
    "- [x](a.md) b\n",
];

const MARKS: &[&str] = &[
    "f(**kwargs) and **kwargs\n",
    "2 ** 3 and 2**3\n",
    "src/**/*.rs and **/*.md\n",
    "a note*, another** and ***bold***\n",
    "**bold**, __bold__, *a*, ~~gone~~\n",
    "\\*\\*no bold\\*\\*\n",
    "| a | b |\n|---|---|\n| 0.1** | 0.2* |\n",
    "Price**\n\n**Without the tax of a country.\n",
    "Name: __ Date: __\n",
    "__init__ and __main__ files\n",
    "~5 and ~6, ~/files\n",
    "`so' and ``so''\n",
    "O`Neill\n",
    "``a ` b``\n",
    "`&amp;lt;` and &lt; &amp; &nbsp;\n",
    "&amp;copy this\n",
    "line\\\nbreak\n",
    "a \\\\\n",
    "the *name of it and _name of it\n",
    "*only in spring.\n",
    "a `snake_case` _x and __y\n",
    "~5 to ~~6\n",
    "**options **and more\n",
];

const CODE: &[&str] = &[
    "```\n## no heading\n",
    "```sh\nmake\n",
    "````\n```js\na\n```\n````\n",
    "```sh\n# A comment of a script\nmake\n```\n",
    "    ```\n    a\n",
    "> ```\n> a\n\ntext\n",
    "- ```\n  a\n  ```\n",
    "    cargo build --release\n",
    "    Copyright (c) 2020 Ada\n\n    Permission is hereby granted to any person.\n",
    "\'s nachts\n",
    "a\n\'\'\'\n",
];

const COMMENTS: &[&str] = &[
    "<!-- a -->\n\n<!--\nb\n\nc\n-->\n",
    "a <!-- b --> c {/* d */}\n",
    "<div>\n\n**a**\n\n</div>\n",
    "<pre>\n**a** [b](c.md)\n</pre>\n",
    "<a href=\"x](y\" title=\"**a**\">b</a>\n",
    "<p>2 ** 3 ** 4</p>\n",
    "a <-- b and c --> d\n",
    "<a.mdx> and <a b.md>\n",
];

const LABELS: &[&str] = &[
    "[a][b], [B] and [^1]\n\n[b]: c.md\n\n[^1]: D\n",
    "[x], [sic], [1], [ ] and a[0][1]\n",
    "[a-z][0-9]+ and [^abc]\n",
    "- [ ] todo\n- [x] done\n",
    "[//]: # (a comment)\n",
    "array[i][j] = x\n",
    "> [!NOTE]\n> a\n",
    "#![feature(x)]\n",
    "[Label]\n\n[lABEL]: c.md\n",
    "[a] [b]\n\n[a]: x.md\n[b]: y.md\n",
    "- [ ] [a](b.md)\n- [x] [b]\n\n[b]: c.md\n",
    "(see [a](b.md)) and (as [a](b.md)).\n",
    "(see\n[a](b.md))\n",
    "a) [a](b.md)\n",
    "x[^a]* and [^b]+\n",
    "- [win][x64] Mended.\n",
];

const OTHERS: &[&str] = &[
    "*a **b** c* **a *b* c** ***a** b* *a **b***\n",
    "**bold***\n",
    "* * *\n",
    "***\n",
    "`a` and ``b ` c``\n",
    "a `` b\n",
    "Text\n===\n",
    "Text ![pic](b.png)\nof two lines\n=========\n",
    "a <- b and x <!-y\n",
    "• one only\n",
    "- [link](a.md)\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n| c | d |\n|---|---|\n| 1 | 2 |\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\ntext | more\n",
    "Look! [Here](a.md) and ! [b](c.md)\n",
    "[a (b) c\n",
];

#[test]
fn what_is_right_is_left_alone() {
    for right in [HEADINGS, TABLES, LISTS, MARKS, CODE, COMMENTS, LABELS, OTHERS].into_iter().flatten() {
        assert_eq!(told(right), [], "{right}");
    }
}

/// What is wrong, and what is told of it at which place.
const MISTAKES: &[(&str, Code, &str)] = &[
    ("> ##Head\n", Code::UnreadHeading, "##Head"),
    ("- a\n\n  ##Head\n", Code::UnreadHeading, "##Head"),
    ("##标题\n", Code::UnreadHeading, "##标题"),
    ("a\nb\n---\n", Code::UnmeantHeading, "---"),
    ("# \n", Code::EmptyHeading, "#"),
    ("| a | b |\n| c | d |\n", Code::UnreadTable, "| a | b |"),
    ("-abc\n-def\n", Code::UnreadList, "-abc"),
    ("text:\n-abc\n-def\n", Code::UnreadList, "-abc"),
    ("1. a\n  - b\n", Code::UnreadList, "- b"),
    ("a **b c\n", Code::UnreadMark, "**"),
    ("- **Name:* b\n", Code::UnreadMark, "**Name:*"),
    ("Name:** b\n", Code::UnreadMark, "**"),
    ("** a b **\n", Code::UnreadMark, "** a b **"),
    ("use `make all\n", Code::UnreadMark, "`"),
    ("a &amp;nbsp; b\n", Code::DoubledEntity, "&amp;nbsp;"),
    ("a &amp;#8217; b\n", Code::DoubledEntity, "&amp;#8217;"),
    ("a\\\n", Code::StrayBackslash, "\\"),
    ("- ```\n  a\n```\n\nb\n", Code::UnclosedCode, "```"),
    ("a <!-- b\n", Code::UnclosedComment, "<!--"),
    ("a {/* b\n", Code::UnclosedComment, "{/*"),
    ("<div>\n**a**\n</div>\n", Code::UnreadMarkdown, "**a**"),
    ("a [bc][d] e\n", Code::UndefinedLabel, "[bc][d]"),
    ("a [bc][] d\n", Code::UndefinedLabel, "[bc][]"),
    ("![bc][d]\n", Code::UndefinedLabel, "![bc][d]"),
    ("a.[^1]\n", Code::UndefinedLabel, "[^1]"),
    ("a\n\n[^1]: b\n", Code::UnusedLabel, "[^1]:"),
    ("![A chart]\n", Code::UnreadLink, "![A chart]"),
    ("[ab](c.md))\n", Code::UnreadLink, ")"),
    ("[ab] [c]\n\n[c]: d.md\n", Code::UnreadLink, "[ab] [c]"),
    ("[ab]<https://c.org>\n", Code::UnreadLink, "[ab]<https://c.org>"),
    ("[ab][https://c.org]\n", Code::UnreadLink, "[ab][https://c.org]"),
    ("- [] a\n", Code::UnreadList, "[]"),
    ("• a\n• b\n", Code::UnreadList, "• a"),
    ("``\na\nb\n``\n", Code::UnclosedCode, "``"),
    ("<!- a -->\n", Code::UnclosedComment, "<!-"),
    ("**Ab cd\n\nef**\n", Code::UnreadMark, "**"),
    ("a ``b` c\n", Code::UnreadMark, "``b`"),
    ("***a** b\n", Code::UnreadMark, "***a**"),
    ("| a |\t\n|---|\n\n| a | b |\n|---\t|---|\n", Code::UnreadTable, "|---\t|---|"),
    ("a\nb\n===\n", Code::UnmeantHeading, "==="),
    ("it is __never so\n", Code::UnreadMark, "__"),
    ("it is _never so\n", Code::UnreadMark, "_"),
    ("it is *never so\n", Code::UnreadMark, "*"),
    ("请**每天浇水\n", Code::UnreadMark, "**"),
    ("the **roses **need it\n", Code::UnreadMark, "**roses **"),
    ("it is ~~old~ now\n", Code::UnreadMark, "~~old~"),
    ("> ##1. First\n", Code::UnreadHeading, "##1. First"),
    ("> Name | Cost\n> Ink | 5\n", Code::UnreadTable, "Name | Cost"),
    ("| a | b |\n|——|——|\n| 1 | 2 |\n", Code::UnreadTable, "|——|——|"),
    ("– ink\n– pens\n", Code::UnreadList, "– ink"),
    ("1)Buy\n2)Go\n", Code::UnreadList, "1)Buy"),
    ("- [x]Ink\n", Code::UnreadList, "[x]"),
    ("1. a\n- b\n2. c\n", Code::UnreadList, "- b"),
    ("‘‘‘\na\n‘‘‘\n", Code::UnclosedCode, "‘‘‘"),
    ("```\na\nb```\n", Code::UnclosedCode, "```"),
    ("<--! a -->\n", Code::UnclosedComment, "<--"),
    ("so[^a].\n", Code::UndefinedLabel, "[^a]"),
    ("so[^a].\n\n[^a] b\n", Code::UndefinedLabel, "[^a]"),
    ("[a][b]\n\n[b] : c.md\n", Code::UndefinedLabel, "[a][b]"),
    ("the [ab(c.md)\n", Code::UnreadLink, "[ab(c.md)"),
    ("[!ab](c.png)\n", Code::UnreadLink, "[!ab](c.png)"),
    ("! [ab](c.png)\n", Code::UnreadLink, "! [ab](c.png)"),
    ("see <a.md>\n", Code::UnreadLink, "<a.md>"),
    ("<https://a.org/b c>\n", Code::UnreadLink, "<https://a.org/b c>"),
];

#[test]
fn a_mistake_is_told_at_its_place() {
    let mut missed = Vec::new();
    for &(wrong, code, place) in MISTAKES {
        let found = told(wrong);
        if found != [(code, place.to_owned())] {
            missed.push((wrong, found));
        }
    }
    assert_eq!(missed, []);
}

#[test]
fn a_text_that_other_lines_stand_before_is_told_at_its_place_in_the_file() {
    let text = "---\ntitle: A\n---\n{/* b */} <Note>\n\n**c d\n\n</Note>\n\n##Head\n";
    let found = told(text);
    assert_eq!(found, [(Code::UnreadMark, "**".to_owned()), (Code::UnreadHeading, "##Head".to_owned())]);
}
