//! `activity`: what colleagues did and guests wrote.

use hotelmate_core::desk::Desk;
use hotelmate_core::views::{Fact, FactList, FactQuery};

use crate::cli::{ActivityArgs, ActivityCommand};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{count, moment, plain, table};

/// Carries out one `activity` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: ActivityCommand) -> Outcome {
    match command {
        ActivityCommand::List(args) => list(desk, out, args).await,
    }
}

async fn list(desk: &Desk, out: &mut Output, args: ActivityArgs) -> Outcome {
    let query =
        FactQuery { kinds: args.kind, text: args.search, before: args.before, limit: Some(args.limit) };
    let list = desk.facts(query).await?;
    out.answer(&list, || in_words(&list))?;
    Ok(Exit::Done)
}

fn in_words(list: &FactList) -> String {
    let row = |fact: &Fact| {
        let new = if fact.id > list.seen { "new" } else { "" };
        let mut text = plain(&fact.text);
        if fact.put_back {
            text.push_str(&format!(" To put it back: deskctl gallery put-back {}", fact.id));
        }
        [fact.id.to_string(), moment(fact.at), new.to_owned(), text]
    };
    let rows: Vec<_> = list.facts.iter().map(row).collect();
    if rows.is_empty() {
        return "Nothing to tell.".to_owned();
    }
    let mut end = format!("{}, {} new.", count(rows.len(), "event"), list.unseen);
    if let Some(oldest) = list.facts.last().filter(|_| list.more) {
        end.push_str(&format!(" There are older ones: --before {}.", oldest.id));
    }
    format!("{}\n\n{end}", table(["NUMBER", "WHEN", "", "WHAT"], &rows))
}
