//! What a clause cites: documents by symbol, provisions by number, with their agreement when it
//! is named ("Article XX of the GATT 1994").

use chapeau_document::{Citation, Span, Symbol};

use super::sieve::{Made, Phrases};
use super::words::Words;

/// The citations of a text, by place.
pub(super) fn citations(words: &Words<'_>) -> Vec<Citation> {
    let symbols = Symbol::find_all(words.text());
    let mut found = Vec::new();
    let mut place = 0;
    let mut inside = symbols.iter().map(|(span, _)| *span).peekable();
    while place < words.len() {
        let start = words.span(place, place).start;
        while inside.next_if(|span| span.end <= start).is_some() {}
        // "Protocol A/P1/7/93" has no "Protocol A", nor a symbol its "Article".
        let taken = inside.peek().is_some_and(|span| span.start <= start);
        let cited = if taken { None } else { provision(words, place) };
        match cited.filter(|(_, citation)| inside.peek().is_none_or(|span| !citation.span.overlaps(*span))) {
            Some((end, citation)) => {
                place = end;
                found.push(citation);
            }
            None => place += 1,
        }
    }
    of_symbols(words.text(), &mut found, &symbols);
    found.extend(symbols.into_iter().map(|(span, symbol)| Citation {
        span,
        symbol: Some(symbol),
        provision: None,
        agreement: None,
    }));
    found.sort_by_key(|citation| (citation.span.start, citation.span.end));
    found
}

/// Gives the provisions of acts that are named by a symbol the act: "Article 6 of Regulation (EU)
/// 2016/679". Both are in the order of the text.
fn of_symbols(text: &str, provisions: &mut [Citation], symbols: &[(Span, Symbol)]) {
    let mut symbols = symbols.iter().peekable();
    for citation in provisions {
        while symbols.next_if(|(span, _)| span.start < citation.span.end).is_some() {}
        let Some((span, symbol)) = symbols.peek() else { return };
        let between = text.get(citation.span.end..span.start).unwrap_or(",").trim();
        if citation.agreement.is_none() && BETWEEN.contains(&between) {
            citation.agreement = Some(symbol.to_string());
        }
    }
}

/// What may stand between a provision and the act that it is of.
const BETWEEN: &[&str] = &[
    "of",
    "of the",
    "of Council",
    "of Commission",
    "to",
    "in",
    "de",
    "du",
    "de la",
    "de l'",
    "de l\u{2019}",
    "del",
    "des",
    "der",
    ", of",
    ", du",
    ", de la",
    ", de l'",
    ", de l\u{2019}",
    ", del",
    "de los",
];

/// The words for a numbered unit, in three languages; those within an article are [`INNER`].
static UNITS: Made = Made::new(|| {
    Phrases::new(&[
        "article",
        "articles",
        "art",
        "arts",
        "artículo",
        "artículos",
        "articulo",
        "articulos",
        "chapter",
        "chapters",
        "chapitre",
        "chapitres",
        "capítulo",
        "capítulos",
        "annex",
        "annexes",
        "annexe",
        "anexo",
        "anexos",
        "section",
        "sections",
        "sección",
        "secciones",
        "protocol",
        "protocole",
        "protocolo",
        "appendix",
        "apéndice",
        "appendice",
        "title",
        "titre",
        "título",
    ])
});

fn is_unit(words: &Words<'_>, place: usize) -> bool {
    words.phrase_among(place, &UNITS).is_some() || is_inner(words, place)
}

