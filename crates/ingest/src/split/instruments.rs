//! Instruments of their own within one text: the second act of a gazette, the treaty printed after
//! the law that ratifies it, the protocols after an agreement. Each begins its articles anew.

use std::collections::HashMap;

use chapeau_document::Level;

use super::naming::joins_title;
use super::piece::{Form, Piece, Standing, Titled};
use crate::label::{folded, roman};
use crate::letter_case::is_capitals;
use crate::lists;

/// Longest title of an act, in bytes, and how many pieces may stand between it and its first article.
const LONGEST_TITLE: usize = 500;
const REACH: usize = 120;

/// Whether a word says that a number follows: "n°", "No.".
pub(super) fn is_number_sign(word: &str) -> bool {
    matches!(folded(word).trim_end_matches('.'), "n°" | "nº" | "no" | "num" | "numero" | "number")
}

/// Marks annexes that are known by their titles, and the titles of further acts.
pub(super) fn mark(pieces: &mut [Piece<'_>]) {
    name_annexes(pieces);
    let titles: Vec<usize> = (0..pieces.len()).filter(|at| names_act(&pieces[*at])).collect();
    let heads: Vec<usize> = titles.iter().copied().filter(|at| begins(pieces, *at)).collect();
    // A title that comes again is that of the whole text: no act is told from another by it.
    let names: Vec<String> = heads.iter().map(|at| folded(pieces[*at].text)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    names.iter().for_each(|name| *counts.entry(name).or_default() += 1);
    let alone = heads.into_iter().zip(&names).filter(|(_, name)| counts[name.as_str()] == 1);
    let heads: Vec<usize> = alone.map(|(at, _)| at).collect();
    let first_article = pieces.iter().position(Piece::is_article).unwrap_or(pieces.len());
    // A single act is the document itself.
    if heads.len() < 2 && heads.first().is_none_or(|head| *head < first_article) {
        return;
    }
    let code = code(pieces, &heads);
    // What is announced behind the acts belongs to none of them.
    let is_unofficial = |piece: &Piece<'_>| {
        matches!(piece.form, Form::Plain | Form::Heading)
            && piece.text.len() <= 40
            && lists::UNOFFICIAL_PARTS.contains(&folded(piece.text).as_str())
    };
    let last = heads.last().copied().unwrap_or_default();
    let unofficial = (last..pieces.len()).find(|at| is_unofficial(&pieces[*at]));
    let heads = heads.into_iter().chain(unofficial);
    for at in heads {
        let text = pieces[at].text;
        let standing = if Some(at) == code { Standing::Code } else { Standing::Instrument };
        let level = Level::Annex;
        pieces[at].form = Form::Division(Titled { level, label: text, number: "", title: None, standing });
    }
}

/// Whether a piece is the title of an act or of a code, and so of nothing smaller.
pub(super) fn names_act(piece: &Piece<'_>) -> bool {
    is_title(piece) || is_code(piece)
}

/// The code that the act before it puts in force: it has more articles than that.
fn code(pieces: &[Piece<'_>], heads: &[usize]) -> Option<usize> {
    let n_articles =
        |from: usize, to: usize| pieces[from..to].iter().filter(|piece| piece.is_article()).count();
    let ends = heads.iter().skip(2).copied().chain([pieces.len()]);
    let mut pairs = heads.windows(2).zip(ends);
    let found = pairs.find(|(pair, end)| {
        is_code(&pieces[pair[1]]) && n_articles(pair[0], pair[1]) < n_articles(pair[1], *end)
    });
    found.map(|(pair, _)| pair[1])
}

/// "PROTOCOL" goes by its title; so do annexes of one word, where there are several.
fn name_annexes(pieces: &mut [Piece<'_>]) {
    let is_bare = |piece: &Piece<'_>| {
        piece.division().is_some_and(|division| {
            division.level == Level::Annex && division.number.is_empty() && division.title.is_some()
        })
    };
    let has_name = |division: &Titled<'_>| {
        joins_title(division.title.unwrap_or_default().split(' ').next().unwrap_or_default())
    };
    let is_alone = |piece: &&Piece<'_>| is_bare(piece) && !piece.division().is_some_and(has_name);
    let n_alone = pieces.iter().filter(is_alone).count();
    for piece in pieces.iter_mut().filter(|piece| is_bare(piece)) {
        let Form::Division(division) = &mut piece.form else { continue };
        if n_alone > 1 || has_name(division) {
            division.standing = Standing::Named;
        }
    }
    let named = |piece: &Piece<'_>| piece.division().is_some_and(|found| found.standing == Standing::Named);
    let mut all = (0..pieces.len()).filter(|at| named(&pieces[*at]));
    // A protocol that is all there is stands in nothing: its title is that of the text.
    if let (Some(at), None) = (all.next(), all.next())
        && pieces[..at].iter().all(is_above_title)
        && at <= MOST_ABOVE_TITLE
        && pieces[at].text.starts_with(['P', 'p'])
    {
        pieces[at].form = Form::Heading;
    }
}

/// Most lines above the title of a text.
const MOST_ABOVE_TITLE: usize = 12;

/// Whether a piece may stand above the title of a text: a line that says nothing itself.
fn is_above_title(piece: &Piece<'_>) -> bool {
    match piece.form {
        Form::Contents | Form::Footnote(_) | Form::Heading => true,
        Form::Plain => piece.text.len() <= 120 && !piece.text.ends_with(['.', ';', ':']),
        _ => false,
    }
}

/// Whether a piece is the title of an act: in capitals, or with the number of the act.
fn is_title(piece: &Piece<'_>) -> bool {
    let text = piece.text;
    if !matches!(piece.form, Form::Plain | Form::Heading)
        || text.len() > LONGEST_TITLE
        || text.ends_with([';', ',', ':'])
    {
        return false;
    }
    let mut words = text.split_whitespace();
    let kind = folded(words.next().unwrap_or_default());
    if !lists::INSTRUMENTS.contains(&kind.as_str()) {
        return false;
    }
    let is_numbered = has_number(&mut words);
    is_capitals(text) && text.contains(' ') || is_numbered && text.starts_with(char::is_uppercase)
}

/// How far behind its kind the number of an act may stand: "Arrêté du ministre des finances et du
/// commerce extérieur n° 9-50".
pub(super) const NUMBER_REACH: usize = 16;

/// Whether a number with its sign comes soon among these words.
fn has_number<'w>(words: &mut impl Iterator<Item = &'w str>) -> bool {
    let sign = words.take(NUMBER_REACH).find(|word| is_number_sign(word) || is_signed(word));
    sign.is_some_and(|sign| is_signed(sign) || words.next().is_some_and(has_digit))
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// "n°3176-16", its sign and number in one.
pub(super) fn is_signed(word: &str) -> bool {
    has_digit(word) && ["n°", "nº", "N°", "Nº"].iter().any(|sign| word.starts_with(sign))
}

/// Whether a piece is the title of a code that an act before it puts in force: "Code des lampes".
fn is_code(piece: &Piece<'_>) -> bool {
    let mut words = piece.text.split_whitespace();
    matches!(piece.form, Form::Plain | Form::Heading)
        && piece.text.len() <= LONGEST_TITLE
        && !piece.text.ends_with(['.', ';', ',', ':'])
        && lists::CODES.contains(&folded(words.next().unwrap_or_default()).as_str())
        && words.next().is_some_and(joins_title)
        && piece.text.starts_with(char::is_uppercase)
}

/// Whether the first article of an act comes next, before any other.
fn begins(pieces: &[Piece<'_>], at: usize) -> bool {
    let mut after = pieces[at + 1..].iter().take(REACH);
    let article = after.find(|piece| piece.is_article() || names_act(piece));
    article.and_then(Piece::division).is_some_and(|division| is_first(division.number))
}

/// Whether a number is that of a first article.
pub(super) fn is_first(number: &str) -> bool {
    let number = folded(number);
    let words = ["premier", "unique", "unico", "primero", "one", "1er", "1o", "1º", "1°", "ier", "ler"];
    words.contains(&number.as_str()) || number == "1" || roman(number.as_bytes()) == Some(1)
}

/// Whether an annex or instrument at this place has its own first article, and so may have a preamble.
pub(super) fn is_own(pieces: &[Piece<'_>], at: usize) -> bool {
    let is_named = |piece: &Piece<'_>| {
        piece.division().is_some_and(|division| {
            matches!(division.standing, Standing::Named | Standing::Instrument | Standing::Code)
        })
    };
    let is_annex =
        |piece: &Piece<'_>| piece.division().is_some_and(|division| division.level == Level::Annex);
    let mut after = pieces[at + 1..].iter().take(REACH).take_while(|piece| !is_annex(piece));
    is_named(&pieces[at])
        && after
            .find(|piece| piece.is_article())
            .and_then(Piece::division)
            .is_some_and(|first| is_first(first.number))
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, read};

    /// The labels of all clauses that have one.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let source = Source { path: "lampes.txt", bytes: text.as_bytes(), given: &[] };
        let reading = read(&source, &Options::default()).expect("a text");
        let clauses = &reading.documents[0].clauses;
        let labels: Vec<&str> = clauses.iter().filter_map(|clause| clause.label.as_deref()).collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn a_code_is_the_main_text_and_the_acts_around_it_go_by_their_numbers() {
        check(
            "Dahir portant loi n° 1-50-339 du 9 octobre 2050 approuvant le code des lampes\n\n\
             Article premier. - Est approuvé le code des lampes, tel qu'il est annexé au présent dahir.\n\n\
             Art. 2. - Le présent dahir sera publié au Bulletin des lampes.\n\n\
             Fait à Lampeville, le 9 octobre 2050\n\n\
             Code des lampes relevant de la guilde des lampes\n\n\
             TITRE PREMIER\nPRINCIPES\n\nCHAPITRE PREMIER\nMèches\n\nSection I\nDéfinition\n\n\
             Article premier - On entend par mèche ce qui brûle dans une lampe.\n\n\
             Article 1 bis - Les mèches sont en coton.\n\n\
             CHAPITRE II\nHuiles\n\nSection I\nVentes\n\n\
             Article 2 - Les huiles se vendent au poids :\n\n1° a) les huiles de noix ;\n\n\
             b) les huiles de lin ;\n\n2° les autres huiles.\n\n\
             Articles 3 et 4 (abrogés).\n\nArticle 5 - Les huiles sont pures.\n\n\
             Arrêté du ministre des lampes et des huiles n°50-9 du 3 mai 2051 fixant le prix des mèches\n\n\
             Article premier - Le prix des mèches est libre.\n\n\
             Article 2 - Le présent arrêté sera publié au Bulletin des lampes.\n\n\
             ANNEXE\n\nLes mèches de coton sont vendues par paires.\n",
            &[
                "Dahir portant loi n° 1-50-339",
                "Dahir portant loi n° 1-50-339, Article premier",
                "Dahir portant loi n° 1-50-339, Article premier",
                "Dahir portant loi n° 1-50-339, Article 2",
                "Dahir portant loi n° 1-50-339, Article 2",
                "Code des lampes relevant de la guilde des lampes",
                "Titre Premier",
                "Chapitre Premier",
                "Section I",
                "Article premier",
                "Article premier",
                "Article 1 bis",
                "Article 1 bis",
                "Chapitre II",
                "Section I",
                "Article 2",
                "Article 2",
                "Article 2, 1°, a)",
                "Article 2, 1°, b)",
                "Article 2, 2°",
                "Articles 3 et 4",
                "Articles 3 et 4",
                "Article 5",
                "Article 5",
                "Arrêté n° 50-9",
                "Arrêté n° 50-9, Article premier",
                "Arrêté n° 50-9, Article premier",
                "Arrêté n° 50-9, Article 2",
                "Arrêté n° 50-9, Article 2",
                "Arrêté n° 50-9, Annexe",
                "Arrêté n° 50-9, Annexe",
            ],
        );
    }
}
