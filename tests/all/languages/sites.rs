//! Random sites in one to five languages: pages by folder and by suffix, renamed ones, drafts, unlisted pages, pages
//! of one language alone, each kind of fallback.

use proptest::prelude::*;

/// Codes, and labels of the tag `red` in them.
const LANGUAGES: &[(&str, &str)] = &[("en", "Red"), ("de", "Rot"), ("ja", "赤"), ("ar", "أحمر"), ("pt-BR", "Vermelho")];
const PLACES: &[&str] =
    &["index", "a", "docs/index", "docs/b", "docs/02-c", "deep/x/d", "guide/README", "guide/e e", "deep/x/y/f"];
const FALLBACKS: &[&str] = &["page", "link", "none"];

/// A site.
#[derive(Clone, Debug)]
pub struct RandomSite {
    languages: Vec<RandomLanguage>,
    /// For each place, its page in each language.
    pages: Vec<Vec<Option<RandomPage>>>,
    /// Whether the original's pages lie in the folder of all pages.
    original_at_root: bool,
    folder_style: bool,
    trailing_slash: bool,
    docs_route: bool,
    print: bool,
    /// Which language says that a folder has an index.
    category: Option<usize>,
}

#[derive(Clone, Debug)]
struct RandomLanguage {
    /// Its place in `LANGUAGES`.
    at: usize,
    by_suffix: bool,
    fallback: usize,
}

#[derive(Clone, Debug)]
struct RandomPage {
    says_key: bool,
    renamed: bool,
    slug: usize,
    draft: bool,
    unlisted: bool,
    tags: Vec<usize>,
}

fn page() -> impl Strategy<Value = RandomPage> {
    let seldom = || prop::bool::weighted(0.1);
    (any::<bool>(), any::<bool>(), 0..6usize, seldom(), seldom(), prop::collection::vec(0..5usize, 0..3)).prop_map(
        |(says_key, renamed, slug, draft, unlisted, tags)| RandomPage {
            says_key,
            renamed,
            slug,
            draft,
            unlisted,
            tags,
        },
    )
}

/// Any of them.
pub fn site() -> impl Strategy<Value = RandomSite> {
    let order = Just((0..LANGUAGES.len()).collect::<Vec<usize>>()).prop_shuffle();
    let each = prop::collection::vec((any::<bool>(), 0..FALLBACKS.len()), LANGUAGES.len());
    let of_place = prop::collection::vec(prop::option::weighted(0.6, page()), LANGUAGES.len());
    let pages = prop::collection::vec(of_place, PLACES.len());
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (1..=LANGUAGES.len(), order, each, pages, switches, prop::option::of(0..2usize)).prop_map(
        |(count, order, each, pages, switches, category)| {
            let (original_at_root, folder_style, trailing_slash, docs_route, print) = switches;
            let language = |(at, (by_suffix, fallback))| RandomLanguage { at, by_suffix, fallback };
            let languages = order.into_iter().zip(each).take(count).map(language).collect();
            let pages = pages.into_iter().map(|of_place| of_place.into_iter().take(count).collect()).collect();
            RandomSite {
                languages,
                pages,
                original_at_root,
                folder_style,
                trailing_slash: trailing_slash && folder_style,
                docs_route,
                print,
                category: category.filter(|at| *at < count),
            }
        },
    )
}

/// A page as somebody wrote it.
pub struct Written {
    /// The code of its language.
    pub language: &'static str,
    /// A word that stands in its text, and in no other's.
    pub word: String,
    /// Whether readers are told of it.
    pub told: bool,
}

