//! A book read as strictly as a test can: the file of files, what the package says of it, XML and links.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use flate2::read::DeflateDecoder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A book.
pub struct Book {
    /// Its files in order, the packed ones unpacked.
    files: Vec<(String, Vec<u8>)>,
    /// Whether the first is stored as it is, at its place.
    begins_well: bool,
}

/// An element's name and its attributes.
type Element = (String, BTreeMap<String, String>);

impl Book {
    pub fn of(bytes: &[u8]) -> Self {
        let short = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        let long = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let end = bytes.len() - 22;
        assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
        let (count, mut at) = (short(end + 10), long(end + 16));
        let mut files = Vec::new();
        for _ in 0..count {
            assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
            let (method, crc, packed, length) = (short(at + 10), long(at + 16), long(at + 20), long(at + 24));
            let (name_length, start) = (short(at + 28), long(at + 42));
            let name = String::from_utf8(bytes[at + 46..at + 46 + name_length].to_vec()).unwrap();
            let held = &bytes[start + 30 + short(start + 26) + short(start + 28)..][..packed];
            let mut content = Vec::new();
            match method {
                0 => content.extend(held),
                8 => _ = DeflateDecoder::new(held).read_to_end(&mut content).unwrap(),
                other => panic!("{name} is packed by {other}"),
            }
            let mut sum = flate2::Crc::new();
            sum.update(&content);
            assert_eq!((content.len(), sum.sum() as usize), (length, crc), "{name}");
            files.push((name, content));
            at += 46 + name_length + short(at + 30) + short(at + 32);
        }
        let begins_well = bytes[30..].starts_with(b"mimetypeapplication/epub+zip") && short(8) == 0 && short(28) == 0;
        Self { files, begins_well }
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> String {
        let (_, bytes) = self.files.iter().find(|(own, _)| own == name).unwrap_or_else(|| panic!("no {name}"));
        String::from_utf8(bytes.clone()).unwrap()
    }

    /// The page of a title, as it is written in XML.
    pub fn page(&self, title: &str) -> String {
        let titled = format!("<title>{title}</title>");
        self.pages().find(|text| text.contains(&titled)).unwrap_or_else(|| panic!("no page {title}"))
    }

    fn pages(&self) -> impl Iterator<Item = String> {
        let is_page = |name: &str| name.starts_with("EPUB/page-");
        self.files.iter().filter(move |(name, _)| is_page(name)).map(|(name, _)| self.text(name))
    }

    /// The titles of all pages in order.
    pub fn titles(&self) -> Vec<String> {
        let title = |text: String| text.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0.to_owned();
        self.pages().map(title).collect()
    }

    /// What is wrong with it.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if !self.begins_well {
            faults.push("the media type doesn't stand first, stored".to_owned());
        }
        let mut elements: BTreeMap<&str, Vec<Element>> = BTreeMap::new();
        for (name, bytes) in self.files.iter().filter(|(name, _)| is_xml(name)) {
            match elements_of(std::str::from_utf8(bytes).unwrap()) {
                Ok(found) => _ = elements.insert(name, found),
                Err(fault) => faults.push(format!("{name}: {fault}")),
            }
        }
        self.of_package(&elements, &mut faults);
        of_links(&elements, &mut faults);
        faults
    }

    fn of_package(&self, elements: &BTreeMap<&str, Vec<Element>>, faults: &mut Vec<String>) {
        let package = &elements["EPUB/package.opf"];
        let items: BTreeMap<&str, &BTreeMap<String, String>> = package
            .iter()
            .filter(|(name, _)| name == "item")
            .map(|(_, attributes)| (attributes["id"].as_str(), attributes))
            .collect();
        let listed: BTreeSet<String> = items.values().map(|item| format!("EPUB/{}", item["href"])).collect();
        let meant =
            |name: &&String| !["mimetype", "META-INF/container.xml", "EPUB/package.opf"].contains(&name.as_str());
        let there: BTreeSet<String> = self.files.iter().map(|(name, _)| name).filter(meant).cloned().collect();
        if listed != there {
            faults.push(format!("listed and there: {:?}", listed.symmetric_difference(&there)));
        }
        for item in items.values() {
            let name = format!("EPUB/{}", item["href"]);
            let bytes = self.files.iter().find(|(own, _)| *own == name).map(|(_, bytes)| bytes.as_slice());
            if !is_of_type(bytes.unwrap_or_default(), &item["media-type"]) {
                faults.push(format!("{name} is no {}", item["media-type"]));
            }
            let holds =
                |wanted: &str| elements.get(name.as_str()).is_some_and(|all| all.iter().any(|(one, _)| one == wanted));
            for (property, element) in [("svg", "svg"), ("mathml", "math")] {
                let says = item.get("properties").is_some_and(|all| all.split(' ').any(|one| one == property));
                if says != (holds(element) && name.ends_with(".xhtml")) {
                    faults.push(format!("{name}: {property}"));
                }
            }
        }
        let spine: Vec<&str> = package
            .iter()
            .filter(|(name, _)| name == "itemref")
            .map(|(_, attributes)| items[attributes["idref"].as_str()]["href"].as_str())
            .collect();
        let shown =
            elements["EPUB/nav.xhtml"].iter().filter(|(name, _)| name == "a").map(|(_, it)| it["href"].as_str());
        let shown: Vec<&str> = shown.take_while(|href| *href != "title.xhtml").collect();
        if spine[2..] != shown {
            faults.push(format!("read in the order {spine:?}, listed as {shown:?}"));
        }
    }
}

