//! National laws and decrees: provisions of one line, words that an act puts into another one, closing
//! lines, and how their articles are cited.

use chapeau_ingest::{Options, Source, read};
use expect_test::{Expect, expect};

use super::labels::check_labels;

fn check(text: &str, expected: &Expect) {
    check_labels(text, expected);
}

#[test]
fn a_provision_on_the_line_of_its_label_is_a_paragraph() {
    check(
        "DECRETO 7 DE 2050\n\nDECRETA:\n\nARTICULO 1.- El gremio llevará el registro de las linternas y \
         de sus dueños:\n\na) por nombre;\n\nb) por número.\n\nARTICULO 2.- Derógase la Ley N° 12.\n\nARTICULO 3.- Derógase la Ley N° 13.\n\n\
         ARTICULO 4.- Derógase la Ley N° 14.\n\nARTICULO 5.- Derógase la Ley N° 15.\n\n\
         ARTICULO 6.- Comuníquese y archívese.\n\nFAROL - Mecha - Aceite\n",
        &expect![[r#"
            art-1 | Artículo 1 | 
            art-1/p1 | Artículo 1 | 
            art-1/a | Artículo 1(a) | 
            art-1/b | Artículo 1(b) | 
            art-2 | Artículo 2 | 
            art-2/p1 | Artículo 2 | 
            art-3 | Artículo 3 | 
            art-3/p1 | Artículo 3 | 
            art-4 | Artículo 4 | 
            art-4/p1 | Artículo 4 | 
            art-5 | Artículo 5 | 
            art-5/p1 | Artículo 5 | 
            art-6 | Artículo 6 | 
            art-6/p1 | Artículo 6 | 
        "#]],
    );
}

#[test]
fn quoted_articles_are_not_those_of_the_act() {
    check(
        "LOI N° 5 DE 2050\n\nArt. 1. A l'article 3 du code des lampes, les modifications suivantes sont apportées :\n\n\
         1° le point 2 est remplacé par ce qui suit :\n\n« 2) la lampe de secours. » ;\n\n2° le point 5 est abrogé.\n\n\
         Art. 2. Les articles 7 et 8 du même code sont remplacés par ce qui suit :\n\n\
         « Art. 7. La guilde tient un registre.\n\nArt. 8. Le gardien signe le registre. »\n\nArt. 3. L'article 9 est abrogé.\n\n\
         Art. 4. Le gardien est chargé de l'exécution de la loi.\n\nLanterneville, le 3 mai 2050.\n\nLe gardien,\n\nA. MECHE\n",
        &expect![[r#"
            art-1 | Article 1 | 
            art-1/p1 | Article 1 | 
            art-1/1 | Article 1, 1° | 
            q-1 | Article 1, 1° | 
            art-1/2 | Article 1, 2° | 
            art-2 | Article 2 | 
            art-2/p1 | Article 2 | 
            q-2 | Article 2 | 
            q-3 | Article 2 | 
            art-3 | Article 3 | 
            art-3/p1 | Article 3 | 
            art-4 | Article 4 | 
            art-4/p1 | Article 4 | 
        "#]],
    );
}

#[test]
fn notes_of_amendments_are_no_paragraphs_and_a_running_title_is_no_act() {
    check(
        "LEY DE FAROLES\n\nARTICULO 1o. Esta Ley rige el uso de los faroles y de sus aceites en la ciudad y en el puerto.\n\n\
         Párrafo reformado DOF 03-05-2050\n\nARTICULO 2o. Los faroles son:\n\nI. De mano;\n\n\
         Fracción adicionada DOF 03-05-2050\n\nII. De calle.\n\nARTICULO 3o. Se permite todo aceite que no dañe la mecha del farol.\n\n\
         LEY DE FAROLES\n\nARTICULO PRIMERO. Se reforma el artículo 2o. de la Ley de Faroles de la ciudad, para quedar como sigue.\n",
        &expect![[r#"
            art-1o | Artículo 1o | 
            art-1o/p1 | Artículo 1o | 
            art-2o | Artículo 2o | Los faroles son:
            art-2o/i | Artículo 2o, I | Los faroles son:
            art-2o/ii | Artículo 2o, II | Los faroles son:
            art-3o | Artículo 3o | 
            art-3o/p1 | Artículo 3o | 
            art-primero | Artículo Primero | LEY DE FAROLES
            art-primero/p1 | Artículo Primero | LEY DE FAROLES
        "#]],
    );
}

#[test]
fn decrees_of_latin_america_act_by_verbs_with_their_pronoun() {
    let text = "DECRETO 7 DE 2050\n\nEl Presidente de la República decreta:\n\nARTICULO 1.- Declárase la emergencia de los faroles en la ciudad y en el puerto hasta fin de año.\n\n\
                ARTICULO 2.- Créase el Registro de Faroles, que lleva el gremio de la ciudad en su propia casa.\n\n\
                ARTICULO 3.- Autorízase al gremio a encender los faroles de la calle mayor cada noche del año.\n";
    let source = Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    let document = read(&source, &Options::default()).expect("a text").documents.remove(0);
    let acts: Vec<String> = document
        .clauses
        .iter()
        .flat_map(|clause| clause.acts.iter().map(|act| act.act.to_string()))
        .collect();
    assert_eq!(acts, ["declare", "establish", "authorize"]);
}

#[test]
fn an_act_is_cited_by_what_it_calls_its_numbers() {
    check(
        "THE LAMP RULES, 2050\n\n1. Short title.- (1) These rules may be called the Lamp Rules, 2050.\n\n\
         (2) They extend to all lamps.\n\n\u{2076}[2. Wicks - The wicks of lamps shall be dry.]\n\n\
         3. Oil - The oil shall be pure.\n",
        &expect![[r#"
            1 | Rule 1 | 
            1/1 | Rule 1(1) | 
            1/2 | Rule 1(2) | 
            2 | Rule 2 | 
            3 | Rule 3 | 
        "#]],
    );
}

#[test]
fn a_paragrafo_is_cited_behind_its_article() {
    check(
        "DECRETO 9 DE 2050\n\nEl Gremio de Faroles,\n\ndecreta:\n\nArtículo 1. El gremio enciende los faroles.\n\n\
         Parágrafo 1º. Los faroles de aceite arden de noche.\n\nPARÁGRAFO TRANSITORIO.- Este año no arden.\n\n\
         Artículo 2. Son faroles:\n\nI. Los de mano;\n\nll. Los de calle, y\n\nlll. Los del puerto.\n\n\
         Parágrafo. No lo son las velas.\n",
        &expect![[r#"
            art-1 | Artículo 1 | 
            art-1/p1 | Artículo 1 | 
            art-1/paragrafo-1 | Artículo 1, parágrafo 1 | 
            art-1/paragrafo-1/p1 | Artículo 1, parágrafo 1 | 
            art-1/paragrafo-transitorio | Artículo 1, parágrafo transitorio | 
            art-1/paragrafo-transitorio/p1 | Artículo 1, parágrafo transitorio | 
            art-2 | Artículo 2 | Son faroles:
            art-2/i | Artículo 2, I | Son faroles:
            art-2/ii | Artículo 2, II | Son faroles:
            art-2/iii | Artículo 2, III | Son faroles:
            art-2/paragrafo | Artículo 2, parágrafo | Son faroles:
            art-2/paragrafo/p1 | Artículo 2, parágrafo | Son faroles:
        "#]],
    );
}

#[test]
fn several_provisions_that_replace_others_are_all_quoted() {
    check(
        "LOI N° 5 DE 2050\n\nArticle ler - Les articles 7 et 8 du code des lampes sont remplacés ainsi qu'il suit :\n\n\
         « Article 7. - La guilde tient un registre. »\n\n« Article 8. - Le gardien signe le registre :\n\n\
         1) chaque jour ..... 3/4\n\n2) chaque nuit. »\n\nArtide 2 - Le gardien exécute la présente loi.\n",
        &expect![[r#"
            art-ler | Article 1er | 
            art-ler/p1 | Article 1er | 
            q-1 | Article 1er | 
            q-2 | Article 1er | 
            q-3 | Article 1er | 
            q-4 | Article 1er | 
            art-2 | Article 2 | 
            art-2/p1 | Article 2 | 
        "#]],
    );
}

#[test]
fn provisions_put_into_another_act_without_marks_are_quoted() {
    check(
        "LEY 9\n\nCAPÍTULO I\nFAROLES\n\nArtículo 1°- Sustitúyese el artículo 15 de la ley 7, por el siguiente:\n\n\
         Artículo 15: Los faroles arden de noche.\n\na) Los de mano;\n\nb) Los de calle.\n\n\
         CAPÍTULO II\nACEITES\n\nArt. 2°- Derógase el artículo 16 de la ley 7.\n\n\
         Art. 3°- Sustitúyese el artículo 17 de la ley 7, por el siguiente:\n\n\
         “Artículo 17: El aceite “puro” es “de oliva.”\n\nArt. 4°- Comuníquese al gremio.\n",
        &expect![[r#"
            ch-i | Capítulo I | FAROLES
            art-1 | Artículo 1° | FAROLES
            art-1/p1 | Artículo 1° | FAROLES
            q-1 | Artículo 1° | FAROLES
            q-2 | Artículo 1° | FAROLES
            q-3 | Artículo 1° | FAROLES
            ch-ii | Capítulo II | ACEITES
            art-2 | Artículo 2° | ACEITES
            art-2/p1 | Artículo 2° | ACEITES
            art-3 | Artículo 3° | ACEITES
            art-3/p1 | Artículo 3° | ACEITES
            q-4 | Artículo 3° | ACEITES
            art-4 | Artículo 4° | ACEITES
            art-4/p1 | Artículo 4° | ACEITES
        "#]],
    );
}

#[test]
fn a_contents_list_with_long_entries_ends_where_its_numbers_begin_anew() {
    check(
        "THE LAMP ACT, 2050\n\nARRANGEMENT OF SECTIONS\n\nSECTIONS\n\n1. Short title.\n\n2. Definitions.\n\n\
         3. Powers of the guild when causes of smoke not expressly provided against exist or when the use of lamps is dangerous.\n\n\
         SECTIONS\n\n4. Wicks.\n\n1. Short title.—(1) This Act may be called the Lamp Act, 2050.\n\n\
         (2) It extends to all lamps.\n\n2. Definitions.—In this Act,—\n\n* * * * *\n\n(b) “wick” means a wick.\n",
        &expect![[r#"
            1 | Section 1 | 
            1/1 | Section 1(1) | 
            1/2 | Section 1(2) | 
            2 | Section 2 | 
            2/b | Section 2(b) | 
        "#]],
    );
}

#[test]
fn the_first_article_of_the_next_protocol_is_not_quoted() {
    check(
        "PROTOCOL ON LAMPS\n\nArticle 1\nAims\n\nThe Parties shall light lamps.\n\nArticle 2\nEnd\n\nIt shall end.\n\n\
         PROTOCOL ON OIL\n\nThe Parties,\n\nDesiring oil,\n\nHAVE AGREED AS FOLLOWS:\n\nArticle 1\nOil\n\nThe Parties shall sell oil.\n\n\
         Article 2\nJars\n\nJars shall be full.\n\nArticle 3\nEnd\n\nIt shall end.\n",
        &expect![[r#"
            protocol-on-lamps | Protocol on Lamps | ON LAMPS
            protocol-on-lamps/art-1 | Protocol on Lamps, Article 1 | ON LAMPS > Aims
            protocol-on-lamps/art-1/p1 | Protocol on Lamps, Article 1 | ON LAMPS > Aims
            protocol-on-lamps/art-2 | Protocol on Lamps, Article 2 | ON LAMPS > End
            protocol-on-lamps/art-2/p1 | Protocol on Lamps, Article 2 | ON LAMPS > End
            protocol-on-oil | Protocol on Oil | ON OIL
            protocol-on-oil/pre-1 | Protocol on Oil, preambular para. 1 | ON OIL
            protocol-on-oil/art-1 | Protocol on Oil, Article 1 | ON OIL > Oil
            protocol-on-oil/art-1/p1 | Protocol on Oil, Article 1 | ON OIL > Oil
            protocol-on-oil/art-2 | Protocol on Oil, Article 2 | ON OIL > Jars
            protocol-on-oil/art-2/p1 | Protocol on Oil, Article 2 | ON OIL > Jars
            protocol-on-oil/art-3 | Protocol on Oil, Article 3 | ON OIL > End
            protocol-on-oil/art-3/p1 | Protocol on Oil, Article 3 | ON OIL > End
        "#]],
    );
}

#[test]
fn transitory_provisions_count_anew_behind_the_law_and_behind_each_decree() {
    check(
        "LEY DE FAROLES\n\nArtículo 1. Los faroles arden toda la noche en la ciudad y en el puerto.\n\n\
         Artículo 2. Los faroles se apagan al alba en la ciudad y en el puerto.\n\nTRANSITORIOS\n\n\
         PRIMERO.- La presente Ley entra en vigor al alba.\n\nSegundo. Los faroles viejos se apagan.\n\n\
         DECRETO por el que se reforma la Ley de Faroles.\n\nPublicado en el Diario Oficial de la Ciudad el 3 de mayo de 2051\n\n\
         Artículo Cuarto.- Se reforma el artículo 2 de la Ley de Faroles, para que ardan de día.\n\n\
         Transitorio\n\nÚnico.- El presente Decreto entra en vigor al alba.\n",
        &expect![[r#"
            art-1 | Artículo 1 | 
            art-1/p1 | Artículo 1 | 
            art-2 | Artículo 2 | 
            art-2/p1 | Artículo 2 | 
            transitorios | Transitorios | 
            transitorios/primero | Transitorios, Primero | 
            transitorios/segundo | Transitorios, Segundo | 
            decreto-publicado-en-el-diario-oficial-de-la-ciudad-el-3-de-mayo-de-2051 | Decreto (Publicado en el Diario Oficial de la Ciudad el 3 de mayo de 2051) | DECRETO
            decreto-publicado-en-el-diario-oficial-de-la-ciudad-el-3-de-mayo-de-2051/p1 | Decreto (Publicado en el Diario Oficial de la Ciudad el 3 de mayo de 2051) | DECRETO
            decreto-publicado-en-el-diario-oficial-de-la-ciudad-el-3-de-mayo-de-2051/art-cuarto | Decreto (Publicado en el Diario Oficial de la Ciudad el 3 de mayo de 2051), Artículo Cuarto | DECRETO
            decreto-publicado-en-el-diario-oficial-de-la-ciudad-el-3-de-mayo-de-2051/art-cuarto/p1 | Decreto (Publicado en el Diario Oficial de la Ciudad el 3 de mayo de 2051), Artículo Cuarto | DECRETO
            decreto-publicado-en-el-diario-oficial-de-la-ciudad-el-3-de-mayo-de-2051/transitorio | Decreto (Publicado en el Diario Oficial de la Ciudad el 3 de mayo de 2051), Transitorio | DECRETO
            decreto-publicado-en-el-diario-oficial-de-la-ciudad-el-3-de-mayo-de-2051/transitorio/unico | Decreto (Publicado en el Diario Oficial de la Ciudad el 3 de mayo de 2051), Transitorio, Único | DECRETO
        "#]],
    );
}

#[test]
fn a_contents_list_goes_on_behind_a_number_that_was_lost() {
    check(
        "THE LAMP ACT, 2050\n\nARRANGEMENT OF SECTIONS\n\n1. Short title.\n\n2. Definitions.\n\n3. Wicks.\n\n4. Oils.\n\n\
         6. Jars.\n\n7. Lids.\n\n1. Short title.—This Act may be called the Lamp Act, 2050, and extends to all lamps.\n\n\
         2. Definitions.—In this Act a wick is a wick that is made of cotton and burns in a lamp.\n",
        &expect![[r#"
            1 | Section 1 | 
            2 | Section 2 | 
        "#]],
    );
}
