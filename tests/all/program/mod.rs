//! Runs the program in a folder of its own and keeps what it said.

pub mod arrival;
pub mod git;
#[cfg(unix)]
pub mod runner;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run of the program left behind.
#[derive(Debug, PartialEq)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// The program in a folder, to add arguments to. No path of the machine shows in what it says.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bokworm"));
    command.current_dir(folder).stdin(Stdio::null()).env_remove("NO_COLOR").env("COLUMNS", "100");
    command
}

/// Runs the program in a folder.
pub fn bokworm(folder: &Path, arguments: &[&str]) -> Ran {
    let output = command(folder).args(arguments).output().expect("the program starts");
    let here = folder.canonicalize().expect("the folder is there").display().to_string();
    let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8").replace(&here, "[here]");
    Ran {
        code: output.status.code().expect("no signal ended it"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// A new folder that holds these files; its path has no links in it.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = fs::canonicalize(std::env::temp_dir()).expect("there is a folder for such things");
    let folder = tempfile::tempdir_in(root).expect("a folder can be made");
    for (path, text) in files {
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().expect("it lies in the folder")).expect("folders can be made");
        fs::write(place, text).expect("files can be written");
    }
    folder
}

/// Every file below a folder, in order, with `/` between parts.
pub fn files(folder: &Path) -> Vec<String> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("readable"));
    let files = walk.filter(|entry| !entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
    files.map(|path| path.strip_prefix(folder).expect("below").to_str().expect("UTF-8").replace('\\', "/")).collect()
}

/// What a file holds.
pub fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
