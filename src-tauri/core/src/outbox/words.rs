//! Describes intents in words that a receptionist understands.

use crate::catalogue::{say, text};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::records::{Field, FieldEdit, FieldErrors, Slot};
use crate::resources::Kind;
use crate::views::{IntentKind, OutboxItem, Question};
use crate::words::absent;

/// Builds one row of the outbox screen. `lane` contains all intents of the same entity, and `title` is the entity's
/// title. `about` is `None` if this version does not know the kind of the entity.
pub fn item(intent: &Intent, lane: &[Intent], about: Option<Kind>, title: String) -> OutboxItem {
    let words = Words { about, title: title.clone() };
    let fields = match trouble_of(intent) {
        Some(Trouble::Rejected { fields, .. }) => fields.clone(),
        _ => FieldErrors::default(),
    };
    let waits = matches!(intent.state, IntentState::Waiting | IntentState::Unclear);
    OutboxItem {
        id: intent.id,
        kind: kind(&intent.operation),
        about,
        entity: intent.lane,
        summary: words.summary(intent),
        discard_loses: words.discard_loses(intent, lane),
        title,
        state: intent.state,
        code: trouble_of(intent).map(|trouble| trouble.name().to_owned()),
        reason: reason(intent, about),
        fields,
        attempts: intent.note.attempts,
        next_try: (waits && intent.not_before > 0)
            .then(|| jiff::Timestamp::from_millisecond(intent.not_before).ok())
            .flatten(),
        created_at: intent.created_at,
        removed_there: was_removed_there(intent),
        question: question(intent),
        like: Vec::new(),
        is_doubtful: false,
        can_retry: intent.operation != Operation::Unreadable
            && !matches!(intent.note.trouble, Some(Trouble::PictureNotKept | Trouble::TextLost))
            && matches!(intent.state, IntentState::Attention | IntentState::Waiting | IntentState::Unclear),
    }
}

/// Updates the question about a create whose similar entities the hotel has removed meanwhile.
pub fn likeness_removed(item: &mut OutboxItem) {
    let looks_like = item.code.as_deref() == Some("looks_like") && item.state == IntentState::Attention;
    if let (true, true, Some(about)) = (looks_like, item.like.is_empty(), item.about) {
        item.code = Some("like_removed".to_owned());
        item.reason = say!("outbox-why-like_removed", noun = about.one());
    }
}

fn kind(operation: &Operation) -> IntentKind {
    match operation {
        Operation::Create { .. } => IntentKind::Create,
        Operation::Edit { .. } => IntentKind::Edit,
        Operation::SetPicture { .. } => IntentKind::SetPicture,
        Operation::Delete { .. } => IntentKind::Delete,
        Operation::AddImage { .. } => IntentKind::AddImage,
        Operation::MoveImage { .. } => IntentKind::MoveImage,
        Operation::RemoveImage { .. } => IntentKind::RemoveImage,
        Operation::Say { .. } => IntentKind::Say,
        Operation::Unreadable => IntentKind::Unreadable,
    }
}

/// Returns the question to the person, if there is one.
fn question(intent: &Intent) -> Option<Question> {
    match &intent.note.trouble {
        _ if intent.state != IntentState::Attention => None,
        Some(Trouble::UndoneByUpload) => Some(Question::MakeAgain),
        Some(Trouble::ChangedSince { .. }) => Some(Question::RemoveChanged),
        Some(Trouble::CameBack) => Some(Question::RemoveAgain),
        Some(Trouble::PictureNotKept) => Some(Question::ChoosePicture),
        _ => None,
    }
}

/// The sentences about one entity.
struct Words {
    about: Option<Kind>,
    title: String,
}

impl Words {
    /// Returns the entity's noun for the middle of a sentence.
    fn it(&self) -> String {
        match (self.about, self.title.as_str()) {
            (Some(Kind::Branding), _) => say!("outbox-it-branding"),
            (Some(Kind::Gallery), "") => say!("outbox-it-untitled"),
            (Some(Kind::Conversation), "") => say!("outbox-it-conversation-unknown"),
            (Some(Kind::Conversation), room) => say!("outbox-it-conversation", title = room),
            (_, title) => say!("outbox-it", title = title),
        }
    }

    fn summary(&self, intent: &Intent) -> String {
        let name = match question(intent) {
            Some(Question::ChoosePicture) => "choose_picture",
            _ => intent.operation.name(),
        };
        let names = changed_parts(self.about, std::slice::from_ref(intent));
        self.said(&format!("outbox-summary-{name}"), &intent.operation, names)
    }

