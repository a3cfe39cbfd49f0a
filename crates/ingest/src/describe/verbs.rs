//! The verbs by which decisions and agreements act, in English, French and Spanish.
//!
//! Domain facts: the openers are those of published openers lists and of WTO decisions, in our
//! own arrangement; the French and Spanish forms were checked on agreements in those languages.

use std::collections::HashMap;
use std::sync::LazyLock;

use chapeau_document::Act;

use super::words::Words;

/// The grammatical form of a verb, as far as it tells who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "instruct": after "to", after "we" and after a plural; "charger", "encargar".
    Base,
    /// "instructs"; "charge", "chargent", "encarga", "encargan".
    Third,
    /// "chargeons", "encargamos". English has [`Form::Base`] here.
    First,
    /// "instructing", "chargeant", "encargando", and the adjectives that open recitals.
    Participle,
}

/// A verb or a phrase with a verb, found in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verb {
    pub(super) act: Act,
    pub(super) form: Form,
    /// How many words it takes.
    pub(super) n_words: usize,
}

/// The verb that stands at `place`.
pub(super) fn verb_at(words: &Words<'_>, place: usize, language: &str) -> Option<Verb> {
    let entries = tables(language)?.get(words.at(place))?;
    entries.iter().find(|entry| entry.rest.is_empty() || words.is_phrase(place + 1, entry.rest)).map(
        |entry| {
            let n_words = 1 + entry.rest.split_whitespace().count();
            Verb { act: entry.act, form: entry.form, n_words }
        },
    )
}

struct Entry {
    /// The words after the first.
    rest: &'static str,
    act: Act,
    form: Form,
}

type Table = HashMap<&'static str, Vec<Entry>>;

fn tables(language: &str) -> Option<&'static Table> {
    static ENGLISH_TABLE: LazyLock<Table> = LazyLock::new(|| table(ENGLISH));
    static FRENCH_TABLE: LazyLock<Table> = LazyLock::new(|| table(FRENCH));
    static SPANISH_TABLE: LazyLock<Table> = LazyLock::new(|| table(SPANISH));
    match language {
        "en" => Some(&ENGLISH_TABLE),
        "fr" => Some(&FRENCH_TABLE),
        "es" => Some(&SPANISH_TABLE),
        _ => None,
    }
}

/// An act with its verbs: base, third persons, first person plural, participles and adjectives;
/// forms are parted by `|`, the words of one form by spaces.
type Row = (Act, &'static str, &'static str, &'static str, &'static str);

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new();
    for (act, base, third, first, participle) in rows {
        let forms = [Form::Base, Form::Third, Form::First, Form::Participle];
        for (form, phrases) in forms.into_iter().zip([base, third, first, participle]) {
            for phrase in phrases.split('|').filter(|phrase| !phrase.is_empty()) {
                let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
                table.entry(first).or_default().push(Entry { rest, act: *act, form });
            }
        }
    }
    // The longer phrase first: "take note" before "take".
    table.values_mut().for_each(|entries| entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len())));
    table
}

