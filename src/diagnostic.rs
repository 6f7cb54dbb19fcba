//! What is told to the author of a page: one finding, with its place, its words
//! and, where one edit settles it, its fix. Knows nothing of how it is printed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::source::{SourcePath, Span};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not told at all.
    Off,
    /// Worth knowing; nothing need be done.
    Info,
    /// A reader will stumble over it; the site is published all the same.
    Warning,
    /// The page is wrong or can't be rendered; the site is not published.
    Error,
}

impl Severity {
    /// The word that people see.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $summary:literal;)+) => {
        /// The name of a kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is documented by its summary")]
        pub enum Code { $($name),+ }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$name),+];

            /// The name that people see and write: `broken-link`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code),+ }
            }

            /// How much a finding of this kind matters unless `book.toml` says otherwise.
            pub fn default_severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),+ }
            }

            /// What a finding of this kind means, in one line.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$name => $summary),+ }
            }
        }
    };
}

codes! {
    // Files
    InvalidText "invalid-text" Warning "a file holds bytes that are not UTF-8 text";
    InvalidName "invalid-name" Warning "a file has a name that cannot be published";
    ByteOrderMark "byte-order-mark" Info "a file begins with an invisible byte order mark";
    OutsideLink "outside-link" Warning "a symbolic link leads out of the project";
    DamagedPicture "damaged-picture" Warning "a picture cannot be read, so no smaller sizes are made of it";
    UnreadFile "unread-file" Warning "a text lies among the pages, but is none, and nobody gets to see it";
    StrayFile "stray-file" Info "a file looks like a copy, or was left behind by another program";
    NearlySameName "nearly-same-name" Warning "two names differ only in capitals";
    LargePicture "large-picture" Info "a picture is larger than readers should have to wait for";
    OversizedFile "oversized-file" Error "a file is larger than a page can be";
    OversizedPage "oversized-page" Error "a page would come out larger than its sources can mean";
    MergeConflict "merge-conflict" Error "git left two versions of one place in a file";
    TooDeep "too-deep" Error "a page is nested deeper than a reader or program can follow";
    // Front matter
    UnclosedFrontMatter "unclosed-front-matter" Warning "front matter is opened but never closed";
    UnreadFrontMatter "unread-front-matter" Warning "front matter is written where or how nobody reads it";
    InvalidFrontMatter "invalid-front-matter" Error "front matter cannot be read as YAML";
    DuplicateKey "duplicate-key" Warning "a key stands twice in the front matter";
    WrongType "wrong-type" Warning "a front matter value is of another kind than its key wants";
    UnquotedValue "unquoted-value" Warning "a front matter value needs quotes around it to be read as text";
    FrontMatterSpacing "front-matter-spacing" Warning "front matter is indented or spaced in a way that YAML does not read";
    RepeatedTag "repeated-tag" Info "a tag stands twice on one page";
    InvalidYaml "invalid-yaml" Warning "a YAML file cannot be read as it stands";
    UnknownKey "unknown-key" Warning "a front matter key is close to a known one, but is not it";
    PublishedDraft "published-draft" Warning "a page is published although it says that it is a draft";
    MissingTitle "missing-title" Info "a page has neither a title nor a first heading";
    EmptyPage "empty-page" Info "nothing stands on a page";
    InvalidCategory "invalid-category" Warning "a category file cannot be read as it stands";
    InvalidData "invalid-data" Warning "a data file cannot be read";
    InvalidCatalog "invalid-catalog" Warning "a catalogue cannot be read as it stands";
    AddressConflict "address-conflict" Error "two files would be published at one address";
    SharedTranslationKey "shared-translation-key" Error "two pages of one language say that they are the same page";
    // Components
    UnknownComponent "unknown-component" Warning "a component has no template";
    UnknownAttribute "unknown-attribute" Warning "a component does not know an attribute";
    MissingAttribute "missing-attribute" Warning "a component lacks an attribute that it needs";
    DuplicateAttribute "duplicate-attribute" Info "an attribute stands twice on one component";
    InvalidAttribute "invalid-attribute" Warning "an attribute's value is of another kind than the component wants";
    UnreadableExpression "unreadable-expression" Warning "a braced value is neither a literal nor a path into the front matter";
    UnclosedComponent "unclosed-component" Warning "a component is opened but never closed";
    StrayClosingTag "stray-closing-tag" Warning "a closing tag closes nothing";
    UnclosedAdmonition "unclosed-admonition" Warning "an admonition is opened but never closed";
    UnclosedCode "unclosed-code" Warning "a code block is never closed, or not where it seems to be";
    UnclosedComment "unclosed-comment" Warning "a comment is opened but never closed";
    UnreadComponent "unread-component" Warning "a component's tag is written so that it is not read as it is meant";
    IgnoredBody "ignored-body" Warning "text stands inside a component that shows none";
    UnknownBox "unknown-box" Warning "a box is of a kind that is misspelt or not read";
    // Queries and tags
    EmptyList "empty-list" Warning "a list finds no page";
    UnknownTag "unknown-tag" Warning "a list asks for a tag that no page carries";
    UnknownFilter "unknown-filter" Warning "a list asks for a folder that does not exist";
    UnknownData "unknown-data" Warning "a table asks for data that does not exist";
    UnreadableQuery "unreadable-query" Error "a query cannot be understood";
    DoubtfulQuery "doubtful-query" Warning "a query names what no page has";
    LowCoverage "low-coverage" Warning "a matrix has more gaps than it may have";
    // Checklists
    InvalidChecklist "invalid-checklist" Warning "a checklist cannot be rated as it is written";
    RepeatedStatement "repeated-statement" Warning "statements of a checklist share a name that answers are kept by";
    UnplacedChecklist "unplaced-checklist" Info "a checklist belongs to no level or area, or a level or area has none";
    // Tags
    TagCollision "tag-collision" Warning "tags with different labels share one address";
    // Links
    BrokenLink "broken-link" Warning "a link leads to a page that does not exist";
    LinkCase "link-case" Warning "a link is written in another case than the page's address";
    BrokenAnchor "broken-anchor" Warning "a link leads to a heading that does not exist";
    UnreadBook "unread-book" Warning "what another book says of its pages is not there, or cannot be read";
    MissingFile "missing-file" Warning "an image or file does not exist";
    DraftLink "draft-link" Info "a link leads to a page that is still a draft";
    BrokenRedirect "broken-redirect" Warning "a redirect leads nowhere or in a circle";
    LostAddress "lost-address" Warning "nothing answers at an address that was published";
    LostHeading "lost-heading" Warning "a heading that was published is gone from its page";
    UnrecordedAddress "unrecorded-address" Info "addresses are not in the ledger of addresses yet";
    InvalidLedger "invalid-ledger" Warning "the ledger of addresses cannot be read as it stands";
    // Text
    Mojibake "mojibake" Warning "letters are garbled by a wrong encoding";
    InvisibleCharacter "invisible-character" Warning "text holds a character that nobody sees";
    MixedLineEndings "mixed-line-endings" Info "a file mixes two kinds of line endings";
    RaggedTable "ragged-table" Warning "a table row has more or fewer cells than the table's head";
    MissingAlt "missing-alt" Info "an image has no text for those who do not see it";
    MissingImageSource "missing-image-source" Warning "an image says nowhere which file it shows";
    SkippedHeading "skipped-heading" Info "a heading skips a level";
    SecondTitle "second-title" Info "a page has two headings of the first level";
    Placeholder "placeholder" Warning "text that stands in for text is about to be published";
    RepeatedWord "repeated-word" Warning "a word stands twice in a row";
    PastedMarkup "pasted-markup" Warning "text brought marks along from the program that it was copied from";
    EmojiName "emoji-name" Warning "the name of an emoji is shown as text";
    UnreadFormula "unread-formula" Warning "a formula cannot be read, so that its source is shown";
    UndrawnDiagram "undrawn-diagram" Warning "a diagram cannot be drawn, so that its source is shown";
    EmbeddedData "embedded-data" Info "a file is written into a page as one long word";
    ExposedSecret "exposed-secret" Error "a key that opens something is about to be published";
    UnclosedHtml "unclosed-html" Warning "an HTML tag is opened but never closed";
    ForeignMark "foreign-mark" Warning "a mark of another tool is shown as plain text";
    UnreadLink "unread-link" Warning "a Markdown link is written so that it is not read as one";
    UnreadHeading "unread-heading" Warning "a heading lacks the space after its `#`, so it is none";
    UnreadTable "unread-table" Warning "rows between bars are not read as a table";
    UnreadList "unread-list" Warning "items are not read as a list, or do not hold together as one";
    UnreadMark "unread-mark" Warning "a mark such as `**` is shown as it stands";
    UnreadMarkdown "unread-markdown" Warning "Markdown inside of HTML is shown as it stands";
    UnmeantHeading "unmeant-heading" Warning "a line of dashes makes a heading of the text above it";
    UnmeantCode "unmeant-code" Warning "text is shown as code because of the spaces before it";
    EmptyHeading "empty-heading" Warning "a heading says nothing";
    DoubledEntity "doubled-entity" Warning "a sign is escaped twice, so that readers see how it is written";
    StrayBackslash "stray-backslash" Warning "a backslash at the end of a line does something that nobody meant";
    UndefinedLabel "undefined-label" Warning "a link or footnote refers to a label that is defined nowhere";
    UnusedLabel "unused-label" Info "a label is defined and nothing refers to it";
    RepeatedLabel "repeated-label" Warning "a label is defined twice, and the second is not read";
    // Links, beyond those that lead nowhere
    MissingScheme "missing-scheme" Warning "a web address lacks its `https://`";
    TrackingLink "tracking-link" Info "a link's address says where its readers come from, or who they are";
    OwnAddress "own-address" Warning "a link to this site spells out the site's whole address";
    EmptyLink "empty-link" Warning "a link leads nowhere because its target is empty";
    TextlessLink "textless-link" Warning "a link has no text, so nobody sees it";
    MisleadingLink "misleading-link" Warning "a link shows one address and leads to another";
    MalformedAddress "malformed-address" Warning "an address is written so that it leads nowhere";
    LocalAddress "local-address" Warning "a link leads to something that only the writer can reach";
    AnchorCase "anchor-case" Warning "a link is written in another case than the heading's id";
    DuplicateHeading "duplicate-heading" Info "a link depends on the order of headings with the same name";
    DeadLink "dead-link" Warning "a link to another site does not work";
    MovedLink "moved-link" Info "a link to another site leads to a page that has moved for good";
    UncertainLink "uncertain-link" Info "a link to another site could not be tried";
    // Tags, beyond what lists ask for
    RareTag "rare-tag" Warning "a tag that is used once is one letter away from a common one";
    SimilarTags "similar-tags" Warning "two tags are written differently and are probably one";
    UndeclaredTag "undeclared-tag" Warning "a tag is not in the vocabulary";
    UnusedTag "unused-tag" Info "a tag of the vocabulary is on no page";
    IdleTag "idle-tag" Info "a tag brings no pages together: one page carries it, no list asks for it";
    UnusedDefinition "unused-definition" Warning "a page is about a tag that no page carries, or that another page is about";
    // Relations
    DanglingRelation "dangling-relation" Warning "a relation leads to something that does not exist";
    WrongRelationTarget "wrong-relation-target" Warning "a relation leads to a page that it is not for";
    MisplacedRelation "misplaced-relation" Warning "a page has a relation that is not for it";
    RepeatedRelation "repeated-relation" Warning "a relation names the same thing twice";
    TooFewRelations "too-few-relations" Warning "a page names fewer others than it should";
    TooManyRelations "too-many-relations" Warning "a page names more others than it may";
    UnreachedPage "unreached-page" Warning "no page leads to something that one should lead to";
    OneSidedRelation "one-sided-relation" Warning "a page is named by another and does not name it";
    RelationCircle "relation-circle" Warning "a relation leads in a circle";
    SharedIdentity "shared-identity" Warning "two pages are called the same";
    UnknownIdentity "unknown-identity" Warning "text refers to a page that nothing is called";
    UnknownCatalog "unknown-catalog" Warning "a catalogue is named that does not exist";
    // The site as a whole
    NoFrontPage "no-front-page" Info "no page lies at the address of the site itself";
    OrphanPage "orphan-page" Info "a page that no list, no sidebar and no link leads to";
    UnlistedPage "unlisted-page" Info "a page carries tags, but no list shows it";
    UnusedFile "unused-file" Info "files that no page uses";
    MissingTranslation "missing-translation" Info "a page is missing in languages that it is to be translated into";
    OutdatedTranslation "outdated-translation" Info "the original of a translation has changed since";
    UntranslatedPage "untranslated-page" Info "most of a translation's lines are still the original's";
    TranslationStructure "translation-structure" Info "a translation is built otherwise than its original";
    OrphanTranslation "orphan-translation" Info "a translation has no original";
    UncertainTranslation "uncertain-translation" Info "it can't be known whether translations are out of date";
    StalePage "stale-page" Info "a page that nobody has touched for years";
    UnusedIgnore "unused-ignore" Warning "a comment silences a finding that is not there";
    UnsafeHtml "unsafe-html" Warning "raw HTML was left out because it could run code";
    ComponentFailure "component-failure" Warning "a component cannot be shown with what a page gives it";
    TemplateError "template-error" Error "a template cannot be rendered";
    InvalidWords "invalid-words" Warning "a site's own words hold something that is never said";
    MissingWords "missing-words" Info "the theme lacks words of the site's language";
    InvalidConfig "invalid-config" Error "book.toml cannot be read as it stands";
}

