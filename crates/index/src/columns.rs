//! Columns of an index, opened once for a state of it: opening one and decoding its dictionary
//! takes longer than many a query.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{io, str};

use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};

/// A field whose values are names, as ordinals: of two names of one segment, the lower comes first.
#[derive(Debug)]
pub struct NameColumn {
    column: StrColumn,
    names: OnceLock<Vec<Box<str>>>,
}

impl NameColumn {
    /// The ordinals of each record's names.
    pub fn ords(&self) -> &Column<u64> {
        self.column.ords()
    }

    /// All names, by ordinal. For fields of few values: they stay in memory.
    ///
    /// # Errors
    /// The dictionary is damaged.
    pub fn names(&self) -> io::Result<&[Box<str>]> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let names = self.decoded()?;
        Ok(self.names.get_or_init(|| names))
    }

    fn decoded(&self) -> io::Result<Vec<Box<str>>> {
        let mut names = Vec::with_capacity(self.column.num_terms());
        let mut stream = self.column.dictionary().stream()?;
        while stream.advance() {
            names.push(str::from_utf8(stream.key()).map_err(io::Error::other)?.into());
        }
        Ok(names)
    }
}

/// What was opened so far, by number of the segment and field.
#[derive(Default)]
pub(crate) struct Columns {
    names: Mutex<Opened<Option<Arc<NameColumn>>>>,
    numbers: Mutex<Opened<Column<u64>>>,
}

type Opened<T> = HashMap<(u32, &'static str), T>;

impl Columns {
    /// The names of a field; none where no record of the segment has one.
    pub(crate) fn names(
        &self,
        at: u32,
        segment: &SegmentReader,
        field: &'static str,
    ) -> tantivy::Result<Option<Arc<NameColumn>>> {
        opened(&self.names, (at, field), || {
            let column = segment.fast_fields().str(field)?;
            Ok(column.map(|column| Arc::new(NameColumn { column, names: OnceLock::new() })))
        })
    }

    /// The numbers of a field.
    pub(crate) fn numbers(
        &self,
        at: u32,
        segment: &SegmentReader,
        field: &'static str,
    ) -> tantivy::Result<Column<u64>> {
        opened(&self.numbers, (at, field), || segment.fast_fields().u64(field))
    }
}

fn opened<T: Clone>(
    all: &Mutex<Opened<T>>,
    key: (u32, &'static str),
    open: impl FnOnce() -> tantivy::Result<T>,
) -> tantivy::Result<T> {
    // What a thread that panicked left is whole: entries are only ever added.
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all.get(&key) {
        return Ok(known.clone());
    }
    let column = open()?;
    all.insert(key, column.clone());
    Ok(column)
}