/// A reference that begins at `place`: one past its last word, and what it cites.
fn provision(words: &Words<'_>, place: usize) -> Option<(usize, Citation)> {
    let mut end = numbered_unit(words, place)?;
    let inner = inner_unit(words, place, end);
    end = inner.unwrap_or(end);
    let finer = finer_unit(words, end);
    end = finer.unwrap_or(end);
    while let Some(next) = of_unit(words, end) {
        end = next;
    }
    let provision = with_bracket(words.text(), words.span(place, end - 1));
    let agreement = agreement(words, end, inner.or(finer).is_some());
    let span = agreement
        .as_ref()
        .map_or(provision, |(to, _)| Span::new(provision.start, words.span(*to - 1, *to - 1).end));
    let after = agreement.as_ref().map_or(end, |(to, _)| *to);
    let citation = Citation {
        span,
        symbol: None,
        provision: Some(one_line(provision.of(words.text()))),
        agreement: agreement.map(|(_, name)| name),
    };
    Some((after, citation))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "2(a" and "paragraphe b" are the words; their closing brackets belong to them.
fn with_bracket(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let open = words.matches('(').count() > words.matches(')').count();
    let is_letter =
        words.rsplit(' ').next().is_some_and(|last| last.len() == 1 && last.starts_with(char::is_lowercase));
    let closes = text[span.end..].starts_with(')');
    Span::new(span.start, span.end + usize::from((open || is_letter) && closes))
}

/// Units within an article.
const INNER: &[&str] = &[
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "subparagraph",
    "subparagraphs",
    "párrafo",
    "párrafos",
    "paragraphe",
    "paragraphes",
    "alinéa",
    "inciso",
];

fn is_inner(words: &Words<'_>, place: usize) -> bool {
    INNER.contains(&words.at(place))
}

/// ", paragraph 2" behind the article that begins at `place`, where `end` is: one past its last word.
fn inner_unit(words: &Words<'_>, place: usize, end: usize) -> Option<usize> {
    let is_next = goes_on(words.gap(end));
    if is_inner(words, place) || !is_inner(words, end) || !is_next {
        return None;
    }
    numbered_unit(words, end)
}

/// Whether only signs of the number and a comma stand between two units: "1º, literal".
fn goes_on(gap: &str) -> bool {
    matches!(gap.trim().trim_start_matches(['º', '°', 'ª']), "" | "," | ")" | "),")
}

/// ", point a)" or ", literal b)" behind the unit that ends before `end`: one past the letter.
fn finer_unit(words: &Words<'_>, end: usize) -> Option<usize> {
    const FINER: &[&str] = &["point", "points", "lettre", "literal", "letra", "inciso", "numeral", "alinéa"];
    let is_next = goes_on(words.gap(end));
    let is_finer = is_next && FINER.contains(&words.at(end));
    is_finer.then(|| number(words, end + 1).map(|length| end + 1 + length)).flatten()
}

/// "Article 5", "paragraphs 1 to 3(a) and 4": one past the last word.
fn numbered_unit(words: &Words<'_>, place: usize) -> Option<usize> {
    if !is_unit(words, place) {
        return None;
    }
    let mut end = place + number(words, place + 1)?;
    while let Some(length) = further_number(words, end + 1) {
        end += length;
    }
    Some(end + 1)
}

/// How many words the number at `place` has: "5", "XX", "14.3", "2(a)(ii)", "(a)", "1-01".
fn number(words: &Words<'_>, place: usize) -> Option<usize> {
    let gap = words.gap(place);
    let is_near = matches!(gap.trim(), "" | "(" | "." | "n°" | "°") && gap.len() <= 3;
    (is_near && is_number(words, place)).then(|| number_length(words, place))
}

/// How many words the number has that begins at `place`.
fn number_length(words: &Words<'_>, place: usize) -> usize {
    let mut length = 1;
    while matches!(words.gap(place + length), "." | "(" | ")(" | "-" | ") (" | " (")
        && is_part(words.at(place + length))
        && (words.gap(place + length) != " ("
            || words.text()[words.span(place + length, place + length).end..].starts_with(')'))
    {
        length += 1;
    }
    if ["bis", "ter", "quater", "quinquies"].contains(&words.at(place + length)) {
        length += 1;
    }
    length
}

fn is_number(words: &Words<'_>, place: usize) -> bool {
    let word = words.at(place);
    let printed = words.printed(place);
    let is_digits = word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit());
    let is_roman =
        printed.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C')) && printed.len() <= 7;
    let is_letter = word.len() == 1
        && word.is_ascii()
        && (printed.starts_with(char::is_uppercase)
            || words.gap(place).ends_with('(')
            || words.gap(place + 1).starts_with(')'));
    let is_first = word == "premier";
    !word.is_empty() && (is_digits || is_roman || is_letter || is_first)
}

/// A part of a number behind a dot or bracket: digits, a letter, a small roman numeral.
fn is_part(word: &str) -> bool {
    let is_roman =
        !word.is_empty() && word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let is_short = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    !word.is_empty() && (is_roman || is_short || word.len() == 1)
}

