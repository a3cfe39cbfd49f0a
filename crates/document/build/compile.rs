//! From the patterns that people write to the elements that texts are read by.

use std::collections::BTreeMap;

use crate::entries;
use crate::firsts::firsts;
use crate::registry::fold::fold;
use crate::registry::pattern::{Choice, Element, Field, MOST_VALUES, Piece};

/// A body with its names as patterns.
pub(crate) struct Body {
    pub(crate) name: String,
    pub(crate) of: Option<String>,
    pub(crate) issues: Vec<String>,
    pub(crate) names: Vec<&'static [Element]>,
}

/// A series with its forms.
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) body: Option<usize>,
    pub(crate) kind: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) sureness: Option<String>,
    pub(crate) alone: bool,
    pub(crate) canonical: &'static [Piece],
    pub(crate) values: Vec<String>,
    pub(crate) list: &'static [Element],
    pub(crate) forms: Vec<Form>,
    pub(crate) examples: Vec<(String, String)>,
}

/// One way to write a symbol.
pub(crate) struct Form {
    pub(crate) elements: &'static [Element],
    pub(crate) compact: bool,
    pub(crate) weight: usize,
}

type Words = BTreeMap<String, &'static [Choice]>;

/// The bodies in the order of the file.
pub(crate) fn bodies(entries: &[entries::Body]) -> Result<Vec<Body>, String> {
    let mut seen = BTreeMap::new();
    entries
        .iter()
        .map(|entry| body(entry, &mut seen).map_err(|error| format!("{}: {error}", entry.name)))
        .collect()
}

fn body(entry: &entries::Body, seen: &mut BTreeMap<String, String>) -> Result<Body, String> {
    if entry.source.trim().is_empty() {
        return Err("it has no source".to_owned());
    }
    let mut names = Vec::new();
    for name in
        [&entry.name].into_iter().chain(&entry.en).chain(&entry.fr).chain(&entry.es).chain(&entry.other)
    {
        let folded: String = name.chars().map(fold).collect();
        if let Some(other) = seen.insert(folded, entry.name.clone()) {
            return Err(format!("\"{name}\" is a name of {other} already"));
        }
        let elements = Compiler::new(&Words::new()).pattern(name)?;
        firsts(elements)?;
        names.push(elements);
    }
    Ok(Body { name: entry.name.clone(), of: entry.of.clone(), issues: entry.issues.clone(), names })
}

/// The series in the order of the file.
pub(crate) fn series(file: &entries::AllSeries, bodies: &[Body]) -> Result<Vec<Series>, String> {
    let mut words = Words::new();
    for (name, list) in &file.words {
        words.insert(name.clone(), choices(list).map_err(|error| format!("words.{name}: {error}"))?);
    }
    file.series
        .iter()
        .map(|entry| one_series(entry, &words, bodies).map_err(|error| format!("{}: {error}", entry.name)))
        .collect()
}

fn choices(list: &BTreeMap<String, Vec<String>>) -> Result<&'static [Choice], String> {
    let mut choices = Vec::new();
    for (canonical, others) in list {
        for written in [canonical].into_iter().chain(others) {
            let written = Compiler::new(&Words::new()).pattern(written)?;
            choices.push(Choice { canonical: canonical.clone().leak(), written });
        }
    }
    Ok(choices.leak())
}

fn one_series(entry: &entries::Series, words: &Words, bodies: &[Body]) -> Result<Series, String> {
    if entry.source.trim().is_empty() {
        return Err("it has no source".to_owned());
    }
    if entry.examples.is_empty() {
        return Err("it has no examples".to_owned());
    }
    let named = |name: &String| {
        let found = bodies.iter().position(|body| body.name == *name);
        found.ok_or_else(|| format!("there is no body \"{name}\" in bodies.toml"))
    };
    let mut compiler = Compiler::new(words);
    let canonical = compiler.canonical(&entry.canonical)?;
    let mut forms = Vec::new();
    let by_itself = (!entry.bare).then_some(&entry.canonical);
    for pattern in by_itself.into_iter().chain(&entry.written) {
        let elements = compiler.pattern(pattern).map_err(|error| format!("\"{pattern}\": {error}"))?;
        firsts(elements).map_err(|error| format!("\"{pattern}\": {error}"))?;
        forms.push(Form { elements, compact: is_compact(elements), weight: weight(elements) });
    }
    let list = entry.list.as_ref().map_or(Ok(&[] as &[Element]), |list| compiler.pattern(list))?;
    let same =
        entry.examples.iter().filter(|_| !entry.bare).map(|example| (example.clone(), example.clone()));
    Ok(Series {
        name: entry.name.clone(),
        body: entry.body.as_ref().map(named).transpose()?,
        kind: entry.kind.clone(),
        status: entry.status.clone(),
        sureness: entry.sureness.clone(),
        alone: entry.alone,
        canonical,
        values: compiler.values,
        list,
        forms,
        examples: same.chain(entry.reads.clone()).collect(),
    })
}

