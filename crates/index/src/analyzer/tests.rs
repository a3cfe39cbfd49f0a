//! What the analysis makes of texts in three languages.

use proptest::prelude::*;

use super::*;

/// `exact/stem` of the words, other forms of a word after it in brackets; `.` where the exact form is the stem.
fn shown(text: &str, language: Language) -> String {
    let mut out = String::new();
    for token in analyze(text, language) {
        let space = if out.is_empty() { "" } else { " " };
        match token.form {
            Form::Word if token.exact == token.stem => out += &format!("{space}{}", token.exact),
            Form::Word => out += &format!("{space}{}/{}", token.exact, token.stem),
            Form::Joined => out += &format!("[{}]", token.stem),
            Form::Part => out += &format!("({})", token.stem),
        }
    }
    out
}

fn check(text: &str, expected: &str) {
    assert_eq!(shown(text, Language::English), expected, "of {text:?}");
}

fn check_french(text: &str, expected: &str) {
    assert_eq!(shown(text, Language::French), expected, "of {text:?}");
}

fn check_spanish(text: &str, expected: &str) {
    assert_eq!(shown(text, Language::Spanish), expected, "of {text:?}");
}

/// The words of both texts have the same stems.
fn same(a: &str, b: &str) {
    let stems = |text: &str| -> Vec<String> {
        let tokens = analyze(text, Language::English);
        tokens.iter().filter(|token| token.is_word()).map(|token| token.stem.to_string()).collect()
    };
    assert_eq!(stems(a), stems(b), "{a:?} and {b:?}");
}

fn check_spans(text: &str, expected: &[&str]) {
    let words: Vec<&str> = analyze(text, Language::English)
        .iter()
        .filter(|token| token.is_word())
        .map(|token| token.span.of(text))
        .collect();
    assert_eq!(words, expected, "of {text:?}");
}

#[test]
fn english_words_are_folded_and_stemmed() {
    check("Customs duties on transmissions", "customs/custom duties/duti on transmissions/transmiss");
    check("the WTO’s Members' rights", "the wto members/member rights/right");
    check("café naïve", "cafe naive/naiv");
}

#[test]
fn tariff_codes_are_found_with_and_without_dots_and_by_their_subheading() {
    check("0102.29", "0102.29/010229");
    check("0102.29.10", "0102.29.10/01022910(010229)");
    check("9405.80.4035", "9405.80.4035/9405804035(940580)");
    check("010229", "010229");
    check("14.3 2.1.1 12.50 1.204", "14.3 2.1.1 12.50 1.204");
    check_spans("of 0102.29.10.", &["of", "0102.29.10"]);
}

#[test]
fn french_words_lose_their_elided_articles() {
    check_french("l’accord d'association qu'elle", "accord association/associ elle");
    check_french("aujourd’hui", "aujourdhui");
    check_french("Les décisions", "les/le decisions/decis");
}

#[test]
fn spanish_keeps_its_letter() {
    check_spanish("año público", "año publico/public");
    check("año", "ano");
}

#[test]
fn spellings_join_on_the_stem_only() {
    same("organisation programme labour", "organization program labor");
    same("anti-dumping", "antidumping");
    same("co-operation", "cooperation");
    same("Non\u{2011}discrimination", "nondiscrimination");
    same("sub-paragraph", "subparagraph");
    same("e-commerce", "ecommerce");
    same("E-Commerce", "ecommerce");
    same("least-developed", "least developed");
    same("inter-alia", "inter alia");
}

#[test]
fn a_prefix_and_its_word_are_one() {
    check("anti-dumping duty", "antidumping/antidump(dump) duty/duti");
    check("co-operation", "cooperation/cooper");
    check("non-WTO", "nonwto(wto)");
}

#[test]
fn parts_of_other_hyphenated_words_are_words() {
    check("policy-makers met", "policy/polici[policymak] makers/maker met");
    check("state-of-the-art", "state of the art");
    check("2011-2013", "2011 2013");
    check("COVID-19 measures", "covid 19 measures/measur");
}

#[test]
fn acronyms_stay_whole_unless_all_is_in_capitals() {
    check("the GATS and TRIPS", "the gats and trips");
    check("for LDCs in it", "for ldcs/ldc in it");
    check("TRADE IN GOODS", "trade in goods/good");
    check("the U.S. and e.g. this", "the us and eg this");
    check("on R&D or S&D terms", "on r&d or s&d terms/term");
}

#[test]
fn numbers_and_symbols_are_words() {
    check("Article 14.3(a), 31st, 1,000 of 2013.", "article/articl 14.3 a 31st 1000 of 2013");
    check("see WT/MIN(13)/32 — WT/L/907.", "see wt/min(13)/32 wt/l/907");
    check("INF/ECOM/62/Rev.5 and/or", "inf/ecom/62/rev.5 and or");
}

#[test]
fn brackets_do_not_break_words() {
    check("[R]egulatory [on] Part[ies]", "regulatory/regulatori on parties/parti");
    check_spans("[R]egulatory [on] Part[ies] it[1]", &["[R]egulatory", "on", "Part[ies]", "it", "1"]);
}

#[test]
fn spans_cover_what_is_to_be_marked() {
    check_spans("the WTO’s l'accord", &["the", "WTO’s", "accord"]);
    check_spans("anti-dumping, WT/L/843", &["anti-dumping", "WT/L/843"]);
    check_spans("U.S. 14.3.", &["U.S", "14.3"]);
}

#[test]
fn a_phrase_stands_at_successive_positions() {
    let positions: Vec<(u32, Form)> = analyze("policy-makers agree", Language::English)
        .iter()
        .map(|token| (token.position, token.form))
        .collect();
    assert_eq!(positions, [(0, Form::Word), (0, Form::Joined), (1, Form::Word), (2, Form::Word)]);
}

proptest! {
    #[test]
    fn spans_fit_and_positions_rise(
        text in "([a-zA-Z0-9 .,'’_:;/\\-\\[\\]()éñŒ&\u{ad}\u{301}\u{2011}電]|anti-|WT/L/843|non-|l'|\\PC|\n){0,40}"
    ) {
        for language in Language::ALL {
            let (mut start, mut position, mut first) = (0, 0, true);
            for token in analyze(&text, language) {
                prop_assert!(token.span.start < token.span.end && token.span.end <= text.len());
                prop_assert!(text.get(token.span.start..token.span.end).is_some());
                prop_assert!(token.span.start >= start);
                let step = u32::from(token.is_word() && !first);
                prop_assert_eq!(token.position, position + step);
                (start, position, first) = (token.span.start, token.position, false);
                prop_assert!(!token.exact.is_empty() && !token.stem.is_empty());
                prop_assert!(!token.exact.contains(char::is_control) && !token.stem.contains(char::is_control));
            }
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        for language in Language::ALL {
            analyze(&text, language);
        }
    }
}
