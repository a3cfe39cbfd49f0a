//! Mandates of single clauses, as a secretariat would list them.

use chapeau_document::{Act, ActOf, Document};

use super::*;
use crate::tests::library::{Library, document};
use chapeau_document::Unit;

const AT: Date = Date::constant(2025, 6, 1);

fn act(act: Act, actor: &str, addressee: &str, deadline: &str) -> ActOf {
    let some = |words: &str| Some(words.to_owned()).filter(|words| !words.is_empty());
    ActOf {
        act,
        actor: some(actor),
        addressee: some(addressee),
        deadline: some(deadline),
        deadline_date: None,
    }
}

fn decision(text: &'static str, acts: &[ActOf]) -> Document {
    let mut document = document("d", "Decision", &[(Unit::Paragraph, text)]);
    document.clauses[0].acts = acts.to_vec();
    document
}

/// A line for each mandate: kind, state, who, what, when.
#[track_caller]
fn check(text: &'static str, acts: &[ActOf], expected: &[&str]) {
    let searcher = Library::new(&[decision(text, acts)], 9).searcher();
    let wanted = Wanted { at: AT, states: Vec::new(), kinds: Vec::new() };
    let found = mandates(&searcher, &Request::default(), &wanted).expect("a sound index");
    let shown = |mandate: &Mandate| {
        let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "-".to_owned());
        let due = mandate.due.map_or_else(|| "-".to_owned(), |due| due.to_string());
        format!(
            "{} {} {due}: {} > {}: {}; {}; {}",
            mandate.kind.as_str(),
            mandate.state.as_str(),
            word(&mandate.asked_by),
            word(&mandate.asked),
            mandate.task,
            word(&mandate.deadline),
            word(&mandate.recurring)
        )
    };
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected);
}

#[test]
fn bodies_are_asked_to_do_things() {
    check(
        "To instruct the General Council to hold periodic reviews in its sessions of July 2024 and July 2025.",
        &[act(Act::Instruct, "Conference", "General Council", "")],
        &[
            "task open 2025-07-31: Conference > General Council: hold periodic reviews in its sessions of July \
           2024 and July 2025; in its sessions of July 2024 and July 2025; periodic reviews",
        ],
    );
    check("We urge the WTO to:", &[act(Act::Urge, "", "WTO", "")], &[]);
    check(
        "We call for continued collaboration with them.",
        &[act(Act::CallOn, "Conference", "", "")],
        &["task undated -: Conference > -: for continued collaboration with them; -; -"],
    );
}

#[test]
fn who_speaks_promises_for_itself_and_for_others() {
    let agree = act(Act::Agree, "Conference", "", "");
    let dated = ActOf {
        deadline_date: Some(Date::constant(2025, 5, 31)),
        ..act(Act::Agree, "Conference", "", "by May 2025")
    };
    check(
        "We agree to hold further discussions. We agree to meet by May 2025.",
        &[agree, dated],
        &[
            "commitment lapsed 2025-05-31: Conference > Conference: meet by May 2025; by May 2025; -",
            "commitment undated -: Conference > Conference: hold further discussions; -; -",
        ],
    );
    check(
        "That Members will maintain the practice until our next session, which we have decided to hold in 2013.",
        &[act(Act::Decide, "Conference", "", "until our next session")],
        &[
            "expiry lapsed 2013-12-31: Conference > Members: maintain the practice until our next session, which \
           we have decided to hold in 2013; until our next session, which we have decided to hold in 2013; -",
        ],
    );
    check("We decide the following", &[act(Act::Decide, "Conference", "", "")], &[]);
}

#[test]
fn what_expires_expires_on_the_day_before_it() {
    let mut agree = act(Act::Agree, "Conference", "", "until 31 March 2026");
    agree.deadline_date = Some(Date::constant(2026, 3, 31));
    check(
        "We agree to maintain the practice until 31 March 2026. The moratorium will expire on that date.",
        &[agree],
        &[
            "expiry open 2026-03-31: Conference > Conference: maintain the practice until 31 March 2026; until 31 March 2026; -",
            "expiry open 2026-03-31: Conference > moratorium: expire on that date; on that date; -",
        ],
    );
}

#[test]
fn bodies_shall_do_things() {
    check(
        "2. The Joint Committee shall review this Agreement every two years. Each Party shall pay.",
        &[],
        &["task undated -: - > Joint Committee: review this Agreement every two years; -; every two years"],
    );
    check(
        "Before 1 May 2026, the Commission, at the proposal of the Secretariat, shall draw up a list; and",
        &[],
        &["task open 2026-05-01: - > Commission: draw up a list; Before 1 May 2026; -"],
    );
    check(
        "In its rules the Association Council shall name them.",
        &[],
        &["task undated -: - > Association Council: name them; -; -"],
    );
    check(
        "The functions of the Committee shall review the list.",
        &[],
        &["task undated -: - > Committee: review the list; -; -"],
    );
    check("The Committee shall be composed of representatives.", &[], &[]);
    check("The Parties shall consult in the Committee.", &[], &[]);
}

#[test]
fn no_text_is_a_trouble() {
    for text in [
        "That will ",
        "to",
        "agree to",
        "shall",
        "Committee shall",
        "İ agree İ to İ",
        "that \u{130} will \u{130}",
    ] {
        let acts = [
            act(Act::Agree, "", "", ""),
            act(Act::Instruct, "", "Committee", ""),
            act(Act::CallOn, "", "", ""),
        ];
        let leaked: &'static str = Box::leak(text.to_owned().into_boxed_str());
        let searcher = Library::new(&[decision(leaked, &acts)], 9).searcher();
        let wanted = Wanted { at: AT, states: Vec::new(), kinds: Vec::new() };
        mandates(&searcher, &Request::default(), &wanted).expect("a sound index");
    }
}
