//! Acts of the European Union and treaties: provisions that an act puts into others, preambles of the 1990s,
//! preambles in one run, and protocols that stand alone.

use expect_test::{Expect, expect};

use super::labels::check_labels;

fn check(text: &str, expected: &Expect) {
    check_labels(text, expected);
}

#[test]
fn provisions_in_single_marks_are_quoted() {
    check(
        "REGULATION (EU) 2051/953 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\n\n\
         Having regard to the Treaty on the Functioning of the European Union,\n\nHAVE ADOPTED THIS REGULATION:\n\nArticle 1\n\n\
         Regulation (EU) 2048/100 is amended as follows:\n\n(1) Article 5 is replaced by the following:\n\n‘Article 5\n\n\
         1. Kettles shall be boiled.\n\n2. The guild’s members may boil their members’ kettles.’;\n\n\
         (2) the following points are added:\n\n‘(c) Members’ wicks;\n\n(d) oil.’.\n\nArticle 2\n\nFor the purposes of Article 1:\n\n\
         ‘lamp’ means what gives light.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            art-1 | Article 1 | 
            art-1/p1 | Article 1 | 
            art-1/1 | Article 1(1) | 
            q-1 | Article 1(1) | 
            q-2 | Article 1(1) | 
            q-3 | Article 1(1) | 
            art-1/2 | Article 1(2) | 
            q-4 | Article 1(2) | 
            q-5 | Article 1(2) | 
            art-2 | Article 2 | 
            art-2/p1 | Article 2, first paragraph | 
            art-2/p2 | Article 2, second paragraph | 
        "#]],
    );
}

#[test]
fn provisions_in_german_marks_are_quoted() {
    check(
        "VERORDNUNG (EU) 2051/953 DES RATES\n\nDER RAT DER EUROPÄISCHEN UNION —\n\ngestützt auf den Vertrag über die \
         Arbeitsweise der Europäischen Union,\n\nin der Erwägung, daß Lampen Licht geben;\n\nHAT FOLGENDE VERORDNUNG ERLASSEN:\n\n\
         Artikel 1\n\nArtikel 5 der Lampenverordnung erhält folgende Fassung:\n\n„Artikel 5\n\nDie Lampe brennt in der Nacht und am \
         Tag, wenn die Gilde es will.“\n\nArtikel 2\n\nDiese Verordnung tritt am Tag nach ihrer Veröffentlichung in Kraft.\n\n\
         Diese Verordnung ist in allen ihren Teilen verbindlich.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            pre-2 | preambular para. 2 | 
            art-1 | Artikel 1 | 
            art-1/p1 | Artikel 1 | 
            q-1 | Artikel 1 | 
            q-2 | Artikel 1 | 
            art-2 | Artikel 2 | 
            art-2/p1 | Artikel 2 | 
        "#]],
    );
}

#[test]
fn a_french_act_of_the_nineties_has_citations_and_recitals() {
    check(
        "RÈGLEMENT (CE) Nº 3385/94 DU CONSEIL\n\nLE CONSEIL DE L'UNION EUROPÉENNE,\n\nvu le traité sur les lampes,\n\n\
         considérant que les lampes éclairent;\n\nconsidérant que les bouilloires chauffent,\n\n\
         A ARRÊTÉ LE PRÉSENT RÈGLEMENT:\n\nArticle premier\n\nLes lampes sont libres de droits.\n\nArticle 2\n\nLa guilde tient un registre.\n",
        &expect![[r#"
            pre-1 | préambule, al. 1 | 
            pre-2 | préambule, al. 2 | 
            art-premier | Article premier | 
            art-premier/p1 | Article premier | 
            art-2 | Article 2 | 
            art-2/p1 | Article 2 | 
        "#]],
    );
}

#[test]
fn a_preamble_in_one_run_has_recitals() {
    check(
        "AGREEMENT BETWEEN LAMPLAND AND KETTLIA ON OIL\n\nThe Government of Lampland and the Government of Kettlia, \
         hereinafter the Parties, Desiring to share oil, and wicks, Recognising that light is wanted, Have agreed as \
         follows:\n\nArticle 1\n\nThe Parties shall share oil.\n\nArticle 2\n\nThe Parties shall meet.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            pre-2 | preambular para. 2 | 
            art-1 | Article 1 | 
            art-1/p1 | Article 1 | 
            art-2 | Article 2 | 
            art-2/p1 | Article 2 | 
        "#]],
    );
}

#[test]
fn a_protocol_that_stands_alone_is_no_annex() {
    check(
        "PROTOCOL ON LAMPS IN THE KETTLE COMMUNITY\n\nThe Member States,\n\nDesiring to light lamps,\n\nHave agreed as \
         follows:\n\nArticle 1\n\nEach Member State shall light lamps.\n\nArticle 2\n\nThis Protocol shall enter into force on \
         1 May 2051.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            art-1 | Article 1 | 
            art-1/p1 | Article 1 | 
            art-2 | Article 2 | 
            art-2/p1 | Article 2 | 
        "#]],
    );
}

#[test]
fn a_council_of_an_agreement_decides_as_the_institutions_do() {
    check(
        "DECISION No 1/2051 OF THE EU-KETTLIA ASSOCIATION COUNCIL\n\nof 3 May 2051\n\nTHE EU-KETTLIA ASSOCIATION COUNCIL,\n\n\
         Having regard to the Association Agreement,\n\nWhereas:\n\n(1) Lamps give light.\n\n(2) Kettles boil.\n\n\
         HAS DECIDED AS FOLLOWS:\n\nArticle 1\n\nThe lamps in the Annex are lit.\n\nArticle 2\n\nThis Decision shall enter \
         into force on 4 May 2051.\n",
        &expect![[r#"
            pre-1 | recital (1) | 
            pre-2 | recital (2) | 
            art-1 | Article 1 | 
            art-1/p1 | Article 1 | 
            art-2 | Article 2 | 
            art-2/p1 | Article 2 | 
        "#]],
    );
}
