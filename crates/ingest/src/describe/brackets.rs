//! Disputed text of drafts: what stands in square brackets, over as many clauses as it takes.

use chapeau_document::{Clause, Span};

/// Marks the disputed text of each clause. A bracket that opens in one clause and closes in a
/// later one disputes what lies between, clause by clause.
pub(super) fn mark(text: &str, clauses: &mut [Clause]) {
    let disputed = disputed(text);
    let mut first = 0;
    for clause in clauses {
        // Brackets end in any order, so only those that end before every later clause go.
        while disputed.get(first).is_some_and(|bracket| bracket.end <= clause.span.start) {
            first += 1;
        }
        let near = disputed[first..].iter().take_while(|bracket| bracket.start < clause.span.end);
        let within = near
            .filter(|bracket| bracket.overlaps(clause.span))
            .map(|bracket| Span::new(bracket.start.max(clause.span.start), bracket.end.min(clause.span.end)));
        clause.bracketed = within.filter(|span| !span.trimmed(text).is_empty()).collect();
    }
}

/// Whether a text has brackets as only a draft has: modal verbs or attributions in them.
pub(super) fn is_bracketed_draft(text: &str) -> bool {
    let telling = ["shall", "should", "may", "will", "must", "placeholder", "tbd"];
    let is_telling = |span: &&Span| {
        let inside = span.of(text).trim_matches(['[', ']']);
        let word = inside.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        telling.contains(&word.as_str()) || is_attribution(inside)
    };
    memchr::memchr(b'[', text.as_bytes()).is_some() && disputed(text).iter().filter(is_telling).count() >= 3
}

/// `US:`, `CAN/EU propose:`: capitals, then perhaps a verb, then a colon.
fn is_attribution(inside: &str) -> bool {
    let Some((who, _)) = inside.split_once(':') else { return false };
    who.len() <= 60
        && who.split_whitespace().next().is_some_and(|name| {
            name.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'/' | b','))
        })
}

/// The brackets of disputed text, by start, outer before inner.
fn disputed(text: &str) -> Vec<Span> {
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for at in memchr::memchr2_iter(b'[', b']', text.as_bytes()) {
        if text.as_bytes()[at] == b'[' {
            open.push(at);
        } else if let Some(start) = open.pop() {
            let span = Span::new(start, at + 1);
            found.extend((!is_editorial(text, span)).then_some(span));
        }
    }
    found.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    found
}

/// Brackets that dispute nothing: `[sic]`, `[...]`, `[M]ost`, `[2]`, a symbol, an address.
fn is_editorial(text: &str, span: Span) -> bool {
    let inside = text[span.start + 1..span.end - 1].trim();
    let after = text[span.end..].chars().next();
    let glued = after.is_some_and(char::is_alphabetic) && inside.chars().count() == 1;
    let mark =
        ["fn ", "fn. ", "note ", "^"].iter().find_map(|word| inside.strip_prefix(word)).unwrap_or(inside);
    let is_mark =
        mark.len() <= 4 && mark.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'*' | b'.'));
    let said = ["sic", "...", "…", "emphasis added", "footnote omitted", "footnotes omitted", "x"];
    let lower = inside.to_lowercase();
    glued
        || is_mark
        || said.contains(&lower.as_str())
        || lower.starts_with("footnote")
        || lower.starts_with("see ")
        || inside.contains("://")
        || chapeau_document::Symbol::parse(inside).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = disputed(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn disputed_text_is_found_with_its_nesting() {
        check("Members [shall] act", &["[shall]"]);
        check("[US: no [customs] duties]", &["[US: no [customs] duties]", "[customs]"]);
        check("[One\n\nTwo] three", &["[One\n\nTwo]"]);
    }

    #[test]
    fn editorial_brackets_dispute_nothing() {
        for text in
            ["[M]ost Members", "[sic]", "[...]", "[…]", "[12]", "[*]", "[WT/L/274]", "open [ only", "only ]"]
        {
            check(text, &[]);
        }
    }

    #[test]
    fn alternatives_and_attributions_are_disputed_as_they_stand() {
        check(
            "[Alt 1: Members shall act] [Alt 2: Members may act]",
            &["[Alt 1: Members shall act]", "[Alt 2: Members may act]"],
        );
        check("[Option A [shall][should]]", &["[Option A [shall][should]]", "[shall]", "[should]"]);
        check(
            "[CAN/EU propose: [no] duties [US: [at all]]]",
            &["[CAN/EU propose: [no] duties [US: [at all]]]", "[no]", "[US: [at all]]", "[at all]"],
        );
        check("[[one] two", &["[one]"]);
        check("one] [two", &[]);
        check("[footnote omitted] [fn 3] [note 4] [^5] [TBC]", &["[TBC]"]);
    }

    #[test]
    fn only_drafts_have_modal_verbs_in_brackets() {
        assert!(is_bracketed_draft("[shall] [should] not [US: may]"));
        assert!(!is_bracketed_draft("[M]ost, [and] [reduces] [sic]"));
    }
}
