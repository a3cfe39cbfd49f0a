//! Not written yet.

use crate::Extracted;

pub(super) fn extract(_text: &str) -> Extracted {
    Extracted::default()
}

/// Whether a line is a JSON object with document, id and text.
pub(super) fn is_record(line: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Required {
        #[serde(rename = "document")]
        _document: String,
        #[serde(rename = "id")]
        _id: String,
        #[serde(rename = "text")]
        _text: String,
    }
    serde_json::from_slice::<Required>(line).is_ok()
}
