//! What a clause does, by its own words and by those of its lead-in: its acts, and how strongly it binds.

use chapeau_document::{Act, ActOf, Obligation, Part, Span, Unit};

use super::acts::{self, Acts, LeadActs};
use super::grammar::{Grammar, Starts};
use super::obligation::{self, LeadForce, ReadText};
use super::reported;

/// Where words stand, as far as what they do depends on it.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) grammar: &'static Grammar,
    /// The words at which acts may begin, see [`Grammar::starts`].
    pub(super) starts: &'a Starts,
    /// The body whose document it is.
    pub(super) body: Option<&'a str>,
    /// Whether the document tells of a meeting: what a body did there, it did.
    pub(super) of_meeting: bool,
    pub(super) part: Part,
    pub(super) unit: Unit,
    pub(super) in_article: bool,
    /// Whether a heading says that it is a recommendation.
    pub(super) is_recommended: bool,
}

impl Setting<'_> {
    fn is_recital(&self) -> bool {
        self.part == Part::Preambular
    }

    /// Articles and recitals speak for themselves; minutes and reports tell what others said.
    fn may_tell(&self) -> bool {
        !self.in_article && !self.is_recital()
    }

    /// Notes to the text act on nobody; those of a treaty bind as its articles do.
    fn is_note(&self) -> bool {
        self.unit == Unit::Footnote
    }

    fn acts<'a>(&'a self, lead: Option<&'a LeadActs>) -> acts::Setting<'a> {
        acts::Setting {
            grammar: self.grammar,
            starts: self.starts,
            body: self.body,
            lead,
            recital: self.is_recital(),
            in_article: self.in_article,
            of_meeting: self.of_meeting,
            is_recommended: self.is_recommended,
        }
    }

    fn obligation(&self) -> obligation::Setting<'static> {
        obligation::Setting {
            language: self.grammar.language,
            in_article: self.in_article,
            // Annexes in French and Spanish provide by the future, as articles do.
            binds: self.in_article
                || self.part == Part::Operative
                || self.part == Part::Annex && self.grammar.language != "en",
        }
    }
}

/// What a lead-in says, of acts and of obligation.
#[derive(Default)]
pub(super) struct Lead {
    acts: LeadActs,
    /// With the piece that it stands in, and its words there.
    force: Option<(LeadForce, usize, Span)>,
}

impl Lead {
    /// Reads the pieces of a lead-in.
    pub(super) fn of(pieces: &[ReadText<'_>], setting: &Setting<'_>) -> Self {
        let acts = acts::lead_acts(pieces, &setting.acts(None));
        let force = obligation::of_lead_ins(pieces, setting.obligation()).map(|(index, lead)| {
            let span = pieces[index].span(lead.force.first, lead.force.last);
            (lead, index, span)
        });
        Self { acts, force }
    }
}

/// Whose words decided an obligation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Decided {
    /// A span of the clause.
    Here(Span),
    /// A piece of the lead-in, and a span of it.
    InLead(usize, Span),
}

/// What a clause does.
pub(super) struct Doing {
    pub(super) acts: Vec<ActOf>,
    pub(super) obligation: Obligation,
    pub(super) decided: Option<Decided>,
}

/// What the clause of these words does under its lead-in.
pub(super) fn doing(words: &ReadText<'_>, lead: &Lead, setting: &Setting<'_>) -> Doing {
    let language = setting.grammar.language;
    if setting.unit == Unit::TableRow
        || setting.may_tell() && reported::tells_what_others_said(words, language)
    {
        return Doing { acts: Vec::new(), obligation: Obligation::None, decided: None };
    }
    let Acts { mut acts, is_sentence } = acts::acts(words, &setting.acts(Some(&lead.acts)));
    if setting.is_note() {
        acts.clear();
    }
    if setting.is_recital() {
        // "(2) Pursuant to Article 11": where recitals are numbered, such words refer and do nothing.
        if acts::skip_marker(words) > 0 {
            acts.retain(|found| found.act != Act::Other);
        }
        return Doing { acts, obligation: Obligation::None, decided: None };
    }
    let (obligation, decided) = strongest(words, lead.force.as_ref().filter(|_| !is_sentence), setting);
    Doing { acts, obligation, decided }
}

