//! How strongly a clause binds: its strongest sentence, and the words that decided it.
//!
//! Each modal verb is weighed where it stands: its negation, the verb behind it ("shall
//! endeavour" is no duty), the clause around it ("reports that may be submitted" is no
//! permission) and the qualifiers of its sentence. Quoted words carry nothing. The words stand in
//! `registry/obligation.toml`.

mod english;
mod future;
mod guesses;
mod phrases;
mod plain;
mod present;
mod romance;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::{Deref, Range};
use std::sync::LazyLock;

use chapeau_document::Obligation;
use memchr::memmem::Finder;

use super::reported;
use super::sieve::{Made, Phrases};
use super::words::Words;

/// A strength, with the first and last of the words that decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Force {
    pub(super) obligation: Obligation,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Where words stand, as far as their force depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Setting<'a> {
    /// ISO 639-1.
    pub(super) language: &'a str,
    /// In articles the French present tense commands; elsewhere it narrates.
    pub(super) in_article: bool,
    /// Whether it is a text that binds: an article, or what a body decides. Elsewhere "will" foretells.
    pub(super) binds: bool,
}

/// The words of a text and the forces in it, found once however many clauses it leads.
pub(super) struct ReadText<'a> {
    words: Words<'a>,
    forces: OnceCell<(Setting<'static>, Vec<Force>)>,
}

impl<'a> ReadText<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { words: Words::of(text), forces: OnceCell::new() }
    }

    /// All forces in it, in order: those found first, or found anew for another setting.
    fn forces(&self, setting: Setting<'static>) -> Cow<'_, [Force]> {
        let find = || forces(&self.words, 0..self.words.len(), setting);
        let (known, found) = self.forces.get_or_init(|| (setting, find()));
        if *known == setting { Cow::Borrowed(found) } else { Cow::Owned(find()) }
    }
}

impl<'a> Deref for ReadText<'a> {
    type Target = Words<'a>;

    fn deref(&self) -> &Words<'a> {
        &self.words
    }
}

/// The strongest force of a text; the first of equals. A condition ("provided that it shall") is as strong
/// only where nothing but it binds.
pub(super) fn strongest(text: &ReadText<'_>, setting: Setting<'static>) -> Option<Force> {
    let mut strongest: Option<(bool, Force)> = None;
    let words: &Words<'_> = text;
    let start = super::acts::skip_marker(words);
    let is_term = words.quoted(start);
    // "“form” means a paper that must be filled in": what a term means binds nobody.
    let first = if is_term && defines(words, start) { words.sentence_end(start) } else { 0 };
    // "« tarif », une liste ... Elle présente ...": there the French present tense only tells.
    let in_article = setting.in_article && !(is_term && setting.language == "fr");
    let setting = Setting { in_article, ..setting };
    for found in text.forces(setting).iter().copied().filter(|force| force.first >= first) {
        if !setting.in_article && reported::is_told(words, found.first, setting.language) {
            continue;
        }
        let found = (is_proviso(words, found.first), found);
        let is_stronger =
            |known: &(bool, Force)| (found.0, found.1.obligation) < (known.0, known.1.obligation);
        if strongest.as_ref().is_none_or(is_stronger) {
            strongest = Some(found);
        }
    }
    strongest.map(|(_, force)| force)
}

/// Whether the word at `place` stands in a condition on what its sentence says: "may waive it, provided that
/// the decision shall be taken by all".
fn is_proviso(words: &Words<'_>, place: usize) -> bool {
    words
        .passing(words.sentence_start(place) + 1..place, PROVISOS.first())
        .any(|at| words.phrase_among(at, &PROVISOS).is_some())
}

static PROVISOS: Made = Made::new(|| Phrases::new(phrases::PROVISOS));

/// The forces of all words between two places, in order, but those of quoted ones.
fn forces(words: &Words<'_>, places: Range<usize>, setting: Setting<'_>) -> Vec<Force> {
    let force = |place: usize| {
        let own = |force: &Force| !words.quoted(force.first);
        match setting.language {
            "en" => english::force_at(words, place, setting),
            "fr" => romance::french(words, place, setting.in_article, setting.binds),
            "es" => romance::spanish(words, place, setting.binds),
            _ => None,
        }
        .filter(own)
    };
    match setting.language {
        "en" if !words.has_glued(&SHALL) => {
            words.passing(places, phrases::MODALS.first()).filter_map(force).collect()
        }
        _ => places.filter_map(force).collect(),
    }
}

/// "shall" as part of a longer word, as in "Partyshall".
static SHALL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("shall"));

