//! Pages by what relations bring them together with, from both ends.

use super::super::catalog::EntryId;
use super::super::relation::{Relation, RelationPlace, RelationSide};
use super::super::{Edition, PageId};
use super::Question;
use super::page_names::is_named_like;
use super::page_names::page_named;
use super::sets::Ready;
use crate::query::{Comparison, Expression, Operand, QueryFault, Term, Test, Wildcards};

/// One end of a relation.
#[derive(Clone, Copy)]
pub(super) struct SeenRelation<'a> {
    site: &'a Edition,
    relation: &'a Relation,
    side: RelationSide,
}

impl<'a> SeenRelation<'a> {
    /// The end that is called so, if there is one.
    pub(super) fn named(site: &'a Edition, name: &str) -> Option<Self> {
        let (at, side) = site.relations().named(name)?;
        Some(Self { site, relation: &site.relations().declared[at], side })
    }

    /// What a page is brought together with, each once.
    pub(super) fn others(self, id: PageId) -> Vec<RelationPlace> {
        self.relation.others(id, self.side).into_iter().map(|other| other.place).collect()
    }

    /// What somebody calls it in a query.
    pub(super) fn place(self, name: &str) -> Option<RelationPlace> {
        let page = || page_named(self.site, name).map(RelationPlace::Page);
        self.entries()
            .find(|(_, id, _)| id.eq_ignore_ascii_case(name))
            .map(|(at, ..)| RelationPlace::Entry(at))
            .or_else(page)
    }

    /// The entries of catalogues that pages are brought together with, with their ids and titles.
    pub(super) fn entries(self) -> impl Iterator<Item = (EntryId, &'a str, &'a str)> {
        let mut known: Vec<EntryId> = match self.side {
            RelationSide::Forward => self.relation.entry_ends.keys().copied().collect(),
            RelationSide::Inverse => Vec::new(),
        };
        known.sort_unstable();
        known.into_iter().filter_map(move |at| {
            let entry = self.site.catalogs.entry(at)?;
            Some((at, entry.id.as_str(), entry.title.as_str()))
        })
    }

    /// What it may bring pages together with, as `to` (from the other end `from`) says in the configuration: pages alone.
    pub(super) fn allowed(self, question: &Question<'_>) -> Vec<RelationPlace> {
        let config = self.site.config.relations.get(&self.relation.name);
        let read = |text: Option<&str>| text.and_then(|text| Expression::read(text).ok().flatten());
        let query = match self.side {
            RelationSide::Forward => config.and_then(|config| config.target().pages),
            RelationSide::Inverse => config.and_then(|config| read(config.from.as_deref())),
        };
        let Some(query) = query else { return Vec::new() };
        question.find(Some(&query)).into_iter().map(RelationPlace::Page).collect()
    }

    fn is_like(self, place: RelationPlace, pattern: &Wildcards) -> bool {
        match place {
            RelationPlace::Page(id) => {
                let identity = self.site.identity_of(id);
                let pattern_fits = |name: &str| pattern.in_small_letters().fits(&name.to_lowercase());
                identity.is_some_and(pattern_fits) || is_named_like(self.site, id, pattern)
            }
            RelationPlace::Entry(at) => {
                let entry = self.site.catalogs.entry(at);
                entry.is_some_and(|entry| pattern.in_small_letters().fits(&entry.id.to_lowercase()))
            }
            RelationPlace::Draft | RelationPlace::Nowhere => false,
        }
    }
}

impl<'a> Question<'a> {
    /// A term about a relation made ready.
    pub(super) fn related(&self, term: &Term, seen: SeenRelation<'a>) -> Ready<'a> {
        let with = move |is: Box<dyn Fn(RelationPlace) -> bool + Send + Sync + 'a>| -> Ready<'a> {
            Ready::Each(Box::new(move |id| seen.relation.any(id, seen.side, &is)))
        };
        let like = |pattern: &Wildcards| match pattern.text() {
            Some(name) => match seen.place(name) {
                Some(wanted) => with(Box::new(move |place| place == wanted)),
                None => Ready::always(false),
            },
            None => {
                let pattern = pattern.clone();
                with(Box::new(move |place| seen.is_like(place, &pattern)))
            }
        };
        match &term.test {
            Test::Is(value) | Test::Compares(Comparison::Equal, Operand::Value(value)) => like(&value.pattern),
            Test::Compares(Comparison::NotEqual, Operand::Value(value)) => Ready::Not(Box::new(like(&value.pattern))),
            Test::Something => with(Box::new(|_| true)),
            Test::Nothing => Ready::Not(Box::new(with(Box::new(|_| true)))),
            Test::Leads(to) => {
                let mut is_meant = vec![false; self.site.pages.len()];
                self.find(Some(to)).into_iter().for_each(|id| is_meant[id] = true);
                with(Box::new(move |place| matches!(place, RelationPlace::Page(id) if is_meant[id])))
            }
            Test::Compares(..) => Ready::always(false),
        }
    }
}

/// What a term about a relation names and the site doesn't have.
pub(super) fn doubt(seen: SeenRelation<'_>, term: &Term) -> Option<QueryFault> {
    let value = match &term.test {
        Test::Is(value) | Test::Compares(Comparison::Equal | Comparison::NotEqual, Operand::Value(value)) => value,
        Test::Something | Test::Nothing | Test::Leads(_) => return None,
        Test::Compares(..) => {
            let name = &term.name.text;
            let help = format!("Write `{name}:` and a page, `any`, `none`, or a query in brackets.");
            return Some(QueryFault::new(
                term.span,
                format!("`{name}` is a relation, which can't be compared so"),
                help,
            ));
        }
    };
    let name = value.pattern.text()?;
    if seen.place(name).is_some() {
        return None;
    }
    let site = seen.site;
    let identities = (0..site.pages.len()).filter_map(|id| site.identity_of(id));
    let entries = seen.entries().map(|(_, id, _)| id);
    let pages = site.pages.iter().flat_map(|page| [page.id.as_str(), page.title.as_str()]);
    let help = match crate::nearest::nearest(name, identities.chain(entries).chain(pages)) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => "Write what pages of the relation name: an identity, a path, a title, an entry's id.".into(),
    };
    Some(QueryFault::new(value.span, format!("nothing is called `{name}` that it could lead to"), help))
}
