//! Intents in words that a receptionist understands.

use crate::model::{Intent, IntentState, Trouble, Wish};
use crate::records::{Field, FieldEdit, FieldErrors, Slot};
use crate::resources::Kind;
use crate::views::{IntentKind, OutboxItem, Question};

/// One row of the outbox screen. `lane`: everything that waits for the same thing; `title`: what the person calls it.
pub fn item(intent: &Intent, lane: &[Intent], about: Kind, title: String) -> OutboxItem {
    let words = Words { about, title: title.clone() };
    let fields = match &intent.note.trouble {
        Some(Trouble::Rejected { fields, .. }) if intent.state == IntentState::Attention => fields.clone(),
        _ => FieldErrors::default(),
    };
    let waits = matches!(intent.state, IntentState::Waiting | IntentState::Unclear);
    OutboxItem {
        id: intent.id,
        kind: kind(&intent.wish),
        about,
        thing: intent.lane,
        summary: match question(intent) {
            Some(Question::ChoosePicture) => format!("Choose the picture of {} again.", words.it()),
            _ => words.summary(&intent.wish),
        },
        discard_loses: words.discard_loses(intent, lane),
        title,
        state: intent.state,
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
        can_retry: intent.wish != Wish::Unreadable
            && intent.note.trouble != Some(Trouble::PictureNotKept)
            && matches!(intent.state, IntentState::Attention | IntentState::Waiting | IntentState::Unclear),
    }
}

fn kind(wish: &Wish) -> IntentKind {
    match wish {
        Wish::Create { .. } => IntentKind::Create,
        Wish::Edit { .. } => IntentKind::Edit,
        Wish::SetPicture { .. } => IntentKind::SetPicture,
        Wish::Delete { .. } => IntentKind::Delete,
        Wish::AddImage { .. } => IntentKind::AddImage,
        Wish::MoveImage { .. } => IntentKind::MoveImage,
        Wish::RemoveImage { .. } => IntentKind::RemoveImage,
        Wish::Unreadable => IntentKind::Unreadable,
    }
}

/// What the person is asked.
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

/// Sentences about one thing.
struct Words {
    about: Kind,
    title: String,
}

impl Words {
    /// The thing in the middle of a sentence.
    fn it(&self) -> String {
        match (self.about, self.title.as_str()) {
            (Kind::Branding, _) => "the hotel's settings".to_owned(),
            (Kind::Gallery, "") => "the gallery".to_owned(),
            (_, title) => format!("“{title}”"),
        }
    }