const ENGLISH: &[Row] = &[
    (Act::Recall, "recall|refer to", "recalls|refers to", "", "recalling|referring to"),
    (Act::Note, "note|observe", "notes|observes", "", "noting|observing|having noted"),
    (
        Act::Recognize,
        "recognize|recognise|acknowledge",
        "recognizes|recognises|acknowledges",
        "",
        "recognizing|recognising|acknowledging",
    ),
    (
        Act::Reaffirm,
        "reaffirm|affirm|confirm|reconfirm",
        "reaffirms|affirms|confirms|reconfirms",
        "",
        "reaffirming|affirming|confirming",
    ),
    (Act::Reiterate, "reiterate", "reiterates", "", "reiterating"),
    (
        Act::Welcome,
        "welcome|commend|congratulate|appreciate|applaud",
        "welcomes|commends|congratulates|appreciates|applauds",
        "",
        "welcoming|commending|congratulating|appreciating",
    ),
    (
        Act::Consider,
        "consider|take into account|bear in mind|take into consideration",
        "considers|takes into account|bears in mind",
        "",
        "considering|taking into account|taking into consideration|taking account|bearing in mind|having regard|having considered|having examined|having in mind|keeping in mind|having reviewed|conscious|mindful|cognizant|cognisant|aware|being aware|paying due regard|whereas|in view of|in consideration|in light",
    ),
    (
        Act::Express,
        "express|regret|deplore|thank",
        "expresses|regrets|deplores|thanks",
        "",
        "expressing|regretting|concerned|alarmed",
    ),
    (
        Act::Emphasize,
        "emphasize|emphasise|stress|underline|underscore|highlight",
        "emphasizes|emphasises|stresses|underlines|underscores|highlights",
        "",
        "emphasizing|emphasising|stressing|underlining|underscoring|highlighting",
    ),
    (
        Act::Desire,
        "desire|wish|seek to|aspire|hope",
        "desires|wishes|seeks to|aspires|hopes",
        "",
        "desiring|wishing|desirous|eager|anxious|willing|aspiring|seeking|striving|aiming|hoping",
    ),
    (
        Act::Resolve,
        "resolve|are determined|are resolved",
        "resolves|is determined|is resolved",
        "",
        "resolving|resolved|determined|intending|having resolved",
    ),
    (Act::Decide, "decide|have decided", "decides|has decided", "", "deciding|having decided"),
    (Act::Agree, "agree|have agreed", "agrees|has agreed", "", "agreeing|having agreed"),
    (Act::Adopt, "adopt|have adopted", "adopts|has adopted", "", "adopting"),
    (Act::Approve, "approve|endorse", "approves|endorses", "", "approving|endorsing"),
    (Act::Establish, "establish", "establishes", "", "establishing"),
    (Act::Extend, "extend|prolong", "extends|prolongs", "", "extending"),
    (
        Act::Instruct,
        "instruct|direct|mandate|task|entrust",
        "instructs|directs|mandates|tasks|entrusts",
        "",
        "instructing|directing",
    ),
    (Act::Request, "request|ask", "requests|asks", "", "requesting"),
    (Act::Invite, "invite", "invites", "", "inviting"),
    (Act::Encourage, "encourage", "encourages", "", "encouraging"),
    (
        Act::CallOn,
        "call on|call upon|call for",
        "calls on|calls upon|calls for",
        "",
        "calling on|calling upon|calling for",
    ),
    (Act::Urge, "urge|exhort|appeal to", "urges|exhorts|appeals to", "", "urging|appealing to"),
    (
        Act::Recommend,
        "recommend|propose|suggest",
        "recommends|proposes|suggests",
        "",
        "recommending|proposing",
    ),
    (Act::Authorize, "authorize|authorise", "authorizes|authorises", "", "authorizing|authorising"),
    (Act::Declare, "declare|proclaim", "declares|proclaims", "", "declaring|proclaiming"),
    (
        Act::Undertake,
        "undertake|commit|commit ourselves|pledge|are committed|remain committed",
        "undertakes|commits|pledges|is committed|remains committed",
        "",
        "undertaking|committed|committing|pledging|remaining committed",
    ),
    (Act::TakeNote, "take note", "takes note", "", "taking note|having taken note"),
    (
        Act::Other,
        "waive|designate|appoint|believe|share",
        "waives|designates|appoints|believes|shares",
        "",
        "guided|inspired|based|building|pursuant|convinced|confident|believing|persuaded|sharing|proceeding|encouraged|acting|upholding|drawing",
    ),
];

