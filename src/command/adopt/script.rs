//! What a program in JavaScript or TypeScript says by literals: the object that it exports, as far as it is written
//! out. Nothing is run; what isn't a literal is known to be something else.

use super::tokens::{ScriptToken, tokens};

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ScriptValue {
    Text(String),
    Truth(bool),
    List(Vec<ScriptValue>),
    Object(Vec<(String, ScriptValue)>),
    /// What only running it would tell, or what is of no interest here, as numbers.
    Computed,
}

/// The name under which an object keeps that it takes over another one's entries.
const SPREAD: &str = "...";

/// Deeper nested values are nobody's configuration.
const DEEPEST: usize = 60;

impl ScriptValue {
    /// The value of a key of an object, if it has it: the last one, as in JavaScript.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(entries) = self else { return None };
        let at = entries.iter().rposition(|(name, _)| name == key)?;
        let is_replaced = entries[at..].iter().any(|(name, _)| name == SPREAD);
        Some(if is_replaced { &Self::Computed } else { &entries[at].1 })
    }

    /// A text that is written out.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The values of a list; none of anything else.
    pub(super) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }
}

/// The object that a program exports, if it is written out: `export default {…}`, `module.exports = {…}`, or by the
/// name of a variable.
pub(super) fn exported(text: &str) -> Option<ScriptValue> {
    let tokens = tokens(text);
    let mut reader = ScriptReader { tokens: &tokens, at: export(&tokens)? };
    if let (Some(ScriptToken::Name(name)), false) = (reader.token(), reader.begins_call()) {
        reader.at = declared(&tokens, name)?;
    }
    while reader.is('(') {
        reader.at += 1;
    }
    reader.is('{').then(|| reader.object(0))
}

