//! The flight up against a small model of both sides: replies that get lost, a device that dies
//! between two effects, a server that goes back to an older back-up. Whatever happens, each command
//! has its effect once within one history of the server, and in the end everything is settled.

use carrot_sync::flight::push::{CODE_FORKED, Effect, End, Event, Flight, Span, Stored};
use carrot_sync::outbox::{Happening, State, Waiting, after};
use carrot_wire::VerdictClass;
use carrot_wire::limits::PUSH_BYTES_MAX;
use proptest::prelude::*;

/// What goes wrong with one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    LoseRequest,
    LoseReply,
    /// The server refuses the whole call; true when that stops the queue.
    Refuse(bool),
    /// The command of this many places on is put off.
    Later(usize),
    /// It is blocked.
    Block(usize),
}

/// What happens between flights.
#[derive(Debug, Clone, Copy)]
enum Deed {
    /// So many commands are made.
    Make(u8),
    /// A flight, whose calls meet these faults, and which dies after so many effects.
    Fly([Fault; 3], u8),
    /// The server goes back to so many commands.
    Restore(u8),
    /// A person asks again.
    Ask,
}

#[derive(Default)]
struct Server {
    /// The verdict class of each command, from number 1 on.
    records: Vec<VerdictClass>,
    /// Effects of each command in this history.
    effects: Vec<u32>,
}

#[derive(Default)]
struct Device {
    /// The state of each command, from number 1 on.
    states: Vec<State>,
    stopped: Option<&'static str>,
}

/// Bytes of each command: three fit into one push.
const BYTES: usize = PUSH_BYTES_MAX / 3;

fn class_of(seq: usize) -> VerdictClass {
    match seq % 4 {
        0 => VerdictClass::Rejected,
        1 => VerdictClass::Parked,
        _ => VerdictClass::Accepted,
    }
}

impl Server {
    /// Takes commands numbered from `first`; answers a verdict each, and the number expected next.
    fn take(&mut self, first: usize, count: usize, fault: Fault) -> (Vec<VerdictClass>, i64) {
        let mut verdicts = Vec::new();
        for (place, seq) in (first..first + count).enumerate() {
            if seq > self.records.len() + 1 {
                break;
            }
            if seq <= self.records.len() {
                verdicts.push(self.records[seq - 1]);
                continue;
            }
            match fault {
                Fault::Later(at) if at == place => {
                    verdicts.push(VerdictClass::Retry);
                    break;
                }
                Fault::Block(at) if at == place => {
                    verdicts.push(VerdictClass::Blocked);
                    break;
                }
                _ => {}
            }
            self.records.push(class_of(seq));
            self.effects.push(1);
            verdicts.push(class_of(seq));
        }
        (verdicts, self.records.len() as i64 + 1)
    }
}

impl Device {
    fn happen(&mut self, happening: Happening, from: i64) -> u64 {
        let mut moved = 0;
        for (seq, state) in (1..).zip(&mut self.states) {
            let next = after(*state, happening);
            if seq >= from && next != *state {
                *state = next;
                moved += 1;
            }
        }
        moved
    }

    fn waiting(&self, most: usize) -> Vec<Waiting> {
        let all = (1..).zip(&self.states);
        let waits = all.filter(|(_, state)| state.waits());
        let seen = waits.map(|(seq, state)| Waiting {
            seq,
            state: *state,
            bytes: BYTES,
        });
        seen.take(most).collect()
    }

    fn span(&self) -> Span {
        let highest = self.states.len() as i64;
        Span {
            lowest: 1,
            highest,
            first_waiting: self
                .waiting(1)
                .first()
                .map_or(highest + 1, |first| first.seq),
        }
    }

    fn store(&mut self, first: usize, verdicts: &[VerdictClass], expected_seq: i64) -> Stored {
        let (mut settled, mut put_off) = (0, None);
        for (seq, class) in (first..).zip(verdicts) {
            let state = &mut self.states[seq - 1];
            let next = after(*state, Happening::Answered(*class));
            settled += u32::from(next != *state && class.is_final());
            *state = next;
            if *class == VerdictClass::Retry {
                put_off = Some(Some(5));
            }
        }
        self.happen(Happening::Unanswered, 0);
        Stored {
            settled,
            put_off,
            expected_seq,
            span: self.span(),
        }
    }
}

/// One call's answer on its way back.
struct Call {
    first: usize,
    verdicts: Vec<VerdictClass>,
    expected: i64,
}