/// The clause's own strength or the lead-in's, whichever is stronger.
fn strongest(
    words: &ReadText<'_>,
    lead: Option<&(LeadForce, usize, Span)>,
    setting: &Setting<'_>,
) -> (Obligation, Option<Decided>) {
    let setting = setting.obligation();
    let own = obligation::strongest(words, setting);
    let own_words = own.map(|force| Decided::Here(words.span(force.first, force.last)));
    let own = own.map_or(Obligation::None, |force| force.obligation);
    if let Some((lead, piece, lead_words)) = lead {
        let start = acts::skip_marker(words);
        let inherited = obligation::inherited(lead, words, start, setting.language);
        if inherited < own {
            return (inherited, Some(Decided::InLead(*piece, *lead_words)));
        }
    }
    (own, own_words)
}

#[cfg(test)]
mod tests {
    use super::super::grammar::grammar;
    use super::*;

    struct Place {
        language: &'static str,
        part: Part,
        in_article: bool,
    }

    const DECISION: Place = Place { language: "en", part: Part::Operative, in_article: false };
    const REPORT: Place = Place { language: "en", part: Part::Main, in_article: false };
    const LAW: Place = Place { language: "en", part: Part::Operative, in_article: true };
    const LOI: Place = Place { language: "fr", part: Part::Operative, in_article: true };
    const LEY: Place = Place { language: "es", part: Part::Operative, in_article: true };

    /// The acts and the obligation of a clause behind the pieces of its lead-in, parted by " ... ".
    fn check(place: &Place, lead_in: &str, clause: &str, expected: &str) {
        let grammar = grammar(place.language).expect("a described language");
        let starts = grammar.starts();
        let setting = Setting {
            grammar,
            starts: &starts,
            body: None,
            of_meeting: true,
            is_recommended: false,
            part: place.part,
            unit: Unit::Paragraph,
            in_article: place.in_article,
        };
        let pieces: Vec<ReadText<'_>> =
            lead_in.split(" ... ").filter(|piece| !piece.is_empty()).map(ReadText::of).collect();
        let found = doing(&ReadText::of(clause), &Lead::of(&pieces, &setting), &setting);
        let acts: Vec<&str> = found.acts.iter().map(|act| act.act.as_str()).collect();
        assert_eq!(format!("{} / {}", acts.join(" "), found.obligation), expected, "{lead_in} {clause}");
    }

    #[test]
    fn the_future_of_a_text_that_does_not_bind_foretells() {
        let rapport = Place { language: "fr", part: Part::Main, in_article: false };
        let noticia = Place { language: "es", ..rapport };
        check(&rapport, "", "La guilde publiera son rapport en mars.", " / none");
        check(&rapport, "", "La guilde doit publier son rapport.", " / duty");
        check(&noticia, "", "El gremio publicará su informe en marzo.", " / none");
        check(&LOI, "", "La guilde publiera son rapport en mars.", " / duty");
        check(&Place { part: Part::Annex, ..noticia }, "", "El gremio publicará su informe.", " / duty");
    }

    #[test]
    fn capitals_and_bare_nouns_are_acts_of_a_body() {
        check(
            &DECISION,
            "The Executive Council,",
            "3. COMMENDS test houses for their work.",
            "commend / none",
        );
        check(
            &DECISION,
            "The Lamp Assembly,",
            "3. Encourages cooperation among test houses;",
            "encourage / none",
        );
        check(&DECISION, "The Lamp Assembly,", "4. Strongly condemns false lamps;", "condemn / none");
        check(
            &DECISION,
            "The Lamp Assembly,",
            "5. SUPPORTS lamp makers and URGES towns to pay;",
            "support urge / none",
        );
        check(&DECISION, "", "FURTHER URGES the towns to light their lamps.", "urge / none");
        check(&DECISION, "", "1. RECALLING the fees of the towns;", "recall / none");
        check(&DECISION, "", "Requests from lamp makers are kept in a ledger.", " / none");
    }