    fn discard_loses(&self, intent: &Intent, lane: &[Intent]) -> String {
        let (name, intents) = match question(intent) {
            // Nothing else in the lane can be done without the entity.
            _ if was_removed_there(intent) => ("removed_there", lane),
            Some(Question::ChoosePicture) => ("choose_picture", &[] as &[_]),
            _ if intent.may_be_made() => ("create_perhaps", &[] as &[_]),
            _ => (intent.operation.name(), std::slice::from_ref(intent)),
        };
        let lost = changed_parts(self.about, intents);
        let lost = if lost.is_empty() { say!("outbox-everything") } else { lost };
        self.said(&format!("outbox-loses-{name}"), &intent.operation, lost)
    }

    fn said(&self, key: &str, operation: &Operation, names: String) -> String {
        let slot = match operation {
            Operation::SetPicture { slot, .. } => *slot,
            _ => Slot::default(),
        };
        let noun = self.about.map(Kind::one).unwrap_or_default();
        let (it, place) = (self.it(), slot_name(slot));
        text(
            key,
            &[
                ("it", it.into()),
                ("noun", noun.into()),
                ("slot", slot.name().into()),
                ("place", place.into()),
                ("names", names.into()),
            ],
        )
    }
}

/// Returns true if the hotel removed the entity and a person has to choose.
fn was_removed_there(intent: &Intent) -> bool {
    intent.state == IntentState::Attention
        && matches!(intent.note.trouble, Some(Trouble::DeletedThere | Trouble::RemovedLate))
}

