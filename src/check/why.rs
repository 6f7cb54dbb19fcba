//! Why a page is, or isn't, in each list, who links to it, and which tag put it there;
//! and why a list holds what it holds. Text for people, from the frozen site.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use crate::check::lists::list::{self, List};
use crate::check::tags::alike::{self, Pair};
use crate::diagnostic::counted;
use crate::page::QueryPart;
use crate::query::Expression;
use crate::site::find::{Calendar, Question, bare};
use crate::site::query::has_folder;
use crate::site::{Edition, EditionId, Library, PageId, PageOf};
use crate::source::{LineColumn, SourcePath};

/// The page that a person names, of any language: by its path with or without its extension, its address, id or title.
/// Where several languages have it, that is the original's.
pub fn find(library: &Library, name: &str) -> Option<PageOf> {
    let wanted = bare(name.trim().trim_start_matches("./"));
    let pages = || {
        let of = |(edition, site): (EditionId, &Arc<Edition>)| {
            (0..site.pages.len()).map(move |page| PageOf { edition, page })
        };
        library.editions().flat_map(of)
    };
    let published = |of: &PageOf| &library.edition(of.edition).pages[of.page];
    let (own, borrowed): (Vec<PageOf>, Vec<PageOf>) = pages().partition(|of| published(of).borrowed.is_none());
    let file = |of: &PageOf| bare(published(of).page.path.on_disk());
    let address = |of: &PageOf| bare(&published(of).route);
    let place = |of: &PageOf| {
        let page = published(of);
        [bare(page.page.path.as_str()), bare(&page.id), page.title.to_lowercase()]
    };
    let exactly = own.iter().find(|of| file(of) == wanted || address(of) == wanted);
    let by_place = || own.iter().find(|of| place(of).contains(&wanted));
    let standing_in = || borrowed.iter().find(|of| address(of) == wanted);
    // From the folder around the pages: `content/Roles/Lead.md`.
    let below = || {
        let ends = own.iter().filter(|of| wanted.ends_with(&format!("/{}", file(of))));
        ends.min_by_key(|of| std::cmp::Reverse(file(of).len()))
    };
    let found = exactly.or_else(by_place).or_else(standing_in).or_else(below).copied();
    let by_identity =
        |(edition, site): (EditionId, &Arc<Edition>)| Some(PageOf { edition, page: site.page_named(name)? });
    found.or_else(|| library.editions().find_map(by_identity))
}

