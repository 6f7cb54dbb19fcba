//! A folder that one build has to itself. The system lets go of it when the build
//! ends, however it ends, so a killed build blocks nobody. Nothing is written.

use std::fs::File;
use std::io;
use std::path::Path;

/// Held until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    #[cfg_attr(not(unix), allow(dead_code, reason = "held open, never asked"))]
    file: Option<File>,
}

#[cfg(unix)]
impl Lock {
    /// `None` if someone else has it. Where the disk knows no locks (some network
    /// disks), everyone gets one: builds are still whole, since each makes its site in
    /// its own folder, but leavings of killed builds are then not told from live ones.
    pub(super) fn take(folder: &Path) -> io::Result<Option<Self>> {
        Self::locked(File::open(folder)?)
    }

    /// The same of a file, which is made if it isn't there: some network disks lock only what can be written.
    pub(crate) fn take_file(path: &Path) -> io::Result<Option<Self>> {
        Self::locked(File::options().write(true).create(true).truncate(false).open(path)?)
    }

    fn locked(file: File) -> io::Result<Option<Self>> {
        use rustix::fs::{FlockOperation, flock};
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Self { file: Some(file) })),
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
            Err(_) => Ok(Some(Self { file: None })),
        }
    }

    /// Whether the lock keeps others away, so that what is not locked is nobody's.
    pub(crate) fn is_real(&self) -> bool {
        self.file.is_some()
    }

    /// Whether what is locked is still what stands at that place: another build may
    /// have published, and so replaced the folder, just before it was locked.
    pub(super) fn is_of(&self, folder: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        let Some(file) = &self.file else { return true };
        match (file.metadata(), folder.symlink_metadata()) {
            (Ok(locked), Ok(there)) => (locked.dev(), locked.ino()) == (there.dev(), there.ino()),
            _ => false,
        }
    }
}

/// Said aloud, because a program that this one is just starting (git, say) has the
/// folder open too for a moment, and would keep it locked.
#[cfg(unix)]
impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            _ = rustix::fs::flock(file, rustix::fs::FlockOperation::Unlock);
        }
    }
}

/// Folders can't be locked here, but a file beside the folder can be kept from others
/// for as long as it is open, and vanishes when it is closed.
#[cfg(windows)]
impl Lock {
    pub(super) fn take(folder: &Path) -> io::Result<Option<Self>> {
        let mut name = folder.file_name().unwrap_or_default().to_owned();
        name.push(".bokworm-lock");
        Self::take_file(&folder.with_file_name(name))
    }

    pub(crate) fn take_file(path: &Path) -> io::Result<Option<Self>> {
        use std::os::windows::fs::OpenOptionsExt;
        const DELETE_ON_CLOSE: u32 = 0x0400_0000;
        const SHARING_VIOLATION: i32 = 32;
        let options = File::options().write(true).create(true).share_mode(0).custom_flags(DELETE_ON_CLOSE).to_owned();
        match options.open(path) {
            Ok(file) => Ok(Some(Self { file: Some(file) })),
            Err(error) if error.raw_os_error() == Some(SHARING_VIOLATION) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn is_real(&self) -> bool {
        true
    }

    pub(super) fn is_of(&self, _: &Path) -> bool {
        true
    }
}
