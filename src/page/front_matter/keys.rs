//! The keys of front matter that the program acts on: what each may hold and what it is for. `known` knows them by this
//! table, and schemas for editors are made of it; that `fields` reads them so is tested here.

/// A key of the front matter.
#[derive(Clone, Copy, Debug)]
pub struct FrontMatterKey {
    /// As it is written.
    pub name: &'static str,
    /// What it may hold.
    pub holds: Holds,
    /// What it is for, in a sentence.
    pub words: &'static str,
}

/// What a key may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One text.
    Text,
    /// A number.
    Number,
    /// A level of headings, from 1 to 6.
    Level,
    /// `true` or `false`.
    Switch,
    /// Texts: a list, or one.
    Texts,
    /// The labels of tags: a list, or one text with commas between them.
    Tags,
    /// A text, or `null` or `false` for none.
    TextOrNothing,
    /// Names: a list, or one, each perhaps with more of the author.
    Authors,
    /// A day.
    Date,
    /// A day, or a group of keys with its `date`.
    LastUpdate,
}

const fn key(name: &'static str, holds: Holds, words: &'static str) -> FrontMatterKey {
    FrontMatterKey { name, holds, words }
}

/// All of them.
pub const KEYS: [FrontMatterKey; 33] = [
    key("title", Holds::Text, "The page's title; without it, the first heading is."),
    key("description", Holds::Text, "What lists and search engines say of the page."),
    key("id", Holds::Text, "What the page is called in place of its file's name."),
    key("slug", Holds::Text, "The page's address: `/all/of/it`, or below its folder."),
    key("sidebar_label", Holds::Text, "What the sidebar calls the page."),
    key("sidebar_position", Holds::Number, "The page's place among its siblings in the sidebar."),
    key("weight", Holds::Number, "The same as `sidebar_position`."),
    key("sidebar_class_name", Holds::Text, "A class for the page's entry in the sidebar."),
    key("tags", Holds::Tags, "The tags of the page, by which lists find it."),
    key("defines", Holds::Texts, "The tags that this page is about."),
    key("list_image", Holds::Text, "The picture of the page in lists."),
    key("image", Holds::Text, "The picture that is shown when the page is shared."),
    key("keywords", Holds::Tags, "Words for search engines."),
    key("draft", Holds::Switch, "Whether the page is still a draft, which is not published."),
    key("unlisted", Holds::Switch, "Whether the page is published, but stands in no list and not in the sidebar."),
    key("hide_title", Holds::Switch, "Whether the page shows no title."),
    key("hide_table_of_contents", Holds::Switch, "Whether no table of contents stands beside the page."),
    key("toc_min_heading_level", Holds::Level, "The highest level of headings in the table of contents."),
    key("toc_max_heading_level", Holds::Level, "The lowest level of headings in the table of contents."),
    key("pagination_prev", Holds::TextOrNothing, "The page before this one; `null` for none."),
    key("pagination_next", Holds::TextOrNothing, "The page after this one; `null` for none."),
    key("pagination_label", Holds::Text, "What the pages before and after call this one."),
    key("custom_edit_url", Holds::TextOrNothing, "Where the page is edited; `null` for nowhere."),
    key("status", Holds::Text, "What stands beside the title: how far the page is."),
    key("aliases", Holds::Texts, "Other addresses that lead to the page."),
    key("author", Holds::Authors, "Who wrote the page."),
    key("authors", Holds::Authors, "Who wrote the page."),
    key("last_update", Holds::LastUpdate, "When the page was last changed, in place of what git says."),
    key("template", Holds::Text, "The template that shows the page."),
    key("translation_key", Holds::Text, "What makes pages of several languages one, wherever they lie."),
    key("translated_from", Holds::Text, "The commit of the original that this page is a translation of."),
    key("date", Holds::Date, "The same as `last_update`."),
    key("lastmod", Holds::Date, "The same as `last_update`."),
];

#[cfg(test)]
mod tests {
    use super::{Holds, KEYS};
    use crate::diagnostic::Code;
    use crate::source::{Source, SourcePath};

    /// Whether front matter with a value is read without a word about its kind.
    fn is_read(name: &str, value: &str) -> bool {
        let text = format!("---\n{name}: {value}\n---\n");
        let source = Source { path: SourcePath::content("a.md"), text: text.as_str().into() };
        !super::super::read(&source).findings.iter().any(|finding| finding.code == Code::WrongType)
    }

    #[test]
    fn keys_are_read_as_the_table_says() {
        for key in KEYS {
            let (good, wrong): (&[&str], &[&str]) = match key.holds {
                Holds::Text => (&["a", "1.10", "true"], &["[a, b]", "{a: b}"]),
                Holds::Number => (&["3", "2.5", "'3'"], &["a", "[1]"]),
                Holds::Level => (&["1", "6"], &["7", "a", "2.5"]),
                Holds::Switch => (&["true", "no", "1"], &["maybe", "[true]"]),
                Holds::Texts | Holds::Tags => (&["a", "[a, b]", "[{label: a}]"], &["{a: b}"]),
                Holds::TextOrNothing => (&["a", "null", "false"], &["[a, b]"]),
                Holds::Authors => (&["a", "[a, b]", "[{name: a, url: b}]", "{name: a}"], &["[[a]]"]),
                Holds::Date => (&["2026-03-31", "2026-03-31T10:00:00Z"], &["soon", "31.3.2026"]),
                Holds::LastUpdate => (&["2026-03-31", "{date: 2026-03-31, author: a}"], &["soon"]),
            };
            for value in good {
                assert!(is_read(key.name, value), "{}: {value}", key.name);
            }
            for value in wrong {
                assert!(!is_read(key.name, value), "{}: {value}", key.name);
            }
        }
    }
}
