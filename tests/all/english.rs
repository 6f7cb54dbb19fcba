//! No English is left in the theme: what templates, scripts and `src/render` say to readers stands in the tables of
//! words. Finds text as somebody would add it, and is tried with texts that somebody might add.

use std::path::{Path, PathBuf};

use scraper::{Html, Node};

/// Attributes that somebody hears or sees.
const SAID: [&str; 9] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "label",
    "placeholder",
    "summary",
    "title",
    "value",
];

/// Names of keys, as scripts get them from a browser.
const KEYS: [&str; 4] = ["ArrowDown", "ArrowUp", "Enter", "Escape"];

/// What looks like words in a script or in the program and isn't said to anybody, with what it is.
const NOT_SAID: &[&str] = &[
    // The name of a file.
    "llms.txt",
    // Classes, with the space between two of them.
    "button ",
    "home",
    "button first",
    "button ${words.className}",
    "rows about",
    "${className} filled",
    // What rules for hosts are made of: Apache's, and the keys of S3's.
    "RedirectMatch",
    "RoutingRules",
    "Condition",
    "KeyPrefixEquals",
    "HttpErrorCodeReturnedEquals",
    "Redirect",
    "HttpRedirectCode",
    "Protocol",
    "HostName",
    "ReplaceKeyWith",
    "Header always set {name}  {}  ",
    "Header set {kind}  {rules}   expr=%{{REQUEST_URI}} == '{path}'  ",
    "Content-Type",
    "Speculation-Rules",
    "Content-Security-Policy  content= {policy} > ",
    // Elements that are looked for.
    "button, select, input, summary",
    "a, button, label, summary",
    // What stands before an apostrophe in French and Italian.
    "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu un all dall dell nell sull coll dagl degl negl quell quest sant bell senz tutt",
    // What a link says of itself.
    "noopener noreferrer nofollow",
    // What components may be told, as authors write it.
    "cards, rows, list, table, inline, count, sum, average",
    "count, pages, mark",
    "count, sum, average",
    // Columns of a file for spreadsheets, and a format's name.
    "rating name",
    "not applicable",
    "Markdown",
    // Keys by which a script knows answers.
    "id ${id}",
    "at ${address} ${item.title}",
    "of ${item.page} ${item.title}",
    "at ${address} ${title}",
    "of ${page} ${title}",
    // An attribute that an expression begins.
    "checked",
    // What schema.org and HTTP call things.
    "Article",
    "BreadcrumbList",
    "Cache-Control",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "ListItem",
    "MathML",
    "Organization",
    "Permissions-Policy",
    "Person",
    "Referrer-Policy",
    "WebSite",
    "User-agent: * Allow: / ",
    "Sitemap: {base}{}",
    // A path in Rust.
    "Option::is_none",
    "Vec::is_empty",
];

