//! Has the theme embedded anew when a file of it appears or changes, and puts scripts of the theme together from their
//! parts, since a page opened from a folder can't load modules.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// A script made of the files of a folder.
struct Bundle {
    name: &'static str,
    folder: &'static str,
    /// Its files, each after those that it imports from.
    files: &'static [&'static str],
}

const SEARCH: Bundle = Bundle {
    name: "search.js",
    folder: "templates/search",
    files: &["words", "typos", "parts", "lookup", "ranking", "tags", "excerpt", "recent", "view", "box"],
};

/// What few pages hold, and what comes when a reader first asks for it.
const MORE: Bundle = Bundle {
    name: "more.js",
    folder: "templates/more",
    files: &["equip", "folder", "redirect", "filter", "print", "picture", "note", "ahead", "asked"],
};

/// What rates statements and keeps the answers: small, since articles load it.
const CHECKLIST: Bundle = Bundle {
    name: "checklist.js",
    folder: "templates/assess",
    files: &["result", "matching", "store", "rating", "checklist"],
};

/// What takes over answers of earlier days; loaded where there are some.
const EARLIER: Bundle = Bundle { name: "earlier-answers.js", folder: "templates/assess", files: &["earlier"] };

/// What adds answers up, shows and exchanges them; loaded after the script that keeps them.
const ASSESSMENT: Bundle = Bundle {
    name: "assessment.js",
    folder: "templates/assess",
    files: &[
        "score",
        "read",
        "csv",
        "link",
        "merge",
        "markdown",
        "elements",
        "picture",
        "figures",
        "tables",
        "overview",
        "beside",
        "files",
        "importing",
        "manage",
        "report",
        "benchmark",
        "summary",
    ],
};

/// By which the script that keeps answers hands the others what it has.
const HANDED: &str = "window.bokwormAssess";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=templates");
    tell_built();
    let (search, _) = read(&SEARCH)?;
    let (checklist, exported) = read(&CHECKLIST)?;
    let exported = exported.join(", ");
    write(&SEARCH, &search)?;
    write(&MORE, &read(&MORE)?.0)?;
    write(&CHECKLIST, &format!("{checklist}{HANDED} = {{ {exported} }};\n"))?;
    for bundle in [&EARLIER, &ASSESSMENT] {
        write(bundle, &format!("const {{ {exported} }} = {HANDED};\n{}", read(bundle)?.0))?;
    }
    Ok(())
}

/// Tells the program what `bokworm --version --verbose` says of how it was built.
fn tell_built() {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let mut features: Vec<String> = env::vars()
        .filter_map(|(name, _)| name.strip_prefix("CARGO_FEATURE_").map(|name| name.to_lowercase().replace('_', "-")))
        .filter(|name| name != "default")
        .collect();
    features.sort();
    let features = if features.is_empty() { "none".into() } else { features.join(", ") };
    let told = [
        ("COMMIT", commit()),
        ("TARGET", variable("TARGET")),
        ("PROFILE", variable("PROFILE")),
        ("FEATURES", features),
    ];
    for (name, value) in told {
        println!("cargo:rustc-env=BOKWORM_BUILT_{name}={value}");
    }
}

/// The commit that is built, where that is certain and costs nothing: whoever builds says it, the package that was published
/// does, or the checkout is of a commit and of no branch, as `cargo install --git` and services make them. Where somebody
/// works, each commit would compile the whole program anew.
fn commit() -> String {
    println!("cargo:rerun-if-env-changed=BOKWORM_COMMIT");
    let said = env::var("BOKWORM_COMMIT").ok();
    let packaged = || {
        let text = fs::read_to_string(".cargo_vcs_info.json").ok()?;
        Some(text.split("\"sha1\": \"").nth(1)?.split('"').next()?.to_owned())
    };
    let checked_out = || fs::read_to_string(".git/HEAD").ok().map(|head| head.trim().to_owned());
    let is_commit = |name: &String| name.len() >= 40 && name.chars().all(|digit| digit.is_ascii_hexdigit());
    said.filter(|said| !said.is_empty())
        .or_else(|| packaged().or_else(checked_out).filter(is_commit))
        .unwrap_or_default()
}

/// The files one below the other, for one scope in which what they export and import is known by its name; and what they
/// export.
fn read(bundle: &Bundle) -> io::Result<(String, Vec<String>)> {
    let (mut script, mut exported) = (String::new(), Vec::new());
    for name in bundle.files {
        for line in fs::read_to_string(Path::new(bundle.folder).join(name).with_extension("js"))?.lines() {
            let code = line.strip_prefix("export ");
            exported.extend(code.and_then(|code| code.split(' ').nth(1)).map(str::to_owned));
            if !line.starts_with("import ") {
                script.push_str(code.unwrap_or(line));
                script.push('\n');
            }
        }
    }
    Ok((script, exported))
}

fn write(bundle: &Bundle, script: &str) -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join(bundle.name), format!("(() => {{\n{script}}})();\n"))
}
