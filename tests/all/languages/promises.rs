//! What holds for each site in several languages, as readers and search engines see it.

use std::collections::{BTreeMap, BTreeSet};

use bokworm::site::address;
use percent_encoding::percent_decode_str;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use super::press::{File, Site};
use super::sites::RandomSite;

const BASE: &str = "https://example.org/base/";

/// What a page says of itself and its other languages.
#[derive(Debug, Default)]
struct Head {
    lang: String,
    dir: String,
    canonical: Option<String>,
    noindex: bool,
    /// The languages of its alternates, and their addresses.
    alternates: Vec<(String, String)>,
    /// The languages of its switch, and where they lead.
    switch: Vec<(String, String)>,
    current: Vec<String>,
    stands_in: bool,
    text_lang: Option<String>,
}

/// A published site with its pages read.
pub struct Judged<'a> {
    random: &'a RandomSite,
    site: &'a Site,
    heads: BTreeMap<&'a str, Head>,
}

impl<'a> Judged<'a> {
    pub fn of(random: &'a RandomSite, site: &'a Site) -> Self {
        let pages = site.files.iter().filter(|(path, file)| path.ends_with(".html") && file.kind != "redirect");
        let heads = pages.map(|(path, file)| (path.as_str(), head(&file.text))).collect();
        Self { random, site, heads }
    }

    /// How many alternates its pages have, how many pages stand in, and how many languages a switch leads to.
    pub fn counts(&self) -> [usize; 3] {
        let heads = || self.heads.values();
        let alternates = heads().map(|head| head.alternates.len()).sum();
        [alternates, heads().filter(|head| head.stands_in).count(), heads().map(|head| head.switch.len()).sum()]
    }

