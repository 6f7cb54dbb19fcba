//! How templates say the theme's words: `{{ word(name="pages_in", title=entry.label) }}`. In our own the words stand
//! before they are ever rendered: each page says some twenty, and asking takes twenty times as long as saying.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, Value};

use crate::words::{self, Words};

/// How a template asks for a word.
const ASKING: &str = "word(name=\"";

/// What a template may tell of a word besides what fills its places.
const ABOUT: [&str; 5] = ["name", "default", "count", "before", "after"];

/// Has templates ask for words: by name; with what fills their places; of so many (`count`); or only what stands
/// `before` or `after` a place, where a template puts markup there. `link` makes a link of what stands in brackets.
pub(super) fn register(tera: &mut Tera, words: Arc<Words>) {
    tera.register_function("word", move |kwargs: Kwargs, _: &State<'_>| said(&words, &kwargs));
    tera.register_filter("link", |sentence: &str, kwargs: Kwargs, _: &State<'_>| {
        let href: &str = kwargs.must_get("href")?;
        let attributes = if kwargs.get("redirect")?.unwrap_or(false) { " data-redirect" } else { "" };
        Ok::<_, Error>(Value::safe_string(&words::with_link(sentence, href, attributes)))
    });
}

fn said(words: &Words, kwargs: &Kwargs) -> Result<String, Error> {
    let name: &str = kwargs.must_get("name")?;
    let word = match kwargs.get::<u64>("count")? {
        Some(count) => words.counted(name, count),
        None => words.find(name).map(str::to_owned),
    };
    let Some(mut word) = word.or(kwargs.get::<&str>("default")?.map(str::to_owned)) else {
        return Err(Error::message(format!("the theme has no word `{name}`")));
    };
    for side in [Side::Before, Side::After] {
        if let Some(place) = kwargs.get::<&str>(side.name())? {
            word = side.of(&word, place).to_owned();
        }
    }
    for (key, value) in kwargs.iter() {
        if let Some(place) = key.as_str().filter(|place| !ABOUT.contains(place)) {
            word = word.replace(&format!("{{{place}}}"), &value.to_string());
        }
    }
    Ok(word)
}

/// What of a sentence is said: all before a place in it, or all after.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }

    fn of<'a>(self, word: &'a str, place: &str) -> &'a str {
        let parts = word.split_once(format!("{{{place}}}").as_str()).unwrap_or((word, ""));
        match self {
            Self::Before => parts.0,
            Self::After => parts.1,
        }
    }
}

/// A template of ours with the words themselves where it asks for them, but where only rendering tells which: of
/// what is counted, and of names that are put together.
pub(super) fn spoken(template: &str, words: &Words) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(ASKING) {
        out.push_str(before);
        rest = after;
        match Asking::read(after).and_then(|asking| Some((asking.said(words)?, asking.length))) {
            Some((said, length)) => {
                out.push_str(&said);
                rest = &after[length..];
            }
            None => out.push_str(ASKING),
        }
    }
    out.push_str(rest);
    out
}

/// A call of `word` in a template.
struct Asking<'a> {
    name: &'a str,
    /// What else it tells, by key.
    rest: Vec<(&'a str, &'a str)>,
    /// Its length behind `ASKING`.
    length: usize,
}

impl<'a> Asking<'a> {
    /// Reads the call whose name begins here; nothing if its name isn't a text.
    fn read(text: &'a str) -> Option<Self> {
        let (name, after) = text.split_once('"')?;
        let mut told = Vec::new();
        let mut begin = 0;
        for (at, c) in outside(after) {
            if c == ',' || c == ')' {
                let argument = after[begin..at].trim();
                match argument.split_once('=') {
                    Some((key, value)) => told.push((key.trim(), value.trim())),
                    None if argument.is_empty() => {}
                    None => return None,
                }
                begin = at + 1;
            }
            if c == ')' {
                return Some(Self { name, rest: told, length: name.len() + 1 + at + 1 });
            }
        }
        None
    }

