//! What sort of clause of what sort of document a record is, as one number: the ranking asks it of
//! every candidate, and one column is read faster than four.

use chapeau_document::{Kind, Part, Status, Unit};

/// The number of a sort, for the field `class`: its place in [`classes`].
pub(crate) fn class(kind: Kind, status: Status, part: Part, unit: Unit) -> u64 {
    let digits = [
        (kind as usize, Kind::ALL.len()),
        (status as usize, Status::ALL.len()),
        (part as usize, Part::ALL.len()),
        (unit as usize, Unit::ALL.len()),
    ];
    digits.into_iter().fold(0, |number, (digit, base)| number * base as u64 + digit as u64)
}

/// All sorts, in the order of their numbers.
pub fn classes() -> impl Iterator<Item = (Kind, Status, Part, Unit)> {
    let kinds = Kind::ALL.iter().copied();
    let with_status = kinds.flat_map(|kind| Status::ALL.iter().map(move |status| (kind, *status)));
    let with_part =
        with_status.flat_map(|(kind, status)| Part::ALL.iter().map(move |part| (kind, status, *part)));
    with_part.flat_map(|(kind, status, part)| Unit::ALL.iter().map(move |unit| (kind, status, part, *unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_has_the_number_of_its_place() {
        for (place, (kind, status, part, unit)) in (0..).zip(classes()) {
            assert_eq!(class(kind, status, part, unit), place);
        }
    }
}
