//! The flight of photos against a small model of the server: lost requests and replies, a device that
//! dies between two effects, a server that forgets what came in part. In the end every photo is there,
//! and none is noted before it is.

use std::collections::BTreeMap;

use carrot_sync::flight::uploads::{
    Deferral, Due, Effect, End, Event, Flight, Surroundings, UNASKED_BYTES_MAX, deferral,
};
use carrot_sync::flight::{Failure, LineFault};
use carrot_wire::limits::{BLOB_BYTES_MAX, BLOB_CALL_BYTES_MAX, BLOB_PART_BYTES_MAX};
use proptest::prelude::*;

const HOME: Surroundings = Surroundings {
    metered: false,
    battery_low: false,
};
const PART: u64 = BLOB_PART_BYTES_MAX as u64;

/// What goes wrong with one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    LoseRequest,
    LoseReply,
    /// The server forgets what came in part before it looks.
    Forget,
    /// The device dies.
    Die,
}

#[derive(Default)]
struct Server {
    whole: Vec<usize>,
    parts: BTreeMap<usize, u64>,
    bytes: u64,
}

impl Server {
    fn stands(&self, at: usize, size: u64) -> (u64, bool) {
        match self.whole.contains(&at) {
            true => (size, true),
            false => (self.parts.get(&at).copied().unwrap_or(0), false),
        }
    }

    fn end(&mut self, at: usize) {
        assert!(!self.whole.contains(&at), "stored once");
        self.parts.remove(&at);
        self.whole.push(at);
    }

    fn part(&mut self, at: usize, size: u64, offset: u64, bytes: u64) -> Option<(u64, bool)> {
        let (stands, complete) = self.stands(at, size);
        if complete {
            return Some((size, true));
        }
        if stands != offset {
            return None;
        }
        self.bytes += bytes;
        self.parts.insert(at, offset + bytes);
        if offset + bytes == size {
            self.end(at);
        }
        Some(self.stands(at, size))
    }
}

/// Flies until the flight ends or a fault kills the device; answers how it ended.
fn fly(
    server: &mut Server,
    noted: &mut [bool],
    due: &[Due],
    faults: &mut impl Iterator<Item = Fault>,
) -> Option<End> {
    const LOST: Failure<'static> = Failure::Unreachable(LineFault::Passing);
    const CONFLICT: Failure<'static> = Failure::Refused {
        status: 409,
        code: "offset_conflict",
        retry_after_ms: None,
    };
    let wanted: Vec<usize> = (0..due.len()).filter(|at| !noted[*at]).collect();
    let facts: Vec<Due> = wanted.iter().map(|at| due[*at]).collect();
    let mut flight = Flight::new(HOME);
    let mut effect = flight.step(Event::Done);
    for _ in 0..10_000 {
        let calls = matches!(
            effect,
            Effect::Ask(_) | Effect::Send(_) | Effect::AskOffset(_) | Effect::SendPart { .. }
        );
        let fault = if calls {
            faults.next().unwrap_or(Fault::None)
        } else {
            Fault::None
        };
        match fault {
            Fault::Die => return None,
            Fault::Forget => server.parts.clear(),
            _ => {}
        }
        if fault == Fault::LoseRequest {
            effect = flight.step(Event::Failed(LOST));
            continue;
        }
        let stands = |(offset, complete)| Event::Stands { offset, complete };
        let event = match effect {
            Effect::Look => Event::Due(&facts),
            Effect::Ask(at) => Event::Asked(server.whole.contains(&wanted[at])),
            Effect::Send(at) => {
                assert!(due[wanted[at]].bytes <= BLOB_CALL_BYTES_MAX as u64);
                if !server.whole.contains(&wanted[at]) {
                    server.end(wanted[at]);
                }
                Event::Done
            }
            Effect::AskOffset(at) => stands(server.stands(wanted[at], facts[at].bytes)),
            Effect::SendPart { at, offset, bytes } => {
                assert!(bytes <= PART && offset + bytes <= facts[at].bytes);
                let said = server.part(wanted[at], facts[at].bytes, offset, bytes);
                said.map_or(Event::Failed(CONFLICT), stands)
            }
            Effect::Note(at) => {
                assert!(
                    server.whole.contains(&wanted[at]),
                    "noted before it is there"
                );
                noted[wanted[at]] = true;
                Event::Done
            }
            Effect::Skip(_) | Effect::Release => Event::Done,
            Effect::End(end) => return Some(end),
        };
        effect = match fault {
            Fault::LoseReply => flight.step(Event::Failed(LOST)),
            _ => flight.step(event),
        };
    }
    panic!("a flight without an end");
}

fn photo(bytes: u64) -> Due {
    Due {
        bytes,
        anyway: false,
    }
}

