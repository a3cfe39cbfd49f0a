//! The fields of the query language, and how their values are read.

use std::str::FromStr;

use chapeau_document::{Act, Kind, Obligation, Part, Status, Symbol, Unit, UnknownValue};

use super::ast::{Filter, FilterField, RangeField, TextField};
use super::date;

/// A field by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Text(TextField),
    Value(FilterField),
    Range(RangeField),
    Symbol,
    Cites,
    Bracketed,
}

/// The names of all fields, as an error lists them.
pub(crate) const NAMES: &str = "title, heading, lead-in, text, symbol, cites, kind, status, part, unit, act, obligation, body, \
     party, language, document, year, date, added, copies or bracketed";

/// Other names that people use for a field.
const ALIASES: &[(&str, &str)] = &[
    ("lang", "language"),
    ("type", "kind"),
    ("parties", "party"),
    ("lead_in", "lead-in"),
    ("cite", "cites"),
    ("doc", "document"),
    ("headings", "heading"),
];

pub(super) fn is_field(name: &str) -> bool {
    field(name).is_some()
}

/// The field of this name, in small letters.
pub(crate) fn field(name: &str) -> Option<Field> {
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| *name);
    match name {
        "symbol" => return Some(Field::Symbol),
        "cites" => return Some(Field::Cites),
        "bracketed" => return Some(Field::Bracketed),
        _ => {}
    }
    let text = TextField::ALL.iter().find(|field| field.as_str() == name).map(|field| Field::Text(*field));
    let value =
        || FilterField::ALL.iter().find(|field| field.as_str() == name).map(|field| Field::Value(*field));
    let range =
        || RangeField::ALL.iter().find(|field| field.as_str() == name).map(|field| Field::Range(*field));
    text.or_else(value).or_else(range)
}

/// The restriction that a value of a field makes; an error says what was wanted.
pub(crate) fn filter(field: Field, value: &str) -> Result<Filter, String> {
    match field {
        Field::Value(field) => closed_value(field, value).map(|value| Filter::Is(field, value)),
        Field::Range(field) => date::range(field, value).map(|(from, to)| Filter::Range(field, from, to)),
        Field::Symbol => Ok(Filter::OwnSymbol(symbol(value))),
        Field::Cites => Ok(Filter::Cites(symbol(value))),
        Field::Bracketed => yes_or_no(value).map(Filter::Bracketed),
        Field::Text(field) => Err(format!("{} holds words, not values", field.as_str())),
    }
}

/// A value in the one spelling of its closed list; any value where the list is open.
fn closed_value(field: FilterField, value: &str) -> Result<String, String> {
    match field {
        FilterField::Kind => spelled::<Kind>(value, Kind::as_str),
        FilterField::Status => spelled::<Status>(value, Status::as_str),
        FilterField::Part => spelled::<Part>(value, Part::as_str),
        FilterField::Unit => spelled::<Unit>(value, Unit::as_str),
        FilterField::Act => spelled::<Act>(value, Act::as_str),
        FilterField::Obligation => spelled::<Obligation>(value, Obligation::as_str),
        FilterField::Language => Ok(value.to_ascii_lowercase()),
        FilterField::Body | FilterField::Party | FilterField::Document => Ok(value.to_owned()),
    }
}

fn spelled<T: FromStr<Err = UnknownValue>>(
    value: &str,
    spelling: fn(T) -> &'static str,
) -> Result<String, String> {
    value.parse().map(|known| spelling(known).to_owned()).map_err(|error: UnknownValue| error.to_string())
}

/// A symbol in its normal form; a prefix of one (`WT/MIN`) in capitals.
fn symbol(value: &str) -> String {
    Symbol::parse(value)
        .map_or_else(|| value.trim().trim_end_matches(['/', '*']).to_uppercase(), |symbol| symbol.to_string())
}

fn yes_or_no(value: &str) -> Result<bool, String> {
    match value.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err(format!("unknown value \"{value}\" of bracketed, want yes or no")),
    }
}
