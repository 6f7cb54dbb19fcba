//! Data files: what tables and templates show that stands in no page. `data/regulations.yaml` is called `regulations`.

mod read;
mod table;

use std::sync::Arc;

use blake3::Hash;
use serde_json::{Map, Value};

pub use read::read;
pub use table::DataTable;

/// A file of data as read.
#[derive(Debug)]
pub struct DataFile {
    /// What it is called: the name of the file without its ending.
    pub name: String,
    /// What it says.
    pub value: Value,
    /// What it is made from.
    pub digest: Hash,
}

/// All of them, each under a name of its own.
#[derive(Clone, Debug, Default)]
pub struct DataFiles(Arc<[Arc<DataFile>]>);

impl DataFiles {
    /// These files, of which no two have the same name.
    pub fn of(files: impl IntoIterator<Item = Arc<DataFile>>) -> Self {
        let mut files: Vec<Arc<DataFile>> = files.into_iter().collect();
        files.sort_by(|one, other| one.name.cmp(&other.name));
        Self(files.into())
    }

    /// The file of that name.
    pub fn get(&self, name: &str) -> Option<&DataFile> {
        self.iter().find(|file| file.name == name)
    }

    /// All of them, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = &DataFile> {
        self.0.iter().map(|file| &**file)
    }

    /// What they all say, by their names.
    pub fn value(&self) -> Value {
        let by_name: Map<String, Value> = self.iter().map(|file| (file.name.clone(), file.value.clone())).collect();
        Value::Object(by_name)
    }
}
