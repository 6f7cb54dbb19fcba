//! The columns that tables are asked for: `name, since: In force since`.

/// A column of a table that somebody asks for.
#[derive(Debug, PartialEq)]
pub struct TableColumn {
    /// The key that it shows; parts with points between lead further in.
    pub name: String,
    /// What stands above it, if that is said.
    pub label: Option<String>,
}

impl TableColumn {
    /// Those of a text such as `name, since: In force since`.
    pub fn read_all(text: &str) -> Vec<Self> {
        let written = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let column = |part: &str| match part.split_once(':') {
            Some((name, label)) => {
                let label = Some(label.trim().to_owned()).filter(|label| !label.is_empty());
                Self { name: name.trim_end().to_owned(), label }
            }
            None => Self { name: part.to_owned(), label: None },
        };
        written.map(column).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::TableColumn;

    #[test]
    fn columns_have_labels_if_these_are_written() {
        let columns = TableColumn::read_all("name, since : In force, since, url:,");
        let told: Vec<_> = columns.iter().map(|column| (column.name.as_str(), column.label.as_deref())).collect();
        assert_eq!(told, [("name", None), ("since", Some("In force")), ("since", None), ("url", None)]);
    }
}
