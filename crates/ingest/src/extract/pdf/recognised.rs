//! A page as Tesseract read it: from its table of words to the lines of a page.
//!
//! Tesseract finds columns and the order of lines itself; what is left to do is to measure them as
//! the lines of other pages are measured.

use chapeau_document::Bounds;
use serde::{Deserialize, Serialize};

use super::layout::{Cell, LaidLine, LaidPage};
use super::{fragment, order};

/// A page as recognised from its image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recognised {
    /// Its number in the source, from 1.
    pub page: u32,
    /// Pixels of the image for each point of the page.
    pub pixels_per_point: f32,
    /// Tesseract's table of words (`tesseract IMAGE NAME tsv`); empty where the page is.
    pub table: String,
    /// Why it could not be recognised.
    pub fault: Option<String>,
}

/// Tesseract draws boxes around the ink: from the top of ascenders to the foot of descenders is
/// this part of an em in the usual book faces.
const INK: f32 = 0.9;
/// Lines whose height differs from that of most by less than this share are of the same size: it is
/// their letters that differ (no descender, no capital).
const SAME_SIZE: f32 = 0.2;
/// Signs without a letter or figure that are less sure than this are specks and rules.
const SPECK: f32 = 0.5;
/// Lines that are less sure say nothing by their size.
const DOUBTFUL: f32 = 0.6;

/// One word of the table.
#[derive(Clone, Debug, PartialEq)]
struct Word<'a> {
    text: &'a str,
    /// 0..=1.
    confidence: f32,
    /// In points.
    bounds: Bounds,
    /// Its block, paragraph and line.
    line: [u32; 3],
}

impl Recognised {
    /// Its words, and how sure they are, each letter counting the same; no confidence without any.
    pub fn words(&self) -> (String, Option<f32>) {
        let page = self.laid_out(0.0);
        let lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
        (lines.join("\n"), confidence(&page))
    }

    /// The page, in the order that Tesseract read it.
    pub(super) fn laid_out(&self, height: f32) -> LaidPage {
        let words: Vec<Word<'_>> =
            self.table.lines().filter_map(|row| word(row, self.pixels_per_point)).collect();
        let mut lines: Vec<LaidLine> = words.chunk_by(|one, next| one.line == next.line).map(line).collect();
        level_sizes(&mut lines);
        LaidPage { number: self.page, height, lines, ..LaidPage::default() }
    }
}

/// How sure the words of a page are, each letter counting the same; `None` without any.
pub(super) fn confidence(page: &LaidPage) -> Option<f32> {
    let letters: u32 = page.lines.iter().map(|line| line.n_letters).sum();
    let sum: f32 = page.lines.iter().map(|line| line.n_letters as f32 * line.confidence.unwrap_or(1.0)).sum();
    (letters > 0).then(|| sum / letters as f32)
}

/// A text that was recognised may have fewer letters than a poor layer, which has specks among its own.
const FEWEST_LETTERS: f32 = 0.6;

/// Whether a page as recognised is a better text than the layer that its file has.
pub(super) fn is_better(recognised: &LaidPage, own: &LaidPage) -> bool {
    let (found, had) = (recognised.n_letters(), own.n_letters());
    found as f32 >= FEWEST_LETTERS * had as f32
        && recognised.soundness().unsound_share() < own.soundness().unsound_share()
}

/// A row of the table: level, page, block, paragraph, line, word, left, top, width, height,
/// confidence in percent, text. Only words have a confidence.
fn word(row: &str, pixels_per_point: f32) -> Option<Word<'_>> {
    let fields: Vec<&str> = row.splitn(12, '\t').collect();
    let &[_, _, block, paragraph, line, _, left, top, width, height, confidence, text] = fields.as_slice()
    else {
        return None;
    };
    let number = |field: &str| field.parse::<u32>().ok();
    let points = |field: &str| number(field).map(|pixels| pixels as f32 / pixels_per_point);
    let confidence = confidence.parse::<f32>().ok().filter(|percent| *percent >= 0.0)? / 100.0;
    let text = text.trim();
    let is_speck = confidence < SPECK && !text.contains(char::is_alphanumeric);
    let (left, top) = (points(left)?, points(top)?);
    let bounds = Bounds { left, top, right: left + points(width)?, bottom: top + points(height)? };
    let line = [number(block)?, number(paragraph)?, number(line)?];
    let is_word = !text.is_empty() && !is_speck && bounds.right.is_finite() && bounds.bottom.is_finite();
    is_word.then(|| Word { text, confidence: confidence.min(1.0), bounds, line })
}

