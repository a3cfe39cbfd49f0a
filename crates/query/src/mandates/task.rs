//! Who is asked to do what in a clause: from its acts, and from what bodies shall do.

use chapeau_document::{Act, ActOf, ClauseRecord, Kind, Part};
use chapeau_index::sentences;

use super::due::{Due, due};
use super::{MandateKind, State};

/// Something that somebody is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) kind: MandateKind,
    pub(super) act: Option<Act>,
    pub(super) asked_by: Option<String>,
    pub(super) asked: Option<String>,
    pub(super) task: String,
    pub(super) due: Due,
}

impl Task {
    /// How it stands on a day.
    pub(super) fn state(&self, at: chapeau_document::Date) -> State {
        match self.due.dates.iter().max() {
            None => State::Undated,
            Some(last) if *last < at => State::Lapsed,
            Some(_) => State::Open,
        }
    }
}

/// The acts that ask somebody to do something.
pub(super) const ASKING: &[Act] = &[
    Act::Instruct,
    Act::Request,
    Act::Invite,
    Act::Authorize,
    Act::CallOn,
    Act::Urge,
    Act::Encourage,
    Act::Recommend,
];

/// The acts by which a body takes something upon itself or others.
pub(super) const PROMISING: &[Act] = &[Act::Agree, Act::Decide, Act::Undertake, Act::Resolve];

/// Heads of the names of bodies.
pub(super) const BODIES: &[&str] = &[
    "Committee",
    "Subcommittee",
    "Council",
    "Commission",
    "Conference",
    "Secretariat",
    "Board",
    "Group",
    "Body",
    "Forum",
    "Director-General",
];

/// All that somebody is to do by this clause, in the order of its words.
pub(super) fn tasks(clause: &ClauseRecord) -> Vec<Task> {
    if clause.part == Part::Preambular || !clause.unit.is_hit() {
        return Vec::new();
    }
    let text = unmarked(&clause.text);
    let said: Vec<&str> = sentences(text).into_iter().map(|span| span.of(text)).collect();
    let mut tasks: Vec<Task> = Vec::new();
    let mut next = 0;
    for act in &clause.acts {
        if ASKING.contains(&act.act) {
            tasks.extend(asked(act, &said, clause));
        } else if PROMISING.contains(&act.act)
            && let Some((at, task)) = promised(act, &said, next, clause)
        {
            next = at + 1;
            tasks.push(task);
        }
    }
    tasks.extend(expiries(&said, clause, &tasks));
    if tasks.is_empty() {
        tasks.extend(of_body(&said, text, clause));
    }
    tasks
}

fn is_treaty(clause: &ClauseRecord) -> bool {
    matches!(clause.kind, Kind::Agreement | Kind::Protocol)
}

