//! English "may" that tells what is likely, and leaves nothing to anybody: "may arise", "may be necessary".

use super::phrases;
use crate::describe::words::Words;

/// "may arise", "may be necessary": likelihood, not leave, whatever the text.
pub(super) fn is_guess(words: &Words<'_>, verb: usize) -> bool {
    let (first, second) = (words.at(verb), words.at(verb + 1));
    words.phrase_of(verb, phrases::HAPPENINGS).is_some()
        || first == "be" && phrases::LIKELY_STATES.contains(&second)
        || first == "be"
            && second == "in"
            && ["breach", "conflict", "violation"].contains(&words.at(verb + 2))
        || first == "have" && second != "recourse" && second != "access"
}

/// What else is only likely where the text explains and does not bind: "may help", "may be fake", "may not be
/// able", "the reader may well ask".
pub(super) fn is_guess_in_prose(words: &Words<'_>, place: usize, verb: usize) -> bool {
    let next = words.at(place + 1);
    next == "well"
        || phrases::PROSE_HAPPENINGS.contains(&words.at(verb))
        || next == "not" && phrases::UNCERTAIN.contains(&words.at(place + 2))
        || words.at(verb) == "be" && is_state(words, super::english::skip_adverbs(words, verb + 1))
}

/// Whether the word behind "be" says how something is, not what is done with it.
fn is_state(words: &Words<'_>, place: usize) -> bool {
    let word = words.at(place);
    let is_participle = word.ends_with("ed") || phrases::PARTICIPLES.contains(&word);
    !is_participle && !["free", "subject", "exempt", "eligible"].contains(&word)
}

#[cfg(test)]
mod tests {
    use chapeau_document::Obligation;

    use crate::describe::obligation::{ReadText, Setting, strongest};

    /// The force of a sentence of a text that explains.
    #[track_caller]
    fn check(text: &str, expected: Obligation) {
        let setting = Setting { language: "en", in_article: false, binds: false };
        let found =
            strongest(&ReadText::of(text), setting).map_or(Obligation::None, |force| force.obligation);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_is_likely_is_allowed_to_nobody() {
        for text in [
            "Oil may be fake.",
            "Two lamps of one make may not be interoperable.",
            "To a determined thief, a lamp may not help.",
            "The reader may well ask what is new.",
            "Towns that can light their lanes will confer an advantage.",
            "Small members will face dark lanes.",
            "The parties will also be able to see the wick.",
            "Since the parties will undertake it late, lamps are dear.",
            "A problem that must be solved is the smoke.",
            "Lamps cannot easily be lit by hand.",
            "A guild without oil is bound to fail.",
        ] {
            check(text, Obligation::None);
        }
        check("Makers may link the lamps, but keepers will have to trim them.", Obligation::Permission);
    }

    #[test]
    fn what_guides_ask_and_allow_stays() {
        check("You may store oil in a cellar.", Obligation::Permission);
        check("Oil may be stored in a cellar.", Obligation::Permission);
        check("Oil may not be stored near a lamp.", Obligation::Prohibition);
        check("You may not sell oil.", Obligation::Prohibition);
        check("The keeper must be able to see the wick.", Obligation::Duty);
        check("Members will trim the wicks.", Obligation::Commitment);
        check("Members, in line with their rules, will trim the wicks.", Obligation::Commitment);
        check("You must trim the wick.", Obligation::Duty);
    }
}
