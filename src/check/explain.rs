//! What each kind of finding means, for people who meet it for the first time: a few
//! sentences and an example before and after. One file a kind; the compiler sees to it
//! that none is missing.

use crate::diagnostic::Code;

macro_rules! explanations {
    ($($name:ident $code:literal;)+) => {
        /// The explanation as Markdown.
        pub fn text(code: Code) -> &'static str {
            match code { $(Code::$name => include_str!(concat!("explain/", $code, ".md"))),+ }
        }
    };
}

explanations! {
    InvalidText "invalid-text";
    InvalidName "invalid-name";
    ByteOrderMark "byte-order-mark";
    OutsideLink "outside-link";
    DamagedPicture "damaged-picture";
    UnreadFile "unread-file";
    StrayFile "stray-file";
    NearlySameName "nearly-same-name";
    LargePicture "large-picture";
    OversizedFile "oversized-file";
    OversizedPage "oversized-page";
    MergeConflict "merge-conflict";
    TooDeep "too-deep";
    UnclosedFrontMatter "unclosed-front-matter";
    UnreadFrontMatter "unread-front-matter";
    InvalidFrontMatter "invalid-front-matter";
    DuplicateKey "duplicate-key";
    WrongType "wrong-type";
    UnquotedValue "unquoted-value";
    FrontMatterSpacing "front-matter-spacing";
    RepeatedTag "repeated-tag";
    InvalidYaml "invalid-yaml";
    UnknownKey "unknown-key";
    PublishedDraft "published-draft";
    MissingTitle "missing-title";
    EmptyPage "empty-page";
    InvalidCategory "invalid-category";
    InvalidData "invalid-data";
    InvalidCatalog "invalid-catalog";
    AddressConflict "address-conflict";
    SharedTranslationKey "shared-translation-key";
    UnknownComponent "unknown-component";
    UnknownAttribute "unknown-attribute";
    MissingAttribute "missing-attribute";
    DuplicateAttribute "duplicate-attribute";
    InvalidAttribute "invalid-attribute";
    UnreadableExpression "unreadable-expression";
    UnclosedComponent "unclosed-component";
    StrayClosingTag "stray-closing-tag";
    UnclosedAdmonition "unclosed-admonition";
    UnclosedCode "unclosed-code";
    UnclosedComment "unclosed-comment";
    UnreadComponent "unread-component";
    IgnoredBody "ignored-body";
    UnknownBox "unknown-box";
    EmptyList "empty-list";
    UnknownTag "unknown-tag";
    UnknownFilter "unknown-filter";
    UnknownData "unknown-data";
    UnreadableQuery "unreadable-query";
    DoubtfulQuery "doubtful-query";
    LowCoverage "low-coverage";
    InvalidChecklist "invalid-checklist";
    RepeatedStatement "repeated-statement";
    UnplacedChecklist "unplaced-checklist";
    TagCollision "tag-collision";
    BrokenLink "broken-link";
    LinkCase "link-case";
    BrokenAnchor "broken-anchor";
    UnreadBook "unread-book";
    MissingFile "missing-file";
    DraftLink "draft-link";
    BrokenRedirect "broken-redirect";
    LostAddress "lost-address";
    LostHeading "lost-heading";
    UnrecordedAddress "unrecorded-address";
    InvalidLedger "invalid-ledger";
    Mojibake "mojibake";
    InvisibleCharacter "invisible-character";
    MixedLineEndings "mixed-line-endings";
    RaggedTable "ragged-table";
    MissingAlt "missing-alt";
    MissingImageSource "missing-image-source";
    SkippedHeading "skipped-heading";
    SecondTitle "second-title";
    Placeholder "placeholder";
    RepeatedWord "repeated-word";
    PastedMarkup "pasted-markup";
    EmojiName "emoji-name";
    UnreadFormula "unread-formula";
    UndrawnDiagram "undrawn-diagram";
    EmbeddedData "embedded-data";
    ExposedSecret "exposed-secret";
    UnclosedHtml "unclosed-html";
    ForeignMark "foreign-mark";
    UnreadLink "unread-link";
    UnreadHeading "unread-heading";
    UnreadTable "unread-table";
    UnreadList "unread-list";
    UnreadMark "unread-mark";
    UnreadMarkdown "unread-markdown";
    UnmeantHeading "unmeant-heading";
    UnmeantCode "unmeant-code";
    EmptyHeading "empty-heading";
    DoubledEntity "doubled-entity";
    StrayBackslash "stray-backslash";
    UndefinedLabel "undefined-label";
    UnusedLabel "unused-label";
    RepeatedLabel "repeated-label";
    MissingScheme "missing-scheme";
    TrackingLink "tracking-link";
    OwnAddress "own-address";
    EmptyLink "empty-link";
    TextlessLink "textless-link";
    MisleadingLink "misleading-link";
    MalformedAddress "malformed-address";
    LocalAddress "local-address";
    AnchorCase "anchor-case";
    DuplicateHeading "duplicate-heading";
    DeadLink "dead-link";
    MovedLink "moved-link";
    UncertainLink "uncertain-link";
    RareTag "rare-tag";
    SimilarTags "similar-tags";
    UndeclaredTag "undeclared-tag";
    UnusedTag "unused-tag";
    IdleTag "idle-tag";
    UnusedDefinition "unused-definition";
    DanglingRelation "dangling-relation";
    WrongRelationTarget "wrong-relation-target";
    MisplacedRelation "misplaced-relation";
    RepeatedRelation "repeated-relation";
    TooFewRelations "too-few-relations";
    TooManyRelations "too-many-relations";
    UnreachedPage "unreached-page";
    OneSidedRelation "one-sided-relation";
    RelationCircle "relation-circle";
    SharedIdentity "shared-identity";
    UnknownIdentity "unknown-identity";
    UnknownCatalog "unknown-catalog";
    NoFrontPage "no-front-page";
    OrphanPage "orphan-page";
    UnlistedPage "unlisted-page";
    UnusedFile "unused-file";
    MissingTranslation "missing-translation";
    OutdatedTranslation "outdated-translation";
    UntranslatedPage "untranslated-page";
    TranslationStructure "translation-structure";
    OrphanTranslation "orphan-translation";
    UncertainTranslation "uncertain-translation";
    StalePage "stale-page";
    UnusedIgnore "unused-ignore";
    UnsafeHtml "unsafe-html";
    ComponentFailure "component-failure";
    TemplateError "template-error";
    InvalidWords "invalid-words";
    MissingWords "missing-words";
    InvalidConfig "invalid-config";
}

/// The explanation as plain text: examples are indented.
pub fn plain(code: Code) -> String {
    let mut out = String::new();
    let mut in_example = false;
    let mut before_blank = false;
    for line in text(code).lines() {
        if line.starts_with("```") {
            in_example = !in_example;
            continue;
        }
        // One blank line is enough between an example and what is around it.
        if line.is_empty() && before_blank {
            continue;
        }
        before_blank = line.is_empty();
        if in_example && !line.is_empty() {
            out.push_str("    ");
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_has_an_example_before_and_after() {
        for &code in Code::ALL {
            let text = text(code);
            assert!(text.contains("\nBefore:\n") && text.contains("\nAfter:\n"), "{code}");
            assert!(!plain(code).contains("```"), "{code}");
        }
    }
}