impl RandomSite {
    /// The codes of its languages, the original first.
    pub fn codes(&self) -> Vec<&'static str> {
        self.languages.iter().map(|language| LANGUAGES[language.at].0).collect()
    }

    /// Its files, `book.toml` among them.
    pub fn texts(&self) -> Vec<(String, String)> {
        let mut texts = vec![("book.toml".to_owned(), self.configuration())];
        for (place, of_place) in self.pages.iter().enumerate() {
            for (at, page) in of_place.iter().enumerate() {
                if let Some(page) = page {
                    texts.push((self.path(place, at, page), self.text(place, at, page)));
                }
            }
        }
        if let Some(at) = self.category {
            let text = "label: Deep\nlink: {type: generated-index, title: All of it}\n".to_owned();
            texts.push((format!("{}/deep/x/_category_.yml", self.folder(at)), text));
        }
        let labels: Vec<String> = LANGUAGES.iter().map(|(code, label)| format!("{code}: {label}")).collect();
        let tags = format!("red:\n  label: {{{}}}\nblue:\n  label: {{en: Blue, de: Blau}}\n", labels.join(", "));
        texts.push(("content/tags.yml".to_owned(), tags));
        texts
    }

    /// Its pages.
    pub fn written(&self) -> Vec<Written> {
        let mut written = Vec::new();
        for (place, of_place) in self.pages.iter().enumerate() {
            for (at, page) in of_place.iter().enumerate() {
                let Some(page) = page else { continue };
                let told = !page.draft && !page.unlisted;
                written.push(Written { language: self.codes()[at], word: self.word(place, at), told });
            }
        }
        written
    }

    fn word(&self, place: usize, at: usize) -> String {
        format!("zq{place}{}", self.codes()[at].replace('-', "").to_lowercase())
    }

    fn folder(&self, at: usize) -> String {
        match at {
            0 if self.original_at_root => "content".to_owned(),
            _ => format!("content/{}", self.codes()[at]),
        }
    }

    fn path(&self, place: usize, at: usize, page: &RandomPage) -> String {
        let name = match PLACES[place].rsplit_once('/') {
            Some((folder, _)) if page.says_key && page.renamed => format!("{folder}/other-{place}"),
            None if page.says_key && page.renamed => format!("other-{place}"),
            _ => PLACES[place].to_owned(),
        };
        match self.languages[at].by_suffix {
            true => format!("{}/{name}.{}.md", self.folder(0), self.codes()[at].to_lowercase()),
            false => format!("{}/{name}.md", self.folder(at)),
        }
    }

    fn text(&self, place: usize, at: usize, page: &RandomPage) -> String {
        let (code, red) = LANGUAGES[self.languages[at].at];
        let mut head = format!("title: Title {place} {code}\nlast_update: 2026-0{}-01\n", place + 1);
        if page.says_key {
            head += &format!("translation_key: key-{place}\n");
        }
        match page.slug {
            0 => head += &format!("slug: /slug-{place}\n"),
            1 => head += &format!("slug: slug {place}\n"),
            _ => {}
        }
        head += if page.draft { "draft: true\n" } else { "" };
        head += if page.unlisted { "unlisted: true\n" } else { "" };
        let label = |tag: &usize| [red, "red", "Blue", "Green (Role)", "Vermelho"][*tag];
        head += &format!("tags: [{}]\n", page.tags.iter().map(label).collect::<Vec<_>>().join(", "));
        format!("---\n{head}---\n\n{} stands here.\n\n<BokTagList tag=\"Red\" />\n", self.word(place, at))
    }

    fn configuration(&self) -> String {
        let mut text = "[site]\ntitle = \"T\"\nurl = \"https://example.org/base\"\n[urls]\n".to_owned();
        text += if self.folder_style { "style = \"folder\"\n" } else { "style = \"file\"\n" };
        text += if self.folder_style && !self.trailing_slash { "trailing_slash = false\n" } else { "" };
        text += if self.docs_route { "docs_route = \"/docs-of-it\"\n" } else { "" };
        text += if self.print { "[print]\nbook = true\nsections = true\n" } else { "" };
        for (at, language) in self.languages.iter().enumerate() {
            let (code, _) = LANGUAGES[language.at];
            text += &format!("[languages.{code}]\nfallback = \"{}\"\n", FALLBACKS[language.fallback]);
            text += if at == 0 && self.original_at_root { "source = \"content\"\n" } else { "" };
        }
        text
    }
}
