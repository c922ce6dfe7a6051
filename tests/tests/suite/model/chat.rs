//! The guest chat under the fault plan: two desks and a guest write in one conversation, with and without files, while
//! requests, answers and events are lost, late, doubled or refused, and desks are restarted or die.
//!
//! After the faults have stopped, each text that a desk has accepted is at the hotel exactly once, or its person is asked
//! about it. The messages of one desk are there in their order, unless one of them was carried out late or was asked
//! about. Both desks show the hotel's list, and the guest's messages are in it once.

use std::collections::HashMap;
use std::time::Duration;

use demo_hotel::{DemoHotel, Options, Sender, StoredMessage};
use desk_tests::clock::FastClock;
use desk_tests::guest::ROOM_101;
use hotelmate_core::desk::Mode;
use hotelmate_core::ids::LocalId;
use hotelmate_core::model::IntentState;
use hotelmate_core::resources::NewFile;
use hotelmate_core::views::MessageView;
use proptest::prelude::*;
use pusher::time::Clock;

use crate::model::cases::Cases;
use crate::model::faults::{EventFault, Fault, Plan};
use crate::model::steps::Which;
use crate::model::test_desk::TestDesk;

/// The paths of the requests that are disturbed.
const PATHS: [&str; 2] = ["*/chat/*", "*/me/"];
/// The number of looks at the desks in the quiet time, and the time between two looks.
const LOOKS: usize = 2_000;
const LOOK: Duration = Duration::from_secs(2);

#[derive(Debug, Clone)]
enum Step {
    /// A person writes. `same`: the text that this desk also writes at other times.
    Say {
        desk: Which,
        same: bool,
        file: bool,
    },
    Guest,
    Read {
        desk: Which,
    },
    Fault {
        fault: Fault,
        times: u64,
    },
    Events {
        fault: EventFault,
        times: u64,
    },
    Heal,
    Cut,
    /// The program is closed or dies, and is opened again.
    Restart {
        desk: Which,
        dies: bool,
    },
    CarryOut,
    /// Some time of the fast clock.
    Wait {
        seconds: u64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let desk = || 0_usize..2;
    let events = || {
        use EventFault::{Doubled, Late, Lost, Reordered};
        prop::sample::select(&[Lost, Doubled, Reordered, Late][..])
    };
    prop_oneof![
        10 => (desk(), prop::bool::weighted(0.3), prop::bool::weighted(0.2))
            .prop_map(|(desk, same, file)| Step::Say { desk, same, file }),
        4 => Just(Step::Guest),
        2 => desk().prop_map(|desk| Step::Read { desk }),
        5 => (prop::sample::select(Fault::ALL), 1_u64..4).prop_map(|(fault, times)| Step::Fault { fault, times }),
        2 => (events(), 1_u64..4).prop_map(|(fault, times)| Step::Events { fault, times }),
        3 => Just(Step::Heal),
        1 => Just(Step::Cut),
        2 => (desk(), any::<bool>()).prop_map(|(desk, dies)| Step::Restart { desk, dies }),
        1 => Just(Step::CarryOut),
        4 => (1_u64..30).prop_map(|seconds| Step::Wait { seconds }),
    ]
}

struct Run {
    hotel: DemoHotel,
    desks: [TestDesk; 2],
    clock: FastClock,
    plan: Plan,
    /// The accepted texts of each desk, in their order.
    said: [Vec<String>; 2],
    /// The texts of the guest.
    guest: Vec<String>,
    /// True if the hotel has carried out requests late.
    late: bool,
    texts: usize,
}

impl Run {
    /// `same_person`: one person writes at both desks.
    async fn start(seed: u64, same_person: bool) -> Self {
        let hotel = DemoHotel::start(Options::default().seed(seed)).await.unwrap();
        let clock = FastClock::default();
        let other = if same_person { 1 } else { 2 };
        let desks = [
            TestDesk::take(&hotel, 1, Mode::Full, &clock, seed).await,
            TestDesk::take(&hotel, other, Mode::Full, &clock, seed.wrapping_add(1)).await,
        ];
        let run = Self {
            hotel,
            desks,
            clock,
            plan: Plan::default(),
            said: Default::default(),
            guest: Vec::new(),
            late: false,
            texts: 0,
        };
        for desk in [0, 1] {
            while run.conversation(desk).await.is_none() {
                run.clock.sleep(LOOK).await;
            }
        }
        run
    }

    async fn conversation(&self, desk: Which) -> Option<LocalId> {
        let list = self.desks[desk].desk.conversations().await.unwrap();
        list.conversations.into_iter().find(|one| one.room == "101").map(|one| one.id)
    }

    async fn take(&mut self, step: Step) {
        match step {
            Step::Say { desk, same, file } => self.say(desk, same, file).await,
            Step::Guest => {
                self.texts += 1;
                let text = format!("guest {}", self.texts);
                assert_eq!(self.hotel.guest_writes(ROOM_101, [text.as_str()]).await.len(), 1);
                self.guest.push(text);
            }
            Step::Read { desk } => {
                let id = self.conversation(desk).await.unwrap();
                // It fails while the hotel does.
                let _ = self.desks[desk].desk.refresh_messages(id).await;
            }
            Step::Fault { fault, times } => {
                self.late |= fault.is_late();
                self.plan.requests =
                    PATHS.into_iter().flat_map(|path| fault.rules(path, times, None)).collect();
                self.hotel.set_faults(self.plan.all()).unwrap();
            }
            Step::Events { fault, times } => {
                self.plan.events = vec![fault.rule(times)];
                self.hotel.set_faults(self.plan.all()).unwrap();
            }
            Step::Heal => self.heal(),
            Step::Cut => self.hotel.cut_connections(),
            Step::Restart { desk, dies } => {
                if !dies {
                    self.desks[desk].desk.close().await;
                }
                self.desks[desk].reopen().await;
            }
            Step::CarryOut => self.hotel.carry_out_late().await,
            Step::Wait { seconds } => self.clock.sleep(Duration::from_secs(seconds)).await,
        }
    }

