//! Requests and what answers them: the site as it is served, and what the preview has of its own.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::Response;
use hyper::body::Incoming;
use tokio::sync::watch as channel;

use super::events::{self, Events};
use super::guard::{self, Names, Refusal};
use super::route::{Found, Malformed};
use super::snapshot::{PathAnswer, Snapshot};
use super::{accept, inject, panel, reply};

const SCRIPT: &str = include_str!("client/preview.js");
const STYLE: &str = include_str!("client/preview.css");

/// Everything that answers requests.
pub(super) struct Preview {
    /// What the preview may be called.
    pub names: Names,
    /// The newest state.
    pub current: channel::Receiver<Arc<Snapshot>>,
    /// What pages in browsers are told.
    pub events: Arc<Events>,
    /// The folder of the pages.
    pub content: PathBuf,
}

impl Preview {
    /// The response to any request whatever.
    pub(super) async fn reply(&self, request: Request<Incoming>, own: IpAddr) -> Response {
        let (mut parts, _) = request.into_parts();
        if let Err(refusal) = guard::admit(&parts, &self.names, own) {
            return reply::refused(refusal);
        }
        let path = parts.uri.path().to_owned();
        match path.strip_prefix(inject::PRIVATE) {
            Some("preview.js") => reply::own("text/javascript; charset=utf-8", SCRIPT),
            Some("preview.css") => reply::own("text/css; charset=utf-8", STYLE),
            Some("live") => events::listen(&self.events, &mut parts).await,
            Some("page") => self.panel(parts.uri.query().unwrap_or("")).await,
            Some(_) => reply::refused(NOTHING),
            None => self.page(&path, &parts).await,
        }
    }

    async fn page(&self, path: &str, parts: &axum::http::request::Parts) -> Response {
        let snapshot = Arc::clone(&self.current.borrow());
        let found = match snapshot.find(path) {
            Ok(Found::File(path, subject)) => Some((path, subject)),
            Ok(Found::Elsewhere(to)) => return reply::elsewhere(&to, parts.uri.query()),
            Ok(Found::Nothing) => None,
            Err(Malformed) => return reply::refused(MALFORMED),
        };
        if let Some((path, subject)) = found {
            let copy = path.strip_suffix(".html").map(|page| format!("{page}.md"));
            let copy = copy.and_then(|copy| snapshot.published(&copy).map(|subject| (copy, subject)));
            let varies = copy.is_some();
            let copy = copy.filter(|_| accept::wants_markdown(&parts.headers));
            let is_copy = copy.is_some();
            let (path, subject) = copy.unwrap_or((path, subject));
            if let Some(mut response) = send(&snapshot, &path, &subject, &parts.headers).await {
                if varies {
                    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
                }
                if is_copy {
                    let kind = HeaderValue::from_static("text/markdown; charset=utf-8");
                    response.headers_mut().insert(header::CONTENT_TYPE, kind);
                }
                return response;
            }
        }
        let missing = snapshot.published("404.html");
        let plain = axum::http::HeaderMap::new();
        let response = match missing {
            Some(subject) => send(&snapshot, "404.html", &subject, &plain).await,
            None => None,
        };
        let mut response = response.unwrap_or_else(|| reply::refused(NOTHING));
        if response.status() == StatusCode::OK {
            *response.status_mut() = StatusCode::NOT_FOUND;
            response.headers_mut().remove(axum::http::header::ETAG);
        }
        response
    }

    async fn panel(&self, query: &str) -> Response {
        let path = query.strip_prefix("at=").unwrap_or("");
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        let snapshot = Arc::clone(&self.current.borrow());
        // What it lacks is known once it is made; the state that the browser has it of may be another by now.
        if let Ok(Found::File(path, subject)) = snapshot.find(&path) {
            let _ = snapshot.answer(&path, &subject).await;
        }
        let content = self.content.clone();
        let about = tokio::task::spawn_blocking(move || panel::about(&snapshot, &content, &path)).await;
        match about {
            Ok(Some(about)) => reply::own("application/json", about.to_string()),
            _ => reply::refused(NOTHING),
        }
    }
}

const NOTHING: Refusal = Refusal { status: StatusCode::NOT_FOUND, words: "There is nothing here." };
const MALFORMED: Refusal = Refusal { status: StatusCode::BAD_REQUEST, words: "The address can't be read." };

/// What a published path holds, as a response; nothing for a file that is gone from the disk.
async fn send(
    snapshot: &Arc<Snapshot>,
    path: &str,
    subject: &crate::render::Subject,
    headers: &axum::http::HeaderMap,
) -> Option<Response> {
    Some(match &*snapshot.answer(path, subject).await {
        PathAnswer::Made(bytes, tag) => reply::made(path, bytes, tag, headers),
        PathAnswer::File(file) => return reply::file(path, file.clone(), headers).await,
        PathAnswer::Failed(finding) => reply::broken(&finding.message, finding.help.as_deref().unwrap_or("")),
        PathAnswer::Panicked => reply::broken(
            "The renderer broke down over this page. That is a fault of bokworm, not of the page.",
            "Other pages are not affected. Please report it, with the page.",
        ),
    })
}
