//! What was found, turned into an HTTP response: headers that keep other sites out,
//! conditional requests, ranges, and pages that say in words what went wrong.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::file_body::FileBody;
use super::guard::Refusal;
use super::inject;
use super::range::{self, FileRange};
use crate::html::escaped;
use crate::media_type;
use crate::read::open::{self, Opened};

/// What tells one state of a file from another.
struct FileVersion {
    tag: String,
    modified: Option<Timestamp>,
}

/// Bytes that were made, as far as the request wants them.
pub(super) fn made(path: &str, bytes: &Bytes, tag: &str, headers: &HeaderMap) -> Response {
    let stamp = FileVersion { tag: tag.to_owned(), modified: None };
    let len = bytes.len() as u64;
    let body = |range: Range<u64>| {
        let place = |at: u64| usize::try_from(at).unwrap_or(bytes.len()).min(bytes.len());
        Body::from(bytes.slice(place(range.start)..place(range.end)))
    };
    conditional(headers, &stamp).unwrap_or_else(|| ranged(path, len, &stamp, headers, body))
}

/// A file, as far as the request wants it; nothing if it is no more what it was.
pub(super) async fn file(path: &str, file: PathBuf, headers: &HeaderMap) -> Option<Response> {
    let opened = tokio::task::spawn_blocking(move || open::ordinary(&file)).await.ok()?.ok()?;
    let Opened::File(file, metadata) = opened else { return None };
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let stamp = FileVersion {
        tag: format!("\"{:x}-{:x}\"", metadata.len(), since.as_nanos()),
        modified: i64::try_from(since.as_secs()).ok().and_then(|seconds| Timestamp::from_second(seconds).ok()),
    };
    let body = |range: Range<u64>| stretch(file, range);
    Some(conditional(headers, &stamp).unwrap_or_else(|| ranged(path, metadata.len(), &stamp, headers, body)))
}

fn stretch(mut file: File, range: Range<u64>) -> Body {
    match file.seek(SeekFrom::Start(range.start)) {
        Ok(_) => Body::new(FileBody::new(file, range.end - range.start)),
        Err(_) => Body::empty(),
    }
}

/// The response to a client that has the same state already.
fn conditional(headers: &HeaderMap, stamp: &FileVersion) -> Option<Response> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let same = match (text(header::IF_NONE_MATCH), text(header::IF_MODIFIED_SINCE)) {
        (Some(tags), _) => {
            tags.split(',').any(|tag| matches!(tag.trim(), "*") || tag.trim().trim_start_matches("W/") == stamp.tag)
        }
        (None, Some(date)) => {
            stamp.modified.is_some_and(|modified| http_date(date).is_some_and(|date| modified <= date))
        }
        (None, None) => false,
    };
    same.then(|| {
        let mut response = response(StatusCode::NOT_MODIFIED, Body::empty());
        stamp.put(response.headers_mut());
        response
    })
}

fn ranged(
    path: &str,
    len: u64,
    stamp: &FileVersion,
    headers: &HeaderMap,
    body: impl FnOnce(Range<u64>) -> Body,
) -> Response {
    let wanted = headers.get(header::RANGE).and_then(|value| value.to_str().ok()).filter(|_| stamp.is_still(headers));
    let (status, range) = match wanted.map_or(FileRange::Whole, |wanted| range::part(wanted, len)) {
        FileRange::Whole => (StatusCode::OK, 0..len),
        FileRange::Bytes(range) => (StatusCode::PARTIAL_CONTENT, range),
        FileRange::Outside => {
            let mut response = response(StatusCode::RANGE_NOT_SATISFIABLE, Body::empty());
            put(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes */{len}"));
            return response;
        }
    };
    let (start, end) = (range.start, range.end);
    let mut response = response(status, body(range));
    let headers = response.headers_mut();
    if status == StatusCode::PARTIAL_CONTENT {
        put(headers, header::CONTENT_RANGE, &format!("bytes {start}-{}/{len}", end - 1));
    }
    put(headers, header::CONTENT_LENGTH, &(end - start).to_string());
    put(headers, header::CONTENT_TYPE, media_type::of(path));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    stamp.put(headers);
    response
}

impl FileVersion {
    fn put(&self, headers: &mut HeaderMap) {
        put(headers, header::ETAG, &self.tag);
        let modified = self.modified.and_then(|time| DateTimePrinter::new().timestamp_to_rfc9110_string(&time).ok());
        if let Some(modified) = modified {
            put(headers, header::LAST_MODIFIED, &modified);
        }
    }

    /// Whether a range is wanted of this state (`If-Range`).
    fn is_still(&self, headers: &HeaderMap) -> bool {
        let Some(wanted) = headers.get(header::IF_RANGE) else { return true };
        let Ok(wanted) = wanted.to_str() else { return false };
        wanted == self.tag || (self.modified.is_some() && http_date(wanted) == self.modified)
    }
}

fn http_date(text: &str) -> Option<Timestamp> {
    let date = text.strip_suffix("GMT").map(|date| format!("{date}+0000"))?;
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok()
}

/// The way to another address of the site.
pub(super) fn elsewhere(location: &str, query: Option<&str>) -> Response {
    let mut response = response(StatusCode::TEMPORARY_REDIRECT, Body::empty());
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    put(response.headers_mut(), header::LOCATION, &format!("{location}{query}"));
    response
}

/// A refusal, in words. The connection ends with it.
pub(super) fn refused(refusal: Refusal) -> Response {
    let mut response = response(refusal.status, Body::from(format!("{}\n", refusal.words)));
    let headers = response.headers_mut();
    put(headers, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    put(headers, header::CONNECTION, "close");
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        put(headers, header::ALLOW, "GET, HEAD");
    }
    response
}

/// Text of the preview's own, never kept by the browser without asking.
pub(super) fn own(media_type: &str, text: impl Into<Body>) -> Response {
    let mut response = response(StatusCode::OK, text.into());
    put(response.headers_mut(), header::CONTENT_TYPE, media_type);
    response
}

/// A page that says why the page that was asked for can't be shown; it mends itself when it can.
pub(super) fn broken(message: &str, help: &str) -> Response {
    let mut text = String::new();
    for (tag, words) in [("h1", "This page can’t be shown"), ("p", message), ("p", help)] {
        text.push_str(&format!("<{tag}>{}</{tag}>\n", escaped(words)));
    }
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>This page can’t be shown</title>\n</head>\n\
         <body>\n<main>\n{text}</main>\n</body>\n</html>\n",
    );
    let page = inject::into_page(page.as_bytes());
    let mut response = response(StatusCode::INTERNAL_SERVER_ERROR, Body::from(page));
    put(response.headers_mut(), header::CONTENT_TYPE, "text/html; charset=utf-8");
    response
}

/// A response with what all of them carry.
fn response(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
