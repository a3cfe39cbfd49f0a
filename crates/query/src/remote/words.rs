//! Where the words of a query stand in one clause, as the postings of an index would say it.

use std::collections::HashMap;

use chapeau_document::ClauseRecord;
use chapeau_index::{
    Budget, Fields, Form as TokenForm, Language, for_each_token, heading_of, own_places, sentence_ends,
};
use tantivy::Term;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

use crate::plan::{Form, Places, Plan};
use crate::spans::{MAX_PLACES, Place, Reach, follow, joined};

/// The terms that a plan looks for, each with its number.
pub(crate) struct Sought {
    numbers: HashMap<Term, usize>,
    /// By text field, the terms in it: exact forms, and stems by the prefix of their language.
    words: [Forms; 4],
}

/// Bytes of the prefix of a language: [`Language::prefix`].
const LANGUAGE: usize = 2;

/// The terms in a text field.
#[derive(Default)]
struct Forms {
    exact: Numbers,
    stems: HashMap<String, Numbers>,
    /// That of where sentences end.
    ends: Option<usize>,
}

impl Forms {
    fn insert(&mut self, term: &str, number: usize) {
        let stem = term.split_at_checked(LANGUAGE).filter(|(language, _)| language.ends_with(':'));
        match (term.strip_prefix('='), stem) {
            (Some(exact), _) => self.exact.insert(exact, number),
            (None, Some((language, stem))) => {
                self.stems.entry(language.to_owned()).or_default().insert(stem, number);
            }
            (None, None) => self.ends = Some(number),
        }
    }
}

/// Words with their numbers. Nearly all words of a text are none of them, which is told by their first
/// and last letters and their length.
#[derive(Default)]
struct Numbers {
    numbers: HashMap<String, usize>,
    may_be: [u64; 4],
}

impl Numbers {
    fn insert(&mut self, word: &str, number: usize) {
        let (place, bit) = Self::place(word);
        self.may_be[place] |= bit;
        self.numbers.insert(word.to_owned(), number);
    }

    fn get(&self, word: &str) -> Option<usize> {
        let (place, bit) = Self::place(word);
        if self.may_be[place] & bit == 0 { None } else { self.numbers.get(word).copied() }
    }

    fn place(word: &str) -> (usize, u64) {
        let bytes = word.as_bytes();
        let [first, last] = [bytes.first(), bytes.last()].map(|byte| usize::from(byte.copied().unwrap_or(0)));
        let place = first.wrapping_mul(31).wrapping_add(last.wrapping_mul(7)).wrapping_add(bytes.len()) % 256;
        (place / 64, 1 << (place % 64))
    }
}

/// The text fields, in the order of [`Sought::words`].
fn fields() -> [Field; 4] {
    let fields = Fields::get();
    [fields.text, fields.lead_in, fields.heading, fields.title]
}

impl Sought {
    /// The terms of a plan.
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut sought = Self { numbers: HashMap::new(), words: Default::default() };
        for leaf in &plan.leaves {
            match &leaf.form {
                Form::Terms(all) => all.iter().flat_map(|(_, terms)| terms).for_each(|term| sought.add(term)),
                Form::Places(all) => all.iter().for_each(|(_, places)| sought.add_places(places)),
                Form::Weighted(all) => all.iter().for_each(|(_, term)| sought.add(term)),
            }
        }
        sought
    }

    fn add_places(&mut self, places: &Places) {
        match places {
            Places::Terms(terms) => terms.iter().for_each(|term| self.add(term)),
            Places::Any(parts) | Places::Sequence(parts) => {
                parts.iter().for_each(|part| self.add_places(part));
            }
            Places::Near(pair, ..) => [&pair.0, &pair.1].into_iter().for_each(|part| self.add_places(part)),
            Places::Sentence(pair, end) => {
                [&pair.0, &pair.1].into_iter().for_each(|part| self.add_places(part));
                self.add(end);
            }
        }
    }

    fn add(&mut self, term: &Term) {
        let next = self.numbers.len();
        let number = *self.numbers.entry(term.clone()).or_insert(next);
        let field = fields().iter().position(|field| *field == term.field());
        if let (Some(field), Some(word)) = (field, term.value().as_str()) {
            self.words[field].insert(word, number);
        }
    }
}

/// The words of a query in one clause.
pub(crate) struct Words<'a> {
    sought: &'a Sought,
    /// By term, its positions; of a symbol or a place, one.
    positions: Vec<Vec<u32>>,
    /// By text field, its length as Tantivy writes lengths down.
    lengths: [u8; 4],
}

