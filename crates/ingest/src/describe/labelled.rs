//! The hand-labelled sample: how often acts and obligation are what a person says they are.

use std::collections::BTreeMap;

use chapeau_document::{Part, Unit};

use super::doing::{Lead, Setting, doing};
use super::grammar::grammar;
use super::obligation::ReadText;

const SAMPLE: &str = include_str!("labelled.txt");

/// Least share of the sample that must agree with the labels.
const WANTED: f64 = 0.93;

struct Found {
    obligation: &'static str,
    acts: String,
}

fn describe(language: &str, lead_in: &str, clause: &str) -> Found {
    let grammar = grammar(language).expect("the sample has described languages only");
    let words = ReadText::of(clause);
    let recital = lead_in == "R";
    let pieces: Vec<ReadText<'_>> =
        lead_in.split(" ... ").filter(|piece| !recital && !piece.is_empty()).map(ReadText::of).collect();
    let starts = grammar.starts();
    let part = if recital { Part::Preambular } else { Part::Operative };
    let unit = Unit::Paragraph;
    let setting = Setting {
        grammar,
        starts: &starts,
        body: None,
        of_meeting: false,
        part,
        unit,
        in_article: false,
        is_recommended: false,
    };
    let done = doing(&words, &Lead::of(&pieces, &setting), &setting);
    let binds = Setting { in_article: true, ..setting };
    let obligation = doing(&words, &Lead::of(&pieces, &binds), &binds).obligation;
    let acts: Vec<String> = done
        .acts
        .iter()
        .map(|act| {
            let addressee = act.addressee.as_ref().map(|words| format!(">{words}")).unwrap_or_default();
            let deadline = act.deadline.as_ref().map(|words| format!("@{words}")).unwrap_or_default();
            format!("{}{addressee}{deadline}", act.act)
        })
        .collect();
    Found { obligation: obligation.as_str(), acts: acts.join(" ") }
}

#[test]
fn the_labelled_sample_is_described_as_labelled() {
    let rows: Vec<Vec<&str>> = SAMPLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let mut faults = Vec::new();
    let mut confusion: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut n_right = [0, 0];
    for row in &rows {
        let [language, lead_in, clause, obligation, rest @ ..] = row.as_slice() else {
            panic!("a row has four or five columns: {row:?}")
        };
        let wanted = rest.first().copied().unwrap_or_default();
        let found = describe(language, lead_in, clause);
        *confusion.entry((obligation, found.obligation)).or_default() += 1;
        n_right[0] += usize::from(found.obligation == *obligation);
        n_right[1] += usize::from(found.acts == wanted);
        if found.obligation != *obligation || found.acts != wanted {
            let said = format!("{} / {}", found.obligation, found.acts);
            faults.push(format!("{clause}\n    found {said}\n    want  {obligation} / {wanted}"));
        }
    }
    let share = |n_right: usize| n_right as f64 / rows.len() as f64;
    let mixed: Vec<String> = confusion
        .iter()
        .filter(|((wanted, found), _)| wanted != found)
        .map(|((wanted, found), count)| format!("{wanted} taken for {found}: {count}"))
        .collect();
    let report = format!(
        "{} clauses: obligation {:.3}, acts {:.3}\n{}\n{}",
        rows.len(),
        share(n_right[0]),
        share(n_right[1]),
        mixed.join("\n"),
        faults.join("\n")
    );
    assert!(n_right.iter().all(|n_right| share(*n_right) >= WANTED), "{report}");
}
