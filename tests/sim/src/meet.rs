//! A till and a member's phone meet, with no network on either side: the till asks, the phone answers,
//! the till hands over. Pictures of what was asked and answered are kept, and are shown again later, to
//! the same till and to others, as somebody with a camera would.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use carrot_client::{ClientError, Membership};
use carrot_rules::Command;
use carrot_rules::command::{Cover, RewardRedeem, VoucherRequest};
use carrot_rules::entity::Reward;
use carrot_rules::outcome::Class;
use carrot_sync::Event;
use carrot_wire::challenge::{self, Challenge};
use uuid::Uuid;

use crate::cast::{REWARD, REWARD_POINTS};
use crate::faults::Fault;
use crate::fleet::Fleet;
use crate::unit::Role;

/// Pictures that are kept.
const PICTURES_MAX: usize = 12;
/// A voucher holds so many points more than the reward costs, the most.
const MORE_POINTS_MAX: i64 = 60;
/// People who redeem one behind the other, the most.
const PEOPLE_MAX: u64 = 4;
/// So many of a thousand queues end with the till's program.
const TORN_PER_MILLE: u64 = 60;
/// The shortest and the longest life of a voucher, milliseconds.
const LIFE_MS: (i64, i64) = (60_000, 2 * 24 * 3_600_000);

/// What was asked and what was answered.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// The till that asked.
    pub till: Uuid,
    /// Its question.
    pub asked: String,
    /// The phone's answer.
    pub answer: String,
    /// The voucher that the answer spends.
    pub voucher: Option<Uuid>,
}

/// A voucher's text as somebody copied it from a phone.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    /// The phone's place in the fleet.
    pub phone: usize,
    /// The voucher.
    pub id: Uuid,
    /// The terminal that may take it.
    pub till: Uuid,
    /// Its text.
    pub text: String,
}

/// What people do when they meet.
#[derive(Debug, Clone, Copy)]
enum Doing {
    Wish,
    Redeem,
    Again,
    Forge,
}

