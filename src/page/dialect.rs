//! What a file may hold besides CommonMark with GitHub's additions: a small set of extensions, so that files of another
//! generator can be read by its rules. Files are what they are by more than their text, so a dialect goes into
//! `page::parse` and, with the text's digest, into every key.

/// What is known of a file before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// What it may hold besides Markdown.
    pub dialect: Dialect,
    /// The `page::digest` of its text and its dialect.
    pub digest: blake3::Hash,
}

/// Something that Markdown does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// `<BoxOut title="…">`: tags that begin with a capital letter.
    Components,
    /// Tags of HTML as JSX writes them: `className`, `style={{…}}`, `<div />`.
    Jsx,
    /// `{/* comments */}` and paths into the front matter, `{frontMatter.title}`.
    Expressions,
    /// `import …` and `export …` at the beginning of a line.
    Modules,
    /// `:::note` up to `:::`.
    Admonitions,
    /// Pages by what they are called, `[[ri-5]]`: where the configuration says what that is.
    Names,
    /// The same as code, `` `ri-5` ``.
    NamesInCode,
    /// `$x^2$` and `$$x^2$$`.
    Formulas,
}

/// The extensions that a file may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect(u8);

impl Dialect {
    /// Bokworm's own: all extensions that need no configuration.
    pub const OWN: Self = Self::COMMONMARK
        .with(Extension::Components)
        .with(Extension::Jsx)
        .with(Extension::Expressions)
        .with(Extension::Modules)
        .with(Extension::Admonitions)
        .with(Extension::Formulas);

    /// None.
    pub const COMMONMARK: Self = Self(0);

    /// The same with an extension.
    pub const fn with(self, extension: Extension) -> Self {
        Self(self.0 | 1 << extension as u8)
    }

    /// The same without an extension.
    pub const fn without(self, extension: Extension) -> Self {
        Self(self.0 & !(1 << extension as u8))
    }

    /// Whether an extension is among them.
    pub const fn holds(self, extension: Extension) -> bool {
        self.0 & 1 << extension as u8 != 0
    }

    /// The same set, the same number.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Self::OWN
    }
}
