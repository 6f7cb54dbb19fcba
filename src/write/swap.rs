//! Two folders change places, and files are carried from one to the other without
//! being written again.

use std::fs::{self, File, FileTimes};
use std::io;
use std::path::{Path, PathBuf};

/// Puts the folder `new` in the place of the folder `out`, and says where the latter
/// is now. In one step where the system has one; elsewhere `out` is moved to
/// `aside` first, from where the next build brings it back if this one is killed
/// in between.
pub(super) fn exchange(new: &Path, out: &Path, aside: &Path) -> io::Result<PathBuf> {
    if in_one_step(new, out)? {
        return Ok(new.to_owned());
    }
    in_two_steps(new, out, aside)
}

/// `false` if this system or this disk can't.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn in_one_step(new: &Path, out: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn in_one_step(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

fn in_two_steps(new: &Path, out: &Path, aside: &Path) -> io::Result<PathBuf> {
    fs::rename(out, aside)?;
    if let Err(error) = fs::rename(new, out) {
        fs::rename(aside, out)?;
        return Err(error);
    }
    Ok(aside.to_owned())
}

/// Gives the file `from` a second place; where the disk has no links, a copy with the
/// same modification time.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => copy(from, to),
        linked => linked,
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    let mut to = File::create_new(to)?;
    io::copy(&mut from, &mut to)?;
    to.set_times(FileTimes::new().set_modified(from.metadata()?.modified()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (new, out) = (folder.path().join("new"), folder.path().join("out"));
        fs::create_dir(&new).unwrap();
        fs::create_dir(&out).unwrap();
        fs::write(new.join("new.html"), "").unwrap();
        fs::write(out.join("old.html"), "").unwrap();
        (folder, new, out)
    }

    #[test]
    fn either_way_the_new_folder_is_in_place_and_the_old_one_is_told() {
        for way in [exchange, in_two_steps] {
            let (folder, new, out) = folders();
            let old = way(&new, &out, &folder.path().join("aside")).unwrap();
            assert!(out.join("new.html").is_file());
            assert!(old.join("old.html").is_file());
        }
    }

    #[test]
    fn if_the_second_step_fails_the_first_is_taken_back() {
        let (folder, _, out) = folders();
        assert!(in_two_steps(&folder.path().join("missing"), &out, &folder.path().join("aside")).is_err());
        assert!(out.join("old.html").is_file());
    }

    #[test]
    fn a_copy_keeps_the_modification_time() {
        let (folder, _, out) = folders();
        let (from, to) = (out.join("old.html"), folder.path().join("copy.html"));
        let then = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::new(1_000_000, 7000);
        File::options().write(true).open(&from).unwrap().set_times(FileTimes::new().set_modified(then)).unwrap();
        copy(&from, &to).unwrap();
        assert_eq!(to.metadata().unwrap().modified().unwrap(), then);
    }
}
