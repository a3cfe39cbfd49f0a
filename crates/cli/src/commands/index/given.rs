//! `metadata.csv`: what a corpus says of its documents that they do not say themselves.
//!
//! The column `path` names a file beside or below the table; every other column is a metadata
//! field. Empty cells say nothing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use crate::opened;

/// The name of the table.
pub(crate) const TABLE: &str = "metadata.csv";

/// Most bytes of a table: a hundred thousand documents with all that can be said of them.
const MOST_BYTES: u64 = 16 << 20;

/// The rows of all tables of a source.
#[derive(Debug, Default)]
pub(crate) struct Given {
    rows: HashMap<PathBuf, Row>,
}

#[derive(Debug)]
struct Row {
    table: PathBuf,
    line: u64,
    pairs: Vec<(String, String)>,
    matched: bool,
}

impl Given {
    /// Adds the rows of a table; what is wrong with it becomes a warning.
    pub(crate) fn read(&mut self, root: &Path, table: &Path, warnings: &mut Vec<String>) {
        if let Err(error) = self.try_read(root, table, warnings) {
            warnings.push(format!("{}: {error:#}", table.display()));
        }
    }

    fn try_read(&mut self, root: &Path, table: &Path, warnings: &mut Vec<String>) -> anyhow::Result<()> {
        let bytes = opened::open_beneath(root, table).and_then(|opened| opened::read_all(opened, MOST_BYTES));
        let bytes = bytes.map_err(|failure| anyhow!("it is passed over: {}", failure.reason))?;
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes.as_slice());
        let header: Vec<String> =
            reader.headers()?.iter().map(|name| name.trim_start_matches('\u{FEFF}').to_lowercase()).collect();
        let path_column = header.iter().position(|name| name == "path");
        let path_column = path_column
            .with_context(|| format!("found columns {}, want one called path", header.join(", ")))?;
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    warnings.push(format!("{}: {error}", table.display()));
                    continue;
                }
            };
            let Some(path) = record.get(path_column).filter(|path| !path.is_empty()) else { continue };
            let line = record.position().map_or(0, csv::Position::line);
            let pairs = pairs(&header, &record, path_column);
            let row = Row { table: table.to_owned(), line, pairs, matched: false };
            if let Some(before) = self.rows.insert(table.with_file_name(path), row) {
                warnings.push(format!(
                    "{}: {path} stands in line {} and again in line {line}, which counts",
                    table.display(),
                    before.line
                ));
            }
        }
        Ok(())
    }

    /// What is said of a file.
    pub(crate) fn take(&mut self, file: &Path) -> Vec<(String, String)> {
        self.rows.get_mut(file).map_or_else(Vec::new, |row| {
            row.matched = true;
            row.pairs.clone()
        })
    }

    /// A warning for each row that speaks of no file.
    pub(crate) fn unmatched(&self) -> Vec<String> {
        let mut warnings: Vec<String> = self
            .rows
            .iter()
            .filter(|(_, row)| !row.matched)
            .map(|(path, row)| {
                let name = path.strip_prefix(row.table.parent().unwrap_or(Path::new(""))).unwrap_or(path);
                format!(
                    "{}: line {} speaks of {}, which is no file to index",
                    row.table.display(),
                    row.line,
                    name.display()
                )
            })
            .collect();
        warnings.sort();
        warnings
    }
}

fn pairs(header: &[String], record: &csv::StringRecord, path_column: usize) -> Vec<(String, String)> {
    let cells = header.iter().zip(record).enumerate();
    cells
        .filter(|(column, (_, value))| *column != path_column && !value.is_empty())
        .map(|(_, (name, value))| (name.clone(), value.to_owned()))
        .collect()
}
