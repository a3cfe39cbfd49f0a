//! Fields: words that Word computes. Their codes are never text, and the number of a page is none.

/// The fields that are open; they nest.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
}

#[derive(Debug, Default)]
struct Field {
    /// "PAGE", "HYPERLINK": the first word of its code decides.
    code: String,
    is_result: bool,
}

/// Fields that tell where in print a line stands (ECMA-376, part 1, 17.16.5).
const PLACES: &[&str] = &["PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"];

/// Whether the code is that of a number of pages.
pub(super) fn is_place(code: &str) -> bool {
    let name = code.split_whitespace().next().unwrap_or_default();
    PLACES.iter().any(|place| name.eq_ignore_ascii_case(place))
}

impl Fields {
    /// A mark of a field: "begin", "separate", "end".
    pub(super) fn mark(&mut self, kind: &str) {
        match kind {
            "begin" => self.open.push(Field::default()),
            "separate" => {
                self.open.iter_mut().next_back().into_iter().for_each(|field| field.is_result = true);
            }
            "end" => drop(self.open.pop()),
            _ => {}
        }
    }

    /// Words of the code of the innermost field.
    pub(super) fn code(&mut self, words: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.is_result) {
            field.code.push_str(words);
        }
    }

    /// Whether words here are the number of a page.
    pub(super) fn is_place(&self) -> bool {
        self.open.iter().any(|field| field.is_result && is_place(&field.code))
    }

    /// A paragraph ends. No number of a page goes on behind it, so that a field which is never
    /// closed takes nothing away.
    pub(super) fn end_paragraph(&mut self) {
        self.open.retain(|field| !is_place(&field.code));
    }
}
