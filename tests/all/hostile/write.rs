//! Hostile projects, glued together from bits.

use super::Project;
use super::bits;
use super::dice::Dice;

/// What is deeper than this is a word.
const DEEPEST: usize = 7;

/// A hostile project.
pub fn project(dice: &mut Dice<'_>) -> Project {
    let configuration = dice.pick(bits::CONFIGURATIONS);
    let mut files = vec![("book.toml".to_owned(), configuration.to_owned())];
    let pages = 1 + dice.below(4);
    for _ in 0..pages {
        let path = if dice.once_in(3) { dice.pick(bits::FILES) } else { bits::FILES[dice.below(5)] };
        if files.iter().all(|(taken, _)| taken != path) {
            files.push((path.to_owned(), page(dice)));
        }
    }
    if dice.once_in(4) {
        let mut text = String::new();
        for key in ["label", "position", "description", "collapsed"] {
            line(dice, key, &mut text);
        }
        text.push_str(dice.pick(&[
            "",
            "link: {type: generated-index}\n",
            "link: {type: generated-index, title: x, slug: /s}\n",
        ]));
        files.push(("content/docs/_category_.yml".to_owned(), text));
    }
    if dice.once_in(5) {
        let (name, words) = (json(dice, 0), json(dice, 0));
        files.push(("content/tags.yml".to_owned(), format!("{name}:\n  label: {name}\n  description: {words}\n")));
    }
    Project { files }
}

fn page(dice: &mut Dice<'_>) -> String {
    let mut out = String::new();
    if dice.below(3) > 0 {
        front_matter(dice, &mut out);
    }
    for _ in 0..1 + dice.below(6) {
        expand(dice, "¤b\n\n", 0, &mut out);
    }
    out
}

fn front_matter(dice: &mut Dice<'_>, out: &mut String) {
    out.push_str("---\n");
    let mut taken = Vec::new();
    for _ in 0..dice.below(7) {
        let key = dice.pick(bits::KEYS);
        if !taken.contains(&key) {
            taken.push(key);
            line(dice, key, out);
        }
    }
    out.push_str("---\n\n");
}

/// A key of front matter, mostly so that it can be read.
fn line(dice: &mut Dice<'_>, key: &str, out: &mut String) {
    let value = match (key, dice.below(8)) {
        ("template", _) => dice.pick(&["home.html", "page.html", "tags.html", "../x", "print.html"]).to_owned(),
        ("course", _) => format!(
            "{{link: {}, code: {}, length: {}, cost: {}}}",
            json(dice, 0),
            json(dice, 0),
            json(dice, 0),
            json(dice, 0)
        ),
        ("checklist", _) => {
            format!("[{}, {{title: {}, description: {}}}]", json(dice, 0), json(dice, 0), json(dice, 0))
        }
        ("date" | "last_update", 0..4) => "2026-01-02".to_owned(),
        ("unlisted" | "hide_title" | "position", 0..7) => "true".to_owned(),
        ("tags" | "aliases" | "keywords" | "authors", 0..7) => format!("[{}, {}, red]", json(dice, 0), json(dice, 0)),
        (_, 7) => expanded(dice, "¤t", 2).replace('\n', " "),
        _ => json(dice, 0),
    };
    out.push_str(&format!("{key}: {value}\n"));
}

/// Something as a JSON string, which is one in YAML and in JSX too.
fn json(dice: &mut Dice<'_>, depth: usize) -> String {
    let text = expanded(dice, dice_value(depth), depth + 3);
    serde_json::to_string(&text).expect("text can be written as JSON")
}

fn dice_value(depth: usize) -> &'static str {
    if depth > DEEPEST { "word" } else { "¤v" }
}

fn expanded(dice: &mut Dice<'_>, pattern: &str, depth: usize) -> String {
    let mut out = String::new();
    expand(dice, pattern, depth, &mut out);
    out
}

/// Writes a pattern out; see `bits` for what stands for what.
fn expand(dice: &mut Dice<'_>, pattern: &str, depth: usize, out: &mut String) {
    let mut parts = pattern.split('¤');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let mut rest = part.chars();
        let kind = rest.next();
        hole(dice, kind.unwrap_or('t'), depth, out);
        out.push_str(rest.as_str());
    }
}

fn hole(dice: &mut Dice<'_>, kind: char, depth: usize, out: &mut String) {
    let deeper = depth + 1;
    let bits = match kind {
        'n' => return out.push_str(&number(dice)),
        'k' => return out.push_str(dice.pick(bits::KEYS)),
        'a' => return out.push_str(&address(dice)),
        // The spelling of our own that pages once could write more often than others.
        'm' if dice.once_in(3) => &bits::MARKS[..6],
        'm' => bits::MARKS,
        _ if depth > DEEPEST => return out.push_str("word"),
        'c' => return component(dice, deeper, out),
        'j' => return out.push_str(&json(dice, deeper)),
        'e' => {
            let text = expanded(dice, "¤t", deeper + 2);
            return text.chars().for_each(|c| reference(c, out));
        }
        'b' => return blocks(dice, deeper, out),
        'h' => bits::HTML,
        'i' => bits::INLINES,
        'v' => bits::VALUES,
        _ => bits::TEXTS,
    };
    let bit = dice.pick(bits);
    expand(dice, bit, deeper, out);
}