/// Whether every link leads somewhere, every id stands once, and nothing is asked for that isn't in the book.
fn of_links(elements: &BTreeMap<&str, Vec<Element>>, faults: &mut Vec<String>) {
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, all) in elements {
        let own = ids.entry(name).or_default();
        for id in all.iter().filter_map(|(_, attributes)| attributes.get("id")) {
            if !own.insert(id) {
                faults.push(format!("{name}: two of the id {id}"));
            }
        }
    }
    for (name, all) in elements.iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        for (element, attributes) in all {
            let addresses = ["href", "src", "xlink:href"].iter().filter_map(|one| attributes.get(*one));
            for address in addresses {
                let scheme = address.split_once(':').map(|(scheme, _)| scheme);
                if element == "a" && scheme.is_some_and(|scheme| ["https", "http", "mailto", "tel"].contains(&scheme)) {
                    continue;
                }
                let (file, id) = address.split_once('#').unwrap_or((address, ""));
                let file = if file.is_empty() { (*name).to_owned() } else { format!("EPUB/{file}") };
                let id = percent_encoding::percent_decode_str(id).decode_utf8().unwrap();
                let known = ids.get(file.as_str());
                let is_there =
                    known.is_some_and(|ids| id.is_empty() || ids.contains(&*id)) || (id.is_empty() && !is_xml(&file));
                if !is_there || scheme.is_some() {
                    faults.push(format!("{name}: {element} leads to {address}"));
                }
            }
        }
    }
}

fn is_xml(name: &str) -> bool {
    [".xhtml", ".opf", ".xml", ".svg"].iter().any(|end| name.ends_with(end))
}

fn is_of_type(bytes: &[u8], media_type: &str) -> bool {
    match media_type {
        "application/xhtml+xml" => bytes.windows(5).any(|part| part == b"<html"),
        "image/svg+xml" => bytes.windows(4).any(|part| part == b"<svg"),
        "text/css" => bytes.starts_with(b"/*"),
        "image/png" => bytes.starts_with(b"\x89PNG"),
        "image/jpeg" => bytes.starts_with(b"\xff\xd8"),
        "image/gif" => bytes.starts_with(b"GIF8"),
        "image/webp" => bytes.get(8..12) == Some(b"WEBP"),
        _ => false,
    }
}

/// All elements of a file in order; or why it is no XML.
fn elements_of(text: &str) -> Result<Vec<Element>, String> {
    let forbidden = |c: char| (c.is_control() && !"\n\t\r".contains(c)) || "\u{fffe}\u{ffff}".contains(c);
    if let Some(found) = text.chars().find(|c| forbidden(*c)) {
        return Err(format!("it holds {found:?}"));
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut elements, mut open, mut roots) = (Vec::new(), 0_usize, 0);
    loop {
        let at = reader.buffer_position();
        let told = |fault: &dyn std::fmt::Display| format!("{fault} near byte {at}");
        match reader.read_event().map_err(|fault| told(&fault))? {
            Event::Start(start) => {
                roots += usize::from(open == 0);
                open += 1;
                elements.push(element(&start).map_err(|fault| told(&fault))?);
            }
            Event::Empty(start) => elements.push(element(&start).map_err(|fault| told(&fault))?),
            Event::End(_) => open -= 1,
            Event::GeneralRef(name) => {
                let name = name.decode().map_err(|fault| told(&fault))?;
                if !["amp", "lt", "gt", "quot", "apos"].contains(&&*name) && !name.starts_with('#') {
                    return Err(told(&format!("&{name};")));
                }
            }
            Event::Text(words) if open == 0 && !words.iter().all(u8::is_ascii_whitespace) => {
                return Err(told(&"text outside"));
            }
            Event::Eof if open == 0 && roots == 1 => return Ok(elements),
            Event::Eof => return Err(told(&format!("{open} open, {roots} roots"))),
            _ => {}
        }
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = String::from_utf8(start.name().as_ref().to_vec()).map_err(|fault| fault.to_string())?;
    let mut attributes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|fault| fault.to_string())?;
        let key = String::from_utf8(attribute.key.as_ref().to_vec()).map_err(|fault| fault.to_string())?;
        if attribute.value.contains(&b'<') {
            return Err(format!("`{key}` holds markup"));
        }
        let value = std::str::from_utf8(&attribute.value).map_err(|fault| fault.to_string())?;
        let value = quick_xml::escape::unescape(value).map_err(|fault| fault.to_string())?;
        attributes.insert(key, value.into_owned());
    }
    Ok((name, attributes))
}
