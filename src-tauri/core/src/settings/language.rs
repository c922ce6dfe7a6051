//! The language of texts, and the locale of dates and numbers.

use crate::catalogue::Language;

/// The values of the setting `language`.
pub(super) const LANGUAGES: &[&str] = &["system", "en", "de"];

/// Returns the language of this setting. `system` is the language of the operating system if the catalogue has it, and
/// English otherwise. `spoken` is the operating system's language tag.
pub(super) fn language(setting: &str, spoken: Option<&str>) -> Language {
    let tag = if setting == "system" { spoken.unwrap_or_default() } else { setting };
    Language::ALL.into_iter().find(|language| language_of(tag) == language.tag()).unwrap_or_default()
}

/// Returns the language tag by which dates and numbers are formatted: the words of the texts' language, in the order
/// and with the clock of the region. `region` is the two letters of a country; without it the operating system's region
/// applies, and without that the language alone decides.
pub(super) fn locale(language: Language, region: Option<&str>, spoken: Option<&str>) -> String {
    let region = region.or_else(|| spoken.and_then(region_of));
    match region {
        Some(region) => format!("{}-{region}", language.tag()),
        None => language.tag().to_owned(),
    }
}

/// `de` of `de-AT` and `de_AT.UTF-8`.
fn language_of(tag: &str) -> &str {
    tag.split(['-', '_', '.']).next().unwrap_or_default()
}

/// `AT` of `de-AT`, `de-Latn-AT` and `de_AT.UTF-8`.
fn region_of(tag: &str) -> Option<&str> {
    let tag = tag.split(['.', '@']).next().unwrap_or_default();
    tag.split(['-', '_']).skip(1).find(|part| part.len() == 2 && part.chars().all(|c| c.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_chosen_one_or_the_systems_or_english() {
        assert_eq!(language("de", Some("en-IE")), Language::German);
        assert_eq!(language("en", Some("de-DE")), Language::English);
        assert_eq!(language("system", Some("de-AT")), Language::German);
        assert_eq!(language("system", Some("fr-FR")), Language::English);
        assert_eq!(language("system", None), Language::English);
    }

    #[test]
    fn dates_follow_the_chosen_region_or_the_systems() {
        assert_eq!(locale(Language::English, Some("IE"), Some("de-DE")), "en-IE");
        assert_eq!(locale(Language::English, None, Some("de-Latn-AT")), "en-AT");
        assert_eq!(locale(Language::German, None, Some("en_US.UTF-8")), "de-US");
        assert_eq!(locale(Language::German, None, Some("C")), "de");
        assert_eq!(locale(Language::German, None, None), "de");
    }
}
