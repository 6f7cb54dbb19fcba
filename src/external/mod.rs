//! Links to other sites, tried one host after another with pauses in between. Knows
//! HTTP and a cache on disk; what each link's answer means for its page is told as a
//! finding. The only place that speaks to the network.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

mod ask;
mod fetch;

pub use ask::Answer;
pub use fetch::fetch;

use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Link, LinkKind, Page};
use crate::site::{Library, Place, Resolution};
use crate::store;

/// How links are tried.
#[derive(Clone, Debug)]
pub struct Options {
    /// The file that keeps answers from one run to the next.
    pub cache: Option<PathBuf>,
    /// How old a kept answer may be.
    pub max_age: Duration,
    /// Hosts, beginnings of addresses, or patterns with `*` that are left out.
    pub exclude: Vec<String>,
    /// How long an answer may take.
    pub timeout: Duration,
    /// How long to wait between two questions to one host.
    pub pause: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            cache: None,
            max_age: Duration::from_secs(7 * 24 * 60 * 60),
            exclude: Vec::new(),
            timeout: Duration::from_secs(20),
            pause: Duration::from_millis(250),
        }
    }
}

/// An answer as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeptAnswer {
    /// Seconds since 1970.
    asked: u64,
    answer: Answer,
}

type KeptAnswers = BTreeMap<String, KeptAnswer>;

/// How many hosts are asked at a time.
const AT_ONCE: usize = 8;

/// Tries every link to another site once, however many pages and languages have it, and tells where those stand that
/// don't work.
pub fn check(library: &Library, options: &Options) -> Vec<Diagnostic> {
    let answers = ask_all(addresses(library, &options.exclude), options);
    let mut findings = Vec::new();
    for (page, link) in links(library) {
        let target = link.target.trim();
        let Some(answer) = whole(target).and_then(|address| answers.get(without_fragment(&address))) else {
            continue;
        };
        findings.extend(told(target, answer).map(|(code, message, help)| {
            let finding = Diagnostic::new(code, &page.path, link.span.place, message);
            finding.with_help(help).with_target(target)
        }));
    }
    findings
}

/// The links to other sites, with their pages, each in its own language.
fn links(library: &Library) -> impl Iterator<Item = (&Page, &Link)> {
    library.editions().flat_map(|(_, site)| {
        let own = site.pages.iter().enumerate().filter(|(_, published)| published.borrowed.is_none());
        own.flat_map(move |(id, published)| {
            let links = published.page.links.iter().zip(site.links(id));
            // Of books it is known already which pages they have.
            let is_known = |to: &Resolution| to.problem.is_some() || to.book.is_some_and(|place| place.page.is_some());
            // What catalogues say of their own entries is theirs.
            let is_name = |link: &Link| matches!(link.kind, LinkKind::Named | LinkKind::Code);
            let is_tried =
                move |link: &Link, to: &Resolution| to.place == Place::Elsewhere && !is_known(to) && !is_name(link);
            let elsewhere = links.filter(move |(link, to)| is_tried(link, to));
            elsewhere.map(|(link, _)| (&*published.page, link))
        })
    })
}

fn told(target: &str, answer: &Answer) -> Option<(Code, String, String)> {
    match answer {
        Answer::Fine => None,
        Answer::Moved(to) => Some((
            Code::MovedLink,
            format!("`{target}` has moved for good"),
            format!("Write `{to}`, if that is the same page."),
        )),
        Answer::Dead(why) => Some((
            Code::DeadLink,
            format!("`{target}` does not work: {why}"),
            "Look for the page's new address, or remove the link.".into(),
        )),
        Answer::Uncertain(why) => Some((
            Code::UncertainLink,
            format!("`{target}` could not be tried: {why}"),
            "Nothing need be done; open it in a browser if you are in doubt.".into(),
        )),
    }
}

/// All addresses of other sites, each once, by host.
fn addresses(library: &Library, exclude: &[String]) -> BTreeMap<String, Vec<String>> {
    let mut by_host: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let own = library.original().config.site.url.trim_end_matches('/');
    for (_, link) in links(library) {
        let Some(address) = whole(link.target.trim()) else { continue };
        let address = without_fragment(&address).to_owned();
        // The site's own pages are checked without asking anybody.
        let is_own = !own.is_empty() && address.starts_with(own);
        let Some(host) = host(&address).map(str::to_ascii_lowercase) else { continue };
        if !is_own && !is_reserved(&host) && !exclude.iter().any(|pattern| is_excluded(pattern, &host, &address)) {
            by_host.entry(host).or_default().push(address);
        }
    }
    for addresses in by_host.values_mut() {
        addresses.sort_unstable();
        addresses.dedup();
    }
    by_host
}