impl<'a> Words<'a> {
    /// Looks for them.
    pub(crate) fn of(sought: &'a Sought, clause: &ClauseRecord) -> Self {
        let mut words = Self { sought, positions: vec![Vec::new(); sought.numbers.len()], lengths: [0; 4] };
        let language = Language::of_code(&clause.language);
        let heading = heading_of(&clause.path);
        let texts = [
            clause.text.as_str(),
            clause.lead_in.as_deref().unwrap_or_default(),
            &heading,
            clause.title.as_deref().unwrap_or_default(),
        ];
        for (field, text) in texts.into_iter().enumerate() {
            words.read(field, text, language);
        }
        words.note_marks(clause);
        words
    }

    /// As the text is indexed: both forms of each word, and where sentences part.
    fn read(&mut self, field: usize, text: &str, language: Language) {
        let Forms { exact, stems, ends: wanted_ends } = &self.sought.words[field];
        let stems = stems.get(language.prefix());
        let positions = &mut self.positions;
        let mut see = |number: Option<usize>, at: u32| {
            if let Some(number) = number {
                positions[number].push(at);
            }
        };
        let mut ends = sentence_ends(text).peekable();
        let (mut n_tokens, mut last) = (0_u32, 0);
        for_each_token(text, language, |token| {
            if token.form == TokenForm::Word {
                let mut parts = false;
                while ends.next_if(|end| *end <= token.span.start).is_some() {
                    parts = n_tokens > 0;
                }
                if parts {
                    see(*wanted_ends, last);
                    n_tokens += 1;
                }
                last = token.position;
                see(exact.get(token.exact), token.position);
                n_tokens += 1;
            }
            see(stems.and_then(|stems| stems.get(token.stem)), token.position);
            n_tokens += 1;
        });
        self.lengths[field] = FieldNormReader::fieldnorm_to_id(n_tokens);
    }

    /// Symbols and places, which stand nowhere in particular.
    fn note_marks(&mut self, clause: &ClauseRecord) {
        let fields = Fields::get();
        let own = clause.symbols.iter().flat_map(|symbol| symbol.prefixes());
        let cited = clause.cites.iter().filter_map(|cite| cite.symbol.as_ref());
        let own = own.map(|prefix| Fields::symbol_term(fields.symbol, prefix));
        let cited = cited
            .flat_map(|symbol| symbol.prefixes())
            .map(|prefix| Fields::symbol_term(fields.cites, prefix));
        let terms: Vec<Term> = own.chain(cited).collect();
        let places = own_places(&clause.id);
        let places = places.iter().map(|place| Term::from_field_text(fields.place, place));
        for term in terms.into_iter().chain(places) {
            if let Some(number) = self.sought.numbers.get(&term) {
                self.positions[*number] = vec![0];
            }
        }
    }

    /// How often a term stands in the clause.
    pub(crate) fn count(&self, term: &Term) -> u32 {
        self.at(term).len() as u32
    }

    fn at(&self, term: &Term) -> &[u32] {
        self.sought.numbers.get(term).map_or(&[], |number| &self.positions[*number])
    }

    /// The length of a text field.
    pub(crate) fn length(&self, field: Field) -> u8 {
        fields().iter().position(|other| *other == field).map_or(0, |at| self.lengths[at])
    }

    /// Where what stands at places does, as [`crate::spans::Spans::places`] says it.
    pub(crate) fn places(&self, places: &Places) -> Vec<Place> {
        let mut found: Vec<Place> = Vec::new();
        match places {
            Places::Terms(terms) => {
                for term in terms {
                    found
                        .extend(self.at(term).iter().take(MAX_PLACES).map(|position| (*position, *position)));
                }
            }
            Places::Any(parts) => found.extend(parts.iter().flat_map(|part| self.places(part))),
            Places::Sequence(parts) => {
                let mut parts = parts.iter();
                found = parts.next().map(|first| self.places(first)).unwrap_or_default();
                for next in parts {
                    follow(&mut found, &self.places(next));
                }
            }
            Places::Near(pair, at_most, ordered) => {
                self.pairs(pair, &mut found, Reach::Words { at_most: *at_most, ordered: *ordered });
            }
            Places::Sentence(pair, end) => {
                self.pairs(pair, &mut found, Reach::Sentence(self.at(end)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(MAX_PLACES);
        found
    }

    fn pairs(&self, pair: &(Places, Places), found: &mut Vec<Place>, reach: Reach<'_>) {
        // Each clause was fetched over the network: what is looked at here is bounded by its size.
        let meter = Budget::unlimited().meter();
        joined(&self.places(&pair.0), &self.places(&pair.1), reach, found, &meter);
    }
}