impl Fleet<'_> {
    /// A till and a phone of the same programme meet. The first number is who comes along.
    pub(crate) async fn meet(&mut self, at: usize) -> Result<String> {
        let Some((till, phone)) = self.pair(at)? else {
            return Ok("nobody near".to_owned());
        };
        let doings = [
            (30, Doing::Wish),
            (50, Doing::Redeem),
            (12, Doing::Again),
            (8, Doing::Forge),
        ];
        match self.dice.weigh(&doings) {
            Some(Doing::Wish) => self.wish(till, phone).await,
            Some(Doing::Again) => self.again(till).await,
            Some(Doing::Forge) => self.forge(till).await,
            _ => self.queue_up(till, phone).await,
        }
    }

    /// Some people redeem one behind the other, faster than the till exchanges.
    async fn queue_up(&mut self, till: usize, phone: usize) -> Result<String> {
        let mut told = self.redeem(till, phone).await?;
        for _ in 0..self.dice.below(PEOPLE_MAX) {
            told = self.redeem(till, phone).await?;
        }
        if self.dice.chance(TORN_PER_MILLE) && !self.without.contains(&Fault::Kill) {
            // The till ends before it has told anybody: what it gave away counts from its start on.
            self.fault(Fault::Kill);
            self.revive(till).await?;
        }
        Ok(told)
    }

    /// A till and a buyer's phone of one programme, one of them this unit when it is one.
    fn pair(&mut self, at: usize) -> Result<Option<(usize, usize)>> {
        let programme = self.unit(at)?.cast.programme();
        let mut tills = Vec::new();
        let mut phones = Vec::new();
        for (other, unit) in self.units.iter().enumerate() {
            let buyer = |person| (0..3).any(|number| unit.cast.buyer(number) == person);
            match unit.role {
                _ if unit.cast.programme() != programme => {}
                Role::Terminal(_) => tills.push(other),
                Role::Phone(person) if buyer(person) => phones.push(other),
                Role::Phone(_) => {}
            }
        }
        let till = self.dice.pick(&tills).copied();
        let phone = self.dice.pick(&phones).copied();
        let own = |among: &[usize], drawn| among.contains(&at).then_some(at).or(drawn);
        Ok(own(&tills, till).zip(own(&phones, phone)))
    }

    /// A member puts points aside for the till.
    async fn wish(&mut self, till: usize, phone: usize) -> Result<String> {
        let terminal = self.unit(till)?.open()?.device_id();
        let voucher_id = self.fresh_id();
        let points = REWARD_POINTS + self.dice.between(0, MORE_POINTS_MAX);
        let reward = self.dice.chance(500).then(|| REWARD.to_owned());
        let life_ms = self.dice.between(LIFE_MS.0, LIFE_MS.1);
        let unit = self.unit(phone)?;
        let membership = unit.open()?;
        let actor = unit.actor;
        let command = Command::VoucherRequest(VoucherRequest {
            voucher_id,
            terminal,
            points,
            reward,
            expires_ms: membership.now_ms().saturating_add(life_ms),
        });
        let offered = membership.submit_unless_rejected(command.clone(), actor, None, Vec::new());
        let Some(done) = unit.mortal(offered).await else {
            drop(membership);
            return self.revive(phone).await;
        };
        match done {
            Ok(Ok(submitted)) => {
                self.promised(phone, &command, &submitted, None)?;
                self.unit(phone)?.tell(Event::Enqueued);
                Ok(format!("voucher wished {}", submitted.device_seq))
            }
            Ok(Err(outcome)) => Ok(format!("voucher {}", outcome.code)),
            Err(error) => self.went_wrong(phone, &error).await,
        }
    }

    async fn went_wrong(&mut self, at: usize, error: &ClientError) -> Result<String> {
        self.uncertain(at);
        self.mend(at, error).await?;
        Ok(error.code())
    }

    fn fresh_id(&mut self) -> Uuid {
        self.next_id += 1;
        Uuid::from_u128(0xF00D_0000_0000_0000_0000 + self.next_id)
    }

    /// The till asks, the phone answers, the till hands over.
    async fn redeem(&mut self, till: usize, phone: usize) -> Result<String> {
        let unit = self.unit(till)?;
        let membership = unit.open()?;
        let reward = match membership.thing::<Reward>(REWARD).await {
            Ok(Some(reward)) => reward,
            Ok(None) => return Ok("no reward".to_owned()),
            Err(error) => return self.went_wrong(till, &error).await,
        };
        let Some(asked) = unit.mortal(membership.challenge(&reward)).await else {
            drop(membership);
            return self.revive(till).await;
        };
        let asked = match asked {
            Ok(asked) => asked,
            Err(error) => return self.went_wrong(till, &error).await,
        };
        let unit = self.unit(phone)?;
        let holder = unit.open()?;
        let Some(answer) = unit.mortal(holder.answer_challenge(&asked, None)).await else {
            drop(holder);
            return self.revive(phone).await;
        };
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return self.went_wrong(phone, &error).await,
        };
        self.copy_papers(phone, &holder).await;
        self.signed_once(phone, answer.voucher, &asked)?;
        let picture = Picture {
            till: membership.device_id(),
            asked,
            answer: answer.text,
            voucher: answer.voucher,
        };
        self.pictures.push(picture.clone());
        let surplus = self.pictures.len().saturating_sub(PICTURES_MAX);
        self.pictures.drain(..surplus);
        if self.dice.chance(150) {
            return Ok("the answer was not seen".to_owned());
        }
        drop(membership);
        self.take(till, &picture).await
    }

    /// A phone's vouchers are copied by somebody, to be used where they must not be.
    async fn copy_papers(&mut self, phone: usize, holder: &Membership) {
        for (voucher, text) in holder.vouchers().await.unwrap_or_default() {
            if !self.papers.iter().any(|paper| paper.id == voucher.id) {
                self.papers.push(Paper {
                    phone,
                    id: voucher.id,
                    till: voucher.terminal,
                    text,
                });
            }
        }
        let surplus = self.papers.len().saturating_sub(PICTURES_MAX);
        self.papers.drain(..surplus);
    }

    /// R3: a phone answers one question with a voucher.
    fn signed_once(&mut self, phone: usize, voucher: Option<Uuid>, asked: &str) -> Result<()> {
        let Some(voucher) = voucher else {
            return Ok(());
        };
        let forked = self.unit(phone)?.forked;
        let memory = self.memories.get_mut(phone).context("a memory")?;
        let known = memory.signed.entry(voucher);
        let first = known.or_insert_with(|| asked.to_owned());
        if first != asked && !forked {
            let detail = format!("a phone answered two questions with voucher {voucher}");
            self.broken(vec![("R3", detail)]);
        }
        Ok(())
    }

    /// An old picture is shown to a till, which need not be the one that asked.
    async fn again(&mut self, till: usize) -> Result<String> {
        let Some(picture) = self.dice.pick(&self.pictures).cloned() else {
            return Ok("no picture".to_owned());
        };
        self.take(till, &picture).await
    }

    /// A copied phone answers this till's question with any voucher that it ever had.
    async fn forge(&mut self, till: usize) -> Result<String> {
        let paper = self.dice.pick(&self.papers).cloned();
        let spared = self.without.contains(&Fault::Rogue);
        let Some(paper) = paper.filter(|_| !spared) else {
            return Ok("no paper".to_owned());
        };
        let key = self.key_of(paper.phone)?;
        let membership = self.unit(till)?.open()?;
        let reward = match membership.thing::<Reward>(REWARD).await {
            Ok(Some(reward)) => reward,
            _ => return Ok("no reward".to_owned()),
        };
        let Ok(asked) = membership.challenge(&reward).await else {
            return Ok("no question".to_owned());
        };
        let tag = membership.programme_code();
        let read = Challenge::from_text(&asked, &tag);
        let answer = read.and_then(|read| {
            let text = paper.text.as_str();
            challenge::answer_with_voucher(&key, text, &tag, &read)
        });
        let Ok(answer) = answer else {
            return Ok("another programme's paper".to_owned());
        };
        self.fault(Fault::Rogue);
        // What this phone shows from now on is not what an honest one would.
        self.stolen.insert(paper.id);
        let picture = Picture {
            till: membership.device_id(),
            asked,
            answer,
            voucher: Some(paper.id),
        };
        let elsewhere = paper.till != membership.device_id();
        drop(membership);
        let told = self.take(till, &picture).await?;
        if elsewhere && told.starts_with("handed over") {
            let detail = format!("voucher {} is for another till", paper.id);
            self.broken(vec![("M17", detail)]);
        }
        Ok(format!("forged: {told}"))
    }

    /// A till reads an answer and hands over when it may.
    pub(crate) async fn take(&mut self, till: usize, picture: &Picture) -> Result<String> {
        let redemption_id = self.fresh_id();
        let without_escrow = self.dice.chance(400);
        let unit = self.unit(till)?;
        let (membership, actor) = (unit.open()?, unit.actor);
        let taken = match membership.take_answer(&picture.answer).await {
            Ok(taken) => taken,
            Err(error) => return self.went_wrong(till, &error).await,
        };
        if taken.challenge != picture.asked {
            let detail = "an answer was taken for another question than its own".to_owned();
            self.broken(vec![("M17", detail)]);
        }
        let cover = match &taken.answered.voucher {
            Some(shown) => Cover::Voucher {
                voucher_id: shown.id,
            },
            None if without_escrow && matches!(membership.allowance().await, Ok(Some(_))) => {
                Cover::Allowance
            }
            None => Cover::Lease {
                lease_id: membership.device_id(),
            },
        };
        let command = Command::RewardRedeem(RewardRedeem {
            redemption_id,
            reward: taken.answered.reward.clone(),
            cost_points: taken.answered.cost_points,
            participant: taken.answered.participant,
            proof: picture.answer.clone(),
            challenge: Some(taken.challenge.clone()),
            cover,
        });
        let left = left_of(&membership).await;
        let unit = self.unit(till)?;
        let offered = membership.redeem_once(command.clone(), &taken, actor, None);
        let Some(done) = unit.mortal(offered).await else {
            drop(membership);
            return self.revive(till).await;
        };
        match done {
            Ok(Ok(submitted)) => {
                self.promised(till, &command, &submitted, left)?;
                self.unit(till)?.tell(Event::Enqueued);
                if submitted.outcome.class == Class::Accepted {
                    self.handed_over(till, picture, submitted.command_id)?;
                }
                Ok(format!("handed over {}", submitted.device_seq))
            }
            Ok(Err(outcome)) => Ok(format!("not handed over: {}", outcome.code)),
            Err(error) => self.went_wrong(till, &error).await,
        }
    }

    /// R3: a till hands over once for a voucher.
    fn handed_over(&mut self, till: usize, picture: &Picture, command: Uuid) -> Result<()> {
        let unit = self.unit(till)?;
        let (forked, number) = (unit.forked, unit.number);
        let Some(voucher) = picture.voucher else {
            return Ok(());
        };
        let memory = self.memories.get_mut(till).context("a memory")?;
        if !memory.taken.insert(voucher) && !forked {
            let detail = format!("device {number} handed over twice for voucher {voucher}");
            self.broken(vec![("R3", detail)]);
        }
        self.honoured.insert(command, (number, voucher));
        Ok(())
    }
}

async fn left_of(membership: &Arc<Membership>) -> Option<i64> {
    let lease = membership.lease().await.ok().flatten();
    lease.map(|lease| lease.left_points)
}