/// The words of one line, of which there is at least one.
fn line(words: &[Word<'_>]) -> LaidLine {
    let angle = direction(words);
    let boxes: Vec<Bounds> = words.iter().map(|word| turned(word.bounds, angle)).collect();
    let size = most_of(boxes.iter().map(|bounds| bounds.bottom - bounds.top)) / INK;
    let mut line = LaidLine {
        left: boxes.iter().map(|bounds| bounds.left).fold(f32::INFINITY, f32::min),
        right: boxes.iter().map(|bounds| bounds.right).fold(f32::NEG_INFINITY, f32::max),
        // Most words of a line have no descender.
        baseline: quantile(boxes.iter().map(|bounds| bounds.bottom), 0.25),
        angle,
        size: size.max(1.0),
        bounds: around(words),
        ..LaidLine::default()
    };
    let mut sure = 0.0;
    for (at, (word, bounds)) in words.iter().zip(&boxes).enumerate() {
        let gap = at.checked_sub(1).map(|before| (bounds.left - boxes[before].right) / line.size);
        put(&mut line, word.text, *bounds, gap);
        sure += word.confidence * n_letters(word.text) as f32;
    }
    line.confidence = Some(sure / line.n_letters.max(1) as f32);
    line
}

fn put(line: &mut LaidLine, text: &str, bounds: Bounds, gap: Option<f32>) {
    let is_cell = gap.is_none_or(|gap| gap >= fragment::END_GAP);
    if gap.is_some() {
        line.text.push(if is_cell { '\t' } else { ' ' });
    }
    line.text.push_str(text);
    line.n_letters += n_letters(text);
    match line.cells.last_mut().filter(|_| !is_cell) {
        Some(cell) => cell.right = bounds.right,
        None => line.cells.push(Cell {
            left: bounds.left,
            right: bounds.right,
            is_wide: gap.is_some_and(|gap| gap >= order::WIDE_GAP),
        }),
    }
}

fn n_letters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Writing direction of a line in degrees, from its first word to its last: a page may have been
/// laid on the glass sideways.
fn direction(words: &[Word<'_>]) -> u16 {
    let centre = |word: &Word<'_>| {
        let Bounds { left, top, right, bottom } = word.bounds;
        (left + right, top + bottom)
    };
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return 0 };
    let (from, to) = (centre(first), centre(last));
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    match across.abs() >= down.abs() {
        true if across >= 0.0 => 0,
        true => 180,
        false if down > 0.0 => 90,
        false => 270,
    }
}

/// A box as seen along a writing direction.
fn turned(bounds: Bounds, angle: u16) -> Bounds {
    let Bounds { left, top, right, bottom } = bounds;
    match angle {
        90 => Bounds { left: top, top: -right, right: bottom, bottom: -left },
        180 => Bounds { left: -right, top: -bottom, right: -left, bottom: -top },
        270 => Bounds { left: -bottom, top: left, right: -top, bottom: right },
        _ => bounds,
    }
}

