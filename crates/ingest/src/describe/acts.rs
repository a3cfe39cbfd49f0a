//! What a clause does: the acts of its verbs, in order, each with its actor, addressee and deadline.
//!
//! A clause's first act is its own opening verb if that is an act ("To instruct ..."), else the
//! verb of the chapeau that it completes ("Decides:" before "To continue ..."). Further acts
//! follow in mid-paragraph ("In that regard, we instruct ...").

use chapeau_document::{Act, ActOf};

use super::addressee;
use super::deadline::{self, Deadline};
use super::grammar::Grammar;
use super::sieve::Sieve;
use super::subject;
use super::verbs::{Form, Verb, verb_at};
use super::words::Words;

/// What a clause's acts depend on beside its own words.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) grammar: &'static Grammar,
    /// The words at which its acts may begin, see [`Grammar::starts`].
    pub(super) starts: &'a Sieve,
    /// The body whose document it is.
    pub(super) body: Option<&'a str>,
    /// What the chapeau says.
    pub(super) lead: Option<&'a LeadActs>,
    /// Whether the clause is a recital.
    pub(super) recital: bool,
    /// Whether the clause stands in an article: there only the parties act, and what a body
    /// decides is what it has to do.
    pub(super) in_article: bool,
}

/// What the lead-in of a clause says of its acts.
#[derive(Clone, Debug, Default)]
pub(super) struct LeadActs {
    /// The act that the clause completes.
    pub(super) act: Option<ActOf>,
    /// Who acts: "The Ministerial Conference,".
    pub(super) subject: Option<String>,
    /// Whether those who act say "We, the Ministers,": their verbs need no subject.
    pub(super) is_we: bool,
}

/// An act as found: where, and who does it if the text names one there.
struct Found {
    place: usize,
    n_words: usize,
    act: Act,
    form: Form,
    actor: Option<String>,
    inherited: bool,
}

/// The acts of a clause, in order.
pub(super) fn acts(words: &Words<'_>, setting: &Setting<'_>) -> Vec<ActOf> {
    let found = find(words, setting);
    let ends = found.iter().skip(1).map(|next| next.place).chain([words.len()]).collect::<Vec<_>>();
    found.iter().zip(ends).map(|(found, end)| complete(words, setting, found, end)).collect()
}

