//! The folder that a writer writes to, with a gate: once shut, nothing of an index is changed.
//!
//! Tantivy merges and collects garbage on threads that outlive its writer. Two things must not
//! happen there: after a commit that failed, a merge that ends would write down the segments of
//! that commit under the counts of the one before; and after a writer was dropped, a merge that
//! ends deletes what it merged although the last commit still names it. So the gate shuts at the
//! first failure to write a commit, and when a writer is dropped.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use crate::Error;

/// Shuts a [`Guarded`] folder, from wherever it is held.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate(Arc<RwLock<bool>>);

impl Gate {
    /// Shuts it, when whoever is passing has passed: a thread that was let through and lost its turn
    /// would change the index under the next writer.
    pub(crate) fn shut(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = true;
    }

    /// Lets a thread pass, which is through when it drops this.
    fn pass(&self) -> io::Result<RwLockReadGuard<'_, bool>> {
        let is_shut = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if *is_shut { Err(io::Error::other("the writer has given up")) } else { Ok(is_shut) }
    }
}

/// A folder behind a gate.
#[derive(Clone, Debug)]
pub(crate) struct Guarded {
    inner: MmapDirectory,
    folder: PathBuf,
    gate: Gate,
}

impl Guarded {
    pub(crate) fn open(folder: &Path, gate: &Gate) -> Result<Self, Error> {
        let inner = MmapDirectory::open(folder).map_err(|source| Error::tantivy(folder, source.into()))?;
        Ok(Self { inner, folder: folder.to_owned(), gate: gate.clone() })
    }

    /// Tantivy's own way makes the file readable for its owner alone, and the server that
    /// answers from the index may be another user than the job that writes it.
    fn replace(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = self.folder.join(beside);
        let mut file = File::create(&beside)?;
        file.write_all(data)?;
        file.sync_all()?;
        fs::rename(&beside, self.folder.join(path))?;
        self.inner.sync_directory()
    }
}

impl Directory for Guarded {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let refused = |error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() };
        let _passing = self.gate.pass().map_err(refused)?;
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let _passing =
            self.gate.pass().map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let passing = self.gate.pass()?;
        let written = self.replace(path, data);
        drop(passing);
        if written.is_err() {
            self.gate.shut();
        }
        written
    }

    fn sync_directory(&self) -> io::Result<()> {
        let synced = self.inner.sync_directory();
        if synced.is_err() {
            self.gate.shut();
        }
        synced
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}
