//! What the batch job has to do, and why: the sources found against the sources known. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chapeau_document::FileStatus;

use crate::SourceRecord;

/// A source as found in the corpus, before its bytes are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path below the corpus root, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last modified: nanoseconds since 1970.
    pub modified: i64,
    /// Digest of what `metadata.csv` says of it; `None` where it says nothing.
    pub given: Option<String>,
}

/// What the plan depends on besides the sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanOptions {
    /// Version of the reading code; sources read by an older one are read again.
    pub extractor: u32,
    /// Which of the sources that could not be read are tried again although nothing changed.
    pub retry: Retry,
}

/// Which sources are worth another try.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Retry {
    /// None: what could not be read cannot be read now.
    #[default]
    Nothing,
    /// Those that ask for a password, as there are passwords now.
    Locked,
    /// All.
    Failed,
}

impl Retry {
    fn holds(self, status: FileStatus) -> bool {
        match self {
            Self::Nothing => false,
            Self::Locked => status == FileStatus::Password,
            Self::Failed => status != FileStatus::Ok,
        }
    }
}

/// What became of a source since it was indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Nothing: leave it.
    Unchanged,
    /// It was not there before.
    New,
    /// Its bytes are others.
    Changed,
    /// What is said of it elsewhere is other.
    MetadataChanged,
    /// An older version of the reading code read it.
    ExtractorNewer,
    /// It could not be read, and is to be tried again.
    Retry,
    /// It is no longer there: remove it.
    Gone,
}

/// One step of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The source.
    pub path: String,
    /// What became of it.
    pub change: Change,
    /// The same in words, for `--dry-run` and the log.
    pub reason: String,
}

/// The plan, by path. `digest` is asked only for sources of the same size and another time; it
/// gives `None` for a file that cannot be read, which then counts as changed.
pub fn plan(
    found: &[Found],
    known: &[SourceRecord],
    options: PlanOptions,
    mut digest: impl FnMut(&str) -> Option<String>,
) -> Vec<Step> {
    let known: BTreeMap<&str, &SourceRecord> =
        known.iter().map(|source| (source.path.as_str(), source)).collect();
    let present: BTreeSet<&str> = found.iter().map(|source| source.path.as_str()).collect();
    let mut steps: Vec<Step> = Vec::with_capacity(found.len());
    for source in found {
        let (change, reason) = match known.get(source.path.as_str()) {
            Some(record) => judge(source, record, options, &mut digest),
            None => (Change::New, "not indexed yet".to_owned()),
        };
        steps.push(Step { path: source.path.clone(), change, reason });
    }
    let gone = known.keys().filter(|path| !present.contains(*path));
    steps.extend(gone.map(|path| Step {
        path: (*path).to_owned(),
        change: Change::Gone,
        reason: "no longer among the sources".to_owned(),
    }));
    steps.sort_by(|a, b| a.path.cmp(&b.path));
    steps
}

fn judge(
    found: &Found,
    known: &SourceRecord,
    options: PlanOptions,
    digest: &mut impl FnMut(&str) -> Option<String>,
) -> (Change, String) {
    if found.size != known.size {
        return (Change::Changed, format!("size was {}, is {}", known.size, found.size));
    }
    if found.modified != known.modified && digest(&found.path).as_ref() != Some(&known.digest) {
        return (Change::Changed, "content is another".to_owned());
    }
    if found.given != known.given {
        return (Change::MetadataChanged, "what metadata.csv says of it is another".to_owned());
    }
    if known.extractor != options.extractor {
        let reason = format!("read by version {} of the reader, now {}", known.extractor, options.extractor);
        return (Change::ExtractorNewer, reason);
    }
    if options.retry.holds(known.status) {
        return (Change::Retry, format!("could not be read before: {}", known.status));
    }
    (Change::Unchanged, "same content".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> SourceRecord {
        SourceRecord {
            path: "a.txt".to_owned(),
            size: 3,
            modified: 1,
            digest: "d1".to_owned(),
            extractor: 1,
            ..SourceRecord::default()
        }
    }

    fn found() -> Found {
        Found { path: "a.txt".to_owned(), size: 3, modified: 1, given: None }
    }

    fn check(found: &[Found], known: &[SourceRecord], expected: &[(&str, Change)]) {
        let options = PlanOptions { extractor: 1, retry: Retry::Failed };
        let steps = plan(found, known, options, |_| Some("d1".to_owned()));
        let steps: Vec<(&str, Change)> = steps.iter().map(|step| (step.path.as_str(), step.change)).collect();
        assert_eq!(steps, expected);
    }

    #[test]
    fn each_change_has_its_name() {
        check(&[found()], &[known()], &[("a.txt", Change::Unchanged)]);
        check(&[found()], &[], &[("a.txt", Change::New)]);
        check(&[], &[known()], &[("a.txt", Change::Gone)]);
        check(&[Found { size: 4, ..found() }], &[known()], &[("a.txt", Change::Changed)]);
        check(&[Found { modified: 9, ..found() }], &[known()], &[("a.txt", Change::Unchanged)]);
        let other = SourceRecord { digest: "d2".to_owned(), ..known() };
        check(&[Found { modified: 9, ..found() }], &[other], &[("a.txt", Change::Changed)]);
        let given = Found { given: Some("g".to_owned()), ..found() };
        check(&[given], &[known()], &[("a.txt", Change::MetadataChanged)]);
        let older = SourceRecord { extractor: 0, ..known() };
        check(&[found()], &[older], &[("a.txt", Change::ExtractorNewer)]);
        let failed = SourceRecord { status: FileStatus::NoText, ..known() };
        check(&[found()], &[failed], &[("a.txt", Change::Retry)]);
    }

    #[test]
    fn a_failed_source_is_left_alone_unless_asked() {
        let failed = SourceRecord { status: FileStatus::NoText, ..known() };
        let options = PlanOptions { extractor: 1, retry: Retry::Nothing };
        let steps = plan(&[found()], &[failed], options, |_| None);
        assert_eq!(steps[0].change, Change::Unchanged);
    }

    #[test]
    fn passwords_open_what_was_locked_and_nothing_else() {
        let options = PlanOptions { extractor: 1, retry: Retry::Locked };
        let change = |status| {
            let known = SourceRecord { status, ..known() };
            plan(&[found()], &[known], options, |_| None)[0].change
        };
        assert_eq!(change(FileStatus::Password), Change::Retry);
        assert_eq!(change(FileStatus::NoText), Change::Unchanged);
        assert_eq!(change(FileStatus::Ok), Change::Unchanged);
    }

    #[test]
    fn an_untouched_file_is_never_digested() {
        let options = PlanOptions { extractor: 1, retry: Retry::Nothing };
        let steps = plan(&[found()], &[known()], options, |path| panic!("digest of {path}"));
        assert_eq!(steps.len(), 1);
    }
}