    /// What it comes to, as Tera writes it.
    fn said(&self, words: &Words) -> Option<String> {
        let word = words.find(self.name)?;
        for side in [Side::Before, Side::After] {
            if let [(key, place)] = self.rest.as_slice()
                && *key == side.name()
            {
                return quoted(side.of(word, place.trim_matches('"')));
            }
        }
        if self.rest.is_empty() {
            return quoted(word);
        }
        if self.rest.iter().any(|(key, _)| ABOUT.contains(key)) {
            return None;
        }
        let mut parts = Vec::new();
        let mut left = word;
        while let Some((before, value, after)) = self.first_place(left) {
            parts.extend((!before.is_empty()).then(|| quoted(before)));
            parts.push(Some(format!("({})", spoken(value, words))));
            left = after;
        }
        parts.extend((!left.is_empty() || parts.len() < 2).then(|| quoted(left)));
        let parts: Option<Vec<String>> = parts.into_iter().collect();
        Some(format!("({})", parts?.join(" ~ ")))
    }

    /// A text taken apart at the first place that is filled: what stands before it, what fills it, and the rest.
    fn first_place<'t>(&self, text: &'t str) -> Option<(&'t str, &'a str, &'t str)> {
        let found = self.rest.iter().filter_map(|(key, value)| {
            let (before, after) = text.split_once(format!("{{{key}}}").as_str())?;
            Some((before, *value, after))
        });
        found.min_by_key(|(before, ..)| before.len())
    }
}

/// The characters of an expression that stand in no quotes and no brackets, up to the bracket that closes it.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut depth, mut quote) = (0_usize, None);
    text.char_indices().filter(move |(_, c)| match quote {
        Some(open) => {
            if *c == open {
                quote = None;
            }
            false
        }
        None if matches!(c, '"' | '\'' | '`') => {
            quote = Some(*c);
            false
        }
        None => {
            let closes = matches!(c, ')' | ']' | '}');
            if closes {
                depth = depth.saturating_sub(usize::from(depth > 0));
            }
            let is_outside = depth == 0;
            if matches!(c, '(' | '[' | '{') {
                depth += 1;
            }
            is_outside
        }
    })
}

/// A text as Tera writes it, if it can: it knows no escapes in quotes.
fn quoted(text: &str) -> Option<String> {
    let quote = ['"', '\'', '`'].into_iter().find(|quote| !text.contains([*quote, '\\']))?;
    Some(format!("{quote}{text}{quote}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(template: &str) -> String {
        let mut tera = Tera::default();
        register(&mut tera, Arc::new(Words::of("en")));
        tera.add_raw_template("a.html", template).unwrap();
        let mut values = tera::Context::new();
        values.insert("x", "<A>");
        values.insert("n", &1);
        tera.render("a.html", &values).unwrap()
    }

    #[test]
    fn our_templates_say_the_words_themselves() {
        let words = Words::of("en");
        let said = |template| spoken(template, &words);
        assert_eq!(
            said("<p>{{ word(name=\"search\") | upper }}{{ word(name=x) }}"),
            "<p>{{ \"Search\" | upper }}{{ word(name=x) }}"
        );
        assert_eq!(said("{{ word(name=\"pages_in\", title=f(a=\")\")) }}"), "{{ (\"Pages in \" ~ (f(a=\")\"))) }}");
        for template in [
            "{{ word(name=\"search",
            "{{ word(name=\"a_\" ~ b, default=\"c\") }}",
            "{{ word(name=\"pages\", count=n) }}",
            "{{ word(name=\"nothing of the kind\") }}",
        ] {
            assert_eq!(said(template), template);
        }
    }

    #[test]
    fn what_is_said_before_rendering_is_what_is_asked_for() {
        let words = Words::of("en");
        for (template, expected) in [
            ("{{ word(name=\"pages_in\", title=x) }}", "Pages in &lt;A&gt;"),
            ("{{ word(name=\"all_on_one_page\", title=x ~ 1) }}", "All of “&lt;A&gt;1” on one page"),
            (
                "{{ word(name=\"updated\", before=\"date\") }}<b>{{ word(name=\"updated\", after=\"date\") }}",
                "Updated <b>",
            ),
            ("{{ word(name=\"pages\", count=n) }}", "1 page"),
            ("{{ word(name=\"pages\", count=n + 1) }}", "2 pages"),
            (
                "{{ word(name=\"moved_here\") | link(href=x, redirect=true) }}",
                "This page has moved: <a href=\"&lt;A&gt;\" data-redirect>go to its new address</a>.",
            ),
            ("{{ word(name=\"none\", default=\"{x} of its own\", x=x) }}", "&lt;A&gt; of its own"),
        ] {
            assert_eq!(rendered(template), expected, "{template}");
            assert_eq!(rendered(&spoken(template, &words)), expected, "{template}");
        }
    }
}
