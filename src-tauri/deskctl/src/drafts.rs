//! `drafts`: the texts that were typed in the window and not saved yet. They are continued there; here they can only be
//! shown and discarded.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::failure;
use hotelmate_core::ids::{DraftId, LocalId};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::DraftView;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::cli::DraftsCommand;
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{labelled, moment, plain};

/// One draft as it is printed.
#[derive(Serialize)]
struct Printed {
    id: DraftId,
    about: Kind,
    entity: Option<LocalId>,
    saved_at: Timestamp,
    /// True if its entity still exists.
    there: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// The content as the window stores it, or null if it was not requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Value>,
}

impl Printed {
    /// Returns the draft for printing. The text is private and is only included if `text` asks for it.
    fn of(kept: DraftView, text: bool) -> Self {
        let DraftView { draft, saved_at, there } = kept;
        let content =
            text.then(|| serde_json::from_str(&draft.content).unwrap_or(Value::String(draft.content)));
        let title = text.then_some(draft.title);
        Self { id: draft.id, about: draft.about, entity: draft.entity, saved_at, there, title, content }
    }

    fn in_words(&self) -> String {
        let about = match self.entity {
            None => say!("deskctl-draft-of-new", kind = self.about.one()),
            Some(_) if self.there => self.about.one(),
            Some(_) => say!("deskctl-draft-of-gone", kind = self.about.one()),
        };
        let mut rows = vec![
            (say!("deskctl-label-draft"), self.id.to_string()),
            (say!("deskctl-label-about"), about),
            (say!("deskctl-label-typed"), moment(self.saved_at)),
        ];
        rows.extend(self.title.as_deref().map(|title| (say!("deskctl-label-title"), plain(title))));
        let content = self.content.iter().map(Value::to_string);
        rows.extend(content.map(|content| (say!("deskctl-label-content"), plain(&content))));
        labelled(&rows)
    }
}

/// Carries out one `drafts` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: DraftsCommand) -> Outcome {
    match command {
        DraftsCommand::List { text } => list(desk, out, text).await,
        DraftsCommand::Discard { id } => discard(desk, out, id).await,
    }
}

async fn list(desk: &Desk, out: &mut Output, text: bool) -> Outcome {
    let kept: Vec<Printed> = desk.drafts().await?.into_iter().map(|draft| Printed::of(draft, text)).collect();
    out.answer(&kept, || match kept.as_slice() {
        [] => say!("deskctl-no-drafts"),
        kept => kept.iter().map(Printed::in_words).collect::<Vec<_>>().join("\n\n"),
    })?;
    Ok(Exit::Done)
}

/// Discards a draft. Answers with it as it was, so that a script can keep it.
async fn discard(desk: &Desk, out: &mut Output, id: DraftId) -> Outcome {
    let kept = desk.drafts().await?.into_iter().find(|kept| kept.draft.id == id);
    let kept = kept.ok_or_else(|| failure!(NotFound, "deskctl-draft-gone"))?;
    desk.discard_draft(id).await?;
    let kept = Printed::of(kept, true);
    out.answer(&kept, || say!("deskctl-draft-discarded", draft = kept.in_words()))?;
    Ok(Exit::Done)
}
