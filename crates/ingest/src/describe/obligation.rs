//! How strongly a clause binds: its strongest sentence, and the words that decided it.
//!
//! Each modal verb is weighed where it stands: its negation, the verb behind it ("shall
//! endeavour" is no duty), the clause around it ("reports that may be submitted" is no
//! permission) and the qualifiers of its sentence. Quoted words carry nothing. The order of
//! the rules and the lists are domain facts, rearranged.

mod english;
mod phrases;
mod present;
mod present_verbs;
mod romance;

use chapeau_document::Obligation;

use super::sieve::Phrases;
use super::words::Words;

/// A strength, with the first and last of the words that decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Force {
    pub(super) obligation: Obligation,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Where words stand, as far as their force depends on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    /// ISO 639-1.
    pub(super) language: &'a str,
    /// In articles the French present tense commands; elsewhere it narrates.
    pub(super) in_article: bool,
}

/// The strongest force of a text; the first of equals.
pub(super) fn strongest(words: &Words<'_>, setting: Setting<'_>) -> Option<Force> {
    let mut strongest: Option<Force> = None;
    for place in 0..words.len() {
        if let Some(found) = force_at(words, place, setting)
            && strongest.is_none_or(|known| found.obligation < known.obligation)
            && !words.quoted(place)
        {
            strongest = Some(found);
        }
    }
    strongest
}

fn force_at(words: &Words<'_>, place: usize, setting: Setting<'_>) -> Option<Force> {
    match setting.language {
        "en" => english::force_at(words, place),
        "fr" => romance::french(words, place, setting.in_article),
        "es" => romance::spanish(words, place),
        _ => None,
    }
}

/// What a lead-in lays upon the clauses that complete it.
#[derive(Clone, Copy, Debug)]
pub(super) struct LeadForce {
    pub(super) force: Force,
    /// Whether the verb itself is left to the clause: "Each Party shall:".
    dangling: bool,
}

impl LeadForce {
    /// What is left of the force behind a piece that completes it: "shall: (b) endeavour to:".
    fn softened(self, words: &Words<'_>, language: &str) -> Self {
        let start = super::acts::skip_marker(words);
        let obligation = inherited(&self, words, start, language);
        let dangling = self.dangling && words.len() <= start;
        Self { force: Force { obligation, ..self.force }, dangling }
    }
}

/// The force of a whole lead-in: of its last piece that has one, as "podrá:" has it before
/// "modificar:". No sentence may end in between, and no piece may state something of its own.
pub(super) fn of_lead_ins(pieces: &[Words<'_>], setting: Setting<'_>) -> Option<(usize, LeadForce)> {
    for (index, words) in pieces.iter().enumerate().rev() {
        if let Some(lead) = of_lead_in(words, setting) {
            let later = pieces[index + 1..].iter();
            return Some((index, later.fold(lead, |lead, words| lead.softened(words, setting.language))));
        }
        if states(words) {
            return None;
        }
    }
    None
}

/// Whether a piece of a lead-in is a sentence of its own: "(c) information means:".
fn states(words: &Words<'_>) -> bool {
    const VERBS: &[&str] = &[
        "means",
        "mean",
        "includes",
        "include",
        "is",
        "are",
        "applies",
        "apply",
        "significa",
        "significan",
        "incluye",
        "incluyen",
        "es",
        "son",
        "aplica",
        "aplican",
        "désigne",
        "comprend",
        "comprennent",
        "est",
        "sont",
        "applique",
        "appliquent",
    ];
    let ends = words.text().trim_end().ends_with(['.', ';', '?', '!']);
    ends || (0..words.len()).any(|place| VERBS.contains(&words.at(place)))
}

/// Most words between a modal and the end of its lead-in: "se compromete, además, a:".
const MOST_BEHIND: usize = 2;

/// The force of the last sentence of a lead-in that waits for its completion.
fn of_lead_in(words: &Words<'_>, setting: Setting<'_>) -> Option<LeadForce> {
    let text = words.text().trim_end();
    let last = words.len().checked_sub(1)?;
    if text.ends_with(['.', ';', '?', '!']) {
        return None;
    }
    let from = (0..=last).rev().find(|place| words.opens_sentence(*place))?;
    let found = (from..=last).filter_map(|place| force_at(words, place, setting));
    let force = found.filter(|force| !words.quoted(force.first)).min_by_key(|force| force.obligation)?;
    Some(LeadForce { force, dangling: force.last + MOST_BEHIND >= last })
}

/// The force that a clause has from its lead-in, given its own first words.
pub(super) fn inherited(lead: &LeadForce, words: &Words<'_>, start: usize, language: &str) -> Obligation {
    let firm = [Obligation::Duty, Obligation::QualifiedDuty, Obligation::Commitment]
        .contains(&lead.force.obligation);
    let soft = match language {
        "en" => english::is_soft(words, english::skip_adverbs(words, start)),
        "fr" | "es" => romance::is_soft(words, start),
        _ => false,
    };
    let not_bound = language == "en" && firm && lead.dangling && words.at(start) == "not";
    match (lead.dangling, firm) {
        _ if not_bound => Obligation::Prohibition,
        (true, true) if soft => Obligation::BestEndeavour,
        _ => lead.force.obligation,
    }
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

/// Whether the sentence of `place` qualifies what it asks.
fn is_qualified(words: &Words<'_>, place: usize, qualifiers: &Phrases) -> bool {
    let mut first = place;
    while first > 0 && !words.opens_sentence(first) {
        first -= 1;
    }
    (first..words.sentence_end(place)).any(|at| words.phrase_among(at, qualifiers).is_some())
}