/// What a lead-in says: its last act, if the words after it leave it open, and its subject.
pub(super) fn lead_acts(pieces: &[Words<'_>], setting: &Setting<'_>) -> LeadActs {
    let subject = pieces.iter().find_map(|piece| subject::bare(piece, setting.grammar));
    let of_recitals = setting.recital;
    let body = subject.clone();
    let setting = Setting { body: setting.body.or(body.as_deref()), recital: false, ..*setting };
    let open = pieces.last().filter(|piece| is_open(piece.text()));
    let act = open.and_then(|piece| {
        let found = find(piece, &setting);
        let is_of_last_sentence =
            |last: &&Found| piece.sentence(last.place) == piece.sentence(piece.len().saturating_sub(1));
        let governing = of_recitals.then(|| governing(piece, setting.grammar)).flatten();
        let last = governing
            .as_ref()
            .or(found.last())
            .filter(is_of_last_sentence)
            .filter(|last| words_after(piece, last) <= LONGEST_OPEN_END)?;
        Some(complete(piece, &setting, last, piece.len()))
    });
    let is_we = pieces.iter().any(|piece| subject::is_we(piece, setting.grammar));
    LeadActs { act, subject, is_we }
}

/// The participle that words leave to the recitals after them: "The Parties, resolved to:".
fn governing(words: &Words<'_>, grammar: &Grammar) -> Option<Found> {
    (1..=3).find_map(|back| {
        let place = words.len().checked_sub(back)?;
        let verb = verb_at(words, place, grammar.language)?;
        let ends = place + verb.n_words + 1 >= words.len();
        (verb.form == Form::Participle && ends).then(|| new_found(place, verb, None))
    })
}

/// Most words that a chapeau has after its verb: "agree to provide technical assistance, on mutually
/// agreed terms and conditions, with a view to:". Longer ends belong to a sentence of their own.
const LONGEST_OPEN_END: usize = 30;

fn words_after(words: &Words<'_>, found: &Found) -> usize {
    words.len().saturating_sub(found.place + found.n_words)
}

/// Whether the words wait for their completion.
fn is_open(text: &str) -> bool {
    let text = text.trim_end();
    !text.ends_with(['.', ';', '?', '!'])
}

fn find(words: &Words<'_>, setting: &Setting<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let start = skip_marker(words);
    let mut place = start;
    if let Some(act) = opening(words, start, setting) {
        place = act.place + act.n_words;
        found.push(act);
    }
    let starts = setting.starts;
    while place < words.len() {
        let may_start = words.passes(place, starts)
            || words.gap(place).contains(',')
            || (setting.grammar.we.is_empty() && words.at(place).ends_with("mos"));
        if !may_start {
            place += 1;
            continue;
        }
        match act_at(words, place, found.last(), setting) {
            Some(act) if !words.quoted(act.place) => {
                place = act.place + act.n_words;
                found.push(act);
            }
            _ => place += 1,
        }
    }
    let opens = found.first().is_some_and(|first| {
        words.sentence(first.place) == words.sentence(start)
            && is_opening(words, start, first, setting.grammar)
    });
    if !opens && let Some(act) = inherited(words, start, setting) {
        found.insert(0, act);
    }
    found
}

/// Whether the act stands at the opening of the clause: nothing but its subject before it.
fn is_opening(words: &Words<'_>, start: usize, first: &Found, grammar: &Grammar) -> bool {
    first.place <= start + 1
        || first.actor.is_some() && first.place <= start + 6
        || (start..first.place).all(|place| {
            grammar.adverbs.contains(&words.at(place))
                || grammar.we.contains(&words.at(place))
                || grammar.to.contains(&words.at(place))
        })
}

/// The chapeau's act, for a clause without a verb of its own at its opening.
fn inherited(words: &Words<'_>, start: usize, setting: &Setting<'_>) -> Option<Found> {
    let lead = setting.lead?.act.as_ref()?;
    (words.len() > start).then(|| Found {
        place: start,
        n_words: 0,
        act: lead.act,
        form: Form::Base,
        actor: lead.actor.clone(),
        inherited: true,
    })
}

/// The place behind printed numbers and letters: "1.", "(a)".
pub(super) fn skip_marker(words: &Words<'_>) -> usize {
    let is_marker = |place: usize| {
        let word = words.at(place);
        let short = word.len() <= 4 && !word.is_empty();
        short && words.gap(place + 1).starts_with([')', '.', '°', 'º']) && place + 1 < words.len()
    };
    (0..3).take_while(|place| is_marker(*place)).count()
}

fn skip_adverbs(words: &Words<'_>, mut place: usize, grammar: &Grammar) -> usize {
    while grammar.adverbs.contains(&words.at(place)) && verb_at(words, place, grammar.language).is_none() {
        place += 1;
    }
    place
}

/// The act of the verb that the clause opens with.
fn opening(words: &Words<'_>, start: usize, setting: &Setting<'_>) -> Option<Found> {
    let grammar = setting.grammar;
    let first = skip_adverbs(words, start, grammar);
    if grammar.to.contains(&words.at(first)) && !setting.recital {
        let place = skip_adverbs(words, first + 1, grammar);
        return verb_at(words, place, grammar.language)
            .filter(|verb| verb.form == Form::Base && setting.lead.is_some_and(|lead| lead.act.is_some()))
            .map(|verb| new_found(place, verb, None));
    }
    let verb = verb_at(words, first, grammar.language)?;
    let completes_lead = setting.lead.is_some_and(|lead| lead.act.is_some() || lead.subject.is_some());
    let is_act = match verb.form {
        Form::Participle => {
            setting.recital
                || (start == 0 && !setting.in_article && ![Act::Other, Act::Consider].contains(&verb.act))
        }
        Form::Third => {
            let is_item = setting.in_article && !words.printed(first).starts_with(char::is_uppercase);
            !is_item && has_object(words, first, verb, grammar)
        }
        Form::First => grammar.we.is_empty(),
        Form::Base => {
            let is_ours = setting.lead.is_some_and(|lead| lead.is_we);
            completes_lead && (grammar.to.is_empty() || setting.recital || is_ours)
        }
    };
    is_act.then(|| new_found(first, verb, None))
}

fn new_found(place: usize, verb: Verb, actor: Option<String>) -> Found {
    Found { place, n_words: verb.n_words, act: verb.act, form: verb.form, actor, inherited: false }
}

/// "Requests the", not "requests from".
fn has_object(words: &Words<'_>, place: usize, verb: Verb, grammar: &Grammar) -> bool {
    let next = place + verb.n_words;
    verb.n_words > 1
        || next >= words.len()
        || words.gap(next).contains(':')
        || grammar.objects.contains(&words.at(next))
        || grammar.language == "es"
            && ["ar", "er", "ir"].iter().any(|ending| words.at(next).ends_with(ending))
        || words.printed(next).starts_with(char::is_uppercase)
}

/// An act whose subject or conjunction stands at `place`.
fn act_at(words: &Words<'_>, place: usize, last: Option<&Found>, setting: &Setting<'_>) -> Option<Found> {
    let grammar = setting.grammar;
    let word = words.at(place);
    if grammar.we.contains(&word) {
        return after_we(words, place, grammar);
    }
    if !word.is_empty() && word == grammar.hereby {
        return after_hereby(words, place, grammar);
    }
    if grammar.heads.contains(&word)
        && !(setting.in_article && BODIES.contains(&word))
        && let Some(found) = after_head(words, place, grammar)
    {
        return Some(found);
    }
    if grammar.we.is_empty()
        && word.ends_with("mos")
        && !grammar.subordinators.contains(&words.before(place, 1))
    {
        let verb = verb_at(words, place, grammar.language).filter(|verb| verb.form == Form::First)?;
        return Some(new_found(place, verb, None));
    }
    let last = last.filter(|last| words.sentence(last.place) == words.sentence(place) && !last.inherited)?;
    joined(words, place, last, grammar)
}

/// Heads of the names of bodies, in three languages.
const BODIES: &[&str] = &[
    "conference",
    "council",
    "committee",
    "body",
    "assembly",
    "commission",
    "conférence",
    "ministérielle",
    "conseil",
    "général",
    "comité",
    "assemblée",
    "conferencia",
    "ministerial",
    "consejo",
    "general",
    "asamblea",
    "comisión",
];

/// "we further instruct", "we, the Ministers, recognize".
fn after_we(words: &Words<'_>, place: usize, grammar: &Grammar) -> Option<Found> {
    let relative = ["which", "as", "whom", "what", "where", "que", "dont"];
    if relative.contains(&words.before(place, 1)) {
        return None;
    }
    let mut next = place + 1;
    if words.gap(next).contains(',') {
        next = (next + 1..(next + 16).min(words.len())).find(|place| words.gap(*place).contains(','))?;
    }
    let next = skip_adverbs(words, next, grammar);
    let form = if grammar.language == "en" { Form::Base } else { Form::First };
    let verb = verb_at(words, next, grammar.language).filter(|verb| verb.form == form)?;
    Some(new_found(next, verb, None))
}

/// "the Parties, consistent with ..., hereby establish", "An association is hereby established",
/// "hereby shall establish", "il est institué un comité": done by saying it.
fn after_hereby(words: &Words<'_>, place: usize, grammar: &Grammar) -> Option<Found> {
    let next = place + 1 + usize::from(words.at(place + 1) == "shall");
    let established = Verb { act: Act::Establish, form: Form::Third, n_words: 1 };
    if grammar.language == "fr" {
        const PHRASES: &[&str] = &["est créé", "est créée", "est institué", "est instituée", "est établi"];
        return words.phrase_of(next, PHRASES).map(|_| new_found(next + 1, established, None));
    }
    let passive = ["is", "are"].contains(&words.before(place, 1)) && words.at(next) == "established";
    let verb = verb_at(words, next, grammar.language).or(passive.then_some(established))?;
    (verb.form != Form::Participle).then(|| new_found(next, verb, None))
}

/// "the Parties reaffirm", "The General Council hereby decides"; not "if the Parties agree".
fn after_head(words: &Words<'_>, head: usize, grammar: &Grammar) -> Option<Found> {
    let next = skip_adverbs(words, after_aside(words, head), grammar);
    if words.sentence(next) != words.sentence(head) || words.gap(next).contains(['(', ':']) {
        return None;
    }
    let verb = verb_at(words, next, grammar.language).filter(|verb| {
        matches!(verb.form, Form::Third | Form::Base) && has_object(words, next, *verb, grammar)
    })?;
    let is_infinitive = verb.form == Form::Base && grammar.language != "en";
    let first = subject::start(words, head, grammar);
    if is_infinitive
        || subject::is_part(words, first)
        || grammar.subordinators.contains(&words.before(first, 1))
        || is_conditional(words, first, grammar)
    {
        return None;
    }
    Some(new_found(next, verb, Some(subject::without_article(words, first, head, grammar))))
}

/// Longest aside between a subject and its verb, in words.
const LONGEST_ASIDE: usize = 60;

/// The place of the verb: right behind the subject, or behind an aside between commas: "The Member
/// States, recognising the need for development, agree".
fn after_aside(words: &Words<'_>, head: usize) -> usize {
    let next = head + 1;
    if !words.gap(next).contains(',') {
        return next;
    }
    const OPENERS: &[&str] = &[
        "recognising",
        "recognizing",
        "acting",
        "having",
        "consistent",
        "desiring",
        "noting",
        "wishing",
        "acknowledging",
        "conscious",
        "mindful",
        "considering",
        "within",
        "pursuant",
        "statuant",
        "conscientes",
        "reconociendo",
        "de",
        "con",
        "en",
    ];
    let end = words.sentence_end(head).min(next + LONGEST_ASIDE);
    let closes = |place: &usize| words.gap(*place).contains(',') && words.at(*place) != "and";
    let last = OPENERS.contains(&words.at(next)).then(|| (next + 1..end).rev().find(closes)).flatten();
    last.unwrap_or(words.len())
}

/// "If a Party considers", "When an importing Party adopts": no act of the text.
fn is_conditional(words: &Words<'_>, first: usize, grammar: &Grammar) -> bool {
    let sentence = words.sentence(first);
    (1..=4.min(first))
        .take_while(|back| {
            words.sentence(first - back) == sentence && !words.gap(first + 1 - back).contains([',', ';', ':'])
        })
        .any(|back| grammar.conditions.contains(&words.at(first - back)))
}

/// "... and agree to deepen", ", urges Members": a verb joined to the last act.
fn joined(words: &Words<'_>, place: usize, last: &Found, grammar: &Grammar) -> Option<Found> {
    let by_word = grammar.and.contains(&words.at(place));
    if !by_word && !words.gap(place).contains(',') {
        return None;
    }
    let next = skip_adverbs(words, place, grammar);
    let next = if by_word && next == place { next + 1 } else { next };
    let verb = verb_at(words, next, grammar.language).filter(|verb| verb.form == last.form)?;
    let between = last.place + last.n_words..place;
    let promises = [Act::Agree, Act::Decide, Act::Undertake].contains(&verb.act);
    let takes_infinitive = between.clone().any(|place| grammar.to.contains(&words.at(place)))
        && !(is_statement(last.act) && promises);
    let is_act = match verb.form {
        Form::Base => !takes_infinitive && has_object(words, next, verb, grammar),
        Form::Third | Form::First => has_object(words, next, verb, grammar),
        Form::Participle => is_statement(verb.act),
    };
    is_act.then(|| new_found(next, verb, last.actor.clone()))
}

/// Whether a participle in mid-sentence is still an act and no mere circumstance ("establishing").
fn is_statement(act: Act) -> bool {
    use Act::{
        Consider, Emphasize, Express, Note, Reaffirm, Recall, Recognize, Reiterate, TakeNote, Welcome,
    };
    let statements =
        [Consider, Emphasize, Express, Note, Reaffirm, Recall, Recognize, Reiterate, TakeNote, Welcome];
    statements.contains(&act)
}

fn complete(words: &Words<'_>, setting: &Setting<'_>, found: &Found, end: usize) -> ActOf {
    let lead = setting.lead;
    let subject = || setting.body.map(str::to_owned).or_else(|| lead.and_then(|lead| lead.subject.clone()));
    let after = found.place + found.n_words;
    let end = end.min(words.sentence_end(found.place));
    let deadline = deadline_of(words, found.act, after..end, setting);
    let inherited = lead.and_then(|lead| lead.act.as_ref()).filter(|_| found.inherited);
    let addressee = match inherited {
        Some(lead) => lead.addressee.clone(),
        None => addressee::of(words, found.act, found.place + found.n_words, setting.grammar),
    };
    let (deadline, deadline_date) = deadline
        .or_else(|| inherited.and_then(of_lead))
        .map_or((None, None), |deadline| (Some(deadline.words), deadline.date));
    ActOf { act: found.act, actor: found.actor.clone().or_else(subject), addressee, deadline, deadline_date }
}

/// What the chapeau asks is due by its time.
fn of_lead(lead: &ActOf) -> Option<Deadline> {
    Some(Deadline { words: lead.deadline.clone()?, date: lead.deadline_date })
}

/// By when it is to be done; what is recalled or noted is not to be done at all.
fn deadline_of(
    words: &Words<'_>,
    act: Act,
    places: std::ops::Range<usize>,
    setting: &Setting<'_>,
) -> Option<Deadline> {
    let language = setting.grammar.language;
    if is_statement(act) {
        return None;
    }
    if addressee::asks(act) && !setting.recital {
        return deadline::of_asked(words, places.start, places.end, language);
    }
    deadline::find(words, places.start, places.end, language)
}
