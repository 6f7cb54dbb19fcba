//! A data file as rows and columns: a list of maps, or a map of maps, whose keys are the first column.

use serde_json::Value;

use super::DataFile;

/// The column for the keys of a map.
const KEY: &str = "key";

/// The column for values that are no maps.
const VALUE: &str = "value";

/// A data file as a table.
#[derive(Debug)]
pub struct DataTable<'d> {
    rows: Vec<DataRow<'d>>,
    keyed: bool,
}

#[derive(Debug)]
struct DataRow<'d> {
    key: Option<&'d str>,
    value: &'d Value,
}

impl<'d> DataTable<'d> {
    /// The rows of a file; nothing if it holds no more than one value.
    pub fn of(file: &'d DataFile) -> Option<Self> {
        match &file.value {
            Value::Array(items) => {
                let rows = items.iter().map(|value| DataRow { key: None, value }).collect();
                Some(Self { rows, keyed: false })
            }
            Value::Object(entries) => {
                let rows = entries.iter().map(|(key, value)| DataRow { key: Some(key), value }).collect();
                Some(Self { rows, keyed: true })
            }
            _ => None,
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The names of all columns, in the order in which rows first have them.
    pub fn names(&self) -> Vec<&'d str> {
        let mut names = Vec::new();
        let mut add = |name: &'d str| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        if self.keyed {
            add(KEY);
        }
        for row in &self.rows {
            match row.value {
                Value::Object(values) => values.keys().for_each(|name| add(name)),
                Value::Null => {}
                _ => add(VALUE),
            }
        }
        names
    }

    /// Whether any row has something in a column.
    pub fn has(&self, name: &str) -> bool {
        (self.keyed && name == KEY) || (0..self.rows.len()).any(|at| self.value(at, name).is_some())
    }

    /// The word for a column that is called so only here: that of keys, or of values without a name.
    pub fn word(&self, name: &str) -> Option<&'static str> {
        match name {
            KEY if self.keyed => Some("data_key"),
            VALUE if !self.rows.iter().any(|row| row.value.is_object()) => Some("data_value"),
            _ => None,
        }
    }

    /// The key of a row, if rows have keys.
    pub fn key(&self, row: usize, name: &str) -> Option<&'d str> {
        let row = &self.rows[row];
        let own = row.value.get(KEY).is_some();
        row.key.filter(|_| name == KEY && !own)
    }

    /// What a row has in a column.
    pub fn value(&self, row: usize, name: &str) -> Option<&'d Value> {
        let row = self.rows[row].value;
        if !row.is_object() {
            return Some(row).filter(|row| name == VALUE && !row.is_null());
        }
        row.get(name).or_else(|| name.split('.').try_fold(row, |value, part| value.get(part)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(value: Value) -> DataFile {
        DataFile { name: "a".into(), value, digest: blake3::hash(b"") }
    }

    #[test]
    fn rows_are_a_list_or_a_map() {
        let list = file(serde_json::json!([{"a": 1}, {"b": {"c": 2}, "a": 3}]));
        let table = DataTable::of(&list).unwrap();
        assert_eq!((table.len(), table.names()), (2, vec!["a", "b"]));
        assert_eq!(table.value(1, "b.c"), Some(&Value::from(2)));
        assert!(table.has("b.c") && !table.has("key") && !table.has("c"));
        let map = file(serde_json::json!({"x": {"a": 1}, "y": "words", "z": null}));
        let table = DataTable::of(&map).unwrap();
        assert_eq!((table.names(), table.key(1, "key")), (vec!["key", "a", "value"], Some("y")));
        assert_eq!(table.value(1, "value"), Some(&Value::from("words")));
        assert!(DataTable::of(&file(Value::from(1))).is_none());
    }
}
