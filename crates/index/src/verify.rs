//! Checks that an index holds what it says that it holds: the promise behind `chapeau verify`.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use tantivy::Directory;

use crate::digest::clauses_digest;
use crate::{Counts, DocumentRecord, Error, RecordKind, Searcher, Since};

/// What is wrong with an index, a sentence each; empty where nothing is. Reads all of it.
///
/// # Errors
/// A record cannot be read: the index is damaged.
pub fn verify(searcher: &Searcher) -> Result<Vec<String>, Error> {
    let mut faults = damaged_files(searcher)?;
    // What a damaged file says of records would only hide which file it is.
    if !faults.is_empty() {
        return Ok(faults);
    }
    let documents = searcher.documents()?;
    check_counts(searcher, &documents, &mut faults)?;
    check_ids(searcher, &documents, &mut faults)?;
    faults.extend(searcher.history(Since::Run(0)).err().map(|error| error.to_string()));
    Ok(faults)
}

/// The files of a segment whose checksum is not the one written.
pub(crate) fn damaged_in(index: &tantivy::Index, segment: &tantivy::SegmentMeta) -> Vec<PathBuf> {
    let directory = index.directory();
    let name = segment.id().uuid_string();
    let of_it = |file: &PathBuf| file.to_string_lossy().starts_with(&name);
    let mut files: Vec<PathBuf> = directory.list_managed_files().into_iter().filter(of_it).collect();
    files.sort();
    // Of several lists of deleted records, those that were replaced are gone.
    files.retain(|file| directory.exists(file).unwrap_or(true));
    files.retain(|file| !directory.validate_checksum(file).unwrap_or(false));
    files
}

/// Files whose checksum is not the one written. Those of an index elsewhere are its engine's to check.
pub(crate) fn damaged_files(searcher: &Searcher) -> Result<Vec<String>, Error> {
    if searcher.is_remote() {
        return Ok(Vec::new());
    }
    let damaged = searcher.tantivy()?.index().validate_checksum();
    let damaged = damaged.map_err(|source| Error::tantivy(searcher.dir(), source))?;
    let mut faults: Vec<String> =
        damaged.iter().map(|path| format!("{} is damaged", path.display())).collect();
    faults.sort();
    Ok(faults)
}

/// The counts in the commit against those of the documents, and against the records.
fn check_counts(
    searcher: &Searcher,
    documents: &[DocumentRecord],
    faults: &mut Vec<String>,
) -> Result<(), Error> {
    let mut sum = Counts::default();
    documents.iter().for_each(|document| sum.add(&document.counts));
    let said = searcher.statistics().counts();
    if *said != sum {
        faults.push(format!("the commit counts {said:?}, its documents {sum:?}"));
    }
    for (kind, said) in [
        (RecordKind::Clause, said.clauses),
        (RecordKind::Context, said.contexts),
        (RecordKind::Document, said.documents),
    ] {
        let found = searcher.n_records(kind)?;
        if found != said {
            faults.push(format!("{found} records of kind {}, want {said}", kind.as_str()));
        }
    }
    Ok(())
}

/// Ids that two have, and clauses that their document does not count.
fn check_ids(
    searcher: &Searcher,
    documents: &[DocumentRecord],
    faults: &mut Vec<String>,
) -> Result<(), Error> {
    let mut clause_ids: HashMap<String, String> = HashMap::new();
    let mut document_ids = HashSet::new();
    for document in documents {
        if !document_ids.insert(&document.id) {
            faults.push(format!("two documents have the id {}", document.id));
        }
        let clauses = searcher.clauses_of(&document.id)?;
        let (found, counts) = (clauses.len() as u64, document.counts);
        if found != counts.clauses + counts.contexts {
            let wanted = counts.clauses + counts.contexts;
            faults.push(format!("document {} has {found} clauses, want {wanted}", document.id));
        }
        let digest = clauses_digest(clauses.iter().map(|clause| (clause.id.as_str(), clause.text.as_str())));
        if document.clauses_digest != 0 && digest != document.clauses_digest {
            faults.push(format!("the text of document {} is not what was read of its source", document.id));
        }
        for clause in clauses {
            if let Some(other) = clause_ids.insert(clause.id.clone(), document.id.clone()) {
                faults.push(format!("clause id {} stands in {other} and {}", clause.id, document.id));
            }
        }
    }
    Ok(())
}
