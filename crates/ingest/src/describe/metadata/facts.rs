//! What the lines of a masthead have said so far, the surest of each.

use chapeau_document::registry as known;
use chapeau_document::{Date, Kind, Status, Sureness, Symbol};

use super::bodies::{self, Named};
use super::reading::Said;
use super::registry::{Dated, Formula, Match};
use super::when;
use crate::describe::words::Words;

/// A value with how sure it is.
pub(super) type Fact<T> = Option<(T, Sureness)>;

#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) symbols: Vec<(Symbol, Sureness)>,
    pub(super) number: Option<String>,
    pub(super) adopted: Fact<Date>,
    pub(super) issued: Fact<Date>,
    pub(super) meeting: Fact<Date>,
    pub(super) force: Fact<Date>,
    pub(super) kind: Fact<Kind>,
    pub(super) status: Fact<Status>,
    pub(super) revision: Option<String>,
    pub(super) organ: Fact<String>,
    /// All organs that lines name, and whether one of them adopted the text.
    pub(super) organs: Vec<String>,
    pub(super) is_told: bool,
    /// The house, which is the body where no organ is named.
    pub(super) house: Fact<String>,
    pub(super) session: Fact<String>,
    pub(super) parties: Vec<String>,
    /// Whether a line calls the text a draft.
    pub(super) is_draft: bool,
}

/// Keeps the surer of two values, of equal ones the first.
fn keep<T>(fact: &mut Fact<T>, value: T, sureness: Sureness) {
    if fact.as_ref().is_none_or(|(_, known)| sureness < *known) {
        *fact = Some((value, sureness));
    }
}

impl Facts {
    pub(super) fn symbol(&mut self, symbol: &Symbol, sureness: Sureness) {
        // A masthead names the part of a code that it changes.
        if [" CFR ", " U.S.C. ", " USC ", " Stat. "].iter().any(|code| symbol.as_str().contains(code)) {
            return;
        }
        if !self.symbols.iter().any(|(known, _)| known == symbol) {
            self.symbols.push((symbol.clone(), sureness));
        }
    }

    pub(super) fn kind(&mut self, kind: Kind, sureness: Sureness) {
        keep(&mut self.kind, kind, sureness);
    }

    pub(super) fn issued(&mut self, date: Date, sureness: Sureness) {
        keep(&mut self.issued, date, sureness);
    }

    pub(super) fn body(&mut self, named: &Named, sureness: Sureness) {
        let sureness = if named.is_known { sureness } else { sureness.max(Sureness::Likely) };
        if named.name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            return;
        }
        if named.is_house {
            keep(&mut self.house, named.name.clone(), sureness);
        } else {
            self.organs.push(named.name.clone());
            keep(&mut self.organ, named.name.clone(), sureness);
        }
    }

    /// "Bali, 3-6 December 2013", on the line below a session.
    pub(super) fn place_of_session(&mut self, place: &str) {
        if let Some((session, _)) = &mut self.session {
            session.push_str(", ");
            session.push_str(place);
        }
        let words = Words::of(place);
        let date = (0..words.len()).find_map(|place| when::date_at(&words, place));
        if let Some(found) = date {
            keep(&mut self.meeting, found.date, Sureness::Likely);
        }
    }

    pub(super) fn session(&mut self, session: String, sureness: Sureness) {
        keep(&mut self.session, session, sureness);
    }

    /// What a formula says.
    pub(super) fn formula(&mut self, formula: &Formula, found: &Match) {
        if let Some(kind) = formula.kind {
            self.kind(kind, Sureness::Sure);
        }
        if let Some(status) = formula.status {
            self.is_draft |= status == Status::Draft;
            keep(&mut self.status, status, Sureness::Sure);
        }
        if let Some((date, dated)) = found.date.zip(formula.date) {
            self.dated(date, dated);
        }
        if let Some(name) = &found.body {
            let named = known::body_named(name).map_or_else(
                || Named { name: name.clone(), is_known: false, is_house: false },
                |body| bodies::named(body, name),
            );
            // Who adopts a text is its body, whatever else stands over it.
            let adopts = formula.date == Some(Dated::Adopted) && formula.kind.is_some() && !named.is_house;
            if adopts && !self.is_told {
                self.organ = Some((named.name.clone(), Sureness::Sure));
                self.is_told = true;
            }
            self.body(&named, Sureness::Sure);
        }
    }

    /// What a formula deep in the text says where the first page said nothing.
    pub(super) fn closing(&mut self, formula: &Formula, found: &Match) {
        if self.adopted.is_none() || found.body.is_some() && self.organ.is_none() {
            self.formula(formula, found);
        }
    }

    fn dated(&mut self, date: Date, dated: Dated) {
        let fact = match dated {
            Dated::Adopted => &mut self.adopted,
            Dated::Issued => &mut self.issued,
            Dated::Meeting => &mut self.meeting,
            Dated::Force => &mut self.force,
        };
        keep(fact, date, Sureness::Sure);
    }

    /// What a line of a masthead says that is no formula.
    pub(super) fn said(&mut self, said: &Said, sureness: Sureness) {
        for (symbol, shape) in &said.symbols {
            self.symbol(symbol, sureness.max(*shape));
        }
        self.number = self.number.take().or_else(|| said.number.clone());
        if let Some(date) = said.date {
            self.issued(date, sureness);
        }
        for named in &said.bodies {
            self.body(named, sureness);
        }
        if let Some(session) = &said.session {
            self.session(session.clone(), sureness);
        }
    }

    /// What the series of its own symbols say: they are the surest witnesses of kind, body and
    /// session, where the lines themselves were less sure.
    pub(super) fn by_series(&mut self) {
        for (symbol, sureness) in self.symbols.clone() {
            let Some(implied) = known::implied(&symbol) else { continue };
            let sureness = sureness.max(implied.series.sureness);
            if let Some(kind) = implied.series.kind {
                self.of_series(kind, sureness);
            }
            // Working documents carry communications and reports, which are no drafts.
            let carries = self.kind.is_some_and(|(kind, _)| {
                [Kind::Communication, Kind::Report, Kind::Minutes, Kind::Notification, Kind::Statement]
                    .contains(&kind)
            });
            if let Some(status) = implied.series.status.filter(|status| *status != Status::Draft || !carries)
            {
                keep(&mut self.status, status, sureness);
            }
            if let Some(body) = implied.series.body {
                let named = Named::of(body);
                // The masthead of an organ names the one above it first.
                if !self.is_told
                    && !named.name.ends_with("Committee")
                    && self.organs.contains(&named.name)
                    && sureness == Sureness::Sure
                {
                    self.organ = Some((named.name.clone(), sureness));
                }
                self.body(&named, sureness);
            }
            if let Some(number) = implied.session.as_deref().and_then(|number| number.parse().ok()) {
                self.session(format!("{} session", when::th(number)), sureness);
            }
        }
    }

    /// The kind that a series says; minutes and notifications are told by their series alone.
    fn of_series(&mut self, kind: Kind, sureness: Sureness) {
        let decides = [Kind::Minutes, Kind::Notification].contains(&kind);
        if decides && sureness == Sureness::Sure {
            self.kind = Some((kind, sureness));
        } else {
            self.kind(kind, sureness);
        }
    }
}
