//! How readers see where they stand, `[assessment]`: how checklists are rated, which steps there are, and when one of
//! them is reached. Everything has a default, which is that of the Open Source Maturity Model.

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Config, place};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::Expression;
use crate::source::{SourcePath, Span};

/// How many ratings can be told apart.
const MOST_RATINGS: usize = 20;

/// How readers rate the checklists of pages, and what comes of it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AssessmentConfig {
    /// What the answers of readers are kept by, and what results name. By default the address of the site: with an id,
    /// they find their answers again where the site has moved, or lies in several places.
    #[cfg_attr(test, schemars(extend("format" = "assessment-id")))]
    pub id: Option<String>,
    /// What is assessed, above results and reports. By default the site's title.
    pub title: Option<String>,
    /// When a level counts as reached.
    pub reached: ReachedRule,
    /// The ratings, the lowest first: it counts as 0. By default six, from `Unaware` to `Optimised`.
    pub ratings: Option<Vec<RatingConfig>>,
    /// The levels, the lowest first. By default those of the Open Source Maturity Model, as far as pages with a
    /// checklist carry the tags `Level 1 (OSMM)` to `Level 5 (OSMM)`; none with `levels = []`.
    pub levels: Option<Vec<LevelConfig>>,
    /// What stands beside each other, as teams or subjects do. By default the folders that pages with a checklist lie in.
    pub areas: Option<Vec<AreaConfig>>,
}

/// When a level counts as reached: every level below it is, too, and enough of its statements are rated high enough.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ReachedRule {
    /// The lowest rating that is enough, by its number. By default 3, or the highest where there are fewer.
    #[cfg_attr(test, schemars(range(min = 1, max = 19)))]
    pub rating: Option<usize>,
    /// How many of its statements must have it, in percent, each as heavy as its weight. What doesn't apply isn't counted.
    #[cfg_attr(test, schemars(range(min = 1, max = 100)))]
    pub share: u8,
}

impl Default for ReachedRule {
    fn default() -> Self {
        Self { rating: None, share: 100 }
    }
}

/// A rating.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RatingConfig {
    /// What it is called: `Managed`.
    pub name: String,
    /// When to give it.
    #[serde(default)]
    pub description: String,
    /// Its colour as `#008800`. By default one of the theme's, which differ in brightness, too.
    #[cfg_attr(test, schemars(extend("format" = "colour")))]
    pub color: Option<String>,
    /// Where more is said of it: an address on the site or elsewhere.
    #[cfg_attr(test, schemars(extend("format" = "link")))]
    pub link: Option<String>,
}

/// A level.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LevelConfig {
    /// What it is called: `Level 2`.
    pub name: String,
    /// What it is about, in a few words.
    #[serde(default)]
    pub description: String,
    /// The pages whose checklists belong to it, as a query: `tag:"Level 2 (OSMM)"`. A page belongs to the first that finds it.
    pub pages: String,
    /// Where more is said of it: an address on the site or elsewhere.
    #[cfg_attr(test, schemars(extend("format" = "link")))]
    pub link: Option<String>,
}

/// An area.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AreaConfig {
    /// What it is called: `Governance`.
    pub name: String,
    /// What it is about, in a few words.
    #[serde(default)]
    pub description: String,
    /// The pages whose checklists belong to it, as a query: `in:Governance`. A page belongs to the first that finds it.
    pub pages: String,
    /// Where more is said of it: an address on the site or elsewhere.
    #[cfg_attr(test, schemars(extend("format" = "link")))]
    pub link: Option<String>,
    /// How much it counts where areas add up to one number.
    #[serde(default = "one")]
    #[cfg_attr(test, schemars(range(min = 0, max = 1000)))]
    pub weight: u32,
}

fn one() -> u32 {
    1
}

/// What a language calls what is assessed: names by their places, as the configuration of the whole site has them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AssessmentWords {
    /// What is assessed.
    pub title: Option<String>,
    /// The ratings.
    pub ratings: Vec<NamedStep>,
    /// The levels.
    pub levels: Vec<NamedStep>,
    /// The areas.
    pub areas: Vec<NamedStep>,
}

/// What a language calls a rating, a level or an area.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct NamedStep {
    /// Its name.
    pub name: Option<String>,
    /// What is said of it.
    pub description: Option<String>,
}

