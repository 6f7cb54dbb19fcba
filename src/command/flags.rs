//! What every command that reads a project can be told about where it lies.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;

use crate::config;
use crate::project::Overrides;

/// What every command that reads a project can be told about it.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Flags {
    /// The configuration; by default book.toml (or bokworm.toml) here or in the nearest folder above
    #[arg(long, value_name = "FILE", env = "BOKWORM_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
    /// The folder of the pages, in place of the configuration's; with it, no configuration is needed
    #[arg(long, value_name = "DIR", env = "BOKWORM_SOURCE", hide_env_values = true)]
    pub source: Option<PathBuf>,
    /// The folder of files that are published as they are, in place of the configuration's
    #[arg(long = "static", value_name = "DIR", env = "BOKWORM_STATIC", hide_env_values = true)]
    pub static_files: Option<PathBuf>,
    /// The day from which queries and the ages of pages count, in place of the day that it is: 2026-01-31
    #[arg(long, value_name = "DAY", env = "BOKWORM_TODAY", hide_env_values = true)]
    pub today: Option<String>,
}

/// What commands that build a site can be told about where it comes to.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct SiteFlags {
    /// Where the site is written, in place of the configuration's (public)
    #[arg(long, value_name = "DIR", env = "BOKWORM_OUT", hide_env_values = true)]
    pub out: Option<PathBuf>,
    /// The address that the site is published at, in place of the configuration's: https://example.org/handbook/,
    /// or only its path
    #[arg(long, value_name = "URL", env = "BOKWORM_BASE_URL", hide_env_values = true)]
    pub base_url: Option<String>,
    /// Where results are kept for the next build; by default .bokworm/cache in the project, and nowhere without one.
    /// A place in an object store (s3://BUCKET/PATH, gs://…, az://…) holds smaller pictures and cards for all machines
    /// that build the site, beside that folder
    #[arg(long, value_name = "DIR|URL", env = "BOKWORM_CACHE", hide_env_values = true)]
    pub cache: Option<PathBuf>,
}

impl SiteFlags {
    /// What they say in place of the configuration, beside what is said of the project.
    pub fn overrides(&self, project: &Flags) -> Overrides {
        let Self { out, base_url, cache } = self.clone();
        let store = |cache: &PathBuf| cache.to_str().and_then(config::store_address);
        let shared_cache = cache.as_ref().and_then(store);
        let cache = cache.filter(|_| shared_cache.is_none());
        Overrides { out, base_url, cache, shared_cache, ..project.overrides() }
    }
}

/// How a variable says whether an option is given: `0`, `no`, `off` and `false` say that it isn't, all else that it is.
pub(super) fn switch() -> FalseyValueParser {
    FalseyValueParser::new()
}

impl Flags {
    /// What they say in place of the configuration.
    pub fn overrides(&self) -> Overrides {
        let Self { config, source, static_files, today } = self.clone();
        Overrides { config, source, static_files, today, ..Overrides::default() }
    }
}
