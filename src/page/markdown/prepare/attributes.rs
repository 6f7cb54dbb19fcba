//! A component's tag as an opening: its name and its attributes with their values
//! and places, and what is wrong with them.

use std::ops::Range;

use serde_json::Value;

use super::literal;
use super::scan::Scan;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::html::tag::{self, Value as Written};
use crate::page::facts::{Attribute, LinkSpan};
use crate::page::markdown::component_marks::{AttributeAddress, Opening};
use crate::page::markdown::escape;
use crate::page::markdown::tag::ReadTag;
use crate::source::Span;

/// What an opening tag says.
pub(super) fn read(scan: &mut Scan<'_>, read: &ReadTag<'_>) -> Opening {
    let mut opening = Opening {
        name: read.str(&read.tag.name).to_owned(),
        attributes: Vec::with_capacity(read.tag.attributes.len()),
        addresses: Vec::new(),
    };
    for raw in &read.tag.attributes {
        let span = Span::from(read.source_range(&raw.range())).shifted(scan.offset);
        let value = value(scan, read, raw);
        let name = read.str(&raw.name).to_owned();
        if name.is_empty() {
            continue;
        }
        let attribute = Attribute { name, value, link: None, span };
        // In JSX the last of several wins.
        let same = opening.attributes.iter().position(|earlier| earlier.name == attribute.name);
        match same {
            Some(index) => {
                let earlier = std::mem::replace(&mut opening.attributes[index], attribute);
                scan.findings.push(duplicate(scan, &opening.name, &earlier, span));
            }
            None => opening.attributes.push(attribute),
        }
    }
    opening.addresses = addresses(scan, read, &opening.attributes);
    opening
}

fn duplicate(scan: &Scan<'_>, component: &str, earlier: &Attribute, later: Span) -> Diagnostic {
    let name = &earlier.name;
    let message = format!("`{name}` stands twice on `<{component}>`: only the last one counts");
    let edits = vec![Edit { span: earlier.span, replacement: String::new() }];
    Diagnostic::new(Code::DuplicateAttribute, scan.path, later, message)
        .with_help(format!("Take one `{name}` away."))
        .with_fix(Fix { title: format!("take the first `{name}` away"), edits })
}

fn value(scan: &mut Scan<'_>, read: &ReadTag<'_>, raw: &tag::Attribute) -> Value {
    let range = match &raw.value {
        Written::None => return Value::Bool(true),
        Written::Bare(range) => return Value::String(escape::decode(read.str(range)).into_owned()),
        Written::Quoted(range) => return Value::String(on_one_line(&escape::decode(read.str(range)))),
        Written::Braced(range) => range,
    };
    let expression = read.str(range);
    let name = read.str(&raw.name);
    let (message, help) = match literal::read(expression, &mut scan.values) {
        Ok(value) => return value,
        Err(literal::Unread::TooMuch) => {
            scan.find_too_much(read.source_range(&raw.range()));
            return Value::Null;
        }
        Err(literal::Unread::Missing(key)) => (
            format!("`{name}={{{expression}}}` names `{key}`, which the front matter does not have"),
            "Add the key to the front matter, or correct the name.",
        ),
        Err(literal::Unread::Expression) => {
            let equals = if name.is_empty() { "" } else { "=" };
            let message = format!("`{name}{equals}{{{expression}}}` is an expression that a page cannot hold");
            (
                message,
                "Write a literal (`\"text\"`, `{42}`, `{[\"a\", \"b\"]}`) or a path such as `{frontMatter.title}`.",
            )
        }
    };
    scan.find(Code::UnreadableExpression, read.source_range(&raw.range()), message, help);
    Value::Null
}

/// A quoted value that is broken over lines, as JSX joins it.
fn on_one_line(value: &str) -> String {
    if !value.contains('\n') {
        return value.to_owned();
    }
    value.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The attributes that are addresses.
fn addresses(scan: &Scan<'_>, read: &ReadTag<'_>, attributes: &[Attribute]) -> Vec<AttributeAddress> {
    let mut addresses = Vec::new();
    for (index, attribute) in attributes.iter().enumerate() {
        let is_address = attribute.is_for_address() && attribute.value.as_str().is_some_and(looks_like_an_address);
        if !is_address {
            continue;
        }
        let mut raws = read.tag.attributes.iter().rev();
        let raw = raws.find(|raw| read.str(&raw.name) == attribute.name);
        let inner = raw.and_then(|raw| match &raw.value {
            Written::Quoted(range) | Written::Bare(range) => Some(range.clone()),
            Written::Braced(range) => {
                let expression = read.str(range);
                let is_string = expression.len() > 1 && expression.starts_with(['"', '\'', '`']);
                Some(if is_string { range.start + 1..range.end - 1 } else { range.clone() })
            }
            Written::None => None,
        });
        let says = |range: &Range<usize>| {
            let (written, wanted) = (read.str(range), attribute.value.as_str().unwrap_or_default());
            let is_braced = matches!(raw.map(|raw| &raw.value), Some(Written::Braced(_)));
            written == wanted || (!is_braced && on_one_line(&escape::decode(written)) == wanted)
        };
        let is_exact = inner.as_ref().is_some_and(says);
        let place = inner.map_or(attribute.span, |range| Span::from(read.source_range(&range)).shifted(scan.offset));
        addresses
            .push(AttributeAddress { attribute: index, span: LinkSpan { whole: attribute.span, place, is_exact } });
    }
    addresses
}

/// Whether a value is the address of a page, a file or another site, not a word or a sentence.
fn looks_like_an_address(value: &str) -> bool {
    let scheme = value.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"+.-".contains(b)).count();
    let has_scheme = scheme >= 2 && value[scheme..].starts_with(':') && !value.contains(' ');
    let is_path = value.starts_with(['/', '#', '?']) || value.starts_with("./") || value.starts_with("../");
    let extension = value.rsplit_once('.').map_or("", |(_, end)| end);
    let is_file = (1..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    !value.is_empty()
        && !value.contains('\n')
        && (has_scheme || is_path || is_file || (value.contains('/') && !value.contains(' ')))
}