proptest! {
    #[test]
    fn every_photo_arrives_once_whatever_is_lost(
        sizes in prop::collection::vec(1..=BLOB_BYTES_MAX as u64, 1..5),
        flights in prop::collection::vec(prop::collection::vec(prop_oneof![
            4 => Just(Fault::None),
            1 => Just(Fault::LoseRequest),
            1 => Just(Fault::LoseReply),
            1 => Just(Fault::Forget),
            1 => Just(Fault::Die),
        ], 0..40), 0..20),
    ) {
        let due: Vec<Due> = sizes.iter().map(|bytes| photo(*bytes)).collect();
        let (mut server, mut noted) = (Server::default(), vec![false; due.len()]);
        for faults in flights {
            let end = fly(&mut server, &mut noted, &due, &mut faults.into_iter());
            prop_assert_ne!(end, Some(End::Confused));
        }
        let end = fly(&mut server, &mut noted, &due, &mut std::iter::empty());
        prop_assert_eq!(end, Some(End::Done));
        prop_assert!(noted.iter().all(|noted| *noted));
    }
}

#[test]
fn a_photo_goes_on_where_it_was_cut_and_sends_no_byte_twice() {
    let due = [photo(10 * PART + 7)];
    let (mut server, mut noted) = (Server::default(), vec![false]);
    // Asked, asked where it stands, one part; then the line is gone. Ten times.
    for _ in 0..10 {
        let cut = [Fault::None, Fault::None, Fault::None, Fault::LoseRequest];
        let end = fly(&mut server, &mut noted, &due, &mut cut.into_iter());
        assert_eq!(end, Some(End::Failed));
    }
    assert_eq!(server.stands(0, due[0].bytes), (10 * PART, false));
    let end = fly(&mut server, &mut noted, &due, &mut std::iter::empty());
    assert_eq!((end, noted), (Some(End::Done), vec![true]));
    assert_eq!(server.bytes, due[0].bytes);
}

#[test]
fn small_photos_go_before_large_ones_and_large_ones_wait_for_a_free_network_and_power() {
    let small = photo(UNASKED_BYTES_MAX);
    let large = photo(UNASKED_BYTES_MAX + 1);
    let wanted = Due {
        anyway: true,
        ..large
    };
    let mobile = Surroundings {
        metered: true,
        battery_low: true,
    };
    let tired = Surroundings {
        metered: false,
        battery_low: true,
    };
    assert_eq!(deferral(large, HOME), None);
    assert_eq!(deferral(small, mobile), None);
    assert_eq!(deferral(wanted, mobile), None);
    assert_eq!(deferral(large, mobile), Some(Deferral::Metered));
    assert_eq!(deferral(large, tired), Some(Deferral::BatteryLow));
    let parts = photo(BLOB_CALL_BYTES_MAX as u64 + 1);
    let order = |due: &[Due], surroundings| {
        let mut flight = Flight::new(surroundings);
        flight.step(Event::Done);
        let (mut order, mut effect) = (Vec::new(), flight.step(Event::Due(due)));
        while let Effect::Ask(at) = effect {
            order.push(at);
            flight.step(Event::Asked(true));
            effect = flight.step(Event::Done);
        }
        assert_eq!(effect, Effect::Release);
        order
    };
    assert_eq!(order(&[parts, small, large], HOME), [1, 2, 0]);
    assert_eq!(order(&[parts, small, large, wanted], mobile), [1, 3]);
}

#[test]
fn a_server_that_contradicts_itself_is_not_asked_for_ever() {
    let due = [photo(3 * PART + 2 * PART)];
    let mut flight = Flight::new(HOME);
    flight.step(Event::Done);
    assert_eq!(flight.step(Event::Due(&due)), Effect::Ask(0));
    let mut effect = flight.step(Event::Asked(false));
    let mut asked = 0;
    while effect == Effect::AskOffset(0) {
        asked += 1;
        let part = flight.step(Event::Stands {
            offset: PART,
            complete: false,
        });
        assert!(matches!(part, Effect::SendPart { offset: PART, .. }));
        effect = flight.step(Event::Failed(Failure::Refused {
            status: 409,
            code: "offset_conflict",
            retry_after_ms: None,
        }));
    }
    assert_eq!((effect, asked), (Effect::Skip(0), 4));
    assert_eq!(flight.step(Event::Done), Effect::Release);
    // More than there is, all of it without an end, and the same place again and again.
    for (offset, sent) in [(5 * PART + 1, 0), (5 * PART, 4), (PART, 4)] {
        let mut flight = Flight::new(HOME);
        flight.step(Event::Done);
        flight.step(Event::Due(&due));
        flight.step(Event::Asked(false));
        let stands = Event::Stands {
            offset,
            complete: false,
        };
        let (mut count, mut effect) = (0, flight.step(stands));
        while let Effect::SendPart { .. } = effect {
            count += 1;
            effect = flight.step(stands);
        }
        assert_eq!((effect, count), (Effect::Skip(0), sent));
    }
}