impl Code {
    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One replacement in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

impl Edit {
    /// A text with edits in it, which are in order and apart.
    pub fn all_in<'e>(text: &str, edits: impl IntoIterator<Item = &'e Self>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for edit in edits {
            out.push_str(&text[done..edit.span.start]);
            out.push_str(&edit.replacement);
            done = edit.span.end;
        }
        out.push_str(&text[done..]);
        out
    }
}

/// Edits in the finding's own file that settle it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as an order: "write `Legal-Risk`".
    pub title: String,
    /// Edits that do not overlap, in order.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that replaces one stretch of text.
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        let replacement = replacement.into();
        Self { title: format!("write `{replacement}`"), edits: vec![Edit { span, replacement }] }
    }
}

/// A number and what is counted: `1 page`, `3 pages`.
pub fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// One finding: something that the author of a page can mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: Code,
    /// How much it matters here.
    pub severity: Severity,
    /// The file that causes it.
    pub path: SourcePath,
    /// The place in that file.
    pub span: Span,
    /// One sentence that names the thing in backticks.
    pub message: String,
    /// What makes it this finding and no other of its kind and file, where that isn't its message: a message may tell
    /// how many there are of something, which another page can change.
    pub identity: Option<Box<str>>,
    /// What to do about it, one sentence a line.
    pub help: Option<String>,
    /// For a finding about a link: the address that it resolves to.
    pub target: Option<String>,
    /// The edit that settles it, where there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding with its kind's usual severity.
    pub fn new(code: Code, path: &SourcePath, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.default_severity(),
            path: path.clone(),
            span,
            message: message.into(),
            identity: None,
            help: None,
            target: None,
            fix: None,
        }
    }

    /// Says what makes it this finding, whatever its message counts.
    #[must_use]
    pub fn with_identity(mut self, identity: impl Into<Box<str>>) -> Self {
        self.identity = Some(identity.into());
        self
    }

    /// By what it is the same finding in another state of its file, beside its kind: wherever it stands there.
    pub fn identity(&self) -> &str {
        self.identity.as_deref().unwrap_or(&self.message)
    }

    /// Says what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the address that the link resolves to.
    #[must_use]
    pub fn with_target(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Adds the edit that settles it.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}
