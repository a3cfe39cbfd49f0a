//! What the batch job has to do, and why: the sources found against the sources known. Pure.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanOptions {
    /// Version of the reading code; sources read by an older one are read again.
    pub extractor: u32,
    /// Which of the sources that could not be read are tried again although nothing changed.
    pub retry: Retry,
    /// Why all is to be read again, where it is.
    pub anew: Option<&'static str>,
    /// Folders that could not be read, by path, the root's being empty: what is known below them is not
    /// gone.
    pub closed: Vec<String>,
}

impl PlanOptions {
    fn is_closed(&self, path: &str) -> bool {
        self.closed.iter().any(|folder| {
            folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        })
    }
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
    /// It was written again with the same bytes: leave it, and remember its new time.
    Touched,
    /// It was not there before.
    New,
    /// It was there under another name, which is gone: [`Step::from`].
    Renamed,
    /// Its bytes are others.
    Changed,
    /// What is said of it elsewhere is other.
    MetadataChanged,
    /// An older version of the reading code read it.
    ExtractorNewer,
    /// The index is built anew.
    Anew,
    /// It could not be read, and is to be tried again.
    Retry,
    /// It held the same text as another source, which no longer does.
    Parted,
    /// It is no longer there: remove it.
    Gone,
}

impl Change {
    /// Whether what the index holds of the source can stay.
    pub fn is_none(self) -> bool {
        matches!(self, Self::Unchanged | Self::Touched)
    }
}

/// Whether a plan would take away most of what is known, and puts little in its place: what is away for a
/// moment, such as a share that is not mounted, looks so.
pub fn takes_most(steps: &[Step]) -> bool {
    let n_gone = steps.iter().filter(|step| step.change == Change::Gone).count();
    let n_left = steps.len() - n_gone;
    let is_empty = n_left == 0;
    n_gone > 0 && (is_empty || n_gone >= FEWEST_GONE && n_gone > n_left)
}

/// Fewer sources that go are tidying up.
const FEWEST_GONE: usize = 10;

/// One step of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The source.
    pub path: String,
    /// What became of it.
    pub change: Change,
    /// The name that it had before, if it was renamed.
    pub from: Option<String>,
    /// The same in words, for `--dry-run` and the log.
    pub reason: String,
}

impl Step {
    fn new(path: &str, (change, reason): (Change, String)) -> Self {
        Self { path: path.to_owned(), change, from: None, reason }
    }
}

/// The plan, by path. `digest` is asked for a source of the same size and another time, and for
/// a new one that may be one that is gone under another name; it gives `None` for a file that
/// cannot be read, which then counts as changed.
pub fn plan(
    found: &[Found],
    known: &[SourceRecord],
    options: PlanOptions,
    digest: impl FnMut(&str) -> Option<String>,
) -> Vec<Step> {
    let mut planning = Planning {
        known: known.iter().map(|source| (source.path.as_str(), source)).collect(),
        options,
        digest,
        steps: BTreeMap::new(),
    };
    for source in found {
        planning.judge(source);
    }
    planning.find_gone();
    planning.part_copies();
    planning.find_renamed(found);
    planning.steps.into_values().collect()
}

struct Planning<'a, D> {
    known: BTreeMap<&'a str, &'a SourceRecord>,
    options: PlanOptions,
    digest: D,
    steps: BTreeMap<&'a str, Step>,
}

impl<'a, D: FnMut(&str) -> Option<String>> Planning<'a, D> {
    fn judge(&mut self, found: &'a Found) {
        let judged = match self.known.get(found.path.as_str()) {
            Some(record) => judge(found, record, &self.options, &mut self.digest),
            None => (Change::New, "not indexed yet".to_owned()),
        };
        self.steps.insert(&found.path, Step::new(&found.path, judged));
    }

    fn find_gone(&mut self) {
        for path in self.known.keys() {
            let judged = if self.options.is_closed(path) {
                (Change::Unchanged, "its folder could not be read: kept".to_owned())
            } else {
                (Change::Gone, "no longer among the sources".to_owned())
            };
            self.steps.entry(path).or_insert_with(|| Step::new(path, judged));
        }
    }

