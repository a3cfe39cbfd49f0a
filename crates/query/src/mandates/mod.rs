//! Mandates: who was asked to do what by when, and whether that day has passed.
//!
//! Read from the acts of clauses, by which they are found, and from what bodies "shall" do.
//! Nothing is stored for it.

mod due;
mod renewal;
mod task;
#[cfg(test)]
mod tests;

use chapeau_document::{Act, ClauseRecord, Date, Status};
use chapeau_index::{Ask, Condition, Fields, Language, Searcher, analyze, date_key};
use schemars::JsonSchema;
use serde::Serialize;
use tantivy::Term;

use self::task::{ASKING, BODIES, PROMISING, Task, tasks};
use crate::{Error, Request, Sieve};

/// Clauses that are looked through for mandates in an index elsewhere: some ten seconds.
const MOST_CANDIDATES: u64 = 100_000;

/// Somebody is to do something, or something ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mandate {
    /// What sort of mandate it is.
    pub kind: MandateKind,
    /// How it stands on the day that was asked for.
    pub state: State,
    /// The last day that it names.
    pub due: Option<Date>,
    /// The first of its days that has not passed.
    pub next: Option<Date>,
    /// By or until when, as written.
    pub deadline: Option<String>,
    /// The words that say that it recurs.
    pub recurring: Option<String>,
    /// Who asks; none where it is the document itself.
    pub asked_by: Option<String>,
    /// The act by which it is asked; none where a body "shall" do it.
    pub act: Option<Act>,
    /// Who is to do it.
    pub asked: Option<String>,
    /// What is to be done, in the words of the clause.
    pub task: String,
    /// The later clauses that renew it.
    pub renewed_by: Vec<Renewal>,
    /// How the clause is cited.
    pub citation: String,
    /// The page on which it begins, from 1.
    pub page: Option<u32>,
    /// Its id.
    pub clause: String,
    /// Its document's id.
    pub document: String,
    /// Its document's title.
    pub title: Option<String>,
    /// Its document's date.
    pub date: Option<Date>,
    /// How far its document has come.
    pub status: Status,
    /// ISO 639-1 code of its document's language.
    pub language: String,
}

/// What sort of mandate it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MandateKind {
    /// Somebody is asked or told to do something.
    Task,
    /// A body, or those who speak, say what they will do.
    Commitment,
    /// Something lasts until its day.
    Expiry,
}

impl MandateKind {
    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Commitment => "commitment",
            Self::Expiry => "expiry",
        }
    }
}

/// How a mandate stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its last day has not passed.
    Open,
    /// It names no day.
    Undated,
    /// Its last day has passed.
    Lapsed,
}

impl State {
    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Undated => "undated",
            Self::Lapsed => "lapsed",
        }
    }
}

/// A later clause that says the same for another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Renewal {
    /// Its id.
    pub clause: String,
    /// How it is cited.
    pub citation: String,
    /// Its document's date.
    pub date: Option<Date>,
    /// How far its document has come.
    pub status: Status,
}

/// Which mandates are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The day for which states are told; later documents are left out.
    pub at: Date,
    /// These states only; all if empty.
    pub states: Vec<State>,
    /// This kind only.
    pub kinds: Vec<MandateKind>,
}

/// The mandates in clauses that a question finds, by their last day, those without one at the end.
/// `request` is taken for its words and its restrictions.
///
/// # Errors
/// The index is damaged, or a restriction makes no sense.
pub fn mandates(searcher: &Searcher, request: &Request, wanted: &Wanted) -> Result<Vec<Mandate>, Error> {
    let sieve = Sieve::of(searcher, request)?;
    let later = Condition::Range("date", Some(date_key(wanted.at) + 1), None);
    let candidates = vec![candidates(), sieve.at_least(searcher)?, Condition::none_of(later)];
    let candidates = Condition::All(candidates);
    bound(searcher, &candidates)?;
    let mut found = Vec::new();
    searcher.each_clause(&candidates, |clause| {
        let tasks = wanted_tasks(&clause, wanted);
        // The sieve looks at every word: only at those of clauses that have something to say.
        if !tasks.is_empty() && (sieve.is_open() || sieve.passes(&clause)?) {
            found.extend(tasks.into_iter().map(|task| mandate(&clause, task, wanted.at)));
        }
        Ok::<(), Error>(())
    })?;
    renewal::find(searcher, wanted.at, &mut found)?;
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    Ok(found)
}

fn order(mandate: &Mandate) -> (bool, Option<Date>, Option<Date>, &str) {
    (mandate.due.is_none(), mandate.due, mandate.date, &mandate.clause)
}

fn wanted_tasks(clause: &ClauseRecord, wanted: &Wanted) -> Vec<Task> {
    let is_wanted = |task: &Task| {
        (wanted.states.is_empty() || wanted.states.contains(&task.state(wanted.at)))
            && (wanted.kinds.is_empty() || wanted.kinds.contains(&task.kind))
    };
    let mut tasks = tasks(clause);
    tasks.retain(is_wanted);
    tasks
}

/// The clauses that may hold a mandate: those with an act of asking or of promising, and those that say
/// that a body shall do something.
fn candidates() -> Condition {
    let fields = Fields::get();
    let acts = ASKING.iter().chain(PROMISING);
    let acts = acts.map(|act| Condition::term(Term::from_field_text(fields.act, act.as_str())));
    let phrase = |field, body: &&str| {
        let words = analyze(&format!("{body} shall"), Language::English);
        let words = words.iter().filter(|token| token.is_word());
        Condition::Phrase(words.map(|word| Fields::exact(field, &word.exact)).collect(), 1.0)
    };
    let phrases = [fields.text, fields.lead_in].into_iter();
    let phrases = phrases.flat_map(|field| BODIES.iter().map(move |body| phrase(field, body)));
    Condition::Any(acts.chain(phrases).collect())
}

/// An index elsewhere may have more candidates than anybody waits for.
fn bound(searcher: &Searcher, candidates: &Condition) -> Result<(), Error> {
    if !searcher.is_remote() {
        return Ok(());
    }
    let answers = searcher.ask(&[Ask::count(candidates.clone())])?;
    match answers.first().map_or(0, |answer| answer.total) {
        found if found > MOST_CANDIDATES => {
            Err(Error::TooMany { what: "what may be a mandate".to_owned(), found })
        }
        _ => Ok(()),
    }
}

fn mandate(clause: &ClauseRecord, task: Task, at: Date) -> Mandate {
    Mandate {
        kind: task.kind,
        state: task.state(at),
        due: task.due.dates.iter().max().copied(),
        next: task.due.dates.iter().filter(|date| **date >= at).min().copied(),
        deadline: task.due.words,
        recurring: task.due.recurring,
        asked_by: task.asked_by,
        act: task.act,
        asked: task.asked,
        task: task.task,
        renewed_by: Vec::new(),
        citation: clause.citation.clone(),
        page: clause.page,
        clause: clause.id.clone(),
        document: clause.document.clone(),
        title: clause.title.clone(),
        date: clause.date,
        status: clause.status,
        language: clause.language.clone(),
    }
}
