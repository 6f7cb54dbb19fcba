//! Many small things of one kind in one file of keys and bytes, read when the first is asked for.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::kept::Kind;
use super::key::{Key, first};
use super::place::{prepare, put};

/// How a file begins; then come 32 bytes for the version, then entries.
const MAGIC: &[u8] = b"bokworm cache 1\n";
/// Where the first entry begins.
const BEGIN: usize = MAGIC.len() + 32;
/// What an entry has before its bytes: key, length and a sum of both and the bytes.
const HEAD: usize = 16 + 4 + 8;

/// Things of one kind. Threads share one, and so may processes.
#[derive(Debug)]
pub struct Pack {
    path: Option<PathBuf>,
    /// Goes into every entry's sum, so that an entry of another version is never taken for ours.
    version: [u8; 32],
    limit: usize,
    contents: OnceLock<Contents>,
    fresh: Mutex<HashMap<Key, Vec<u8>>>,
}

/// A file as it was read.
#[derive(Debug, Default)]
struct Contents {
    bytes: Vec<u8>,
    entries: HashMap<Key, PackEntry>,
    /// Whether there is something in it that is no entry.
    damaged: AtomicBool,
}

#[derive(Debug)]
struct PackEntry {
    /// Where its head begins, and how many bytes follow the head.
    start: usize,
    length: usize,
    used: AtomicBool,
}

impl Pack {
    /// The things of a kind in a folder, which need not exist.
    pub(super) fn open(dir: Option<&Path>, kind: &Kind, made_by: &str) -> Pack {
        Pack {
            path: dir.map(|dir| dir.join(kind.name).with_extension("pack")),
            version: kind.version(made_by),
            limit: usize::try_from(kind.limit).unwrap_or(usize::MAX),
            contents: OnceLock::new(),
            fresh: Mutex::default(),
        }
    }

    /// What is kept under a key.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let path = self.path.as_ref()?;
        let contents = self.contents.get_or_init(|| Contents::read(path, &self.version, self.limit));
        if let Some(entry) = contents.entries.get(key) {
            if let Some(bytes) = self.sound(contents, entry) {
                entry.used.store(true, Ordering::Relaxed);
                return Some(bytes.to_vec());
            }
            contents.damaged.store(true, Ordering::Relaxed);
        }
        self.fresh().get(key).cloned()
    }

    /// Keeps something under a key.
    pub fn put(&self, key: Key, bytes: Vec<u8>) {
        if self.path.is_some() && bytes.len() <= self.limit / 4 {
            self.fresh().insert(key, bytes);
        }
    }

    /// Writes what is new. If that fails, nothing is kept, and nothing else happens.
    pub fn save(&self) {
        self.save_within(self.limit);
    }

    /// The same where the file should take up less: the first to go is what this run did not use.
    pub fn save_within(&self, limit: usize) {
        let limit = limit.min(self.limit);
        let Some(path) = &self.path else { return };
        let fresh: Vec<(Key, Vec<u8>)> = std::mem::take(&mut *self.fresh()).into_iter().collect();
        let empty = Contents::default();
        let contents = self.contents.get().unwrap_or(&empty);
        let is_damaged = contents.damaged.load(Ordering::Relaxed);
        if fresh.is_empty() && !is_damaged {
            return;
        }
        let added: usize = fresh.iter().map(|(_, bytes)| HEAD + bytes.len()).sum();
        let fits = contents.bytes.len() + added <= limit;
        let appended = fits && !is_damaged && !contents.is_half_empty() && self.append(path, &fresh, added).is_ok();
        if !appended {
            let _ = self.rewrite(path, contents, &fresh, limit);
        }
    }

    fn fresh(&self) -> MutexGuard<'_, HashMap<Key, Vec<u8>>> {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds entries to the end of the file in one go, so that two processes don't mix theirs.
    fn append(&self, path: &Path, fresh: &[(Key, Vec<u8>)], added: usize) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(added);
        fresh.iter().for_each(|(key, entry)| self.write_entry(&mut bytes, key, entry));
        OpenOptions::new().append(true).open(path)?.write_all(&bytes)
    }

    /// Writes the file anew and puts it in the place of the old one: what this run did not use comes first, and
    /// where there is too much for the limit, the first go.
    fn rewrite(&self, path: &Path, contents: &Contents, fresh: &[(Key, Vec<u8>)], limit: usize) -> io::Result<()> {
        let mut old: Vec<&PackEntry> = contents.entries.values().collect();
        old.sort_unstable_by_key(|entry| (entry.used.load(Ordering::Relaxed), entry.start));
        old.retain(|entry| self.sound(contents, entry).is_some());
        let lengths = old.iter().map(|entry| HEAD + entry.length);
        let mut left: usize = lengths.chain(fresh.iter().map(|(_, entry)| HEAD + entry.len())).sum();
        // Some room is left, or else every later run would have to do this again.
        let room = if left > limit { limit / 4 * 3 } else { limit };
        let mut goes = |length: usize| {
            let goes = left > room;
            left -= if goes { HEAD + length } else { 0 };
            goes
        };
        let old = old.into_iter().skip_while(|entry| goes(entry.length)).collect::<Vec<_>>();
        let fresh = fresh.iter().skip_while(|(_, entry)| goes(entry.len()));
        path.parent().map_or(Ok(()), prepare)?;
        put(path, |file| {
            file.write_all(MAGIC)?;
            file.write_all(&self.version)?;
            for entry in &old {
                file.write_all(&contents.bytes[entry.start..entry.start + HEAD + entry.length])?;
            }
            let mut bytes = Vec::new();
            for (key, entry) in fresh {
                bytes.clear();
                self.write_entry(&mut bytes, key, entry);
                file.write_all(&bytes)?;
            }
            Ok(())
        })
    }

    fn write_entry(&self, out: &mut Vec<u8>, key: &Key, bytes: &[u8]) {
        let length = (bytes.len() as u32).to_le_bytes();
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(&length);
        out.extend_from_slice(&self.sum(key.as_bytes(), &length, bytes));
        out.extend_from_slice(bytes);
    }

    /// The bytes of an entry, if nothing happened to them.
    fn sound<'a>(&self, contents: &'a Contents, entry: &PackEntry) -> Option<&'a [u8]> {
        let (head, rest) = contents.bytes.get(entry.start..)?.split_at_checked(HEAD)?;
        let bytes = rest.get(..entry.length)?;
        (self.sum(&head[..16], &head[16..20], bytes) == head[20..]).then_some(bytes)
    }

    fn sum(&self, key: &[u8], length: &[u8], bytes: &[u8]) -> [u8; 8] {
        let mut hasher = blake3::Hasher::new_keyed(&self.version);
        hasher.update(key).update(length).update(bytes);
        first(hasher.finalize().as_bytes())
    }
}

