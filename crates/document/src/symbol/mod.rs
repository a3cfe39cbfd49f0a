//! Official identifiers: `WT/L/843`, `A/RES/78/134`, `Regulation (EU) 2016/679`, `Loi n° 2019-01`.
//!
//! Which series there are, how they are written and what they mean stands in `registry/`; here it is
//! looked up, at the start of each word by the word's first three letters, so that a text without
//! symbols costs one pass over its bytes.

mod alone;
mod find;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::registry::look_up;
use crate::{Span, Sureness};

/// An official identifier in its one canonical form, which is the English one where its body has one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Symbol(String);

impl Symbol {
    /// Reads a symbol of a known series in any of the forms that people write, small letters
    /// included; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        look_up::whole(text.trim(), true).map(|found| Self(found.normal))
    }

    /// The symbols of known series in a running text, with their places in it, and the references
    /// that mean one ("resolution 70/1"). Capitals are wanted here: small letters with a slash are
    /// far more often words ("and/or") than symbols.
    pub fn find_all(text: &str) -> Vec<(Span, Self)> {
        find::running(text)
    }

    /// Those among [`Symbol::find_all`] that are written as one word, so that no part of one is a
    /// word of the text.
    pub fn find_compact(text: &str) -> Vec<(Span, Self)> {
        find::compact(text)
    }

    /// The symbol in a line that has nothing else to say, as in a masthead, and how sure it is: of a
    /// known series, or of the general shape of symbols. `None` where words stand beside it.
    pub fn standing_alone(line: &str) -> Option<(Span, Self, Sureness)> {
        alone::symbol(line)
    }

    /// The longest symbol at the start of what is typed, perhaps of several words, and its length.
    pub fn typed(text: &str) -> Option<(usize, Self)> {
        find::typed(text)
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The symbol's prefixes at its slashes, itself included, and at its brackets: `WT`, `WT/MIN`,
    /// `WT/MIN(13)`, `WT/MIN(13)/32`.
    pub fn prefixes(&self) -> Vec<&str> {
        let ends = self.0.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'/' | b'('));
        ends.map(|(at, _)| self.0[..at].trim_end()).chain([self.as_str()]).collect()
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

    proptest! {
        #[test]
        fn spans_fit_and_the_normal_form_reads_back(text in "[WTLGREVev/ .()0-9é\u{2044}\n]{0,40}") {
            for (span, symbol) in Symbol::find_all(&text) {
                prop_assert!(!span.of(&text).is_empty());
                prop_assert_eq!(Symbol::parse(symbol.as_str()), Some(symbol));
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            Symbol::find_all(&text);
            let _ = Symbol::parse(&text);
        }
    }
}
