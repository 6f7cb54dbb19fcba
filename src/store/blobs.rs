//! Large things of one kind, each in a file of its own: reading one reads none of the others. A file
//! ends with a sum of its key and its bytes, so that what was cut off or changed is simply not there.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::kept::Kind;
use super::key::{Key, first};
use super::place::{replace, sweep};

/// How long the sum is that a file ends with.
const SUM: usize = 16;

/// Large things of one kind. Threads share one, and so may processes.
#[derive(Debug)]
pub struct Blobs {
    dir: Option<PathBuf>,
    version: [u8; 32],
    limit: u64,
    used: Mutex<HashSet<Key>>,
    grown: AtomicBool,
}

impl Blobs {
    /// The things of a kind in a folder, which need not exist.
    pub(super) fn open(dir: Option<&Path>, kind: &Kind, made_by: &str) -> Blobs {
        Blobs {
            dir: dir.map(|dir| dir.join(kind.name)),
            version: kind.version(made_by),
            limit: kind.limit,
            used: Mutex::default(),
            grown: AtomicBool::new(false),
        }
    }

    /// What is kept under a key.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.file(key)?).ok()?;
        let (whole, sum) = bytes.split_last_chunk::<SUM>()?;
        if *sum != self.sum(key, whole) {
            return None;
        }
        self.use_up(key);
        bytes.truncate(bytes.len() - SUM);
        Some(bytes)
    }

    /// Whether something seems to be kept under a key: `get` may find that it is damaged.
    pub fn has(&self, key: &Key) -> bool {
        self.file(key).is_some_and(|file| file.is_file())
    }

    /// Keeps something under a key. If that fails, it is not kept, and nothing else happens.
    pub fn put(&self, key: &Key, bytes: &[u8]) {
        let Some(file) = self.file(key) else { return };
        self.use_up(key);
        self.grown.store(true, Ordering::Relaxed);
        let _ = replace(&file, |file| {
            file.write_all(bytes)?;
            file.write_all(&self.sum(key, bytes))
        });
    }

    /// Makes room where too much was kept: what this run did not use goes, the oldest first.
    pub fn tidy(&self) {
        self.tidy_within(self.limit);
    }

    /// The same where less may be kept.
    pub fn tidy_within(&self, limit: u64) {
        if let Some(dir) = self.dir.as_ref().filter(|_| self.grown.load(Ordering::Relaxed)) {
            let _ = self.shrink(dir, limit.min(self.limit));
        }
    }

    fn shrink(&self, dir: &Path, limit: u64) -> io::Result<()> {
        sweep(dir);
        let used: HashSet<PathBuf> = self.used().iter().filter_map(|key| self.file(key)).collect();
        let (mut total, mut others) = (0, Vec::new());
        for file in fs::read_dir(dir)? {
            let file = file?;
            let metadata = file.metadata()?;
            total += metadata.len();
            if !used.contains(&file.path()) {
                let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                others.push((modified, file.path(), metadata.len()));
            }
        }
        others.sort();
        for (_, path, length) in others {
            if total <= limit {
                break;
            }
            if fs::remove_file(path).is_ok() {
                total -= length;
            }
        }
        Ok(())
    }

    fn file(&self, key: &Key) -> Option<PathBuf> {
        let name: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        self.dir.as_ref().map(|dir| dir.join(name))
    }

    fn use_up(&self, key: &Key) {
        self.used().insert(*key);
    }

    fn used(&self) -> std::sync::MutexGuard<'_, HashSet<Key>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sum(&self, key: &Key, bytes: &[u8]) -> [u8; SUM] {
        let mut hasher = blake3::Hasher::new_keyed(&self.version);
        hasher.update(key.as_bytes()).update(bytes);
        first(hasher.finalize().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key::of(&[name.as_bytes()])
    }

    const KIND: Kind = Kind { name: "kind", version: 1, limit: 1000 };

    fn open(dir: &Path) -> Blobs {
        Blobs::open(Some(dir), &KIND, "1")
    }

    #[test]
    fn what_is_put_is_there_until_it_is_damaged_or_the_version_is_another() {
        let dir = tempfile::tempdir().unwrap();
        open(dir.path()).put(&key("a"), b"some bytes");
        let blobs = open(dir.path());
        assert!(blobs.has(&key("a")) && !blobs.has(&key("b")));
        assert_eq!(blobs.get(&key("a")).as_deref(), Some(&b"some bytes"[..]));
        assert_eq!(Blobs::open(Some(dir.path()), &KIND, "2").get(&key("a")), None);
        let file = blobs.file(&key("a")).unwrap();
        let whole = fs::read(&file).unwrap();
        fs::copy(&file, blobs.file(&key("b")).unwrap()).unwrap();
        assert_eq!(blobs.get(&key("b")), None, "the bytes of another key");
        for place in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[place] ^= 0x41;
            for damaged in [&flipped[..], &whole[..place]] {
                fs::write(&file, damaged).unwrap();
                assert_eq!(blobs.get(&key("a")), None, "at {place}");
            }
        }
        blobs.put(&key("a"), b"anew");
        assert_eq!(blobs.get(&key("a")).as_deref(), Some(&b"anew"[..]));
    }

    #[test]
    fn what_is_put_after_the_folder_was_removed_is_kept_too() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = open(dir.path());
        blobs.put(&key("a"), b"a");
        fs::remove_dir_all(dir.path().join("kind")).unwrap();
        blobs.put(&key("b"), b"b");
        assert_eq!(blobs.get(&key("b")).as_deref(), Some(&b"b"[..]));
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let none = Blobs::open(None, &KIND, "1");
        none.put(&key("a"), b"a");
        none.tidy();
        assert!(!none.has(&key("a")) && none.get(&key("a")).is_none());
    }

    #[test]
    fn the_folder_stays_small_and_what_is_used_stays_in_it() {
        let dir = tempfile::tempdir().unwrap();
        open(dir.path()).put(&key("used"), &[1; 200]);
        for round in 0..20 {
            let blobs = open(dir.path());
            assert!(blobs.get(&key("used")).is_some());
            blobs.put(&key(&round.to_string()), &[2; 300]);
            blobs.tidy();
            let kept =
                fs::read_dir(dir.path().join("kind")).unwrap().map(|file| file.unwrap().metadata().unwrap().len());
            assert!(kept.sum::<u64>() <= 1000);
        }
        assert!(open(dir.path()).get(&key("19")).is_some());
    }
}
