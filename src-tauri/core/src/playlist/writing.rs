//! Writes `display.toml`. Comments, the order and the form of an existing file stay.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::settings::DisplaySettings;
use crate::error::DeskError;
use crate::views::{DisplayFile, DisplayFileOffer, DisplayFilePart};

/// Returns the text of the file with these values. `before` is its text until now, empty for a new file. A text
/// that cannot be read is replaced as a whole.
///
/// # Errors
/// Code `invalid` with the wrong values.
pub(crate) fn written(file: &DisplayFile, before: &str) -> Result<String, DeskError> {
    DisplaySettings::of(file).map_err(DeskError::invalid)?;
    let mut document: DocumentMut = before.trim_start_matches('\u{feff}').parse().unwrap_or_default();
    let root = document.as_table_mut();
    let text = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(Value::from)
    };
    set(root, "monitor", text(&file.monitor));
    match file.pin.as_ref().map(crate::private::Secret::expose) {
        None => {}
        Some("") => drop(root.remove("pin")),
        Some(digits) => set(root, "pin", Some(digits.into())),
    }
    set(root, "hours", text(&file.hours));
    set(root, "weekdays", file.weekdays.as_deref().map(list));
    set(root, "message", text(&file.message));
    set(root, "seconds", file.seconds.map(Value::from));
    set(root, "clock", file.clock.map(Value::from));
    set(root, "logo", file.logo.map(Value::from));
    set(root, "qr", file.qr.map(Value::from));
    set_parts(root, file);
    set_offers(root, &file.offer);
    Ok(document.to_string())
}

/// Sets a value, or removes it. A comment beside an old value stays.
fn set(table: &mut dyn TableLike, key: &str, value: Option<Value>) {
    let Some(mut value) = value else {
        table.remove(key);
        return;
    };
    match table.get_mut(key) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

fn list(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(String::as_str).collect::<Array>())
}

fn set_parts(root: &mut Table, file: &DisplayFile) {
    let parts = &file.parts;
    let all = [
        ("welcome", &parts.welcome),
        ("offers", &parts.offers),
        ("gallery", &parts.gallery),
        ("rooms", &parts.rooms),
        ("amenities", &parts.amenities),
    ];
    if all.iter().all(|(_, part)| part.is_none()) {
        root.remove("parts");
        return;
    }
    let item = root.entry("parts").or_insert_with(|| Item::Table(Table::new()));
    // A file whose `parts` is no table was not read.
    let Some(table) = item.as_table_like_mut() else { return };
    for (name, part) in all {
        match part {
            Some(part) => set_part(table, name, part),
            None => drop(table.remove(name)),
        }
    }
}

fn set_part(parts: &mut dyn TableLike, name: &str, part: &DisplayFilePart) {
    if parts.get(name).is_none() {
        parts.insert(name, Item::Value(Value::InlineTable(InlineTable::new())));
    }
    let Some(table) = parts.get_mut(name).and_then(Item::as_table_like_mut) else { return };
    set(table, "on", part.on.map(Value::from));
    set(table, "seconds", part.seconds.map(Value::from));
}

/// Writes the rules of offers in their order. The rule of a title keeps its comments.
fn set_offers(root: &mut Table, offers: &[DisplayFileOffer]) {
    let mut before: Vec<Table> = match root.remove("offer") {
        Some(Item::ArrayOfTables(tables)) => tables.into_iter().collect(),
        _ => Vec::new(),
    };
    let mut after = ArrayOfTables::new();
    for offer in offers {
        let title = offer.title.trim();
        let known = before.iter().position(|table| {
            let known = table.get("title").and_then(Item::as_str).unwrap_or_default();
            known.trim().to_lowercase() == title.to_lowercase()
        });
        let mut table = known.map(|place| before.remove(place)).unwrap_or_default();
        set(&mut table, "title", Some(title.into()));
        set(&mut table, "on", offer.on.map(Value::from));
        set(&mut table, "seconds", offer.seconds.map(Value::from));
        set(&mut table, "hours", offer.hours.as_deref().map(Value::from));
        set(&mut table, "weekdays", offer.weekdays.as_deref().map(list));
        after.push(table);
    }
    if !after.is_empty() {
        root.insert("offer", Item::ArrayOfTables(after));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::playlist::settings::parse;
    use crate::private::Secret;

    const FILE: &str = "# The display of the lobby.\nmonitor = \"HDMI-1\" # behind the desk\npin = \"40711\"\nseconds = 20\n\n\
        [parts]\n# No rooms here.\nrooms = { on = false }\n\n\
        # Every weekend.\n[[offer]]\ntitle = \"Jazz Night\"\nweekdays = [\"fri\", \"sat\"]\n\n[[offer]]\ntitle = \"Spa\"\non = false\n";

    fn read(text: &str) -> DisplayFile {
        parse(text, Path::new("display.toml")).unwrap()
    }

    #[test]
    fn an_unchanged_file_stays_as_it_is() {
        assert_eq!(written(&read(FILE), FILE).unwrap(), FILE);
    }

    #[test]
    fn comments_stay_and_the_values_change() {
        let mut file = read(FILE);
        file.pin = None;
        file.monitor = Some("DP-2".to_owned());
        file.seconds = None;
        file.message = Some("Breakfast until 10".to_owned());
        file.parts.gallery = Some(DisplayFilePart { on: Some(true), seconds: Some(8) });
        file.offer.remove(1);
        let text = written(&file, FILE).unwrap();
        for kept in [
            "# The display of the lobby.",
            "\"DP-2\" # behind the desk",
            "# No rooms here.",
            "# Every weekend.",
            "pin = \"40711\"",
        ] {
            assert!(text.contains(kept), "{kept}: {text}");
        }
        let now = read(&text);
        assert_eq!(now.pin, Some(Secret::from("40711")), "the PIN of the file stays");
        assert_eq!(DisplayFile { pin: None, ..now }, file);
    }

    #[test]
    fn an_empty_pin_removes_it_and_a_new_one_replaces_it() {
        let with = |pin: &str| DisplayFile { pin: Some(Secret::from(pin)), ..read(FILE) };
        assert_eq!(read(&written(&with(""), FILE).unwrap()).pin, None);
        assert_eq!(read(&written(&with("1234"), FILE).unwrap()).pin, Some(Secret::from("1234")));
    }

    #[test]
    fn a_new_file_reads_as_it_was_written_and_a_wrong_one_is_not_written() {
        let file = DisplayFile { pin: None, ..read(FILE) };
        assert_eq!(read(&written(&file, "").unwrap()), file);
        let wrong = DisplayFile { seconds: Some(1), ..file };
        assert!(written(&wrong, "").unwrap_err().fields.0.contains_key("seconds"));
    }
}
