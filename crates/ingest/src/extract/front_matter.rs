//! Front matter: the block of keys and values before a Markdown text, in YAML between `---` or in
//! TOML between `+++`.
//!
//! Of both only what such blocks hold is read: a value on the line of its key or indented below it,
//! and lists of names. What is nested says nothing of the document itself.

use chapeau_document::{Date, Metadata};

use super::properties::{self, likely};

/// A block is at most this long, in bytes, and a text that has none begins with a rule.
const LONGEST: usize = 64 << 10;

/// Keys by what they mean, the most telling first.
const TITLES: &[&str] = &["title", "titre", "titulo", "título", "headline"];
const DATES: &[&str] = &[
    "date",
    "doc_date",
    "document_date",
    "issued",
    "published",
    "date_published",
    "publish_date",
    "pubdate",
    "fecha",
];
const AUTHORS: &[&str] = &["author", "authors", "byline", "auteur", "autor"];
const LANGUAGES: &[&str] = &["lang", "language", "locale", "langue", "idioma"];
const URLS: &[&str] = &["url", "canonical_url", "canonical", "source_url", "link", "source", "permalink"];

/// The block and the text behind it; `None` where a text has no block.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let mark = ["---", "+++"].into_iter().find(|mark| text.starts_with(mark))?;
    let first_end = text.find('\n')?;
    if text[..first_end].trim_end() != mark {
        return None;
    }
    let mut at = first_end + 1;
    let mut is_block = false;
    for line in text[at..text.floor_char_boundary(LONGEST.min(text.len()))].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == mark || mark == "---" && bare == "..." {
            return is_block.then(|| (&text[first_end + 1..at], &text[at + line.len()..]));
        }
        is_block |= pair(bare).is_some();
        // A line that is neither a pair, nor within one, nor a remark shows that this is text.
        if pair(bare).is_none() && !(bare.is_empty() || is_within(line) || bare.starts_with(['#', '['])) {
            return None;
        }
        at += line.len();
    }
    None
}

/// Whether a line belongs to the value of the key above it.
fn is_within(line: &str) -> bool {
    line.starts_with([' ', '\t', '-', ']', '}'])
}

/// Key and value of a line that is not indented.
fn pair(line: &str) -> Option<(&str, &str)> {
    let end = line.find([':', '='])?;
    let (key, value) = (line[..end].trim_end(), line[end + 1..].trim());
    let is_key = key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let is_apart = value.is_empty() || line[end + 1..].starts_with([' ', '\t']);
    (is_key && is_apart).then_some((key, value))
}

/// What a block says of the text.
pub(super) fn metadata(block: &str, text: &str) -> Metadata {
    let pairs = pairs(block);
    let said = |keys: &[&str]| {
        let of = |key: &&str| pairs.iter().find(|(known, value)| known == key && !value.is_empty());
        keys.iter().find_map(of).map(|(_, value)| value.as_str())
    };
    let url = URLS.iter().filter_map(|key| said(&[key])).find(|url| url.contains("://"));
    Metadata {
        title: said(TITLES).and_then(properties::title).and_then(likely),
        date_issued: said(DATES).and_then(date).and_then(likely),
        author: said(AUTHORS).map(str::to_owned).and_then(likely),
        language: said(LANGUAGES).and_then(|code| properties::language(code, text)).and_then(likely),
        url: url.map(str::to_owned).and_then(likely),
        ..Metadata::default()
    }
}

/// The keys of a block in small letters, each with its value in one line.
fn pairs(block: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut is_own = true;
    for line in block.lines() {
        if line.starts_with('[') {
            // A table of TOML: what follows is nested.
            is_own = false;
        } else if let Some((key, value)) = pair(line).filter(|_| is_own) {
            let value = if matches!(value, ">" | "|" | ">-" | "|-") { "" } else { value };
            pairs.push((key.to_lowercase(), value.to_owned()));
        } else if is_within(line)
            && let Some((_, value)) = pairs.last_mut()
        {
            go_on(value, line.trim());
        }
    }
    pairs.iter_mut().for_each(|(_, value)| *value = plain(value));
    pairs
}

