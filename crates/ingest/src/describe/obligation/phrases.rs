//! The phrases around modal verbs that decide what they mean, made ready to be looked for.

use crate::describe::sieve::{Made, Phrases};

// The words and phrases themselves, as they stand in `registry/obligation.toml`.
include!(concat!(env!("OUT_DIR"), "/obligation.rs"));

/// Verbs that ask for an effort, not for a result.
pub(super) static SOFT: Made = Made::new(|| Phrases::new(SOFT_VERBS));

/// Words that soften a duty.
pub(super) static QUALIFIERS: Made = Made::new(|| Phrases::new(QUALIFIERS_EN));

/// Words that soften a duty in French.
pub(super) static FRENCH_QUALIFIERS: Made = Made::new(|| Phrases::new(QUALIFIERS_FR));

/// Words that soften a duty in Spanish.
pub(super) static SPANISH_QUALIFIERS: Made = Made::new(|| Phrases::new(QUALIFIERS_ES));

/// The words that [`super::english::force_at`] looks at.
pub(super) static MODALS: Made = Made::new(|| Phrases::new(MODAL_WORDS));