/// Whether the symbol is one word: it begins with letters and has a slash before any space, or none.
fn is_compact(elements: &[Element]) -> bool {
    let begins = matches!(elements.first(), Some(Element::Exact(_) | Element::Any(_)));
    let parts = |element: &&Element| matches!(element, Element::Slash | Element::Space | Element::NumberSign);
    begins && elements.iter().find(parts).is_none_or(|first| *first == Element::Slash)
}

/// How many letters and signs are fixed, and how narrow the values are.
fn weight(elements: &[Element]) -> usize {
    let of_one = |element: &Element| match element {
        Element::Exact(letters) | Element::Any(letters) => 4 * letters.len(),
        Element::Slash | Element::Hyphen | Element::Apostrophe | Element::Space => 4,
        Element::NumberSign | Element::Word(..) => 8,
        Element::Either(ways) => ways.iter().map(|way| weight(way)).min().unwrap_or(0),
        Element::Field(Field::Path | Field::Tail, _) | Element::MaybeSpace | Element::Optional(_) => 0,
        Element::Field(Field::Code, _) => 1,
        Element::Field(..) => 2,
    };
    elements.iter().map(of_one).sum()
}

/// Reads patterns, and remembers the names of their values.
struct Compiler<'a> {
    words: &'a Words,
    values: Vec<String>,
}

impl<'a> Compiler<'a> {
    fn new(words: &'a Words) -> Self {
        Self { words, values: Vec::new() }
    }

    fn pattern(&mut self, text: &str) -> Result<&'static [Element], String> {
        let mut rest = text;
        let elements = self.sequence(&mut rest)?;
        if rest.is_empty() { Ok(elements) } else { Err(format!("\"{rest}\" closes nothing")) }
    }

    /// Up to the end or a closing sign.
    fn sequence(&mut self, rest: &mut &str) -> Result<&'static [Element], String> {
        let mut elements: Vec<Element> = Vec::new();
        while let Some(first) = rest.chars().next().filter(|c| !matches!(c, ']' | '>' | '|' | '}')) {
            let element = match first {
                '[' => {
                    *rest = &rest[1..];
                    let inner = self.sequence(rest)?;
                    closed(rest, ']')?;
                    Element::Optional(inner)
                }
                '<' => self.either(rest)?,
                '{' => self.value(rest)?,
                c if c.is_alphabetic() => letters(rest),
                _ => sign(rest, first),
            };
            match (elements.last_mut(), element) {
                (Some(Element::Exact(before)), Element::Exact(more)) => {
                    *before = format!("{before}{more}").leak();
                }
                _ => elements.push(element),
            }
        }
        Ok(elements.leak())
    }

    fn either(&mut self, rest: &mut &str) -> Result<Element, String> {
        let mut ways = Vec::new();
        loop {
            *rest = &rest[1..];
            ways.push(self.sequence(rest)?);
            if !rest.starts_with('|') {
                break;
            }
        }
        closed(rest, '>')?;
        Ok(Element::Either(ways.leak()))
    }

    /// `{session}`, `{number:1..99}`, `{no}`, `{union}`.
    fn value(&mut self, rest: &mut &str) -> Result<Element, String> {
        let end = rest.find('}').ok_or("a { is not closed")?;
        let inside = &rest[1..end];
        *rest = &rest[end + 1..];
        if inside == "no" {
            return Ok(Element::NumberSign);
        }
        let (name, range) =
            inside.split_once(':').map_or((inside, None), |(name, range)| (name, Some(range)));
        let (name, kind) = name.split_once('=').unwrap_or((name, kind_of(name)));
        let place = self.place(name)?;
        if let Some(choices) = self.words.get(kind) {
            return Ok(Element::Word(choices, place));
        }
        Ok(Element::Field(field(kind, range)?, place))
    }

    fn place(&mut self, name: &str) -> Result<u8, String> {
        let known = self.values.iter().position(|value| value == name);
        let place = known.unwrap_or_else(|| {
            self.values.push(name.to_owned());
            self.values.len() - 1
        });
        if place < MOST_VALUES { Ok(place as u8) } else { Err("it has too many values".to_owned()) }
    }

    fn canonical(&mut self, text: &str) -> Result<&'static [Piece], String> {
        let mut rest = text;
        let pieces = self.pieces(&mut rest)?;
        if rest.is_empty() { Ok(pieces) } else { Err(format!("\"{rest}\" closes nothing")) }
    }

    fn pieces(&mut self, rest: &mut &str) -> Result<&'static [Piece], String> {
        let mut pieces = Vec::new();
        while let Some(first) = rest.chars().next().filter(|c| *c != ']') {
            pieces.push(match first {
                '[' => {
                    *rest = &rest[1..];
                    let inner = self.pieces(rest)?;
                    closed(rest, ']')?;
                    Piece::If(inner)
                }
                '{' => match self.value(rest)? {
                    Element::Field(_, place) | Element::Word(_, place) => Piece::Value(place),
                    _ => return Err("{no} is no part of a canonical form: write No. or n°".to_owned()),
                },
                '<' | '>' | '|' => return Err("a canonical form has no alternatives".to_owned()),
                _ => {
                    let end = rest.find(['[', ']', '{', '<', '>', '|']).unwrap_or(rest.len());
                    let (text, after) = rest.split_at(end);
                    *rest = after;
                    Piece::Text(text.replace('~', " ").leak())
                }
            });
        }
        Ok(pieces.leak())
    }
}