/// A line below a key: more of its words, or one more name of its list; what is nested is neither.
fn go_on(value: &mut String, line: &str) {
    let name = line.strip_prefix("- ");
    let words = plain(name.unwrap_or(line));
    if value.is_empty() && name.is_none() && pair(&words).is_some()
        || pair(&words).is_some() && name.is_some()
    {
        return;
    }
    if !value.is_empty() {
        value.push_str(if name.is_some() { "; " } else { " " });
    }
    value.push_str(if name.is_some() { &words } else { line });
}

/// A value without its quotation marks; a list on one line as names.
fn plain(value: &str) -> String {
    let value = value.trim();
    if let Some(list) = value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        return list.split(',').map(plain).filter(|name| !name.is_empty()).collect::<Vec<_>>().join("; ");
    }
    let within = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    match (within('\''), within('"')) {
        (Some(inside), _) => inside.replace("''", "'"),
        (_, Some(inside)) => unescaped(inside),
        _ => value.to_owned(),
    }
}

/// The words between double quotation marks (YAML 1.2, 5.7): "\\u2019" is a letter, and every space one space.
fn unescaped(inside: &str) -> String {
    let mut out = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let mut letters = rest[at + 1..].chars();
        let Some(mark) = letters.next() else { return out };
        let behind = letters.as_str();
        let n_digits = match mark {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let code = behind.get(..n_digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let coded = code.and_then(char::from_u32).filter(|_| n_digits > 0);
        out.push(match mark {
            'n' | 't' | 'r' | '_' | 'N' | 'L' | 'P' => ' ',
            mark => coded.unwrap_or(mark),
        });
        rest = if coded.is_some() { &behind[n_digits..] } else { behind };
    }
    out.push_str(rest);
    out
}

/// A day as ISO 8601, whatever time follows.
fn date(written: &str) -> Option<Date> {
    written.get(..10)?.replace('/', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let (block, rest) = split(text).expect("it has a block");
        let found = metadata(block, rest);
        let values = [
            found.title.map(|title| title.value),
            found.date_issued.map(|date| date.value.to_string()),
            found.author.map(|author| author.value),
            found.language.map(|language| language.value),
            found.url.map(|url| url.value),
        ];
        assert_eq!(values.into_iter().flatten().collect::<Vec<_>>(), expected, "{text}");
        assert_eq!(rest.trim(), "text");
    }

    #[test]
    fn blocks_say_what_a_text_is() {
        check(
            "---\ntitle: Lamp declaration of the ministers\ndate: 2046-11-21T20:55:00UTC\nlayout: post\ntags: [lamps]\n\
             sources:\n  - label: Guild\n    link: http://nested.example\npermalink: /lamps\n---\ntext",
            &["Lamp declaration of the ministers", "2046-11-21"],
        );
        check(
            "---\r\ndoc_date: '2047-05-14'\r\ntitle: Guild of Lanterns, to the committee on trade and\r\n  wicks\r\nlang: en-GB\r\n\
             author: [A. Wick, 'B. Oil']\r\nurl: \"https://guild.example/1\"\r\n---\r\ntext",
            &[
                "Guild of Lanterns, to the committee on trade and wicks",
                "2047-05-14",
                "A. Wick; B. Oil",
                "en",
                "https://guild.example/1",
            ],
        );
        check(
            "+++\ntitle = \"The kettle's \\\"lid\\\"\"\ndate = 2048-02-03\n[menu]\ntitle = \"no\"\n+++\ntext",
            &["The kettle's \"lid\"", "2048-02-03"],
        );
        check(
            "---\ntitle: >\n  Lamps and\n  wicks\nauthors:\n- A. Wick\n- B. Oil\n...\ntext",
            &["Lamps and wicks", "A. Wick; B. Oil"],
        );
    }

    #[test]
    fn letters_written_as_codes_are_letters() {
        assert_eq!(
            plain(r#""Lamp Makers\u2019\_\"Oil\" \x41\u00e9 \q \u12""#),
            "Lamp Makers’ \"Oil\" Aé q u12"
        );
        assert_eq!(unescaped("\\"), "");
    }

    #[test]
    fn a_rule_opens_no_block() {
        for text in
            ["---\n\nLamps shine.\n\n---\ntext", "---\ntext", "--- a\ntitle: b\n---\n", "---\n---\n", "-", ""]
        {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
