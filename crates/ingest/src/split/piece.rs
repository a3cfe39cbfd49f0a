//! Pieces: the blocks of a text, each with the form that its own words and cues give it.

use chapeau_document::{Level, Span};

use super::{one_line, preamble_run};
use crate::any_of::{AnyOf, Made};
use crate::label::{self, Class, Division, Marker};
use crate::letter_case::{is_capitals, is_title_case, starts_low};
use crate::{Block, Normalized, Role};

/// A stretch of the text that will be one clause.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    pub(super) span: Span,
    pub(super) text: &'a str,
    pub(super) block: &'a Block,
    pub(super) form: Form<'a>,
}

/// What a piece is, by its own words and cues.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form<'a> {
    /// A division with its label and title.
    Division(Titled<'a>),
    /// A heading without number.
    Heading,
    /// A line of a table of contents.
    Contents,
    /// A numbered or listed paragraph.
    Marked(Marker),
    /// A row of a table.
    TableRow,
    /// A footnote with its mark.
    Footnote(&'a str),
    /// The head of a block that explains the rule before it.
    Guidance(super::guidance::Explains<'a>),
    /// Words that the format sets apart as a quotation.
    Quotation,
    /// Anything else.
    Plain,
}

/// The head of a division.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Titled<'a> {
    pub(super) level: Level,
    /// "Article 14.3", as printed.
    pub(super) label: &'a str,
    /// "14.3".
    pub(super) number: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) standing: Standing,
}

/// How a division stands to the others, where its level does not say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Standing {
    /// As its level says.
    #[default]
    Ordinary,
    /// The text goes on here after annexes to one of its chapters.
    Resumes,
    /// An annex without number that is known by its title: "PROTOCOL ON BULBS".
    Named,
    /// An instrument of its own, after another one: the second act of a gazette.
    Instrument,
    /// The code that an act before it puts in force: the main text, cited without its name.
    Code,
    /// Provisions that count anew behind those of the law.
    Transitory,
    /// A section whose paragraphs are cited as those of an article are.
    Provision,
    /// An annex of the annex or instrument before it.
    Nested,
    /// What it stands in is not in the text.
    Unplaced,
}

/// Longest heading, in bytes: the longest titles of chapters that we saw have 150.
pub(super) const LONGEST_HEADING: usize = 200;
/// The title of a whole text is larger than its body by this much.
const TITLE_SIZE: f32 = 1.4;
/// Words on the line of a label that are longer than this are no title but the paragraph.
const LONGEST_TITLE_ON_LINE: usize = 160;

/// The pieces of a text, before headings are told from what only looks like them.
pub(super) fn pieces(normalized: &Normalized) -> Vec<Piece<'_>> {
    let mut found = Vec::with_capacity(normalized.blocks.len());
    for block in &normalized.blocks {
        let text = block.span.of(&normalized.text);
        let form = form(block, text);
        if matches!(form, Form::Plain | Form::Marked(_)) && matches!(block.role, Role::Body) {
            let mut cuts = one_line::acts(text);
            if cuts.is_empty() && form == Form::Plain {
                cuts = preamble_run::cuts(text);
            }
            if !cuts.is_empty() {
                found.extend(cut(block, text, &cuts));
                continue;
            }
        }
        let body = match &form {
            Form::Division(division) if matches!(block.role, Role::Body | Role::Item { .. }) => {
                run_in(division)
            }
            Form::Marked(marker) => first_subsection(marker, text),
            _ => None,
        };
        let Some(body) = body else {
            found.push(Piece { span: block.span, text, block, form });
            continue;
        };
        found.extend(parted(block, block.span, text, form, body));
    }
    let mut found = super::clause_heads::parted(found);
    super::bare_numbers::keep_in_order(&mut found);
    found
}

/// The pieces of a block that is cut at these places.
fn cut<'a>(block: &'a Block, text: &'a str, cuts: &[usize]) -> Vec<Piece<'a>> {
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([text.len()]);
    let piece = |(start, end): (usize, usize)| {
        let words = text[start..end].trim_end();
        let from = block.span.start + start;
        let form = label::marker(words).map_or(Form::Plain, Form::Marked);
        Piece { span: Span::new(from, from + words.len()), text: words, block, form }
    };
    starts.zip(ends).filter(|(start, end)| start < end).map(piece).collect()
}

/// A label and the paragraph that stands on its line, as two pieces.
pub(super) fn parted<'a>(
    block: &'a Block,
    span: Span,
    text: &'a str,
    form: Form<'a>,
    body: &str,
) -> [Piece<'a>; 2] {
    let cut = text.len() - body.len();
    let head_span = Span::new(span.start, span.start + text[..cut].trim_end().len());
    let form = match form {
        Form::Division(division) => Form::Division(Titled { title: None, ..division }),
        other => other,
    };
    let head = Piece { span: head_span, text: &text[..head_span.len()], block, form };
    let words = &text[cut..];
    let form = label::marker(words).map_or(Form::Plain, Form::Marked);
    let body_span = Span::new(span.start + cut, span.end);
    [head, Piece { span: body_span, text: words, block, form }]
}