/// Where the exported value begins.
fn export(tokens: &[ScriptToken<'_>]) -> Option<usize> {
    let name = |at: usize, name: &str| matches!(tokens.get(at), Some(ScriptToken::Name(it)) if *it == name);
    let mark = |at: usize, mark: char| tokens.get(at) == Some(&ScriptToken::Mark(mark));
    (0..tokens.len()).find_map(|at| {
        if name(at, "export") && name(at + 1, "default") {
            return Some(at + 2);
        }
        let assigned = name(at, "module") && mark(at + 1, '.') && name(at + 2, "exports") && mark(at + 3, '=');
        assigned.then_some(at + 4)
    })
}

/// Where the value of a variable begins.
fn declared(tokens: &[ScriptToken<'_>], variable: &str) -> Option<usize> {
    let declares = |pair: &[ScriptToken<'_>]| matches!(pair, [ScriptToken::Name("const" | "let" | "var"), ScriptToken::Name(name)] if *name == variable);
    let at = tokens.windows(2).position(declares)?;
    let equals = tokens[at..].iter().position(|token| *token == ScriptToken::Mark('='))?;
    Some(at + equals + 1)
}

struct ScriptReader<'a> {
    tokens: &'a [ScriptToken<'a>],
    at: usize,
}

impl<'a> ScriptReader<'a> {
    fn token(&self) -> Option<&'a ScriptToken<'a>> {
        self.tokens.get(self.at)
    }

    fn is(&self, mark: char) -> bool {
        self.token() == Some(&ScriptToken::Mark(mark))
    }

    fn begins_call(&self) -> bool {
        matches!(self.tokens.get(self.at + 1), Some(ScriptToken::Mark('(' | '.') | ScriptToken::Name("function")))
    }

    /// Whether a value ends here.
    fn is_at_end(&self) -> bool {
        matches!(self.token(), None | Some(ScriptToken::Mark(',' | ';' | ')' | ']' | '}')))
    }

    /// A value and all that belongs to it, up to the mark that ends it.
    fn value(&mut self, depth: usize) -> ScriptValue {
        let value = if depth < DEEPEST { self.primary(depth) } else { ScriptValue::Computed };
        let of_type = matches!(self.token(), Some(ScriptToken::Name("as" | "satisfies")));
        let value = if self.is_at_end() || of_type { value } else { ScriptValue::Computed };
        self.skip();
        value
    }

    fn primary(&mut self, depth: usize) -> ScriptValue {
        let value = match self.token() {
            Some(ScriptToken::Text(text)) => ScriptValue::Text(text.clone()),
            Some(ScriptToken::Name("true")) => ScriptValue::Truth(true),
            Some(ScriptToken::Name("false")) => ScriptValue::Truth(false),
            Some(ScriptToken::Mark('{')) => return self.object(depth),
            Some(ScriptToken::Mark('[')) => return self.list(depth),
            Some(ScriptToken::Mark('(')) => {
                self.at += 1;
                let inner = self.value(depth + 1);
                self.at += usize::from(self.is(')'));
                return inner;
            }
            _ => ScriptValue::Computed,
        };
        self.at += usize::from(!self.is_at_end());
        value
    }

    fn list(&mut self, depth: usize) -> ScriptValue {
        let mut items = Vec::new();
        self.each(|reader| items.push(reader.value(depth + 1)));
        ScriptValue::List(items)
    }

    fn object(&mut self, depth: usize) -> ScriptValue {
        let mut entries = Vec::new();
        self.each(|reader| entries.extend(reader.entry(depth)));
        ScriptValue::Object(entries)
    }

    /// Goes through what stands between brackets, apart by commas, and on behind them.
    fn each(&mut self, mut read: impl FnMut(&mut Self)) {
        self.at += 1;
        while self.is(',') || !self.is_at_end() {
            if self.is(',') {
                self.at += 1;
            } else {
                read(self);
            }
        }
        self.at += 1;
    }

    /// `key: value`; also `key` alone, `key() {…}` and `...others`, whose values aren't known.
    fn entry(&mut self, depth: usize) -> Option<(String, ScriptValue)> {
        let key = match self.token()? {
            ScriptToken::Text(text) => Some(text.clone()),
            ScriptToken::Name(name) => Some((*name).to_owned()),
            ScriptToken::Mark('.') => Some(SPREAD.to_owned()),
            _ => None,
        };
        let is_pair = key.is_some() && self.tokens.get(self.at + 1) == Some(&ScriptToken::Mark(':'));
        if is_pair {
            self.at += 2;
            let value = self.value(depth + 1);
            return key.map(|key| (key, value));
        }
        self.skip();
        key.map(|key| (key, ScriptValue::Computed))
    }

    /// Goes on to the mark that ends the value here.
    fn skip(&mut self) {
        let mut open = 0_usize;
        while let Some(token) = self.token() {
            match token {
                ScriptToken::Mark('(' | '[' | '{') => open += 1,
                _ if open == 0 && self.is_at_end() => return,
                ScriptToken::Mark(')' | ']' | '}') => open -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(program: &str, key: &str) -> Option<ScriptValue> {
        exported(program)?.get(key).cloned()
    }

    #[test]
    fn literals_are_read_wherever_the_exported_object_is_written() {
        let wanted = Some(ScriptValue::Text("It's {fine}".into()));
        for program in [
            "export default { title: 'It\\'s {fine}' };",
            "module.exports = { \"title\": \"It's {fine}\" }",
            "const config = { title: `It's {fine}` };\nexport default config;",
            "const config: Config = { tagline, title: /* title: 'no' */ \"It's {fine}\" as string, } satisfies Config\nmodule.exports = config",
            "const x = { title: 'no' }; const re = /[/'\"{]/; // title: 'no'\nexport default ({ a() { return {}; }, title: (\"It's {fine}\") })",
            "export default { title: 'no', ...base, title: \"It's \\x7Bfine\\u{7d}\" }",
        ] {
            assert_eq!(text(program, "title"), wanted, "{program}");
        }
    }

    #[test]
    fn what_is_no_literal_is_not_taken_for_one() {
        for value in [
            "'a' + b",
            "process.env.TITLE",
            "`a ${`}` + '{'}`",
            "f('a')",
            "['a'][0]",
            "(x) => 'a'",
            "b ? 'a' : 'c'",
            "12",
        ] {
            let program = format!("export default {{ a: 1, title: {value}, last: 'z' }}");
            assert_eq!(
                text(&program, "title").filter(|it| !matches!(it, ScriptValue::List(_))),
                Some(ScriptValue::Computed),
                "{value}"
            );
            assert_eq!(text(&program, "last"), Some(ScriptValue::Text("z".into())), "{value}");
        }
        for entry in ["title", "title() {}", "title: 'a', ...other", "get title() { return 'a' }, title"] {
            assert_eq!(text(&format!("export default {{ {entry} }}"), "title"), Some(ScriptValue::Computed), "{entry}");
        }
        assert_eq!(exported("export default async function config() { return { title: 'a' }; }"), None);
        assert_eq!(exported("export default make({ title: 'a' })"), None);
        assert_eq!(exported("title: 'a'"), None);
    }

    #[test]
    fn whatever_is_in_a_file_is_read_to_its_end() {
        for part in ["{", "[", "(", "`${", "{a:", "'", "/", "}", ")", "...", "=>", "\\", "/*", "ä"] {
            let _ = exported(&format!("export default {{ {} }}", part.repeat(3_000)));
            let _ = exported(&part.repeat(3_000));
        }
    }
}
