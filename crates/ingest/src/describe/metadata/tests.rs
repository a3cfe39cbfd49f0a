//! What documents say they are, from small texts of our own.

use expect_test::{Expect, expect};

use crate::{Options, Source, read};

/// Reads a text and lists what its metadata say, each with where it came from.
fn check(text: &str, given: &[(&str, &str)], expected: &Expect) {
    let given: Vec<(String, String)> =
        given.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).collect();
    let source = Source { path: "x.txt", bytes: text.as_bytes(), given: &given };
    let reading = read(&source, &Options::default()).expect("a text");
    let json = serde_json::to_value(&reading.documents[0].metadata).expect("metadata is plain data");
    let mut found = String::new();
    for (field, value) in json.as_object().expect("a struct is an object") {
        if !value.is_null() && value.as_array().is_none_or(|values| !values.is_empty()) {
            found.push_str(&format!("{field}: {}\n", plain(value)));
        }
    }
    let warnings = reading.warnings.iter().filter(|warning| warning.message.starts_with("metadata"));
    found.extend(warnings.map(|warning| format!("! {}\n", warning.message)));
    expected.assert_eq(&found);
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("; "),
        value => format!(
            "{} ({})",
            value["value"].as_str().unwrap_or_default(),
            value["origin"].as_str().unwrap_or_default()
        ),
    }
}

