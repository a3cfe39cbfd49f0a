//! Words of others: what minutes and reports tell that somebody said is neither their act nor their obligation.
//!
//! The words of speech stand in `registry/speech.toml`.

use std::sync::LazyLock;

use super::sieve::Sieve;
use super::words::Words;
use crate::lists;

/// The words of speech of one language.
struct Speech {
    language: &'static str,
    speakers: &'static [&'static str],
    said: &'static [&'static str],
    that: &'static [&'static str],
    impersonal: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/speech.rs"));

/// A sieve of all verbs of speech, so that most words are told to be none by one look.
static SAID: LazyLock<Sieve> = LazyLock::new(|| {
    Sieve::of(SPEECH.iter().flat_map(|speech| speech.said.iter().chain(speech.that)).copied())
});

/// How far from the opening of a clause its speaker may stand, in words: "In reply to a question of the
/// hill towns, the representative ...".
const FARTHEST_SPEAKER: usize = 14;
/// How far behind the speaker the verb may stand: "the representative of ..., speaking on behalf of ..., said".
const FARTHEST_VERB: usize = 40;

/// Whether a clause tells what somebody said: its first sentence names a speaker with a verb of speech,
/// or has a verb of speech before "that".
pub(super) fn tells_what_others_said(words: &Words<'_>, language: &str) -> bool {
    let Some(speech) = SPEECH.iter().find(|speech| speech.language == language) else { return false };
    let start = super::acts::skip_marker(words);
    let end = words.sentence_end(start);
    let is_speaker = |place: &usize| speech.speakers.contains(&words.at(*place));
    // Most clauses have no verb of speech in their first sentence, and are done with here.
    if !(start + 1..end).any(|place| words.passes(place, &SAID)) {
        return false;
    }
    if words.phrase_of(start, speech.impersonal).is_some() {
        return true;
    }
    if (start..end).any(|place| COMMANDS.contains(&words.at(place))) {
        return false;
    }
    let speaker = (start..end.min(start + FARTHEST_SPEAKER)).find(is_speaker);
    let spoke = |from: usize| {
        (from + 1..end.min(from + FARTHEST_VERB)).any(|place| is_finite(words, place, speech.said, language))
    };
    speaker.is_some_and(spoke) || (start + 1..end).any(|place| says_that(words, place, speech))
}

/// Whether the word at `place` stands in what the sentence tells that somebody said.
pub(super) fn is_told(words: &Words<'_>, place: usize, language: &str) -> bool {
    let Some(speech) = SPEECH.iter().find(|speech| speech.language == language) else { return false };
    let before =
        || (1..=place).map(|back| place - back).take_while(|at| words.sentence(*at) == words.sentence(place));
    before().any(|at| says_that(words, at, speech)) || language == "en" && is_second_of_told(words, before())
}

/// "It was arranged that kettles would be taxed over five years, and that lamps may be left out": the second
/// of two clauses, of which the first tells by its "would" that they are words of then.
fn is_second_of_told(words: &Words<'_>, before: impl Iterator<Item = usize>) -> bool {
    let mut steps = ["that", "would", "that"].iter();
    let mut wanted = steps.next();
    for at in before {
        if wanted.is_some_and(|word| words.at(at) == *word) {
            wanted = steps.next();
        }
    }
    wanted.is_none()
}

/// A sentence with one of these commands; laws speak of what somebody stated too.
const COMMANDS: &[&str] = &["shall", "hereby"];

/// "replied that", "a indiqué que", "señaló que".
fn says_that(words: &Words<'_>, place: usize, speech: &Speech) -> bool {
    const THAT: &[&str] = &["that", "que", "qu"];
    words.passes(place, &SAID)
        && THAT.contains(&words.at(place + 1))
        && is_finite(words, place, speech.that, speech.language)
}

/// Whether one of `verbs` stands at `place` as the verb of its sentence, not as a participle: "the town
/// requested by the Guild", "as stated", "if it is noted".
fn is_finite(words: &Words<'_>, place: usize, verbs: &[&str], language: &str) -> bool {
    if !words.passes(place, &SAID) || !verbs.contains(&words.at(place)) {
        return false;
    }
    let before = words.before(place, 1);
    match language {
        "fr" => ["a", "ont"].contains(&before) || ["a", "ont"].contains(&words.before(place, 2)),
        "es" => true,
        _ => {
            !lists::NO_SPEECH_BEFORE.contains(&before)
                && !lists::NO_SPEECH_BEHIND.contains(&words.at(place + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: bool) {
        assert_eq!(tells_what_others_said(&Words::of(text), language), expected, "{text}");
    }

    #[test]
    fn the_second_of_two_told_clauses_is_told_too() {
        let check = |text: &str, expected: bool| {
            let words = Words::of(text);
            let place = (0..words.len()).find(|place| words.at(*place) == "may").expect("a may");
            assert_eq!(is_told(&words, place, "en"), expected, "{text}");
        };
        check("It was arranged that kettles would be taxed, and that 7% of them may be left out.", true);
        check("That kettles would be taxed is new. A smith may appeal.", false);
        check("A smith that would appeal may do so.", false);
    }

    #[test]
    fn speakers_are_told_of() {
        check(
            "en",
            "12. The representative of the hill towns said that the Office should publish its fees.",
            true,
        );
        check(
            "en",
            "The delegate of the ferry towns, speaking for the river guild, noted the need to act.",
            true,
        );
        check("en", "The ferry towns replied that they must do so.", true);
        check("en", "It was suggested that the lamps should be tested.", true);
        check("en", "He asked about the wicks. The lamps should be better.", true);
        check("fr", "Le représentant des villes a dit que le Bureau devrait publier ses frais.", true);
        check(
            "es",
            "El representante de las ciudades señaló que la Oficina debía publicar sus tarifas.",
            true,
        );
        check("es", "Se sugirió que las lámparas deberían ensayarse.", true);
    }

    #[test]
    fn laws_and_bodies_speak_for_themselves() {
        check("en", "A representative requested by the Guild shall attend.", false);
        check("en", "The Secretariat shall publish what the towns noted.", false);
        check("en", "The Committee took note of the lamps and agreed to return to them.", false);
        check("en", "Each town shall give the reasons that it stated.", false);
        check("en", "The Chairman may call a meeting if a member so requested.", false);
        check("fr", "Le Secrétariat publie les réponses que les villes ont données.", false);
        check("es", "El Presidente convocará al Comité.", false);
    }
}
