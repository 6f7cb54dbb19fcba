//! What the files of Amazon's own tools say of who somebody is: `~/.aws/credentials` and `~/.aws/config`.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// What stands in a profile, key by key.
pub(super) type AmazonProfile = BTreeMap<String, String>;

/// The profile that the environment names, or the one that stands for all; empty if there is none.
pub(super) fn of_environment() -> AmazonProfile {
    let said = |name: &str| std::env::var(name).ok().filter(|said| !said.is_empty());
    let name = said("AWS_PROFILE").or_else(|| said("AWS_DEFAULT_PROFILE")).unwrap_or_else(|| "default".into());
    let home = std::env::home_dir().unwrap_or_default().join(".aws");
    let read = |variable: &str, usual: &str| {
        let file = said(variable).map_or_else(|| home.join(usual), PathBuf::from);
        std::fs::read_to_string(file).unwrap_or_default()
    };
    of(&name, &read("AWS_SHARED_CREDENTIALS_FILE", "credentials"), &read("AWS_CONFIG_FILE", "config"))
}

/// A profile by its name: what the file of secrets says goes before what the other says.
fn of(name: &str, credentials: &str, config: &str) -> AmazonProfile {
    let mut profile = section(config, |title| match title.strip_prefix("profile") {
        Some(named) => named.trim() == name,
        None => title == "default" && name == "default",
    });
    profile.extend(section(credentials, |title| title == name));
    profile
}

/// What stands below the titles that are meant. Lines that are set in belong to a key of their own, which we don't need.
fn section(text: &str, is_meant: impl Fn(&str) -> bool) -> AmazonProfile {
    let (mut here, mut found) = (false, AmazonProfile::new());
    for line in text.lines() {
        if let Some(title) = line.trim().strip_prefix('[').and_then(|line| line.split(']').next()) {
            here = is_meant(title.trim());
        } else if here
            && !line.starts_with([' ', '\t', '#', ';'])
            && let Some((key, value)) = line.split_once('=')
        {
            found.insert(key.trim().to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_what_both_files_say_of_it() {
        let credentials = "# mine\n[default]\naws_access_key_id = one\naws_secret_access_key=two = 2\n\n[ci]\naws_access_key_id = three\n";
        let config = "[default]\nregion = eu-north-1\ns3 =\n  region = no\n[profile ci]\nRegion=eu-west-3\naws_access_key_id = no\n[profile ci-old]\nregion = no\n[ci]\nregion = no\n";
        let shown = |name| {
            of(name, credentials, config).into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>()
        };
        assert_eq!(
            shown("default"),
            ["aws_access_key_id=one", "aws_secret_access_key=two = 2", "region=eu-north-1", "s3="]
        );
        assert_eq!(shown("ci"), ["aws_access_key_id=three", "region=eu-west-3"]);
        assert!(shown("other").is_empty());
    }
}
