//! What every kind of page has as its template sees it: titles, addresses, the picture for sharing.

use tera::Value;

use super::{CardView, PageView};
use crate::render::card::SharedPicture;
use crate::render::facts;
use crate::render::links::Linker;
use crate::render::published::{CARD_SIZE, Card};
use crate::site::Edition;

/// What every kind of page has: titles and addresses.
pub fn page(site: &Edition, linker: &Linker<'_>, kind: &'static str, title: &str, route: &str) -> PageView {
    let config = &site.config.site;
    let document_title = match (title.is_empty(), config.title.is_empty()) {
        (true, _) => config.title.clone(),
        (false, true) => title.to_owned(),
        (false, false) => format!("{title} {} {}", config.title_delimiter, config.title),
    };
    let image = config.social_image.as_deref().and_then(|image| facts::site_file_url(site, image));
    PageView {
        kind,
        title: title.to_owned(),
        document_title,
        description: String::new(),
        route: route.to_owned(),
        canonical: facts::canonical_url(site, route),
        root: linker.root(),
        content: String::new(),
        show_title: true,
        toc: Vec::new(),
        breadcrumbs: Vec::new(),
        previous: None,
        next: None,
        tags: Value::from(Vec::<Value>::new()),
        languages: Vec::new(),
        alternates: Vec::new(),
        borrowed: None,
        out_of_date: None,
        edit: None,
        reading_minutes: None,
        report: None,
        status: None,
        authors: Vec::new(),
        updated: None,
        updated_iso: None,
        published_iso: None,
        markdown: None,
        print: None,
        style: None,
        json_ld: None,
        image,
        card: None,
        keywords: Vec::new(),
        noindex: false,
        front_matter: serde_json::Map::new(),
        relations: Value::from(Vec::<Value>::new()),
        relations_below: Value::from(Vec::<Value>::new()),
        entry: None,
        about: Value::none(),
        groups: Vec::new(),
        letters: Vec::new(),
        kinds: Vec::new(),
        redirect: None,
        moved: None,
    }
}

/// Shows what stands for a page where it is shared, if it isn't the site's own picture.
pub fn show_picture(site: &Edition, view: &mut PageView, picture: Option<SharedPicture>) {
    match picture {
        Some(SharedPicture::Own(address)) => view.image = Some(address),
        Some(SharedPicture::Drawn(card)) => show_card(site, view, Some(card)),
        None => (),
    }
}

/// Shows a card where a page is shared, if there is one.
pub fn show_card(site: &Edition, view: &mut PageView, card: Option<Card>) {
    if let Some(card) = card {
        view.image = facts::site_file_url(site, &card.path());
        let words: Vec<&str> = [&card.title, &card.section, &card.site].into_iter().map(String::as_str).collect();
        let alt = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · ");
        view.card = Some(CardView { width: CARD_SIZE.0, height: CARD_SIZE.1, alt });
    }
}

/// The copy in Markdown of what lies at an address, as a link, where there are copies.
pub(crate) fn copy(site: &Edition, linker: &Linker<'_>, route: &str) -> Option<String> {
    site.config.writes_markdown().then(|| linker.file(&facts::copy_at(site, route)))
}
