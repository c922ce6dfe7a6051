//! The people who are signed in on this computer. Each has an engine that runs until the sign-out; screens show the data
//! of one of them at most.
//!
//! The desk is locked while people are signed in and none of them is shown. Every command about a person's data starts
//! with the shown person's engine, so a locked desk refuses all of them, and the engines go on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::{Desk, Mode};
use crate::account::{Account, Profile, id_of};
use crate::activity::entries;
use crate::engine::Engine;
use crate::feed::Feed;
use crate::monitor::Monitor;
use crate::store::meta::{self, Key};
use crate::store::{StoreError, duty, intents};
use crate::views::{Change, OthersWork, PeopleView, PersonView, PinState};

/// A signed-in person.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) engine: Arc<Engine>,
    /// The feed of the engine.
    pub(super) feed: Feed,
    /// The observations of the engine's live connection.
    pub(super) monitor: Arc<Monitor>,
    /// True if the sign-in survives the end of the program.
    pub(super) remembered: bool,
    visit: Arc<Mutex<Visit>>,
}

/// The state of a person at this desk.
#[derive(Debug, Default)]
pub(super) struct Visit {
    pub(super) pin: PinState,
    /// The last time at which the person was here before.
    pub(super) since: Option<Timestamp>,
    /// True while the card of the handover is open.
    pub(super) has_card: bool,
}

impl Person {
    pub(super) fn new(
        engine: Arc<Engine>,
        feed: Feed,
        monitor: Arc<Monitor>,
        remembered: bool,
        pin: PinState,
    ) -> Self {
        let visit = Arc::new(Mutex::new(Visit { pin, ..Visit::default() }));
        Self { engine, feed, monitor, remembered, visit }
    }

    pub(super) fn id(&self) -> String {
        id_of(&self.engine.account)
    }

    pub(super) fn visit(&self) -> MutexGuard<'_, Visit> {
        self.visit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The signed-in people, in the order of their sign-ins.
#[derive(Default)]
pub(super) struct People {
    all: Vec<Person>,
    /// The key of the person whose data screens show.
    shown: Option<String>,
}

impl People {
    fn shown(&self) -> Option<&Person> {
        let shown = self.shown.as_ref()?;
        self.all.iter().find(|person| person.id() == *shown)
    }

    /// Shows one person, or none.
    fn show(&mut self, shown: Option<String>) {
        self.shown = shown;
        for person in &self.all {
            let is_shown = self.shown.as_ref() == Some(&person.id());
            person.feed.show(is_shown);
            if !is_shown {
                // Messages are marked as read only while a person can see them.
                person.engine.chat.show(None);
            }
        }
    }
}

/// The counts of a person's work.
#[derive(Debug, Clone, Copy, Default)]
struct Work {
    waiting: u32,
    attention: u32,
    unread: u32,
}

impl Desk {
    /// Returns everyone who is signed in on this computer. A locked window gives no names.
    pub async fn people(&self) -> PeopleView {
        let (all, shown) = self.with_people(|people| (people.all.clone(), people.shown.clone()));
        let locked = !all.is_empty() && shown.is_none();
        let is_hidden = locked && self.inner.mode == Mode::Full;
        let mut people = Vec::new();
        for person in all {
            let account = &person.engine.account;
            let (profile, work) = look(&person.engine).await;
            let name = full_name(account, profile.as_ref());
            let counts = work.unwrap_or_default();
            let unless_hidden = |text: &str| (!is_hidden).then(|| text.to_owned());
            people.push(PersonView {
                person: person.id(),
                initials: initials(&name),
                name: unless_hidden(&name),
                username: unless_hidden(&account.username),
                hotel_name: unless_hidden(&account.hotel_name),
                is_shown: shown == Some(person.id()),
                pin: person.visit().pin,
                sign_in_needed: person.engine.connectivity.state().sign_in_needed,
                counted: work.is_some(),
                waiting: counts.waiting,
                attention: counts.attention,
                unread: counts.unread,
            });
        }
        PeopleView { people, locked }
    }

    /// Returns the work of the people who are not shown, without those who have none.
    pub(super) async fn work_of_others(&self) -> Vec<OthersWork> {
        let (all, shown) = self.with_people(|people| (people.all.clone(), people.shown.clone()));
        let mut others = Vec::new();
        for person in all.into_iter().filter(|person| shown != Some(person.id())) {
            let (profile, work) = look(&person.engine).await;
            let Some(work) = work.filter(|work| work.waiting + work.attention > 0) else { continue };
            let account = &person.engine.account;
            let first = profile.map(|profile| profile.first_name).filter(|name| !name.trim().is_empty());
            let name = first.unwrap_or_else(|| account.username.clone());
            others.push(OthersWork { name, waiting: work.waiting, attention: work.attention });
        }
        others
    }

