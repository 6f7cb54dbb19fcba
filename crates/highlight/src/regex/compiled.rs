//! A pattern that Oniguruma matches, where its tree leaves that open. It is compiled when it is first looked for, as
//! most patterns of a grammar never are.

use std::sync::OnceLock;

use onig::{MatchParam, RegexOptions, Region, SearchOptions, Syntax};

/// A pattern's text, compiled when it is first looked for.
#[derive(Debug)]
pub(crate) struct Regex {
    text: String,
    compiled: OnceLock<Option<onig::Regex>>,
}

impl Regex {
    /// Not compiled yet.
    pub(crate) fn new(text: String) -> Regex {
        Regex { text, compiled: OnceLock::new() }
    }

    /// As the grammar spells it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where it ends if it matches at a place; a search that would take too long finds nothing.
    pub(crate) fn end_at(&self, line: &str, place: usize, region: Option<&mut Region>) -> Option<usize> {
        let none = SearchOptions::SEARCH_OPTION_NONE;
        let found = self.compiled()?.match_with_param(line, place, none, region, MatchParam::default());
        found.ok().flatten().map(|length| place + length)
    }

    /// Whether it matches at a place or after it.
    pub(crate) fn search(&self, line: &str, from: usize, region: &mut Region) -> bool {
        let none = SearchOptions::SEARCH_OPTION_NONE;
        let compiled = self.compiled();
        let found = compiled
            .map(|regex| regex.search_with_param(line, from, line.len(), none, Some(region), MatchParam::default()));
        matches!(found, Some(Ok(Some(_))))
    }

    /// None if it can't be compiled.
    fn compiled(&self) -> Option<&onig::Regex> {
        let compile = || {
            let options = RegexOptions::REGEX_OPTION_CAPTURE_GROUP;
            onig::Regex::with_options(&self.text, options, Syntax::default()).ok()
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}
