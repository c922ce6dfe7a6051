//! Files in the chat (`contract.md 8.5`).
//!
//! The message is stored before its files are checked. So a request without a valid file is refused and still leaves a
//! message without files, of which no event is sent (`contract.md 12`, trap 6).

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::super::Outcome;
use super::super::body::{FilePart, Input};
use super::super::call::{Call, ok, row_id};
use super::super::refusal::Refusal;
use super::events::{of_guests_files, of_staffs_files};
use super::shown::{attachment, shown};
use super::{found, reply_in, sender, unsent};
use crate::clock::to_micros;
use crate::store::chat::{Attachment, Conversation, Message};
use crate::store::people::Staff;
use crate::store::pictures::Upload;

/// The largest file, in bytes.
const MAX_BYTES: usize = 50 * 1024 * 1024;

/// The text of a message that has only files.
const FILE_SHARED: &str = "[File shared]";

/// The files that may be sent: the end of the name, the type in messages, and the content type of the stored file.
const ALLOWED: [(&str, &str, &str); 13] = [
    ("jpg", "image", "image/jpeg"),
    ("jpeg", "image", "image/jpeg"),
    ("png", "image", "image/png"),
    ("gif", "image", "image/gif"),
    ("webp", "image", "image/webp"),
    ("bmp", "image", "image/bmp"),
    ("pdf", "pdf", "application/pdf"),
    ("doc", "document", "application/msword"),
    ("docx", "document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "document", "application/vnd.ms-excel"),
    ("xlsx", "document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("txt", "document", "text/plain; charset=utf-8"),
    ("csv", "document", "text/csv; charset=utf-8"),
];

/// A message that has received files.
pub(super) struct Received {
    pub(super) message: Message,
    /// True if the message was made for the files.
    pub(super) is_new: bool,
    pub(super) attachments: Vec<Attachment>,
    /// A sentence for each refused file.
    pub(super) warnings: Vec<String>,
}

impl Received {
    /// Returns the answer to the upload, with the message as this server shows it.
    pub(super) fn answer(&self, call: &Call, message: &Value) -> Value {
        let attachments: Vec<Value> =
            self.attachments.iter().map(|file| attachment(&call.base(), file)).collect();
        let mut answer = json!({"message": message, "attachments": attachments, "success": true});
        if !self.warnings.is_empty() {
            answer["warnings"] = json!(self.warnings);
        }
        answer
    }
}

pub(crate) async fn upload(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let sender = sender(&call)?;
    call.only("POST, OPTIONS")?;
    let conversation = found(&call, &id)?;
    let received = receive(&call, &slug, &conversation, sender.as_ref()).await?;
    let whole = shown(&call, &conversation, &received.message)?;
    match sender {
        Some(_) => of_staffs_files(&call, &conversation, &whole, received.is_new).await,
        None => of_guests_files(&call, &conversation, &whole, received.is_new).await?,
    }
    ok(received.answer(&call, &whole))
}

/// Stores the message and the valid files of a request.
///
/// # Errors
/// A refusal after the message was stored, if there is no valid file.
pub(super) async fn receive(
    call: &Call,
    slug: &str,
    conversation: &Conversation,
    sender: Option<&Staff>,
) -> Result<Received, Refusal> {
    if call.app.store.hotel_id(slug)?.is_none() {
        return Err(Refusal::not_found("Hotel"));
    }
    if conversation.hotel_slug != slug {
        let text = "Conversation does not belong to this hotel";
        return Err(Refusal::error(StatusCode::BAD_REQUEST, text));
    }
    let input = call.input().await?;
    call.pass_gate().await;
    let existing = number(&input, "message_id");
    let message = match existing {
        Some(id) => call.app.store.message(id)?.ok_or_else(|| Refusal::not_found("RoomMessage"))?,
        None => made_for_files(call, conversation, sender, &input)?,
    };
    let files: Vec<&FilePart> = input.parts.iter().filter(|part| part.field == "files").collect();
    if files.is_empty() {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "No files provided"));
    }
    let (mut attachments, mut warnings) = (Vec::new(), Vec::new());
    for file in files {
        match checked(file) {
            Ok((extension, file_type, content_type)) => {
                let upload =
                    Upload { folder: "chat_attachments/", extension, content_type, bytes: &file.bytes };
                attachments.push(stored(call, message.id, file, file_type, &upload)?);
            }
            Err(reason) => warnings.push(format!("{}: {reason}", file.file_name)),
        }
    }
    if attachments.is_empty() {
        let whole = Map::from_iter([
            ("error".to_owned(), "No valid files uploaded".into()),
            ("details".to_owned(), json!(warnings)),
        ]);
        return Err(Refusal::Object(StatusCode::BAD_REQUEST, whole));
    }
    Ok(Received { message, is_new: existing.is_none(), attachments, warnings })
}

