//! `bokworm serve`: shows a project while it is written.

use std::path::Path;

use super::flags::Flags;
use super::{Outcome, opened, tell_configuration};
use crate::project::{Opener, Overrides};
use crate::serve::{self, ListenOptions};
use crate::terminal;

/// Preview the site while it is written
///
/// Shows the site in the browser as it will be published, and brings the page in view up to date
/// the moment that a file is saved. Nothing is written to disk. Like `build` it takes the project in
/// the current folder, or any folder of Markdown pages:
///
///   bokworm serve --open
///   bokworm serve --source docs
///
/// What is wrong is told here and in a bar on the page; a page that can't be rendered keeps its last
/// good state until it can. Only this machine can reach the preview unless `--host` says otherwise.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
    /// The port to listen on; by default 3000, or the next one that is free
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// The name or address to listen on; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// The address that the site is published at, in place of the configuration's: https://example.org/handbook/,
    /// or only its path
    #[arg(long, value_name = "URL", env = "BOKWORM_BASE_URL", hide_env_values = true)]
    pub base_url: Option<String>,
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
}

/// Serves the project of the folder `start` until it is told to stop.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let overrides = Overrides { base_url: arguments.base_url.clone(), ..arguments.project.overrides() };
    let (opener, project) = Opener::begin(start, overrides.clone())?;
    opened::tell(&project, &overrides);
    tell_configuration(&project)?;
    if project.is_misconfigured() {
        return Ok(Outcome::Findings);
    }
    let options = ListenOptions {
        host: arguments.host.clone(),
        port: arguments.port,
        open: arguments.open,
        links: terminal::says_with_links(),
    };
    serve::run(&options, opener, project, arguments.drafts)?;
    Ok(Outcome::Clean)
}
