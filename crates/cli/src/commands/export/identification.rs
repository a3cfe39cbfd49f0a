//! What Akoma Ntoso says of a document as a whole: work, expression and manifestation (FRBR).

use chapeau_document::Symbol;
use chapeau_index::DocumentRecord;

/// No jurisdiction: the user-assigned code of ISO 3166-1 for what is of no country.
const NO_COUNTRY: &str = "zz";

/// A document or one of its annexes, as Akoma Ntoso names it.
#[derive(Clone)]
pub(super) struct Work {
    /// Where the work is, in the naming convention's form.
    uri: String,
    /// `!main`, or the annex.
    component: String,
    /// The date with what it is.
    date: (String, &'static str),
    author: String,
    numbers: Vec<String>,
    name: Option<String>,
    language: &'static str,
    /// The `eId` of who made the file, which differs from annex to annex.
    pub(super) software: String,
}

/// One of the three levels, with its properties in the order of the schema.
pub(super) struct Level {
    /// The element.
    pub(super) name: &'static str,
    /// Elements with their attributes.
    pub(super) properties: Vec<(&'static str, Vec<(&'static str, String)>)>,
}

impl Work {
    /// The document, whose element is `root`.
    pub(super) fn of(document: &DocumentRecord, root: &str) -> Self {
        let metadata = &document.metadata;
        let adopted = metadata.date_adopted.as_ref().map(|date| (date.value, "adopted"));
        let issued = metadata.date_issued.as_ref().map(|date| (date.value, "issued"));
        let seen = document.source.first_seen.map(|date| (date, "indexed"));
        let date = adopted.or(issued).or(seen);
        let date = date
            .map_or_else(|| ("0001-01-01".to_owned(), "unknown"), |(date, what)| (date.to_string(), what));
        let body = metadata.body.as_ref().map_or("unknown", |body| &body.value);
        Self {
            uri: format!("/akn/{NO_COUNTRY}/{root}/{}/{}", date.0, document.id),
            component: "!main".to_owned(),
            date,
            author: format!("/akn/ontology/organization/{}", slug(body)),
            numbers: metadata.symbols.iter().map(|symbol| Symbol::to_string(&symbol.value)).collect(),
            name: metadata.title.as_ref().map(|title| title.value.clone()),
            language: three_letters(metadata.language()),
            software: "chapeau".to_owned(),
        }
    }

    /// Its `n`-th annex.
    pub(super) fn attached(&self, n: usize) -> Self {
        Self { component: format!("!annex_{n}"), software: format!("att_{n}__chapeau"), ..self.clone() }
    }
}

/// The three levels of a work.
pub(super) fn identification(work: &Work) -> [Level; 3] {
    let expression = format!("{}/{}@", work.uri, work.language);
    let mut whole = core(work, &work.uri);
    whole.push(("FRBRcountry", vec![("value", NO_COUNTRY.to_owned())]));
    whole.extend(work.numbers.iter().map(|number| ("FRBRnumber", vec![("value", number.clone())])));
    whole.extend(work.name.iter().map(|name| ("FRBRname", vec![("value", name.clone())])));
    let mut said = core(work, &expression);
    said.push(("FRBRlanguage", vec![("language", work.language.to_owned())]));
    let made = core(work, &format!("{expression}.xml"));
    [
        Level { name: "FRBRWork", properties: whole },
        Level { name: "FRBRExpression", properties: said },
        Level { name: "FRBRManifestation", properties: made },
    ]
}

fn core(work: &Work, uri: &str) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let (date, what) = &work.date;
    vec![
        ("FRBRthis", vec![("value", format!("{uri}/{}", work.component))]),
        ("FRBRuri", vec![("value", uri.to_owned())]),
        ("FRBRdate", vec![("date", date.clone()), ("name", (*what).to_owned())]),
        ("FRBRauthor", vec![("href", work.author.clone())]),
    ]
}

fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// The code of ISO 639-2 that Akoma Ntoso wants; "und" where it is none of those we read.
fn three_letters(code: &str) -> &'static str {
    match code {
        "en" => "eng",
        "fr" => "fra",
        "es" => "spa",
        "de" => "deu",
        "pt" => "por",
        "it" => "ita",
        "nl" => "nld",
        "ar" => "ara",
        "ru" => "rus",
        "zh" => "zho",
        _ => "und",
    }
}
