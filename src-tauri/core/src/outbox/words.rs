//! Intents in words that a receptionist understands.

use crate::desk::views::{IntentKind, OutboxItem};
use crate::model::{FieldErrors, Intent, IntentState, OfferField, Trouble, Wish};

/// One row of the outbox screen. `lane`: everything that waits for the same offer; `title`: the offer's title as
/// the person sees it.
pub fn item(intent: &Intent, lane: &[Intent], title: String) -> OutboxItem {
    let fields = match &intent.note.trouble {
        Some(Trouble::Rejected { fields, .. }) if intent.state == IntentState::Attention => fields.clone(),
        _ => FieldErrors::default(),
    };
    let waits = matches!(intent.state, IntentState::Waiting | IntentState::Unclear);
    OutboxItem {
        id: intent.id,
        kind: kind(&intent.wish),
        offer: Some(intent.lane),
        summary: summary(&intent.wish, &title),
        discard_loses: discard_loses(intent, lane, &title),
        title,
        state: intent.state,
        reason: reason(intent),
        fields,
        attempts: intent.note.attempts,
        next_try: (waits && intent.not_before > 0)
            .then(|| jiff::Timestamp::from_millisecond(intent.not_before).ok())
            .flatten(),
        created_at: intent.created_at,
        removed_there: was_removed_there(intent),
        can_retry: intent.wish != Wish::Unreadable
            && matches!(intent.state, IntentState::Attention | IntentState::Waiting | IntentState::Unclear),
    }
}

fn kind(wish: &Wish) -> IntentKind {
    match wish {
        Wish::CreateOffer { .. } => IntentKind::CreateOffer,
        Wish::EditOffer { .. } => IntentKind::EditOffer,
        Wish::SetOfferPicture { .. } => IntentKind::SetOfferPicture,
        Wish::DeleteOffer { .. } => IntentKind::DeleteOffer,
        Wish::Unreadable => IntentKind::Unreadable,
    }
}

fn summary(wish: &Wish, title: &str) -> String {
    match wish {
        Wish::CreateOffer { .. } => format!("Add the offer “{title}”."),
        Wish::EditOffer { edits } => {
            let names: Vec<&str> = edits.iter().map(|edit| field_name(edit.field())).collect();
            format!("Change {} of “{title}”.", names.join(", "))
        }
        Wish::SetOfferPicture { picture: Some(_), .. } => format!("Put a picture on “{title}”."),
        Wish::SetOfferPicture { picture: None, .. } => format!("Take the picture off “{title}”."),
        Wish::DeleteOffer { .. } => format!("Remove the offer “{title}”."),
        Wish::Unreadable => "A change that this version of the program cannot read.".to_owned(),
    }
}

/// The hotel removed the offer, and a person has to choose.
fn was_removed_there(intent: &Intent) -> bool {
    intent.state == IntentState::Attention && intent.note.trouble == Some(Trouble::DeletedThere)
}

fn discard_loses(intent: &Intent, lane: &[Intent], title: &str) -> String {
    if was_removed_there(intent) {
        // Without the offer nothing else of the lane can stand.
        let lost = changed_things(lane);
        let lost = if lost.is_empty() { "everything that you changed in it".to_owned() } else { lost };
        return format!("“{title}” stays removed, and your changes are lost: {lost}.");
    }
    match &intent.wish {
        Wish::CreateOffer { .. } => format!("The whole new offer “{title}” with its picture is lost."),
        Wish::EditOffer { .. } => {
            let names = changed_things(std::slice::from_ref(intent));
            format!("What you wrote in {names} is lost; the hotel's text stays.")
        }
        Wish::SetOfferPicture { picture: Some(_), .. } => "Your picture is not put on the offer.".to_owned(),
        Wish::SetOfferPicture { picture: None, .. } => "The picture stays on the offer.".to_owned(),
        Wish::DeleteOffer { .. } => format!("“{title}” stays at the hotel."),
        Wish::Unreadable => "The change is lost; nobody can tell what it was.".to_owned(),
    }
}

/// What these wishes change, each thing once, as part of a sentence.
fn changed_things(intents: &[Intent]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for intent in intents {
        let more = match &intent.wish {
            Wish::EditOffer { edits } => edits.iter().map(|edit| field_name(edit.field())).collect(),
            Wish::SetOfferPicture { .. } => vec!["the picture"],
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

/// A field's name in a sentence.
pub fn field_name(field: OfferField) -> &'static str {
    match field {
        OfferField::Title => "the title",
        OfferField::ShortDescription => "the short description",
        OfferField::DetailsText => "the plain details",
        OfferField::DetailsHtml => "the details",
        OfferField::Validity => "the dates",
        OfferField::Tag => "the tag",
        OfferField::BookNowUrl => "the booking link",
        OfferField::SortOrder => "the order",
        OfferField::IsActive => "whether it is shown",
    }
}

fn reason(intent: &Intent) -> String {
    if intent.state == IntentState::InFlight {
        return "It is on its way.".to_owned();
    }
    if intent.state == IntentState::Conflict {
        return "A colleague changed the same thing meanwhile. Choose which one shall stand.".to_owned();
    }
    if intent.wish == Wish::Unreadable {
        return "It was written by another version of the program. It is kept as it is.".to_owned();
    }
    let with = |sentence: &str, message: &str| match message {
        "" => sentence.to_owned(),
        said => format!("{sentence} It said: {said}"),
    };
    match &intent.note.trouble {
        None => String::new(),
        Some(Trouble::Offline) => "The hotel cannot be reached.".to_owned(),
        Some(Trouble::Busy { message }) => with("The hotel is busy; it is tried again.", message),
        Some(Trouble::Unclear) => {
            "No answer came back. The hotel is read first, so that nothing is sent twice.".to_owned()
        }
        Some(Trouble::Rejected { fields, message }) if fields.is_empty() => {
            with("The hotel did not accept it.", message)
        }
        Some(Trouble::Rejected { fields, .. }) => {
            let sentences: Vec<String> =
                fields.0.iter().map(|(field, errors)| format!("{field}: {}", errors.join(" "))).collect();
            format!("The hotel did not accept it. {}", sentences.join(" "))
        }
        Some(Trouble::Forbidden { message }) => with("You are not allowed to do this.", message),
        Some(Trouble::DeletedThere) => {
            "A colleague removed this offer while you changed it. You can create it again as a new offer, or \
             drop your changes."
                .to_owned()
        }
        Some(Trouble::ServerTrouble { message }) => {
            with("The hotel's server failed several times in the same way.", message)
        }
        Some(Trouble::Unexpected { message }) => {
            with("The hotel's answer makes no sense to this program.", message)
        }
        Some(Trouble::PictureLost) => {
            "The prepared picture is not on this computer any more. Choose it again.".to_owned()
        }
    }
}
