//! `bokworm theme`: what the built-in theme consists of, and copies of it to change.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{Outcome, known, opened};
use crate::nearest::nearest;
use crate::project::{Overrides, Project};
use crate::render::theme::{built_in, built_in_names, word_tables};
use crate::terminal;

/// See the built-in theme, or copy files of it to change
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Clone, Debug)]
enum What {
    /// List the files of the built-in theme
    List,
    /// Copy files of the built-in theme into the project's templates folder
    ///
    /// A file there replaces the theme's own of the same name. Without a name, all files are
    /// copied; better copy only what you change, so that the rest keeps up with new versions.
    /// Nothing that is there already is overwritten.
    #[command(verbatim_doc_comment)]
    Eject {
        /// Names as `bokworm theme list` prints them: base.html, components/BoxOut.html
        #[arg(value_name = "FILE", add = known::theme_file())]
        files: Vec<String>,
        /// The configuration; by default book.toml here or in the nearest folder above
        #[arg(long, value_name = "FILE", env = "BOKWORM_CONFIG", hide_env_values = true)]
        config: Option<PathBuf>,
    },
}

/// Lists or copies the theme, for the project of the folder `start`.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    match &arguments.what {
        What::List => {
            let names = [built_in_names(), word_tables()].concat();
            terminal::say(&format!("{}\n", names.join("\n")))?;
        }
        What::Eject { files, config } => {
            let project = opened::project(start, &Overrides { config: config.clone(), ..Overrides::default() })?;
            if project.config_path.is_none() {
                bail!(
                    "there is no `book.toml`, so a site has no templates of its own; `bokworm init` starts a project"
                );
            }
            eject(&project, files)?;
        }
    }
    Ok(Outcome::Clean)
}

fn eject(project: &Project, wanted: &[String]) -> anyhow::Result<()> {
    // All files are the theme's looks: words of a site's own are written one by one.
    let usual = built_in_names();
    let names = [usual.clone(), word_tables()].concat();
    for name in wanted {
        if !names.contains(name) {
            let meant = nearest(name, names.iter().map(String::as_str));
            let hint = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            bail!("the theme has no file `{name}`{hint}\nhelp: `bokworm theme list` names them all");
        }
    }
    let folder = project.root.join(&project.config.folders.templates);
    let wanted = if wanted.is_empty() { &usual } else { wanted };
    let taken: Vec<&String> = wanted.iter().filter(|name| folder.join(name).exists()).collect();
    if let Some(first) = taken.first() {
        let others = if taken.len() > 1 { format!(" and {} more files", taken.len() - 1) } else { String::new() };
        bail!("`{}`{others} is there already; nothing was copied", project.shown(&folder.join(first)));
    }
    // What can't be printed keeps no file from being copied.
    let mut told = Ok(());
    for name in wanted {
        let place = folder.join(name);
        let parent = place.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).with_context(|| format!("`{}` can't be made", parent.display()))?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&place)
            .with_context(|| format!("`{}` can't be made", place.display()))?;
        file.write_all(&built_in(name).unwrap_or_default())
            .with_context(|| format!("`{}` can't be written", place.display()))?;
        told = told.and(terminal::say(&format!("copied {}\n", project.shown(&place))));
    }
    Ok(told?)
}
