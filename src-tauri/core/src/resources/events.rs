//! The table of all events on the hotel's channel.

use serde_json::Value;

use super::Kind;
use super::duty::duty;
use super::said::{EventRule, Said, Unreadable};

/// The events about the duty, by the names of all server generations.
static DUTY: &[EventRule] = &[
    ("clock-status-updated", |data| duty(data).map(Said::Duty)),
    ("clock_status_updated", |data| duty(data).map(Said::Duty)),
];

/// Returns the content of the event for each resource that declares its name; empty if none does.
pub fn said(name: &str, data: &Value) -> Vec<Result<Said, Unreadable>> {
    let of_kinds = Kind::ALL.into_iter().flat_map(|kind| kind.resource().events);
    said_by(of_kinds.chain(DUTY), name, data)
}

fn said_by<'a>(
    rules: impl Iterator<Item = &'a EventRule>,
    name: &str,
    data: &Value,
) -> Vec<Result<Said, Unreadable>> {
    rules.filter(|(known, _)| *known == name).map(|(_, read)| read(data).map_err(Unreadable)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ids::ServerId;
    use crate::resources::values::number;

    #[test]
    fn each_resource_that_declares_an_event_hears_it_and_one_that_cannot_read_it_keeps_it_from_no_other() {
        let staff: &[EventRule] = &[("staff-updated", |_| Ok(Said::List(Kind::RoomType)))];
        let duty: &[EventRule] =
            &[("staff-updated", |data| number(data, "id").map(|id| Said::Changed { kind: Kind::Offer, id }))];
        let heard = |name, data| said_by(staff.iter().chain(duty), name, &data);
        let list = Ok(Said::List(Kind::RoomType));
        let changed = Ok(Said::Changed { kind: Kind::Offer, id: ServerId(7) });
        assert_eq!(heard("staff-updated", json!({"id": 7})), [list.clone(), changed]);
        assert_eq!(heard("staff-updated", json!({})), [list, Err(Unreadable("it has no id".to_owned()))]);
        assert_eq!(heard("weather", json!({})), []);
    }
}