fn closed(rest: &mut &str, sign: char) -> Result<(), String> {
    *rest = rest.strip_prefix(sign).ok_or_else(|| format!("a {sign} is lacking"))?;
    Ok(())
}

/// "number2" is a second number.
fn kind_of(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}

fn field(kind: &str, range: Option<&str>) -> Result<Field, String> {
    let (least, most) = range.map_or(Ok((0, u32::MAX)), range_of)?;
    let field = match kind {
        "number" => return Ok(Field::Number(least, most)),
        "roman" => return Ok(Field::Roman(least, most)),
        "session" if range.is_some() => return Ok(Field::Number(least, most)),
        "session" => Field::Session,
        "special" => Field::Special,
        "year" => Field::Year,
        "yy" => Field::ShortYear,
        "letter" => Field::Letter,
        "letters" => Field::Letters,
        "code" => Field::Code,
        "path" => Field::Path,
        "place" => Field::Place,
        "figures" => Field::Figures,
        "page" => return Ok(Field::Page(least, most)),
        "section" => Field::Section,
        "tail" => Field::Tail,
        _ => return Err(format!("no value and no list of words is called \"{kind}\"")),
    };
    if range.is_some() { Err(format!("only numbers have a range, not \"{kind}\"")) } else { Ok(field) }
}

fn range_of(range: &str) -> Result<(u32, u32), String> {
    let ends =
        range.split_once("..").and_then(|(least, most)| Some((least.parse().ok()?, most.parse().ok()?)));
    ends.ok_or_else(|| format!("\"{range}\" is no range, as 1..99 is"))
}

/// A run of letters: as they stand where all are capitals, else in any case.
fn letters(rest: &mut &str) -> Element {
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (run, after) = rest.split_at(end);
    *rest = after;
    if run.chars().any(char::is_lowercase) {
        Element::Any(run.chars().map(fold).collect::<String>().leak())
    } else {
        Element::Exact(run.to_owned().leak())
    }
}

fn sign(rest: &mut &str, first: char) -> Element {
    *rest = &rest[first.len_utf8()..];
    match first {
        '/' => Element::Slash,
        '-' => Element::Hyphen,
        '\'' => Element::Apostrophe,
        ' ' => Element::Space,
        '~' => Element::MaybeSpace,
        _ => Element::Exact(first.to_string().leak()),
    }
}
