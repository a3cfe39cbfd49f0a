//! Dates, years and numbers as people write them in a query, read as ranges of keys.

use chapeau_document::Date;

use super::ast::RangeField;

/// The lowest and the highest key that belong, both included; `None` is open.
type Keys = (Option<u64>, Option<u64>);

/// Documents that can be asked for: a number beyond is a slip.
const MOST_COPIES: u64 = 1_000_000_000;

/// Reads `2013`, `2013-12`, `2013-12-07`, `2011..2013`, `..2013`, `>=2013-12`, `<2013`.
pub(super) fn range(field: RangeField, value: &str) -> Result<Keys, String> {
    let value = value.trim();
    let keys = |text: &str| one(field, text.trim());
    let bound = |text: &str| if text.trim().is_empty() { Ok((None, None)) } else { keys(text) };
    if let Some((from, to)) = value.split_once("..") {
        let (from, to) = (bound(from)?.0, bound(to)?.1);
        return ordered(from, to).ok_or_else(|| format!("the range {value} ends before it begins"));
    }
    let (sign, rest) = value.split_at(value.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(value.len()));
    let (first, last) = keys(rest)?;
    match sign {
        "" | "=" => Ok((first, last)),
        ">=" | "=>" => Ok((first, None)),
        "<=" | "=<" => Ok((None, last)),
        ">" => Ok((last.map(|last| last + 1), None)),
        "<" => Ok((None, first.map(|first| first - 1))),
        _ => Err(format!("unknown comparison \"{sign}\", want >, >=, < or <=")),
    }
}

fn ordered(from: Option<u64>, to: Option<u64>) -> Option<Keys> {
    let holds = from.zip(to).is_none_or(|(from, to)| from <= to);
    holds.then_some((from, to))
}

/// The first and last key of a year, a month, a day or a number.
fn one(field: RangeField, text: &str) -> Result<Keys, String> {
    if field == RangeField::Copies {
        let number = text.parse::<u64>().ok().filter(|number| (1..=MOST_COPIES).contains(number));
        let number =
            number.ok_or_else(|| format!("unknown number \"{text}\", want documents: 1, >=10 or 2..5"))?;
        return Ok((Some(number), Some(number)));
    }
    let unknown =
        || format!("unknown date \"{text}\", want a year, a month or a day: 2013, 2013-12 or 2013-12-07");
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str| part.parse::<u64>().map_err(|_| unknown());
    let year = number(parts[0])?;
    if !(1..=9999).contains(&year) || parts.len() > 3 {
        return Err(unknown());
    }
    if field == RangeField::Year {
        return Ok((Some(year), Some(year)));
    }
    let month = parts.get(1).map(|part| number(part)).transpose()?;
    let day = parts.get(2).map(|part| number(part)).transpose()?;
    let first = key(year, month.unwrap_or(1), day.unwrap_or(1)).ok_or_else(unknown)?;
    // Keys between the last day of a month and the next month belong to no date.
    let last = year * 10_000 + month.unwrap_or(12) * 100 + day.unwrap_or(31);
    Ok((Some(first), Some(last)))
}

fn key(year: u64, month: u64, day: u64) -> Option<u64> {
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    date.ok().map(|_| year * 10_000 + month * 100 + day)
}
