//! The parties of an agreement and the Members that a communication comes from.

use super::title;
use crate::lists;

/// What stands in the place of "and" in such a name while names are parted.
const HELD: char = '\u{1}';

/// "Agreement between A and B, done at C": its parties.
pub(super) fn of_title(title: &str) -> Vec<String> {
    let Some((_, names)) = title
        .split_once(" between ")
        .or_else(|| title.split_once(" entre "))
        .or_else(|| title.split_once(" zwischen "))
    else {
        return Vec::new();
    };
    let ends = [
        " signed ",
        " done ",
        " concerning ",
        " on the ",
        " for the ",
        " relating ",
        " establishing ",
        " regarding ",
        " sur ",
        " relatif ",
        " signé",
        " sobre ",
        " relativo ",
        " firmado",
        " dated ",
        " version ",
    ];
    let end = ends.iter().filter_map(|end| names.find(end)).min().unwrap_or(names.len());
    listed(&names[..end])
}

/// The names of a list.
pub(super) fn listed(names: &str) -> Vec<String> {
    let mut names = names.to_owned();
    for of_the_part in [
        ", of the one part",
        ", of the other part",
        ", on the one part",
        ", on the other part",
        ", d'une part",
        ", d’une part",
        ", d'autre part",
        ", d’autre part",
        ", por una parte",
        ", por otra parte",
        ", por otra",
    ] {
        names = replaced(&names, of_the_part, ";");
    }
    for joined in lists::JOINED_NAMES {
        let held = joined.replace(" and ", &format!(" {HELD}and ")).replace(" y ", &format!(" {HELD}y "));
        names = names.replace(joined, &held).replace(&joined.to_uppercase(), &held.to_uppercase());
    }
    for and in [" and ", " AND ", " et ", " ET ", " y ", " Y ", " und "] {
        names = names.replace(and, ";");
    }
    let parted = names.split([',', ';']).map(|name| name.replace(HELD, "").trim().to_owned());
    let named = parted
        .map(|name| without_article(&name).to_owned())
        .filter(|name| name.starts_with(char::is_uppercase) && name.len() <= 120);
    named.map(|name| title::name(&name)).collect()
}

/// `text` with `what` replaced, in any case of letters.
fn replaced(text: &str, what: &str, with: &str) -> String {
    let mut out = text.to_owned();
    while let Some(at) = out.to_lowercase().find(what).filter(|_| out.to_lowercase().len() == out.len()) {
        out.replace_range(at..at + what.len(), with);
    }
    out
}

fn without_article(name: &str) -> &str {
    let articles = [
        "the ", "THE ", "The ", "la ", "La ", "le ", "Le ", "les ", "Les ", "l'", "l’", "L'", "L’", "el ",
        "El ", "los ", "Los ",
    ];
    let start = name.to_lowercase();
    let article = articles.iter().find(|article| start.starts_with(&article.to_lowercase()));
    article.and_then(|article| name.get(article.len()..)).unwrap_or(name)
}

/// The Members named after "Communication from".
pub(super) fn of_communication(line: &str) -> Vec<String> {
    let starts = [
        "communication from ",
        "communication by ",
        "communication de ",
        "communication du ",
        "communication des ",
        "comunicación de ",
        "comunicación del ",
        "submission by ",
        "communication présentée par ",
        "comunicación presentada por ",
        "submission from ",
    ];
    let lower = line.to_lowercase();
    let Some(start) =
        starts.iter().find(|start| lower.starts_with(**start)).filter(|_| lower.len() == line.len())
    else {
        return Vec::new();
    };
    listed(&line[start.len()..])
}

/// "We, Member States of the African Union,": those who make a treaty, as they call themselves.
pub(super) fn of_preamble(chapeau: &str) -> Vec<String> {
    let bare = chapeau.trim().trim_end_matches([',', ':']);
    let told = bare
        .strip_prefix("We, ")
        .or_else(|| bare.strip_prefix("WE, "))
        .or_else(|| bare.strip_prefix("Nous, "));
    let told = told.map(|name| without_article(name).to_owned());
    let whole = told.filter(|name| {
        !name.contains(',') && (name.contains("States") || name.contains("STATES") || name.contains("États"))
    });
    if let Some(name) = whole {
        return vec![title::name(&name)];
    }
    let governments = [
        "The Government of ",
        "THE GOVERNMENT OF ",
        "Le Gouvernement ",
        "LE GOUVERNEMENT ",
        "El Gobierno ",
        "EL GOBIERNO ",
    ];
    if governments.iter().any(|start| bare.starts_with(start)) && bare.len() <= 400 {
        governments_of(bare)
    } else {
        Vec::new()
    }
}

/// "The Government of A and the Government of B": A and B.
fn governments_of(chapeau: &str) -> Vec<String> {
    let cut = chapeau.split(['(', '[']).next().unwrap_or(chapeau);
    let mut names = cut.to_owned();
    for of in [
        "The Government of ",
        "the Government of ",
        "THE GOVERNMENT OF ",
        "Le Gouvernement de ",
        "le Gouvernement de ",
        "Le Gouvernement du ",
        "le Gouvernement du ",
        "El Gobierno de ",
        "el Gobierno de ",
        "EL GOBIERNO DE ",
    ] {
        names = names.replace(of, "");
    }
    listed(&names)
}
