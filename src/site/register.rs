//! Every address of a site entered once: pages, drafts, generated pages, files, redirects.
//! Where two things want one address, the first keeps it and the other is told.

use std::sync::Arc;

use rayon::prelude::*;

use super::edition::Frame;
use super::link::Target;
use super::published::{PageId, Published, Redirect};
use super::tree::Indexed;
use super::{address, publish};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Root, SourcePath, Span};

impl Frame {
    /// Enters everything that has an address; two pages on one address are a finding.
    pub(super) fn register_addresses(&mut self, pages: &[Arc<Published>], findings: &mut Vec<Diagnostic>) {
        for id in in_path_order(pages) {
            let route = pages[id].route.clone();
            if let Some(Target::Page(other)) = self.targets.insert(route.clone(), Target::Page(id)) {
                let other = pages[*other].page.path.clone();
                let here = &pages[id].page;
                // What the original says twice is told there.
                if pages[id].borrowed.is_some() {
                    continue;
                }
                let span = here.meta.spans.get("slug").copied().unwrap_or_default();
                let message = format!("`{}` and `{other}` would both be published at `{route}`", here.path);
                let finding = Diagnostic::new(Code::AddressConflict, &here.path, span, message);
                findings.push(finding.with_help("Rename one of them, or give one a `slug` of its own."));
            }
        }
        for route in self.drafts.keys() {
            self.targets.insert(route.clone(), Target::Draft);
        }
        let generated = [self.tags_route()].into_iter().chain(self.tags.iter().map(|tag| self.tag_route(tag)));
        let of_folders = self.indexes.iter().filter(|index| index.of == Indexed::Folder);
        let generated = generated.chain(of_folders.map(|index| index.route.clone()));
        let generated: Vec<String> = generated.chain(self.long_pages.iter().map(|page| page.route.clone())).collect();
        for route in generated {
            self.targets.insert(route, Target::Generated);
        }
        self.register_catalog_pages(pages, findings);
        for route in self.files.keys().cloned().chain(self.files_for_programs()) {
            self.targets.insert(route, Target::File);
        }
        self.register_redirects(pages, findings);
        // Last, so that a path that a slug replaced never hides what really lies there.
        let (numbering, docs_route) = (&self.numbering, &self.config.urls.docs_route);
        let of_page = |page: &Arc<Published>| publish::other_addresses(page, numbering, docs_route);
        let aliases: Vec<Vec<String>> = pages.par_iter().map(of_page).collect();
        for (id, alias) in
            aliases.into_iter().enumerate().flat_map(|(id, of_page)| of_page.into_iter().map(move |it| (id, it)))
        {
            self.targets.insert(alias, Target::Alias(id));
        }
    }

    /// Pages of catalogues come after all that somebody wrote.
    fn register_catalog_pages(&mut self, pages: &[Arc<Published>], findings: &mut Vec<Diagnostic>) {
        for index in &self.indexes {
            let span = match index.of {
                Indexed::Folder => continue,
                Indexed::Catalog(_) => Span::default(),
                Indexed::Entry(id) => self.catalogs.entry(id).map(|entry| entry.span).unwrap_or_default(),
            };
            let Some(taken) = self.targets.insert(index.route.clone(), Target::Generated) else { continue };
            let other = match taken {
                Target::Page(id) => format!("`{}` is", pages[*id].page.path),
                _ => "something else is".to_owned(),
            };
            let message =
                format!("the page of `{}` would be at `{}`, where {other} published", index.title, index.route);
            let finding = Diagnostic::new(Code::AddressConflict, &index.path, span, message);
            findings.push(finding.with_help("Move what lies there."));
        }
    }

    fn register_redirects(&mut self, pages: &[Arc<Published>], findings: &mut Vec<Diagnostic>) {
        let config = Arc::clone(&self.config);
        let configured = config.redirects.addresses.iter().map(|(from, to)| (from.clone(), to.clone(), None));
        let mut wanted: Vec<(String, String, Option<PageId>)> = configured.collect();
        // Nobody knows an old address of what only stands in.
        for (id, published) in pages.iter().enumerate().filter(|(_, published)| published.borrowed.is_none()) {
            for alias in &published.page.meta.aliases {
                wanted.push((alias.clone(), published.route.clone(), Some(id)));
            }
        }
        for (from, to, page) in wanted {
            let from = old_address(page.map_or("", |id| &pages[id].route), &from);
            let taken = self.targets.insert(from.clone(), Target::Redirect(to.clone()));
            match taken {
                None => self.redirects.push(Redirect { from, to }),
                // The same address twice, or the page's own: nothing is lost.
                Some(Target::Redirect(other)) if *other == to => {}
                Some(_) if from == to => {}
                Some(_) => {
                    let (path, span) = match page {
                        Some(id) => {
                            let page = &pages[id].page;
                            (page.path.clone(), page.meta.spans.get("aliases").copied().unwrap_or_default())
                        }
                        None => (SourcePath::new(Root::Project, "book.toml"), Span::default()),
                    };
                    let message = format!("`{from}` cannot lead to `{to}`: something else is published there");
                    let help = "Take it away, or move what is published there.";
                    findings.push(Diagnostic::new(Code::BrokenRedirect, &path, span, message).with_help(help));
                }
            }
        }
        self.register_moves();
        self.register_front_page(pages);
        // Who names the original's language in an address means its front page.
        let original = self.language.as_ref().filter(|language| language.prefix.is_empty());
        if let Some(from) = original.map(|language| format!("/{}", language.code.to_lowercase()))
            && self.targets.get(&from).is_none()
            && self.targets.get("/").is_some()
        {
            self.targets.insert(from.clone(), Target::Redirect("/".to_owned()));
            self.redirects.push(Redirect { from, to: "/".to_owned() });
        }
        self.redirects.sort_by(|a, b| a.from.cmp(&b.from));
    }
}

/// An old address as somebody wrote it, on a page at this route or for the whole site.
pub(super) fn old_address(route: &str, written: &str) -> String {
    let folder = if written.starts_with('/') { "" } else { address::parent(route) };
    address::publishable(&address::resolve(folder, written))
}

/// Pages in byte order of their paths: of two at one address, the first is published.
fn in_path_order(pages: &[Arc<Published>]) -> Vec<PageId> {
    let mut order: Vec<PageId> = (0..pages.len()).collect();
    order.sort_by(|&a, &b| pages[a].page.path.cmp(&pages[b].page.path));
    order
}
