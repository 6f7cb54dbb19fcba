//! The preview: the site from memory over HTTP, the newest state of it a moment
//! after a save, and the page in the browser brought up to date without a reload.
//!
//! ```text
//! watch ──► owner ──► Snapshot ──► requests
//!             │  └──► news ──────► pages in browsers
//!             └─────► findings ──► terminal and pages
//! ```
//!
//! One thread owns the project; what it hands out is frozen.

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;

use anyhow::Context;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use hyper::body::Incoming;
use tokio::sync::watch as channel;

mod browser;
mod connection;
mod editor;
mod file_body;
mod findings;
mod guard;
pub mod inject;
mod media_type;
mod moved;
mod news;
mod owner;
mod panel;
mod port;
mod range;
mod reply;
mod route;
mod snapshot;
mod watch;

use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::read::Places;
use crate::source::Source;
use crate::terminal;
use guard::{Names, Refusal};
use news::News;
use owner::{Outlet, Owner};
use route::{Found, Malformed};
use snapshot::{Answer, Snapshot};

const SCRIPT: &str = include_str!("client/preview.js");
const STYLE: &str = include_str!("client/preview.css");

/// A project as its configuration describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The folder of `book.toml`.
    pub root: PathBuf,
    /// The configuration.
    pub config: Arc<Config>,
    /// Its text, if there is a file.
    pub configuration: Option<Source>,
    /// What is wrong in it.
    pub findings: Vec<Diagnostic>,
    /// Where the project's folders lie.
    pub places: Places,
    /// Where results are kept between runs.
    pub cache: Cache,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether the terminal shows colours.
    pub colour: bool,
}

/// Reads the project's configuration as it stands now.
pub type Open = Box<dyn FnMut() -> anyhow::Result<Setting> + Send>;

/// Where the preview listens.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name or address to listen on.
    pub host: String,
    /// The port; without one, the usual or the next that is free.
    pub port: Option<u16>,
    /// Whether to open the browser.
    pub open: bool,
    /// Whether the terminal opens addresses that are clicked.
    pub links: bool,
}

/// Everything that answers requests.
struct Preview {
    names: Names,
    current: channel::Receiver<Arc<Snapshot>>,
    news: Arc<News>,
    content: PathBuf,
}

/// Serves a project until it is told to stop.
///
/// # Errors
/// If the port is taken or the project can't be read.
pub fn run(options: &Options, open: Open, setting: Setting) -> anyhow::Result<()> {
    let address = resolve(&options.host)?;
    let listener = port::listen(address, options.port)?;
    let bound = listener.local_addr().context("the port has no address")?;
    let content = setting.places.content.clone();
    let home = home(&options.host, bound, &setting.config.site.base_path);
    let (owner, first) = Owner::begin(open, setting)?;
    announce(options, bound.port(), &home)?;
    let (snapshots, current) = channel::channel(first);
    let news = Arc::new(News::new());
    let (checks, works) = mpsc::channel();
    let outlet = Outlet { snapshots, news: Arc::clone(&news), checks };
    std::thread::Builder::new().name("owner".into()).spawn(move || owner.work(&outlet))?;
    let told = Arc::clone(&news);
    std::thread::Builder::new().name("check".into()).spawn(move || findings::check_all(&works, &told))?;
    let preview = Arc::new(Preview { names: Names::new(&options.host, bound.ip()), current, news, content });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4)))
        .max_blocking_threads(64)
        .thread_stack_size(8 << 20)
        .build()
        .context("the preview can't start")?;
    if options.open {
        browser::open(&home);
    }
    let ended = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).context("the port can't be read from")?;
        tokio::select! {
            () = connection::accept(listener, preview) => Ok(()),
            ended = told_to_stop() => ended,
        }
    });
    // Whoever is still being answered is not waited for.
    runtime.shutdown_background();
    ended
}

fn resolve(host: &str) -> anyhow::Result<IpAddr> {
    let bare = host.trim_matches(['[', ']']);
    if let Ok(address) = bare.parse() {
        return Ok(address);
    }
    let found = (bare, 0).to_socket_addrs().with_context(|| format!("`--host`: there is no machine `{host}`"))?;
    let mut found: Vec<IpAddr> = found.map(|address| address.ip()).collect();
    found.sort_by_key(IpAddr::is_ipv6);
    found.first().copied().with_context(|| format!("`--host`: there is no machine `{host}`"))
}

/// The address of the site's first page, as a browser on this machine calls it.
fn home(host: &str, bound: SocketAddr, base_path: &str) -> String {
    let everywhere = bound.ip().is_unspecified();
    let named = host.parse::<IpAddr>().is_err() && !host.contains(':');
    let name = match () {
        () if everywhere => "localhost".to_owned(),
        () if named => host.to_owned(),
        () => guard::in_url(bound.ip()),
    };
    format!("http://{name}:{}{}", bound.port(), crate::site::address::encode_path(base_path))
}

fn announce(options: &Options, port: u16, home: &str) -> std::io::Result<()> {
    let mut out = String::new();
    if options.port.is_none() && port != port::USUAL {
        let _ = writeln!(out, "Port {} is taken, so the preview is on the next free one.", port::USUAL);
    }
    let shown = if options.links { format!("\x1b]8;;{home}\x1b\\{home}\x1b]8;;\x1b\\") } else { home.to_owned() };
    let _ = writeln!(out, "The site is at {shown}\nIt follows every save; Ctrl-C ends it.");
    terminal::say(&out)
}

/// Waits for Ctrl-C, or for whoever started it to end it.
async fn told_to_stop() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut ended = signal(SignalKind::terminate())?;
        let mut hung_up = signal(SignalKind::hangup())?;
        tokio::select! {
            asked = tokio::signal::ctrl_c() => asked?,
            _ = ended.recv() => {}
            _ = hung_up.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}

impl Preview {
    /// The response to any request whatever.
    async fn reply(&self, request: Request<Incoming>, own: IpAddr) -> Response {
        let (mut parts, _) = request.into_parts();
        if let Err(refusal) = guard::admit(&parts, &self.names, own) {
            return reply::refused(refusal);
        }
        let path = parts.uri.path().to_owned();
        match path.strip_prefix(inject::PRIVATE) {
            Some("preview.js") => reply::own("text/javascript; charset=utf-8", SCRIPT),
            Some("preview.css") => reply::own("text/css; charset=utf-8", STYLE),
            Some("live") => news::listen(&self.news, &mut parts).await,
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
        if let Some((path, subject)) = found
            && let Some(response) = send(&snapshot, &path, &subject, &parts.headers).await
        {
            return response;
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
        Answer::Made(bytes, tag) => reply::made(path, bytes, tag, headers),
        Answer::File(file) => return reply::file(path, file.clone(), headers).await,
        Answer::Failed(finding) => reply::broken(&finding.message, finding.help.as_deref().unwrap_or("")),
        Answer::Panicked => reply::broken(
            "The renderer broke down over this page. That is a fault of bokworm, not of the page.",
            "Other pages are not affected. Please report it, with the page.",
        ),
    })
}