/// Returns a number of a form, whose values are texts.
fn number(input: &Input, name: &str) -> Option<i64> {
    input.values.get(name).and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok()))
}

fn made_for_files(
    call: &Call,
    conversation: &Conversation,
    sender: Option<&Staff>,
    input: &Input,
) -> Result<Message, Refusal> {
    let text = input.values.get("message").and_then(Value::as_str).unwrap_or_default().trim();
    let text = if text.is_empty() { FILE_SHARED } else { text };
    let mut message = Message {
        reply_to: reply_in(call, conversation, number(input, "reply_to"))?,
        ..unsent(call, conversation, sender, text)
    };
    call.app.store.save(&mut message, to_micros(call.now()))?;
    Ok(message)
}

fn checked(file: &FilePart) -> Result<(&'static str, &'static str, &'static str), String> {
    if file.bytes.len() > MAX_BYTES {
        let megabytes = file.bytes.len() as f64 / (1024.0 * 1024.0);
        return Err(format!("File too large ({megabytes:.2}MB, max 50MB)"));
    }
    let end = file.file_name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    let allowed = ALLOWED.iter().find(|(allowed, ..)| Some(*allowed) == end.as_deref());
    allowed.copied().ok_or_else(|| {
        let end = end.map(|end| format!(".{end}")).unwrap_or_default();
        format!("File type '{end}' not allowed. Allowed: images, PDF, documents")
    })
}

fn stored(
    call: &Call,
    message_id: i64,
    file: &FilePart,
    file_type: &str,
    upload: &Upload<'_>,
) -> Result<Attachment, Refusal> {
    let now = call.now();
    let mut attachment = Attachment {
        message_id,
        file: call.app.store.add_upload(call.app.seed, now.as_second(), upload)?,
        file_name: file.file_name.clone(),
        file_type: file_type.to_owned(),
        file_size: file.bytes.len(),
        mime_type: file.content_type.clone(),
        ..Attachment::default()
    };
    call.app.store.save(&mut attachment, to_micros(now))?;
    Ok(attachment)
}

/// Fails with a 500 for the sender of the file, as on the real servers, and refuses everyone else.
pub(crate) async fn delete(Path(id): Path<String>, call: Call) -> Outcome {
    let sender = sender(&call)?;
    call.only("DELETE, OPTIONS")?;
    let file = call.app.store.attachment(row_id(&id)?)?;
    let file = file.ok_or_else(|| Refusal::not_found("MessageAttachment"))?;
    let message = call.app.store.message(file.message_id)?;
    let message = message.ok_or_else(|| Refusal::not_found("RoomMessage"))?;
    let refused = |text: &str| Err(Refusal::error(StatusCode::FORBIDDEN, text));
    match (sender.map(|staff| staff.id), message.staff_id) {
        (Some(own), Some(theirs)) if own != theirs => refused("You can only delete your own attachments"),
        (Some(_), None) | (None, Some(_)) => refused("You don't have permission to delete this attachment"),
        _ => Err(Refusal::Crash(
            "AttributeError: 'CloudinaryResource' object has no attribute 'delete'".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: usize) -> FilePart {
        let bytes = vec![0; bytes].into();
        FilePart { field: "files".to_owned(), file_name: name.to_owned(), content_type: String::new(), bytes }
    }

    #[test]
    fn a_file_of_exactly_fifty_megabytes_is_accepted_and_one_byte_more_is_refused() {
        assert_eq!(checked(&file("Bill.PDF", MAX_BYTES)).map(|(_, kind, _)| kind), Ok("pdf"));
        assert_eq!(
            checked(&file("bill.pdf", MAX_BYTES + 1)),
            Err("File too large (50.00MB, max 50MB)".to_owned())
        );
    }

    #[test]
    fn a_name_without_an_end_is_refused_with_an_empty_type() {
        let reason = "File type '' not allowed. Allowed: images, PDF, documents";
        assert_eq!(checked(&file("README", 1)), Err(reason.to_owned()));
    }
}
