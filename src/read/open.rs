//! Opens a file at its real place and nowhere else: a symbolic link that was put
//! into the way after the folders were walked is not followed, so that no byte
//! from outside the project can reach a page or the published site.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// What stands at a place.
#[derive(Debug)]
pub(crate) enum Opened {
    /// An ordinary file, open for reading.
    File(File, Metadata),
    /// Nothing any more.
    Gone,
    /// A symbolic link, on the way or at its end, or something that is no ordinary file.
    Moved,
}

/// Opens the ordinary file at `path`, which is absolute and was free of symbolic links.
pub(crate) fn ordinary(path: &Path) -> io::Result<Opened> {
    let file = match without_links(path) {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(Opened::Moved),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Opened::Gone);
        }
        Err(error) => return Err(error),
    };
    let metadata = file.metadata()?;
    Ok(if metadata.is_file() { Opened::File(file, metadata) } else { Opened::Moved })
}

/// The kernel refuses every link on the way; `None` if there was one.
#[cfg(target_os = "linux")]
fn without_links(path: &Path) -> io::Result<Option<File>> {
    use rustix::fs::{CWD, Mode, ResolveFlags, openat2};
    use rustix::io::Errno;
    match openat2(CWD, path, READING, Mode::empty(), ResolveFlags::NO_SYMLINKS) {
        Ok(file) => Ok(Some(file.into())),
        Err(Errno::LOOP | Errno::NXIO) => Ok(None),
        // Old kernels don't know the call, some containers forbid it.
        Err(Errno::NOSYS | Errno::PERM) => step_by_step(path),
        Err(error) => Err(error.into()),
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
use step_by_step as without_links;

/// NONBLOCK: a pipe in the file's place must not make the build wait for ever.
#[cfg(unix)]
const READING: rustix::fs::OFlags = rustix::fs::OFlags::RDONLY
    .union(rustix::fs::OFlags::CLOEXEC)
    .union(rustix::fs::OFlags::NONBLOCK)
    .union(rustix::fs::OFlags::NOCTTY);

/// Opens each folder on the way from the one before it, never through a link.
#[cfg(unix)]
fn step_by_step(path: &Path) -> io::Result<Option<File>> {
    use rustix::fs::{Mode, OFlags, open, openat};
    use rustix::io::Errno;
    use std::path::Component;
    #[cfg(target_os = "linux")]
    const PASSING: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
    #[cfg(not(target_os = "linux"))]
    const PASSING: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
    let mut here = open("/", PASSING, Mode::empty())?;
    let mut parts = path.components().filter(|part| *part != Component::RootDir).peekable();
    while let Some(part) = parts.next() {
        let flags = if parts.peek().is_some() { PASSING } else { READING };
        here = match openat(&here, part.as_os_str(), flags | OFlags::NOFOLLOW, Mode::empty()) {
            Ok(next) => next,
            Err(Errno::LOOP | Errno::NXIO) => return Ok(None),
            // What a link answers that is asked to be a folder; a file does too.
            Err(Errno::NOTDIR) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
    }
    Ok(Some(here.into()))
}

/// Opens first and looks afterwards whether what was opened is what stands at that
/// real place. Links are rare here and need rights that authors seldom have.
#[cfg(not(unix))]
fn without_links(path: &Path) -> io::Result<Option<File>> {
    let file = File::open(path)?;
    Ok((path.canonicalize()? == path).then_some(file))
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    fn opens(path: &Path) -> bool {
        let checked = matches!(ordinary(path).unwrap(), Opened::File(..));
        let stepped = step_by_step(path).ok().flatten().is_some_and(|file| file.metadata().unwrap().is_file());
        assert_eq!(checked, stepped, "both ways agree on {}", path.display());
        checked
    }

    #[test]
    fn only_an_ordinary_file_at_its_real_place_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        fs::create_dir(top.join("a")).unwrap();
        fs::write(top.join("a/page.md"), "text").unwrap();
        symlink("page.md", top.join("a/link.md")).unwrap();
        symlink("a", top.join("b")).unwrap();
        rustix::fs::mknodat(rustix::fs::CWD, top.join("pipe"), rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();

        assert!(opens(&top.join("a/page.md")));
        assert!(!opens(&top.join("a/link.md")));
        assert!(!opens(&top.join("b/page.md")));
        assert!(!opens(&top.join("pipe")));
        assert!(!opens(&top.join("a")));
        assert!(!opens(&top.join("missing.md")));
        assert!(!opens(&top.join("a/page.md/below")));
    }

    #[test]
    fn a_link_that_is_swapped_in_while_reading_never_shows_the_file_outside() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        fs::create_dir_all(top.join("project/a")).unwrap();
        fs::create_dir_all(top.join("outside")).unwrap();
        fs::write(top.join("project/a/page.md"), "inside").unwrap();
        fs::write(top.join("outside/page.md"), "secret").unwrap();
        symlink("../outside", top.join("project/link")).unwrap();
        let stop = std::sync::atomic::AtomicBool::new(false);
        let (real, link) = (top.join("project/a"), top.join("project/link"));
        let parked = top.join("project/parked");
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    fs::rename(&real, &parked).unwrap();
                    fs::rename(&link, &real).unwrap();
                    fs::rename(&real, &link).unwrap();
                    fs::rename(&parked, &real).unwrap();
                }
            });
            let seen: Vec<String> = (0..3000)
                .flat_map(|_| {
                    let checked = match ordinary(&real.join("page.md")) {
                        Ok(Opened::File(file, _)) => Some(file),
                        _ => None,
                    };
                    [checked, step_by_step(&real.join("page.md")).ok().flatten()]
                })
                .flatten()
                .map(|file| std::io::read_to_string(file).unwrap())
                .collect();
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            assert!(seen.iter().all(|text| text == "inside"));
        });
    }
}