/// What a template says in English: texts, attributes, and literals of its expressions.
fn said_by_template(template: &str) -> Vec<String> {
    let (markup, literals) = without_expressions(template);
    let mut found: Vec<String> = literals.into_iter().filter(|literal| is_said(literal)).collect();
    let page = Html::parse_document(&markup);
    for node in page.tree.nodes() {
        match node.value() {
            Node::Text(text) => {
                let parent =
                    node.parent().and_then(|parent| parent.value().as_element().map(scraper::node::Element::name));
                let text = text.trim();
                match parent {
                    Some("script" | "style") => {}
                    Some("noscript") => found.extend(said_by_template(text)),
                    _ if text.contains("name=\"") || NOT_SAID.contains(&text) => {}
                    _ if has_word(text) => found.push(text.to_owned()),
                    _ => {}
                }
            }
            Node::Element(element) => {
                let describes = element.attr("name") == Some("description");
                for (name, value) in element.attrs() {
                    let is_data = name.starts_with("data-") && name != "data-field";
                    let is_said = SAID.contains(&name) || is_data || (name == "content" && describes);
                    if is_said && has_word(value) {
                        found.push(format!("{name}={value}"));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// A template without comments and expressions, and the literals of these. A name in brackets says nothing.
fn without_expressions(template: &str) -> (String, Vec<String>) {
    let (mut markup, mut literals) = (String::new(), Vec::new());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let end = match rest[at..].chars().nth(1) {
            Some('#') => "#}",
            Some('%') => "%}",
            Some('{') => "}}",
            _ => {
                markup.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
                continue;
            }
        };
        markup.push_str(&rest[..at]);
        let length = rest[at..].find(end).map_or(rest.len() - at, |length| length + 2);
        let inside = &rest[at..at + length];
        if end != "#}" {
            literals.extend(texts_of(inside, &['"', '\'', '`'], false));
        }
        rest = &rest[at + length..];
    }
    markup.push_str(rest);
    (markup, literals)
}

/// What a script says in English.
fn said_by_script(script: &str) -> Vec<String> {
    texts_of(script, &['"', '\'', '`'], true).into_iter().filter(|text| is_said(text)).collect()
}

/// What the program says in English to readers of a site.
fn said_by_program(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    // What authors are told, they are told in English.
    let told = ["Diagnostic", "message", "with_help", "let help", "finding"];
    let lines = lines.filter(|line| !told.iter().any(|word| line.contains(word)));
    let lines: Vec<&str> = lines.map(|line| line.split(" // ").next().unwrap_or_default()).collect();
    texts_of(&lines.join("\n"), &['"'], false).into_iter().filter(|text| is_title(text)).collect()
}

/// The texts in quotes; in a script comments and regular expressions are told from them.
fn texts_of(code: &str, quotes: &[char], is_script: bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut before = ' ';
    let mut chars = code.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if is_script && c == '/' && (next == Some('/') || next == Some('*')) {
            let end = if next == Some('/') { "\n" } else { "*/" };
            let stop = code[at..].find(end).map_or(code.len(), |length| at + length + end.len() - 1);
            while chars.next_if(|(at, _)| *at <= stop).is_some() {}
        } else if is_script && c == '/' && "(,=:[!&|?{};>".contains(before) {
            // A regular expression ends at a bar that is in no brackets.
            let mut in_class = false;
            while let Some((_, c)) = chars.next() {
                match c {
                    '\\' => _ = chars.next(),
                    '[' => in_class = true,
                    ']' => in_class = false,
                    '/' if !in_class => break,
                    _ => {}
                }
            }
        } else if quotes.contains(&c) {
            let mut text = String::new();
            while let Some((_, inner)) = chars.next() {
                match inner {
                    '\\' => {
                        let is_code = chars.next().is_some_and(|(_, escaped)| escaped == 'u');
                        (0..4).take_while(|_| is_code).for_each(|_| _ = chars.next_if(|(_, c)| c.is_ascii_hexdigit()));
                        text.push(' ');
                    }
                    _ if inner == c => break,
                    _ => text.push(inner),
                }
            }
            found.push(text);
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    found
}

/// Two letters, one after the other.
fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1)
}

/// Whether a literal of code reads like something that is said, and not like a name.
fn is_said(text: &str) -> bool {
    if NOT_SAID.contains(&text) || KEYS.contains(&text) {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&str| {
        word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ',' | '.' | ':' | '!' | '?'))
    };
    let is_code = text.contains(['=', '>', '[', '#', '(', '|', '/', ';', '-']) || text.starts_with(['.', ':']);
    let is_sentence = words.windows(2).any(|pair| pair.iter().all(is_word)) && !is_code;
    let is_begun = words.len() > 1 && words.iter().any(is_word) && !is_code;
    let is_joined = words.iter().any(is_word) && text.trim() != text && !is_code;
    is_title(text) || is_sentence || is_begun || is_joined
}

/// Whether a text begins as a title does: with a capital letter and small ones.
fn is_title(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    first && letters.next().is_some_and(char::is_lowercase) && !KEYS.contains(&text) && !NOT_SAID.contains(&text)
}

fn files(folder: &str, extension: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let files = walk.filter(|path| path.extension().is_some_and(|found| found == extension));
    files.map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

fn assert_says_nothing(files: &[(PathBuf, String)], said: fn(&str) -> Vec<String>) {
    let found: Vec<String> = files
        .iter()
        .flat_map(|(path, text)| said(text).into_iter().map(move |said| format!("{}: {said:?}", path.display())))
        .collect();
    assert!(found.is_empty(), "these belong into `templates/words/`:\n{}", found.join("\n"));
}

#[test]
fn templates_say_nothing_by_themselves() {
    let templates = files("templates", "html");
    assert!(templates.len() > 25);
    assert_says_nothing(&templates, said_by_template);
}

#[test]
fn scripts_say_nothing_by_themselves() {
    let scripts = files("templates", "js");
    assert!(scripts.len() > 10);
    assert_says_nothing(&scripts, said_by_script);
}

#[test]
fn the_program_says_nothing_to_readers_by_itself() {
    let mut code = files("src/render", "rs");
    code.extend(files("src/search", "rs"));
    assert!(code.len() > 50);
    assert_says_nothing(&code, said_by_program);
}

#[test]
fn what_somebody_adds_is_found() {
    for (template, found) in [
        ("<p>Hello there</p>", "Hello there"),
        ("<p>{{ x }} pages</p>", "pages"),
        ("<button aria-label=\"Menu\">", "aria-label=Menu"),
        ("<a title=\"{{ n }} more\">", "title= more"),
        ("<img alt='A picture'>", "alt=A picture"),
        ("<input placeholder=\"search\">", "placeholder=search"),
        ("<div data-copied=\"Copied\">", "data-copied=Copied"),
        ("<meta name=\"description\" content=\"All pages\">", "content=All pages"),
        ("{{ title or \"Details\" }}", "Details"),
        ("{% set x = \"and so on\" %}", "and so on"),
    ] {
        assert_eq!(said_by_template(template), [found], "{template}");
    }
    for template in [
        "<p class=\"lead\">{{ word(name=\"no_tags\") }} 404 · {# Hello there #}</p>",
        "<script src=\"x\">let some = words;</script><meta property=\"og:type\" content=\"article\">",
        "{{ <theme.pages pages={entries} class=\"rows wide\" /> }}".replace(" wide", "").as_str(),
    ] {
        assert!(said_by_template(template).is_empty(), "{template}: {:?}", said_by_template(template));
    }
    for script in [
        "tell(\"Nothing found\")",
        "x = \" choose, \"",
        "make({ textContent: 'Copy' })",
        "`the best ${n}`",
        "\"none yet\"",
    ] {
        assert_eq!(said_by_script(script).len(), 1, "{script}");
    }
    for script in [
        "// Hello there, \"you\"\nsay(\"search\")",
        "/[\"]Hello there/.test(x)",
        "key === \"Escape\"",
        "all(\".toc a\")",
        "{ type: \"button\" }",
    ] {
        assert!(said_by_script(script).is_empty(), "{script}: {:?}", said_by_script(script));
    }
    assert_eq!(
        said_by_program("put(\"Other pages\"); // \"No\"\nx(\"name\")\n#[cfg(test)]\n\"Test\""),
        ["Other pages"]
    );
}
