//! Symbols of all series in running text, as people type them, and what must be none.

use proptest::prelude::*;

use super::*;
use crate::registry::{self, EXAMPLES};

fn check(text: &str, expected: &[&str]) {
    let found = Symbol::find_all(text);
    let symbols: Vec<&str> = found.iter().map(|(_, symbol)| symbol.as_str()).collect();
    assert_eq!(symbols, expected, "in {text:?}");
}

#[test]
fn each_form_in_use_is_one_symbol() {
    let forms = "WT/L/843 WT/L/274 WT/MIN(13)/32 WT/MIN(11)/W/4 WT/MIN(24)/W/26/Rev.1 WT/GC/W/945/Add.2 \
        WT/MIN(01)/DEC/1 WT/ACC/SPEC/LVA/7/Add.2/Corr.1 IP/C/W/34/Add.3/Suppl.3 GPA/SPEC/2/Rev.1 \
        OFFICE(00)/39 S/ENQ/9 WT/CTE/W/31 G/L/71 JOB(07)/128 JOB/GC/342/Rev.1 INF/ECOM/62/Rev.5 \
        RD/GC/12 WT/DS285/AB/R G/SPS/N/CHN/1284/Add.1 TN/AG/W/4/Rev.4 WT/TPR/S/415/Rev.1 G/ADP/W/436 \
        WT/L/1193 MTN.GNS/W/120 WT/MIN(13)";
    for form in forms.split_whitespace() {
        check(form, &[form]);
        check(&format!("see ({form}), and"), &[form]);
        assert_eq!(Symbol::parse(&form.to_lowercase()).map(|s| s.to_string()).as_deref(), Some(form));
    }
    check(forms, &forms.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn every_example_of_the_registry_is_found_in_running_text() {
    for (written, canonical, _) in EXAMPLES.iter().filter(|(_, _, alone)| !alone) {
        check(&format!("see {written}, and"), &[canonical]);
        check(&format!("({written})"), &[canonical]);
        check(written, &[canonical]);
    }
}

#[test]
fn every_example_is_read_as_people_type_it() {
    for (written, canonical, alone) in EXAMPLES {
        let read = |text: &str| Symbol::parse(text).map(|symbol| symbol.to_string());
        assert_eq!(read(written).as_deref(), Some(*canonical), "{written:?}");
        let is_parted = written.contains(|c: char| c.is_ascii_lowercase() && c != 'n');
        if !alone && !is_parted {
            assert_eq!(read(&written.to_lowercase()).as_deref(), Some(*canonical), "small {written:?}");
        }
        let again = read(canonical).is_none_or(|again| again == *canonical);
        assert!(again, "{canonical:?} is read as {:?}", read(canonical));
    }
}

#[test]
fn every_example_says_its_series() {
    for (_, canonical, _) in EXAMPLES {
        let symbol = Symbol((*canonical).to_owned());
        assert!(registry::implied(&symbol).is_some() || Symbol::parse(canonical).is_none(), "{canonical:?}");
    }
}

#[test]
fn symbols_are_found_among_words() {
    check(
        "The text (A/C.2/80/L.13), as revised in A/80/6 (Sect.24)/Corr.1.",
        &["A/C.2/80/L.13", "A/80/6 (Sect. 24)/Corr.1"],
    );
    check("A/RES/\n78/134 of the guild", &["A/RES/78/134"]);
    check("as in TD/541/Add.2.\u{b9} The lamps", &["TD/541/Add.2"]);
    check("Decision Assembly/AU/Dec. 854 (XXXVI) on kettles", &["Assembly/AU/Dec.854(XXXVI)"]);
    check("DIRECTIVE 2014/65/EU OF THE LAMP PARLIAMENT", &["Directive 2014/65/EU"]);
    check("REGULATION (EU) 2030/12 OF THE LAMP PARLIAMENT", &["Regulation (EU) 2030/12"]);
    check("la loi n°2019-01 du 3 mai 2019", &["Loi n° 2019-01"]);
    check("RESOLUTION 2 (REV. DUBAI, 2018)", &["Resolution 2 (Rev. Dubai, 2018)"]);
    check("19 U.S.C. § 1337(a)", &["19 U.S.C. 1337"]);
    check("of the Lamp Act No. 35 of 2023 and its lamps", &["Act No. 35 of 2023"]);
    check("L/4903 and C/M/123, BISD 26S/203", &["L/4903", "C/M/123", "BISD 26S/203"]);
}

#[test]
fn lists_name_each_of_theirs() {
    check(
        "resolutions 47/19 of 24 November 1992, 48/16 of 3 November 1993 and 49/9",
        &["A/RES/47/19", "A/RES/48/16", "A/RES/49/9"],
    );
    check("Directives 2002/58/EC and 95/46/EC", &["Directive 2002/58/EC", "Directive 95/46/EC"]);
    check(
        "Resolutions 71 (Rev. Dubai, 2018) and 151 (Rev. Dubai, 2018)",
        &["Resolution 71 (Rev. Dubai, 2018)", "Resolution 151 (Rev. Dubai, 2018)"],
    );
    check("resolution 70/1 and 5 lamps", &["A/RES/70/1"]);
}

#[test]
fn words_and_numbers_are_none() {
    for text in [
        "A/B tests",
        "A/C",
        "A/5",
        "E/W",
        "E/5",
        "C/O",
        "C/12/B",
        "L/R",
        "L/km",
        "S/N 5",
        "TD/S",
        "P/E 12/4",
        "2016/17",
        "12/05/2019",
        "1/2",
        "3/4/5",
        "a/78/5",
        "resolution 5/14",
        "resolution of 70/1",
        "act 5",
        "Act 35",
        "the act 2019",
        "regulation 12",
        "decision 7",
        "Decision No. 5",
        "directive 5/6",
        "no 5/2019",
        "C 2019",
        "15 c 2019",
        "2018 c",
        "OJ 5",
        "ley 5",
        "decree 12/2019 lamps",
        "loi du 5 mai",
        "R190 lamps",
        "C182",
        "2023 No. 35",
        "x.org/A/RES/70/1",
        "non_A/RES/70/1",
        "70/1",
        "resolution 70/1200",
        "AfCFTA/EU",
        "com(2019",
        "si 2020/1",
    ] {
        check(text, &[]);
    }
}

#[test]
fn mastheads_name_what_running_text_does_not() {
    let found = |line: &str| {
        let found = Symbol::in_masthead(line);
        found.into_iter().map(|(_, symbol, sureness)| format!("{symbol} {sureness:?}")).collect::<Vec<_>>()
    };
    assert_eq!(found("Lamp Act, 2023   2023 No. 35"), ["2023 No. 35 Likely"]);
    assert_eq!(found("CB 25-66, BEA 25-17"), ["CB 25-66 Sure", "BEA 25-17 Sure"]);
    assert_eq!(found("Cablegram LMP79 GENEVA"), ["LMP79 Sure"]);
}

#[test]
fn what_is_typed_may_be_several_words() {
    let typed = |text: &str| Symbol::typed(text).map(|(end, symbol)| (end, symbol.to_string()));
    assert_eq!(typed("resolution 70/1 lamps"), Some((15, "A/RES/70/1".to_owned())));
    assert_eq!(typed("règlement (ue) 2016/679"), Some((24, "Regulation (EU) 2016/679".to_owned())));
    assert_eq!(typed("lamps"), None);
}

#[test]
fn words_with_slashes_are_none() {
    for text in [
        "and/or",
        "N/A",
        "S/he",
        "I/O",
        "w/5",
        "G/20 summit",
        "TCP/IP",
        "S&D/TED",
        "WT/",
        "either/or",
        "24/7",
        "GATS/GATT",
        "TRIPS/CBD",
        "IP/V6",
        "http://x.org/WT/L/843",
        "WT/L",
        "/",
        "WT/L/",
    ] {
        check(text, &[]);
    }
}

#[test]
fn the_normal_form_has_dots_and_no_spaces() {
    check("WT/GC/W/1/Rev1", &["WT/GC/W/1/Rev.1"]);
    check("WT/GC/W/1/REV. 1/add2", &["WT/GC/W/1/Rev.1/Add.2"]);
    check("WT / MIN(13) / 32", &["WT/MIN(13)/32"]);
    check("WT\u{2044}L\u{2215}843", &["WT/L/843"]);
    check("WT/MIN(13)/\n32", &["WT/MIN(13)/32"]);
}

#[test]
fn one_text_may_have_two_symbols() {
    check("WT/MIN(15)/42 — WT/L/977", &["WT/MIN(15)/42", "WT/L/977"]);
    check("WT/MIN(15)/42-WT/L/977", &["WT/MIN(15)/42", "WT/L/977"]);
    check("WT/MIN(13)/32, WT/L/907", &["WT/MIN(13)/32", "WT/L/907"]);
    check("WT/MIN(13)/32 / WT/L/907", &["WT/MIN(13)/32", "WT/L/907"]);
    check("WT/MIN(13)/32\nWT/L/907", &["WT/MIN(13)/32", "WT/L/907"]);
}

#[test]
fn a_symbol_ends_where_words_go_on() {
    check("WT/L/843/and more", &["WT/L/843"]);
    check("WT/L/843 / A decision", &["WT/L/843"]);
    check("WT/L/843/", &["WT/L/843"]);
}

#[test]
fn only_a_whole_text_parses() {
    assert!(Symbol::parse(" WT/L/843 ").is_some());
    assert_eq!(Symbol::parse("see WT/L/843"), None);
    assert_eq!(Symbol::parse("é/"), None);
}

#[test]
fn prefixes_end_at_slashes_and_years() {
    let symbol = Symbol::parse("WT/MIN(13)/32").expect("a symbol");
    assert_eq!(symbol.prefixes(), ["WT", "WT/MIN", "WT/MIN(13)", "WT/MIN(13)/32"]);
}

/// What forms are made of.
fn word() -> impl Strategy<Value = String> {
    let words = [
        "A",
        "RES",
        "/",
        "(",
        ")",
        "EU",
        "Regulation",
        "règlement",
        "Directive",
        "resolution",
        "n°",
        "No.",
        "70",
        "1",
        "2016",
        "679",
        "XXII",
        "ES-10",
        "Rev.",
        "Dubai",
        ",",
        " and ",
        "Sect.",
        "Assembly",
        "AU",
        "Dec.",
        "WT",
        "MIN",
        "U.S.C.",
        "§",
        "-",
        "é",
        "\u{301}",
        "L.13",
        "Loi",
        "COM",
        "final",
        "\n",
        " of 3 May 2019",
        ".",
    ];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #[test]
    fn spans_fit_and_the_normal_form_reads_back(text in "[WTLGREVev/ .()0-9é\u{2044}\n]{0,40}") {
        for (span, symbol) in Symbol::find_all(&text) {
            prop_assert!(!span.of(&text).is_empty());
            prop_assert_eq!(Symbol::parse(symbol.as_str()), Some(symbol));
        }
    }

    #[test]
    fn words_of_forms_in_any_order_are_safe(words in prop::collection::vec(word(), 0..12), gap in "[ ]?") {
        let text = words.join(&gap);
        for (span, symbol) in Symbol::find_all(&text) {
            prop_assert!(!span.of(&text).is_empty());
            prop_assert_eq!(Symbol::parse(symbol.as_str()), Some(symbol));
        }
        let _ = (Symbol::parse(&text), Symbol::standing_alone(&text), Symbol::in_masthead(&text), Symbol::typed(&text));
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        Symbol::find_all(&text);
        let _ = Symbol::parse(&text);
    }
}
