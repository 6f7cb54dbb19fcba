//! Paths as people see them who are in a folder.

use std::path::{Component, Path, PathBuf};

/// A path as people write it who are in the folder `here`: upwards and down again, unless both have nothing in common.
pub fn seen_from(here: &Path, path: &Path) -> PathBuf {
    let is_plain = |path: &Path| !path.components().any(|part| part == Component::ParentDir);
    // What a link leads to, no path tells: a `..` behind one isn't the folder that it seems to be.
    let real = (!is_plain(path)).then(|| path.canonicalize().ok()).flatten();
    let path = real.as_deref().unwrap_or(path);
    let (mine, its): (Vec<_>, Vec<_>) = (here.components().collect(), path.components().collect());
    let common = mine.iter().zip(&its).take_while(|(mine, its)| mine == its).count();
    let is_related = its[..common].iter().any(|part| matches!(part, Component::Normal(_)));
    if !is_related || !is_plain(path) {
        return path.to_path_buf();
    }
    let up = mine[common..].iter().map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(its[common..].iter().copied()).collect();
    if way.as_os_str().is_empty() { PathBuf::from(".") } else { way }
}

/// A path as people write it who are in the current folder.
pub fn seen_from_here(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    seen_from(&here, path).display().to_string()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_where_somebody_is() {
        for (here, path, seen) in [
            ("/site", "/site/content/a.md", "content/a.md"),
            ("/site/content/roles", "/site/content/a.md", "../a.md"),
            ("/site/content/roles", "/site/book.toml", "../../book.toml"),
            ("/site", "/site", "."),
            ("/home/me", "/srv/site/a.md", "/srv/site/a.md"),
            ("/", "/srv/site/a.md", "/srv/site/a.md"),
            ("/srv/a", "/srv/nowhere-at-all/../b", "/srv/nowhere-at-all/../b"),
        ] {
            assert_eq!(seen_from(Path::new(here), Path::new(path)), Path::new(seen), "{path} from {here}");
        }
    }
}