/// Returns the names of the fields and pictures that these intents change, each once, as part of a sentence.
fn changed_parts(about: Option<Kind>, intents: &[Intent]) -> String {
    let mut names: Vec<String> = Vec::new();
    for intent in intents {
        let more: Vec<String> = match &intent.operation {
            Operation::Edit { edits } => field_names(about, edits.iter().map(FieldEdit::field)),
            Operation::SetPicture { slot, .. } => vec![slot_name(*slot)],
            _ => Vec::new(),
        };
        for name in more {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.join(", ")
}

fn slot_name(slot: Slot) -> String {
    text(&format!("slot-{}", slot.name()), &[])
}

/// Returns the names of fields for a sentence, in the order in which a person reads them.
fn field_names<'a>(about: Option<Kind>, fields: impl Iterator<Item = &'a Field>) -> Vec<String> {
    let mut fields: Vec<&Field> = fields.collect();
    fields.sort_by_key(|field| about.map(|about| about.table().place_of(field)));
    fields.into_iter().map(field_name).collect()
}

/// Returns a field's name for a sentence: the server's name in words, unless that is not clear to a receptionist.
fn field_name(field: &Field) -> String {
    let name = field.0.as_str();
    let words = name.strip_suffix("_override").unwrap_or(name).replace('_', " ").replace("color", "colour");
    say!("field-named", name = name, words = words)
}

/// Returns the reason why an intent does not proceed, in words; empty if it only waits for its turn.
pub fn reason(intent: &Intent, about: Option<Kind>) -> String {
    let Some(kind) = about else { return say!("outbox-about-unknown") };
    match (intent.state, &intent.operation) {
        (IntentState::InFlight, _) => say!("outbox-in_flight"),
        (IntentState::Conflict, _) => say!("outbox-conflict"),
        (_, Operation::Unreadable) => say!("outbox-unreadable"),
        (state, _) => trouble_of(intent).map_or_else(String::new, |trouble| why(trouble, state, kind)),
    }
}

/// Returns the reason why the intent does not proceed, unless its state already explains it.
fn trouble_of(intent: &Intent) -> Option<&Trouble> {
    let says_its_state = matches!(intent.state, IntentState::InFlight | IntentState::Conflict);
    intent.note.trouble.as_ref().filter(|_| !says_its_state && intent.operation != Operation::Unreadable)
}

/// Explains why the intent does not proceed, or asks the person. Invalid fields are listed separately.
fn why(trouble: &Trouble, state: IntentState, about: Kind) -> String {
    let reason = match trouble {
        Trouble::PictureHost { message } => message.clone(),
        Trouble::FieldGone { field } => field_name(field),
        Trouble::NoSuchPart { missing } => missing.map_or_else(String::new, |(part, why)| absent(part, why)),
        Trouble::ChangedSince { fields, picture } => {
            let mut names = field_names(Some(about), fields.iter());
            names.extend(picture.then(|| slot_name(Slot::Photo)));
            names.join(", ")
        }
        _ => String::new(),
    };
    let asked = if state == IntentState::Attention { "yes" } else { "no" };
    let sentence = text(
        &format!("outbox-why-{}", trouble.name()),
        &[
            ("kind", about.resource().name.into()),
            ("noun", about.one().into()),
            ("many", about.many().into()),
            ("asked", asked.into()),
            ("told", reason.into()),
        ],
    );
    match trouble {
        Trouble::NotRead { message }
        | Trouble::Rejected { message, .. }
        | Trouble::Forbidden { message }
        | Trouble::ServerTrouble { message }
        | Trouble::Unexpected { message }
            if !message.is_empty() =>
        {
            format!("{sentence} {}", say!("outbox-said", message = message.as_str()))
        }
        _ => sentence,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Returns all troubles as rows store them.
    fn all_troubles() -> Vec<Value> {
        let plain = [
            "offline",
            "busy",
            "overwritten",
            "sign_in_needed",
            "not_read",
            "list_moves",
            "unclear",
            "other_row",
            "forbidden",
            "deleted_there",
            "server_trouble",
            "unexpected",
            "picture_lost",
            "picture_too_large",
            "removed_late",
            "picture_host",
            "undone_by_upload",
            "came_back",
            "picture_not_kept",
            "unsettled",
            "not_again",
            "text_lost",
            "stopped",
            "as_guest",
        ];
        let others = [
            json!({"trouble": "rejected", "fields": {"tag": ["Too long."]}, "message": ""}),
            json!({"trouble": "changed_since", "fields": ["details_html", "email_override"], "picture": true}),
            json!({"trouble": "looks_like", "like": [7]}),
            json!({"trouble": "field_gone", "field": "tag"}),
            json!({"trouble": "no_such_part", "missing": [{"of": "offer"}, "absent"]}),
        ];
        plain.map(|name| json!({"trouble": name, "message": "Why."})).into_iter().chain(others).collect()
    }

    #[test]
    fn every_trouble_has_a_sentence_under_the_name_by_which_it_is_kept() {
        for stored in all_troubles() {
            let trouble: Trouble = serde_json::from_value(stored.clone()).unwrap();
            assert_eq!(trouble.name(), stored["trouble"]);
            for (kind, state) in
                [(Kind::Offer, IntentState::Waiting), (Kind::Gallery, IntentState::Attention)]
            {
                let said = why(&trouble, state, kind);
                assert!(said.ends_with(['.', '?']) && said.contains(' ') && !said.contains('{'), "{said}");
            }
        }
    }

    #[test]
    fn every_intent_says_what_it_does_and_what_is_lost_with_it() {
        let image = json!(uuid::Uuid::nil());
        let hash = json!("0".repeat(64));
        let operations = [
            json!({"operation": "create", "content": {}}),
            json!({"operation": "edit", "edits": []}),
            json!({"operation": "set_picture", "picture": hash, "was": null, "slot": "photo"}),
            json!({"operation": "set_picture", "picture": hash, "was": null, "slot": "hero_image"}),
            json!({"operation": "set_picture", "picture": null, "was": null, "slot": "photo"}),
            json!({"operation": "delete", "title": "Spa"}),
            json!({"operation": "add_image", "image": image, "picture": hash, "caption": "", "after": null, "uploaded": null}),
            json!({"operation": "move_image", "image": image, "after": null}),
            json!({"operation": "remove_image", "image": image}),
            json!({"operation": "say", "reply_to": null}),
        ];
        let words = Words { about: Some(Kind::RoomType), title: "Suite".to_owned() };
        let read = |stored: Value| serde_json::from_value::<Operation>(stored).unwrap();
        let more =
            ["choose_picture", "create_perhaps", "removed_there"].map(|name| (name, Operation::Unreadable));
        let operations: Vec<Operation> =
            operations.into_iter().map(read).chain([Operation::Unreadable]).collect();
        let names = operations.iter().map(|operation| (operation.name(), operation.clone()));
        for (name, operation) in names.chain(more) {
            let loses = words.said(&format!("outbox-loses-{name}"), &operation, "the tag".to_owned());
            assert!(loses.ends_with('.') && !loses.contains('{'), "{loses}");
            if !["create_perhaps", "removed_there"].contains(&name) {
                let summary = words.said(&format!("outbox-summary-{name}"), &operation, "the tag".to_owned());
                assert!(summary.ends_with('.') && !summary.contains('{'), "{summary}");
            }
        }
    }
}