/// Flies once; none when the device died on the way.
fn fly(device: &mut Device, server: &mut Server, faults: [Fault; 3], life: u8) -> Option<End> {
    let mut faults = faults.into_iter();
    let mut flight = Flight::new();
    let (mut loaded, mut call) = (Vec::new(), None);
    let mut effect = flight.step(Event::Done);
    for _ in 0..life {
        let event = match effect {
            Effect::Move(happening, from) => Event::Moved(device.happen(happening, from)),
            Effect::Load(most) => {
                loaded = device.waiting(most);
                Event::Loaded(&loaded)
            }
            Effect::Depart(count) => {
                for one in &loaded[..count] {
                    let state = &mut device.states[one.seq as usize - 1];
                    *state = after(*state, Happening::Sent);
                }
                Event::Done
            }
            Effect::Send(count) => {
                let (first, fault) = (loaded[0].seq as usize, faults.next().unwrap_or(Fault::None));
                match fault {
                    Fault::LoseRequest => Event::Failed { blocks: false },
                    Fault::Refuse(blocks) => Event::Failed { blocks },
                    _ => {
                        let (verdicts, expected) = server.take(first, count, fault);
                        if fault == Fault::LoseReply {
                            Event::Failed { blocks: false }
                        } else {
                            call = Some(Call {
                                first,
                                verdicts,
                                expected,
                            });
                            Event::Answered
                        }
                    }
                }
            }
            Effect::Store => {
                let call = call.take().unwrap();
                Event::Stored(device.store(call.first, &call.verdicts, call.expected))
            }
            Effect::Stop(code) => {
                device.stopped = Some(code);
                device.happen(Happening::Answered(VerdictClass::Blocked), 0);
                Event::Done
            }
            Effect::End(end) => return Some(end),
        };
        effect = flight.step(event);
    }
    None
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        3 => Just(Fault::None),
        1 => Just(Fault::LoseRequest),
        2 => Just(Fault::LoseReply),
        1 => any::<bool>().prop_map(Fault::Refuse),
        1 => (0usize..3).prop_map(Fault::Later),
        1 => (0usize..3).prop_map(Fault::Block),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => (1u8..9).prop_map(Deed::Make),
        4 => ([fault(), fault(), fault()], 1u8..40).prop_map(|(f, life)| Deed::Fly(f, life)),
        1 => (0u8..20).prop_map(Deed::Restore),
        1 => Just(Deed::Ask),
    ]
}

/// What the device knows of the server is true of the server's present history, or of a later one that
/// a back-up took away.
fn agrees(device: &Device, server: &Server, restored: bool) {
    for (seq, state) in (1..).zip(&device.states) {
        let record = server.records.get(seq - 1);
        let known = matches!(state, State::Accepted | State::Rejected | State::Parked);
        assert!(
            !known || record.is_some() || restored,
            "{seq} is {state:?} here and unknown there"
        );
        if let (true, Some(class)) = (known, record) {
            assert_eq!(after(State::Sending, Happening::Answered(*class)), *state);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn whatever_happens_each_command_counts_once_and_in_the_end_all_are_settled(
        deeds in prop::collection::vec(deed(), 1..40),
    ) {
        let (mut device, mut server) = (Device::default(), Server::default());
        let mut restored = false;
        for deed in deeds {
            match deed {
                Deed::Make(count) => {
                    device.states.extend(std::iter::repeat_n(State::Queued, count.into()));
                }
                Deed::Fly(faults, life) => {
                    let ended = fly(&mut device, &mut server, faults, life);
                    prop_assert!(ended != Some(End::Confused));
                }
                Deed::Restore(to) => {
                    server.records.truncate(to.into());
                    server.effects.truncate(to.into());
                    restored = true;
                }
                Deed::Ask => { device.happen(Happening::AskedAgain, 0); }
            }
            prop_assert!(server.effects.iter().all(|count| *count == 1));
            agrees(&device, &server, restored);
        }
        // The faults are over; a new command makes the device notice what the server lost.
        device.states.push(State::Queued);
        device.happen(Happening::AskedAgain, 0);
        let end = fly(&mut device, &mut server, [Fault::None; 3], u8::MAX);
        prop_assert_eq!(end, Some(End::Empty));
        prop_assert_eq!(server.records.len(), device.states.len());
        agrees(&device, &server, false);
        prop_assert_eq!(device.stopped, None);
    }
}

#[test]
fn a_server_that_knows_more_than_was_ever_made_here_stops_the_queue() {
    let mut device = Device {
        states: vec![State::Queued],
        stopped: None,
    };
    let mut server = Server {
        records: vec![VerdictClass::Accepted; 4],
        effects: vec![1; 4],
    };
    device.states.push(State::Queued);
    server.records.truncate(4);
    let end = fly(&mut device, &mut server, [Fault::None; 3], u8::MAX);
    assert_eq!(device.stopped, Some(CODE_FORKED));
    assert_eq!(end, Some(End::Empty), "both were answered before");
}

#[test]
fn an_answer_that_settles_nothing_is_not_asked_for_again_at_once() {
    let mut flight = Flight::new();
    flight.step(Event::Done);
    flight.step(Event::Moved(0));
    let rows = [Waiting {
        seq: 1,
        state: State::Queued,
        bytes: 10,
    }];
    assert_eq!(flight.step(Event::Loaded(&rows)), Effect::Depart(1));
    flight.step(Event::Done);
    flight.step(Event::Answered);
    let span = Span {
        lowest: 1,
        highest: 1,
        first_waiting: 1,
    };
    let stored = Stored {
        settled: 0,
        put_off: None,
        expected_seq: 1,
        span,
    };
    flight.step(Event::Stored(stored));
    assert_eq!(
        flight.step(Event::Loaded(&rows)),
        Effect::End(End::PutOff(None))
    );
    // What cannot follow ends the flight instead of taking a guess.
    assert_eq!(flight.step(Event::Answered), Effect::End(End::Confused));
}
