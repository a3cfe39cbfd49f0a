//! What a clause does: the acts of its verbs, in order, each with its actor, addressee and deadline.
//!
//! A clause's first act is its own opening verb if that is an act ("To instruct ..."), else the
//! verb of the chapeau that it completes ("Decides:" before "To continue ..."). Further acts
//! follow in mid-paragraph ("In that regard, we instruct ...").

mod following;
mod opening;

use chapeau_document::{Act, ActOf};

use super::addressee;
use super::deadline::{self, Deadline};
use super::grammar::{Grammar, Starts};
use super::obligation::ReadText;
use super::subject;
use super::verbs::{Form, Verb, verb_at};
use super::words::Words;
use following::{act_at, is_acronym};
pub(super) use opening::skip_marker;
use opening::{opening, opens_with_infinitive, skip_adverbs};

/// What a clause's acts depend on beside its own words.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) grammar: &'static Grammar,
    /// The words at which its acts may begin, see [`Grammar::starts`].
    pub(super) starts: &'a Starts,
    /// The body whose document it is.
    pub(super) body: Option<&'a str>,
    /// What the chapeau says.
    pub(super) lead: Option<&'a LeadActs>,
    /// Whether the clause is a recital.
    pub(super) recital: bool,
    /// Whether the clause stands in an article: there only the parties act, and what a body
    /// decides is what it has to do.
    pub(super) in_article: bool,
    /// Whether the document tells of a meeting: what a body did there, it did.
    pub(super) of_meeting: bool,
    /// Whether a heading says that the clause is a recommendation: an order to the reader acts there.
    pub(super) is_recommended: bool,
}

impl Setting<'_> {
    /// Whether the lead-in names who acts, or how.
    fn is_governed(&self) -> bool {
        self.lead.is_some_and(|lead| lead.act.is_some() || lead.subject.is_some())
    }
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
    /// Whether it ends in "as follows": whole sentences stand behind it, not what completes it.
    pub(super) as_follows: bool,
    /// Whether it ends in "that": whole sentences complete it.
    pub(super) that: bool,
}

/// An act as found: where, and who does it if the text names one there.
struct Found {
    place: usize,
    n_words: usize,
    act: Act,
    form: Form,
    actor: Option<String>,
    /// Who is asked, if the text names them before the verb: "The towns are invited to".
    asked: Option<String>,
    inherited: bool,
}

/// What a clause does.
pub(super) struct Acts {
    /// In order.
    pub(super) acts: Vec<ActOf>,
    /// Whether it opens with an act of its own that completes no lead-in: "We call upon".
    pub(super) is_sentence: bool,
}

/// The acts of a clause.
pub(super) fn acts(words: &Words<'_>, setting: &Setting<'_>) -> Acts {
    let found = find(words, setting);
    let ends = found.iter().skip(1).map(|next| next.place).chain([words.len()]).collect::<Vec<_>>();
    let start = skip_marker(words);
    let is_sentence = found.first().is_some_and(|first| {
        let has_subject = first.place > start && first.form != Form::Participle;
        let completes = setting.lead.is_some_and(|lead| lead.that);
        let infinitive = setting.grammar.to.contains(&words.at(start));
        !first.inherited && has_subject && !completes && !infinitive
    });
    let acts = found.iter().zip(ends).map(|(found, end)| complete(words, setting, found, end)).collect();
    Acts { acts, is_sentence }
}

/// What a lead-in says: its last act, if the words after it leave it open, and its subject.
pub(super) fn lead_acts(pieces: &[ReadText<'_>], setting: &Setting<'_>) -> LeadActs {
    let subject = pieces.iter().find_map(|piece| subject::bare(piece, setting.grammar));
    let of_recitals = setting.recital;
    let body = subject.clone();
    let named = LeadActs { subject: subject.clone(), ..LeadActs::default() };
    let setting =
        Setting { body: setting.body.or(body.as_deref()), recital: false, lead: Some(&named), ..*setting };
    let open = pieces.last().filter(|piece| {
        let recital =
            !of_recitals && piece.text().trim_end().ends_with(',') && is_recital(piece, setting.grammar);
        is_open(piece.text()) && !recital
    });
    let act = open.and_then(|piece| {
        let found = find(piece, &setting);
        let is_of_last_sentence =
            |last: &&Found| piece.sentence(last.place) == piece.sentence(piece.len().saturating_sub(1));
        let governing = of_recitals.then(|| governing(piece, setting.grammar)).flatten();
        let joined = joined_on(piece, &setting);
        let last = governing
            .as_ref()
            .or(joined.as_ref())
            .or(found.last())
            .filter(is_of_last_sentence)
            .filter(|last| words_after(piece, last) <= LONGEST_OPEN_END)?;
        Some(complete(piece, &setting, last, piece.len()))
    });
    let is_we = pieces.iter().any(|piece| subject::is_we(piece, setting.grammar));
    let ends_in = |phrases: &[&str]| pieces.last().is_some_and(|piece| ends_in(piece, phrases));
    let as_follows = ends_in(&["as follows", "ce qui suit", "lo siguiente"]);
    let that = ends_in(&["that", "que", "qu"]);
    LeadActs { act, subject, is_we, as_follows, that }
}

fn ends_in(words: &Words<'_>, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let n_words = phrase.split(' ').count();
        words.len().checked_sub(n_words).is_some_and(|place| words.is_phrase(place, phrase))
    })
}

