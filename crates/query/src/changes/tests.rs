//! Changes of small indexes, between runs.

use chapeau_document::Unit;
use chapeau_index::{Searcher, SourceRecord, Writer, WriterOptions, prepare};
use tempfile::TempDir;

use super::*;
use crate::Request;
use crate::tests::library::document;

const DAY: Date = Date::constant(2026, 1, 1);

/// An index that runs change; each run puts one document, or removes it where it has no clauses.
struct Runs {
    dir: TempDir,
}

impl Runs {
    fn new(runs: &[(&str, &[&'static str])]) -> Self {
        let runs_of = Self { dir: tempfile::tempdir().expect("a folder for the test") };
        runs.iter().for_each(|(id, texts)| runs_of.run(id, &format!("{id}{}", texts.concat()), texts));
        runs_of
    }

    fn run(&self, id: &str, digest: &str, texts: &[&'static str]) {
        let options = WriterOptions { threads: 1, heap_bytes: 16 << 20, ..WriterOptions::default() };
        let mut writer = Writer::open(self.dir.path(), options).expect("a folder of ours");
        if texts.is_empty() {
            writer.remove(id).expect("it goes");
        } else {
            let clauses: Vec<(Unit, &str)> = texts.iter().map(|text| (Unit::Paragraph, *text)).collect();
            let source =
                SourceRecord { path: id.to_owned(), digest: digest.to_owned(), ..SourceRecord::default() };
            writer
                .put(source, prepare(vec![document(id, "Title", &clauses)]), DAY)
                .expect("a sound document");
        }
        writer.finish().expect("a sound commit");
    }

    fn searcher(&self) -> Searcher {
        Searcher::open(self.dir.path()).expect("the index just built")
    }

    fn changes(&self, since: u64, until: Option<u64>) -> Changes {
        let period = Period { until: until.map(Moment::Run), ..Period::since(Moment::Run(since)) };
        changes(&self.searcher(), &period, None).expect("a sound index")
    }
}

fn shown(changes: &Changes) -> Vec<String> {
    let row = |row: &ChangedClause| {
        let text =
            |clause: &Option<ClauseRecord>| clause.as_ref().map_or("", |clause| &clause.text).to_owned();
        format!("{} {}: {} > {}", row.run, row.change.as_str(), text(&row.before), text(&row.after))
    };
    let of = |document: &ChangedDocument| {
        let head = format!("{} {}", document.id, document.change.as_str());
        std::iter::once(head).chain(document.clauses.iter().map(row)).collect::<Vec<_>>()
    };
    changes.documents.iter().flat_map(of).collect()
}

#[track_caller]
fn check(runs: &[(&str, &[&'static str])], since: u64, until: Option<u64>, expected: &[&str]) {
    assert_eq!(shown(&Runs::new(runs).changes(since, until)), expected);
}

const ONE: &[&str] = &["Members shall meet once a year", "Tariffs are bound"];
const TWO: &[&str] = &["Members shall meet twice a year", "Tariffs are bound", "Nobody may be asked"];

#[test]
fn clauses_are_new_changed_and_removed() {
    let runs = [("a", ONE), ("a", TWO)];
    check(
        &runs,
        1,
        None,
        &[
            "a changed",
            "2 changed: Members shall meet once a year > Members shall meet twice a year",
            "2 new:  > Nobody may be asked",
        ],
    );
    check(
        &[("a", TWO), ("a", ONE)],
        1,
        None,
        &[
            "a changed",
            "2 changed: Members shall meet twice a year > Members shall meet once a year",
            "2 removed: Nobody may be asked > ",
        ],
    );
    check(
        &runs,
        0,
        None,
        &[
            "a new",
            "2 new:  > Members shall meet twice a year",
            "1 new:  > Tariffs are bound",
            "2 new:  > Nobody may be asked",
        ],
    );
    check(
        &runs,
        0,
        Some(1),
        &["a new", "1 new:  > Members shall meet once a year", "1 new:  > Tariffs are bound"],
    );
    check(&runs, 2, None, &[]);
}

#[test]
fn what_came_and_went_again_is_no_change() {
    check(&[("a", ONE), ("a", TWO), ("a", ONE)], 1, None, &[]);
    check(&[("a", ONE), ("b", TWO), ("b", &[])], 1, None, &[]);
    check(&[("a", ONE), ("a", &[]), ("a", ONE)], 1, None, &[]);
    check(
        &[("a", ONE), ("a", &[]), ("a", TWO)],
        1,
        Some(2),
        &["a removed", "2 removed: Members shall meet once a year > ", "2 removed: Tariffs are bound > "],
    );
    check(
        &[("a", ONE), ("a", &[]), ("a", TWO)],
        1,
        None,
        &[
            "a changed",
            "3 changed: Members shall meet once a year > Members shall meet twice a year",
            "3 new:  > Nobody may be asked",
        ],
    );
}

#[test]
fn what_changed_twice_is_one_change() {
    let thrice: &[&str] = &["Members shall meet thrice a year", "Tariffs are bound"];
    let runs = [("a", ONE), ("a", TWO), ("a", thrice)];
    check(
        &runs,
        1,
        None,
        &["a changed", "3 changed: Members shall meet once a year > Members shall meet thrice a year"],
    );
    check(
        &runs,
        1,
        Some(2),
        &[
            "a changed",
            "2 changed: Members shall meet once a year > Members shall meet twice a year",
            "2 new:  > Nobody may be asked",
        ],
    );
}

#[test]
fn a_new_number_or_place_is_no_change() {
    let other: &[&str] = &["2. Tariffs are bound", "1. Members shall meet once a year"];
    let runs = Runs::new(&[("a", &["1. Tariffs are bound", "Members shall meet once a year"]), ("a", other)]);
    let changes = runs.changes(1, None);
    assert_eq!((changes.documents.len(), changes.quiet), (0, 2));
}

#[test]
fn what_a_reader_reads_in_another_way_is_counted_apart() {
    let runs = Runs::new(&[("a", ONE)]);
    runs.run("a", &format!("a{}", ONE.concat()), &["Members shall meet", "once a year", "Tariffs are bound"]);
    let found = runs.changes(1, None);
    assert_eq!((found.documents.len(), found.read_anew), (0, 2));
    let period = Period { read_anew: true, ..Period::since(Moment::Run(1)) };
    let listed = changes(&runs.searcher(), &period, None).expect("a sound index");
    assert!(listed.documents[0].clauses.iter().all(|row| row.read_anew));
}

#[test]
fn a_query_sifts_by_what_was_and_what_is() {
    let runs = Runs::new(&[("a", ONE), ("a", TWO)]);
    let found = runs.changes(1, None);
    let through = |query: &str| {
        let request = Request { query: query.to_owned(), ..Request::default() };
        let sieve = Sieve::of(&runs.searcher(), &request).expect("a sound index");
        let sifted = found.through(&sieve).expect("few clauses");
        (sifted.new, sifted.changed, sifted.removed)
    };
    assert_eq!(through("once"), (0, 1, 0));
    assert_eq!(through("twice"), (0, 1, 0));
    assert_eq!(through("asked nobody"), (1, 0, 0));
    assert_eq!(through("asked meet"), (0, 0, 0));
    assert_eq!(through(""), (1, 1, 0));
    assert_eq!(through("the"), (0, 0, 0));
}

#[test]
fn days_hold_whole_runs() {
    let runs = Runs::new(&[("a", ONE), ("a", TWO)]);
    let searcher = runs.searcher();
    let today = searcher.history(Since::Run(0)).expect("a journal").changes[0].day;
    let tomorrow = today.tomorrow().expect("there is one");
    let n = |since, until| {
        let period = Period { until, ..Period::since(since) };
        changes(&searcher, &period, None).expect("a sound index").new
    };
    assert_eq!(n(Moment::Day(today), None), 3);
    assert_eq!(n(Moment::Day(today), Some(Moment::Day(today))), 3);
    assert_eq!(n(Moment::Day(tomorrow), None), 0);
}

#[test]
fn moments_are_read() {
    let check = |given: &str, expected: Option<Moment>| {
        assert_eq!(Moment::parse(given, DAY).ok(), expected, "{given}");
    };
    check("2026-02-03", Some(Moment::Day(Date::constant(2026, 2, 3))));
    check("1d", Some(Moment::Day(Date::constant(2025, 12, 31))));
    check("run:12", Some(Moment::Run(12)));
    for wrong in ["12", "run:", "run:x", "d", "-1d", "99999d", "2026-13-01", ""] {
        check(wrong, None);
    }
}

#[test]
fn enough_is_enough_and_new_documents_can_be_passed_over() {
    let runs = Runs::new(&[("a", ONE), ("b", ONE), ("b", TWO), ("c", ONE)]);
    let found = |period: Period| changes(&runs.searcher(), &period, None).expect("a sound index");
    let few = found(Period { most: 1, ..Period::since(Moment::Run(0)) });
    assert_eq!((few.documents.len(), few.beyond, few.documents[0].id.as_str()), (1, 2, "c"));
    let few = found(Period { most_read: 3, ..Period::since(Moment::Run(0)) });
    assert_eq!((few.documents.len(), few.beyond), (2, 1));
    let old = found(Period { without_new: true, ..Period::since(Moment::Run(2)) });
    assert_eq!(old.documents.iter().map(|of| of.id.as_str()).collect::<Vec<_>>(), ["b"]);
}

#[test]
fn runs_tell_what_they_did_one_by_one() {
    let runs = Runs::new(&[("a", ONE), ("a", TWO), ("b", ONE), ("a", ONE)]);
    let told = |most| {
        let found = changes_by_run(&runs.searcher(), Moment::Run(0), most, None).expect("a sound index");
        found.iter().map(|changes| (changes.changed, changes.new, changes.removed)).collect::<Vec<_>>()
    };
    assert_eq!(told(9), [(1, 0, 1), (1, 1, 0)]);
    assert_eq!(told(1), [(1, 0, 1)]);
}

/// Texts that have no word in common, so that none becomes another.
const APART: [&str; 7] = [
    "alpha tariffs",
    "beta quotas",
    "gamma subsidies",
    "delta services",
    "epsilon fish",
    "zeta rules",
    "eta data",
];

/// Texts, each as often as `b` has it more than `a`.
fn more_of<'a>(a: &[&'a str], b: &[&'a str]) -> Vec<&'a str> {
    let mut left = a.to_vec();
    let mut more: Vec<&str> = Vec::new();
    for text in b {
        match left.iter().position(|one| one == text) {
            Some(at) => drop(left.swap_remove(at)),
            None => more.push(text),
        }
    }
    more.sort_unstable();
    more
}

#[test]
fn between_any_two_runs_stands_what_the_states_differ_by() {
    let mut chance: u64 = 11;
    let mut below = |bound: u64| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((chance >> 33) % bound).expect("it is small")
    };
    let runs = Runs::new(&[]);
    let mut states: Vec<Vec<&str>> = vec![Vec::new()];
    for run in 0..12 {
        let n_texts = below(6);
        let texts: Vec<&'static str> = (0..n_texts).map(|_| APART[below(7)]).collect();
        runs.run("a", &format!("{run}"), &texts);
        // A run that changes nothing keeps its number for the next one.
        let last = usize::try_from(runs.changes(0, None).last_run).expect("it is small");
        states.resize(last + 1, texts.clone());
        states[last] = texts;
    }
    for since in 0..states.len() {
        for until in since..states.len() {
            let found = runs.changes(since as u64, Some(until as u64));
            let rows = || found.documents.iter().flat_map(|document| &document.clauses);
            let mut came: Vec<&str> =
                rows().filter_map(|row| Some(row.after.as_ref()?.text.as_str())).collect();
            let mut went: Vec<&str> =
                rows().filter_map(|row| Some(row.before.as_ref()?.text.as_str())).collect();
            came.sort_unstable();
            went.sort_unstable();
            let (a, b) = (&states[since], &states[until]);
            assert_eq!((came, went), (more_of(a, b), more_of(b, a)), "since {since} until {until}");
        }
    }
}
