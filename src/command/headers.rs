//! `bokworm headers`: what a host should say with each answer, in the host's own words.

use std::path::Path;

use super::Outcome;
use super::flags::Flags;
use super::opened;
use crate::make::Tools;
use crate::render::{HeaderFormat, HostHeaders};
use crate::session::Purpose;
use crate::store::Cache;
use crate::terminal;

/// Print what a host should say with each answer: the policy, and how long files are kept
///
/// Sites whose address is known have it in `_headers`, which some hosts read. For the others:
///
///   bokworm headers --format nginx > headers.nginx.conf
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// For whom
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: HeadersFor,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// Who is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum HeadersFor {
    /// The file `_headers`, for Netlify, Cloudflare Pages and others
    #[default]
    Netlify,
    /// nginx, to be included in `server`
    Nginx,
    /// Apache, for its configuration or `.htaccess`
    Apache,
    /// Caddy, to be imported in the site's block
    Caddy,
    /// A `<meta>` with the policy for a template, where a host takes no headers
    Html,
}

/// Prints the headers of the project of the folder `start`.
///
/// # Errors
/// If the machine can't read the project.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = opened::project(start, &arguments.project.overrides())?;
    let state = opened::session(project, Purpose::Publish { drafts: false })?.state();
    let tools = Tools::of_preview(&Cache::none());
    let search = tools.search(&state);
    let renderer = tools.renderer(&state, &search);
    let format = match arguments.format {
        HeadersFor::Netlify => HeaderFormat::Netlify,
        HeadersFor::Nginx => HeaderFormat::Nginx,
        HeadersFor::Apache => HeaderFormat::Apache,
        HeadersFor::Caddy => HeaderFormat::Caddy,
        HeadersFor::Html => HeaderFormat::Html,
    };
    terminal::say(&HostHeaders::of(&renderer.editions()[0]).written(format))?;
    Ok(Outcome::Clean)
}
