//! What people do: sales, claims, returns, redemptions, holds, visits, goals. Chosen by chance, decided by
//! the real client.

use carrot_client::{Attachment, ClientError, Membership, Submitted};
use carrot_rules::Command;
use carrot_rules::command::{
    BuyerRef, ClaimSubmit, Cover, Evidence, GoalSet, HoldCapture, HoldPlace, HoldRelease,
    LeaseRequest, LeaseReturn, ReturnLine, RewardRedeem, SaleLine, SaleRecord, SaleReturn,
    SaleVoid, VisitRecord,
};
use uuid::Uuid;

use crate::cast::{CODES, Cast, PRODUCT, REWARD, REWARD_POINTS, TASK};
use crate::dice::Dice;
use crate::unit::{Role, Unit};

/// Pieces of one, millionths.
const ONE_MICRO: i64 = 1_000_000;
/// How long points are held, milliseconds.
const HOLD_MS: i64 = 3_600_000;

/// A code that somebody's phone shows at a counter, and whose.
pub type Shown = (Uuid, String);

/// What was done.
pub struct Done {
    /// The command.
    pub command: Command,
    /// What the client said.
    pub result: Result<Submitted, ClientError>,
}

/// Things that were made and that later commands may name.
#[derive(Debug, Default)]
pub struct Known {
    sales: Vec<Uuid>,
    holds: Vec<Uuid>,
}

/// What a fleet's people do next.
pub struct Worker<'a> {
    /// Chance.
    pub dice: &'a mut Dice,
    /// Ids of the fleet's own.
    pub next_id: &'a mut u128,
    /// What was made before.
    pub known: &'a mut Known,
    /// The code that a member's phone shows now, if one is near.
    pub shown: Option<Shown>,
    /// The most points that a till asks a lease for.
    pub lease_points_max: i64,
}

