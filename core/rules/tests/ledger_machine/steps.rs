//! What happens to the books: steps drawn at random, and the transfers that they make of what
//! happened before.

use carrot_rules::ledger::{
    Account, Leg, LotClass, LotId, LotTerms, Lots, Pot, Transfer, Unit, lot_id,
};
use proptest::prelude::*;
use uuid::Uuid;

/// Draws one of what there is.
pub type Index = prop::sample::Index;

/// A step. Persons and outlets count from zero, numbers of earlier steps are drawn.
#[derive(Debug, Clone)]
pub enum Step {
    Award(Grant),
    Spend {
        person: u8,
        points: i64,
        goods: bool,
    },
    Return {
        of: Index,
        points: i64,
    },
    Hold {
        person: u8,
        points: i64,
    },
    Capture {
        of: Index,
        points: i64,
        outlet: bool,
    },
    Release {
        of: Index,
        points: i64,
    },
    Refund {
        of: Index,
        points: i64,
    },
    Approve {
        of: Index,
    },
    Lapse {
        of: Index,
    },
    Reverse {
        of: Index,
    },
    Fund {
        points: i64,
    },
    Settle {
        minor: i64,
    },
    Sweep,
    Later {
        ms: i64,
    },
    Again {
        of: Index,
    },
    Wild {
        legs: Vec<WildLeg>,
        even: bool,
    },
}

/// An award, from issuance or from a budget.
#[derive(Debug, Clone)]
pub struct Grant {
    pub person: u8,
    pub points: i64,
    pub pending: bool,
    pub goods: bool,
    pub budget: bool,
    pub expires_in_ms: Option<i64>,
}

/// A leg of anything; what it names is drawn when the step is made.
#[derive(Debug, Clone)]
pub struct WildLeg {
    account: u8,
    goods: bool,
    amount: i64,
    lots: u8,
    of: Index,
    number: u32,
}

fn wild() -> impl Strategy<Value = WildLeg> {
    let amount = prop_oneof![60 => -9..10_i64, 1 => Just(i64::MAX), 1 => Just(i64::MIN)];
    (
        0..12_u8,
        any::<bool>(),
        amount,
        0..7_u8,
        any::<Index>(),
        0..3_u32,
    )
        .prop_map(|(account, goods, amount, lots, of, number)| WildLeg {
            account,
            goods,
            amount,
            lots,
            of,
            number,
        })
}

pub fn step() -> impl Strategy<Value = Step> {
    let points = || 1..15_i64;
    let of = any::<Index>;
    let expiry = || prop::option::weighted(0.7, 1..40_i64);
    let award = (0..2_u8, 5..40_i64, any::<[bool; 2]>(), expiry()).prop_map(
        |(person, points, [pending, goods], expires_in_ms)| Grant {
            person,
            points,
            pending,
            goods: goods && !pending,
            budget: false,
            expires_in_ms,
        },
    );
    let from_budget =
        (0..2_u8, points(), expiry()).prop_map(|(person, points, expires_in_ms)| Grant {
            person,
            points,
            pending: false,
            goods: false,
            budget: true,
            expires_in_ms,
        });
    prop_oneof![
        6 => award.prop_map(Step::Award),
        1 => from_budget.prop_map(Step::Award),
        4 => (0..2_u8, points(), any::<bool>())
            .prop_map(|(person, points, goods)| Step::Spend { person, points, goods }),
        3 => (of(), points()).prop_map(|(of, points)| Step::Return { of, points }),
        3 => (0..2_u8, points()).prop_map(|(person, points)| Step::Hold { person, points }),
        2 => (of(), points(), any::<bool>())
            .prop_map(|(of, points, outlet)| Step::Capture { of, points, outlet }),
        2 => (of(), points()).prop_map(|(of, points)| Step::Release { of, points }),
        2 => (of(), points()).prop_map(|(of, points)| Step::Refund { of, points }),
        2 => of().prop_map(|of| Step::Approve { of }),
        1 => of().prop_map(|of| Step::Lapse { of }),
        2 => of().prop_map(|of| Step::Reverse { of }),
        1 => points().prop_map(|points| Step::Fund { points }),
        1 => (-9..10_i64).prop_map(|minor| Step::Settle { minor }),
        2 => Just(Step::Sweep),
        3 => (-3..12_i64).prop_map(|ms| Step::Later { ms }),
        1 => of().prop_map(|of| Step::Again { of }),
        4 => (prop::collection::vec(wild(), 1..5), prop::bool::weighted(0.95))
            .prop_map(|(legs, even)| Step::Wild { legs, even }),
    ]
}

