//! A query cut into tokens: brackets, signs, words and texts in quotes.

use super::expression::Comparison;
use super::fault::QueryFault;
use super::pattern::Wildcards;
use crate::source::Span;

/// A piece of a query, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QueryToken {
    pub kind: TokenKind,
    pub span: Span,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    Colon,
    Comparison(Comparison),
    Plus,
    Minus,
    /// What stands without quotes.
    Word(Wildcards),
    /// What stands in quotes.
    Quoted(Wildcards),
}

/// The day on which somebody asks.
pub(super) const TODAY: &str = "today";

/// What ends a text in quotes that begins like this. Curly ones are what a word processor makes of straight ones.
fn end_of(quote: char) -> Option<&'static [char]> {
    match quote {
        '"' => Some(&['"']),
        '\'' => Some(&['\'']),
        '“' | '”' | '„' => Some(&['”', '“']),
        '‘' | '’' => Some(&['’']),
        _ => None,
    }
}

/// Cuts a query into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<QueryToken>, QueryFault> {
    let mut tokens: Vec<QueryToken> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        let after_value_sign =
            tokens.last().is_some_and(|token| token.kind == TokenKind::Colon && token.span.end == at);
        let kind = match c {
            _ if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '(' => Some(TokenKind::Open),
            ')' => Some(TokenKind::Close),
            ':' => Some(TokenKind::Colon),
            '+' if is_sign(&tokens, text, at) => Some(TokenKind::Plus),
            '-' | '−' | '–' if is_sign(&tokens, text, at) => Some(TokenKind::Minus),
            _ => None,
        };
        if let Some(kind) = kind {
            at += c.len_utf8();
            tokens.push(QueryToken { kind, span: Span::new(start, at) });
        } else if let Some((comparison, length)) = comparison(&text[at..]).filter(|_| !after_value_sign) {
            at += length;
            tokens.push(QueryToken { kind: TokenKind::Comparison(comparison), span: Span::new(start, at) });
        } else if let Some(ends) = end_of(c) {
            let (pattern, length) = quoted(&text[at..], ends)
                .ok_or_else(|| unclosed(c, Span::new(start, text.trim_end().len().max(start + c.len_utf8()))))?;
            at += length;
            tokens.push(QueryToken { kind: TokenKind::Quoted(pattern), span: Span::new(start, at) });
        } else {
            let (pattern, length) = word(&text[at..], after_value_sign);
            at += length;
            tokens.push(QueryToken { kind: TokenKind::Word(pattern), span: Span::new(start, at) });
        }
    }
    Ok(tokens)
}

/// Whether a sign belongs to no word: white space stands after it, or `today` before.
fn is_sign(before: &[QueryToken], text: &str, at: usize) -> bool {
    let last = before.last().map(|token| &text[token.span.start..token.span.end]);
    last.is_some_and(|last| last.eq_ignore_ascii_case(TODAY))
        || text[at..].chars().nth(1).is_none_or(char::is_whitespace)
}

/// The comparison that a text begins with, and its length.
fn comparison(text: &str) -> Option<(Comparison, usize)> {
    let signs = [
        ("!=", Comparison::NotEqual),
        ("≠", Comparison::NotEqual),
        ("<>", Comparison::NotEqual),
        ("<=", Comparison::AtMost),
        ("≤", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("≥", Comparison::AtLeast),
        ("==", Comparison::Equal),
        ("=", Comparison::Equal),
        ("<", Comparison::Less),
        (">", Comparison::More),
    ];
    signs.into_iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, is)| (is, sign.len()))
}

/// A text in quotes with them, and its length; nothing if they aren't closed.
fn quoted(text: &str, ends: &[char]) -> Option<(Wildcards, usize)> {
    let mut parts = vec![String::new()];
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            _ if ends.contains(&c) => return Some((Wildcards::of_parts(parts), at + c.len_utf8())),
            '\\' => push(&mut parts, chars.next()?.1),
            '*' => parts.push(String::new()),
            _ => push(&mut parts, c),
        }
    }
    None
}

/// A text without quotes, and its length. In a value (right after a colon) signs are characters as others.
fn word(text: &str, is_value: bool) -> (Wildcards, usize) {
    let mut parts = vec![String::new()];
    let ends = |c: char| {
        let ends_any = c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”' | '„');
        ends_any || !is_value && matches!(c, ':' | '=' | '<' | '>' | '!' | '≠' | '≤' | '≥')
    };
    for (at, c) in text.char_indices() {
        let ends = |c| ends(c) || !is_value && text[..at].eq_ignore_ascii_case(TODAY) && "+-−–".contains(c);
        match c {
            _ if at > 0 && ends(c) => return (Wildcards::of_parts(parts), at),
            '*' => parts.push(String::new()),
            _ => push(&mut parts, c),
        }
    }
    (Wildcards::of_parts(parts), text.len())
}

fn push(parts: &mut [String], c: char) {
    if let Some(part) = parts.last_mut() {
        part.push(c);
    }
}

fn unclosed(quote: char, span: Span) -> QueryFault {
    let end = end_of(quote).and_then(|ends| ends.first()).unwrap_or(&quote);
    QueryFault::new(span, format!("the quote `{quote}` is never closed"), format!("Write `{end}` where the text ends."))
}