/// Asks all hosts, several at a time, each with pauses.
fn ask_all(by_host: BTreeMap<String, Vec<String>>, options: &Options) -> HashMap<String, Answer> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut cache = read_cache(options);
    let young = |kept: &KeptAnswer| now.saturating_sub(kept.asked) < options.max_age.as_secs();
    let mut answers: HashMap<String, Answer> = HashMap::new();
    let mut waiting: Vec<Vec<String>> = Vec::new();
    for addresses in by_host.into_values() {
        let (known, unknown): (Vec<String>, Vec<String>) =
            addresses.into_iter().partition(|address| cache.get(address).is_some_and(young));
        answers.extend(known.into_iter().filter_map(|address| {
            let answer = cache.get(&address)?.answer.clone();
            Some((address, answer))
        }));
        if !unknown.is_empty() {
            waiting.push(unknown);
        }
    }
    for (address, answer) in ask_hosts(waiting, options) {
        // What nobody knows today may be known tomorrow.
        if !matches!(answer, Answer::Uncertain(_)) {
            cache.insert(address.clone(), KeptAnswer { asked: now, answer: answer.clone() });
        }
        answers.insert(address, answer);
    }
    write_cache(options, &cache);
    answers
}

fn ask_hosts(waiting: Vec<Vec<String>>, options: &Options) -> Vec<(String, Answer)> {
    let workers = waiting.len().min(AT_ONCE);
    let (queue, answers) = (Mutex::new(waiting), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let agent = ask::agent(options.timeout);
                let next = || queue.lock().ok().and_then(|mut queue| queue.pop());
                while let Some(addresses) = next() {
                    for (at, address) in addresses.into_iter().enumerate() {
                        if at > 0 {
                            std::thread::sleep(options.pause);
                        }
                        let answer = ask::once(&agent, &address, options.pause);
                        if let Ok(mut answers) = answers.lock() {
                            answers.push((address, answer));
                        }
                    }
                }
            });
        }
    });
    answers.into_inner().unwrap_or_default()
}

/// An address with its scheme, if it is one that can be asked.
fn whole(target: &str) -> Option<String> {
    let lower = target.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Some(target.to_owned());
    }
    target.starts_with("//").then(|| format!("https:{target}"))
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

/// The host of an address, without user and port.
fn host(address: &str) -> Option<&str> {
    let authority = address.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = if host.starts_with('[') { host } else { host.split(':').next()? };
    (!host.is_empty()).then_some(host)
}

/// Hosts that are only ever examples, or this very computer by its name.
fn is_reserved(host: &str) -> bool {
    let last_two = ["example.com", "example.org", "example.net"];
    let endings = [".example", ".invalid", ".test", ".localhost"];
    host == "localhost"
        || last_two.iter().any(|name| host == *name || host.ends_with(&format!(".{name}")))
        || endings.iter().any(|ending| host.ends_with(ending))
}

/// Whether a pattern leaves an address out: a host, the beginning of an address, or either with `*`.
fn is_excluded(pattern: &str, host: &str, address: &str) -> bool {
    if pattern.contains('*') {
        return matches(pattern, host) || matches(pattern, address);
    }
    pattern.eq_ignore_ascii_case(host) || (pattern.contains("://") && address.starts_with(pattern))
}

/// Whether a text fits a pattern in which `*` stands for anything.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn read_cache(options: &Options) -> KeptAnswers {
    let text = options.cache.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps the answers. If that fails, they are asked for again next time.
fn write_cache(options: &Options, cache: &KeptAnswers) {
    let Some(file) = &options.cache else { return };
    let _ = store::replace(file, |file| Ok(serde_json::to_writer(file, cache)?));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text) in
            [("*.example.net", "a.example.net"), ("https://a/*/c", "https://a/b/c"), ("*", ""), ("a*", "a")]
        {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("*.example.net", "example.net"), ("a*b", "a"), ("a*b*b", "ab")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn a_host_is_found_in_an_address() {
        assert_eq!(host("https://me@a.b:80/c?d"), Some("a.b"));
        assert_eq!(host("http://[::1]:80/"), Some("[::1]:80"));
        assert_eq!(host("https:///a"), None);
        assert!(is_reserved("www.example.org") && !is_reserved("myexample.org"));
    }
}