    #[test]
    fn notes_are_no_acts() {
        check(&REPORT, "NOTES:", "1. Any reference to a lamp includes its bulb.", " / none");
        check(&REPORT, "", "NOTE: Figures may not equal totals.", " / none");
        check(&DECISION, "The Lamp Assembly, ... Notes:", "(a) The fees of the towns;", "note / none");
    }

    #[test]
    fn a_recital_governs_no_paragraph() {
        let lead = "The Lamp Assembly, ... Reiterating that no maker shall be left behind, and recommitting to endeavour to reach all,";
        check(&DECISION, lead, "3. Encourages cooperation among test houses;", "encourage / none");
        check(&DECISION, lead, "4. The fees of the hill towns;", " / none");
    }

    #[test]
    fn sentences_behind_as_follows_have_their_own_acts() {
        let lead = "The Council of Lamps: ... HEREBY DIRECTS AS FOLLOWS:";
        check(&DECISION, lead, "6. Towns shall publish their fees.", " / duty");
        check(
            &DECISION,
            lead,
            "7. The Council of Lamps further affirms that fees are due.",
            "reaffirm / none",
        );
        check(&DECISION, "The Council decides as follows:", "To continue the work.", "decide / none");
    }

    #[test]
    fn who_is_asked_may_stand_first() {
        check(&DECISION, "", "The Secretary-General is requested to report to the towns.", "request / none");
        check(&DECISION, "", "State Parties are encouraged to adopt signs.", "encourage / recommendation");
        check(&LAW, "", "A Party that is requested to do so shall reply.", " / duty");
        check(
            &LOI,
            "",
            "Le Président de la République est autorisé à ratifier l'Accord.",
            "authorize / permission",
        );
    }

    #[test]
    fn what_bodies_did_at_a_meeting_they_did() {
        check(
            &REPORT,
            "",
            "63. The Committee took note of the lamps and agreed to return to them.",
            "take note agree / none",
        );
        check(&REPORT, "", "It was so agreed.", "agree / none");
        check(&REPORT, "", "In that year the Committee agreed to test lamps.", " / none");
        check(&REPORT, "", "The Committee had agreed to test lamps.", " / none");
    }

    #[test]
    fn words_of_others_do_nothing() {
        check(
            &REPORT,
            "",
            "1. The representative of the hill towns said that the Office should publish its fees.",
            " / none",
        );
        check(&REPORT, "", "2. The ferry towns replied that they must do so.", " / none");
        check(&REPORT, "", "Lamps were dear. The makers argued that towns should pay.", " / none");
        let informe = Place { in_article: false, ..LEY };
        check(
            &informe,
            "",
            "El representante de las ciudades señaló que la Oficina debe publicar.",
            " / none",
        );
    }

    #[test]
    fn what_is_forbidden_is_no_duty() {
        let lead = "2. The following practices shall be prohibited:";
        check(&LAW, "", lead, " / prohibition");
        check(&LAW, lead, "(a) false marks;", " / prohibition");
        check(
            &LAW,
            "",
            "The trade in marked lamps shall be neither restricted nor prohibited.",
            " / prohibition",
        );
        check(&LAW, "", "It is unlawful to sell false lamps.", " / prohibition");
        check(&LAW, "", "A licence shall not be required to own a lamp.", " / permission");
        check(&LAW, "", "A licence shall not be required solely to raise fees.", " / prohibition");
        check(&LAW, "", "The test shall not exceed ninety (90) days.", " / duty");
        check(&LAW, "", "The fee shall not exceed the cost of the test.", " / prohibition");
        check(&LOI, "", "La vente de fausses lampes est interdite.", " / prohibition");
        check(
            &LOI,
            "2. Les mesures visées à l'alinéa 1 :",
            "(a) n'établissent pas de discrimination ;",
            " / prohibition",
        );
        check(&LOI, "", "Les ventes ne sont pas autorisées le dimanche.", " / prohibition");
        check(&LEY, "", "Queda prohibida la venta de lámparas falsas.", " / prohibition");
        check(&LEY, "", "Se prohíbe la venta de lámparas falsas.", " / prohibition");
        check(&LEY, "", "No se permite la venta de lámparas falsas.", " / prohibition");
    }