/// Whether words open as a recital does: "Recalling", "Conscious of".
pub(super) fn is_recital(words: &Words<'_>, grammar: &Grammar) -> bool {
    let first = skip_adverbs(words, skip_marker(words), grammar);
    verb_at(words, first, grammar.language).is_some_and(|verb| verb.form == Form::Participle)
}

/// "Each Party shall support the towns, and agrees to:": the verb that a lead-in ends with.
fn joined_on(words: &Words<'_>, setting: &Setting<'_>) -> Option<Found> {
    let grammar = setting.grammar;
    let place = words.len().checked_sub(2)?;
    let verb = verb_at(words, place, grammar.language).filter(|verb| verb.form != Form::Participle)?;
    let joins = place > 2 && grammar.and.contains(&words.at(place - 1));
    let promises = [Act::Agree, Act::Decide, Act::Undertake, Act::Resolve].contains(&verb.act);
    (joins && promises && grammar.to.contains(&words.at(place + 1))).then(|| new_found(place, verb, None))
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
    !without_note_marks(text).ends_with(['.', ';', '?', '!'])
}

/// A text without the marks of notes at its end: "is given.¹²".
pub(super) fn without_note_marks(text: &str) -> &str {
    const RAISED: &[char] = &['¹', '²', '³', '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '*', '”', '"', '»', ')'];
    let bare = text.trim_end().trim_end_matches(RAISED);
    if bare.ends_with(['.', ';', '?', '!']) { bare } else { text.trim_end() }
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
    // In an article nothing else begins the first act.
    let by_subject = setting.in_article && !setting.of_meeting && !setting.grammar.we.is_empty();
    while place < words.len() {
        if by_subject && found.is_empty() {
            let next = words.passing(place..words.len(), &starts.subjects).next();
            place = next.unwrap_or(words.len());
        }
        let may_join = || words.passes(place, &starts.joiners) || words.after_comma(place);
        let may_start = words.passes(place, &starts.subjects)
            || !found.is_empty() && may_join()
            || (setting.grammar.we.is_empty() && words.at(place).ends_with("mos"))
            || (setting.of_meeting && words.opens_sentence(place))
            || (!setting.in_article && words.is_capital(place) && is_acronym(words.printed(place)));
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
    let lead = setting.lead?;
    // Behind "decides as follows:" only "To continue ..." completes the sentence.
    let completes = !lead.as_follows || opens_with_infinitive(words, start, setting.grammar);
    let lead = lead.act.as_ref().filter(|_| completes)?;
    (words.len() > start).then(|| Found {
        place: start,
        n_words: 0,
        act: lead.act,
        form: Form::Base,
        actor: lead.actor.clone(),
        asked: None,
        inherited: true,
    })
}

fn new_found(place: usize, verb: Verb, actor: Option<String>) -> Found {
    let Verb { act, form, n_words, .. } = verb;
    Found { place, n_words, act, form, actor, asked: None, inherited: false }
}

/// Whether a participle in mid-sentence is still an act and no mere circumstance ("establishing").
fn is_statement(act: Act) -> bool {
    use Act::{
        Commend, Condemn, Consider, Emphasize, Express, Note, Reaffirm, Recall, Recognize, Reiterate,
        TakeNote, Welcome,
    };
    let statements = [
        Commend, Condemn, Consider, Emphasize, Express, Note, Reaffirm, Recall, Recognize, Reiterate,
        TakeNote, Welcome,
    ];
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
        None if found.asked.is_some() => found.asked.clone(),
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