/// What is known of a page: its tags, the lists that show it or not, and the links to it.
pub fn page(library: &Library, of: PageOf, calendar: Calendar<'_>) -> String {
    let (site, id) = (&**library.edition(of.edition), of.page);
    let question = Question::to(site, calendar);
    let published = &site.pages[id];
    let page = &published.page;
    let mut out = format!("{}\n", if published.title.is_empty() { &published.id } else { &published.title });
    let _ = writeln!(out, "  file     {}", page.path);
    let _ = writeln!(out, "  address  {}", published.route);
    let tags: Vec<String> = page.meta.tags.iter().map(|tag| format!("`{}`", tag.label)).collect();
    let _ = writeln!(out, "  tags     {}", if tags.is_empty() { "none".into() } else { tags.join(", ") });
    out.push_str(&super::relations::of_page(site, id));
    let lists = list::all(question);
    let (holding, leaving): (Vec<&List<'_>>, Vec<&List<'_>>) = lists.iter().partition(|list| list.found.contains(&id));
    match holding.len() {
        0 => out.push_str("\nIn no list.\n"),
        many => out.push_str(&format!("\nIn {}:\n", counted(many, "list"))),
    }
    for list in &holding {
        let _ = writeln!(out, "  {} on {}: {}", named(list), site.pages[list.page].page.path, why_in(site, list, id));
    }
    if !leaving.is_empty() {
        let _ = writeln!(out, "\nNot in {}:", counted(leaving.len(), "list"));
    }
    let pairs = alike::pairs(site);
    let mut reasons: Vec<(Vec<String>, &List<'_>)> =
        leaving.iter().map(|list| (why_not(question, list, id, &pairs), *list)).collect();
    // The lists that the page only just misses come first.
    reasons.sort_by_key(|(reasons, _)| reasons.len());
    for (reasons, list) in reasons {
        let _ = writeln!(out, "  {} on {}: {}", named(list), site.pages[list.page].page.path, reasons.join(" and "));
    }
    let from = library.leading_to(of).into_iter();
    let from: BTreeSet<&SourcePath> =
        from.map(|from| &library.edition(from.edition).pages[from.page].page.path).collect();
    match from.len() {
        0 => out.push_str("\nNo page links here.\n"),
        many => out.push_str(&format!("\nLinked from {}:\n", counted(many, "page"))),
    }
    for path in from {
        let _ = writeln!(out, "  {path}");
    }
    out
}

/// Why the lists of a page that a person means hold what they hold. A list is named by its
/// tag, its folder, or its number on the page.
pub fn lists_of(question: Question<'_>, id: PageId, name: &str, text: &str) -> Option<String> {
    let lists: Vec<List<'_>> = list::all(question).into_iter().filter(|list| list.page == id).collect();
    let number = name.parse::<usize>().ok();
    let is_meant = |at: usize, list: &List<'_>| {
        let same = |asked: Option<&str>| asked.is_some_and(|asked| asked.eq_ignore_ascii_case(name));
        number == Some(at + 1)
            || same(list.query.tag())
            || same(list.query.filter())
            || list.component.name.eq_ignore_ascii_case(name)
    };
    let meant: Vec<&List<'_>> =
        lists.iter().enumerate().filter(|(at, list)| is_meant(*at, list)).map(|(_, list)| list).collect();
    if meant.is_empty() {
        return None;
    }
    let told: Vec<String> = meant.into_iter().map(|list| one_list(question, list, text)).collect();
    Some(told.join("\n"))
}

/// The names by which a page's lists can be asked for.
pub fn list_names(question: Question<'_>, id: PageId) -> Vec<String> {
    let lists = list::all(question).into_iter().filter(|list| list.page == id);
    lists.enumerate().map(|(at, list)| format!("{}: {}", at + 1, named(&list))).collect()
}

fn one_list(question: Question<'_>, list: &List<'_>, text: &str) -> String {
    let site = question.site;
    let path = &site.pages[list.page].page.path;
    let LineColumn { line, .. } = LineColumn::of(text, list.component.span.start);
    let mut out = format!("{} on {path}, line {line}\n", named(list));
    let text_of = |part: &Option<QueryPart>| part.as_ref().map(|part| part.text.clone());
    let by_query = text_of(&list.query.query).map(|query| format!("are as `{query}` says"));
    let asked = match (list.query.tag(), list.query.filter()) {
        (None, None) if by_query.is_some() => "pages that".into(),
        (None, Some(folder)) if by_query.is_some() => format!("pages that lie in a folder `{folder}`"),
        (Some(tag), Some(folder)) => format!("pages that carry `{tag}` and lie in a folder `{folder}`"),
        (Some(tag), None) => format!("pages that carry `{tag}`"),
        (None, Some(folder)) => format!("pages that carry any tag and lie in a folder `{folder}`"),
        (None, None) => "all pages that carry a tag".into(),
    };
    let and = if asked.ends_with("that") { " " } else { " and " };
    let by_query = by_query.map_or_else(String::new, |by_query| format!("{and}{by_query}"));
    let _ = writeln!(out, "  It asks for {asked}{by_query}, and never lists its own page.");
    let order =
        text_of(&list.query.sort).map_or_else(|| "by position, then by path".into(), |sort| format!("by `{sort}`"));
    let _ = writeln!(out, "\nIt holds {}, {order}:", counted(list.found.len(), "page"));
    for &id in list.found.iter() {
        let published = &site.pages[id];
        let position =
            published.position.map_or_else(|| "no position".into(), |position| format!("position {position}"));
        let _ = writeln!(out, "  {}  ({}, {position})", published.title, published.page.path);
    }
    let candidates = list.query.tag().map_or(&[][..], |tag| site.carrying(tag));
    let left_out: Vec<PageId> = candidates.iter().copied().filter(|id| !list.found.contains(id)).collect();
    if !left_out.is_empty() {
        let _ = writeln!(out, "\nIt leaves out {} with that tag:", counted(left_out.len(), "page"));
    }
    for id in left_out {
        let _ = writeln!(out, "  {}: {}", site.pages[id].page.path, why_not(question, list, id, &[]).join(" and "));
    }
    if list.found.is_empty() {
        let _ = writeln!(out, "\n{}.", list::why_empty(site, list));
    }
    out
}

