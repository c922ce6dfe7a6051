//! Two people at one desk under the fault plan: each edits offers of their own and presses the own clock, while the desk
//! shows one, the other, or none of them, and is restarted.
//!
//! The hotel sees the token of every request. Nothing of one person is ever sent with the token of the other one, and no
//! person's clock is pressed more often than that person wanted. After the faults have stopped, the last value of each
//! field is at the hotel, or its own person is asked about it.

use std::collections::HashMap;
use std::time::Duration;

use demo_hotel::{DemoHotel, FaultPlan, Options};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::token;
use hotelmate_core::desk::Mode;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::ids::MediaHash;
use hotelmate_core::records::{FieldEdit, FieldValue};
use hotelmate_core::views::OfferQuery;
use proptest::prelude::*;
use pusher::time::Clock;

use crate::model::cases::Cases;
use crate::model::faults::Fault;
use crate::model::steps::Which;
use crate::model::test_desk::TestDesk;

/// The paths of the requests that are disturbed.
const PATHS: [&str; 3] = ["*/offers/*", "*/clock/", "*/me/"];
/// The number of offers of both people.
const OFFERS: usize = 6;
/// The number of looks at the desk in the quiet time, and the time between two looks.
const LOOKS: usize = 2_000;
const LOOK: Duration = Duration::from_secs(2);

#[derive(Debug, Clone)]
enum Step {
    /// The desk shows this person.
    Show {
        person: Which,
    },
    Lock,
    /// The shown person changes one of the own offers.
    Edit {
        offer: usize,
    },
    /// The shown person wants to be on or off duty.
    Press {
        on: bool,
    },
    Fault {
        fault: Fault,
        times: u64,
    },
    Heal,
    Restart,
    /// Some time of the fast clock.
    Wait {
        seconds: u64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0_usize..2).prop_map(|person| Step::Show { person }),
        1 => Just(Step::Lock),
        8 => (0..OFFERS / 2).prop_map(|offer| Step::Edit { offer }),
        3 => any::<bool>().prop_map(|on| Step::Press { on }),
        4 => (prop::sample::select(Fault::ALL), 1_u64..4).prop_map(|(fault, times)| Step::Fault { fault, times }),
        3 => Just(Step::Heal),
        1 => Just(Step::Restart),
        3 => (1_u64..20).prop_map(|seconds| Step::Wait { seconds }),
    ]
}

struct Run {
    hotel: DemoHotel,
    test_desk: TestDesk,
    clock: FastClock,
    names: [String; 2],
    passwords: [String; 2],
    /// The headers of the tokens, as the hotel logs them.
    tokens: [String; 2],
    /// The number of intents about each clock that the desk has accepted.
    intents: [usize; 2],
    /// The last value of each offer, by its number.
    last: HashMap<i64, (Which, String)>,
    values: usize,
    /// True if the hotel has carried out requests late: then an older value can follow a newer one for a while.
    late: bool,
}

impl Run {
    async fn start(seed: u64) -> Self {
        let hotel = DemoHotel::start(Options::default().seed(seed)).await.unwrap();
        let clock = FastClock::default();
        let test_desk = TestDesk::take(&hotel, 0, Mode::Full, &clock, seed).await;
        let [names, passwords] = [0, 1].map(|part| {
            [0, 1].map(|user| {
                let user = hotel.users().swap_remove(user);
                if part == 0 { user.username } else { user.password }
            })
        });
        // On a busy machine an answer can be too late for the fast clock.
        while test_desk.desk.sign_in(&hotel.url(), &names[1], passwords[1].as_str()).await.is_err() {}
        let hash = |token: &str| MediaHash::of(format!("Token {token}").as_bytes()).to_string();
        let tokens = [hash(token(&hotel, 0).await.expose()), hash(token(&hotel, 1).await.expose())];
        hotel.reset_requests();
        Self {
            hotel,
            test_desk,
            clock,
            names,
            passwords,
            tokens,
            intents: [0; 2],
            last: HashMap::new(),
            values: 0,
            late: false,
        }
    }

    /// Returns the person whom the desk shows.
    async fn shown(&self) -> Option<Which> {
        let session = self.test_desk.desk.session().await?;
        self.names.iter().position(|name| *name == session.username)
    }

    /// Returns the owner of an offer, by its number.
    fn owner(number: i64) -> Which {
        usize::from(number % 2 == 0)
    }

    async fn show(&self, person: Which) {
        let unasked = || panic!("there is no key store, and so no PIN");
        self.test_desk.desk.act_as(&self.names[person], unasked).await.unwrap();
    }

    async fn take(&mut self, step: Step) {
        let desk = &self.test_desk.desk;
        match step {
            Step::Show { person } => self.show(person).await,
            Step::Lock => desk.lock().await.unwrap(),
            Step::Edit { offer } => self.edit(offer).await,
            Step::Press { on } => self.press(on).await,
            Step::Fault { fault, times } => {
                self.late |= fault.is_late();
                let rules = PATHS.into_iter().flat_map(|path| fault.rules(path, times, None));
                self.hotel.set_faults(FaultPlan::of(rules)).unwrap();
            }
            Step::Heal => self.hotel.clear_faults(),
            Step::Restart => {
                desk.close().await;
                self.test_desk.reopen().await;
            }
            Step::Wait { seconds } => self.clock.sleep(Duration::from_secs(seconds)).await,
        }
        self.check_tokens();
    }