/// The words of "7.—(1) There is ..." from the number within the section.
fn first_subsection<'a>(marker: &Marker, text: &'a str) -> Option<&'a str> {
    let words = &text[marker.body..];
    let rest = words.trim_start_matches(['—', '–', '―', ' ']);
    if rest.len() < words.len() && rest.starts_with("(1)") {
        return Some(rest);
    }
    // "7. Resignation.- (1) A member may": the title of the rule stands before its first part.
    if marker.style.class != Class::Number || marker.style.close != b'.' {
        return None;
    }
    let at = words.find("(1) ").filter(|at| *at <= LONGEST_TITLE_ON_LINE)?;
    let title = words[..at].trim_end();
    title.ends_with(['-', '–', '—', '―']).then_some(&words[at..])
}

/// The words after a label if they are the paragraph itself and no title.
fn run_in<'a>(division: &Titled<'a>) -> Option<&'a str> {
    let words = division.title?;
    if label::is_paragrafo(division.label) {
        return Some(words);
    }
    let is_numbered = label::marker(words).is_some_and(|marker| !marker.is_item());
    // No title ends as a sentence does that goes on: "Article 1.- This Agreement aims to:".
    let least = if words.ends_with('.') { 9 } else { 5 };
    let is_sentence =
        words.ends_with(['.', ';', ':', ',']) && !is_title_case(words) && words.split(' ').count() >= least;
    (is_numbered || is_sentence || words.len() > LONGEST_TITLE_ON_LINE).then_some(words)
}

fn form<'a>(block: &'a Block, text: &'a str) -> Form<'a> {
    match &block.role {
        Role::TableRow => return Form::TableRow,
        Role::Footnote { mark } => return Form::Footnote(mark),
        Role::Quotation => return Form::Quotation,
        Role::Heading { level, label, title, .. } if *level != Level::Heading => {
            return Form::Division(embedded(*level, label.as_deref(), title.as_deref()));
        }
        _ => {}
    }
    if is_contents(text) {
        return Form::Contents;
    }
    if let Some(mark) = asterisks(text) {
        return Form::Footnote(mark);
    }
    if super::amendments::is_note(text) {
        return Form::Footnote("");
    }
    if let Some(division) = label::division(text) {
        return Form::Division(titled(&division));
    }
    match (label::marker(text), &block.role) {
        (Some(marker), _) => Form::Marked(marker),
        (None, Role::Heading { .. }) if is_worded(text) => Form::Heading,
        (None, Role::Item { .. }) => {
            let style = label::Style { class: Class::Bullet, opened: false, close: b' ' };
            Form::Marked(Marker { len: 0, body: 0, style, value: 0, roman: None, is_inserted: false })
        }
        (None, _) => Form::Plain,
    }
}

/// The asterisks that a note to a title or a contents list begins with: "** In keeping with". A single
/// one is a bullet as well.
fn asterisks(text: &str) -> Option<&str> {
    let (mark, words) = text.split_at(text.len() - text.trim_start_matches('*').len());
    let is_mark = (2..=4).contains(&mark.len()) && words.starts_with([' ', '\u{a0}']);
    (is_mark && words.trim().contains(' ') && !text.ends_with('*')).then_some(mark)
}

fn embedded<'a>(level: Level, label: Option<&'a str>, title: Option<&'a str>) -> Titled<'a> {
    let label = label.unwrap_or_default();
    let number =
        label::division(label).map_or_else(|| label.rsplit(' ').next().unwrap_or_default(), |d| d.number);
    Titled { level, label, number, title, standing: Standing::Ordinary }
}

fn titled<'a>(division: &Division<'a>) -> Titled<'a> {
    let title = (!division.rest.is_empty()).then_some(division.rest);
    Titled {
        level: division.level,
        label: division.label,
        number: division.number,
        title,
        standing: Standing::Ordinary,
    }
}

/// Whether a line has the words of a heading: not a row of figures, single letters, or the source
/// under a table.
fn is_worded(text: &str) -> bool {
    const SOURCES: &[&str] = &["source", "sources", "fuente", "fuentes"];
    let words = || text.split(|c: char| !c.is_alphabetic());
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let names_source = text.contains(':')
        && words().next().is_some_and(|word| SOURCES.contains(&word.to_lowercase().as_str()));
    words().any(|word| word.chars().count() >= 3) && letters >= digits && !names_source && !is_address(text)
}

/// Whether a line is an address of the web or of mail and no more, a tag of social media, or says whose the
/// text is.
fn is_address(text: &str) -> bool {
    let is_word = !text.contains(' ');
    let is_place = text.contains('.') && (text.contains(['@', '/']) || text.starts_with("www."));
    is_word && (is_place || text.starts_with('#')) || text.starts_with('©')
}

