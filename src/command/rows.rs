//! Rows of texts under heads, written for people and for programs: what `query` and `matrix` print. Knows no pages.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// Rows under heads.
pub(super) struct Rows {
    /// What stands over each column.
    pub heads: Vec<String>,
    /// The rows, each with as many cells.
    pub rows: Vec<Vec<Value>>,
}

/// For whom rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum RowsFormat {
    /// For people
    #[default]
    Table,
    /// One JSON object a line
    Json,
    /// For spreadsheets
    Csv,
    /// A table in Markdown
    Markdown,
    /// Only the files, one a line
    Paths,
}

impl Rows {
    /// For whoever wants them.
    pub(super) fn written(&self, format: RowsFormat) -> String {
        match format {
            RowsFormat::Json => self.json(),
            RowsFormat::Csv => self.csv(),
            RowsFormat::Markdown => self.markdown(),
            RowsFormat::Table | RowsFormat::Paths => self.table(),
        }
    }

    /// Columns as wide as what stands in them.
    fn table(&self) -> String {
        let cells: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|cell| one_line(&shown(cell))).collect()).collect();
        let wide = |text: &str| text.chars().map(columns_of).sum::<usize>();
        let width = |at: usize| {
            let widest = cells.iter().filter_map(|row| row.get(at)).map(|cell| wide(cell)).max().unwrap_or(0);
            widest.max(self.heads.get(at).map_or(0, |head| wide(head)))
        };
        let widths: Vec<usize> = (0..self.heads.len()).map(width).collect();
        let mut out = String::new();
        let heads = self.heads.iter().map(|head| head.to_uppercase()).collect::<Vec<_>>();
        for row in std::iter::once(&heads).chain(&cells) {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', 2 + width - wide(cell).min(*width)));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// An object a line.
    fn json(&self) -> String {
        let mut out = String::new();
        for row in &self.rows {
            let object: Map<String, Value> = self.heads.iter().cloned().zip(row.iter().cloned()).collect();
            let _ = writeln!(out, "{}", Value::Object(object));
        }
        out
    }

    /// As RFC 4180 has it; a cell that a spreadsheet would take for a formula is text to it.
    fn csv(&self) -> String {
        let mut out = String::new();
        let heads: Vec<Value> = self.heads.iter().cloned().map(Value::String).collect();
        for row in std::iter::once(&heads).chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(csv_cell).collect();
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
        out
    }

    /// A table in Markdown.
    fn markdown(&self) -> String {
        let cell = |text: &str| one_line(text).replace('\\', r"\\").replace('|', r"\|");
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut out = line(self.heads.iter().map(|head| cell(head)).collect());
        out.push_str(&line(self.heads.iter().map(|_| "---".to_owned()).collect()));
        for row in &self.rows {
            out.push_str(&line(row.iter().map(|value| cell(&shown(value))).collect()));
        }
        out
    }
}

/// A cell as people read it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn csv_cell(value: &Value) -> String {
    let text = shown(value);
    let is_formula = value.is_string() && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// How many columns of a terminal a character takes: those of East Asia take two, marks none.
fn columns_of(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;
    use serde_json::json;

    #[test]
    fn rows_are_written_for_each_reader() {
        let rows = Rows {
            heads: vec!["path".into(), "title".into(), "level".into()],
            rows: vec![
                vec![json!("a.md"), json!("A, \"b\""), json!(3)],
                vec![json!("供应.md"), json!("=1+1|x\ny"), json!(["p", "q"])],
                vec![json!("c.md"), json!(null), json!(-1)],
            ],
        };
        assert_eq!(
            rows.table(),
            "PATH     TITLE     LEVEL\na.md     A, \"b\"    3\n供应.md  =1+1|x y  p, q\nc.md               -1\n"
        );
        assert_eq!(
            rows.csv(),
            "path,title,level\r\na.md,\"A, \"\"b\"\"\",3\r\n供应.md,\"'=1+1|x\ny\",\"p, q\"\r\nc.md,,-1\r\n"
        );
        assert_eq!(
            rows.markdown(),
            "| path | title | level |\n| --- | --- | --- |\n| a.md | A, \"b\" | 3 |\n| 供应.md | =1+1\\|x y | p, q |\n| c.md |  | -1 |\n"
        );
        assert_eq!(
            rows.json(),
            "{\"path\":\"a.md\",\"title\":\"A, \\\"b\\\"\",\"level\":3}\n\
             {\"path\":\"供应.md\",\"title\":\"=1+1|x\\ny\",\"level\":[\"p\",\"q\"]}\n\
             {\"path\":\"c.md\",\"title\":null,\"level\":-1}\n"
        );
    }
}
