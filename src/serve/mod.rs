//! The preview: the site from memory over HTTP, the newest state of it a moment
//! after a save, and the page in the browser brought up to date without a reload.
//!
//! ```text
//! watch ──► owner ──► Snapshot ──► requests
//!             │  └──► events ────► pages in browsers
//!             └─────► findings ──► terminal and pages
//! ```
//!
//! One thread owns the project; what it hands out is frozen.

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc;

use anyhow::Context;
use tokio::sync::watch as channel;

mod accept;
mod browser;
mod connection;
mod editor;
mod events;
mod file_body;
mod findings;
mod guard;
pub mod inject;
mod moved;
mod owner;
mod panel;
mod port;
mod preview;
mod range;
mod reply;
mod route;
mod snapshot;
mod watch;

use crate::project::{Opener, Project};
use crate::terminal;
use events::Events;
use guard::Names;
use owner::{Outputs, Owner};
use preview::Preview;

/// Where the preview listens.
#[derive(Clone, Debug)]
pub struct ListenOptions {
    /// The name or address to listen on.
    pub host: String,
    /// The port; without one, the usual or the next that is free.
    pub port: Option<u16>,
    /// Whether to open the browser.
    pub open: bool,
    /// Whether the terminal opens addresses that are clicked.
    pub links: bool,
}

/// Serves a project until it is told to stop, with drafts if they are wanted.
///
/// # Errors
/// If the port is taken or the project can't be read.
pub fn run(options: &ListenOptions, opener: Opener, project: Project, drafts: bool) -> anyhow::Result<()> {
    let address = resolve(&options.host)?;
    let listener = port::listen(address, options.port)?;
    let bound = listener.local_addr().context("the port has no address")?;
    let content = project.source_dir.clone();
    let home = home(&options.host, bound, &project.config.site.base_path);
    let (owner, first) = Owner::begin(opener, project, drafts)?;
    announce(options, bound.port(), &home)?;
    let (snapshots, current) = channel::channel(first);
    let events = Arc::new(Events::new());
    let (checks, jobs) = mpsc::channel();
    let outputs = Outputs { snapshots, events: Arc::clone(&events), checks };
    std::thread::Builder::new().name("owner".into()).spawn(move || owner.work(&outputs))?;
    let told = Arc::clone(&events);
    std::thread::Builder::new().name("check".into()).spawn(move || findings::check_all(&jobs, &told))?;
    let preview = Arc::new(Preview { names: Names::new(&options.host, bound.ip()), current, events, content });
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

fn announce(options: &ListenOptions, port: u16, home: &str) -> std::io::Result<()> {
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
