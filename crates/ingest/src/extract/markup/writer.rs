//! Lines as the elements of a law give them: words gather until a paragraph ends, and a number
//! waits for the words that it belongs to.

use chapeau_document::Level;

use crate::extract::ordinal::raised;
use crate::extract::tables::{Kind, Tables};
use crate::{Line, Role};

/// The rule above the notes of a page, as converters from PDF leave it in the text.
const RULE: &str = "________";

/// The lines of a document, as they are written.
#[derive(Debug, Default)]
pub(super) struct Writer {
    lines: Vec<Line>,
    /// Footnotes stand at the end.
    notes: Vec<Line>,
    words: String,
    /// Numbers that wait for their words: "1.", "(a)".
    number: String,
    tables: Tables,
    /// How many quoted provisions are open: their words are those of another act.
    quoted: usize,
    is_furniture: bool,
    /// The id of the element that has begun, until a line of it is written.
    begun: Option<String>,
    /// Whether the words that come are parted from those before.
    is_parted: bool,
    /// Whether a quotation ends right before the words that come.
    is_behind_quotation: bool,
    /// Whether the words that come stand right behind the number of an article, and a dash parts them from it.
    is_behind_label: bool,
}

impl Writer {
    /// An element begins: of those that begin together the innermost that is cited by itself gives
    /// the next line its id, else the outermost.
    pub(super) fn begin(&mut self, id: &str, is_unit: bool) {
        self.flush();
        if is_unit || self.begun.is_none() {
            self.begun = Some(id.to_owned());
        }
    }

    /// It ends; if it had no line, its id goes to none.
    pub(super) fn end(&mut self, id: &str) {
        self.flush();
        self.begun.take_if(|begun| begun == id);
    }

    /// Words of the paragraph that is open.
    pub(super) fn push(&mut self, found: &str) {
        if std::mem::take(&mut self.is_parted) {
            self.part_from(found);
        }
        for word in found.split_inclusive(char::is_whitespace) {
            let letters = word.trim_end();
            if !letters.is_empty() {
                self.words.push_str(letters);
            }
            if letters.len() < word.len() && !self.words.is_empty() && !self.words.ends_with(' ') {
                self.words.push(' ');
            }
        }
    }

    /// Puts a space before words that would stick to a word.
    pub(super) fn part_from(&mut self, found: &str) {
        if self.words.ends_with(char::is_alphanumeric) && found.starts_with(char::is_alphanumeric) {
            self.words.push(' ');
        }
    }

    /// The same for whatever comes next.
    pub(super) fn part_next(&mut self) {
        self.is_parted = true;
    }

    /// The number of what follows.
    pub(super) fn number(&mut self, number: &str) {
        self.flush();
        let number = number.trim();
        if !self.number.is_empty() && !number.is_empty() {
            self.number.push(' ');
        }
        self.number.push_str(number);
    }

