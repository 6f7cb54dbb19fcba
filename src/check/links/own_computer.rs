//! Links to files of one's own computer or network, and to programs that only answer there.

use super::reference::Reference;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Link, LinkKind, Page};
use crate::site::Problem;
use crate::source::Span;

/// How far around a link is looked for what is shown of it.
const NEAR: usize = 500;

/// Where the files of people lie on their computers.
const HOMES: [&str; 5] = ["/home/", "/Users/", "~/", "/C:/", "/c:/"];

/// What the names of computers end with that answer in one network alone.
const OWN_NETWORKS: [&str; 6] = [".localhost", ".local", ".lan", ".internal", ".intranet", ".corp"];

/// What stands for the name of somebody's own computer.
const OF_EXAMPLES: [&str; 8] = ["example", "host", "server", "domain", "your", "site", "name", "xxx"];

/// What is told of a link that only its writer can follow.
pub(super) fn judge(page: &Page, link: &Link, reference: &Reference<'_>) -> Option<Diagnostic> {
    let target = reference.target.trim();
    let tell = |message: String, help: &str| {
        let finding = Diagnostic::new(Code::LocalAddress, reference.path, reference.span, message).with_help(help);
        finding.with_target(reference.resolution.address.clone())
    };
    if let Some(place) = place_of_file(target, reference) {
        // Markdown reads two backslashes as one.
        let more = if target.starts_with('\\') && !target.starts_with("\\\\") { "\\" } else { "" };
        let message = format!("`{more}{target}` is a file {place}, where readers can't open it");
        let help = "Put the file into the folder of static files or beside the page, and link to it there.";
        return Some(tell(message, help));
    }
    let rest = target.strip_prefix("http://").or_else(|| target.strip_prefix("https://"))?;
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // Who signs in may stand before it.
    let place = place.rsplit('@').next().unwrap_or_default();
    let host = if place.starts_with("[::1]") { "[::1]" } else { place.split(':').next().unwrap_or_default() };
    let is_link = matches!(reference.kind, LinkKind::Link | LinkKind::Image);
    if !is_private(host) || !is_link || is_shown(host, page, link) {
        return None;
    }
    let message = format!("`{target}` only answers on the writer's own computer or network");
    Some(tell(message, "Write the address at which readers find it, or show this one: as code, in backticks."))
}

/// Where the file of a path lies, if that is no place of the site.
fn place_of_file(target: &str, reference: &Reference<'_>) -> Option<&'static str> {
    let bytes = target.as_bytes();
    let is_drive =
        bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && matches!(bytes[2], b'\\' | b'/');
    let is_share = target.starts_with('\\') && target.len() > 3 && target[1..].contains('\\');
    let is_of = |scheme: &str| target.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    let (is_file, is_share) = (is_of("file:"), is_share || is_of("smb:"));
    let is_missing = matches!(reference.resolution.problem, Some(Problem::NoPage | Problem::NoFile));
    let is_home = is_missing && HOMES.iter().any(|home| target.starts_with(home));
    if is_share { Some("in a network") } else { (is_drive || is_file || is_home).then_some("on somebody's computer") }
}

/// Whether the address of a program is shown to readers beside the link: then they know what it is.
fn is_shown(host: &str, page: &Page, link: &Link) -> bool {
    let Span { start, end } = link.span.whole;
    let mut from = start.saturating_sub(NEAR);
    while !page.text.is_char_boundary(from) {
        from -= 1;
    }
    let before = page.text[from..start].rsplit('\n').next().unwrap_or_default();
    let mut until = (end + NEAR).min(page.text.len());
    while !page.text.is_char_boundary(until) {
        until -= 1;
    }
    let after = page.text[end..until.max(end)].lines().next().unwrap_or_default();
    // What another link hides in its brackets is not shown.
    let shows = |text: &str| {
        text.match_indices(host)
            .any(|(at, _)| !text[..at].ends_with("](http://") && !text[..at].ends_with("](https://"))
    };
    [before, after, &link.text].into_iter().any(shows)
}

/// Whether a host is this computer, or one of a network that isn't everybody's.
fn is_private(host: &str) -> bool {
    // Only computers of one network go by a single word.
    let is_word = host.len() > 2 && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if is_word && host != "localhost" && !OF_EXAMPLES.iter().any(|word| host.contains(word)) {
        return true;
    }
    if host == "localhost" || host == "[::1]" || OWN_NETWORKS.iter().any(|name| host.ends_with(name)) {
        return true;
    }
    let mut numbers = host.split('.').map(str::parse::<u8>);
    let (Some(Ok(a)), Some(Ok(b)), Some(Ok(_)), Some(Ok(_)), None) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return false;
    };
    matches!((a, b), (127 | 10, _) | (0, 0) | (192, 168) | (172, 16..=31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_networks_are_private() {
        assert!(
            ["localhost", "wiki.local", "intranet", "127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.1.1"]
                .into_iter()
                .all(is_private)
        );
        assert!(
            !["localhost.example.org", "172.32.0.1", "8.8.8.8", "10.example.org", "hostname", "Server", "8"]
                .into_iter()
                .any(is_private)
        );
    }
}
