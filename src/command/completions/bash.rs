//! Bash asks with the whole line, since it cuts words at colons, knows nothing of quotes within quotes, and puts what
//! it gets onto the line as it is: a name with spaces has to come quoted as the line needs it.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap_complete::engine;
use clap_complete::env::EnvCompleter;

use super::super::shell_words::{LINE, TypedLine};

pub(super) struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        write!(
            out,
            r#"_complete_{name}() {{
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <({var}=bash {LINE}="${{COMP_LINE:0:COMP_POINT}}" COMP_WORDBREAKS="$COMP_WORDBREAKS" {completer} -- {bin} 2>/dev/null)
    # What goes on behind it wants no space.
    if [[ ${{#COMPREPLY[@]}} -eq 1 && ${{COMPREPLY[0]}} == *[=:/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}}
complete -o bashdefault -o default -F _complete_{name} {bin}
"#
        )
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        _words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let [line, breaks] = [LINE, "COMP_WORDBREAKS"].map(|name| std::env::var(name).unwrap_or_default());
        let typed = TypedLine::read(&line, &breaks);
        let words: Vec<OsString> = typed.words.iter().map(OsString::from).collect();
        let last = words.len() - 1;
        for candidate in engine::complete(command, words, last, folder)? {
            writeln!(out, "{}", typed.replacement(&candidate.get_value().to_string_lossy()))?;
        }
        Ok(())
    }
}
