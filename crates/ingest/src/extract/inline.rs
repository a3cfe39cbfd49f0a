//! Marks within a Markdown paragraph: emphasis, links, code, escapes.

/// A line without its marks, and how many of its letters were emphasised.
#[derive(Default)]
pub(super) struct Styled {
    pub(super) text: String,
    letters: usize,
    bold: usize,
    italic: usize,
}

impl Styled {
    pub(super) fn is_bold(&self) -> bool {
        self.bold * 2 > self.letters
    }

    pub(super) fn is_italic(&self) -> bool {
        self.italic * 2 > self.letters
    }
}

/// Longest label and longest address of a link, in bytes. Longer ones are no links that people
/// write, and the bound keeps hostile brackets from costing quadratic time.
const LONGEST_LINK: usize = 1000;

/// The lines of a paragraph without its marks; as many lines as the paragraph has.
pub(super) fn clean(paragraph: &str) -> Vec<Styled> {
    let mut cleaner = Cleaner::new(paragraph);
    while let Some(c) = cleaner.peek() {
        cleaner.step(c);
    }
    cleaner.lines
}

/// Whether there is a link in the line.
pub(super) fn has_link(line: &str) -> bool {
    line.match_indices("](")
        .any(|(close, _)| line[..close].contains('[') && address_end(&line[close + 1..]).is_some())
}

struct Cleaner<'a> {
    text: &'a str,
    at: usize,
    lines: Vec<Styled>,
    /// Emphasis that is open: its mark.
    open: Vec<&'a str>,
    /// Links that are open: where the label ends, and where the address does.
    links: Vec<(usize, usize)>,
    /// Where the last run of each mark lies that could close an emphasis.
    last_close: Vec<(&'a str, usize)>,
    drop_backticks: bool,
}

impl<'a> Cleaner<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            lines: vec![Styled::default()],
            open: Vec::new(),
            links: Vec::new(),
            last_close: closing_runs(text),
            drop_backticks: text.bytes().filter(|byte| *byte == b'`').count() % 2 == 0,
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn step(&mut self, c: char) {
        let skipped = match c {
            '*' | '_' => self.emphasis(c),
            '[' => self.link_start(),
            ']' => self.link_end(),
            '!' => self.image(),
            '\\' => self.escape(),
            '`' => usize::from(self.drop_backticks),
            _ => 0,
        };
        self.at += skipped;
        if skipped == 0 {
            self.keep(c);
        }
    }

    fn keep(&mut self, c: char) {
        self.at += c.len_utf8();
        if c == '\n' {
            return self.lines.push(Styled::default());
        }
        let bold = self.open.iter().any(|mark| mark.len() >= 2);
        let italic = self.open.iter().any(|mark| mark.len() != 2);
        let Some(line) = self.lines.last_mut() else { return };
        line.text.push(c);
        if c.is_alphanumeric() {
            line.letters += 1;
            line.bold += usize::from(bold);
            line.italic += usize::from(italic);
        }
    }

    /// Bytes of the run of marks here if it opens or closes emphasis, else 0.
    fn emphasis(&mut self, c: char) -> usize {
        let mark = run(&self.text[self.at..], c);
        let before = self.text[..self.at].chars().next_back();
        let after = self.text[self.at + mark.len()..].chars().next();
        if let Some(open) = self.open.iter().rposition(|open| *open == mark)
            && can_close(before)
        {
            self.open.truncate(open);
            return mark.len();
        }
        let closes_later = self.last_close.iter().any(|(close, at)| *close == mark && *at > self.at);
        let opens = mark.len() <= 3
            && after.is_some_and(|c| !c.is_whitespace())
            && !before.is_some_and(char::is_alphanumeric)
            && closes_later;
        if !opens {
            return 0;
        }
        self.open.push(mark);
        mark.len()
    }

    /// Bytes of the mark of an image, whose label is kept; an image that holds its own bytes goes as a whole.
    fn image(&mut self) -> usize {
        let rest = &self.text[self.at..];
        let start = &rest[..rest.floor_char_boundary(LONGEST_LINK)];
        let label =
            start.find("](data:").filter(|end| rest.starts_with("![") && !start[..*end].contains('\n'));
        // The marks that end the search for its end stand in no address, and keep it short.
        let whole = label.and_then(|end| {
            let behind = &rest[end + 2..];
            let close = behind.find([')', '\n', ' ', '!', '['])?;
            behind[close..].starts_with(')').then_some(end + 2 + close + 1)
        });
        whole.unwrap_or_else(|| usize::from(self.link_at(self.at + 1).is_some()))
    }

    fn link_start(&mut self) -> usize {
        let link = self.link_at(self.at);
        self.links.extend(link);
        usize::from(link.is_some())
    }

    fn link_end(&mut self) -> usize {
        let Some((_, end)) = self.links.pop_if(|(close, _)| *close == self.at) else { return 0 };
        end - self.at
    }

    /// Where the label and the address of the link end whose bracket opens at `at`.
    fn link_at(&self, at: usize) -> Option<(usize, usize)> {
        let label = self.text.get(at..)?.strip_prefix('[')?;
        let mut depth = 0;
        for (offset, byte) in label.bytes().enumerate().take(LONGEST_LINK) {
            match byte {
                b'[' => depth += 1,
                b']' if depth == 0 => {
                    let close = at + 1 + offset;
                    return Some((close, close + 1 + address_end(&self.text[close + 1..])?));
                }
                b']' => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// A backslash before punctuation keeps the punctuation as it is.
    fn escape(&mut self) -> usize {
        let Some(next) = self.text[self.at + 1..].chars().next().filter(char::is_ascii_punctuation) else {
            return 0;
        };
        self.at += 1;
        self.keep(next);
        // The cursor stands behind both already; the caller must not keep the backslash.
        self.at -= 1;
        1
    }
}

/// The run of `mark` that the text starts with.
fn run(text: &str, mark: char) -> &str {
    &text[..text.len() - text.trim_start_matches(mark).len()]
}

fn can_close(before: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace())
}

/// The last place of each run of marks, up to three long, that could close an emphasis.
fn closing_runs(text: &str) -> Vec<(&str, usize)> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(['*', '_']) {
        let start = at + offset;
        let mark = run(&text[start..], char::from(text.as_bytes()[start]));
        at = start + mark.len();
        if mark.len() > 3 || !can_close(text[..start].chars().next_back()) {
            continue;
        }
        match found.iter_mut().find(|(known, _)| *known == mark) {
            Some((_, last)) => *last = start,
            None => found.push((mark, start)),
        }
    }
    found
}