#[test]
fn a_masthead_tells_what_a_decision_is() {
    check(
        "WORLD TRADE ORGANIZATION\n\nWT/L/843\n19 December 2011\n(11-6680)\n\nWORK PROGRAMME ON ELECTRONIC COMMERCE\n\n\
         Decision of 17 December 2011\n\nThe Ministerial Conference,\n\nRecalling the programme adopted on \
         25 September 1998 (WT/L/274) and the mandate of the Seventh Session of the Conference,\n\nDecides:\n\n",
        &[],
        &expect![[r#"
            title: Work Programme on Electronic Commerce (recognised)
            symbols: WT/L/843 (recognised)
            document_number: 11-6680 (recognised)
            date_adopted: 2011-12-17 (recognised)
            date_issued: 2011-12-19 (recognised)
            kind: decision (recognised)
            status: adopted (recognised)
            body: Ministerial Conference (recognised)
            language: en (recognised)
        "#]],
    );
    check(
        "Ministerial Conference\nNinth Session\nBali, 3-6 December 2013\n\nPUBLIC STOCKHOLDING FOR FOOD SECURITY\n\n\
         MINISTERIAL DECISION OF 7 DECEMBER 2013\n\nWT/MIN(13)/38 — WT/L/913\n\nThe Ministerial Conference,\n\n",
        &[("date_issued", "2013-12-11")],
        &expect![[r#"
            title: Public Stockholding for Food Security (recognised)
            symbols: WT/MIN(13)/38 (recognised); WT/L/913 (recognised)
            date_adopted: 2013-12-07 (recognised)
            date_issued: 2013-12-11 (given)
            kind: decision (recognised)
            status: adopted (recognised)
            body: Ministerial Conference (recognised)
            session: 9th Session, Bali, 3-6 December 2013 (recognised)
            language: en (recognised)
        "#]],
    );
}

#[test]
fn a_draft_is_not_adopted() {
    check(
        "SMALL ECONOMIES\n\nDRAFT MINISTERIAL DECISION OF 1 MARCH 2024\n\nRevision\n\n\
         The Ministerial Conference decides as follows:\n\nWe agree to continue.\n\n",
        &[],
        &expect![[r#"
            title: Small Economies (recognised)
            date_issued: 2024-03-01 (recognised)
            kind: decision (recognised)
            status: draft (recognised)
            revision: Revision (recognised)
            body: Ministerial Conference (recognised)
            language: en (recognised)
        "#]],
    );
}

#[test]
fn what_was_given_wins_and_what_cannot_be_read_is_named() {
    check(
        "Committee on Trade and Development\n\nJOB/TNC/5/Rev.1\n\nCOMMUNICATION FROM CHAD, the FAROE ISLANDS AND FIJI\n\n\
         Notes on a Subject\n\nWe think that this is so.\n\n",
        &[
            ("path", "x.txt"),
            ("symbols", "WT/L/1;WT/L/2"),
            ("kind", "poem"),
            ("date", "17 Dec"),
            ("colour", "red"),
            ("language", "English"),
            ("status", ""),
        ],
        &expect![[r#"
            title: Notes on a Subject (recognised)
            symbols: WT/L/1 (given); WT/L/2 (given)
            kind: communication (recognised)
            body: Committee on Trade and Development (recognised)
            language: en (recognised)
            parties: Chad (recognised); Faroe Islands (recognised); Fiji (recognised)
            ! metadata.csv: unknown kind "poem", want decision, resolution, declaration, agreement, protocol, law, schedule, communication, proposal, report, minutes, notification, recommendation, guidance, statement, presentation or other
            ! metadata.csv: found "17 Dec" as date, want a date as 2011-12-17
            ! metadata.csv: unknown column "colour", want title, symbols, document_number, date_adopted, date_issued, date_in_force, kind, status, revision, body, session, language, parties, author or url
            ! metadata.csv: found the language "English", want a code of two letters as en
        "#]],
    );
}

#[test]
fn a_text_without_front_matter_has_no_title() {
    check(
        "We are of the opinion that this is a text, with words.\n\n",
        &[],
        &expect![[r#"
        language: en (recognised)
    "#]],
    );
}

#[test]
fn un_mastheads_are_read_in_columns_and_in_three_languages() {
    check(
        "United Nations            A/RES/99/12\n\nGeneral Assembly          Distr.: General\n                          21 December 2050\n\n\
         Ninety-ninth session\nAgenda item 16\nMacroeconomic questions: lamps\n\n\
         Resolution adopted by the General Assembly on 19 December 2050\n\n[on the report of the Second Committee (A/99/459)]\n\n\
         99/12. Kettles and lamps\n\nThe General Assembly,\n\nRecalling its resolution 98/3 of 3 May 2049,\n\n1. Takes note of the report of the Lamp Office;\n",
        &[],
        &expect![[r#"
            title: Kettles and lamps (recognised)
            symbols: A/RES/99/12 (recognised)
            date_adopted: 2050-12-19 (recognised)
            date_issued: 2050-12-21 (recognised)
            kind: resolution (recognised)
            status: adopted (recognised)
            body: General Assembly (recognised)
            session: 99th session (recognised)
            language: en (recognised)
        "#]],
    );
    check(
        "Nations Unies            A/C.2/85/L.7\n\nAssemblée générale        Distr. limitée\n                          14 octobre 2040\n\n\
         Quatre-vingt-cinquième session\nDeuxième Commission\nPoint 16 a) de l’ordre du jour\nQuestions de lampes\n\n\
         Lampie : projet de résolution\n\nCommerce des bouilloires\n\nL’Assemblée générale,\n\nRappelant sa résolution 84/3,\n\n1. Prend note du rapport ;\n",
        &[],
        &expect![[r#"
            title: Commerce des bouilloires (recognised)
            symbols: A/C.2/85/L.7 (recognised)
            date_issued: 2040-10-14 (recognised)
            kind: resolution (recognised)
            status: draft (recognised)
            body: General Assembly (recognised)
            session: 85th session (recognised)
            language: fr (recognised)
        "#]],
    );
}

#[test]
fn wto_minutes_are_dated_by_their_meeting() {
    let text = |head: &str| {
        format!(
            "{head}\n\n17 March 2050\n\n(50-0075)\n\nCommittee on Trade and Development\nFourteenth Session\n\n\
             NOTE ON THE MEETING OF 17 FEBRUARY 2050\n\nChairman: Mr. A. Lantern (Lampland)\n\n1. The Committee held its meeting on lamps.\n"
        )
    };
    let expected = expect![[r#"
        title: Note on the Meeting of 17 February 2050 (recognised)
        symbols: WT/COMTD/M/999 (recognised)
        document_number: 50-0075 (recognised)
        date_adopted: 2050-02-17 (recognised)
        date_issued: 2050-03-17 (recognised)
        kind: minutes (recognised)
        body: Committee on Trade and Development (recognised)
        session: 14th Session (recognised)
        language: en (recognised)
    "#]];
    check(&text("RESTRICTED\n\nWORLD TRADE WT/COMTD/M/999\n\nORGANIZATION"), &[], &expected);
    check(&text("RESTRICTED\n\nWORLD TRADE\n\nORGANIZATION\n\nWT/COMTD/M/999"), &[], &expected);
    check(
        "NOTE ON THE MEETING OF 17 MAY 2050\nChairman: Mr. A. Lantern\n\nThe Committee elected a lamplighter.\n\n\n\
         WT/COMTD/M/998\n\n- 2 -\n\nRESTRICTED\n\nWT/COMTD/M/998\n\n16 June 2050\n(50-3236)\nCommittee on Trade and Development\n102nd Session\n",
        &[],
        &expect![[r#"
            title: Note on the Meeting of 17 May 2050 (recognised)
            symbols: WT/COMTD/M/998 (recognised)
            document_number: 50-3236 (recognised)
            date_adopted: 2050-05-17 (recognised)
            date_issued: 2050-06-16 (recognised)
            kind: minutes (recognised)
            body: Committee on Trade and Development (recognised)
            session: 102nd Session (recognised)
            language: en (recognised)
        "#]],
    );
}

#[test]
fn acts_of_the_european_union_have_titles_of_several_lines() {
    check(
        "REGULATION (EU) 2030/12 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\n\nof 3 May 2030\n\non kettle marks\n\n\
         (Text with EEA relevance)\n\nTHE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,\n\n\
         Having regard to the Treaty on the Functioning of the European Union,\n\nHAVE ADOPTED THIS REGULATION:\n",
        &[],
        &expect![[r#"
            title: Regulation (EU) 2030/12 of the European Parliament and of the Council of 3 May 2030 on kettle marks (recognised)
            symbols: Regulation (EU) 2030/12 (recognised)
            date_adopted: 2030-05-03 (recognised)
            kind: law (recognised)
            status: adopted (recognised)
            body: European Parliament and Council (recognised)
            language: en (recognised)
        "#]],
    );
    check(
        "EUROPEAN COMMISSION\n\nBrussels, 3.5.2030\nCOM(2030) 206 final\n2030/0106 (COD)\n\nProposal for a\n\n\
         REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\n\nlaying down rules on kettle marks\n\n{SEC(2030) 167 final}\n\nEXPLANATORY MEMORANDUM\n",
        &[],
        &expect![[r#"
            title: Proposal for a Regulation of the European Parliament and of the Council laying down rules on kettle marks (recognised)
            symbols: COM(2030) 206 final (recognised); 2030/0106(COD) (recognised)
            date_issued: 2030-05-03 (recognised)
            kind: proposal (recognised)
            status: draft (recognised)
            body: European Commission (recognised)
            language: en (recognised)
        "#]],
    );
}

#[test]
fn decisions_are_known_by_their_page_heads_and_first_words() {
    check(
        "DECISION ON THE REPORT OF THE KETTLE OFFICE\n\nThe Executive Council,\n\n1. TAKES NOTE of the report of the Kettle Office.\n",
        &[],
        &expect![[r#"
            title: Decision on the Report of the Kettle Office (recognised)
            kind: decision (recognised)
            body: Executive Council (recognised)
            language: en (recognised)
        "#]],
    );
    let page = |n: u32, text: &str| {
        format!(
            "Assembly/LU/Dec.911(XXXVIII)\nPage {n}\n\n{text}\n\n38th Ordinary Session of the Assembly of the Union, 15-16 February 2030, Lampville\n"
        )
    };
    let text = [
        page(1, "DECISION ON THE KETTLE AREA\n\nThe Assembly,\n\n1. TAKES NOTE of the report on kettles;"),
        page(2, "2. RECALLS Decision Assembly/LU/Dec.854(XXXVI) on kettles and URGES States to ratify it."),
    ];
    check(
        &text.join("\u{c}"),
        &[],
        &expect![[r#"
            title: Decision on the Kettle Area (recognised)
            symbols: Assembly/LU/Dec.911(XXXVIII) (recognised)
            date_adopted: 2030-02-16 (recognised)
            kind: decision (recognised)
            status: adopted (recognised)
            body: Assembly of the African Union (recognised)
            session: 38th Ordinary Session (recognised)
            language: en (recognised)
        "#]],
    );
}

#[test]
fn national_acts_and_gazettes_in_three_languages() {
    check(
        "STATUTORY INSTRUMENTS\n\n2030 No. 412\n\nCUSTOMS\n\nThe Kettles (Marking) Regulations 2030\n\nMade   3rd May 2030\nComing into force   1st June 2030\n\n\
         The Minister makes these Regulations in exercise of the powers conferred by the Kettles Act 2018.\n",
        &[],
        &expect![[r#"
            title: The Kettles (Marking) Regulations 2030 (recognised)
            symbols: 2030 No. 412 (recognised)
            date_adopted: 2030-05-03 (recognised)
            date_in_force: 2030-06-01 (recognised)
            kind: law (recognised)
            status: adopted (recognised)
            language: en (recognised)
        "#]],
    );
    check(
        "BOLETÍN OFICIAL DE LAMPARIA\n\nNúm. 121    Viernes 21 de mayo de 2030\n\nI. DISPOSICIONES GENERALES\n\nJEFATURA DEL ESTADO\n\n\
         8447    Ley 7/2030, de 20 de mayo, de marcado de teteras.\n\nA todos los que la presente vieren y entendieren.\n",
        &[],
        &expect![[r#"
            title: Ley 7/2030, de 20 de mayo, de marcado de teteras (recognised)
            symbols: Ley 7/2030 (recognised)
            date_adopted: 2030-05-20 (recognised)
            date_issued: 2030-05-21 (recognised)
            kind: law (recognised)
            status: adopted (recognised)
            body: Jefatura del Estado (recognised)
            language: es (recognised)
        "#]],
    );
    check(
        "JOURNAL OFFICIEL DE LA RÉPUBLIQUE DE LAMPIE\n\nArrêté du 3 mai 2030 relatif au marquage des bouilloires\n\nLe ministre des bouilloires,\n\n\
         Vu le code des lampes, notamment son article 38 ;\n\nArrête :\n\nArt. 1er. - Les bouilloires portent un nom.\n",
        &[],
        &expect![[r#"
            title: Arrêté du 3 mai 2030 relatif au marquage des bouilloires (recognised)
            date_adopted: 2030-05-03 (recognised)
            kind: law (recognised)
            status: adopted (recognised)
            language: fr (recognised)
        "#]],
    );
}

#[test]
fn treaties_are_dated_by_their_closing_words() {
    check(
        "FREE TRADE AGREEMENT\n\nBETWEEN\n\nTHE REPUBLIC OF LAMPLAND\n\nAND\n\nTHE KETTLE ISLANDS\n\nPREAMBLE\n\nThe Parties,\n\n\
         RECOGNISING their friendship;\n\nHAVE AGREED as follows:\n\nArticle 1\n\nEstablishment\n\nThe Parties establish a free trade area.\n\n\
         Article 2\n\nScope\n\nThis Agreement covers lamps.\n\nIN WITNESS WHEREOF the undersigned have signed this Agreement.\n\n\
         DONE at Lampville, in duplicate, this third day of May, two thousand and thirty.\n",
        &[],
        &expect![[r#"
            title: Free Trade Agreement between the Republic of Lampland and the Kettle Islands (recognised)
            date_adopted: 2030-05-03 (recognised)
            kind: agreement (recognised)
            status: adopted (recognised)
            language: en (recognised)
            parties: Republic of Lampland (recognised); Kettle Islands (recognised)
        "#]],
    );
}

#[test]
fn letters_and_recitals_without_a_title_have_none() {
    check(
        "The General Lantern Assembly,\n\nRecalling the meeting of the guild on fees, held in the market hall on\n23 September 2024, and its outcome,\n\n1. Decides to meet again in spring.\n",
        &[],
        &expect![[r#"
            body: General Lantern Assembly (recognised)
            language: en (recognised)
        "#]],
    );
    check(
        "December 15, 2047\n\nMs. A. Kettle\n10 Lamp Street\n\nRE: The classification of a kettle\n\nDear Ms. Kettle:\n\nIn your letter you requested a ruling on a brass kettle.\n",
        &[],
        &expect![[r#"
            title: The classification of a kettle (recognised)
            date_issued: 2047-12-15 (recognised)
            kind: communication (recognised)
            language: en (recognised)
        "#]],
    );
}

#[test]
fn acts_keep_their_own_day_and_lose_the_marks_of_notes() {
    check(
        "3.5.2030   EN   Official Journal of the European Union   L 123/45\n\nCOUNCIL DECISION (EU) 2030/456\n\nof 28 April 2030\n\n\
         on the position to be taken on kettles\n\nTHE COUNCIL OF THE EUROPEAN UNION,\n\nHaving regard to the Treaty,\n",
        &[],
        &expect![[r#"
            title: Council Decision (EU) 2030/456 of 28 April 2030 on the position to be taken on kettles (recognised)
            symbols: Decision (EU) 2030/456 (recognised)
            date_adopted: 2030-04-28 (recognised)
            date_issued: 2030-05-03 (recognised)
            kind: decision (recognised)
            status: adopted (recognised)
            body: Council of the European Union (recognised)
            language: en (recognised)
        "#]],
    );
    check(
        "LOI n° 2030-412 du 3 mai 2030 relative au marquage des bouilloires (1)\n\nL’Assemblée nationale et le Sénat ont adopté,\n\n\
         Le Président de la République promulgue la loi dont la teneur suit :\n\nArticle 1er\n\nLes bouilloires portent un nom.\n",
        &[],
        &expect![[r#"
            title: LOI n° 2030-412 du 3 mai 2030 relative au marquage des bouilloires (recognised)
            symbols: Loi n° 2030-412 (recognised)
            date_adopted: 2030-05-03 (recognised)
            kind: law (recognised)
            status: adopted (recognised)
            body: Assemblée nationale (recognised)
            language: fr (recognised)
        "#]],
    );
    check(
        "ECONOMIC COMMUNITY OF WEST AFRICAN STATES\n\nSUPPLEMENTARY ACT A/SA.1/03/30 RELATING TO THE KETTLE POLICY\n\n\
         THE HIGH CONTRACTING PARTIES,\n\nMINDFUL of Article 7 of the Treaty;\n\nHEREBY AGREE AS FOLLOWS:\n",
        &[],
        &expect![[r#"
            title: Supplementary Act A/SA.1/03/30 Relating to the Kettle Policy (recognised)
            symbols: A/SA.1/03/30 (recognised)
            kind: law (recognised)
            status: adopted (recognised)
            body: Authority of Heads of State and Government of ECOWAS (recognised)
            language: en (recognised)
        "#]],
    );
}

#[test]
fn acts_that_changed_a_text_are_not_the_text() {
    check(
        "REGULATION (EU) 2030/12 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\n\nof 3 May 2030\n\non lamp marks\n\n\
         **Amended by:**\n\n| DIRECTIVE (EU) 2031/5 of 4 June 2031 | L 3 | 1 |\n|---|---|---|\n\n## Article 1\n\nLamps bear marks.\n\nArticle 2\n\nMarks are red.\n",
        &[],
        &expect![[r#"
            title: Regulation (EU) 2030/12 of the European Parliament and of the Council of 3 May 2030 on lamp marks (recognised)
            symbols: Regulation (EU) 2030/12 (recognised)
            date_adopted: 2030-05-03 (recognised)
            kind: law (recognised)
            status: adopted (recognised)
            body: European Parliament and Council (recognised)
            language: en (recognised)
        "#]],
    );
    check(
        "Lanternia No. 2 (2050)\n\nLamp Trade Agreement\n\nbetween the Kingdom of Lanternia, of the one part,\n\n\
         and the Republic of Kettles, of the other part\n\nLampton, 3 May 2050\n\nPresented to Parliament\n\nCP 912\n\n\
         ARTICLE 1\n\nLamps are free of duty.\n\nARTICLE 2\n\nKettles are free of duty.\n",
        &[],
        &expect![[r#"
            title: Lamp Trade Agreement between the Kingdom of Lanternia, of the one part, and the Republic of Kettles, of the other part (recognised)
            symbols: CP 912 (recognised)
            date_issued: 2050-05-03 (recognised)
            kind: agreement (recognised)
            status: adopted (recognised)
            language: en (recognised)
            parties: Kingdom of Lanternia (recognised); Republic of Kettles (recognised)
        "#]],
    );
}
