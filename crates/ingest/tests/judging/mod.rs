//! The judged sample of clauses: what a person says that they do, beside what is read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chapeau_document::{Clause, Document};
use chapeau_ingest::{Options, Source, read};

const SAMPLE: &str = include_str!("../../../../tests/judged/clauses.tsv");

/// One clause with its labels.
pub(crate) struct Judged {
    /// The id that the clause had when it was labelled.
    pub(crate) id: &'static str,
    /// 64 bit FNV-1a of its text, see [`digest`].
    digest: &'static str,
    pub(crate) obligation: &'static str,
    pub(crate) acts: &'static str,
}

impl Judged {
    /// The document that the clause is in.
    pub(crate) fn document(&self) -> &'static str {
        self.id.split('/').next().unwrap_or_default()
    }
}

/// The whole sample.
pub(crate) fn sample() -> Vec<Judged> {
    let rows = SAMPLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        Judged { id: next(), digest: next(), obligation: next(), acts: next() }
    })
    .collect()
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The one document of a file.
pub(crate) fn document(path: &Path) -> Document {
    let bytes = std::fs::read(path).expect("the file is there");
    let name = path.file_name().expect("a file has a name").to_string_lossy();
    let source = Source { path: &name, bytes: &bytes, given: &[] };
    read(&source, &Options::default()).expect("the file is read").documents.remove(0)
}

/// How often the labels and what is read agree.
#[derive(Default)]
pub(crate) struct Score {
    n_clauses: usize,
    n_right: [usize; 2],
    confusion: BTreeMap<(&'static str, &'static str), usize>,
    faults: Vec<String>,
    /// Clauses that are not cut as they were when they were labelled.
    pub(crate) lost: Vec<&'static str>,
}

impl Score {
    /// Judges one clause of its document.
    pub(crate) fn judge(&mut self, judged: &Judged, document: &Document) {
        let Some(clause) = find(judged, document) else {
            self.lost.push(judged.id);
            return;
        };
        let obligation = clause.obligation.as_str();
        let acts: Vec<&str> = clause.acts.iter().map(|act| act.act.as_str()).collect();
        let acts = acts.join(",");
        self.n_clauses += 1;
        self.n_right[0] += usize::from(obligation == judged.obligation);
        self.n_right[1] += usize::from(acts == judged.acts);
        *self.confusion.entry((judged.obligation, obligation)).or_default() += 1;
        if obligation != judged.obligation || acts != judged.acts {
            let wanted = format!("{} / {}", judged.obligation, judged.acts);
            self.faults.push(format!("{}: found {obligation} / {acts}, want {wanted}", judged.id));
        }
    }

    /// Shares of right obligations and right lists of acts.
    pub(crate) fn shares(&self) -> [f64; 2] {
        self.n_right.map(|n_right| n_right as f64 / self.n_clauses.max(1) as f64)
    }

    /// What people read: shares, the confusion table, each fault.
    pub(crate) fn report(&self) -> String {
        let [obligation, acts] = self.shares();
        let mut report =
            format!("{} clauses: obligation {obligation:.3}, acts {acts:.3}\n\n", self.n_clauses);
        report.push_str("wanted, found, clauses\n");
        for ((wanted, found), count) in &self.confusion {
            writeln!(report, "{wanted}, {found}, {count}").expect("a string takes all");
        }
        writeln!(report, "\n{}", self.faults.join("\n")).expect("a string takes all");
        report
    }
}

/// The labelled clause: by its text, and of equal texts by its id.
fn find<'a>(judged: &Judged, document: &'a Document) -> Option<&'a Clause> {
    let same = |clause: &&Clause| digest(clause.span.of(&document.text)) == judged.digest;
    let mut equal = document.clauses.iter().filter(same);
    let first = equal.next()?;
    let by_id = [first].into_iter().chain(equal).find(|clause| judged.id.ends_with(clause.id.as_str()));
    Some(by_id.unwrap_or(first))
}

/// 64 bit FNV-1a of the words of a text, with one blank between.
fn digest(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let hash = words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