/// ", 3", "and 4", "to 7" behind a number, in words.
fn further_number(words: &Words<'_>, place: usize) -> Option<usize> {
    let joins = ["and", "or", "to", "through", "et", "ou", "à", "y", "o", "a", "e", "al"];
    if joins.contains(&words.at(place)) && words.gap(place).trim_matches([' ', ')', ',']).is_empty() {
        let joined = is_number(words, place + 1) && words.gap(place + 1).trim() == "";
        let is_letter = words.at(place + 1).len() == 1 && !words.at(place + 1).as_bytes()[0].is_ascii_digit();
        let is_word = is_letter && !words.gap(place + 2).starts_with(')');
        return if joined && !is_word { number(words, place + 1).map(|length| length + 1) } else { None };
    }
    let is_listed = words.gap(place).trim_start_matches(')') == ", "
        && words.at(place).starts_with(|c: char| c.is_ascii_digit());
    let is_year = words.at(place).len() == 4;
    (is_listed && !is_year && is_number(words, place)).then(|| number_length(words, place))
}

/// "of Article 5", "del artículo 3", behind a number: one past the last word.
fn of_unit(words: &Words<'_>, place: usize) -> Option<usize> {
    let of = ["of", "to", "in", "de", "del", "du", "à"];
    if !of.contains(&words.at(place)) || words.gap(place).contains([',', ';', '.']) {
        return None;
    }
    let next = place + 1;
    let next = next + usize::from(["l", "la", "le", "el", "the"].contains(&words.at(next)));
    numbered_unit(words, next)
}

/// Words that make a phrase in capitals the name of an agreement.
const INSTRUMENTS: &[&str] = &[
    "agreement",
    "gatt",
    "gats",
    "trips",
    "treaty",
    "convention",
    "protocol",
    "charter",
    "understanding",
    "accord",
    "acuerdo",
    "tratado",
    "traité",
    "convenio",
    "code",
    "covenant",
    "constitution",
    "dsu",
    "trims",
    "sps",
    "tbt",
    "statute",
    "declaration",
    "nafta",
    "usmca",
    "cptpp",
    "agreements",
    "convención",
    "carta",
    "adpic",
    "agcs",
];

/// "of the GATT 1994", "of the Agreement on Safeguards" at `place`: one past the last word, and
/// the name. "of this Agreement" is the text itself. A comma may stand before it behind an aside:
/// "Article 5, paragraph 2, of the GATT 1994".
fn agreement(words: &Words<'_>, place: usize, is_behind_aside: bool) -> Option<(usize, String)> {
    let of = ["of", "to", "under", "de", "del", "du"];
    let is_parted =
        words.gap(place).contains([';', '.']) || !is_behind_aside && words.gap(place).contains(',');
    if !of.contains(&words.at(place)) || is_parted {
        return None;
    }
    let articles = ["the", "l", "la", "el", "le"];
    let first = place + 1 + usize::from(articles.contains(&words.at(place + 1)));
    if let Some(end) = known_name_end(words, first) {
        return Some((end, one_line(words.span(first, end - 1).of(words.text()))));
    }
    let end = name_end(words, first)?;
    let has_instrument = (first..end).any(|at| INSTRUMENTS.contains(&words.at(at)));
    has_instrument.then(|| (end, one_line(words.span(first, end - 1).of(words.text()))))
}

/// French and Spanish names whose words are small.
const KNOWN_NAMES: &[&str] = &[
    "accord général sur les tarifs douaniers et le commerce",
    "accord général sur le commerce des services",
    "accord sur les aspects des droits de propriété intellectuelle qui touchent au commerce",
    "accord sur les obstacles techniques au commerce",
    "accord sur l application des mesures sanitaires et phytosanitaires",
    "accord sur les sauvegardes",
    "accord sur l agriculture",
    "accord sur l évaluation en douane",
    "accord de marrakech instituant l organisation mondiale du commerce",
    "acuerdo general sobre aranceles aduaneros y comercio",
    "acuerdo general sobre el comercio de servicios",
    "acuerdo sobre los aspectos de los derechos de propiedad intelectual relacionados con el comercio",
    "acuerdo sobre obstáculos técnicos al comercio",
    "acuerdo sobre la aplicación de medidas sanitarias y fitosanitarias",
    "acuerdo sobre salvaguardias",
    "acuerdo sobre la agricultura",
    "acuerdo sobre valoración en aduana",
];

