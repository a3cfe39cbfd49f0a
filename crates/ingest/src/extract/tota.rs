//! Not written yet.

use crate::Extracted;

pub(super) fn extract(text: &str) -> Extracted {
    super::text::extract(text)
}
