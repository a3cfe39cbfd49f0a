//! The folders of an index: `CURRENT`, generations, the writer's lock, reading without writing.

/// Goes up when stored records or fields change; an older index is built anew.
///
/// 1: the first.
pub const FORMAT_VERSION: u32 = 1;

/// Goes up when the same text would be analysed differently; an older index is built anew.
///
/// 1: the first.
pub const ANALYZER_VERSION: u32 = 1;
