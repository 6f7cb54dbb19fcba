//! Whether a file is published already: by its bytes, not by its times, which a
//! checkout or a restored backup can change.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result};

use crate::output::Bytes;
use crate::read::open::{self, Opened};

/// So much of two files is held at a time.
const CHUNK: usize = 128 << 10;

/// What is known of the published file, if it holds just these bytes.
pub(super) fn published(published: &Path, bytes: &Bytes) -> Result<Option<Metadata>> {
    let named = || format!("could not read `{}`", published.display());
    let (mut there, known) = match open::ordinary(published).with_context(named)? {
        Opened::File(file, metadata) => (file, metadata),
        Opened::Gone | Opened::Moved => return Ok(None),
    };
    let len = known.len();
    let same = match bytes {
        Bytes::Owned(bytes) => bytes.len() as u64 == len && holds(&mut there, bytes).with_context(named)?,
        Bytes::File(from) => {
            let named = || format!("could not read `{}`", from.display());
            match open::ordinary(from).with_context(named)? {
                Opened::File(mut from, metadata) => {
                    metadata.len() == len && same_bytes(&mut there, &mut from, len).with_context(named)?
                }
                Opened::Gone | Opened::Moved => false,
            }
        }
    };
    Ok(same.then_some(known))
}

fn holds(file: &mut File, bytes: &[u8]) -> io::Result<bool> {
    let mut there = Vec::with_capacity(bytes.len().min(CHUNK) + 1);
    for chunk in bytes.chunks(CHUNK) {
        there.clear();
        file.take(chunk.len() as u64).read_to_end(&mut there)?;
        if there != chunk {
            return Ok(false);
        }
    }
    Ok(true)
}

fn same_bytes(one: &mut File, other: &mut File, len: u64) -> io::Result<bool> {
    let room = usize::try_from(len).map_or(CHUNK, |len| len.min(CHUNK)) + 1;
    let (mut left, mut right) = (Vec::with_capacity(room), Vec::with_capacity(room));
    loop {
        left.clear();
        right.clear();
        one.take(CHUNK as u64).read_to_end(&mut left)?;
        other.take(CHUNK as u64).read_to_end(&mut right)?;
        if left != right || left.is_empty() {
            return Ok(left == right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_the_same_only_if_every_byte_is() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        let (published, source) = (top.join("published"), top.join("source"));
        for len in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let mut bytes = vec![b'x'; len];
            std::fs::write(&published, &bytes).unwrap();
            std::fs::write(&source, &bytes).unwrap();
            let file = Bytes::File(source.clone());
            let published_len = |bytes: &Bytes| super::published(&published, bytes).unwrap().map(|file| file.len());
            assert_eq!(published_len(&Bytes::Owned(bytes.clone())), Some(len as u64));
            assert_eq!(published_len(&file), Some(len as u64));
            let Some(last) = bytes.last_mut() else { continue };
            *last = b'y';
            std::fs::write(&source, &bytes).unwrap();
            assert_eq!(published_len(&Bytes::Owned(bytes)), None, "{len}");
            assert_eq!(published_len(&file), None, "{len}");
        }
    }
}
