//! What stands in a page's margins beside its text: numbers of lines, and words written up or down the edge.

use super::layout::{self, LaidLine};

/// Numbers of lines stand above each other at one of their edges, within so many points.
const ALIGNED: f32 = 4.0;
/// Fewest numbers that count lines one by one, and by fives.
const FEWEST_BY_ONE: usize = 6;
const FEWEST_BY_FIVE: usize = 3;
/// A number has so few digits.
const MOST_DIGITS: usize = 4;
/// Of the lines that are counted, this part in percent goes on with a sentence: rows of a table and entries of a
/// list, which may be counted as well, begin with capitals.
const GOING_ON_PERCENT: usize = 25;
/// This part of the numbers, in percent, must be one more, or five more, than the one above.
const STEADY_PERCENT: usize = 90;
/// Text in a margin may stand so far within the text's edge, in points.
const OVERLAP: f32 = 2.0;
/// The text has at least so many times the letters of what stands in its margin.
const MORE_LETTERS: u32 = 4;

/// Marks what stands in the margins, and cuts the numbers of lines from the lines that they count.
pub(super) fn set_apart(mut lines: Vec<LaidLine>) -> Vec<LaidLine> {
    mark_turned(&mut lines);
    let is_number = line_numbers(&lines);
    if is_number.is_empty() {
        return lines;
    }
    let mut parted = Vec::with_capacity(lines.len() * 2);
    for (line, is_number) in lines.into_iter().zip(is_number) {
        if is_number {
            let (number, text) = without_number(line);
            parted.push(number);
            parted.extend(text);
        } else {
            parted.push(line);
        }
    }
    parted
}

/// Marks lines in another direction than the page's that stand wholly beside its text.
fn mark_turned(lines: &mut [LaidLine]) {
    let Some(angle) = main_angle(lines) else { return };
    let main = || lines.iter().filter(|line| line.angle == angle);
    let left = main().map(|line| line.bounds.left).fold(f32::INFINITY, f32::min);
    let right = main().map(|line| line.bounds.right).fold(f32::NEG_INFINITY, f32::max);
    let top = main().map(|line| line.bounds.top).fold(f32::INFINITY, f32::min);
    let bottom = main().map(|line| line.bounds.bottom).fold(f32::NEG_INFINITY, f32::max);
    let is_upright = matches!(angle, 0 | 180);
    let is_beside = |line: &LaidLine| {
        let (start, end, least, most) = if is_upright {
            (line.bounds.left, line.bounds.right, left, right)
        } else {
            (line.bounds.top, line.bounds.bottom, top, bottom)
        };
        line.angle != angle && (end < least + OVERLAP || start > most - OVERLAP)
    };
    let beside: Vec<usize> = (0..lines.len()).filter(|&at| is_beside(&lines[at])).collect();
    let letters: u32 = main().map(|line| line.n_letters).sum();
    if beside.iter().map(|&at| lines[at].n_letters).sum::<u32>() * MORE_LETTERS > letters {
        return;
    }
    beside.into_iter().for_each(|at| lines[at].is_marginal = true);
}

/// The direction of most letters.
fn main_angle(lines: &[LaidLine]) -> Option<u16> {
    let mut letters: Vec<(u16, u32)> = Vec::new();
    for line in lines {
        match letters.iter_mut().find(|(angle, _)| *angle == line.angle) {
            Some((_, n_letters)) => *n_letters += line.n_letters,
            None => letters.push((line.angle, line.n_letters)),
        }
    }
    letters.into_iter().max_by_key(|(_, n_letters)| *n_letters).map(|(angle, _)| angle)
}

/// Whether each line begins with its own number in the left margin, or is nothing but it; empty where the
/// lines are not counted.
fn line_numbers(lines: &[LaidLine]) -> Vec<bool> {
    let mut found: Vec<usize> = (0..lines.len()).filter(|&at| number(&lines[at]).is_some()).collect();
    let right = |at: usize| lines[at].cells.first().map_or(0.0, |cell| cell.right);
    let Some((left, edge)) =
        median(found.iter().map(|&at| lines[at].left)).zip(median(found.iter().map(|&at| right(at))))
    else {
        return Vec::new();
    };
    found.retain(|&at| (lines[at].left - left).abs() < ALIGNED || (right(at) - edge).abs() < ALIGNED);
    found.sort_by(|&one, &other| lines[one].baseline.total_cmp(&lines[other].baseline));
    let values: Vec<u32> = found.iter().filter_map(|&at| number(&lines[at])).collect();
    let counts = counts_by(&values, 1, FEWEST_BY_ONE) || counts_by(&values, 5, FEWEST_BY_FIVE);
    let mut is_number = vec![false; lines.len()];
    found.iter().for_each(|&at| is_number[at] = true);
    if counts && are_beside_prose(lines, &is_number, edge) { is_number } else { Vec::new() }
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The number that a line begins with, a gap after it, or that it is.
fn number(line: &LaidLine) -> Option<u32> {
    let first = line.text.split('\t').next().filter(|_| line.angle == 0)?;
    let is_number = first.len() <= MOST_DIGITS && first.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| first.parse().ok()).flatten()
}

