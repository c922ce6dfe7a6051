//! The team: who is on duty, since when, and in which department.
//!
//! A person's duty has two sources: the hotel's list, and the presses of clocks that events and open logs report. The
//! newer one counts. Revisions of the database decide which one that is, because no clock does: a press that was stored
//! after the last read of the list began is newer than the list.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Connection;

use super::Desk;
use super::duty::LONG;
use crate::account::{Account, Profile};
use crate::error::DeskError;
use crate::ids::{MediaHash, ServerId};
use crate::records::Slot;
use crate::resources::{Duty, DutyStatus, Kind, Part, PartState, Refusal, ServerCopy};
use crate::store::entities::{self, EntityRow};
use crate::store::meta::{self, Key};
use crate::store::presses::{self, LastPress};
use crate::store::{StoreError, duty, parts, pictures};
use crate::views::{Colleague, TeamView};
use crate::words::absent;

/// The presses of the clocks by the numbers of the colleagues.
type Presses = HashMap<ServerId, LastPress>;

impl Desk {
    /// Returns the team, from the local database.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn team(&self) -> Result<TeamView, DeskError> {
        let engine = self.engine()?;
        let (now, began) = (engine.now(), engine.connectivity.state().began_at);
        let account = engine.account.clone();
        Ok(engine.store.read(move |db| team(db, &account, (now, began))).await?)
    }
}

fn team(db: &Connection, account: &Account, (now, began): (Timestamp, i64)) -> Result<TeamView, StoreError> {
    let part = Part::Of(Kind::Staff);
    let limited = refusal(&parts::get(db, part)?).map(|why| absent(part, why));
    let presses = presses::of_staff(db)?;
    let mut people = match limited {
        Some(_) => heard(&presses, began),
        None => listed(db, &presses)?,
    };
    people.retain(|colleague| colleague.id != account.staff_id || limited.is_none());
    add_me(db, account, &mut people)?;
    for colleague in &mut people {
        let is_on_duty = colleague.duty.is_some_and(DutyStatus::is_on_duty);
        let since = colleague.since.filter(|_| is_on_duty);
        colleague.is_long = since.is_some_and(|since| now.duration_since(since) > LONG);
    }
    people.sort_by_cached_key(|one| {
        (one.department.is_empty(), one.department.to_lowercase(), one.name.to_lowercase(), one.id)
    });
    Ok(TeamView { people, as_of: meta::get(db, Key::AsOf(Kind::Staff))?, limited })
}

/// Returns the refusal of the list. A 403 counts at once, because the duty of some people is known without the list.
fn refusal(list: &PartState) -> Option<Refusal> {
    let forbidden = list.outage.map(|outage| outage.refusal).filter(|refusal| *refusal == Refusal::Forbidden);
    list.absent().or(forbidden.filter(|_| !list.worked))
}

/// Returns the people of the hotel's list. Former colleagues are left out.
fn listed(db: &Connection, presses: &Presses) -> Result<Vec<Colleague>, StoreError> {
    let read_from: i64 = meta::get(db, Key::ReadFrom(Kind::Staff))?.unwrap_or_default();
    let cached = pictures::all(db)?;
    let person = |row: &EntityRow| {
        let (id, copy) = (row.server_id?, row.latest()?);
        copy.fields().flag("is_active").then(|| {
            let picture = copy.picture(Slot::Photo).url.and_then(|url| cached.get(&url).cloned());
            of_list(id, copy, picture, presses.get(&id).map(|press| (press, press.revision > read_from)))
        })
    };
    Ok(entities::all(db, Kind::Staff)?.iter().filter_map(person).collect())
}

/// `press`: the last press of the person's clock, and true if it is newer than the list.
fn of_list(
    id: ServerId,
    copy: &ServerCopy,
    picture: Option<MediaHash>,
    press: Option<(&LastPress, bool)>,
) -> Colleague {
    let fields = copy.fields();
    let (mut duty, mut since) = (DutyStatus::named(&fields.text("duty")), fields.text("since").parse().ok());
    if let Some((LastPress { press, .. }, is_newer)) = press {
        let agrees = duty.is_some_and(|duty| duty.is_on_duty() == press.status.is_on_duty());
        if is_newer {
            (duty, since) = (Some(press.status), press.at);
        } else if agrees {
            since = since.max(press.at);
        }
    }
    Colleague {
        id,
        name: fields.text("name"),
        department: fields.text("department"),
        role: fields.text("role"),
        phone: fields.text("phone_number"),
        picture,
        duty,
        since,
        is_long: false,
        is_me: false,
    }
}

/// Returns the colleagues of whom events were heard since the program began.
fn heard(presses: &Presses, began: i64) -> Vec<Colleague> {
    let heard = presses.iter().filter(|(_, last)| last.revision > began && !last.name.is_empty());
    let person = |(id, last): (&ServerId, &LastPress)| Colleague {
        id: *id,
        name: last.name.clone(),
        department: last.department.clone(),
        role: String::new(),
        phone: String::new(),
        picture: None,
        duty: Some(last.press.status),
        since: last.press.at,
        is_long: false,
        is_me: false,
    };
    heard.map(person).collect()
}

/// Marks the signed-in person, and adds them if they are not in the list. The duty of the clock button counts, so that a
/// screen never shows two different ones.
fn add_me(db: &Connection, account: &Account, people: &mut Vec<Colleague>) -> Result<(), StoreError> {
    let mine: Option<Duty> = duty::get(db)?;
    let status = mine.as_ref().map(|duty| duty.status);
    if let Some(me) = people.iter_mut().find(|colleague| colleague.id == account.staff_id) {
        me.is_me = true;
        if let Some(mine) = mine {
            me.duty = Some(mine.status);
            me.since = mine.since.or(me.since);
        }
        return Ok(());
    }
    let Some(profile) = meta::get::<Profile>(db, Key::Profile)? else { return Ok(()) };
    people.push(Colleague {
        id: account.staff_id,
        name: format!("{} {}", profile.first_name, profile.last_name).trim().to_owned(),
        department: profile.department.unwrap_or_default(),
        role: profile.role.unwrap_or_default(),
        phone: String::new(),
        picture: None,
        duty: status,
        since: mine.and_then(|duty| duty.since),
        is_long: false,
        is_me: true,
    });
    Ok(())
}
