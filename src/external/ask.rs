//! One address asked: HEAD, then GET where that says too little, following redirects
//! and telling a page that moved for good from one that only points elsewhere.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use ureq::Agent;
use ureq::http::Response;

/// Some sites turn away whatever doesn't look like a browser.
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// After so many redirects a browser gives up.
const REDIRECTS: usize = 10;

/// A host that asks for a longer pause is not asked again in this run.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What became of a link that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The page is there.
    Fine,
    /// It has moved for good to another address.
    Moved(String),
    /// There is no such page, for this reason.
    Dead(String),
    /// Nobody knows, for this reason.
    Uncertain(String),
}

/// What asks.
pub(super) fn agent(timeout: Duration) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(timeout))
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent(AGENT)
        .build();
    config.into()
}

/// Asks for one address.
pub(super) fn once(agent: &Agent, address: &str, pause: Duration) -> Answer {
    let mut here = address.to_owned();
    let mut for_good = true;
    for _ in 0..=REDIRECTS {
        let response = match ask(agent, &here, pause) {
            Ok(response) => response,
            Err(error) => return failed(&error),
        };
        let status = response.status().as_u16();
        let location = response.headers().get("location").and_then(|value| value.to_str().ok());
        match (status, location) {
            (301 | 302 | 303 | 307 | 308, Some(location)) => {
                // Only as long as each step is for good, the last address is the page's own.
                for_good &= matches!(status, 301 | 308);
                match join(&here, location) {
                    Some(next) => here = next,
                    None => return Answer::Dead(format!("it leads on to `{location}`, which is no address")),
                }
            }
            (200..=299, _) if here != address && for_good && !differs_little(address, &here) => {
                return Answer::Moved(here);
            }
            _ => return of_status(status),
        }
    }
    Answer::Dead("it leads on and on without an end".into())
}

/// HEAD, and GET where HEAD isn't answered as GET would be; once more after a pause if asked to wait.
fn ask(agent: &Agent, address: &str, pause: Duration) -> Result<Response<ureq::Body>, ureq::Error> {
    let head = with_headers(agent.head(address)).call();
    let enough = head.as_ref().is_ok_and(|head| head.status().as_u16() < 400);
    if enough || matches!(head, Err(ureq::Error::HostNotFound | ureq::Error::BadUri(_))) {
        return head;
    }
    std::thread::sleep(head.as_ref().ok().and_then(wait).unwrap_or(pause));
    let get = with_headers(agent.get(address)).call();
    match get.as_ref().ok().and_then(wait) {
        Some(wait) => {
            std::thread::sleep(wait);
            with_headers(agent.get(address)).call()
        }
        None => get,
    }
}

fn with_headers<B>(request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
    request
        .header("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
        .header("accept-language", "en;q=0.8,*;q=0.5")
}

/// How long a host asks to wait, if it is not too long.
fn wait(response: &Response<ureq::Body>) -> Option<Duration> {
    if !matches!(response.status().as_u16(), 429 | 503) {
        return None;
    }
    let seconds = response.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds)).filter(|wait| *wait <= LONGEST_PAUSE)
}

fn of_status(status: u16) -> Answer {
    match status {
        200..=299 => Answer::Fine,
        404 => Answer::Dead("the site says that there is no such page (404)".into()),
        410 => Answer::Dead("the site says that the page is gone for good (410)".into()),
        401 | 403 | 407 | 451 | 999 => Answer::Uncertain(format!("the site turned us away ({status})")),
        429 => Answer::Uncertain("the site was asked too often (429)".into()),
        500..=599 => Answer::Uncertain(format!("the site has trouble of its own ({status})")),
        _ => Answer::Uncertain(format!("the site answered with {status}")),
    }
}

/// Why an address could not be asked, in words.
pub(super) fn failure(error: &ureq::Error) -> String {
    match failed(error) {
        Answer::Dead(why) | Answer::Uncertain(why) => why,
        Answer::Fine | Answer::Moved(_) => error.to_string(),
    }
}

fn failed(error: &ureq::Error) -> Answer {
    match error {
        ureq::Error::HostNotFound => Answer::Dead("there is no such site".into()),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => Answer::Dead("it is not written as an address is".into()),
        ureq::Error::Timeout(_) => Answer::Uncertain("the site did not answer in time".into()),
        ureq::Error::ConnectionFailed => Answer::Dead("nothing answers there".into()),
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            Answer::Dead("nothing answers there".into())
        }
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
            Answer::Uncertain("the site did not answer in time".into())
        }
        other => Answer::Uncertain(format!("the connection failed ({other})")),
    }
}

/// Whether two addresses differ only in what redirects add for form: scheme, `www.`, a slash at the end.
fn differs_little(one: &str, other: &str) -> bool {
    let plain = |address: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest).to_ascii_lowercase();
        rest.strip_prefix("www.").unwrap_or(&rest).trim_end_matches('/').to_owned()
    };
    one.starts_with("https://") && plain(one) == plain(other)
}

/// A redirect's target from where it was given.
pub(super) fn join(from: &str, to: &str) -> Option<String> {
    let (scheme, rest) = from.split_once("://")?;
    let to = to.split('#').next().unwrap_or(to).trim();
    let lower = to.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Some(to.to_owned());
    }
    if let Some(rest) = to.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    if to.is_empty() || to.split(['/', '?']).next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    let authority = rest.split(['/', '?']).next()?;
    if to.starts_with('/') {
        return Some(format!("{scheme}://{authority}{to}"));
    }
    let path = rest[authority.len()..].split('?').next().unwrap_or("");
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (to_path, query) = to.split_once('?').map_or((to, String::new()), |(path, query)| (path, format!("?{query}")));
    let slash = if to_path.ends_with('/') { "/" } else { "" };
    Some(format!("{scheme}://{authority}{}{slash}{query}", crate::site::address::resolve(folder, to_path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_starts_from_where_it_was_given() {
        let join = |to| join("https://a.b/c/d?e", to).unwrap_or_default();
        assert_eq!(join("f"), "https://a.b/c/f");
        assert_eq!(join("/f"), "https://a.b/f");
        assert_eq!(join("../f/?g"), "https://a.b/f/?g");
        assert_eq!(join("//x/y"), "https://x/y");
        assert_eq!(join("http://x#z"), "http://x");
        assert_eq!(join("javascript:1"), "");
    }

    #[test]
    fn what_redirects_add_for_form_is_no_move() {
        assert!(differs_little("https://a.b/c", "https://www.a.b/c/"));
        assert!(!differs_little("http://a.b/c", "https://a.b/c"));
        assert!(!differs_little("https://a.b/c", "https://a.b/d"));
    }
}