    fn noun(&self) -> &'static str {
        self.about.resource().nouns.one
    }

    fn summary(&self, wish: &Wish) -> String {
        let (it, noun) = (self.it(), self.noun());
        match wish {
            Wish::Create { .. } => format!("Add the {noun} {it}."),
            Wish::Edit { edits } => {
                let names = field_names(self.about, edits.iter().map(FieldEdit::field));
                format!("Change {} of {it}.", names.join(", "))
            }
            Wish::SetPicture { slot: Slot::Photo, picture: Some(_), .. } => format!("Put a picture on {it}."),
            Wish::SetPicture { slot, picture: Some(_), .. } => format!("Change {}.", slot_name(*slot)),
            Wish::SetPicture { picture: None, .. } => format!("Take the picture off {it}."),
            Wish::Delete { .. } => format!("Remove the {noun} {it}."),
            Wish::AddImage { .. } => format!("Add a picture to {it}."),
            Wish::MoveImage { .. } => format!("Move a picture in {it}."),
            Wish::RemoveImage { .. } => format!("Take a picture out of {it}."),
            Wish::Unreadable => "A change that this version of the program cannot read.".to_owned(),
        }
    }

    fn discard_loses(&self, intent: &Intent, lane: &[Intent]) -> String {
        let (it, noun) = (self.it(), self.noun());
        if was_removed_there(intent) {
            // Without the thing nothing else of the lane can stand.
            let lost = changed_things(self.about, lane);
            let lost = if lost.is_empty() { "everything that you changed in it".to_owned() } else { lost };
            return format!("{it} stays removed, and your changes are lost: {lost}.");
        }
        if question(intent) == Some(Question::ChoosePicture) {
            return format!("Nothing. The {noun} stays without a picture.");
        }
        match &intent.wish {
            Wish::Create { .. } if intent.may_be_made() => format!(
                "The new {noun} {it} may be at the hotel already. Then it stays there. What waits with it is lost."
            ),
            Wish::Create { .. } => format!("The whole new {noun} {it} with its picture is lost."),
            Wish::Edit { .. } => {
                let names = changed_things(self.about, std::slice::from_ref(intent));
                format!("What you wrote in {names} is lost; the hotel's text stays.")
            }
            Wish::SetPicture { slot: Slot::Photo, picture: Some(_), .. } => {
                format!("Your picture is not put on the {noun}.")
            }
            Wish::SetPicture { slot, picture: Some(_), .. } => {
                format!("Your picture is not used for {}.", slot_name(*slot))
            }
            Wish::SetPicture { picture: None, .. } => format!("The picture stays on the {noun}."),
            Wish::Delete { .. } => format!("{it} stays at the hotel."),
            Wish::AddImage { .. } => "Your picture does not come into the gallery.".to_owned(),
            Wish::MoveImage { .. } => "The picture stays where it is at the hotel.".to_owned(),
            Wish::RemoveImage { .. } => "The picture stays in the gallery.".to_owned(),
            Wish::Unreadable => "The change is lost; nobody can tell what it was.".to_owned(),
        }
    }
}

/// The hotel removed the thing, and a person has to choose.
fn was_removed_there(intent: &Intent) -> bool {
    intent.state == IntentState::Attention && intent.note.trouble == Some(Trouble::DeletedThere)
}

