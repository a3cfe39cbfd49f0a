//! Form fields and typed-on notes: which of them show text, and where.

use hayro_syntax::object::{Dict, Name, Object, Stream};

use super::matrix::Matrix;

/// Annotation flags (PDF 32000-1, table 165): hidden, not for viewing.
const UNSEEN_FLAGS: u32 = 1 << 1 | 1 << 5;

/// Whether a page shows an annotation as text of its own.
pub(super) fn shows_text(annotation: &Dict<'_>) -> bool {
    let kind = annotation.get::<Name<'_>>("Subtype");
    let flags = annotation.get::<u32>("F").unwrap_or(0);
    flags & UNSEEN_FLAGS == 0 && kind.is_some_and(|kind| matches!(kind.as_str(), "Widget" | "FreeText"))
}

/// What an annotation draws.
pub(super) fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'a>>("AP")?.get::<Object<'a>>("N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => states.get::<Stream<'a>>(annotation.get::<Name<'a>>("AS")?.as_ref()),
        _ => None,
    }
}

/// Moves an appearance's box onto the annotation's rectangle; scaling would be possible and is
/// not seen in practice.
pub(super) fn place(annotation: &Dict<'_>, appearance: &Stream<'_>) -> Option<Matrix> {
    let [x0, y0, x1, y1] = annotation.get::<[f64; 4]>("Rect")?;
    let bbox = appearance.dict().get::<[f64; 4]>("BBox")?;
    let matrix = appearance.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
    let (one, other) = (matrix.apply(bbox[0], bbox[1]), matrix.apply(bbox[2], bbox[3]));
    Some(Matrix::shift(x0.min(x1) - one.0.min(other.0), y0.min(y1) - one.1.min(other.1)))
}