fn counts_by(values: &[u32], step: u32, fewest: usize) -> bool {
    let n_steady = values.windows(2).filter(|pair| pair[1] == pair[0] + step).count();
    values.len() >= fewest && n_steady * 100 >= (values.len() - 1) * STEADY_PERCENT
}

/// Whether all text stands right of the numbers, and goes on from line to line.
fn are_beside_prose(lines: &[LaidLine], is_number: &[bool], edge: f32) -> bool {
    let mut rests: Vec<(&str, f32)> = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.angle == 0) {
        let rest =
            if is_number[at] { line.text.split_once('\t').map(|(_, rest)| rest) } else { Some(&*line.text) };
        let left = if is_number[at] { line.cells.get(1).map(|cell| cell.left) } else { Some(line.left) };
        rests.extend(rest.zip(left));
    }
    let n_low = rests.iter().filter(|(rest, _)| rest.starts_with(char::is_lowercase)).count();
    // Heads and feet may begin further left than the text.
    let n_left = rests.iter().filter(|(_, left)| *left <= edge).count();
    n_low * 100 >= rests.len() * GOING_ON_PERCENT && n_left * 10 <= rests.len()
}

/// The number of a line, and the line without it.
fn without_number(mut line: LaidLine) -> (LaidLine, Option<LaidLine>) {
    let mut number = LaidLine { is_marginal: true, ..line.clone() };
    let Some((first, rest)) = line.text.split_once('\t') else { return (number, None) };
    (number.n_letters, number.text) = (first.len() as u32, first.to_owned());
    line.n_letters = line.n_letters.saturating_sub(number.n_letters);
    line.text = rest.to_owned();
    number.cells.truncate(1);
    if !line.cells.is_empty() {
        line.cells.remove(0);
    }
    number.right = number.cells.first().map_or(number.right, |cell| cell.right);
    line.left = line.cells.first().map_or(line.left, |cell| cell.left);
    number.bounds = layout::bounds(&number);
    line.bounds = layout::bounds(&line);
    (number, Some(line))
}

#[cfg(test)]
mod tests {
    use super::super::layout::Cell;
    use super::*;

    /// Lines with cells at 40 and 70, the first one being `number` if there is one.
    fn lines(texts: &[(&str, &str)]) -> Vec<LaidLine> {
        let cell =
            |left: f32, text: &str| Cell { left, right: left + 5.0 * text.len() as f32, is_wide: false };
        let line = |(at, (number, text)): (usize, &(&str, &str))| {
            let mut cells = vec![cell(40.0, number), cell(70.0, text)];
            cells.retain(|cell| cell.right > cell.left);
            LaidLine {
                text: [*number, *text]
                    .iter()
                    .filter(|text| !text.is_empty())
                    .copied()
                    .collect::<Vec<_>>()
                    .join("\t"),
                left: cells[0].left,
                right: cells[cells.len() - 1].right,
                baseline: 100.0 + 12.0 * at as f32,
                size: 10.0,
                n_letters: text.len() as u32,
                cells,
                ..LaidLine::default()
            }
        };
        texts.iter().enumerate().map(line).collect()
    }

    fn check(texts: &[(&str, &str)], expected: &[&str]) {
        let parted = set_apart(lines(texts));
        let kept: Vec<&str> =
            parted.iter().filter(|line| !line.is_marginal).map(|line| line.text.as_str()).collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn numbers_of_lines_are_cut_off() {
        let texts = [
            ("1", "1. Each Member shall oil"),
            ("2", "its lamps every spring"),
            ("3", "and every autumn."),
            ("4", "2. A lamp that is lit"),
            ("5", "at noon is not"),
            ("6", "oiled."),
        ];
        check(&texts, &texts.map(|(_, text)| text));
    }

    #[test]
    fn every_fifth_line_may_be_counted() {
        let texts = [
            ("5", "Each Member shall oil"),
            ("", "its lamps every spring"),
            ("", "and every autumn."),
            ("10", "A lamp that is lit"),
            ("", "at noon is not"),
            ("15", "oiled."),
        ];
        check(&texts, &texts.map(|(_, text)| text));
    }

    #[test]
    fn numbers_of_rows_stay() {
        let texts =
            [("1", "Lamps"), ("2", "Kettles"), ("3", "Glass"), ("4", "Wax"), ("5", "Wicks"), ("6", "Oil")];
        check(&texts, &["1\tLamps", "2\tKettles", "3\tGlass", "4\tWax", "5\tWicks", "6\tOil"]);
    }
}
