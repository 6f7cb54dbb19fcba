//! The order of pages and folders where the configuration writes it down.

use std::collections::HashMap;

/// Where pages and folders stand, by their paths below the folder of the pages.
pub struct WrittenOrder<'c> {
    places: HashMap<&'c str, usize>,
}

impl<'c> WrittenOrder<'c> {
    /// Reads `folders.order`. A folder that isn't named stands where the first of what is in it does.
    pub fn of(order: &'c [String]) -> Self {
        let mut places = HashMap::new();
        for (at, path) in order.iter().enumerate() {
            let mut path = bare(path);
            while !path.is_empty() {
                places.entry(path).or_insert(at);
                path = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            }
        }
        Self { places }
    }

    /// Where something stands, if it is named or something in it is.
    pub fn place(&self, path: &str) -> Option<usize> {
        self.places.get(path).copied()
    }
}

/// A path as it was written, without what makes no difference.
pub fn bare(path: &str) -> &str {
    path.trim().trim_start_matches("./").trim_matches('/')
}