/// Without the number or bullet in front.
fn unmarked(text: &str) -> &str {
    let text = text.trim().trim_start_matches(['-', '•', '–', '*', '·', '#']).trim_start();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let bare = first.trim_matches(['(', ')', '.', '[', ']']);
    let is_number = first.ends_with([')', '.'])
        && bare.len() <= 4
        && !bare.is_empty()
        && (bare.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
            || first.ends_with(')')
            || bare.len() == 1);
    if is_number && !rest.is_empty() { rest.trim_start() } else { text }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_end(task: &str) -> String {
    let bare = |task: &str| task.trim().trim_end_matches(['.', ',', ';', ':']).trim_end().to_owned();
    let task = bare(task);
    let end = [" and", " or"].iter().find_map(|word| task.strip_suffix(word));
    end.map(bare).unwrap_or(task)
}

/// What an act asks of its addressee.
fn asked(act: &ActOf, said: &[&str], clause: &ClauseRecord) -> Option<Task> {
    let lines: Vec<String> = said.iter().map(|sentence| one_line(sentence)).collect();
    let (sentence, task) = match &act.addressee {
        Some(addressee) => lines
            .iter()
            .find_map(|line| Some((line.clone(), behind(line, act.act, addressee)?)))
            .or_else(|| below(&lines, addressee, clause))?,
        None => {
            let line = lines.iter().find(|line| verb_end(line, act.act).is_some())?;
            (line.clone(), line.get(verb_end(line, act.act)?..)?.to_owned())
        }
    };
    let task = task.trim_start_matches([',', ' ']);
    let task = without_end(task.strip_prefix("to ").unwrap_or(task));
    let known = act.deadline.as_deref().map(|words| (words, act.deadline_date));
    // Of "We urge Members to:" the items are the tasks.
    let is_task = !task.is_empty() && task != "to" && !sentence.ends_with(':');
    is_task.then(|| Task {
        kind: MandateKind::Task,
        act: Some(act.act),
        asked_by: act.actor.clone(),
        asked: act.addressee.clone(),
        due: due(&sentence, known),
        task,
    })
}

/// What stands behind the addressee, where the verb of the act stands before it.
fn behind(line: &str, act: Act, addressee: &str) -> Option<String> {
    let verb = verb_end(line, act)?;
    let at = line.get(verb..)?.find(addressee)?;
    line.get(verb + at + addressee.len()..).map(str::to_owned)
}

/// Below a lead-in that names the addressee, the clause is the task: its first sentence.
fn below(lines: &[String], addressee: &str, clause: &ClauseRecord) -> Option<(String, String)> {
    let lead = one_line(clause.lead_in.as_deref()?);
    let first = lines.first()?;
    lead.contains(addressee).then(|| (first.clone(), first.clone()))
}

/// The byte behind the verb of an act: "instructs", "requested", "call on".
fn verb_end(line: &str, act: Act) -> Option<usize> {
    let stems: &[&str] = match act {
        Act::Instruct => &["instruct", "direct", "mandat", "charg", "encarg"],
        Act::Request => &["request", "ask", "pri", "demand", "pide", "solicit"],
        Act::Invite => &["invit"],
        Act::Authorize => &["authori", "autori"],
        Act::CallOn => &["call", "exhort"],
        Act::Urge => &["urge", "inst", "exhort"],
        Act::Encourage => &["encourag", "alient", "alent"],
        _ => &["recommend", "recomm", "recom"],
    };
    let mut from = 0;
    for word in line.split(' ') {
        let end = from + word.len();
        let bare = word.trim_start_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        if stems.iter().any(|stem| bare.starts_with(stem)) {
            return Some(end);
        }
        from = end + 1;
    }
    None
}

/// What an act promises, and in which sentence: "that Members will maintain", "we agree to hold", and
/// under a chapeau "To continue".
fn promised(act: &ActOf, said: &[&str], from: usize, clause: &ClauseRecord) -> Option<(usize, Task)> {
    let is_item = clause.lead_in.as_deref().is_some_and(|lead| lead.trim_end().ends_with(':'));
    let mut found = said.iter().enumerate().skip(from).filter_map(|(at, sentence)| {
        let line = one_line(sentence);
        let (agent, task) = that_they_will(&line).or_else(|| to_do(&line, act.act, is_item))?;
        Some((at, line.clone(), agent, task))
    });
    let (at, line, agent, task) = found.next()?;
    let known = act.deadline.as_deref().map(|words| (words, act.deadline_date));
    let due = due(&line, known);
    let is_until = due.words.as_deref().is_some_and(|words| words.to_lowercase().starts_with("until"));
    let subject = agent.or_else(|| act.actor.clone());
    let is_of_body = subject.as_deref().is_some_and(names_body);
    if is_treaty(clause) && !is_of_body && due.dates.is_empty() {
        return None;
    }
    let kind = if is_until { MandateKind::Expiry } else { MandateKind::Commitment };
    let (act, asked_by) = (Some(act.act), act.actor.clone());
    Some((at, Task { kind, act, asked_by, asked: subject, task, due }))
}

/// "that Members will maintain ...": who, and what.
fn that_they_will(line: &str) -> Option<(Option<String>, String)> {
    let lower = line.to_lowercase();
    let start = if lower.starts_with("that ") { 5 } else { lower.find(" that ")? + 6 };
    let rest = line.get(start..)?;
    let (at, n_bytes) =
        [" will ", " shall "].iter().filter_map(|verb| Some((rest.find(verb)?, verb.len()))).min()?;
    let agent = rest[..at].trim();
    let is_short = agent.split_whitespace().count() <= MOST_AGENT && !agent.contains([',', ';']);
    let task = without_end(&rest[at + n_bytes..]);
    (is_short && !task.is_empty()).then(|| (Some(without_article(agent)), task))
}

/// Longest name of whoever is to do something, in words.
const MOST_AGENT: usize = 12;

/// "we agree to hold ...", "To continue ...".
fn to_do(line: &str, act: Act, is_item: bool) -> Option<(Option<String>, String)> {
    if let Some(task) = line.strip_prefix("To ").filter(|_| is_item) {
        return Some((None, without_end(task)));
    }
    let stem = act.as_str();
    let lower = line.to_lowercase();
    for (at, _) in lower.match_indices(stem) {
        let after = line.get(at + stem.len()..)?;
        let verb_ends = after.starts_with([' ', 's', 'd']) || after.starts_with("es ");
        let is_near = after.split_whitespace().take(3).any(|word| word == "to");
        if let Some((_, task)) = after.split_once(" to ").filter(|_| verb_ends && is_near) {
            return Some((None, without_end(task)));
        }
    }
    None
}

fn without_article(name: &str) -> String {
    let bare = ["the ", "The ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article));
    bare.unwrap_or(name).to_owned()
}

fn names_body(subject: &str) -> bool {
    let words = || subject.split_whitespace().map(|word| word.trim_matches([',', '(', ')']));
    words().any(|word| BODIES.contains(&word)) && !words().any(|word| ["Party", "Parties"].contains(&word))
}

/// "The moratorium will expire on that date".
fn expiries(said: &[&str], clause: &ClauseRecord, before: &[Task]) -> Vec<Task> {
    let mut found = Vec::new();
    for sentence in said {
        let line = one_line(sentence);
        let verb =
            ["will expire", "shall expire", "will lapse", "shall lapse", "will terminate", "shall terminate"]
                .iter()
                .find_map(|verb| Some((line.find(verb)?, *verb)));
        let Some((at, verb)) = verb else { continue };
        let mut due = due(&line, None);
        if due.dates.is_empty() && line.contains("on that date") {
            due.words = Some("on that date".to_owned());
            due.dates = before.iter().flat_map(|task| task.due.dates.clone()).max().into_iter().collect();
        }
        let subject = line[..at].trim();
        if (is_treaty(clause) && due.dates.is_empty()) || subject.split_whitespace().count() > MOST_AGENT {
            continue;
        }
        let task = without_end(&line[at + verb.find(' ').map_or(0, |space| space + 1)..]);
        let asked_by = before.first().and_then(|task| task.asked_by.clone());
        let asked = Some(without_article(subject));
        found.push(Task { kind: MandateKind::Expiry, act: None, asked_by, asked, task, due });
    }
    found
}

/// "The Committee shall review ...", in each of its sentences, or an item below "The Committee shall:".
fn of_body(said: &[&str], text: &str, clause: &ClauseRecord) -> Vec<Task> {
    let own = said.iter().filter_map(|sentence| {
        let line = one_line(sentence);
        let (subject, task) = body_shall(&line).filter(|(_, task)| !task.is_empty())?;
        Some(body_task(subject, task, due(&line, None)))
    });
    let own: Vec<Task> = own.collect();
    if own.is_empty() { of_lead(text, clause).into_iter().collect() } else { own }
}

fn of_lead(text: &str, clause: &ClauseRecord) -> Option<Task> {
    let lead = one_line(clause.lead_in.as_deref()?);
    let last = sentences(&lead).last().map_or("", |span| span.of(&lead));
    let (subject, rest) = body_shall(last)?;
    let task = without_end(&one_line(text));
    let when = due(&task, None);
    (rest.len() < MOST_REST && !task.is_empty()).then(|| body_task(subject, task, when))
}

/// Bytes of a lead-in behind its verb, for its items to be tasks: "shall, inter alia:".
const MOST_REST: usize = 60;

fn body_task(subject: String, task: String, due: Due) -> Task {
    Task { kind: MandateKind::Task, act: None, asked_by: None, asked: Some(subject), task, due }
}

/// Who shall do what, where it is a body, and no rule of what it is made of.
fn body_shall(line: &str) -> Option<(String, String)> {
    const RULES: &[&str] = &[
        "not ",
        "be ",
        "consist",
        "comprise",
        "have ",
        "mean",
        "include ",
        "apply",
        "enter ",
        "remain ",
        "constitute",
    ];
    let line = unmarked(line);
    let at = line.find(SHALL)?;
    let behind = &line[at + SHALL.len()..];
    let subject =
        subject(&line[..at]).filter(|_| behind.is_empty() || behind.starts_with([' ', ':', ',']))?;
    let task = behind.trim_start_matches([' ', ',', ':']);
    let head = subject.split_whitespace().next_back().unwrap_or_default();
    let is_body = subject.split_whitespace().count() <= MOST_AGENT
        && (BODIES.contains(&head) || subject.contains(" on ") || subject.contains(" for "));
    let is_rule = RULES.iter().any(|rule| task.starts_with(rule)) && !task.starts_with("be responsible");
    (is_body && !is_rule).then(|| (without_article(subject), without_end(task)))
}

const SHALL: &str = " shall";

/// The body of "Before 1970, the Commission, at the proposal of the General Secretariat, shall".
fn subject(before: &str) -> Option<&str> {
    const PREPOSITIONS: &[&str] = &[
        "In", "At", "For", "On", "Within", "Before", "During", "To", "By", "Under", "After", "If", "Where",
        "When", "Upon", "With", "Without", "As",
    ];
    let is_body = |part: &&str| {
        let begins =
            part.starts_with(char::is_uppercase) || part.starts_with("the ") || part.starts_with("a ");
        begins && names_body(part)
    };
    let part = before.split(',').map(str::trim).rev().find(is_body)?;
    let part = part.split_once("unctions of ").map_or(part, |(_, body)| body);
    let first = part.split_whitespace().next().unwrap_or_default();
    let behind = part.rfind(" the ").filter(|_| PREPOSITIONS.contains(&first));
    Some(behind.map_or(part, |at| &part[at + 1..]))
}
