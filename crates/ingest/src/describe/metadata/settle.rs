//! From what a sheet says to the metadata of a document.

use chapeau_document::registry as known;
use chapeau_document::{Document, Kind, Metadata, Origin, Part, Sourced, Status, Sureness, Unit};

use super::facts::{Fact, Facts};
use super::lines;
use super::masthead::{self, Found};
use super::registry::{self, Lines, Title};
use super::sheet::Sheet;
use super::titles::{self, Candidate, Way};
use super::{bodies, kinds, parties, reading, when};
use crate::any_of::{AnyOf, Made};
use crate::describe::words::Words;
use crate::{accents, lists};

/// What the sheet and the clauses of a document say of it; `title` is one that is known already.
pub(super) fn recognise(document: &Document, sheet: &Sheet, title: Option<&str>) -> Metadata {
    let Found { mut facts, mut candidates, is_letter } = masthead::read(sheet);
    candidates.retain(|candidate| is_title(candidate, is_letter, &mut facts));
    let best = titles::best(&candidates);
    let best = best.and_then(|best| named_above(&candidates, best)).or(best);
    let whole = best.and_then(|best| titles::completed(&candidates, best, &document.text));
    let best = whole.as_ref().or(best);
    let printed = best.map(|best| (best.text(), best.sureness()));
    let is_act = best.is_some_and(|best| best.way == Way::Act);
    let told = title.map(str::to_owned).or_else(|| printed.as_ref().map(|(text, _)| text.clone()));
    if let Some(told) = &told {
        of_title(told, is_act, &mut facts);
    }
    // A title in another language, or a name without a kind: the lines beside it may tell.
    if facts.kind.is_none()
        && let Some(beside) = beside(&candidates, best)
    {
        of_title(&beside.text(), false, &mut facts);
    }
    if is_letter && facts.kind.is_none() {
        facts.kind(Kind::Communication, Sureness::Likely);
    }
    facts.by_series();
    let chapeau = chapeau(document);
    if let Some(named) =
        chapeau.as_deref().and_then(|text| bodies::of_we(text).or_else(|| bodies::of_chapeau(text)))
    {
        facts.body(&named, Sureness::Likely);
    }
    let kind = kind(document, sheet, &facts, told.as_deref());

    closing(document, kind.map(|(kind, _)| kind), &mut facts);
    let cased = printed.zip(best).map(|((text, sureness), best)| {
        (accents::restored(&best.printed(), titles::undated(&text), &document.text), sureness)
    });
    let mut metadata = written(facts, cased, kind);
    if [Kind::Agreement, Kind::Protocol].contains(&metadata.kind()) {
        metadata.parties = of_agreement(told.as_deref(), chapeau.as_deref());
    }
    metadata
}

/// Whether a candidate may be the title: no name of a body that is set on two lines, and in a letter
/// only its subject.
fn is_title(candidate: &Candidate, is_letter: bool, facts: &mut Facts) -> bool {
    if candidate.way == Way::Words
        && let Some(named) = bodies::known(&candidate.text())
    {
        facts.body(&named, Sureness::Sure);
        return false;
    }
    !(is_letter && matches!(candidate.way, Way::Words | Way::Head | Way::Agenda))
}

/// What an act is about, where that stands in capitals right above its number and its number is all that was found:
/// "BASES OF THE LAMP TRADE" over "Decree 70/2030".
fn named_above<'a>(candidates: &'a [Candidate], best: &Candidate) -> Option<&'a Candidate> {
    const FEWEST_WORDS: usize = 3;
    let text = best.text();
    let is_number = reading::first_symbol(&text).is_some_and(|(span, ..)| span.of(&text).len() == text.len());
    let at = candidates.iter().position(|candidate| std::ptr::eq(candidate, best)).filter(|_| is_number)?;
    let above = &candidates[at.checked_sub(1)?];
    let printed = above.printed();
    let is_subject = above.way == Way::Words
        && crate::letter_case::is_capitals(&printed)
        && printed.split_whitespace().count() >= FEWEST_WORDS
        && above.lines.first().map(|line| line.page) == best.lines.first().map(|line| line.page);
    is_subject.then_some(above)
}

/// The candidate below the title on the same page, where a formula found it.
fn beside<'a>(candidates: &'a [Candidate], best: Option<&Candidate>) -> Option<&'a Candidate> {
    let at =
        candidates.iter().position(|candidate| best.is_some_and(|best| std::ptr::eq(best, candidate)))?;
    let page = |candidate: &Candidate| candidate.lines.first().map(|line| line.page);
    candidates
        .get(at + 1)
        .filter(|next| [Way::Act, Way::Line].contains(&next.way) && page(next) == page(&candidates[at]))
}

