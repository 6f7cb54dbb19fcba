//! The address that opens a file at a place in the author's editor.

use std::path::Path;

use crate::site::address;
use crate::source::LineColumn;

/// An address that opens a file in the editor that `VISUAL` or `EDITOR` names, or in VS Code.
pub fn address(file: &Path, place: LineColumn) -> String {
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok().filter(|it| !it.is_empty()));
    of(named.as_deref().unwrap_or(""), file, place)
}

fn of(editor: &str, file: &Path, LineColumn { line, column }: LineColumn) -> String {
    let program = editor.split_whitespace().next().unwrap_or("").rsplit(['/', '\\']).next().unwrap_or("");
    let path = address::encode_path(&file.to_string_lossy().replace('\\', "/"));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let scheme = match program.trim_end_matches(".exe").trim_end_matches(".cmd") {
        "cursor" => "cursor",
        "codium" | "vscodium" => "vscodium",
        "code-insiders" => "vscode-insiders",
        "windsurf" => "windsurf",
        "zed" | "zeditor" => "zed",
        "subl" => return format!("subl://open?url=file://{slash}{path}&line={line}&column={column}"),
        "idea" | "webstorm" | "pycharm" | "rustrover" => {
            return format!("idea://open?file={slash}{path}&line={line}&column={column}");
        }
        "mate" => return format!("txmt://open?url=file://{slash}{path}&line={line}&column={column}"),
        _ => "vscode",
    };
    format!("{scheme}://file{slash}{path}:{line}:{column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_called_in_its_own_way() {
        let place = LineColumn { line: 3, column: 7 };
        let of = |editor| of(editor, Path::new("/home/a b/c.md"), place);
        assert_eq!(of(""), "vscode://file/home/a%20b/c.md:3:7");
        assert_eq!(of("/usr/bin/cursor --wait"), "cursor://file/home/a%20b/c.md:3:7");
        assert_eq!(of("subl -w"), "subl://open?url=file:///home/a%20b/c.md&line=3&column=7");
        assert_eq!(of("vim"), "vscode://file/home/a%20b/c.md:3:7");
    }
}
