//! `activity`: the work of colleagues and the messages of guests.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::views::{Activity, ActivityList, ActivityQuery};

use crate::cli::{ActivityArgs, ActivityCommand};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{moment, plain, table};

/// Carries out one `activity` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: ActivityCommand) -> Outcome {
    match command {
        ActivityCommand::List(args) => list(desk, out, args).await,
        ActivityCommand::PutBack { number } => put_back(desk, out, number).await,
    }
}

async fn put_back(desk: &Desk, out: &mut Output, number: i64) -> Outcome {
    desk.put_back(number).await?;
    out.answer(&serde_json::json!({ "put_back": number }), || say!("deskctl-put-back"))?;
    Ok(Exit::Done)
}

async fn list(desk: &Desk, out: &mut Output, args: ActivityArgs) -> Outcome {
    let query =
        ActivityQuery { kinds: args.kind, text: args.search, before: args.before, limit: Some(args.limit) };
    let list = desk.activities(query).await?;
    out.answer(&list, || in_words(&list))?;
    Ok(Exit::Done)
}

fn in_words(list: &ActivityList) -> String {
    let row = |activity: &Activity| {
        let new = if activity.id > list.seen && !activity.own { say!("deskctl-new") } else { String::new() };
        let mut text = plain(&activity.text);
        if activity.put_back {
            text = say!("deskctl-activity-put-back", text = text, number = activity.id);
        }
        [activity.id.to_string(), moment(activity.at), new, text]
    };
    let rows: Vec<_> = list.activities.iter().map(row).collect();
    if rows.is_empty() {
        return say!("deskctl-no-events");
    }
    let mut end = say!("deskctl-count-events", count = rows.len(), new = list.unseen);
    if let Some(oldest) = list.activities.last().filter(|_| list.more) {
        end = say!("deskctl-older-events", count = end, number = oldest.id);
    }
    format!("{}\n\n{end}", table(&say!("deskctl-columns-activity"), &rows))
}
