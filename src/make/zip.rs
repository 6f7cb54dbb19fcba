//! Files in one file (ZIP), in a given order, with no time and nothing else of the machine: the same files make the same bytes.

use std::io::Write;

use anyhow::{Context, Result, bail};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// The first of January 1980, midnight: the earliest that can be said.
const DAY: u16 = 0x21;
/// The version that knows folders and deflated files.
const VERSION: u16 = 20;
/// Names are in UTF-8.
const FLAGS: u16 = 1 << 11;
const DEFLATED: u16 = 8;

/// A file of files while it is written.
#[derive(Default)]
pub(super) struct ZipWriter {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl ZipWriter {
    /// Puts in a file as it is.
    ///
    /// # Errors
    /// If there is no more room.
    pub(super) fn store(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.put(name, bytes, None)
    }

    /// Puts in a file, made smaller where that is possible.
    ///
    /// # Errors
    /// If there is no more room.
    pub(super) fn deflate(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(bytes)?;
        let packed = encoder.finish()?;
        self.put(name, bytes, Some(packed.as_slice()).filter(|packed| packed.len() < bytes.len()))
    }

    fn put(&mut self, name: &str, bytes: &[u8], packed: Option<&[u8]>) -> Result<()> {
        let room = || format!("the book is too large at `{name}`: a file of files holds 4 GB and 65,535 files");
        let start = u32::try_from(self.bytes.len()).with_context(room)?;
        self.count = self.count.checked_add(1).with_context(room)?;
        let mut crc = Crc::new();
        crc.update(bytes);
        let method = if packed.is_some() { DEFLATED } else { 0 };
        let held = packed.unwrap_or(bytes);
        let mut facts = Vec::with_capacity(26);
        for short in [VERSION, FLAGS, method, 0, DAY] {
            facts.extend(short.to_le_bytes());
        }
        let sizes = [crc.sum(), u32::try_from(held.len()).with_context(room)?, u32::try_from(bytes.len())?];
        sizes.iter().for_each(|long| facts.extend(long.to_le_bytes()));
        facts.extend(u16::try_from(name.len())?.to_le_bytes());
        facts.extend(0_u16.to_le_bytes());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&facts);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(held);
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(facts);
        // No comment, the first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(start.to_le_bytes());
        self.directory.extend(name.as_bytes());
        Ok(())
    }

    /// All of it.
    ///
    /// # Errors
    /// If there is no more room.
    pub(super) fn finish(mut self) -> Result<Vec<u8>> {
        let (Ok(start), Ok(length)) = (u32::try_from(self.bytes.len()), u32::try_from(self.directory.len())) else {
            bail!("the book is too large: a file of files holds 4 GB");
        };
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend([0; 2]);
        Ok(self.bytes)
    }
}
