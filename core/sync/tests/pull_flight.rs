//! The flight down against a small model: pages of any size, answers that do not fit, histories that
//! are rebuilt, a device that dies between two effects. What is applied is always an exact beginning
//! of the server's history, and in the end all of it.

use std::collections::BTreeMap;

use carrot_rules::Scope;
use carrot_sync::flight::pull::{Effect, End, Event, Flight, Piece};
use carrot_sync::flight::push::{CODE_FORKED, Span};
use carrot_sync::outbox::Happening;
use carrot_sync::pages::{Cursor, PageStep, digest};
use carrot_sync::plan::{Held, Plan, cursors};
use carrot_sync::snapshot::{Reached, Swap, Wanted};
use carrot_wire::certificate::SignedCertificate;
use carrot_wire::pull::{PullReply, ScopeCursor, ScopePage};
use proptest::prelude::*;
use uuid::Uuid;

fn scope(number: u8) -> Scope {
    Scope::Outlet(Uuid::from_u128(number.into()))
}

#[derive(Default)]
struct Server {
    logs: BTreeMap<Scope, (String, Vec<String>)>,
    page_changes: usize,
    last_seq: i64,
    /// Scopes below this number come as snapshots only; none where there are no snapshots.
    floor: Option<usize>,
}

#[derive(Default)]
struct Device {
    held: Vec<Held>,
    texts: BTreeMap<Scope, Vec<String>>,
    synced: bool,
    /// Pieces of a snapshot: of which history and number, and how many.
    pieces: BTreeMap<Scope, (String, usize, usize)>,
    staged: BTreeMap<Scope, (String, Vec<String>)>,
}

/// Pieces of each snapshot.
const PIECES: usize = 3;

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    None,
    Lost,
    /// The last text of the first page was changed on its way.
    Changed,
}

impl Server {
    fn page(&self, id: Scope, cursor: Option<&ScopeCursor>) -> ScopePage {
        let (epoch, log) = &self.logs[&id];
        let asked = cursor.filter(|cursor| !cursor.epoch.is_empty());
        let known = asked.map_or(0, |cursor| cursor.after as usize);
        let floor = self.floor.unwrap_or(0).min(log.len());
        let void = asked.is_some_and(|c| &c.epoch != epoch || known > log.len());
        let after = if void { 0 } else { known };
        let below = after < floor;
        let reset = void || below;
        let after = if below { 0 } else { after };
        let end = match below {
            true => 0,
            false => (after + self.page_changes).min(log.len()),
        };
        ScopePage {
            id,
            epoch: epoch.clone(),
            first: after as i64 + 1,
            last: end as i64,
            changes: log[after..end].to_vec(),
            high: log.len() as i64,
            digest_at_last: digest("", 1, &log[..end]),
            reset,
            gone: false,
            snapshot: self.floor.is_some() && end < log.len(),
        }
    }

    fn answer(&self, asked: &[ScopeCursor], fault: Fault) -> PullReply {
        let cursor = |id: &Scope| asked.iter().find(|one| one.id == *id);
        let mut scopes: Vec<ScopePage> = self
            .logs
            .keys()
            .map(|id| self.page(*id, cursor(id)))
            .collect();
        let more = scopes.iter().any(|page| page.last < page.high);
        let last = scopes.first_mut().and_then(|page| page.changes.last_mut());
        if let (Fault::Changed, Some(text)) = (fault, last) {
            text.push(' ');
        }
        PullReply {
            proto: 1,
            scopes,
            people: Vec::new(),
            certificate: SignedCertificate {
                kid: String::new(),
                bytes: String::new(),
                signature: String::new(),
            },
            server_ms: 0,
            vouchers: Vec::new(),
            device_last_seq: self.last_seq,
            countersigned: None,
            trust: None,
            more,
        }
    }
}

/// A device that never made a command.
const SPAN: Span = Span {
    lowest: 1,
    highest: 0,
    first_waiting: 1,
};

impl Device {
    fn hold(&mut self, id: Scope, cursor: Cursor, high: i64) {
        self.held.retain(|held| held.id != id);
        self.held.push(Held {
            id,
            cursor,
            high,
            suspect: false,
        });
    }

