//! Tables of data and benchmarks: which file they show, and which of its columns.

use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::page::{Attribute, Component};
use crate::site::TableColumn;
use crate::site::data::{DataFile, DataTable};

/// How many names a finding lists.
const NAMES: usize = 8;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    for used in &page_context.page.components {
        let declared = context.site.components.get(&used.name);
        let asks = |name: &str| declared.is_some_and(|declared| declared.implicits.iter().any(|asked| asked == name));
        let from = if asks("table") { used.attribute("from") } else { None };
        let from = from.or_else(|| if asks("benchmark") { used.attribute("data") } else { None });
        if let Some((attribute, name)) = from.and_then(|from| Some((from, from.value.as_str()?))) {
            let found = context.site.data.get(name);
            let faults = match found {
                None => vec![missing(context, attribute, name)],
                Some(file) if asks("table") => faults(used, file, attribute),
                Some(_) => Vec::new(),
            };
            for fault in faults {
                let DataFault { attribute, message, help } = fault;
                let finding = Diagnostic::new(Code::UnknownData, &page_context.page.path, attribute.span, message);
                findings.push(finding.with_help(help));
            }
        }
    }
}

/// What a table asks for in vain.
struct DataFault<'a> {
    attribute: &'a Attribute,
    message: String,
    help: String,
}

fn missing<'a>(context: &SiteContext<'_>, from: &'a Attribute, name: &str) -> DataFault<'a> {
    let site = context.site;
    let help = match nearest(name, site.data.iter().map(|file| file.name.as_str())) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => format!(
            "Put a file `{name}.yaml` (or `.json`, `.toml`, `.csv`) into `{}/`.",
            site.config.folders.data.trim_end_matches('/')
        ),
    };
    DataFault { attribute: from, message: format!("there is no data called `{name}`"), help }
}

fn faults<'a>(used: &'a Component, file: &DataFile, from: &'a Attribute) -> Vec<DataFault<'a>> {
    let name = &file.name;
    let Some(table) = DataTable::of(file) else {
        // What can't be read is told of the file itself.
        let message = format!("the data `{name}` holds no rows");
        let help = "Write a list of keys and values there, or keys with such below them.".to_owned();
        return if file.value.is_null() { Vec::new() } else { vec![DataFault { attribute: from, message, help }] };
    };
    let Some(columns) = used.attribute("columns").filter(|_| !table.is_empty()) else { return Vec::new() };
    let asked = TableColumn::read_all(columns.value.as_str().unwrap_or_default()).into_iter();
    let fault = |column: TableColumn| {
        let names = table.names();
        let help = match nearest(&column.name, names.iter().copied()) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None => {
                let names: Vec<String> = names.iter().take(NAMES).map(|name| format!("`{name}`")).collect();
                format!("It has {}.", names.join(", "))
            }
        };
        DataFault { attribute: columns, message: format!("no row of `{name}` has `{}`", column.name), help }
    };
    asked.filter(|column| !table.has(&column.name)).map(fault).collect()
}