fn named(list: &List<'_>) -> String {
    let tag = list.query.tag().map(|tag| format!(" tag=\"{tag}\"")).unwrap_or_default();
    let filter = list.query.filter().map(|filter| format!(" filter=\"{filter}\"")).unwrap_or_default();
    let query = list.query.query.as_ref().map(|part| format!(" query='{}'", part.text)).unwrap_or_default();
    format!("<{}{tag}{filter}{query}>", list.component.name)
}

fn why_in(site: &Edition, list: &List<'_>, id: PageId) -> String {
    let folder = list.query.filter().map(|folder| format!("it lies in a folder `{folder}`"));
    let tag = list.query.tag().map(|tag| match written(site, id, tag) {
        Some(label) if label != tag => format!("it carries `{label}`, another name for `{tag}`"),
        _ => format!("it carries `{tag}`"),
    });
    let query = list.query.query.as_ref().map(|_| "it is as the query says".to_owned());
    let reasons: Vec<String> = [tag, folder, query].into_iter().flatten().collect();
    if reasons.is_empty() { "it carries a tag".into() } else { reasons.join(" and ") }
}

fn why_not(question: Question<'_>, list: &List<'_>, id: PageId, pairs: &[Pair<'_>]) -> Vec<String> {
    let site = question.site;
    let published = &site.pages[id];
    if list.page == id {
        return vec!["a list never shows the page that it stands on".into()];
    }
    if published.page.meta.unlisted {
        return vec!["it is unlisted".into()];
    }
    let mut reasons = Vec::new();
    match list.query.tag() {
        Some(tag) if !site.carrying(tag).contains(&id) => {
            let is_other = |pair: &&Pair<'_>| pair.common == tag && site.carrying(pair.rare).contains(&id);
            reasons.push(match pairs.iter().find(is_other) {
                Some(pair) => format!("it carries `{}`, which is probably meant to be `{tag}`", pair.rare),
                None => format!("it does not carry `{tag}`"),
            });
        }
        None if published.page.meta.tags.is_empty() && list.query.query.is_none() => {
            reasons.push("it carries no tag".into());
        }
        _ => {}
    }
    if let Some(folder) = list.query.filter().filter(|folder| !has_folder(&published.route, folder)) {
        reasons.push(format!("no folder `{folder}` is in its address"));
    }
    reasons.extend(list.query.query.as_ref().and_then(|part| why_not_as_asked(question, &part.text, id)));
    if reasons.is_empty()
        && let Some(limit) = &list.query.limit
    {
        reasons.push(format!("it comes after the first {}", limit.text));
    }
    reasons
}

/// Why a query doesn't find a page; nothing if it does.
fn why_not_as_asked(question: Question<'_>, query: &str, id: PageId) -> Option<String> {
    let Ok(asked) = Expression::read(query) else { return Some("the query can't be understood".into()) };
    let asked = asked.filter(|asked| !question.finds(asked, id))?;
    let answers = question.answers(&asked, id).into_iter().filter(|answer| answer.holds == answer.is_denied);
    let reasons = answers.map(|answer| {
        let holds = if answer.holds { "holds" } else { "doesn't hold" };
        format!("`{}` {holds}", answer.term)
    });
    Some(reasons.collect::<Vec<_>>().join(", "))
}

/// What the page writes for a label.
fn written<'a>(site: &'a Edition, id: PageId, label: &str) -> Option<&'a str> {
    let canonical = |label: &str| site.vocabulary.get(label).map_or(label.to_owned(), |word| word.label.clone());
    let wanted = canonical(label);
    let tags = &site.pages[id].page.meta.tags;
    tags.iter().map(|tag| tag.label.as_str()).find(|written| canonical(written) == wanted)
}