    fn heal(&mut self) {
        self.plan = Plan::default();
        self.hotel.clear_faults();
    }

    async fn say(&mut self, desk: Which, same: bool, file: bool) {
        self.texts += 1;
        let text = if same { format!("desk {desk}: yes") } else { format!("desk {desk}: {}", self.texts) };
        let id = self.conversation(desk).await.unwrap();
        let desk_of_it = &self.desks[desk].desk;
        let name = format!("{}.txt", self.texts);
        match file {
            true => {
                let file = NewFile { name, bytes: text.clone().into_bytes() };
                desk_of_it.say_with_file(id, text.clone(), None, file).await.unwrap();
            }
            false => drop(desk_of_it.say(id, text.clone(), None).await.unwrap()),
        }
        self.said[desk].push(text);
    }

    /// Waits until nothing of this desk waits any more.
    async fn until_quiet(&self, desk: Which) {
        let test_desk = &self.desks[desk];
        for _ in 0..LOOKS {
            test_desk.sign_in_if_asked().await;
            test_desk.desk.try_now().await;
            let items = test_desk.desk.outbox().await.unwrap().items;
            if items.iter().all(|item| item.state == IntentState::Attention) {
                return;
            }
            self.clock.sleep(LOOK).await;
        }
        panic!("something waits for ever: {:#?}", test_desk.desk.outbox().await.unwrap().items);
    }

    /// Returns the messages of the conversation at a desk, after a successful reading.
    async fn shown(&self, desk: Which) -> Vec<MessageView> {
        let test_desk = &self.desks[desk];
        let id = self.conversation(desk).await.unwrap();
        // On a busy machine an answer can be too late for the fast clock.
        while test_desk.desk.refresh_messages(id).await.is_err() {
            test_desk.sign_in_if_asked().await;
        }
        test_desk.desk.messages(id, 500).await.unwrap().messages
    }

    async fn judge(&mut self) {
        self.heal();
        self.hotel.carry_out_late().await;
        let mut asked: [Vec<String>; 2] = Default::default();
        for desk in [0, 1] {
            self.until_quiet(desk).await;
        }
        for desk in [0, 1] {
            let shown = self.shown(desk).await;
            let there = self.hotel.messages(ROOM_101);
            let listed = |message: &MessageView| Some((message.id?.0, message.text.clone()));
            let shown_there: Vec<_> = shown.iter().filter_map(listed).collect();
            let stored: Vec<_> = there.iter().map(|message| (message.id, message.text.clone())).collect();
            assert_eq!(shown_there, stored, "desk {desk} shows the hotel's list");
            asked[desk] = shown.into_iter().filter(|one| one.id.is_none()).map(|one| one.text).collect();
        }
        let there = self.hotel.messages(ROOM_101);
        for desk in [0, 1] {
            let own = format!("desk {desk}: ");
            let of_desk: Vec<&StoredMessage> =
                there.iter().filter(|one| one.text.starts_with(&own)).collect();
            assert!(of_desk.iter().all(|one| matches!(one.sender, Sender::Staff(_))), "{of_desk:#?}");
            let at_hotel: Vec<&str> = of_desk.iter().map(|one| one.text.as_str()).collect();
            let mut accounted: Vec<&str> = at_hotel.clone();
            accounted.extend(asked[desk].iter().map(String::as_str));
            let said: Vec<&str> = self.said[desk].iter().map(String::as_str).collect();
            assert_eq!(
                counted(&accounted),
                counted(&said),
                "desk {desk}: {at_hotel:?}, asked {:?}",
                asked[desk]
            );
            if !self.late && asked[desk].is_empty() {
                assert_eq!(at_hotel, said, "desk {desk} sends in order");
            }
        }
        let from_guest: Vec<_> =
            there.iter().filter(|one| one.sender == Sender::Guest).map(|one| &one.text).collect();
        assert_eq!(from_guest, self.guest.iter().collect::<Vec<_>>(), "the guest's messages");
    }
}

fn counted<'a>(texts: &[&'a str]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for text in texts {
        *counts.entry(*text).or_default() += 1;
    }
    counts
}

const TWO_PEOPLE: Cases = Cases {
    test: "each_text_of_two_people_is_at_the_hotel_once_or_asked_about_whatever_fails",
    normal: 24,
    percent: 5,
    steps: 30,
    side_by_side: 2,
    failed_once: &[],
};
const ONE_PERSON: Cases =
    Cases { test: "each_text_of_one_person_at_two_desks_is_at_the_hotel_once_or_asked_about", ..TWO_PEOPLE };

fn try_cases(cases: &Cases, same_person: bool) {
    let steps = (any::<u64>(), prop::collection::vec(step(), 20..40));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    cases.run(&steps, |_, (seed, steps)| {
        runtime.block_on(async {
            let mut run = Run::start(seed, same_person).await;
            for step in steps {
                run.take(step).await;
            }
            run.judge().await;
            for test_desk in &run.desks {
                test_desk.desk.close().await;
            }
            run.hotel.stop().await;
        });
    });
}

#[test]
fn each_text_of_two_people_is_at_the_hotel_once_or_asked_about_whatever_fails() {
    try_cases(&TWO_PEOPLE, false);
}

#[test]
fn each_text_of_one_person_at_two_desks_is_at_the_hotel_once_or_asked_about() {
    try_cases(&ONE_PERSON, true);
}