pub fn person(number: u8) -> Uuid {
    Uuid::from_u128(0x50 + u128::from(number))
}

pub fn unit(goods: bool) -> Unit {
    if goods {
        "goods:tools".parse().unwrap()
    } else {
        Unit::Points
    }
}

pub fn shop(outlet: bool) -> Account {
    if outlet {
        Account::Outlet(Uuid::nil(), Pot::Active)
    } else {
        Account::Redeemed
    }
}

pub fn budget() -> Account {
    Account::Budget("spring".parse().unwrap())
}

pub fn terms(expires_ms: Option<i64>) -> LotTerms {
    LotTerms {
        origin: "rule-1".to_owned(),
        unit_cost_micro: 1_500_000,
        expires_ms,
        ..LotTerms::of(LotClass::SellerIncentive)
    }
}

/// The transfer of wild legs, and where they do not sum to zero and should, legs that make up for it.
pub fn wild_transfer(legs: &[WildLeg], even: bool, transfers: &[Uuid], now_ms: i64) -> Transfer {
    let mut transfer = Transfer {
        purpose: "wild".to_owned(),
        legs: legs.iter().map(|leg| leg.leg(transfers, now_ms)).collect(),
    };
    for unit in [unit(false), unit(true)] {
        let mine = transfer.legs.iter().filter(|leg| leg.unit == unit);
        let sum = mine.fold(0_i64, |sum, leg| sum.saturating_add(leg.amount));
        if even && sum != 0 {
            transfer.legs.push(Leg {
                account: Account::Partner("acme".parse().unwrap()),
                unit,
                amount: sum.saturating_neg(),
                lots: Lots::Soonest,
            });
        }
    }
    transfer
}

/// The command of the step whose transfer has this id.
pub fn command(transfer: Uuid) -> Uuid {
    Uuid::from_u128(transfer.as_u128() >> 64)
}

impl WildLeg {
    fn leg(&self, transfers: &[Uuid], now_ms: i64) -> Leg {
        let person = person(self.account % 2);
        let account = match self.account {
            0 | 1 => Account::pending(person),
            2..6 => Account::active(person),
            6 | 7 => Account::reserved(person),
            8 => shop(true),
            9 => Account::Voucher(person),
            10 => Account::Issuance,
            _ => Account::Clawback(person),
        };
        let earlier = (!transfers.is_empty()).then(|| *self.of.get(transfers));
        let earlier = earlier.unwrap_or_default();
        let lots = match self.lots {
            0 | 1 => Lots::Carried,
            2 => Lots::Born(terms(Some(now_ms + 5))),
            3 | 4 => Lots::Of {
                command: command(earlier),
            },
            5 => Lots::Lot {
                lot: if self.number == 0 {
                    LotId::PLAIN
                } else {
                    lot_id(earlier, self.number)
                },
            },
            _ => Lots::Soonest,
        };
        // What was issued stays issued: later reversals count on it.
        let amount = match account {
            Account::Issuance => self.amount.saturating_abs().saturating_neg(),
            _ => self.amount,
        };
        Leg {
            account,
            unit: unit(self.goods),
            amount,
            lots,
        }
    }
}
