//! `compare`: two clauses or two documents, word by word.
//!
//! `[-gone-]` and `{+come+}` stand in the text also where there is colour: what they say must not
//! hang on it. Square brackets alone, which mean dispute, are left as they are.

use anyhow::bail;
use chapeau_document::Span;
use chapeau_index::Searcher;
use chapeau_query::{Change, Compared, Comparison, Matched, Piece, Redline, Side};
use chapeau_web::View;

use crate::args::{self, CompareFormat};
use crate::print::{self, Output, Style, harmless_line};
use crate::wrap::wrapped;
use crate::{Exit, commands};

/// Runs the command.
pub(crate) fn run(args: &args::Compare) -> anyhow::Result<Exit> {
    let searcher = commands::open(&args.index)?;
    let pair = match &args.b {
        Some(b) => Ok((args.a.clone(), b.clone())),
        None => with_usual(&searcher, &args.a)?,
    };
    let (a, b) = match pair {
        Ok(pair) => pair,
        Err(end) => return Ok(end),
    };
    let found = chapeau_query::compare(&searcher, &a, &b)??;
    if args.side_by_side && args.format != CompareFormat::Html {
        bail!("--side-by-side is for html, choose it with --format");
    }
    let view = if args.side_by_side { View::Columns } else { View::InLine };
    let mut out = Output::stdout();
    match args.format {
        CompareFormat::Json => out.json(&found)?,
        CompareFormat::Html => out.bytes(chapeau_web::comparison_page(&found, view).as_bytes())?,
        CompareFormat::Text => in_words(&mut out, &found, args.full)?,
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// The clause with the usual wording, and the clause; where there is nothing to compare, how the
/// command ends.
fn with_usual(searcher: &Searcher, id: &str) -> anyhow::Result<Result<(String, String), Exit>> {
    let Some(usual) = chapeau_query::usual(searcher, id)? else {
        print::note(&format!("no clause \"{id}\" that other documents have too"));
        return Ok(Err(Exit::NothingFound));
    };
    print::note(&usual.in_words(id));
    let is_own = usual.id == id;
    Ok(if is_own { Err(Exit::Done) } else { Ok((usual.id, id.to_owned())) })
}

fn in_words(out: &mut Output, found: &Comparison, full: bool) -> anyhow::Result<()> {
    let style = out.style;
    out.line(&style.bold(&format!("A  {}", named(&found.a))))?;
    out.line(&style.bold(&format!("B  {}", named(&found.b))))?;
    // Of two documents, what is the same in both is counted, not shown.
    let is_one = found.clauses.len() == 1;
    if !is_one {
        out.line(&found.summary())?;
    }
    let is_shown = |row: &&Compared| full || is_one || row.matched != Matched::Same || row.moved;
    for row in found.clauses.iter().filter(is_shown) {
        out.line("")?;
        compared(out, row, full || is_one)?;
    }
    Ok(())
}

fn named(side: &Side) -> String {
    let title = side.title.as_deref().filter(|title| !side.citation.starts_with(title));
    let title = title.map_or_else(String::new, |title| format!(", {title}"));
    let date = side.date.map_or_else(String::new, |date| format!(", {date}"));
    harmless_line(&format!("{}{title}{date}", side.citation))
}

fn compared(out: &mut Output, row: &Compared, with_text: bool) -> anyhow::Result<()> {
    let style = out.style;
    out.line(&style.dim(&harmless_line(&heading(row))))?;
    let text = match (&row.before, &row.after) {
        (Some(_), Some(after)) if row.matched == Matched::Same && !with_text => {
            return Ok(out.line(&format!(
                "    {}",
                crate::table::cut(&harmless_line(&after.text), style.width - 4)
            ))?);
        }
        (Some(before), Some(after)) => row
            .redline
            .as_ref()
            .map_or_else(String::new, |redline| redlined(redline, &before.text, &after.text)),
        (Some(before), None) => dressed(&before.text, GONE),
        (None, Some(after)) => dressed(&after.text, COME),
        (None, None) => String::new(),
    };
    for line in coloured(&wrapped(&harmless_line(&text), style.width.saturating_sub(4)), style) {
        out.line(&format!("    {line}"))?;
    }
    Ok(())
}

fn heading(row: &Compared) -> String {
    let moved = if row.moved { ", moved" } else { "" };
    let alike = row.redline.as_ref().filter(|_| row.matched == Matched::Changed);
    let alike =
        alike.map_or_else(String::new, |redline| format!(", {:.0} % alike", redline.similarity * 100.0));
    let ids: Vec<&str> =
        [&row.before, &row.after].into_iter().flatten().map(|text| text.id.as_str()).collect();
    format!("{}{moved}{alike}: {}", row.matched.as_str(), ids.join(" -> "))
}

/// What stands around words that are gone, and around words that came.
const GONE: [&str; 2] = ["[-", "-]"];
const COME: [&str; 2] = ["{+", "+}"];

/// A redline in words, with marks around what went and what came.
pub(crate) fn redlined(redline: &Redline, before: &str, after: &str) -> String {
    redline.pieces.iter().map(|piece| redlined_piece(piece, before, after)).collect()
}

fn redlined_piece(piece: &Piece, before: &str, after: &str) -> String {
    let of = |span: Option<Span>, text: &str| span.map_or_else(String::new, |span| span.of(text).to_owned());
    let moved = piece.moved.map_or_else(String::new, |number| format!("moved {number}: "));
    match piece.change {
        Change::Kept | Change::Quiet => of(piece.after, after),
        Change::Removed => dressed(&format!("{moved}{}", of(piece.before, before)), GONE),
        Change::Added => dressed(&format!("{moved}{}", of(piece.after, after)), COME),
    }
}

/// Marks around words, with the white space after them outside.
fn dressed(words: &str, [open, close]: [&str; 2]) -> String {
    let kept = words.trim_end();
    format!("{open}{kept}{close}{}", &words[kept.len()..])
}

/// Lines in which what is gone is red and struck through and what came is green and underlined.
pub(crate) fn coloured(lines: &[String], style: Style) -> Vec<String> {
    if !style.colour {
        return lines.to_vec();
    }
    let mut open = None;
    let mut coloured = Vec::with_capacity(lines.len());
    for line in lines {
        let mut out = open.map_or_else(String::new, |code| format!("\x1b[{code}m"));
        let mut rest = line.as_str();
        while let Some((at, mark)) = [GONE[0], GONE[1], COME[0], COME[1]]
            .into_iter()
            .filter_map(|mark| Some((rest.find(mark)?, mark)))
            .min()
        {
            let opens = if mark == GONE[0] { Some("31;9") } else { (mark == COME[0]).then_some("32;4") };
            let end = at + mark.len();
            match opens {
                Some(code) => out += &format!("{}\x1b[{code}m{mark}", &rest[..at]),
                None => out += &format!("{}\x1b[0m", &rest[..end]),
            }
            open = opens;
            rest = &rest[end..];
        }
        out += rest;
        out += if open.is_some() { "\x1b[0m" } else { "" };
        coloured.push(out);
    }
    coloured
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_ends_with_each_line_and_goes_on_with_the_next() {
        let lines = ["a [-b".to_owned(), "c-] {+d+} e".to_owned()];
        assert_eq!(coloured(&lines, Style::new(false, 20)), lines);
        assert_eq!(
            coloured(&lines, Style::new(true, 20)),
            ["a \x1b[31;9m[-b\x1b[0m", "\x1b[31;9mc-]\x1b[0m \x1b[32;4m{+d+}\x1b[0m e"]
        );
    }

    #[test]
    fn white_space_stays_outside_of_marks() {
        assert_eq!(dressed("two words ", GONE), "[-two words-] ");
    }
}