/// What the title says: its formula, the body and the dates in it.
fn of_title(title: &str, is_act: bool, facts: &mut Facts) {
    let words = Words::of(title);
    let ends = [words.len()];
    if let Some((formula, found)) = registry::formula(&Lines { words: &words, ends: &ends }, false)
        && [Title::Act, Title::Line, Title::Else].contains(&formula.title)
    {
        facts.formula(formula, &found);
    }
    if let Some((span, symbol, sureness)) = reading::first_symbol(title)
        && lines::is_own_at(&title[..span.start])
        && facts.symbols.is_empty()
    {
        facts.symbol(&symbol, sureness.max(Sureness::Likely));
    }
    if let Some((from, _)) = title.split_once(", to ")
        && let Some(named) = bodies::by_shape(from.split(',').next().unwrap_or(from))
    {
        // "The Delegation in Lampville, to the Ministry of Lamps": who writes.
        facts.body(&bodies::Named { name: from.to_owned(), ..named }, Sureness::Likely);
    }
    let proposes = facts.kind.is_some_and(|(kind, _)| kind == Kind::Proposal);
    if is_act
        && !proposes
        && facts.organ.is_none()
        && let Some((span, body)) = known::bodies_in(title).first()
        && span.start < subject(&words, title)
    {
        let named = bodies::Named::of(body);
        facts.body(&named, Sureness::Likely);
    }
    if let Some(date) = when::of_law(&words).filter(|_| facts.adopted.is_none()) {
        facts.adopted = Some((date, Sureness::Likely));
    }
    let dated =
        (0..words.len()).find(|place| ["dated", "datée", "daté", "fechada"].contains(&words.at(*place)));
    if let Some(found) = dated.and_then(|place| when::date_at(&words, place + 1)) {
        facts.issued(found.date, Sureness::Likely);
    }
}

/// Where a title begins to say what the act is about: behind its date. The bodies named there are others.
fn subject(words: &Words<'_>, title: &str) -> usize {
    let dated = (0..words.len()).find(|place| when::date_at(words, *place).is_some());
    dated.map_or(title.len(), |place| words.span(place, place).start)
}

/// The first chapeau or recital that a body opens.
fn chapeau(document: &Document) -> Option<String> {
    let first = document.clauses.iter().take(40).filter(|clause| {
        matches!(clause.unit, Unit::Chapeau | Unit::Recital) || clause.part == Part::Preambular
    });
    let texts = first.map(|clause| document.text_of(clause)).filter(|text| text.len() <= 400);
    let mut opens = texts.filter(|text| {
        bodies::of_we(text).is_some()
            || bodies::of_chapeau(text).is_some()
            || !parties::of_preamble(text).is_empty()
    });
    opens.next().map(|text| text.split('\n').collect::<Vec<_>>().join(" "))
}

fn kind(document: &Document, sheet: &Sheet, facts: &Facts, title: Option<&str>) -> Fact<Kind> {
    if let Some(kind) = kinds::of_slides(document) {
        return Some((kind, Sureness::Sure));
    }
    let may_be = |kind: &Kind| *kind != Kind::Law || kinds::provides(document);
    let by_title = || title.and_then(kinds::of_title).filter(may_be).map(|kind| (kind, Sureness::Likely));
    facts
        .kind
        .or_else(by_title)
        .or_else(|| kinds::of_build(document, sheet))
        .or_else(|| news(document, sheet, facts, title))
}

/// A dated page of prose under a title, without numbers or articles, is news or a position.
fn news(document: &Document, sheet: &Sheet, facts: &Facts, title: Option<&str>) -> Fact<Kind> {
    let is_page = document.pages.pages.is_empty()
        && sheet.lines.iter().all(|line| line.page == 0)
        && facts.issued.is_some()
        && title.is_some();
    let is_prose =
        document.clauses.iter().all(|clause| !matches!(clause.unit, Unit::TableRow | Unit::Chapeau));
    (is_page && is_prose && facts.symbols.is_empty()).then_some((Kind::Statement, Sureness::Doubtful))
}

/// Kinds whose last lines may be those of a text that they only carry.
const CARRIERS: &[Kind] = &[
    Kind::Report,
    Kind::Minutes,
    Kind::Communication,
    Kind::Notification,
    Kind::Guidance,
    Kind::Statement,
    Kind::Presentation,
    Kind::Proposal,
    Kind::Schedule,
];

