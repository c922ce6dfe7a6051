//! Texts as the hotel's server keeps them.

/// The server strips every text as Python does: white space, and four separators that Rust's own `trim` leaves
/// (contract.md 13).
pub fn strip(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&letter))
}

/// The text holds the one character that the server takes in no text.
pub(super) fn has_nul(text: &str) -> bool {
    text.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_python_takes_for_white_space_is_taken_off_both_ends() {
        for space in [
            "\t", "\u{b}", "\u{c}", "\u{1c}", "\u{1d}", "\u{1e}", "\u{1f}", " ", "\u{85}", "\u{a0}",
            "\u{3000}",
        ] {
            assert_eq!(strip(&format!("{space}a{space}b{space}")), format!("a{space}b"), "{space:?}");
        }
    }

    #[test]
    fn what_python_leaves_is_left() {
        for letter in ["\u{0}", "\u{1b}", "\u{200b}", "\u{feff}", "\u{180e}"] {
            assert_eq!(strip(letter), letter, "{letter:?}");
        }
    }
}
