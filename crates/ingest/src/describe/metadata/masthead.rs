//! Metadata from the masthead and the first headings, never from running text: a session or a
//! date that a recital mentions is another document's.

use chapeau_document::{Document, Kind, Level, Metadata, Part, Status, Unit};

use super::front::{self, Front};
use super::{recognised, title};

/// What the front matter of a document says of it.
pub(super) fn recognise(document: &Document) -> Metadata {
    let mut reader = Reader::default();
    for line in front::lines(document) {
        reader.take(front::read(line));
    }
    let mut metadata = reader.metadata;
    let words = (!reader.title.is_empty()).then(|| title::plain(&reader.title.join(" ")));
    metadata.title = words.and_then(recognised);
    metadata.body = metadata.body.or_else(|| body(document).and_then(recognised));
    if metadata.kind.is_none() {
        metadata.kind = kind(document, &metadata).and_then(recognised);
    }
    metadata.status = status(&metadata, reader.is_draft).and_then(recognised);
    if metadata.kind() == Kind::Agreement
        && let Some(title) = &metadata.title
    {
        metadata.parties = parties(&title.value).into_iter().filter_map(recognised).collect();
    }
    metadata
}

#[derive(Default)]
struct Reader {
    metadata: Metadata,
    /// The lines of the title so far.
    title: Vec<String>,
    /// Whether another line may still belong to the title.
    in_title: bool,
    is_draft: bool,
    /// Whether the last line was a session.
    in_session: bool,
}

/// Longest title, in bytes; longer lines are prose.
const LONGEST_TITLE: usize = 300;

impl Reader {
    fn take(&mut self, line: Front) {
        let was_session = std::mem::replace(&mut self.in_session, false);
        let goes_on = std::mem::replace(&mut self.in_title, false);
        match line {
            Front::Reference { symbols, number, date } => {
                self.metadata.symbols.extend(symbols.into_iter().filter_map(recognised));
                self.metadata.document_number =
                    self.metadata.document_number.take().or(number.and_then(recognised));
                self.metadata.date_issued = self.metadata.date_issued.take().or(date.and_then(recognised));
            }
            Front::Body { name, session } => {
                self.in_session = session.is_some();
                self.metadata.body = self.metadata.body.take().or(recognised(name));
                self.metadata.session = self.metadata.session.take().or(session.and_then(recognised));
            }
            Front::Session(session) if self.metadata.session.is_none() => {
                self.in_session = true;
                self.metadata.session = recognised(session);
            }
            Front::PlaceAndDates(place) if was_session => self.place(&place),
            Front::Act { kind, draft, date } => self.act(kind, draft, date),
            Front::Revision(words) => {
                self.metadata.revision = self.metadata.revision.take().or(recognised(words));
            }
            Front::Communication(parties) => {
                self.metadata.kind = self.metadata.kind.take().or(recognised(Kind::Communication));
                self.metadata.parties.extend(parties.into_iter().filter_map(recognised));
            }
            Front::Words(words) => self.words(words, goes_on),
            Front::Nothing | Front::Session(_) | Front::PlaceAndDates(_) => {}
        }
    }

    fn act(&mut self, kind: Option<Kind>, draft: bool, date: Option<chapeau_document::Date>) {
        self.is_draft |= draft;
        self.metadata.kind = self.metadata.kind.take().or(kind.and_then(recognised));
        self.metadata.date_adopted = self.metadata.date_adopted.take().or(date.and_then(recognised));
    }

    fn place(&mut self, place: &str) {
        if let Some(session) = &mut self.metadata.session {
            session.value = format!("{}, {place}", session.value);
        }
    }

    /// The first line of words is the title; lines in capitals below it go on with it.
    fn words(&mut self, words: String, goes_on: bool) {
        let lower = words.to_lowercase();
        self.is_draft |= self.title.is_empty() && (lower.starts_with("draft ") || lower.contains(" draft "));
        let belongs = match self.title.last() {
            None => words.len() <= LONGEST_TITLE,
            Some(last) => {
                goes_on && title::is_capitals(last) && title::is_capitals(&words) && self.title.len() < 4
            }
        };
        if belongs {
            self.in_title = true;
            self.title.push(words);
        }
    }
}

/// The body named by the chapeau of a decision.
fn body(document: &Document) -> Option<String> {
    let chapeaux = document.clauses.iter().take(12).filter(|clause| {
        matches!(clause.unit, Unit::Chapeau | Unit::Recital) || clause.part == Part::Preambular
    });
    chapeaux.filter_map(|clause| front::body_of_chapeau(document.text_of(clause))).next()
}

/// What the title or the structure says that a document is.
fn kind(document: &Document, metadata: &Metadata) -> Option<Kind> {
    let is_deck = |step: &chapeau_document::Step| step.kind == Level::Slide;
    if document.clauses.iter().any(|clause| clause.path.iter().any(is_deck)) {
        return Some(Kind::Presentation);
    }
    let title = metadata.title.as_ref().map(|title| title.value.to_lowercase()).unwrap_or_default();
    let names: &[(&[&str], Kind)] = &[
        (&["minutes of", "compte rendu", "acta de"], Kind::Minutes),
        (&["report", "rapport", "informe"], Kind::Report),
        (&["notification", "notificación"], Kind::Notification),
        (&["recommendation", "recommandation", "recomendaci"], Kind::Recommendation),
        (&["protocol", "protocole", "protocolo"], Kind::Protocol),
        (&["declaration", "déclaration", "declaración"], Kind::Declaration),
        (&["proposal", "proposition", "propuesta"], Kind::Proposal),
        (&["decision", "décision", "decisión"], Kind::Decision),
        (
            &["agreement", "treaty", "convention", "accord ", "acuerdo", "tratado", "traité", "convenio"],
            Kind::Agreement,
        ),
    ];
    let named = names.iter().find(|(names, _)| names.iter().any(|name| title.contains(name)));
    named.map(|(_, kind)| *kind).or_else(|| decides(document).then_some(Kind::Decision))
}

/// Whether a chapeau decides.
fn decides(document: &Document) -> bool {
    let chapeaux = document.clauses.iter().take(40).filter(|clause| clause.unit == Unit::Chapeau);
    chapeaux.map(|clause| document.text_of(clause).to_lowercase()).any(|words| {
        ["decides", "décide", "decide"]
            .iter()
            .any(|verb| words.split(|c: char| !c.is_alphanumeric()).any(|word| word == *verb))
    })
}

fn status(metadata: &Metadata, is_draft: bool) -> Option<Status> {
    let working = metadata.symbols.iter().any(|symbol| symbol.value.as_str().contains("/W/"));
    let decides = matches!(metadata.kind(), Kind::Decision | Kind::Declaration);
    match (is_draft || (decides && working), decides && metadata.date_adopted.is_some()) {
        (true, _) => Some(Status::Draft),
        (_, true) => Some(Status::Adopted),
        _ => None,
    }
}

/// "Agreement between A and B": its parties.
fn parties(title: &str) -> Vec<String> {
    let Some((_, names)) = title.split_once(" between ").or_else(|| title.split_once(" entre ")) else {
        return Vec::new();
    };
    let names = names.replace(" and ", ", ").replace(" et ", ", ").replace(" y ", ", ");
    let names =
        names.split(',').map(|name| name.trim().trim_start_matches("the ").trim_start_matches("The "));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