    /// Everything that is wrong.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (path, head) in &self.heads {
            let mut tell = |fault: String| faults.push(format!("{path}: {fault}"));
            self.languages_are_right(path, head, &mut tell);
            self.alternates_are_closed(path, head, &mut tell);
            self.switch_leads_somewhere(path, head, &mut tell);
        }
        for code in self.random.codes() {
            let mut tell = |fault: String| faults.push(format!("{code}: {fault}"));
            self.sitemap_is_right(code, &mut tell);
            self.only_own_pages_are_told(code, &mut tell);
        }
        faults
    }

    fn file(&self, path: &str) -> Option<&File> {
        self.site.files.get(path)
    }

    /// The file that a whole address leads to.
    fn file_at(&self, address: &str) -> Option<&str> {
        let path = percent_decode_str(address.strip_prefix(BASE)?).decode_utf8_lossy().into_owned();
        self.published(path.trim_end_matches('/'))
    }

    /// The file that a link on a page leads to.
    fn linked(&self, from: &str, href: &str) -> Option<&str> {
        let href = percent_decode_str(href).decode_utf8_lossy().into_owned();
        let path = match href.strip_prefix("/base/") {
            Some(from_root) => format!("/{from_root}"),
            None => address::resolve(&format!("/{}", address::parent(from)), &href),
        };
        self.published(path.trim_matches('/'))
    }

    fn published(&self, path: &str) -> Option<&str> {
        let candidates = match path {
            "" => vec!["index.html".to_owned()],
            path => vec![format!("{path}.html"), format!("{path}/index.html"), path.to_owned()],
        };
        let found = candidates.iter().find_map(|candidate| self.site.files.get_key_value(candidate))?;
        Some(found.0)
    }

    fn languages_are_right(&self, path: &str, head: &Head, tell: &mut impl FnMut(String)) {
        let Some(File { language, .. }) = self.file(path) else { return };
        let dir = if language == "ar" { "rtl" } else { "ltr" };
        if (head.lang.as_str(), head.dir.as_str()) != (language, dir) {
            tell(format!("says {} {}, and is in {language}", head.lang, head.dir));
        }
        let original = self.random.codes()[0];
        if head.stands_in != head.text_lang.is_some() || head.text_lang.as_deref().is_some_and(|lang| lang != original)
        {
            tell(format!("its text is in {original}, not in {:?}", head.text_lang));
        }
        if head.stands_in && !head.canonical.as_deref().is_some_and(|of| self.is_of_original(of)) {
            tell(format!("stands in, and its canonical address is {:?}", head.canonical));
        }
    }

    fn is_of_original(&self, address: &str) -> bool {
        let file = self.file_at(address).and_then(|path| self.file(path));
        file.is_some_and(|file| file.language == self.random.codes()[0] && file.kind == "page")
    }

    fn alternates_are_closed(&self, path: &str, head: &Head, tell: &mut impl FnMut(String)) {
        if head.alternates.is_empty() {
            return;
        }
        let Some(File { language, .. }) = self.file(path) else { return };
        let codes: BTreeSet<&str> = head.alternates.iter().map(|(code, _)| code.as_str()).collect();
        if codes.len() != head.alternates.len() || !codes.contains("x-default") || !codes.contains(language.as_str()) {
            tell(format!("alternates are {codes:?}"));
        }
        if head.stands_in || head.noindex {
            tell("has alternates, and is no page of its own".to_owned());
        }
        for (code, href) in &head.alternates {
            let other = self.file_at(href).and_then(|other| self.heads.get(other).map(|head| (other, head)));
            let Some((other, of_other)) = other else {
                tell(format!("the alternate {href} is no page"));
                continue;
            };
            let language = self.file(other).map(|file| file.language.as_str());
            if code != "x-default" && language != Some(code) {
                tell(format!("{href} is in {language:?}, not in {code}"));
            }
            if of_other.alternates != head.alternates {
                tell(format!("{href} has other alternates: {:?} and {:?}", head.alternates, of_other.alternates));
            }
            if of_other.canonical.as_ref() != Some(href) || of_other.noindex {
                tell(format!("{href} is not for search engines: {of_other:?}"));
            }
        }
    }

    fn switch_leads_somewhere(&self, path: &str, head: &Head, tell: &mut impl FnMut(String)) {
        let Some(File { language, .. }) = self.file(path) else { return };
        let codes = self.random.codes();
        if codes.len() == 1 {
            if !head.switch.is_empty() {
                tell("there is nothing to switch to".to_owned());
            }
            return;
        }
        let shown: Vec<&str> = head.switch.iter().map(|(code, _)| code.as_str()).collect();
        if shown != codes || head.current != [language.as_str()] {
            tell(format!("the switch shows {shown:?}, current {:?}", head.current));
        }
        for (code, href) in &head.switch {
            let Some(other) = self.linked(path, href) else {
                tell(format!("the switch leads to {href}, where nothing is"));
                continue;
            };
            if self.file(other).is_none_or(|file| file.language != *code) && !self.lies_elsewhere(code) {
                tell(format!("the switch to {code} leads to {other}"));
            }
            let alternate = head.alternates.iter().find(|(of, _)| of == code);
            if alternate.is_some_and(|(_, address)| self.file_at(address) != Some(other)) {
                tell(format!("the switch to {code} leads to {other}, and the alternate is {alternate:?}"));
            }
        }
    }

    /// Whether a language has no page of its own at all: then it leads to the original's.
    fn lies_elsewhere(&self, code: &str) -> bool {
        !self.site.files.iter().any(|(path, file)| path.ends_with(".html") && file.language == code)
    }

    /// The file that a language has of its own: `ja/sitemap.xml`.
    fn own<'p>(&'p self, code: &'p str, name: &'p str) -> impl Iterator<Item = (&'p str, &'p str)> {
        let is_own = move |path: &str| path == name || path.ends_with(&format!("/{name}")) || path.contains(name);
        let files = self.site.files.iter().filter(move |(path, file)| file.language == code && is_own(path));
        files.map(|(path, file)| (path.as_str(), file.text.as_str()))
    }

    fn sitemap_is_right(&self, code: &str, tell: &mut impl FnMut(String)) {
        let Some((_, sitemap)) = self.own(code, "sitemap.xml").next() else {
            tell("there is no sitemap".to_owned());
            return;
        };
        let mut listed = BTreeSet::new();
        for entry in sitemap.split("<url>").skip(1) {
            let address = between(entry, "<loc>", "</loc>");
            let Some((path, head)) = self.file_at(address).and_then(|path| self.heads.get_key_value(path)) else {
                tell(format!("the sitemap tells of {address}"));
                continue;
            };
            let alternates = entry.split("<xhtml:link ").skip(1);
            let alternates: Vec<(String, String)> = alternates
                .map(|link| (between(link, "hreflang=\"", "\""), between(link, "href=\"", "\"")))
                .map(|(code, href)| (code.to_owned(), href.to_owned()))
                .collect();
            if alternates != head.alternates || head.noindex || head.stands_in || head.lang != code {
                tell(format!("the sitemap says {alternates:?} of {path}, which is {head:?}"));
            }
            listed.insert(*path);
        }
        let of_language =
            |path: &&str| self.file(path).is_some_and(|file| file.language == code && file.kind != "print");
        for (path, head) in self.heads.iter().filter(|(path, _)| of_language(path)) {
            if !head.noindex && !head.stands_in && !listed.contains(path) {
                tell(format!("the sitemap lacks {path}"));
            }
        }
    }

    /// Search, feed and the files for programs hold all that is told in a language, and nothing else.
    fn only_own_pages_are_told(&self, code: &str, tell: &mut impl FnMut(String)) {
        for name in ["feed.xml", "llms.txt", "site.json", "search/"] {
            let all: String = self.own(code, name).map(|(_, text)| text).collect();
            for page in self.random.written() {
                let is_told = all.contains(&page.word);
                if is_told && !(page.told && page.language == code) {
                    tell(format!("{name} holds {}", page.word));
                }
                if !is_told && page.told && page.language == code {
                    tell(format!("{name} lacks {}", page.word));
                }
            }
        }
        let Some((_, data)) = self.own(code, "site.json").next() else { return tell("no site.json".to_owned()) };
        let data: Value = serde_json::from_str(data).expect("JSON");
        for address in routes(&data) {
            let file = self.published(address.trim_matches('/')).and_then(|path| self.heads.get(path));
            if file.is_none_or(|head| head.stands_in || head.noindex || head.lang != code) {
                tell(format!("site.json tells of {address}: {file:?}"));
            }
        }
    }
}

