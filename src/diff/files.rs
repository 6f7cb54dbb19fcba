//! Files that are published as they are: those that are new, those that are gone, and those with other bytes at the same place.

use super::change::{AssetChange, AssetEvent};
use super::view::{ComparedSite, FileSeen};
use crate::source::Asset;

/// What became of files; whether two of one name and length differ, `differ` says.
pub(super) fn changed(
    before: &ComparedSite<'_>,
    after: &ComparedSite<'_>,
    differ: &dyn Fn(&Asset, &Asset) -> bool,
) -> Vec<AssetChange> {
    let change = |event: AssetEvent, path: &str, file: &FileSeen<'_>| AssetChange {
        event,
        path: path.to_owned(),
        address: file.route.to_owned(),
        redirected: (event == AssetEvent::Removed).then(|| after.answers(file.route)),
        shown_by: Vec::new(),
    };
    let mut changes = Vec::new();
    for (path, old) in &before.files {
        match after.files.get(path) {
            None => changes.push(change(AssetEvent::Removed, path, old)),
            Some(new) if old.asset.len != new.asset.len || differ(old.asset, new.asset) => {
                changes.push(change(AssetEvent::Changed, path, new));
            }
            Some(_) => {}
        }
    }
    let added = after.files.iter().filter(|(path, _)| !before.files.contains_key(*path));
    changes.extend(added.map(|(path, new)| change(AssetEvent::Added, path, new)));
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    changes
}
