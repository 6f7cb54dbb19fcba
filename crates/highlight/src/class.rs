//! What a grammar says about a stretch of code, turned into one of a few classes that style
//! sheets colour: `comment.line.double-slash.rust` into `c`. Grammars stack such names up, the
//! innermost last; here each is turned into a class when it is pushed, so that reading the stack
//! is reading its top. It knows no HTML.

use syntect::parsing::ClearAmount;

/// What a token is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names say it")]
pub(super) enum Class {
    #[default]
    Plain,
    Comment,
    Keyword,
    String,
    Number,
    Function,
    Type,
    Variable,
    Operator,
    Punctuation,
    Attribute,
    Tag,
    Inserted,
    Deleted,
    Invalid,
    Constant,
    Heading,
}

/// Every class at the place of its number, with the letter that stands for it in HTML.
const LETTERS: [(Class, char); 17] = [
    (Class::Plain, ' '),
    (Class::Comment, 'c'),
    (Class::Keyword, 'k'),
    (Class::String, 's'),
    (Class::Number, 'n'),
    (Class::Function, 'f'),
    (Class::Type, 't'),
    (Class::Variable, 'v'),
    (Class::Operator, 'o'),
    (Class::Punctuation, 'p'),
    (Class::Attribute, 'a'),
    (Class::Tag, 'g'),
    (Class::Inserted, 'i'),
    (Class::Deleted, 'd'),
    (Class::Invalid, 'e'),
    (Class::Constant, 'x'),
    (Class::Heading, 'm'),
];

impl Class {
    /// The letter of its `class` in HTML; a space for plain text, which gets none.
    pub(super) fn letter(self) -> char {
        LETTERS[self as usize].1
    }

    /// What a word is whose grammar names types and the words that define them alike.
    pub(super) fn of_word(self, word: &str) -> Class {
        let defines = ["class", "const", "enum", "let", "static", "struct", "typedef", "union"];
        if self == Class::Type && defines.contains(&word) { Class::Keyword } else { self }
    }

    /// The class of that number, if there is one.
    pub(super) fn from_number(number: u64) -> Option<Class> {
        LETTERS.get(usize::try_from(number).ok()?).map(|entry| entry.0)
    }
}

/// What a scope's name does to the class of what lies below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rule {
    /// Nothing.
    Inherit,
    /// It decides.
    Is(Class),
}

use Class::*;
use Rule::{Inherit, Is};

/// Which names mean what: the longest that begins a scope, at a dot, decides.
const TABLE: &[(&str, Rule)] = &[
    ("comment", Is(Comment)),
    ("constant", Is(Constant)),
    ("constant.numeric", Is(Number)),
    ("constant.other.symbol", Is(Constant)),
    ("constant.other.color", Is(Number)),
    ("entity.name.class", Is(Type)),
    ("entity.name.constant", Is(Constant)),
    ("entity.name.enum", Is(Type)),
    ("entity.name.function", Is(Function)),
    ("entity.name.function.decorator", Is(Attribute)),
    ("entity.name.impl", Is(Type)),
    ("entity.name.interface", Is(Type)),
    ("entity.name.label", Is(Constant)),
    ("entity.name.macro", Is(Function)),
    ("entity.name.module", Is(Type)),
    ("entity.name.namespace", Is(Type)),
    ("entity.name.section", Is(Heading)),
    ("entity.name.struct", Is(Type)),
    ("entity.name.table", Is(Heading)),
    ("entity.name.tag", Is(Tag)),
    ("entity.name.trait", Is(Type)),
    ("entity.name.type", Is(Type)),
    ("entity.name.union", Is(Type)),
    ("entity.other.attribute-name", Is(Attribute)),
    ("entity.other.inherited-class", Is(Type)),
    ("entity.other.pseudo", Is(Attribute)),
    ("entity.section", Is(Heading)),
    ("invalid", Is(Invalid)),
    ("invalid.deprecated", Inherit),
    ("keyword", Is(Keyword)),
    ("keyword.name", Is(Tag)),
    ("keyword.operator", Is(Operator)),
    ("keyword.operator.logical.python", Is(Keyword)),
    ("keyword.operator.logical.sql", Is(Keyword)),
    ("keyword.operator.new", Is(Keyword)),
    ("keyword.operator.type.annotation", Is(Plain)),
    ("keyword.operator.word", Is(Keyword)),
    ("keyword.other.unit", Is(Number)),
    ("markup.deleted", Is(Deleted)),
    ("markup.heading", Is(Heading)),
    ("markup.inserted", Is(Inserted)),
    ("markup.quote", Is(Comment)),
    ("markup.raw", Is(String)),
    ("markup.underline.link", Is(String)),
    ("meta.annotation", Is(Attribute)),
    ("meta.attribute.rust", Is(Attribute)),
    ("meta.diff.header", Is(Heading)),
    ("meta.diff.range", Is(Heading)),
    ("meta.embedded", Is(Plain)),
    ("meta.interpolation", Is(Plain)),
    // A key of data: what is quoted in it stays one (see `Stack::push`).
    ("meta.mapping.key", Is(Tag)),
    ("meta.structure.dictionary.key", Is(Tag)),
    ("meta.tag.key", Is(Tag)),
    ("meta.template.expression", Is(Plain)),
    // Punctuation belongs to what it stands in: a quote to its string, a comma to plain text. Spans for every
    // bracket and comma were a third of all HTML, for what is hardly ever coloured.
    ("punctuation", Inherit),
    ("punctuation.definition.annotation", Is(Attribute)),
    ("punctuation.definition.template-expression", Is(Punctuation)),
    ("punctuation.definition.variable", Is(Variable)),
    ("punctuation.section.embedded", Is(Punctuation)),
    ("punctuation.section.interpolation", Is(Punctuation)),
    // Code in code: a script in a page, an expression in a string.
    ("source", Is(Plain)),
    ("source.regexp", Is(String)),
    ("storage", Is(Keyword)),
    ("storage.type.annotation", Is(Attribute)),
    ("storage.type.c", Is(Type)),
    ("storage.type.c++", Is(Type)),
    ("storage.type.function.arrow", Is(Operator)),
    ("storage.type.go", Is(Type)),
    ("storage.type.numeric", Is(Number)),
    ("storage.type.primitive", Is(Type)),
    ("storage.type.rust", Is(Type)),
    ("string", Is(String)),
    ("support.class", Is(Type)),
    ("support.constant", Is(Constant)),
    ("support.function", Is(Function)),
    ("support.macro", Is(Function)),
    ("support.type", Is(Type)),
    ("support.type.custom-property", Is(Variable)),
    ("support.type.property-name", Is(Attribute)),
    ("support.variable", Is(Variable)),
    ("text", Is(Plain)),
    ("variable", Is(Variable)),
    ("variable.annotation", Is(Attribute)),
    ("variable.function", Is(Function)),
    ("variable.language", Is(Constant)),
    // In most languages every second word is one: they are what is left. Where they have a sign, they stand out.
    ("variable.other", Inherit),
    ("variable.other.php", Is(Variable)),
    ("variable.other.predefined", Is(Variable)),
    ("variable.other.readwrite.assignment.shell", Is(Variable)),
    ("variable.other.readwrite.instance", Is(Variable)),
    ("variable.other.readwrite.perl", Is(Variable)),
    ("variable.other.readwrite.shell", Is(Variable)),
    ("variable.other.constant", Is(Constant)),
    ("variable.type", Is(Type)),
];

