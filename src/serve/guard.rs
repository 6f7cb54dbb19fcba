//! Who may ask, and how: every request is taken for hostile until its method, its
//! length, its `Host` and where it comes from are known. A page of another site must
//! not be able to read the preview, by whatever name it calls this machine.

use std::net::IpAddr;

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Version, header};

/// The longest target of a request.
const LONGEST_TARGET: usize = 8 << 10;

/// Why a request is not answered, and with what status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// One sentence for whoever asked.
    pub words: &'static str,
}

const fn refuse(status: StatusCode, words: &'static str) -> Refusal {
    Refusal { status, words }
}

/// The names under which the preview may be called.
#[derive(Clone, Debug)]
pub(super) struct Names {
    names: Vec<String>,
    /// Whether it listens on all addresses of the machine.
    everywhere: bool,
}

impl Names {
    /// The loopback's names and the one it was told to listen on.
    pub(super) fn new(host: &str, address: IpAddr) -> Self {
        let mut names: Vec<String> = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).into();
        names.push(host.trim_matches(['[', ']']).to_ascii_lowercase());
        names.push(in_url(address));
        Self { names, everywhere: address.is_unspecified() }
    }

    /// Whether a `Host` header, with or without a port, names this preview. `own` is the address that
    /// the connection came in at: no name that an attacker could point here.
    fn include(&self, host: &str, own: IpAddr) -> bool {
        let Some(name) = without_port(host) else { return false };
        let name = name.to_ascii_lowercase();
        self.names.contains(&name) || (self.everywhere && name == in_url(own.to_canonical()))
    }
}

/// An address as it stands in a URL.
pub(super) fn in_url(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

fn without_port(host: &str) -> Option<&str> {
    let end = if host.starts_with('[') { host.find(']')? + 1 } else { host.find(':').unwrap_or(host.len()) };
    let port = &host[end..];
    let fits = port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok());
    (fits && end > 0).then(|| &host[..end])
}

/// Lets a request through, or says why not.
pub(super) fn admit(parts: &Parts, names: &Names, own: IpAddr) -> Result<(), Refusal> {
    let target = &parts.uri;
    if target.path().len() + target.query().map_or(0, str::len) > LONGEST_TARGET {
        return Err(refuse(StatusCode::URI_TOO_LONG, "The address is too long."));
    }
    if parts.version < Version::HTTP_10 || parts.version > Version::HTTP_11 {
        return Err(refuse(StatusCode::HTTP_VERSION_NOT_SUPPORTED, "Only HTTP/1.1 is spoken here."));
    }
    host(parts, names, own)?;
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return Err(refuse(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered."));
    }
    if has_body(&parts.headers) {
        return Err(refuse(StatusCode::PAYLOAD_TOO_LARGE, "A request has no body here."));
    }
    let text = |name: &str| parts.headers.get(name).map_or("", |value| value.to_str().unwrap_or("?"));
    if !matches!(text("sec-fetch-site"), "" | "none" | "same-origin") && text("sec-fetch-mode") != "navigate" {
        return Err(refuse(StatusCode::FORBIDDEN, "Pages of other sites may not read the preview."));
    }
    Ok(())
}

fn host(parts: &Parts, names: &Names, own: IpAddr) -> Result<(), Refusal> {
    let foreign =
        refuse(StatusCode::FORBIDDEN, "The preview does not answer under that name; `--host` gives it another.");
    let Some(host) = only(&parts.headers, &header::HOST) else {
        return Err(refuse(StatusCode::BAD_REQUEST, "A request needs exactly one Host header."));
    };
    let named = |text: &str| names.include(text, own);
    if !host.to_str().is_ok_and(named) {
        return Err(foreign);
    }
    match parts.uri.authority() {
        Some(authority) if !named(authority.as_str()) => Err(foreign),
        _ => Ok(()),
    }
}

/// Whether a page of the preview itself asks for the reload channel.
pub(super) fn same_origin(headers: &HeaderMap) -> Result<(), Refusal> {
    let foreign = refuse(StatusCode::FORBIDDEN, "Only the preview's own pages may listen.");
    let host = only(headers, &header::HOST).and_then(|host| host.to_str().ok()).ok_or(foreign)?;
    let origin = only(headers, &header::ORIGIN).and_then(|origin| origin.to_str().ok()).ok_or(foreign)?;
    let own = origin.strip_prefix("http://").is_some_and(|asking| asking.eq_ignore_ascii_case(host));
    if own { Ok(()) } else { Err(foreign) }
}

/// The value of a header that stands exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a HeaderValue> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())
}

fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH);
    headers.contains_key(header::TRANSFER_ENCODING) || length.is_some_and(|length| length != "0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn asked(names: &Names, headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        admit(&parts, names, LOOPBACK).map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn only_names_that_cannot_be_rebound_are_answered() {
        let names = Names::new("127.0.0.1", LOOPBACK);
        for host in ["localhost", "LOCALHOST:3000", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:3000"] {
            assert_eq!(asked(&names, &[("host", host)]), 200, "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:3000",
            "localhost.evil.example",
            "localhost.",
            "127.0.0.1.nip.io",
            "127.1",
            "2130706433",
            "[::1",
            "[::ffff:127.0.0.1]",
            "localhost:x",
            "localhost:",
            "user@localhost",
            ":3000",
            "",
            "0.0.0.0",
            "192.168.0.7",
        ] {
            assert_eq!(asked(&names, &[("host", host)]), 403, "{host}");
        }
        assert_eq!(asked(&names, &[]), 400);
        assert_eq!(asked(&names, &[("host", "localhost"), ("host", "localhost")]), 400);
        assert_eq!(asked(&names, &[("host", "evil.example"), ("x-forwarded-host", "localhost")]), 403);
    }

    #[test]
    fn on_all_addresses_it_answers_to_the_one_that_was_called() {
        let names = Names::new("0.0.0.0", IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED));
        assert!(names.include("192.168.0.7:3000", [192, 168, 0, 7].into()));
        assert!(!names.include("192.168.0.8", [192, 168, 0, 7].into()));
        assert!(!names.include("box.example", [192, 168, 0, 7].into()));
    }

    #[test]
    fn the_reload_channel_wants_the_preview_s_own_origin() {
        let origin = |origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static("localhost:3000"));
            if let Some(origin) = origin {
                headers.insert("origin", HeaderValue::from_str(origin).unwrap());
            }
            same_origin(&headers).is_ok()
        };
        assert!(origin(Some("http://localhost:3000")));
        for foreign in [
            None,
            Some("null"),
            Some("http://evil.example"),
            Some("http://localhost"),
            Some("http://localhost:3001"),
            Some("http://127.0.0.1:3000"),
            Some("http://localhost:3000.evil.example"),
            Some("https://localhost:3000"),
            Some("file://"),
            Some(""),
        ] {
            assert!(!origin(foreign), "{foreign:?}");
        }
    }

    #[test]
    fn other_sites_may_link_here_but_not_read() {
        let names = Names::new("127.0.0.1", LOOPBACK);
        let from = |site: &str, mode: &str| {
            asked(&names, &[("host", "localhost"), ("sec-fetch-site", site), ("sec-fetch-mode", mode)])
        };
        assert_eq!(from("cross-site", "navigate"), 200);
        assert_eq!(from("cross-site", "no-cors"), 403);
        assert_eq!(from("same-origin", "cors"), 200);
        assert_eq!(from("none", "navigate"), 200);
    }
}