fn blocks(dice: &mut Dice<'_>, depth: usize, out: &mut String) {
    for at in 0..1 + dice.below(2) {
        if at > 0 {
            out.push_str("\n\n");
        }
        let bit = dice.pick(bits::BLOCKS);
        expand(dice, bit, depth, out);
    }
}

fn number(dice: &mut Dice<'_>) -> String {
    match dice.below(16) {
        14 => "18446744073709551616".to_owned(),
        15 => dice.pick(&["-1", "+0", "00", "", "0x0", "1e1", "4294967295"]).to_owned(),
        small => (small / 2).to_string(),
    }
}

/// A character that means something, as a reference.
fn reference(c: char, out: &mut String) {
    if c.is_ascii_alphanumeric() { out.push(c) } else { out.push_str(&format!("&#{};", u32::from(c))) }
}

/// A component with hostile attributes, well closed or not.
fn component(dice: &mut Dice<'_>, depth: usize, out: &mut String) {
    let (name, attributes) = dice.pick(bits::COMPONENTS);
    out.push('<');
    out.push_str(name);
    for _ in 0..dice.below(5) {
        let attributes = if dice.once_in(6) { bits::ATTRIBUTES } else { attributes };
        let name = dice.pick(attributes);
        attribute(dice, name, depth, out);
    }
    let body = match dice.below(8) {
        0 => return out.push_str(" />"),
        1 => return out.push('>'),
        2 => return out.push_str(&format!("></{}>", dice.pick(bits::COMPONENTS).0)),
        3 => expanded(dice, ">¤i", depth),
        4 => expanded(dice, ">\n¤b\n", depth),
        _ => expanded(dice, ">\n\n¤b\n\n", depth),
    };
    out.push_str(&body);
    out.push_str(&format!("</{name}>"));
}

fn attribute(dice: &mut Dice<'_>, name: &str, depth: usize, out: &mut String) {
    let pattern = match dice.below(12) {
        0..5 => "=\"¤v\"",
        5 => "='¤v'",
        6..9 => "={¤j}",
        9 => "",
        10 => dice.pick(&["={[¤j, ¤j]}", "={{a: ¤j, value: ¤j}}", "={¤n}", "={`¤v`}", "={[{label: ¤j, value: ¤j}]}"]),
        _ => dice.pick(&["=¤v", " {...¤v}", "={¤v}", "=\"¤e\""]),
    };
    out.push(' ');
    out.push_str(name);
    expand(dice, pattern, depth, out);
}

/// An address that runs something, in some spelling, or another.
fn address(dice: &mut Dice<'_>) -> String {
    const ODD: &[&str] = &[
        "a.md",
        "pic.png",
        "",
        "#x",
        "?q=¤",
        "//evil.example/x",
        "\\\\evil.example",
        "https:javascript:bokwormPwned()",
        "x.mp4",
        "feed:javascript:bokwormPwned()",
        "view-source:javascript:bokwormPwned()",
        "about:blank",
        "blob:https://x.example/1",
        "file:///etc/passwd",
        "mailto:a@x.example?subject=\"onclick=bokwormPwned()",
        "http://x.example/\" onclick=\"bokwormPwned()",
        "./javascript:bokwormPwned()",
        "javascript",
        "x:javascript:bokwormPwned()",
        "https://x.example/a.mp3?\"><script>bokwormPwned()</script>",
        "HTTPS://X.example",
        "/docs/b",
        "../a",
        "livescript:bokwormPwned()",
    ];
    if dice.once_in(3) {
        return dice.pick(ODD).to_owned();
    }
    let (scheme, rest) = dice.pick(&[
        ("javascript", "bokwormPwned()"),
        ("javascript", "//%0abokwormPwned()"),
        ("javascript", "//x.example/%0Dtop.bokwormPwned()//.mp4"),
        ("javascript", "bokwormPwned&lpar;&rpar;"),
        ("javascript", "bokwormPwned()#.png"),
        ("vbscript", "bokwormPwned()"),
        ("data", "text/html,<script>opener.bokwormPwned()</script>"),
        ("data", "text/html;base64,PHNjcmlwdD5vcGVuZXIuYm9rd29ybVB3bmVkKCk8L3NjcmlwdD4="),
        ("data", "image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='bokwormPwned()'/>"),
        ("data", "text/javascript,bokwormPwned()"),
    ]);
    let mut out = dice
        .pick(&["", "", "", " ", "\t", "\u{1}", "&#1;", "&#x20;", "\u{a0}", "&Tab;", "\u{feff}", "\0", "url("])
        .to_owned();
    let hidden = dice.pick(&[
        "",
        "",
        "",
        "\t",
        "&Tab;",
        "&NewLine;",
        "&#10;",
        "&#x0D;",
        "\u{1}",
        "\0",
        "\u{ad}",
        "&#0;",
        "%09",
        "\\",
    ]);
    let at = dice.below(scheme.len());
    let shouted = dice.below(1 << scheme.len());
    for (place, c) in scheme.char_indices() {
        if place == at {
            out.push_str(hidden);
        }
        let shouts = shouted & (1 << place) != 0 && dice.once_in(2);
        out.push(if shouts { c.to_ascii_uppercase() } else { c });
    }
    out.push_str(dice.pick(&[
        ":",
        ":",
        ":",
        ":",
        "&colon;",
        "&#58;",
        "&#x3a;",
        "&#x3A",
        "%3A",
        "\\:",
        "&#0000058",
        "\t:",
        "：",
        "&Tab;:",
    ]));
    out + rest
}
