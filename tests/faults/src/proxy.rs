//! A bad network on real sockets: a proxy for HTTP/1.1 that doubles requests, cuts and loses answers,
//! resets, falls silent, delays and lets requests arrive late and out of order.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::chance::Chance;

/// The longest request or answer that is passed on, bytes.
const MESSAGE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// How long a delayed request waits, milliseconds.
const DELAY_MS: u64 = 30;
/// How long a silent connection is held before it is dropped, milliseconds.
const SILENCE_MS: u64 = 60;

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It arrives, and so does its answer.
    None,
    /// It arrives twice, one after the other; the second answer comes back.
    Twice,
    /// It arrives twice at the same time.
    TwiceAtOnce,
    /// It arrives; only so many bytes of the answer come back.
    Cut(usize),
    /// It arrives; no answer comes back.
    Unanswered,
    /// It does not arrive; the connection is closed.
    Reset,
    /// It does not arrive, and nobody says so.
    Silent,
    /// It arrives later.
    Late,
    /// The connection is closed, and it arrives when the next one has passed.
    Overtaken,
}

/// How many kinds of faults there are, [`Fault::None`] among them.
const KINDS: usize = 9;

impl Fault {
    fn by_chance(chance: &mut Chance) -> Self {
        match chance.below(KINDS * 2) {
            0 => Self::Twice,
            1 => Self::TwiceAtOnce,
            2 => Self::Cut(chance.below(400)),
            3 => Self::Unanswered,
            4 => Self::Reset,
            5 => Self::Silent,
            6 => Self::Late,
            7 => Self::Overtaken,
            _ => Self::None,
        }
    }
}

struct Line {
    server: SocketAddr,
    chance: Mutex<Option<Chance>>,
    calls: AtomicUsize,
    faults: AtomicUsize,
    /// Requests that were overtaken and have yet to arrive.
    waiting: Mutex<Vec<Vec<u8>>>,
}

/// A running proxy.
pub struct Proxy {
    /// Where it listens.
    pub addr: SocketAddr,
    line: Arc<Line>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Listens on an address and passes on to a server; faults by chance from a seed.
    pub async fn start(listen: SocketAddr, server: SocketAddr, seed: u64) -> std::io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let addr = listener.local_addr()?;
        let line = Arc::new(Line {
            server,
            chance: Mutex::new(Some(Chance::new(seed))),
            calls: AtomicUsize::new(0),
            faults: AtomicUsize::new(0),
            waiting: Mutex::new(Vec::new()),
        });
        let held = Arc::clone(&line);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let line = Arc::clone(&held);
                tokio::spawn(async move {
                    // A connection that breaks is what this is for.
                    let _broken = line.serve(stream).await;
                });
            }
        });
        Ok(Self { addr, line, task })
    }

    /// From now on nothing happens to requests.
    pub fn heal(&self) {
        *self
            .line
            .chance
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Requests that came, and those of them to which something happened.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let of = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        (of(&self.line.calls), of(&self.line.faults))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Line {
    fn fault(&self) -> Fault {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = chance.as_mut().map_or(Fault::None, Fault::by_chance);
        self.calls.fetch_add(1, Ordering::Relaxed);
        if fault != Fault::None {
            self.faults.fetch_add(1, Ordering::Relaxed);
        }
        fault
    }

    fn overtaken(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// One request per connection: the answer says that the connection ends.
    async fn serve(&self, mut client: TcpStream) -> std::io::Result<()> {
        let Some(request) = request(&mut client).await? else {
            return Ok(());
        };
        match self.fault() {
            Fault::None => {
                let answer = self.ask(&request).await?;
                client.write_all(&answer).await?;
            }
            Fault::Twice => {
                self.ask(&request).await?;
                let answer = self.ask(&request).await?;
                client.write_all(&answer).await?;
            }
            Fault::TwiceAtOnce => {
                let (first, second) = tokio::join!(self.ask(&request), self.ask(&request));
                first?;
                client.write_all(&second?).await?;
            }
            Fault::Cut(bytes) => {
                let answer = self.ask(&request).await?;
                let cut = answer.get(..bytes).unwrap_or(&answer);
                client.write_all(cut).await?;
            }
            Fault::Unanswered => {
                self.ask(&request).await?;
            }
            Fault::Reset => client.set_zero_linger()?,
            Fault::Silent => tokio::time::sleep(Duration::from_millis(SILENCE_MS)).await,
            Fault::Late => {
                tokio::time::sleep(Duration::from_millis(DELAY_MS)).await;
                let answer = self.ask(&request).await?;
                client.write_all(&answer).await?;
            }
            Fault::Overtaken => {
                let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                waiting.push(request);
                return Ok(());
            }
        }
        client.shutdown().await?;
        for late in self.overtaken() {
            self.ask(&late).await?;
        }
        Ok(())
    }

    async fn ask(&self, request: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut server = TcpStream::connect(self.server).await?;
        server.write_all(request).await?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).await?;
        Ok(answer)
    }
}

/// Reads one request; the head asks the server to close the connection afterwards, so that the end of
/// its answer is known. None when the client closed without one.
async fn request(client: &mut TcpStream) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut part = [0; 8_192];
    loop {
        if let Some(end) = find(&bytes, b"\r\n\r\n") {
            let (head, body) = bytes.split_at(end);
            let head = String::from_utf8_lossy(head).into_owned();
            if body.len().saturating_sub(4) >= length(&head) {
                let mut whole = format!("{head}\r\nconnection: close").into_bytes();
                whole.extend_from_slice(body);
                return Ok(Some(whole));
            }
        }
        let count = client.read(&mut part).await?;
        let got = part.get(..count).unwrap_or_default();
        if got.is_empty() || bytes.len() + count > MESSAGE_BYTES_MAX {
            return Ok(None);
        }
        bytes.extend_from_slice(got);
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn length(head: &str) -> usize {
    let named = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let ours = name.eq_ignore_ascii_case("content-length");
        ours.then(|| value.trim().parse().ok())?
    };
    head.lines().find_map(named).unwrap_or(0)
}
