//! A query's tokens read to a tree: `or` binds least, then `and`, then `not`.

use super::expression::{AskedValue, Comparison, Expression, Name, Operand, Shift, Term, Test};
use super::fault::QueryFault;
use super::scan::{self, QueryToken, TokenKind};
use crate::source::Span;

/// Brackets and `not` within each other.
const MAX_DEPTH: usize = 64;
/// Months and days that a query may count: some thousand years.
const MAX_TIME: i32 = 100_000;

impl Expression {
    /// Reads a query; nothing where nothing is asked, and so everything is found.
    ///
    /// # Errors
    /// What can't be understood, and where: the first of it.
    pub fn read(text: &str) -> Result<Option<Self>, QueryFault> {
        let tokens = scan::tokens(text)?;
        if tokens.is_empty() {
            return Ok(None);
        }
        let mut reader = Reader { text, tokens: &tokens, at: 0, depth: 0 };
        let expression = reader.any()?;
        match reader.peek() {
            None => Ok(Some(expression)),
            Some(QueryToken { kind: TokenKind::Close, span }) => {
                Err(QueryFault::new(*span, "this bracket closes none", "Take it away, or open one before it with `(`."))
            }
            Some(token) => Err(reader.missing_word(token)),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [QueryToken],
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a QueryToken> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<&'a QueryToken> {
        let token = self.peek();
        self.at += 1;
        token
    }

    /// What was written in a place.
    fn written(&self, span: Span) -> &'a str {
        &self.text[span.start..span.end]
    }

    /// Where something is missing: right after the last token that was read.
    fn here(&self) -> Span {
        let end = self.tokens[..self.at.min(self.tokens.len())].last().map_or(0, |token| token.span.end);
        Span::new(end, end)
    }

    /// Takes a word such as `and`.
    fn takes(&mut self, word: &str) -> bool {
        let is_it = self.peek().is_some_and(|token| is_word(token, word) && !self.is_name(self.at));
        self.at += usize::from(is_it);
        is_it
    }

