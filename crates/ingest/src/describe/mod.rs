//! What a document is and what each of its clauses does, read from its own words.

mod acts;
mod addressee;
mod brackets;
mod carve_outs;
mod citations;
mod dates;
mod deadline;
mod defined;
mod doing;
mod grammar;
#[cfg(test)]
mod labelled;
mod metadata;
mod obligation;
mod reported;
mod sieve;
mod subject;
mod verbs;
mod words;

use chapeau_document::{Citation, Clause, Document, Kind, Level, Metadata, Part, Span, Status, Unit};

use crate::{Warning, recommendations};
use doing::{Decided, Doing, Lead, Setting};
use grammar::{Grammar, Starts, grammar};
pub(crate) use metadata::Sheet;
use obligation::ReadText;

/// Fills in what the splitter left open: of each clause its acts, obligation, carve-outs,
/// citations and brackets; of the document its metadata, where what was `given` wins over what
/// the file carries, and that over what is recognised.
pub(crate) fn describe(
    document: &mut Document,
    embedded: Metadata,
    sheet: &Sheet,
    given: &[(String, String)],
) -> Vec<Warning> {
    document.metadata = embedded;
    let warnings = metadata::complete(document, sheet, given);
    clauses(document);
    warnings
}

/// Settles which language a document is in, where its file and its text may disagree.
pub(crate) fn settle_language(embedded: &mut Metadata, text: &str) {
    metadata::settle_language(embedded, text);
}

/// The code of the language that a text is in; English where nothing tells.
pub(crate) fn language_of(text: &str) -> String {
    metadata::language_of(text)
}

/// Whether a word, in small letters, names a month in any of the languages.
pub(crate) fn is_month(word: &str) -> bool {
    dates::month(word).is_some()
}

/// The metadata alone, for documents whose clauses came ready-made: what was `given` wins over
/// what is there, and what is still open is recognised.
pub(crate) fn complete(document: &mut Document, given: &[(String, String)]) -> Vec<Warning> {
    let sheet = Sheet::of_document(document);
    metadata::complete(document, &sheet, given)
}

/// Describes every clause of a document whose metadata is known.
pub(crate) fn clauses(document: &mut Document) {
    let Document { metadata, text, clauses, .. } = document;
    let language = metadata.language().to_owned();
    let of_council = citations::council(metadata);
    let body = metadata.body.as_ref().map(|body| body.value.clone());
    let mut describer = Describer {
        text,
        grammar: grammar(&language),
        starts: grammar(&language).map_or_else(Starts::default, Grammar::starts),
        body: body.as_deref(),
        of_council,
        recommends: clauses
            .iter()
            .any(|clause| clause.unit == Unit::Heading && recommendations::is_heading(clause.span.of(text))),
        of_meeting: [Kind::Minutes, Kind::Report, Kind::Other].contains(&metadata.kind()),
        lead_in: Vec::new(),
        pieces: Vec::new(),
        lead: Lead::default(),
        last: None,
    };
    for clause in clauses.iter_mut() {
        describer.describe(clause);
    }
    let settled = [Status::Adopted, Status::InForce, Status::Superseded].contains(&metadata.status());
    if metadata.status() == Status::Draft || !settled && brackets::is_bracketed_draft(text) {
        brackets::mark(text, clauses);
    }
}

struct Describer<'a> {
    text: &'a str,
    /// `None` for languages that are not described; they still cite.
    grammar: Option<&'static Grammar>,
    /// The words at which acts may begin in that language.
    starts: Starts,
    body: Option<&'a str>,
    /// Whether "its resolution" is one of the Human Rights Council.
    of_council: bool,
    of_meeting: bool,
    /// Whether some heading stands over recommendations.
    recommends: bool,
    /// The lead-in that `lead` was read from: neighbours share theirs.
    lead_in: Vec<Span>,
    pieces: Vec<ReadText<'a>>,
    lead: Lead,
    /// The clause before, which may lead those that follow.
    last: Option<(Span, ReadText<'a>)>,
}

impl Describer<'_> {
    fn describe(&mut self, clause: &mut Clause) {
        let words = ReadText::of(clause.span.of(self.text));
        let origin = clause.span.start;
        let here = |span: Span| Span::new(span.start + origin, span.end + origin);
        // "Article 5" at the head of an article is its own name.
        let is_own = |cite: &Citation| clause.unit == Unit::Heading && cite.span.start == 0;
        let mut cites = citations::citations(&words);
        if self.of_council {
            citations::of_council(&words, &mut cites);
        }
        clause.cites = cites
            .into_iter()
            .filter(|cite| cite.symbol.is_some() || !is_own(cite))
            .map(|cite| Citation { span: here(cite.span), ..cite })
            .collect();
        let Some(grammar) = self.grammar.filter(|_| says_something(clause)) else { return };
        clause.carve_outs = carve_outs::carve_outs(&words, grammar.language).into_iter().map(here).collect();
        clause.defined_terms = defined::defined(&words, grammar.language).into_iter().map(here).collect();
        self.read_lead_in(clause, grammar);
        let Doing { acts, obligation, decided } =
            doing::doing(&words, &self.lead, &self.setting(clause, grammar));
        clause.acts = acts;
        clause.obligation = obligation;
        clause.obligation_words = decided.map(|decided| match decided {
            Decided::Here(span) => here(span),
            Decided::InLead(piece, span) => {
                let start = self.lead_in[piece].start;
                Span::new(span.start + start, span.end + start)
            }
        });
        self.last = Some((clause.span, words));
    }

    fn setting(&self, clause: &Clause, grammar: &'static Grammar) -> Setting<'_> {
        Setting {
            grammar,
            starts: &self.starts,
            body: self.body,
            of_meeting: self.of_meeting,
            part: clause.part,
            unit: clause.unit,
            in_article: in_article(clause),
            is_recommended: self.recommends && is_recommended(clause),
        }
    }

    fn read_lead_in(&mut self, clause: &Clause, grammar: &'static Grammar) {
        if clause.lead_in == self.lead_in {
            return;
        }
        let known = self.lead_in.iter().copied().zip(self.pieces.drain(..));
        let mut known: Vec<(Span, ReadText<'_>)> = known.chain(self.last.take()).collect();
        self.lead_in.clone_from(&clause.lead_in);
        let piece = |span: &Span| match known.iter().position(|(known, _)| known == span) {
            Some(at) => known.swap_remove(at).1,
            None => ReadText::of(span.of(self.text)),
        };
        self.pieces = self.lead_in.iter().map(piece).collect();
        self.lead = Lead::of(&self.pieces, &self.setting(clause, grammar));
    }
}

/// Whether a clause acts by what it orders: a report only tells what others should do.
fn is_recommended(clause: &Clause) -> bool {
    clause.part == Part::Operative
        && clause.path.iter().filter_map(|step| step.title.as_deref()).any(recommendations::is_heading)
}

fn in_article(clause: &Clause) -> bool {
    clause.path.iter().any(|step| step.kind == Level::Article)
}

/// Headings, mastheads and signatures do nothing, and a quotation speaks for somebody else.
fn says_something(clause: &Clause) -> bool {
    let silent = [Unit::Heading, Unit::Masthead, Unit::Signature, Unit::Quotation];
    !silent.contains(&clause.unit) && clause.part != Part::FrontMatter
}