    fn apply(&mut self, plan: Plan, server: &Server) {
        for (id, high, step) in plan.steps {
            let PageStep::Apply(page) = step else {
                continue;
            };
            let texts = self.texts.entry(id).or_default();
            if page.reset {
                texts.clear();
            }
            let log = &server.logs[&id].1;
            texts.extend_from_slice(&log[texts.len()..page.cursor.after as usize]);
            self.hold(id, page.cursor, high);
        }
        for id in plan.suspect {
            for held in self.held.iter_mut().filter(|held| held.id == id) {
                held.suspect = true;
            }
        }
    }

    /// One more piece of a snapshot.
    fn fetch(&mut self, wanted: &Wanted, server: &Server, fault: Fault) -> Piece {
        let (epoch, log) = &server.logs[&wanted.scope];
        let new = (epoch.clone(), log.len(), 0);
        let kept = self.pieces.entry(wanted.scope).or_insert(new);
        // Dead after the last piece: the next flight has them all.
        kept.2 = PIECES.min(kept.2 + 1);
        match (fault, kept.2) {
            (Fault::Changed, _) => Piece::Changed,
            _ if kept.0 != *epoch => Piece::Changed,
            (_, PIECES) => Piece::Last,
            _ => Piece::Kept,
        }
    }

    fn stage(&mut self, wanted: &Wanted, server: &Server) -> Reached {
        let (epoch, seq, count) = self.pieces[&wanted.scope].clone();
        assert_eq!(count, PIECES, "all of it");
        let texts = server.logs[&wanted.scope].1[..seq].to_vec();
        self.staged.insert(wanted.scope, (epoch.clone(), texts));
        let seq = seq as i64;
        Reached { epoch, seq }
    }

    fn swap(&mut self, swap: &Swap) {
        let (epoch, texts) = self.staged.remove(&swap.scope).unwrap();
        self.pieces.remove(&swap.scope);
        let after = texts.len() as i64;
        let known = self.held.iter().find(|held| held.id == swap.scope);
        let back =
            known.is_some_and(|known| known.cursor.epoch != epoch || known.cursor.after > after);
        assert_eq!(swap.base_lost, back);
        let digest = digest("", 1, &texts);
        let cursor = Cursor {
            epoch,
            after,
            digest,
        };
        self.hold(swap.scope, cursor, swap.high);
        self.texts.insert(swap.scope, texts);
    }
}

fn fly(device: &mut Device, server: &Server, mut faults: Vec<Fault>, life: u16) -> Option<End> {
    let mut flight = Flight::new();
    let mut effect = flight.step(Event::Done);
    for _ in 0..life {
        let mut fault = || faults.pop().unwrap_or(Fault::None);
        effect = match effect {
            Effect::Ask => {
                let fault = fault();
                let reply = server.answer(&cursors(&device.held), fault);
                match fault {
                    Fault::Lost => flight.step(Event::Failed),
                    _ => flight.step(Event::Answered {
                        reply: &reply,
                        held: &device.held,
                    }),
                }
            }
            Effect::Apply(plan) => {
                device.apply(plan, server);
                flight.step(Event::Applied(SPAN))
            }
            Effect::MarkReflected => flight.step(Event::Moved(0)),
            Effect::NoteSynced => {
                device.synced = true;
                flight.step(Event::Done)
            }
            Effect::Renew | Effect::Prune | Effect::SettleThrough(_) => flight.step(Event::Done),
            Effect::Fetch(wanted) => match fault() {
                Fault::Lost => flight.step(Event::Failed),
                fault => flight.step(Event::Fetched(device.fetch(&wanted, server, fault))),
            },
            Effect::Stage(_) if fault() == Fault::Changed => flight.step(Event::Unfit),
            Effect::Stage(wanted) => flight.step(Event::Staged(&device.stage(&wanted, server))),
            Effect::Discard(scope) => {
                device.pieces.remove(&scope);
                flight.step(Event::Done)
            }
            Effect::Swap(swap) => {
                device.swap(&swap);
                flight.step(Event::Applied(SPAN))
            }
            Effect::Stop(code) => panic!("stopped: {code}"),
            Effect::Move(happening, _) => panic!("{happening:?}"),
            Effect::End(end) => return Some(end),
        };
    }
    None
}

#[derive(Debug, Clone)]
enum Deed {
    Log(u8, u8),
    Fly(Vec<Fault>, u16),
    Rebuild(u8),
    Pages(u8),
    Floor(Option<u8>),
}

