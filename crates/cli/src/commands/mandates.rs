//! `mandates`: who was asked to do what by when.

use chapeau_document::Date;
use chapeau_query::{Mandate, MandateKind, Request, State, Wanted};
use serde::Serialize;

use crate::args::{self, TableFormat, What};
use crate::print::{self, Output, harmless_line};
use crate::wrap::wrapped;
use crate::{Exit, commands, table};

/// Mandates that people are shown.
const SHOWN: usize = 100;
/// Columns before the words of a task.
const INDENT: usize = 12;

/// What is printed as JSON.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    at: Date,
    total: usize,
    open: usize,
    undated: usize,
    lapsed: usize,
    mandates: &'a [Mandate],
}

/// Runs the command.
pub(crate) fn run(args: &args::Mandates) -> anyhow::Result<Exit> {
    let searcher = commands::open(&args.index)?;
    let thesaurus = commands::wanted_thesaurus(&args.synonyms)?;
    let request = Request {
        query: args.query.join(" "),
        filters: args.filters.pairs(),
        thesaurus,
        ..Request::default()
    };
    let wanted = wanted(args);
    let found = chapeau_query::mandates(&searcher, &request, &wanted)?;
    let is_text = args.format == TableFormat::Text;
    let limit = args.limit.unwrap_or(if is_text { SHOWN } else { usize::MAX }).min(found.len());
    let mut out = Output::stdout();
    match args.format {
        TableFormat::Text => in_words(&mut out, &found, limit, wanted.at)?,
        TableFormat::Csv => {
            let rows: Vec<Vec<String>> = found[..limit].iter().map(row).collect();
            out.bytes(&table::csv(&HEADER, &rows)?)?;
        }
        TableFormat::Json => out.json(&answer(&found, limit, wanted.at))?,
    }
    out.finish()?;
    if limit < found.len() {
        print::note(&format!("{} more: --limit shows more", found.len() - limit));
    }
    Ok(if found.is_empty() { Exit::NothingFound } else { Exit::Done })
}

fn wanted(args: &args::Mandates) -> Wanted {
    let states = [(args.open, State::Open), (args.undated, State::Undated), (args.lapsed, State::Lapsed)];
    let kind = |what: &What| match what {
        What::Task => MandateKind::Task,
        What::Commitment => MandateKind::Commitment,
        What::Expiry => MandateKind::Expiry,
    };
    Wanted {
        at: args.at.unwrap_or_else(commands::today),
        states: states.into_iter().filter(|(asked, _)| *asked).map(|(_, state)| state).collect(),
        kinds: args.what.iter().map(kind).collect(),
    }
}

fn answer(found: &[Mandate], limit: usize, at: Date) -> Answer<'_> {
    let of = |state: State| found.iter().filter(|mandate| mandate.state == state).count();
    let (open, undated, lapsed) = (of(State::Open), of(State::Undated), of(State::Lapsed));
    Answer { at, total: found.len(), open, undated, lapsed, mandates: &found[..limit] }
}

fn in_words(out: &mut Output, found: &[Mandate], limit: usize, at: Date) -> anyhow::Result<()> {
    let Answer { total, open, undated, lapsed, .. } = answer(found, 0, at);
    out.line(&format!("at {at}: {total} mandates, {open} open, {undated} undated, {lapsed} lapsed"))?;
    for mandate in &found[..limit] {
        out.line("")?;
        in_lines(out, mandate)?;
    }
    Ok(())
}

fn in_lines(out: &mut Output, mandate: &Mandate) -> anyhow::Result<()> {
    let style = out.style;
    let due = mandate.due.map_or_else(|| "no day".to_owned(), |due| due.to_string());
    let asked = mandate.asked.as_deref().unwrap_or("nobody named");
    let head = format!("{due:10}  {}, {}: {asked}", mandate.state.as_str(), mandate.kind.as_str());
    out.line(&style.bold(&harmless_head(&head)))?;
    for line in wrapped(&harmless_line(&mandate.task), style.width.saturating_sub(INDENT)) {
        out.line(&format!("{:INDENT$}{line}", ""))?;
    }
    for said in [when(mandate), Some(whence(mandate)), renewed(mandate)].into_iter().flatten() {
        for line in wrapped(&harmless_line(&said), style.width.saturating_sub(INDENT)) {
            out.line(&style.dim(&format!("{:INDENT$}{line}", "")))?;
        }
    }
    Ok(())
}

/// A head keeps the blanks that align it.
fn harmless_head(head: &str) -> String {
    print::harmless(head).replace(['\n', '\t'], " ")
}

fn when(mandate: &Mandate) -> Option<String> {
    let next = mandate.next.filter(|next| Some(*next) != mandate.due).map(|next| format!("next {next}"));
    let recurring = mandate.recurring.as_ref().map(|words| format!("recurring: {words}"));
    let parts: Vec<String> = [mandate.deadline.clone(), next, recurring].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn whence(mandate: &Mandate) -> String {
    let by = mandate.asked_by.as_ref().map(|by| format!("{by}, ")).unwrap_or_default();
    let act = mandate.act.map(|act| format!("{act}: ")).unwrap_or_default();
    let page = mandate.page.map_or_else(String::new, |page| format!(", p. {page}"));
    let date = mandate.date.map_or_else(String::new, |date| format!(", {date}"));
    format!("{by}{act}{}{page}{date} ({})", mandate.citation, mandate.clause)
}

fn renewed(mandate: &Mandate) -> Option<String> {
    let one = |renewal: &chapeau_query::Renewal| {
        let date = renewal.date.map_or_else(String::new, |date| format!(", {date}"));
        format!("{}{date}, {}", renewal.citation, renewal.status)
    };
    let by: Vec<String> = mandate.renewed_by.iter().map(one).collect();
    (!by.is_empty()).then(|| format!("renewed by {}", by.join("; ")))
}

const HEADER: [&str; 17] = [
    "due",
    "state",
    "kind",
    "asked",
    "task",
    "deadline",
    "next",
    "recurring",
    "asked_by",
    "act",
    "citation",
    "page",
    "title",
    "date",
    "status",
    "clause",
    "renewed_by",
];

fn row(mandate: &Mandate) -> Vec<String> {
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let word = |word: &Option<String>| word.clone().unwrap_or_default();
    let renewed_by: Vec<&str> = mandate.renewed_by.iter().map(|renewal| renewal.clause.as_str()).collect();
    vec![
        date(mandate.due),
        mandate.state.as_str().to_owned(),
        mandate.kind.as_str().to_owned(),
        word(&mandate.asked),
        mandate.task.clone(),
        word(&mandate.deadline),
        date(mandate.next),
        word(&mandate.recurring),
        word(&mandate.asked_by),
        mandate.act.map(|act| act.to_string()).unwrap_or_default(),
        mandate.citation.clone(),
        mandate.page.map_or_else(String::new, |page| page.to_string()),
        word(&mandate.title),
        date(mandate.date),
        mandate.status.to_string(),
        mandate.clause.clone(),
        renewed_by.join(";"),
    ]
}
