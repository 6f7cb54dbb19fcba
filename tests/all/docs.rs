//! The reference pages in `docs/` say what the program says: the command line as
//! `--help` prints it, the configuration as its schema describes it.
//! `BOKWORM_ACCEPT=1 cargo test --test all docs::` writes them anew. The schema itself, `docs/book.schema.json`, is part of the
//! program, and written by a test beside the types that it is made from (`src/config/schema/tests.rs`).

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn program(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bokworm")).args(arguments).env("COLUMNS", "100").output().unwrap();
    assert!(output.status.success(), "bokworm {arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The names of the subcommands, in the order in which `--help` lists them.
fn subcommands(help: &str) -> Vec<String> {
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

fn command_line() -> String {
    let help = program(&["--help"]);
    let mut page = String::from("# The command line\n\nWhat `bokworm --help` and `bokworm COMMAND --help` print.\n");
    let _ = write!(page, "\n```text\n{}\n```\n", help.trim_end());
    for name in subcommands(&help) {
        let help = program(&[&name, "--help"]);
        let _ = write!(page, "\n## bokworm {name}\n\n```text\n{}\n```\n", help.trim_end());
        if help.contains("\nCommands:\n") {
            for below in subcommands(&help) {
                let help = program(&[&name, &below, "--help"]);
                let _ = write!(page, "\n### bokworm {name} {below}\n\n```text\n{}\n```\n", help.trim_end());
            }
        }
    }
    page
}

fn configuration() -> String {
    let schema: Value = serde_json::from_str(&program(&["schema"])).unwrap();
    let mut page = String::from(
        "# Configuration: book.toml\n\nEvery key that can stand in `book.toml`, with what it is when left out. \
         `bokworm schema` prints the same as a JSON schema, which editors use to complete and check the file. \
         [`examples/finos-osr/book.toml`](../examples/finos-osr/book.toml) is a whole configuration.\n",
    );
    describe(&mut page, &schema, &schema, "", 2);
    page
}

/// The keys of a table, then its tables.
fn describe(page: &mut String, schema: &Value, table: &Value, path: &str, level: usize) {
    let Some(keys) = table.get("properties").and_then(Value::as_object) else { return };
    let mut tables = Vec::new();
    let mut rows = String::new();
    for (key, value) in keys {
        let resolved = resolve(schema, value);
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let item = resolved.get("items").map(|items| resolve(schema, items));
        let any =
            resolved.get("additionalProperties").filter(|each| each.is_object()).map(|each| resolve(schema, each));
        let below = [Some(resolved), item, any].into_iter().flatten().find(|part| part.get("properties").is_some());
        let name = if path == "languages" { "CODE" } else { "NAME" };
        let path = if any.is_some() && below.is_some() { format!("{path}.{name}") } else { path };
        let words =
            value.get("description").or_else(|| resolved.get("description")).and_then(Value::as_str).unwrap_or("");
        let words = words.replace('\n', " ").replace('|', "\\|");
        // What a language says otherwise has the keys that it has for the whole site.
        let table = |value: &Value| value.get("$ref").filter(|_| below.is_some()).cloned();
        let of_language = path.starts_with("languages.CODE.").then(|| schema.pointer(&format!("/properties/{key}")));
        if let Some(Some(of_site)) = of_language
            && table(value).is_some_and(|own| table(of_site) == Some(own))
        {
            let _ = writeln!(rows, "| `{key}` | a table with the keys of `[{key}]` |  | {words} |");
            continue;
        }
        match below {
            Some(below) => tables.push((path, words, below, item.is_some())),
            None => {
                let default = value.get("default").filter(|default| !default.is_null());
                let default = default.map_or_else(String::new, |default| format!("`{default}`"));
                let _ = writeln!(rows, "| `{key}` | {} | {default} | {words} |", kind(resolved));
            }
        }
    }
    if !rows.is_empty() {
        let _ = write!(page, "\n| key | holds | default | |\n| --- | --- | --- | --- |\n{rows}");
    }
    for (path, words, below, many) in tables {
        let heading = if many { format!("[[{path}]]") } else { format!("[{path}]") };
        let _ = write!(page, "\n{} {heading}\n\n{words}\n", "#".repeat(level));
        describe(page, schema, below, &path, (level + 1).min(4));
    }
}

fn resolve<'a>(schema: &'a Value, value: &'a Value) -> &'a Value {
    let reference =
        value.get("$ref").or_else(|| value.pointer("/allOf/0/$ref")).or_else(|| value.pointer("/anyOf/0/$ref"));
    match reference.and_then(Value::as_str) {
        Some(reference) => schema.pointer(reference.trim_start_matches('#')).unwrap_or(value),
        None => value,
    }
}

fn kind(value: &Value) -> String {
    if let Some(choices) = value.get("oneOf").and_then(Value::as_array) {
        let names: Vec<String> =
            choices.iter().filter_map(|choice| choice.get("const")).map(|name| format!("`{name}`")).collect();
        return names.join(" or ");
    }
    if let Some(choices) = value.get("enum").and_then(Value::as_array) {
        return choices.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
    }
    let name = match value.get("type") {
        Some(Value::String(name)) => name.as_str(),
        Some(Value::Array(names)) => names.first().and_then(Value::as_str).unwrap_or(""),
        _ => "",
    };
    match name {
        "string" => "text",
        "boolean" => "true or false",
        "integer" | "number" => "a number",
        "array" => "a list",
        "object" => "keys and values",
        other => other,
    }
    .to_owned()
}

fn agrees(name: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("BOKWORM_ACCEPT").is_some() {
        std::fs::write(&path, said).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == said, "docs/{name} is not what the program says; see the head of tests/all/docs.rs");
}

#[test]
fn the_command_line_page_says_what_help_prints() {
    agrees("command-line.md", &command_line());
}

#[test]
fn the_configuration_page_says_what_the_schema_describes() {
    agrees("configuration.md", &configuration());
}