/// One past the last word of a known name and its year: "de 1994".
fn known_name_end(words: &Words<'_>, place: usize) -> Option<usize> {
    let end = place + words.phrase_of(place, KNOWN_NAMES)?;
    let has_year = words.at(end) == "de" && words.at(end + 1).len() == 4 && is_number(words, end + 1);
    Some(if has_year { end + 2 } else { end })
}

/// Longest name of an agreement, in words: "Agreement on the Application of Sanitary and
/// Phytosanitary Measures" has 9; conventions have twice as many.
const LONGEST_NAME: usize = 20;

/// One past the last word of the name in capitals that begins at `place`. Small words belong to
/// it when capitals follow.
fn name_end(words: &Words<'_>, place: usize) -> Option<usize> {
    let is_capital = |at: usize| words.printed(at).starts_with(|c: char| c.is_uppercase());
    let small = [
        "on", "of", "the", "for", "and", "to", "in", "de", "la", "sur", "relatif", "sobre", "del", "y", "et",
        "des", "los", "las", "aux", "les", "l", "general", "between",
    ];
    if !is_capital(place) {
        return None;
    }
    let mut end = place + 1;
    let mut at = place + 1;
    while at < words.len()
        && at - place < LONGEST_NAME
        && !words.gap(at).contains([',', ';', '.', ':', '(', ')', '"', '“', '”'])
    {
        let is_year = words.at(at).len() == 4 && words.at(at).bytes().all(|byte| byte.is_ascii_digit());
        if is_capital(at) || is_year {
            end = at + 1;
        } else if !small.contains(&words.at(at)) || words.at(at - 1) == "and" && words.at(at) == "of" {
            break;
        }
        // "the GATT 1994 and Article 5" ends before what begins another reference.
        if is_unit(words, at + 1) && words.at(at + 2).starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        at += 1;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = citations(&Words::of(text))
            .iter()
            .map(|citation| {
                let what = citation.symbol.as_ref().map(ToString::to_string).or(citation.provision.clone());
                let agreement =
                    citation.agreement.as_ref().map(|name| format!(" @ {name}")).unwrap_or_default();
                assert!(!citation.span.of(text).is_empty());
                format!("{}{agreement}", what.unwrap_or_default())
            })
            .collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn documents_are_cited_by_symbol() {
        check("adopted in 1998 (WT/L/274), and WT/L/782", &["WT/L/274", "WT/L/782"]);
    }

    #[test]
    fn references_mean_the_document_that_has_the_number() {
        check("Recalling its resolution 77/151 of 14 December 2022", &["A/RES/77/151"]);
        check(
            "resolutions 70/1 of 25 September 2015, 71/15 of 1 May 2016 and 72/3, and the lamp code",
            &["A/RES/70/1", "A/RES/71/15", "A/RES/72/3"],
        );
        check("Rappelant ses résolutions 70/1 du 25 septembre 2015 et 71/15", &["A/RES/70/1", "A/RES/71/15"]);
        check("Recordando su resolución 70/1, de 25 de septiembre de 2015", &["A/RES/70/1"]);
        check(
            "RECALLING Decision Assembly/AU/Dec.854(XXXVI), and Decision EX.CL/Dec. 1200 (XL)",
            &["Assembly/AU/Dec.854(XXXVI)", "EX.CL/Dec.1200(XL)"],
        );
        check(
            "Regulations (EU) No 167/2013, (EU) No 168/2013 and (EC) No 300/2008 on lamps",
            &["Regulation (EU) No 167/2013", "Regulation (EU) No 168/2013", "Regulation (EC) No 300/2008"],
        );
        check("règlement (UE) 2016/679 du Parlement européen", &["Regulation (EU) 2016/679"]);
        check("see decision 1/CP.21, annex", &["Decision 1/CP.21"]);
        check("Security Council resolution 1325 (2000) of 31 October 2000", &["S/RES/1325(2000)"]);
    }

    #[test]
    fn provisions_belong_to_the_act_behind_them() {
        check(
            "Article 6(1) of Regulation (EU) 2016/679 applies",
            &["Article 6(1) @ Regulation (EU) 2016/679", "Regulation (EU) 2016/679"],
        );
        check(
            "de l'article 5 de la directive 2014/65/UE",
            &["article 5 @ Directive 2014/65/EU", "Directive 2014/65/EU"],
        );
        check("Article 5. Regulation (EU) 2016/679", &["Article 5", "Regulation (EU) 2016/679"]);
        check("the Protocol A/P1/7/93 on lamps", &["A/P1/7/93"]);
    }

    #[test]
    fn words_and_numbers_are_no_symbols() {
        for text in [
            "resolution 12/4 of the lamp assembly",
            "a resolution of 70/1 pixels",
            "decisions 5 and 6",
            "and/or 2016/17, N/A, A/C, E/W, 24/7",
            "the act of 2019",
            "No 5/2019",
            "3 fr 5",
            "regulation 5 of the ledger",
            "10 C 2019",
            "S/he has 2/3",
            "lot A/5 and room C/12/B",
            "the law no longer 2020",
            "ley de 2019",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn provisions_are_cited_with_their_agreement() {
        check("under Article XX of the GATT 1994, mutatis", &["Article XX @ GATT 1994"]);
        check(
            "Article 2 of the Agreement on the Application of Sanitary Measures shall",
            &["Article 2 @ Agreement on the Application of Sanitary Measures"],
        );
        check("Articles XXII and XXIII of GATT 1994 apply", &["Articles XXII and XXIII @ GATT 1994"]);
        check("del artículo 3 del Acuerdo sobre la OMC", &["artículo 3 @ Acuerdo sobre la OMC"]);
    }

    #[test]
    fn references_within_the_text_have_no_agreement() {
        check("paragraph 2 of Article 5 of this Agreement", &["paragraph 2 of Article 5"]);
        check("subject to paragraphs 1, 2 and 3(a), a Party", &["paragraphs 1, 2 and 3(a)"]);
        check("Article 14.3.2(a)(ii) applies", &["Article 14.3.2(a)(ii)"]);
        check("Articles 10.4, 10.7, and 10.8 shall not apply", &["Articles 10.4, 10.7, and 10.8"]);
        check("Article 5 and Chapter 4", &["Article 5", "Chapter 4"]);
        check("en el artículo 1-01 y el párrafo 2 (b)", &["artículo 1-01", "párrafo 2 (b)"]);
        check("pursuant to Annex A or subparagraph (b)", &["Annex A", "subparagraph (b)"]);
    }

    #[test]
    fn french_and_spanish_refer_from_the_article_inwards_too() {
        check("l'article 5, paragraphe 2, est applicable", &["article 5, paragraphe 2"]);
        check(
            "L'article 91, paragraphe 3, et l'article 92, paragraphes 2 et 4,",
            &["article 91, paragraphe 3", "article 92, paragraphes 2 et 4"],
        );
        check("au paragraphe 2 de l'article 5", &["paragraphe 2 de l'article 5"]);
        check("l'article 76 paragraphes a) et b) du présent Traité", &["article 76 paragraphes a) et b)"]);
        check(
            "artículo 5, párrafo 2, del Acuerdo sobre la OMC",
            &["artículo 5, párrafo 2 @ Acuerdo sobre la OMC"],
        );
        check("Article 5, paragraph 2(a), of the GATT 1994", &["Article 5, paragraph 2(a) @ GATT 1994"]);
        check("the second paragraph of Article 3", &["Article 3"]);
        check("de l'article premier", &["article premier"]);
        check("Articles 5, 6 and 7", &["Articles 5, 6 and 7"]);
        check("Article 5, Chapter 4", &["Article 5", "Chapter 4"]);
    }

    #[test]
    fn words_without_a_number_cite_nothing() {
        check("this Article and the annexes of the Agreement", &[]);
        check("a section in which I live", &[]);
    }

    #[test]
    fn french_and_spanish_points_and_agreements_are_cited_whole() {
        check("l'article 2, paragraphe 1, point a)", &["article 2, paragraphe 1, point a)"]);
        check("el Artículo 1º, literal b)", &["Artículo 1º, literal b)"]);
        check(
            "conformément à l'article XXIV de l'Accord général sur les tarifs douaniers et le commerce de 1994 (ci-après)",
            &["article XXIV @ Accord général sur les tarifs douaniers et le commerce de 1994"],
        );
        check(
            "del artículo 5 del Acuerdo sobre Obstáculos Técnicos al Comercio",
            &["artículo 5 @ Acuerdo sobre Obstáculos Técnicos al Comercio"],
        );
        check("Article 5, point (a), of the Code", &["Article 5, point (a) @ Code"]);
    }
}