const FRENCH: &[Row] = &[
    (Act::Recall, "rappeler|se référer", "rappelle|rappellent", "rappelons", "rappelant|se référant"),
    (
        Act::Note,
        "noter|observer|constater",
        "note|notent|constate|constatent",
        "notons|constatons",
        "notant|observant|constatant|ayant noté",
    ),
    (
        Act::Recognize,
        "reconnaître|reconnaitre",
        "reconnaît|reconnait|reconnaissent",
        "reconnaissons",
        "reconnaissant",
    ),
    (
        Act::Reaffirm,
        "réaffirmer|affirmer|confirmer",
        "réaffirme|réaffirment|affirme|affirment|confirme|confirment",
        "réaffirmons|affirmons|confirmons",
        "réaffirmant|affirmant|confirmant",
    ),
    (Act::Reiterate, "réitérer", "réitère|réitèrent", "réitérons", "réitérant"),
    (
        Act::Welcome,
        "se féliciter|saluer|accueillir",
        "se félicite|se félicitent|félicite|salue|saluent|accueille",
        "nous félicitons|félicitons|saluons",
        "se félicitant|saluant|accueillant",
    ),
    (
        Act::Consider,
        "considérer",
        "considère|considèrent",
        "considérons",
        "considérant|tenant compte|prenant en compte|prenant en considération|ayant à l esprit|ayant présent à l esprit|gardant à l esprit|ayant considéré|ayant examiné|eu égard|vu|vus|vue|conscient|conscients|consciente|conscientes|compte tenu",
    ),
    (
        Act::Express,
        "exprimer|remercier|regretter",
        "exprime|expriment|remercie|regrette",
        "exprimons|remercions|regrettons",
        "exprimant|préoccupé|préoccupée|préoccupés",
    ),
    (
        Act::Emphasize,
        "souligner|insister",
        "souligne|soulignent|insiste|insistent",
        "soulignons|insistons",
        "soulignant|insistant",
    ),
    (
        Act::Desire,
        "souhaiter|désirer",
        "souhaite|souhaitent|désire|désirent",
        "souhaitons",
        "souhaitant|désireux|désireuse|désireuses|soucieux|soucieuses|cherchant|animés|animées|désirant",
    ),
    (
        Act::Resolve,
        "résoudre",
        "",
        "",
        "résolu|résolus|résolue|résolues|déterminé|déterminés|déterminée|déterminées|décidé|décidés|décidés à|décidées|ayant résolu",
    ),
    (
        Act::Decide,
        "décider",
        "décide|décident|a décidé|ont décidé",
        "décidons|avons décidé",
        "décidant|ayant décidé",
    ),
    (
        Act::Agree,
        "convenir",
        "convient de ce|convient que|conviennent|sont convenus|sont convenues|est convenue",
        "convenons|sommes convenus",
        "convenant|étant convenus",
    ),
    (Act::Adopt, "adopter", "adopte|adoptent", "adoptons", "adoptant|ayant adopté"),
    (Act::Approve, "approuver", "approuve|approuvent", "approuvons", "approuvant"),
    (
        Act::Establish,
        "établir|instituer|créer",
        "établit|établissent|institue|instituent|crée|créent",
        "établissons|instituons|créons",
        "",
    ),
    (
        Act::Extend,
        "proroger|prolonger",
        "proroge|prorogent|prolonge|prolongent",
        "prorogeons|prolongeons",
        "",
    ),
    (
        Act::Instruct,
        "donner pour instruction|charger",
        "donne pour instruction|donnent pour instruction|charge|chargent",
        "donnons pour instruction|chargeons",
        "chargeant",
    ),
    (Act::Request, "demander|prier", "demande|demandent|prie|prient", "demandons|prions", "demandant"),
    (Act::Invite, "inviter", "invite|invitent", "invitons", "invitant"),
    (Act::Encourage, "encourager", "encourage|encouragent", "encourageons", "encourageant"),
    (
        Act::CallOn,
        "appeler|en appeler",
        "appelle|appellent|lance un appel",
        "appelons|lançons un appel",
        "appelant",
    ),
    (
        Act::Urge,
        "exhorter|prier instamment",
        "exhorte|exhortent|prie instamment|engage|engagent",
        "exhortons|engageons instamment",
        "exhortant",
    ),
    (
        Act::Recommend,
        "recommander|proposer",
        "recommande|recommandent|propose|proposent",
        "recommandons|proposons",
        "recommandant",
    ),
    (Act::Authorize, "autoriser", "autorise|autorisent", "autorisons", "autorisant"),
    (
        Act::Declare,
        "déclarer|proclamer",
        "déclare|déclarent|proclame|proclament",
        "déclarons|proclamons",
        "déclarant",
    ),
    (Act::Undertake, "s engager", "s engage|s engagent", "engageons à|nous engageons à", "s engageant"),
    (
        Act::TakeNote,
        "prendre note|prendre acte",
        "prend note|prennent note|prend acte|prennent acte",
        "prenons note|prenons acte",
        "prenant note|prenant acte|ayant pris note",
    ),
    (
        Act::Other,
        "",
        "",
        "",
        "convaincu|convaincus|convaincue|convaincues|persuadés|guidé|guidés|s appuyant|se fondant|s inspirant|conformément|partageant|confiant|confiants|estimant|agissant",
    ),
];

