//! Saved queries: a file of `name<TAB>query` lines.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

/// A query with the name that it was saved under.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Saved {
    pub(super) name: String,
    pub(super) query: String,
    /// File and line, for messages.
    pub(super) place: String,
}

/// Reads a file of saved queries.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<Saved>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read queries from {}", file.display()))?;
    parse(&text, &file.display().to_string())
}

fn parse(text: &str, file: &str) -> anyhow::Result<Vec<Saved>> {
    let mut queries: Vec<Saved> = Vec::new();
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let is_query = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    for (n, line) in (1..).zip(text.lines()).filter(|(_, line)| is_query(line)) {
        let place = format!("{file}, line {n}");
        let Some((name, query)) = line.split_once('\t') else {
            bail!("{place} has no tab, want name<TAB>query");
        };
        let (name, query) = (name.trim(), query.trim());
        if name.is_empty() || query.is_empty() {
            bail!("{place} has no {}, want name<TAB>query", if name.is_empty() { "name" } else { "query" });
        }
        if let Some(other) = queries.iter().find(|other| other.name == name) {
            bail!("{place} names \"{name}\" again, as {} does", other.place);
        }
        queries.push(Saved { name: name.to_owned(), query: query.to_owned(), place });
    }
    if queries.is_empty() {
        bail!("{file} holds no query, want name<TAB>query a line");
    }
    Ok(queries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&[(&str, &str)], &str>) {
        let found = parse(text, "q.tsv").map_err(|error| error.to_string());
        let found = found.map(|saved| {
            saved.into_iter().map(|saved| (saved.name, saved.query)).collect::<Vec<(String, String)>>()
        });
        let expected = expected.map(|pairs| {
            pairs.iter().map(|(name, query)| ((*name).to_owned(), (*query).to_owned())).collect()
        });
        assert_eq!(found, expected.map_err(str::to_owned));
    }

    #[test]
    fn a_line_is_a_name_and_a_query() {
        check(
            "# mine\n\nDuties\tcustoms duties\n LDC \t kind:decision\tLDC \n",
            Ok(&[("Duties", "customs duties"), ("LDC", "kind:decision\tLDC")]),
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        check("a\tb\nno tab", Err("q.tsv, line 2 has no tab, want name<TAB>query"));
        check("\tb", Err("q.tsv, line 1 has no name, want name<TAB>query"));
        check("a\t ", Err("q.tsv, line 1 has no query, want name<TAB>query"));
        check("a\tb\n#\na\tc", Err("q.tsv, line 3 names \"a\" again, as q.tsv, line 1 does"));
        check("# only this", Err("q.tsv holds no query, want name<TAB>query a line"));
    }
}