/// All addresses of pages in `site.json`, but for those that texts link to.
fn routes(data: &Value) -> Vec<&str> {
    let pages = data["pages"].as_array().into_iter().flatten();
    let lists = pages.clone().flat_map(|page| page["lists"].as_array().into_iter().flatten());
    let tags = data["tags"].as_array().into_iter().flatten();
    let listed = lists.chain(tags).flat_map(|list| list["pages"].as_array().into_iter().flatten());
    pages.map(|page| &page["address"]).chain(listed).filter_map(Value::as_str).collect()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).map_or("", |(_, rest)| rest);
    rest.split_once(after).map_or("", |(found, _)| found)
}

fn head(html: &str) -> Head {
    let html = Html::parse_document(html);
    let all = |selector: &str| -> Vec<ElementRef<'_>> {
        html.select(&Selector::parse(selector).expect("a selector")).collect()
    };
    let attribute = |element: &ElementRef<'_>, name: &str| element.attr(name).unwrap_or_default().to_owned();
    let pair = |element: &ElementRef<'_>| (attribute(element, "hreflang"), attribute(element, "href"));
    let one = |selector: &str, name: &str| all(selector).first().and_then(|found| found.attr(name)).map(str::to_owned);
    Head {
        lang: one("html", "lang").unwrap_or_default(),
        dir: one("html", "dir").unwrap_or_default(),
        canonical: one("link[rel=canonical]", "href"),
        noindex: !all("meta[name=robots][content~=noindex]").is_empty(),
        alternates: all("link[rel=alternate][hreflang]").iter().map(pair).collect(),
        switch: all(".languages a").iter().map(pair).collect(),
        current: all(".languages a[aria-current]").iter().map(|link| attribute(link, "hreflang")).collect(),
        stands_in: !all("p.borrowed").is_empty(),
        text_lang: one("article > .prose[lang]", "lang"),
    }
}