const SPANISH: &[Row] = &[
    (Act::Recall, "recordar", "recuerda|recuerdan", "recordamos", "recordando|refiriéndose"),
    (Act::Note, "observar|notar", "observa|observan", "observamos", "observando|notando|constatando"),
    (Act::Recognize, "reconocer", "reconoce|reconocen", "reconocemos", "reconociendo"),
    (
        Act::Reaffirm,
        "reafirmar|afirmar|confirmar",
        "reafirma|reafirman|afirma|afirman|confirma|confirman",
        "reafirmamos|afirmamos|confirmamos",
        "reafirmando|afirmando|confirmando",
    ),
    (Act::Reiterate, "reiterar", "reitera|reiteran", "reiteramos", "reiterando"),
    (
        Act::Welcome,
        "acoger con|celebrar|felicitar",
        "acoge con|acogen con|celebra|celebran|felicita",
        "acogemos con|celebramos|felicitamos",
        "acogiendo con|celebrando|felicitando",
    ),
    (
        Act::Consider,
        "considerar",
        "considera|consideran",
        "consideramos",
        "considerando|teniendo en cuenta|teniendo presente|teniendo en consideración|tomando en cuenta|tomando en consideración|habiendo considerado|habiendo examinado|atendiendo a|visto|vistos|vista|consciente|conscientes|tenida cuenta",
    ),
    (
        Act::Express,
        "expresar|agradecer|lamentar",
        "expresa|expresan|agradece|agradecen|lamenta|lamentan",
        "expresamos|agradecemos|lamentamos",
        "expresando|preocupada|preocupados",
    ),
    (
        Act::Emphasize,
        "subrayar|destacar|recalcar|hacer hincapié",
        "subraya|subrayan|destaca|destacan|recalca|hace hincapié|hacen hincapié",
        "subrayamos|destacamos|recalcamos|hacemos hincapié",
        "subrayando|destacando|recalcando|haciendo hincapié|insistiendo",
    ),
    (
        Act::Desire,
        "desear",
        "desea|desean",
        "deseamos",
        "deseando|deseoso|deseosos|deseosa|deseosas|procurando|buscando|queriendo|anhelando",
    ),
    (
        Act::Resolve,
        "",
        "",
        "",
        "resuelto|resueltos|resueltas|decidido|decididos|decididas|determinado|determinados|determinadas|dispuestos|dispuestas|empeñados",
    ),
    (
        Act::Decide,
        "decidir",
        "decide|deciden|ha decidido|han decidido|resuelve|resuelven",
        "decidimos|hemos decidido|resolvemos",
        "decidiendo|habiendo decidido",
    ),
    (
        Act::Agree,
        "acordar|convenir",
        "acuerda|acuerdan|conviene|convienen|han convenido|han acordado",
        "acordamos|convenimos|hemos convenido|hemos acordado",
        "acordando|conviniendo|habiendo acordado|habiendo convenido",
    ),
    (Act::Adopt, "adoptar", "adopta|adoptan", "adoptamos", "adoptando"),
    (Act::Approve, "aprobar", "aprueba|aprueban", "aprobamos", "aprobando"),
    (
        Act::Establish,
        "establecer|instituir|crear",
        "establece|establecen|instituye|instituyen|crea|crean",
        "establecemos|creamos",
        "",
    ),
    (Act::Extend, "prorrogar", "prorroga|prorrogan", "prorrogamos", ""),
    (
        Act::Instruct,
        "encomendar|encargar|instruir|dar instrucciones",
        "encomienda|encomiendan|encarga|encargan|instruye|instruyen|da instrucciones|dan instrucciones",
        "encomendamos|encargamos|instruimos|damos instrucciones",
        "encomendando",
    ),
    (
        Act::Request,
        "solicitar|pedir",
        "solicita|solicitan|pide|piden",
        "solicitamos|pedimos",
        "solicitando|pidiendo",
    ),
    (Act::Invite, "invitar", "invita|invitan", "invitamos", "invitando"),
    (Act::Encourage, "alentar|animar", "alienta|alientan|anima|animan", "alentamos|animamos", "alentando"),
    (
        Act::CallOn,
        "hacer un llamamiento",
        "hace un llamamiento|hacen un llamamiento",
        "hacemos un llamamiento",
        "",
    ),
    (
        Act::Urge,
        "instar|exhortar",
        "insta|instan|exhorta|exhortan",
        "instamos|exhortamos",
        "instando|exhortando",
    ),
    (
        Act::Recommend,
        "recomendar|proponer",
        "recomienda|recomiendan|propone|proponen",
        "recomendamos|proponemos",
        "recomendando",
    ),
    (Act::Authorize, "autorizar", "autoriza|autorizan", "autorizamos", "autorizando"),
    (
        Act::Declare,
        "declarar|proclamar",
        "declara|declaran|proclama|proclaman",
        "declaramos|proclamamos",
        "declarando",
    ),
    (
        Act::Undertake,
        "comprometerse",
        "se compromete|se comprometen",
        "nos comprometemos",
        "comprometidos|comprometidas",
    ),
    (
        Act::TakeNote,
        "tomar nota",
        "toma nota|toman nota",
        "tomamos nota",
        "tomando nota|habiendo tomado nota",
    ),
    (
        Act::Other,
        "",
        "",
        "",
        "convencido|convencidos|convencida|convencidas|persuadidos|persuadidas|seguros|seguras|animados|animadas|inspirados|inspiradas|guiados|guiadas|basándose|conforme|confiando|confiados|compartiendo|manifestando",
    ),
];
