//! Recommendations: the headings over them, and the orders to the reader that they are written as.

use crate::label::folded;
use crate::lists::{IMPERATIVES, RECOMMENDING};

/// Longest heading over recommendations, in bytes.
const LONGEST_HEADING: usize = 120;

/// Whether a heading stands over recommendations: "3. POLICY RECOMMENDATIONS".
pub(crate) fn is_heading(title: &str) -> bool {
    let is_one = |word: &str| RECOMMENDING.contains(&folded(word).as_str());
    title.len() <= LONGEST_HEADING && title.split(|c: char| !c.is_alphabetic()).any(is_one)
}

/// Whether words begin with such an order: "Promote safe lamps", "Promouvoir les lampes".
pub(crate) fn commands(words: &str) -> bool {
    let first = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    first.starts_with(char::is_uppercase) && IMPERATIVES.contains(&folded(first).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recommendations_are_orders_under_their_heading() {
        assert!(is_heading("POLICY RECOMMENDATIONS") && is_heading("Síntesis de las recomendaciones"));
        assert!(!is_heading("Lamps and kettles"));
        assert!(
            commands("Promote lamps") && commands("Promouvoir les lampes") && commands("Promover faroles")
        );
        assert!(!commands("promote lamps") && !commands("Promotion of lamps"));
    }
}
