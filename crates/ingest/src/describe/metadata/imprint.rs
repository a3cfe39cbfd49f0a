//! Who published a text, as its imprint says: the holder of the rights, the house that tells of itself
//! ("About the Lamp Office"), the name of a newsletter.

use super::bodies::{self, Named};
use super::sheet::{Sheet, SheetLine};
use super::title;
use crate::describe::words::Words;
use crate::lists;

/// Who a sheet says published the text: a line of rights, else a house that tells of itself.
pub(super) fn of_sheet(sheet: &Sheet) -> Option<Named> {
    let lines = sheet.lines.iter().map(|line| line.text.as_str());
    let all = lines.chain(sheet.tail.iter().map(String::as_str));
    all.filter(|line| is_line_of_rights(line))
        .find_map(of_copyright)
        .or_else(|| sheet.lines.windows(2).find_map(of_itself))
        .or_else(|| of_contact(&sheet.tail.join(" ")))
        .or_else(|| sheet.lines.iter().take(FIRST_LINES).find_map(|line| of_newsletter(&line.text)))
}

/// Lines among which the name of a newsletter stands.
const FIRST_LINES: usize = 12;

/// Whether a line is about rights and nothing else, not one that has the sign somewhere.
fn is_line_of_rights(line: &str) -> bool {
    let starts = ["©", "Ó ", "Copyright ©", "Copyright (c)", "Copyright (C)", "COPYRIGHT ©"];
    starts.iter().any(|start| line.starts_with(start)) && line.len() <= 200
}

/// The holder of the rights, as a foot of the page says: "© 2022 Lamp Office". The Symbol font has
/// its sign where others have "Ó", which then stands with a year: "Ó Lamp Office, 2022".
pub(super) fn of_copyright(text: &str) -> Option<Named> {
    let is_dated = || text.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 4);
    let after = text
        .split_once('©')
        .or_else(|| text.split_once("Copyright "))
        .or_else(|| text.split_once("(c) "))
        .map(|(_, after)| after)
        .or_else(|| text.strip_prefix("Ó ").filter(|_| is_dated()))?;
    let after = after.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',' | '©')
    });
    let name =
        after.split([',', '.', '|', ';', '«']).next()?.split(" Page ").next()?.split(" All ").next()?.trim();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let words = Words::of(name);
    let is_name = (1..=8).contains(&words.len()) && !lists::PICTURE_AGENCIES.contains(&words.at(0));
    is_name.then(|| {
        bodies::known(name).unwrap_or_else(|| Named {
            name: name.to_owned(),
            is_known: false,
            is_house: true,
        })
    })
}

/// "About the Lamp Office", and below it "The Lamp Office is ...": it tells of itself.
fn of_itself(lines: &[SheetLine]) -> Option<Named> {
    const IS: &[&str] = &[" is ", " are ", " es ", " est ", " son ", " was ", " fue "];
    let [head, below] = lines else { return None };
    let name =
        lists::ABOUT_A_HOUSE.iter().find_map(|about| head.text.strip_prefix(about)?.strip_prefix(' '))?;
    let name = bodies::without_article(name.trim_end_matches([':', ' ']));
    let told = bodies::without_article(&below.text);
    let begins = told.get(..name.len()).is_some_and(|start| start.to_lowercase() == name.to_lowercase());
    let is_name = (1..=8).contains(&Words::of(name).len()) && name.starts_with(char::is_uppercase);
    if !begins || !is_name || !IS.iter().any(|is| told[name.len()..].starts_with(is)) {
        return None;
    }
    let printed = told[..name.len()].to_owned();
    let named = Named { name: title::plain(&printed), is_known: false, is_house: true };
    Some(bodies::known(&printed).unwrap_or(named))
}

