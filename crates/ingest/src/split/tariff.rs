//! Codes of tariffs whose figures stand in several columns: "3701.10", "00", "10". The groups that a row prints are
//! put behind those of the row above it that has fewer dashes before its words, as the tariff means them.

use super::rows;

/// A code has no more figures.
const MOST_DIGITS: usize = 12;
/// Groups of a row alone go on with a subheading; behind a heading they may be any.
const SUBHEADING_DIGITS: usize = 6;
/// A group behind the first six figures.
const GROUP_DIGITS: usize = 2;

/// The codes that rows may go on with.
#[derive(Default)]
pub(super) struct Codes {
    /// The rank of a row, by its dashes, and its code.
    open: Vec<(usize, String)>,
    /// Whether any code of the table was split.
    is_split: bool,
}

impl Codes {
    /// The whole code of a row, if the table splits its codes.
    pub(super) fn label(&mut self, row: &str) -> Option<String> {
        let entry = Entry::of(row)?;
        self.open.retain(|(rank, _)| *rank < entry.rank);
        let code = match (entry.base, entry.groups.as_slice()) {
            (Some(base), groups) => {
                self.is_split |= !groups.is_empty();
                joined(base, groups)
            }
            (None, groups) if !groups.is_empty() && self.is_split && entry.rank > 0 => {
                let above = &self.open.last()?.1;
                joined(above, groups).filter(|_| n_digits(above) >= SUBHEADING_DIGITS)
            }
            _ => return None,
        }?;
        self.open.push((entry.rank, code.clone()));
        self.is_split.then_some(code)
    }
}

/// What a row says: the first figures of a code, groups of further ones, and the rank of its words.
struct Entry<'r> {
    base: Option<&'r str>,
    groups: Vec<&'r str>,
    rank: usize,
}

impl<'r> Entry<'r> {
    fn of(row: &'r str) -> Option<Self> {
        let mut cells = row.split('\t').peekable();
        // A mark of the statistics, which is no part of the code.
        let is_mark = |cell: &&str| cell.len() == 1 && cell.starts_with(|c: char| c.is_ascii_alphanumeric());
        cells.next_if(is_mark);
        let is_base = |cell: &&str| cell.len() > GROUP_DIGITS && rows::is_code(cell, true);
        let base = cells.next_if(is_base);
        let mut groups = Vec::new();
        while let Some(cell) = cells.next_if(is_group) {
            groups.extend(cell.split(' '));
        }
        let words = cells.next()?;
        let first = words.trim_start_matches(|c| is_dash(c) || c == ' ');
        let dashes = words[..words.len() - first.len()].chars().filter(|c| is_dash(*c));
        first.contains(char::is_alphabetic).then(|| Self { base, groups, rank: dashes.count() })
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '−')
}

/// "00", "10 90".
fn is_group(cell: &&str) -> bool {
    let is_pair =
        |group: &str| group.len() == GROUP_DIGITS && group.bytes().all(|byte| byte.is_ascii_digit());
    !cell.is_empty() && cell.split(' ').all(is_pair)
}

fn joined(base: &str, groups: &[&str]) -> Option<String> {
    let mut code = base.to_owned();
    for group in groups {
        code.push(' ');
        code.push_str(group);
    }
    (n_digits(&code) <= MOST_DIGITS).then_some(code)
}

fn n_digits(code: &str) -> usize {
    code.bytes().filter(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: &[(&str, Option<&str>)]) {
        let mut codes = Codes::default();
        for (row, expected) in rows {
            assert_eq!(codes.label(row).as_deref(), *expected, "of {row:?}");
        }
    }

    #[test]
    fn groups_go_on_with_the_code_of_the_rank_above() {
        check(&[
            ("5\t9405.10\t00\t00\t– Lamps of brass\t2,5\tu", Some("9405.10 00 00")),
            ("9405.20\t– Lamps of tin", Some("9405.20")),
            ("5\t10\t00\t– – – lit by oil\t2,5\tu", Some("9405.20 10 00")),
            ("– – – others:", None),
            ("8\t91\t00\t– – – – lit by wax\t30\tu", Some("9405.20 91 00")),
            ("9405.30\t00\t– Shades", Some("9405.30 00")),
            ("– – – of glass:", None),
            ("8\t10\t– – – – en verre\t2,5", Some("9405.30 00 10")),
            ("94.06\tKettles of all kinds", Some("94.06")),
            ("5\t10\t00\t– – – of tin\t2,5", None),
            ("9405.30\t00\t– Shades", Some("9405.30 00")),
            ("5\t90\t– – – d’or ou de bronze\t2,5", Some("9405.30 00 90")),
            ("9405.40\t– Wicks", Some("9405.40")),
            ("10\t– – – of wool:", Some("9405.40 10")),
            ("5\t10\t– – – – woven\t30", Some("9405.40 10 10")),
            ("90\t– – – others:", Some("9405.40 90")),
            ("8\t10\t– – – – woven\t2,5", Some("9405.40 90 10")),
        ]);
    }

    #[test]
    fn rows_of_other_tables_have_no_split_codes() {
        check(&[
            ("9405.10\tLamps\t12", None),
            ("1\tLanterns sold\t120", None),
            ("10\t– others\t12", None),
            ("2019\t12\t15", None),
        ]);
    }
}