impl Contents {
    /// Reads a file. One that isn't there is empty, and counts as damaged so that it is made.
    fn read(path: &Path, version: &[u8; 32], limit: usize) -> Contents {
        let none = || Contents { damaged: AtomicBool::new(true), ..Contents::default() };
        let fits = |file: &fs::Metadata| file.is_file() && file.len() <= limit as u64 * 2 + BEGIN as u64;
        if !fs::metadata(path).is_ok_and(|file| fits(&file)) {
            return none();
        }
        let Ok(bytes) = fs::read(path) else { return none() };
        if !bytes.starts_with(MAGIC) || bytes.get(MAGIC.len()..BEGIN) != Some(version) {
            return none();
        }
        let mut entries = HashMap::with_capacity(bytes.len() / 256);
        let mut start = BEGIN;
        while let Some((key, length)) = head(&bytes, start) {
            entries.insert(key, PackEntry { start, length, used: AtomicBool::new(false) });
            start += HEAD + length;
        }
        let damaged = AtomicBool::new(start != bytes.len());
        Contents { bytes, entries, damaged }
    }

    /// Whether most of the file is things that are in it twice.
    fn is_half_empty(&self) -> bool {
        let live: usize = self.entries.values().map(|entry| HEAD + entry.length).sum();
        (live + BEGIN) * 2 < self.bytes.len()
    }
}

