//! Formulas, from TeX to MathML. What an author writes never becomes markup, and nothing of it styles itself: a site's policy
//! refuses that. It knows nothing of pages.

use pulldown_latex::config::DisplayMode;
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, ParserError, RenderConfig, Storage, push_mathml};

use crate::html::{push_attribute, push_text};

mod mended;

/// A formula of more parts is not read.
const MOST_PARTS: usize = 20_000;

/// Commands that define others: what is defined by itself would never end.
const DEFINING: [&str; 8] =
    ["def", "edef", "futurelet", "gdef", "let", "newcommand", "renewcommand", "DeclareMathOperator"];

/// Commands that the library takes, and leaves out what they say.
const LEFT_OUT: [&str; 1] = ["sideset"];

/// What is wrong with a formula, and what of it.
#[derive(Debug, PartialEq)]
pub(crate) struct FormulaFault {
    /// As a clause: "a brace is never closed".
    pub(crate) what: String,
    /// What is written there that is meant, where that can be told.
    pub(crate) written: Option<String>,
}

/// A formula as MathML, in a line of text or on a line of its own.
pub(crate) fn to_mathml(tex: &str, alone: bool) -> Result<String, FormulaFault> {
    let math = math(tex, alone)?;
    let inner = math.find('>').map_or("", |start| &math[start + 1..]).trim_end_matches("</math>");
    let mut out = String::with_capacity(inner.len() + 2 * tex.len() + 160);
    out.push_str(if alone {
        "<span class=\"formula\" tabindex=\"0\"><math display=\"block\" alttext=\""
    } else {
        "<math alttext=\""
    });
    push_attribute(&mut out, tex);
    out.push_str("\"><semantics><mrow>");
    out.push_str(inner);
    out.push_str("</mrow><annotation encoding=\"application/x-tex\">");
    push_text(&mut out, tex);
    out.push_str("</annotation></semantics></math>");
    out.push_str(if alone { "</span>" } else { "" });
    Ok(out)
}

fn math(tex: &str, alone: bool) -> Result<String, FormulaFault> {
    if let Some(name) = commands(tex).find(|name| DEFINING.contains(name)) {
        let what = "commands cannot be defined in a formula".to_owned();
        return Err(FormulaFault { what, written: Some(format!("\\{name}")) });
    }
    if let Some(name) = commands(tex).find(|name| LEFT_OUT.contains(name)) {
        return Err(no_such_command(Some(name)));
    }
    let tex = mended::tex(tex);
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(&tex, &storage) {
        let event = event.map_err(|error| fault(&tex, &error))?;
        // The library writes it as it is.
        if let Event::Content(Content::Function(name)) = &event
            && name.contains(['<', '>', '&', '"', '\\', '{'])
        {
            return Err(FormulaFault {
                what: "a name of a function holds a sign".to_owned(),
                written: Some((*name).to_owned()),
            });
        }
        if events.len() >= MOST_PARTS {
            return Err(FormulaFault { what: format!("it has more than {MOST_PARTS} parts"), written: None });
        }
        events.push(Ok::<_, std::io::Error>(event));
    }
    let display_mode = if alone { DisplayMode::Block } else { DisplayMode::Inline };
    let mut out = String::new();
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let unread = |error: std::io::Error| FormulaFault { what: error.to_string(), written: None };
    push_mathml(&mut out, events.into_iter(), config).map_err(unread)?;
    Ok(mended::math(&without_styles(&escaped(&out))))
}

/// Signs that stand for themselves, escaped, which the library leaves as they are.
fn escaped(math: &str) -> String {
    math.replace("><</", ">&lt;</").replace(">></", ">&gt;</").replace(">&</", ">&amp;</").replace("&nbsp;", "\u{a0}")
}

/// MathML without attributes that style it: colours that an author chose hold in one scheme only.
fn without_styles(math: &str) -> String {
    let mut out = String::with_capacity(math.len());
    let mut rest = math;
    while let Some((before, after)) = rest.split_once(" style=\"") {
        out.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

/// The names of a formula's commands.
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    tex.split('\\').skip(1).map(|rest| &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()])
}

fn no_such_command(name: Option<&str>) -> FormulaFault {
    let what = "there is no such command in formulas here".to_owned();
    FormulaFault { what, written: name.map(|name| format!("\\{name}")) }
}

/// What the library says, in words for those who write.
fn fault(tex: &str, error: &ParserError) -> FormulaFault {
    let told = error.to_string();
    let told = told.lines().next().unwrap_or_default().trim_start_matches("parsing error: ");
    if told.starts_with("unknown primitive") {
        return no_such_command(commands(tex).find(|name| !name.is_empty() && is_unknown(name)));
    }
    let environment =
        || tex.split("\\begin{").skip(1).find_map(|rest| Some(format!("\\begin{{{}}}", rest.split_once('}')?.0)));
    let (what, written) = match told {
        told if told.starts_with("unbalanced group found, expected it to be closed with `") => {
            let end = told.trim_end_matches('`').rsplit('`').next().unwrap_or_default();
            (format!("`{end}` is missing"), None)
        }
        told if told.starts_with("unbalanced group") => ("something is closed that was never opened".to_owned(), None),
        told if told.starts_with("unkown mathematical environment") => {
            ("there is no such block in formulas here".to_owned(), environment())
        }
        told if told.starts_with("trying to add a subscript") => {
            ("it has two indices side by side: write braces".to_owned(), None)
        }
        told if told.starts_with("trying to add a superscript") => {
            ("it has two powers side by side: write braces".to_owned(), None)
        }
        told if told.starts_with("alignment not allowed") => {
            ("`&` stands outside of a table: write `\\&`".to_owned(), None)
        }
        told if told.starts_with("new line command") => {
            ("`\\\\` stands outside of `\\begin{aligned}` or a table".to_owned(), None)
        }
        told if told.starts_with("unexpected math") => ("`$` stands inside of it: write `\\$`".to_owned(), None),
        told if told.starts_with("unexpected hash") => ("`#` stands inside of it: write `\\#`".to_owned(), None),
        told if told.starts_with("unkown color") => ("it names a colour that is not known".to_owned(), None),
        told if told.starts_with("expected a") => ("something is missing behind a command".to_owned(), None),
        told => (told.to_owned(), None),
    };
    FormulaFault { what, written }
}

fn is_unknown(name: &str) -> bool {
    let (tex, storage) = (format!("\\{name}"), Storage::new());
    let first = Parser::new(&tex, &storage).find_map(Result::err);
    first.is_some_and(|error| error.to_string().contains("unknown primitive"))
}

#[cfg(test)]
mod tests;