/// The rules as text, for a key that must change when they do.
pub(super) fn rules() -> std::string::String {
    format!("{LETTERS:?}{TABLE:?}")
}

/// What a name that begins with `scope` means.
pub(super) fn rule_of(scope: &str) -> Rule {
    let begins = |name: &str| scope.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let longest = TABLE.iter().filter(|(name, _)| begins(name)).max_by_key(|(name, _)| name.len());
    longest.map_or(Inherit, |(_, rule)| *rule)
}

/// How the scopes that are open change.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// One more is open.
    Push(Rule),
    /// So many are closed.
    Pop(usize),
    /// Some are set aside.
    Clear(ClearAmount),
    /// What was set aside comes back.
    Restore,
}

/// The classes of the scopes that are open at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Stack {
    open: Vec<Class>,
    /// What a grammar has set aside, to be put back later.
    cleared: Vec<Vec<Class>>,
}

impl Stack {
    /// The class of what stands here.
    pub(super) fn class(&self) -> Class {
        self.open.last().copied().unwrap_or_default()
    }

    /// Follows a grammar by one step.
    pub(super) fn apply(&mut self, step: Step) {
        match step {
            Step::Push(rule) => self.push(rule),
            Step::Pop(count) => self.open.truncate(self.open.len().saturating_sub(count)),
            Step::Clear(ClearAmount::TopN(count)) => {
                let cleared = self.open.split_off(self.open.len().saturating_sub(count));
                self.cleared.push(cleared);
            }
            Step::Clear(ClearAmount::All) => self.cleared.push(std::mem::take(&mut self.open)),
            Step::Restore => self.open.extend(self.cleared.pop().unwrap_or_default()),
        }
    }

    fn push(&mut self, rule: Rule) {
        let below = self.class();
        self.open.push(match rule {
            Is(String) if below == Tag => Tag,
            Is(class) => class,
            Inherit => below,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_classes_agree() {
        for (number, (class, _)) in LETTERS.iter().enumerate() {
            assert_eq!(*class as usize, number);
            assert_eq!(Class::from_number(number as u64), Some(*class));
        }
        assert_eq!(Class::from_number(17), None);
    }

    #[test]
    fn the_longest_name_decides_and_only_at_a_dot() {
        assert_eq!(rule_of("constant.numeric.integer.rust"), Is(Number));
        assert_eq!(rule_of("constant.language"), Is(Constant));
        assert_eq!(rule_of("keyword.operator.word"), Is(Keyword));
        assert_eq!(rule_of("keywords"), Inherit);
    }

    #[test]
    fn what_is_set_aside_comes_back() {
        let push = |name: &str| Step::Push(rule_of(name));
        let mut stack = Stack::default();
        for step in [push("source.x"), push("string.quoted"), Step::Clear(ClearAmount::TopN(1))] {
            stack.apply(step);
        }
        assert_eq!(stack.class(), Plain);
        stack.apply(Step::Restore);
        stack.apply(push("punctuation.definition.string"));
        assert_eq!(stack.class(), String);
        stack.apply(Step::Pop(99));
        stack.apply(Step::Restore);
        assert_eq!(stack, Stack::default());
    }
}