/// The key and the length of the entry at a place, if all of it is there.
fn head(bytes: &[u8], start: usize) -> Option<(Key, usize)> {
    let (head, rest) = bytes.get(start..)?.split_at_checked(HEAD)?;
    let length = u32::from_le_bytes(first(&head[16..])) as usize;
    (length <= rest.len()).then(|| (Key::from_bytes(first(head)), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key::of(&[name.as_bytes()])
    }

    fn kind(limit: u64) -> Kind {
        Kind { name: "kind", version: 1, limit }
    }

    fn open(dir: &Path) -> Pack {
        Pack::open(Some(dir), &kind(4000), "1")
    }

    fn put(dir: &Path, names: &[&str]) {
        let store = open(dir);
        for name in names {
            assert_eq!(store.get(&key(name)), None);
            store.put(key(name), name.as_bytes().to_vec());
        }
        store.save();
    }

    fn has(dir: &Path, name: &str) -> bool {
        let found = open(dir).get(&key(name));
        assert!(found.is_none() || found.as_deref() == Some(name.as_bytes()), "never another's bytes");
        found.is_some()
    }

    #[test]
    fn what_is_put_is_there_in_this_run_and_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("not/yet/there");
        let store = open(&deep);
        store.put(key("a"), b"a".to_vec());
        store.put(key("empty"), Vec::new());
        assert_eq!(store.get(&key("a")), Some(b"a".to_vec()));
        store.save();
        put(&deep, &["b"]);
        assert!(has(&deep, "a") && has(&deep, "b") && !has(&deep, "c"));
        assert_eq!(open(&deep).get(&key("empty")), Some(Vec::new()));
    }

    #[test]
    fn without_a_folder_or_with_one_that_cannot_be_written_nothing_is_kept() {
        let none = Pack::open(None, &kind(4000), "1");
        none.put(key("a"), b"a".to_vec());
        assert_eq!(none.get(&key("a")), None);
        none.save();
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        let store = open(&file);
        store.put(key("a"), b"a".to_vec());
        store.save();
        assert!(!has(&file, "a"));
    }

    #[test]
    fn another_version_sees_nothing_of_this_one() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["a"]);
        let other = Pack::open(Some(dir.path()), &kind(4000), "2");
        assert_eq!(other.get(&key("a")), None);
        // A process of the old version that was still running appends to what the new one wrote.
        let old = open(dir.path());
        assert!(old.get(&key("a")).is_some());
        other.put(key("b"), b"b".to_vec());
        other.save();
        old.put(key("c"), b"c".to_vec());
        old.save();
        let other = Pack::open(Some(dir.path()), &kind(4000), "2");
        assert!(other.get(&key("b")).is_some() && other.get(&key("c")).is_none());
    }

    #[test]
    fn any_damage_is_only_a_miss_and_is_mended() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["one", "two", "three"]);
        let path = dir.path().join("kind.pack");
        let whole = fs::read(&path).unwrap();
        for place in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[place] ^= 0x41;
            for damaged in [&flipped[..], &whole[..place]] {
                fs::write(&path, damaged).unwrap();
                let lost: Vec<&str> =
                    ["one", "two", "three"].into_iter().filter(|name| !has(dir.path(), name)).collect();
                put(dir.path(), &lost);
                assert!(["one", "two", "three"].iter().all(|name| has(dir.path(), name)), "at {place}");
            }
        }
    }

    /// Four writers, each with a thing of its own in each of twenty rounds; `look` looks after each.
    fn write_at_once(dir: &Path, limit: usize, look: impl Fn(&str) + Sync) {
        let look = &look;
        std::thread::scope(|scope| {
            for writer in 0..4 {
                scope.spawn(move || {
                    for name in (0..20).map(|round| format!("{writer} {round}")) {
                        let store = Pack::open(Some(dir), &kind(limit as u64), "1");
                        assert_eq!(store.get(&key(&name)), None);
                        store.put(key(&name), name.clone().into_bytes());
                        store.save();
                        look(&name);
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(dir).unwrap().count(), 1, "nothing that was being written is left");
    }

    #[test]
    fn writers_at_once_lose_nothing_where_the_file_has_room() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["base"]);
        write_at_once(dir.path(), 4000, |name| assert!(has(dir.path(), "base") && has(dir.path(), name), "{name}"));
        let lost: Vec<String> = (0..80).map(|n| format!("{} {}", n / 20, n % 20)).collect();
        let lost: Vec<&String> = lost.iter().filter(|name| !has(dir.path(), name)).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn writers_at_once_that_write_the_file_anew_lose_nothing_but_entries() {
        let dir = tempfile::tempdir().unwrap();
        let limit = 600;
        put(dir.path(), &["base"]);
        let version = open(dir.path()).version;
        write_at_once(dir.path(), limit, |name| {
            let contents = Contents::read(&dir.path().join("kind.pack"), &version, limit);
            assert!(!contents.damaged.load(Ordering::Relaxed), "others see a whole file after {name}");
            assert!(contents.bytes.len() <= limit + BEGIN + 4 * 64, "each adds at most once to what fits");
        });
        let all = (0..80).map(|n| format!("{} {}", n / 20, n % 20));
        let kept = all.filter(|name| has(dir.path(), name)).count();
        assert!((1..=limit / HEAD).contains(&kept), "{kept} kept: the file was written anew, and not for nothing");
    }

    #[test]
    fn the_file_stays_small_and_what_is_used_stays_in_it() {
        let dir = tempfile::tempdir().unwrap();
        for round in 0..200 {
            let store = open(dir.path());
            assert!(round == 0 || store.get(&key("used")).is_some(), "round {round}");
            store.get(&key("x"));
            if round == 0 {
                store.put(key("used"), b"used".to_vec());
            }
            store.put(key(&format!("{round}")), vec![0; 100]);
            store.save();
            assert!(fs::metadata(dir.path().join("kind.pack")).unwrap().len() <= 4000 + BEGIN as u64);
        }
        let store = open(dir.path());
        assert!(store.get(&key("199")).is_some() && store.get(&key("0")).is_none());
        store.put(key("huge"), vec![0; 2000]);
        assert!(store.get(&key("huge")).is_none());
    }

    #[test]
    fn deleting_it_while_it_is_in_use_is_harmless() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["a"]);
        let store = open(dir.path());
        assert!(store.get(&key("a")).is_some());
        fs::remove_dir_all(dir.path()).unwrap();
        store.put(key("b"), b"b".to_vec());
        store.save();
        assert!(has(dir.path(), "a") && has(dir.path(), "b"));
    }

    #[test]
    fn git_leaves_the_folder_in_a_project_alone_and_no_other() {
        let project = tempfile::tempdir().unwrap();
        let (own, other) = (project.path().join(".bokworm/cache"), project.path().join("kept"));
        for dir in [&own, &other] {
            let store = Pack::open(Some(dir), &kind(1000), "1");
            store.put(Key::of(&[b"a"]), b"b".to_vec());
            store.save();
        }
        assert_eq!(fs::read_to_string(project.path().join(".bokworm/.gitignore")).unwrap(), "*\n");
        assert!(!other.join(".gitignore").exists() && !project.path().join(".gitignore").exists());
    }
}