/// Dots that lead to the number of a page, once or, where entries were joined, for each entry.
fn is_contents(text: &str) -> bool {
    const LEADERS: &[&str] = &[".....", "……", ". . . .", "·····"];
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x');
    if !text.ends_with(is_of_number) {
        return false;
    }
    let Some(leader) = LEADERS.iter().find(|leader| text.contains(**leader)) else { return false };
    let last = text.rsplit(leader).next().unwrap_or_default();
    // "415/465" is no page.
    let ends_in_page = !last.is_empty() && !last.contains('/');
    let entries = || text.split(leader).filter(|words| words.contains(char::is_alphanumeric));
    ends_in_page && entries().all(|words| words.len() <= 2 * LONGEST_HEADING)
}

impl<'a> Piece<'a> {
    /// The head of a division that the piece is.
    pub(super) fn division(&self) -> Option<&Titled<'a>> {
        match &self.form {
            Form::Division(division) => Some(division),
            _ => None,
        }
    }

    /// The id of the source's element that it is the beginning of.
    pub(super) fn eid(&self) -> Option<String> {
        self.block.eid.clone().filter(|_| self.span.start == self.block.span.start)
    }

    /// The style of its number, if that is one without brackets around it: "1.", not "(1)" or "1.1".
    pub(super) fn plain_number(&self) -> Option<label::Style> {
        match &self.form {
            Form::Marked(marker) if marker.style.class == Class::Number && !marker.style.opened => {
                Some(marker.style)
            }
            _ => None,
        }
    }

    /// Whether it heads an article, or what is cited as one.
    pub(super) fn is_article(&self) -> bool {
        self.division().is_some_and(|division| {
            division.level == Level::Article || division.standing == Standing::Provision
        })
    }

    /// Whether it is the number of a section and no more: "7.—" before "(1)".
    pub(super) fn is_number_alone(&self) -> bool {
        matches!(&self.form, Form::Marked(marker) if marker.style.class == Class::Number)
            && !self.words().contains(char::is_alphanumeric)
    }

    /// The words without the marker.
    pub(super) fn words(&self) -> &str {
        match &self.form {
            Form::Marked(marker) => &self.text[marker.body..],
            _ => self.text,
        }
    }

    /// Whether there are no words in it: the number of a page, "20-18".
    pub(super) fn is_bare_number(&self) -> bool {
        const LONGEST: usize = 12;
        self.text.len() <= LONGEST && !self.text.contains(char::is_alphabetic)
    }

    /// Whether the piece could stand as the title of a division next to it.
    pub(super) fn is_title_like(&self) -> bool {
        if !matches!(self.form, Form::Plain | Form::Heading) || self.text.len() > LONGEST_HEADING {
            return false;
        }
        let words = self.text;
        let n_words = words.split(' ').count();
        let is_set_off =
            self.block.bold || self.block.italic || self.block.centred || self.form == Form::Heading;
        if words.ends_with('.') {
            return n_words <= 6 && is_title_case(words) && !words.contains(". ");
        }
        let is_short = words.len() <= 80 && !starts_low(words);
        !words.ends_with([';', ':', ','])
            && (is_set_off || is_title_case(words) || is_short)
            && !says_shall(words)
    }

    /// Whether the piece stands out as an unnumbered heading does: capitals, weight or size.
    pub(super) fn is_set_off(&self) -> bool {
        self.form == Form::Heading
            || self.form == Form::Plain
                && self.text.len() <= LONGEST_HEADING
                && !self.text.ends_with(['.', ';', ','])
                // A title above its second part ends so, but so does what introduces a list.
                && (!self.text.ends_with(':') || self.block.size > TITLE_SIZE)
                && is_worded(self.text)
                && (is_capitals(self.text) || self.block.bold || self.block.size > 1.12)
    }

    /// Whether a short numbered piece is the heading of what follows rather than a paragraph.
    pub(super) fn is_numbered_heading(&self) -> bool {
        let words = without_mark(self.words());
        matches!(&self.form, Form::Marked(marker) if !marker.is_item())
            && words.len() <= LONGEST_HEADING
            && !words.is_empty()
            && !words.ends_with(['.', ';', ',', '?', '—', '–', '-'])
            && words.strip_suffix(':').is_none_or(is_capitals)
            && !words.starts_with('[')
            && ![" and", " or", " et", " ou", " y", " o"].iter().any(|end| words.ends_with(end))
            && !starts_low(words)
            && !says_shall(words)
            && (is_title_case(words) || self.block.bold || words.split(' ').count() <= 10)
    }
}

/// The words without the mark of a footnote behind their last stop: "the fee;³", "the fee. 4".
fn without_mark(words: &str) -> &str {
    let bare = words
        .trim_end_matches(|c: char| c.is_numeric() || matches!(c, ' ' | '*' | '†' | '[' | ']' | '(' | ')'));
    if bare.ends_with(['.', ';', ',', ':', '?']) { bare } else { words }
}

fn says_shall(words: &str) -> bool {
    static MODALS: Made = Made::new(|| AnyOf::new(&[" shall ", " must ", " will "]));
    MODALS.is_in(words)
}