    /// Whether a word is the name of a term: a sign stands after it.
    fn is_name(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1).map(|token| &token.kind);
        matches!(next, Some(TokenKind::Colon | TokenKind::Comparison(_)))
    }

    fn any(&mut self) -> Result<Expression, QueryFault> {
        let mut parts = vec![self.all()?];
        while self.takes("or") {
            parts.push(self.all()?);
        }
        Ok(together(parts, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression, QueryFault> {
        let mut parts = vec![self.one()?];
        while self.takes("and") {
            parts.push(self.one()?);
        }
        Ok(together(parts, Expression::All))
    }

    fn one(&mut self) -> Result<Expression, QueryFault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(QueryFault::new(self.here(), "this query is nested too deep", "Say it with fewer brackets."));
        }
        let expression = if self.takes("not") {
            Expression::Not(Box::new(self.one()?))
        } else if let Some(QueryToken { kind: TokenKind::Open, span }) = self.peek() {
            self.at += 1;
            self.bracket(*span)?
        } else {
            Expression::Term(self.term()?)
        };
        self.depth -= 1;
        Ok(expression)
    }

    /// What stands in brackets, after the first.
    fn bracket(&mut self, open: Span) -> Result<Expression, QueryFault> {
        if self.peek().is_some_and(|token| token.kind == TokenKind::Close) {
            return Err(QueryFault::new(
                open,
                "nothing stands in these brackets",
                "Take them away, or ask for something.",
            ));
        }
        let inside = self.any()?;
        match self.next() {
            Some(QueryToken { kind: TokenKind::Close, .. }) => Ok(inside),
            None => Err(QueryFault::new(open, "this bracket is never closed", "Write `)` where it ends.")),
            Some(token) => Err(self.missing_word(token)),
        }
    }

    /// Two things stand beside each other, and nothing says whether both are meant.
    fn missing_word(&self, token: &QueryToken) -> QueryFault {
        let written = self.written(token.span);
        let (message, help) = match &token.kind {
            TokenKind::Word(_) if ["&", "&&", ",", ";"].contains(&written) => {
                (format!("`{written}` is no word of queries"), "Write `and`.".to_owned())
            }
            TokenKind::Word(_) if ["|", "||"].contains(&written) => {
                (format!("`{written}` is no word of queries"), "Write `or`.".to_owned())
            }
            TokenKind::Word(_) if !self.is_name(self.position(token)) => self.loose_word(token),
            TokenKind::Open if self.follows_value(token) => self.loose_word(token),
            _ => (
                format!("a word is missing before `{written}`"),
                "Write `and` between them if both must be so, `or` if one is enough.".to_owned(),
            ),
        };
        QueryFault::new(token.span, message, help)
    }

    fn position(&self, of: &QueryToken) -> usize {
        self.tokens.iter().position(|token| token.span == of.span).unwrap_or_default()
    }

    fn follows_value(&self, token: &QueryToken) -> bool {
        let at = self.position(token);
        let is_value = |token: &QueryToken| matches!(token.kind, TokenKind::Word(_) | TokenKind::Quoted(_));
        at.checked_sub(1).is_some_and(|before| is_value(&self.tokens[before]))
    }

    /// A word that belongs to nothing: mostly the rest of a value that lacks its quotes.
    fn loose_word(&self, token: &QueryToken) -> (String, String) {
        let written = self.written(token.span);
        let before = &self.tokens[..self.position(token)];
        let unquoted = match before {
            [.., name, sign, value] if matches!(value.kind, TokenKind::Word(_)) && sign.kind == TokenKind::Colon => {
                Some((self.written(name.span), value.span.start))
            }
            _ => None,
        };
        let Some((name, start)) = unquoted else {
            return (
                format!("`{written}` stands here alone"),
                format!("Say what it is: `tag:{written}`, `title:{written}*`, or `word:{written}` for any text."),
            );
        };
        let value = self.text[start..self.end_of_value(token)].trim();
        (
            format!("`{written}` belongs to nothing: a value with spaces needs quotes"),
            format!("Write `{name}:\"{value}\"`."),
        )
    }

    /// Where a value without quotes was probably meant to end: before the next `and`, `or` or bracket that it didn't open.
    fn end_of_value(&self, from: &QueryToken) -> usize {
        let mut open = 0;
        let mut end = from.span.start;
        for (at, token) in self.tokens.iter().enumerate().skip(self.position(from)) {
            match token.kind {
                TokenKind::Open => open += 1,
                TokenKind::Close if open == 0 => break,
                TokenKind::Close => open -= 1,
                _ if ["and", "or"].iter().any(|word| is_word(token, word)) || self.is_name(at) => break,
                _ => {}
            }
            end = token.span.end;
        }
        end
    }

    fn term(&mut self) -> Result<Term, QueryFault> {
        let here = self.here();
        let Some(token) = self.next() else {
            return Err(match self.tokens.last() {
                None => QueryFault::new(here, "nothing is asked", "Write a term, such as `tag:\"Legal Risk\"`."),
                Some(last) => {
                    let last = self.written(last.span);
                    QueryFault::new(
                        here,
                        format!("something is missing after `{last}`"),
                        "Write what must be so there.",
                    )
                }
            });
        };
        let written = self.written(token.span);
        let name = match &token.kind {
            TokenKind::Word(_) if self.names_something(token) => Name { text: written.to_owned(), span: token.span },
            TokenKind::Word(_) if ["and", "or"].iter().any(|word| is_word(token, word)) => {
                let message = format!("something is missing before `{written}`");
                return Err(QueryFault::new(
                    token.span,
                    message,
                    "Write what must be so there, or take the word away.",
                ));
            }
            TokenKind::Word(_) if written == "!" => {
                return Err(QueryFault::new(token.span, "`!` is no word of queries", "Write `not`."));
            }
            TokenKind::Word(_) if written.starts_with('-') && self.is_name(self.at - 1) => {
                let without = written.trim_start_matches('-');
                let help = format!("Write `not {without}` and go on as before.");
                return Err(QueryFault::new(token.span, format!("`{written}` is no name"), help));
            }
            TokenKind::Word(_) | TokenKind::Quoted(_) => {
                let (message, help) = match self.is_name(self.at - 1) {
                    true => (
                        format!("{written} is no name"),
                        "Write a name without quotes and stars: `title:\"Open source\"`.".to_owned(),
                    ),
                    false => self.loose_word(token),
                };
                return Err(QueryFault::new(token.span, message, help));
            }
            TokenKind::Close => {
                let message = "something is missing before this bracket";
                return Err(QueryFault::new(
                    token.span,
                    message,
                    "Write what must be so, or take the word before it away.",
                ));
            }
            _ => {
                let message = format!("a name is missing before `{written}`");
                let help = "Write what it is about: `tag:…`, `status = …`.";
                return Err(QueryFault::new(token.span, message, help));
            }
        };
        let test = self.test(&name)?;
        let span = Span::new(name.span.start, self.here().end);
        Ok(Term { name, test, span })
    }

    fn names_something(&self, token: &QueryToken) -> bool {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '/' | '#' | '@');
        let written = self.written(token.span);
        let begins = written.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_');
        begins && written.chars().all(is_name) && self.is_name(self.at - 1)
    }

    /// What stands after a name.
    fn test(&mut self, name: &Name) -> Result<Test, QueryFault> {
        match self.next() {
            Some(QueryToken { kind: TokenKind::Colon, span }) => self.value_of(name, *span),
            Some(QueryToken { kind: TokenKind::Comparison(comparison), span }) => {
                Ok(Test::Compares(*comparison, self.operand(*comparison, *span)?))
            }
            _ => Err(QueryFault::new(name.span, format!("`{}` is asked nothing", name.text), "Write `:` and a value.")),
        }
    }

    fn value_of(&mut self, name: &Name, sign: Span) -> Result<Test, QueryFault> {
        let missing = || {
            let help = format!("Write it after the colon: `{}:\"…\"`.", name.text);
            QueryFault::new(sign, format!("`{}:` lacks its value", name.text), help)
        };
        match self.peek() {
            Some(QueryToken { kind: TokenKind::Open, span }) => {
                self.at += 1;
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(QueryFault::new(*span, "this query is nested too deep", "Say it with fewer brackets."));
                }
                let to = self.bracket(*span)?;
                self.depth -= 1;
                Ok(Test::Leads(Box::new(to)))
            }
            Some(token @ QueryToken { kind: TokenKind::Word(pattern), .. }) => {
                if self.is_name(self.at) || ["and", "or"].iter().any(|word| is_word(token, word)) {
                    return Err(missing());
                }
                self.at += 1;
                Ok(match () {
                    () if is_word(token, "any") => Test::Something,
                    () if is_word(token, "none") => Test::Nothing,
                    () => Test::Is(AskedValue { pattern: pattern.clone(), span: token.span }),
                })
            }
            Some(QueryToken { kind: TokenKind::Quoted(pattern), span }) if pattern.is_empty() => {
                Err(QueryFault::new(*span, format!("`{}:` has an empty value", name.text), "Write what it must be."))
            }
            Some(QueryToken { kind: TokenKind::Quoted(pattern), span }) => {
                self.at += 1;
                Ok(Test::Is(AskedValue { pattern: pattern.clone(), span: *span }))
            }
            _ => Err(missing()),
        }
    }

    fn operand(&mut self, comparison: Comparison, sign: Span) -> Result<Operand, QueryFault> {
        match self.next() {
            Some(token) if is_word(token, "today") => Ok(Operand::Today(self.shift()?)),
            Some(QueryToken { kind: TokenKind::Word(pattern) | TokenKind::Quoted(pattern), span }) => {
                let is_ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
                if is_ordered && pattern.text().is_none() {
                    let message = format!("`{}` can't compare with `*`", comparison.sign());
                    return Err(QueryFault::new(
                        *span,
                        message,
                        "Write a number, a date such as 2026-01-31, or a text.",
                    ));
                }
                Ok(Operand::Value(AskedValue { pattern: pattern.clone(), span: *span }))
            }
            _ => {
                let message = format!("`{}` has nothing to compare with", comparison.sign());
                Err(QueryFault::new(
                    sign,
                    message,
                    "Write a number, a date such as 2026-01-31, `today` or a text after it.",
                ))
            }
        }
    }

    /// `- 12 months + 3 days`, after `today`.
    fn shift(&mut self) -> Result<Shift, QueryFault> {
        let mut shift = Shift::default();
        while let Some(QueryToken { kind: sign @ (TokenKind::Plus | TokenKind::Minus), span }) = self.peek() {
            self.at += 1;
            let wrong = |span: Span| {
                let help = "Write a number and a unit: `today - 12 months`, `today + 2 weeks`.";
                QueryFault::new(span, "how long before or after today isn't said so that it can be read", help)
            };
            let (Some(number), Some(unit)) = (self.next(), self.next()) else { return Err(wrong(*span)) };
            let long = Span::new(span.start, unit.span.end);
            let count: i32 = self.written(number.span).parse().map_err(|_| wrong(long))?;
            if !(0..=MAX_TIME).contains(&count) {
                return Err(wrong(long));
            }
            let count = if *sign == TokenKind::Minus { -count } else { count };
            match self.written(unit.span).to_lowercase().trim_end_matches('s') {
                "day" => shift.days = shift.days.saturating_add(count),
                "week" => shift.days = shift.days.saturating_add(7 * count),
                "month" => shift.months = shift.months.saturating_add(count),
                "year" => shift.months = shift.months.saturating_add(12 * count),
                _ => return Err(wrong(unit.span)),
            }
        }
        Ok(shift)
    }
}

/// Whether a token is a word of the language, in capitals or not.
fn is_word(token: &QueryToken, word: &str) -> bool {
    let TokenKind::Word(pattern) = &token.kind else { return false };
    pattern.text().is_some_and(|text| text.eq_ignore_ascii_case(word))
}

/// One part is itself; parts of the same kind within each other are one list.
fn together(mut parts: Vec<Expression>, of: impl Fn(Vec<Expression>) -> Expression) -> Expression {
    if parts.len() == 1 { parts.remove(0) } else { of(parts) }
}