impl AssessmentConfig {
    /// Takes over what a language calls it all.
    pub(super) fn translate(&mut self, words: &AssessmentWords) {
        self.title = words.title.clone().or(self.title.take());
        let ratings = self.ratings.iter_mut().flatten().map(|one| (&mut one.name, &mut one.description));
        let levels = self.levels.iter_mut().flatten().map(|one| (&mut one.name, &mut one.description));
        let areas = self.areas.iter_mut().flatten().map(|one| (&mut one.name, &mut one.description));
        let named = ratings.zip(&words.ratings).chain(levels.zip(&words.levels)).chain(areas.zip(&words.areas));
        for ((name, description), said) in named {
            name.clone_from(said.name.as_ref().unwrap_or(&name.clone()));
            description.clone_from(said.description.as_ref().unwrap_or(&description.clone()));
        }
    }
}

/// Tells what can't be as it is said of the assessment, and leaves it out.
pub(super) fn check(path: &SourcePath, text: &str, config: &mut Config, findings: &mut Vec<Diagnostic>) {
    let assessment = &mut config.assessment;
    let span = |way: &[&str]| place(text, way).unwrap_or_default();
    let mut tell = |span: Span, message: String, help: &str| {
        findings.push(Diagnostic::new(Code::InvalidConfig, path, span, message).with_help(help));
    };
    let number = assessment.ratings.as_ref().map(Vec::len);
    if let Some(number) = number.filter(|number| !(2..=MOST_RATINGS).contains(number)) {
        let message = format!("an assessment has 2 to {MOST_RATINGS} ratings, not {number}");
        tell(
            span(&["assessment", "ratings"]),
            message,
            "The first counts as 0: `[[assessment.ratings]]`, `name = \"No\"`.",
        );
        assessment.ratings = None;
    }
    let highest = assessment.ratings.as_ref().map_or(5, |ratings| ratings.len() - 1);
    if let Some(rating) = assessment.reached.rating.filter(|rating| *rating > highest) {
        let message = format!("no rating is {rating}, the highest is {highest}");
        tell(span(&["assessment", "reached", "rating"]), message, "Ratings are counted from 0.");
        assessment.reached.rating = None;
    }
    let levels = assessment.levels.iter().flatten().map(|level| level.pages.as_str()).enumerate();
    let areas = assessment.areas.iter().flatten().map(|area| area.pages.as_str()).enumerate();
    for (list, (at, query)) in levels.map(|level| ("levels", level)).chain(areas.map(|area| ("areas", area))) {
        let Err(fault) = Expression::read(query) else { continue };
        let whole = span(&["assessment", list, &at.to_string(), "pages"]);
        let inside = Span::new(whole.start + 1, whole.end.saturating_sub(1).max(whole.start + 1));
        let plain = text.get(inside.start..inside.end) == Some(query);
        let span = if plain { fault.span.shifted(inside.start) } else { whole };
        tell(span, format!("`pages` is no query: {}", fault.message), &fault.help);
    }
}

#[cfg(test)]
mod tests {
    use crate::config::parse;
    use crate::source::{Root, SourcePath};

    fn findings(text: &str) -> Vec<String> {
        let (_, findings) = parse(&SourcePath::new(Root::Project, "book.toml"), text);
        let told = |finding: &crate::diagnostic::Diagnostic| {
            format!("{}: {}", text.get(finding.span.start..finding.span.end).unwrap_or("-"), finding.message)
        };
        findings.iter().map(told).collect()
    }

    #[test]
    fn what_cant_be_is_told_where_it_stands() {
        assert_eq!(findings("[assessment]\nid = \"osmm\"\nreached = {rating = 5, share = 80}\nlevels = []\n"), [""; 0]);
        let one = "[[assessment.ratings]]\nname = \"No\"\n";
        assert_eq!(findings(one)[0].split(": ").last(), Some("an assessment has 2 to 20 ratings, not 1"));
        let two = format!("[assessment.reached]\nrating = 2\n{one}{one}");
        assert_eq!(findings(&two), ["2: no rating is 2, the highest is 1"]);
        let level = "[[assessment.levels]]\nname = \"Basic\"\npages = \"in:A and\"\n";
        assert!(findings(level)[0].contains("`pages` is no query"), "{:?}", findings(level));
        let colour = format!("{one}color = \"red\"\n{one}");
        assert!(findings(&colour)[0].contains("is not a colour"), "{:?}", findings(&colour));
        assert!(findings("[assessment]\nid = \"a b\"\n")[0].contains("is not an id"));
    }
}