impl Worker<'_> {
    fn id(&mut self) -> Uuid {
        *self.next_id += 1;
        Uuid::from_u128(0xABCD_0000_0000_0000_0000 + *self.next_id)
    }

    /// Somebody works with a device. None when there is nothing for them to do.
    pub async fn work(&mut self, unit: &Unit, membership: &Membership) -> Option<Done> {
        let (command, attachments) = match unit.role {
            Role::Terminal(_) => (self.at_the_till(unit)?, Vec::new()),
            Role::Phone(person) if person == unit.cast.merchandiser() => {
                self.visit(unit, membership).await.ok()?
            }
            Role::Phone(person) => (self.on_the_phone(unit.cast, person), Vec::new()),
        };
        let outlet = match unit.role {
            Role::Terminal(_) => None,
            Role::Phone(_) => Some(unit.cast.outlet(0)),
        };
        let result = membership
            .submit(command.clone(), unit.actor, outlet, attachments)
            .await;
        if result.is_ok() {
            match &command {
                Command::SaleRecord(sale) => self.known.sales.push(sale.sale_id),
                Command::HoldPlace(hold) => self.known.holds.push(hold.hold_id),
                _ => {}
            }
        }
        Some(Done { command, result })
    }

    fn at_the_till(&mut self, unit: &Unit) -> Option<Command> {
        let kinds = [
            (40, 's'),
            (4, 'v'),
            (8, 'r'),
            (16, 'l'),
            (14, 'o'),
            (5, 'h'),
            (4, 'c'),
            (3, 'f'),
            (5, 'b'),
        ];
        match self.dice.weigh(&kinds)? {
            's' => Some(self.sale(unit.cast)),
            'v' => {
                let sale_id = *self.dice.pick(&self.known.sales)?;
                Some(Command::SaleVoid(SaleVoid { sale_id }))
            }
            'r' => self.goods_back(),
            'l' => membership_lease(unit, self.dice.between(1, self.lease_points_max)),
            'b' => gives_back(unit, self.dice.between(1, self.lease_points_max)),
            'o' => self.redeem(Cover::Online),
            'h' => self.hold(unit),
            'c' => {
                let hold_id = *self.dice.pick(&self.known.holds)?;
                Some(Command::HoldCapture(HoldCapture {
                    hold_id,
                    points: self.dice.between(1, 60),
                    capture_id: self.id(),
                }))
            }
            _ => {
                let hold_id = *self.dice.pick(&self.known.holds)?;
                Some(Command::HoldRelease(HoldRelease { hold_id }))
            }
        }
    }

    fn sale(&mut self, cast: Cast) -> Command {
        let buyer = match (self.dice.below(4), self.shown.clone()) {
            (0, _) => None,
            (1, Some((participant, proof))) => Some(BuyerRef::Proof { participant, proof }),
            _ => Some(BuyerRef::Contact {
                hash: cast.contact(u128::from(self.dice.below(3))),
            }),
        };
        let seller = match self.dice.below(3) {
            0 => None,
            at => Some(cast.seller(u128::from(at - 1))),
        };
        let coded = self.dice.chance(150);
        let pieces = if coded { 1 } else { self.dice.between(1, 3) };
        let line = SaleLine {
            product: Some(PRODUCT.to_owned()),
            quantity_micro: pieces * ONE_MICRO,
            amount_minor: pieces * 49_900,
            unit_code: coded.then(|| cast.code(self.dice.below(CODES))),
        };
        Command::SaleRecord(SaleRecord {
            sale_id: self.id(),
            buyer,
            seller,
            lines: vec![line],
            currency: "DKK".to_owned(),
            receipt_key: None,
            invoice: None,
            part_pay_points: None,
        })
    }

    fn goods_back(&mut self) -> Option<Command> {
        let sale_id = *self.dice.pick(&self.known.sales)?;
        Some(Command::SaleReturn(SaleReturn {
            return_id: self.id(),
            sale_id,
            lines: vec![ReturnLine {
                line: 0,
                quantity_micro: ONE_MICRO,
            }],
            reason: "too small".to_owned(),
        }))
    }

    fn redeem(&mut self, cover: Cover) -> Option<Command> {
        let (participant, proof) = self.shown.clone()?;
        Some(Command::RewardRedeem(RewardRedeem {
            redemption_id: self.id(),
            reward: REWARD.to_owned(),
            cost_points: REWARD_POINTS,
            participant,
            proof,
            cover,
            challenge: None,
        }))
    }

    fn hold(&mut self, unit: &Unit) -> Option<Command> {
        let (participant, proof) = self.shown.clone()?;
        Some(Command::HoldPlace(HoldPlace {
            hold_id: self.id(),
            participant,
            points: self.dice.between(1, 90),
            reference: "elsewhere".to_owned(),
            expires_ms: unit.now_ms().saturating_add(HOLD_MS),
            proof: Some(proof),
        }))
    }

    fn on_the_phone(&mut self, cast: Cast, person: Uuid) -> Command {
        let sells = (0..2).any(|at| cast.seller(at) == person);
        if sells && self.dice.chance(700) {
            let evidence = match self.dice.below(5) {
                0 => Evidence::Statement {
                    product: PRODUCT.to_owned(),
                    photo: None,
                },
                _ => Evidence::Code {
                    code: cast.code(self.dice.below(CODES)),
                    product: None,
                },
            };
            return Command::ClaimSubmit(ClaimSubmit {
                claim_id: self.id(),
                evidence,
            });
        }
        let reward = self.dice.chance(700).then(|| REWARD.to_owned());
        Command::GoalSet(GoalSet { reward })
    }

    async fn visit(
        &mut self,
        unit: &Unit,
        membership: &Membership,
    ) -> Result<(Command, Vec<Attachment>), ClientError> {
        let mut attachments = Vec::new();
        if self.dice.chance(700) {
            // Few pictures, so that the same one comes again.
            let byte = u8::try_from(self.dice.below(6)).unwrap_or(0);
            let bytes = vec![byte; 600];
            attachments.push(membership.put_photo(bytes, "image/jpeg").await?);
        }
        let record = VisitRecord {
            visit_id: self.id(),
            stop: None,
            task: TASK.to_owned(),
            checked_in_ms: unit.now_ms(),
            checklist: Vec::new(),
            photos: attachments.iter().map(|one| one.sha256.clone()).collect(),
            note: String::new(),
            shelf: Vec::new(),
        };
        Ok((Command::VisitRecord(record), attachments))
    }
}

fn membership_lease(unit: &Unit, points: i64) -> Option<Command> {
    let lease_id = unit.membership.as_ref()?.device_id();
    Some(Command::LeaseRequest(LeaseRequest { lease_id, points }))
}

/// Often more than is left: then it is refused and nothing goes back.
fn gives_back(unit: &Unit, points: i64) -> Option<Command> {
    let lease_id = unit.membership.as_ref()?.device_id();
    Some(Command::LeaseReturn(LeaseReturn { lease_id, points }))
}
