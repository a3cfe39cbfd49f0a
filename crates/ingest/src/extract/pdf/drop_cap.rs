//! Drop caps: a large first letter beside two or three lines belongs before the first of them.

use super::fragment::Fragment;
use super::order::Row;

/// A drop cap is so many times as large as the text beside it.
const LARGER: f32 = 1.8;
/// Between it and its word there are at most so many ems of the text.
const GAP: f32 = 0.8;

/// Moves each drop cap to the front of the row that goes on with its word.
pub(super) fn join(rows: &mut Vec<Row>, fragments: &[Fragment]) {
    for at in 0..rows.len() {
        let Some(&cap) = rows[at].first().filter(|&&cap| is_capital(&fragments[cap as usize])) else {
            continue;
        };
        let is_alone = rows[at].len() == 1;
        // Its baseline is that of the last line beside it, so its word stands above, or follows in the stream.
        let above = at.checked_sub(1).into_iter().chain(at.checked_sub(2));
        let target = above
            .chain((at + 1..rows.len()).take(1))
            .filter(|&row| begins_beside(&fragments[cap as usize], &rows[row], fragments));
        let Some(target) = target.min_by(|&one, &other| {
            baseline(&rows[one], fragments).total_cmp(&baseline(&rows[other], fragments))
        }) else {
            continue;
        };
        if is_alone || target < at {
            rows[at].remove(0);
            rows[target].insert(0, cap);
        }
    }
    rows.retain(|row| !row.is_empty());
}

fn is_capital(fragment: &Fragment) -> bool {
    fragment.n_letters == 1 && fragment.first.single().is_some_and(char::is_uppercase)
}

/// Whether a row begins right of a large capital, within its height, in the middle of a word.
fn begins_beside(cap: &Fragment, row: &Row, fragments: &[Fragment]) -> bool {
    let Some(first) = row.first().map(|&at| &fragments[at as usize]) else { return false };
    let gap = first.left - cap.right;
    let rise = cap.baseline - first.baseline;
    first.angle == cap.angle
        && cap.size >= LARGER * first.size
        && gap.abs() < GAP * first.size
        && (0.0..cap.size).contains(&rise)
        && first.starts_small()
}

fn baseline(row: &Row, fragments: &[Fragment]) -> f32 {
    row.first().map_or(f32::INFINITY, |&at| fragments[at as usize].baseline)
}
