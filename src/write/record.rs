//! What was published, and what each file was made from: kept in the cache, so that the next build
//! need not make a file again whose key is the same. It only ever saves time: a file counts
//! as published only as long as it lies there with the length and the time that it was given.

use std::fs::Metadata;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use foldhash::{HashMap, HashMapExt};

use crate::store::bytes::{Packed, packed_fields};
use crate::store::{Cache, Key, Pack, kept};

/// By what a published file is known to be the one that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its length in bytes.
    pub len: u64,
    /// When it was written, in nanoseconds since 1970.
    modified: u64,
}

/// What one folder's site was made from.
#[derive(Debug)]
pub struct Record {
    kept: Pack,
    slot: Key,
    old: HashMap<String, (Key, Stamp)>,
    new: Mutex<Vec<(String, Key, Stamp)>>,
}

impl Stamp {
    /// Of a file as it lies there; none where the disk doesn't tell times.
    pub fn of(file: &Metadata) -> Option<Self> {
        let since = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self { len: file.len(), modified: u64::try_from(since.as_nanos()).ok()? })
    }

    /// When the file was written.
    pub fn modified(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_nanos(self.modified)
    }
}

impl Record {
    /// What the cache knows of the site in the folder `out`.
    pub fn open(cache: &Cache, out: &Path) -> Self {
        let kept = cache.pack(&kept::PUBLISHED, "");
        let slot = Key::of(&[out.as_os_str().as_encoded_bytes()]);
        let old = kept.get(&slot).and_then(|bytes| decode(&bytes)).unwrap_or_default();
        Self { kept, slot, old, new: Mutex::default() }
    }

    /// The stamp of a file that was made from just the same.
    pub fn known(&self, path: &str, key: &Key) -> Option<Stamp> {
        self.old.get(path).filter(|(known, _)| known == key).map(|(_, stamp)| *stamp)
    }

    /// Takes note of a file of the new site.
    pub fn note(&self, path: &str, key: Key, stamp: Stamp) {
        self.new.lock().unwrap_or_else(PoisonError::into_inner).push((path.to_owned(), key, stamp));
    }

    /// Keeps what was noted. To be called once, when the new site is published.
    pub fn save(self) {
        let mut new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        let is_known = |(path, key, stamp): &(String, Key, Stamp)| self.old.get(path) == Some(&(*key, *stamp));
        if new.len() == self.old.len() && new.iter().all(is_known) {
            return;
        }
        new.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        self.kept.put(self.slot, encode(&new));
        self.kept.save();
    }
}

packed_fields! {
    Stamp { len, modified }
}

fn encode(files: &[(String, Key, Stamp)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(files.len() * 96);
    for (path, key, stamp) in files {
        path.pack(&mut bytes);
        key.pack(&mut bytes);
        stamp.pack(&mut bytes);
    }
    bytes
}

/// None if the bytes are no such list: then nothing is known.
fn decode(mut bytes: &[u8]) -> Option<HashMap<String, (Key, Stamp)>> {
    let mut files = HashMap::with_capacity(bytes.len() / 96);
    while !bytes.is_empty() {
        let path = String::unpack(&mut bytes)?;
        files.insert(path, (Key::unpack(&mut bytes)?, Stamp::unpack(&mut bytes)?));
    }
    Some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_and_half_of_one_is_none() {
        let stamp = Stamp { len: 7, modified: 12_345_678_901 };
        let files = [("a.html".to_owned(), Key::of(&[b"a"]), stamp), ("é/b.html".to_owned(), Key::of(&[b"b"]), stamp)];
        let bytes = encode(&files);
        let known = decode(&bytes).unwrap();
        assert_eq!(known.len(), 2);
        assert_eq!(known["é/b.html"], (Key::of(&[b"b"]), stamp));
        assert!(decode(&bytes[..bytes.len() - 1]).is_none());
        assert!(decode(&[]).unwrap().is_empty());
        assert_eq!(stamp.modified(), UNIX_EPOCH + Duration::from_nanos(12_345_678_901));
    }

    #[test]
    fn what_was_made_from_something_else_is_not_known() {
        let folder = tempfile::tempdir().unwrap();
        let (cache, out) = (Cache::at(folder.path()), Path::new("public"));
        let stamp = Stamp { len: 1, modified: 2 };
        let record = Record::open(&cache, out);
        record.note("a.html", Key::of(&[b"a"]), stamp);
        record.save();
        let record = Record::open(&cache, out);
        assert_eq!(record.known("a.html", &Key::of(&[b"a"])), Some(stamp));
        assert_eq!(record.known("a.html", &Key::of(&[b"b"])), None);
        assert_eq!(record.known("b.html", &Key::of(&[b"a"])), None);
        assert_eq!(Record::open(&cache, Path::new("other")).known("a.html", &Key::of(&[b"a"])), None);
    }
}
