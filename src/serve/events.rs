//! What the browser is told without asking: that the site is another, that a page
//! moved, what was found. Each message is a line of JSON; whoever begins to listen
//! first hears how things stand.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::extract::FromRequestParts;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, broadcast};

use super::guard::{self, Refusal};
use super::reply;

/// How many messages a listener may be behind before it is told to ask for everything anew.
const BACKLOG: usize = 64;
/// How many may listen at once.
const LISTENERS: usize = 200;
/// Nobody has anything to say here that is longer.
const LONGEST: usize = 1 << 10;

/// The reload channel's sending end.
pub(super) struct Events {
    messages: broadcast::Sender<Utf8Bytes>,
    standing: Mutex<LatestEvents>,
    seats: Arc<Semaphore>,
}

struct LatestEvents {
    version: u64,
    /// When files came to hold other bytes, by address.
    changed: BTreeMap<String, Instant>,
    findings: Value,
}

impl Events {
    /// A channel that nobody listens to yet.
    pub(super) fn new() -> Self {
        let findings = json!({ "type": "findings", "list": [], "stopped": [] });
        let standing = LatestEvents { version: 0, changed: BTreeMap::new(), findings };
        Self {
            messages: broadcast::Sender::new(BACKLOG),
            standing: Mutex::new(standing),
            seats: Arc::new(Semaphore::new(LISTENERS)),
        }
    }

    /// The site is another; these files of it (by address) hold other bytes.
    pub(super) fn published(&self, version: u64, changed: &[String]) {
        {
            let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
            standing.version = version;
            let now = Instant::now();
            standing.changed.extend(changed.iter().map(|address| (address.clone(), now)));
        }
        self.send(&json!({ "type": "site", "version": version, "changed": changed }));
    }

    /// A page is at another address.
    pub(super) fn moved(&self, from: &str, to: &str) {
        self.send(&json!({ "type": "moved", "from": from, "to": to }));
    }

    /// What was found, as `findings::told` writes it.
    pub(super) fn found(&self, findings: Value) {
        self.send(&findings);
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).findings = findings;
    }

    fn send(&self, message: &Value) {
        // Nobody listens: nobody needs to know.
        let _ = self.messages.send(message.to_string().into());
    }

    fn standing(&self) -> [Utf8Bytes; 2] {
        let standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        // A page may have been loaded before a file changed and begin to listen after it: it knows how long ago it
        // began, and is told how long ago each file changed.
        let changed: BTreeMap<&str, u128> =
            standing.changed.iter().map(|(address, when)| (address.as_str(), when.elapsed().as_millis())).collect();
        let version = json!({ "type": "hello", "version": standing.version, "changed": changed });
        [version.to_string().into(), standing.findings.to_string().into()]
    }
}

/// Opens the channel for a page of the preview, and for nobody else.
pub(super) async fn listen(events: &Arc<Events>, parts: &mut Parts) -> Response {
    if let Err(refusal) = guard::same_origin(&parts.headers) {
        return reply::refused(refusal);
    }
    let upgrade = match WebSocketUpgrade::from_request_parts(parts, &()).await {
        Ok(upgrade) => upgrade.max_message_size(LONGEST).max_frame_size(LONGEST),
        Err(rejection) => return rejection.into_response(),
    };
    let Ok(seat) = Arc::clone(&events.seats).try_acquire_owned() else {
        let words = "Too many pages are open.";
        return reply::refused(Refusal { status: StatusCode::SERVICE_UNAVAILABLE, words });
    };
    let events = Arc::clone(events);
    upgrade.on_upgrade(async move |socket| {
        tell(socket, &events).await;
        drop(seat);
    })
}

/// Sends messages for as long as someone listens. What a listener says is not heard.
async fn tell(mut socket: WebSocket, events: &Events) {
    let mut messages = events.messages.subscribe();
    for message in events.standing() {
        if socket.send(Message::Text(message)).await.is_err() {
            return;
        }
    }
    loop {
        let message = tokio::select! {
            message = messages.recv() => message,
            heard = socket.recv() => match heard {
                Some(Ok(Message::Text(_) | Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => continue,
                _ => return,
            },
        };
        let message = match message {
            Ok(message) => message,
            Err(broadcast::error::RecvError::Lagged(_)) => json!({ "type": "again" }).to_string().into(),
            Err(broadcast::error::RecvError::Closed) => return,
        };
        if socket.send(Message::Text(message)).await.is_err() {
            return;
        }
    }
}
