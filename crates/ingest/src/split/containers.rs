//! Chapters that begin anew although no title stands above them: the one that they belong to is not there, as
//! in collections that leave out titles without articles of their own, and nobody can say which it was.
//!
//! They are not hung under the last title seen. A path that cannot be known is left out.

use std::ops::Range;

use chapeau_document::Level;

use super::piece::{Form, Piece, Standing};
use crate::label::{folded, number_value};

/// Marks the first of the chapters, and of the sections, whose title or chapter is not there.
pub(super) fn mark_unplaced(pieces: &mut [Piece<'_>]) {
    for (outer, inner) in
        [(Level::Part, Level::Chapter), (Level::Chapter, Level::Section), (Level::Part, Level::Section)]
    {
        let heads: Vec<usize> = (0..pieces.len()).filter(|at| is_at_most(&pieces[*at], outer)).collect();
        let ends = heads.iter().skip(1).copied().chain([pieces.len()]);
        let unplaced: Vec<usize> = heads
            .iter()
            .zip(ends)
            .filter(|(head, _)| level(&pieces[**head]) == Some(outer))
            .flat_map(|(head, end)| unplaced(pieces, *head..end, inner))
            .collect();
        for at in unplaced {
            if let Form::Division(division) = &mut pieces[at].form {
                division.standing = Standing::Unplaced;
            }
        }
    }
}

fn level(piece: &Piece<'_>) -> Option<Level> {
    piece.division().map(|division| division.level)
}

/// Whether a piece heads a division of this level, or of one above it.
fn is_at_most(piece: &Piece<'_>, outer: Level) -> bool {
    level(piece).is_some_and(|level| {
        level == outer
            || matches!(level, Level::Annex | Level::Part)
            || level == Level::Chapter && outer == Level::Section
    })
}

/// The first chapters of the runs that do not belong to the title that begins this stretch.
fn unplaced(pieces: &[Piece<'_>], within: Range<usize>, inner: Level) -> Vec<usize> {
    let runs = runs(pieces, within.clone(), inner);
    let Some(first) = runs.first().copied() else { return Vec::new() };
    let has_articles = pieces[within.start + 1..first].iter().any(Piece::is_article);
    let n_missing = n_missing(pieces, within);
    let keeps_first = match n_missing {
        _ if !has_articles => true,
        Some(0) => true,
        Some(n_missing) => runs.len() == n_missing + 1,
        None => runs.len() == 1,
    };
    runs.into_iter().skip(usize::from(keeps_first)).collect()
}

/// Where chapters begin to count, in a title or after it; those of another word are parts of theirs ("Section I"
/// has a "Paragraph 1").
fn runs(pieces: &[Piece<'_>], within: Range<usize>, inner: Level) -> Vec<usize> {
    let mut last = u32::MAX;
    let mut runs = Vec::new();
    let mut word = None;
    for (at, piece) in pieces.iter().enumerate().take(within.end).skip(within.start + 1) {
        let Some(division) = piece.division().filter(|division| division.level == inner) else { continue };
        let own = folded(division.label.split([' ', '\n']).next().unwrap_or_default());
        let Some(value) =
            number_value(division.number).filter(|_| *word.get_or_insert_with(|| own.clone()) == own)
        else {
            continue;
        };
        if value <= last && (runs.is_empty() || value == 1) {
            runs.push(at);
        }
        last = value;
    }
    runs
}

/// How many titles are not there between the one that begins a stretch and the next one, if both tell their
/// numbers.
fn n_missing(pieces: &[Piece<'_>], within: Range<usize>) -> Option<usize> {
    let number = |at: usize| number_value(pieces.get(at)?.division()?.number);
    let is_same = level(pieces.get(within.end)?) == level(&pieces[within.start]);
    let step = number(within.end)?.checked_sub(number(within.start)?)?;
    (is_same && step > 0).then(|| step as usize - 1)
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, read};

    /// A treaty of these divisions, each with one article; the path of each article.
    fn check(divisions: &str, expected: &str) {
        let mut xml = String::from(
            "<?xml version=\"1.0\"?><treaty><meta><name>Lamps</name><language>en</language></meta><body>",
        );
        for (at, number) in divisions.split(", ").enumerate() {
            let article = format!(
                "<article number=\"ARTICLE {}\" name=\"Lamps\">Lamps shall be lit.</article>",
                at + 1
            );
            let articles = if number.ends_with('-') { "" } else { &*article };
            let number = number.trim_end_matches('-');
            xml += &format!("<chapter number=\"{number}\" name=\"Of Lamps\">{articles}</chapter>");
        }
        xml += "</body></treaty>";
        let source = Source { path: "lamps.xml", bytes: xml.as_bytes(), given: &[] };
        let reading = read(&source, &Options::default()).expect("a treaty");
        let clauses = &reading.documents[0].clauses;
        let articles = clauses.iter().filter(|clause| clause.id.ends_with("/p1"));
        let paths: Vec<String> = articles
            .map(|clause| {
                let labels = clause.path.iter().filter_map(|step| step.label.as_deref());
                labels.filter(|label| !label.starts_with("ARTICLE")).collect::<Vec<_>>().join(" > ")
            })
            .collect();
        assert_eq!(paths.join(", "), expected);
    }

    #[test]
    fn chapters_of_a_title_that_is_not_there_stand_under_none() {
        check(
            "TITLE I, TITLE II, CHAPTER I, CHAPTER II, CHAPTER I, CHAPTER II, TITLE V",
            "TITLE I, TITLE II, CHAPTER I, CHAPTER II, CHAPTER I, CHAPTER II, TITLE V",
        );
        check(
            "TITLE I, CHAPTER I, CHAPTER II, CHAPTER I, TITLE III",
            "TITLE I, TITLE I > CHAPTER I, TITLE I > CHAPTER II, CHAPTER I, TITLE III",
        );
    }

    #[test]
    fn chapters_of_a_title_that_is_there_stand_under_it() {
        check(
            "TITLE I-, CHAPTER 1, CHAPTER 2, TITLE II-, CHAPTER 1, CHAPTER 2, TITLE III",
            "TITLE I > CHAPTER 1, TITLE I > CHAPTER 2, TITLE II > CHAPTER 1, TITLE II > CHAPTER 2, TITLE III",
        );
        check(
            "PART ONE-, CHAPTER 1, CHAPTER 2, PART TWO, CHAPTER 3, CHAPTER 4",
            "PART ONE > CHAPTER 1, PART ONE > CHAPTER 2, PART TWO, PART TWO > CHAPTER 3, PART TWO > CHAPTER 4",
        );
    }

    #[test]
    fn paragraphs_of_a_section_do_not_begin_its_chapter_anew() {
        let text = "TITRE PREMIER\n\nDES LAMPES\n\nCHAPITRE I\n\nDES MECHES\n\nSection I : Des lampes\n\nParagraphe 1er : Des \
                    meches\n\nArticle 1\n\nLa meche brule.\n\nParagraphe 2 : Du verre\n\nArticle 2\n\nLe verre est clair.\n\n\
                    CHAPITRE II\n\nDE L'HUILE\n\nArticle 3\n\nL'huile est pure.\n";
        let source = Source { path: "lampes.txt", bytes: text.as_bytes(), given: &[] };
        let reading = read(&source, &Options::default()).expect("a text");
        let glass =
            reading.documents[0].clauses.iter().find(|clause| clause.label.as_deref() == Some("Article 2"));
        let labels =
            glass.into_iter().flat_map(|clause| &clause.path).filter_map(|step| step.label.as_deref());
        assert_eq!(labels.collect::<Vec<_>>(), ["TITRE PREMIER", "CHAPITRE I", "Paragraphe 2", "Article 2"]);
    }
}
