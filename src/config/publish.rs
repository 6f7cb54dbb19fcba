//! Where `bokworm publish` sends the site, and how.

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where `bokworm publish` sends the site, and how. `docs/publishing.md` tells what happens then.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PublishConfig {
    /// Where the site goes: a folder (`folder:/mnt/www/handbook`), a branch (`git:gh-pages`), or a place in an object
    /// store (`s3://bucket/handbook`, `gs://…`, `az://…`). A folder's path is relative to that of `book.toml`.
    #[cfg_attr(test, schemars(extend("format" = "publish-place")))]
    pub to: Option<String>,
    /// How long files that the site no longer has stay where it was published, for readers who still have a page that
    /// names them: `30m`, `24h`, `7d`, or `0`. A branch takes no heed of it: it is another tree from one commit to the next.
    #[cfg_attr(test, schemars(extend("format" = "time-span")))]
    pub grace: String,
    /// How many files, those in `assets/` aside, the site may lose from one time to the next. More are taken for an accident,
    /// and nothing is published.
    #[cfg_attr(test, schemars(range(min = 0, max = 1_000_000_000)))]
    pub max_deletes: usize,
    /// Where a branch is pushed, as git calls it: `origin`. Without it the branch is made in this repository only.
    #[cfg_attr(test, schemars(extend("format" = "git-name")))]
    pub remote: Option<String>,
    /// Whether a branch keeps what was published before. Without it, it has one commit.
    pub history: bool,
}

impl Default for PublishConfig {
    fn default() -> Self {
        Self { to: None, grace: "24h".into(), max_deletes: 100, remote: None, history: true }
    }
}

/// A place where a site can be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishPlace {
    /// A folder, as it was written.
    Folder(String),
    /// A branch of the repository that the project lies in.
    Branch(String),
    /// A place in an object store, as its address.
    Store(String),
}

/// What each kind of object store begins with.
const STORES: [&str; 6] = ["s3://", "gs://", "az://", "azure://", "abfs://", "abfss://"];

impl PublishPlace {
    /// Reads what somebody wrote; nothing if it is no such place.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(folder) = text.strip_prefix("folder:") {
            return (!folder.is_empty()).then(|| Self::Folder(folder.to_owned()));
        }
        if let Some(branch) = text.strip_prefix("git:") {
            let branch = if branch.is_empty() { "gh-pages" } else { branch };
            return is_git_name(branch).then(|| Self::Branch(branch.to_owned()));
        }
        store_address(text).map(Self::Store)
    }
}

/// The address of a place in an object store, if it is one.
pub fn store_address(text: &str) -> Option<String> {
    let rest = STORES.iter().find_map(|kind| text.strip_prefix(kind))?;
    let bucket = rest.split('/').next().unwrap_or_default();
    (!bucket.is_empty()).then(|| text.trim_end_matches('/').to_owned())
}

/// Whether git takes it for a name, and not for an option or several things.
pub fn is_git_name(name: &str) -> bool {
    let parts = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    let odd = |c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\".contains(c);
    !name.starts_with('-')
        && !name.ends_with('.')
        && !name.contains("..")
        && !name.contains("@{")
        && !name.contains(odd)
        && name.split('/').all(parts)
}

/// A span of time in seconds: `90s`, `30m`, `24h`, `7d`, or `0`.
pub fn seconds(text: &str) -> Option<u64> {
    if text == "0" {
        return Some(0);
    }
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse::<u64>().ok().filter(|_| is_number)?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_how_they_begin() {
        assert_eq!(PublishPlace::read("folder:../www"), Some(PublishPlace::Folder("../www".into())));
        assert_eq!(PublishPlace::read("git:"), Some(PublishPlace::Branch("gh-pages".into())));
        assert_eq!(PublishPlace::read("git:docs/live"), Some(PublishPlace::Branch("docs/live".into())));
        assert_eq!(PublishPlace::read("s3://bucket/a/"), Some(PublishPlace::Store("s3://bucket/a".into())));
        for wrong in ["", "folder:", "s3:///a", "s3://", "git:--force", "git:a..b", "git:a b", "/mnt/www", "ftp://host"]
        {
            assert_eq!(PublishPlace::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn spans_of_time_have_a_unit() {
        let read = ["0", "90s", "30m", "24h", "7d"].map(seconds);
        assert_eq!(read, [Some(0), Some(90), Some(1_800), Some(86_400), Some(604_800)]);
        for wrong in ["", "h", "24", "-1h", "+1h", "1.5h", "24 h", "1w", "99999999999999999999d", "ä"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
