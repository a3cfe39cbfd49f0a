//! How sure the words of a clause are, where they were recognised from images.

use chapeau_document::{Clause, Span};

/// Gives each clause the confidence of the recognised lines it shares words with, by their length.
/// Both are in the order of the text, and neither overlaps its own kind.
pub(crate) fn mark(clauses: &mut [Clause], lines: &[(Span, f32)]) {
    for clause in clauses {
        let first = lines.partition_point(|(line, _)| line.end <= clause.span.start);
        let shared = lines[first..].iter().take_while(|(line, _)| line.start < clause.span.end);
        let (sum, bytes) = shared.fold((0.0, 0.0), |(sum, bytes), (line, confidence)| {
            let start = line.start.max(clause.span.start);
            let shared = line.end.min(clause.span.end).saturating_sub(start) as f32;
            (sum + shared * confidence, bytes + shared)
        });
        clause.ocr_confidence = (bytes > 0.0).then(|| sum / bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Source, read};

    #[test]
    fn a_clause_is_as_sure_as_the_lines_it_stands_on() {
        let source = Source { path: "a.txt", bytes: b"One paragraph.\n\nAnother one.", given: &[] };
        let mut reading = read(&source, &Options::default()).expect("a plain text");
        let clauses = &mut reading.documents[0].clauses;
        let check = |clauses: &mut Vec<Clause>, lines: &[(Span, f32)], expected: [Option<f32>; 2]| {
            mark(clauses, lines);
            let found: Vec<Option<f32>> = clauses.iter().map(|clause| clause.ocr_confidence).collect();
            assert_eq!(found, expected);
        };
        check(clauses, &[], [None, None]);
        check(clauses, &[(Span::new(16, 28), 0.5)], [None, Some(0.5)]);
        check(clauses, &[(Span::new(0, 7), 1.0), (Span::new(7, 14), 0.5)], [Some(0.75), None]);
        check(clauses, &[(Span::new(0, 28), 0.5)], [Some(0.5), Some(0.5)]);
    }
}
