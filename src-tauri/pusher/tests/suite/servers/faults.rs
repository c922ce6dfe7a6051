//! A proxy between a client and its server that does damage on purpose: it delays, throttles, cuts, truncates and
//! swallows at random. Its faults follow from its seed and from the times of the data.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::servers::rig::pause;

/// The treatment of a piece of a stream.
#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    Delay(Duration),
    /// A few bytes at a time.
    Throttle,
    /// A part of it, then the end.
    Truncate,
    Cut,
    /// This piece and all that follows is lost, without a notice.
    Swallow,
}

/// The number of times that each fault has happened.
#[derive(Debug, Default)]
pub struct Counts {
    pub connections: AtomicUsize,
    pub delayed: AtomicUsize,
    pub throttled: AtomicUsize,
    pub truncated: AtomicUsize,
    pub cut: AtomicUsize,
    pub swallowed: AtomicUsize,
}

pub struct FaultProxy {
    pub port: u16,
    pub counts: Arc<Counts>,
    calm: Arc<AtomicBool>,
}

impl FaultProxy {
    pub async fn start(server: u16, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let proxy = Self { port, counts: Arc::default(), calm: Arc::default() };
        let (counts, calm) = (Arc::clone(&proxy.counts), Arc::clone(&proxy.calm));
        tokio::spawn(async move {
            let mut rng = StdRng::seed_from_u64(seed);
            while let Ok((near, _)) = listener.accept().await {
                counts.connections.fetch_add(1, Ordering::Relaxed);
                let Ok(far) = TcpStream::connect(("127.0.0.1", server)).await else { continue };
                let way = || Way { calm: Arc::clone(&calm), counts: Arc::clone(&counts) };
                tokio::spawn(connection(near, far, [way(), way()], rng.random()));
            }
        });
        proxy
    }

    /// From now on no fault happens, and swallowing ends.
    pub fn calm_down(&self) {
        self.calm.store(true, Ordering::Relaxed);
    }
}

async fn connection(near: TcpStream, far: TcpStream, ways: [Way; 2], seed: u64) {
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    let [up, down] = ways;
    // The end of one direction ends the other, as a cut cable does.
    tokio::select! {
        () = up.carry(near_in, far_out, StdRng::seed_from_u64(seed)) => {}
        () = down.carry(far_in, near_out, StdRng::seed_from_u64(!seed)) => {}
    }
}

/// One direction.
struct Way {
    calm: Arc<AtomicBool>,
    counts: Arc<Counts>,
}

impl Way {
    async fn carry(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
        mut rng: StdRng,
    ) {
        let mut buffer = vec![0; 4096];
        loop {
            let length = match from.read(&mut buffer).await {
                Ok(0) | Err(_) => return,
                Ok(length) => length,
            };
            let piece = &buffer[..length];
            let fault = if self.calm.load(Ordering::Relaxed) { Fault::None } else { choose(&mut rng) };
            self.count(fault);
            let written = match fault {
                Fault::None => to.write_all(piece).await,
                Fault::Delay(time) => {
                    pause(time).await;
                    to.write_all(piece).await
                }
                Fault::Throttle => self.slowly(piece, &mut to).await,
                Fault::Truncate => {
                    let _ = to.write_all(&piece[..length / 2]).await;
                    let _ = to.flush().await;
                    return;
                }
                Fault::Cut => return,
                Fault::Swallow => return self.swallow(from, &mut buffer).await,
            };
            if written.is_err() {
                return;
            }
        }
    }

    async fn slowly(&self, piece: &[u8], to: &mut (impl AsyncWrite + Unpin)) -> std::io::Result<()> {
        for part in piece.chunks(16) {
            to.write_all(part).await?;
            to.flush().await?;
            pause(Duration::from_millis(2)).await;
        }
        Ok(())
    }

    async fn swallow(&self, mut from: impl AsyncRead + Unpin, buffer: &mut [u8]) {
        while !self.calm.load(Ordering::Relaxed) {
            tokio::select! {
                read = from.read(buffer) => if !matches!(read, Ok(1..)) { return },
                () = pause(Duration::from_millis(100)) => {}
            }
        }
    }

    fn count(&self, fault: Fault) {
        let counter = match fault {
            Fault::None => return,
            Fault::Delay(_) => &self.counts.delayed,
            Fault::Throttle => &self.counts.throttled,
            Fault::Truncate => &self.counts.truncated,
            Fault::Cut => &self.counts.cut,
            Fault::Swallow => &self.counts.swallowed,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// Most pieces pass; connections live for a few seconds.
fn choose(rng: &mut StdRng) -> Fault {
    match rng.random_range(0..1000) {
        0..30 => Fault::Delay(Duration::from_millis(rng.random_range(1..400))),
        30..60 => Fault::Throttle,
        60..64 => Fault::Truncate,
        64..68 => Fault::Cut,
        68..71 => Fault::Swallow,
        _ => Fault::None,
    }
}
