//! Texts as the hotel's server stores them.

/// Strips a text as the server does, which uses Python: white space, and four separators that Rust's own `trim` leaves
/// (contract.md 13).
pub fn strip(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&letter))
}

/// Returns the text in one line of at most so many characters. A cut text ends in an ellipsis. Signs for the direction
/// of writing are removed with the control characters, because they could turn the words around the text.
pub fn one_line(text: &str, longest: usize) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = text.chars().map(|c| if steers(c) { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    let kept: String = line.chars().take(longest - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Returns true if the text has a NUL, the only character that the server accepts in no text.
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