/// What stands at the end of a text, or deep in it: "Done at Lampville, this third day of May 2030",
/// "ENACTED by the Assembly of Lampland".
fn closing(document: &Document, kind: Option<Kind>, facts: &mut Facts) {
    if kind.is_some_and(|kind| CARRIERS.contains(&kind)) || masthead::is_draft(facts) {
        return;
    }
    for clause in &document.clauses {
        let text = document.text_of(clause);
        let is_closing = clause.part == Part::Closing || clause.unit == Unit::Signature;
        if !is_closing && !may_close(text) {
            continue;
        }
        let found = sentences(text, is_closing).find_map(lines::closing);
        if let Some((formula, found)) =
            found.filter(|(_, found)| found.date.is_some() || found.body.is_some())
        {
            facts.closing(formula, &found);
        }
        if facts.adopted.is_some() && facts.organ.is_some() {
            return;
        }
    }
}

/// What a meeting is called where its record closes, and the organs of Mercosur that sign there.
static MEETINGS: Made = Made::new(|| AnyOf::new(&["meeting", "séance", "sesión"]));
static ORGANS: Made = Made::new(|| AnyOf::new(&["CMC", "GMC", "CCM"]));
static ADOPTING: Made = Made::new(|| AnyOf::new(lists::ADOPTING_WORDS));

/// First words of closing formulas, and how "55th plenary meeting" may begin.
fn may_close(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()).min(12);
    let first = text.get(..end).unwrap_or_default();
    let is_short = text.len() < 120;
    let start = &text[..text.floor_char_boundary(90)];
    is_short && (text.starts_with('[') || MEETINGS.is_in(text) || ORGANS.is_in(text))
        || ADOPTING.is_in(start)
        || lists::CLOSING_WORDS.iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// The text, and where it is a closing the stretches of it that begin with such a word.
fn sentences(text: &str, is_closing: bool) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().filter(move |(at, c)| {
        *at == 0
            || is_closing && c.is_uppercase() && text[..*at].ends_with([' ', '\n']) && may_close(&text[*at..])
    });
    starts.map(|(at, _)| &text[at..text.floor_char_boundary((at + 400).min(text.len()))]).take(12)
}

fn of_agreement(title: Option<&str>, chapeau: Option<&str>) -> Vec<Sourced<String>> {
    let named = title.map(parties::of_title).unwrap_or_default();
    let named = if named.len() >= 2 { named } else { chapeau.map(parties::of_preamble).unwrap_or_default() };
    named.into_iter().map(|name| Sourced::new(name, Origin::Recognised).but(Sureness::Likely)).collect()
}

fn written(facts: Facts, title: Fact<String>, kind: Fact<Kind>) -> Metadata {
    let is_draft = masthead::is_draft(&facts) || is_working(&facts, kind);
    let status = status(&facts, kind, is_draft);
    let is_minutes = kind.is_some_and(|(kind, _)| kind == Kind::Minutes);
    let adopted = facts.adopted.or(facts.meeting.filter(|_| is_minutes || facts.issued.is_none()));
    Metadata {
        title: sourced(title),
        symbols: facts.symbols.into_iter().filter_map(|symbol| sourced(Some(symbol))).collect(),
        document_number: facts.number.and_then(super::recognised),
        date_adopted: sourced(adopted),
        date_issued: sourced(facts.issued),
        date_in_force: sourced(facts.force),
        kind: sourced(kind),
        status: sourced(status),
        revision: facts.revision.and_then(super::recognised),
        body: sourced(facts.organ.or(facts.house)),
        session: sourced(facts.session),
        parties: facts.parties.into_iter().filter_map(super::recognised).collect(),
        ..Metadata::default()
    }
}

fn sourced<T>(fact: Fact<T>) -> Option<Sourced<T>> {
    fact.map(|(value, sureness)| Sourced::new(value, Origin::Recognised).but(sureness))
}

/// A decision in a series of working documents is a draft.
fn is_working(facts: &Facts, kind: Fact<Kind>) -> bool {
    let decides = kind.is_some_and(|(kind, _)| matches!(kind, Kind::Decision | Kind::Declaration));
    decides && facts.symbols.iter().any(|(symbol, _)| symbol.as_str().contains("/W/"))
}

fn status(facts: &Facts, kind: Fact<Kind>, is_draft: bool) -> Fact<Status> {
    if is_draft {
        return Some((Status::Draft, Sureness::Sure));
    }
    if facts.status.is_some() {
        return facts.status;
    }
    let (kind, _) = kind?;
    let binds = matches!(
        kind,
        Kind::Decision
            | Kind::Declaration
            | Kind::Resolution
            | Kind::Agreement
            | Kind::Protocol
            | Kind::Law
            | Kind::Recommendation
    );
    // What is printed as a law or a treaty without a word of a draft has been adopted.
    let is_text = matches!(kind, Kind::Law | Kind::Agreement | Kind::Protocol);
    let sureness = if facts.adopted.is_some() { Sureness::Sure } else { Sureness::Likely };
    (binds && (facts.adopted.is_some() || is_text)).then_some((Status::Adopted, sureness))
}
