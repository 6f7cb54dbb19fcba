//! How what was found is put in order and in groups: `-updated, title`; `kind:Role`.

use super::expression::Name;
use super::fault::QueryFault;
use crate::source::Span;

/// What pages are sorted by.
#[derive(Clone, Debug, PartialEq)]
pub struct SortBy {
    /// `position`, `title`, `updated` or a key of the front matter.
    pub name: Name,
    /// Whether the last comes first.
    pub is_reversed: bool,
}

/// What puts pages in one group.
#[derive(Clone, Debug, PartialEq)]
pub enum Grouping {
    /// That they carry the same tag of a kind.
    Kind(Name),
    /// That they lie in the same section, or have the same value of a key, or the same page at the end of a relation.
    Name(Name),
}

impl SortBy {
    /// Whether it sorts by the day of the last change.
    pub fn is_by_change(&self) -> bool {
        self.name.text.eq_ignore_ascii_case("updated")
    }

    /// Reads what to sort by: names with commas between, each with `-` before it where its order is to be reversed.
    ///
    /// # Errors
    /// What can't be understood, and where.
    pub fn read_all(text: &str) -> Result<Vec<Self>, QueryFault> {
        let mut keys = Vec::new();
        let mut start = 0;
        for part in text.split(',') {
            let span = trimmed(part, start);
            let written = &text[span.start..span.end];
            let (bare, is_reversed) = match written.strip_prefix(['-', '−']) {
                Some(bare) => (bare.trim_start(), true),
                None => (written, false),
            };
            let (bare, is_reversed) = match bare.rsplit_once(char::is_whitespace) {
                Some((bare, "desc" | "descending" | "reversed")) => (bare.trim_end(), !is_reversed),
                Some((bare, "asc" | "ascending")) => (bare.trim_end(), is_reversed),
                _ => (bare, is_reversed),
            };
            if bare.is_empty() || bare.contains(char::is_whitespace) {
                let help = "Write names with commas between, `-` before one to reverse it: `-updated, title`.";
                return Err(QueryFault::new(span, format!("`{written}` is nothing to sort by"), help));
            }
            keys.push(Self { name: Name { text: bare.to_owned(), span }, is_reversed });
            start += part.len() + 1;
        }
        Ok(keys)
    }
}

impl Grouping {
    /// Reads what to group by: `kind:Role`, `section`, or a key of the front matter.
    ///
    /// # Errors
    /// What can't be understood, and where.
    pub fn read(text: &str) -> Result<Self, QueryFault> {
        let span = trimmed(text, 0);
        let written = &text[span.start..span.end];
        let name = |text: &str| Name { text: text.trim().trim_matches(['"', '\'']).to_owned(), span };
        let grouping = match written.split_once(':') {
            Some((kind, of)) if kind.trim().eq_ignore_ascii_case("kind") => Self::Kind(name(of)),
            Some(_) => {
                let help = "Write `kind:Role` for a kind of tags, `section`, or a key of the front matter.";
                return Err(QueryFault::new(span, format!("`{written}` is nothing to group by"), help));
            }
            None => Self::Name(name(written)),
        };
        let (Self::Kind(name) | Self::Name(name)) = &grouping;
        if name.text.is_empty() {
            return Err(QueryFault::new(span, "what to group by is missing", "Write `kind:Role`, `section` or a key."));
        }
        Ok(grouping)
    }
}

/// Where a part that begins at `start` stands without the white space around it.
fn trimmed(part: &str, start: usize) -> Span {
    let begin = start + part.len() - part.trim_start().len();
    Span::new(begin, begin + part.trim().len())
}

#[cfg(test)]
mod tests {
    use super::{Grouping, SortBy};

    #[test]
    fn several_keys_are_read_each_with_its_direction() {
        let read = |text: &str| -> Result<Vec<(String, bool)>, String> {
            let keys = SortBy::read_all(text).map_err(|fault| format!("{:?} {}", fault.span, fault.message))?;
            Ok(keys.into_iter().map(|key| (key.name.text, key.is_reversed)).collect())
        };
        let of = |keys: &[(&str, bool)]| Ok(keys.iter().map(|(name, is)| ((*name).to_owned(), *is)).collect());
        assert_eq!(read("title"), of(&[("title", false)]));
        assert_eq!(
            read("-updated, title desc ,course.code"),
            of(&[("updated", true), ("title", true), ("course.code", false)])
        );
        assert_eq!(read("- a asc"), of(&[("a", true)]));
        assert!(read("").is_err() && read("a,,b").is_err() && read("a b").is_err());
    }

    #[test]
    fn a_grouping_names_a_kind_or_a_key() {
        assert!(matches!(Grouping::read(" kind:Role "), Ok(Grouping::Kind(name)) if name.text == "Role"));
        assert!(
            matches!(Grouping::read("kind: \"Legal Role\""), Ok(Grouping::Kind(name)) if name.text == "Legal Role")
        );
        assert!(matches!(Grouping::read("status"), Ok(Grouping::Name(name)) if name.text == "status"));
        assert!(Grouping::read("tag:a").is_err() && Grouping::read("kind:").is_err() && Grouping::read(" ").is_err());
    }
}
