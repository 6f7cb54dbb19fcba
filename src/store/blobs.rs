//! Large things of one kind, each in a file of its own: reading one reads none of the others. A file
//! ends with a sum of its key and its bytes, so that what was cut off or changed is simply not there.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::kept::Kind;
use super::key::{Key, first};
use super::place::{replace, sweep};
use super::shared::Shared;

/// How long the sum is that a file ends with.
const SUM: usize = 16;

/// Large things of one kind. Threads share one, and so may processes.
#[derive(Debug)]
pub struct Blobs {
    dir: Option<PathBuf>,
    kind: &'static str,
    version: [u8; 32],
    limit: u64,
    used: Mutex<HashSet<Key>>,
    grown: AtomicBool,
    shared: Option<Shared>,
    /// What was made here that others may want.
    made: Mutex<Vec<Key>>,
}

impl Blobs {
    /// The things of a kind in a folder, which need not exist.
    pub(super) fn open(dir: Option<&Path>, kind: &Kind, made_by: &str) -> Blobs {
        Blobs {
            dir: dir.map(|dir| dir.join(kind.name)),
            kind: kind.name,
            version: kind.version(made_by),
            limit: kind.limit,
            used: Mutex::default(),
            grown: AtomicBool::new(false),
            shared: None,
            made: Mutex::default(),
        }
    }

    /// The same things, which lie elsewhere too.
    pub(super) fn sharing(self, shared: Option<Shared>) -> Blobs {
        Blobs { shared, ..self }
    }

    /// Takes what is wanted and isn't here from where other machines put it.
    pub fn fetch(&self, wanted: impl Iterator<Item = Key>) {
        let Some(shared) = &self.shared else { return };
        let missing: HashMap<String, Key> =
            wanted.filter(|key| !self.has(key)).map(|key| (self.shared_name(&key), key)).collect();
        let names: Vec<String> = missing.keys().cloned().collect();
        shared.take(&names, |name, bytes| missing.get(name).is_some_and(|key| self.keep_whole(key, &bytes)));
    }

    /// Gives other machines what was made here.
    pub fn share(&self) {
        let (Some(shared), made) = (&self.shared, std::mem::take(&mut *self.made())) else { return };
        let made: HashMap<String, Key> = made.into_iter().map(|key| (self.shared_name(&key), key)).collect();
        let names: Vec<String> = made.keys().cloned().collect();
        shared.give(&names, |name| fs::read(self.file(made.get(name)?)?).ok());
    }

    /// What it is called elsewhere, where things that were made otherwise lie beside each other.
    fn shared_name(&self, key: &Key) -> String {
        let version = &blake3::Hash::from_bytes(self.version).to_hex()[..12];
        format!("{}/{version}/{}", self.kind, name(key))
    }

    /// Keeps the bytes of a file of ours from elsewhere; whether they are one.
    fn keep_whole(&self, key: &Key, bytes: &[u8]) -> bool {
        let is_ours = bytes.split_last_chunk::<SUM>().is_some_and(|(whole, sum)| *sum == self.sum(key, whole));
        let Some(file) = self.file(key).filter(|_| is_ours) else { return false };
        self.grown.store(true, Ordering::Relaxed);
        replace(&file, |file| file.write_all(bytes)).is_ok()
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
        if self.shared.is_some() {
            self.made().push(*key);
        }
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
        self.dir.as_ref().map(|dir| dir.join(name(key)))
    }

    fn made(&self) -> MutexGuard<'_, Vec<Key>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn use_up(&self, key: &Key) {
        self.used().insert(*key);
    }

    fn used(&self) -> MutexGuard<'_, HashSet<Key>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sum(&self, key: &Key, bytes: &[u8]) -> [u8; SUM] {
        let mut hasher = blake3::Hasher::new_keyed(&self.version);
        hasher.update(key.as_bytes()).update(bytes);
        first(hasher.finalize().as_bytes())
    }
}

/// What a file is called that holds what is kept under a key.
fn name(key: &Key) -> String {
    key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::super::shared::SharedStore;
    use super::*;

    /// A place elsewhere that lies in memory, and may be out of reach.
    #[derive(Clone, Debug, Default)]
    struct Elsewhere {
        things: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
        asked: Arc<Mutex<usize>>,
        is_gone: bool,
    }

    impl Elsewhere {
        fn asked(&self) -> Result<(), String> {
            *self.asked.lock().unwrap() += 1;
            if self.is_gone { Err("out of reach".into()) } else { Ok(()) }
        }
    }

    impl SharedStore for Elsewhere {
        fn read(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
            self.asked()?;
            Ok(self.things.lock().unwrap().get(name).cloned())
        }

        fn write(&self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
            self.asked()?;
            self.things.lock().unwrap().insert(name.to_owned(), bytes);
            Ok(())
        }
    }

    #[test]
    fn what_one_machine_made_another_takes_if_it_is_whole_and_made_alike() {
        let dirs = [(); 4].map(|()| tempfile::tempdir().unwrap());
        let (elsewhere, keys) = (Elsewhere::default(), ["a", "b", "c"].map(key));
        let shared = || Shared::with(elsewhere.clone());
        let of = |at: usize, made_by: &str, shared: &Shared| {
            Blobs::open(Some(dirs[at].path()), &KIND, made_by).sharing(Some(shared.clone()))
        };
        let first = shared();
        let blobs = of(0, "1", &first);
        blobs.fetch(keys.iter().copied());
        blobs.put(&keys[0], b"one");
        blobs.put(&keys[1], b"two");
        blobs.share();
        blobs.share();
        assert_eq!((first.counts(), elsewhere.things.lock().unwrap().len()), ((0, 2), 2), "each once");

        let second = shared();
        let blobs = of(1, "1", &second);
        blobs.fetch(keys.iter().copied());
        assert_eq!(keys.map(|key| blobs.get(&key)), [Some(b"one".to_vec()), Some(b"two".to_vec()), None]);
        blobs.share();
        let asked = *elsewhere.asked.lock().unwrap();
        blobs.fetch(keys[..2].iter().copied());
        assert_eq!(
            (second.counts(), *elsewhere.asked.lock().unwrap()),
            ((2, 0), asked),
            "what is here isn't asked for"
        );

        let other = shared();
        of(2, "2", &other).fetch(keys.iter().copied());
        assert_eq!(other.counts(), (0, 0), "made otherwise");
        elsewhere.things.lock().unwrap().values_mut().for_each(|bytes| bytes[0] ^= 1);
        let blobs = of(3, "1", &other);
        blobs.fetch(keys.iter().copied());
        assert!(other.counts() == (0, 0) && !blobs.has(&keys[0]), "damaged");
    }

    #[test]
    fn what_is_out_of_reach_is_asked_once_and_all_is_kept_here() {
        let dir = tempfile::tempdir().unwrap();
        let elsewhere = Elsewhere { is_gone: true, ..Elsewhere::default() };
        let shared = Shared::with(elsewhere.clone());
        let blobs = open(dir.path()).sharing(Some(shared.clone()));
        blobs.fetch([key("a")].into_iter());
        assert_eq!(shared.trouble(), Some("out of reach"));
        blobs.put(&key("a"), b"a");
        blobs.fetch((0..100).map(|at| key(&at.to_string())));
        blobs.share();
        assert_eq!(*elsewhere.asked.lock().unwrap(), 1);
        assert_eq!(blobs.get(&key("a")).as_deref(), Some(&b"a"[..]));
    }

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
