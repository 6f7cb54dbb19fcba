//! Which components there are and what each takes: read from the templates by
//! `render`, used by every stage that must know whether `<Name …>` is one. Knows no Tera.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

/// What each component takes, by name.
pub(crate) type Declarations = BTreeMap<String, Declaration>;

/// All components that pages may use.
#[derive(Debug)]
pub struct Components {
    by_name: LazyLock<Declarations, Box<dyn FnOnce() -> Declarations + Send + Sync>>,
}

/// What one component takes.
#[derive(Clone, Debug, Default)]
pub struct Declaration {
    /// Its attributes.
    pub parameters: Vec<Parameter>,
    /// Whether it takes any attribute besides (`...rest`).
    pub open: bool,
    /// Whether it shows what stands inside it.
    pub body: bool,
    /// Whether it asks for the pages that its `tag` and `filter` choose (`@entries`).
    pub query: bool,
    /// Whether it asks for these pages crossed, as its `rows` and `columns` say (`@matrix`).
    pub crosses: bool,
    /// What it asks the renderer for: `page`, `site`, `entries`, `picture`, `uid`.
    pub implicits: Vec<String>,
    /// The layouts in which it shows a number, and no page by itself.
    pub numbers: Vec<String>,
    /// The attribute whose text becomes the id of a heading of the component's own.
    pub anchor: Option<String>,
}

/// An attribute that a component takes.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name as written in Markdown.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// What its value must be, if declared.
    pub kind: Option<ParameterKind>,
    /// The values that mean something, if only some do.
    pub choices: Vec<String>,
}

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what it says")]
pub enum ParameterKind {
    Text,
    Bool,
    /// A number of any kind.
    Number,
    /// A whole one.
    Integer,
    /// One that is kept with what stands after its point, if that is nothing, too.
    Float,
    List,
    Map,
}

impl ParameterKind {
    /// What a person calls it.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Bool => "true or false",
            Self::Number | Self::Float => "a number",
            Self::Integer => "a whole number",
            Self::List => "a list",
            Self::Map => "a group of keys and values",
        }
    }

    /// Whether a value is of this kind; `null` is taken for one that was left out.
    pub fn admits(self, value: &Value) -> bool {
        match self {
            _ if value.is_null() => true,
            Self::Text => !value.is_array() && !value.is_object(),
            Self::Bool => value.is_boolean() || matches!(value.as_str(), Some("true" | "false")),
            Self::Number | Self::Float => {
                value.is_number() || value.as_str().is_some_and(|text| text.trim().parse::<f64>().is_ok())
            }
            Self::Integer => whole(value).is_some(),
            Self::List => value.is_array(),
            Self::Map => value.is_object(),
        }
    }
}

/// The whole number that a value is or is written as: `3`, `3.0`, `"3"`.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    /// Beyond it not every whole number can be told from its neighbours.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    let whole = |number: f64| (number.fract() == 0.0 && number.abs() <= LARGEST).then_some(number);
    match value {
        #[allow(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
        Value::Number(number) => {
            number.as_i64().or_else(|| number.as_f64().and_then(whole).map(|number| number as i64))
        }
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

impl Default for Components {
    fn default() -> Self {
        Self::of(Declarations::default())
    }
}

impl Components {
    /// These.
    pub(crate) fn of(declarations: Declarations) -> Self {
        let components = Self::when_asked(|| declarations);
        LazyLock::force(&components.by_name);
        components
    }

    /// Those that are found when somebody first asks: for who asks seldom, since all templates must be read for it.
    pub(crate) fn when_asked(find: impl FnOnce() -> Declarations + Send + Sync + 'static) -> Self {
        Self { by_name: LazyLock::new(Box::new(find)) }
    }

    /// What the component of that name takes.
    pub fn get(&self, name: &str) -> Option<&Declaration> {
        self.by_name.get(name)
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}
