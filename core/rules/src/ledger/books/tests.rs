//! The books by hand: which lots a movement takes, what they refuse, and what they remember.

use super::*;
use crate::amount::AMOUNT_SIZE_MAX;
use crate::ledger::{LotClass, Lots, Pot, lot_id};

const PERSON: Uuid = Uuid::from_u128(0x50);
const ACTIVE: Account = Account::Participant(PERSON, Pot::Active);
const PENDING: Account = Account::Participant(PERSON, Pot::Pending);
const RESERVED: Account = Account::Participant(PERSON, Pot::Reserved);

/// Books with a clock: every transfer has a number that is its id, its command's and its instant.
#[derive(Default)]
struct World {
    books: Books,
    next: u128,
}

fn command(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn stamp(number: u128) -> Stamp {
    Stamp {
        transfer_id: Uuid::from_u128(number << 64),
        command: command(number),
        occurred_ms: 0,
        recorded_ms: i64::try_from(number).unwrap() * 10,
    }
}

impl World {
    /// Books under the next number and gives the number back.
    fn post(&mut self, transfer: &Transfer) -> u128 {
        self.next += 1;
        self.books.post(&stamp(self.next), transfer).unwrap();
        self.next
    }

    fn refused(&mut self, transfer: &Transfer) -> Refusal {
        let before = self.books.head();
        let refusal = self.books.post(&stamp(1_000), transfer).unwrap_err();
        assert_eq!(self.books.head(), before);
        refusal
    }

    fn award(&mut self, account: Account, points: i64, expires_ms: Option<i64>) -> u128 {
        let terms = LotTerms {
            expires_ms,
            ..LotTerms::of(LotClass::Work)
        };
        let award = Transfer::of("award")
            .leg(Account::Issuance, -points)
            .leg_lots(account, points, Lots::Born(terms));
        self.post(&award.finish().unwrap())
    }

    fn spend(&mut self, points: i64) -> u128 {
        let legs = [(ACTIVE, -points), (Account::Redeemed, points)];
        self.post(&Transfer::points("redemption", &legs).unwrap())
    }

    /// The lots of an account by the number that began them.
    fn lots(&self, account: Account) -> Vec<(u128, i64)> {
        let lots = self.books.lots(account, Unit::Points);
        lots.map(|open| (self.number(open.id), open.left)).collect()
    }

    /// The number of the transfer whose leg one began the lot; zero for the plain one.
    fn number(&self, lot: LotId) -> u128 {
        let made = |number: &u128| lot_id(stamp(*number).transfer_id, 1) == lot;
        (1..=self.next).find(made).unwrap_or(0)
    }
}

#[test]
fn a_return_gives_back_the_lots_that_were_spent() {
    let mut world = World::default();
    world.award(ACTIVE, 10, None);
    world.award(ACTIVE, 10, Some(900));
    world.award(ACTIVE, 10, Some(800));
    let spent = world.spend(25);
    assert_eq!(world.lots(ACTIVE), [(1, 5)]);
    let back = |points: i64| {
        Transfer::of("return")
            .leg(Account::Redeemed, -points)
            .leg_lots(
                ACTIVE,
                points,
                Lots::Of {
                    command: command(spent),
                },
            )
            .finish()
            .unwrap()
    };
    world.post(&back(8));
    assert_eq!(world.lots(ACTIVE), [(2, 3), (1, 10)]);
    world.post(&back(17));
    assert_eq!(world.lots(ACTIVE), [(3, 10), (2, 10), (1, 10)]);
    // Nothing is given back twice: more than was taken is a lot of its own.
    world.spend(1);
    let more = world.post(&back(1));
    assert_eq!(world.lots(ACTIVE), [(3, 9), (2, 10), (1, 10), (more, 1)]);
}

#[test]
fn a_reversal_takes_the_lot_of_its_award_wherever_it_went() {
    let mut world = World::default();
    let first = world.award(PENDING, 10, None);
    let second = world.award(PENDING, 10, None);
    let approve = Transfer::of("approval")
        .leg_lots(
            PENDING,
            -10,
            Lots::Of {
                command: command(second),
            },
        )
        .leg(Account::Clawback(Uuid::nil()), -3)
        .leg_lots(ACTIVE, 10, Lots::Carried)
        .leg(Account::Redeemed, 3);
    world.post(&approve.finish().unwrap());
    assert_eq!(world.lots(PENDING), [(first, 10)]);
    assert_eq!(world.lots(ACTIVE), [(second, 10)]);
    let third = world.award(ACTIVE, 10, Some(5));
    let reverse = Transfer::of("reversal")
        .leg_lots(
            ACTIVE,
            -12,
            Lots::Of {
                command: command(second),
            },
        )
        .leg(Account::Issuance, 12);
    world.post(&reverse.finish().unwrap());
    assert_eq!(world.lots(ACTIVE), [(third, 8)]);
}

#[test]
fn a_hold_ends_with_the_lots_it_took_though_another_shares_them() {
    let mut world = World::default();
    world.award(ACTIVE, 10, Some(50));
    world.award(ACTIVE, 10, Some(60));
    let one = world.post(&Transfer::hold(PERSON, 5).unwrap());
    let two = world.post(&Transfer::hold(PERSON, 10).unwrap());
    assert_eq!(world.lots(RESERVED), [(1, 10), (2, 5)]);
    assert_eq!(world.lots(ACTIVE), [(2, 5)]);
    let outlet = Account::Outlet(Uuid::nil(), Pot::Active);
    world.post(&Transfer::capture(command(two), PERSON, 7, outlet).unwrap());
    assert_eq!(world.lots(outlet), [(1, 5), (2, 2)]);
    world.post(&Transfer::release(command(one), PERSON, 5).unwrap());
    world.post(&Transfer::release(command(two), PERSON, 3).unwrap());
    assert_eq!(world.lots(RESERVED), []);
    assert_eq!(world.lots(ACTIVE), [(1, 5), (2, 8)]);
}

#[test]
fn a_refund_brings_back_what_its_capture_paid_out() {
    let mut world = World::default();
    world.award(ACTIVE, 10, Some(50));
    world.award(ACTIVE, 10, Some(60));
    let hold = world.post(&Transfer::hold(PERSON, 20).unwrap());
    world.post(&Transfer::capture(command(hold), PERSON, 8, Account::Redeemed).unwrap());
    let capture =
        world.post(&Transfer::capture(command(hold), PERSON, 4, Account::Redeemed).unwrap());
    let own = command(world.next + 1);
    let (paid, redeemed) = (command(capture), Account::Redeemed);
    world.post(&Transfer::refund(paid, own, PERSON, 3, redeemed).unwrap());
    assert_eq!(world.lots(ACTIVE), [(1, 1), (2, 2)]);
    assert_eq!(world.lots(RESERVED), [(2, 8)]);
    assert_eq!(world.books.balance(redeemed, Unit::Points), 9);
}

#[test]
fn lots_past_their_instant_expire_unless_they_are_promised() {
    let mut world = World::default();
    world.award(ACTIVE, 10, Some(50));
    world.award(PENDING, 4, Some(51));
    world.award(ACTIVE, 5, Some(40));
    world.award(ACTIVE, 3, None);
    let hold = world.post(&Transfer::hold(PERSON, 7).unwrap());
    let due = |world: &World, now_ms| -> Vec<(Account, u128, i64)> {
        let due = world.books.expiring(now_ms);
        due.map(|one| (one.account, world.number(one.lot.id), one.lot.left))
            .collect()
    };
    assert_eq!(due(&world, 49), []);
    assert_eq!(due(&world, 50), [(ACTIVE, 1, 8)]);
    assert_eq!(due(&world, 51), [(PENDING, 2, 4), (ACTIVE, 1, 8)]);
    world.post(&Transfer::release(command(hold), PERSON, 6).unwrap());
    let after_release = [(PENDING, 2, 4), (ACTIVE, 3, 5), (ACTIVE, 1, 9)];
    assert_eq!(due(&world, 51), after_release);
    let lots: Vec<Expiring> = world.books.expiring(51).collect();
    for one in lots.iter().rev() {
        let expire = Transfer::expire(one.account, one.unit, one.lot.id, one.lot.left);
        world.post(&expire.unwrap());
    }
    assert_eq!(due(&world, 51), []);
    assert_eq!(world.lots(ACTIVE), [(4, 3)]);
    assert_eq!(world.books.balance(Account::Expired, Unit::Points), 18);
    let gone = Transfer::expire(ACTIVE, Unit::Points, lots[1].lot.id, 2).unwrap();
    let (account, unit) = (ACTIVE, Unit::Points);
    let short = Refusal::LotsShort {
        account,
        unit,
        lacks: 2,
    };
    assert_eq!(world.refused(&gone), short);
}

#[test]
fn what_was_there_before_is_the_plain_lot_and_goes_last() {
    let opening = [
        ((Account::Issuance, Unit::Points), -30),
        ((ACTIVE, Unit::Points), 30),
    ];
    let mut world = World {
        books: Books::opened(opening.into()).unwrap(),
        next: 0,
    };
    assert_eq!(world.lots(ACTIVE), [(0, 30)]);
    let award = world.award(ACTIVE, 5, None);
    assert_eq!(world.lots(ACTIVE), [(award, 5), (0, 30)]);
    world.spend(6);
    assert_eq!(world.lots(ACTIVE), [(0, 29)]);
    assert_eq!(world.books.balance_at(ACTIVE, Unit::Points, 0), 30);
    assert_eq!(world.books.balance_at(ACTIVE, Unit::Points, 1), 35);
    assert_eq!(world.books.balance_as_of(ACTIVE, Unit::Points, 19), 35);
    assert_eq!(world.books.balance_as_of(ACTIVE, Unit::Points, 20), 29);
    for (opening, refusal) in [
        (
            vec![((ACTIVE, Unit::Points), 1)],
            "points does not sum to zero".to_owned(),
        ),
        (
            vec![
                ((ACTIVE, Unit::Points), -1),
                ((Account::Redeemed, Unit::Points), 1),
            ],
            format!("{ACTIVE} would fall to -1 points"),
        ),
    ] {
        let opened = Books::opened(opening.into_iter().collect());
        assert_eq!(opened.unwrap_err().to_string(), refusal);
    }
}

#[test]
fn balances_are_told_by_account_and_remembered() {
    let mut world = World::default();
    assert_eq!(world.books.balances().count(), 0);
    world.award(PENDING, 4, None);
    world.award(ACTIVE, 10, None);
    let spent = world.spend(10);
    let told: Vec<_> = world.books.balances().collect();
    let points = |account, balance| (account, Unit::Points, balance);
    let expected = [
        points(PENDING, 4),
        points(ACTIVE, 0),
        points(Account::Issuance, -14),
        points(Account::Redeemed, 10),
    ];
    assert_eq!(told, expected);
    let last = world.books.posted().next_back().unwrap();
    let mut moved = last.entries.iter();
    assert!(moved.all(|entry| entry.after == world.books.balance(entry.account, entry.unit)));
    assert_eq!((last.seq, last.command), (3, command(spent)));
    let lot = world.books.lot(lot_id(stamp(1).transfer_id, 1)).unwrap();
    assert_eq!((lot.born_seq, lot.command), (1, command(1)));
    assert_eq!((lot.unit, lot.expires_ms()), (Unit::Points, None));
    assert_eq!(
        lot.terms.as_ref().map(|terms| terms.class),
        Some(LotClass::Work)
    );
    assert_eq!(world.books.lot(LotId::PLAIN), None);
}

#[test]
fn the_same_transfer_again_changes_nothing_and_another_under_its_id_is_refused() {
    let mut world = World::default();
    world.award(ACTIVE, 10, None);
    let transfer = Transfer::hold(PERSON, 4).unwrap();
    let first = world.books.post(&stamp(2), &transfer).unwrap();
    let later = Stamp {
        recorded_ms: 9_999,
        ..stamp(2)
    };
    assert_eq!(world.books.post(&later, &transfer), Ok(first));
    let other_content = Refusal::OtherContent {
        transfer_id: stamp(2).transfer_id,
    };
    let other_points = Transfer::hold(PERSON, 3).unwrap();
    let (mut command, mut instant) = (stamp(2), stamp(2));
    command.command = Uuid::nil();
    instant.occurred_ms = 1;
    for (stamp, transfer) in [
        (stamp(2), &other_points),
        (command, &transfer),
        (instant, &transfer),
    ] {
        assert_eq!(world.books.post(&stamp, transfer), Err(other_content));
    }
    assert_eq!(world.books.posted().len(), 2);
    assert_eq!(world.books.balance(RESERVED, Unit::Points), 4);
}

#[test]
fn a_clock_that_steps_back_leaves_the_order_alone() {
    let mut world = World::default();
    world.award(ACTIVE, 10, None);
    let early = Stamp {
        recorded_ms: -7,
        ..stamp(2)
    };
    let hold = Transfer::hold(PERSON, 4).unwrap();
    assert_eq!(world.books.post(&early, &hold).unwrap().recorded_ms, 10);
    assert_eq!(world.books.balance_as_of(ACTIVE, Unit::Points, 9), 0);
    assert_eq!(world.books.balance_as_of(ACTIVE, Unit::Points, 10), 6);
}

/// Points from issuance to a person's pot, or back.
fn issued(amount: i64, lots: Lots) -> Transfer {
    let issued = Transfer::of("test")
        .leg(Account::Issuance, -amount)
        .leg_lots(ACTIVE, amount, lots);
    issued.finish().unwrap()
}

#[test]
fn no_balance_leaves_its_side_or_the_exact_range() {
    let mut world = World::default();
    world.award(ACTIVE, 10, None);
    let unit = Unit::Points;
    let legs = [(ACTIVE, -11), (Account::Redeemed, 11)];
    let below = Refusal::BelowZero {
        account: ACTIVE,
        unit,
        after: -1,
    };
    assert_eq!(
        world.refused(&Transfer::points("test", &legs).unwrap()),
        below
    );
    let above = Refusal::AboveZero {
        account: Account::Issuance,
        unit,
        after: 1,
    };
    assert_eq!(world.refused(&issued(-11, Lots::Soonest)), above);
    let account = Account::Issuance;
    let most = issued(AMOUNT_SIZE_MAX, Lots::Soonest);
    assert_eq!(world.refused(&most), Refusal::TooLarge { account, unit });
    let most = issued(AMOUNT_SIZE_MAX - 10, Lots::Soonest);
    world.post(&most);
}

#[test]
fn what_no_books_take_is_refused() {
    let mut world = World::default();
    let unit = Unit::Points;
    assert_eq!(world.refused(&issued(0, Lots::Soonest)), Refusal::Empty);
    let unbalanced = Transfer::points("test", &[(ACTIVE, 1)]).unwrap();
    assert_eq!(world.refused(&unbalanced), Refusal::Unbalanced { unit });
    let mut zero = issued(1, Lots::Soonest);
    zero.legs[1].amount = 0;
    assert_eq!(world.refused(&zero), Refusal::ZeroLeg { leg: 1 });
    let mut huge = issued(1, Lots::Soonest);
    huge.legs[1].amount = i64::MIN;
    let account = ACTIVE;
    assert_eq!(world.refused(&huge), Refusal::TooLarge { account, unit });
    let unsound = LotTerms {
        unit_cost_micro: -1,
        ..LotTerms::of(LotClass::Work)
    };
    let born = Lots::Born(LotTerms::of(LotClass::Work));
    let plain = Lots::Lot { lot: LotId::PLAIN };
    for (amount, lots) in [(1, Lots::Born(unsound)), (-1, born), (1, plain)] {
        let bad = world.refused(&issued(amount, lots));
        assert_eq!(bad, Refusal::BadLots { leg: 1 });
    }
    let mut many = issued(1, Lots::Soonest);
    many.legs = many.legs.iter().cycle().take(10_002).cloned().collect();
    assert_eq!(world.refused(&many), Refusal::TooManyLegs);
    many.legs.truncate(10_000);
    world.post(&many);
}
