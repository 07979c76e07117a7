//! What people earn: lessons, Duos, bags of beans.

use anyhow::{Context as _, bail};
use carrot_rules::Command;
use carrot_rules::command::{ClaimSubmit, Evidence, QuizSubmit};
use serde::Deserialize;

use super::super::files::{self, OpeningLine};
use super::super::goods::{self, BAG, BAG_BUYER_POINTS, BAG_SELLER_POINTS, DUO, DUO_POINTS};
use super::super::plan::{Phase, What};
use super::{Claimed, Planner};

/// The campaign's first day.
pub(super) const DAWN_DAY: i64 = -17;

/// Whose receipt and warranty card the sheet of traps shows.
const RECEIPT_SELLER: &str = "mette";

#[derive(Deserialize)]
struct AskedLesson {
    code: String,
    points: i64,
    questions: Vec<Asked>,
}

#[derive(Deserialize)]
struct Asked {
    right: u8,
}

/// The lesson that opens the campaign.
fn lesson() -> anyhow::Result<AskedLesson> {
    let all: Vec<AskedLesson> = files::json("lessons.json")?;
    all.into_iter().next().context("there is no lesson")
}

/// The outlet where a person first works.
pub(super) fn first_outlet(planner: &Planner<'_>, person: &str) -> anyhow::Result<String> {
    let line = planner
        .world
        .people
        .get(person)
        .with_context(|| format!("nobody is {person}"))?;
    Ok(line
        .works_at()
        .next()
        .with_context(|| format!("{person} has no outlet"))?
        .to_owned())
}

