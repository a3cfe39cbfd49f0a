//! Opens ordinary files, and those of a corpus only beneath its root: a link that is put in the place
//! of a file while a run is under way leads nowhere else.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::Path;

use chapeau_document::FileStatus;
use chapeau_ingest::Failure;
use rustix::fs::{Mode, OFlags, ResolveFlags};
use rustix::io::Errno;

use crate::reading::{not_a_file, too_large, unreadable};

/// How a file is opened. A pipe put in its place is not waited for: what is no file is seen once it is open.
const FLAGS: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK).union(OFlags::NOCTTY);

/// An ordinary file, wherever links lead to it: for files that were named by themselves.
pub(crate) fn open(file: &Path) -> Result<(File, Metadata), Failure> {
    let opened = rustix::fs::open(file, FLAGS, Mode::empty());
    ordinary(opened.map_err(|error| unreadable(&error.into()))?)
}

/// An ordinary file beneath a folder, without following any link below it.
pub(crate) fn open_beneath(root: &Path, file: &Path) -> Result<(File, Metadata), Failure> {
    let Ok(below) = file.strip_prefix(root) else { return open(file) };
    // The folder of a file that is named without one.
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let folder = rustix::fs::open(root, OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::PATH, Mode::empty());
    let folder = folder.map_err(|error| unreadable(&error.into()))?;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    let opened = match rustix::fs::openat2(&folder, below, FLAGS, Mode::empty(), resolve) {
        // Kernels before 5.6, and sandboxes, have no openat2: then the last step alone is no link.
        Err(Errno::NOSYS | Errno::PERM) => {
            rustix::fs::openat(&folder, below, FLAGS | OFlags::NOFOLLOW, Mode::empty())
        }
        opened => opened,
    };
    match opened {
        Ok(opened) => ordinary(opened),
        Err(Errno::LOOP | Errno::XDEV) => {
            Err(Failure::new(FileStatus::Unreadable, "a link stands in its place, which is not followed"))
        }
        Err(error) => Err(unreadable(&error.into())),
    }
}

fn ordinary(opened: OwnedFd) -> Result<(File, Metadata), Failure> {
    let file = File::from(opened);
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    if metadata.is_file() {
        Ok((file, metadata))
    } else {
        Err(Failure::new(FileStatus::Unreadable, not_a_file(&metadata)))
    }
}

/// All bytes of an open file, unless it has more than `most`.
pub(crate) fn read_all((file, metadata): (File, Metadata), most: u64) -> Result<Vec<u8>, Failure> {
    if metadata.len() > most {
        return Err(too_large(metadata.len(), most));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // A file that grows while it is read must not fill the memory either.
    let read: io::Result<usize> = file.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > most {
        return Err(too_large(bytes.len() as u64, most));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_files_beneath_the_root_are_opened() {
        let place = tempfile::tempdir().expect("a folder for the test");
        let root = place.path().join("root");
        fs::create_dir_all(root.join("a")).expect("a folder");
        fs::write(place.path().join("secret"), "secret").expect("a file");
        fs::write(root.join("a/file"), "words").expect("a file");
        symlink(place.path().join("secret"), root.join("a/link")).expect("a link");
        symlink(place.path(), root.join("out")).expect("a link");
        let read = |name: &str| {
            open_beneath(&root, &root.join(name))
                .and_then(|opened| read_all(opened, 10))
                .map_err(|failure| failure.reason)
        };
        assert_eq!(read("a/file"), Ok(b"words".to_vec()));
        let refused = Err("a link stands in its place, which is not followed".to_owned());
        assert_eq!(read("a/link"), refused);
        assert_eq!(read("out/secret"), refused);
        assert_eq!(read("a"), Err("a folder, want an ordinary file".to_owned()));
        assert_eq!(read("gone"), Err("there is no such file".to_owned()));
        let too_large = open(&root.join("a/file")).and_then(|opened| read_all(opened, 2));
        assert_eq!(too_large.map_err(|failure| failure.status), Err(FileStatus::TooLarge));
    }
}
