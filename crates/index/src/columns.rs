//! Columns of an index, opened once for a state of it: opening one and decoding its dictionary
//! takes longer than many a query.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{io, str};

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

/// A field whose values are names, as ordinals: of two names of one segment, the lower comes first.
#[derive(Debug)]
pub struct NameColumn {
    column: StrColumn,
    names: OnceLock<Vec<Box<str>>>,
    decoded: OnceLock<Ords>,
}

/// The ordinals of a column as plain numbers: what most records of a segment are asked for is read
/// many times faster from them than from the packed column.
#[derive(Debug)]
pub struct Ords {
    /// The first ordinal of each record; [`Ords::NONE`] where it has no name.
    pub first: Vec<u32>,
    /// The further ordinals, with their records: few have any.
    pub more: Vec<(DocId, u32)>,
}

impl Ords {
    /// In place of an ordinal.
    pub const NONE: u32 = u32::MAX;

    fn of(column: &Column<u64>) -> Self {
        let n_records = column.num_docs();
        let (mut first, mut more) = (vec![Self::NONE; n_records as usize], Vec::new());
        let (mut having, mut rows, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let all: Vec<DocId> = (0..n_records).collect();
        for docs in all.chunks(AT_A_TIME) {
            having.clear();
            rows.clear();
            column.row_ids_for_docs(docs, &mut having, &mut rows);
            values.resize(rows.len(), 0);
            column.values.get_vals(&rows, &mut values);
            for (doc, ord) in having.iter().zip(&values) {
                let ord = u32::try_from(*ord).unwrap_or(Self::NONE);
                match &mut first[*doc as usize] {
                    free if *free == Self::NONE => *free = ord,
                    _ => more.push((*doc, ord)),
                }
            }
        }
        Self { first, more }
    }
}

/// Records that are decoded at a time: their values stay in the cache.
const AT_A_TIME: usize = 1_024;

/// A column is decoded for whoever wants one in so many of its records: decoding all costs about
/// as much as looking up a quarter of them one by one.
const DECODED_FROM: usize = 4;

impl NameColumn {
    /// The ordinals of each record's names.
    pub fn ords(&self) -> &Column<u64> {
        self.column.ords()
    }

    /// The ordinals as plain numbers, for whoever asks for `n_wanted` records: none where the packed
    /// column is faster for so few and nobody has asked for more. They stay in memory, 4 bytes a
    /// record.
    pub fn decoded(&self, n_wanted: usize) -> Option<&Ords> {
        let many = n_wanted * DECODED_FROM >= self.column.ords().num_docs() as usize;
        if many {
            Some(self.decoded.get_or_init(|| Ords::of(self.column.ords())))
        } else {
            self.decoded.get()
        }
    }

    /// All names, by ordinal. For fields of few values: they stay in memory.
    ///
    /// # Errors
    /// The dictionary is damaged.
    pub fn names(&self) -> io::Result<&[Box<str>]> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let names = self.read_names()?;
        Ok(self.names.get_or_init(|| names))
    }

    fn read_names(&self) -> io::Result<Vec<Box<str>>> {
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
            Ok(column.map(|column| {
                Arc::new(NameColumn { column, names: OnceLock::new(), decoded: OnceLock::new() })
            }))
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
