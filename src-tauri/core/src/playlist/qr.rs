//! The QR code of an address.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};
use url::Url;

use crate::views::QrView;

/// The longest address whose code a telephone can read from some metres.
const LONGEST: usize = 200;

/// Returns the code of a web address, or `None` for any other text.
pub(crate) fn of(address: &str) -> Option<QrView> {
    let address = address.trim();
    let is_web = Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_web || address.len() > LONGEST {
        return None;
    }
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        for column in 0..code.size {
            if code[row][column].value() {
                // Writing into a text cannot fail.
                let _ = write!(path, "M{column} {row}h1v1h-1z");
            }
        }
    }
    Some(QrView { size: u32::try_from(code.size).ok()?, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_web_address_has_a_code() {
        let code = of("https://killarney.example/offers/spa").unwrap();
        assert!(code.size >= 21 && code.path.starts_with("M0 0h1v1h-1z"), "the corner mark is dark");
        for none in ["", "tel:123", "javascript:alert(1)", "no address"] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