/// What a lead-in lays upon the clauses that complete it.
#[derive(Clone, Copy, Debug)]
pub(super) struct LeadForce {
    pub(super) force: Force,
    /// Whether the verb itself is left to the clause: "Each Party shall:".
    dangling: bool,
    /// Whether bare names complete it: "shall consist of:".
    lists_parts: bool,
}

impl LeadForce {
    /// What is left of the force behind a piece that completes it: "shall: (b) endeavour to:".
    fn softened(self, words: &Words<'_>, language: &str) -> Self {
        let start = super::acts::skip_marker(words);
        let obligation = inherited(&self, words, start, language);
        let dangling = self.dangling && words.len() <= start;
        let lists_parts = self.lists_parts || lists_parts(words);
        Self { force: Force { obligation, ..self.force }, dangling, lists_parts }
    }
}

/// The force of a whole lead-in: of its last piece that has one, as "podrá:" has it before
/// "modificar:". No sentence may end in between, and no piece may state something of its own.
pub(super) fn of_lead_ins(pieces: &[ReadText<'_>], setting: Setting<'static>) -> Option<(usize, LeadForce)> {
    for (index, words) in pieces.iter().enumerate().rev() {
        if is_recital(words, setting.language) {
            continue;
        }
        if let Some(lead) = of_lead_in(words, setting) {
            let later = pieces[index + 1..].iter();
            return Some((index, later.fold(lead, |lead, words| lead.softened(words, setting.language))));
        }
        if states(words) && !index.checked_sub(1).is_some_and(|before| opens_statement(&pieces[before])) {
            return None;
        }
    }
    None
}

/// "Recalling its resolutions, and striving to reach all,": a recital binds nobody, whatever it governs.
fn is_recital(words: &Words<'_>, language: &str) -> bool {
    let grammar = super::grammar::grammar(language);
    words.text().trim_end().ends_with(',')
        && grammar.is_some_and(|grammar| super::acts::is_recital(words, grammar))
}

/// Whether what follows is a statement within the sentence of these words: "shall ensure that:", "shall
/// not apply unless:".
fn opens_statement(words: &Words<'_>) -> bool {
    let last = words.len().saturating_sub(1);
    phrases::BEFORE_STATEMENTS.contains(&words.at(last)) && words.gap(words.len()).trim() == ":"
}

/// Whether a piece of a lead-in is a sentence of its own: "(c) information means:".
fn states(words: &Words<'_>) -> bool {
    // "a product that is new", "where the good is made", "and include in its Schedule": of a part of
    // the sentence only. What a relative clause includes is told by examples.
    const RELATIVE: &[&str] = &["that", "which", "who", "where", "que", "qui", "donde", "dont", "où"];
    const JOINED: &[&str] = &["to", "and", "or", "not", "et", "y", "ou"];
    const REACH: usize = 6;
    let is_relative = |place: usize| {
        (1..=place.min(REACH))
            .take_while(|back| !words.gap(place + 1 - back).contains([',', ';', ':']))
            .any(|back| RELATIVE.contains(&words.before(place, back)))
    };
    let gives_examples =
        |place: usize| ["inclu", "compren"].iter().any(|stem| words.at(place).starts_with(stem));
    let is_partial = |place: usize| {
        JOINED.contains(&words.before(place, 1)) || is_relative(place) && !gives_examples(place)
    };
    let ends = super::acts::without_note_marks(words.text()).ends_with(['.', ';', '?', '!']);
    let verb = |place: usize| phrases::STATING_VERBS.contains(&words.at(place)) && !is_partial(place);
    ends || (0..words.len()).any(verb)
}

/// Most words between a modal and the end of its lead-in: "se compromete, además, a:".
const MOST_BEHIND: usize = 2;

/// The force of the last sentence of a lead-in that waits for its completion: the strongest, but the one that
/// ends it where it is joined on ("shall support the towns, and agree to:").
fn of_lead_in(piece: &ReadText<'_>, setting: Setting<'static>) -> Option<LeadForce> {
    let words: &Words<'_> = piece;
    let text = super::acts::without_note_marks(words.text());
    let last = words.len().checked_sub(1)?;
    if text.ends_with(['.', ';', '?', '!']) {
        return None;
    }
    let from = words.sentence_start(last);
    let forces = piece.forces(setting);
    let forces = &forces[forces.partition_point(|force| force.first < from)..];
    let is_dangling = |force: &Force| force.last + MOST_BEHIND >= last;
    let is_joined = |force: &&Force| {
        is_dangling(force) && force.first > from && ["and", "et", "y"].contains(&words.before(force.first, 1))
    };
    let strongest = forces.iter().min_by_key(|force| force.obligation);
    let force = *forces.last().filter(is_joined).or(strongest)?;
    Some(LeadForce { force, dangling: is_dangling(&force), lists_parts: lists_parts(words) })
}

/// Whether a lead-in names what something is made of or weighed by: its items are bare names.
fn lists_parts(words: &Words<'_>) -> bool {
    const REACH: usize = 5;
    let end = words.len();
    (end.saturating_sub(REACH)..end).any(|place| words.phrase_of(place, phrases::OF_PARTS).is_some())
}

/// The force that a clause has from its lead-in, given its own first words. What a word means is
/// no duty, though "the following definitions shall apply:" stands before it.
pub(super) fn inherited(lead: &LeadForce, words: &Words<'_>, start: usize, language: &str) -> Obligation {
    if defines(words, start) || lead.lists_parts && !has_verb(words, start, language) {
        return Obligation::None;
    }
    let firm = [Obligation::Duty, Obligation::QualifiedDuty, Obligation::Commitment]
        .contains(&lead.force.obligation);
    let soft = match language {
        "en" => english::is_soft(words, english::skip_adverbs(words, start)),
        "fr" | "es" => romance::is_soft(words, start),
        _ => false,
    };
    let forbids = ["not", "refrain", "abstain"].contains(&words.at(start));
    let not_bound = language == "en" && firm && lead.dangling && forbids;
    match (lead.dangling, firm) {
        _ if not_bound => Obligation::Prohibition,
        (true, true) if soft => Obligation::BestEndeavour,
        _ => lead.force.obligation,
    }
}

/// Whether a piece says something of its own: then it is no bare name of a part.
fn has_verb(words: &Words<'_>, start: usize, language: &str) -> bool {
    const VERBS: &[&str] = &["is", "are", "has", "have", "est", "sont", "es", "son"];
    let setting = Setting { language, in_article: false, binds: true };
    (start..words.len()).any(|place| VERBS.contains(&words.at(place)))
        || !forces(words, start..words.len(), setting).is_empty()
}

/// Most words of a term that is defined.
const LONGEST_TERM: usize = 14;

/// "fish means living aquatic animals", but not "by means of".
fn defines(words: &Words<'_>, start: usize) -> bool {
    const VERBS: &[&str] = &["means", "mean", "significa", "significan", "désigne", "désignent"];
    // "“writing” includes an electronic form".
    const INCLUDES: &[&str] = &["includes", "include", "incluye", "incluyen", "comprend", "comprennent"];
    let end = words.sentence_end(start).min(start + LONGEST_TERM);
    let is_quoted = (start..end).any(|at| words.quoted(at));
    if is_quoted && (start + 1..end).any(|at| INCLUDES.contains(&words.at(at))) {
        return true;
    }
    (start + 1..end).take_while(|at| !words.gap(*at).contains([',', ';', ':'])).any(|at| {
        VERBS.contains(&words.at(at))
            && !phrases::NO_TERM_BEFORE.contains(&words.at(at - 1))
            && !phrases::NO_TERM_BEHIND.contains(&words.at(at + 1))
    })
}

/// Whether one of `list` stands among the `n` words before `place`, in the same sentence and
/// with no comma between.
fn stands_before(words: &Words<'_>, place: usize, n: usize, list: &[&str]) -> bool {
    let sentence = words.sentence(place);
    let mut at = place;
    for _ in 0..n {
        if at == 0 || words.sentence(at - 1) != sentence || words.gap(at).contains([',', ':', '(', ')']) {
            return false;
        }
        at -= 1;
        if list.contains(&words.at(at)) {
            return true;
        }
    }
    false
}

/// Whether the sentence of `place` qualifies what it asks: before its verb or behind it, but not within
/// another thing asked ("penalties and, where appropriate, sanctions", "that may be used if possible").
fn is_qualified(words: &Words<'_>, place: usize, qualifiers: &Phrases) -> bool {
    let is_partial = |at: usize| {
        (1..4).any(|back| at > place + back && phrases::PARTIAL.contains(&words.before(at, back)))
    };
    words
        .passing(words.sentence_start(place)..words.sentence_end(place), qualifiers.first())
        .any(|at| words.phrase_among(at, qualifiers).is_some() && (at < place || !is_partial(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The force of a clause behind the pieces of its lead-in, parted by " ... ".
    fn check(language: &'static str, lead_in: &str, clause: &str, expected: &str) {
        let setting = Setting { language, in_article: true, binds: true };
        let words = ReadText::of(clause);
        let pieces: Vec<ReadText<'_>> =
            lead_in.split(" ... ").filter(|piece| !piece.is_empty()).map(ReadText::of).collect();
        let start = super::super::acts::skip_marker(&words);
        let of_lead =
            of_lead_ins(&pieces, setting).map(|(_, lead)| inherited(&lead, &words, start, language));
        let own = strongest(&words, setting).map(|force| force.obligation);
        let found = own.into_iter().chain(of_lead).min().unwrap_or(Obligation::None);
        assert_eq!(found.as_str(), expected, "{lead_in} {clause}");
    }

    #[test]
    fn a_qualifier_softens_its_own_duty_only() {
        check("en", "", "Each Party shall, where appropriate, publish the decision.", "qualified duty");
        check("en", "", "To the extent possible, each Party shall publish it.", "qualified duty");
        check(
            "en",
            "",
            "Each Party shall provide for civil and, where appropriate, criminal sanctions.",
            "duty",
        );
        check("en", "", "They shall keep records that may be read, if possible, by the public.", "duty");
        check("es", "", "Cada Parte preverá sanciones civiles y, cuando corresponda, penales.", "duty");
        check("es", "", "El párrafo se aplicará únicamente en la medida en que se haya acordado.", "duty");
        check("es", "", "Se reunirán, cuando lo consideren necesario, en línea.", "qualified duty");
    }

    #[test]
    fn names_and_meanings_bind_nobody() {
        check("en", "", "This Act may be cited as the Lamp Act, 2050.", "none");
        check("en", "", "a) the term “lamps” shall comprise every kind of light:", "none");
        check("en", "a) the term “lamps” shall comprise:", "(i) wicks and oil;", "none");
        check("en", "", "The fee for “lamps” shall include the test.", "duty");
    }

    #[test]
    fn powers_are_granted() {
        check("en", "", "The Keeper shall have power to test lamps.", "permission");
        let lead = "5. The Guild shall subject to approval of the Council have the power to—";
        check("en", lead, "(a) test lamps; and", "permission");
        check("en", "", "The Guild shall be empowered to hold lamps.", "permission");
        check("en", "", "The Guild shall not have power to tax wicks.", "prohibition");
        check("en", "", "The Guild shall subject to this Act keep a register.", "duty");
    }

    #[test]
    fn measures_can_be_forbidden_and_texts_be_limited() {
        check("en", "", "Such restrictions shall not constitute a means of discrimination.", "prohibition");
        check("en", "", "No restrictive measures shall apply to payments.", "prohibition");
        check("en", "", "No provision of this Agreement shall apply to taxes.", "none");
        check("en", "", "No such measures can be introduced after three years.", "prohibition");
        check("en", "", "If the price cannot be determined, the Parties confer.", "none");
        check("en", "", "EachPartyshallrefrain fromapplying any measure.", "prohibition");
        check("es", "", "Una Parte no será requerida a derogar su legislación.", "permission");
        check("es", "", "Un bien no tendrá que satisfacerlo.", "permission");
        check("es", "", "El plazo no podrá resultar en una reducción.", "prohibition");
        check("es", "", "Ninguna disposición será interpretada en el sentido de obligarla.", "none");
        check("es", "", "Establecen un Comité, que incluirá representantes de cada Parte.", "duty");
    }

    #[test]
    fn a_lead_in_binds_what_completes_it() {
        let ensures = "Each Party shall ensure that: ... (a) its measures are available, including:";
        check("en", ensures, "(i) conditions of use;", "duty");
        check("en", "The Committee shall have these tasks: ... (a) tasks are:", "(i) training;", "none");
        check("en", "The following definitions shall apply:", "(a) fish means living animals;", "none");
        check(
            "en",
            "For this Act:",
            "(a) “lamp form” means a form that must be filled in by a keeper;",
            "none",
        );
        check(
            "en",
            "",
            "It was arranged that kettles would be taxed, and that wicks may be left out.",
            "none",
        );
        check("en", "", "The outcome may be in breach of Article 6. A fair way may be to ask first.", "none");
        check(
            "en",
            "Each Party shall:",
            "(e) for this Article, “writing” includes electronic forms.",
            "none",
        );
        check("en", "", "Materials shall be, wherever they are made, considered to be originating.", "none");
        check("es", "", "El Capítulo no impone obligaciones, ni se aplicará a la residencia.", "none");
        check("en", "Members shall:", "(a) [refrain from imposing duties];", "prohibition");
        check("en", "Each Party shall encourage:", "(a) the use of electronic means for notices;", "duty");
    }
}