/// "For more information contact A. Wick, Lamp Guild, wick@lamps.example": the house of the person who
/// answers for a text, at its end.
fn of_contact(tail: &str) -> Option<Named> {
    let at = lists::FURTHER_INFORMATION.iter().find_map(|phrase| tail.rfind(phrase))?;
    let end = tail.floor_char_boundary((at + 200).min(tail.len()));
    let after = lists::CONTACT.iter().find_map(|verb| tail[at..end].split_once(&[verb, " "].concat()))?.1;
    let mut parts = after.split([',', '(', '<', ';', '@']).map(str::trim);
    let (person, house) = (parts.next()?, parts.next()?);
    // A person and a house, with an address behind them.
    parts.next()?;
    let are_names = |text: &str, most: usize| {
        let words: Vec<&str> = text.split(' ').collect();
        (2..=most).contains(&words.len())
            && words.iter().all(|word| !word.contains(['.', ':', '/']) || word.len() <= 2)
            && words.first().is_some_and(|word| word.starts_with(char::is_uppercase))
            && words.last().is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    let named = Named { name: house.to_owned(), is_known: false, is_house: true };
    (are_names(person, 4) && are_names(house, 9)).then(|| bodies::known(house).unwrap_or(named))
}

/// "LAMPS Newsletter": the house that a newsletter is named after, where its name is no common word:
/// a body that is known, an acronym or a word that begins with a small letter.
pub(super) fn of_newsletter(line: &str) -> Option<Named> {
    let words = Words::of(line);
    let at = (1..words.len().min(4)).find(|place| words.at(*place) == "newsletter")?;
    let name = words.span(0, at - 1).of(line);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_coined = at == 1
        && letters >= 3
        && (name.starts_with(char::is_lowercase) || name.chars().skip(1).any(char::is_uppercase));
    let coined = || Named { name: name.to_owned(), is_known: false, is_house: true };
    bodies::known(name).or_else(|| is_coined.then(coined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_of_rights_are_told_from_credits() {
        let name = |line: &str| of_copyright(line).map(|named| named.name).unwrap_or_default();
        assert_eq!(name("© Lamp Guild, 2030"), "Lamp Guild");
        assert_eq!(name("Ó Lamp Guild, 2030"), "Lamp Guild");
        assert_eq!(name("Ó Lamp Guild"), "");
        assert_eq!(
            name("Copyright © 2030 World Customs Organization. All rights reserved."),
            "World Customs Organization"
        );
        assert_eq!(name("© Shutterstock / A. Lampman"), "");
    }

    #[test]
    fn a_house_tells_of_itself() {
        let line = |text: &str| SheetLine { text: text.to_owned(), ..SheetLine::default() };
        let name = |head: &str, below: &str| {
            of_itself(&[line(head), line(below)]).map(|named| named.name).unwrap_or_default()
        };
        assert_eq!(name("About the Lamp Office", "The Lamp Office is a house of light."), "Lamp Office");
        assert_eq!(name("Sobre Faroles", "Faroles es un centro de estudios."), "Faroles");
        assert_eq!(name("About lamps", "Lamps are old."), "");
        assert_eq!(name("About the Lamp Office", "Its lamps are old."), "");
    }

    #[test]
    fn who_answers_for_a_text_tells_its_house() {
        let name = |tail: &str| of_contact(tail).map(|named| named.name).unwrap_or_default();
        assert_eq!(
            name("For more information, please contact Ann Wick, Guild of Lamps, ann@lamps.example"),
            "Guild of Lamps"
        );
        assert_eq!(
            name("Para más información, puede contactarse con Ana Farol, Red de Faroles, ana@x.example."),
            "Red de Faroles"
        );
        assert_eq!(name("For more information contact the keeper of the lamps, in the hall, at noon"), "");
        assert_eq!(name("See the web page for more information on lamps."), "");
    }

    #[test]
    fn newsletters_are_named_after_their_house() {
        let name = |line: &str| of_newsletter(line).map(|named| named.name).unwrap_or_default();
        assert_eq!(name("lampwatch Newsletter « Issue 9"), "lampwatch");
        assert_eq!(name("Monthly Newsletter, May 2030"), "");
        assert_eq!(name("WTO Newsletter"), "World Trade Organization");
    }
}
