//! Has the theme embedded anew when a file of it appears or changes, and puts the scripts of the search box
//! together into one, since a page opened from a folder can't load modules.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The files of `templates/search/`, each after those that it imports from.
const SEARCH: &[&str] = &["words", "stems", "typos", "parts", "lookup", "ranking", "tags", "excerpt", "view", "box"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=templates");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("search.js"), bundle(Path::new("templates/search"))?)
}

/// The files in one scope of their own: what they export and import is known by its name.
fn bundle(folder: &Path) -> io::Result<String> {
    let mut script = String::from("(() => {\n");
    for name in SEARCH {
        for line in fs::read_to_string(folder.join(name).with_extension("js"))?.lines() {
            if !line.starts_with("import ") {
                script.push_str(line.strip_prefix("export ").unwrap_or(line));
                script.push('\n');
            }
        }
    }
    script.push_str("})();\n");
    Ok(script)
}
