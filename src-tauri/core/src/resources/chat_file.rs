//! Files of messages: which ones a server takes, and names under which they may be stored here.

use serde::{Deserialize, Serialize};

use super::values::text;
use crate::ids::MediaHash;

/// The largest file of a message, in bytes (contract.md 8.3).
pub const MAX_FILE_BYTES: usize = 50 << 20;

/// The endings of the files that servers take, with their content types (contract.md 8.3). None of them is a program.
const TYPES: [(&str, &str); 13] = [
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("bmp", "image/bmp"),
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("txt", "text/plain"),
    ("csv", "text/csv"),
];

/// The longest name of a stored file, in characters. All systems take it.
const LONGEST_NAME: usize = 100;

/// Names that Windows keeps for devices, whatever their endings are.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A file of a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFile {
    /// The file's name.
    pub name: String,
    /// The address.
    pub url: String,
    /// The size in bytes; 0 if it is not known.
    pub bytes: u32,
    /// True if it is a picture.
    pub is_picture: bool,
}

crate::private::hides!(MessageFile { bytes, is_picture; name, url });

impl MessageFile {
    /// Reads a file of a message. Returns `None` for one without a name.
    pub(super) fn read(data: &serde_json::Value) -> Option<Self> {
        Some(Self {
            name: text(&data["file_name"])?,
            url: text(&data["file_url"]).unwrap_or_default(),
            bytes: data["file_size"].as_u64().and_then(|size| size.try_into().ok()).unwrap_or_default(),
            is_picture: data["file_type"].as_str() == Some("image"),
        })
    }

    /// Describes a file that the hotel does not have yet.
    pub fn unsent(name: String, bytes: usize) -> Self {
        let is_picture = file_type(&name).is_some_and(|kind| kind.starts_with("image/"));
        Self { name, url: String::new(), bytes: u32::try_from(bytes).unwrap_or(u32::MAX), is_picture }
    }

    /// The name of the picture for a screen. Another address has another one.
    pub fn id(&self) -> MediaHash {
        MediaHash::of(self.url.as_bytes())
    }
}

/// A file that a person wants to send.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

crate::private::hides!(NewFile { ; name, bytes });

/// Returns the content type of a file by the ending of its name, or `None` if no server takes such a file.
pub fn file_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    TYPES.into_iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, mime)| mime)
}

/// Returns the stem and the ending of a name under which a file of a stranger may be stored.
///
/// A stranger chose the name, so it can contain a path, a name of a device, or characters that turn the direction of
/// writing and so hide the ending. A file that no server takes gets the ending `bin`, which no system opens as a program.
pub fn safe_name(name: &str) -> (String, String) {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !is_hidden(*c)).map(without_meaning).collect();
    let (stem, ending) = match clean.rsplit_once('.') {
        Some((stem, ending)) if file_type(&clean).is_some() => (stem, ending.to_ascii_lowercase()),
        _ => (clean.as_str(), "bin".to_owned()),
    };
    let short: String = stem.chars().take(LONGEST_NAME).collect();
    let short = short.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let first = short.split('.').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_port = (first.starts_with("com") || first.starts_with("lpt")) && first.chars().count() == 4;
    let stem = match short {
        "" => "file".to_owned(),
        name if is_port || DEVICES.contains(&first.as_str()) => format!("_{name}"),
        name => name.to_owned(),
    };
    (stem, ending)
}

/// Returns true for characters that do not show: controls, and those that change the direction of writing.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Replaces a character that has a meaning in names of files on some system.
fn without_meaning(c: char) -> char {
    if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | '$' | '~') { '_' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        let (stem, ending) = safe_name(name);
        format!("{stem}.{ending}")
    }

    #[test]
    fn a_harmless_name_stays_as_it_is() {
        assert_eq!(named("Rechnung für Zimmer 101.PDF"), "Rechnung für Zimmer 101.pdf");
        assert_eq!(named("a.b.jpg"), "a.b.jpg");
    }

    #[test]
    fn a_name_leaves_no_folder_and_hides_no_ending() {
        assert_eq!(named("../../etc/passwd"), "passwd.bin");
        assert_eq!(named("C:\\Windows\\evil.txt"), "evil.txt");
        assert_eq!(named("bill\u{202e}fdp.exe"), "billfdp.exe.bin");
        assert_eq!(named("bill.pdf\0.exe"), "bill.pdf.exe.bin");
        assert_eq!(named("x.pdf:stream.exe"), "x.pdf_stream.exe.bin");
        assert_eq!(named("start.lnk"), "start.lnk.bin");
    }

    #[test]
    fn a_name_without_letters_and_the_name_of_a_device_are_replaced() {
        assert_eq!((named(""), named("...")), ("file.bin".to_owned(), "file.bin".to_owned()));
        assert_eq!(named(".pdf"), "file.pdf");
        assert_eq!((named("NUL.txt"), named("com1.pdf")), ("_NUL.txt".to_owned(), "_com1.pdf".to_owned()));
        assert_eq!(named(&"x".repeat(500)).chars().count(), LONGEST_NAME + 4);
    }

    #[test]
    fn programs_are_no_files_that_a_server_takes() {
        assert_eq!(file_type("Bill.PDF"), Some("application/pdf"));
        for name in ["x.exe", "x.html", "x.svg", "pdf", "x.pdf.lnk", ""] {
            assert_eq!(file_type(name), None, "{name}");
        }
    }
}