    async fn edit(&mut self, place: usize) {
        let desk = &self.test_desk.desk;
        let Some(person) = self.shown().await else {
            assert_eq!(desk.offers(OfferQuery::default()).await.unwrap_err().code, ErrorCode::Locked);
            return;
        };
        let offers = desk.offers(OfferQuery::default()).await.unwrap().offers;
        let own = |number: i64| Self::owner(number) == person;
        let mut own = offers.iter().filter(|offer| offer.id.is_some_and(|id| own(id.0)));
        // Before the first read there is none.
        let Some(offer) = own.nth(place) else { return };
        self.values += 1;
        let now = FieldValue::of("tag", format!("value {}", self.values));
        let was = offer.fields.in_place_of(&now);
        if desk.edit(offer.local_id, vec![FieldEdit { was, now }]).await.is_ok() {
            let number = offer.id.map(|id| id.0).unwrap_or_default();
            self.last.insert(number, (person, format!("value {}", self.values)));
        }
    }

    async fn press(&mut self, on: bool) {
        let person = self.shown().await;
        match (person, self.test_desk.desk.intend_duty(on).await) {
            (None, refused) => assert_eq!(refused.unwrap_err().code, ErrorCode::Locked),
            (Some(person), Ok(())) => self.intents[person] += 1,
            (Some(_), Err(error)) => assert_eq!(error.code, ErrorCode::TooLate, "{error:?}"),
        }
    }

    /// Fails if a request was sent with the token of the wrong person.
    fn check_tokens(&self) {
        let (mut presses, mut has_asked) = ([0; 2], [false; 2]);
        for request in self.hotel.requests() {
            let Some(sender) =
                self.tokens.iter().position(|own| Some(own) == request.authorization_sha256.as_ref())
            else {
                continue;
            };
            if request.method == "POST" && request.path.ends_with("/clock/") {
                has_asked[sender] = true;
                // After these answers the clock was certainly not pressed, and the intent is sent again.
                let was_pressed = !matches!(request.status, Some(401 | 429));
                presses[sender] += usize::from(was_pressed);
            }
            let number = request.path.split("/offers/").nth(1).and_then(|rest| rest.split('/').next());
            let number = number.and_then(|number| number.parse::<i64>().ok());
            if let (Some(number), true) = (number, request.method != "GET") {
                assert_eq!(sender, Self::owner(number), "{} {}", request.method, request.path);
            }
        }
        for person in [0, 1] {
            assert!(presses[person] <= self.intents[person], "{presses:?} presses of {:?}", self.intents);
            assert!(self.intents[person] > 0 || !has_asked[person], "person {person} has no intent");
        }
    }

    /// Waits until nothing of this person waits any more.
    async fn until_quiet(&self, person: Which) {
        for _ in 0..LOOKS {
            self.show(person).await;
            if self.test_desk.desk.session().await.is_some_and(|session| session.sign_in_needed) {
                // The hotel may not answer in time on the fast clock.
                let _ = self.test_desk.desk.sign_in_again(self.passwords[person].as_str()).await;
            }
            self.test_desk.desk.try_now().await;
            let waits = self.test_desk.waiting_freely().await.len();
            let intent = self.test_desk.desk.duty().await.unwrap().intent;
            if (waits, intent) == (0, None) {
                return;
            }
            self.clock.sleep(LOOK).await;
        }
        panic!("something of person {person} waits for ever: {:#?}", self.test_desk.waiting_freely().await);
    }

    async fn judge(&mut self) {
        self.hotel.clear_faults();
        self.hotel.carry_out_late().await;
        let mut asked = Vec::new();
        for person in [0, 1] {
            self.until_quiet(person).await;
            let items = self.test_desk.desk.outbox().await.unwrap().items;
            asked.extend(items.into_iter().map(|item| (person, item.entity)));
            let offers = self.test_desk.desk.offers(OfferQuery::default()).await.unwrap().offers;
            for offer in offers {
                let number = offer.id.map(|id| id.0).unwrap_or_default();
                let Some((owner, value)) = self.last.get(&number).filter(|(owner, _)| *owner == person)
                else {
                    continue;
                };
                let there = self.hotel.offers().into_iter().find(|row| row["id"] == number);
                let is_there = there.is_some_and(|row| row["tag"] == value.as_str());
                let is_asked = asked.contains(&(*owner, offer.local_id));
                assert!(is_there || is_asked || self.late, "{value:?} of person {person} is lost");
            }
        }
        self.check_tokens();
    }
}

const CASES: Cases = Cases {
    test: "nothing_of_one_person_is_sent_with_the_token_of_another_whatever_fails",
    normal: 24,
    percent: 5,
    steps: 30,
    side_by_side: 2,
    failed_once: &[1_848_755_536],
};

#[test]
fn nothing_of_one_person_is_sent_with_the_token_of_another_whatever_fails() {
    let steps = (any::<u64>(), prop::collection::vec(step(), 20..40));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    CASES.run(&steps, |_, (seed, steps)| {
        runtime.block_on(async {
            let mut run = Run::start(seed).await;
            for step in steps {
                run.take(step).await;
            }
            run.judge().await;
            run.test_desk.desk.close().await;
            run.hotel.stop().await;
        });
    });
}