fn deed() -> impl Strategy<Value = Deed> {
    let fault =
        prop_oneof![2 => Just(Fault::None), 1 => Just(Fault::Lost), 1 => Just(Fault::Changed)];
    prop_oneof![
        3 => (0u8..3, 1u8..9).prop_map(|(id, count)| Deed::Log(id, count)),
        4 => (prop::collection::vec(fault, 0..4), 1u16..60).prop_map(|(f, life)| Deed::Fly(f, life)),
        1 => (0u8..3).prop_map(Deed::Rebuild),
        1 => (1u8..5).prop_map(Deed::Pages),
        1 => prop::option::of(0u8..20).prop_map(Deed::Floor),
    ]
}

fn exact_beginning(device: &Device, server: &Server) {
    for held in &device.held {
        let (epoch, log) = &server.logs[&held.id];
        let texts = &device.texts[&held.id];
        assert_eq!(texts.len() as i64, held.cursor.after);
        if &held.cursor.epoch == epoch {
            assert_eq!(texts[..], log[..texts.len()]);
            assert_eq!(held.cursor.digest, digest("", 1, texts));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn i8_what_is_applied_is_an_exact_beginning_and_in_the_end_all(
        deeds in prop::collection::vec(deed(), 1..30),
    ) {
        let mut server = Server { page_changes: 2, ..Server::default() };
        for number in 0..3 {
            server.logs.insert(scope(number), ("e".to_owned(), Vec::new()));
        }
        let mut device = Device::default();
        let mut epochs = 0;
        for deed in deeds {
            match deed {
                Deed::Log(id, count) => {
                    let (epoch, log) = server.logs.get_mut(&scope(id)).unwrap();
                    for _ in 0..count {
                        let text = format!("\"{epoch}-{id}-{}\"", log.len());
                        log.push(text);
                    }
                }
                Deed::Fly(faults, life) => {
                    // Deaths at any step: what a flight holds is gone, what files hold stays.
                    let end = fly(&mut device, &server, faults, life);
                    prop_assert!(!matches!(end, Some(End::Confused | End::Empty)), "{end:?}");
                }
                Deed::Rebuild(id) => {
                    epochs += 1;
                    let all = server.logs.get_mut(&scope(id)).unwrap();
                    all.0 = format!("e{epochs}");
                    all.1.truncate(1);
                }
                Deed::Pages(most) => server.page_changes = most.into(),
                // A floor never comes down again.
                Deed::Floor(floor) => {
                    server.floor = floor.map(usize::from).max(server.floor);
                }
            }
            exact_beginning(&device, &server);
        }
        let end = fly(&mut device, &server, Vec::new(), u16::MAX);
        prop_assert!(matches!(end, Some(End::Level { resend: false, .. })), "{end:?}");
        prop_assert!(device.synced);
        for (id, (_, log)) in &server.logs {
            prop_assert_eq!(device.texts.get(id).cloned().unwrap_or_default(), log.clone());
        }
        exact_beginning(&device, &server);
    }
}

#[test]
fn a_page_that_never_fits_ends_the_flight_and_names_its_scope() {
    let mut server = Server {
        page_changes: 5,
        ..Server::default()
    };
    let log = vec!["\"a\"".to_owned()];
    server.logs.insert(scope(1), ("e".to_owned(), log));
    let mut device = Device::default();
    let end = fly(&mut device, &server, vec![Fault::Changed; 9], u16::MAX);
    assert_eq!(end, Some(End::Unfit(scope(1))));
    assert!(!device.synced && device.texts.is_empty());
}

#[test]
fn numbers_that_were_never_given_here_stop_the_queue_and_lost_ones_wait_again() {
    let server = Server::default();
    for (last_seq, highest, expected) in [
        (4, 2, Effect::Stop(CODE_FORKED)),
        (1, 2, Effect::Move(Happening::ServerLost, 2)),
        (2, 2, Effect::NoteSynced),
    ] {
        let reply = PullReply {
            device_last_seq: last_seq,
            ..server.answer(&[], Fault::None)
        };
        let mut flight = Flight::new();
        flight.step(Event::Done);
        flight.step(Event::Answered {
            reply: &reply,
            held: &[],
        });
        flight.step(Event::Done);
        let span = Span {
            lowest: 1,
            highest,
            first_waiting: highest + 1,
        };
        assert_eq!(flight.step(Event::Applied(span)), expected);
    }
}
