//! Prepared answers to guests, from a file in the data folder that the hotel's IT gives.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;

use super::Desk;
use crate::catalogue::say;
use crate::error::{DeskError, failure};
use crate::views::QuickReply;

/// The file in the data folder.
const FILE: &str = "quick-replies.toml";
/// The placeholders that the screen fills in for each conversation.
const OF_CONVERSATION: [&str; 2] = ["guest", "room"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default, rename = "reply")]
    replies: Vec<Reply>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    title: String,
    text: String,
}

impl Desk {
    /// Returns the prepared answers of this hotel; none if there is no file.
    ///
    /// # Errors
    /// [`Configuration`](crate::error::ErrorCode::Configuration) with the place of a fault in the file.
    pub fn quick_replies(&self) -> Result<Vec<QuickReply>, DeskError> {
        let path = self.inner.data_dir.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => read(&text).map_err(|cause| wrong(&path, cause)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(wrong(&path, error.to_string())),
        }
    }
}

fn wrong(path: &Path, cause: String) -> DeskError {
    failure!(Configuration, "error-quick-replies", file = path.display().to_string(), cause = cause)
}

/// Reads the file, and fills in the values of the hotel.
fn read(text: &str) -> Result<Vec<QuickReply>, String> {
    let file: File = toml::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| error.message().trim_end_matches('.').to_owned())?;
    let fill = |reply: Reply| Ok(QuickReply { text: filled(&reply.text, &file.values)?, title: reply.title });
    file.replies.into_iter().map(fill).collect()
}

fn filled(text: &str, values: &BTreeMap<String, String>) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(|| say!("quick-replies-open", text = after))?;
        filled.push_str(before);
        match values.get(name) {
            _ if OF_CONVERSATION.contains(&name) => filled.push_str(&format!("{{{name}}}")),
            Some(value) => filled.push_str(value),
            None => return Err(say!("quick-replies-no-value", name = name)),
        }
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_the_hotel_are_filled_in_and_those_of_a_conversation_stay() {
        let file = r#"
            [values]
            breakfast = "7 to 10"

            [[reply]]
            title = "Breakfast"
            text = "Dear {guest}, breakfast is from {breakfast}."
        "#;
        let text = "Dear {guest}, breakfast is from 7 to 10.".to_owned();
        assert_eq!(read(file), Ok(vec![QuickReply { title: "Breakfast".to_owned(), text }]));
        assert_eq!(read(""), Ok(vec![]));
    }

    #[test]
    fn a_fault_in_the_file_is_named() {
        let reply = |text: &str| read(&format!("[[reply]]\ntitle = 'A'\ntext = '{text}'")).unwrap_err();
        assert!(reply("from {breakfast}").contains("“breakfast”"));
        assert!(reply("Dear {guest").contains("guest"));
        assert!(read("[[reply]]\nname = 'A'").unwrap_err().contains("name"));
    }
}