    #[test]
    fn who_wishes_to_do_something_may() {
        check(&LAW, "", "A maker that wishes to appeal may do so within sixty days.", " / permission");
        check(&LAW, "", "A maker which is established in a town may appeal.", " / permission");
        check(&LAW, "", "The measures which a town may adopt are listed.", " / none");
        check(&LAW, "", "A declaration need not be signed.", " / permission");
        check(
            &LAW,
            "",
            "The Council may waive a fee, provided that the decision shall be taken by all.",
            " / permission",
        );
    }

    #[test]
    fn what_is_foretold_is_no_promise() {
        check(&REPORT, "", "The rate of duty will be 4 percent ad valorem.", " / none");
        check(&REPORT, "", "Growth in the lamp trade will reach a new height.", " / none");
        check(&REPORT, "", "The figures will be revised in June.", " / none");
        check(&REPORT, "", "The Office will publish the fees in June.", " / commitment");
        check(&REPORT, "", "We will publish the fees in June.", " / commitment");
        check(&DECISION, "", "We recognize that better lamps will lead to trade.", "recognize / none");
        check(&DECISION, "", "Members will maintain their practice.", " / commitment");
    }

    #[test]
    fn a_promise_at_the_end_of_a_lead_in_governs() {
        let lead = "Each Party shall support safe lamps, and agrees to:";
        check(&LAW, lead, "(a) publish its rules;", "agree / commitment");
        check(&LAW, "", "State Parties agree, where possible, to pool their lamps.", "agree / commitment");
    }

    #[test]
    fn bare_parts_of_a_list_are_no_duties() {
        check(&LAW, "The Board shall consist of:", "(a) the Lamp Master;", " / none");
        check(
            &LAW,
            "The Office shall take into account the following criteria:",
            "(g) the number of lamps.",
            " / none",
        );
        check(&LAW, "The Office shall:", "(a) publish the number of lamps.", " / duty");
    }

    #[test]
    fn causes_and_questions_ask_for_nothing() {
        check(&LEY, "", "Esto se debe en parte a la falta de lámparas.", " / none");
        check(&LEY, "", "Señalan cuánto debería pagar cada ciudad.", " / none");
        check(&LEY, "", "Las ciudades deberían publicar sus tarifas.", " / recommendation");
        check(
            &LOI,
            "",
            "Les Parties reconnaissent que ces pratiques peuvent limiter la concurrence.",
            "recognize / recognition",
        );
        check(&LOI, "", "En cas d'urgence, l'État partie engage des consultations.", " / duty");
    }

    #[test]
    fn adverbs_part_no_phrase() {
        let french = Place { in_article: false, ..LOI };
        let spanish = Place { in_article: false, ..LEY };
        check(&french, "L'Assemblée des lampes,", "3. Prend également note du rapport ;", "take note / none");
        check(&french, "", "Félicite les villes de leurs lampes ;", "commend / none");
        check(&french, "", "Condamne fermement les fausses lampes ;", "condemn / none");
        check(&spanish, "La Asamblea de Lámparas,", "2. Toma también nota del informe;", "take note / none");
        check(&spanish, "La Asamblea de Lámparas,", "3. Encomia a las ciudades;", "commend / none");
        check(&DECISION, "", "The EDLB recommends the use of better wicks.", "recommend / none");
        check(
            &DECISION,
            "The Lamp Assembly,",
            "3. Calls once again upon the guild to meet;",
            "call on / none",
        );
        check(
            &DECISION,
            "The Lamp Assembly,",
            "4. Stresses, in this regard, the need for oil;",
            "emphasize / none",
        );
        check(&DECISION, "The Lamp Assembly,", "5. Renews its invitation to the towns;", "reiterate / none");
        check(
            &french,
            "L'Assemblée des lampes,",
            "6. Fait sienne la demande de la guilde ;",
            "approve / none",
        );
    }
}