/// What these wishes change, each thing once, as part of a sentence.
fn changed_things(about: Kind, intents: &[Intent]) -> String {
    let mut names: Vec<String> = Vec::new();
    for intent in intents {
        let more: Vec<String> = match &intent.wish {
            Wish::Edit { edits } => field_names(about, edits.iter().map(FieldEdit::field)),
            Wish::SetPicture { slot, .. } => vec![slot_name(*slot).to_owned()],
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

fn slot_name(slot: Slot) -> &'static str {
    match slot {
        Slot::Photo => "the picture",
        Slot::HeroImage => "the large picture of the hotel",
        Slot::LandingPageImage => "the picture of the landing page",
        Slot::Logo => "the logo",
    }
}

/// The names of fields in a sentence, in the order in which a person reads them.
fn field_names<'a>(about: Kind, fields: impl Iterator<Item = &'a Field>) -> Vec<String> {
    let mut fields: Vec<&Field> = fields.collect();
    fields.sort_by_key(|field| about.table().place_of(field));
    fields.into_iter().map(field_name).collect()
}

/// A field's name in a sentence: the server's name in words, but where that says little to a receptionist.
fn field_name(field: &Field) -> String {
    let words = match field.0.as_str() {
        "details_text" => "plain details",
        "details_html" => "details",
        "validity" => "dates",
        "book_now_url" => "booking link",
        "sort_order" => "order",
        "is_active" => return "whether it is shown".to_owned(),
        name => &name.strip_suffix("_override").unwrap_or(name).replace('_', " ").replace("color", "colour"),
    };
    format!("the {words}")
}

fn reason(intent: &Intent, about: Kind) -> String {
    if intent.state == IntentState::InFlight {
        return "It is on its way.".to_owned();
    }
    if intent.state == IntentState::Conflict {
        return "A colleague changed the same thing meanwhile. Choose which one shall stand.".to_owned();
    }
    if intent.wish == Wish::Unreadable {
        return "It was written by another version of the program. It is kept as it is.".to_owned();
    }
    match &intent.note.trouble {
        None => String::new(),
        Some(trouble) => what_is_asked(trouble, about)
            .unwrap_or_else(|| why(trouble, intent.state, about.resource().nouns.one)),
    }
}

/// Why it does not go on. `noun`: what kind of thing it is about.
fn why(trouble: &Trouble, state: IntentState, noun: &str) -> String {
    let with = |sentence: &str, message: &str| match message {
        "" => sentence.to_owned(),
        said => format!("{sentence} It said: {said}"),
    };
    match trouble {
        Trouble::Offline => "The hotel cannot be reached.".to_owned(),
        Trouble::Busy { message } => with("The hotel is busy; it is tried again.", message),
        Trouble::Unclear => {
            "No answer came back. The hotel is read first, so that nothing is sent twice.".to_owned()
        }
        Trouble::Rejected { fields, message } if fields.is_empty() => {
            with("The hotel did not accept it.", message)
        }
        Trouble::Rejected { fields, .. } => {
            let sentences: Vec<String> =
                fields.0.iter().map(|(field, errors)| format!("{field}: {}", errors.join(" "))).collect();
            format!("The hotel did not accept it. {}", sentences.join(" "))
        }
        Trouble::Forbidden { message } => with("You are not allowed to do this.", message),
        Trouble::DeletedThere if matches!(noun, "gallery" | "settings") => {
            format!(
                "The hotel does not have this {noun} any more. You can export your changes, or drop them."
            )
        }
        Trouble::DeletedThere => {
            format!(
                "A colleague removed this {noun} while you changed it. You can create it again as a new {noun}, or \
                 drop your changes."
            )
        }
        Trouble::ServerTrouble { message } => {
            with("The hotel's server failed several times in the same way.", message)
        }
        Trouble::Unexpected { message } => {
            with("The hotel's answer makes no sense to this program.", message)
        }
        Trouble::PictureHost { message } => {
            let unknown = "Nobody knows whether your picture has arrived";
            match state {
                IntentState::Attention => {
                    format!(
                        "{unknown}: {message}. Try again to look for it once more; nothing is sent twice."
                    )
                }
                _ => format!("{unknown}: {message}. It is looked for again."),
            }
        }
        Trouble::Unsettled => {
            format!(
                "No answer came back, and the hotel's list of {noun}s cannot be read whole. So nobody can tell whether \
                 this {noun} is there. It is looked for again."
            )
        }
        Trouble::PictureLost => {
            "The prepared picture is not on this computer any more. Choose it again.".to_owned()
        }
        Trouble::NoSuchPart { message } => {
            format!(
                "{message} It is sent by itself when that changes; until then you can export it, or drop it."
            )
        }
        // They are questions.
        _ => String::new(),
    }
}

/// What a person is asked, where that says why it does not go on.
fn what_is_asked(trouble: &Trouble, about: Kind) -> Option<String> {
    let noun = about.resource().nouns.one;
    Some(match trouble {
        Trouble::UndoneByUpload => {
            "Your change was undone by an upload: a colleague put a picture on it at the same time. Make it again?"
                .to_owned()
        }
        Trouble::ChangedSince { fields, picture } => {
            let mut names = field_names(about, fields.iter());
            names.extend(picture.then(|| "the picture".to_owned()));
            format!("A colleague changed it after you removed it: {}. Remove it all the same?", names.join(", "))
        }
        Trouble::CameBack => {
            "You removed it, and an upload of a colleague brought it back. Remove it again?".to_owned()
        }
        Trouble::PictureNotKept => {
            format!(
                "The {noun} is made anew without its picture. The picture is not on this computer, and its address \
                 does not give it any more. Choose it again."
            )
        }
        Trouble::LooksLike { .. } => {
            format!(
                "No answer came back. The hotel has no {noun} that is exactly this one, but one that is like it. Is \
                 this the one you made?"
            )
        }
        _ => return None,
    })
}
