//! What was taken away as furniture: running heads and feet, page numbers, rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A line that stands on pages without being part of the text. Lines that differ only in their
/// figures are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Furniture {
    /// The line as it stands on the first of its pages.
    pub text: String,
    /// The first page that has it, from 1; `None` where the format has no pages.
    pub page: Option<u32>,
    /// How many pages have it.
    pub pages: u32,
}
