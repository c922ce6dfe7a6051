//! `offers import`: shows the plan of a file, asks a person at a terminal, and queues it.

use std::io::{IsTerminal, Write, stderr, stdin};

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::views::{ImportFile, ImportPlan, OfferQuery, PlannedAction};

use crate::cli::ImportArgs;
use crate::exit::{Exit, Outcome};
use crate::file;
use crate::output::Output;
use crate::text::{plain, shown, table};

/// Plans the import, shows the plan, and queues it.
pub async fn import(desk: &Desk, out: &mut Output, args: &ImportArgs) -> Outcome {
    let file = ImportFile { name: shown(&args.file), bytes: file::bytes(&args.file)?, as_new: args.as_new };
    let mut plan = desk.plan_import(file.clone()).await?;
    if plan.passed_over > 0 {
        out.remark(&say!("deskctl-passed-over", count = plan.passed_over));
    }
    let one = OfferQuery { limit: Some(1), ..OfferQuery::default() };
    if desk.offers(one).await?.as_of.is_none() {
        out.remark(&say!("deskctl-import-unread"));
    }
    let count = plan.new + plan.changed;
    if !out.is_json() {
        out.answer(&plan, || in_words(&plan))?;
    }
    let asks = !args.yes && is_asked(out);
    let queue = !args.dry_run && count > 0 && (!asks || agreed(count)?);
    if queue {
        plan = desk.import_offers(file, asks.then_some(plan.rows)).await?;
    }
    if out.is_json() {
        out.json_line(&plan)?;
    } else if queue {
        out.remark(&say!("deskctl-queued", count = count));
    } else if count > 0 {
        out.remark(&say!("deskctl-not-queued"));
    }
    Ok(Exit::Done)
}

fn in_words(plan: &ImportPlan) -> String {
    let ImportPlan { new, changed, unchanged, rows, .. } = plan;
    let total = say!("deskctl-plan-total", new = *new, changed = *changed, unchanged = *unchanged);
    let changes = rows.iter().filter(|row| row.action != PlannedAction::Unchanged);
    let lines: Vec<_> = changes
        .map(|row| {
            let is_new = row.action == PlannedAction::New;
            let action = if is_new { say!("deskctl-plan-new") } else { say!("deskctl-plan-changed") };
            [row.row.to_string(), action, plain(&row.title), row.fields.join(", ")]
        })
        .collect();
    if lines.is_empty() {
        return total;
    }
    format!("{}\n\n{total}", table(&say!("deskctl-columns-plan"), &lines))
}

/// Returns true if a person at a terminal must be asked. A script has decided by its call.
fn is_asked(out: &Output) -> bool {
    !out.is_json() && stdin().is_terminal() && stderr().is_terminal()
}

fn agreed(count: u32) -> Result<bool, DeskError> {
    let unreadable =
        |cause: std::io::Error| failure!(Unexpected, "deskctl-answer-unreadable", cause = cause.to_string());
    write!(stderr(), "{} ", say!("deskctl-ask-import", count = count)).map_err(unreadable)?;
    let mut answer = String::new();
    stdin().read_line(&mut answer).map_err(unreadable)?;
    let answer = answer.trim().to_lowercase();
    Ok(say!("deskctl-yes").split(' ').any(|yes| yes == answer))
}