    /// Returns true if people are signed in and none of them is shown.
    pub(super) fn is_locked(&self) -> bool {
        self.with_people(|people| !people.all.is_empty() && people.shown().is_none())
    }

    /// Adds a person. An earlier sign-in of the same account must have been [removed](Self::remove_person).
    pub(super) fn add_person(&self, person: Person) {
        self.change_people(|people| people.all.push(person));
        self.inner.announce(Change::People);
    }

    /// Puts a renewed engine in the place of an earlier one of the same person. Returns false if the person is not here
    /// any more.
    pub(super) fn replace_engine(&self, before: &Arc<Engine>, renewed: &Arc<Engine>) -> bool {
        self.change_people(|people| {
            let person = people.all.iter_mut().find(|person| Arc::ptr_eq(&person.engine, before));
            person.map(|person| person.engine = Arc::clone(renewed)).is_some()
        })
    }

    /// Returns all people.
    pub(super) fn everyone(&self) -> Vec<Person> {
        self.with_people(|people| people.all.clone())
    }

    /// Removes a person, and shows none if it was the shown one. Returns false if the person is not here any more.
    pub(super) fn remove_person(&self, engine: &Engine) -> bool {
        let removed = self.change_people(|people| {
            let at =
                people.all.iter().position(|person| std::ptr::eq(Arc::as_ptr(&person.engine), engine))?;
            let was_shown = people.shown == Some(people.all[at].id());
            people.all.remove(at).feed.show(false);
            if was_shown {
                people.show(None);
            }
            Some(was_shown)
        });
        if removed == Some(true) {
            self.inner.diagnostics.begin(None);
        }
        removed.is_some()
    }

    /// Shows the data of this person, or of none.
    pub(super) fn show(&self, person: Option<String>) {
        let monitor = self.change_people(|people| {
            people.show(person);
            people.shown().map(|person| Arc::clone(&person.monitor))
        });
        self.inner.diagnostics.begin(monitor);
        *self.inner.why_not.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.inner.announce(Change::Session);
    }

    /// Returns the shown person.
    pub(super) fn shown(&self) -> Option<Person> {
        self.with_people(|people| people.shown().cloned())
    }

    /// Returns the engines of all people.
    pub(super) fn engines(&self) -> Vec<Arc<Engine>> {
        self.with_people(|people| people.all.iter().map(|person| Arc::clone(&person.engine)).collect())
    }

    /// Returns the person with this key.
    pub(super) fn person(&self, id: &str) -> Option<Person> {
        self.with_people(|people| people.all.iter().find(|person| person.id() == id).cloned())
    }

    /// Returns the person with this user name, or with this key.
    pub(super) fn person_named(&self, named: &str) -> Option<Person> {
        let fits = |person: &&Person| person.engine.account.username == named || person.id() == named;
        self.with_people(|people| people.all.iter().find(fits).cloned())
    }

    fn with_people<T>(&self, look: impl FnOnce(&People) -> T) -> T {
        look(&self.inner.people.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change_people<T>(&self, change: impl FnOnce(&mut People) -> T) -> T {
        change(&mut self.inner.people.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Returns the person's profile and work. There is no work if it cannot be read.
async fn look(engine: &Engine) -> (Option<Profile>, Option<Work>) {
    let read = engine.store.read(|db| {
        let counts = intents::counts(db)?;
        let clock = u32::from(duty::intent(db)?.is_some());
        let work = Work {
            waiting: counts.waiting + counts.in_flight + clock,
            attention: counts.attention,
            unread: entries::unseen(db)?,
        };
        Ok::<_, StoreError>((meta::get::<Profile>(db, Key::Profile)?, work))
    });
    match read.await {
        Ok((profile, work)) => (profile, Some(work)),
        Err(error) => {
            tracing::warn!(%error, "the work of a person cannot be counted");
            (None, None)
        }
    }
}

fn full_name(account: &Account, profile: Option<&Profile>) -> String {
    let name = profile.map(|profile| format!("{} {}", profile.first_name, profile.last_name));
    name.map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| account.username.clone())
}

/// Returns the first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let letters = [words.next(), words.next_back()].into_iter().flatten();
    letters.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_letters_of_the_first_and_the_last_name() {
        assert_eq!(initials("Mary Ann Byrne"), "MB");
        assert_eq!(initials("órla"), "Ó");
        assert_eq!(initials("  "), "");
    }
}
