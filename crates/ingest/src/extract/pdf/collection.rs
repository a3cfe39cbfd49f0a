//! Letters of fonts that number their characters as one of Adobe's collections does (Chinese,
//! Japanese, Korean): their files often say no more than the collection's name.

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, String as Bytes};

/// How the codes of a font lead to letters by way of its collection.
#[derive(Debug)]
pub(super) struct Collection {
    /// From codes to numbers of characters; none where they are the same.
    encoding: Option<CMap>,
    /// From numbers of characters to letters.
    letters: CMap,
}

impl Collection {
    /// The collection that a font dictionary names, if its characters are known.
    pub(super) fn of(dict: &Dict<'_>) -> Option<Self> {
        let descendant = dict.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let system = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
        let said = |key: &str| system.get::<Bytes<'_>>(key).map(|said| said.as_bytes().to_vec());
        let family = CidFamily::from_registry_ordering(&said("Registry")?, &said("Ordering")?);
        let letters = embedded(family.ucs2_cmap()?)?;
        let name = dict.get::<Name<'_>>("Encoding");
        let name = name.filter(|name| !name.as_str().starts_with("Identity"));
        let encoding = name.and_then(|name| embedded(CMapName::from_bytes(name.as_ref())));
        Some(Self { encoding, letters })
    }

    /// The letters of a code.
    pub(super) fn letters(&self, code: u32) -> Option<BfString> {
        let number = match &self.encoding {
            Some(encoding) => (1..=2).find_map(|n_bytes| encoding.lookup_cid_code(code, n_bytes))?,
            None => code,
        };
        self.letters.lookup_bf_string(number)
    }
}

fn embedded(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(load_embedded(name)?, load_embedded)
}
