//! A computer that sleeps while the connection to the hotel is being made.

use std::net::SocketAddr;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Rule};
use desk_tests::TestDesk;
use desk_tests::clock::Hands;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

use super::{PERSON, WAYS, asks, at_hotel, presses};

/// The number of connections that wait for a busy gate. The system leaves further ones without an answer.
const WAITING: u32 = 1;
/// A night.
const ASLEEP: Duration = Duration::from_secs(3 * 3600);

/// A way to the hotel with a new connection for every request. Its gate can be shut: then a new connection is neither
/// refused nor made, as without a network.
struct Gate {
    address: SocketAddr,
    hotel: u16,
    listener: Option<TcpListener>,
    passing: Option<JoinHandle<TcpListener>>,
    shut: tokio::sync::watch::Sender<bool>,
    waiting: Vec<TcpStream>,
}

impl Gate {
    /// Returns an open gate.
    fn to(hotel: &DemoHotel) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(WAITING).unwrap();
        let (address, (shut, _)) = (listener.local_addr().unwrap(), tokio::sync::watch::channel(false));
        let mut gate = Self {
            address,
            hotel: hotel.port(),
            listener: Some(listener),
            passing: None,
            shut,
            waiting: Vec::new(),
        };
        gate.open();
        gate
    }

    fn open(&mut self) {
        self.waiting.clear();
        self.shut.send_replace(false);
        let (listener, hotel, mut shut) = (self.listener.take().unwrap(), self.hotel, self.shut.subscribe());
        self.passing = Some(tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = shut.wait_for(|shut| *shut) => return listener,
                    near = listener.accept() => drop(tokio::spawn(pass(near.unwrap().0, hotel))),
                }
            }
        }));
    }

    async fn shut(&mut self) {
        self.shut.send_replace(true);
        self.listener = Some(self.passing.take().unwrap().await.unwrap());
        for _ in 0..=WAITING {
            self.waiting.push(TcpStream::connect(self.address).await.unwrap());
        }
    }
}

/// Passes one request on. Its answer says that the connection ends with it.
async fn pass(mut near: TcpStream, hotel: u16) -> std::io::Result<()> {
    let mut far = TcpStream::connect(("127.0.0.1", hotel)).await?;
    let mut head = vec![0; 64 << 10];
    let length = near.read(&mut head).await?;
    far.write_all(&head[..length]).await?;
    let length = far.read(&mut head).await?;
    let answer = String::from_utf8_lossy(&head[..length]).replacen("\r\n", "\r\nconnection: close\r\n", 1);
    near.write_all(answer.as_bytes()).await?;
    copy_bidirectional(&mut near, &mut far).await.map(drop)
}

/// Returns true once it is stored that the press may have left.
fn is_sent(test_desk: &TestDesk) -> bool {
    let mut folders = vec![test_desk.folder()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name == "desk.sqlite") {
                let database = rusqlite::Connection::open(&path).unwrap();
                let sent =
                    database.query_row("SELECT count(*) FROM duty_intent WHERE sent", [], |row| row.get(0));
                return sent.unwrap_or(0) == 1;
            }
        }
    }
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_whose_connection_is_made_after_the_computer_slept_is_given_up() {
    for way in WAYS {
        let hotel = way.hotel(false).await;
        let (mut gate, hands) = (Gate::to(&hotel), Hands::default());
        let test_desk = TestDesk::reaching_manual(gate.address, &hotel, PERSON, &hands).await;
        let probe = Rule::new(Action::DelayMs(300)).method("OPTIONS").path(way.clock_in);
        hotel.set_faults(FaultPlan::of([probe])).unwrap();
        hotel.reset_requests();
        let sleeping = async {
            let probed = || hotel.requests().iter().any(|one| one.method == "OPTIONS");
            test_desk.until("the last read before the press", || async { probed().then_some(()) }).await;
            gate.shut().await;
            test_desk.until("the press", || async { is_sent(&test_desk).then_some(()) }).await;
            hands.clock.suspend(ASLEEP);
            hands.pass(&hotel, Duration::from_secs(2)).await;
            gate.open();
        };
        let (duty, ()) = tokio::join!(test_desk.desk.carry_out_duty(true), sleeping);
        let duty = duty.unwrap();
        assert!(asks(&duty) && duty.intent.is_none(), "{way:?} {duty:?}");
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!((presses(&hotel), at_hotel(&hotel).await), (0, Some(false)), "{way:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_whose_connection_is_made_after_the_computer_slept_lets_the_intent_lapse() {
    for way in WAYS {
        let hotel = way.hotel(false).await;
        let (mut gate, hands) = (Gate::to(&hotel), Hands::default());
        let test_desk = TestDesk::reaching_manual(gate.address, &hotel, PERSON, &hands).await;
        gate.shut().await;
        let sleeping = async {
            let waits = || async { test_desk.desk.duty().await.unwrap().intent.map(drop) };
            test_desk.until("the intent", waits).await;
            hands.clock.suspend(ASLEEP);
            gate.open();
        };
        let (duty, ()) = tokio::join!(test_desk.desk.carry_out_duty(true), sleeping);
        assert!(duty.unwrap().notice.unwrap().contains("10 minutes"), "{way:?}");
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!((presses(&hotel), at_hotel(&hotel).await), (0, Some(false)), "{way:?}");
    }
}