/// Bytes of `(address)` if the text starts with one. `[shall](a)` is a bracket and a letter, so
/// an address must look like one.
fn address_end(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('(')?;
    let end = inside.bytes().take(LONGEST_LINK).position(|byte| byte == b')')?;
    let address = &inside[..end];
    let is_address = address.is_empty()
        || address.starts_with(['#', '/', '<'])
        || address.starts_with("mailto:")
        || address.contains("://")
        || (address.contains('.') && !address.contains(' '));
    (is_address && !address.contains('\n')).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(marked: &str, expected: &str) {
        let lines: Vec<String> = clean(marked).into_iter().map(|line| line.text).collect();
        assert_eq!(lines.join("\n"), expected);
    }

    #[test]
    fn marks_go_and_words_stay() {
        check("*inter alia*, **bold** and ***both***", "inter alia, bold and both");
        check("[WT/L/274](#), [UN](https://un.org) and ![flag](a.png)", "WT/L/274, UN and flag");
        check("[see [WT/L/1](#)](http://x)", "see WT/L/1");
        let own = format!("lamp ![Image](data:image/png;base64,{}) wick", "iVBO+/Rw".repeat(400));
        check(&own, "lamp  wick");
        check("_x_ snake_case_word", "x snake_case_word");
        check("`code` 1\\. a\\*b", "code 1. a*b");
    }

    #[test]
    fn what_is_no_mark_stays() {
        for text in [
            "5 * 3 * 2",
            "[shall] (a)",
            "[shall](a)",
            "* note",
            "a ** b",
            "[[x] y",
            "*",
            "x*",
            "\\",
            "`",
            "é*",
            "[](.\n)",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn lines_are_as_many_as_before(text in "[a*_`!\\[\\]()#. \\\\\né]{0,40}") {
            prop_assert_eq!(clean(&text).len(), text.split('\n').count());
        }
    }
}
