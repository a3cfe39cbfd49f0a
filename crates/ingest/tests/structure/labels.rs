//! How clauses are cited: labels, paths and gaps in the numbering.

use chapeau_ingest::{Options, Source, read};
use expect_test::{Expect, expect};

use super::check;

/// Labels and paths, for texts where they are what matters.
pub(super) fn check_labels(text: &str, expected: &Expect) {
    let source = Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    let mut reading = read(&source, &Options::default()).expect("a plain text");
    let document = reading.documents.remove(0);
    let labelled = document.clauses.iter().filter_map(|clause| {
        let id = clause.id.split_once('/').map_or("", |(_, id)| id);
        let path: Vec<&str> = clause.path.iter().filter_map(|step| step.title.as_deref()).collect();
        clause.label.as_ref().map(|label| format!("{id} | {label} | {}", path.join(" > ")))
    });
    expected.assert_eq(&(labelled.collect::<Vec<_>>().join("\n") + "\n"));
}

#[test]
fn a_bracketed_draft_keeps_its_numbers_and_options() {
    check_labels(
        "DRAFT MINISTERIAL DECLARATION\n\nWe, the Ministers, assembled in Geneva,\n\n1. Reaffirm the principles.\n\n\
         2. We [agree] to review them.\n\n[3. Members shall:\n\n(a) [refrain from [such] duties];\n\n\
         (b) [Alt 1: endeavour to cooperate] [Alt 2: cooperate] [...]; and\n\n(c) publish [sic] them.]\n\nThis is new.\n\n\
         Option A\n\n4. [CAN/EU: Members should notify measures.]\n\nOption B\n\n4. [Placeholder]\n\n5. The end is near.\n",
        &expect![[r#"
            op-1 | operative para. 1 | 
            op-2 | operative para. 2 | 
            op-3 | operative para. 3 | 
            op-3/a | operative para. 3(a) | 
            op-3/b | operative para. 3(b) | 
            op-3/c | operative para. 3(c) | 
            op-3/p1 | operative para. 3, unnumbered para. 1 | 
            op-4 | Option A, operative para. 4 | Option A
            op-4-2 | Option B, operative para. 4 | Option B
            op-5 | operative para. 5 | 
        "#]],
    );
}

#[test]
fn headings_in_capitals_stand_above_the_numbers_of_a_recommendation() {
    check_labels(
        "RECOMMENDATION ON TRADE\n\nThe General Conference of the Organization, meeting in Paris,\n\nRecalling its aims,\n\n\
         1. Adopts this Recommendation;\n\n2. Recommends that Member States apply it.\n\nI. SCOPE OF APPLICATION\n\n\
         1. This text is about trade.\n\n(a) It covers goods.\n\nII. AIMS\n\n2. It aims high.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            op-1 | operative para. 1 | 
            op-2 | operative para. 2 | 
            op-1-2 | section I, operative para. 1 | SCOPE OF APPLICATION
            op-1/a | section I, operative para. 1(a) | SCOPE OF APPLICATION
            op-2-2 | section II, operative para. 2 | AIMS
        "#]],
    );
}

#[test]
fn french_and_spanish_ordinals_number_articles_and_paragraphs() {
    check_labels(
        "ACCORD\n\nLes Parties,\n\nSONT CONVENUES de ce qui suit :\n\nTITRE PREMIER\nDISPOSITIONS GÉNÉRALES\n\n\
         Article premier\nObjectifs\n\n1. Le présent Accord a pour objet :\n\na) de libéraliser le commerce.\n\n\
         Section 1re\nDroits\n\nArticle 2 bis\nPortée\n\n1° Les Parties éliminent les droits.\n\n2° Elles se consultent.\n",
        &expect![[r#"
            titre-premier | Titre Premier | DISPOSITIONS GÉNÉRALES
            art-premier | Article premier | DISPOSITIONS GÉNÉRALES > Objectifs
            art-premier/1 | Article premier, par. 1 | DISPOSITIONS GÉNÉRALES > Objectifs
            art-premier/1/a | Article premier, par. 1(a) | DISPOSITIONS GÉNÉRALES > Objectifs
            titre-premier/sec-1re | Section 1re | DISPOSITIONS GÉNÉRALES > Droits
            art-2-bis | Article 2 bis | DISPOSITIONS GÉNÉRALES > Droits > Portée
            art-2-bis/1 | Article 2 bis, 1° | DISPOSITIONS GÉNÉRALES > Droits > Portée
            art-2-bis/2 | Article 2 bis, 2° | DISPOSITIONS GÉNÉRALES > Droits > Portée
        "#]],
    );
    check_labels(
        "ACUERDO\n\nLas Partes,\n\nCONVIENEN en lo siguiente:\n\nArtículo 1º.- El presente Acuerdo tiene por objetivos:\n\n\
         a) Establecer el marco jurídico;\n\nArtículo 2º.- Las Partes conformarán una zona de libre comercio con todos.\n\n\
         Artículo Transitorio\n\nLas Partes procurarán cooperar.\n\nArtículo 3º bis\n\n1. Ninguna Parte exigirá requisitos.\n",
        &expect![[r#"
            art-1 | Artículo 1º | 
            art-1/p1 | Artículo 1º | 
            art-1/a | Artículo 1º(a) | 
            art-2 | Artículo 2º | 
            art-2/p1 | Artículo 2º | 
            art-transitorio | Artículo Transitorio | 
            art-transitorio/p1 | Artículo Transitorio | 
            art-3-bis | Artículo 3º bis | 
            art-3-bis/1 | Artículo 3º bis, párr. 1 | 
        "#]],
    );
}

#[test]
fn a_note_under_a_heading_and_a_list_of_articles_number_nothing() {
    check(
        "ARTICLE 24.4: Taxation\n\n1 This Article is without prejudice to the classification of goods.\n\n\
         1. Nothing in this Agreement shall apply to taxes.\n\n2. Subject to paragraph 1:\n\n\
         (a) Articles 9.3 (National Treatment) and 9.4 (Favoured Treatment),\n\n10.2 (National Treatment) and 10.3 \
         (Favoured Treatment), and\n\n12.2 (National Treatment) shall apply to taxes.\n\n3. Paragraph 2 is final.\n\n\
         ARTICLE 24.5\n\nThe texts are equal.\n",
        &expect![[r#"
            operative heading art-24.4: ARTICLE 24.4: Taxation
            footnote footnote fn-1: 1 This Article is without prejudice to t
            operative paragraph art-24.4/1: 1. Nothing in this Agreement shall apply
            operative paragraph art-24.4/2: 2. Subject to paragraph 1:
            operative sub-paragraph art-24.4/2/a: (a) Articles 9.3 (National Treatment) an after «2. Subject to paragraph 1:»
            operative paragraph art-24.4/3: 3. Paragraph 2 is final.
            operative heading art-24.5: ARTICLE 24.5
            operative paragraph art-24.5/p1: The texts are equal.
        "#]],
    );
}

#[test]
fn articles_that_begin_anew_in_each_chapter_are_told_by_it() {
    check_labels(
        "AGREEMENT BETWEEN A AND B

CHAPTER 1 GENERAL PROVISIONS

Article 1 Objectives

1. The Parties shall trade.

(a) They shall do so freely.

Article 2 Scope

The Parties shall apply this Agreement.

CHAPTER 2 TRADE IN GOODS

Article 1 Duties

1. The Parties shall lower duties.

Article 3 Review

The Parties shall meet.
",
        &expect![[r#"
            ch-1 | Chapter 1 | GENERAL PROVISIONS
            art-1 | Chapter 1, Article 1 | GENERAL PROVISIONS > Objectives
            art-1/1 | Chapter 1, Article 1.1 | GENERAL PROVISIONS > Objectives
            art-1/1/a | Chapter 1, Article 1.1(a) | GENERAL PROVISIONS > Objectives
            art-2 | Article 2 | GENERAL PROVISIONS > Scope
            art-2/p1 | Article 2 | GENERAL PROVISIONS > Scope
            ch-2 | Chapter 2 | TRADE IN GOODS
            art-1-2 | Chapter 2, Article 1 | TRADE IN GOODS > Duties
            art-1-2/1 | Chapter 2, Article 1.1 | TRADE IN GOODS > Duties
            art-3 | Article 3 | TRADE IN GOODS > Review
            art-3/p1 | Article 3 | TRADE IN GOODS > Review
        "#]],
    );
}

#[test]
fn protocols_and_acts_after_the_first_are_called_by_their_own_names() {
    check_labels(
        "AGREEMENT ON LAMPS\n\nArticle 1\n\nScope\n\nThis Agreement applies to lamps.\n\nArticle 2\n\nEnd\n\nIt ends.\n\n\
         PROTOCOL ON BULBS AND THE\n\nLAMPS OF SHIPS\n\nWE, the makers of bulbs,\n\nRECALLING the Agreement,\n\nHAVE AGREED AS FOLLOWS:\n\n\
         Article 1\n\nScope\n\nThis Protocol applies to bulbs.\n\nANNEX 1\n\nBulbs\n\n1. A bulb is round.\n\nPROTOCOL ON \
         SHADES\n\nArticle 1\n\nScope\n\n1. This Protocol applies to shades.\n\nANNEX 1\n\nShades\n\n1. A shade is flat.\n",
        &expect![[r#"
            art-1 | Article 1 | Scope
            art-1/p1 | Article 1 | Scope
            art-2 | Article 2 | End
            art-2/p1 | Article 2 | End
            protocol-on-bulbs-and-the-lamps-of-ships | Protocol on Bulbs and the Lamps of Ships | ON BULBS AND THE LAMPS OF SHIPS
            protocol-on-bulbs-and-the-lamps-of-ships/pre-1 | Protocol on Bulbs and the Lamps of Ships, preambular para. 1 | ON BULBS AND THE LAMPS OF SHIPS
            protocol-on-bulbs-and-the-lamps-of-ships/art-1 | Protocol on Bulbs and the Lamps of Ships, Article 1 | ON BULBS AND THE LAMPS OF SHIPS > Scope
            protocol-on-bulbs-and-the-lamps-of-ships/art-1/p1 | Protocol on Bulbs and the Lamps of Ships, Article 1 | ON BULBS AND THE LAMPS OF SHIPS > Scope
            protocol-on-bulbs-and-the-lamps-of-ships/annex-1 | Protocol on Bulbs and the Lamps of Ships, Annex 1 | ON BULBS AND THE LAMPS OF SHIPS > Bulbs
            protocol-on-bulbs-and-the-lamps-of-ships/annex-1/1 | Protocol on Bulbs and the Lamps of Ships, Annex 1, para. 1 | ON BULBS AND THE LAMPS OF SHIPS > Bulbs
            protocol-on-shades | Protocol on Shades | ON SHADES
            protocol-on-shades/art-1 | Protocol on Shades, Article 1 | ON SHADES > Scope
            protocol-on-shades/art-1/1 | Protocol on Shades, Article 1.1 | ON SHADES > Scope
            protocol-on-shades/annex-1 | Protocol on Shades, Annex 1 | ON SHADES > Shades
            protocol-on-shades/annex-1/1 | Protocol on Shades, Annex 1, para. 1 | ON SHADES > Shades
        "#]],
    );
    check_labels(
        "JOURNAL DES ÎLES\n\nLoi n° 2050-01 du 3 mai 2050 autorisant la ratification de l'Accord sur les lampes\n\nArticle \
         unique. - La ratification de l'Accord sur les lampes est autorisée.\n\nACCORD PORTANT CRÉATION D'UNE GUILDE\n\n\
         PRÉAMBULE\n\nLes Parties,\n\nConscientes de la nuit,\n\nSONT CONVENUES de ce qui suit :\n\nPREMIÈRE PARTIE. - \
         DÉFINITIONS\n\nArticle premier. - Définitions\n\nUne lampe est une lumière.\n\nArticle 2. - Fin\n\nL'Accord prend \
         fin.\n\nLoi n° 2050-02 du 4 mai 2050 sur les mèches\n\nArticle premier. - Les mèches sont libres de tout droit dans \
         les îles.\n",
        &expect![[r#"
            loi-n-2050-01 | Loi n° 2050-01 | Loi n° 2050-01 du 3 mai 2050 autorisant la ratification de l'Accord sur les lampes
            loi-n-2050-01/art-unique | Loi n° 2050-01, Article unique | Loi n° 2050-01 du 3 mai 2050 autorisant la ratification de l'Accord sur les lampes
            loi-n-2050-01/art-unique/p1 | Loi n° 2050-01, Article unique | Loi n° 2050-01 du 3 mai 2050 autorisant la ratification de l'Accord sur les lampes
            accord-portant-creation-d-une-guilde | Accord portant création d'une guilde | ACCORD PORTANT CRÉATION D'UNE GUILDE
            accord-portant-creation-d-une-guilde/pre-1 | Accord portant création d'une guilde, préambule, al. 1 | ACCORD PORTANT CRÉATION D'UNE GUILDE > PRÉAMBULE
            accord-portant-creation-d-une-guilde/premiere-partie | Première Partie | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS
            accord-portant-creation-d-une-guilde/art-premier | Accord portant création d'une guilde, Article premier | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS > Définitions
            accord-portant-creation-d-une-guilde/art-premier/p1 | Accord portant création d'une guilde, Article premier | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS > Définitions
            accord-portant-creation-d-une-guilde/art-2 | Accord portant création d'une guilde, Article 2 | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS > Fin
            accord-portant-creation-d-une-guilde/art-2/p1 | Accord portant création d'une guilde, Article 2 | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS > Fin
            loi-n-2050-02 | Loi n° 2050-02 | Loi n° 2050-02 du 4 mai 2050 sur les mèches
            loi-n-2050-02/art-premier | Loi n° 2050-02, Article premier | Loi n° 2050-02 du 4 mai 2050 sur les mèches
            loi-n-2050-02/art-premier/p1 | Loi n° 2050-02, Article premier | Loi n° 2050-02 du 4 mai 2050 sur les mèches
        "#]],
    );
}

#[test]
fn codes_and_acts_are_cited_by_their_sections() {
    check_labels(
        "CHAPTER II—LANTERNS\n\nPART 2101—GUILDS\n\n§ 2101.1 Scope.\n\n(a) This part is about guilds:\n\n(1) old ones;\n\n\
         (2) new ones.\n\n(b)(1) It is not about ships.\n\n(2) Nor about trains.\n\n§ 2101.2 Words.\n\nA guild is a union of \
         makers.\n",
        &expect![[r#"
            ch-ii | Chapter II | LANTERNS
            part-2101 | Part 2101 | GUILDS
            sec-2101.1 | § 2101.1 | GUILDS > Scope.
            sec-2101.1/a | § 2101.1(a) | GUILDS > Scope.
            sec-2101.1/a/1 | § 2101.1(a)(1) | GUILDS > Scope.
            sec-2101.1/a/2 | § 2101.1(a)(2) | GUILDS > Scope.
            sec-2101.1/b/1 | § 2101.1(b)(1) | GUILDS > Scope.
            sec-2101.1/b/2 | § 2101.1(b)(2) | GUILDS > Scope.
            sec-2101.2 | § 2101.2 | GUILDS > Words.
            sec-2101.2/p1 | § 2101.2 | GUILDS > Words.
        "#]],
    );
    check_labels(
        "THE LANTERN ACT\n\nBe it enacted by the Parliament of the Islands as follows:\n\n1. This Act is about lanterns and \
         about lamps.\n\n2.—(1) No lamp shall be sold unlit:\n\n(a) in spring;\n\nPart II\n\n3. The Schedule has the fees of \
         the lamps.\n\nFIRST SCHEDULE\n\n1. Two coins are due for a lamp.\n",
        &expect![[r#"
            1 | Section 1 | 
            2 | Section 2 | 
            2/1 | Section 2(1) | 
            2/1/a | Section 2(1)(a) | 
            part-ii | Part II | 
            part-ii/3 | Section 3 | 
            first-schedule | First Schedule | 
            first-schedule/1 | First Schedule, para. 1 | 
        "#]],
    );
}

#[test]
fn numbers_that_run_on_are_cited_alone_and_those_that_begin_anew_with_their_part() {
    check_labels(
        "Guidelines on lamps\n\n1 Words\n\n1.1 Lamps\n\n1. A lamp is a light that burns.\n\n2. A lantern is a lamp that is \
         carried.\n\n1.2 Makers\n\n3. A maker makes lamps and sells them.\n\n2 Fees\n\n4. A fee is paid in coins of the \
         guild.\n\n2.1 Coins\n\n5. A coin is round, and has a lamp on it.\n",
        &expect![[r#"
            1.1 | 1.1 | Lamps
            1 | para. 1 | Lamps
            2 | para. 2 | Lamps
            1.2 | 1.2 | Makers
            3 | para. 3 | Makers
            4 | para. 4 | 2 Fees > Makers
            2.1 | 2.1 | 2 Fees > Coins
            5 | para. 5 | 2 Fees > Coins
        "#]],
    );
    check_labels(
        "PART ONE: LAMPS\n\n1. A lamp is a light that burns.\n\n2. A lantern is carried.\n\nPART TWO: FEES\n\n1. For fees, \
         these count:\n\n(a) coins;\n\nANNEX I\n\n1. Two coins are due.\n",
        &expect![[r#"
            part-one | Part One | LAMPS
            part-one/1 | Part One, para. 1 | LAMPS
            part-one/2 | Part One, para. 2 | LAMPS
            part-two | Part Two | FEES
            part-two/1 | Part Two, para. 1 | FEES
            part-two/1/a | Part Two, para. 1(a) | FEES
            annex-i | Annex I | 
            annex-i/1 | Annex I, para. 1 | 
        "#]],
    );
    check_labels(
        "1.3 In spring we met. The themes were:\n\n(1) marks; (2) tests; and (3) fees.\n\n1.4 Then we wrote a report.\n\n1.5 \
         We shall meet again.\n",
        &expect![[r#"
            1.3 | 1.3 | 
            1.3/1 | 1.3(1) | 
            1.4 | 1.4 | 
            1.5 | 1.5 | 
        "#]],
    );
}

#[test]
fn banners_of_pages_open_no_annex() {
    check_labels(
        "Annex V: Directive\n\nDIRECTIVE ON LAMPS\n\nThe Council of Lamps,\n\nRecalling its rules,\n\nNoting that lamps \
         burn,\n\nHEREBY DIRECTS AS FOLLOWS:\n\n1. Lamps shall burn.\n\n2. Wicks shall be dry.\n\nANNEX 1\n\nLamps\n\n1. A \
         lamp is a light.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            pre-2 | preambular para. 2 | 
            op-1 | operative para. 1 | 
            op-2 | operative para. 2 | 
            annex-1 | Annex 1 | Lamps
            annex-1/1 | Annex 1, para. 1 | Lamps
        "#]],
    );
}

fn check_warnings(text: &str, expected: &[&str]) {
    let source = Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    let reading = read(&source, &Options::default()).expect("a plain text");
    let found: Vec<&str> = reading.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn gaps_in_the_articles_are_said() {
    let articles = |numbers: &[&str]| {
        let article =
            |number: &&str| format!("Article {number}\n\nLamps\n\nLamps of kind {number} shall burn.\n\n");
        numbers.iter().map(article).collect::<String>()
    };
    check_warnings(
        &articles(&["1", "2", "3", "4", "6", "7"]),
        &["found Article 4, then Article 6; Article 5 may be missing"],
    );
    check_warnings(
        &articles(&["I", "II", "III", "IV", "VII"]),
        &["found Article IV, then Article VII; Articles 5 to 6 may be missing"],
    );
    check_warnings(&articles(&["1", "2", "2 bis", "3", "4"]), &[]);
    check_warnings(&articles(&["7", "8", "9"]), &[]);
    check_warnings(
        &articles(&["1", "2", "3"])
            .replace("kind 2 shall burn.", "kind 2 shall burn.\n\n[Article 3 deleted]")
            .replace("Article 3\n", "Article 4\n"),
        &[],
    );
    check_warnings(
        &articles(&["1", "2", "9", "14", "30"]),
        &["the numbers of the articles do not run on: an excerpt, or articles are missing"],
    );
    check_warnings(
        &articles(&["1", "2", "3", "4", "5", "3", "6"]),
        &["found Article 5, then Article 3, then Article 6: Article 3 may be misread, or quoted"],
    );
}

#[test]
fn numbers_that_begin_with_that_of_their_text_are_paragraphs() {
    check_labels(
        "Lamp programme\n\nOrientation\n\n13.1 The guild lights the streets of the town and keeps its lamps.\n\n\
         13.2 It will do the following:\n\n(a) Light more lamps;\n\n(b) Sell kettles.\n\n13.3 Wicks are cut short.\n\n\
         13.4 Oil is kept in jars.\n\n13.5 Glass is blown.\n\n13.6 Tin is beaten.\n\n13.7 Lamps cost much.\n\n\
         ** In keeping with the rules of the guild.\n",
        &expect![[r#"
            13.1 | para. 13.1 | Orientation
            13.2 | para. 13.2 | Orientation
            13.2/a | para. 13.2(a) | Orientation
            13.2/b | para. 13.2(b) | Orientation
            13.3 | para. 13.3 | Orientation
            13.4 | para. 13.4 | Orientation
            13.5 | para. 13.5 | Orientation
            13.6 | para. 13.6 | Orientation
            13.7 | para. 13.7 | Orientation
            fn-1 | footnote ** | Orientation
        "#]],
    );
}

#[test]
fn german_acts_name_each_level() {
    check_labels(
        "VERORDNUNG (EU) 2030/12 DES RATES\n\nDER RAT DER EUROPÄISCHEN UNION —\n\nin Erwägung nachstehender Gründe:\n\n\
         (1) Die Lampen der Union sind nicht überall gleich hell, und das ist für die Kunden von Nachteil.\n\n\
         HAT FOLGENDE VERORDNUNG ERLASSEN:\n\nArtikel 1\n\nLampen\n\n(1) Jede Lampe hat einen Deckel aus:\n\n\
         a) Messing, und zwar\n\ni) hell,\n\nii) dunkel;\n\nb) Zinn.\n\nDer Deckel ist rund.\n\n(2) Die Kessel sind leer.\n\n\
         Artikel 2\n\nBegriffe\n\nIm Sinne dieser Verordnung gelten folgende Begriffe:\n\n1. Kessel: ein Gefäß;\n\n2. Lampe: ein Licht.\n\n\
         Artikel 3\n\nDie Lampen werden gezählt.\n\nDie Kessel werden gewogen.\n\n\
         ANHANG I\n\nFarben\n\na) die Farbe Rot;\n\nb) die Farbe Grün.\n\nANHANG II\n\nTeile\n\n1. Der Docht:\n\n- aus Wolle,\n\n- aus Flachs.\n",
        &expect![[r#"
            pre-1 | Erwägungsgrund (1) | 
            art-1 | Artikel 1 | Lampen
            art-1/1 | Artikel 1 Absatz 1 | Lampen
            art-1/1/a | Artikel 1 Absatz 1 Buchstabe a | Lampen
            art-1/1/a/i | Artikel 1 Absatz 1 Buchstabe a Ziffer i | Lampen
            art-1/1/a/ii | Artikel 1 Absatz 1 Buchstabe a Ziffer ii | Lampen
            art-1/1/b | Artikel 1 Absatz 1 Buchstabe b | Lampen
            art-1/1/p1 | Artikel 1 Absatz 1 Unterabsatz 2 | Lampen
            art-1/2 | Artikel 1 Absatz 2 | Lampen
            art-2 | Artikel 2 | Begriffe
            art-2/p1 | Artikel 2 | Begriffe
            art-2/1 | Artikel 2 Nummer 1 | Begriffe
            art-2/2 | Artikel 2 Nummer 2 | Begriffe
            art-3 | Artikel 3 | 
            art-3/p1 | Artikel 3 Absatz 1 | 
            art-3/p2 | Artikel 3 Absatz 2 | 
            anhang-i | Anhang I | Farben
            anhang-i/a | Anhang I Buchstabe a | Farben
            anhang-i/b | Anhang I Buchstabe b | Farben
            anhang-ii | Anhang II | Teile
            anhang-ii/1 | Anhang II Nummer 1 | Teile
            anhang-ii/1/i1 | Anhang II Nummer 1 Gedankenstrich 1 | Teile
            anhang-ii/1/i2 | Anhang II Nummer 1 Gedankenstrich 2 | Teile
        "#]],
    );
}

#[test]
fn annexes_to_acts_of_the_union_have_points() {
    check_labels(
        "REGULATION (EU) 2030/12 OF THE COUNCIL\n\nTHE COUNCIL OF THE EUROPEAN UNION,\n\nWhereas:\n\n(1) Lamps cross borders.\n\n\
         HAS ADOPTED THIS REGULATION:\n\nArticle 1\n\n1. Lamps shall have lids.\n\nArticle 2\n\n1. Lids shall be round:\n\n\
         (a) above; and\n\n(b) below.\n\nANNEX I\n\nLids\n\n1. Colours of lids:\n\n(a) red;\n\n(b) green.\n\nANNEX II\n\nWicks\n\n\
         (a) of wool;\n\n(b) of flax.\n",
        &expect![[r#"
            pre-1 | recital (1) | 
            art-1 | Article 1 | 
            art-1/1 | Article 1.1 | 
            art-2 | Article 2 | 
            art-2/1 | Article 2.1 | 
            art-2/1/a | Article 2.1(a) | 
            art-2/1/b | Article 2.1(b) | 
            annex-i | Annex I | Lids
            annex-i/1 | Annex I, point 1 | Lids
            annex-i/1/a | Annex I, point 1(a) | Lids
            annex-i/1/b | Annex I, point 1(b) | Lids
            annex-ii | Annex II | Wicks
            annex-ii/a | Annex II, point (a) | Wicks
            annex-ii/b | Annex II, point (b) | Wicks
        "#]],
    );
}

#[test]
fn the_next_number_begins_a_paragraph_right_below_a_full_line() {
    check_labels(
        "GUIDELINES ON LAMPS\n\n11. Every lamp of the guild is measured once a year by the Board of Lamps.\n\n\
         12. Every kettle of the guild is weighed once a year by the Board of Kettles.\n\n\
         Minimum content of the record of the Board of Lamps and Kettles\n\
         13. The record of the Board is kept by the Office of Lamps, which shows it\nto anyone.\n\n\
         14. The Office counts what it has shown.\n",
        &expect![[r#"
            11 | para. 11 | 
            12 | para. 12 | 
            13 | para. 13 | Minimum content of the record of the Board of Lamps and Kettles
            14 | para. 14 | Minimum content of the record of the Board of Lamps and Kettles
        "#]],
    );
}

#[test]
fn paragraphs_and_articles_that_were_put_in_keep_their_numbers() {
    check_labels(
        "Article 5\n\nLamps\n\n1. Lamps shall have lids.\n\n1a. Lids shall be round.\n\n2. Lids shall be:\n\n(a) new;\n\n\
         (aa) clean;\n\n(b) small.\n\n2a. Lids close.\n\n3. Lids open.\n\nArticle 5a\n\nKettles\n\nKettles shall have no lids.\n\n\
         Article 6\n\nOil\n\nOil shall be sold by weight.\n",
        &expect![[r#"
            art-5 | Article 5 | Lamps
            art-5/1 | Article 5.1 | Lamps
            art-5/1a | Article 5.1a | Lamps
            art-5/2 | Article 5.2 | Lamps
            art-5/2/a | Article 5.2(a) | Lamps
            art-5/2/aa | Article 5.2(aa) | Lamps
            art-5/2/b | Article 5.2(b) | Lamps
            art-5/2a | Article 5.2a | Lamps
            art-5/3 | Article 5.3 | Lamps
            art-5a | Article 5a | Kettles
            art-5a/p1 | Article 5a | Kettles
            art-6 | Article 6 | Oil
            art-6/p1 | Article 6 | Oil
        "#]],
    );
}

#[test]
fn paragraphs_without_numbers_in_acts_of_the_union_are_counted_in_words() {
    check_labels(
        "REGULATION (EU) 2030/12 OF THE COUNCIL\n\nTHE COUNCIL OF THE EUROPEAN UNION,\n\nWhereas:\n\n(1) Lamps cross borders.\n\n\
         HAS ADOPTED THIS REGULATION:\n\nArticle 1\n\n1. Lamps shall have lids.\n\nLids shall be round.\n\nLids shall be of brass.\n\n\
         2. Kettles shall have none.\n\nArticle 2\n\nOil shall be weighed.\n\nWicks shall be counted.\n",
        &expect![[r#"
            pre-1 | recital (1) | 
            art-1 | Article 1 | 
            art-1/1 | Article 1.1 | 
            art-1/1/p1 | Article 1.1, second subparagraph | 
            art-1/1/p2 | Article 1.1, third subparagraph | 
            art-1/2 | Article 1.2 | 
            art-2 | Article 2 | 
            art-2/p1 | Article 2, first paragraph | 
            art-2/p2 | Article 2, second paragraph | 
        "#]],
    );
}
