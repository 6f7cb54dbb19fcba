//! The address that opens a file at a place in the author's editor. Programs are never run.

use std::path::Path;

use crate::site::address;
use crate::source::LineColumn;

/// An address that opens a file in the editor that the configuration names, or `VISUAL` or
/// `EDITOR`, or in VS Code.
pub(super) fn address(configured: Option<&str>, file: &Path, place: LineColumn) -> String {
    let named =
        || ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok().filter(|it| !it.is_empty()));
    let editor = configured.map(str::to_owned).or_else(named).unwrap_or_default();
    of(&editor, file, place)
}

fn of(editor: &str, file: &Path, place: LineColumn) -> String {
    let path = address::encode_path(&file.to_string_lossy().replace('\\', "/")).into_owned();
    let path = if path.starts_with('/') { path } else { format!("/{path}") };
    let template = if editor.contains("://") { editor } else { template(editor) };
    // A path begins with a slash of its own, whether one is written before it or not.
    let template =
        if template.contains("//{path}") { template.to_owned() } else { template.replace("/{path}", "{path}") };
    template
        .replace("{line}", &place.line.to_string())
        .replace("{column}", &place.column.to_string())
        .replace("{path}", &path)
}

/// How the program of a command is called through an address.
fn template(command: &str) -> &'static str {
    let program = command.split_whitespace().next().unwrap_or("").rsplit(['/', '\\']).next().unwrap_or("");
    match program.trim_end_matches(".exe").trim_end_matches(".cmd") {
        "cursor" => "cursor://file{path}:{line}:{column}",
        "codium" | "vscodium" => "vscodium://file{path}:{line}:{column}",
        "code-insiders" => "vscode-insiders://file{path}:{line}:{column}",
        "windsurf" => "windsurf://file{path}:{line}:{column}",
        "zed" | "zeditor" => "zed://file{path}:{line}:{column}",
        "subl" => "subl://open?url=file://{path}&line={line}&column={column}",
        "idea" | "webstorm" | "pycharm" | "rustrover" => "idea://open?file={path}&line={line}&column={column}",
        "mate" => "txmt://open?url=file://{path}&line={line}&column={column}",
        _ => "vscode://file{path}:{line}:{column}",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_called_in_its_own_way() {
        let place = LineColumn { line: 3, column: 7 };
        let of = |editor| of(editor, Path::new("/home/a b/c.md"), place);
        assert_eq!(of(""), "vscode://file/home/a%20b/c.md:3:7");
        assert_eq!(of("code -g"), "vscode://file/home/a%20b/c.md:3:7");
        assert_eq!(of("/usr/bin/cursor --wait"), "cursor://file/home/a%20b/c.md:3:7");
        assert_eq!(of("subl -w"), "subl://open?url=file:///home/a%20b/c.md&line=3&column=7");
        assert_eq!(of("vim"), "vscode://file/home/a%20b/c.md:3:7");
        assert_eq!(of("emacs://open{path}?line={line}"), "emacs://open/home/a%20b/c.md?line=3");
        assert_eq!(of("vscode://file/{path}:{line}:{column}"), "vscode://file/home/a%20b/c.md:3:7");
        assert_eq!(of("x://{path}"), "x:///home/a%20b/c.md");
    }

    #[test]
    fn what_the_configuration_names_comes_first() {
        let place = LineColumn { line: 1, column: 1 };
        assert_eq!(address(Some("zed"), Path::new("/a.md"), place), "zed://file/a.md:1:1");
    }
}