    /// The paragraph ends here, if there is one.
    pub(super) fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let mut parts =
            words.split(RULE).map(|part| part.trim_matches(|c: char| c == '_' || c.is_whitespace()));
        self.paragraph(parts.next().unwrap_or_default());
        for part in parts.filter(|part| !part.is_empty()) {
            self.below_rule(part);
        }
    }

    /// What a converter left below the rule of a page's foot: a note with its number.
    fn below_rule(&mut self, words: &str) {
        let number = words.split(' ').next().unwrap_or_default();
        let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        match is_number {
            true => self.note_of_heading(number, vec![words[number.len()..].trim_start().to_owned()], None),
            false => self.paragraph(words),
        }
    }

    /// What closes the sentence that a quotation stands in belongs to its last line: "...”; and".
    pub(super) fn close_quotation(&mut self) {
        self.is_behind_quotation = true;
    }

    /// The number of an article has been written, and its first words follow.
    pub(super) fn behind_label(&mut self) {
        self.is_behind_label = true;
    }

    fn paragraph(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let closes =
            std::mem::take(&mut self.is_behind_quotation) && is_close(words) && self.number.is_empty();
        if let Some(last) = self.lines.last_mut().filter(|_| closes) {
            last.text.push_str(words);
            return;
        }
        let words = if std::mem::take(&mut self.is_behind_label) { without_dash(words) } else { words };
        let number = std::mem::take(&mut self.number);
        let text = if number.is_empty() { words.to_owned() } else { [&number, " ", words].concat() };
        let role = if self.quoted > 0 { Role::Quotation } else { Role::Body };
        self.line(text, role);
    }

    /// A number without words of its own stands alone.
    pub(super) fn flush_number(&mut self) {
        self.flush();
        let number = std::mem::take(&mut self.number);
        if !number.is_empty() {
            self.line(number, Role::Body);
        }
    }

    pub(super) fn line(&mut self, text: String, role: Role) {
        let role = if self.is_furniture { Role::Furniture } else { role };
        let bold = matches!(role, Role::Heading { .. });
        self.lines.push(Line {
            text,
            role,
            bold,
            space_above: 1.0,
            size: 1.0,
            whole: true,
            eid: self.begun.take(),
            ..Line::default()
        });
    }

    /// A heading. Within quoted provisions it is one of another act, and only words.
    pub(super) fn heading(&mut self, level: Level, depth: u8, head: &Head) {
        self.flush_number();
        let text = head.text();
        if text.is_empty() {
            return;
        }
        if self.quoted > 0 {
            return self.line(text, Role::Quotation);
        }
        let printed = head.number.trim_end_matches(|c: char| c.is_whitespace() || ".:—–-".contains(c));
        let label = head.label.clone().or_else(|| (!printed.is_empty()).then(|| printed.to_owned()));
        let title = (!head.title.is_empty()).then(|| head.title.clone());
        let (label, title) = if level == Level::Heading { (None, None) } else { (label, title) };
        self.line(text, Role::Heading { level, depth, label, title });
    }

    /// A footnote: its mark stands here, its words at the end.
    pub(super) fn note(&mut self, mark: &str, paragraphs: Vec<String>, id: Option<&str>) {
        self.words.truncate(self.words.trim_end().len());
        self.words.push_str(&raised(mark));
        self.note_of_heading(mark, paragraphs, id);
    }

    /// A footnote to a heading, whose title stays without the mark.
    pub(super) fn note_of_heading(&mut self, mark: &str, paragraphs: Vec<String>, id: Option<&str>) {
        let mut id = id.map(str::to_owned);
        for text in paragraphs.into_iter().filter(|text| !text.is_empty()) {
            let role = Role::Footnote { mark: mark.to_owned() };
            let eid = id.take();
            self.notes.push(Line { text, role, size: 1.0, whole: true, eid, ..Line::default() });
        }
    }

    /// How many notes there are.
    pub(super) fn n_notes(&self) -> usize {
        self.notes.len()
    }

    pub(super) fn open_table(&mut self) {
        self.flush_number();
        self.tables.open(Kind::Data);
    }

    pub(super) fn cell(&mut self) {
        self.flush_number();
        self.tables.cell(self.lines.len());
    }

    pub(super) fn end_row(&mut self) {
        self.flush_number();
        self.tables.end_row(&mut self.lines);
    }

    pub(super) fn close_table(&mut self) {
        self.flush_number();
        self.tables.close(&mut self.lines);
    }

    /// Quoted provisions begin or end.
    pub(super) fn quote(&mut self, opens: bool) {
        self.flush_number();
        self.quoted = if opens { self.quoted + 1 } else { self.quoted.saturating_sub(1) };
    }

    /// What stands around the text begins or ends.
    pub(super) fn furniture(&mut self, opens: bool) {
        self.flush_number();
        self.is_furniture = opens;
    }

    /// All lines, with the notes behind them.
    pub(super) fn finish(mut self) -> Vec<Line> {
        self.flush_number();
        self.tables.close_all(&mut self.lines);
        self.lines.append(&mut self.notes);
        self.lines
    }
}

/// Whether words only close a sentence: ".", "; and".
fn is_close(words: &str) -> bool {
    let rest = words.trim_start_matches(['.', ';', ',']);
    rest.len() < words.len() && matches!(rest.trim(), "" | "and" | "or" | "et" | "ou" | "y" | "o")
}

/// The head of a division, as far as it is told apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// As printed: "Article 1", "§ 12.", "I".
    pub(super) number: String,
    pub(super) title: String,
    /// How it is cited, where the number alone does not say so: "Section 12" of "12.".
    pub(super) label: Option<String>,
}

impl Head {
    fn text(&self) -> String {
        let parts = [self.number.as_str(), self.title.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// "- Lamps are lit." behind "Article 1.": the dash is that of the label, and no bullet.
fn without_dash(words: &str) -> &str {
    let rest = words.trim_start_matches(['.', '-', '–', '—']);
    if rest.starts_with(' ') { rest.trim_start() } else { words }
}