impl Planner<'_> {
    /// Everybody who will sell a Duo passes the lesson when the campaign begins.
    pub(super) fn lessons(&mut self) -> anyhow::Result<()> {
        let lesson = lesson()?;
        let answers: Vec<u8> = lesson
            .questions
            .iter()
            .map(|question| question.right)
            .collect();
        for line in self
            .world
            .history
            .opening
            .sellers
            .iter()
            .filter(|line| line.duo_units > 0)
        {
            let outlet = first_outlet(self, &line.participant)?;
            let minute = self.dice.between(7 * 60, 8 * 60 + 30);
            let at_ms = self
                .world
                .days
                .instant_ms(DAWN_DAY, minute, self.world.zone(&outlet))?;
            let quiz = Command::QuizSubmit(QuizSubmit {
                lesson: lesson.code.clone(),
                answers: answers.clone(),
            });
            self.by_phone(
                &line.participant,
                &outlet,
                DAWN_DAY,
                Phase::Phones,
                at_ms,
                What::Command(quiz),
            );
            self.earn(&line.participant, DAWN_DAY, lesson.points);
        }
        Ok(())
    }

    /// The campaign's Duos: every third seller claims them by the code from the box, the others are
    /// named at the till, where most codes are scanned.
    pub(super) fn duos(&mut self) -> anyhow::Result<()> {
        let world = self.world;
        for (number, line) in world.history.opening.sellers.iter().enumerate() {
            // A claim by somebody whose till reports Duos would count as proof of one of those sales.
            let at_till = line.participant == RECEIPT_SELLER
                || world
                    .history
                    .return_events
                    .iter()
                    .any(|event| event.participant == line.participant);
            let refused = world
                .history
                .rejection_events
                .iter()
                .any(|event| event.participant == line.participant);
            for unit in 0..line.duo_units {
                let outlet = self.an_outlet_of(&line.participant, unit)?;
                // Late evidence is linked to sales of the last two days: a fresh code of hers must be a new sale.
                let last = if line.participant == RECEIPT_SELLER {
                    -4
                } else {
                    -1
                };
                let day = self.some_day(DAWN_DAY, last);
                self.earn(&line.participant, day, DUO_POINTS);
                if (number % 3 == 1 && !at_till) || refused {
                    self.duo_by_claim(&line.participant, &outlet, day)?;
                } else {
                    let receipt = line.participant == RECEIPT_SELLER && unit == 0;
                    // A Duo of hers without a code would leave room for one: her next code could be its.
                    let scanned = unit % 4 != 3 || line.participant == RECEIPT_SELLER;
                    self.duo_at_till(&line.participant, &outlet, day, receipt, scanned)?;
                }
            }
        }
        Ok(())
    }

    /// People with several outlets work at them in turn.
    fn an_outlet_of(&self, person: &str, turn: i64) -> anyhow::Result<String> {
        let line = self
            .world
            .people
            .get(person)
            .with_context(|| format!("nobody is {person}"))?;
        let all: Vec<&str> = line.works_at().collect();
        let index = usize::try_from(turn).unwrap_or(0) % all.len().max(1);
        Ok((*all
            .get(index)
            .with_context(|| format!("{person} has no outlet"))?)
        .to_owned())
    }

    fn note_claimed(&mut self, person: &str, outlet: &str, day: i64, code: &str) {
        self.claimed.push(Claimed {
            day,
            code: code.to_owned(),
            seller: person.to_owned(),
            outlet: outlet.to_owned(),
        });
    }

    fn duo_by_claim(&mut self, person: &str, outlet: &str, day: i64) -> anyhow::Result<()> {
        let code = self.code_for(outlet)?;
        let at_ms = self.open_ms(outlet, day)?;
        let claim_id = self.fresh("claim");
        let evidence = Evidence::Code {
            code: code.clone(),
            product: Some(DUO.to_owned()),
        };
        let claim = Command::ClaimSubmit(ClaimSubmit { claim_id, evidence });
        self.by_phone(
            person,
            outlet,
            day,
            Phase::Phones,
            at_ms,
            What::Command(claim),
        );
        self.note_claimed(person, outlet, day, &code);
        Ok(())
    }

    fn duo_at_till(
        &mut self,
        person: &str,
        outlet: &str,
        day: i64,
        receipt: bool,
        scanned: bool,
    ) -> anyhow::Result<()> {
        let known = self
            .world
            .outlets
            .get(outlet)
            .with_context(|| format!("no outlet {outlet}"))?;
        let mut line = goods::line(self.world, known, DUO, 1);
        if scanned {
            let code = self.code_for(outlet)?;
            self.note_claimed(person, outlet, day, &code);
            line.unit_code = Some(code);
        }
        let at_ms = self.open_ms(outlet, day)?;
        let receipt_key = if receipt {
            Some(self.print_receipt(&line, day, at_ms, outlet)?)
        } else {
            None
        };
        self.sale_at(
            outlet,
            day,
            at_ms,
            (Some(person), None),
            vec![line],
            receipt_key,
        )?;
        Ok(())
    }

    /// What is left of a seller's figure after lesson and Duos comes from bags of beans.
    pub(super) fn seller_bags(&mut self) -> anyhow::Result<()> {
        let lesson_points = lesson()?.points;
        for line in &self.world.history.opening.sellers {
            let lesson = if line.duo_units > 0 { lesson_points } else { 0 };
            let rest = line.earned_points - lesson - line.duo_units * DUO_POINTS;
            let mut bags = whole(rest, BAG_SELLER_POINTS, line)?;
            let mut turn = 0;
            while bags > 0 {
                let outlet = self.an_outlet_of(&line.participant, turn)?;
                let pieces = self.dice.between(1, 3).min(bags);
                let day = self.some_day(-self.world.history.days, -1);
                self.bag_sale(&outlet, day, pieces, (Some(&line.participant), None))?;
                self.earn(&line.participant, day, pieces * BAG_SELLER_POINTS);
                bags -= pieces;
                turn += 1;
            }
        }
        Ok(())
    }

    /// Buyers earn by bags of beans at an outlet of their country.
    pub(super) fn buyer_bags(&mut self) -> anyhow::Result<()> {
        let mut turns: std::collections::BTreeMap<&'static str, usize> =
            std::collections::BTreeMap::new();
        for line in &self.world.history.opening.buyers {
            let outlet = self.outlet_of_buyer(&line.participant, &mut turns)?;
            let mut bags = whole(line.earned_points, BAG_BUYER_POINTS, line)?;
            while bags > 0 {
                let pieces = self.dice.between(1, 3).min(bags);
                let day = self.some_day(-self.world.history.days, -1);
                self.bag_sale(&outlet, day, pieces, (None, Some(&line.participant)))?;
                self.earn(&line.participant, day, pieces * BAG_BUYER_POINTS);
                bags -= pieces;
            }
        }
        Ok(())
    }

    /// Where a buyer shops: the outlets of their country in turn.
    pub(super) fn outlet_of_buyer(
        &self,
        person: &str,
        turns: &mut std::collections::BTreeMap<&'static str, usize>,
    ) -> anyhow::Result<String> {
        let line = self
            .world
            .people
            .get(person)
            .with_context(|| format!("nobody is {person}"))?;
        let country = match line.phone.get(..3) {
            Some("+45") => "DK",
            Some("+48") => "PL",
            _ => "UA",
        };
        let world = self.world;
        let here: Vec<&String> = world
            .outlet_order
            .iter()
            .filter(|code| {
                world
                    .outlets
                    .get(*code)
                    .is_some_and(|outlet| outlet.country == country)
            })
            .collect();
        let turn = turns.entry(country).or_default();
        let found = here.get(*turn % here.len().max(1));
        *turn += 1;
        Ok((*found.with_context(|| format!("{country} has no outlet"))?).clone())
    }

    fn bag_sale(
        &mut self,
        outlet: &str,
        day: i64,
        pieces: i64,
        (seller, buyer): (Option<&str>, Option<&str>),
    ) -> anyhow::Result<()> {
        let known = self
            .world
            .outlets
            .get(outlet)
            .with_context(|| format!("no outlet {outlet}"))?;
        let line = goods::line(self.world, known, BAG, pieces);
        self.sale(outlet, day, seller, buyer, vec![line])?;
        Ok(())
    }
}

/// How many pieces make exactly these points.
fn whole(points: i64, each: i64, line: &OpeningLine) -> anyhow::Result<i64> {
    if points < 0 || points % each != 0 {
        bail!(
            "history.json: {} cannot come to exactly {} points",
            line.participant,
            line.earned_points
        );
    }
    Ok(points / each)
}
