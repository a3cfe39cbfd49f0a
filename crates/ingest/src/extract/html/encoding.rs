//! Which letters the bytes of an HTML page are: its mark, what it declares, what its bytes show.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::Warning;
use crate::extract::text::{self, Decoded};

/// A declaration must stand within this many bytes. The HTML standard says 1024; pages that put
/// long comments first are common, and looking further costs nothing.
const DECLARED_WITHIN: usize = 8192;

/// Reads the bytes of a page. Bytes that are whole UTF-8 beyond ASCII are UTF-8 whatever the page
/// declares, since no other encoding gives that by chance.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let declared = declared(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
    let is_utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.is_ascii();
    let Some(encoding) = declared.filter(|_| !is_utf8 && Encoding::for_bom(bytes).is_none()) else {
        return text::decode(bytes);
    };
    // What is declared as UTF-8 and is not needs the same guess as a text that declares nothing.
    if encoding == UTF_8 {
        return text::decode(bytes);
    }
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let message = "some bytes are no letters in the encoding that the page declares; they stand as U+FFFD";
    let warning = Warning { page: None, message: message.to_owned() };
    Decoded { text, encoding: encoding.name(), warnings: had_errors.then_some(warning).into_iter().collect() }
}

/// The encoding that a page declares, in `<meta>` or in its XML declaration.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = ["charset", "encoding"].iter().filter_map(|name| value_after(&head, name)).next()?;
    let encoding = Encoding::for_label(after.as_bytes())?;
    // A declaration in single bytes shows that the page is not in UTF-16.
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let is_reversed = encoding.name() == "replacement" || encoding.name() == "x-user-defined";
    Some(if is_wide {
        UTF_8
    } else if is_reversed {
        WINDOWS_1252
    } else {
        encoding
    })
}

/// What stands after `name=`, in a declaration and not in running text.
fn value_after<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.match_indices(name).find_map(|(at, _)| {
        let value = head[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))?;
        Some(&value[..end]).filter(|value| !value.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes);
        assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, encoding));
    }

    #[test]
    fn a_page_says_its_encoding_or_shows_it() {
        check(b"<meta charset=iso-8859-2>\xE8", "<meta charset=iso-8859-2>č", "ISO-8859-2");
        check(
            b"<meta content='text/html; charset=windows-1251' >\xE8",
            "<meta content='text/html; charset=windows-1251' >и",
            "windows-1251",
        );
        check(b"<?xml encoding=\"koi8-r\"?>\xC1", "<?xml encoding=\"koi8-r\"?>а", "KOI8-R");
        check(b"<p>\xE9t\xE9", "<p>été", "windows-1252");
        check(b"<meta charset=utf-8>\xE9t\xE9 x", "<meta charset=utf-8>été x", "windows-1252");
        check("<meta charset=latin1>é".as_bytes(), "<meta charset=latin1>é", "UTF-8");
        check(b"<meta charset=utf-16>a", "<meta charset=utf-16>a", "UTF-8");
        check(b"\xEF\xBB\xBF<meta charset=koi8-r>", "<meta charset=koi8-r>", "UTF-8");
        check(b"\xFF\xFE<\0p\0>\0", "<p>", "UTF-16LE");
        check(b"<p>charset = &", "<p>charset = &", "UTF-8");
    }
}