fn around(words: &[Word<'_>]) -> Bounds {
    let mut all = words.first().map(|word| word.bounds).unwrap_or_default();
    for Word { bounds, .. } in words {
        all.left = all.left.min(bounds.left);
        all.top = all.top.min(bounds.top);
        all.right = all.right.max(bounds.right);
        all.bottom = all.bottom.max(bounds.bottom);
    }
    all
}

/// Gives the lines that are about as high as most letters of the page one size; so too those whose letters are
/// doubtful, since a stamp or a signature is not set in large type.
fn level_sizes(lines: &mut [LaidLine]) {
    let usual = most_of(lines.iter().map(|line| line.size));
    for line in lines {
        let is_doubtful = line.confidence.is_some_and(|sure| sure < DOUBTFUL);
        if is_doubtful || (line.size / usual - 1.0).abs() < SAME_SIZE {
            line.size = usual;
        }
    }
}

/// What three in four do not exceed: single words and lines are lower than an em, hardly any are higher.
fn most_of(values: impl Iterator<Item = f32>) -> f32 {
    quantile(values, 0.75)
}

fn quantile(values: impl Iterator<Item = f32>, share: f32) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    let at = (values.len() as f32 * share) as usize;
    values.get(at.min(values.len().saturating_sub(1))).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(table: &str) -> LaidPage {
        let table = table.to_owned();
        Recognised { page: 1, pixels_per_point: 2.0, table, fault: None }.laid_out(800.0)
    }

    /// Rows of a table: line, left, top, width, height, confidence, word.
    fn table(rows: &[(u32, [u32; 4], f32, &str)]) -> String {
        let mut table =
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                         4\t1\t1\t1\t1\t0\t20\t40\t400\t20\t-1\t\n"
                .to_owned();
        for (line, [left, top, width, height], confidence, word) in rows {
            table.push_str(&format!(
                "5\t1\t1\t1\t{line}\t1\t{left}\t{top}\t{width}\t{height}\t{confidence}\t{word}\n"
            ));
        }
        table
    }

    #[test]
    fn words_of_a_line_are_put_together_with_their_places() {
        let page = page(&table(&[
            (1, [20, 40, 60, 18], 96.0, "Members"),
            (1, [86, 44, 50, 14], 90.0, "agree"),
            (2, [20, 70, 30, 18], 50.0, "to"),
        ]));
        let texts: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["Members agree", "to"]);
        let first = &page.lines[0];
        assert_eq!(first.bounds, Bounds { left: 10.0, top: 20.0, right: 68.0, bottom: 29.0 });
        assert_eq!((first.left, first.right, first.baseline), (10.0, 68.0, 29.0));
        assert_eq!(first.size, 10.0);
        assert_eq!(first.confidence, Some((7.0 * 0.96 + 5.0 * 0.9) / 12.0));
    }

    #[test]
    fn a_wide_gap_sets_cells_apart() {
        let page = page(&table(&[
            (1, [20, 40, 60, 18], 96.0, "Rice"),
            (1, [200, 40, 60, 18], 96.0, "12"),
            (1, [266, 40, 60, 18], 96.0, "%"),
        ]));
        assert_eq!(page.lines[0].text, "Rice\t12 %");
        assert_eq!(page.lines[0].cells.len(), 2);
    }

    #[test]
    fn a_page_that_lies_on_its_side_is_read_along_its_lines() {
        let page =
            page(&table(&[(1, [40, 20, 18, 60], 96.0, "Members"), (1, [40, 86, 18, 50], 90.0, "agree")]));
        let line = &page.lines[0];
        assert_eq!((line.angle, line.left, line.right, line.baseline), (90, 10.0, 68.0, -20.0));
        assert_eq!(line.text, "Members agree");
    }

    #[test]
    fn specks_are_no_words() {
        let page = page(&table(&[
            (1, [20, 40, 60, 18], 96.0, "Article"),
            (1, [90, 40, 9, 9], 12.0, "|"),
            (1, [100, 40, 9, 9], 91.0, "—"),
            (1, [120, 40, 9, 9], 12.0, "I"),
        ]));
        assert_eq!(page.lines[0].text.replace('\t', " "), "Article — I");
    }

    /// A scan under which these lines are hidden.
    fn scan(lines: &[&str]) -> Vec<u8> {
        use super::super::writer::{Sheet, pdf};
        let image = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q 3 Tr";
        let put =
            |sheet: Sheet, (line, step): (&&str, u8)| sheet.text(60.0, 700.0 - 12.0 * f32::from(step), line);
        pdf(&[lines.iter().zip(0u8..).fold(Sheet::default().raw(image), put)])
    }

    fn extract(bytes: &[u8], options: &crate::Options) -> crate::Extracted {
        let source = crate::Source { path: "scan.pdf", bytes, given: &[] };
        super::super::extract(&source, options).expect("the page has text")
    }

    const POOR: [&str; 6] = [
        "The gui1d of Ianterns sha|l keep a bo~k of a|l lamps",
        "and wicks tbat its makers sell in the sprlng , and",
        "s show it to whoever asks ; a rnaker who keeps no",
        "such bo;ok pays a fee of two crown5 to the g~ild",
        "in each year , and t three in the next , unless the",
        "fair was c1osed because of the hi~h water .",
    ];
    const SOUND: [&str; 6] = [
        "The guild of lanterns shall keep a book of all lamps",
        "and wicks that its makers sell in the spring, and",
        "show it to whoever asks; a maker who keeps no",
        "such book pays a fee of two crowns to the guild",
        "in each year, and three in the next, unless the",
        "fair was closed because of the high water.",
    ];

    #[test]
    fn a_poor_layer_is_named_and_gives_way_to_a_better_text() {
        let bytes = scan(&POOR);
        let poor = extract(&bytes, &crate::Options::default());
        assert!(poor.recognisable, "--ocr can read it anew");
        assert!(poor.warnings[0].message.starts_with("page 1 with a poor layer of text under the scan"));
        let asked = crate::Options { can_recognise: true, ..crate::Options::default() };
        assert_eq!(extract(&bytes, &asked).unread, [1]);

        let first = |recognised: &[&str]| {
            let words = |(line, text): (u32, &&str)| {
                let word = |(at, word): (u32, &str)| {
                    format!("5\t1\t1\t1\t{line}\t1\t{}\t{}\t80\t18\t96\t{word}\n", 20 + 90 * at, 40 * line)
                };
                (0..).zip(text.split(' ')).map(word).collect::<String>()
            };
            let table = (1..).zip(recognised).map(words).collect();
            let recognised = vec![Recognised { page: 1, pixels_per_point: 2.0, table, fault: None }];
            let extracted = extract(&bytes, &crate::Options { recognised, ..crate::Options::default() });
            assert!(!extracted.recognisable, "it was recognised");
            extracted.pages[0].lines[0].text.clone()
        };
        assert_eq!(first(&SOUND), SOUND[0]);
        assert_eq!(first(&POOR[3..]), POOR[0], "what is no better does not take its place");
    }

    #[test]
    fn a_sound_layer_is_read_without_a_word() {
        let sound = extract(&scan(&SOUND), &crate::Options::default());
        assert_eq!((sound.recognisable, sound.warnings.len()), (false, 0));
    }

    proptest! {
        #[test]
        fn no_table_is_too_odd(rows in prop::collection::vec("[0-9\\t.a-z-]{0,60}", 0..20), scale in 0.0f32..9.0) {
            let page = Recognised { page: 1, pixels_per_point: scale, table: rows.join("\n"), fault: None };
            for line in page.laid_out(800.0).lines {
                prop_assert!(!line.text.is_empty());
            }
        }
    }
}
