//! `offers import`: a file becomes a plan, and the plan becomes intents.
//!
//! ```text
//! file -> rows (its content) -> plan (new, changed, unchanged; or errors) -> intents
//! ```
//!
//! Nothing is queued before every row has been checked. A row finds its offer by `id`, else by `local_id`, else by its
//! exact title among the local offers, including those that the hotel does not have yet. So importing a file twice
//! makes its intents once, and an import that was interrupted is completed by repeating it.

mod outbox;
mod plan;
mod row;
mod rows;

use std::io::{IsTerminal, Write, stderr, stdin};

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::views::OfferQuery;
use serde::Serialize;

use crate::cli::ImportArgs;
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{plain, table};
use plan::{Action, Here, Step};
use row::Row;

/// The answer of an import.
#[derive(Serialize)]
struct Answer<'a> {
    new: usize,
    changed: usize,
    unchanged: usize,
    /// False if the plan was only shown.
    queued: bool,
    rows: &'a [Step],
}

impl<'a> Answer<'a> {
    fn of(steps: &'a [Step], queued: bool) -> Self {
        let number = |action| steps.iter().filter(|step| step.action == action).count();
        Self {
            new: number(Action::New),
            changed: number(Action::Changed),
            unchanged: number(Action::Unchanged),
            queued,
            rows: steps,
        }
    }

    fn in_words(&self) -> String {
        let Self { new, changed, unchanged, .. } = *self;
        let total = say!("deskctl-plan-total", new = new, changed = changed, unchanged = unchanged);
        let changes = self.rows.iter().filter(|step| step.action != Action::Unchanged);
        let lines: Vec<_> = changes
            .map(|step| {
                let is_new = step.action == Action::New;
                let action = if is_new { say!("deskctl-plan-new") } else { say!("deskctl-plan-changed") };
                [step.row.to_string(), action, plain(&step.title), step.fields.join(", ")]
            })
            .collect();
        if lines.is_empty() {
            return total;
        }
        format!("{}\n\n{total}", table(&say!("deskctl-columns-plan"), &lines))
    }
}

/// Plans the import, shows the plan, and queues it.
pub async fn import(desk: &Desk, out: &mut Output, args: &ImportArgs) -> Outcome {
    let (rows, passed_over) = rows::read(&args.file)?;
    if passed_over > 0 {
        out.remark(&say!("deskctl-passed-over", count = passed_over));
    }
    let present = desk.offers(OfferQuery::default()).await?;
    if present.as_of.is_none() {
        out.remark(&say!("deskctl-import-unread"));
    }
    let session = desk.session().await.ok_or_else(DeskError::signed_out)?;
    let here = Here { hotel: session.hotel_slug, server: session.server, as_new: args.as_new };
    let mut steps = plan::plan(rows.clone(), &present.offers, &here).map_err(DeskError::invalid)?;
    let plan = Answer::of(&steps, false);
    let count = plan.new + plan.changed;
    if !out.is_json() {
        out.answer(&plan, || plan.in_words())?;
    }
    let asks = !args.yes && is_asked(out);
    let queue = !args.dry_run && count > 0 && (!asks || agreed(count)?);
    if queue {
        steps = carry_out(desk, rows, here, asks.then_some(steps)).await?;
    }
    if out.is_json() {
        out.json_line(&Answer::of(&steps, queue))?;
    } else if queue {
        out.remark(&say!("deskctl-queued", count = count));
    } else if count > 0 {
        out.remark(&say!("deskctl-not-queued"));
    }
    Ok(Exit::Done)
}

/// Plans the rows again from the present data, and queues the plan in the same transaction. Fails if the plan is not
/// the one that the person `agreed` to.
async fn carry_out(
    desk: &Desk,
    rows: Vec<Row>,
    here: Here,
    agreed: Option<Vec<Step>>,
) -> Result<Vec<Step>, DeskError> {
    let planned = desk.queue_offers(move |present| {
        let steps = plan::plan(rows, &present.offers, &here).map_err(DeskError::invalid)?;
        let same = |agreed: &Vec<Step>| {
            agreed.len() == steps.len()
                && agreed.iter().zip(&steps).all(|(agreed, step)| agreed.is_like(step))
        };
        if !agreed.as_ref().is_none_or(same) {
            return Err(failure!(TooLate, "deskctl-plan-outdated"));
        }
        let changes = steps.iter().filter_map(Step::change).collect();
        Ok((steps, changes))
    });
    let (mut steps, keys) = planned.await?;
    let changed = steps.iter_mut().filter(|step| step.action != Action::Unchanged);
    changed.zip(keys).for_each(|(step, key)| step.local_id = Some(key));
    Ok(steps)
}

/// Returns true if a person at a terminal must be asked. A script has decided by its call.
fn is_asked(out: &Output) -> bool {
    !out.is_json() && stdin().is_terminal() && stderr().is_terminal()
}

fn agreed(count: usize) -> Result<bool, DeskError> {
    let unreadable =
        |cause: std::io::Error| failure!(Unexpected, "deskctl-answer-unreadable", cause = cause.to_string());
    write!(stderr(), "{} ", say!("deskctl-ask-import", count = count)).map_err(unreadable)?;
    let mut answer = String::new();
    stdin().read_line(&mut answer).map_err(unreadable)?;
    let answer = answer.trim().to_lowercase();
    Ok(say!("deskctl-yes").split(' ').any(|yes| yes == answer))
}
