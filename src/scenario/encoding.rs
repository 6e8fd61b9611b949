//! From a file's bytes to its text: packed files are unpacked, and whatever a spreadsheet saved is decoded.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::Read;

/// The most bytes that a packed file may hold.
const LARGEST_UNPACKED: u64 = 1 << 30;

/// So many bytes at the beginning of a text are looked at to tell UTF-16 from single bytes.
const LOOKED_AT: usize = 4_096;

/// A text, and how its bytes were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// Whether nothing in the file says so: it is not UTF-8, and most spreadsheets that do not write that write this.
    pub is_guess: bool,
}

/// The bytes of a file that gzip packed; of any other one the bytes it has.
///
/// # Errors
/// Why it cannot be unpacked, as the end of a sentence.
pub fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(&bytes[..]).take(LARGEST_UNPACKED + 1).read_to_end(&mut unpacked);
    match read {
        Err(_) => Err("it is packed (gzip) and broken; pack or download it again".to_string()),
        Ok(length) if length as u64 > LARGEST_UNPACKED => {
            Err("unpacked it has more than 1 GiB; leave out what the scenario does not need of it".to_string())
        }
        Ok(_) => Ok(unpacked),
    }
}

/// Bytes packed by gzip, without a time or a name: equal bytes give equal ones.
#[cfg(feature = "cli")]
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).and_then(|()| writer.finish()).expect("memory takes all")
}

/// The encoding with a label such as `utf-8`, `windows-1252`, `latin1` or `utf-16le`.
pub fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// Decodes a text. Without a given encoding: a byte order mark says it, else UTF-16 is known by its many zeros, else it is
/// UTF-8, else Windows-1252, in which every byte is a character.
///
/// # Errors
/// Why it is no text of the given encoding, as the end of a sentence.
pub fn decoded(bytes: Vec<u8>, given: Option<&'static Encoding>) -> Result<Decoded, String> {
    let of = |encoding: &'static Encoding, bytes: &[u8], is_guess| {
        let (text, has_errors) = encoding.decode_with_bom_removal(bytes);
        let decoded = Decoded { text: text.into_owned(), encoding: encoding.name(), is_guess };
        (decoded, has_errors)
    };
    if let Some(given) = given {
        let encoding = Encoding::for_bom(&bytes).map_or(given, |(encoding, _)| encoding);
        return match of(encoding, &bytes, false) {
            (decoded, false) => Ok(decoded),
            (_, true) => Err(format!("it is no {} text; name another encoding, or leave it to be found", given.name())),
        };
    }
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding).or_else(|| utf_16(&bytes));
    if let Some(encoding) = marked {
        return Ok(of(encoding, &bytes, false).0);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, encoding: UTF_8.name(), is_guess: false }),
        Err(error) => Ok(of(WINDOWS_1252, error.as_bytes(), true).0),
    }
}

/// UTF-16 without a byte order mark: of mostly western text every other byte is 0.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(LOOKED_AT) / 2 * 2];
    let zeros = |at: usize| start.iter().skip(at).step_by(2).filter(|&&byte| byte == 0).count();
    let is_most = |zeros: usize| start.len() >= 8 && zeros * 10 > start.len() / 2 * 7;
    match (is_most(zeros(0)), is_most(zeros(1))) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str, bool) {
        let Decoded { text, encoding, is_guess } = decoded(bytes.to_vec(), None).expect("a text");
        (text, encoding, is_guess)
    }

    fn utf_16_of(text: &str, byte: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(byte).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "order,date\n1,Müller\n";
        assert_eq!(read(text.as_bytes()), (text.into(), "UTF-8", false));
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), (text.into(), "UTF-8", false));
        for mark in ["\u{feff}", ""] {
            let marked = format!("{mark}{text}");
            assert_eq!(read(&utf_16_of(&marked, u16::to_le_bytes)), (text.into(), "UTF-16LE", false));
            assert_eq!(read(&utf_16_of(&marked, u16::to_be_bytes)), (text.into(), "UTF-16BE", false));
        }
        assert_eq!(read(b"caf\xe9 \x80"), ("café €".into(), "windows-1252", true));
    }

    #[test]
    fn a_given_encoding_holds_or_is_refused() {
        let label = encoding("Latin1").expect("a known label");
        assert_eq!(decoded(b"caf\xe9".to_vec(), Some(label)).map(|read| read.text), Ok("café".into()));
        assert!(decoded(b"caf\xe9".to_vec(), Some(UTF_8)).is_err());
        assert!(encoding("utf8-ish").is_none());
    }

    #[test]
    fn packed_files_are_unpacked() {
        let packed = packed(b"order,date\n");
        assert_eq!(unpacked(packed.clone()).as_deref(), Ok(&b"order,date\n"[..]));
        assert!(unpacked(packed[..packed.len() - 9].to_vec()).is_err());
        assert_eq!(unpacked(b"plain".to_vec()).as_deref(), Ok(&b"plain"[..]));
    }
}