    /// Where a text stood under several paths and goes from the one that it was read from, the
    /// others are read; where that one is gone, the first of them takes its place.
    fn part_copies(&mut self) {
        for (path, source) in self.known.clone() {
            let Some(owner) = source.same_as.as_deref() else { continue };
            let of_owner = self.steps.get(owner).map(|step| step.change);
            if !self.steps[path].change.is_none() || of_owner.is_some_and(Change::is_none) {
                continue;
            }
            if of_owner == Some(Change::Gone) {
                self.rename(owner, path);
            } else {
                let reason = format!("held the same text as {owner}, which is read again");
                self.steps.insert(path, Step::new(path, (Change::Parted, reason)));
            }
        }
    }

    fn find_renamed(&mut self, found: &'a [Found]) {
        let mut gone: HashMap<&'a str, VecDeque<&'a str>> = HashMap::new();
        let mut sizes: HashSet<u64> = HashSet::new();
        for (path, step) in &self.steps {
            let source = self.known.get(path).filter(|_| step.change == Change::Gone);
            let source = source.filter(|source| !source.digest.is_empty() && source.same_as.is_none());
            if let Some(source) = source {
                sizes.insert(source.size);
                gone.entry(&source.digest).or_default().push_back(path);
            }
        }
        for source in found {
            // Most new sources are no old ones: their size says so, and they are read only once.
            let is_new = self.steps[source.path.as_str()].change == Change::New;
            if !is_new || !sizes.contains(&source.size) {
                continue;
            }
            let digest = (self.digest)(&source.path);
            let of_digest = digest.and_then(|digest| gone.get_mut(digest.as_str()));
            if let Some(from) = of_digest.and_then(VecDeque::pop_front) {
                self.rename(from, &source.path);
            }
        }
    }

    fn rename(&mut self, from: &str, to: &'a str) {
        self.steps.remove(from);
        let reason = format!("has the content of {from}, which is gone");
        let step = Step { from: Some(from.to_owned()), ..Step::new(to, (Change::Renamed, reason)) };
        self.steps.insert(to, step);
    }
}

