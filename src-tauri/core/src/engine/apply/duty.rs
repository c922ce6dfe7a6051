//! Stores the duty status, and adds an activity when it changed elsewhere.

use jiff::{SignedDuration, Timestamp};

use crate::account::Profile;
use crate::activity::entries;
use crate::hotel::ClockLog;
use crate::ids::ServerId;
use crate::resources::{Duty, DutyStatus, DutyUpdate, Happening};
use crate::store::meta::{self, Key};
use crate::store::presses::{self, Press, Presser};
use crate::store::{StoreError, Tx, duty};

/// The largest lead of an event's time over the hotel's clock.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(15);

/// Applies a live event about a person's duty. `staff` is the number of the signed-in person. The time is given by this
/// computer's clock and by the hotel's. Returns true if the event changed the duty of that person, which a read has to
/// confirm.
pub fn event(
    tx: &mut Tx<'_>,
    staff: ServerId,
    (now, hotels_now): (Timestamp, Timestamp),
    update: &DutyUpdate,
) -> Result<bool, StoreError> {
    let user = meta::get::<Profile>(tx, Key::Profile)?.and_then(|profile| profile.user_id);
    let mine = update.staff_id == Some(staff) || (user.is_some() && update.user_id == user);
    // The channel is not authenticated: a time far ahead would make every later press look old.
    let at = update.clock_time.filter(|at| at.duration_since(hotels_now) <= TOLERANCE);
    let (press, is_on_duty) = (Press { status: update.status, at }, update.status.is_on_duty());
    let known = duty::get(tx)?.filter(|_| mine);
    let who = match (mine, update.staff_id, update.user_id) {
        (true, ..) => Presser::Me,
        (_, Some(staff), _) => Presser::Staff(staff),
        (_, None, user) => Presser::User(user.unwrap_or(ServerId(0))),
    };
    let last = presses::last(tx, who)?;
    // The event is late or a repetition.
    let newest = last.and_then(|last| last.at).max(known.as_ref().and_then(|duty| duty.since));
    let differs = mine && known.as_ref().is_none_or(|known| known.status != update.status);
    let is_old = press.at.is_some() && press.at <= newest;
    if is_old {
        return Ok(differs && known.is_some());
    }
    let name = format!("{} {}", update.first_name, update.last_name).trim().to_owned();
    presses::note(tx, who, press, (&name, &update.department))?;
    if mine {
        if differs {
            // A break begins and ends within the time on duty.
            let goes_on = known.filter(|known| known.status.is_on_duty() && is_on_duty);
            let since = goes_on.map_or(press.at, |known| known.since);
            take_own(tx, Duty { status: update.status, since, confirmed_at: now })?;
        }
        return Ok(differs);
    }
    if last.is_none_or(|last| last.status.is_on_duty() != is_on_duty) {
        let happening = Happening::Duty { name, on_duty: is_on_duty };
        // Uses the time of the press by this computer's clock, not the time at which the event arrived.
        let pressed =
            press.at.map_or(now, |at| now - hotels_now.duration_since(at).max(SignedDuration::ZERO));
        entries::add(tx, &happening, None, None, pressed)?;
    }
    Ok(false)
}

/// Stores the duty of the signed-in person. A change without an intent here was made elsewhere and becomes an activity.
/// The first read adds none.
pub fn take_own(tx: &mut Tx<'_>, reported: Duty) -> Result<(), StoreError> {
    let before = duty::get(tx)?;
    let on_duty = reported.status.is_on_duty();
    let wanted = duty::intent(tx)?.is_some_and(|intent| intent.on_duty == on_duty);
    duty::set(tx, &reported)?;
    if before.is_none_or(|before| before.status.is_on_duty() == on_duty) || wanted {
        return Ok(());
    }
    let happening = Happening::OwnDuty { on_duty };
    entries::add(tx, &happening, None, None, reported.confirmed_at)
}

/// Stores since when people are on duty, from the hotel's open clock logs. A later press is newer than the log.
pub fn open_logs(tx: &mut Tx<'_>, logs: &[ClockLog]) -> Result<(), StoreError> {
    for log in logs.iter().filter(|log| log.time_in.is_some()) {
        let who = Presser::Staff(log.staff);
        let press = Press { status: DutyStatus::OnDuty, at: log.time_in };
        if presses::last(tx, who)?.is_none_or(|last| last.at < press.at) {
            presses::note(tx, who, press, ("", ""))?;
        }
    }
    Ok(())
}
