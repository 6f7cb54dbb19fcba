//! Which contents hold something that few pages do, and that a style sheet of its own is for (`parts.css`).

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// The classes that are found there.
const CLASSES: [&str; 13] = [
    "bok-coverage",
    "bok-graph",
    "bok-matrix",
    "bok-table",
    "bio",
    "course-details",
    "course-list",
    "filter",
    "image-bullet",
    "letters",
    "player",
    "player-link",
    "tag-cloud",
];

/// What stands before the classes of an element: every page is asked.
static CLASS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(" class=\""));

pub(super) fn stand_in(content: &str) -> bool {
    CLASS.find_iter(content.as_bytes()).any(|at| {
        let classes = content[at + CLASS.needle().len()..].split('"').next().unwrap_or_default();
        classes.split(' ').any(|class| CLASSES.contains(&class))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_known_by_their_classes() {
        for held in ["<p class=\"tag-cloud nothing\">", "<b></b><div id=\"x\" class=\"own bio\">"] {
            assert!(stand_in(held), "{held}");
        }
        for other in ["", "<p>bok-matrix</p>", "<p class=\"biography\">bio</p>", "<p class=\"a\">class=\"bio\""] {
            assert!(!stand_in(other), "{other}");
        }
    }

    #[test]
    fn every_class_of_the_style_sheet_is_looked_for() {
        let sheet = include_str!("../../templates/parts.css");
        for class in CLASSES {
            assert!(sheet.contains(&format!(".{class}")), "{class}");
        }
        let theme = include_str!("../../templates/theme.css");
        for class in ["bok-matrix {", ".bok-graph {", ".course-list th", ".player video"] {
            assert!(!theme.contains(class), "{class}");
        }
    }
}