fn judge(
    found: &Found,
    known: &SourceRecord,
    options: &PlanOptions,
    digest: &mut impl FnMut(&str) -> Option<String>,
) -> (Change, String) {
    if let Some(reason) = options.anew {
        return (Change::Anew, reason.to_owned());
    }
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
    if found.modified != known.modified {
        return (Change::Touched, "written again with the same content".to_owned());
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
        let options = PlanOptions { extractor: 1, retry: Retry::Failed, ..PlanOptions::default() };
        let steps = plan(found, known, options, |_| Some("d1".to_owned()));
        let steps: Vec<(&str, Change)> = steps.iter().map(|step| (step.path.as_str(), step.change)).collect();
        assert_eq!(steps, expected);
    }

    #[test]
    fn what_lies_below_a_folder_that_cannot_be_read_is_kept() {
        let source = |path: &str| SourceRecord { path: path.to_owned(), ..known() };
        let known = [source("shut/a.txt"), source("shutter/b.txt")];
        let plan_of = |closed: &str| {
            let options =
                PlanOptions { extractor: 1, closed: vec![closed.to_owned()], ..PlanOptions::default() };
            let steps = plan(&[], &known, options, |_| None);
            steps.iter().map(|step| step.change).collect::<Vec<_>>()
        };
        assert_eq!(plan_of("shut"), [Change::Unchanged, Change::Gone]);
        assert_eq!(plan_of(""), [Change::Unchanged, Change::Unchanged]);
    }

    #[test]
    fn a_corpus_that_is_mostly_gone_is_noticed() {
        let check = |n_gone: usize, n_left: usize, expected: bool| {
            let step = |change| Step::new("a", (change, String::new()));
            let gone = std::iter::repeat_n(step(Change::Gone), n_gone);
            let steps: Vec<Step> = gone.chain(std::iter::repeat_n(step(Change::New), n_left)).collect();
            assert_eq!(takes_most(&steps), expected, "{n_gone} gone, {n_left} left");
        };
        check(0, 0, false);
        check(1, 0, true);
        check(1, 1, false);
        check(9, 1, false);
        check(11, 10, true);
        check(10, 10, false);
    }

    #[test]
    fn each_change_has_its_name() {
        check(&[found()], &[known()], &[("a.txt", Change::Unchanged)]);
        check(&[found()], &[], &[("a.txt", Change::New)]);
        check(&[], &[known()], &[("a.txt", Change::Gone)]);
        check(&[Found { size: 4, ..found() }], &[known()], &[("a.txt", Change::Changed)]);
        check(&[Found { modified: 9, ..found() }], &[known()], &[("a.txt", Change::Touched)]);
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
        let options = PlanOptions { extractor: 1, retry: Retry::Nothing, ..PlanOptions::default() };
        let steps = plan(&[found()], &[failed], options, |_| None);
        assert_eq!(steps[0].change, Change::Unchanged);
    }

    #[test]
    fn passwords_open_what_was_locked_and_nothing_else() {
        let options = PlanOptions { extractor: 1, retry: Retry::Locked, ..PlanOptions::default() };
        let change = |status| {
            let known = SourceRecord { status, ..known() };
            plan(&[found()], &[known], options.clone(), |_| None)[0].change
        };
        assert_eq!(change(FileStatus::Password), Change::Retry);
        assert_eq!(change(FileStatus::NoText), Change::Unchanged);
        assert_eq!(change(FileStatus::Ok), Change::Unchanged);
    }

    #[test]
    fn an_untouched_file_is_never_digested() {
        let options = PlanOptions { extractor: 1, retry: Retry::Nothing, ..PlanOptions::default() };
        let steps = plan(&[found()], &[known()], options, |path| panic!("digest of {path}"));
        assert_eq!(steps.len(), 1);
    }

    fn named(path: &str) -> Found {
        Found { path: path.to_owned(), ..found() }
    }

    fn copy(path: &str, of: &str) -> SourceRecord {
        SourceRecord { path: path.to_owned(), same_as: Some(of.to_owned()), ..known() }
    }

    #[test]
    fn a_gone_source_and_a_new_one_with_its_content_are_a_renamed_one() {
        check(&[named("b.txt")], &[known()], &[("b.txt", Change::Renamed)]);
        check(
            &[named("b.txt"), named("c.txt")],
            &[known()],
            &[("b.txt", Change::Renamed), ("c.txt", Change::New)],
        );
        let other = Found { size: 9, ..named("b.txt") };
        check(&[other], &[known()], &[("a.txt", Change::Gone), ("b.txt", Change::New)]);
        let unread = SourceRecord { digest: String::new(), ..known() };
        check(&[named("b.txt")], &[unread], &[("a.txt", Change::Gone), ("b.txt", Change::New)]);
    }

    #[test]
    fn copies_outlast_the_source_that_was_read() {
        let known = [known(), copy("b.txt", "a.txt"), copy("c.txt", "a.txt")];
        let unchanged = Change::Unchanged;
        check(
            &[found(), named("b.txt"), named("c.txt")],
            &known,
            &[("a.txt", unchanged), ("b.txt", unchanged), ("c.txt", unchanged)],
        );
        check(
            &[found(), named("c.txt")],
            &known,
            &[("a.txt", unchanged), ("b.txt", Change::Gone), ("c.txt", unchanged)],
        );
        check(
            &[named("b.txt"), named("c.txt")],
            &known,
            &[("b.txt", Change::Renamed), ("c.txt", Change::Parted)],
        );
        check(
            &[Found { size: 9, ..found() }, named("b.txt"), named("c.txt")],
            &known,
            &[("a.txt", Change::Changed), ("b.txt", Change::Parted), ("c.txt", Change::Parted)],
        );
    }

    #[test]
    fn all_is_read_for_an_index_built_anew() {
        let options = PlanOptions {
            extractor: 1,
            retry: Retry::Nothing,
            anew: Some("asked for"),
            ..PlanOptions::default()
        };
        let steps = plan(&[found(), named("b.txt")], &[known()], options, |_| None);
        let changes: Vec<Change> = steps.iter().map(|step| step.change).collect();
        assert_eq!(changes, [Change::Anew, Change::New]);
    }
}
